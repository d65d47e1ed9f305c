//! The integral of a power.

use std::cmp::Ordering;

use super::logarithm::ln;
use crate::formula::ball::{Ball, Precision};
use crate::formula::number::Undefined;

/// ∫ from a to b of w^(e−1) dw for 0 < a ≤ b: (b^e − a^e)/e, and ln(b/a) at e = 0.
///
/// # Errors
/// [`Undefined::OutOfDomain`] if a ≤ 0 or a > b, [`Undefined::Undecided`] if a may be 0 or negative.
pub fn power_integral(a: &Ball, b: &Ball, e: i64, precision: Precision) -> Result<Ball, Undefined> {
    let domain = || Undefined::OutOfDomain("power_integral(a, b, e) takes 0 < a <= b".into());
    match a.sign() {
        Some(Ordering::Greater) => {}
        None => return Err(Undefined::Undecided("whether the lower limit of power_integral is positive".into())),
        _ => return Err(domain()),
    }
    match a.compare(b) {
        Some(Ordering::Greater) => return Err(domain()),
        Some(Ordering::Equal) => return Ok(Ball::zero()),
        _ => {}
    }
    if e == 0 {
        return ln(&b.over(a, precision)?, precision);
    }
    let difference = b.raised(e, precision)?.minus(&a.raised(e, precision)?, precision)?;
    difference.over(&Ball::from_integer(e), precision)
}
