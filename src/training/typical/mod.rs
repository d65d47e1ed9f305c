//! Narrow deep perceptrons from the variance that keeps the typical size, beside He's: the plan, its runs and its curves.
//!
//! **Plan.** ReLU perceptrons of 64 layers of 16 units, biases 0 at first, cross-entropy, batches of 128 handwritten digits, 1500 updates,
//! single precision. Gaussian weights: of the first layer He's, of the others 2/16 (He) or e^{−E ln χ²} (typical, given alive). A dead layer
//! has probability 64/2^16, so nets live without being chosen. At He's variance the typical norm falls by e^{−5.6} through the net.
//! *Pairs:* a draw gives both nets the same normal variables, scaled to either variance, and the same order of examples. *Rates:* of SGD
//! 10⁻⁴ to 10⁻¹, of RMSprop 10⁻⁴ to 3·10⁻³; for each rule and variance that with the smallest median last loss over three draws that
//! are not counted. *Counted:* fourteen fresh draws. **Criterion.** Compared are the gradient's norm and the Hessian's largest eigenvalue
//! before training, and under either rule the best recorded accuracy on the training examples. A number *is larger* at the typical variance if
//! it is in at least 12 of the 14 pairs, *smaller* if it is smaller in at least 12 (sign test, two-sided 1.3 %); else nothing is decided.
//! The third and twelfth of the sorted differences (ratios, at the start) enclose their median at 98.7 %.
//!
//! **Outcome.** Before training: by positive homogeneity logits are e^{5.6} times as large from the typical variance, in every pair; gradient and
//! eigenvalue are larger in 14 pairs of 14. After it nothing is decided: the best accuracy is larger in 4 pairs of 14 under SGD and in 9
//! under RMSprop. Beside the criterion: RMSprop reaches one half on 14 draws of 14 from the typical variance and on 6 from He's, at rates
//! of 3·10⁻⁴ and 10⁻³; SGD on none.
//!
//! **History.** A first plan had 32 layers of 6 units without biases, seven unpaired seeds a start, 1000 updates, and asked for 9 of 10 of the
//! 49 pairs. It decided nothing: the number was larger in 73 % of pairs for gradient and curvature, 64 % for SGD, 37 % for RMSprop. Two of seven
//! nets of either kind were dead at the start, no run left chance, and without biases none could have (see [`super::deep`]). Its runs
//! stay in `fixtures/stable-variance-training/first-plan.jsonl`.

mod verdict;

use rayon::prelude::*;

use super::data::Dataset;
use super::experiment::{Experiment, METHODS, Method, Plan, Run, Trial};
use super::perceptron::{Biases, Perceptron};
use super::run::{Examples, on_large_stacks};
use crate::claim::Device;
use crate::claim::figure::{Axis, Drawing, Easel, Kind, Mark, Panel, Scale, Series, Studio};
use crate::formula::calls::gated_log_chi_square_cumulant;
use crate::formula::{Precision as Bits, Scaled};
use crate::network::{Backend, Gate, Law, Precision};

pub use verdict::{Compared, recorded, starts};

const DEPTH: usize = 64;
const WIDTH: usize = 16;
/// Draws that are counted.
const PAIRS: u64 = 14;
/// Draws on which rates are chosen.
const SEARCHED: u64 = 3;
const SGD_RATES: &[f64] = &[1e-4, 1e-3, 1e-2, 1e-1];
const RMSPROP_RATES: &[f64] = &[1e-4, 3e-4, 1e-3, 3e-3];
const HE: &[Method] =
    &[Method { name: "SGD-He", rates: SGD_RATES, ..METHODS[0] }, Method { name: "RMSprop-He", rates: RMSPROP_RATES, ..METHODS[2] }];
const TYPICAL: &[Method] = &[
    Method { name: "SGD-typical", rates: SGD_RATES, ..METHODS[0] },
    Method { name: "RMSprop-typical", rates: RMSPROP_RATES, ..METHODS[2] },
];

/// The variance of the weights behind the first layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Start {
    He,
    Typical,
}

/// Which runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Search,
    Counted,
    /// Counted draws before their first update.
    Untrained,
}

impl Start {
    const BOTH: [Start; 2] = [Start::He, Start::Typical];

    /// SGD and RMSprop. Runs of the two starts have different names, and streams that do not depend on them.
    const fn methods(self) -> &'static [Method] {
        match self {
            Start::He => HE,
            Start::Typical => TYPICAL,
        }
    }

    const fn plan(self, stage: Stage) -> Plan {
        let (slug, seeds) = match stage {
            Stage::Search => ("stable-variance-training-rates", SEARCHED),
            Stage::Counted | Stage::Untrained => ("stable-variance-training", PAIRS),
        };
        let steps = if matches!(stage, Stage::Untrained) { 0 } else { 1500 };
        Plan { slug, methods: self.methods(), batch: 128, steps, every: 50, curvature_every: 1000, seeds }
    }
}

/// What all runs share.
struct Workshop<'a> {
    data: Dataset,
    backend: Backend,
    /// e^{−E ln χ²}, of a gated χ² of [`WIDTH`] degrees that lives.
    typical: f64,
    seed: u64,
    studio: &'a dyn Studio,
}

impl<'a> Workshop<'a> {
    fn open(seed: u64, device: Device, studio: &'a dyn Studio) -> Result<Self, String> {
        let log = gated_log_chi_square_cumulant(WIDTH as u64, 1, Bits(64)).map_err(|error| error.to_string())?;
        Ok(Workshop {
            data: Dataset::open(studio.data()).map_err(|error| error.to_string())?,
            backend: Backend::open(device, Precision::Single).map_err(|error| error.to_string())?,
            typical: (-log.to_scaled().to_f64()).exp(),
            seed,
            studio,
        })
    }

    /// Hands the runs of a start to `work`.
    fn experiment<T>(&self, start: Start, stage: Stage, work: impl FnOnce(&Experiment<'_>) -> T) -> T {
        let mut widths = vec![WIDTH; DEPTH + 1];
        (widths[0], widths[DEPTH]) = (self.data.features(), self.data.classes);
        let law = |inputs: usize| match start {
            Start::Typical if inputs == WIDTH => Law::Gaussian(self.typical.sqrt()),
            _ => Law::he_gaussian(inputs),
        };
        work(&Experiment {
            plan: &start.plan(stage),
            architecture: &format!("perceptron of {DEPTH} layers of {WIDTH} units, Gaussian"),
            build: &|generator| Ok(Box::new(Perceptron::draw(&widths, Gate::Relu, Biases::Zero, law, &self.backend, generator)?)),
            data: &self.data,
            backend: &self.backend,
            seed: self.seed,
            studio: self.studio,
        })
    }

    /// All runs of a stage, at the rates that `rates` gives to a method.
    fn conduct(&self, stage: Stage, rates: impl Fn(&Method) -> Vec<f64>) -> Result<Vec<Run>, String> {
        let examples = Examples::upload(&self.data, &self.backend).map_err(|error| error.to_string())?;
        let mut jobs = vec![];
        for start in Start::BOTH {
            for method in start.methods() {
                let pairs = rates(method).into_iter().flat_map(|rate| (1..=start.plan(stage).seeds).map(move |draw| (rate, draw)));
                jobs.extend(pairs.map(|(rate, draw)| (start, *method, rate, Trial::Fresh(draw))));
            }
        }
        let run = |(start, method, rate, trial): &(Start, Method, f64, Trial)| {
            self.experiment(*start, stage, |experiment| experiment.run(&examples, method, *rate, *trial))
        };
        on_large_stacks(|| jobs.par_iter().map(run).collect())
    }

    /// The counted runs, after those that choose rates.
    fn trained(&self) -> Result<Vec<Run>, String> {
        let searched = self.conduct(Stage::Search, |method| method.rates.to_vec())?;
        self.conduct(Stage::Counted, |method| vec![chosen(&searched, method)])
    }
}

/// The rate with the smallest median last loss.
fn chosen(searched: &[Run], method: &Method) -> f64 {
    let median = |rate: &f64| {
        let of = searched.iter().filter(|run| run.method == method.name && run.rate == *rate);
        let mut losses: Vec<f64> = of.map(Run::last_loss).collect();
        losses.sort_by(f64::total_cmp);
        losses.get(losses.len() / 2).copied().unwrap_or(f64::INFINITY)
    };
    method.rates.iter().copied().min_by(|a, b| median(a).total_cmp(&median(b))).unwrap_or(f64::NAN)
}

/// What drawing costs, in words.
#[must_use]
pub fn cost(scale: Scale) -> String {
    let runs = Start::BOTH.iter().flat_map(|start| start.methods()).map(|method| method.rates.len() as u64 * SEARCHED + PAIRS).sum::<u64>();
    let made = format!(
        "{runs} runs of 1500 updates of {DEPTH} layers of {WIDTH} units, about twenty minutes on two cores; finished runs are kept"
    );
    if scale == Scale::Small { format!("nothing to speak of under the recorded seed; under others {made}") } else { made }
}

/// Gradient and curvature of every pair before training, and the accuracy of every counted run against updates. At the small scale recorded
/// runs are shown where the seed is theirs.
///
/// # Errors
/// In words, if the data or the device cannot be used, or candle fails.
pub fn curves(easel: &Easel<'_>) -> Result<Drawing, String> {
    let workshop = Workshop::open(easel.seed, easel.device, easel.studio)?;
    let known = if easel.scale == Scale::Small { verdict::record(&workshop).ok() } else { None };
    let runs = known.map_or_else(|| workshop.trained(), |(_, counted)| Ok(counted))?;
    let pairs = |title: &str, label: &str, compared: Compared| {
        let mut pairs = compared.pairs(&runs);
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mark = |x: f64, y: f64| Mark { x, y: Scaled::from(y), range: None };
        let equal = [pairs.first(), pairs.last()].into_iter().flatten().map(|(he, _)| mark(*he, *he)).collect();
        Panel {
            title: title.into(),
            x: Axis::logarithmic(&format!("{label}, He's variance")),
            y: Axis::logarithmic(&format!("{label}, typical variance")),
            series: vec![
                Series { label: "equal".into(), kind: Kind::Prediction, marks: equal },
                Series {
                    label: "a pair".into(),
                    kind: Kind::Measurement,
                    marks: pairs.iter().map(|(he, typical)| mark(*he, *typical)).collect(),
                },
            ],
        }
    };
    let paths = |title: &str, rule: usize| {
        let of = |start: &Start| {
            let method = start.methods()[rule].name;
            let label = if *start == Start::He { "He's variance" } else { "typical variance" };
            let path = move |run: &Run| Series {
                label: label.into(),
                kind: Kind::Path,
                marks: run
                    .records
                    .iter()
                    .map(|record| Mark { x: record.step as f64, y: Scaled::from(record.accuracy), range: None })
                    .collect(),
            };
            runs.iter().filter(|run| run.method == method).map(path).collect::<Vec<_>>()
        };
        let series = Start::BOTH.iter().flat_map(of).collect();
        Panel { title: title.into(), x: Axis::linear("updates"), y: Axis::linear("share of training examples"), series }
    };
    let panels = vec![
        pairs("gradient before training", "norm", Compared::Gradient),
        pairs("curvature before training", "largest eigenvalue", Compared::Curvature),
        paths("SGD: training accuracy", 0),
        paths("RMSprop: training accuracy", 1),
    ];
    Ok(Drawing { panels, columns: 2 })
}
