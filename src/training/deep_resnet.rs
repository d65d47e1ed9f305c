//! A deep stripped ResNet under SGD, momentum and RMSprop: the plan, its criterion, its runs and their curves.
//!
//! **Plan.** A ResNet of four stages without batch normalisation and skips: 41 maps, 8 channels in the first stage and twice as many in
//! each next, filters of edge 3, zero padding, ReLU, He uniform, biases 0 at first; cross-entropy, batches of 64 handwritten digits, 500
//! updates, single precision. SGD, momentum and RMSprop with the rates of [`METHODS`], the rate of each chosen among three by the last
//! loss on a selection seed that is not counted, then three fresh seeds. At the paper's size 497 maps (the paper: 500), 16 channels, 5000
//! updates, five fresh seeds. **Criterion.** That of [`super::deep`]: a run *leaves chance* (a tenth) if its best recorded accuracy on
//! the training examples is at least [`LEARNT`](super::deep::LEARNT), it *stays near chance* if that is at most
//! [`NEAR_CHANCE`](super::deep::NEAR_CHANCE); in between it decides nothing. The claim holds if on every fresh seed RMSprop leaves chance
//! and SGD and momentum stay near it.
//!
//! **History.** A first plan had 53 maps from 4 channels and 600 updates. On its selection seed eight of nine runs were made, and all kept
//! one accuracy of 0.112 whatever the rule and rate: the net was dead, its loss before training ln 10 to the last digit. Behind a dozen maps
//! of 4 channels whose images have become multiples of one another a layer shuts entirely with probability 2⁻⁴ (ext-survival). The
//! plan above was fixed after that; no counted run of the first plan was made.

use super::data::Dataset;
use super::deep::progress;
use super::experiment::{Experiment, METHODS, Method, Plan, Run, Setting, Trial};
use super::outcome::{Unaided, counted_runs, verdicts};
use super::run::{Examples, Record, on_large_stacks};
use super::stripped::Stripped;
use crate::claim::figure::{Drawing, Easel, Scale, Studio};
use crate::claim::{Context, Device, Effort, Gathered, Unsettled};
use crate::network::{Backend, Law, NetworkError, Precision};

/// The counted runs of the plan at its small size, as figure 8 left them.
const RECORDED: &[u8] = include_bytes!("../../fixtures/deep-resnet-training/runs.jsonl.gz");
/// The seed of the recorded runs: that of a figure that names none.
const RECORDED_SEED: u64 = 2106;
/// SGD, momentum, RMSprop.
const RULES: &[Method] = METHODS.split_at(3).0;
/// The name in reports.
const NAME: &str = "stripped ResNet";

/// The plan.
fn plan(scale: Scale) -> Plan {
    let (steps, every, seeds) = if scale == Scale::Small { (500, 125, 3) } else { (5000, 250, 5) };
    Plan { slug: "deep-resnet-training", methods: RULES, batch: 64, steps, every, curvature_every: 1000, seeds }
}

/// The blocks of a stage, and the channels of the first.
const fn sizes(scale: Scale) -> (usize, usize) {
    match scale {
        Scale::Small => (3, 8),
        Scale::Paper => (41, 16),
    }
}

/// What the runs cost, in words.
#[must_use]
pub fn cost(scale: Scale) -> String {
    let ((blocks, width), Plan { batch, steps, seeds, .. }) = (sizes(scale), plan(scale));
    let maps = 4 * (1 + 3 * blocks) + 1;
    // On images of 8 x 8 pixels every map of a stage takes as many products as one of the first; both passes take three times those of one.
    let products = 3.0 * (maps * 64 * 9 * width * width * batch * steps * plan(scale).runs()) as f64;
    // Patches, pre-activations, gates and activations in single precision; patches are 9 times as large.
    let held = maps * batch * 64 * width * 12 * 4;
    let time = if scale == Scale::Small { "a quarter of an hour on two cores" } else { "days on two cores" };
    format!(
        "{} runs of {steps} updates of {maps} maps from {width} channels, batch {batch}: {} rules, three rates each on a selection seed, \
         then {seeds} fresh seeds; about {products:.1e} multiplications on images of 8 x 8 pixels, at most {held:.1e} bytes held for one \
         update; {time}; finished runs are kept",
        plan(scale).runs(),
        RULES.len(),
    )
}

/// Hands the comparison to `work`.
fn experiment<T>(setting: Setting<'_>, work: impl FnOnce(&Experiment<'_>) -> T) -> Result<T, String> {
    let Setting { scale, seed, data, backend, studio } = setting;
    let (blocks, width) = sizes(scale);
    let [channels, rows, columns] = data.shape;
    if rows != columns {
        return Err(format!("{} has images of {rows} x {columns} pixels, where a ResNet takes square ones", data.name));
    }
    let build = |generator: &mut _| -> Result<Box<dyn super::Model>, NetworkError> {
        Ok(Box::new(Stripped::draw((channels, rows), width, blocks, data.classes, Law::he_uniform, backend, generator)?))
    };
    let architecture = format!("stripped ResNet of 4 x {blocks} blocks from {width} channels with biases");
    Ok(work(&Experiment { plan: &plan(scale), architecture: &architecture, build: &build, data, backend, seed, studio }))
}

/// All counted runs.
fn conduct(scale: Scale, seed: u64, device: Device, studio: &dyn Studio) -> Result<Vec<Run>, String> {
    let data = Dataset::open(studio.data()).map_err(|error| error.to_string())?;
    let backend = Backend::open(device, Precision::Single).map_err(|error| error.to_string())?;
    experiment(Setting { scale, seed, data: &data, backend: &backend, studio }, |experiment| experiment.conduct())?
}

/// Accuracy, loss and gradient norm of every counted run against updates.
///
/// # Errors
/// In words, if the data or the device cannot be used, or candle fails.
pub fn curves(easel: &Easel<'_>) -> Result<Drawing, String> {
    let runs = conduct(easel.scale, easel.seed, easel.device, easel.studio)?;
    Ok(Drawing { panels: progress(&runs).to_vec(), columns: 3 })
}

/// The records around the first update of the first run, as it sees its first batch: what a trial of a large plan runs.
///
/// # Errors
/// As [`curves`].
pub fn first_update(easel: &Easel<'_>) -> Result<Vec<Record>, String> {
    let mut data = Dataset::open(easel.studio.data()).map_err(|error| error.to_string())?;
    let (batch, features) = (plan(easel.scale).batch, data.features());
    for split in [&mut data.training, &mut data.held_out] {
        split.inputs.truncate(batch * features);
        split.labels.truncate(batch);
    }
    let backend = Backend::open(easel.device, Precision::Single).map_err(|error| error.to_string())?;
    let setting = Setting { scale: easel.scale, seed: easel.seed, data: &data, backend: &backend, studio: easel.studio };
    experiment(setting, |experiment| {
        let short = Experiment { plan: &Plan { steps: 1, every: 1, ..*experiment.plan }, ..*experiment };
        let examples = Examples::upload(&data, &backend)?;
        on_large_stacks(|| short.train(&examples, &RULES[2], RULES[2].rates[0], Trial::Fresh(1)))
    })?
    .map_err(|error| error.to_string())
}

/// Whether each counted run leaves chance (1) or stays near it (0), from the runs recorded with the program; the points bind `adaptive`.
///
/// # Errors
/// If the record is incomplete.
pub fn recorded() -> Result<Gathered, Unsettled> {
    let data = Dataset::digits().map_err(|error| Unsettled::Inconclusive(error.to_string()))?;
    let backend = Backend { precision: Precision::Single, ..Backend::host() };
    let setting = Setting { scale: Scale::Small, seed: RECORDED_SEED, data: &data, backend: &backend, studio: &Unaided };
    let settings = experiment(setting, |experiment| experiment.settings());
    let runs = counted_runs(RECORDED, &settings.map_err(Unsettled::Inconclusive)?, &plan(Scale::Small))?;
    let mut gathered = verdicts(NAME, RULES, &runs);
    gathered.notes.push(format!("recorded once under the seed {RECORDED_SEED}; not run again here"));
    Ok(gathered)
}

/// The same from runs made here and now, at the effort `thorough`.
///
/// # Errors
/// Skipped at other efforts; or if candle fails.
pub fn counted(context: &Context) -> Result<Gathered, Unsettled> {
    if context.effort != Effort::Thorough {
        let Plan { steps, .. } = plan(Scale::Small);
        let runs = plan(Scale::Small).runs();
        return Err(Unsettled::Skipped(format!("{runs} runs of {steps} updates take too long here: --effort thorough")));
    }
    let runs = conduct(Scale::Small, context.seed, context.device, &Unaided).map_err(Unsettled::Inconclusive)?;
    Ok(verdicts(NAME, RULES, &runs))
}
