//! Whole distributions by the Dvoretzky–Kiefer–Wolfowitz band.
//!
//! P(sup_x |F_n(x) − F(x)| > ε) ≤ 2 exp(−2nε²) for every n, ε > 0 and every law F.
//! Source: P. Massart, *The tight constant in the Dvoretzky–Kiefer–Wolfowitz inequality*, Annals of Probability 18, 1990,
//! corollary 1. The band holds for all x at once, so points may be chosen after looking.

use rayon::prelude::*;

use crate::claim::{Interval, Resolution, Unsettled};
use crate::formula::Scaled;

use super::order_statistics::ascending;
use super::{ROUNDING, finite};

/// A point of the band: at `mantissa` · 2^`exponent`, exactly, the distribution function lies in `interval`.
#[derive(Clone, Copy, Debug)]
pub struct Height {
    /// An integer of at most 12 bits.
    pub mantissa: i64,
    /// The power of two.
    pub exponent: i64,
    /// Where P(X ≤ x) and P(X < x) lie.
    pub interval: Interval,
}

/// ε = √(ln(2/rate)/(2n)), the half-width of the band.
#[must_use]
pub fn half_width(draws: u64, rate: f64) -> f64 {
    ((2.0 / rate).ln() / (2.0 * draws as f64)).sqrt() * (1.0 + ROUNDING) + ROUNDING
}

/// The least number of draws whose intervals are no wider than `width`, whatever the draws (where no two are equal).
#[must_use]
pub fn draws_for(width: f64, rate: f64) -> u64 {
    super::plan::least(|draws| 2.0 * half_width(draws, rate) + 1.0 / draws as f64 <= width)
}

/// The band over the law of the draws at about `count` points, spread evenly over the order statistics from the least to the
/// greatest and rounded towards zero to 12 bits. All intervals hold together except with probability at most `rate`.
///
/// An interval reaches from #{draws < x}/n − ε to #{draws ≤ x}/n + ε, so that both one-sided limits of F lie inside.
///
/// # Errors
/// If there are no draws, or one is not finite.
pub fn band(mut draws: Vec<Scaled>, count: usize, rate: f64, width: f64) -> Result<Vec<Height>, Unsettled> {
    finite(&draws)?;
    if draws.is_empty() {
        return Err(Unsettled::Inconclusive("no draws".to_owned()));
    }
    draws.par_sort_unstable_by(ascending);
    let n = draws.len();
    let slack = half_width(n as u64, rate);
    let ranks = (0..count).map(|i| (n - 1) * i / (count - 1).max(1));
    let mut points: Vec<(i64, i64)> = ranks.map(|rank| rounded(draws[rank])).collect();
    points.dedup();
    let height = |(mantissa, exponent): (i64, i64)| {
        let x = Scaled::new(mantissa as f64, exponent);
        let below = draws.partition_point(|draw| *draw < x) as f64 / n as f64;
        let at_most = draws.partition_point(|draw| *draw <= x) as f64 / n as f64;
        let interval = Interval {
            low: Scaled::from((below - slack).max(0.0)),
            high: Scaled::from((at_most + slack).min(1.0)),
            estimate: Scaled::from(at_most),
            resolution: Resolution::Absolute(width),
            n: n as u64,
        };
        Height { mantissa, exponent, interval }
    };
    Ok(points.into_iter().map(height).collect())
}

/// (m, e) with m·2^e the number rounded towards zero to 12 bits.
fn rounded(x: Scaled) -> (i64, i64) {
    const BITS: i64 = 11;
    let mantissa = (x.mantissa() * (1i64 << BITS) as f64) as i64;
    if mantissa == 0 {
        return (0, 0);
    }
    let even = i64::from(mantissa.trailing_zeros());
    (mantissa >> even, x.exponent() - BITS + even)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_rounded_exactly_and_ties_widen_the_interval() {
        assert_eq!(rounded(Scaled::new(1.5, -3000)), (3, -3001));
        assert_eq!(rounded(Scaled::from(-1.0)), (-1, 0));
        assert_eq!(rounded(Scaled::new(1.0 + 1.0 / 4096.0, 7)), (1, 7));
        let draws = [1.0, 2.0, 2.0, 3.0].map(Scaled::from).to_vec();
        let heights = band(draws, 3, 0.9999, 2.0).unwrap();
        let slack = half_width(4, 0.9999);
        let two = heights.iter().find(|height| height.mantissa == 1 && height.exponent == 1).unwrap();
        assert!((two.interval.low.to_f64() - (0.25 - slack).max(0.0)).abs() < 1e-15);
        assert!((two.interval.high.to_f64() - (0.75 + slack).min(1.0)).abs() < 1e-15);
    }

    #[test]
    fn the_plan_gives_the_width_and_one_draw_less_does_not() {
        let n = draws_for(0.005, 1e-9);
        assert!(2.0 * half_width(n, 1e-9) + 1.0 / n as f64 <= 0.005);
        assert!(2.0 * half_width(n - 1, 1e-9) + 1.0 / (n - 1) as f64 > 0.005);
    }
}
