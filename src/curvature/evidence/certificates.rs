//! Certificates of negative and of large curvature from block norms and traces.
//!
//! A strict conclusion λ_min < 0 is drawn only where rounding lets it be told: the same argument on H + μI, which has no negative
//! eigenvalue at μ = −λ_min, bounds −λ_min from below, and a net counts if that bound exceeds the width of the enclosure of λ_min twice.

use super::Specimen;
use crate::curvature::Span;
use crate::curvature::symmetric::Uncertain;

impl Specimen {
    /// tr H_kk
    fn trace(&self, k: usize) -> Span {
        self.range(k).map(|i| self.hessian.at(i, i)).sum()
    }

    /// ‖H_kl‖₂ for k ≠ l, from the eigenvalues of [[0, H_kl], [H_lk, 0]].
    fn spectral_norm(&self, k: usize, l: usize) -> Span {
        let indices: Vec<usize> = self.range(k).chain(self.range(l)).collect();
        let mut part = self.hessian.part(&indices);
        let rows = self.weights[k].len();
        for (i, j) in (0..indices.len()).flat_map(|i| (0..indices.len()).map(move |j| (i, j))) {
            if (i < rows) == (j < rows) {
                (part.entries[i][j], part.error[i][j]) = (0.0, 0.0);
            }
        }
        largest_magnitude(&part)
    }

    /// ‖H_kk‖₂
    fn own_norm(&self, k: usize) -> Span {
        largest_magnitude(&self.hessian.part(&self.range(k).collect::<Vec<_>>()))
    }

    /// λ_min/‖H‖_F
    pub(super) fn least(&self) -> Span {
        self.least_eigenvalue() / self.hessian.norm()
    }

    /// λ_max in units of ‖H_kl‖₂, for every two layers.
    #[must_use]
    pub fn largest_over_blocks(&self) -> Vec<Span> {
        let norms = self.pairs().map(|(k, l)| self.spectral_norm(k, l));
        norms.filter(|norm| norm.low > 0.0).map(|norm| self.largest_eigenvalue() / norm).collect()
    }

    /// (λ_min + ‖H_kl‖₂ − max(‖H_kk‖₂, ‖H_ll‖₂))/‖H‖_F for every two layers.
    #[must_use]
    pub fn least_against_blocks(&self) -> Vec<Span> {
        let own: Vec<Span> = (0..self.depth).map(|k| self.own_norm(k)).collect();
        let slack = |(k, l)| (self.least_eigenvalue() + self.spectral_norm(k, l) - own[k].max(own[l])) / self.hessian.norm();
        self.pairs().map(slack).collect()
    }

    /// λ_min/‖H‖_F where ‖H_kl‖_F² > tr H_kk tr H_ll for some two layers.
    ///
    /// With d_k parameters in layer k, (tr H_kk + μd_k)(tr H_ll + μd_l) ≥ ‖H_kl‖_F² at μ = −λ_min.
    #[must_use]
    pub fn least_where_a_block_exceeds_traces(&self) -> Vec<Span> {
        let resolved = |(k, l): (usize, usize)| {
            let (norm, sizes) = (self.norms[k][l], [k, l].map(|layer| self.weights[layer].len() as f64));
            let (a, b) = (self.trace(k), self.trace(l));
            let excess = norm * norm - a * b;
            excess.low > 0.0 && root(sizes[0] * sizes[1], (a * sizes[1] + b * sizes[0]) * 0.5, excess) > 2.0 * self.blur()
        };
        if self.pairs().any(resolved) { vec![self.least()] } else { vec![] }
    }

    /// λ_min/‖H‖_F where ‖H‖_F > tr H.
    ///
    /// With d parameters, ‖H‖_F² + 2μ tr H + μ²d ≤ (tr H + μd)² at μ = −λ_min.
    #[must_use]
    pub fn least_where_the_norm_exceeds_the_trace(&self) -> Vec<Span> {
        let trace: Span = (0..self.depth).map(|k| self.trace(k)).sum();
        let (norm, size) = (self.hessian.norm(), self.eigenvalues.len() as f64);
        let excess = norm * norm - trace * trace;
        let resolved = excess.low > 0.0 && size > 1.0 && root(size * (size - 1.0), trace * (size - 1.0), excess) > 2.0 * self.blur();
        if resolved { vec![self.least()] } else { vec![] }
    }

    /// λ_min/‖H‖_F
    #[must_use]
    pub fn least_always(&self) -> Vec<Span> {
        vec![self.least()]
    }
}

/// max|λ|
fn largest_magnitude(matrix: &Uncertain) -> Span {
    matrix.eigenvalues().into_iter().map(Span::abs).fold(Span::exactly(0.0), Span::max)
}

/// A lower bound on the positive root of aμ² + 2bμ = c, a > 0, b ≥ 0, c > 0: c/(b + √(b² + ac)).
fn root(a: f64, b: Span, c: Span) -> f64 {
    let b = b.max(Span::exactly(0.0));
    (c / (b + (b * b + c * a).sqrt())).low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bound_is_the_root_of_the_quadratic() {
        // 2μ² + 2·3μ = 8 at μ = 1.
        let found = root(2.0, Span::exactly(3.0), Span::exactly(8.0));
        assert!(found <= 1.0 && found > 1.0 - 1e-14, "{found}");
    }
}
