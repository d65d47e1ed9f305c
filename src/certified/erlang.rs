//! Sums of unit exponentials: tails by layer-wise exact integration, medians by verified brackets.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use dashu::rational::RBig;
use rayon::prelude::*;

use crate::claim::{Gathered, Observation, Point, Truth, Unsettled};
use crate::formula::{Ball, Function, Node, Undefined, certify, parse};

use super::roots::positive_root;

/// The relative accuracy of medians, in bits: far below the differences that the claims about them turn on.
const ACCURACY: u32 = 96;

/// Enclosures of the median of Gamma(L, 1) for every L of `depths`, each a bracket of two certified tails.
///
/// # Errors
/// [`Unsettled::Inconclusive`] if an enclosure does not reach its accuracy.
pub fn gamma_medians(depths: impl IntoIterator<Item = i64>) -> Result<Gathered, Unsettled> {
    let depths: Vec<i64> = depths.into_iter().collect();
    let observe = |&depth: &i64| {
        // The median of one exponential is ln 2 exactly: an equality that no enclosure can show.
        let truth = match depth {
            1 => Truth::Exact(Node::Call(Function::Ln, vec![Node::integer(2)])),
            _ => Truth::Enclosed(gamma_median(depth).map_err(|e| Unsettled::Inconclusive(e.to_string()))?),
        };
        Ok(Observation { point: Point::new().with("depth", Node::integer(depth)), truth })
    };
    let observations = depths.par_iter().map(observe).collect::<Result<_, _>>()?;
    Ok(Gathered { observations, ..Gathered::default() })
}

/// The enclosed median of Gamma(depth, 1); several claims ask for the same ones, so they are kept.
fn gamma_median(depth: i64) -> Result<Ball, Undefined> {
    type Median = Arc<OnceLock<Result<Ball, Undefined>>>;
    static KNOWN: Mutex<BTreeMap<i64, Median>> = Mutex::new(BTreeMap::new());
    let cell = Arc::clone(KNOWN.lock().unwrap_or_else(PoisonError::into_inner).entry(depth).or_default());
    let median = || certify(&Node::Call(Function::GammaMedian, vec![Node::integer(depth)]), &BTreeMap::new(), ACCURACY);
    cell.get_or_init(median).clone()
}

/// P(E_1 + ⋯ + E_L > x) for unit exponentials, as a tree in the name `x`, by integrating layer after layer: it is e^{−x} q_L(x)
/// with q_1 = 1 and q_{L+1}(x) = 1 + ∫_0^x q_L, because the tail of E + S at x is e^{−x} + ∫_0^x e^{−(x−s)} P(S > s) ds.
fn layered_tail(depth: usize) -> Node {
    let mut coefficients = vec![RBig::ONE];
    for _ in 1..depth {
        let integral = coefficients.iter().zip(1u32..).map(|(c, power)| c / RBig::from(power));
        coefficients = std::iter::once(RBig::ONE).chain(integral).collect();
    }
    let x = || Node::name("x");
    let polynomial = coefficients.iter().rev().map(Node::rational).reduce(|sum, coefficient| coefficient + x() * sum);
    Node::Call(Function::Exp, vec![-x()]) * polynomial.unwrap_or_else(|| Node::integer(0))
}

/// Exact distribution functions P(|v| ≤ at) of chains of `depth` factors from U[−tau, tau] at the given (tau, depth, at), where
/// 0 < at < tau^depth, each by layer-wise integration.
///
/// # Errors
/// [`Unsettled::Inconclusive`] if an enclosure does not reach its accuracy.
pub fn layered_cdf(cases: &[(&str, usize, &str)]) -> Result<Gathered, Unsettled> {
    let observe = |&(tau, depth, at): &(&str, usize, &str)| {
        let point = Point::new().at("tau", tau).at("depth", depth).at("at", at);
        let exponent = Point::new().at("x", format!("{depth}*ln({tau}) - ln({at})"));
        let value = certify(&layered_tail(depth), exponent.values(), ACCURACY).map_err(|e| Unsettled::Inconclusive(e.to_string()))?;
        Ok(Observation { point, truth: Truth::Enclosed(value) })
    };
    Ok(Gathered { observations: cases.iter().map(observe).collect::<Result<_, _>>()?, ..Gathered::default() })
}

/// Enclosures of a function of values of the distribution function of |v| for chains at the given points: the tree `of` in the names of
/// each point and those of `values`, each a name and an argument in (0, tau^depth), by layer-wise integration.
///
/// # Errors
/// [`Unsettled::Inconclusive`] if an enclosure does not reach its accuracy.
pub fn layered_probabilities(points: &[Point], values: &[(&str, &str)], of: &str) -> Result<Gathered, Unsettled> {
    let unclear = |reason: String| Unsettled::Inconclusive(reason);
    let read = |text: &str| parse(text).map_err(|e| unclear(e.to_string()));
    let of = read(of)?;
    let observe = |point: &Point| {
        let tail = layered_tail(depth(point));
        let mut node = of.clone();
        for (name, at) in values {
            let exponent = read(&format!("depth*ln(tau) - ln({at})"))?;
            node = node.replace_name(name, &tail.replace_name("x", &exponent));
        }
        let value = certify(&node, point.values(), ACCURACY).map_err(|e| unclear(e.to_string()))?;
        Ok(Observation { point: point.clone(), truth: Truth::Enclosed(value) })
    };
    Ok(Gathered { observations: points.par_iter().map(observe).collect::<Result<_, _>>()?, ..Gathered::default() })
}

/// The same observations at points that are `layers` deeper: what a chain of the remaining layers tells of the whole one.
#[must_use]
pub fn deeper(gathered: Gathered, layers: usize) -> Gathered {
    let shift = |observation: Observation| Observation {
        point: observation.point.clone().with("depth", Node::rational(&(depth(&observation.point) + layers).into())),
        ..observation
    };
    Gathered { observations: gathered.observations.into_iter().map(shift).collect(), ..gathered }
}

fn depth(point: &Point) -> usize {
    point.get("depth").and_then(|depth| depth.to_string().parse().ok()).unwrap_or(1)
}

/// Enclosures of a function of the median of Gamma(L, 1), the tree `of` in the names `median` and those of each point; the
/// median is bracketed by the signs of the layer-wise tail minus one half.
///
/// # Errors
/// [`Unsettled::Inconclusive`] if a bracket or enclosure cannot be certified.
pub fn layered_medians(points: &[Point], of: &str) -> Result<Gathered, Unsettled> {
    let of = parse(of).map_err(|e| Unsettled::Inconclusive(e.to_string()))?;
    let half = Node::integer(1) / Node::integer(2);
    let observe = |point: &Point| {
        let median = positive_root(&(layered_tail(depth(point)) - half.clone()), "x")?;
        let at = |end: RBig| {
            let values = point.clone().with("median", Node::rational(&end));
            certify(&of, values.values(), ACCURACY).map_err(|e| Unsettled::Inconclusive(e.to_string()))
        };
        Ok(Observation { point: point.clone(), truth: Truth::Enclosed(at(median.lower())?.hull(&at(median.upper())?)) })
    };
    Ok(Gathered { observations: points.par_iter().map(observe).collect::<Result<_, _>>()?, ..Gathered::default() })
}
