//! Products of many drawn matrices with many states.

use candle_core::{Shape, Tensor};

use super::backend::{Backend, Precision};
use super::error::NetworkError;

/// Up to this many columns and states per net one batched call per matrix costs more than multiplying on the host.
const SMALL: (usize, usize) = (8, 4);

/// W a for every net and each of its states.
///
/// `weights` is [nets, rows, columns], `states` [nets, sharing, columns]; the result is [nets, sharing, rows].
pub fn batched(
    backend: &Backend,
    weights: Vec<f64>,
    [nets, rows, columns]: [usize; 3],
    states: &[f64],
    sharing: usize,
) -> Result<Vec<f64>, NetworkError> {
    if backend.is_exact_host() && columns <= SMALL.0 && sharing <= SMALL.1 {
        return Ok(on_host(&weights, states, [rows, columns], sharing));
    }
    let weights = upload(backend, weights, (nets, rows, columns))?;
    let states = upload(backend, states.to_vec(), (nets, sharing, columns))?;
    download(&states.matmul(&weights.t()?)?)
}

/// W a for every row of every net and each of the inputs that all nets share.
///
/// `weights` is [rows, columns] with the rows of all nets stacked, `inputs` a tensor [columns, inputs]; the result is [rows, inputs].
pub fn stacked(backend: &Backend, weights: Vec<f64>, inputs: &Tensor) -> Result<Vec<f64>, NetworkError> {
    let columns = inputs.dim(0)?;
    let rows = weights.len() / columns;
    download(&upload(backend, weights, (rows, columns))?.matmul(inputs)?)
}

/// A tensor of the given shape in the backend's precision, on its device.
pub fn upload(backend: &Backend, entries: Vec<f64>, shape: impl Into<Shape>) -> Result<Tensor, NetworkError> {
    Ok(match backend.precision {
        Precision::Double => Tensor::from_vec(entries, shape.into(), &backend.device)?,
        Precision::Single => {
            let single: Vec<f32> = entries.into_iter().map(|x| x as f32).collect();
            Tensor::from_vec(single, shape.into(), &backend.device)?
        }
    })
}

/// The entries of a tensor, in row-major order.
fn download(tensor: &Tensor) -> Result<Vec<f64>, NetworkError> {
    Ok(tensor.to_dtype(candle_core::DType::F64)?.flatten_all()?.to_vec1()?)
}

fn on_host(weights: &[f64], states: &[f64], [rows, columns]: [usize; 2], sharing: usize) -> Vec<f64> {
    let mut products = Vec::with_capacity(states.len() / columns * rows);
    match columns {
        2 => narrow::<2>(weights, states, rows, sharing, &mut products),
        3 => narrow::<3>(weights, states, rows, sharing, &mut products),
        4 => narrow::<4>(weights, states, rows, sharing, &mut products),
        8 => narrow::<8>(weights, states, rows, sharing, &mut products),
        _ => {
            for (matrix, states) in weights.chunks_exact(rows * columns).zip(states.chunks_exact(sharing * columns)) {
                for state in states.chunks_exact(columns) {
                    products.extend(matrix.chunks_exact(columns).map(|row| dot(row, state)));
                }
            }
        }
    }
    products
}

/// The same with the number of columns known to the compiler.
fn narrow<const COLUMNS: usize>(weights: &[f64], states: &[f64], rows: usize, sharing: usize, products: &mut Vec<f64>) {
    let (weights, states) = (weights.as_chunks::<COLUMNS>().0, states.as_chunks::<COLUMNS>().0);
    for (matrix, states) in weights.chunks_exact(rows).zip(states.chunks_exact(sharing)) {
        for state in states {
            products.extend(matrix.iter().map(|row| dot(row, state)));
        }
    }
}

#[inline]
fn dot(row: &[f64], state: &[f64]) -> f64 {
    row.iter().zip(state).map(|(w, a)| w * a).sum()
}
