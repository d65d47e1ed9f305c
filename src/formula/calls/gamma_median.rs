//! The median of the Gamma(n, 1) law: a Newton iteration finds it, two certified tails prove it.

use std::cmp::Ordering;

use super::constants::ln_two;
use super::erlang::{erlang_cdf, lower_tail};
use crate::formula::ball::dyadic::{Dyadic, Rounding};
use crate::formula::ball::{Ball, Precision};
use crate::formula::number::Undefined;

/// The median m of the Gamma(n, 1) law, P(Gamma(n, 1) ≤ m) = 1/2.
///
/// The bracket is proved by P(n, low) < 1/2 < P(n, high); how low and high were found does not matter.
///
/// # Errors
/// [`Undefined::OutOfDomain`] for n = 0 and for n above 10^10.
pub fn gamma_median(n: u64, precision: Precision) -> Result<Ball, Undefined> {
    if n == 1 {
        return Ok(ln_two(precision));
    }
    let near = approximate(n, precision)?;
    let half = Ball::from_integer(1).shifted(-1);
    // P(n, ·) has slope of order 1/√n at the median and a relative step 2^−p of x is n 2^−p: the step shows at p bits.
    let guarded = precision.plus(12);
    let mut step = near.shift(-(precision.0 as i64) - 1);
    for _ in 0..8 {
        let ends = [near.add(&step.negate(), Rounding::Down, guarded.0), near.add(&step, Rounding::Up, guarded.0)];
        let [low, high] = ends.map(Ball::point);
        let below = erlang_cdf(n, &low, guarded)?.compare(&half) == Some(Ordering::Less);
        if below && erlang_cdf(n, &high, guarded)?.compare(&half) == Some(Ordering::Greater) {
            return Ok(low.hull(&high));
        }
        step = step.shift(2);
    }
    Err(Undefined::Undecided(format!("the median of the Gamma law of shape {n}")))
}

/// The median to about `precision` bits, not certified: the asymptotic series n − 1/3 + 8/(405 n) + 184/(25515 n²) (K. P. Choi,
/// "On the medians of gamma distributions and an equation of Ramanujan", Proc. AMS 121, 1994), then Newton's method.
fn approximate(n: u64, precision: Precision) -> Result<Dyadic, Undefined> {
    let size = n as f64;
    let correction = -1.0 / 3.0 + 8.0 / (405.0 * size) + 184.0 / (25515.0 * size * size);
    let offset = Dyadic::from_f64(correction).ok_or_else(|| Undefined::Undecided("a starting value".into()))?;
    let goal = precision.0 + 8;
    let mut x = Dyadic::new(n, 0).add_exact(&offset);
    // The series is good to 10^−3/n³, and to no more than double precision; each step doubles the correct bits.
    let mut bits = (10 + 4 * n.ilog2() as usize).min(50);
    while bits < goal {
        bits = (2 * bits).min(goal);
        let working = Precision(bits + 16);
        // m < n, so the median's neighbourhood is where the lower tail is summed: P = mass · sum, P' = mass · n/x.
        let (tail, mass) = lower_tail(n, &x, working)?;
        let defect = Ball::from_integer(1).shifted(-1).minus(&tail, working)?;
        let slope = mass.times(&Ball::from_integer(n as i64), working)?.over(&Ball::point(x.clone()), working)?;
        let step = defect.over(&slope, working)?.middle();
        x = x.add(&step, Rounding::Down, bits + 8);
    }
    Ok(x)
}
