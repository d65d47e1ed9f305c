//! The distribution function of the Gamma(n, 1) law with integer n, which is the Poisson law's tail:
//! P(n, x) = e^(−x) Σ_{k ≥ n} x^k/k!, 1 − P(n, x) = e^(−x) Σ_{k < n} x^k/k!.
//!
//! Whichever of the two is the smaller is summed, from its largest term on, so both have relative accuracy.

use super::asymptotic::log_gamma_of_half;
use super::exponential::exp;
use super::fixed::Fixed;
use super::logarithm::ln;
use crate::formula::ball::dyadic::Dyadic;
use crate::formula::ball::{Ball, Precision};
use crate::formula::number::Undefined;

/// The largest shape; the work grows with its square root.
const LARGEST_SHAPE: u64 = 10_000_000_000;

/// Up to here factorials are multiplied out, beyond they come from the asymptotic series.
const LARGEST_PRODUCT: u64 = 4096;

/// P(Gamma(n, 1) ≤ x), increasing in x; 0 for x ≤ 0.
///
/// # Errors
/// [`Undefined::OutOfDomain`] for n = 0 and for n above 10^10.
pub fn erlang_cdf(n: u64, x: &Ball, precision: Precision) -> Result<Ball, Undefined> {
    let (lower, upper) = x.ends();
    let low = tails(n, lower, precision)?.below;
    if x.is_exact() {
        return Ok(low);
    }
    let high = tails(n, upper, precision)?.below;
    Ball::between(low.ends().0.clone(), high.ends().1.clone())
}

/// P(Gamma(n, 1) > x), decreasing in x; 1 for x ≤ 0.
///
/// # Errors
/// [`Undefined::OutOfDomain`] for n = 0 and for n above 10^10.
pub fn erlang_survival(n: u64, x: &Ball, precision: Precision) -> Result<Ball, Undefined> {
    let (lower, upper) = x.ends();
    let high = tails(n, lower, precision)?.above;
    if x.is_exact() {
        return Ok(high);
    }
    let low = tails(n, upper, precision)?.above;
    Ball::between(low.ends().0.clone(), high.ends().1.clone())
}

/// The two tails at one point.
struct Tails {
    below: Ball,
    above: Ball,
}

fn tails(n: u64, x: &Dyadic, precision: Precision) -> Result<Tails, Undefined> {
    if n == 0 || n > LARGEST_SHAPE {
        return Err(Undefined::OutOfDomain(format!("the shape of a Gamma law is between 1 and 10^10 here, not {n}")));
    }
    let one = Ball::from_integer(1);
    if x.sign() <= 0 {
        return Ok(Tails { below: Ball::zero(), above: one });
    }
    // Rounding outward never takes a probability out of [0, 1].
    let complement = |tail: &Ball| {
        let rest = one.minus(tail, precision)?;
        let (low, high) = rest.ends();
        Ball::between(low.clone().max(Dyadic::ZERO), high.clone().min(Dyadic::ONE))
    };
    if *x < Dyadic::new(n, 0) {
        let below = lower_tail(n, x, precision)?.0.rounded(precision);
        Ok(Tails { above: complement(&below)?, below })
    } else {
        let above = upper_tail(n, x, precision)?.rounded(precision);
        Ok(Tails { below: complement(&above)?, above })
    }
}

/// Σ_{k ≥ n} of the Poisson(x) probabilities, and the one at n, for 0 < x < n: the latter times [`lower_sum`].
pub(super) fn lower_tail(n: u64, x: &Dyadic, precision: Precision) -> Result<(Ball, Ball), Undefined> {
    let sum = lower_sum(n, x, fixed_bits(n, precision), precision.0 + 4);
    let guarded = precision.plus(8);
    let mass = poisson(n, x, guarded)?;
    Ok((mass.times(&sum.to_ball(0)?, guarded)?, mass))
}

/// 1 + x/(n+1) + x²/((n+1)(n+2)) + … for 0 < x < n, in `bits` places, up to a rest below 2^−goal.
///
/// The ratios fall, so what follows the term t with index k, the ratio to the next being below x/k, is below t · x/(k − x).
fn lower_sum(n: u64, x: &Dyadic, bits: usize, goal: usize) -> Fixed {
    let point = Fixed::of(&Ball::point(x.clone()), bits);
    let (mut sum, mut term) = (Fixed::one(bits), Fixed::one(bits));
    let mut k = n;
    loop {
        k += 1;
        term = term.times(&point).over_integer(k);
        term.add_to(&mut sum);
        if term.is_below(goal) {
            // x < n, so x/(k − x) < n/(k − n).
            let tail = term.times_integer(n).over_integer(k - n);
            if tail.is_below(goal) {
                sum.widen(&tail);
                return sum;
            }
        }
    }
}

/// Σ_{k < n} of the Poisson(x) probabilities, for x ≥ n: the one at n − 1 times [`upper_sum`].
fn upper_tail(n: u64, x: &Dyadic, precision: Precision) -> Result<Ball, Undefined> {
    let sum = upper_sum(n, x, fixed_bits(n, precision), precision.0 + 4)?;
    let guarded = precision.plus(8);
    poisson(n - 1, x, guarded)?.times(&sum.to_ball(0)?, guarded)
}

/// 1 + (n−1)/x + (n−1)(n−2)/x² + … for x ≥ n, in `bits` places, up to a rest below 2^−goal.
///
/// The ratios k/x fall with k, so what follows the term that the factor k made is at most that term times k/(x − k) ≤ k/(n − k).
fn upper_sum(n: u64, x: &Dyadic, bits: usize, goal: usize) -> Result<Fixed, Undefined> {
    let inverse = Fixed::of(&Ball::from_integer(1).over(&Ball::point(x.clone()), Precision(bits + 8))?, bits);
    let (mut sum, mut term) = (Fixed::one(bits), Fixed::one(bits));
    for k in (1..n).rev() {
        term = term.times_integer(k).times(&inverse);
        term.add_to(&mut sum);
        if term.is_below(goal) {
            let tail = term.times_integer(k).over_integer(n - k);
            if tail.is_below(goal) {
                sum.widen(&tail);
                break;
            }
        }
    }
    Ok(sum)
}

/// Places behind the point: the sum is at least 1, and its terms, about √(n · bits) of them, each off by what rounding added so
/// far, are off by less than n² units together.
fn fixed_bits(n: u64, precision: Precision) -> usize {
    precision.0 + 2 * n.ilog2() as usize + 16
}

/// e^(−x) x^k / k! for x > 0.
pub(super) fn poisson(k: u64, x: &Dyadic, precision: Precision) -> Result<Ball, Undefined> {
    let point = Ball::point(x.clone());
    if k <= LARGEST_PRODUCT {
        let guarded = precision.plus(24);
        let power = point.raised(k as i64, guarded)?;
        return power.times(&exp(&point.negated(), guarded)?, guarded)?.over(&factorial(k, guarded)?, precision);
    }
    // The exponent k ln x − x − ln k! is small beside its terms: their size costs bits.
    let size = u64::BITS - k.leading_zeros() + 8;
    let guarded = precision.plus(size as usize + usize::try_from(x.order().max(0)).expect("not negative"));
    let count = Ball::from_integer(k as i64);
    let exponent = count.times(&ln(&point, guarded)?, guarded)?.minus(&point, guarded)?;
    exp(&exponent.minus(&log_gamma_of_half(2 * (k + 1), guarded)?, guarded)?, precision)
}

/// k!, multiplied out in portions that fit a word.
fn factorial(k: u64, precision: Precision) -> Result<Ball, Undefined> {
    let mut product = Ball::from_integer(1);
    let mut portion = 1_u64;
    for factor in 2..=k {
        match portion.checked_mul(factor).filter(|p| i64::try_from(*p).is_ok()) {
            Some(next) => portion = next,
            None => {
                product = product.times(&Ball::from_integer(portion as i64), precision)?;
                portion = factor;
            }
        }
    }
    product.times(&Ball::from_integer(portion as i64), precision)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_that_stops_early_still_encloses_the_rest() {
        // The rest is then far larger than any rounding.
        for n in [1, 2, 3, 10, 77, 500] {
            for eighths in [1, 3, 6, 7, 8, 9, 12, 40] {
                let x = Dyadic::new(n * eighths, -3);
                let at = |goal| {
                    let sum = if eighths < 8 { Ok(lower_sum(n, &x, 120, goal)) } else { upper_sum(n, &x, 120, goal) };
                    sum.unwrap().to_ball(0).unwrap()
                };
                let fine = at(90);
                for goal in 1..40 {
                    let coarse = at(goal);
                    assert!(coarse.encloses(&Ball::point(fine.middle())), "n = {n}, x = {eighths}/8 n, goal {goal}");
                    assert!(coarse.accuracy().unwrap() >= goal as i64 - 1, "n = {n}, x = {eighths}/8 n, goal {goal}");
                }
            }
        }
    }
}
