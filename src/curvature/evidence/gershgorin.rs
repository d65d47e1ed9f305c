//! Bounds on eigenvalues from block norms and from discs.

use super::Specimen;
use crate::curvature::Span;
use crate::curvature::symmetric::Uncertain;

impl Specimen {
    /// max|λ| in units of the largest sum of ‖H_kl‖_F along a row of blocks.
    #[must_use]
    pub fn gershgorin(&self) -> Vec<Span> {
        let bound = self.norms.iter().map(|row| row.iter().copied().sum()).fold(Span::exactly(0.0), Span::max);
        vec![self.radius() / bound]
    }

    /// max|λ| in units of ‖H‖_F/√N, the root mean square of the N eigenvalues.
    #[must_use]
    pub fn radius_over_root_mean_square(&self) -> Span {
        self.radius() * (Span::exactly(self.hessian.entries.len() as f64).sqrt() / self.hessian.norm())
    }

    /// The same for a single layer with one output at one sample.
    #[must_use]
    pub fn gershgorin_of_one_output(&self) -> Vec<Span> {
        if self.single { self.gershgorin() } else { vec![] }
    }

    /// max|λ| in units of the spectral radius of the matrix of ‖H_kl‖_F.
    #[must_use]
    pub fn block_radius(&self) -> Vec<Span> {
        let middle = |span: &Span| f64::midpoint(span.low, span.high);
        let each = |of: &dyn Fn(&Span) -> f64| self.norms.iter().map(|row| row.iter().map(of).collect()).collect();
        let norms = Uncertain::new(each(&middle), each(&|span: &Span| span.width()));
        norms.eigenvalues().last().map(|bound| self.radius() / *bound).into_iter().collect()
    }

    /// The least factor of the radii of the scalar discs |λ − H_ii| ≤ Σ_{j≠i}|H_ij| with which they cover every eigenvalue; rows of
    /// zeros, each an eigenvalue and a disc of its own, are left out.
    #[must_use]
    pub fn discs(&self) -> Vec<Span> {
        let zero = |x: f64| x == 0.0;
        let dead = |i: &usize| self.hessian.entries[*i].iter().all(|&x| zero(x)) && self.hessian.error[*i].iter().all(|&x| zero(x));
        let live: Vec<usize> = (0..self.hessian.entries.len()).filter(|i| !dead(i)).collect();
        if live.len() < 2 {
            return vec![];
        }
        let part = self.hessian.part(&live);
        let size = live.len();
        let radius = |i: usize| (0..size).filter(|j| *j != i).map(|j| part.at(i, j).abs()).sum::<Span>();
        let discs: Vec<(Span, Span)> = (0..size).map(|i| (part.at(i, i), radius(i))).collect();
        let nearest = |value: &Span| {
            let factors = discs.iter().map(|(centre, radius)| (*value - *centre).abs() / *radius);
            factors.fold(Span::exactly(f64::INFINITY), Span::min)
        };
        vec![part.eigenvalues().iter().map(nearest).fold(Span::exactly(0.0), Span::max)]
    }
}
