//! Laws of the weights: what a closed form needs of them is their variance and kurtosis.

use std::cmp::Ordering;

use crate::formula::Node;

use super::Parameter;
use super::error::InputError;
use super::value::{certified_sign, closed};
use super::vector::at_commas;

/// What `law` accepts.
pub(super) const ACCEPTED: &str = "one of uniform:TAU, gaussian:SIGMA, rademacher:S, three-point:S,Q (0 < Q <= 1), \
     moments:VARIANCE,KURTOSIS (kurtosis at least 1), lecun-uniform, xavier-uniform, xavier-gaussian, he-uniform, he-gaussian, \
     with scales above 0";

/// Variance and kurtosis of a symmetric law.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Law {
    pub variance: Node,
    pub kurtosis: Node,
}

impl Law {
    /// The law that `text` names, for layers of that width.
    pub fn parse(parameter: &Parameter, text: &str, width: Option<&Node>) -> Result<Law, InputError> {
        let outside = || InputError::Outside { name: parameter.name, text: text.to_owned(), accepts: parameter.domain.to_string() };
        let (family, arguments) = match text.trim().split_once(':') {
            None => (text.trim(), Vec::new()),
            Some((family, arguments)) => (family.trim(), at_commas(arguments)),
        };
        let number = |at: usize| closed(parameter, arguments.get(at).copied().unwrap_or_default());
        let positive = |at: usize| number(at).and_then(|node| require(node.clone(), node, &[Ordering::Greater], &outside));
        let over_width = |variance: Node, kurtosis: Node| {
            let width = width.ok_or_else(|| {
                InputError::Conflict(format!("{} = {text:?} needs a width, which this claim does not have", parameter.name))
            })?;
            Ok(Law { variance: variance / width.clone(), kurtosis })
        };
        let (uniform, gaussian) = (Node::integer(9) / Node::integer(5), Node::integer(3));
        match (family, arguments.len()) {
            ("uniform", 1) => Ok(Law { variance: square(positive(0)?) / Node::integer(3), kurtosis: uniform }),
            ("gaussian", 1) => Ok(Law { variance: square(positive(0)?), kurtosis: gaussian }),
            ("rademacher", 1) => Ok(Law { variance: square(positive(0)?), kurtosis: Node::integer(1) }),
            ("three-point", 2) => {
                let (scale, share) = (positive(0)?, positive(1)?);
                let share = at_most_one(share, &outside)?;
                Ok(Law { variance: share.clone() * square(scale), kurtosis: Node::integer(1) / share })
            }
            ("moments", 2) => {
                let (variance, kurtosis) = (positive(0)?, number(1)?);
                let excess = kurtosis.clone() - Node::integer(1);
                let kurtosis = require(kurtosis, excess, &[Ordering::Greater, Ordering::Equal], &outside)?;
                Ok(Law { variance, kurtosis })
            }
            ("lecun-uniform", 0) => over_width(Node::integer(1) / Node::integer(3), uniform),
            ("xavier-uniform", 0) => over_width(Node::integer(1), uniform),
            ("xavier-gaussian", 0) => over_width(Node::integer(1), gaussian),
            ("he-uniform", 0) => over_width(Node::integer(2), uniform),
            ("he-gaussian", 0) => over_width(Node::integer(2), gaussian),
            _ => Err(outside()),
        }
    }
}

fn square(node: Node) -> Node {
    node.power(Node::integer(2))
}

fn at_most_one(node: Node, outside: &dyn Fn() -> InputError) -> Result<Node, InputError> {
    let room = Node::integer(1) - node.clone();
    require(node, room, &[Ordering::Greater, Ordering::Equal], outside)
}

/// `node`, if `signed` has one of these signs for certain.
fn require(node: Node, signed: Node, signs: &[Ordering], outside: &dyn Fn() -> InputError) -> Result<Node, InputError> {
    match certified_sign(&signed) {
        Ok(sign) if signs.contains(&sign) => Ok(node),
        _ => Err(outside()),
    }
}
