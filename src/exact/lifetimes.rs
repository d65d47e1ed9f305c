//! How deep a net may be and still live with probability one half, by integer arithmetic.

use std::ops::RangeInclusive;

use dashu::integer::IBig;

use super::gather::observe;
use crate::claim::{Gathered, Point};
use crate::formula::Node;

/// The largest L with (1 − 2^−d)^L ≥ 1/2, plus `beyond`, for each width d; the points bind `width`.
#[must_use]
pub fn longest_lives(widths: RangeInclusive<usize>, beyond: u32) -> Gathered {
    observe(widths.map(|width| {
        let (all, living) = (IBig::ONE << width, (IBig::ONE << width) - IBig::ONE);
        // Twice the probability, as a quotient of integers.
        let (mut numerator, mut denominator, mut depth) = (IBig::from(2), IBig::ONE, 0_u32);
        while &numerator * &living >= &denominator * &all {
            (numerator, denominator, depth) = (numerator * &living, denominator * &all, depth + 1);
        }
        (Point::new().with("width", Node::rational(&width.into())), (depth + beyond).into())
    }))
}
