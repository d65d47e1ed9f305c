//! The Frobenius norms of all blocks of the Hessian, by their factors.
//!
//! For one sample and k < l the block is H_kl[U, V] = Σ U_ij V_pq α_q^k (A_ip α_j^l + β_i P_jp), with α^k the input of layer k,
//! A = M_lᵀM_k, β = M_lᵀr, P = P_{l,k}; so the inner product of the blocks of samples s and t is
//! ⟨α^k_s, α^k_t⟩ (⟨A_s, A_t⟩⟨α^l_s, α^l_t⟩ + ⟨β_s, β_t⟩⟨P_s, P_t⟩ + β_tᵀA_s P_tᵀα^l_s + β_sᵀA_t P_sᵀα^l_t), and ‖H_kl‖_F² is the
//! mean over all s, t. For k = l the terms with P are absent. In A a loss other than the squared error puts its second derivative by f
//! between the two factors. All inner products come from matrix products over the batch.

use candle_core::Tensor;
use rayon::prelude::*;

use super::pass::Pass;
use super::stack::{NOTHING, Stack, gate, numbers};
use crate::formula::Scaled;
use crate::network::NetworkError;
use crate::network::power::shift;

/// The numbers held at once by a product over pairs of samples.
const HELD_AT_ONCE: usize = 1 << 21;

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

/// What a trained layer contributes to its blocks.
struct Side {
    /// Its place in the network.
    layer: usize,
    /// α: the layer's input, the exponents no lower than that of the 1 that a bias multiplies.
    input: Stack,
    /// ⟨α_s, α_t⟩ over pairs of samples, in units of the exponents of `input`.
    gram: Vec<f64>,
}

impl Pass<'_> {
    /// ‖H_kl‖_F² of all blocks, exactly up to rounding, in memory O(L² + L n (d² + n)).
    ///
    /// # Errors
    /// If candle fails.
    pub fn block_norms(&self, parameters: Parameters) -> Result<BlockNorms, NetworkError> {
        let layers = self.network.trained();
        let jacobians = self.jacobians()?;
        let sides = layers.iter().map(|&layer| self.side(layer, parameters)).collect::<Result<Vec<_>, _>>()?;
        let rows = (0..layers.len()).into_par_iter().with_max_len(1).map(|k| self.row(k, &sides, &jacobians));
        let mut squares = vec![Scaled::new(0.0, 0); layers.len() * layers.len()];
        for (k, row) in rows.collect::<Result<Vec<_>, _>>()?.into_iter().enumerate() {
            squares[k * layers.len() + k..(k + 1) * layers.len()].copy_from_slice(&row);
        }
        Ok(BlockNorms { layers, squares })
    }

    fn side(&self, layer: usize, parameters: Parameters) -> Result<Side, NetworkError> {
        let mut input = self.inputs[layer].clone();
        let bias = parameters == Parameters::All && self.network.layers()[layer].biases.is_some();
        if bias {
            let raised: Vec<i64> = input.exponents.iter().map(|&exponent| exponent.max(0)).collect();
            input.shift_to(&raised);
        }
        let mut gram = gram(&input.tensor(self.device())?)?;
        if bias {
            let ones: Vec<f64> = input.exponents.iter().map(|&exponent| shift(1.0, -exponent)).collect();
            for (row, s) in gram.chunks_exact_mut(ones.len()).zip(&ones) {
                row.iter_mut().zip(&ones).for_each(|(g, t)| *g += s * t);
            }
        }
        Ok(Side { layer, input, gram })
    }

    /// ‖H_kl‖_F² for l = k, k + 1, …
    fn row(&self, k: usize, sides: &[Side], jacobians: &[Stack]) -> Result<Vec<Scaled>, NetworkError> {
        let (own, count) = (&sides[k], self.count());
        let width = self.network.layers()[own.layer].rows;
        let mut row = vec![self.diagonal(own, &jacobians[own.layer])?];
        let identity: Vec<f64> = (0..width * width).map(|i| f64::from(u8::from(i % (width + 1) == 0))).collect();
        let mut path = identity.repeat(count);
        gate(&mut path, width, width, self.gates[own.layer].as_deref());
        let mut path = Stack::new(width, width, path, vec![0; count]);
        let mut layer = own.layer + 1;
        for other in &sides[k + 1..] {
            while layer < other.layer {
                path = path.times(&self.weights[layer].t()?, self.gates[layer].as_deref())?;
                layer += 1;
            }
            row.push(self.pair(own, other, &path, jacobians)?);
        }
        Ok(row)
    }

    fn diagonal(&self, side: &Side, jacobian: &Stack) -> Result<Scaled, NetworkError> {
        let jacobian_tensor = jacobian.tensor(self.device())?;
        let products = gram(&jacobian_tensor.transpose(1, 2)?.matmul(&jacobian_tensor)?)?;
        let exponents: Vec<i64> = jacobian.exponents.iter().zip(&side.input.exponents).map(|(j, a)| 2 * (j + a)).collect();
        let (weights, unit) = relative(&exponents);
        let total = weighted(&weights, &weights, |i| side.gram[i] * side.gram[i] * products[i]);
        Ok(self.mean(total, unit))
    }

    /// ‖H_kl‖_F² for k < l; `path` holds P_{l,k}ᵀ.
    fn pair(&self, k: &Side, l: &Side, path: &Stack, jacobians: &[Stack]) -> Result<Scaled, NetworkError> {
        let (left, right, adjoint) = (&jacobians[k.layer], &jacobians[l.layer], &self.adjoints[l.layer]);
        let count = self.count();
        let exponents: Vec<[i64; 2]> = (0..count)
            .map(|s| {
                let outer = left.exponents[s] + right.exponents[s] + l.input.exponents[s];
                [k.input.exponents[s] + outer, k.input.exponents[s] + adjoint.exponents[s] + path.exponents[s]]
            })
            .collect();
        let (weights, unit) = relative(exponents.as_flattened());
        let (first, second): (Vec<f64>, Vec<f64>) = weights.chunks_exact(2).map(|pair| (pair[0], pair[1])).unzip();

        let product = left.tensor(self.device())?.transpose(1, 2)?.matmul(&right.tensor(self.device())?)?;
        let (paths, betas) = (path.tensor(self.device())?, adjoint.tensor(self.device())?);
        let (products, adjoints, path_grams) = (gram(&product)?, gram(&betas)?, gram(&paths)?);
        let mut total = weighted(&first, &first, |i| k.gram[i] * l.gram[i] * products[i]);
        total += weighted(&second, &second, |i| k.gram[i] * adjoints[i] * path_grams[i]);
        let tile = HELD_AT_ONCE / (count * path.rows);
        let cross = crossed(&product, &paths, &betas, &l.input.tensor(self.device())?, tile)?;
        total += 2.0 * weighted(&first, &second, |i| k.gram[i] * cross[i]);
        Ok(self.mean(total, unit))
    }

    /// `total` · 2^(2 unit) / n²; rounding cannot make a norm negative.
    fn mean(&self, total: f64, unit: i64) -> Scaled {
        if unit < NOTHING / 2 {
            return Scaled::new(0.0, 0);
        }
        let count = self.count() as f64;
        Scaled::new(total.max(0.0) / (count * count), 2 * unit)
    }
}

/// β_tᵀA_s P_tᵀα_s for all pairs [s, t], `tile` samples t at a time: `products` holds A_sᵀ, `paths` P_tᵀ.
fn crossed(products: &Tensor, paths: &Tensor, betas: &Tensor, inputs: &Tensor, tile: usize) -> Result<Vec<f64>, NetworkError> {
    let (count, width, rows) = products.dims3()?;
    let columns = paths.dim(2)?;
    let (products, betas) = (products.reshape((count * width, rows))?, betas.reshape((count, rows))?);
    let inputs = inputs.reshape((count, columns))?;
    let mut crossed = vec![0.0; count * count];
    let tile = tile.clamp(1, count);
    for start in (0..count).step_by(tile) {
        let tile = tile.min(count - start);
        let from_left = numbers(&betas.narrow(0, start, tile)?.matmul(&products.t()?)?)?;
        let behind = paths.narrow(0, start, tile)?.reshape((tile * width, columns))?;
        let from_right = numbers(&inputs.matmul(&behind.t()?)?)?;
        for s in 0..count {
            for t in 0..tile {
                let (u, v) = ((t * count + s) * width, (s * tile + t) * width);
                let pairs = from_left[u..u + width].iter().zip(&from_right[v..v + width]);
                crossed[s * count + start + t] = pairs.map(|(x, y)| x * y).sum();
            }
        }
    }
    Ok(crossed)
}

/// The inner products of all pairs of samples: [samples, samples] from [samples, rows, columns].
fn gram(stack: &Tensor) -> Result<Vec<f64>, NetworkError> {
    let flat = stack.flatten_from(1)?;
    numbers(&flat.matmul(&flat.t()?)?)
}

/// 2^exponents relative to the largest of them, which is returned too.
fn relative(exponents: &[i64]) -> (Vec<f64>, i64) {
    let largest = exponents.iter().copied().max().unwrap_or(NOTHING);
    let relative = |&exponent: &i64| if exponent < NOTHING / 2 { 0.0 } else { shift(1.0, exponent - largest) };
    (exponents.iter().map(relative).collect(), largest)
}

/// Σ_{s,t} left_s right_t term(s n + t)
fn weighted(left: &[f64], right: &[f64], term: impl Fn(usize) -> f64) -> f64 {
    let count = right.len();
    left.iter().enumerate().map(|(s, u)| u * (0..count).map(|t| right[t] * term(s * count + t)).sum::<f64>()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curvature::stack::tensor;

    #[test]
    fn cross_terms_do_not_depend_on_how_the_samples_are_tiled() {
        let (count, width, rows, columns) = (7, 3, 4, 5);
        let some = |size: usize, step: usize| (0..size).map(|i| ((i * step) % 23) as f64 - 11.0).collect::<Vec<f64>>();
        let (a, p) = (some(count * width * rows, 5), some(count * width * columns, 7));
        let (b, x) = (some(count * rows, 3), some(count * columns, 13));
        let products = tensor(a.clone(), (count, width, rows), &candle_core::Device::Cpu).expect("fits");
        let paths = tensor(p.clone(), (count, width, columns), &candle_core::Device::Cpu).expect("fits");
        let betas = tensor(b.clone(), (count, 1, rows), &candle_core::Device::Cpu).expect("fits");
        let inputs = tensor(x.clone(), (count, 1, columns), &candle_core::Device::Cpu).expect("fits");
        for tile in [0, 1, 3, 7, 100] {
            let found = crossed(&products, &paths, &betas, &inputs, tile).expect("fits");
            for (s, t) in (0..count).flat_map(|s| (0..count).map(move |t| (s, t))) {
                let mut expected = 0.0;
                for q in 0..width {
                    let left: f64 = (0..rows).map(|i| b[t * rows + i] * a[(s * width + q) * rows + i]).sum();
                    let right: f64 = (0..columns).map(|j| x[s * columns + j] * p[(t * width + q) * columns + j]).sum();
                    expected += left * right;
                }
                assert_eq!(found[s * count + t], expected, "samples {s} and {t}, tile {tile}");
            }
        }
    }
}
