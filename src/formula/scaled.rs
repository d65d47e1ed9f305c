//! Floating-point numbers of any magnitude: an `f64` mantissa and an `i64` power of two.

use std::cmp::Ordering;
use std::ops::{Add, Div, Mul, MulAssign, Neg, Sub};

/// mantissa · 2^exponent, with 1 ≤ |mantissa| < 2, or 0, or not finite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scaled {
    mantissa: f64,
    exponent: i64,
}

impl Scaled {
    /// mantissa · 2^exponent, normalised exactly.
    #[must_use]
    pub fn new(mantissa: f64, exponent: i64) -> Self {
        if mantissa == 0.0 || !mantissa.is_finite() {
            return Scaled { mantissa, exponent: 0 };
        }
        let (mantissa, exponent) =
            if mantissa.is_normal() { (mantissa, exponent) } else { (mantissa * 2f64.powi(64), exponent - 64) };
        let bits = mantissa.to_bits();
        let shift = ((bits >> 52) & 0x7ff) as i64 - 1023;
        Scaled { mantissa: f64::from_bits((bits & !(0x7ff << 52)) | (1023 << 52)), exponent: exponent + shift }
    }
    /// The mantissa, in [1, 2) in absolute value, or 0.
    #[must_use]
    pub fn mantissa(self) -> f64 {
        self.mantissa
    }
    /// The power of two.
    #[must_use]
    pub fn exponent(self) -> i64 {
        self.exponent
    }
    /// ln |value|; −∞ for 0.
    #[must_use]
    pub fn ln(self) -> f64 {
        self.mantissa.abs().ln() + self.exponent as f64 * std::f64::consts::LN_2
    }
    /// The number whose natural logarithm is `log`.
    #[must_use]
    pub fn exp(log: f64) -> Self {
        let exponent = (log / std::f64::consts::LN_2).floor();
        Scaled::new((log - exponent * std::f64::consts::LN_2).exp(), exponent as i64)
    }
    /// The nearest `f64`: infinite or zero outside its range.
    #[must_use]
    pub fn to_f64(self) -> f64 {
        let half = self.exponent.clamp(-2200, 2200) / 2;
        self.mantissa * 2f64.powi(half as i32) * 2f64.powi((self.exponent.clamp(-2200, 2200) - half) as i32)
    }
}

impl From<f64> for Scaled {
    fn from(value: f64) -> Self {
        Scaled::new(value, 0)
    }
}

impl Mul for Scaled {
    type Output = Scaled;
    fn mul(self, other: Scaled) -> Scaled {
        Scaled::new(self.mantissa * other.mantissa, self.exponent + other.exponent)
    }
}

impl MulAssign for Scaled {
    fn mul_assign(&mut self, other: Scaled) {
        *self = *self * other;
    }
}

impl Div for Scaled {
    type Output = Scaled;
    fn div(self, other: Scaled) -> Scaled {
        Scaled::new(self.mantissa / other.mantissa, self.exponent - other.exponent)
    }
}

impl Add for Scaled {
    type Output = Scaled;
    fn add(self, other: Scaled) -> Scaled {
        if self.mantissa == 0.0 {
            return other;
        }
        if other.mantissa == 0.0 {
            return self;
        }
        let (large, small) = if self.exponent >= other.exponent { (self, other) } else { (other, self) };
        let shift = (small.exponent - large.exponent).max(-1000) as i32;
        Scaled::new(large.mantissa + small.mantissa * 2f64.powi(shift), large.exponent)
    }
}

impl Neg for Scaled {
    type Output = Scaled;
    fn neg(self) -> Scaled {
        Scaled { mantissa: -self.mantissa, exponent: self.exponent }
    }
}

impl Sub for Scaled {
    type Output = Scaled;
    fn sub(self, other: Scaled) -> Scaled {
        self + -other
    }
}

impl PartialOrd for Scaled {
    fn partial_cmp(&self, other: &Scaled) -> Option<Ordering> {
        if self.mantissa.is_nan() || other.mantissa.is_nan() {
            return None;
        }
        let sign = |x: &Scaled| if x.mantissa == 0.0 { 0.0 } else { x.mantissa.signum() };
        let (a, b) = (sign(self), sign(other));
        if a != b || a == 0.0 || !self.mantissa.is_finite() || !other.mantissa.is_finite() {
            return if a == b { self.mantissa.partial_cmp(&other.mantissa) } else { a.partial_cmp(&b) };
        }
        let size = self.exponent.cmp(&other.exponent);
        Some(if size == Ordering::Equal {
            return self.mantissa.partial_cmp(&other.mantissa);
        } else if a > 0.0 {
            size
        } else {
            size.reverse()
        })
    }
}
