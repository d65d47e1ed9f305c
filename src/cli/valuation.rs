//! The value of a formula at a point: exact where it is rational, otherwise enclosed and rounded once.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use dashu::rational::RBig;

use crate::claim::Point;
use crate::claim::parameters::{certified_sign, exact_number};
use crate::formula::{Ball, Environment, Node, Numeral, Undefined, Value, certify, exact, numeral};

/// The longest fraction that is written down, in characters.
const LONGEST_FRACTION: usize = 4096;

/// A value, as far as it exists.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Valuation {
    /// The number.
    pub numeral: Numeral,
    /// The number as a fraction, if it is rational and not too long.
    pub exact: Option<String>,
    /// Why there is no number.
    pub reason: Option<String>,
}

impl Valuation {
    /// No value, for that reason.
    pub fn unset(reason: impl Into<String>) -> Self {
        Valuation { numeral: Numeral::unset(), exact: None, reason: Some(reason.into()) }
    }

    /// The value of `formula` at `point`.
    pub fn of(formula: &Node, point: &Point) -> Self {
        let exact = exact_at(formula, point).ok();
        let number = exact.as_ref().map_or_else(|| numeral(formula, &values(point)), |value| Ok(Numeral::from_rational(value)));
        let numeral = match number {
            Ok(numeral) => numeral,
            Err(error) => match pole(formula, point) {
                Some(sign) => Numeral::infinite(sign),
                None => return Valuation::unset(error.to_string()),
            },
        };
        let exact = exact.map(|value| value.to_string()).filter(|text| text.len() <= LONGEST_FRACTION);
        Valuation { numeral, exact, reason: None }
    }
}

/// The rational value of `formula` at `point`.
pub(super) fn exact_at(formula: &Node, point: &Point) -> Result<RBig, Undefined> {
    let mut names: Environment<RBig> = Environment::new();
    for (name, value) in point.iter() {
        names.insert(name.to_owned(), Value::Scalar(exact_number(value)?));
    }
    exact(formula, &names)
}

/// An enclosure of the value of `formula` at `point`, to that many relative bits.
pub(super) fn enclosure_at(formula: &Node, point: &Point, accuracy: u32) -> Result<Ball, Undefined> {
    certify(formula, &values(point), accuracy)
}

fn values(point: &Point) -> BTreeMap<String, Node> {
    point.iter().map(|(name, value)| (name.to_owned(), value.clone())).collect()
}

/// The sign of the numerator, if the formula is a quotient of something that is not zero by something that is exactly zero.
fn pole(formula: &Node, point: &Point) -> Option<i8> {
    match formula {
        Node::Let(name, value, body) => {
            let value = point.iter().fold((**value).clone(), |inner, (name, value)| inner.given(name, value.clone()));
            pole(body, &point.clone().with(name, value))
        }
        Node::Negation(inner) => pole(inner, point).map(|sign| -sign),
        Node::Quotient(top, bottom) => {
            let sign = |node: &Node| {
                certified_sign(&point.iter().fold(node.clone(), |inner, (name, value)| inner.given(name, value.clone()))).ok()
            };
            match (sign(top)?, sign(bottom)?) {
                (Ordering::Greater, Ordering::Equal) => Some(1),
                (Ordering::Less, Ordering::Equal) => Some(-1),
                _ => None,
            }
        }
        _ => None,
    }
}
