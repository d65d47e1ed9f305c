//! The sampled rung: keyed streams, interval estimates with their guarantees, sample sizes planned beforehand, and refusals.
//!
//! Each kind of interval is a triple: the interval with the probability that it misses, the discrepancy that it detects (its
//! resolution), and the number of draws that this takes, fixed before the first draw.

mod deviance;
mod summation;

pub mod binomial;
pub mod bounded_mean;
pub mod catoni;
pub mod empirical_cdf;
pub mod gather;
pub mod median_of_means;
pub mod order_statistics;
pub mod particles;
pub mod plan;
pub mod power_law;
pub mod replicates;
pub mod streams;
pub mod tails;

pub use gather::{Case, bounded_means, distributions, means, medians, particle_means, replicate_means};
pub use plan::{Budget, budget};
pub use streams::{Generator, Streams};

use crate::claim::Unsettled;
use crate::formula::Scaled;

/// The relative rounding error that a draw, and the arithmetic on it, may carry: every interval is widened by it. A product of
/// 10⁴ factors in double precision, scaled by a 10⁴-th power, stays four times below.
pub const ROUNDING: f64 = 1.0 / (1u64 << 36) as f64;

/// `low` and `high` moved apart by [`ROUNDING`] of themselves.
fn outward(low: Scaled, high: Scaled) -> (Scaled, Scaled) {
    let factor = |end: Scaled, up: bool| {
        let away = (end.mantissa() > 0.0) == up;
        end * Scaled::from(if away { 1.0 + ROUNDING } else { 1.0 - ROUNDING })
    };
    (factor(low, false), factor(high, true))
}

/// An error unless all draws are numbers.
fn finite(draws: &[Scaled]) -> Result<(), Unsettled> {
    match draws.iter().position(|draw| !draw.mantissa().is_finite()) {
        None => Ok(()),
        Some(index) => Err(Unsettled::Inconclusive(format!("draw {index} of {} is not finite", draws.len()))),
    }
}

/// A relative resolution in words: `5 %`.
fn percent(share: f64) -> String {
    format!("{} %", (share * 1e6).round() / 1e4)
}
