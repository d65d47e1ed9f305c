//! The forward and the backward pass at a point, held for everything that is computed there.

use candle_core::{Device, Tensor};

use super::gradient::Block;
use super::loss::{Loss, Valuation};
use super::network::{Data, Network};
use super::stack::{self, NOTHING, Stack, gate, numbers, tensor};
use crate::formula::Scaled;
use crate::network::power::shift;
use crate::network::{Gate, NetworkError};

/// The forward and the backward pass of a network on its data.
#[derive(Clone, Debug)]
pub struct Pass<'a> {
    pub(super) network: &'a Network,
    /// W^k as [rows, columns].
    pub(super) weights: Vec<Tensor>,
    /// a^{k−1}, one row to a sample.
    pub(super) inputs: Vec<Stack>,
    /// D^k as [samples, rows] of zeros and ones; none where linear.
    pub(super) gates: Vec<Option<Vec<f64>>>,
    /// The number of pre-activations at a gate that are exactly 0.
    ties: usize,
    /// f
    pub(super) output: Stack,
    /// The loss at f, and r = ∂𝓛/∂f.
    pub(super) valuation: Valuation,
    /// M_kᵀ r, one row to a sample.
    pub(super) adjoints: Vec<Stack>,
}

impl<'a> Pass<'a> {
    /// Runs both passes.
    ///
    /// # Errors
    /// If the data were made for a network of other widths, targets of cross-entropy are no probabilities, or candle fails.
    pub fn new(network: &'a Network, data: &Data, loss: Loss) -> Result<Self, NetworkError> {
        Pass::on(&Device::Cpu, network, data, loss)
    }

    /// Runs both passes; their products, and those of all that is computed from them, are made on `device`.
    ///
    /// # Errors
    /// As [`Pass::new`].
    pub fn on(device: &Device, network: &'a Network, data: &Data, loss: Loss) -> Result<Self, NetworkError> {
        Pass::through(device, network, data, loss, None)
    }

    /// Runs both passes, through given gates instead of those that pre-activations open.
    pub(super) fn through(
        device: &Device,
        network: &'a Network,
        data: &Data,
        loss: Loss,
        given: Option<&[Option<Vec<f64>>]>,
    ) -> Result<Self, NetworkError> {
        let (count, layers) = (data.count(), network.layers());
        if (data.inputs().len(), data.targets().len()) != (count * network.input_width(), count * network.output_width()) {
            return Err(NetworkError::Shape("the data were made for a network of other widths".to_owned()));
        }
        let (mut weights, mut inputs, mut gates, mut ties) = (Vec::new(), Vec::new(), Vec::new(), 0);
        let mut state = Stack::new(1, network.input_width(), data.inputs().to_vec(), vec![0; count]);
        for (k, layer) in layers.iter().enumerate() {
            let matrix = tensor(layer.weights.clone(), (layer.rows, layer.columns), device)?;
            let mut pre = state.clone().times(&matrix.t()?, None)?;
            if let Some(biases) = &layer.biases {
                pre = pre.plus(Stack::new(1, layer.rows, biases.repeat(count), vec![0; count]));
            }
            let by_sign = || pre.entries.iter().map(|&h| f64::from(u8::from(layer.gate.is_open(h)))).collect::<Vec<f64>>();
            let opened = given.map_or_else(|| (layer.gate == Gate::Relu).then(by_sign), |gates| gates[k].clone());
            ties += opened.as_ref().map_or(0, |_| pre.entries.iter().filter(|&&h| h == 0.0).count());
            gate(&mut pre.entries, 1, layer.rows, opened.as_deref());
            inputs.push(std::mem::replace(&mut state, Stack::new(1, layer.rows, pre.entries, pre.exponents)));
            weights.push(matrix);
            gates.push(opened);
        }
        let valuation = loss.at(&state, data)?;
        let mut pass = Pass { network, weights, inputs, gates, ties, output: state, adjoints: Vec::new(), valuation };
        pass.adjoints = pass.backward(pass.valuation.residual.clone())?;
        Ok(pass)
    }

    /// M_k applied from the left to one matrix a sample ([·, output width]): u M_k for every layer k.
    pub(super) fn backward(&self, outputs: Stack) -> Result<Vec<Stack>, NetworkError> {
        let last = self.weights.len() - 1;
        let (rows, columns) = (outputs.rows, outputs.columns);
        let mut entries = outputs.entries;
        gate(&mut entries, rows, columns, self.gates[last].as_deref());
        let mut adjoints = vec![Stack::new(rows, columns, entries, outputs.exponents)];
        for k in (0..last).rev() {
            let above = adjoints[adjoints.len() - 1].clone();
            adjoints.push(above.times(&self.weights[k + 1], self.gates[k].as_deref())?);
        }
        adjoints.reverse();
        Ok(adjoints)
    }

    /// R M_k of every layer, with RᵀR the second derivative of the loss by f (R = I for the squared error): [output width, rows] to a
    /// sample.
    pub(super) fn jacobians(&self) -> Result<Vec<Stack>, NetworkError> {
        self.backward(self.valuation.factor())
    }

    /// Where products are made.
    pub(super) fn device(&self) -> &Device {
        self.weights[0].device()
    }

    /// The number of samples n.
    #[must_use]
    pub fn count(&self) -> usize {
        self.output.count()
    }

    /// The network.
    #[must_use]
    pub fn network(&self) -> &'a Network {
        self.network
    }

    /// 𝓛
    #[must_use]
    pub fn loss(&self) -> Scaled {
        stack::sum(self.valuation.terms.iter().copied(), self.count() as f64)
    }

    /// Φ = (1/n) Σ⟨f, S f⟩, S the second derivative of the loss by f; (1/n) Σ‖f‖² for the squared error.
    ///
    /// # Errors
    /// If candle fails.
    pub fn phi(&self) -> Result<Scaled, NetworkError> {
        Ok(self.mean_product(&self.output, &self.valuation.curve(&self.output)?))
    }

    /// Ψ = (1/n) Σ⟨r, f⟩; r = f − y for the squared error.
    #[must_use]
    pub fn psi(&self) -> Scaled {
        self.mean_product(&self.output, &self.valuation.residual)
    }

    /// (1/n) Σ⟨left, right⟩ of two stacks of row vectors.
    fn mean_product(&self, left: &Stack, right: &Stack) -> Scaled {
        let pairs = left.entries.chunks_exact(left.columns).zip(right.entries.chunks_exact(left.columns));
        let products = pairs.map(|(x, y)| x.iter().zip(y).map(|(x, y)| x * y).sum());
        let exponents = left.exponents.iter().zip(&right.exponents).map(|(x, y)| x + y);
        stack::sum(products.zip(exponents), self.count() as f64)
    }

    /// The share of units, over layers with a gate that can close and over samples, that are closed; by layer, `None` where linear.
    #[must_use]
    pub fn closed(&self) -> Vec<Option<f64>> {
        let share = |gates: &Vec<f64>| gates.iter().filter(|&&gate| gate == 0.0).count() as f64 / gates.len() as f64;
        self.gates.iter().map(|gates| gates.as_ref().map(share)).collect()
    }

    /// Of each layer with a gate that can close, the number of units that are closed for every sample; `None` where linear.
    #[must_use]
    pub fn dead(&self) -> Vec<Option<usize>> {
        let never_open =
            |gates: &[f64], width: usize| (0..width).filter(|i| gates.iter().skip(*i).step_by(width).all(|&g| g == 0.0)).count();
        let layers = self.gates.iter().zip(self.network.layers());
        layers.map(|(gates, layer)| gates.as_ref().map(|gates| never_open(gates, layer.rows))).collect()
    }

    /// The number of ties: pre-activations, over gates that can close and over samples, that are exactly 0.
    #[must_use]
    pub fn ties(&self) -> usize {
        self.ties
    }

    /// f of one sample: its entries up to a power of two, and that power; (0, …, 0) comes with power 0.
    ///
    /// # Panics
    /// If `sample` is not below the count.
    #[must_use]
    pub fn output(&self, sample: usize) -> (&[f64], i64) {
        let (width, exponent) = (self.output.columns, self.output.exponents[sample]);
        (&self.output.entries[sample * width..(sample + 1) * width], if exponent == NOTHING { 0 } else { exponent })
    }

    /// (1/n) Σ left ⊗ right of two stacks of row vectors: mantissas [left columns, right columns] and their power of two.
    pub(super) fn outer(&self, pairs: &[(&Stack, &Stack)]) -> Result<Block, NetworkError> {
        let exponents =
            |left: &Stack, right: &Stack| -> Vec<i64> { left.exponents.iter().zip(&right.exponents).map(|(a, b)| a + b).collect() };
        let largest = pairs.iter().flat_map(|(left, right)| exponents(left, right)).max().unwrap_or(NOTHING);
        let (rows, columns) = (pairs[0].0.columns, pairs[0].1.columns);
        if largest < NOTHING / 2 {
            return Ok(Block { entries: vec![0.0; rows * columns], exponent: NOTHING });
        }
        let share = 1.0 / self.count() as f64;
        let (mut lefts, mut rights) = (Vec::new(), Vec::new());
        for (left, right) in pairs {
            for (row, exponent) in left.entries.chunks_exact(rows).zip(exponents(left, right)) {
                lefts.extend(row.iter().map(|x| shift(x * share, exponent - largest)));
            }
            rights.extend_from_slice(&right.entries);
        }
        let samples = lefts.len() / rows;
        let (lefts, rights) = (tensor(lefts, (samples, rows), self.device())?, tensor(rights, (samples, columns), self.device())?);
        let product = lefts.t()?.matmul(&rights)?;
        Ok(Block { entries: numbers(&product)?, exponent: largest })
    }
}
