//! A point that separates two formulas: the first on the grid where their values certainly differ.

use std::cmp::Ordering;

use dashu::rational::RBig;

use crate::claim::parameters::{Settings, grid};
use crate::claim::{Point, Quantity, Rung, Theorem, Witness};
use crate::formula::{Ball, Node, Undefined};

use super::valuation::{enclosure_at, exact_at};

/// The relative bits to which irrational values are compared.
const ACCURACY: u32 = 96;
/// The points that are compared by enclosures at most: each may cost milliseconds.
const MOST_ENCLOSURES: usize = 300;

/// What the search found.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Separation {
    /// A point where the values differ, and the rung on which they were told apart.
    Found(Settings, Witness, Rung),
    /// None: the formulas were compared at that many points.
    Nothing(usize),
}

/// Looks for a point of the quantity's domain, with the `fixed` settings, where `claimed` and `reference` differ. Points where
/// either has no value separate nothing: a removable gap is no difference.
pub(super) fn separate(
    theorem: &Theorem,
    quantity: &Quantity,
    claimed: &Node,
    reference: &Node,
    fixed: &[(String, String)],
) -> Separation {
    let (mut compared, mut enclosed) = (0, 0);
    for settings in grid(theorem, quantity, fixed) {
        let point = &settings.point;
        let found = match (exact_at(claimed, point), exact_at(reference, point)) {
            (Ok(ours), Ok(theirs)) => {
                compared += 1;
                (ours != theirs).then(|| (ours.to_string(), theirs.to_string(), Rung::Proved))
            }
            (Err(error), _) | (_, Err(error)) if !may_be_irrational(&error) => None,
            _ if enclosed >= MOST_ENCLOSURES => None,
            _ => {
                enclosed += 1;
                let (Ok(ours), Ok(theirs)) = (enclosure_at(claimed, point, ACCURACY), enclosure_at(reference, point, ACCURACY))
                else {
                    continue;
                };
                compared += 1;
                let apart = ours.compare(&theirs).is_some_and(|order| order != Ordering::Equal);
                apart.then(|| (enclosure(&ours, claimed, point), enclosure(&theirs, reference, point), Rung::Certified))
            }
        };
        if let Some((claimed, found, rung)) = found {
            let parameters = settings.point.clone();
            return Separation::Found(settings, Witness { parameters, claimed, found }, rung);
        }
    }
    Separation::Nothing(compared)
}

fn may_be_irrational(error: &Undefined) -> bool {
    matches!(error, Undefined::Unavailable(_) | Undefined::TooLarge)
}

/// The fraction where the value is one, otherwise the enclosure in decimals.
fn enclosure(ball: &Ball, formula: &Node, point: &Point) -> String {
    match exact_at(formula, point) {
        Ok(value) => value.to_string(),
        Err(_) => decimals(&ball.lower(), &ball.upper()),
    }
}

fn decimals(lower: &RBig, upper: &RBig) -> String {
    format!("[{lower}, {upper}]")
}
