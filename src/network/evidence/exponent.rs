//! The typical growth of ln ‖·‖² per layer under any law of the weights, given that the net lives: a low-variance estimator.
//!
//! Every weight is a quantile transform of a standard normal variable, so each layer W has a Gaussian twin Z made of the same draws. With
//! u the state before the layer, ln ‖D Z u‖² − ln ‖u‖² has the mean E ln χ²_d (gated, given that a gate is open) whatever u is, exactly;
//! the mean over layers of ln ‖D W u‖² less c times the twin's deviation from it is the exponent for any c, and c is set by a pilot.
//!
//! Atomless weights: the signs of W u are independent of the magnitudes, so the gates are drawn as coins of which one at least is heads,
//! the same for both twins. Laws with atoms can also die through ties: then dead chains are replaced by live ones with their history.

use rand::{Rng, RngExt};
use rand_distr::{Distribution, StandardNormal};
use statrs::function::erf::erf;

use super::Net;
use crate::claim::{Context, Gathered, Unsettled};
use crate::formula::calls::{gated_log_chi_square_cumulant, log_chi_square_cumulant};
use crate::formula::{Precision, Scaled};
use crate::network::{Gate, Law};
use crate::sampled::streams::Generator;
use crate::sampled::{self, Case};

/// Chains that share a replicate.
const CHAINS: usize = 64;
/// Layers before the state has forgotten its input.
const WARMING: usize = 48;
/// Layers of the pilot, per chain.
const PILOT: usize = 64;
/// The relative variance of one layer's growth at critical variance that plans assume of laws without a useful twin.
const SPREAD: f64 = 6.0;

/// lim (1/L) E ln ‖a^L‖² over live nets by replicates with Gaussian control variates, asymptotic grade. Depth and input of the nets do
/// not matter. Gaussian nets are observed without the control, which would be themselves.
///
/// # Errors
/// If no plan fits.
pub fn exponents(context: &Context, nets: &[Net]) -> Result<Gathered, Unsettled> {
    let case = |net: &Net| {
        let exponent = Exponent::of(net)?;
        // A normal variable takes about five random words.
        let cost = 12 * (net.width * net.width) as u64 + 64;
        let guess = match exponent.law {
            Law::Uniform(_) => SPREAD / 8.0,
            law if law.is_atomless() => SPREAD,
            // Chains that replace dead ones share the history of their parents.
            _ => SPREAD * CHAINS as f64 / 2.0,
        };
        Ok(Case { point: net.point(), configuration: net.configuration(), setting: exponent, cost, guess })
    };
    let cases = nets.iter().map(case).collect::<Result<Vec<_>, Unsettled>>()?;
    sampled::replicate_means(context, &cases, Exponent::run)
}

/// The setting of an estimate.
#[derive(Clone, Debug)]
pub struct Exponent {
    width: usize,
    law: Law,
    gate: Gate,
    /// E ln χ²_d, gated.
    mean: f64,
}

/// One layer of every chain: the growths of ln ‖·‖² and of the twin's, `None` where the chain died.
struct Chains {
    states: Vec<Vec<f64>>,
    weights: Vec<f64>,
}

impl Exponent {
    /// The estimate for that net's width, law and gate.
    ///
    /// # Errors
    /// If the exact mean of the twin cannot be evaluated.
    pub fn of(net: &Net) -> Result<Self, Unsettled> {
        let cumulant = if net.gate == Gate::Linear { log_chi_square_cumulant } else { gated_log_chi_square_cumulant };
        let mean = cumulant(net.width as u64, 1, Precision(64)).map_err(|error| Unsettled::Inconclusive(error.to_string()))?;
        Ok(Exponent { width: net.width, law: net.law(), gate: net.gate, mean: mean.to_scaled().to_f64() })
    }

    /// One replicate: the mean growth over about `layers` layers.
    ///
    /// # Errors
    /// If every chain died.
    pub fn run(&self, generator: &mut Generator, layers: u64) -> Result<Scaled, String> {
        let mut chains = Chains { states: vec![self.start(); CHAINS], weights: vec![0.0; self.width * self.width] };
        let share = if matches!(self.law, Law::Gaussian(_)) { 0.0 } else { self.pilot(&mut chains, generator)? };
        let layers = (layers as usize).div_ceil(CHAINS);
        let mut sums = vec![0.0; CHAINS];
        for layer in 0..WARMING + layers {
            let grown = self.layer(&mut chains, &mut sums, generator)?;
            if layer < WARMING {
                sums.fill(0.0);
                continue;
            }
            for (sum, (own, twin)) in sums.iter_mut().zip(grown) {
                *sum += own - share * (twin - self.mean);
            }
        }
        Ok(Scaled::from(sums.iter().sum::<f64>() / (CHAINS * layers) as f64))
    }

    fn start(&self) -> Vec<f64> {
        (0..self.width).map(|index| 1.0 / (index + 1) as f64).collect()
    }

    /// The share of the twin's deviation that goes with one's own: the slope of the regression.
    fn pilot(&self, chains: &mut Chains, generator: &mut Generator) -> Result<f64, String> {
        let mut unused = vec![0.0; CHAINS];
        let mut pairs = Vec::with_capacity(CHAINS * PILOT);
        for _ in 0..PILOT {
            pairs.extend(self.layer(chains, &mut unused, generator)?);
        }
        let count = pairs.len() as f64;
        let mean = pairs.iter().map(|(own, _)| own).sum::<f64>() / count;
        let (mut product, mut square) = (0.0, 0.0);
        for (own, twin) in pairs {
            product += (own - mean) * (twin - self.mean);
            square += (twin - self.mean).powi(2);
        }
        Ok(product / square)
    }

    /// Carries every chain through a layer of its own; those that die are replaced by live ones, with their sums.
    fn layer(&self, chains: &mut Chains, sums: &mut [f64], generator: &mut Generator) -> Result<Vec<(f64, f64)>, String> {
        let mut grown = Vec::with_capacity(CHAINS);
        let mut dead = vec![];
        for (index, state) in chains.states.iter_mut().enumerate() {
            let (next, own, twin) = self.step(state, &mut chains.weights, generator);
            match next {
                Some(next) => *state = next,
                None => dead.push(index),
            }
            grown.push((own, twin));
        }
        if dead.len() == CHAINS {
            return Err("every chain died".to_owned());
        }
        for &index in &dead {
            let parent = loop {
                let candidate = generator.random_range(0..CHAINS);
                if !dead.contains(&candidate) {
                    break candidate;
                }
            };
            chains.states[index] = chains.states[parent].clone();
            (grown[index], sums[index]) = (grown[parent], sums[parent]);
        }
        Ok(grown)
    }

    /// One layer from a unit state: the next unit state (`None` if dead) and the growths of own and twin.
    fn step(&self, state: &[f64], weights: &mut [f64], generator: &mut Generator) -> (Option<Vec<f64>>, f64, f64) {
        let gates = self.gates(generator);
        weights.iter_mut().for_each(|z| *z = StandardNormal.sample(generator));
        let (mut next, mut twin) = (Vec::with_capacity(self.width), 0.0);
        for (row, &open) in weights.chunks_exact(self.width).zip(&gates) {
            let (mut h, mut g) = (0.0, 0.0);
            for (z, a) in row.iter().zip(state) {
                h += quantile(self.law, *z) * a;
                g += z * a;
            }
            twin += if open { g * g } else { 0.0 };
            next.push(match self.gate {
                Gate::Relu if self.law.is_atomless() => f64::from(u8::from(open)) * h.abs(),
                gate => gate.apply(h),
            });
        }
        let square: f64 = next.iter().map(|a| a * a).sum();
        if square == 0.0 {
            return (None, 0.0, twin.ln());
        }
        let scale = square.sqrt().recip();
        next.iter_mut().for_each(|a| *a *= scale);
        (Some(next), square.ln(), twin.ln())
    }

    /// Which gates are open: independent coins, one at least heads; all of a linear layer.
    fn gates(&self, generator: &mut Generator) -> Vec<bool> {
        loop {
            let word = generator.next_u64();
            let coins = |index: usize| self.gate == Gate::Linear || if index < 64 { word >> index & 1 == 1 } else { generator.random() };
            let gates: Vec<bool> = (0..self.width).map(coins).collect();
            if gates.contains(&true) {
                return gates;
            }
        }
    }
}

/// The weight with the same probability below it as a standard normal z has.
fn quantile(law: Law, z: f64) -> f64 {
    match law {
        Law::Uniform(half_width) => half_width * erf(z * std::f64::consts::FRAC_1_SQRT_2),
        Law::Gaussian(deviation) => deviation * z,
        Law::Rademacher(magnitude) => magnitude.copysign(z),
        Law::ThreePoint { magnitude, occupancy } => {
            let outer = erf(z.abs() * std::f64::consts::FRAC_1_SQRT_2) > 1.0 - occupancy;
            if outer { magnitude.copysign(z) } else { 0.0 }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sampled::{Streams, replicates};

    fn estimate(net: Net, replicates: u64, layers: u64) -> Vec<Scaled> {
        let exponent = Exponent::of(&net).unwrap();
        let streams = Streams::keyed(1, "exponent", &net.configuration());
        streams.map_chunks(replicates, 1, |generator, _| exponent.run(generator, layers).unwrap())
    }

    #[test]
    fn a_chain_of_uniform_weights_has_the_exponent_that_its_integral_says() {
        // Width 1: E ln w² = 2(ln τ − 1) for w uniform on [−τ, τ].
        let found = replicates::interval(&estimate(Net::new(1, 1, "uniform:2", Gate::Linear), 64, 6_400), 1e-6, 1.0).unwrap();
        let exact = 2.0 * (2f64.ln() - 1.0);
        assert!(found.low.to_f64() < exact && exact < found.high.to_f64(), "{found:?}");
        assert!((found.high - found.low).to_f64() < 0.03);
    }

    #[test]
    fn relu_nets_of_width_4_reach_a_relative_error_of_a_thousandth_in_eight_million_layers() {
        let all = estimate(Net::new(4, 1, "he-uniform", Gate::Relu), 64, 120_000);
        let found = replicates::interval(&all, 0.05, 1.0).unwrap();
        let half = ((found.high - found.low) / found.estimate).to_f64().abs() / 2.0;
        assert!(half < 1e-3, "relative half-width {half:e} of {}", found.estimate);
        // Without the control the same layers leave a wider interval.
        let plain = replicates::interval(&estimate(Net::new(4, 1, "he-gaussian", Gate::Relu), 64, 120_000), 0.05, 1.0).unwrap();
        assert!((plain.high - plain.low) > (found.high - found.low) * Scaled::from(1.5));
    }

    #[test]
    fn chains_of_laws_with_atoms_go_on_after_ties() {
        for law in ["rademacher:1", "three-point:1,1/2"] {
            for gate in [Gate::Linear, Gate::Relu] {
                let all = estimate(Net::new(2, 1, law, gate), 64, 640);
                assert!(all.iter().all(|x| x.to_f64().is_finite() && x.to_f64().abs() < 3.0), "{law}: {all:?}");
            }
        }
    }
}
