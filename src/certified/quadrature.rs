//! Integrals of monotone functions between lower and upper sums.

use dashu::base::UnsignedAbs;
use dashu::integer::IBig;
use dashu::rational::RBig;
use rayon::prelude::*;

use crate::claim::{Gathered, Observation, Point, Truth, Unsettled};
use crate::formula::{Ball, Node, Precision, certify, parse};

/// The number of cells, chosen so that the enclosure is relatively narrower than 2^−11.
const CELLS: u32 = 1 << 15;

/// exp(E ln|w|) for w uniform on [−tau, tau], in the name `tau`.
///
/// With n equal cells of (0, 1), U = (1/n) Σ_{i=1}^n ln(i/n) = (1/n) ln(n!/n^n) is the upper sum of the increasing ln u, and also,
/// shifted by one cell, the lower sum over (1/n, 1), because ln 1 = 0. On the first cell −ln u ≤ (8/e) u^{−1/8} (from ln t ≤ t/e), whose
/// integral is (64/(7e)) n^{−7/8}. So E ln u lies in [U − (64/(7e)) n^{−7/8}, U].
///
/// # Errors
/// [`Unsettled::Inconclusive`] if an enclosure does not reach its accuracy.
pub fn geometric_means(taus: &[&str]) -> Result<Gathered, Unsettled> {
    let factorial = (1..=CELLS).fold(IBig::ONE, |product, i| product * i);
    let upper = Node::Number(RBig::from(factorial.unsigned_abs()));
    let text = format!("ln(factorial)/{CELLS} - ln({CELLS})");
    let bound = |text: &str, tau: &str| {
        let node = parse(text).map_err(|error| Unsettled::Inconclusive(error.to_string()))?;
        let values = Point::new().at("tau", tau).with("factorial", upper.clone());
        certify(&node, values.values(), 64).map_err(|error| Unsettled::Inconclusive(error.to_string()))
    };
    let observe = |tau: &&str| {
        let high = bound(&format!("tau*exp({text})"), tau)?;
        let low = bound(&format!("tau*exp({text} - 64/7*exp(-1 - 7/8*ln({CELLS})))"), tau)?;
        Ok(Observation { point: Point::new().at("tau", tau), truth: Truth::Enclosed(low.hull(&high)) })
    };
    Ok(Gathered { observations: taus.iter().map(observe).collect::<Result<_, _>>()?, ..Gathered::default() })
}

/// E ln w² for w uniform on [−tau, tau], the rate of nets of one unit, linear or alive, from [`geometric_means`].
///
/// # Errors
/// As [`geometric_means`].
pub fn uniform_rates(taus: &[&str]) -> Result<Gathered, Unsettled> {
    let settle = |error: String| Unsettled::Inconclusive(error);
    let text = |text: &str| parse(text).map_err(|error| settle(error.to_string()));
    let double = text("2*ln(mean)")?;
    let observe = |(Observation { truth, .. }, tau): (&Observation, &&str)| {
        let Truth::Enclosed(mean) = truth else { return Err(settle("a mean has no enclosure".to_owned())) };
        let end = |end: &RBig| {
            let values = Point::new().with("mean", Node::rational(end));
            certify(&double, values.values(), 64).map_err(|error| settle(error.to_string()))
        };
        let rate = end(&mean.lower())?.hull(&end(&mean.upper())?);
        let variance = text(tau)?.power(Node::integer(2)) / Node::integer(3);
        let point = Point::new().at("width", 1).at("kurtosis", "9/5").with("variance", variance);
        Ok(["1", "1/2"].map(|p| Observation { point: point.clone().at("p", p), truth: Truth::Enclosed(rate.clone()) }))
    };
    let means = geometric_means(taus)?.observations;
    let observations: Vec<[Observation; 2]> = means.iter().zip(taus).map(observe).collect::<Result<_, Unsettled>>()?;
    Ok(Gathered { observations: observations.into_iter().flatten().collect(), ..Gathered::default() })
}

/// The number of cells of [`weighted`]: increasing factors that vary by less than half over the range stay below 2^−10.
const WEIGHTED_CELLS: u32 = 1 << 12;

/// ∫ g dF between the values of two names of every point, for F and g that both increase, each a text in the name `along` and
/// the names of the point: on every cell g lies between its ends, so the sums of ΔF times lower and upper ends enclose it. The cells
/// have equal widths.
///
/// # Errors
/// [`Unsettled::Inconclusive`] if a text cannot be read or an enclosure does not reach its accuracy.
pub fn weighted(points: &[Point], weight: &str, factor: &str, along: &str, (from, to): (&str, &str)) -> Result<Gathered, Unsettled> {
    let settle = |error: String| Unsettled::Inconclusive(error);
    let read = |text: &str| parse(text).map_err(|error| settle(error.to_string()));
    let (weight, factor) = (read(weight)?, read(factor)?);
    let precision = Precision(96);
    let observe = |point: &Point| {
        let end = |name: &str| point.get(name).cloned().ok_or_else(|| settle(format!("{name} has no value")));
        let (start, width) = (end(from)?, end(to)? - end(from)?);
        let at = |cell: u32| {
            let place = start.clone() + width.clone() * Node::integer(cell.into()) / Node::integer(WEIGHTED_CELLS.into());
            let point = point.clone().with(along, place);
            let value = |node: &Node| certify(node, point.values(), 72).map_err(|error| settle(error.to_string()));
            Ok((value(&weight)?, value(&factor)?))
        };
        let ends = (0..=WEIGHTED_CELLS).into_par_iter().map(at).collect::<Result<Vec<_>, Unsettled>>()?;
        let cell = |sum: Ball, pair: &[(Ball, Ball)]| {
            let step = pair[1].0.minus(&pair[0].0, precision)?;
            sum.plus(&step.times(&pair[0].1.hull(&pair[1].1), precision)?, precision)
        };
        let sum = ends.windows(2).try_fold(Ball::zero(), cell).map_err(|error| settle(error.to_string()))?;
        Ok(Observation { point: point.clone(), truth: Truth::Enclosed(sum) })
    };
    Ok(Gathered { observations: points.iter().map(observe).collect::<Result<_, _>>()?, ..Gathered::default() })
}
