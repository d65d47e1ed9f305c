//! Mean logarithms of chi-squared variables of even degree, between rational bounds.

use dashu::rational::RBig;

use crate::claim::{Gathered, Observation, Point, Truth, Unsettled};
use crate::formula::{Node, Precision, certify, parse};

/// 1/(2(n+1)) < H_n − ln n − γ < 1/(2n): the enclosure of γ is 2^−25 wide.
const TERMS: u32 = 1 << 12;

/// `of`, a text in `width` and `mean_log` = E ln χ²_width, at even widths. χ²_{2n}/2 is a sum of n unit exponential variables:
/// E ln of one of them is −γ, and integration by parts adds 1/n from n to n + 1. γ lies between H_N − ln N − 1/(2N) and
/// H_N − ln N − 1/(2(N+1)).
///
/// # Errors
/// [`Unsettled::Inconclusive`] if the text cannot be read or has no value.
pub fn mean_logarithms(widths: &[u32], of: &str) -> Result<Gathered, Unsettled> {
    let unclear = |reason: String| Unsettled::Inconclusive(reason);
    let body = parse(of).map_err(|error| unclear(error.to_string()))?;
    let log = parse("ln(2) - (harmonic - ln(terms) - gap) + sum").map_err(|error| unclear(error.to_string()))?;
    let harmonic = |n: u32| (1..=n).fold(RBig::ZERO, |sum, k| sum + RBig::ONE / RBig::from(k));
    let whole = Node::rational(&harmonic(TERMS));
    let observe = |width: &u32| {
        let end = |gap: u32| {
            let values = Point::new()
                .with("harmonic", whole.clone())
                .with("terms", Node::integer(TERMS.into()))
                .with("gap", Node::integer(1) / Node::integer(i64::from(2 * gap)))
                .with("sum", Node::rational(&harmonic(width / 2 - 1)));
            let node = body.clone().given("width", Node::integer((*width).into())).given("mean_log", values.bind(log.clone()));
            certify(&node, &Default::default(), 64).map_err(|error| unclear(format!("width {width}: {error}")))
        };
        let enclosed = end(TERMS)?.hull(&end(TERMS + 1)?).rounded(Precision(64));
        Ok(Observation { point: Point::new().with("width", Node::integer((*width).into())), truth: Truth::Enclosed(enclosed) })
    };
    Ok(Gathered { observations: widths.iter().map(observe).collect::<Result<_, _>>()?, ..Gathered::default() })
}
