//! Floating-point numbers of any magnitude: an `f64` mantissa and an `i64` power of two.

mod display;
mod number;
mod operators;

use std::cmp::Ordering;

use dashu::rational::RBig;

use super::ball::dyadic::Dyadic;
use super::ball::{Ball, Precision};
use super::number::Undefined;

/// mantissa · 2^exponent, with 1 ≤ |mantissa| < 2, or 0, or not finite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scaled {
    mantissa: f64,
    exponent: i64,
}

/// ln 2 = `LN_TWO` + `LN_TWO_REST` to twice the precision of an `f64`.
const LN_TWO: f64 = std::f64::consts::LN_2;
const LN_TWO_REST: f64 = 2.319_046_813_846_299_6e-17;

impl Scaled {
    /// 0.
    pub const ZERO: Scaled = Scaled { mantissa: 0.0, exponent: 0 };
    /// 1.
    pub const ONE: Scaled = Scaled { mantissa: 1.0, exponent: 0 };

    /// mantissa · 2^exponent, normalised exactly; 0 or infinite where the exponent leaves the range of `i64`.
    #[must_use]
    pub fn new(mantissa: f64, exponent: i64) -> Self {
        if mantissa == 0.0 || !mantissa.is_finite() {
            return Scaled { mantissa, exponent: 0 };
        }
        // A subnormal number times 2^64 is a normal one, exactly.
        let lift = if mantissa.is_normal() { 0 } else { 64 };
        let bits = (mantissa * power_of_two(lift)).to_bits();
        let field = (bits >> 52 & 0x7ff) as i64;
        let unit = f64::from_bits(bits & !(0x7ff << 52) | 1023 << 52);
        match exponent.checked_add(field - 1023 - lift) {
            Some(exponent) => Scaled { mantissa: unit, exponent },
            None if exponent > 0 => Scaled { mantissa: f64::INFINITY.copysign(mantissa), exponent: 0 },
            None => Scaled { mantissa: 0.0_f64.copysign(mantissa), exponent: 0 },
        }
    }

    /// The mantissa, in [1, 2) in absolute value, or 0, or not finite.
    #[must_use]
    pub fn mantissa(self) -> f64 {
        self.mantissa
    }

    /// The power of two.
    #[must_use]
    pub fn exponent(self) -> i64 {
        self.exponent
    }

    /// Whether it is a number: not NaN, not infinite.
    #[must_use]
    pub fn is_finite(self) -> bool {
        self.mantissa.is_finite()
    }

    /// Whether it is 0.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.mantissa == 0.0
    }

    /// |x|.
    #[must_use]
    pub fn abs(self) -> Self {
        Scaled { mantissa: self.mantissa.abs(), ..self }
    }

    /// √x; NaN for x < 0.
    #[must_use]
    pub fn sqrt(self) -> Self {
        let odd = self.exponent.rem_euclid(2);
        Scaled::new((self.mantissa * power_of_two(odd)).sqrt(), (self.exponent - odd) / 2)
    }

    /// The nearest `f64`; infinite or 0 beyond its range.
    #[must_use]
    pub fn to_f64(self) -> f64 {
        // Two steps, so that a result below the normal range is rounded once only.
        let clamped = self.exponent.clamp(-1200, 1200);
        if clamped >= -1022 {
            let half = clamped / 2;
            self.mantissa * power_of_two(half) * power_of_two(clamped - half)
        } else {
            self.mantissa * power_of_two(-1022) * power_of_two(clamped + 1022)
        }
    }

    /// ln |value|; −∞ for 0.
    #[must_use]
    pub fn ln(self) -> f64 {
        let mantissa = self.mantissa.abs();
        if mantissa == 0.0 || !mantissa.is_finite() {
            return mantissa.ln();
        }
        // Centred on one, so that the two parts never cancel.
        let (m, e) =
            if mantissa > std::f64::consts::SQRT_2 { (mantissa / 2.0, self.exponent.saturating_add(1)) } else { (mantissa, self.exponent) };
        let e = e as f64;
        e.mul_add(LN_TWO, e.mul_add(LN_TWO_REST, m.ln()))
    }

    /// The number whose natural logarithm is `log`.
    #[must_use]
    pub fn exp(log: f64) -> Self {
        let turns = (log / LN_TWO).round();
        if turns.is_nan() || turns.abs() > 9e18 {
            return Scaled::new(log.exp(), 0);
        }
        // log − turns · ln 2 in twice the precision: `product` and `missing` are exact together.
        let product = turns * LN_TWO;
        let missing = turns.mul_add(LN_TWO, -product);
        let rest = (log - product) - missing - turns * LN_TWO_REST;
        Scaled::new(rest.exp(), turns as i64)
    }

    /// a^b for a > 0.
    ///
    /// # Errors
    /// As the power of balls.
    pub fn powf(self, exponent: Scaled) -> Result<Self, Undefined> {
        super::Number::real_power(&self, &exponent, &())
    }

    /// The number as a rational, exactly.
    ///
    /// # Errors
    /// [`Undefined::Unavailable`] if it is not finite, [`Undefined::TooLarge`] if |exponent| is above 2^32.
    pub fn to_rational(self) -> Result<RBig, Undefined> {
        let unavailable = || Undefined::Unavailable("a value that is not finite".into());
        let mantissa = Dyadic::from_f64(self.mantissa).ok_or_else(unavailable)?;
        if self.exponent.unsigned_abs() >= 1 << 32 {
            return Err(Undefined::TooLarge);
        }
        Ok(mantissa.shift(self.exponent).to_rational())
    }

    /// The number nearest to a rational.
    #[must_use]
    pub fn from_rational(value: &RBig) -> Self {
        // The midpoint of the neighbours of 128 bits lies on the rational's side of every tie of 53 bits.
        Ball::from_rational(value, Precision(128)).to_scaled()
    }
}

/// 2^exponent for an exponent in the normal range.
fn power_of_two(exponent: i64) -> f64 {
    f64::from_bits(((exponent + 1023) as u64) << 52)
}

impl From<f64> for Scaled {
    fn from(value: f64) -> Self {
        Scaled::new(value, 0)
    }
}

impl PartialOrd for Scaled {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        let (a, b) = (self.mantissa, other.mantissa);
        let plain = a.is_finite() && b.is_finite() && a != 0.0 && b != 0.0 && (a > 0.0) == (b > 0.0);
        if !plain {
            return a.partial_cmp(&b);
        }
        let size = self.exponent.cmp(&other.exponent).then(a.abs().partial_cmp(&b.abs())?);
        Some(if a > 0.0 { size } else { size.reverse() })
    }
}

#[cfg(test)]
mod tests;
