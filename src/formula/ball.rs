//! Balls: real numbers enclosed between two binary floating-point numbers, every operation rounded outward.

use std::cmp::Ordering;

use dashu::rational::RBig;

use super::numeral::Numeral;
use super::scaled::Scaled;

/// An enclosure of one real number.
#[derive(Clone, Debug)]
pub struct Ball {}

/// The working precision of ball arithmetic, in bits.
#[derive(Clone, Copy, Debug)]
pub struct Precision(pub usize);

impl Ball {
    /// The hull of two enclosures: the smallest ball that contains both.
    #[must_use]
    pub fn hull(&self, _other: &Ball) -> Ball {
        unimplemented!()
    }
    /// The ball that holds exactly this number.
    #[must_use]
    pub fn from_scaled(_value: Scaled) -> Ball {
        unimplemented!()
    }
    /// The tightest ball of that precision around a rational.
    #[must_use]
    pub fn from_rational(_value: &RBig, _precision: Precision) -> Ball {
        unimplemented!()
    }
    /// How the enclosed numbers compare, if the enclosures decide it.
    #[must_use]
    pub fn compare(&self, _other: &Ball) -> Option<Ordering> {
        unimplemented!()
    }
    /// Whether the enclosures have a number in common.
    #[must_use]
    pub fn overlaps(&self, _other: &Ball) -> bool {
        unimplemented!()
    }
    /// The lower end, exactly.
    #[must_use]
    pub fn lower(&self) -> RBig {
        unimplemented!()
    }
    /// The upper end, exactly.
    #[must_use]
    pub fn upper(&self) -> RBig {
        unimplemented!()
    }
    /// −log2 of the width relative to the smallest absolute value enclosed; `None` if zero is inside and the width is not 0.
    #[must_use]
    pub fn accuracy(&self) -> Option<i64> {
        unimplemented!()
    }
    /// The midpoint, rounded.
    #[must_use]
    pub fn to_scaled(&self) -> Scaled {
        unimplemented!()
    }
    /// The number as reports write it.
    #[must_use]
    pub fn numeral(&self) -> Numeral {
        unimplemented!()
    }
}
