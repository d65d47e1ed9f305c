//! Losses of an output against a target.

use super::network::Data;
use super::stack::{Stack, tensor};
use crate::network::NetworkError;
use crate::network::power::shift;
use candle_core::{Device, Tensor};

/// A loss, averaged over samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// ½‖f − y‖²
    SquaredError,
    /// −Σ y_i ln softmax(f)_i, for targets that are probabilities.
    CrossEntropy,
}

/// A loss at an output, sample by sample.
#[derive(Clone, Debug)]
pub(super) struct Valuation {
    /// Terms that sum to n times the loss, as mantissas and exponents.
    pub terms: Vec<(f64, i64)>,
    /// r, the derivative by f.
    pub residual: Stack,
    /// softmax(f), whose covariance is the second derivative by f; none where that is the identity.
    probabilities: Option<Vec<f64>>,
}

impl Loss {
    /// The loss of `output` (one row to a sample) against the targets.
    pub(super) fn at(self, output: &Stack, data: &Data) -> Result<Valuation, NetworkError> {
        match self {
            Loss::SquaredError => Ok(squared_error(output, data.targets())),
            Loss::CrossEntropy => cross_entropy(output, data.targets()),
        }
    }
}

fn squared_error(output: &Stack, targets: &[f64]) -> Valuation {
    let negated = targets.iter().map(|y| -y).collect();
    let residual = output.clone().plus(Stack::new(1, output.columns, negated, vec![0; output.count()]));
    let terms = residual.squares().map(|(square, exponent)| (square / 2.0, exponent)).collect();
    Valuation { terms, residual, probabilities: None }
}

fn cross_entropy(output: &Stack, targets: &[f64]) -> Result<Valuation, NetworkError> {
    let (mut terms, mut probabilities) = (Vec::new(), Vec::new());
    let samples = output.entries.chunks_exact(output.columns).zip(&output.exponents).zip(targets.chunks_exact(output.columns));
    for (index, ((f, &exponent), y)) in samples.enumerate() {
        if y.iter().any(|&y| y < 0.0) || (y.iter().sum::<f64>() - 1.0).abs() > 1e-9 {
            return Err(NetworkError::Shape(format!("the targets of sample {} are no probabilities that sum to 1", index + 1)));
        }
        let largest = f.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let powers: Vec<f64> = f.iter().map(|f| shift(f - largest, exponent).exp()).collect();
        let total: f64 = powers.iter().sum();
        terms.push((f.iter().zip(y).map(|(f, y)| y * (largest - f)).sum(), exponent));
        terms.push((total.ln(), 0));
        probabilities.extend(powers.iter().map(|power| power / total));
    }
    let differences = probabilities.iter().zip(targets).map(|(p, y)| p - y).collect();
    let residual = Stack::new(1, output.columns, differences, vec![0; output.count()]);
    Ok(Valuation { terms, residual, probabilities: Some(probabilities) })
}

impl Valuation {
    /// R with RᵀR the second derivative of the loss by f, for each sample: the identity, or diag(√p)(I − 1pᵀ).
    pub fn factor(&self) -> Stack {
        let (width, count) = (self.residual.columns, self.residual.count());
        let kronecker = |i: usize, j: usize| f64::from(u8::from(i == j));
        let pairs = || (0..width).flat_map(|i| (0..width).map(move |j| (i, j)));
        let entries = match &self.probabilities {
            None => pairs().map(|(i, j)| kronecker(i, j)).collect::<Vec<f64>>().repeat(count),
            Some(p) => p.chunks_exact(width).flat_map(|p| pairs().map(|(i, j)| p[i].sqrt() * (kronecker(i, j) - p[j]))).collect(),
        };
        Stack::new(width, width, entries, vec![0; count])
    }

    /// The second derivative by f, times one row to a sample.
    pub fn curve(&self, rows: &Stack) -> Result<Stack, NetworkError> {
        if self.probabilities.is_none() {
            return Ok(rows.clone());
        }
        let factor = self.factor();
        let transposed = self.product(rows, &factor.tensor(&Device::Cpu)?.transpose(1, 2)?)?;
        let exponents = |stack: &Stack| stack.exponents.iter().zip(&factor.exponents).map(|(a, b)| a + b).collect();
        let once = Stack::new(1, rows.columns, transposed, exponents(rows));
        let twice = self.product(&once, &factor.tensor(&Device::Cpu)?)?;
        Ok(Stack::new(1, rows.columns, twice, exponents(&once)))
    }

    /// Each row times a matrix of its own, mantissas only.
    fn product(&self, rows: &Stack, matrices: &Tensor) -> Result<Vec<f64>, NetworkError> {
        super::stack::numbers(&tensor(rows.entries.clone(), (rows.count(), 1, rows.columns), &Device::Cpu)?.matmul(matrices)?)
    }
}
