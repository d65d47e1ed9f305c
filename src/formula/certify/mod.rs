//! Values to a wanted accuracy: ball arithmetic at rising precision.

use std::collections::BTreeMap;

use dashu::rational::RBig;

use super::ball::{Ball, Precision};
use super::evaluate::{Environment, evaluate, evaluate_scalar};
use super::number::Undefined;
use super::numeral::Numeral;
use super::tree::Node;

/// The first precision, in bits.
const FIRST: usize = 64;

/// The last precision, in bits, unless more are asked for.
const LAST: usize = 16384;

/// The relative accuracy of a numeral, in bits: 7 more than an `f64` has.
const NUMERAL: u32 = 60;

/// A number that is one to this accuracy has a logarithm below every normal `f64`.
const INDISTINGUISHABLE: u32 = 1100;

/// The value of a closed formula, or of one whose names `values` binds, to `accuracy` relative bits.
///
/// The values are closed trees, evaluated at the same precision as the formula.
///
/// # Errors
/// Why there is no value; [`Undefined::Undecided`] if the largest precision does not reach the accuracy, as where the value is
/// zero without being computed as exactly zero.
pub fn certify(node: &Node, values: &BTreeMap<String, Node>, accuracy: u32) -> Result<Ball, Undefined> {
    certify_with(node, |precision| bound(values, precision), accuracy)
}

/// An enclosure of the same value from one evaluation at that many bits, however wide: what can still tell a value that
/// cancels to zero from a number.
///
/// # Errors
/// Why there is no value, or none at this precision.
pub fn enclose(node: &Node, values: &BTreeMap<String, Node>, bits: u32) -> Result<Ball, Undefined> {
    let precision = Precision(bits as usize);
    evaluate_scalar(node, &bound(values, precision)?, &precision)
}

fn bound(values: &BTreeMap<String, Node>, precision: Precision) -> Result<Environment<Ball>, Undefined> {
    let closed = Environment::new();
    values.iter().map(|(name, value)| Ok((name.clone(), evaluate(value, &closed, &precision)?))).collect()
}

/// The value of a formula to `accuracy` relative bits, its names bound anew at each precision.
///
/// # Errors
/// As [`certify`].
pub fn certify_with(
    node: &Node,
    bind: impl Fn(Precision) -> Result<Environment<Ball>, Undefined>,
    accuracy: u32,
) -> Result<Ball, Undefined> {
    refine(accuracy, |precision| evaluate_scalar(node, &bind(precision)?, &precision))
}

/// What `compute` encloses, to `accuracy` relative bits, at precisions 64, 128, … .
///
/// # Errors
/// Any error of `compute` but [`Undefined::Undecided`], which more precision may cure; that one if none does.
pub fn refine(accuracy: u32, compute: impl Fn(Precision) -> Result<Ball, Undefined>) -> Result<Ball, Undefined> {
    let last = LAST + accuracy as usize;
    let mut precision = FIRST.max((accuracy as usize + 10).next_multiple_of(FIRST));
    loop {
        let reason = match compute(Precision(precision.min(last))) {
            Ok(ball) if ball.accuracy().is_some_and(|bits| bits >= i64::from(accuracy)) => return Ok(ball),
            Ok(_) => Undefined::Undecided("the value".into()),
            Err(Undefined::Undecided(what)) => Undefined::Undecided(what),
            Err(error) => return Err(error),
        };
        if precision >= last {
            return Err(reason);
        }
        precision *= 2;
    }
}

/// The value of a formula as reports write it, value and logarithm both to better than 2 units in the last place.
///
/// The closer the number is to one in absolute value, the more precision its logarithm takes; a number that 1100 bits do not
/// tell from one, whose logarithm no `f64` could hold, is written with the logarithm 0.
///
/// # Errors
/// As [`certify`].
pub fn numeral(node: &Node, values: &BTreeMap<String, Node>) -> Result<Numeral, Undefined> {
    let mut accuracy = NUMERAL;
    loop {
        let ball = certify(node, values, accuracy)?;
        let unit = Ball::from_integer(1);
        // ln x is about x − 1 there: as accurate as that difference.
        let distance = ball.abs().minus(&unit, Precision(ball.precision()))?;
        let resolved = distance.accuracy().is_some_and(|bits| bits >= i64::from(NUMERAL));
        if resolved || accuracy >= INDISTINGUISHABLE {
            return Ok(ball.numeral());
        }
        accuracy = (2 * accuracy).min(INDISTINGUISHABLE);
    }
}

/// The exact value, where it is rational.
///
/// # Errors
/// Why there is none.
pub fn exact(node: &Node, names: &Environment<RBig>) -> Result<RBig, Undefined> {
    evaluate_scalar(node, names, &())
}

#[cfg(test)]
mod tests;
