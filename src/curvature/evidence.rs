//! Ready-made evidence about the Hessians of random nets: every net is drawn from the streams of the evidence, and checked by itself.
//!
//! Floating-point results are widened by [`ROUNDING`] of the size of what they were summed from. An inequality is judged by the end of
//! the enclosure that favours it: what refutes it is a violation beyond rounding.

use rand_distr::{Distribution, StandardNormal};
use rayon::prelude::*;

use crate::claim::{Context, Effort, Gathered, Observation, Point, Truth, Unsettled};
use crate::formula::{Ball, Node, Scaled};
use crate::network::{Gate, Law, NetworkError};
use crate::sampled::{Generator, Streams};

use super::{Data, Layer, Loss, Network, Parameters, Pass, symmetric};

/// What a sum or an eigenvalue may be off by, relative to the size of its terms: a thousand times what dense twins differ by.
pub const ROUNDING: f64 = 1e-9;

/// A kind of net: widths from input to output, and the gate of all layers but the last, which is linear.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// The width of the input, then of every layer.
    pub widths: &'static [usize],
    /// The gate.
    pub gate: Gate,
    /// The number of samples.
    pub samples: usize,
    /// The variance of a weight times the width that it comes from.
    pub gain: f64,
    /// The standard deviation of the targets.
    pub target: f64,
}

/// Nets of several shapes, gates and scales, small enough for a dense Hessian.
pub const KINDS: &[Kind] = &[
    Kind { widths: &[1, 1], gate: Gate::Linear, samples: 1, gain: 1.0, target: 1.0 },
    Kind { widths: &[1, 1, 1], gate: Gate::Linear, samples: 1, gain: 1.0, target: 3.0 },
    Kind { widths: &[1, 1, 1, 1, 1], gate: Gate::Linear, samples: 1, gain: 2.0, target: 0.3 },
    Kind { widths: &[3, 1], gate: Gate::Linear, samples: 1, gain: 1.0, target: 1.0 },
    Kind { widths: &[2, 3, 2], gate: Gate::Linear, samples: 3, gain: 1.0, target: 1.0 },
    Kind { widths: &[3, 4, 4, 2], gate: Gate::Relu, samples: 4, gain: 2.0, target: 1.0 },
    Kind { widths: &[2, 3, 3, 3, 3, 2], gate: Gate::Relu, samples: 2, gain: 2.0, target: 3.0 },
    Kind { widths: &[3, 3, 3, 3, 3], gate: Gate::Linear, samples: 1, gain: 1.0 / 3.0, target: 1.0 },
    Kind { widths: &[4, 2, 5, 1], gate: Gate::Relu, samples: 5, gain: 6.0, target: 0.1 },
];

/// A drawn net with its derivatives.
#[derive(Debug)]
pub struct Specimen {
    /// The number of trained layers.
    pub depth: usize,
    /// The weights of each layer.
    pub weights: Vec<Vec<f64>>,
    /// The gradient, layer by layer.
    pub gradient: Vec<Vec<f64>>,
    /// The Hessian.
    pub hessian: Vec<Vec<f64>>,
    /// Its eigenvalues, ascending.
    pub eigenvalues: Vec<f64>,
    /// ‖H_kl‖_F by the factored form, without the Hessian.
    pub norms: Vec<Vec<f64>>,
    /// Φ
    pub phi: f64,
    /// Ψ
    pub psi: f64,
}

/// A found number and the bound on its error, 0 for counts.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// The number.
    pub value: f64,
    /// The bound on its error.
    pub error: f64,
}

impl Specimen {
    fn draw(kind: &Kind, generator: &mut Generator) -> Result<Self, NetworkError> {
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
        let data = Data::new(&network, kind.samples, inputs, targets)?;
        let pass = Pass::new(&network, &data, Loss::SquaredError)?;
        let hessian = pass.dense_hessian(0)?;
        let norms = pass.block_norms(Parameters::Weights)?;
        let gradient = pass.gradient()?;
        let number = |scaled: Scaled| scaled.to_f64();
        let weights = network.layers().iter().map(|layer| layer.weights.clone()).collect();
        let slope = |block: &super::Block| block.entries.iter().map(|x| number(Scaled::new(*x, block.exponent))).collect();
        Ok(Specimen {
            depth,
            weights,
            gradient: gradient.weights.iter().map(slope).collect(),
            eigenvalues: symmetric::eigenvalues(hessian.clone()),
            hessian,
            norms: (0..depth).map(|k| (0..depth).map(|l| number(norms.square(k, l).sqrt())).collect()).collect(),
            phi: number(pass.phi()?),
            psi: number(pass.psi()),
        })
    }

    /// The indices of the parameters of layer k, counted from 0.
    fn range(&self, k: usize) -> std::ops::Range<usize> {
        let start = self.weights[..k].iter().map(Vec::len).sum();
        start..start + self.weights[k].len()
    }

    /// Pairs of different layers.
    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        let depth = self.depth;
        (0..depth).flat_map(move |k| (0..k).map(move |l| (k, l)))
    }

    /// The largest |λ|.
    fn radius(&self) -> f64 {
        self.eigenvalues.iter().fold(0.0, |largest: f64, value| largest.max(value.abs()))
    }

    /// ‖H‖_F
    fn size(&self) -> f64 {
        self.hessian.iter().flatten().map(|entry| entry * entry).sum::<f64>().sqrt()
    }

    /// tr H_kk
    fn trace(&self, k: usize) -> f64 {
        self.range(k).map(|i| self.hessian[i][i]).sum()
    }

    /// ‖H_kl‖₂, from the eigenvalues of [[0, H_kl], [H_lk, 0]].
    fn spectral_norm(&self, k: usize, l: usize) -> f64 {
        let (rows, columns) = (self.range(k), self.range(l));
        let indices: Vec<(bool, usize)> = rows.map(|i| (true, i)).chain(columns.map(|j| (false, j))).collect();
        let entry = |a: &(bool, usize), b: &(bool, usize)| if a.0 == b.0 { 0.0 } else { self.hessian[a.1][b.1] };
        let matrix = indices.iter().map(|a| indices.iter().map(|b| entry(a, b)).collect()).collect();
        symmetric::eigenvalues(matrix).last().copied().unwrap_or(0.0)
    }

    /// E_kᵀ H E_l, E_k being W^k in the block of layer k.
    fn along_weights(&self, k: usize, l: usize) -> Found {
        let pairs =
            || self.range(k).zip(&self.weights[k]).flat_map(|(i, u)| self.range(l).zip(&self.weights[l]).map(move |(j, v)| (i, j, u * v)));
        let terms = || pairs().map(|(i, j, product)| self.hessian[i][j] * product);
        Found { value: terms().sum(), error: ROUNDING * terms().map(f64::abs).sum::<f64>() }
    }

    /// ⟨∂_k, W^k⟩ in units of Ψ, for every layer k.
    #[must_use]
    pub fn euler_gradients(&self) -> Vec<Found> {
        let along = |k: usize| {
            let terms = || self.gradient[k].iter().zip(&self.weights[k]).map(|(g, w)| g * w);
            let error = ROUNDING * terms().map(f64::abs).sum::<f64>();
            Found { value: terms().sum::<f64>() / self.psi, error: error / self.psi.abs() }
        };
        (0..self.depth).map(along).collect()
    }

    /// E_kᵀ H E_k in units of Φ, for every layer k.
    #[must_use]
    pub fn euler_diagonals(&self) -> Vec<Found> {
        let along = |k: usize| self.along_weights(k, k);
        (0..self.depth).map(along).map(|found| Found { value: found.value / self.phi, error: found.error / self.phi }).collect()
    }

    /// E_kᵀ H E_l in units of Φ + Ψ, for every two layers.
    #[must_use]
    pub fn euler_pairs(&self) -> Vec<Found> {
        let sum = self.phi + self.psi;
        let along = |(k, l)| {
            let found = self.along_weights(k, l);
            Found { value: found.value / sum, error: (found.error + ROUNDING * (self.phi + self.psi.abs())) / sum.abs() }
        };
        self.pairs().map(along).collect()
    }

    /// The number of negative eigenvalues where Ψ > 0, eigenvalues that rounding could have made negative not counted as such.
    #[must_use]
    pub fn negative_where_psi_is_positive(&self) -> Vec<Found> {
        let least = ROUNDING * self.radius();
        let count = self.eigenvalues.iter().filter(|value| **value < -least).count();
        if self.psi > least { vec![Found { value: count as f64, error: 0.0 }] } else { vec![] }
    }

    /// λ_min/‖H‖_F where LΦ + (L−1)Ψ < 0.
    #[must_use]
    pub fn least_where_the_output_opposes(&self) -> Vec<Found> {
        let form = self.depth as f64 * self.phi + (self.depth - 1) as f64 * self.psi;
        let opposed = form < -ROUNDING * self.depth as f64 * (self.phi + self.psi.abs());
        if opposed { vec![self.least()] } else { vec![] }
    }

    /// λ_min/‖H‖_F
    fn least(&self) -> Found {
        Found { value: self.eigenvalues[0] / self.size(), error: ROUNDING }
    }

    /// max|λ| in units of the largest sum of ‖H_kl‖_F along a row of blocks.
    #[must_use]
    pub fn gershgorin(&self) -> Vec<Found> {
        let bound = self.norms.iter().map(|row| row.iter().sum()).fold(0.0, f64::max);
        vec![Found { value: self.radius() / bound, error: ROUNDING }]
    }

    /// max|λ| in units of the spectral radius of the matrix of ‖H_kl‖_F.
    #[must_use]
    pub fn block_radius(&self) -> Vec<Found> {
        let bound = symmetric::eigenvalues(self.norms.clone()).last().copied().unwrap_or(0.0);
        vec![Found { value: self.radius() / bound, error: ROUNDING }]
    }

    /// λ_max in units of ‖H_kl‖₂, for every two layers.
    #[must_use]
    pub fn largest_over_blocks(&self) -> Vec<Found> {
        let largest = self.eigenvalues[self.eigenvalues.len() - 1];
        let ratio = |(k, l)| {
            let norm = self.spectral_norm(k, l);
            (norm > ROUNDING * self.size()).then(|| Found { value: largest / norm, error: 2.0 * ROUNDING * self.size() / norm })
        };
        self.pairs().filter_map(ratio).collect()
    }

    /// (λ_min + ‖H_kl‖₂ − max(‖H_kk‖₂, ‖H_ll‖₂))/‖H‖_F for every two layers.
    #[must_use]
    pub fn least_against_blocks(&self) -> Vec<Found> {
        let own = |k: usize| {
            let block = self.range(k).map(|i| self.hessian[i][self.range(k)].to_vec()).collect();
            symmetric::eigenvalues(block).last().copied().unwrap_or(0.0)
        };
        let slack = |(k, l)| self.eigenvalues[0] + self.spectral_norm(k, l) - own(k).max(own(l));
        self.pairs().map(|pair| Found { value: slack(pair) / self.size(), error: 3.0 * ROUNDING }).collect()
    }

    /// λ_min/‖H‖_F where ‖H_kl‖_F² > tr H_kk tr H_ll for some two layers, beyond rounding.
    #[must_use]
    pub fn least_where_a_block_exceeds_traces(&self) -> Vec<Found> {
        let exceeds =
            |(k, l): (usize, usize)| self.norms[k][l].powi(2) > self.trace(k) * self.trace(l) + 4.0 * ROUNDING * self.size().powi(2);
        if self.pairs().any(exceeds) { vec![self.least()] } else { vec![] }
    }

    /// λ_min/‖H‖_F where ‖H‖_F > tr H, beyond rounding.
    #[must_use]
    pub fn least_where_the_norm_exceeds_the_trace(&self) -> Vec<Found> {
        let trace: f64 = (0..self.depth).map(|k| self.trace(k)).sum();
        if self.size() > trace + 4.0 * ROUNDING * self.size() { vec![self.least()] } else { vec![] }
    }

    /// λ_min/‖H‖_F
    #[must_use]
    pub fn least_always(&self) -> Vec<Found> {
        vec![self.least()]
    }
}

/// Which end of an enclosure stands for the truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The whole enclosure: for equalities.
    Whole,
    /// The lower end: what surely lies above a bound.
    Low,
    /// The upper end: what surely lies below a bound.
    High,
}

/// What every one of many random nets of all [`KINDS`] shows; the points bind `depth`. Nets with a Hessian of 0 show nothing.
///
/// # Errors
/// If candle fails.
pub fn every_net(context: &Context, reading: Reading, find: impl Fn(&Specimen) -> Vec<Found> + Sync) -> Result<Gathered, Unsettled> {
    let nets = match context.effort {
        Effort::Quick => 5,
        Effort::Standard => 15,
        Effort::Thorough => 300,
    };
    let cases: Vec<(usize, &Kind, u64)> = KINDS.iter().enumerate().flat_map(|(i, kind)| (0..nets).map(move |net| (i, kind, net))).collect();
    let found = cases.par_iter().map(|(index, kind, net)| {
        let mut generator = Streams::of_evidence(context, &format!("kind {index}")).chunk(*net);
        let specimen = Specimen::draw(kind, &mut generator).map_err(|error| Unsettled::Inconclusive(error.to_string()))?;
        let alive = specimen.size() > 0.0 && specimen.phi > 0.0;
        let found = if alive { find(&specimen) } else { vec![] };
        found.into_iter().map(|found| observation(specimen.depth, found, reading)).collect::<Result<Vec<_>, _>>()
    });
    let observations: Vec<Observation> = found.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
    let notes =
        vec![format!("{} random nets of {} kinds, every one checked; rounding at most {ROUNDING:e} of the size", cases.len(), KINDS.len())];
    Ok(Gathered { observations, draws: cases.len() as u64, notes, ..Gathered::default() })
}

/// One found number as evidence; the point binds `depth`.
pub(super) fn observation(depth: usize, Found { value, error }: Found, reading: Reading) -> Result<Observation, Unsettled> {
    let point = Point::new().with("depth", Node::rational(&depth.into()));
    if error == 0.0 {
        let exact = Scaled::from(value).to_rational().map_err(|error| Unsettled::Inconclusive(error.to_string()))?;
        return Ok(Observation { point, truth: Truth::Exact(Node::rational(&exact)) });
    }
    let end = |value: f64| Ball::try_from_scaled(Scaled::from(value)).map_err(|error| Unsettled::Inconclusive(error.to_string()));
    let error = error + ROUNDING * value.abs();
    let (low, high) = (end((value - error).next_down())?, end((value + error).next_up())?);
    let truth = match reading {
        Reading::Whole => low.hull(&high),
        Reading::Low => low,
        Reading::High => high,
    };
    Ok(Observation { point, truth: Truth::Enclosed(truth) })
}
