//! Experiments on random nets of any architecture: gradients and blocks of the Hessian against depth, every net drawn from a stream of its own,
//! with medians by order statistics.

use super::architecture::Site;
pub use super::architecture_kinds::{Family, Kind};
pub use super::architecture_lengths::{Drawn, gated_lengths, isometry, lengths, linear_lengths};
use crate::claim::{Context, Gathered, Grade, Interval, Observation, Point, Truth, Unsettled};
use crate::formula::{Node, Scaled};
use crate::network::NetworkError;
use crate::network::architecture::photos::Photos;
use crate::network::architecture::{Architecture, Geometry, Padding, Step};
use crate::sampled::{Generator, Streams, order_statistics};

/// The pairs of nets behind a median of an experiment, unless it says otherwise.
pub const NETS: u64 = 64;
/// The planned precision of such a median, relative: experiments speak of orders of magnitude.
pub(super) const PRECISION: f64 = 1000.0;

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
pub(super) fn median(draws: Vec<Result<Scaled, NetworkError>>, rate: f64, precision: f64) -> Result<Interval, Unsettled> {
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
    /// In the order of [`at_depth`].
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

/// What [`Measured`] names, in its order, at each of `nets` nets of a depth.
///
/// # Errors
/// In words, if candle fails.
pub fn at_depth(context: &Context, kind: &Kind, depth: usize, nets: u64, photos: &Photos) -> Result<Vec<[Scaled; 3]>, String> {
    let streams = Streams::of_evidence(context, &format!("{}, depth {depth}", kind.name()));
    let found = streams.map_chunks(nets, 1, |generator, _| measure(kind, depth, photos, generator));
    found.into_iter().collect::<Result<_, _>>().map_err(|error| error.to_string())
}

/// Medians of what [`at_depth`] found, by number of maps, which the points bind as `depth`.
///
/// # Errors
/// In words, if there are too few nets for an interval.
pub fn medians(rate: f64, cells: &[(usize, Vec<[Scaled; 3]>)]) -> Result<[Gathered; 3], String> {
    let mut all: [Gathered; 3] = std::array::from_fn(|_| Gathered { grade: Some(Grade::Exact), rate, ..Gathered::default() });
    for (maps, found) in cells {
        let point = Point::new().with("depth", Node::rational(&(*maps).into()));
        for (at, gathered) in all.iter_mut().enumerate() {
            let interval = median(found.iter().map(|found| Ok(found[at])).collect(), rate, PRECISION);
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
