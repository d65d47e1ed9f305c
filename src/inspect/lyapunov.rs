//! How a random layer changes the typical norm: the rate at which ln ‖·‖² grows.

use crate::formula::calls::{gated_log_chi_square_cumulant, ln_two, log_chi_square_cumulant};
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
    let cumulant = if gate == Gate::Linear { log_chi_square_cumulant } else { gated_log_chi_square_cumulant };
    let precision = Precision(96);
    Ok(cumulant(width as u64, 1, precision)?.minus(&ln_two(precision), precision)?.to_scaled().to_f64())
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
