//! Deep perceptrons, narrow and as wide as deep, under four update rules: the plan, its criterion, its curves and its evidence.
//!
//! **Plan.** Perceptrons of L layers without biases, ReLU, He uniform (by the number of inputs of each layer), cross-entropy, batches
//! of 128; four rules ([`METHODS`]), the rate of each searched among three on a selection seed that is not counted, then five fresh
//! seeds. L = 64 with 16 and with 64 units a layer, 2000 updates, on the handwritten digits; at the paper's sizes L = 128 with 32 and
//! with 128, 5000 updates. **Criterion.** A run *leaves chance* if its best recorded accuracy on the training examples is at
//! least [`LEARNT`], it *stays near chance* (a tenth) if that is at most [`NEAR_CHANCE`]; in between it decides nothing. The claim
//! holds if on every fresh seed the adaptive rules leave chance in the narrow net, SGD and momentum stay near it, and all four
//! leave it in the wide net.

use super::data::Dataset;
use super::experiment::{Experiment, METHODS, Plan, Run};
use super::perceptron::Perceptron;
use super::run::Record;
use crate::claim::figure::{Axis, Drawing, Easel, Kind, Mark, Panel, Scale, Series, Studio};
use crate::claim::{Context, Device, Effort, Gathered, Observation, Point, Truth, Unsettled};
use crate::formula::{Ball, Scaled};
use crate::network::{Backend, Gate, Law, Precision};
use crate::sampled::bounded_mean;
use crate::sampled::plan::student_quantile;

/// The least best accuracy of a run that leaves chance.
pub const LEARNT: f64 = 0.5;
/// The largest best accuracy of a run that stays near chance.
pub const NEAR_CHANCE: f64 = 0.25;
/// The runs of the plan at its small size under the default seed, as the figures left them.
const RECORDED: &str = include_str!("../../fixtures/training-depth/runs.jsonl");
/// The seed of the recorded runs: that of a figure that names none.
const RECORDED_SEED: u64 = 2106;

/// A perceptron of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A quarter as wide as deep.
    Narrow,
    /// As wide as deep.
    Wide,
}

impl Shape {
    /// Depth and width.
    #[must_use]
    pub fn sizes(self, scale: Scale) -> (usize, usize) {
        let depth = if scale == Scale::Small { 64 } else { 128 };
        (depth, if self == Shape::Narrow { depth / 4 } else { depth })
    }

    /// What the runs cost, in words.
    #[must_use]
    pub fn cost(self, scale: Scale) -> String {
        let ((depth, width), plan) = (self.sizes(scale), plan(scale));
        let Plan { methods, seeds, steps, batch, .. } = plan;
        let time = match (scale, self) {
            (Scale::Small, Shape::Narrow) => "minutes on two cores",
            (Scale::Small, Shape::Wide) => "a quarter of an hour on two cores",
            (Scale::Paper, _) => "hours on two cores",
        };
        format!(
            "{} runs of {steps} updates of {depth} layers of {width} units, batch {batch}: {} rules, three rates each on a selection \
             seed, then {seeds} fresh seeds; {time}; finished runs are kept",
            plan.runs(),
            methods.len(),
        )
    }

    /// All counted runs.
    ///
    /// # Errors
    /// In words, if the data or the device cannot be used, or candle fails.
    pub fn conduct(self, scale: Scale, seed: u64, device: Device, studio: &dyn Studio) -> Result<Vec<Run>, String> {
        let data = Dataset::open(studio.data()).map_err(|error| error.to_string())?;
        let backend = Backend::open(device, Precision::Double).map_err(|error| error.to_string())?;
        self.experiment(scale, seed, &data, &backend, studio, |experiment| experiment.conduct())
    }

    fn experiment<T>(
        self,
        scale: Scale,
        seed: u64,
        data: &Dataset,
        backend: &Backend,
        studio: &dyn Studio,
        work: impl FnOnce(&Experiment<'_>) -> T,
    ) -> T {
        let (depth, width) = self.sizes(scale);
        let mut widths = vec![width; depth + 1];
        (widths[0], widths[depth]) = (data.features(), data.classes);
        let plan = plan(scale);
        let architecture = format!("perceptron of {depth} layers of {width} units");
        work(&Experiment {
            plan: &plan,
            architecture: &architecture,
            build: &|generator| Ok(Box::new(Perceptron::draw(&widths, Gate::Relu, Law::he_uniform, backend, generator)?)),
            data,
            backend,
            seed,
            studio,
        })
    }
}

fn plan(scale: Scale) -> Plan {
    let steps = if scale == Scale::Small { 2000 } else { 5000 };
    Plan { slug: "training-depth", methods: METHODS, batch: 128, steps, every: 50, curvature_every: 4, seeds: 5 }
}

/// Loss, accuracy, gradient norm and largest Hessian eigenvalue of every counted run against updates.
///
/// # Errors
/// As [`Shape::conduct`].
pub fn curves(easel: &Easel<'_>, shape: Shape) -> Result<Drawing, String> {
    let runs = shape.conduct(easel.scale, easel.seed, easel.device, easel.studio)?;
    let panel = |title: &str, y: Axis, value: fn(&Record) -> Option<f64>| {
        let series = runs.iter().map(|run| {
            let mark = |record: &Record| Some(Mark { x: record.step as f64, y: Scaled::from(value(record)?), range: None });
            let label = format!("{}, rate {}", run.method, run.rate);
            Series { label, kind: Kind::Path, marks: run.records.iter().filter_map(mark).collect() }
        });
        Panel { title: title.to_owned(), x: Axis::linear("updates"), y, series: series.collect() }
    };
    Ok(Drawing {
        panels: vec![
            panel("training accuracy", Axis::linear("share of examples"), |record| Some(record.accuracy)),
            panel("training loss", Axis::logarithmic("cross-entropy"), |record| record.loss),
            panel("gradient", Axis::logarithmic("norm"), |record| record.gradient_norm),
            panel("Hessian", Axis::logarithmic("largest eigenvalue"), |record| record.largest_eigenvalue),
        ],
        columns: 2,
    })
}

/// Whether each counted run leaves chance (1) or stays near it (0), from the runs recorded with the program; in the names
/// `adaptive` and `wide`.
///
/// # Errors
/// If the record is incomplete.
pub fn recorded(_: &Context) -> Result<Gathered, Unsettled> {
    let doubt = |reason: String| Unsettled::Inconclusive(reason);
    let data = Dataset::digits().map_err(|error| doubt(error.to_string()))?;
    let backend = Backend::host();
    let runs: Vec<Run> = RECORDED.lines().map(serde_json::from_str).collect::<Result<_, _>>().map_err(|error| doubt(error.to_string()))?;
    let of = |shape: Shape| {
        let settings = shape.experiment(Scale::Small, RECORDED_SEED, &data, &backend, &Unaided, |experiment| experiment.settings());
        runs.iter().filter(|run| run.settings == settings).cloned().collect::<Vec<_>>()
    };
    let (mut gathered, wanted) = (judged(&[(Shape::Narrow, of(Shape::Narrow)), (Shape::Wide, of(Shape::Wide))]), 2 * 4 * 5);
    let found = gathered.observations.len();
    if found != wanted || runs.len() != wanted {
        return Err(doubt(format!("{} runs are recorded, {found} of them of the plan, which counts {wanted}", runs.len())));
    }
    gathered.notes.push("recorded once with figures 5 and 9 under the default seed; not run again at this effort".to_owned());
    Ok(gathered)
}

/// The same from runs made here and now, at the effort `thorough`.
///
/// # Errors
/// Skipped at other efforts; or if candle fails.
pub fn counted(context: &Context) -> Result<Gathered, Unsettled> {
    if context.effort != Effort::Thorough {
        return Err(Unsettled::Skipped("64 runs of 2000 updates take half an hour: --effort thorough".to_owned()));
    }
    let conduct = |shape: Shape| {
        let runs = shape.conduct(Scale::Small, context.seed, context.device, &Unaided).map_err(Unsettled::Inconclusive)?;
        Ok((shape, runs))
    };
    Ok(judged(&[conduct(Shape::Narrow)?, conduct(Shape::Wide)?]))
}

/// Nothing kept, no data but the program's, nobody listening.
#[derive(Debug)]
pub(super) struct Unaided;

impl Studio for Unaided {
    fn data(&self) -> Option<&std::path::Path> {
        None
    }

    fn kept(&self, _: &str) -> Option<String> {
        None
    }

    fn keep(&self, _: &str, _: &str) -> Result<(), String> {
        Ok(())
    }

    fn say(&self, _: &str) {}
}

/// The verdicts of runs, with what they say about further seeds in the notes.
fn judged(groups: &[(Shape, Vec<Run>)]) -> Gathered {
    let mut gathered = Gathered::default();
    for (shape, runs) in groups {
        for method in METHODS {
            let best: Vec<f64> = runs.iter().filter(|run| run.method == method.name).map(Run::best).collect();
            let point = Point::new().at("adaptive", u8::from(method.adaptive)).at("wide", u8::from(*shape == Shape::Wide));
            gathered.observations.extend(best.iter().map(|best| Observation { point: point.clone(), truth: truth(*best) }));
            gathered.notes.push(note(*shape, method.name, &best));
        }
        gathered.draws += runs.len() as u64;
    }
    gathered
}

/// 1 for a run that leaves chance, 0 for one that stays near it, anything in between for a run that decides nothing.
fn truth(best: f64) -> Truth {
    let ball = |x: f64| Ball::from_scaled(Scaled::from(x));
    match best {
        best if best >= LEARNT => Truth::Exact(crate::formula::Node::integer(1)),
        best if best <= NEAR_CHANCE => Truth::Exact(crate::formula::Node::integer(0)),
        _ => Truth::Enclosed(ball(0.0).hull(&ball(1.0))),
    }
}

/// What a method's best accuracies say about further seeds, at 95 %: the share that leaves chance (Chernoff and Hoeffding), and the
/// mean (Student).
fn note(shape: Shape, method: &str, best: &[f64]) -> String {
    let count = best.len() as f64;
    let leaving = best.iter().filter(|best| **best >= LEARNT).count();
    let (low, high) = bounded_mean::ends(leaving as f64 / count, best.len() as u64, 0.05);
    let mean = best.iter().sum::<f64>() / count;
    let variance = best.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (count - 1.0);
    let half = student_quantile(0.025, count - 1.0) * (variance / count).sqrt();
    let list: Vec<String> = best.iter().map(|best| format!("{:.1} %", 100.0 * best)).collect();
    format!(
        "{}, {method}: best accuracies {}; {leaving} of {count} leave chance (further seeds: {low:.2} to {high:.2} of them); mean {:.1} % ± {:.1} %",
        if shape == Shape::Narrow { "narrow" } else { "wide" },
        list.join(", "),
        100.0 * mean,
        100.0 * half,
    )
}
