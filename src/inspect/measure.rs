//! The curvature of a perceptron's loss on data.

use super::error::InspectError;
use crate::curvature::{BlockNorms, Gradient, Lanczos, Parameters, Pass, lanczos, spectral_density};
use crate::formula::Scaled;
use crate::network::NetworkError;
use crate::sampled::Streams;

/// The numbers that a Lanczos basis may hold.
const BASIS: usize = 1 << 27;

/// The products of a run for extreme eigenvalues, where the basis fits.
const STEPS: usize = 200;

/// How close to an eigenvalue extreme Ritz values shall be, as a share of the larger magnitude.
const TOLERANCE: f64 = 1e-8;

/// The most random directions of a spectrum.
const PROBES: usize = 6;

/// The directions times the parameters that suffice: a share of the spectrum is found with a variance of order 1/(both together).
const PROBED: usize = 1 << 17;

/// The products for each direction.
const PROBE_STEPS: usize = 48;

/// The extreme eigenvalues of a Hessian, each within `residual` of one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extremes {
    /// The lowest Ritz value.
    pub lowest: Scaled,
    /// The highest.
    pub highest: Scaled,
    /// The larger of both residuals.
    pub residual: Scaled,
}

/// What is measured on data.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// 𝓛
    pub loss: Scaled,
    /// ∂𝓛
    pub gradient: Gradient,
    /// ‖H_kl‖_F² over the weights.
    pub blocks: BlockNorms,
    /// tr H over all parameters, and over the weights.
    pub traces: [Scaled; 2],
    /// The extreme eigenvalues over all parameters, and over the weights.
    pub extremes: [Extremes; 2],
    /// Eigenvalues and shares that sum to 1, ascending.
    pub spectrum: Vec<(Scaled, f64)>,
    /// ‖W‖_F² of the first layer.
    pub first_weights: Scaled,
}

impl Measure {
    /// Measures at a pass; `tell` hears in words how far it is.
    ///
    /// # Errors
    /// If candle fails.
    pub fn at(pass: &Pass<'_>, tell: &dyn Fn(&str)) -> Result<Self, InspectError> {
        let gradient = pass.gradient()?;
        let biases = gradient.biases.iter().any(Option::is_some);
        let all =
            extremes(pass, Parameters::All, &|done, of| tell(&format!("1 of 4, ends of the spectrum: product {done} of at most {of}")))?;
        let by_weights = |done, of| tell(&format!("2 of 4, the same over the weights alone: product {done} of at most {of}"));
        let weights = if biases { extremes(pass, Parameters::Weights, &by_weights)? } else { all };
        let steps = PROBE_STEPS.min(room(pass.network().parameters()));
        let probes = (PROBED / pass.network().parameters().max(1)).clamp(2, PROBES);
        tell(&format!("3 of 4, density of the spectrum: {} products with the Hessian", probes * steps));
        let mut spectrum = spectral_density(pass, probes, steps, &mut streams("spectrum").chunk(0))?;
        let told = |done, of| tell(&format!("4 of 4, Hessian blocks: {done} of {of} pairs of sets of samples"));
        told(0, 1);
        spectrum.sort_by(|(a, _), (b, _)| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
        Ok(Measure {
            loss: pass.loss(),
            gradient,
            blocks: pass.block_norms_telling(Parameters::Weights, &told)?,
            traces: [pass.trace(Parameters::All)?, pass.trace(Parameters::Weights)?],
            extremes: [all, weights],
            spectrum,
            first_weights: pass.network().layers()[0].weights.iter().map(|&w| square(w)).sum(),
        })
    }

    /// ‖∂𝓛‖²
    pub fn gradient_square(&self) -> Scaled {
        let biases = self.gradient.biases.iter().flatten();
        self.gradient.weights.iter().chain(biases).map(|block| block.square()).sum()
    }

    /// How much of the loss the quadratic model can shift by a step of the first layer as long as its weights W themselves:
    /// (‖W‖‖∂𝓛/∂W‖ + ½‖W‖²‖H_WW‖_F) / 𝓛, as a logarithm; infinite where the loss is 0.
    ///
    /// The first layer has the longest way to the loss: later ones keep a hold on it through their biases even where nothing of the
    /// input arrives.
    pub fn log_reach(&self) -> f64 {
        let slope = (self.first_weights * self.gradient.weights[0].square()).sqrt();
        let bend = self.first_weights * self.blocks.square(0, 0).sqrt() * Scaled::from(0.5);
        if self.loss.is_zero() { f64::INFINITY } else { (slope + bend).ln() - self.loss.ln() }
    }
}

fn square(x: f64) -> Scaled {
    Scaled::from(x) * Scaled::from(x)
}

/// The streams of random directions. Their seed is fixed: an inspection of the same files says the same.
pub fn streams(configuration: &str) -> Streams {
    Streams::keyed(0, "inspect", configuration)
}

/// The Lanczos steps whose basis of vectors of that length fits.
fn room(dimension: usize) -> usize {
    (BASIS / dimension.max(1)).clamp(8, STEPS)
}

/// The extreme eigenvalues of the Hessian over those parameters; `tell` hears how many products are done, of at most how many.
fn extremes(pass: &Pass<'_>, parameters: Parameters, tell: &dyn Fn(usize, usize)) -> Result<Extremes, NetworkError> {
    let network = pass.network();
    let weights: usize = network.layers().iter().map(|layer| layer.weights.len()).sum();
    let dimension = if parameters == Parameters::All { network.parameters() } else { weights };
    let (mut unit, mut products) = (None, 0);
    let mut rng = streams("extremes").chunk(0);
    let run = lanczos(dimension, room(dimension), TOLERANCE, &mut rng, |direction| {
        products += 1;
        tell(products, room(dimension));
        let mut product = match parameters {
            Parameters::All => pass.hessian_vector(direction)?,
            Parameters::Weights => pass.hessian_vector(&with_biases_at_rest(pass, direction))?,
        };
        if parameters == Parameters::Weights {
            product.biases.fill(None);
        }
        let unit = *unit.get_or_insert_with(|| product.flatten().1);
        Ok::<_, NetworkError>(product.in_units_of(unit))
    })?;
    let Lanczos { ritz, residual } = run;
    let unit = unit.unwrap_or(0);
    let (low, high) = (ritz[0], ritz[ritz.len() - 1]);
    let farthest = (residual * low.last).abs().max((residual * high.last).abs());
    Ok(Extremes { lowest: Scaled::new(low.value, unit), highest: Scaled::new(high.value, unit), residual: Scaled::new(farthest, unit) })
}

/// A direction of all parameters that moves the weights only.
fn with_biases_at_rest(pass: &Pass<'_>, weights: &[f64]) -> Vec<f64> {
    let mut rest = weights;
    let mut direction = Vec::with_capacity(pass.network().parameters());
    for layer in pass.network().layers() {
        let (own, after) = rest.split_at(layer.weights.len());
        direction.extend_from_slice(own);
        direction.extend(layer.biases.iter().flatten().map(|_| 0.0));
        rest = after;
    }
    direction
}
