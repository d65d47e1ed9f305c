//! Non-negative numbers in fixed point, enclosed between two integers: what the power series are summed in.

use dashu::base::BitTest;
use dashu::integer::UBig;

use crate::formula::ball::Ball;
use crate::formula::ball::dyadic::{Dyadic, Rounding};
use crate::formula::number::Undefined;

/// A number in [lower, upper] · 2^−bits, lower ≥ 0.
#[derive(Clone, Debug)]
pub(super) struct Fixed {
    lower: UBig,
    upper: UBig,
    bits: usize,
}

impl Fixed {
    pub(super) fn new(lower: UBig, upper: UBig, bits: usize) -> Self {
        debug_assert!(lower <= upper, "ends are ordered");
        Fixed { lower, upper, bits }
    }

    /// The places behind the point.
    pub(super) fn places(&self) -> usize {
        self.bits
    }

    pub(super) fn one(bits: usize) -> Self {
        let one = UBig::ONE << bits;
        Fixed::new(one.clone(), one, bits)
    }

    /// A ball in fixed point; what it holds below zero is cut off.
    pub(super) fn of(ball: &Ball, bits: usize) -> Self {
        let (lower, upper) = ball.ends();
        let end = |x: &Dyadic, rounding| {
            if x.sign() <= 0 { UBig::ZERO } else { x.to_fixed(rounding, bits as i64).into_parts().1 }
        };
        Fixed::new(end(lower, Rounding::Down), end(upper, Rounding::Up), bits)
    }

    pub(super) fn add_to(&self, sum: &mut Self) {
        sum.lower += &self.lower;
        sum.upper += &self.upper;
    }

    /// x + y where y is known only to lie in [0, bound].
    pub(super) fn widen(&mut self, bound: &Self) {
        self.upper += &bound.upper;
    }

    pub(super) fn times(&self, other: &Self) -> Self {
        Fixed::new((&self.lower * &other.lower) >> self.bits, up(&self.upper * &other.upper, self.bits), self.bits)
    }

    pub(super) fn times_integer(&self, factor: u64) -> Self {
        Fixed::new(&self.lower * factor, &self.upper * factor, self.bits)
    }

    pub(super) fn over_integer(&self, divisor: u64) -> Self {
        Fixed::new(&self.lower / divisor, (&self.upper + (divisor - 1)) / divisor, self.bits)
    }

    /// x · 2^−by.
    pub(super) fn halved(&self, by: usize) -> Self {
        Fixed::new(&self.lower >> by, up(self.upper.clone(), by), self.bits)
    }

    /// Whether the upper end is at most one unit: the term counts no more.
    pub(super) fn is_negligible(&self) -> bool {
        self.upper <= UBig::ONE
    }

    /// Whether x < 2^−places certainly.
    pub(super) fn is_below(&self, places: usize) -> bool {
        self.upper.bit_len() + places <= self.bits
    }

    /// The enclosure as a ball, times 2^by.
    pub(super) fn to_ball(&self, by: i64) -> Result<Ball, Undefined> {
        let end = |x: &UBig| Dyadic::new(x.clone(), by - self.bits as i64);
        Ball::between(end(&self.lower), end(&self.upper))
    }
}

/// ⌈x / 2^by⌉
fn up(x: UBig, by: usize) -> UBig {
    if by == 0 || x.is_zero() { x } else { ((x - UBig::ONE) >> by) + UBig::ONE }
}

#[cfg(test)]
mod tests {
    use dashu::rational::RBig;
    use quickcheck::quickcheck;

    use super::*;
    use crate::formula::ball::Precision;

    fn ratio(p: u16, q: u8) -> RBig {
        RBig::from_parts(p.into(), (u16::from(q) + 1).into())
    }

    fn fixed(value: &RBig, bits: usize) -> Fixed {
        Fixed::of(&Ball::from_rational(value, Precision(60)), bits)
    }

    /// Encloses `exact`, within that many units.
    fn is_tight(found: &Fixed, exact: &RBig, units: u64) -> bool {
        found.to_ball(0).unwrap().contains(exact) && &found.upper - &found.lower <= UBig::from(units)
    }

    quickcheck! {
        fn a_number_is_enclosed_within_a_unit(p: u16, q: u8, bits: u8) -> bool {
            is_tight(&fixed(&ratio(p, q), usize::from(bits) % 24), &ratio(p, q), 1)
        }

        fn products_are_enclosed(p: u16, q: u8, r: u16, s: u8, bits: u8) -> bool {
            let (x, y, bits) = (ratio(p % 256, q), ratio(r % 256, s), usize::from(bits) % 24);
            // Each factor, below 2^8, is off by at most a unit.
            is_tight(&fixed(&x, bits).times(&fixed(&y, bits)), &(x * y), 514)
        }

        fn quotients_are_enclosed(p: u16, q: u8, divisor: u8, bits: u8) -> bool {
            let (x, divisor, bits) = (ratio(p, q), u64::from(divisor) + 1, usize::from(bits) % 24);
            is_tight(&fixed(&x, bits).over_integer(divisor), &(x / RBig::from(divisor)), 2)
        }

        fn halves_are_enclosed(p: u16, q: u8, by: u8, bits: u8) -> bool {
            let (x, by, bits) = (ratio(p, q), u32::from(by) % 20, usize::from(bits) % 24);
            is_tight(&fixed(&x, bits).halved(by as usize), &(x / RBig::from(1_u64 << by)), 2)
        }

        fn below_is_below(p: u16, q: u8, places: u8) -> bool {
            let (x, places) = (ratio(p, q), usize::from(places) % 24);
            let below = fixed(&x, 24).is_below(places);
            // A power of two as the upper end is not strictly below itself.
            below == (RBig::from(fixed(&x, 24).upper) < RBig::from(1_u64 << (24 - places)))
        }
    }
}
