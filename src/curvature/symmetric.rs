//! Dense symmetric matrices, for small nets: the Hessian by products with unit vectors, and all eigenvalues by rotations.

use super::pass::Pass;
use crate::network::NetworkError;

/// The sweeps of rotations after which off-diagonal entries count as 0: convergence is quadratic, ten suffice.
const SWEEPS: usize = 40;

impl Pass<'_> {
    /// The whole Hessian, row by row, in units of 2^exponent: one product for each parameter, for small nets.
    ///
    /// # Errors
    /// If candle fails.
    pub fn dense_hessian(&self, exponent: i64) -> Result<Vec<Vec<f64>>, NetworkError> {
        let count = self.network.parameters();
        let row = |index: usize| {
            let mut unit = vec![0.0; count];
            unit[index] = 1.0;
            Ok(self.hessian_vector(&unit)?.in_units_of(exponent))
        };
        (0..count).map(row).collect()
    }
}

/// All eigenvalues of a symmetric matrix, ascending, by cyclic Jacobi rotations (Golub and Van Loan, 8.5): off by a small multiple of
/// 2^−53 of the largest.
#[must_use]
pub fn eigenvalues(mut matrix: Vec<Vec<f64>>) -> Vec<f64> {
    let size = matrix.len();
    for _ in 0..SWEEPS {
        let mut rotated = false;
        for p in 0..size {
            for q in p + 1..size {
                rotated |= rotate(&mut matrix, p, q);
            }
        }
        if !rotated {
            break;
        }
    }
    let mut values: Vec<f64> = (0..size).map(|i| matrix[i][i]).collect();
    values.sort_by(f64::total_cmp);
    values
}

/// Makes the entries (p, q) and (q, p) 0 by a rotation, unless they are too small to matter; whether it did.
fn rotate(matrix: &mut [Vec<f64>], p: usize, q: usize) -> bool {
    let entry = matrix[p][q];
    if entry.abs() <= f64::EPSILON * f64::EPSILON * (matrix[p][p].abs() + matrix[q][q].abs()) {
        return false;
    }
    let slope = (matrix[q][q] - matrix[p][p]) / (2.0 * entry);
    let tangent = 1.0f64.copysign(slope) / (slope.abs() + slope.hypot(1.0));
    let (cosine, sine) = (1.0 / tangent.hypot(1.0), tangent / tangent.hypot(1.0));
    for row in matrix.iter_mut() {
        (row[p], row[q]) = (cosine * row[p] - sine * row[q], sine * row[p] + cosine * row[q]);
    }
    let (head, tail) = matrix.split_at_mut(q);
    for (x, y) in head[p].iter_mut().zip(&mut tail[0]) {
        (*x, *y) = (cosine * *x - sine * *y, sine * *x + cosine * *y);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::eigenvalues;

    #[test]
    fn the_second_difference_has_its_known_eigenvalues() {
        let size = 9;
        let entry = |i: usize, j: usize| if i == j { 2.0 } else { -f64::from(u8::from(i.abs_diff(j) == 1)) };
        let found = eigenvalues((0..size).map(|i| (0..size).map(|j| entry(i, j)).collect()).collect());
        for (k, value) in found.iter().enumerate() {
            let expected = 2.0 - 2.0 * (std::f64::consts::PI * (k as f64 + 1.0) / (size as f64 + 1.0)).cos();
            assert!((value - expected).abs() < 1e-14, "{value} instead of {expected}");
        }
        let pair = eigenvalues(vec![vec![0.0, -3.0], vec![-3.0, 0.0]]);
        assert!((pair[0] + 3.0).abs() < 1e-15 && (pair[1] - 3.0).abs() < 1e-15, "{pair:?}");
    }
}
