//! Points that separate two formulas: witnesses, small and exact where possible.

use dashu::rational::RBig;

use crate::formula::{Dual, Environment, Node, certify, evaluate_scalar, exact};

use super::point::Point;
use super::verdict::Witness;

/// The relative accuracy at which irrational values are separated, in bits.
const ACCURACY: u32 = 96;

/// The first small exact point at which two formulas differ, searched from 1 upwards over their free names.
#[must_use]
pub fn separate(left: &Node, right: &Node) -> Option<Witness> {
    points(left, right).find_map(|point| differ_at(left, right, &point))
}

/// The first small exact point at which d(left)/d(name) differs from the right side.
#[must_use]
pub fn separate_derivative(left: &Node, name: &str, right: &Node) -> Option<Witness> {
    points(left, right).find_map(|point| {
        let names = point.environment::<RBig>(&Environment::new(), &()).ok()?;
        let dual = Dual::environment(&names, name, &()).ok()?;
        let derivative = evaluate_scalar::<Dual<RBig>>(left, &dual, &()).and_then(|value| value.derivative(&())).ok()?;
        let expected = exact(right, &names).ok()?;
        let witness = |point| Witness { parameters: point, claimed: derivative.to_string(), found: expected.to_string() };
        (derivative != expected).then(|| witness(point))
    })
}

/// Small exact points over the free names of two formulas: by their largest coordinate, then by their sum.
fn points(left: &Node, right: &Node) -> impl Iterator<Item = Point> {
    const REACH: i64 = 4;
    const POINTS: usize = 2000;
    let names: Vec<String> = left.free_names().union(&right.free_names()).cloned().collect();
    let mut points: Vec<Vec<i64>> = vec![vec![]];
    for _ in &names {
        points = points.into_iter().flat_map(|p| (1..=REACH).map(move |v| [p.clone(), vec![v]].concat())).take(POINTS).collect();
    }
    points.sort_by_key(|p| (p.iter().max().copied(), p.iter().sum::<i64>()));
    points
        .into_iter()
        .map(move |values| names.iter().zip(values).fold(Point::new(), |point, (name, value)| point.with(name, Node::integer(value))))
}

/// The witness that two formulas differ at a point, if they certainly do.
#[must_use]
pub fn differ_at(left: &Node, right: &Node, point: &Point) -> Option<Witness> {
    let witness = |claimed: String, found: String| Witness { parameters: point.clone(), claimed, found };
    if let Ok(names) = point.environment(&Environment::new(), &())
        && let (Ok(a), Ok(b)) = (exact(left, &names), exact(right, &names))
    {
        return (a != b).then(|| witness(a.to_string(), b.to_string()));
    }
    let (a, b) = (certify(left, point.values(), ACCURACY).ok()?, certify(right, point.values(), ACCURACY).ok()?);
    a.compare(&b).filter(|ordering| ordering.is_ne()).map(|_| witness(a.decimal(), b.decimal()))
}
