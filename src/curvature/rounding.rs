//! How far the engine's numbers may lie from exact ones, by counting roundings beforehand.
//!
//! With the gates given, everything that a pass computes under the squared error is a sum of products of weights, inputs and targets.
//! A computed sum of products is off by at most γ_m times the same sum with absolute values, γ_m = m u/(1 − m u), u = 2^−53, where no
//! product goes through more than m roundings; this holds in whatever order sums are taken, fused or not (Higham, *Accuracy and Stability
//! of Numerical Algorithms*, 2nd edition, sections 3.1 and 3.4). The same program finds that sum from the absolute values: of weights and
//! inputs, and of targets with the sign that f − y turns. Powers of two are exact; numbers that underflow are not covered.

use super::loss::Loss;
use super::network::{Data, Layer, Network};
use super::pass::Pass;
use super::symmetric::Uncertain;
use crate::network::{Gate, NetworkError};

/// u, the largest relative error of one rounding.
const UNIT: f64 = f64::EPSILON / 2.0;

/// 2γ_m: the bound in units of a computed majorant, which may itself fall short of the exact one, by less than half.
#[must_use]
pub fn allowance(roundings: usize) -> f64 {
    let share = roundings as f64 * UNIT;
    2.0 * share / (1.0 - share)
}

/// The absolute values of a net and its data.
#[derive(Clone, Debug)]
pub struct Majorant {
    network: Network,
    data: Data,
}

impl Majorant {
    /// That of a net and its data.
    ///
    /// # Errors
    /// None that the net and its data did not have.
    pub fn of(network: &Network, data: &Data) -> Result<Self, NetworkError> {
        let absolute = |numbers: &[f64]| numbers.iter().map(|x| x.abs()).collect::<Vec<f64>>();
        let layers = network.layers().iter().map(|layer| Layer {
            weights: absolute(&layer.weights),
            biases: layer.biases.as_deref().map(absolute),
            ..layer.clone()
        });
        let network = Network::new(layers.collect())?;
        let targets = data.targets().iter().map(|y| -y.abs()).collect();
        let data = Data::new(&network, data.count(), absolute(data.inputs()), targets)?;
        Ok(Majorant { network, data })
    }

    /// Both passes on the absolute values, through the gates of `pass`.
    ///
    /// # Errors
    /// If candle fails.
    pub fn pass(&self, pass: &Pass<'_>) -> Result<Pass<'_>, NetworkError> {
        Pass::through(pass.device(), &self.network, &self.data, Loss::SquaredError, Some(&pass.gates))
    }
}

/// The most roundings that a product goes through in the numbers of a pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Roundings {
    forward: usize,
    backward: usize,
    widest: usize,
    samples: usize,
}

impl Roundings {
    /// Of a net at that many samples.
    ///
    /// A layer's inner products take as many roundings as it has columns (rows, backwards), and two for a bias and for the sum of a
    /// product rule.
    #[must_use]
    pub fn of(network: &Network, samples: usize) -> Self {
        let sum = |size: fn(&Layer) -> usize| network.layers().iter().map(|layer| size(layer) + 2).sum();
        let widest = network.layers().iter().map(|layer| layer.rows.max(layer.columns)).max().unwrap_or(0);
        Roundings { forward: sum(|layer| layer.columns), backward: sum(|layer| layer.rows), widest, samples }
    }

    /// In an entry of the gradient or the Hessian, and in Φ and Ψ: two forward passes meet (the residual's and the input's), one
    /// backward pass, and a mean over samples of two products each.
    #[must_use]
    pub fn derivative(self) -> usize {
        2 * self.forward + self.backward + self.widest + 2 * self.samples + 8
    }

    /// In ‖H_kl‖_F² by its factors: two entries of the Hessian by their longest factors, Gram sums over matrices and over pairs of
    /// samples.
    #[must_use]
    pub fn block_square(self) -> usize {
        6 * (self.forward + self.backward) + self.widest * self.widest + 6 * self.widest + 2 * self.samples + 16
    }
}

/// The Hessian entry by entry, each with the bound on its error.
///
/// # Errors
/// If candle fails.
pub fn hessian(pass: &Pass<'_>, majorant: &Pass<'_>) -> Result<Uncertain, NetworkError> {
    let share = allowance(Roundings::of(pass.network(), pass.count()).derivative());
    let mut error = majorant.dense_hessian(0)?;
    error.iter_mut().flatten().for_each(|entry| *entry *= share);
    Ok(Uncertain::new(pass.dense_hessian(0)?, error))
}

/// Whether rounding can have turned no gate: every pre-activation lies farther from 0 than its error bound, or is a sum of zeros.
#[must_use]
pub fn gates_are_certain(network: &Network, data: &Data) -> bool {
    let share = allowance(Roundings::of(network, data.count()).forward);
    data.inputs().chunks_exact(network.input_width()).all(|input| {
        let mut state: Vec<[f64; 2]> = input.iter().map(|&x| [x, x.abs()]).collect();
        network.layers().iter().all(|layer| {
            let rows = layer.weights.chunks_exact(layer.columns).enumerate();
            state = rows
                .map(|(row, weights)| {
                    let bias = layer.biases.as_ref().map_or(0.0, |biases| biases[row]);
                    let pairs = weights.iter().zip(&state);
                    pairs.fold([bias, bias.abs()], |[h, size], (w, [a, most])| [h + w * a, size + w.abs() * most])
                })
                .collect();
            let certain = layer.gate == Gate::Linear || state.iter().all(|[h, size]| h.abs() >= 2.0 * share * size);
            state.iter_mut().filter(|[h, _]| !layer.gate.is_open(*h)).for_each(|pair| *pair = [0.0, 0.0]);
            certain
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The dense twin in rational arithmetic: chains have ∂_ij = x² Π_{k≠i} w_k Π_{k≠j} w_k + r x Π_{k≠i,j} w_k off the diagonal.
    #[test]
    fn errors_of_hessian_entries_stay_below_their_bounds_and_the_bounds_are_no_wider_than_need_be() {
        use dashu::rational::RBig;
        let weights = [0.1f64, -0.7, 1.3, 0.9, -1.1, 0.3, 1.7];
        let layers = weights.iter().map(|w| Layer::new(vec![*w], 1, 1, Gate::Linear)).collect();
        let network = Network::new(layers).expect("chains");
        let data = Data::new(&network, 1, vec![0.3], vec![0.7]).expect("fits");
        let pass = Pass::new(&network, &data, Loss::SquaredError).expect("runs");
        let majorant = Majorant::of(&network, &data).expect("fits");
        let found = hessian(&pass, &majorant.pass(&pass).expect("runs")).expect("runs");
        let exact = |x: f64| RBig::try_from(x).expect("finite");
        let without = |i: usize, j: usize| {
            let rest = weights.iter().enumerate().filter(|(k, _)| *k != i && *k != j);
            rest.fold(exact(0.3), |product, (_, w)| product * exact(*w))
        };
        let residual = without(9, 9) - exact(0.7);
        let mut largest = 0.0f64;
        for (i, j) in (0..7).flat_map(|i| (0..7).map(move |j| (i, j))) {
            let second = if i == j { RBig::ZERO } else { &residual * without(i, j) };
            let expected = without(i, i) * without(j, j) + second;
            let error = (exact(found.entries[i][j]) - expected).to_f64().value().abs();
            assert!(error <= found.error[i][j], "entry {i} {j}: {error:e} above {:e}", found.error[i][j]);
            largest = largest.max(found.error[i][j] / found.entries[i][j].abs());
        }
        assert!(largest < 1e-12, "{largest:e}");
    }

    #[test]
    fn a_gate_within_rounding_of_a_tie_is_not_certain() {
        let gate = |second: f64| {
            let network = Network::new(vec![Layer::new(vec![0.1, second], 1, 2, Gate::Relu)]).expect("fits");
            let data = Data::new(&network, 1, vec![3.0, 1.0], vec![0.0]).expect("fits");
            gates_are_certain(&network, &data)
        };
        assert!(gate(0.5) && gate(-0.5) && gate(-0.300_000_1) && !gate(-0.3) && !gate(-0.300_000_000_000_000_1));
    }
}
