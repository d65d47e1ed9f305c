//! Arithmetic of balls: each operation encloses the result for every pair of enclosed numbers.

use std::cmp::Ordering;

use super::dyadic::{Dyadic, Rounding};
use super::{Ball, Precision};
use crate::formula::number::Undefined;

use Rounding::{Down, Up};

impl Ball {
    /// −x.
    #[must_use]
    pub fn negated(&self) -> Ball {
        Ball { lower: self.upper.negate(), upper: self.lower.negate() }
    }

    /// |x|.
    #[must_use]
    pub fn abs(&self) -> Ball {
        if self.lower.sign() >= 0 {
            self.clone()
        } else if self.upper.sign() <= 0 {
            self.negated()
        } else {
            Ball { lower: Dyadic::ZERO, upper: self.lower.negate().max(self.upper.clone()) }
        }
    }

    /// x · 2^by, exactly.
    pub(crate) fn shifted(&self, by: i64) -> Ball {
        Ball { lower: self.lower.shift(by), upper: self.upper.shift(by) }
    }

    /// x + y.
    ///
    /// # Errors
    /// [`Undefined::TooLarge`] beyond the range of exponents.
    pub fn plus(&self, other: &Ball, precision: Precision) -> Result<Ball, Undefined> {
        Ball::between(self.lower.add(&other.lower, Down, precision.0), self.upper.add(&other.upper, Up, precision.0))
    }

    /// x − y.
    ///
    /// # Errors
    /// [`Undefined::TooLarge`] beyond the range of exponents.
    pub fn minus(&self, other: &Ball, precision: Precision) -> Result<Ball, Undefined> {
        self.plus(&other.negated(), precision)
    }

    /// x · y.
    ///
    /// # Errors
    /// [`Undefined::TooLarge`] beyond the range of exponents.
    pub fn times(&self, other: &Ball, precision: Precision) -> Result<Ball, Undefined> {
        let corner = |x: &Dyadic, y: &Dyadic| x.multiply_exact(y);
        let (low, high) = if self.lower.sign() >= 0 && other.lower.sign() >= 0 {
            (corner(&self.lower, &other.lower), corner(&self.upper, &other.upper))
        } else {
            let corners = [
                corner(&self.lower, &other.lower),
                corner(&self.lower, &other.upper),
                corner(&self.upper, &other.lower),
                corner(&self.upper, &other.upper),
            ];
            let extreme =
                |wanted: Ordering| corners.iter().reduce(|a, b| if b.cmp(a) == wanted { b } else { a }).cloned().expect("four corners");
            (extreme(Ordering::Less), extreme(Ordering::Greater))
        };
        Ball::between(low.round(Down, precision.0), high.round(Up, precision.0))
    }

    /// x ÷ y.
    ///
    /// # Errors
    /// [`Undefined::DivisionByZero`] if y is exactly 0, [`Undefined::Undecided`] if it may be.
    pub fn over(&self, other: &Ball, precision: Precision) -> Result<Ball, Undefined> {
        if other.contains_zero() {
            return Err(if other.is_exact() {
                Undefined::DivisionByZero
            } else {
                Undefined::Undecided("whether a divisor is zero".into())
            });
        }
        if other.upper.sign() < 0 {
            return self.negated().over(&other.negated(), precision);
        }
        // y > 0: each end divides by the end of y that takes it further out.
        let low = if self.lower.sign() >= 0 { &other.upper } else { &other.lower };
        let high = if self.upper.sign() >= 0 { &other.lower } else { &other.upper };
        Ball::between(self.lower.divide(low, Down, precision.0), self.upper.divide(high, Up, precision.0))
    }

    /// x^n, enclosed by the powers of the ends where these are monotone; an even power of a ball around 0 starts at 0.
    ///
    /// # Errors
    /// [`Undefined::DivisionByZero`] or [`Undefined::Undecided`] if n < 0 and x is or may be 0; [`Undefined::TooLarge`] beyond
    /// the range of exponents.
    pub fn raised(&self, exponent: i64, precision: Precision) -> Result<Ball, Undefined> {
        // Every squaring doubles the relative error so far: as many guard bits as the exponent has.
        let guarded = precision.plus(exponent.unsigned_abs().max(1).ilog2() as usize + 3);
        let power = self.raised_unsigned(exponent.unsigned_abs(), guarded)?;
        if exponent < 0 { Ball::from_integer(1).over(&power, precision) } else { Ok(power.rounded(precision)) }
    }

    /// x^n without guard bits: enclosed, but less tightly the larger n is.
    pub(super) fn raised_unsigned(&self, exponent: u64, precision: Precision) -> Result<Ball, Undefined> {
        if exponent == 0 {
            return Ok(Ball::from_integer(1));
        }
        if exponent.is_multiple_of(2) {
            let size = self.abs();
            return Ball::between(power(&size.lower, exponent, Down, precision.0)?, power(&size.upper, exponent, Up, precision.0)?);
        }
        // Odd powers are odd functions: a negative end is rounded as its mirror image.
        let end = |x: &Dyadic, rounding, mirrored| {
            if x.sign() < 0 {
                power(&x.negate(), exponent, mirrored, precision.0).map(|p| p.negate())
            } else {
                power(x, exponent, rounding, precision.0)
            }
        };
        Ball::between(end(&self.lower, Down, Up)?, end(&self.upper, Up, Down)?)
    }
}

/// x^n for x ≥ 0 and n ≥ 1, by repeated squaring, every product rounded the same way.
fn power(x: &Dyadic, mut exponent: u64, rounding: Rounding, bits: usize) -> Result<Dyadic, Undefined> {
    let (mut result, mut square) = (None::<Dyadic>, x.clone());
    loop {
        if exponent & 1 == 1 {
            result = Some(match result {
                None => square.clone(),
                Some(r) => r.multiply(&square, rounding, bits).checked()?,
            });
        }
        exponent >>= 1;
        if exponent == 0 {
            return Ok(result.expect("a positive exponent has a highest bit"));
        }
        square = square.multiply(&square, rounding, bits).checked()?;
    }
}
