//! Gaussian layers: medians and moments of (gated) χ² laws, each on another route than the closed form's Gamma functions.

use dashu::rational::RBig;

use crate::claim::parameters::exact_number;
use crate::claim::{Gathered, Observation, Point, Truth, Unsettled};
use crate::formula::{Ball, Function, Node, Precision, Undefined, certify, parse};

/// The relative accuracy of values, in bits.
const ACCURACY: u32 = 96;
/// The working precision of recursions over a thousand widths.
const WORKING: Precision = Precision(256);

/// median ‖a^1‖² of one linear layer of Gaussian weights of variance 1/width on ‖x‖ = 1, for even widths: χ²_d/d, where χ²_d is twice
/// a sum of d/2 unit exponentials.
///
/// # Errors
/// [`Unsettled::Inconclusive`] if an enclosure does not reach its accuracy.
pub fn layer_medians(even_widths: &[i64]) -> Result<Gathered, Unsettled> {
    let observe = |width: &i64| {
        let median = Node::Call(Function::GammaMedian, vec![Node::integer(width / 2)]);
        let value = Node::integer(2) * median / Node::integer(*width);
        let point = Point::new().at("width", width).at("depth", 1).at("p", 1).at("x2", 1);
        Ok(Observation { point, truth: Truth::Enclosed(enclosed(&value, &Point::new())?) })
    };
    gathered(even_widths.iter().map(observe))
}

/// A function of E χ_d, the mean length of d independent standard normal variables, for each width d, `of` being a
/// formula in the names `length`, `width` and `p`; for p = 1/2 of E χ_K over K ~ Bin(d, 1/2), K ≥ 1.
///
/// E χ_1 = √(2/π), and E χ_d E χ_{d+1} = d: the two quotients of Gamma functions telescope.
///
/// # Errors
/// [`Unsettled::Inconclusive`] if an enclosure does not reach its accuracy.
pub fn mean_lengths(widths: impl IntoIterator<Item = u32>, p: &str, of: &str) -> Result<Gathered, Unsettled> {
    let of = parse(of).map_err(|error| Unsettled::Inconclusive(error.to_string()))?;
    let widths: Vec<u32> = widths.into_iter().collect();
    let lengths = lengths(widths.iter().copied().max().unwrap_or(1)).map_err(|error| undecided(&error))?;
    let observe = |width: u32| {
        let point = Point::new().at("width", width).at("p", p);
        let plain = point.get("p") == Some(&Node::integer(1));
        let length = if plain { Ok(lengths[width as usize - 1].clone()) } else { mixed(&lengths[..width as usize]) };
        let length = length.map_err(|error| undecided(&error))?;
        let at = |end: &RBig| enclosed(&of, &point.clone().with("length", Node::rational(end)));
        let value = at(&length.lower())?.hull(&at(&length.upper())?);
        Ok(Observation { point: point.clone(), truth: Truth::Enclosed(value) })
    };
    gathered(widths.into_iter().map(observe))
}

/// E χ_1, …, E χ_last.
fn lengths(last: u32) -> Result<Vec<Ball>, Undefined> {
    let first = parse("sqrt(2/pi())").expect("a formula");
    let mut all = vec![certify(&first, &Default::default(), 250)?];
    for d in 1..last {
        let next = Ball::from_integer(i64::from(d)).over(&all[d as usize - 1], WORKING)?;
        all.push(next);
    }
    Ok(all)
}

/// 2^−d Σ_{K≥1} C(d, K) E χ_K for d lengths.
fn mixed(lengths: &[Ball]) -> Result<Ball, Undefined> {
    let mut share = RBig::ONE / RBig::from(2).pow(lengths.len().cast_signed());
    let mut sum = Ball::zero();
    for (index, length) in lengths.iter().enumerate() {
        share = share * RBig::from(lengths.len() - index) / RBig::from(index + 1);
        sum = sum.plus(&Ball::from_rational(&share, WORKING).times(length, WORKING)?, WORKING)?;
    }
    Ok(sum)
}

/// A function of E‖D W a‖^{2n} of one layer of standard normal weights on ‖a‖ = 1 for the integer n ≥ 0 that a point binds to
/// `order`, `of` being a formula in the name `moment` and those of the point (`width`, `p`, …).
///
/// The squared entries are independent with moments p (2n − 1)!!, and the moments of their sum follow by binomial sums.
///
/// # Errors
/// [`Unsettled::Inconclusive`] if a point lacks a name or an enclosure does not reach its accuracy.
pub fn layer_moments(points: &[Point], of: &str) -> Result<Gathered, Unsettled> {
    let of = parse(of).map_err(|error| Unsettled::Inconclusive(error.to_string()))?;
    let observe = |point: &Point| {
        let number = |name: &str| {
            let value = point.get(name).and_then(|node| exact_number(node).ok());
            value.ok_or_else(|| Unsettled::Inconclusive(format!("the point has no rational {name}")))
        };
        let whole = |name: &str| Ok(usize::try_from(number(name)?.numerator().clone()).unwrap_or(0));
        let moment = layer_moment(whole("width")?, &number("p")?, whole("order")?);
        let value = enclosed(&of, &point.clone().with("moment", Node::rational(&moment)))?;
        Ok(Observation { point: point.clone(), truth: Truth::Enclosed(value) })
    };
    gathered(points.iter().map(observe))
}

/// E(z_1 + ⋯ + z_d)^n of independent z = w² with probability p, else 0, w standard normal.
fn layer_moment(width: usize, p: &RBig, order: usize) -> RBig {
    let odd = |n: usize| (1..2 * n).step_by(2).fold(RBig::ONE, |product, factor| product * RBig::from(factor));
    let one: Vec<RBig> = (0..=order).map(|n| if n == 0 { RBig::ONE } else { p * odd(n) }).collect();
    let mut none = vec![RBig::ZERO; order + 1];
    none[0] = RBig::ONE;
    let added = |sum: Vec<RBig>, _| {
        let moment = |n: usize| {
            let mut binomial = RBig::ONE;
            (0..=n).fold(RBig::ZERO, |total, k| {
                let term = &binomial * &sum[k] * &one[n - k];
                binomial = &binomial * RBig::from(n - k) / RBig::from(k + 1);
                total + term
            })
        };
        (0..=order).map(moment).collect()
    };
    let sum: Vec<RBig> = (0..width).fold(none, added);
    // The zeroth moment of a gated layer counts live layers only.
    if order == 0 { RBig::ONE - (RBig::ONE - p).pow(width.cast_signed()) } else { sum[order].clone() }
}

fn enclosed(node: &Node, point: &Point) -> Result<Ball, Unsettled> {
    certify(node, point.values(), ACCURACY).map_err(|error| undecided(&error))
}

fn undecided(error: &Undefined) -> Unsettled {
    Unsettled::Inconclusive(error.to_string())
}

fn gathered(observations: impl Iterator<Item = Result<Observation, Unsettled>>) -> Result<Gathered, Unsettled> {
    Ok(Gathered { observations: observations.collect::<Result<_, _>>()?, ..Gathered::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_of_small_layers_are_those_of_chi_squared_laws() {
        let ratio = |p: i64, q: u64| RBig::from_parts(p.into(), q.into());
        assert_eq!(layer_moment(3, &RBig::ONE, 3), ratio(3 * 5 * 7, 1));
        // Two gates: E χ²_K² over K = 1 (twice in four) and K = 2: (2·3 + 8)/4.
        assert_eq!(layer_moment(2, &ratio(1, 2), 2), ratio(14, 4));
        assert_eq!(layer_moment(3, &ratio(1, 2), 0), ratio(7, 8));
    }

    #[test]
    fn mean_lengths_of_two_and_three_normal_variables() {
        let found = lengths(3).unwrap();
        for (length, value) in found.iter().zip(["sqrt(2/pi())", "sqrt(pi()/2)", "2*sqrt(2/pi())"]) {
            assert!(length.overlaps(&certify(&parse(value).unwrap(), &Default::default(), 200).unwrap()), "{value}");
        }
        let gated = certify(&parse("(2*sqrt(2/pi()) + sqrt(pi()/2))/4").unwrap(), &Default::default(), 200).unwrap();
        assert!(mixed(&found[..2]).unwrap().overlaps(&gated));
    }
}
