//! The natural logarithm.

use super::constants::ln_two;
use super::exponential::exp;
use super::fixed::Fixed;
use crate::formula::ball::dyadic::{Dyadic, Rounding};
use crate::formula::ball::{Ball, Precision};
use crate::formula::number::Undefined;

/// ln(x) for x > 0, increasing.
///
/// # Errors
/// [`Undefined::OutOfDomain`] if x ≤ 0, [`Undefined::Undecided`] if it may be.
pub fn ln(x: &Ball, precision: Precision) -> Result<Ball, Undefined> {
    let (lower, upper) = x.ends();
    if upper.sign() <= 0 {
        return Err(Undefined::OutOfDomain("only a positive number has a logarithm".into()));
    }
    if lower.sign() <= 0 {
        return Err(Undefined::Undecided("whether the argument of ln is positive".into()));
    }
    let low = ln_point(lower, precision)?;
    if x.is_exact() {
        return Ok(low);
    }
    let high = ln_point(upper, precision)?;
    Ball::between(low.ends().0.clone(), high.ends().1.clone())
}

/// ln x = e ln 2 + ln m with x = 2^e m, 3/4 ≤ m < 3/2, to relative accuracy.
fn ln_point(x: &Dyadic, precision: Precision) -> Result<Ball, Undefined> {
    let guarded = precision.plus(16);
    let order = x.order();
    let half = x.shift(-order - 1);
    // m in [1/2, 1) moves to [3/4, 3/2); then |ln m| < 0.41, less than ln 2: no cancellation.
    let (m, e) = if half >= Dyadic::new(3, -2) { (half, order + 1) } else { (half.shift(1), order) };
    let logarithm = ln_near_one(&m, guarded)?;
    if e == 0 {
        return Ok(logarithm.rounded(precision));
    }
    let exponent = Ball::from_integer(e);
    exponent.times(&ln_two(guarded), guarded)?.plus(&logarithm, precision)
}

/// ln m for m in [3/4, 3/2): m is brought near one by a logarithm y in double precision, ln m = y + ln(m exp(−y)); any y is
/// right, a good one makes the remaining series short.
fn ln_near_one(m: &Dyadic, precision: Precision) -> Result<Ball, Undefined> {
    let ball = Ball::point(m.clone());
    let distance = m.add(&Dyadic::ONE.negate(), Rounding::Down, 64);
    if distance.is_zero() {
        return Ok(Ball::zero());
    }
    if distance.order() < -12 {
        return ln_by_series(&ball, precision);
    }
    let (mantissa, exponent) = m.to_nearest();
    let approximation = (mantissa * 2_f64.powi(i32::try_from(exponent).expect("m is near one"))).ln();
    let y = Ball::point(Dyadic::from_f64(approximation).expect("the logarithm of a number near one is finite"));
    let guarded = precision.plus(16);
    let rest = ball.times(&exp(&y.negated(), guarded)?, guarded)?;
    y.plus(&ln_by_series(&rest, guarded)?, precision)
}

/// ln q = 2 artanh z, z = (q − 1)/(q + 1), for q near one: z Σ_i z^(2i)/(2i + 1), where the tail after a term t is at most t
/// since z² ≤ 1/2.
fn ln_by_series(q: &Ball, precision: Precision) -> Result<Ball, Undefined> {
    let one = Ball::from_integer(1);
    // q − 1 is formed exactly enough: q's ends have at most the working precision plus the bits of the argument.
    let wide = precision.plus(64 + q.precision());
    let z = q.minus(&one, wide)?.over(&q.plus(&one, wide)?, precision.plus(8))?;
    let square = Fixed::of(&z.abs().times(&z.abs(), precision.plus(8))?, precision.0 + 16);
    z.times(&artanh_sum(&square).to_ball(1)?, precision)
}

/// Σ_i square^i/(2i + 1).
fn artanh_sum(square: &Fixed) -> Fixed {
    let bits = square.places();
    let (mut sum, mut power) = (Fixed::one(bits), square.clone());
    let mut odd = 3;
    loop {
        let term = power.over_integer(odd);
        term.add_to(&mut sum);
        if power.is_negligible() {
            sum.widen(&power);
            return sum;
        }
        power = power.times(square);
        odd += 2;
    }
}

#[cfg(test)]
mod tests {
    use quickcheck::quickcheck;

    use super::*;

    quickcheck! {
        fn few_places_still_enclose_the_sum(square: u8, bits: u8) -> bool {
            // square/512 < 1/2, in few places and in many.
            let square = Ball::from_integer(i64::from(square)).shifted(-9);
            let at = |bits| artanh_sum(&Fixed::of(&square, bits)).to_ball(0).unwrap();
            at(usize::from(bits) % 40 + 3).encloses(&at(300))
        }
    }
}
