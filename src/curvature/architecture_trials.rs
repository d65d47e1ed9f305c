//! Experiments on random nets of any architecture: gradients, blocks of the Hessian and norms against depth, every net drawn from a stream of
//! its own, with medians by order statistics.

use candle_core::{Device, Tensor};
use dashu::rational::RBig;
use rand_distr::{Distribution, StandardNormal};

use super::architecture::Site;
use crate::claim::{Context, Gathered, Grade, Interval, Observation, Point, Truth, Unsettled};
use crate::formula::{Ball, Node, Precision, Scaled};
use crate::network::architecture::photos::{CLASSES, COLOURS, Photos};
use crate::network::architecture::{Architecture, Geometry, Objective, Padding, Step, Wiring, orthogonal};
use crate::network::{Gate, Law, NetworkError};
use crate::sampled::{self, Case, Generator, Streams, order_statistics};

/// The pairs of nets behind a median of an experiment, unless it says otherwise.
pub const NETS: u64 = 64;
/// The planned precision of such a median, relative: experiments speak of orders of magnitude.
const PRECISION: f64 = 1000.0;

/// What the squared length of a product of orthogonal matrices may be off by, relative, for each unit and layer.
const ROUNDING: f64 = 1e-14;

/// What is built at a depth, and what it sees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Family {
    /// A ReLU perceptron of that width on Gaussian inputs and targets.
    Perceptron(usize),
    /// A fully convolutional ReLU net that should reproduce photographs.
    Convolutional {
        /// The edge of an image, in pixels.
        edge: usize,
        /// The channels of a layer; where that grows, of every fourth of the depth.
        channels: usize,
        /// Whether there are as many channels as a fourth of the depth, times `channels`.
        growing: bool,
        /// The edge of a filter.
        kernel: usize,
        /// What a filter sees beyond the edge.
        padding: Padding,
    },
    /// A ResNet of four stages that should tell photographs apart (cross-entropy).
    Resnet {
        /// The edge of an image, in pixels.
        edge: usize,
        /// The channels of the first stage.
        channels: usize,
        /// The edge of a filter.
        kernel: usize,
    },
}

/// A family with its wiring.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kind {
    /// The family.
    pub family: Family,
    /// Batch normalisation and skips.
    pub wiring: Wiring,
    /// The number of samples of a batch.
    pub samples: usize,
}

impl Kind {
    /// The same with batches of that many samples.
    #[must_use]
    pub const fn seeing(self, samples: usize) -> Self {
        Kind { samples, ..self }
    }

    /// A perceptron of that width and wiring, 32 samples.
    #[must_use]
    pub const fn perceptron(width: usize, wiring: Wiring) -> Self {
        Kind { family: Family::Perceptron(width), wiring, samples: 32 }
    }

    /// A convolutional net with filters of edge 3 and that many channels, 8 samples.
    #[must_use]
    pub const fn convolutional(edge: usize, channels: usize, padding: Padding, wiring: Wiring) -> Self {
        Kind { family: Family::Convolutional { edge, channels, growing: false, kernel: 3, padding }, wiring, samples: 8 }
    }

    /// A convolutional net whose channels grow with the depth: a fourth of it.
    #[must_use]
    pub const fn growing(edge: usize, padding: Padding) -> Self {
        Kind {
            family: Family::Convolutional { edge, channels: 1, growing: true, kernel: 3, padding },
            wiring: Wiring::STRIPPED,
            samples: 8,
        }
    }

    /// A ResNet of four stages on images of that edge, 8 samples.
    #[must_use]
    pub const fn resnet(edge: usize, channels: usize, kernel: usize, wiring: Wiring) -> Self {
        Kind { family: Family::Resnet { edge, channels, kernel }, wiring, samples: 8 }
    }

    /// Whether its inputs are photographs.
    #[must_use]
    pub const fn sees_photographs(&self) -> bool {
        !matches!(self.family, Family::Perceptron(_))
    }

    /// The net of about that many maps: a ResNet has 5 and 12 for each block of a stage.
    #[must_use]
    pub fn architecture(&self, depth: usize) -> Architecture {
        match self.family {
            Family::Perceptron(width) => Architecture::perceptron(width, width, width, depth, Gate::Relu, self.wiring),
            Family::Convolutional { edge, channels, growing, kernel, padding } => {
                let channels = if growing { (channels * depth).div_ceil(4) } else { channels };
                Architecture::convolutional(edge, COLOURS, channels, depth, kernel, padding, self.wiring)
            }
            Family::Resnet { edge, channels, kernel } => {
                Architecture::resnet(edge, COLOURS, channels, (depth.saturating_sub(5) / 12).max(1), kernel, CLASSES, self.wiring)
            }
        }
    }

    /// A net of that depth with He uniform weights, at a batch of its own.
    ///
    /// # Errors
    /// If candle fails.
    pub fn draw(&self, depth: usize, photos: &Photos, generator: &mut Generator) -> Result<Site, NetworkError> {
        let architecture = self.architecture(depth);
        let weights = architecture.draw(generator, Law::he_uniform);
        let tensor = |entries: Vec<f64>, columns: usize| {
            let rows = entries.len() / columns;
            Tensor::from_vec(entries, (rows, columns), &Device::Cpu)
        };
        let (images, objective) = match self.family {
            Family::Perceptron(width) => {
                let mut normals = || (0..self.samples * width).map(|_| StandardNormal.sample(generator)).collect::<Vec<f64>>();
                let (inputs, targets) = (normals(), normals());
                (inputs, Objective::Squares(tensor(targets, width)?))
            }
            Family::Convolutional { edge, .. } => {
                let (_, images) = photos.batch(self.samples, edge, generator);
                (images.clone(), Objective::Squares(tensor(images, COLOURS)?))
            }
            Family::Resnet { edge, .. } => {
                let (labels, images) = photos.batch(self.samples, edge, generator);
                let hot = labels.iter().flat_map(|label| (0..CLASSES).map(move |class| f64::from(u8::from(class == *label)))).collect();
                (images, Objective::CrossEntropy(tensor(hot, CLASSES)?))
            }
        };
        Site::new(&architecture, weights, self.samples, images, objective)
    }

    fn name(&self) -> String {
        format!("{:?}, {:?}, {} samples", self.family, self.wiring, self.samples)
    }
}

/// How a gradient's norm changes between two depths, in several kinds of nets.
#[derive(Clone, Copy, Debug)]
pub struct Change {
    /// How many pairs of nets, whatever the effort: fixed before the first draw.
    pub pairs: u64,
    /// The kind of nets.
    pub kind: Kind,
    /// The kind that its change is compared with, if any.
    pub against: Option<Kind>,
    /// The shallow depth and the deep one.
    pub depths: (usize, usize),
    /// The name and number that tell this case from the others in formulas.
    pub place: (&'static str, usize),
}

/// Medians of g(deep)/g(shallow), g the root mean square of ‖∂𝓛/∂W^k‖_F over the maps, of nets drawn in pairs of which the
/// shallow one is alive; over that of the other kind,
/// drawn likewise, where there is one. Exact grade. An interval that holds `criterion` decides nothing.
///
/// # Errors
/// Inconclusive if an interval holds the criterion, or candle fails.
pub fn changes(context: &Context, changes: &[Change], criterion: f64) -> Result<Gathered, Unsettled> {
    let photos = Photos::open(None).map_err(Unsettled::Inconclusive)?;
    let rate = context.rate / changes.len() as f64;
    let mut gathered = Gathered { grade: Some(Grade::Exact), rate: context.rate, ..Gathered::default() };
    for change in changes {
        let (place, number) = change.place;
        let compared = change.against.map_or_else(String::new, |other| format!(" against {}", other.name()));
        let configuration = format!("{}, depths {:?}{compared}", change.kind.name(), change.depths);
        let draws =
            Streams::of_evidence(context, &configuration).map_chunks(change.pairs, 1, |generator, _| change.draw(&photos, generator));
        let interval = median(draws, rate, PRECISION)?;
        let (low, high) = (interval.low, interval.high);
        if low <= Scaled::from(criterion) && Scaled::from(criterion) <= high {
            return Err(Unsettled::Inconclusive(format!(
                "{configuration}: the median lies in [{low}, {high}], on either side of {criterion}"
            )));
        }
        gathered.notes.push(format!("{configuration}: median {} in [{low}, {high}]", interval.estimate));
        let point = Point::new().with(place, Node::rational(&number.into()));
        gathered.observations.push(Observation { point, truth: Truth::Interval(interval) });
        gathered.draws += change.pairs;
    }
    Ok(gathered)
}

impl Change {
    /// Of one kind of nets, [`NETS`] pairs.
    #[must_use]
    pub const fn of(kind: Kind, depths: (usize, usize), place: (&'static str, usize)) -> Self {
        Change { pairs: NETS, kind, against: None, depths, place }
    }

    /// The same, compared with another kind.
    #[must_use]
    pub const fn against(self, other: Kind) -> Self {
        Change { against: Some(other), ..self }
    }

    /// The same with that many pairs.
    #[must_use]
    pub const fn pairs(self, pairs: u64) -> Self {
        Change { pairs, ..self }
    }

    fn draw(&self, photos: &Photos, generator: &mut Generator) -> Result<Scaled, NetworkError> {
        let mut ratio = |kind: &Kind| -> Result<Scaled, NetworkError> {
            let mut shallow = Scaled::from(0.0);
            while shallow.is_zero() {
                shallow = mean_gradient(&kind.draw(self.depths.0, photos, generator)?)?;
            }
            Ok(mean_gradient(&kind.draw(self.depths.1, photos, generator)?)? / shallow)
        };
        let own = ratio(&self.kind)?;
        Ok(match &self.against {
            Some(other) => own / ratio(other)?,
            None => own,
        })
    }
}

/// The root mean square of ‖∂𝓛/∂W^k‖_F over the maps.
fn mean_gradient(site: &Site) -> Result<Scaled, NetworkError> {
    Ok(root_mean(&site.gradient_squares()?))
}

/// The root of the mean.
fn root_mean(squares: &[Scaled]) -> Scaled {
    (squares.iter().fold(Scaled::from(0.0), |sum, square| sum + *square) / Scaled::from(squares.len().max(1) as f64)).sqrt()
}

/// The median of draws, by order statistics.
fn median(draws: Vec<Result<Scaled, NetworkError>>, rate: f64, precision: f64) -> Result<Interval, Unsettled> {
    let draws: Result<Vec<Scaled>, NetworkError> = draws.into_iter().collect();
    let mut draws = draws.map_err(|error| Unsettled::Inconclusive(error.to_string()))?;
    order_statistics::interval(&mut draws, 0.5, rate, precision)
}

/// What a figure measures at a net.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measured {
    /// The root mean square of ‖∂𝓛/∂W^k‖_F over the maps.
    Gradient,
    /// ‖H_ll‖_F of the middle map, estimated from one probe.
    Diagonal,
    /// The root mean square of ‖H_kl‖_F over the other maps k, l the middle one, estimated from the same probe.
    OffDiagonal,
}

impl Measured {
    /// In the order of [`against_depth`].
    pub const ALL: [Measured; 3] = [Measured::Gradient, Measured::Diagonal, Measured::OffDiagonal];

    /// What axes say.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Measured::Gradient => "gradient norm of a layer",
            Measured::Diagonal => "Hessian block, diagonal",
            Measured::OffDiagonal => "Hessian block, off-diagonal",
        }
    }
}

/// Medians of what [`Measured`] names, in its order, over `nets` nets of each depth. The points bind `depth` to the number of maps.
///
/// # Errors
/// In words, if candle fails.
pub fn against_depth(context: &Context, kind: &Kind, depths: &[usize], nets: u64, photos: &Photos) -> Result<[Gathered; 3], String> {
    let mut all: [Gathered; 3] = std::array::from_fn(|_| Gathered { grade: Some(Grade::Exact), rate: context.rate, ..Gathered::default() });
    for depth in depths {
        let streams = Streams::of_evidence(context, &format!("{}, depth {depth}", kind.name()));
        let found = streams.map_chunks(nets, 1, |generator, _| measure(kind, *depth, photos, generator));
        let found = found.into_iter().collect::<Result<Vec<[Scaled; 3]>, _>>().map_err(|error| error.to_string())?;
        let point = Point::new().with("depth", Node::rational(&kind.architecture(*depth).depth().into()));
        for (at, gathered) in all.iter_mut().enumerate() {
            let interval = median(found.iter().map(|found| Ok(found[at])).collect(), context.rate, PRECISION);
            let interval = interval.map_err(|reason| format!("{reason:?}"))?;
            gathered.observations.push(Observation { point: point.clone(), truth: Truth::Interval(interval) });
        }
    }
    Ok(all)
}

/// What [`Measured`] names, in its order, at one net.
pub(super) fn measure(kind: &Kind, depth: usize, photos: &Photos, generator: &mut Generator) -> Result<[Scaled; 3], NetworkError> {
    let site = kind.draw(depth, photos, generator)?;
    let gradient = mean_gradient(&site)?;
    let middle = site.sizes().len() / 2;
    let column = site.bent(|bend| bend.probed_column(middle, generator))?;
    let others: Vec<Scaled> =
        column.iter().enumerate().filter(|(map, _)| *map != middle).map(|(_, square)| Scaled::from(*square)).collect();
    Ok([gradient, Scaled::from(column[middle]).sqrt(), root_mean(&others)])
}

/// How the weights of a perceptron are drawn for [`isometry`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawn {
    /// Orthogonal, of Haar's law; behind ReLU gates times √2.
    Orthogonal,
    /// Independent, of He's or Xavier's uniform law.
    Independent,
}

/// ‖a^L‖²/‖a^0‖² of square nets of that width and gate at each depth, the deeper continuing the shallower, from a Gaussian input.
///
#[must_use]
pub fn lengths(drawn: Drawn, gate: Gate, width: usize, depths: &[usize], generator: &mut Generator) -> Vec<Scaled> {
    let gain = if gate == Gate::Relu { 2.0f64 } else { 1.0 };
    let mut a: Vec<f64> = (0..width).map(|_| StandardNormal.sample(generator)).collect();
    let (mut exponent, mut found) = (0, Vec::with_capacity(depths.len()));
    let square = |a: &[f64]| a.iter().map(|x| x * x).sum::<f64>();
    let start = square(&a);
    for layer in 1..=depths.last().copied().unwrap_or(0) {
        let mut weights = match drawn {
            Drawn::Orthogonal => orthogonal(width, generator),
            Drawn::Independent => {
                let mut weights = vec![0.0; width * width];
                Law::xavier_uniform(width).sample(generator, &mut weights);
                weights
            }
        };
        weights.iter_mut().for_each(|w| *w *= gain.sqrt());
        let h = weights.chunks_exact(width).map(|row| row.iter().zip(&a).map(|(w, a)| w * a).sum::<f64>());
        a = h.map(|h| gate.apply(h)).collect();
        exponent += crate::network::power::normalise(&mut a).unwrap_or(0);
        if depths.contains(&layer) {
            found.push(Scaled::new(square(&a), 2 * exponent) / Scaled::from(start));
        }
    }
    found
}

/// Medians of [`lengths`] over that many nets; the points bind `width` and `depth`.
///
/// # Errors
/// If candle fails.
pub fn isometry(context: &Context, drawn: Drawn, gate: Gate, width: usize, depths: &[usize], nets: u64) -> Result<Gathered, Unsettled> {
    let streams = Streams::of_evidence(context, &format!("{drawn:?}, {gate:?}, width {width}, depths {depths:?}"));
    let runs = streams.map_chunks(nets, 1, |generator, _| lengths(drawn, gate, width, depths, generator));
    let rate = context.rate / depths.len() as f64;
    let mut gathered = Gathered { grade: Some(Grade::Exact), rate: context.rate, draws: nets, ..Gathered::default() };
    for (at, depth) in depths.iter().enumerate() {
        let interval = median(runs.iter().map(|run| Ok(run[at])).collect(), rate, PRECISION)?;
        let whole = |count: usize| Node::rational(&count.into());
        let point = Point::new().with("width", whole(width)).with("depth", whole(*depth));
        gathered.observations.push(Observation { point, truth: Truth::Interval(interval) });
    }
    Ok(gathered)
}

/// ‖a^L‖²/‖a^0‖² of single linear nets with orthogonal weights of Haar's law, every net by itself: enclosed to within the rounding of its
/// products. The points bind `width` and `depth`.
///
/// # Errors
/// If candle fails.
pub fn linear_lengths(context: &Context, shapes: &[(usize, usize)]) -> Result<Gathered, Unsettled> {
    let mut gathered = Gathered::default();
    for (width, depth) in shapes {
        let streams = Streams::of_evidence(context, &format!("width {width}, depth {depth}"));
        for found in streams.map_chunks(NETS, 1, |generator, _| lengths(Drawn::Orthogonal, Gate::Linear, *width, &[*depth], generator)) {
            let found = found[0].to_f64();
            let error = (*width * *depth) as f64 * ROUNDING;
            let end = |x: f64| Ball::from_rational(&RBig::try_from(x).unwrap_or(RBig::ZERO), Precision(128));
            let whole = |count: usize| Node::rational(&count.into());
            let point = Point::new().with("width", whole(*width)).with("depth", whole(*depth));
            gathered.observations.push(Observation { point, truth: Truth::Enclosed(end(found - error).hull(&end(found + error))) });
        }
        gathered.draws += NETS;
    }
    Ok(gathered)
}

/// E‖a^L‖²/‖a^0‖² of ReLU nets with orthogonal weights (no gain), which lies in [0, 1]: exact grade. The points bind `width` and `depth`.
///
/// # Errors
/// If no plan fits, or candle fails.
pub fn gated_lengths(context: &Context, shapes: &[(usize, usize)]) -> Result<Gathered, Unsettled> {
    let case = |&(width, depth): &(usize, usize)| {
        let whole = |count: usize| Node::rational(&count.into());
        Case {
            point: Point::new().with("width", whole(width)).with("depth", whole(depth)),
            configuration: format!("width {width}, depth {depth}"),
            setting: (width, depth),
            // Making columns orthonormal takes about as many products for every weight, and as long again to start.
            cost: (depth * (width * width * (1 + width) + 100)) as u64,
            guess: 0.5f64.powi(depth as i32),
        }
    };
    let cases: Vec<_> = shapes.iter().map(case).collect();
    sampled::bounded_means(
        context,
        &cases,
        |_| Scaled::from(1.0),
        |(width, depth), generator, draws| {
            let one = |_| -> Result<Scaled, NetworkError> {
                let found = lengths(Drawn::Orthogonal, Gate::Relu, *width, &[*depth], generator)[0];
                // The gain of √2 in each layer taken out again; rounding may lift an open net by a last digit.
                let share = (found * Scaled::new(1.0, -(*depth as i64))).to_f64();
                Ok(Scaled::from(if share > 1.0 && share < 1.0 + 1e-12 { 1.0 } else { share }))
            };
            (0..draws).map(one).collect()
        },
    )
}

/// The number of weights of convolutional nets from one channel, counted in nets as they are built, for every (channels, kernel, depth). The
/// points bind `width`, `kernel` and `depth`.
#[must_use]
pub fn weight_counts(shapes: &[(usize, usize, usize)]) -> Gathered {
    let observations = shapes.iter().map(|&(channels, kernel, depth)| {
        let map = Step::Map(Geometry { edge: 8, kernel, stride: 1, padding: Padding::Zero }, channels);
        let count: usize =
            Architecture { edge: 8, channels: 1, steps: vec![map; depth] }.shapes().iter().map(|(rows, columns)| rows * columns).sum();
        let whole = |count: usize| Node::rational(&count.into());
        let point = Point::new().with("width", whole(channels)).with("kernel", whole(kernel)).with("depth", whole(depth));
        Observation { point, truth: Truth::Exact(whole(count)) }
    });
    Gathered { observations: observations.collect(), ..Gathered::default() }
}
