//! Random nets at initialisation, seed by seed: what figures show of gradient, Hessian blocks and spectrum.

use rand_distr::{Distribution, StandardNormal};
use rayon::prelude::*;

use crate::claim::Context;
use crate::claim::figure::{Kind, Mark, Series};
use crate::formula::Scaled;
use crate::network::{Gate, Law, NetworkError};
use crate::sampled::{Generator, Streams};

pub use super::portrait_plan::{Look, plan};
use super::{Data, Layer, Loss, Network, Parameters, Pass, extreme_eigenvalues, spectral_density};

/// The products of a run for extreme eigenvalues.
pub(super) const STEPS: usize = 120;
/// The residual of a drawn eigenvalue, as a share of the larger magnitude.
const TOLERANCE: f64 = 1e-6;

/// A kind of net: equal square layers without biases, a gate after each, at one sample (n = 1, A = B = I).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Portrait {
    /// The number of units in a layer.
    pub width: usize,
    /// The number of layers.
    pub depth: usize,
    /// The law of a weight.
    pub law: Law,
    /// The gate after each layer.
    pub gate: Gate,
    /// The sample.
    pub sample: Sample,
}

/// The input and its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sample {
    /// Ones: x = y = 1 of a chain.
    Ones,
    /// A standard Gaussian x and y = W₂ relu(W₁ x), a teacher of one hidden layer as wide as the net, its weights Gaussian of variance
    /// 2/width and 1/width: E[yyᵀ | x] = (‖x‖²/width) I.
    Teacher,
}

/// Norms at the ends of a net.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Norm {
    /// ‖∂𝓛/∂W^1‖_F
    Gradient,
    /// ‖H_11‖_F
    Diagonal,
    /// ‖H_1L‖_F
    OffDiagonal,
}

impl Norm {
    /// All of them.
    pub const ALL: [Norm; 3] = [Norm::Gradient, Norm::Diagonal, Norm::OffDiagonal];
}

impl Portrait {
    fn draw(&self, generator: &mut Generator, trained: impl Fn(usize) -> bool) -> Result<(Network, Data), NetworkError> {
        let width = self.width;
        let mut weights = |law: Law, count: usize| {
            let mut weights = vec![0.0; count];
            law.sample(generator, &mut weights);
            weights
        };
        let layers =
            (0..self.depth).map(|k| Layer { trained: trained(k), ..Layer::new(weights(self.law, width * width), width, width, self.gate) });
        let network = Network::new(layers.collect())?;
        let (input, target) = match self.sample {
            Sample::Ones => (vec![1.0; width], vec![1.0; width]),
            Sample::Teacher => {
                let input: Vec<f64> = (0..width).map(|_| StandardNormal.sample(generator)).collect();
                let target = teach(&input, generator);
                (input, target)
            }
        };
        let data = Data::new(&network, 1, input, target)?;
        Ok((network, data))
    }

    /// What `look` sees in each of `nets` draws.
    fn each<T: Send>(
        &self,
        context: &Context,
        nets: u64,
        trained: impl Fn(usize) -> bool + Sync,
        look: impl Fn(&Pass<'_>, &mut Generator) -> Result<T, NetworkError> + Sync,
    ) -> Result<Vec<T>, String> {
        let streams = Streams::of_evidence(context, &format!("{self:?}"));
        let found = (0..nets).into_par_iter().map(|net| {
            let mut generator = streams.chunk(net);
            let (network, data) = self.draw(&mut generator, &trained)?;
            look(&Pass::new(&network, &data, Loss::SquaredError)?, &mut generator)
        });
        found.collect::<Result<Vec<T>, NetworkError>>().map_err(|error| error.to_string())
    }

    /// Norms of each of `nets` draws, all from the same nets.
    ///
    /// # Errors
    /// If candle fails.
    pub fn norms(&self, context: &Context, nets: u64, which: &[Norm]) -> Result<Vec<Vec<Scaled>>, String> {
        let ends = [0, self.depth - 1];
        self.each(
            context,
            nets,
            |k| ends.contains(&k),
            |pass, _| {
                let blocks = pass.block_norms(Parameters::Weights)?;
                let gradient = pass.gradient()?.weights[0].square();
                let last = blocks.layers.len() - 1;
                let square = |norm: &Norm| match norm {
                    Norm::Gradient => gradient,
                    Norm::Diagonal => blocks.square(0, 0),
                    Norm::OffDiagonal => blocks.square(0, last),
                };
                Ok(which.iter().map(|norm| square(norm).sqrt()).collect())
            },
        )
    }

    /// −λ_min and λ_max of the whole Hessian of each of `nets` draws.
    ///
    /// # Errors
    /// If candle fails.
    pub fn extremes(&self, context: &Context, nets: u64) -> Result<Vec<[Scaled; 2]>, String> {
        self.each(
            context,
            nets,
            |_| true,
            |pass, generator| {
                let [low, high] = extreme_eigenvalues(pass, STEPS, TOLERANCE, generator)?;
                Ok([Scaled::new(-low.value.mantissa(), low.value.exponent()), high.value])
            },
        )
    }

    /// The spectrum over `nets` draws, one random direction each: eigenvalues, and shares that sum to 1.
    ///
    /// At one sample the Hessian is one of rank at most d from f, plus one that sees of each W only W α and Wᵀβ, α the layer's input and β
    /// its adjoint: of rank at most L(2d − 1). A run of as many steps, and two for the eigenvalue 0, is complete.
    ///
    /// # Errors
    /// If candle fails.
    pub fn spectrum(&self, context: &Context, nets: u64) -> Result<Vec<(Scaled, f64)>, String> {
        let steps = self.rank() + 2;
        let each = self.each(context, nets, |_| true, |pass, generator| spectral_density(pass, 1, steps, generator))?;
        Ok(each.into_iter().flatten().map(|(value, share)| (value, share / nets as f64)).collect())
    }

    /// A bound on the rank of the Hessian.
    pub(super) const fn rank(&self) -> usize {
        self.depth * (2 * self.width - 1) + self.width
    }
}

/// W₂ relu(W₁ x)
fn teach(input: &[f64], generator: &mut Generator) -> Vec<f64> {
    let width = input.len();
    let mut layer = |input: &[f64], gain: f64| -> Vec<f64> {
        let mut weights = vec![0.0; width * width];
        Law::Gaussian((gain / width as f64).sqrt()).sample(generator, &mut weights);
        weights.chunks_exact(width).map(|row| row.iter().zip(input).map(|(w, x)| w * x).sum()).collect()
    };
    let hidden: Vec<f64> = layer(input, 2.0).into_iter().map(|h| Gate::Relu.apply(h)).collect();
    layer(&hidden, 1.0)
}

/// The median of draws with their quartiles as its range, the nearest order statistics.
///
/// # Panics
/// If there is no draw, or one is not a number.
#[must_use]
pub fn quartiles(x: f64, mut draws: Vec<Scaled>) -> Mark {
    draws.sort_by(|a, b| a.partial_cmp(b).expect("draws are numbers"));
    let at = |quarter: usize| draws[(draws.len() - 1) * quarter / 4];
    Mark { x, y: at(2), range: Some((at(1), at(3))) }
}

/// Medians and quartiles along `places`, which pairs abscissas with draws.
#[must_use]
pub fn medians(label: &str, places: impl Iterator<Item = (f64, Vec<Scaled>)>) -> Series {
    let marks = places.map(|(x, draws)| quartiles(x, draws)).collect();
    Series { label: label.to_owned(), kind: Kind::Measurement, marks }
}

/// The eigenvalues of one sign by size: the magnitude that a share of the spectrum exceeds, with that share; the least `smallest` of
/// the largest magnitude are left out as rounding.
#[must_use]
pub fn tail(label: &str, spectrum: &[(Scaled, f64)], positive: bool, smallest: f64) -> Series {
    let size = |value: &Scaled| Scaled::new(value.mantissa().abs(), value.exponent());
    let zero = Scaled::from(0.0);
    let largest = spectrum.iter().map(|(value, _)| size(value)).fold(zero, |largest, value| if value > largest { value } else { largest });
    let mut kept: Vec<(Scaled, f64)> = spectrum
        .iter()
        .filter(|(value, _)| (value.mantissa() > 0.0) == positive && size(value) > largest * Scaled::from(smallest))
        .map(|(value, share)| (size(value), *share))
        .collect();
    kept.sort_by(|a, b| b.0.partial_cmp(&a.0).expect("eigenvalues are numbers"));
    let mut sum = 0.0;
    let marks = kept.into_iter().map(|(y, share)| {
        sum += share;
        Mark { x: sum, y, range: None }
    });
    Series { label: label.to_owned(), kind: Kind::Path, marks: marks.filter(|mark| mark.x > 0.0).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::{Device, Effort};

    fn context() -> Context {
        Context {
            seed: 5,
            slug: "portrait",
            part: "test",
            method: "nets",
            effort: Effort::Quick,
            rate: 1e-6,
            miss: 1e-6,
            device: Device::Cpu,
        }
    }

    /// A chain at x = y = 1: ∂_1 = (v − 1)v/w_1, ∂_11 = (v/w_1)², ∂_1L = (2v − 1)v/(w_1 w_L), from the same weights.
    #[test]
    fn norms_of_a_chain_are_its_derivatives() {
        let portrait = Portrait { width: 1, depth: 5, law: Law::Uniform(1.7), gate: Gate::Linear, sample: Sample::Ones };
        let found = portrait.norms(&context(), 3, &Norm::ALL).expect("runs");
        let streams = Streams::of_evidence(&context(), &format!("{portrait:?}"));
        for (net, found) in found.iter().enumerate() {
            let (network, _) = portrait.draw(&mut streams.chunk(net as u64), |_| true).expect("draws");
            let w: Vec<f64> = network.layers().iter().map(|layer| layer.weights[0]).collect();
            let v: f64 = w.iter().product();
            let expected = [(v - 1.0) * v / w[0], (v / w[0]).powi(2), (2.0 * v - 1.0) * v / (w[0] * w[4])];
            for (found, expected) in found.iter().zip(expected) {
                assert!((found.to_f64() / expected.abs() - 1.0).abs() < 1e-12, "{} against {expected}", found.to_f64());
            }
        }
    }

    #[test]
    fn quartiles_are_order_statistics_and_tails_sum_their_shares() {
        let draws = [5.0, 1.0, 4.0, 2.0, 3.0].map(Scaled::from).to_vec();
        let mark = quartiles(7.0, draws);
        assert_eq!((mark.x, mark.y.to_f64()), (7.0, 3.0));
        let (low, high) = mark.range.expect("quartiles");
        assert_eq!((low.to_f64(), high.to_f64()), (2.0, 4.0));
        let spectrum = [(-2.0, 0.25), (1.0, 0.25), (4.0, 0.125), (1e-30, 0.375)].map(|(x, share)| (Scaled::from(x), share));
        let marks: Vec<(f64, f64)> = tail("", &spectrum, true, 1e-9).marks.iter().map(|mark| (mark.x, mark.y.to_f64())).collect();
        assert_eq!(marks, [(0.125, 4.0), (0.375, 1.0)]);
        assert_eq!(tail("", &spectrum, false, 1e-9).marks[0].y.to_f64(), 2.0);
    }
}
