//! Integrals of monotone functions between lower and upper sums.

use dashu::base::UnsignedAbs;
use dashu::integer::IBig;
use dashu::rational::RBig;

use crate::claim::{Gathered, Observation, Point, Truth, Unsettled};
use crate::formula::{Node, certify, parse};

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
