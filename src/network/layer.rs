//! One random layer at a time: through it, many times through it, and step after step through many.

use rand::Rng;

use super::backend::Backend;
use super::error::NetworkError;
use super::gate::Gate;
use super::law::Law;
use super::product;
use super::signs::{SignedNorms, SignedSums};
use super::states::States;
use crate::formula::Scaled;

/// The weights, and the products, held at once by [`Layer::norms`]: as many as stay in a core's cache.
const HELD_AT_ONCE: usize = 1 << 13;

/// A random layer: a^ℓ = D W a^{ℓ−1}, W of `width` rows with independent entries.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layer {
    /// The number of rows of W.
    pub width: usize,
    /// The law of every entry of W.
    pub law: Law,
    /// The gate behind it.
    pub gate: Gate,
}

/// Norms behind one layer, in units of the input's power of two: of pre-activation h and activation a.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Norms {
    /// ‖h‖₂²
    pub pre_norm2_pow2: f64,
    /// ‖h‖₄⁴
    pub pre_norm4_pow4: f64,
    /// ‖a‖₂²
    pub post_norm2_pow2: f64,
    /// ‖a‖₄⁴
    pub post_norm4_pow4: f64,
}

impl Layer {
    /// Pre-activations h = W a, with a new W for each group of `sharing` successive states.
    ///
    /// # Errors
    /// If the states do not divide into such groups, or candle fails.
    pub fn forward<R: Rng + ?Sized>(
        &self,
        backend: &Backend,
        states: &States,
        sharing: usize,
        rng: &mut R,
    ) -> Result<States, NetworkError> {
        if sharing == 0 || !states.count().is_multiple_of(sharing) {
            return Err(NetworkError::Shape(format!("{} states do not divide into groups of {sharing}", states.count())));
        }
        let sizes @ [nets, rows, columns] = [states.count() / sharing, self.width, states.width()];
        let mut weights = vec![0.0; nets * rows * columns];
        self.law.sample(rng, &mut weights);
        let products = product::batched(backend, weights, sizes, states.entries(), sharing)?;
        Ok(States::normalised(rows, products, states.exponents().to_vec()))
    }

    /// One step of a particle system: each state through a layer of its own, and the potential ‖a'‖₂⁴/‖a‖₂⁴ of each; 0 for a state
    /// that was dead already.
    ///
    /// # Errors
    /// If candle fails.
    pub fn step<R: Rng + ?Sized>(&self, backend: &Backend, states: &States, rng: &mut R) -> Result<(States, Vec<Scaled>), NetworkError> {
        let next = self.forward(backend, states, 1, rng)?.gated(self.gate);
        let square = |entries: &[f64]| entries.iter().map(|x| x * x).sum::<f64>();
        let potentials = next.iter().zip(states.iter()).map(|(new, old)| {
            let ratio = if old.is_alive() { square(new.entries) / square(old.entries) } else { 0.0 };
            Scaled::new(ratio * ratio, 4 * (new.exponent - old.exponent))
        });
        let potentials = potentials.collect();
        Ok((next, potentials))
    }

    /// Draws W `draws` times and hands the norms behind each to `visit`, with the index of the input; all inputs see each W.
    ///
    /// The norms of input i are in units of 2^exponent of that state: ‖·‖₂² of its square, ‖·‖₄⁴ of its fourth power.
    ///
    /// # Errors
    /// If candle fails.
    pub fn norms<R: Rng + ?Sized>(
        &self,
        backend: &Backend,
        inputs: &States,
        draws: usize,
        rng: &mut R,
        mut visit: impl FnMut(usize, &Norms),
    ) -> Result<(), NetworkError> {
        let columns = inputs.width();
        let at_once = (HELD_AT_ONCE / (self.width * columns.max(inputs.count()))).max(1);
        if let (Law::Rademacher(magnitude), true) = (self.law, backend.is_exact_host()) {
            let (sums, narrow) = (SignedSums::new(magnitude, inputs), SignedNorms::new(self, magnitude, inputs));
            for start in (0..draws).step_by(at_once) {
                let matrices = at_once.min(draws - start);
                let words = SignedSums::draw(rng, matrices * self.width * columns);
                if let Some(norms) = &narrow {
                    let each = (0..matrices).flat_map(|matrix| (0..inputs.count()).map(move |input| (matrix, input)));
                    each.for_each(|(matrix, input)| visit(input, &norms.of(&words, matrix, input)));
                    continue;
                }
                for first in (0..matrices).map(|matrix| matrix * self.width) {
                    for input in 0..inputs.count() {
                        let column = (first..first + self.width).map(|row| sums.product(&words, row, input));
                        visit(input, &Norms::of(column, self.gate));
                    }
                }
            }
            return Ok(());
        }
        let operand = product::upload(backend, inputs.entries().to_vec(), (inputs.count(), columns))?.t()?.contiguous()?;
        for start in (0..draws).step_by(at_once) {
            let mut weights = vec![0.0; at_once.min(draws - start) * self.width * columns];
            self.law.sample(rng, &mut weights);
            let products = product::stacked(backend, weights, &operand)?;
            for matrix in products.chunks_exact(self.width * inputs.count()) {
                for input in 0..inputs.count() {
                    let column = (0..self.width).map(|row| matrix[row * inputs.count() + input]);
                    visit(input, &Norms::of(column, self.gate));
                }
            }
        }
        Ok(())
    }
}

impl Norms {
    /// The sums of both.
    #[inline]
    #[must_use]
    pub(super) fn plus(self, other: &Norms) -> Norms {
        Norms {
            pre_norm2_pow2: self.pre_norm2_pow2 + other.pre_norm2_pow2,
            pre_norm4_pow4: self.pre_norm4_pow4 + other.pre_norm4_pow4,
            post_norm2_pow2: self.post_norm2_pow2 + other.post_norm2_pow2,
            post_norm4_pow4: self.post_norm4_pow4 + other.post_norm4_pow4,
        }
    }

    /// The norms of a pre-activation and of what the gate keeps of it.
    #[inline]
    #[must_use]
    pub fn of(pre_activation: impl Iterator<Item = f64>, gate: Gate) -> Self {
        let mut norms = Norms::default();
        for h in pre_activation {
            let (pre, post) = (h * h, gate.apply(h) * h);
            norms.pre_norm2_pow2 += pre;
            norms.pre_norm4_pow4 += pre * pre;
            norms.post_norm2_pow2 += post;
            norms.post_norm4_pow4 += post * post;
        }
        norms
    }
}

/// Many random nets at once: `nets` nets of the given layers, each seeing all inputs.
///
/// After layer ℓ = 1, 2, … calls `visit(ℓ, h, a)` with the pre-activations and activations, state `net * inputs + input`. Weights are
/// drawn layer by layer, within a layer net by net.
///
/// # Errors
/// If the inputs are no valid batch, or candle fails.
pub fn forward<'a, R: Rng + ?Sized>(
    backend: &Backend,
    layers: impl IntoIterator<Item = &'a Layer>,
    inputs: &[Vec<f64>],
    nets: usize,
    rng: &mut R,
    mut visit: impl FnMut(usize, &States, &States),
) -> Result<(), NetworkError> {
    let mut states = States::repeat(inputs, nets)?;
    for (index, layer) in layers.into_iter().enumerate() {
        let pre = layer.forward(backend, &states, inputs.len(), rng)?;
        states = pre.gated(layer.gate);
        visit(index + 1, &pre, &states);
    }
    Ok(())
}
