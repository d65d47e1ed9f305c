//! How a formula stands to one step of a written argument.

use crate::formula::equality::{self, Equality};
use crate::formula::{Node, parse};

use super::super::card::{Rung, Step};
use super::super::point::Point;
use super::super::separate::{separate, separate_derivative};
use super::super::verdict::Witness;
use super::{Case, Finding, Statement, unclear};

/// One step of a written argument, with the formula put for `claimed`. Lemmas are appeals, not cases.
pub(super) fn follow(statement: Statement<'_>, step: &Step) -> Option<Case> {
    let Step::Identity { says, left, right, differentiate } = step else { return None };
    let side = |text: &str| parse(text).map(|node| node.replace_name("claimed", statement.formula));
    let (left, right) = match (side(left), side(right)) {
        (Ok(left), Ok(right)) => (left, right),
        (Err(error), _) | (_, Err(error)) => return Some(unclear(format!("the step \"{says}\" cannot be read: {error}"))),
    };
    let equality = match differentiate {
        None => equality::compare(&left, &right),
        Some(name) => equality::compare_derivative(&left, name, &right),
    };
    let fails = || format!("the step \"{says}\" does not hold for this formula");
    let finding = match equality {
        Equality::Equal { .. } => Finding::Agrees,
        Equality::Undecided(why) => Finding::Unclear(format!("the step \"{says}\" is undecided: {why}")),
        Equality::Different { opaque } if statement.rung == Rung::Proved && !opaque => Finding::Contradicts(
            match differentiate {
                None => separate(&left, &right),
                Some(name) => separate_derivative(&left, name, &right),
            }
            .map_or_else(|| symbolic_witness(says, &left, &right), |witness| in_step(says, witness)),
        ),
        Equality::Different { .. } => Finding::Unclear(fails()),
    };
    Some(Case { finding, shown: None, tension: 0.0 })
}

/// The witness of a step, whose sides are functions of the formula rather than the formula itself.
fn in_step(says: &str, witness: Witness) -> Witness {
    Witness { claimed: format!("{} in the step \"{says}\"", witness.claimed), ..witness }
}

fn symbolic_witness(says: &str, left: &Node, right: &Node) -> Witness {
    in_step(says, Witness { parameters: Point::new(), claimed: left.to_string(), found: right.to_string() })
}
