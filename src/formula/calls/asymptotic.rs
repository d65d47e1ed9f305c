//! ln Γ at positive numbers, digamma and trigamma at positive multiples of one half, by their asymptotic series.
//!
//! For real x > 0 the remainders of
//!
//! ln Γ(x) ~ (x − ½) ln x − x + ½ ln 2π + Σ_k B_2k/(2k(2k−1) x^(2k−1)),
//! ψ(x) ~ ln x − 1/(2x) − Σ_k B_2k/(2k x^(2k)),
//! ψ'(x) ~ 1/x + 1/(2x²) + Σ_k B_2k/x^(2k+1)
//!
//! are bounded by the first omitted term and have its sign (DLMF 5.11(ii); for ψ' the same argument: all three are Laplace
//! integrals of t/(e^t − 1), whose expansion envelops it for real t). A small argument is shifted up by the recurrence first.

use dashu::rational::RBig;

use super::bernoulli::bernoulli_numbers;
use super::constants::pi;
use super::logarithm::ln;
use crate::formula::ball::dyadic::{Dyadic, Rounding};
use crate::formula::ball::{Ball, Precision};
use crate::formula::number::Undefined;

/// ψ(x), x = `twice`/2.
///
/// # Errors
/// [`Undefined::OutOfDomain`] if `twice` is 0.
pub fn digamma_of_half(twice: u64, precision: Precision) -> Result<Ball, Undefined> {
    let guarded = precision.plus(24);
    let shifted = Shifted::new(twice, guarded)?;
    // ψ(x) = ψ(x + n) − Σ 1/(x + i)
    let mut value = ln(&shifted.argument, guarded)?.minus(&shifted.inverse()?.shifted(-1), guarded)?;
    value = value.minus(&shifted.series(|k| RBig::from(2 * k), 0)?, guarded)?;
    for step in shifted.steps() {
        value = value.minus(&Ball::from_integer(2).over(&step, guarded)?, guarded)?;
    }
    Ok(value.rounded(precision))
}

/// ψ'(x), x = `twice`/2.
///
/// # Errors
/// [`Undefined::OutOfDomain`] if `twice` is 0.
pub fn trigamma_of_half(twice: u64, precision: Precision) -> Result<Ball, Undefined> {
    // ψ'(x) is about 1/x: as many bits more as x has.
    let guarded = precision.plus(24 + twice.max(1).ilog2() as usize);
    let shifted = Shifted::new(twice, guarded)?;
    // ψ'(x) = ψ'(x + n) + Σ 1/(x + i)²
    let inverse = shifted.inverse()?;
    let mut value = inverse.plus(&inverse.raised(2, guarded)?.shifted(-1), guarded)?;
    value = value.plus(&shifted.series(|_| RBig::ONE, 1)?, guarded)?;
    for step in shifted.steps() {
        value = value.plus(&Ball::from_integer(4).over(&step.raised(2, guarded)?, guarded)?, guarded)?;
    }
    Ok(value.rounded(precision))
}

/// ψ^(m)(x), the derivative of order m ≥ 1 of ψ, x = `twice`/2: the same series, differentiated.
///
/// # Errors
/// [`Undefined::OutOfDomain`] if `twice` is 0.
pub fn polygamma_of_half(order: u32, twice: u64, precision: Precision) -> Result<Ball, Undefined> {
    let m = u64::from(order);
    // It is about (m − 1)!/x^m.
    let guarded = precision.plus(24 + order as usize * (2 + twice.max(1).ilog2() as usize));
    let shifted = Shifted::new(twice, guarded)?;
    let factorial = |n: u64| (1..=n).fold(RBig::ONE, |product, factor| product * RBig::from(factor));
    let ball = |value: &RBig| Ball::from_rational(value, guarded);
    let power = shifted.inverse()?.raised(i64::from(order), guarded)?;
    let leading = power.times(&ball(&factorial(m - 1)), guarded)?;
    let next = power.times(&shifted.inverse()?, guarded)?.times(&ball(&(factorial(m) / RBig::from(2))), guarded)?;
    // (2k + m − 1)!/(2k)! is the product of the m − 1 integers above 2k.
    let divisor = |k: u64| (2 * k + 1..2 * k + m).fold(RBig::ONE, |quotient, factor| quotient / RBig::from(factor));
    let mut value = leading.plus(&next, guarded)?.plus(&shifted.series(divisor, i64::from(order))?, guarded)?;
    let numerator = ball(&(factorial(m) * RBig::from(2).pow(order as isize + 1)));
    for step in shifted.steps() {
        value = value.plus(&numerator.over(&step.raised(i64::from(order) + 1, guarded)?, guarded)?, guarded)?;
    }
    Ok(if order.is_multiple_of(2) { value.negated() } else { value }.rounded(precision))
}

/// ln Γ(x), x = `twice`/2, to `precision` bits relative to x ln x (ln Γ itself vanishes at 1 and 2).
///
/// # Errors
/// [`Undefined::OutOfDomain`] if `twice` is 0.
pub fn log_gamma_of_half(twice: u64, precision: Precision) -> Result<Ball, Undefined> {
    let guarded = precision.plus(24);
    let shifted = Shifted::new(twice, guarded)?;
    let value = shifted.log_gamma()?;
    // Γ(x) = Γ(x + n)/(x (x + 1) ⋯)
    let mut product = Ball::from_integer(1);
    for step in shifted.steps() {
        product = product.times(&step.shifted(-1), guarded)?;
    }
    Ok(value.minus(&ln(&product, guarded)?, guarded)?.rounded(precision))
}

/// ln Γ(x) for x > 0, to `precision` bits relative to x ln x for exact x.
///
/// # Errors
/// [`Undefined::OutOfDomain`] if x ≤ 0, [`Undefined::Undecided`] if it may be.
pub fn log_gamma(x: &Ball, precision: Precision) -> Result<Ball, Undefined> {
    let lower = x.ends().0;
    if lower.sign() <= 0 {
        return Err(match x.ends().1.sign() {
            1 => Undefined::Undecided("whether the argument of a gamma function is positive".into()),
            _ => Undefined::OutOfDomain("ln Gamma(x) takes x > 0".into()),
        });
    }
    let guarded = precision.plus(24);
    let whole = u64::try_from(lower.to_fixed(Rounding::Down, 0)).unwrap_or(u64::MAX);
    let shift = least_argument(guarded).saturating_sub(whole);
    let exact = guarded.plus(x.precision());
    let argument = x.plus(&Ball::from_integer(shift as i64), exact)?;
    // Γ(x) = Γ(x + n)/(x (x + 1) ⋯)
    let mut product = Ball::from_integer(1);
    for i in 0..shift {
        product = product.times(&x.plus(&Ball::from_integer(i as i64), exact)?, guarded)?;
    }
    let shifted = Shifted { twice: 0, shift, argument, precision: guarded, stop: guarded.0 };
    Ok(shifted.log_gamma()?.minus(&ln(&product, guarded)?, guarded)?.rounded(precision))
}

/// Where the series is used: at x ≥ p/2 about p/10 terms are needed, long before they grow (the smallest is about e^(−2πx)).
fn least_argument(precision: Precision) -> u64 {
    precision.0 as u64 / 2 + 1
}

/// An argument moved up until the series reaches the precision.
struct Shifted {
    twice: u64,
    shift: u64,
    argument: Ball,
    precision: Precision,
    /// Terms below 2^−stop do not count.
    stop: usize,
}

impl Shifted {
    fn new(twice: u64, precision: Precision) -> Result<Self, Undefined> {
        if twice == 0 {
            return Err(Undefined::OutOfDomain("zero is a pole".into()));
        }
        let shift = least_argument(precision).saturating_sub(twice / 2);
        let argument = Ball::point(Dyadic::new(u128::from(twice) + 2 * u128::from(shift), -1));
        Ok(Shifted { twice, shift, argument, precision, stop: precision.0 })
    }

    /// 2x, 2x + 2, … for the arguments that the recurrence passes.
    fn steps(&self) -> impl Iterator<Item = Ball> + '_ {
        (0..self.shift).map(|i| Ball::point(Dyadic::new(u128::from(self.twice) + 2 * u128::from(i), 0)))
    }

    /// ln Γ at the moved argument.
    fn log_gamma(&self) -> Result<Ball, Undefined> {
        let (x, precision) = (&self.argument, self.precision);
        let half = Ball::from_integer(1).shifted(-1);
        let leading = x.minus(&half, precision)?.times(&ln(x, precision)?, precision)?.minus(x, precision)?;
        let value = leading.plus(&ln(&pi(precision).shifted(1), precision)?.shifted(-1), precision)?;
        value.plus(&self.series(|k| RBig::from(2 * k * (2 * k - 1)), -1)?, precision)
    }

    fn inverse(&self) -> Result<Ball, Undefined> {
        Ball::from_integer(1).over(&self.argument, self.precision)
    }

    /// Σ_{k ≥ 1} B_2k / (divisor(k) x^(2k + offset)), up to the first term that does not count, which bounds the rest.
    fn series(&self, divisor: impl Fn(u64) -> RBig, offset: i64) -> Result<Ball, Undefined> {
        let inverse = self.inverse()?;
        let square = inverse.raised(2, self.precision)?;
        let mut power = inverse.raised(2 + offset, self.precision)?;
        let mut sum = Ball::zero();
        let mut numbers = bernoulli_numbers(self.precision.0 / 9 + 8);
        for k in 1.. {
            if k > numbers.len() {
                numbers = bernoulli_numbers(2 * numbers.len());
            }
            let factor = &numbers[k - 1] / divisor(k as u64);
            let term = Ball::from_rational(&factor, self.precision).times(&power, self.precision)?;
            if term.ends().0.order().max(term.ends().1.order()) < -(self.stop as i64) {
                // The remainder lies between 0 and this term.
                return sum.plus(&term.hull(&Ball::zero()), self.precision);
            }
            sum = sum.plus(&term, self.precision)?;
            power = power.times(&square, self.precision)?;
        }
        unreachable!("the terms fall below the precision before they grow")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_series_that_stops_early_still_encloses_the_rest() {
        // The rest is then far larger than any rounding.
        type Divisor = fn(u64) -> RBig;
        let divisors: [(Divisor, i64); 3] = [(|k| RBig::from(2 * k), 0), (|_| RBig::ONE, 1), (|k| RBig::from(2 * k * (2 * k - 1)), -1)];
        for twice in [61, 80, 1001] {
            for (divisor, offset) in divisors {
                let at = |stop| {
                    let argument = Ball::from_integer(twice as i64).shifted(-1);
                    let shifted = Shifted { twice, shift: 0, argument, precision: Precision(300), stop };
                    shifted.series(divisor, offset).unwrap()
                };
                let fine = at(200);
                for stop in 1..100 {
                    assert!(at(stop).encloses(&Ball::point(fine.middle())), "x = {twice}/2, offset {offset}, stop {stop}");
                }
            }
        }
    }
}
