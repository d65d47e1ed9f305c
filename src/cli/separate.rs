//! A point that separates two formulas: the first on the grid where their values certainly differ.

use std::cmp::Ordering;

use crate::claim::parameters::{Settings, grid};
use crate::claim::{Point, Quantity, Rung, Theorem, Witness};
use crate::formula::{Ball, Node, Undefined};

use super::valuation::{enclosure_at, exact_at};

/// The relative bits to which irrational values are compared, with the number of points so compared at most: each may cost
/// milliseconds. A few points are compared closely, so that a difference far below any display is seen too.
const COMPARISONS: [(u32, usize); 2] = [(96, 300), (2048, 12)];

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
pub(super) fn separate(theorem: &Theorem, quantity: &Quantity, claimed: &Node, reference: &Node, fixed: &[(String, String)]) -> Separation {
    let mut compared = 0;
    let mut irrational = Vec::new();
    let found = |settings: Settings, claimed: String, found: String, rung| {
        let parameters = settings.point.clone();
        Separation::Found(settings, Witness { parameters, claimed, found }, rung)
    };
    for settings in grid(theorem, quantity, fixed) {
        match (exact_at(claimed, &settings.point), exact_at(reference, &settings.point)) {
            (Ok(ours), Ok(theirs)) if ours != theirs => {
                return found(settings, ours.to_string(), theirs.to_string(), Rung::Proved);
            }
            (Ok(_), Ok(_)) => compared += 1,
            (Err(error), _) | (_, Err(error)) if !may_be_irrational(&error) => {}
            _ => irrational.push(settings),
        }
    }
    for (pass, (accuracy, points)) in COMPARISONS.into_iter().enumerate() {
        for settings in irrational.iter().take(points) {
            let enclose = |formula: &Node| enclosure_at(formula, &settings.point, accuracy);
            let (Ok(ours), Ok(theirs)) = (enclose(claimed), enclose(reference)) else { continue };
            compared += usize::from(pass == 0);
            if ours.compare(&theirs).is_some_and(Ordering::is_ne) {
                let [ours, theirs] = [(&ours, claimed), (&theirs, reference)].map(|(ball, f)| enclosure(ball, f, &settings.point));
                return found(settings.clone(), ours, theirs, Rung::Certified);
            }
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
        Err(_) => ball.decimal(),
    }
}
