//! Multi-layer perceptrons, every layer trained; without biases they are the networks of the paper's Section 4.

use candle_core::{Tensor, Var};

use super::model::{Model, Phase, relu};
use crate::curvature::{Layer, Network};
use crate::network::{Backend, Gate, Law, NetworkError, Precision};
use crate::sampled::Generator;

/// a^ℓ = D (W^ℓ a^{ℓ−1} + b^ℓ); no gate behind the last layer.
#[derive(Debug)]
pub struct Perceptron {
    /// W^1, b^1, W^2, …, or without biases W^1, W^2, ….
    parameters: Vec<Var>,
    gate: Gate,
    biases: Biases,
}

/// Whether layers have biases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Biases {
    /// None: the net is homogeneous in its input.
    Absent,
    /// Trained, 0 at first.
    Zero,
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
        biases: Biases,
        law: impl Fn(usize) -> Law,
        backend: &Backend,
        generator: &mut Generator,
    ) -> Result<Self, NetworkError> {
        if widths.len() < 2 || widths.contains(&0) {
            return Err(NetworkError::Shape(format!("the widths {widths:?} make no perceptron")));
        }
        let mut parameters = Vec::new();
        for pair in widths.windows(2) {
            let (columns, rows) = (pair[0], pair[1]);
            let mut entries = vec![0.0; rows * columns];
            law(columns).sample(generator, &mut entries);
            let matrix = Tensor::from_vec(entries, (rows, columns), &candle_core::Device::Cpu)?;
            parameters.push(Var::from_tensor(&matrix.to_dtype(dtype(backend.precision))?.to_device(&backend.device)?)?);
            if biases == Biases::Zero {
                parameters.push(Var::zeros(rows, dtype(backend.precision), &backend.device)?);
            }
        }
        Ok(Perceptron { parameters, gate, biases })
    }

    /// W and b of every layer.
    fn layers(&self) -> impl ExactSizeIterator<Item = (&Var, Option<&Var>)> {
        let each = if self.biases == Biases::Zero { 2 } else { 1 };
        self.parameters.chunks_exact(each).map(|layer| (&layer[0], layer.get(1)))
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
        &self.parameters
    }

    fn forward(&self, inputs: &Tensor, _: Phase) -> Result<Tensor, NetworkError> {
        let (mut state, last) = (inputs.clone(), self.layers().len() - 1);
        for (index, (weights, biases)) in self.layers().enumerate() {
            let mut pre = state.matmul(&weights.t()?)?;
            if let Some(biases) = biases {
                pre = pre.broadcast_add(biases)?;
            }
            state = if self.gate == Gate::Relu && index < last { relu(&pre)? } else { pre };
        }
        Ok(state)
    }

    fn network(&self) -> Result<Option<Network>, NetworkError> {
        let last = self.layers().len() - 1;
        let numbers = |var: &Var| var.flatten_all()?.to_dtype(candle_core::DType::F64)?.to_vec1::<f64>();
        let layer = |(index, (weights, biases)): (usize, (&Var, Option<&Var>))| {
            let (rows, columns) = weights.dims2()?;
            let gate = if index < last { self.gate } else { Gate::Linear };
            let biases = biases.map(numbers).transpose()?;
            Ok(Layer { biases, ..Layer::new(numbers(weights)?, rows, columns, gate) })
        };
        Ok(Some(Network::new(self.layers().enumerate().map(layer).collect::<Result<_, NetworkError>>()?)?))
    }
}
