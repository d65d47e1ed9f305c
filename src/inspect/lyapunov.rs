//! How a random layer changes the typical norm: the rate at which ln ‖·‖² grows.

use crate::formula::calls::digamma_of_half;
use crate::formula::{Precision, Undefined};
use crate::network::Gate;

/// E ln χ²_width − ln 2 = ψ(width/2), or, behind a ReLU and given that a gate is open, Σ_{K ≥ 1} C(width, K) ψ(K/2) / (2^width − 1).
///
/// A layer of that many rows with Gaussian weights of variance σ² adds this plus ln 2σ² to ln ‖·‖², on average; so a variance of
/// ½ e^{−rate} keeps the typical norm.
///
/// # Errors
/// If `width` is 0.
pub fn rate(width: usize, gate: Gate) -> Result<f64, Undefined> {
    let digamma = |twice: usize| Ok::<f64, Undefined>(digamma_of_half(twice as u64, Precision(64))?.to_scaled().to_f64());
    if gate == Gate::Linear {
        return digamma(width);
    }
    // ψ(x + 1) = ψ(x) + 1/x from ψ(1/2) and ψ(1), all of one sign of step.
    let mut values = vec![digamma(1)?, digamma(2)?];
    for k in 1..width {
        values.push(values[k - 1] + 2.0 / k as f64);
    }
    let shares = open_gates(width);
    let total: f64 = shares.iter().sum();
    Ok(shares.iter().zip(&values).map(|(share, value)| share * value).sum::<f64>() / total)
}

/// C(width, K) for K = 1, …, width in units of the largest; terms below the smallest number become 0.
fn open_gates(width: usize) -> Vec<f64> {
    let middle = (width / 2).max(1);
    let mut shares = vec![1.0; width];
    for k in middle + 1..=width {
        shares[k - 1] = shares[k - 2] * (width - k + 1) as f64 / k as f64;
    }
    for k in (1..middle).rev() {
        shares[k - 1] = shares[k] * (k + 1) as f64 / (width - k) as f64;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formula::{certify, parse};
    use std::collections::BTreeMap;

    fn certified(text: &str) -> f64 {
        certify(&parse(text).unwrap(), &BTreeMap::new(), 60).unwrap().to_scaled().to_f64()
    }

    #[test]
    fn rates_are_those_of_the_written_out_formula() {
        for width in [1, 2, 3, 4, 7, 20, 41] {
            let terms: Vec<String> = (1..=width).map(|k| format!("binomial({width}, {k})*digamma({k}/2)")).collect();
            let relu = certified(&format!("({})/(2^{width} - 1)", terms.join(" + ")));
            let found = rate(width, Gate::Relu).unwrap();
            assert!((found - relu).abs() < 1e-13 * (1.0 + relu.abs()), "{width}: {found} against {relu}");
            let linear = certified(&format!("digamma({width}/2)"));
            assert!((rate(width, Gate::Linear).unwrap() - linear).abs() < 1e-15 * (1.0 + linear.abs()), "{width}");
        }
    }

    #[test]
    fn wide_layers_approach_the_expansion_at_critical_variance() {
        for width in [64, 2000, 50_000] {
            let d = width as f64;
            let linear = rate(width, Gate::Linear).unwrap() + (2.0 / d).ln();
            let relu = rate(width, Gate::Relu).unwrap() + (4.0 / d).ln();
            assert!((linear - (-1.0 / d - 1.0 / (3.0 * d * d))).abs() < 1.0 / d.powi(3), "{width}: {linear}");
            assert!((relu - (-5.0 / (2.0 * d) - 49.0 / (12.0 * d * d))).abs() < 30.0 / d.powi(3) + 1e-13, "{width}: {relu}");
        }
    }
}
