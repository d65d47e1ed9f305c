//! Balls: real numbers enclosed between two binary floating-point numbers, every operation rounded outward.
//!
//! The trusted base is integer arithmetic: an endpoint is an integer times a power of two, a result is computed exactly (or
//! with a sticky bit) and then rounded down for the lower end, up for the upper end.

mod arithmetic;
mod decimal;
pub(crate) mod dyadic;
mod number;

use std::cmp::Ordering;

use dashu::rational::RBig;

use self::dyadic::{Dyadic, Rounding};
use super::number::Undefined;
use super::numeral::Numeral;
use super::scaled::Scaled;

/// An enclosure of one real number.
#[derive(Clone, Debug)]
pub struct Ball {
    lower: Dyadic,
    upper: Dyadic,
}

/// The working precision of ball arithmetic, in bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Precision(pub usize);

impl Precision {
    /// This many bits more.
    #[must_use]
    pub const fn plus(self, bits: usize) -> Precision {
        Precision(self.0 + bits)
    }
}

impl Ball {
    /// The ball between two endpoints.
    ///
    /// # Errors
    /// [`Undefined::TooLarge`] if an endpoint leaves the range of exponents.
    pub(crate) fn between(lower: Dyadic, upper: Dyadic) -> Result<Ball, Undefined> {
        debug_assert!(lower <= upper, "a ball's ends are ordered");
        Ok(Ball { lower: lower.checked()?, upper: upper.checked()? })
    }

    /// The ball that holds exactly this number.
    pub(crate) fn point(value: Dyadic) -> Ball {
        Ball { lower: value.clone(), upper: value }
    }

    pub(crate) fn ends(&self) -> (&Dyadic, &Dyadic) {
        (&self.lower, &self.upper)
    }

    /// The ball that holds exactly 0.
    #[must_use]
    pub fn zero() -> Ball {
        Ball::point(Dyadic::ZERO)
    }

    /// The ball that holds exactly this integer.
    #[must_use]
    pub fn from_integer(value: i64) -> Ball {
        Ball::point(Dyadic::new(value, 0))
    }

    /// The ball that holds exactly this number.
    ///
    /// # Panics
    /// If the number is not finite or its exponent is above 2^60 in absolute value; [`Ball::try_from_scaled`] says so instead.
    #[must_use]
    pub fn from_scaled(value: Scaled) -> Ball {
        Ball::try_from_scaled(value).unwrap_or_else(|error| panic!("a ball encloses a finite number: {error}"))
    }

    /// The ball that holds exactly this number.
    ///
    /// # Errors
    /// [`Undefined::Unavailable`] if the number is not finite, [`Undefined::TooLarge`] beyond the range of exponents.
    pub fn try_from_scaled(value: Scaled) -> Result<Ball, Undefined> {
        let mantissa = Dyadic::from_f64(value.mantissa()).ok_or_else(|| Undefined::Unavailable("a value that is not finite".into()))?;
        // A mantissa's own exponent is at least −52.
        Dyadic::new(1, value.exponent()).checked()?;
        Ok(Ball::point(mantissa.shift(value.exponent())))
    }

    /// The tightest ball of that precision around a rational.
    #[must_use]
    pub fn from_rational(value: &RBig, precision: Precision) -> Ball {
        let end = |rounding| Dyadic::from_rational(value, rounding, precision.0);
        Ball { lower: end(Rounding::Down), upper: end(Rounding::Up) }
    }

    /// The hull of two enclosures: the smallest ball that contains both.
    #[must_use]
    pub fn hull(&self, other: &Ball) -> Ball {
        Ball { lower: (&self.lower).min(&other.lower).clone(), upper: (&self.upper).max(&other.upper).clone() }
    }

    /// The same enclosure with ends of at most that many bits.
    #[must_use]
    pub fn rounded(&self, precision: Precision) -> Ball {
        Ball { lower: self.lower.clone().round(Rounding::Down, precision.0), upper: self.upper.clone().round(Rounding::Up, precision.0) }
    }

    /// Whether the ball holds one number only.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.lower == self.upper
    }

    /// Whether the ball holds zero.
    #[must_use]
    pub fn contains_zero(&self) -> bool {
        self.lower.sign() <= 0 && self.upper.sign() >= 0
    }

    /// Whether the ball holds this rational.
    #[must_use]
    pub fn contains(&self, value: &RBig) -> bool {
        // A rational compares with a dyadic number m·2^e as p with m·2^e·q.
        let (top, bottom) = (Dyadic::new(value.numerator().clone(), 0), Dyadic::new(value.denominator().clone(), 0));
        self.lower.multiply_exact(&bottom) <= top && top <= self.upper.multiply_exact(&bottom)
    }

    /// The sign of every enclosed number; `None` if they differ.
    #[must_use]
    pub fn sign(&self) -> Option<Ordering> {
        self.compare(&Ball::zero())
    }

    /// How the enclosed numbers compare, if the enclosures decide it.
    #[must_use]
    pub fn compare(&self, other: &Ball) -> Option<Ordering> {
        if self.upper < other.lower {
            Some(Ordering::Less)
        } else if self.lower > other.upper {
            Some(Ordering::Greater)
        } else if self.is_exact() && other.is_exact() {
            Some(Ordering::Equal)
        } else {
            None
        }
    }

    /// How the enclosed number compares with a scaled one, which may be infinite; `None` also for NaN and beyond the
    /// range of exponents.
    #[must_use]
    pub fn compare_scaled(&self, other: Scaled) -> Option<Ordering> {
        if other.is_finite() {
            return self.compare(&Ball::try_from_scaled(other).ok()?);
        }
        0.0.partial_cmp(&other.mantissa())
    }

    /// Whether the enclosures have a number in common.
    #[must_use]
    pub fn overlaps(&self, other: &Ball) -> bool {
        self.lower <= other.upper && other.lower <= self.upper
    }

    /// Whether every number of `other` is in this ball.
    #[must_use]
    pub fn encloses(&self, other: &Ball) -> bool {
        self.lower <= other.lower && other.upper <= self.upper
    }

    /// The lower end, exactly.
    ///
    /// # Panics
    /// If its binary exponent is above 2^32 in absolute value.
    #[must_use]
    pub fn lower(&self) -> RBig {
        self.lower.to_rational()
    }

    /// The upper end, exactly.
    ///
    /// # Panics
    /// If its binary exponent is above 2^32 in absolute value.
    #[must_use]
    pub fn upper(&self) -> RBig {
        self.upper.to_rational()
    }

    /// −log2 of the width relative to the smallest absolute value enclosed, rounded down; `i64::MAX` if the width is 0; `None`
    /// if zero is inside and the width is not 0.
    #[must_use]
    pub fn accuracy(&self) -> Option<i64> {
        if self.is_exact() {
            return Some(i64::MAX);
        }
        if self.contains_zero() {
            return None;
        }
        let smallest = if self.lower.sign() > 0 { self.lower.clone() } else { self.upper.negate() };
        let width = self.upper.add(&self.lower.negate(), Rounding::Up, 16);
        let relative = width.divide(&smallest, Rounding::Up, 16);
        // width ≤ 2^−k |x| with the largest such k: ⌊−log2⌋, one less unless the quotient is a power of two.
        let exact = relative.shift(-relative.order()) == Dyadic::ONE;
        Some(-relative.order() - i64::from(!exact))
    }

    /// The bits of the longer end.
    pub(crate) fn precision(&self) -> usize {
        self.lower.significand_length().max(self.upper.significand_length())
    }

    /// The midpoint, exactly unless the ends are many orders apart.
    pub(crate) fn middle(&self) -> Dyadic {
        self.lower.add(&self.upper, Rounding::Down, self.precision() + 64).shift(-1)
    }

    /// The midpoint, rounded.
    #[must_use]
    pub fn to_scaled(&self) -> Scaled {
        let (mantissa, exponent) = self.middle().to_nearest();
        Scaled::new(mantissa, exponent)
    }

    /// The number as reports write it: the midpoint, and the logarithm of its absolute value; unset if the ball does not decide
    /// the sign.
    #[must_use]
    pub fn numeral(&self) -> Numeral {
        Numeral::from_ball(self)
    }
}

#[cfg(test)]
mod tests;
