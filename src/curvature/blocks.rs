//! The Frobenius norms of all blocks of the Hessian, by their factors.
//!
//! For one sample and k < l the block is H_kl[U, V] = Σ U_ij V_pq α_q^k (A_ip α_j^l + β_i P_jp), with α^k the input of layer k,
//! A = M_lᵀM_k, β = M_lᵀr, P = P_{l,k}; so the inner product of the blocks of samples s and t is
//! ⟨α^k_s, α^k_t⟩ (⟨A_s, A_t⟩⟨α^l_s, α^l_t⟩ + ⟨β_s, β_t⟩⟨P_s, P_t⟩ + β_tᵀA_s P_tᵀα^l_s + β_sᵀA_t P_sᵀα^l_t), and ‖H_kl‖_F² is the
//! mean over all s, t. For k = l the terms with P are absent. In A a loss other than the squared error puts its second derivative by f
//! between the two factors. All inner products come from matrix products over the batch.

use std::ops::Range;

use rayon::prelude::*;

use super::pass::Pass;
use super::stack::{Stack, gate};
use super::tiles::{Factors, Tile, diagonal, gram, off_diagonal};
use crate::formula::Scaled;
use crate::network::NetworkError;
use crate::network::power::shift;

/// The numbers of one matrix to a sample that are held at once; where there are more, samples are taken in tiles.
const HELD_IN_TILE: usize = 1 << 25;

/// The most samples of a tile.
const LARGEST_TILE: usize = 1 << 12;

/// Which parameters of a trained layer its block takes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parameters {
    /// W^k alone.
    Weights,
    /// W^k and b^k.
    All,
}

/// ‖H_kl‖_F² for all pairs of trained layers.
#[derive(Clone, Debug, PartialEq)]
pub struct BlockNorms {
    /// The indices of the trained layers within the network.
    pub layers: Vec<usize>,
    squares: Vec<Scaled>,
}

impl BlockNorms {
    /// ‖H_kl‖_F² of the trained layers of those positions, in either order.
    ///
    /// # Panics
    /// If a position is not below the number of trained layers.
    #[must_use]
    pub fn square(&self, k: usize, l: usize) -> Scaled {
        let (k, l) = (k.min(l), k.max(l));
        self.squares[k * self.layers.len() + l]
    }
}

impl Pass<'_> {
    /// ‖H_kl‖_F² of all blocks, exactly up to rounding, in memory O(L² + L n (d² + n)), d² with n only up to some hundred megabytes.
    ///
    /// # Errors
    /// If candle fails.
    pub fn block_norms(&self, parameters: Parameters) -> Result<BlockNorms, NetworkError> {
        self.block_norms_by(parameters, HELD_IN_TILE, &|_, _| ())
    }

    /// As [`Pass::block_norms`]; `tell` hears how many pairs of sets of samples are done, of how many.
    ///
    /// # Errors
    /// If candle fails.
    pub fn block_norms_telling(&self, parameters: Parameters, tell: &dyn Fn(usize, usize)) -> Result<BlockNorms, NetworkError> {
        self.block_norms_by(parameters, HELD_IN_TILE, tell)
    }

    /// The mean over all pairs of samples, `held` numbers of a matrix to a sample at a time.
    fn block_norms_by(&self, parameters: Parameters, held: usize, tell: &dyn Fn(usize, usize)) -> Result<BlockNorms, NetworkError> {
        let (layers, count) = (self.network.trained(), self.count());
        let mut squares = vec![Scaled::new(0.0, 0); layers.len() * layers.len()];
        if layers.is_empty() {
            return Ok(BlockNorms { layers, squares });
        }
        let jacobians = self.jacobians()?;
        let inputs: Vec<Stack> = layers.iter().map(|&layer| self.raised(layer, parameters)).collect();
        let widest = self.network.layers().iter().map(|layer| layer.rows).max().unwrap_or(1);
        let size = (held / (widest * widest)).clamp(1, LARGEST_TILE);
        let tiles: Vec<Tile> = (0..count).step_by(size).map(|from| self.tile(from..count.min(from + size), &jacobians, &inputs)).collect();
        let pairs: Vec<(usize, usize)> = (0..tiles.len()).flat_map(|i| (i..tiles.len()).map(move |j| (i, j))).collect();
        for (done, &(i, j)) in pairs.iter().enumerate() {
            let pair = if i == j { vec![&tiles[i]] } else { vec![&tiles[i], &tiles[j]] };
            let grams = (0..layers.len()).map(|k| self.input_gram(k, &layers, parameters, &pair)).collect::<Result<Vec<_>, _>>()?;
            // One row at a time where a row alone fills the memory that there shall be.
            let least = if tiles.len() == 1 { 1 } else { layers.len() };
            let rows = (0..layers.len()).into_par_iter().with_min_len(least).with_max_len(least);
            let rows = rows.map(|k| self.row(k, &layers, &grams, &pair)).collect::<Result<Vec<_>, NetworkError>>()?;
            for (k, row) in rows.into_iter().enumerate() {
                let own = &mut squares[k * layers.len() + k..(k + 1) * layers.len()];
                own.iter_mut().zip(row).for_each(|(square, part)| *square += part);
            }
            tell(done + 1, pairs.len());
        }
        let pairs = Scaled::from(count as f64 * count as f64);
        // Rounding cannot make a norm negative.
        squares.iter_mut().for_each(|square| *square = Scaled::new(square.mantissa().max(0.0), square.exponent()) / pairs);
        Ok(BlockNorms { layers, squares })
    }

    /// The input of a layer, and of its bias.
    fn raised(&self, layer: usize, parameters: Parameters) -> Stack {
        let mut input = self.inputs[layer].clone();
        if self.with_bias(layer, parameters) {
            let raised: Vec<i64> = input.exponents.iter().map(|&exponent| exponent.max(0)).collect();
            input.shift_to(&raised);
        }
        input
    }

    fn with_bias(&self, layer: usize, parameters: Parameters) -> bool {
        parameters == Parameters::All && self.network.layers()[layer].biases.is_some()
    }

    fn tile(&self, samples: Range<usize>, jacobians: &[Stack], inputs: &[Stack]) -> Tile {
        let parts = |stacks: &[Stack]| stacks.iter().map(|stack| stack.part(samples.clone())).collect::<Vec<_>>();
        let gates = self.gates.iter().zip(self.network.layers());
        let open = |gates: &Vec<f64>, width: usize| gates[samples.start * width..samples.end * width].to_vec();
        let gates = gates.map(|(gates, layer)| gates.as_ref().map(|gates| open(gates, layer.rows))).collect();
        Tile { gates, jacobians: parts(jacobians), adjoints: parts(&self.adjoints), inputs: parts(inputs) }
    }

    /// ⟨α_s, α_t⟩ of a trained layer over pairs of samples of two tiles (or one), in units of the exponents of the inputs.
    fn input_gram(&self, k: usize, layers: &[usize], parameters: Parameters, pair: &[&Tile]) -> Result<Vec<f64>, NetworkError> {
        let (left, right) = (&pair[0].inputs[k], &pair[pair.len() - 1].inputs[k]);
        let mut gram = gram(&left.tensor()?, &right.tensor()?)?;
        if self.with_bias(layers[k], parameters) {
            let ones = |stack: &Stack| stack.exponents.iter().map(|&exponent| shift(1.0, -exponent)).collect::<Vec<f64>>();
            let (left, right) = (ones(left), ones(right));
            for (row, s) in gram.chunks_exact_mut(right.len()).zip(&left) {
                row.iter_mut().zip(&right).for_each(|(g, t)| *g += s * t);
            }
        }
        Ok(gram)
    }

    /// What a pair of tiles, in either order, adds to n² ‖H_kl‖_F² for l = k, k + 1, …
    fn row(&self, k: usize, layers: &[usize], grams: &[Vec<f64>], pair: &[&Tile]) -> Result<Vec<Scaled>, NetworkError> {
        let width = self.network.layers()[layers[k]].rows;
        let mut row = vec![diagonal(k, layers[k], &grams[k], pair)?];
        let identity: Vec<f64> = (0..width * width).map(|i| f64::from(u8::from(i % (width + 1) == 0))).collect();
        let start = |tile: &&Tile| {
            let mut path = identity.repeat(tile.count());
            gate(&mut path, width, width, tile.gates[layers[k]].as_deref());
            Stack::new(width, width, path, vec![0; tile.count()])
        };
        let mut paths: Vec<Stack> = pair.iter().map(start).collect();
        let mut layer = layers[k] + 1;
        for l in k + 1..layers.len() {
            while layer < layers[l] {
                let along = |(path, tile): (Stack, &&Tile)| path.times(&self.weights[layer].t()?, tile.gates[layer].as_deref());
                paths = paths.into_iter().zip(pair).map(along).collect::<Result<_, NetworkError>>()?;
                layer += 1;
            }
            let factors = pair.iter().zip(&paths).map(|(tile, path)| Factors::of(tile, [k, l], [layers[k], layers[l]], path));
            row.push(off_diagonal(&factors.collect::<Result<Vec<_>, _>>()?, &grams[k], &grams[l])?);
        }
        Ok(row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curvature::{Data, Layer, Loss, Network};
    use crate::network::Gate;
    use crate::sampled::Streams;
    use rand::RngExt;

    #[test]
    fn blocks_do_not_depend_on_how_the_samples_are_tiled() {
        let streams = Streams::keyed(4, "blocks", "tiles");
        let mut generator = streams.chunk(0);
        let mut some = |size: usize| (0..size).map(|_| generator.random_range(-1.0..1.0)).collect::<Vec<f64>>();
        let widths = [3, 5, 4, 2];
        let layers = (0..3).map(|k| {
            let layer =
                Layer::new(some(widths[k] * widths[k + 1]), widths[k + 1], widths[k], if k < 2 { Gate::Relu } else { Gate::Linear });
            Layer { biases: Some(some(widths[k + 1])), ..layer }
        });
        let network = Network::new(layers.collect()).expect("chains");
        let mut inputs = some(7 * 3);
        // One sample of another magnitude, one that is 0.
        inputs[3..6].iter_mut().for_each(|x| *x *= 1e-200);
        inputs[6..9].fill(0.0);
        let data = Data::new(&network, 7, inputs, some(7 * 2)).expect("fits");
        let pass = Pass::new(&network, &data, Loss::SquaredError).expect("runs");
        for parameters in [Parameters::Weights, Parameters::All] {
            let whole = pass.block_norms(parameters).expect("runs");
            for tile in [1, 2, 3, 5] {
                let parts = pass.block_norms_by(parameters, tile * 25, &|_, _| ()).expect("runs");
                for (a, b) in whole.squares.iter().zip(&parts.squares) {
                    assert!((a.to_f64() - b.to_f64()).abs() <= 1e-13 * a.to_f64(), "{} and {} by {tile}", a.to_f64(), b.to_f64());
                }
            }
        }
    }
}
