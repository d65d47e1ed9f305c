//! Infinite sums whose tail a geometric series bounds.

use std::cmp::Ordering;

use crate::formula::ball::{Ball, Precision};
use crate::formula::number::Undefined;

/// The most terms that are summed.
const MOST_TERMS: i64 = 1_000_000;

/// Σ_{k ≥ from} term(k), where |term(k + 1)| ≤ ratio · |term(k)| with a ratio below one.
///
/// Terms are added until the rest, at most |term| ratio/(1 − ratio), is below the precision; that bound widens the ball. Each
/// summed term but the first is held against the ratio, so a ratio that is no bound is found out where it fails.
///
/// # Errors
/// [`Undefined::OutOfDomain`] if the ratio is certainly not in [0, 1), if a summed term certainly exceeds it, or if a million
/// terms do not suffice; [`Undefined::Undecided`] if the ratio may be one.
pub fn series(
    from: i64,
    ratio: &Ball,
    term: &mut dyn FnMut(i64) -> Result<Ball, Undefined>,
    precision: Precision,
) -> Result<Ball, Undefined> {
    let one = Ball::from_integer(1);
    match (ratio.compare(&one), ratio.sign()) {
        (Some(Ordering::Less), Some(Ordering::Greater | Ordering::Equal)) => {}
        (Some(Ordering::Less) | None, None) | (None, _) => {
            return Err(Undefined::Undecided("whether the ratio of a series is between zero and one".into()));
        }
        _ => return Err(Undefined::OutOfDomain("the ratio of a series must be at least zero and below one".into())),
    }
    let rest = ratio.over(&one.minus(ratio, precision)?, precision)?;
    let mut sum = Ball::zero();
    let mut total = Ball::zero();
    let mut bound = None::<Ball>;
    for index in 0..MOST_TERMS {
        let k = from.checked_add(index).ok_or(Undefined::TooLarge)?;
        let value = term(k)?;
        let size = value.abs();
        if bound.as_ref().is_some_and(|bound| size.compare(bound) == Some(Ordering::Greater)) {
            return Err(Undefined::OutOfDomain(format!("the terms of a series exceed its ratio at index {k}")));
        }
        sum = sum.plus(&value, precision)?;
        total = total.plus(&size, precision)?;
        let tail = size.times(&rest, precision)?;
        let allowed = total.shifted(-(precision.0 as i64));
        // At least two terms, so that the ratio is held against something.
        if index > 0 && tail.ends().1 <= allowed.ends().0 {
            let tail = tail.hull(&tail.negated());
            return sum.plus(&tail, precision);
        }
        bound = Some(size.times(ratio, precision)?);
    }
    Err(Undefined::OutOfDomain(format!("a series needs more than {MOST_TERMS} terms")))
}
