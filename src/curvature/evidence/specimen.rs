//! A drawn net with its derivatives, each number between bounds.

use std::ops::Range;

use rand_distr::{Distribution, StandardNormal};

use super::Kind;
use crate::curvature::rounding::{Majorant, Roundings, allowance, gates_are_certain, hessian};
use crate::curvature::symmetric::Uncertain;
use crate::curvature::{Block, Data, Layer, Loss, Network, Parameters, Pass, Span};
use crate::formula::Scaled;
use crate::network::{Gate, Law, NetworkError};
use crate::sampled::Generator;

/// A drawn net with its derivatives.
#[derive(Debug)]
pub struct Specimen {
    /// The number of trained layers.
    pub(super) depth: usize,
    /// Whether the Hessian is that of a single layer with one output at one sample: xxᵀ.
    pub(super) single: bool,
    /// The weights of each layer.
    pub(super) weights: Vec<Vec<f64>>,
    /// The gradient, layer by layer.
    pub(super) gradient: Vec<Vec<Span>>,
    /// The Hessian.
    pub(super) hessian: Uncertain,
    /// Its eigenvalues, ascending.
    pub(super) eigenvalues: Vec<Span>,
    /// ‖H_kl‖_F by the factored form, without the Hessian.
    pub(super) norms: Vec<Vec<Span>>,
    /// Φ
    pub(super) phi: Span,
    /// Ψ
    pub(super) psi: Span,
}

impl Specimen {
    /// Draws one; none if its output is 0, or rounding could turn a gate.
    pub(super) fn draw(kind: &Kind, generator: &mut Generator) -> Result<Option<Self>, NetworkError> {
        let depth = kind.widths.len() - 1;
        let layer = |k: usize, generator: &mut Generator| {
            let (rows, columns) = (kind.widths[k + 1], kind.widths[k]);
            let mut weights = vec![0.0; rows * columns];
            Law::Gaussian((kind.gain / columns as f64).sqrt()).sample(generator, &mut weights);
            Layer::new(weights, rows, columns, if k + 1 == depth { Gate::Linear } else { kind.gate })
        };
        let network = Network::new((0..depth).map(|k| layer(k, generator)).collect())?;
        let mut normals = |count: usize, scale: f64| -> Vec<f64> {
            (0..count).map(|_| scale * Distribution::<f64>::sample(&StandardNormal, generator)).collect()
        };
        let (inputs, targets) = (normals(kind.samples * kind.widths[0], 1.0), normals(kind.samples * kind.widths[depth], kind.target));
        Specimen::of(&network, &Data::new(&network, kind.samples, inputs, targets)?)
    }

    fn of(network: &Network, data: &Data) -> Result<Option<Self>, NetworkError> {
        if !gates_are_certain(network, data) {
            return Ok(None);
        }
        let pass = Pass::new(network, data, Loss::SquaredError)?;
        let majorant = Majorant::of(network, data)?;
        let bound = majorant.pass(&pass)?;
        let roundings = Roundings::of(network, data.count());
        let (share, square_share) = (allowance(roundings.derivative()), allowance(roundings.block_square()));
        let around = |value: Scaled, bound: Scaled| Span::around(value.to_f64(), share * bound.to_f64());
        let phi = around(pass.phi()?, bound.phi()?);
        if phi.low <= 0.0 {
            return Ok(None);
        }
        let (slopes, slope_bounds) = (pass.gradient()?, bound.gradient()?);
        let number = |block: &Block, i: usize| Scaled::new(block.entries[i], block.exponent);
        let slope =
            |(block, bound): (&Block, &Block)| (0..block.entries.len()).map(|i| around(number(block, i), number(bound, i))).collect();
        let hessian = hessian(&pass, &bound)?;
        let (squares, square_bounds) = (pass.block_norms(Parameters::Weights)?, bound.block_norms(Parameters::Weights)?);
        let norm = |k, l| Span::around(squares.square(k, l).to_f64(), square_share * square_bounds.square(k, l).to_f64()).sqrt();
        let depth = network.layers().len();
        Ok(Some(Specimen {
            depth,
            single: depth == 1 && network.output_width() == 1 && data.count() == 1,
            weights: network.layers().iter().map(|layer| layer.weights.clone()).collect(),
            gradient: slopes.weights.iter().zip(&slope_bounds.weights).map(slope).collect(),
            eigenvalues: hessian.eigenvalues(),
            hessian,
            norms: (0..depth).map(|k| (0..depth).map(|l| norm(k, l)).collect()).collect(),
            phi,
            psi: around(pass.psi(), bound.psi()),
        }))
    }

    /// The indices of the parameters of layer k, counted from 0.
    pub(super) fn range(&self, k: usize) -> Range<usize> {
        let start = self.weights[..k].iter().map(Vec::len).sum();
        start..start + self.weights[k].len()
    }

    /// Pairs of different layers.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        let depth = self.depth;
        (0..depth).flat_map(move |k| (0..k).map(move |l| (k, l)))
    }

    /// λ_min
    pub(super) fn least_eigenvalue(&self) -> Span {
        self.eigenvalues[0]
    }

    /// λ_max
    pub(super) fn largest_eigenvalue(&self) -> Span {
        self.eigenvalues[self.eigenvalues.len() - 1]
    }

    /// max|λ|
    pub(super) fn radius(&self) -> Span {
        self.least_eigenvalue().abs().max(self.largest_eigenvalue().abs())
    }

    /// ‖W^k‖_F²
    pub(super) fn weight_square(&self, k: usize) -> Span {
        self.weights[k].iter().map(|&w| Span::exactly(w) * w).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// f = w₂w₁x: H = [[(w₂x)², x(2f − y)], [x(2f − y), (w₁x)²]], here [[9/4, 5/2], [5/2, 1]] with exact arithmetic.
    #[test]
    fn bounds_of_a_known_net_hold_its_numbers_and_are_narrow() {
        let layers = vec![Layer::new(vec![1.0], 1, 1, Gate::Linear), Layer::new(vec![1.5], 1, 1, Gate::Linear)];
        let network = Network::new(layers).expect("chains");
        let data = Data::new(&network, 1, vec![1.0], vec![0.5]).expect("fits");
        let found = Specimen::of(&network, &data).expect("runs").expect("alive");
        let holds = |span: Span, value: f64| assert!(span.low <= value && value <= span.high && span.width() < 1e-12, "{span:?}, {value}");
        let root = (0.625f64.powi(2) + 6.25).sqrt();
        holds(found.least_eigenvalue(), 1.625 - root);
        holds(found.largest_eigenvalue(), 1.625 + root);
        holds(found.norms[0][0], 2.25);
        holds(found.norms[1][0], 2.5);
        holds(found.phi, 2.25);
        holds(found.psi, 1.5);
        holds(found.gradient[0][0], 1.5);
        holds(found.hessian.norm(), (2.25f64.powi(2) + 1.0 + 12.5).sqrt());
    }
}
