//! Multi-layer perceptrons without biases: the networks of the paper's Section 4, with every layer trained.

use candle_core::{Tensor, Var};

use super::model::{Model, Phase, relu};
use crate::curvature::{Layer, Network};
use crate::network::{Backend, Gate, Law, NetworkError, Precision};
use crate::sampled::Generator;

/// a^ℓ = D W^ℓ a^{ℓ−1}; no gate behind the last layer.
#[derive(Debug)]
pub struct Perceptron {
    weights: Vec<Var>,
    gate: Gate,
}

impl Perceptron {
    /// A perceptron of the given widths, the input's first: `widths.len() − 1` layers, drawn layer by layer, row by row. `law` is
    /// that of a weight in a layer with so many inputs ([`Law::he_uniform`], …).
    ///
    /// # Errors
    /// If there are fewer than two widths, one is 0, or candle fails.
    pub fn draw(
        widths: &[usize],
        gate: Gate,
        law: impl Fn(usize) -> Law,
        backend: &Backend,
        generator: &mut Generator,
    ) -> Result<Self, NetworkError> {
        if widths.len() < 2 || widths.contains(&0) {
            return Err(NetworkError::Shape(format!("the widths {widths:?} make no perceptron")));
        }
        let layer = |pair: &[usize]| {
            let (columns, rows) = (pair[0], pair[1]);
            let mut entries = vec![0.0; rows * columns];
            law(columns).sample(generator, &mut entries);
            let matrix = Tensor::from_vec(entries, (rows, columns), &candle_core::Device::Cpu)?;
            Ok(Var::from_tensor(&matrix.to_dtype(dtype(backend.precision))?.to_device(&backend.device)?)?)
        };
        Ok(Perceptron { weights: widths.windows(2).map(layer).collect::<Result<_, NetworkError>>()?, gate })
    }
}

/// candle's name of a precision.
pub(super) fn dtype(precision: Precision) -> candle_core::DType {
    match precision {
        Precision::Single => candle_core::DType::F32,
        Precision::Double => candle_core::DType::F64,
    }
}

impl Model for Perceptron {
    fn parameters(&self) -> &[Var] {
        &self.weights
    }

    fn forward(&self, inputs: &Tensor, _: Phase) -> Result<Tensor, NetworkError> {
        let mut state = inputs.clone();
        for (index, weights) in self.weights.iter().enumerate() {
            let pre = state.matmul(&weights.t()?)?;
            state = if self.gate == Gate::Relu && index + 1 < self.weights.len() { relu(&pre)? } else { pre };
        }
        Ok(state)
    }

    fn network(&self) -> Result<Option<Network>, NetworkError> {
        let last = self.weights.len() - 1;
        let layer = |(index, weights): (usize, &Var)| {
            let (rows, columns) = weights.dims2()?;
            let entries = weights.flatten_all()?.to_dtype(candle_core::DType::F64)?.to_vec1()?;
            Ok(Layer::new(entries, rows, columns, if index < last { self.gate } else { Gate::Linear }))
        };
        Ok(Some(Network::new(self.weights.iter().enumerate().map(layer).collect::<Result<_, NetworkError>>()?)?))
    }
}
