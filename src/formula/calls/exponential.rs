//! The exponential function.

use dashu::integer::{IBig, UBig};

use super::constants::ln_two;
use super::fixed::Fixed;
use crate::formula::ball::dyadic::{Dyadic, Rounding};
use crate::formula::ball::{Ball, Precision};
use crate::formula::number::Undefined;

/// exp(x), increasing: the lower end of exp at the lower end, the upper end of exp at the upper end.
///
/// # Errors
/// [`Undefined::TooLarge`] if |x| is so large that the value leaves the range of exponents.
pub fn exp(x: &Ball, precision: Precision) -> Result<Ball, Undefined> {
    let (lower, upper) = x.ends();
    let low = exp_point(lower, precision)?;
    if x.is_exact() {
        return Ok(low);
    }
    let high = exp_point(upper, precision)?;
    Ball::between(low.ends().0.clone(), high.ends().1.clone())
}

/// exp(x) = 2^k (exp s)^(2^j) with s = (x − k ln 2)/2^j ≥ 0 small, exp s by its Taylor series; all terms are positive, and the
/// tail after a term t is at most t as long as the ratio s/i is at most one half.
fn exp_point(x: &Dyadic, precision: Precision) -> Result<Ball, Undefined> {
    if x.is_zero() {
        return Ok(Ball::from_integer(1));
    }
    if x.order() > 60 {
        return Err(Undefined::TooLarge);
    }
    // Each squaring doubles the relative error; 24 bits hold the roundings of up to a million terms.
    let squarings = precision.0.isqrt() / 2 + 4;
    let (k, power) = exp_fixed(x, squarings, precision.0 + squarings + 24);
    Ok(power.to_ball(k)?.rounded(precision))
}

/// An integer k and exp(x) 2^−k, about between 1 and 2, with `bits` places behind the point.
fn exp_fixed(x: &Dyadic, squarings: usize, bits: usize) -> (i64, Fixed) {
    let (k, reduced) = reduce(x, bits);
    let s = reduced.halved(squarings);
    let (mut sum, mut term) = (Fixed::one(bits), Fixed::one(bits));
    let mut index = 1_u64;
    loop {
        term = term.times(&s).over_integer(index);
        term.add_to(&mut sum);
        if term.is_negligible() {
            sum.widen(&term);
            break;
        }
        index += 1;
    }
    for _ in 0..squarings {
        sum = sum.times(&sum);
    }
    (k, sum)
}

/// An integer k and an enclosure of x − k ln 2, at least 0 and not much above ln 2.
fn reduce(x: &Dyadic, bits: usize) -> (i64, Fixed) {
    // k ln 2 is wanted to `bits` places behind the point, and k has about as many bits as x has before it.
    let scale = bits + usize::try_from(x.order().max(0)).expect("not negative");
    let ln_two = ln_two(Precision(scale));
    let (two_low, two_high) =
        (ln_two.ends().0.to_fixed(Rounding::Down, scale as i64), ln_two.ends().1.to_fixed(Rounding::Up, scale as i64));
    let (low, high) = (x.to_fixed(Rounding::Down, scale as i64), x.to_fixed(Rounding::Up, scale as i64));
    let (k, low, high) = if x.sign() > 0 {
        // The largest k for which x − k ln 2 is certainly not negative.
        let k = &low / &two_high;
        (k.clone(), low - &k * two_high, high - k * two_low)
    } else {
        // The smallest number of ln 2 that certainly lifts x to 0.
        let lifts = (-&low + &two_low - IBig::ONE) / &two_low;
        (-&lifts, low + &lifts * two_low, high + lifts * two_high)
    };
    let drop = scale - bits;
    let magnitude = |x: IBig| UBig::try_from(x).expect("not negative by the choice of k");
    let reduced = Fixed::new(magnitude(low) >> drop, (magnitude(high) >> drop) + UBig::ONE, bits);
    (i64::try_from(k).expect("|x| is below 2^61"), reduced)
}

#[cfg(test)]
mod tests {
    use quickcheck::{TestResult, quickcheck};

    use super::*;

    quickcheck! {
        // With few places and no guard bits a wrong rounding shows.
        fn few_places_still_enclose_the_exponential(significand: i64, exponent: u8, squarings: u8, bits: u8) -> TestResult {
            let x = Dyadic::new(significand % (1 << 40), -i64::from(exponent % 60));
            if x.is_zero() {
                return TestResult::discard();
            }
            let (k, power) = exp_fixed(&x, usize::from(squarings) % 8 + 1, usize::from(bits) % 40 + 8);
            let better = exp_point(&x, Precision(400)).unwrap();
            TestResult::from_bool(power.to_ball(k).unwrap().encloses(&better))
        }

        fn reduction_encloses_the_difference(significand: i64, exponent: u8, bits: u8) -> TestResult {
            let (x, bits) = (Dyadic::new(significand, -i64::from(exponent % 70)), usize::from(bits) % 40 + 6);
            if x.is_zero() || x.order() > 60 {
                return TestResult::discard();
            }
            let (k, reduced) = reduce(&x, bits);
            let precision = Precision(400);
            let multiple = ln_two(precision).times(&Ball::from_integer(k), precision).unwrap();
            let difference = Ball::point(x).minus(&multiple, precision).unwrap();
            let found = reduced.to_ball(0).unwrap();
            // k ln 2 is off by up to 3 units, the ends of x and of the result by one each; and k is the right one.
            let width = found.ends().1.add_exact(&found.ends().0.negate());
            let small = width <= Dyadic::new(8, -(bits as i64)) && *found.ends().1 < Dyadic::new(2, 0);
            TestResult::from_bool(found.encloses(&difference) && small)
        }
    }
}
