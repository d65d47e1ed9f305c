//! Points that separate two formulas: witnesses, small and exact where possible.

use dashu::rational::RBig;

use crate::formula::{Dual, Environment, Node, certify, evaluate_scalar, exact};

use super::point::Point;
use super::verdict::Witness;

/// The relative accuracy at which irrational values are separated, in bits.
const ACCURACY: u32 = 96;
/// The largest coordinate that is tried.
const REACH: usize = 4;
/// The largest number of points that are tried.
const POINTS: usize = 2000;

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

/// Small exact points over the free names of two formulas: by their largest coordinate, then by their sum. All up to [`REACH`] where
/// they are few; else all of ones and twos, and larger ones scattered among the rest.
fn points(left: &Node, right: &Node) -> impl Iterator<Item = Point> {
    let names: Vec<String> = left.free_names().union(&right.free_names()).cloned().collect();
    let count = |reach: usize| u32::try_from(names.len()).ok().and_then(|n| reach.checked_pow(n)).filter(|&count| count <= POINTS);
    let all = |reach: usize, count: usize| (0..count).map(move |number| (number, reach));
    let mut points: Vec<Vec<i64>> = match (count(REACH), count(2)) {
        (Some(every), _) => all(REACH, every).map(|(number, reach)| digits(number as u64, reach, names.len())).collect(),
        (None, pairs) => {
            let pairs = pairs.unwrap_or_default();
            let scattered = (pairs..POINTS).map(|number| digits(mixed(number as u64), REACH, names.len()));
            all(2, pairs).map(|(number, reach)| digits(number as u64, reach, names.len())).chain(scattered).collect()
        }
    };
    points.sort_by_key(|p| (p.iter().max().copied(), p.iter().sum::<i64>()));
    points
        .into_iter()
        .map(move |values| names.iter().zip(values).fold(Point::new(), |point, (name, value)| point.with(name, Node::integer(value))))
}

/// The lowest digits of a number in a base, the last of them first, each one more than usual.
fn digits(number: u64, base: usize, length: usize) -> Vec<i64> {
    let base = base as u64;
    let lowest = std::iter::successors(Some(number), |rest| Some(rest / base)).map(|rest| (rest % base) as i64 + 1);
    let mut digits: Vec<i64> = lowest.take(length).collect();
    digits.reverse();
    digits
}

/// A number whose digits look like nothing (the finaliser of SplitMix64: Steele, Lea and Flood 2014).
const fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formula::parse;

    fn witness(left: &str, right: &str) -> Option<String> {
        separate(&parse(left).unwrap(), &parse(right).unwrap())
            .map(|found| format!("{}: {} {}", found.parameters, found.claimed, found.found))
    }

    #[test]
    fn the_smallest_point_that_separates_is_found() {
        assert_eq!(witness("a", "a + b - b"), None);
        assert_eq!(witness("a*b", "a + b - 1"), Some("a = 2, b = 2: 4 3".to_owned()));
        let cubic = witness("a^b", "1 + (a - 1)*b + (a - 1)*b*(b - 1)/2");
        assert_eq!(cubic.as_deref(), Some("a = 2, b = 3: 8 7"), "by the largest coordinate, then by the sum");
        assert_eq!(witness("1/(a - 1)", "2/(a - 1)"), Some("a = 2: 1 2".to_owned()), "a point without a value separates nothing");
    }

    #[test]
    fn many_names_are_told_apart_whichever_of_them_matters() {
        let names = ["a", "b", "c", "e", "f", "g", "h", "i", "j"];
        let sum = names.join(" + ");
        for name in names {
            let found = witness(&format!("{sum} + depth^(k + l)"), &format!("{sum} + depth^(k + l) + ({name} - 1)*(depth - 2)"));
            assert!(found.is_some(), "{name}");
        }
    }

    #[test]
    fn a_derivative_is_separated_where_it_differs() {
        let derivative =
            |left: &str, right: &str| separate_derivative(&parse(left).unwrap(), "x", &parse(right).unwrap()).map(|found| found.to_owned());
        assert!(derivative("x^2*y", "2*x*y").is_none());
        let found = derivative("x^3", "3*x").unwrap();
        assert_eq!((found.claimed.as_str(), found.found.as_str()), ("12", "6"));
    }
}
