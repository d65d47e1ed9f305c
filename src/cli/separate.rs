//! A point that separates two formulas: the first on the grid where their values certainly do not relate as claimed.

use crate::claim::parameters::{Settings, grid};
use crate::claim::{Point, Quantity, Relation, Rung, Theorem, Witness};
use crate::formula::{Ball, Node, Undefined};

use super::valuation::{enclosure_at, exact_at};

/// The relative bits to which irrational values are compared, with the number of points so compared at most: each may cost
/// milliseconds. A few points are compared closely, so that a difference far below any display is seen too.
const COMPARISONS: [(u32, usize); 2] = [(96, 300), (2048, 12)];

/// What the search found.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Separation {
    /// A point where the relation fails, and the rung on which that was seen.
    Found(Settings, Witness, Rung),
    /// None.
    Nothing {
        /// The points at which both formulas have a value.
        compared: usize,
        /// The rung on which the relation was seen to hold at every one of them, if it was.
        held: Option<Rung>,
    },
}

/// Looks for a point of the quantity's domain, with the `fixed` settings, where `claimed RELATION reference` fails. Points where
/// either has no value separate nothing: a removable gap is no difference. Exact values come first, in order of size, so that a
/// witness is a small fraction wherever there is one.
pub(super) fn separate(
    (theorem, quantity): (&Theorem, &Quantity),
    (claimed, relation, reference): (&Node, Relation, &Node),
    fixed: &[(String, String)],
) -> Separation {
    let (mut compared, mut held, mut rung) = (0, 0, Rung::Proved);
    let mut irrational = Vec::new();
    let found = |settings: Settings, claimed: String, found: String, rung| {
        let parameters = settings.point.clone();
        Separation::Found(settings, Witness { parameters, claimed, found }, rung)
    };
    for settings in grid(theorem, quantity, fixed) {
        match (exact_at(claimed, &settings.point), exact_at(reference, &settings.point)) {
            (Ok(ours), Ok(theirs)) if !relation.holds(ours.cmp(&theirs)) => {
                return found(settings, ours.to_string(), theirs.to_string(), Rung::Proved);
            }
            (Ok(_), Ok(_)) => (compared, held) = (compared + 1, held + 1),
            (Err(error), _) | (_, Err(error)) if !may_be_irrational(&error) => {}
            _ => irrational.push(settings),
        }
    }
    let mut open: Vec<bool> = vec![true; irrational.len()];
    for (pass, (accuracy, points)) in COMPARISONS.into_iter().enumerate() {
        for (settings, open) in irrational.iter().zip(&mut open).filter(|(_, open)| **open).take(points) {
            let enclose = |formula: &Node| enclosure_at(formula, &settings.point, accuracy);
            let (Ok(ours), Ok(theirs)) = (enclose(claimed), enclose(reference)) else { continue };
            compared += usize::from(pass == 0);
            let Some(ordering) = ours.compare(&theirs) else { continue };
            if !relation.holds(ordering) {
                let [ours, theirs] = [(&ours, claimed), (&theirs, reference)].map(|(ball, f)| enclosure(ball, f, &settings.point));
                return found(settings.clone(), ours, theirs, Rung::Certified);
            }
            (held, rung, *open) = (held + 1, Rung::Certified, false);
        }
    }
    Separation::Nothing { compared, held: (compared > 0 && held == compared).then_some(rung) }
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
