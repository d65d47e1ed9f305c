//! Batches of matrices of any magnitude, one to a sample.

use std::ops::Range;

use candle_core::{Device, Tensor};

use crate::formula::Scaled;
use crate::network::NetworkError;
use crate::network::power::{normalise, shift, shift_all};

/// The exponent of a matrix that is 0: below every other, and sums of a few do not overflow.
pub const NOTHING: i64 = i64::MIN / 16;

/// One matrix to a sample, all of one shape: matrix s is `entries` · 2^exponent, its largest entry in [1, 2), or 0 with exponent
/// [`NOTHING`].
#[derive(Clone, Debug)]
pub struct Stack {
    pub rows: usize,
    pub columns: usize,
    pub entries: Vec<f64>,
    pub exponents: Vec<i64>,
}

impl Stack {
    /// The matrices `entries` · 2^exponents, brought into range.
    pub fn new(rows: usize, columns: usize, mut entries: Vec<f64>, mut exponents: Vec<i64>) -> Self {
        for (matrix, exponent) in entries.chunks_exact_mut(rows * columns).zip(&mut exponents) {
            *exponent = normalise(matrix).map_or(NOTHING, |taken| *exponent + taken);
        }
        Stack { rows, columns, entries, exponents }
    }

    /// The number of samples.
    pub fn count(&self) -> usize {
        self.exponents.len()
    }

    /// The numbers in each matrix.
    pub fn size(&self) -> usize {
        self.rows * self.columns
    }

    /// The matrices of some samples.
    pub fn part(&self, samples: Range<usize>) -> Stack {
        let entries = self.entries[samples.start * self.size()..samples.end * self.size()].to_vec();
        Stack { rows: self.rows, columns: self.columns, entries, exponents: self.exponents[samples].to_vec() }
    }

    /// The mantissas as [samples, rows, columns].
    pub fn tensor(&self) -> Result<Tensor, NetworkError> {
        tensor(self.entries.clone(), (self.count(), self.rows, self.columns))
    }

    /// Each matrix times `right` ([columns, m]), and then, column by column, times the sample's `gates` ([samples, m]).
    pub fn times(self, right: &Tensor, gates: Option<&[f64]>) -> Result<Stack, NetworkError> {
        let (rows, columns) = (self.rows, right.dim(1)?);
        let mut entries = numbers(&tensor(self.entries, (self.exponents.len() * rows, self.columns))?.matmul(right)?)?;
        gate(&mut entries, rows, columns, gates);
        Ok(Stack::new(rows, columns, entries, self.exponents))
    }

    /// The sum of two stacks, sample by sample.
    pub fn plus(mut self, mut other: Stack) -> Stack {
        let exponents = self.align_with(&mut other);
        self.entries.iter_mut().zip(&other.entries).for_each(|(x, y)| *x += y);
        Stack::new(self.rows, self.columns, self.entries, exponents)
    }

    /// Shifts both stacks, sample by sample, to the larger of their exponents, and returns those.
    fn align_with(&mut self, other: &mut Stack) -> Vec<i64> {
        let exponents: Vec<i64> = self.exponents.iter().zip(&other.exponents).map(|(&a, &b)| a.max(b)).collect();
        self.shift_to(&exponents);
        other.shift_to(&exponents);
        exponents
    }

    /// Writes each matrix in units of 2^exponent of its own.
    pub fn shift_to(&mut self, exponents: &[i64]) {
        let size = self.size();
        for ((matrix, own), &wanted) in self.entries.chunks_exact_mut(size).zip(&mut self.exponents).zip(exponents) {
            shift_all(matrix, *own - wanted);
            *own = wanted;
        }
    }

    /// ‖·‖_F² of each matrix.
    pub fn squares(&self) -> impl Iterator<Item = (f64, i64)> {
        let squares = self.entries.chunks_exact(self.size()).map(|matrix| matrix.iter().map(|x| x * x).sum());
        squares.zip(self.exponents.iter().map(|&exponent| 2 * exponent))
    }
}

/// Multiplies columns by gates: `entries` is [samples, rows, columns], `gates` [samples, columns].
pub fn gate(entries: &mut [f64], rows: usize, columns: usize, gates: Option<&[f64]>) {
    let Some(gates) = gates else { return };
    for (matrix, gates) in entries.chunks_exact_mut(rows * columns).zip(gates.chunks_exact(columns)) {
        for row in matrix.chunks_exact_mut(columns) {
            row.iter_mut().zip(gates).for_each(|(x, gate)| *x *= gate);
        }
    }
}

/// A tensor on the host.
pub fn tensor(entries: Vec<f64>, shape: impl Into<candle_core::Shape>) -> Result<Tensor, NetworkError> {
    Ok(Tensor::from_vec(entries, shape.into(), &Device::Cpu)?)
}

/// The entries of a tensor, in row-major order.
pub fn numbers(tensor: &Tensor) -> Result<Vec<f64>, NetworkError> {
    Ok(tensor.flatten_all()?.to_vec1()?)
}

/// Σ mantissa · 2^exponent, divided by `divisor`.
pub fn sum(terms: impl Iterator<Item = (f64, i64)>, divisor: f64) -> Scaled {
    let terms: Vec<(f64, i64)> = terms.filter(|&(mantissa, exponent)| mantissa != 0.0 && exponent > NOTHING / 2).collect();
    let Some(largest) = terms.iter().map(|&(_, exponent)| exponent).max() else { return Scaled::new(0.0, 0) };
    let total: f64 = terms.iter().map(|&(mantissa, exponent)| shift(mantissa, exponent - largest)).sum();
    Scaled::new(total / divisor, largest)
}
