//! Means of variables of bounded variance by Catoni's influence function around a pilot: exact at any sample size, and at small
//! rates nearly as narrow as the normal interval.
//!
//! ψ(y) = ln(1 + y + y²/2) for y ≥ 0, ψ(−y) = −ψ(y), lies between −ln(1 − y + y²/2) and ln(1 + y + y²/2). So for draws X of mean
//! m(1 + s) and variance at most v of its square, Y = α(X/m − 1) and q = v(1 + s)² + s², Σψ(Y) exceeds n ln(1 + αs + α²q/2) + ln(1/r)
//! with probability at most r, and likewise below, whatever the fixed m and α. The s for which neither happens are an interval
//! and values far away, which the pilot's own interval excludes.
//! Source: O. Catoni, *Challenging the empirical mean and empirical variance: a deviation study*, Annales de l'Institut Henri
//! Poincaré, Probabilités et Statistiques 48, 2012, section 2.

use crate::claim::{Interval, Resolution, Unsettled};
use crate::formula::Scaled;

use super::median_of_means::{self, Blocks};
use super::outward;

/// Shares of the draws that the pilot may take; the one that gives the narrowest interval is taken.
const PILOTS: [f64; 4] = [0.05, 0.1, 0.2, 0.4];
/// The share of the rate that the pilot takes.
const PILOT_RATE: f64 = 0.125;
/// The greatest α: below 1 the bounds are monotone where the mean is positive.
const STEEPEST: f64 = 0.5;

/// How many draws the pilot and the estimate take, and how the estimate weighs them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Design {
    /// The bound v on the variance, relative to the squared mean.
    variance: f64,
    /// The probability of a miss.
    rate: f64,
    /// Draws of the pilot.
    pub pilot: u64,
    /// Their blocks, for a median of means.
    blocks: Blocks,
    /// Draws of the estimate.
    pub draws: u64,
    /// α, the reciprocal of the deviation beyond which a draw's influence grows like a logarithm.
    alpha: f64,
}

/// A pilot: where the mean lies, roughly.
#[derive(Clone, Copy, Debug)]
pub struct Pilot {
    centre: Scaled,
    /// The pilot's interval for s, its own mean being m(1 + s).
    range: (f64, f64),
}

impl Design {
    /// The design of a total number of draws for a positive mean whose law has at most that relative variance.
    #[must_use]
    pub fn new(variance: f64, rate: f64, total: u64) -> Design {
        Design::in_blocks(variance, rate, total, pilot_blocks(rate)).0
    }

    /// That design and its [`width`](Self::width).
    fn in_blocks(variance: f64, rate: f64, total: u64, blocks: Blocks) -> (Design, f64) {
        let candidate = |share: f64| {
            let pilot = ((total as f64 * share / blocks.count as f64).ceil() as u64).max(1) * blocks.count;
            let draws = total.saturating_sub(pilot).max(1);
            let alpha = (2.0 * log_odds(rate) / (draws as f64 * variance)).sqrt().min(STEEPEST);
            let design = Design { variance, rate, pilot, blocks, draws, alpha };
            (design, design.width())
        };
        PILOTS.map(candidate).into_iter().min_by(|a, b| a.1.total_cmp(&b.1)).expect("there are candidates")
    }

    /// What the draws of the pilot say.
    ///
    /// # Errors
    /// As [`median_of_means::interval`].
    pub fn pilot(&self, draws: &[Scaled]) -> Result<Pilot, Unsettled> {
        let found = median_of_means::interval(draws, self.variance, self.blocks, 1.0)?;
        let relative = |end: Scaled| (end / found.estimate).to_f64() - 1.0;
        Ok(Pilot { centre: found.estimate, range: (relative(found.low), relative(found.high)) })
    }

    /// Σψ(α(X/m − 1)) over some of the draws.
    #[must_use]
    pub fn influence(&self, pilot: &Pilot, draws: &[Scaled]) -> f64 {
        let scale = Scaled::from(self.alpha) / pilot.centre;
        draws.iter().map(|draw| influence((*draw * scale).to_f64() - self.alpha)).sum()
    }

    /// The interval for the mean from the sum of all influences. It misses with probability at most `rate`.
    ///
    /// # Errors
    /// If the sum is not a number.
    pub fn interval(&self, pilot: &Pilot, influence: f64, resolution: f64) -> Result<Interval, Unsettled> {
        if !influence.is_finite() {
            return Err(Unsettled::Inconclusive("the influence of a draw is not a number".into()));
        }
        let (low, high) = self.range(influence, pilot.range);
        let middle = (influence / (self.draws as f64 * self.alpha)).clamp(low, high);
        let at = |s: f64| pilot.centre * Scaled::from(1.0 + s);
        let (low, high) = outward(at(low), at(high));
        Ok(Interval { low, high, estimate: at(middle), resolution: Resolution::Relative(resolution), n: self.pilot + self.draws })
    }

    /// The s inside the pilot's range that the sum of influences leaves: from the larger root of one quadratic to the smaller root of
    /// the other.
    fn range(&self, influence: f64, (from, to): (f64, f64)) -> (f64, f64) {
        let Design { variance: v, alpha, .. } = *self;
        let (n, odds) = (self.draws as f64, log_odds(self.rate));
        let square = alpha * alpha * (v + 1.0) / 2.0;
        // square·s² + linear·s − rise = 0.
        let roots = |linear: f64, rise: f64| {
            let root = (linear * linear + 4.0 * square * rise).sqrt();
            let far = -(linear + root.copysign(linear)) / (2.0 * square);
            (-rise / (square * far), far)
        };
        // 1 + αs + α²q/2 = e^((S − ln 1/r)/n): all s up to the near root are excluded.
        let (near, _) = roots(alpha + alpha * alpha * v, ((influence - odds) / n).exp_m1() - alpha * alpha * v / 2.0);
        let low = if near.is_nan() { from } else { near.max(from) };
        // 1 − αs + α²q/2 = e^(−(S + ln 1/r)/n): all s between the roots are excluded.
        let (near, far) = roots(alpha * alpha * v - alpha, (-(influence + odds) / n).exp_m1() - alpha * alpha * v / 2.0);
        let high = if near.is_nan() || far < to { to } else { near.min(to) };
        (low.min(high), high.max(low))
    }

    /// The relative width of the interval if the pilot and the sum of influences are as far off as they may be.
    fn width(&self) -> f64 {
        let pilot = self.blocks.deviations * (self.variance * self.blocks.count as f64 / self.pilot as f64).sqrt();
        if pilot >= 1.0 {
            return f64::INFINITY;
        }
        let off = pilot + (2.0 * log_odds(self.rate) * self.variance / self.draws as f64).sqrt();
        let width = |side: f64| {
            let (low, high) = self.range(side * off * self.draws as f64 * self.alpha, (-1.0, 3.0 * off / (1.0 - pilot)));
            (high - low) / (1.0 + low)
        };
        width(1.0).max(width(-1.0))
    }
}

/// The least number of draws whose interval has at most the relative width `resolution`, except where the pilot or the influences
/// are further off than they may be with about the probability `rate`. `None` if it is 2⁵³ or more.
#[must_use]
pub fn draws_for(variance: f64, resolution: f64, rate: f64) -> Option<u64> {
    let blocks = pilot_blocks(rate);
    let enough = |total: u64| {
        let (design, width) = Design::in_blocks(variance, rate, total, blocks);
        design.pilot < total && width <= resolution - 8.0 * super::ROUNDING
    };
    let least = super::plan::least(enough);
    (least < 1 << 53).then_some(least)
}

/// The blocks of a pilot.
fn pilot_blocks(rate: f64) -> Blocks {
    median_of_means::blocks(rate * PILOT_RATE)
}

/// ψ
fn influence(y: f64) -> f64 {
    let size = y.abs();
    (size + size * size / 2.0).ln_1p().copysign(y)
}

/// ln(1/r) for each of the two sides of the estimate.
fn log_odds(rate: f64) -> f64 {
    (2.0 / (rate * (1.0 - PILOT_RATE))).ln()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sampled::Streams;
    use crate::sampled::plan::normal_quantile;
    use rand::RngExt;

    /// The interval over the law of `draw` under that design.
    fn estimated(design: &Design, key: &str, draw: impl Fn(f64) -> f64) -> Interval {
        let mut generator = Streams::keyed(1, "catoni", key).chunk(0);
        let mut draws = |count: u64| (0..count).map(|_| Scaled::from(draw(generator.random()))).collect::<Vec<_>>();
        let pilot = design.pilot(&draws(design.pilot)).unwrap();
        let sum = design.influence(&pilot, &draws(design.draws));
        design.interval(&pilot, sum, 0.1).unwrap()
    }

    #[test]
    fn fine_resolutions_take_at_most_three_fifths_more_draws_than_a_normal_interval() {
        for (variance, resolution, rate) in [(1.0, 0.02, 1e-9), (12.0, 0.01, 1e-10)] {
            let total = draws_for(variance, resolution, rate).unwrap();
            let normal = (2.0 * normal_quantile(rate / 2.0) / resolution).powi(2) * variance;
            assert!(total as f64 <= 1.6 * normal, "{total} draws, normal {normal}");
        }
    }

    #[test]
    fn a_mean_of_heavy_tails_is_covered_and_found_within_the_planned_width() {
        // X = u^(−1/5): mean 5/4, E X² = 5/3, relative variance 1/15; its fifth moment is infinite.
        let design = Design::new(1.0 / 15.0, 1e-9, draws_for(1.0 / 15.0, 0.01, 1e-9).unwrap());
        for key in ["a", "b", "c"] {
            let found = estimated(&design, key, |u| (1.0 - u).powf(-0.2));
            let (low, high) = (found.low.to_f64(), found.high.to_f64());
            assert!(low <= 1.25 && 1.25 <= high && high / low <= 1.01, "{low} {high}");
        }
    }

    #[test]
    fn the_rate_is_kept_at_a_rate_that_can_be_counted() {
        // The plain mean of a skewed law misses here far more often than asked: X is 100 with probability 1/100.
        let (rate, variance) = (0.05, 99.0);
        let design = Design::new(variance, rate, 60_000);
        let missed = |i: u32| {
            let found = estimated(&design, &format!("rate {i}"), |u| if u < 0.01 { 100.0 } else { 0.0 });
            !(found.low.to_f64() <= 1.0 && 1.0 <= found.high.to_f64())
        };
        assert!((0..200).filter(|i| missed(*i)).count() <= 10);
    }

    #[test]
    fn an_estimate_that_lies_is_caught_by_nothing_but_its_variance() {
        // Draws of mean 1 and relative variance 1/3, planned with a bound 100 times too small: the interval is too narrow by 10.
        let honest = estimated(&Design::new(1.0 / 3.0, 1e-6, 20_000), "bound", |u| 2.0 * u);
        let lying = estimated(&Design::new(1.0 / 300.0, 1e-6, 20_000), "bound", |u| 2.0 * u);
        let width = |found: Interval| (found.high - found.low).to_f64();
        assert!((5.0..20.0).contains(&(width(honest) / width(lying))));
    }

    #[test]
    fn a_constant_is_found_at_any_scale() {
        let design = Design::new(0.0, 1e-9, draws_for(0.0, 0.01, 1e-9).unwrap());
        let constant = |count: u64| vec![Scaled::new(1.25, -4000); count as usize];
        let pilot = design.pilot(&constant(design.pilot)).unwrap();
        let found = design.interval(&pilot, design.influence(&pilot, &constant(design.draws)), 0.01).unwrap();
        assert!(found.low <= Scaled::new(1.25, -4000) && Scaled::new(1.25, -4000) <= found.high);
    }
}
