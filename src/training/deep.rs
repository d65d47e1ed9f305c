//! Deep perceptrons, narrow and as wide as deep, under four update rules: the plan, its criterion, and its curves.
//!
//! **Plan.** Perceptrons of L layers, ReLU, He uniform (by the number of inputs of each layer), biases 0 at first, cross-entropy, batches
//! of 128, single precision; four rules ([`METHODS`]), the rate of each chosen among three by the last loss on a selection seed that is
//! not counted, then five fresh seeds. L = 64 with 16 and with 64 units a layer, 2000 updates, on the handwritten digits; at the paper's
//! sizes L = 128 with 32 and with 128, 5000 updates. **Criterion.** A run *leaves chance* if its best recorded accuracy on the training
//! examples is at least [`LEARNT`], it *stays near chance* (a tenth) if that is at most [`NEAR_CHANCE`]; in between it decides
//! nothing. The claim holds if on every fresh seed the adaptive rules leave chance in the narrow net, SGD and momentum stay near it,
//! and all four leave it in the wide net.
//!
//! **History.** A first plan had no biases, rates chosen by best accuracy, and rates of SGD and momentum ten times as large. Its narrow
//! half was run: on all twenty fresh seeds and with all four rules the best accuracy stayed below 0.34, of Adam and RMSprop between
//! 0.11 and 0.34 while their losses fell from 2.3 to between 1.6 and 1.9. A homogeneous net whose layers have collapsed to one
//! direction scales its logits by one positive number an image, and so gives every image the same class. The plan above was fixed
//! after that and before its own first counted run; the narrow net without biases stays in it as [`Shape::Homogeneous`].

use super::data::Dataset;
use super::experiment::{Experiment, METHODS, Plan, Run, Setting};
use super::perceptron::{Biases, Perceptron};
use super::run::Record;
use crate::claim::Device;
use crate::claim::figure::{Axis, Drawing, Easel, Kind, Mark, Panel, Scale, Series, Studio};
use crate::formula::Scaled;
use crate::network::{Backend, Gate, Law, Precision};

/// The least best accuracy of a run that leaves chance.
pub const LEARNT: f64 = 0.5;
/// The largest best accuracy of a run that stays near chance.
pub const NEAR_CHANCE: f64 = 0.25;
/// A perceptron of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A quarter as wide as deep.
    Narrow,
    /// As wide as deep.
    Wide,
    /// Narrow, without biases.
    Homogeneous,
}

impl Shape {
    /// The name in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Shape::Narrow => "narrow",
            Shape::Wide => "wide",
            Shape::Homogeneous => "narrow, no biases",
        }
    }

    /// Depth and width.
    #[must_use]
    pub fn sizes(self, scale: Scale) -> (usize, usize) {
        let depth = if scale == Scale::Small { 64 } else { 128 };
        (depth, if self == Shape::Wide { depth } else { depth / 4 })
    }

    /// What the runs cost, in words.
    #[must_use]
    pub fn cost(self, scale: Scale) -> String {
        let ((depth, width), plan) = (self.sizes(scale), plan(scale));
        let Plan { methods, seeds, steps, batch, .. } = plan;
        let time = match (scale, self) {
            (Scale::Small, Shape::Narrow | Shape::Homogeneous) => "minutes on two cores",
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
        let backend = Backend::open(device, Precision::Single).map_err(|error| error.to_string())?;
        self.experiment(Setting { scale, seed, data: &data, backend: &backend, studio }, |experiment| experiment.conduct())
    }

    /// Hands the comparison of this shape to `work`.
    pub(super) fn experiment<T>(self, setting: Setting<'_>, work: impl FnOnce(&Experiment<'_>) -> T) -> T {
        let Setting { scale, seed, data, backend, studio } = setting;
        let (depth, width) = self.sizes(scale);
        let mut widths = vec![width; depth + 1];
        (widths[0], widths[depth]) = (data.features(), data.classes);
        let plan = plan(scale);
        let (biases, with) = if self == Shape::Homogeneous { (Biases::Absent, "without") } else { (Biases::Zero, "with") };
        let architecture = format!("perceptron of {depth} layers of {width} units {with} biases");
        work(&Experiment {
            plan: &plan,
            architecture: &architecture,
            build: &|generator| Ok(Box::new(Perceptron::draw(&widths, Gate::Relu, biases, Law::he_uniform, backend, generator)?)),
            data,
            backend,
            seed,
            studio,
        })
    }
}

/// The plan of every shape.
pub(super) fn plan(scale: Scale) -> Plan {
    let steps = if scale == Scale::Small { 2000 } else { 5000 };
    Plan { slug: "training-depth", methods: METHODS, batch: 128, steps, every: 50, curvature_every: 8, seeds: 5 }
}

/// A panel of what `value` takes from the records of runs, a line for each run.
fn panel(runs: &[Run], title: &str, y: Axis, value: fn(&Record) -> Option<f64>) -> Panel {
    let series = runs.iter().map(|run| {
        let mark = |record: &Record| Some(Mark { x: record.step as f64, y: Scaled::from(value(record)?), range: None });
        Series { label: run.method.clone(), kind: Kind::Path, marks: run.records.iter().filter_map(mark).collect() }
    });
    Panel { title: title.to_owned(), x: Axis::linear("updates"), y, series: series.collect() }
}

/// Accuracy, loss and gradient norm of every run against updates.
pub(super) fn progress(runs: &[Run]) -> [Panel; 3] {
    [
        panel(runs, "training accuracy", Axis::linear("share of examples"), |record| Some(record.accuracy)),
        panel(runs, "training loss", Axis::logarithmic("cross-entropy"), |record| record.loss),
        panel(runs, "gradient", Axis::logarithmic("norm"), |record| record.gradient_norm),
    ]
}

/// Loss, accuracy, gradient norm and largest Hessian eigenvalue of every counted run against updates: four panels a shape.
///
/// # Errors
/// As [`Shape::conduct`].
pub fn curves(easel: &Easel<'_>, shapes: &[Shape]) -> Result<Drawing, String> {
    let panels = |shape: &Shape| {
        let runs = shape.conduct(easel.scale, easel.seed, easel.device, easel.studio)?;
        let hessian = panel(&runs, "Hessian", Axis::logarithmic("largest eigenvalue"), |record| record.largest_eigenvalue);
        let of_shape = |panel: Panel| Panel { title: format!("{}: {}", shape.name(), panel.title), ..panel };
        let [accuracy, loss, gradient] = progress(&runs);
        Ok::<_, String>([accuracy, loss, gradient, hessian].map(of_shape))
    };
    let panels: Vec<_> = shapes.iter().map(panels).collect::<Result<_, _>>()?;
    Ok(Drawing { panels: panels.into_iter().flatten().collect(), columns: 2 })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::network::Precision;
    use crate::training::outcome::Unaided;
    use crate::training::tests::{idx, packed};
    use crate::training::{Examples, Trial, on_large_stacks};

    /// Images of 28 × 28 pixels in ten classes, 256 to train on and 40 held out, as Fashion-MNIST's four files.
    fn write_garments(directory: &Path, compressed: bool) {
        for (name, count) in [("train", 256), ("t10k", 40)] {
            let labels: Vec<u8> = (0..count).map(|index| (index % 10) as u8).collect();
            let pixels: Vec<u8> = (0..count * 784).map(|index| (index * (7 + index / 784 % 10) % 251) as u8).collect();
            let images = idx(0x803, &[count, 28, 28], &pixels);
            let files =
                [(format!("{name}-images-idx3-ubyte"), images), (format!("{name}-labels-idx1-ubyte"), idx(0x801, &[count], &labels))];
            for (name, bytes) in files {
                match compressed {
                    true => fs::write(directory.join(name + ".gz"), packed(&bytes)).unwrap(),
                    false => fs::write(directory.join(name), bytes).unwrap(),
                }
            }
        }
    }

    /// The first three updates of the first run of the plan at the paper's size.
    fn first_updates(shape: Shape, directory: &Path) -> Vec<Record> {
        let data = Dataset::open(Some(directory)).unwrap();
        assert_eq!((data.shape, data.classes, data.training.labels.len()), ([1, 28, 28], 10, 256));
        let backend = Backend::open(Device::Cpu, Precision::Single).unwrap();
        let setting = Setting { scale: Scale::Paper, seed: 1, data: &data, backend: &backend, studio: &Unaided };
        shape.experiment(setting, |experiment| {
            let (depth, width) = shape.sizes(Scale::Paper);
            assert!(experiment.settings().contains(&format!("perceptron of {depth} layers of {width} units with")));
            let short = Experiment { plan: &Plan { steps: 3, every: 1, ..*experiment.plan }, ..*experiment };
            let examples = Examples::upload(&data, &backend).unwrap();
            on_large_stacks(|| short.train(&examples, &METHODS[3], METHODS[3].rates[2], Trial::Fresh(1))).unwrap()
        })
    }

    #[test]
    fn the_papers_nets_train_on_garments_in_idx_form_plain_or_compressed() {
        for (shape, sizes) in [(Shape::Narrow, (128, 32)), (Shape::Wide, (128, 128))] {
            assert_eq!(shape.sizes(Scale::Paper), sizes);
            let runs = [false, true].map(|compressed| {
                let home = tempfile::tempdir().unwrap();
                write_garments(home.path(), compressed);
                first_updates(shape, home.path())
            });
            assert_eq!(runs[0], runs[1]);
            let losses: Vec<f64> = runs[0].iter().map(|record| record.loss.unwrap()).collect();
            assert_eq!(losses.len(), 4);
            assert!(losses[3] != losses[0] && runs[0][0].largest_eigenvalue.is_some(), "{:?}", runs[0]);
        }
    }
}
