//! How far finitely many exact observations reach: whether they settle a formula for every value of its integer names.
//!
//! The formula is a quotient N/D of sequences in a name, with recurrences of order n and d, and the truth T obeys one of order
//! t; N − T·D then obeys one of order n + t·d, and vanishes from there on as soon as it vanishes at that many consecutive
//! integers. Several names are settled one after the other, in the order of their extents: the first at each observed
//! combination of the later ones, the second for every value of the first at each observed combination of those after it, and
//! so on.

use std::collections::{BTreeMap, BTreeSet};

use crate::formula::{Environment, Node, equality, exact};

use super::card::Relation;
use super::observation::{Extent, Gathered, Observation, Truth};
use super::point::Point;

/// Why the observations do not settle the formula, if they agree with it, for all values of the names of their extents; `None`
/// if they do.
///
/// Only observations that leave every other name of the formula arbitrary count: unbound, or bound to a symbolic value.
pub(super) fn shortfall(formula: &Node, relation: Relation, gathered: &Gathered) -> Option<String> {
    let extents = &gathered.extent;
    if extents.is_empty() {
        return None;
    }
    if relation != Relation::Equal {
        return Some("consecutive integers settle equalities, not inequalities".into());
    }
    let names: Vec<&str> = extents.iter().map(|extent| extent.name).collect();
    let others: BTreeSet<String> = formula.free_names().into_iter().filter(|name| !names.contains(&name.as_str())).collect();
    let general = |observation: &&Observation| {
        let bound = others.iter().filter_map(|name| observation.point.get(name));
        bound.into_iter().all(|value| !value.free_names().is_empty())
    };
    let counting: Vec<&Observation> = gathered.observations.iter().filter(general).collect();
    if counting.is_empty() {
        return Some(format!("no observation leaves {} arbitrary", others.into_iter().collect::<Vec<_>>().join(", ")));
    }
    let places: Option<BTreeSet<Vec<i64>>> =
        counting.iter().map(|observation| names.iter().map(|name| integer(&observation.point, name)).collect()).collect();
    let Some(mut places) = places else {
        return Some(format!("some observation does not bind {} to integers", names.join(" and ")));
    };
    for (extent, later) in extents.iter().zip(1..) {
        match settled(formula, extent, &names[later..], &places) {
            Ok(combinations) => places = combinations,
            Err(reason) => return Some(reason),
        }
    }
    None
}

/// Whether observations that are said to make up the whole domain leave every name of the formula arbitrary: unbound, or bound to a
/// value with free names.
pub(super) fn is_general(formula: &Node, gathered: &Gathered) -> bool {
    let names = formula.free_names();
    let arbitrary = |observation: &Observation| {
        let mut bound = names.iter().filter_map(|name| observation.point.get(name));
        matches!(observation.truth, Truth::Exact(_)) && bound.all(|value| !value.free_names().is_empty())
    };
    gathered.covers.is_some() && !names.is_empty() && gathered.observations.iter().all(arbitrary)
}

/// The combinations of the later names, if at each of them the values of the extent's name are enough.
fn settled(formula: &Node, extent: &Extent, later: &[&str], places: &BTreeSet<Vec<i64>>) -> Result<BTreeSet<Vec<i64>>, String> {
    let name = extent.name;
    let mut groups = BTreeMap::<Vec<i64>, Vec<i64>>::new();
    for place in places {
        groups.entry(place[1..].to_vec()).or_default().push(place[0]);
    }
    let mut starts = BTreeSet::new();
    for (combination, values) in &groups {
        let point = later.iter().zip(combination).fold(Point::new(), |point, (name, value)| point.with(name, Node::integer(*value)));
        let at = if later.is_empty() { String::new() } else { format!(" at {point}") };
        let here = point.bind(formula.clone());
        let Some((numerator, denominator)) = equality::recurrence_order(&here, name) else {
            return Err(format!("no recurrence in {name} is known for a formula of this shape{at}"));
        };
        let needed = u64::from(numerator) + u64::from(extent.order) * u64::from(denominator);
        let start = values.first().copied().unwrap_or(0);
        let run = values.iter().zip(start..).take_while(|(value, expected)| *value == expected).count();
        if (run as u64) < needed {
            return Err(format!(
                "agrees for {run} consecutive values of {name}{at}, but a formula of this shape is settled for every {name} only by {needed}"
            ));
        }
        starts.insert(start);
    }
    if starts.len() > 1 {
        return Err(format!("the consecutive values of {name} start at different integers"));
    }
    Ok(groups.into_keys().collect())
}

/// The integer that a point binds a name to.
fn integer(point: &Point, name: &str) -> Option<i64> {
    exact(point.get(name)?, &Environment::new()).ok()?.to_string().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formula::parse;

    /// Observations of no matter what truth at these (width, depth), with orders 2 in either name.
    fn gathered(places: impl IntoIterator<Item = (i64, i64)>) -> Gathered {
        let observe = |(width, depth): (i64, i64)| Observation {
            point: Point::new().with("width", Node::integer(width)).with("depth", Node::integer(depth)),
            truth: Truth::Exact(Node::integer(0)),
        };
        let extent = ["width", "depth"].map(|name| Extent { name, order: 2, because: "" }).to_vec();
        Gathered { observations: places.into_iter().map(observe).collect(), extent, ..Gathered::default() }
    }

    fn rectangle(widths: i64, depths: i64) -> Gathered {
        gathered((1..=widths).flat_map(|width| (1..=depths).map(move |depth| (width, depth))))
    }

    fn reason(formula: &str, gathered: &Gathered) -> Option<String> {
        shortfall(&parse(formula).unwrap(), Relation::Equal, gathered)
    }

    #[test]
    fn a_rectangle_settles_a_power_whose_base_holds_the_other_name() {
        // At depth 3 a polynomial in width of degree 3: 4 + 2 widths; in depth one ratio: 1 + 2 depths.
        assert_eq!(reason("(width*p)^depth", &rectangle(6, 3)), None);
        assert!(reason("(width*p)^depth", &rectangle(5, 3)).unwrap().contains("5 consecutive values of width at depth = 3"));
        assert!(reason("(width*p)^depth", &rectangle(9, 2)).unwrap().contains("2 consecutive values of depth"));
    }

    #[test]
    fn a_diagonal_settles_nothing() {
        assert!(reason("(width*p)^depth", &gathered((1..40).map(|n| (n, n)))).is_some());
    }

    #[test]
    fn a_gap_and_a_ragged_edge_settle_nothing() {
        let gap = gathered((1..=9).filter(|width| *width != 4).flat_map(|width| (1..=3).map(move |depth| (width, depth))));
        assert!(reason("(width*p)^depth", &gap).unwrap().contains("3 consecutive values of width at depth = 1"));
        let ragged = gathered((1..=3).flat_map(|depth| (depth..=12).map(move |width| (width, depth))));
        assert!(reason("(width*p)^depth", &ragged).unwrap().contains("start at different integers"));
    }

    #[test]
    fn a_name_seen_at_single_numbers_is_not_arbitrary() {
        let mut here = rectangle(6, 3);
        here.observations.iter_mut().for_each(|o| o.point = o.point.clone().at("p", "1/2"));
        assert!(reason("(width*p)^depth", &here).unwrap().contains("leaves p arbitrary"));
        assert_eq!(reason("width^depth", &here), None);
        here.observations.iter_mut().for_each(|o| o.point = o.point.clone().at("p", "a1^2 + a2^2"));
        assert_eq!(reason("(width*p)^depth", &here), None);
    }

    #[test]
    fn consecutive_integers_settle_no_inequality_and_no_shape_without_a_recurrence() {
        assert!(shortfall(&parse("width^depth").unwrap(), Relation::Below, &rectangle(9, 9)).is_some());
        assert!(reason("ln(width)*depth", &rectangle(9, 9)).unwrap().contains("no recurrence in width"));
    }

    #[test]
    fn a_domain_is_covered_only_by_points_that_leave_every_name_arbitrary() {
        let formula = parse("width^depth*p").unwrap();
        let at = |depth: &str| {
            let point = Point::new().at("depth", depth);
            Gathered {
                observations: vec![Observation { point, truth: Truth::Exact(formula.clone()) }],
                covers: Some("all"),
                ..Gathered::default()
            }
        };
        assert!(is_general(&formula, &at("layer + gap")));
        assert!(!is_general(&formula, &at("3")), "one depth is not every depth");
        assert!(!is_general(&formula, &Gathered { covers: None, ..at("layer + gap") }), "nobody says that the points are all");
        assert!(!is_general(&parse("2").unwrap(), &at("layer")), "a constant is not judged by names");
    }

    #[test]
    fn points_without_an_extent_are_left_to_the_rung() {
        let here = Gathered { extent: vec![], ..rectangle(1, 1) };
        assert_eq!(reason("ln(width)*depth", &here), None);
    }
}
