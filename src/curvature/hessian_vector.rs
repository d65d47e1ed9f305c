//! Hessian-vector products by the R-operator: differentiate both passes along a direction.

use candle_core::Tensor;

use super::gradient::Gradient;
use super::pass::Pass;
use super::stack::{Stack, gate, tensor};
use crate::network::NetworkError;

/// A direction's part of a layer: of its W, as a tensor, and of its b; none of a frozen layer.
type Move<'v> = Option<(Tensor, &'v [f64])>;

impl Pass<'_> {
    /// H v for a direction v in parameter space, ordered as [`Network::parameters`](super::Network::parameters) says; its entries
    /// should be of ordinary magnitude.
    ///
    /// Costs about two gradients: the passes at the point are held.
    ///
    /// # Errors
    /// If the direction has another length, or candle fails.
    pub fn hessian_vector(&self, direction: &[f64]) -> Result<Gradient, NetworkError> {
        let moves = self.moves(direction)?;
        let tangents = self.tangents(&moves)?;
        let (inputs, output) = tangents.split_at(self.weights.len());
        let seconds = self.second_adjoints(&moves, self.valuation.curve(&output[0])?)?;
        let ones = self.ones();
        let (mut weights, mut biases) = (Vec::new(), Vec::new());
        for k in self.network.trained() {
            weights.push(self.outer(&[(&seconds[k], &self.inputs[k]), (&self.adjoints[k], &inputs[k])])?);
            let bias = self.network.layers()[k].biases.is_some();
            biases.push(bias.then(|| self.outer(&[(&seconds[k], &ones)])).transpose()?);
        }
        Ok(Gradient { weights, biases })
    }

    /// The direction's part of each layer.
    fn moves<'v>(&self, direction: &'v [f64]) -> Result<Vec<Move<'v>>, NetworkError> {
        let wanted = self.network.parameters();
        if direction.len() != wanted {
            return Err(NetworkError::Shape(format!("a direction of length {} among {wanted} parameters", direction.len())));
        }
        let whole = tensor(direction.to_vec(), wanted, self.device())?;
        let mut start = 0;
        let mut moves = Vec::new();
        for layer in self.network.layers() {
            let (biases, end) = (start + layer.weights.len(), start + layer.parameters());
            moves.push(if layer.trained {
                let weights = whole.narrow(0, start, layer.weights.len())?.reshape((layer.rows, layer.columns))?;
                Some((weights, &direction[biases..end]))
            } else {
                None
            });
            start = end;
        }
        Ok(moves)
    }

    /// The derivatives of a^0, a^1, …, f along the direction.
    fn tangents(&self, moves: &[Move<'_>]) -> Result<Vec<Stack>, NetworkError> {
        let mut tangents = vec![self.nothing(self.network.input_width())];
        for (k, moved) in moves.iter().enumerate() {
            let (gates, rows) = (self.gates[k].as_deref(), self.network.layers()[k].rows);
            let mut tangent = tangents[k].clone().times(&self.weights[k].t()?, gates)?;
            if let Some((matrix, biases)) = moved {
                tangent = tangent.plus(self.inputs[k].clone().times(&matrix.t()?, gates)?);
                if !biases.is_empty() {
                    let mut entries = biases.repeat(self.count());
                    gate(&mut entries, 1, rows, gates);
                    tangent = tangent.plus(Stack::new(1, rows, entries, vec![0; self.count()]));
                }
            }
            tangents.push(tangent);
        }
        Ok(tangents)
    }

    /// The derivatives of M_kᵀ r along the direction, for every layer; `output` is that of r.
    fn second_adjoints(&self, moves: &[Move<'_>], output: Stack) -> Result<Vec<Stack>, NetworkError> {
        let last = self.weights.len() - 1;
        let mut entries = output.entries;
        gate(&mut entries, 1, output.columns, self.gates[last].as_deref());
        let mut seconds = vec![Stack::new(1, output.columns, entries, output.exponents)];
        for k in (0..last).rev() {
            let gates = self.gates[k].as_deref();
            let mut second = seconds[last - 1 - k].clone().times(&self.weights[k + 1], gates)?;
            if let Some((matrix, _)) = &moves[k + 1] {
                second = second.plus(self.adjoints[k + 1].clone().times(matrix, gates)?);
            }
            seconds.push(second);
        }
        seconds.reverse();
        Ok(seconds)
    }

    /// A row of zeros for each sample.
    fn nothing(&self, width: usize) -> Stack {
        Stack::new(1, width, vec![0.0; self.count() * width], vec![0; self.count()])
    }
}
