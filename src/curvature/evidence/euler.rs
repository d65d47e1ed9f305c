//! The identities of homogeneous nets, and the negative eigenvalues that follow.

use super::Specimen;
use crate::curvature::Span;

impl Specimen {
    /// E_kᵀ H E_l, E_k being W^k in the block of layer k.
    fn along_weights(&self, k: usize, l: usize) -> Span {
        let rows = self.range(k).zip(&self.weights[k]);
        rows.flat_map(|(i, u)| self.range(l).zip(&self.weights[l]).map(move |(j, v)| self.hessian.at(i, j) * *u * *v)).sum()
    }

    /// ⟨∂_k, W^k⟩ in units of Ψ, for every layer k.
    #[must_use]
    pub fn euler_gradients(&self) -> Vec<Span> {
        let along = |k: usize| self.gradient[k].iter().zip(&self.weights[k]).map(|(g, w)| *g * *w).sum::<Span>() / self.psi;
        (0..self.depth).map(along).collect()
    }

    /// E_kᵀ H E_k in units of Φ, for every layer k.
    #[must_use]
    pub fn euler_diagonals(&self) -> Vec<Span> {
        (0..self.depth).map(|k| self.along_weights(k, k) / self.phi).collect()
    }

    /// E_kᵀ H E_l in units of Φ + Ψ, for every two layers.
    #[must_use]
    pub fn euler_pairs(&self) -> Vec<Span> {
        self.pairs().map(|(k, l)| self.along_weights(k, l) / (self.phi + self.psi)).collect()
    }

    /// The number of eigenvalues that are surely negative where Ψ > 0.
    ///
    /// On Σ c_k E_k with Σ c_k = 0 the form is at most −Ψ/max‖W^k‖² of the squared length; a net counts if that is resolved.
    #[must_use]
    pub fn negative_where_psi_is_positive(&self) -> Vec<Span> {
        let longest = (0..self.depth).map(|k| self.weight_square(k)).fold(Span::exactly(0.0), Span::max);
        if (self.psi / longest).low <= 2.0 * self.blur() {
            return vec![];
        }
        vec![Span::exactly(self.eigenvalues.iter().filter(|value| value.high < 0.0).count() as f64)]
    }

    /// λ_min/‖H‖_F where LΦ + (L−1)Ψ < 0.
    ///
    /// The form on the sum of all E_k is L times that, so λ_min is at most that over Σ‖W^k‖²; a net counts if that is resolved.
    #[must_use]
    pub fn least_where_the_output_opposes(&self) -> Vec<Span> {
        let depth = self.depth as f64;
        let form = (self.phi * depth + self.psi * (depth - 1.0)) * depth;
        let bound = form / (0..self.depth).map(|k| self.weight_square(k)).sum::<Span>();
        if bound.high < -2.0 * self.blur() { vec![self.least()] } else { vec![] }
    }

    /// The width of the widest enclosure of an eigenvalue.
    pub(super) fn blur(&self) -> f64 {
        self.eigenvalues.iter().map(|value| value.width()).fold(0.0, f64::max)
    }
}
