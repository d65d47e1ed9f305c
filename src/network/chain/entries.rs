//! Entries of gradient and Hessian of the chain's loss ½(y − v x)² at x = y = 1, from the weights' products.

use crate::claim::figure::{Kind, Mark, Series};
use crate::claim::{Context, Gathered, Point, Unsettled};
use crate::formula::Scaled;
use crate::network::device;
use crate::sampled::{self, Case, Generator, Streams};

use super::{products, scale, weight};

/// An entry of the chain: its output, or a derivative of its loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// |v|
    Output,
    /// |∂_1| = |1 − v| Π_{j≠1}|w_j|
    Gradient,
    /// ∂_11 = Π_{j≠1} w_j²
    Diagonal,
    /// |∂_12| = |2v − 1| Π_{j≠1,2}|w_j|
    OffDiagonal,
}

impl Entry {
    /// The name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Entry::Output => "output",
            Entry::Gradient => "gradient",
            Entry::Diagonal => "diagonal",
            Entry::OffDiagonal => "off-diagonal",
        }
    }

    /// The absolute entry from the product of the layers above the second and the first two weights.
    pub(super) fn of(self, above: Scaled, first: f64, second: f64) -> Scaled {
        let one = Scaled::from(1.0);
        let others = above * Scaled::from(second);
        let output = others * Scaled::from(first);
        let entry = match self {
            Entry::Output => output,
            Entry::Gradient => (one - output) * others,
            Entry::Diagonal => others * others,
            Entry::OffDiagonal => (Scaled::from(2.0) * output - one) * above,
        };
        Scaled::new(entry.mantissa().abs(), entry.exponent())
    }
}

/// Medians of an entry at depths of at least 3, by order statistics, exact grade.
///
/// # Errors
/// If the device is not there, fails, or no plan fits.
pub fn entry_medians(context: &Context, entry: Entry, tau: f64, depths: &[usize]) -> Result<Gathered, Unsettled> {
    let device = device::open(context.device).map_err(Unsettled::Skipped)?;
    let case = |depth: &usize| Case {
        point: Point::new().at("depth", depth),
        configuration: format!("depth {depth}"),
        setting: *depth,
        cost: *depth as u64,
        // A square doubles the spread of the logarithm.
        guess: if entry == Entry::Diagonal { 0.17 } else { 0.35 } / (*depth as f64).sqrt(),
    };
    sampled::medians(context, &depths.iter().map(case).collect::<Vec<_>>(), |depth, generator, chains| {
        let above = products(&device, &[depth - 2], chains, generator)?.swap_remove(0);
        let unit = scale(tau, depth - 2);
        let mut draw = |product: Scaled| entry.of(product * unit, tau * weight(generator), tau * weight(generator));
        Ok::<_, candle_core::Error>(above.into_iter().map(&mut draw).collect())
    })
}

/// `paths` single chains grown layer by layer to `depth`, as thin lines.
#[must_use]
pub fn paths(context: &Context, entry: Entry, tau: f64, depth: usize, paths: u64) -> Vec<Series> {
    let streams = Streams::of_evidence(context, "paths");
    let path = |number: u64| {
        let mut generator: Generator = streams.chunk(number);
        let (first, second) = (tau * weight(&mut generator), tau * weight(&mut generator));
        let mut above = Scaled::from(1.0);
        let marks = (3..=depth).map(|layers| {
            above *= Scaled::from(tau * weight(&mut generator));
            Mark { x: layers as f64, y: entry.of(above, first, second), range: None }
        });
        Series { label: "single chains".into(), kind: Kind::Path, marks: marks.collect() }
    };
    (0..paths).map(path).collect()
}
