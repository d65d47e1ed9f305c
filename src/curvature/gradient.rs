//! Vectors in parameter space, and the gradient.

use super::blocks::Parameters;
use super::pass::Pass;
use super::stack::{self, NOTHING, Stack};
use crate::formula::Scaled;
use crate::network::NetworkError;
use crate::network::power::{normalise, shift};

/// The part of a parameter vector that belongs to one W or b: `entries` · 2^exponent.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// The entries, row by row, up to the power of two.
    pub entries: Vec<f64>,
    /// The power of two.
    pub exponent: i64,
}

/// A vector in parameter space, such as a gradient: block by block, each of its own magnitude.
#[derive(Clone, Debug, PartialEq)]
pub struct Gradient {
    /// The part of W^k, for each trained layer.
    pub weights: Vec<Block>,
    /// The part of b^k, for each trained layer.
    pub biases: Vec<Option<Block>>,
}

impl Block {
    /// ‖·‖_F²
    #[must_use]
    pub fn square(&self) -> Scaled {
        let mut entries = self.entries.clone();
        let Some(taken) = normalise(&mut entries) else { return Scaled::new(0.0, 0) };
        Scaled::new(entries.iter().map(|x| x * x).sum(), 2 * (self.exponent + taken))
    }
}

impl Gradient {
    /// The whole vector as mantissas and one power of two, that of its largest block; blocks smaller by more than 2¹⁰⁷⁴ become 0.
    #[must_use]
    pub fn flatten(&self) -> (Vec<f64>, i64) {
        let largest = self.blocks().map(|block| block.exponent).max().unwrap_or(NOTHING);
        let exponent = if largest < NOTHING / 2 { 0 } else { largest };
        (self.in_units_of(exponent), exponent)
    }

    /// The whole vector in units of 2^exponent: for each trained layer the weights, then the biases.
    #[must_use]
    pub fn in_units_of(&self, exponent: i64) -> Vec<f64> {
        self.blocks().flat_map(|block| block.entries.iter().map(move |&x| shift(x, block.exponent - exponent))).collect()
    }

    fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.weights.iter().zip(&self.biases).flat_map(|(weights, biases)| std::iter::once(weights).chain(biases))
    }
}

impl Pass<'_> {
    /// ∂𝓛/∂W^k = (1/n) Σ M_kᵀ r (a^{k−1})ᵀ and ∂𝓛/∂b^k = (1/n) Σ M_kᵀ r of the trained layers.
    ///
    /// # Errors
    /// If candle fails.
    pub fn gradient(&self) -> Result<Gradient, NetworkError> {
        let ones = self.ones();
        let (mut weights, mut biases) = (Vec::new(), Vec::new());
        for k in self.network.trained() {
            weights.push(self.outer(&[(&self.adjoints[k], &self.inputs[k])])?);
            let bias = self.network.layers()[k].biases.is_some();
            biases.push(bias.then(|| self.outer(&[(&self.adjoints[k], &ones)])).transpose()?);
        }
        Ok(Gradient { weights, biases })
    }

    /// The number 1 for each sample: what a bias multiplies.
    pub(super) fn ones(&self) -> Stack {
        Stack::new(1, 1, vec![1.0; self.count()], vec![0; self.count()])
    }

    /// tr H_kk = (1/n) Σ_s ‖α_k‖² ‖M_k‖_F² of each trained layer, α the layer's input, with the 1 that a bias multiplies where biases
    /// count.
    ///
    /// # Errors
    /// If candle fails.
    pub fn block_traces(&self, parameters: Parameters) -> Result<Vec<Scaled>, NetworkError> {
        let terms = self.trace_terms(parameters)?;
        Ok(terms.into_iter().map(|terms| stack::sum(terms.into_iter(), self.count() as f64)).collect())
    }

    /// tr H = Σ_k tr H_kk over the trained layers.
    ///
    /// # Errors
    /// If candle fails.
    pub fn trace(&self, parameters: Parameters) -> Result<Scaled, NetworkError> {
        Ok(stack::sum(self.trace_terms(parameters)?.into_iter().flatten(), self.count() as f64))
    }

    /// The terms of each trained layer's trace, as mantissas and exponents.
    fn trace_terms(&self, parameters: Parameters) -> Result<Vec<Vec<(f64, i64)>>, NetworkError> {
        let jacobians = self.jacobians()?;
        let terms = self.network.trained().into_iter().map(|k| {
            let bias = parameters == Parameters::All && self.network.layers()[k].biases.is_some();
            let pairs = self.inputs[k].squares().zip(jacobians[k].squares());
            pairs
                .flat_map(|((input, e), (jacobian, f))| std::iter::once((input * jacobian, e + f)).chain(bias.then_some((jacobian, f))))
                .collect()
        });
        Ok(terms.collect())
    }
}
