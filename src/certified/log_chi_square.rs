//! Means and variances of ln χ², plain or gated, on other routes than polygamma functions.

use dashu::rational::RBig;

use super::product::Product;
use crate::claim::{Gathered, Observation, Point, Truth, Unsettled};
use crate::formula::{Ball, Function, Node, Precision, Undefined, certify, parse};

/// The relative accuracy of values, in bits.
const ACCURACY: u32 = 96;
/// The working precision of recursions.
const WORKING: Precision = Precision(256);
/// Moments are taken at the orders ±2^−TINY.
const TINY: isize = 40;

/// A function of E ln X, the formula `of` in the name `log_mean` and those of each point, X gated by coins of bias `p` and alive.
///
/// K(q) = ln E X^q is convex and K(0) = 0, so K(−q)/(−q) ≤ E ln X = K'(0) ≤ K(q)/q for every q > 0.
///
/// # Errors
/// [`Unsettled::Inconclusive`] if a point lacks a name or an enclosure does not reach its accuracy.
pub fn log_means(points: &[Point], of: &str) -> Result<Gathered, Unsettled> {
    observed(points, of, "log_mean", |point| {
        let width = || point.get("width").cloned().unwrap_or_else(|| Node::name("width"));
        let share = || point.get("p").cloned().unwrap_or_else(|| Node::name("p"));
        let alive = || Node::integer(1) - (Node::integer(1) - share()).power(width());
        let end = |order: Node| {
            let moment = Node::Call(Function::ChiSquareMoment, vec![width(), share(), order.clone()]);
            certify(&(Node::Call(Function::Ln, vec![moment / alive()]) / order), &Default::default(), ACCURACY)
        };
        let order = Node::rational(&(RBig::ONE / RBig::from(2).pow(TINY)));
        Ok(end(-order.clone())?.hull(&end(order)?))
    })
}

/// A function of Var ln X, the formula `of` in the name `log_variance` and those of each point, by the law of total variance: that of
/// ln χ²_K is π²/2 for K = 1, π²/6 for K = 2 and falls by 4/K² from K to K + 2; its mean rises by 2/K, and by 2 ln 2 from 1 to 2.
///
/// # Errors
/// As [`log_means`].
pub fn log_variances(points: &[Point], of: &str) -> Result<Gathered, Unsettled> {
    observed(points, of, "log_variance", |point| {
        let product = Product::at(&point.clone().at("depth", 1)).map_err(|_| Undefined::OutOfDomain("a point is no layer".into()))?;
        total_variance(product.width, product.gated)
    })
}

fn total_variance(width: usize, gated: bool) -> Result<Ball, Undefined> {
    let known = |text: &str| certify(&parse(text).expect("a formula"), &Default::default(), 250);
    let ratio = |top: u64, bottom: usize| Ball::from_rational(&(RBig::from(top) / RBig::from(bottom)), WORKING);
    let (mut means, mut variances) = (vec![Ball::zero(), known("2*ln(2)")?], vec![known("pi()^2/2")?, known("pi()^2/6")?]);
    for k in 1..width.saturating_sub(1) {
        means.push(means[k - 1].plus(&ratio(2, k), WORKING)?);
        variances.push(variances[k - 1].minus(&ratio(4, k * k), WORKING)?);
    }
    if !gated {
        return Ok(variances[width - 1].clone());
    }
    let mut share = RBig::ONE / (RBig::from(2).pow(width as isize) - RBig::ONE);
    let (mut mean, mut square, mut within) = (Ball::zero(), Ball::zero(), Ball::zero());
    for k in 1..=width {
        share = share * RBig::from(width - k + 1) / RBig::from(k);
        let weight = Ball::from_rational(&share, WORKING);
        let own = &means[k - 1];
        mean = mean.plus(&weight.times(own, WORKING)?, WORKING)?;
        square = square.plus(&weight.times(&own.raised(2, WORKING)?, WORKING)?, WORKING)?;
        within = within.plus(&weight.times(&variances[k - 1], WORKING)?, WORKING)?;
    }
    within.plus(&square.minus(&mean.raised(2, WORKING)?, WORKING)?, WORKING)
}

fn observed(points: &[Point], of: &str, name: &str, find: impl Fn(&Point) -> Result<Ball, Undefined>) -> Result<Gathered, Unsettled> {
    let undecided = |error: Undefined| Unsettled::Inconclusive(error.to_string());
    let of = parse(of).map_err(|error| Unsettled::Inconclusive(error.to_string()))?;
    let observe = |point: &Point| {
        let found = find(point).map_err(undecided)?;
        let at = |end: &RBig| certify(&of, point.clone().with(name, Node::rational(end)).values(), ACCURACY).map_err(undecided);
        Ok(Observation { point: point.clone(), truth: Truth::Enclosed(at(&found.lower())?.hull(&at(&found.upper())?)) })
    };
    Ok(Gathered { observations: points.iter().map(observe).collect::<Result<_, Unsettled>>()?, ..Gathered::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variance_of_a_mixture_is_that_within_and_that_between() {
        // Width 2: K = 1 twice in three, K = 2 once: means apart by 2 ln 2.
        let expected = "2/3*pi()^2/2 + pi()^2/18 + 2/9*(2*ln(2))^2";
        let expected = certify(&parse(expected).unwrap(), &Default::default(), 200).unwrap();
        assert!(total_variance(2, true).unwrap().overlaps(&expected));
        let three = certify(&parse("pi()^2/2 - 4").unwrap(), &Default::default(), 200).unwrap();
        assert!(total_variance(3, false).unwrap().overlaps(&three));
    }

    #[test]
    fn means_between_tiny_orders_are_narrow_and_right() {
        let point = Point::new().at("width", 2).at("p", 1);
        let found = log_means(&[point], "log_mean").unwrap();
        let Truth::Enclosed(mean) = &found.observations[0].truth else { panic!("an enclosure") };
        // E ln χ²_2 = ln 2 − γ
        assert!((mean.to_scaled().to_f64() - 0.115_931_515_658_412_45).abs() < 1e-12);
        assert!(mean.accuracy().is_some_and(|bits| bits > 30));
    }
}
