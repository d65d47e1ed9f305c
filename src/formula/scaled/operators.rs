//! The arithmetic operators of scaled numbers: each result is the exact one rounded to 53 bits.

use std::iter::{Product, Sum};
use std::ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Sub, SubAssign};

use super::{Scaled, power_of_two};

/// Beyond this many binary orders a summand is below a quarter of the other's last place.
const NEGLIGIBLE: i64 = 128;

impl Neg for Scaled {
    type Output = Scaled;
    fn neg(self) -> Scaled {
        Scaled { mantissa: -self.mantissa, ..self }
    }
}

impl Add for Scaled {
    type Output = Scaled;
    fn add(self, other: Scaled) -> Scaled {
        if !self.is_finite() || !other.is_finite() {
            return Scaled::new(self.mantissa + other.mantissa, 0);
        }
        if self.is_zero() {
            return other;
        }
        if other.is_zero() {
            return self;
        }
        let (large, small) = if self.exponent >= other.exponent { (self, other) } else { (other, self) };
        let distance = large.exponent.saturating_sub(small.exponent);
        if distance > NEGLIGIBLE {
            return large;
        }
        Scaled::new(large.mantissa + small.mantissa * power_of_two(-distance), large.exponent)
    }
}

impl Sub for Scaled {
    type Output = Scaled;
    fn sub(self, other: Scaled) -> Scaled {
        self + -other
    }
}

impl Mul for Scaled {
    type Output = Scaled;
    fn mul(self, other: Scaled) -> Scaled {
        combine(self.mantissa * other.mantissa, self.exponent.checked_add(other.exponent), self.exponent)
    }
}

impl Div for Scaled {
    type Output = Scaled;
    fn div(self, other: Scaled) -> Scaled {
        combine(self.mantissa / other.mantissa, self.exponent.checked_sub(other.exponent), self.exponent)
    }
}

/// mantissa · 2^exponent; infinite or 0 if the exponent overflowed, which it does on the side of the first operand's.
fn combine(mantissa: f64, exponent: Option<i64>, first: i64) -> Scaled {
    match exponent {
        Some(exponent) => Scaled::new(mantissa, exponent),
        None if first > 0 => Scaled::new(mantissa * f64::INFINITY, 0),
        None => Scaled::new(mantissa * 0.0, 0),
    }
}

macro_rules! assign {
    ($trait:ident, $method:ident, $operator:tt) => {
        impl $trait for Scaled {
            fn $method(&mut self, other: Scaled) {
                *self = *self $operator other;
            }
        }
    };
}
assign!(AddAssign, add_assign, +);
assign!(SubAssign, sub_assign, -);
assign!(MulAssign, mul_assign, *);
assign!(DivAssign, div_assign, /);

impl Sum for Scaled {
    fn sum<I: Iterator<Item = Scaled>>(values: I) -> Scaled {
        values.fold(Scaled::ZERO, Add::add)
    }
}

impl Product for Scaled {
    fn product<I: Iterator<Item = Scaled>>(values: I) -> Scaled {
        values.fold(Scaled::ONE, Mul::mul)
    }
}
