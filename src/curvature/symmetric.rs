//! Dense symmetric matrices, for small nets: the Hessian by products with unit vectors, and all eigenvalues by rotations.

use super::pass::Pass;
use super::rounding::allowance;
use super::span::Span;
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

/// A symmetric matrix known up to an error in each entry.
#[derive(Clone, Debug, PartialEq)]
pub struct Uncertain {
    /// The entries.
    pub entries: Vec<Vec<f64>>,
    /// The bounds on their errors.
    pub error: Vec<Vec<f64>>,
}

impl Uncertain {
    /// From entries of a symmetric matrix that rounding has left not quite symmetric: those below the diagonal stand for those above.
    pub fn new(mut entries: Vec<Vec<f64>>, mut error: Vec<Vec<f64>>) -> Self {
        for (i, j) in (0..entries.len()).flat_map(|i| (0..i).map(move |j| (i, j))) {
            (entries[j][i], error[j][i]) = (entries[i][j], error[i][j]);
        }
        Uncertain { entries, error }
    }

    /// An entry.
    pub fn at(&self, i: usize, j: usize) -> Span {
        Span::around(self.entries[i][j], self.error[i][j])
    }

    /// The part of those rows and columns.
    pub fn part(&self, kept: &[usize]) -> Self {
        let part = |of: &[Vec<f64>]| kept.iter().map(|&i| kept.iter().map(|&j| of[i][j]).collect()).collect();
        Uncertain { entries: part(&self.entries), error: part(&self.error) }
    }

    /// ‖·‖_F
    pub fn norm(&self) -> Span {
        let indices = || 0..self.entries.len();
        let squares = indices().flat_map(|i| indices().map(move |j| (i, j))).map(|(i, j)| {
            let entry = self.at(i, j).abs();
            entry * entry
        });
        squares.sum::<Span>().sqrt()
    }

    /// All eigenvalues, ascending, each between two bounds.
    ///
    /// Rotations give a nearly orthogonal Q; then λ_k(QᵀAQ) = θ_k λ_k(A) with |θ_k − 1| ≤ ‖QᵀQ − I‖₂ (Ostrowski), the diagonal of
    /// QᵀAQ in order is off from its eigenvalues by at most the norm of the rest, and those of A by at most the norm of the entries'
    /// errors (Weyl). The three matrices are computed with errors of at most γ_{2n} and γ_n of their majorants; nothing is asked of Q.
    pub fn eigenvalues(&self) -> Vec<Span> {
        let size = self.entries.len();
        let (_, vectors) = rotated(self.entries.clone());
        let turned = product(&vectors, &product(&self.entries, &transposed(&vectors)));
        let square = |matrix: &[Vec<f64>]| matrix.iter().flatten().map(|x| x * x).sum::<f64>();
        let (squares, whole) = (square(&vectors), square(&self.entries).sqrt());
        let rest: f64 =
            (0..size).flat_map(|i| (0..size).map(move |j| (i, j))).filter(|(i, j)| i != j).map(|(i, j)| turned[i][j].powi(2)).sum();
        let slack = Span::exactly(rest.sqrt()) * (1.0 + allowance(size * size)) + Span::exactly(allowance(2 * size + 2)) * squares * whole;
        let mut gram = product(&vectors, &transposed(&vectors));
        (0..size).for_each(|i| gram[i][i] -= 1.0);
        let skew = Span::exactly(square(&gram).sqrt()) * (1.0 + allowance(size * size)) + Span::exactly(allowance(size + 2)) * squares;
        let outside = square(&self.error).sqrt() * (1.0 + allowance(size * size));
        let mut diagonal: Vec<f64> = (0..size).map(|i| turned[i][i]).collect();
        diagonal.sort_by(f64::total_cmp);
        let factor = Span::around(1.0, skew.high);
        diagonal.into_iter().map(|value| Span::around(value, slack.high) / factor).map(|value| value + Span::around(0.0, outside)).collect()
    }
}

fn transposed(matrix: &[Vec<f64>]) -> Vec<Vec<f64>> {
    (0..matrix.len()).map(|i| matrix.iter().map(|row| row[i]).collect()).collect()
}

fn product(left: &[Vec<f64>], right: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let entry = |row: &Vec<f64>, j: usize| row.iter().zip(right).map(|(x, other)| x * other[j]).sum();
    left.iter().map(|row| (0..right.len()).map(|j| entry(row, j)).collect()).collect()
}

/// All eigenvalues of a symmetric matrix, ascending, by cyclic Jacobi rotations (Golub and Van Loan, 8.5): off by a small multiple of
/// 2^−53 of the largest.
#[must_use]
pub fn eigenvalues(matrix: Vec<Vec<f64>>) -> Vec<f64> {
    let (mut values, _) = rotated(matrix);
    values.sort_by(f64::total_cmp);
    values
}

/// The diagonal after rotations, and the eigenvectors as rows.
fn rotated(mut matrix: Vec<Vec<f64>>) -> (Vec<f64>, Vec<Vec<f64>>) {
    let size = matrix.len();
    let mut vectors: Vec<Vec<f64>> = (0..size).map(|i| (0..size).map(|j| f64::from(u8::from(i == j))).collect()).collect();
    for _ in 0..SWEEPS {
        let mut turned = false;
        for p in 0..size {
            for q in p + 1..size {
                turned |= rotate(&mut matrix, &mut vectors, p, q);
            }
        }
        if !turned {
            break;
        }
    }
    ((0..size).map(|i| matrix[i][i]).collect(), vectors)
}

/// Makes the entries (p, q) and (q, p) 0 by a rotation, unless they are too small to matter; whether it did.
fn rotate(matrix: &mut [Vec<f64>], vectors: &mut [Vec<f64>], p: usize, q: usize) -> bool {
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
    for rows in [matrix, vectors] {
        let (head, tail) = rows.split_at_mut(q);
        for (x, y) in head[p].iter_mut().zip(&mut tail[0]) {
            (*x, *y) = (cosine * *x - sine * *y, sine * *x + cosine * *y);
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn bounds_hold_the_known_eigenvalues_and_widen_with_the_entries_errors() {
        let size = 9;
        let entry = |i: usize, j: usize| if i == j { 2.0 } else { -f64::from(u8::from(i.abs_diff(j) == 1)) };
        let entries: Vec<Vec<f64>> = (0..size).map(|i| (0..size).map(|j| entry(i, j)).collect()).collect();
        for error in [0.0, 1e-6] {
            let found = Uncertain::new(entries.clone(), vec![vec![error; size]; size]).eigenvalues();
            for (k, value) in found.iter().enumerate() {
                let expected = 2.0 - 2.0 * (std::f64::consts::PI * (k as f64 + 1.0) / (size as f64 + 1.0)).cos();
                assert!(value.low <= expected && expected <= value.high, "{value:?} without {expected}");
                assert!(value.width() >= 17.9 * error && value.width() < 19.0 * error + 1e-12, "{value:?}");
            }
        }
    }

    #[test]
    fn bounds_hold_where_squares_nearly_overflow() {
        let entries = vec![vec![1e150, 1e150], vec![1e150, -1e150]];
        let found = Uncertain::new(entries, vec![vec![0.0; 2]; 2]).eigenvalues();
        let expected = 2f64.sqrt() * 1e150;
        assert!(found[0].low <= -expected && -expected <= found[0].high && found[1].low <= expected && expected <= found[1].high);
    }
}
