//! Dyadic numbers: the endpoints of balls, with directed rounding.

use std::cmp::Ordering;

use dashu::base::{BitTest, DivRem, Sign, SquareRootRem};
use dashu::integer::{IBig, UBig};
use dashu::rational::RBig;

use crate::formula::number::Undefined;

/// The largest |exponent| that arithmetic hands on; two of them still add up within an `i64`.
const EXPONENT_LIMIT: i64 = 1 << 60;

/// The largest |exponent| that is written out as a rational.
const WRITTEN_LIMIT: i64 = 1 << 32;

/// Which way a result is rounded that needs more bits than there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rounding {
    /// Towards −∞.
    Down,
    /// Towards +∞.
    Up,
}

/// significand · 2^exponent with an odd significand, or 0 · 2^0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Dyadic {
    significand: IBig,
    exponent: i64,
}

impl Dyadic {
    pub(crate) const ZERO: Dyadic = Dyadic { significand: IBig::ZERO, exponent: 0 };
    pub(crate) const ONE: Dyadic = Dyadic { significand: IBig::ONE, exponent: 0 };

    /// significand · 2^exponent.
    pub(crate) fn new(significand: impl Into<IBig>, exponent: i64) -> Self {
        let significand = significand.into();
        match significand.trailing_zeros() {
            None => Dyadic::ZERO,
            Some(0) => Dyadic { significand, exponent },
            // Exact: the bits shifted out are zeros.
            Some(zeros) => Dyadic { significand: significand >> zeros, exponent: exponent + zeros as i64 },
        }
    }

    /// An `f64`, exactly; `None` for NaN and the infinities.
    pub(crate) fn from_f64(value: f64) -> Option<Self> {
        let bits = value.to_bits();
        let (field, fraction) = ((bits >> 52 & 0x7ff) as i64, bits & ((1 << 52) - 1));
        let (significand, exponent) = match field {
            0x7ff => return None,
            0 => (fraction, -1074),
            _ => (fraction | 1 << 52, field - 1075),
        };
        let magnitude = Dyadic::new(significand, exponent);
        Some(if value.is_sign_negative() { magnitude.negate() } else { magnitude })
    }

    pub(crate) fn significand(&self) -> &IBig {
        &self.significand
    }

    pub(crate) fn exponent(&self) -> i64 {
        self.exponent
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.significand.is_zero()
    }

    /// −1, 0 or 1.
    pub(crate) fn sign(&self) -> i8 {
        match self.significand.sign() {
            _ if self.is_zero() => 0,
            Sign::Positive => 1,
            Sign::Negative => -1,
        }
    }

    fn magnitude(&self) -> UBig {
        self.significand.clone().into_parts().1
    }

    pub(crate) fn significand_length(&self) -> usize {
        self.significand.bit_len()
    }

    fn length(&self) -> i64 {
        self.significand.bit_len() as i64
    }

    /// ⌊log2 |x|⌋ for x ≠ 0.
    pub(crate) fn order(&self) -> i64 {
        self.length() - 1 + self.exponent
    }

    /// The number itself if its exponent leaves room for further arithmetic.
    pub(crate) fn checked(self) -> Result<Self, Undefined> {
        if self.exponent.unsigned_abs() > EXPONENT_LIMIT.unsigned_abs() { Err(Undefined::TooLarge) } else { Ok(self) }
    }

    pub(crate) fn negate(&self) -> Self {
        Dyadic { significand: -&self.significand, exponent: self.exponent }
    }

    /// x · 2^by.
    pub(crate) fn shift(&self, by: i64) -> Self {
        if self.is_zero() { Dyadic::ZERO } else { Dyadic { significand: self.significand.clone(), exponent: self.exponent + by } }
    }

    /// The neighbour with at most `bits` significant bits on the side of `rounding`; the number itself if it has no more.
    pub(crate) fn round(self, rounding: Rounding, bits: usize) -> Self {
        let length = self.significand.bit_len();
        if length <= bits {
            return self;
        }
        let shift = length - bits;
        let (sign, magnitude) = self.significand.into_parts();
        // An odd significand longer than `bits` is never exact, so rounding away from zero always steps.
        let away = (rounding == Rounding::Up) == (sign == Sign::Positive);
        let kept = (magnitude >> shift) + if away { UBig::ONE } else { UBig::ZERO };
        Dyadic::new(IBig::from_parts(sign, kept), self.exponent + shift as i64)
    }

    /// x + y, exactly: only for operands of comparable exponents.
    pub(crate) fn add_exact(&self, other: &Self) -> Self {
        let (high, low) = if self.exponent >= other.exponent { (self, other) } else { (other, self) };
        if low.is_zero() {
            return high.clone();
        }
        if high.is_zero() {
            return low.clone();
        }
        let shift = usize::try_from(high.exponent - low.exponent).expect("ordered above");
        Dyadic::new((&high.significand << shift) + &low.significand, low.exponent)
    }

    /// x + y, rounded.
    pub(crate) fn add(&self, other: &Self, rounding: Rounding, bits: usize) -> Self {
        if self.is_zero() || other.is_zero() {
            return self.add_exact(other).round(rounding, bits);
        }
        let (high, low) = if self.order() >= other.order() { (self, other) } else { (other, self) };
        // Below `grid` neither the larger operand nor its rounding neighbours have bits: all that counts of a smaller operand
        // is its sign.
        let grid = high.exponent.min(high.order() - bits as i64 - 2);
        if low.order() < grid {
            let sticky = Dyadic { significand: IBig::from(low.sign()), exponent: grid - 1 };
            return high.add_exact(&sticky).round(rounding, bits);
        }
        high.add_exact(low).round(rounding, bits)
    }

    /// x · y, exactly.
    pub(crate) fn multiply_exact(&self, other: &Self) -> Self {
        if self.is_zero() || other.is_zero() {
            return Dyadic::ZERO;
        }
        Dyadic { significand: &self.significand * &other.significand, exponent: self.exponent + other.exponent }
    }

    /// x · y, rounded.
    pub(crate) fn multiply(&self, other: &Self, rounding: Rounding, bits: usize) -> Self {
        self.multiply_exact(other).round(rounding, bits)
    }

    /// x ÷ y for y ≠ 0, rounded.
    pub(crate) fn divide(&self, other: &Self, rounding: Rounding, bits: usize) -> Self {
        if self.is_zero() {
            return Dyadic::ZERO;
        }
        // At least bits + 2 bits of quotient: the remainder then counts by its sign only.
        let shift = (bits as i64 + 3 + other.length() - self.length()).max(0);
        let (quotient, remainder) = (self.magnitude() << shift as usize).div_rem(other.magnitude());
        let sticky = (quotient << 1) + if remainder.is_zero() { UBig::ZERO } else { UBig::ONE };
        let sign = self.significand.sign() * other.significand.sign();
        Dyadic::new(IBig::from_parts(sign, sticky), self.exponent - other.exponent - shift - 1).round(rounding, bits)
    }

    /// √x for x ≥ 0, rounded.
    pub(crate) fn sqrt(&self, rounding: Rounding, bits: usize) -> Self {
        if self.is_zero() {
            return Dyadic::ZERO;
        }
        let wanted = (2 * (bits as i64 + 3) - self.length()).max(0);
        let shift = wanted + (self.exponent - wanted).rem_euclid(2);
        let (root, remainder) = (self.magnitude() << shift as usize).sqrt_rem();
        let sticky = (root << 1) + if remainder.is_zero() { UBig::ZERO } else { UBig::ONE };
        Dyadic::new(sticky, (self.exponent - shift) / 2 - 1).round(rounding, bits)
    }

    /// top ÷ bottom, rounded.
    pub(crate) fn from_rational(value: &RBig, rounding: Rounding, bits: usize) -> Self {
        let (top, bottom) = (Dyadic::new(value.numerator().clone(), 0), Dyadic::new(value.denominator().clone(), 0));
        if bottom == Dyadic::ONE { top.round(rounding, bits) } else { top.divide(&bottom, rounding, bits) }
    }

    /// x as a rational.
    ///
    /// # Panics
    /// If |exponent| is above 2^32: such a number is not written out.
    pub(crate) fn to_rational(&self) -> RBig {
        assert!(self.exponent.unsigned_abs() <= WRITTEN_LIMIT.unsigned_abs(), "2^{} is too long to be written out", self.exponent);
        let shift = self.exponent.unsigned_abs() as usize;
        if self.exponent >= 0 {
            RBig::from(&self.significand << shift)
        } else {
            RBig::from_parts(self.significand.clone(), UBig::ONE << shift)
        }
    }

    /// ⌊x · 2^bits⌋ or ⌈x · 2^bits⌉.
    pub(crate) fn to_fixed(&self, rounding: Rounding, bits: i64) -> IBig {
        let shift = self.exponent.saturating_add(bits);
        if shift >= 0 {
            return &self.significand << shift as usize;
        }
        let (sign, magnitude) = self.significand.clone().into_parts();
        let away = !self.is_zero() && (rounding == Rounding::Up) == (sign == Sign::Positive);
        let kept = if shift.unsigned_abs() as i64 > self.length() { UBig::ZERO } else { magnitude >> shift.unsigned_abs() as usize };
        IBig::from_parts(sign, kept + if away { UBig::ONE } else { UBig::ZERO })
    }

    /// (m, e) with m · 2^e nearest to x, ties to even, and 1 ≤ |m| < 2 or m = 0.
    pub(crate) fn to_nearest(&self) -> (f64, i64) {
        if self.is_zero() {
            return (0.0, 0);
        }
        let shift = (self.length() - 53).max(0) as usize;
        let magnitude = self.magnitude();
        let below = &magnitude & UBig::ones(shift.max(1));
        let mut kept = u64::try_from(magnitude >> shift).expect("53 bits");
        if shift > 0 {
            let half = UBig::ONE << (shift - 1);
            if below > half || (below == half && kept & 1 == 1) {
                kept += 1;
            }
        }
        let order = i64::from(kept.ilog2());
        let mantissa = kept as f64 / (1_u64 << order) as f64;
        (if self.sign() < 0 { -mantissa } else { mantissa }, self.exponent + shift as i64 + order)
    }
}

impl PartialOrd for Dyadic {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Dyadic {
    fn cmp(&self, other: &Self) -> Ordering {
        let signs = self.sign().cmp(&other.sign());
        if signs != Ordering::Equal || self.is_zero() {
            return signs;
        }
        let magnitudes = self.order().cmp(&other.order()).then_with(|| {
            // Equal orders: the shift is at most the length of the longer significand.
            let shift = self.exponent - other.exponent;
            let (mut a, mut b) = (self.magnitude(), other.magnitude());
            if shift >= 0 {
                a <<= shift as usize
            } else {
                b <<= shift.unsigned_abs() as usize
            }
            a.cmp(&b)
        });
        if self.sign() < 0 { magnitudes.reverse() } else { magnitudes }
    }
}

#[cfg(test)]
mod tests {
    use quickcheck::{TestResult, quickcheck};

    use super::*;

    fn dyadic(significand: i64, exponent: i8) -> Dyadic {
        Dyadic::new(significand, i64::from(exponent))
    }

    /// `rounded` is the neighbour of `exact` on the right side: no number of that many bits lies strictly between.
    fn is_neighbour(exact: &RBig, rounded: &Dyadic, rounding: Rounding, bits: usize) -> bool {
        let value = rounded.to_rational();
        let ordered = if rounding == Rounding::Down { value <= *exact } else { value >= *exact };
        if rounded.is_zero() {
            return ordered && *exact == RBig::ZERO;
        }
        // One unit of the coarsest grid of that many bits, taken at the exact number's side.
        let unit = Dyadic::new(1, rounded.order() - bits as i64 + 1).to_rational();
        ordered && rounded.length() as usize <= bits && (if value < *exact { exact - &value } else { &value - exact }) < unit
    }

    quickcheck! {
        fn sums_round_to_the_neighbour(a: i64, e: i8, b: i64, f: i8, bits: u8) -> bool {
            let (x, y, bits) = (dyadic(a, e), dyadic(b, f), usize::from(bits) % 80 + 2);
            let exact = x.to_rational() + y.to_rational();
            [Rounding::Down, Rounding::Up].into_iter().all(|r| is_neighbour(&exact, &x.add(&y, r, bits), r, bits))
        }

        fn products_round_to_the_neighbour(a: i64, e: i8, b: i64, f: i8, bits: u8) -> bool {
            let (x, y, bits) = (dyadic(a, e), dyadic(b, f), usize::from(bits) % 80 + 2);
            let exact = x.to_rational() * y.to_rational();
            [Rounding::Down, Rounding::Up].into_iter().all(|r| is_neighbour(&exact, &x.multiply(&y, r, bits), r, bits))
        }

        fn quotients_round_to_the_neighbour(a: i64, e: i8, b: i64, f: i8, bits: u8) -> TestResult {
            let (x, y, bits) = (dyadic(a, e), dyadic(b, f), usize::from(bits) % 80 + 2);
            if y.is_zero() {
                return TestResult::discard();
            }
            let exact = x.to_rational() / y.to_rational();
            let fits = |r| is_neighbour(&exact, &x.divide(&y, r, bits), r, bits);
            TestResult::from_bool([Rounding::Down, Rounding::Up].into_iter().all(fits))
        }

        fn roots_bracket_their_square(a: u32, e: i8, bits: u8) -> bool {
            let (x, bits) = (dyadic(i64::from(a), e), usize::from(bits) % 80 + 2);
            let (low, high) = (x.sqrt(Rounding::Down, bits), x.sqrt(Rounding::Up, bits));
            let unit = if low.is_zero() { Dyadic::ZERO } else { Dyadic::new(1, low.order() - bits as i64 + 1) };
            low.multiply_exact(&low) <= x && high.multiply_exact(&high) >= x && high <= low.add_exact(&unit)
        }

        fn order_is_that_of_the_rationals(a: i64, e: i8, b: i64, f: i8) -> bool {
            let (x, y) = (dyadic(a, e), dyadic(b, f));
            x.cmp(&y) == x.to_rational().cmp(&y.to_rational())
        }

        fn fixed_point_is_floor_and_ceiling(a: i64, e: i8, bits: i8) -> bool {
            let (x, bits) = (dyadic(a, e), i64::from(bits));
            let scaled = x.shift(bits).to_rational();
            x.to_fixed(Rounding::Down, bits) == scaled.floor() && x.to_fixed(Rounding::Up, bits) == scaled.ceil()
        }

        fn every_finite_double_is_held_exactly(value: f64) -> TestResult {
            let Some(x) = Dyadic::from_f64(value) else { return TestResult::discard() };
            let (mantissa, exponent) = x.to_nearest();
            let half = exponent / 2;
            TestResult::from_bool(mantissa * 2_f64.powi(half as i32) * 2_f64.powi((exponent - half) as i32) == value)
        }
    }

    #[test]
    fn a_distant_summand_still_decides_the_rounding() {
        let (one, tiny) = (Dyadic::ONE, Dyadic::new(1, -1_000_000_000_000));
        assert_eq!(one.add(&tiny, Rounding::Down, 53), one);
        assert_eq!(one.add(&tiny, Rounding::Up, 53), Dyadic::new((1_i64 << 52) + 1, -52));
        assert_eq!(one.add(&tiny.negate(), Rounding::Up, 53), one);
        assert_eq!(one.add(&tiny.negate(), Rounding::Down, 53), Dyadic::new((1_i64 << 53) - 1, -53));
    }

    #[test]
    fn the_nearest_double_breaks_ties_to_even() {
        let at = |significand: i64| Dyadic::new(significand, -53).to_nearest();
        let unit = f64::EPSILON;
        assert_eq!(at((1 << 53) + 1), (1.0, 0), "a tie above an even neighbour");
        assert_eq!(at((1 << 53) + 3), (1.0 + 2.0 * unit, 0), "a tie below an even neighbour");
        assert_eq!(Dyadic::new((1_i64 << 54) - 1, -54).to_nearest(), (1.0, 0), "rounding up to a power of two");
    }
}
