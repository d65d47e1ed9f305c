//! Values to a wanted accuracy: ball arithmetic at rising precision.

use super::ball::Ball;
use super::evaluate::Environment;
use super::number::Undefined;
use super::tree::Node;
use dashu::rational::RBig;
use std::collections::BTreeMap;

/// The value of a closed formula, or of one whose names `values` binds, to `accuracy` relative bits.
///
/// # Errors
/// Why there is no value; [`Undefined::Undecided`] if the largest precision does not reach the accuracy.
pub fn certify(_node: &Node, _values: &BTreeMap<String, Node>, _accuracy: u32) -> Result<Ball, Undefined> {
    unimplemented!()
}

/// The exact value, where it is rational.
///
/// # Errors
/// Why there is none.
pub fn exact(_node: &Node, _names: &Environment<RBig>) -> Result<RBig, Undefined> {
    unimplemented!()
}
