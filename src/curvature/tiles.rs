//! Sets of samples, and what pairs of them add to the squared norms of Hessian blocks: the inner products of [`super::blocks`].

use candle_core::Tensor;

use super::stack::{NOTHING, Stack, numbers};
use crate::formula::Scaled;
use crate::network::NetworkError;
use crate::network::power::shift;

/// The numbers held at once by a product over pairs of samples.
const HELD_AT_ONCE: usize = 1 << 21;

/// Some of the samples, with what their blocks are made of.
pub struct Tile {
    /// D^k, layer by layer.
    pub gates: Vec<Option<Vec<f64>>>,
    /// R M_k, layer by layer.
    pub jacobians: Vec<Stack>,
    /// M_kᵀ r, layer by layer.
    pub adjoints: Vec<Stack>,
    /// α of each trained layer: its input, the exponents no lower than that of the 1 that a bias multiplies.
    pub inputs: Vec<Stack>,
}

impl Tile {
    /// The number of samples.
    pub fn count(&self) -> usize {
        self.inputs[0].count()
    }
}

/// The factors of a block off the diagonal, of the samples of a tile.
pub struct Factors<'t> {
    /// 2^exponents of the two terms, in units of 2^unit.
    weights: [Vec<f64>; 2],
    unit: i64,
    /// A_sᵀ
    products: Tensor,
    /// P_sᵀ
    paths: Tensor,
    /// β_s
    betas: Tensor,
    /// α_s of the upper layer.
    inputs: Tensor,
    tile: &'t Tile,
}

/// What a pair of tiles, in either order, or one with itself, adds to n² ‖H_kk‖_F²; `layer` is the place of the k-th trained layer.
pub fn diagonal(k: usize, layer: usize, gram_of_inputs: &[f64], pair: &[&Tile]) -> Result<Scaled, NetworkError> {
    let squares = pair.iter().map(|tile| {
        let jacobian = &tile.jacobians[layer];
        let exponents: Vec<i64> = jacobian.exponents.iter().zip(&tile.inputs[k].exponents).map(|(j, a)| 2 * (j + a)).collect();
        let jacobian = jacobian.tensor()?;
        Ok((jacobian.transpose(1, 2)?.matmul(&jacobian)?, relative(&exponents)))
    });
    let squares = squares.collect::<Result<Vec<_>, NetworkError>>()?;
    let ((left, (u, unit)), (right, (v, other))) = (&squares[0], &squares[squares.len() - 1]);
    let products = gram(left, right)?;
    let total = weighted(u, v, |i| gram_of_inputs[i] * gram_of_inputs[i] * products[i]);
    Ok(scaled(total * pair.len() as f64, unit + other))
}

impl<'t> Factors<'t> {
    /// Of trained layers of those positions and places; `path` holds P_{l,k}ᵀ.
    pub fn of(tile: &'t Tile, [k, l]: [usize; 2], [lower, upper]: [usize; 2], path: &Stack) -> Result<Self, NetworkError> {
        let (left, right, adjoint) = (&tile.jacobians[lower], &tile.jacobians[upper], &tile.adjoints[upper]);
        let (below, above) = (&tile.inputs[k], &tile.inputs[l]);
        let exponents: Vec<[i64; 2]> = (0..tile.count())
            .map(|s| {
                let outer = left.exponents[s] + right.exponents[s] + above.exponents[s];
                [below.exponents[s] + outer, below.exponents[s] + adjoint.exponents[s] + path.exponents[s]]
            })
            .collect();
        let (weights, unit) = relative(exponents.as_flattened());
        let (first, second): (Vec<f64>, Vec<f64>) = weights.chunks_exact(2).map(|pair| (pair[0], pair[1])).unzip();
        let products = left.tensor()?.transpose(1, 2)?.matmul(&right.tensor()?)?;
        Ok(Factors {
            weights: [first, second],
            unit,
            products,
            paths: path.tensor()?,
            betas: adjoint.tensor()?,
            inputs: above.tensor()?,
            tile,
        })
    }
}

/// What a pair of tiles, in either order, or one with itself, adds to n² ‖H_kl‖_F² for k < l.
pub fn off_diagonal(pair: &[Factors<'_>], below: &[f64], above: &[f64]) -> Result<Scaled, NetworkError> {
    let (left, right) = (&pair[0], &pair[pair.len() - 1]);
    let (products, adjoints, paths) =
        (gram(&left.products, &right.products)?, gram(&left.betas, &right.betas)?, gram(&left.paths, &right.paths)?);
    let mut total = weighted(&left.weights[0], &right.weights[0], |i| below[i] * above[i] * products[i]);
    total += weighted(&left.weights[1], &right.weights[1], |i| below[i] * adjoints[i] * paths[i]);
    total *= pair.len() as f64;
    let cross = crossed(left, right)?;
    total += 2.0 * weighted(&left.weights[0], &right.weights[1], |i| below[i] * cross[i]);
    if pair.len() > 1 {
        let (cross, lefts, rights) = (crossed(right, left)?, left.tile.count(), right.tile.count());
        total += 2.0 * weighted(&right.weights[0], &left.weights[1], |i| below[i % lefts * rights + i / lefts] * cross[i]);
    }
    Ok(scaled(total, left.unit + right.unit))
}

/// `total` · 2^exponent; 0 where a tile's blocks are all 0.
fn scaled(total: f64, exponent: i64) -> Scaled {
    if exponent < NOTHING / 2 { Scaled::new(0.0, 0) } else { Scaled::new(total, exponent) }
}

/// β_tᵀA_s P_tᵀα_s for all pairs [s, t], s of one tile and t of the other, some samples t at a time.
fn crossed(left: &Factors<'_>, right: &Factors<'_>) -> Result<Vec<f64>, NetworkError> {
    let tile = HELD_AT_ONCE / (left.products.dim(0)? * left.products.dim(1)?);
    crossed_by(&left.products, &right.paths, &right.betas, &left.inputs, tile)
}

/// As [`crossed`], `tile` samples t at a time: `products` holds A_sᵀ, `paths` P_tᵀ.
fn crossed_by(products: &Tensor, paths: &Tensor, betas: &Tensor, inputs: &Tensor, tile: usize) -> Result<Vec<f64>, NetworkError> {
    let (lefts, width, rows) = products.dims3()?;
    let (rights, columns) = (paths.dim(0)?, paths.dim(2)?);
    let (products, betas) = (products.reshape((lefts * width, rows))?, betas.reshape((rights, rows))?);
    let inputs = inputs.reshape((lefts, columns))?;
    let mut crossed = vec![0.0; lefts * rights];
    let tile = tile.clamp(1, rights);
    for start in (0..rights).step_by(tile) {
        let tile = tile.min(rights - start);
        let from_left = numbers(&betas.narrow(0, start, tile)?.matmul(&products.t()?)?)?;
        let behind = paths.narrow(0, start, tile)?.reshape((tile * width, columns))?;
        let from_right = numbers(&inputs.matmul(&behind.t()?)?)?;
        for s in 0..lefts {
            for t in 0..tile {
                let (u, v) = ((t * lefts + s) * width, (s * tile + t) * width);
                let pairs = from_left[u..u + width].iter().zip(&from_right[v..v + width]);
                crossed[s * rights + start + t] = pairs.map(|(x, y)| x * y).sum();
            }
        }
    }
    Ok(crossed)
}

/// The inner products of all pairs of samples of two stacks: [lefts, rights] from [samples, rows, columns].
pub fn gram(left: &Tensor, right: &Tensor) -> Result<Vec<f64>, NetworkError> {
    numbers(&left.flatten_from(1)?.matmul(&right.flatten_from(1)?.t()?)?)
}

/// 2^exponents relative to the largest of them, which is returned too.
fn relative(exponents: &[i64]) -> (Vec<f64>, i64) {
    let largest = exponents.iter().copied().max().unwrap_or(NOTHING);
    let relative = |&exponent: &i64| if exponent < NOTHING / 2 { 0.0 } else { shift(1.0, exponent - largest) };
    (exponents.iter().map(relative).collect(), largest)
}

/// Σ_{s,t} left_s right_t term(s n + t), n the number on the right.
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
        let (lefts, rights, width, rows, columns) = (7, 6, 3, 4, 5);
        let some = |size: usize, step: usize| (0..size).map(|i| ((i * step) % 23) as f64 - 11.0).collect::<Vec<f64>>();
        let (a, p) = (some(lefts * width * rows, 5), some(rights * width * columns, 7));
        let (b, x) = (some(rights * rows, 3), some(lefts * columns, 13));
        let products = tensor(a.clone(), (lefts, width, rows)).expect("fits");
        let paths = tensor(p.clone(), (rights, width, columns)).expect("fits");
        let betas = tensor(b.clone(), (rights, 1, rows)).expect("fits");
        let inputs = tensor(x.clone(), (lefts, 1, columns)).expect("fits");
        for tile in [0, 1, 3, 7, 100] {
            let found = crossed_by(&products, &paths, &betas, &inputs, tile).expect("fits");
            for (s, t) in (0..lefts).flat_map(|s| (0..rights).map(move |t| (s, t))) {
                let mut expected = 0.0;
                for q in 0..width {
                    let left: f64 = (0..rows).map(|i| b[t * rows + i] * a[(s * width + q) * rows + i]).sum();
                    let right: f64 = (0..columns).map(|j| x[s * columns + j] * p[(t * width + q) * columns + j]).sum();
                    expected += left * right;
                }
                assert_eq!(found[s * rights + t], expected, "samples {s} and {t}, tile {tile}");
            }
        }
    }
}
