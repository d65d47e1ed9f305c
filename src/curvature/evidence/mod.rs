//! Ready-made evidence about the Hessians of random nets: every net is drawn from the streams of the evidence, and checked by itself.
//!
//! No tolerance is chosen. The engine's numbers carry the bounds on their rounding that [`super::rounding`] counts beforehand, eigenvalues
//! the bounds of a certified diagonalisation, and what is made from them is rounded outward. A weak inequality is judged by the end of the
//! enclosure that favours it: what refutes it is a violation beyond rounding; a strict one, and an equality, by the whole enclosure.

mod certificates;
mod euler;
mod gershgorin;
mod specimen;

use rayon::prelude::*;

use crate::claim::{Context, Effort, Gathered, Observation, Point, Truth, Unsettled};
use crate::formula::{Ball, Node, Scaled};
use crate::network::Gate;
use crate::sampled::Streams;

use super::Span;
pub use specimen::Specimen;

/// An enclosure wider than this, in units of what it encloses or of 1 where that is smaller, shows nothing and is left out: the judge
/// asks as much of an enclosure that is to agree.
const WIDEST: f64 = 1.0 / 1024.0;

/// The share of enclosures left out above which nothing is concluded from the others.
const MOST_LEFT_OUT: f64 = 0.1;

/// A kind of net: widths from input to output, and the gate of all layers but the last, which is linear.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// The width of the input, then of every layer.
    pub widths: &'static [usize],
    /// The gate.
    pub gate: Gate,
    /// The number of samples.
    pub samples: usize,
    /// The variance of a weight times the width that it comes from.
    pub gain: f64,
    /// The standard deviation of the targets.
    pub target: f64,
}

/// Nets of several shapes, gates and scales, small enough for a dense Hessian.
pub const KINDS: &[Kind] = &[
    Kind { widths: &[1, 1], gate: Gate::Linear, samples: 1, gain: 1.0, target: 1.0 },
    Kind { widths: &[1, 1, 1], gate: Gate::Linear, samples: 1, gain: 1.0, target: 3.0 },
    Kind { widths: &[1, 1, 1, 1, 1], gate: Gate::Linear, samples: 1, gain: 2.0, target: 0.3 },
    Kind { widths: &[3, 1], gate: Gate::Linear, samples: 1, gain: 1.0, target: 1.0 },
    Kind { widths: &[2, 3, 2], gate: Gate::Linear, samples: 3, gain: 1.0, target: 1.0 },
    Kind { widths: &[3, 4, 4, 2], gate: Gate::Relu, samples: 4, gain: 2.0, target: 1.0 },
    Kind { widths: &[2, 3, 3, 3, 3, 2], gate: Gate::Relu, samples: 2, gain: 2.0, target: 3.0 },
    Kind { widths: &[3, 3, 3, 3, 3], gate: Gate::Linear, samples: 1, gain: 1.0 / 3.0, target: 1.0 },
    Kind { widths: &[4, 2, 5, 1], gate: Gate::Relu, samples: 5, gain: 6.0, target: 0.1 },
];

/// Which part of an enclosure stands for the truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The whole enclosure: for equalities and strict inequalities.
    Whole,
    /// The lower end: for formula ≥ truth, and to refute formula > truth.
    Low,
    /// The upper end: for formula ≤ truth.
    High,
}

/// What every one of many random nets of all [`KINDS`] shows; the points bind `depth`. Nets whose output is 0 show nothing, and nets
/// with a pre-activation so near to 0 that rounding could turn the gate are left out.
///
/// # Errors
/// If candle fails, or rounding leaves too many enclosures wide.
pub fn every_net(context: &Context, reading: Reading, find: impl Fn(&Specimen) -> Vec<Span> + Sync) -> Result<Gathered, Unsettled> {
    let nets = match context.effort {
        Effort::Quick => 5,
        Effort::Standard => 15,
        Effort::Thorough => 300,
    };
    let cases: Vec<(usize, &Kind, u64)> = KINDS.iter().enumerate().flat_map(|(i, kind)| (0..nets).map(move |net| (i, kind, net))).collect();
    let found = cases.par_iter().map(|(index, kind, net)| {
        let mut generator = Streams::of_evidence(context, &format!("kind {index}")).chunk(*net);
        let specimen = Specimen::draw(kind, &mut generator).map_err(|error| Unsettled::Inconclusive(error.to_string()))?;
        Ok::<_, Unsettled>(specimen.map_or_else(Vec::new, |specimen| {
            let depth = kind.widths.len() - 1;
            find(&specimen).into_iter().map(|span| (depth, span)).collect()
        }))
    });
    let found: Vec<(usize, Span)> = found.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
    let narrow = |span: &Span| span.width() <= WIDEST * span.abs().high.max(1.0);
    let kept: Vec<&(usize, Span)> = found.iter().filter(|(_, span)| narrow(span)).collect();
    let left_out = found.len() - kept.len();
    if left_out as f64 > MOST_LEFT_OUT * found.len() as f64 {
        return Err(Unsettled::Inconclusive(format!("rounding leaves {left_out} of {} enclosures wider than 1/1024", found.len())));
    }
    let widest = kept.iter().map(|(_, span)| span.width()).fold(0.0, f64::max);
    let observations = kept.into_iter().map(|(depth, span)| observation(*depth, *span, reading)).collect::<Result<Vec<_>, _>>()?;
    let note = format!(
        "{} random nets of {} kinds, every one checked; enclosures at most {widest:.0e} wide, {left_out} of {} left out as too wide",
        cases.len(),
        KINDS.len(),
        found.len()
    );
    Ok(Gathered { observations, draws: cases.len() as u64, notes: vec![note], ..Gathered::default() })
}

/// One found number as evidence; the point binds `depth`.
pub(super) fn observation(depth: usize, span: Span, reading: Reading) -> Result<Observation, Unsettled> {
    let point = Point::new().with("depth", Node::rational(&depth.into()));
    let end = |value: f64| Ball::try_from_scaled(Scaled::from(value)).map_err(|error| Unsettled::Inconclusive(error.to_string()));
    let (low, high) = (end(span.low)?, end(span.high)?);
    let truth = match reading {
        Reading::Whole => low.hull(&high),
        Reading::Low => low,
        Reading::High => high,
    };
    Ok(Observation { point, truth: Truth::Enclosed(truth) })
}
