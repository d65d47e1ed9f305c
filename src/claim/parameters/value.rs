//! The value of a parameter: a formula without names, certified to lie in its domain.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use dashu::rational::RBig;

use crate::formula::{Environment, Node, Undefined, certify, exact, parse};

use super::error::InputError;
use super::{Domain, Parameter};

/// The bits to which a value must be known before its sign is believed.
const SIGN_ACCURACY: u32 = 8;

/// The tree of a value: a formula without names.
pub(super) fn closed(parameter: &Parameter, text: &str) -> Result<Node, InputError> {
    let accepts = || parameter.domain.to_string();
    let word = text.trim().trim_start_matches(['-', '+']).to_lowercase();
    if word.is_empty() || matches!(word.as_str(), "nan" | "inf" | "infinity" | "∞") {
        return Err(InputError::Outside { name: parameter.name, text: text.to_owned(), accepts: accepts() });
    }
    let node =
        parse(text).map_err(|error| InputError::NotFormula { name: parameter.name, text: text.to_owned(), error, accepts: accepts() })?;
    match node.free_names().into_iter().next() {
        None => Ok(node),
        Some(free) => Err(InputError::NotClosed { name: parameter.name, text: text.to_owned(), free, accepts: accepts() }),
    }
}

/// The tree of a real number in the parameter's domain.
pub(super) fn real(parameter: &Parameter, text: &str) -> Result<Node, InputError> {
    let node = closed(parameter, text)?;
    let sign = |node: &Node| certified_sign(node).map_err(|error| no_value(parameter, text, &error));
    let outside = || InputError::Outside { name: parameter.name, text: text.to_owned(), accepts: parameter.domain.to_string() };
    let (above, below) = match parameter.domain {
        Domain::Real { above, below } => (above, below),
        _ => (None, None),
    };
    if above.is_none() && below.is_none() {
        has_value(&node).map_err(|error| no_value(parameter, text, &error))?;
    }
    if let Some(bound) = above {
        match sign(&(node.clone() - Node::integer(bound.at)))? {
            Ordering::Greater => {}
            Ordering::Equal if bound.included => {}
            _ => return Err(outside()),
        }
    }
    if let Some(bound) = below
        && sign(&(Node::integer(bound) - node.clone()))? != Ordering::Greater
    {
        return Err(outside());
    }
    Ok(node)
}

/// The tree of an integer in the parameter's domain, and the integer.
pub(super) fn integer(parameter: &Parameter, text: &str) -> Result<i64, InputError> {
    let node = closed(parameter, text)?;
    let outside = || InputError::Outside { name: parameter.name, text: text.to_owned(), accepts: parameter.domain.to_string() };
    let value = match exact_number(&node) {
        Ok(value) => value,
        Err(Undefined::Unavailable(_) | Undefined::TooLarge) => return Err(outside()),
        Err(error) => return Err(no_value(parameter, text, &error)),
    };
    let (least, most, odd) = match parameter.domain {
        Domain::Integer { least, most, odd } => (least, most, odd),
        _ => (1, i64::MAX, false),
    };
    let value = if value.is_int() { i64::try_from(value.numerator().clone()).ok() } else { None };
    value.filter(|n| (least..=most).contains(n) && (!odd || n % 2 == 1)).ok_or_else(outside)
}

fn no_value(parameter: &Parameter, text: &str, error: &Undefined) -> InputError {
    let reason = match error {
        Undefined::Undecided(_) => "it cannot be told apart from the edge of what is accepted".to_owned(),
        other => other.to_string(),
    };
    InputError::NoValue { name: parameter.name, text: text.to_owned(), reason, accepts: parameter.domain.to_string() }
}

/// Refuses a tree without a value.
pub(super) fn has_value(node: &Node) -> Result<(), Undefined> {
    match exact_number(node) {
        Err(Undefined::Unavailable(_) | Undefined::TooLarge) => match certify(node, &BTreeMap::new(), SIGN_ACCURACY) {
            Ok(_) | Err(Undefined::Undecided(_)) => Ok(()),
            Err(error) => Err(error),
        },
        other => other.map(|_| ()),
    }
}

/// The rational value of a formula without names.
///
/// # Errors
/// Why there is none.
pub fn exact_number(node: &Node) -> Result<RBig, Undefined> {
    exact(node, &Environment::new())
}

/// How the value of a formula without names compares with 0, never mistaken.
///
/// # Errors
/// [`Undefined::Undecided`] if the largest precision cannot tell it from 0; otherwise why there is no value.
pub fn certified_sign(node: &Node) -> Result<Ordering, Undefined> {
    match exact_number(node) {
        Ok(value) => Ok(value.cmp(&RBig::ZERO)),
        Err(Undefined::Unavailable(_) | Undefined::TooLarge) => {
            let ball = certify(node, &BTreeMap::new(), SIGN_ACCURACY)?;
            ball.sign().ok_or_else(|| Undefined::Undecided("a sign".into()))
        }
        Err(error) => Err(error),
    }
}
