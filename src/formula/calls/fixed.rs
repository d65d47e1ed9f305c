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
