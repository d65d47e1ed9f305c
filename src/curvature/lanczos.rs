//! Lanczos runs with full reorthogonalisation: extreme eigenvalues and spectral densities of a Hessian.

use rand::Rng;
use rand_distr::{Distribution, StandardNormal};
use rayon::prelude::*;

use super::pass::Pass;
use super::tridiagonal::{Ritz, ritz};
use crate::formula::Scaled;
use crate::network::NetworkError;

/// The entries of a vector that one thread handles at a time. Sums run over chunks in their order: results do not depend on threads.
const CHUNK: usize = 1 << 12;

/// A vector that loses more than this share of its length to the basis is orthogonalised once more: what is left may be rounding
/// (Daniel, Gragg, Kaufman and Stewart, Math. Comp. 30 (1976) 772).
const KEPT: f64 = std::f64::consts::FRAC_1_SQRT_2;

/// What a Lanczos run found.
#[derive(Clone, Debug, PartialEq)]
pub struct Lanczos {
    /// The eigenvalues of the tridiagonal matrix, ascending.
    pub ritz: Vec<Ritz>,
    /// The next off-diagonal entry: an eigenvalue lies within `residual · |last|` of each Ritz value; 0 if the run is complete.
    pub residual: f64,
}

/// An extreme eigenvalue: an eigenvalue of H lies within `residual` of `value`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extreme {
    /// The Ritz value.
    pub value: Scaled,
    /// ‖H u − value · u‖ for the Ritz vector u.
    pub residual: Scaled,
}

/// Runs Lanczos on a symmetric operator from a Gaussian direction, orthogonalising against all former vectors.
///
/// Stops after `steps`, when the vectors span an invariant subspace, or when both extreme residuals are at most `tolerance` times
/// the largest Ritz magnitude (never for `tolerance` 0, short of an invariant subspace).
///
/// # Errors
/// What the operator returns.
pub fn lanczos<E, R: Rng + ?Sized>(
    dimension: usize,
    steps: usize,
    tolerance: f64,
    rng: &mut R,
    mut apply: impl FnMut(&[f64]) -> Result<Vec<f64>, E>,
) -> Result<Lanczos, E> {
    let mut vector: Vec<f64> = (0..dimension).map(|_| StandardNormal.sample(rng)).collect();
    scale(&mut vector);
    let (mut basis, mut diagonal, mut off_diagonal) = (vec![vector], Vec::new(), Vec::<f64>::new());
    let (mut largest, mut check) = (0.0f64, 4);
    loop {
        let current = &basis[basis.len() - 1];
        let mut next = apply(current)?;
        let share = dot(current, &next);
        diagonal.push(share);
        subtract(&mut next, current, share);
        if let (Some(before), Some(&share)) = (basis.iter().nth_back(1), off_diagonal.last()) {
            subtract(&mut next, before, share);
        }
        orthogonalise(&mut next, &basis);
        let length = scale(&mut next);
        largest = largest.max(diagonal[diagonal.len() - 1].abs()).max(length);
        let invariant = length <= largest * f64::EPSILON * 4.0 || diagonal.len() == dimension;
        let residual = if invariant { 0.0 } else { length };
        let last = invariant || diagonal.len() >= steps;
        if last || diagonal.len() >= check {
            check = diagonal.len() + diagonal.len() / 16 + 1;
            let run = Lanczos { ritz: ritz(&diagonal, &off_diagonal), residual };
            if last || run.extremes_within(tolerance) {
                return Ok(run);
            }
        }
        off_diagonal.push(length);
        basis.push(next);
    }
}

impl Lanczos {
    fn extremes_within(&self, tolerance: f64) -> bool {
        let (low, high) = (self.ritz[0], self.ritz[self.ritz.len() - 1]);
        let bound = tolerance * low.value.abs().max(high.value.abs());
        [low, high].iter().all(|end| (self.residual * end.last).abs() <= bound)
    }
}

/// The lowest and the highest eigenvalue of the Hessian over all trained parameters, to residuals of `tolerance` times the larger
/// magnitude if at most `steps` products reach them.
///
/// # Errors
/// If there is no parameter, or candle fails.
pub fn extreme_eigenvalues<R: Rng + ?Sized>(
    pass: &Pass<'_>,
    steps: usize,
    tolerance: f64,
    rng: &mut R,
) -> Result<[Extreme; 2], NetworkError> {
    let (run, unit) = pass.run(steps, tolerance, rng)?;
    let extreme = |end: Ritz| Extreme { value: Scaled::new(end.value, unit), residual: Scaled::new((run.residual * end.last).abs(), unit) };
    Ok([extreme(run.ritz[0]), extreme(run.ritz[run.ritz.len() - 1])])
}

/// The spectral density of the Hessian by stochastic Lanczos quadrature: eigenvalues with weights that sum to 1, from `probes`
/// Gaussian directions and `steps` products each; ascending within a probe.
///
/// # Errors
/// If there is no parameter, or candle fails.
pub fn spectral_density<R: Rng + ?Sized>(
    pass: &Pass<'_>,
    probes: usize,
    steps: usize,
    rng: &mut R,
) -> Result<Vec<(Scaled, f64)>, NetworkError> {
    let mut density = Vec::new();
    for _ in 0..probes {
        let (run, unit) = pass.run(steps, 0.0, rng)?;
        density.extend(run.ritz.iter().map(|ritz| (Scaled::new(ritz.value, unit), ritz.first * ritz.first / probes as f64)));
    }
    Ok(density)
}

impl Pass<'_> {
    /// A Lanczos run on H · 2^−unit, the unit taken from the first product.
    fn run<R: Rng + ?Sized>(&self, steps: usize, tolerance: f64, rng: &mut R) -> Result<(Lanczos, i64), NetworkError> {
        let dimension = self.network().parameters();
        if dimension == 0 {
            return Err(NetworkError::Shape("no layer is trained, so there is no Hessian".to_owned()));
        }
        let mut unit = None;
        let run = lanczos(dimension, steps.max(1), tolerance, rng, |direction| {
            let product = self.hessian_vector(direction)?;
            let unit = *unit.get_or_insert_with(|| product.flatten().1);
            Ok::<_, NetworkError>(product.in_units_of(unit))
        })?;
        Ok((run, unit.unwrap_or(0)))
    }
}

/// Takes the part along an orthonormal basis out of a vector.
fn orthogonalise(vector: &mut [f64], basis: &[Vec<f64>]) {
    let mut before = dot(vector, vector).sqrt();
    loop {
        remove(vector, basis);
        let after = dot(vector, vector).sqrt();
        // Where next to nothing is left, the vector lies in the span and has no direction of its own.
        if after >= KEPT * before || after <= f64::EPSILON * before {
            return;
        }
        before = after;
    }
}

/// Subtracts from a vector its projections, all of them taken first.
fn remove(vector: &mut [f64], basis: &[Vec<f64>]) {
    let parts = vector.par_chunks(CHUNK).enumerate().map(|(chunk, part)| {
        let own = |other: &Vec<f64>| inner(&other[chunk * CHUNK..][..part.len()], part);
        basis.iter().map(own).collect::<Vec<f64>>()
    });
    let parts: Vec<Vec<f64>> = parts.collect();
    let shares: Vec<f64> = (0..basis.len()).map(|k| parts.iter().map(|part| part[k]).sum()).collect();
    vector.par_chunks_mut(CHUNK).enumerate().for_each(|(chunk, part)| {
        for (other, share) in basis.iter().zip(&shares) {
            part.iter_mut().zip(&other[chunk * CHUNK..]).for_each(|(x, v)| *x -= share * v);
        }
    });
}

fn subtract(vector: &mut [f64], other: &[f64], share: f64) {
    vector.iter_mut().zip(other).for_each(|(x, v)| *x -= share * v);
}

fn dot(x: &[f64], y: &[f64]) -> f64 {
    x.chunks(CHUNK).zip(y.chunks(CHUNK)).map(|(x, y)| inner(x, y)).sum()
}

/// An inner product in eight sums side by side, which the processor takes together.
fn inner(x: &[f64], y: &[f64]) -> f64 {
    let (head, tail) = (x.chunks_exact(8), x.len() / 8 * 8);
    let mut sums = [0.0; 8];
    for (x, y) in head.zip(y.chunks_exact(8)) {
        for lane in 0..8 {
            sums[lane] += x[lane] * y[lane];
        }
    }
    let rest: f64 = x[tail..].iter().zip(&y[tail..]).map(|(x, y)| x * y).sum();
    sums.iter().sum::<f64>() + rest
}

/// Scales to length 1 and returns the former length; leaves 0 as it is.
fn scale(vector: &mut [f64]) -> f64 {
    let length = dot(vector, vector).sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|x| *x /= length);
    }
    length
}
