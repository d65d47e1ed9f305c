//! Roots of decreasing functions, bracketed by certified signs.

use std::cmp::Ordering;

use dashu::rational::RBig;

use crate::claim::{Gathered, Observation, Point, Truth, Unsettled};
use crate::formula::{Ball, Node, Precision, certify, parse};

/// Relative accuracy of the signs, in bits.
const ACCURACY: u32 = 16;
/// The bracket is narrowed to a relative width of 2^−60.
const STEPS: usize = 60;

/// The root of a function that decreases on the positive numbers from a positive to a negative value, in the name `name`, as a
/// bracket whose ends have certified signs.
///
/// # Errors
/// [`Unsettled::Inconclusive`] if no sign change is found between 2^−64 and 2^64, or a sign cannot be certified.
pub fn positive_root(function: &Node, name: &str) -> Result<Ball, Unsettled> {
    let sign = |x: &RBig| {
        let values = [(name.to_owned(), Node::rational(x))].into();
        let value = certify(function, &values, ACCURACY).map_err(|e| Unsettled::Inconclusive(format!("no sign at {x}: {e}")))?;
        let zero = Ball::from_rational(&RBig::ZERO, Precision(64));
        value.compare(&zero).ok_or_else(|| Unsettled::Inconclusive(format!("no sign at {x}")))
    };
    let (two, half) = (RBig::from(2), RBig::from(1) / RBig::from(2));
    let mut low = RBig::ONE;
    let mut doublings = 0;
    while sign(&low)? == Ordering::Less && doublings < 64 {
        low *= &half;
        doublings += 1;
    }
    let mut high = low.clone() * &two;
    while sign(&high)? == Ordering::Greater && doublings < 64 {
        low = high.clone();
        high *= &two;
        doublings += 1;
    }
    if doublings >= 64 {
        return Err(Unsettled::Inconclusive("no sign change between 2^-64 and 2^64".into()));
    }
    for _ in 0..STEPS {
        let middle = (&low + &high) * &half;
        match sign(&middle)? {
            Ordering::Greater => low = middle,
            Ordering::Less => high = middle,
            Ordering::Equal => return Ok(Ball::from_rational(&middle, Precision(128))),
        }
    }
    Ok(Ball::from_rational(&low, Precision(128)).hull(&Ball::from_rational(&high, Precision(128))))
}

/// The root in `name` of a decreasing function, given as text, at every point.
///
/// # Errors
/// As [`positive_root`].
pub fn roots(points: &[Point], function: &str, name: &str) -> Result<Gathered, Unsettled> {
    let function = parse(function).map_err(|error| Unsettled::Inconclusive(error.to_string()))?;
    let observe = |point: &Point| {
        let root = positive_root(&point.bind(function.clone()), name)?;
        Ok(Observation { point: point.clone(), truth: Truth::Enclosed(root) })
    };
    Ok(Gathered { observations: points.iter().map(observe).collect::<Result<_, _>>()?, ..Gathered::default() })
}

/// Every point with the truth of the next one: what a claim of monotony is judged by.
#[must_use]
pub fn against_next(gathered: Gathered) -> Gathered {
    let truths: Vec<Truth> = gathered.observations.iter().skip(1).map(|observation| observation.truth.clone()).collect();
    let pair = |(observation, truth): (Observation, Truth)| Observation { truth, ..observation };
    Gathered { observations: gathered.observations.into_iter().zip(truths).map(pair).collect(), ..Gathered::default() }
}
