//! The value of a formula at a point: exact where it is rational, otherwise enclosed and rounded once.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use dashu::rational::RBig;

use crate::claim::Point;
use crate::claim::parameters::{certified_sign, exact_number};
use crate::formula::{Ball, Environment, Node, Numeral, Precision, State, Undefined, Value, certify, exact};

/// The relative bits to which values are certified before they are rounded to `f64`.
const ACCURACY: u32 = 80;
/// The relative bits beyond which a logarithm close to 0 is not chased.
const MOST_ACCURACY: u32 = 2560;
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
        Valuation {
            numeral: Numeral { state: State::Unset, value: None, sign: None, log: None },
            exact: None,
            reason: Some(reason.into()),
        }
    }

    /// The value of `formula` at `point`.
    pub fn of(formula: &Node, point: &Point) -> Self {
        let exact = exact_at(formula, point).ok();
        let ball = match &exact {
            Some(value) => Ok(Ball::from_rational(value, Precision(ACCURACY as usize))),
            None => enclosure_at(formula, point, ACCURACY),
        };
        let numeral = match ball {
            Ok(ball) => refined(ball.numeral(), formula, point, exact.as_ref()),
            Err(error) => match pole(formula, point) {
                Some(sign) => Numeral { state: State::Infinite, value: None, sign: Some(sign), log: None },
                None => return Valuation::unset(error.to_string()),
            },
        };
        let exact = exact.map(|value| value.to_string()).filter(|text| text.len() <= LONGEST_FRACTION);
        Valuation { numeral, exact, reason: None }
    }
}

/// The numeral, its logarithm computed again from a narrower enclosure where the value is so close to 1 or −1 that the first
/// enclosure leaves few digits of the logarithm.
fn refined(first: Numeral, formula: &Node, point: &Point, exact: Option<&RBig>) -> Numeral {
    let close = |numeral: &Numeral, bits: i32| numeral.log.is_none_or(|log| log.abs() < 2.0_f64.powi(-bits));
    let mut numeral = first;
    let (mut accuracy, mut bits) = (ACCURACY, 20);
    while numeral.state == State::Finite && close(&numeral, bits) && accuracy < MOST_ACCURACY {
        accuracy *= 2;
        // An enclosure of that accuracy leaves 60 bits of any logarithm above 2^-bits.
        bits = i32::try_from(accuracy).unwrap_or(i32::MAX) - 60;
        let ball = match exact {
            Some(value) => Ok(Ball::from_rational(value, Precision(accuracy as usize))),
            None => enclosure_at(formula, point, accuracy),
        };
        let Ok(ball) = ball else { break };
        numeral = ball.numeral();
    }
    numeral
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
    let values: BTreeMap<String, Node> = point.iter().map(|(name, value)| (name.to_owned(), value.clone())).collect();
    certify(formula, &values, accuracy)
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
