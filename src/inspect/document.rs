//! The whole inspection, as the document that every view is made from.

use std::path::Path;

use super::error::InspectError;
use super::measure::{Measure, streams};
use super::perceptron::{Perceptron, assemble};
use super::standing::{Standing, VANISHED};
use super::tensors::{Tensor, read, read_for};
use super::{samples, says};
use crate::curvature::{Data, Loss, Pass};
use crate::formula::Scaled;
use crate::network::Gate;
use crate::report::json::{InspectDocument, LayerRow, Num, TensorRow, WeightsOnly, WidthDepth};
use rand_distr::{Distribution, StandardNormal};

/// The Gaussian inputs on which dead units are looked for where there are no data.
const GAUSSIAN_INPUTS: usize = 512;

/// What to inspect, and how.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The file of the net.
    pub net: &'a Path,
    /// The file of the data.
    pub data: Option<&'a Path>,
    /// The gate after each layer but the last.
    pub gate: Gate,
    /// The loss.
    pub loss: Loss,
    /// The version of the suite.
    pub version: &'a str,
    /// Hears in words how far the work is.
    pub tell: &'a dyn Fn(&str),
}

/// Reads the files and measures the net.
///
/// # Errors
/// If a file is no checkpoint of a perceptron or no data for it: one sentence.
pub fn inspect(request: &Request<'_>) -> Result<InspectDocument, InspectError> {
    let file = request.net.display().to_string();
    let tensors = read(request.net)?;
    let perceptron = assemble(&file, &tensors, request.gate)?;
    let standing = Standing::of(&perceptron)?;
    let data =
        request.data.map(|path| samples::gather(&path.display().to_string(), &read_for(path, &["x", "y"])?, &perceptron)).transpose()?;
    let mut document = by_weights(request, &tensors, &perceptron, &standing);
    match &data {
        None => {
            let inputs = gaussian_inputs(&perceptron)?;
            let pass = Pass::new(&perceptron.network, &inputs, Loss::SquaredError)?;
            fill_gates(&mut document, &pass, &format!("{GAUSSIAN_INPUTS} Gaussian inputs"));
            document.says.push(says::plateau_by_weights(document.plateau));
        }
        Some(data) => {
            let targets =
                |error| InspectError::new(format!("tensor `y` does not fit the loss: {error}; give one-hot targets or probabilities"));
            let pass = Pass::new(&perceptron.network, data, request.loss).map_err(|error| match request.loss {
                Loss::CrossEntropy => targets(error),
                Loss::SquaredError => error.into(),
            })?;
            let samples = if data.count() == 1 { "1 sample".to_owned() } else { format!("{} samples", data.count()) };
            fill_gates(&mut document, &pass, &samples);
            fill_curvature(&mut document, &perceptron, &Measure::at(&pass, request.tell)?, data.count());
        }
    }
    Ok(document)
}

fn gate_name(gate: Gate) -> String {
    match gate {
        Gate::Relu => "relu",
        Gate::Linear => "linear",
    }
    .to_owned()
}

fn convention(request: &Request<'_>) -> String {
    let loss = match request.loss {
        Loss::SquaredError => "squared: 1/(2n) sum ||y - f(x)||^2",
        Loss::CrossEntropy => "cross-entropy: -1/n sum <y, ln softmax f(x)>",
    };
    format!(
        "{loss}; relu'(0) = 0; biases count in gradient_norms, trace, lambda_min, lambda_max and spectrum, not in weight_block_norms and weights_only"
    )
}

/// Everything that the weights tell.
fn by_weights(request: &Request<'_>, tensors: &[Tensor], perceptron: &Perceptron, standing: &Standing) -> InspectDocument {
    let row = |tensor: &Tensor| TensorRow { name: tensor.name.clone(), shape: tensor.shape.clone(), dtype: tensor.dtype.clone() };
    let layers = perceptron.network.layers().iter().zip(&standing.layers).enumerate().map(|(index, (layer, reach))| LayerRow {
        weight: perceptron.weights[index].clone(),
        bias: perceptron.biases[index].clone(),
        gate: gate_name(layer.gate),
        inner: standing.inner.contains(&index),
        variance: reach.variance.into(),
        stable_variance: reach.stable_variance,
        factor: reach.log_factor.exp(),
        dead_fraction: None,
    });
    let gap = standing.log_typical_over_mean();
    InspectDocument {
        schema: InspectDocument::SCHEMA.to_owned(),
        version: request.version.to_owned(),
        gate: gate_name(request.gate),
        loss: None,
        loss_convention: convention(request),
        n: None,
        tensors: tensors.iter().map(row).collect(),
        gradient_norms: None,
        weight_names: perceptron.weights.clone(),
        weight_block_norms: None,
        trace: None,
        lambda_min: None,
        lambda_max: None,
        lambda_residual: None,
        spectrum: None,
        spectrum_scale: None,
        weights_only: None,
        layers: layers.collect(),
        per_layer_factor: standing.factor(),
        dead_fraction: 0.0,
        dead_fraction_by: String::new(),
        ties: 0,
        stable_variance: standing.stable_variance(),
        width_depth: WidthDepth {
            depth: standing.inner.len(),
            width: standing.width,
            typical_over_mean: Scaled::exp(gap).into(),
            verdict: if gap >= -std::f64::consts::LN_2 { "wide" } else { "narrow" }.to_owned(),
        },
        plateau: standing.log_total() < VANISHED.ln(),
        says: says::by_weights(perceptron, standing),
    }
}

/// Standard Gaussian inputs with targets 0.
fn gaussian_inputs(perceptron: &Perceptron) -> Result<Data, InspectError> {
    let network = &perceptron.network;
    let mut rng = streams("inputs").chunk(0);
    let inputs = (0..GAUSSIAN_INPUTS * network.input_width()).map(|_| StandardNormal.sample(&mut rng)).collect();
    Ok(Data::new(network, GAUSSIAN_INPUTS, inputs, vec![0.0; GAUSSIAN_INPUTS * network.output_width()])?)
}

/// Dead units and ties.
fn fill_gates(document: &mut InspectDocument, pass: &Pass<'_>, inputs: &str) {
    let layers = pass.network().layers();
    let dead = pass.dead();
    let units: usize = dead.iter().zip(layers).filter(|(dead, _)| dead.is_some()).map(|(_, layer)| layer.rows).sum();
    let closed: usize = dead.iter().flatten().sum();
    for ((row, layer), dead) in document.layers.iter_mut().zip(layers).zip(&dead) {
        row.dead_fraction = dead.map(|dead| dead as f64 / layer.rows as f64);
    }
    document.dead_fraction = if units == 0 { 0.0 } else { closed as f64 / units as f64 };
    inputs.clone_into(&mut document.dead_fraction_by);
    document.ties = pass.ties();
    document.says.extend(says::by_gates(closed, units, pass.ties(), inputs));
}

/// Everything that takes data.
fn fill_curvature(document: &mut InspectDocument, perceptron: &Perceptron, measure: &Measure, count: usize) {
    let [all, weights] = measure.extremes;
    let number = |value: Scaled| Some(Num::from(value));
    let norms = perceptron.weights.iter().zip(&measure.gradient.weights).map(|(name, block)| (name, block.square().sqrt()));
    let biases = perceptron.biases.iter().zip(&measure.gradient.biases);
    let bias_norms = biases.filter_map(|(name, block)| Some((name.as_ref()?, block.as_ref()?.square().sqrt())));
    document.gradient_norms = Some(norms.chain(bias_norms).map(|(name, norm)| (name.clone(), norm.into())).collect());
    let layers = 0..perceptron.weights.len();
    let block = |k, l| Num::from(measure.blocks.square(k, l).sqrt());
    document.weight_block_norms = Some(layers.clone().map(|k| layers.clone().map(|l| block(k, l)).collect()).collect());
    document.loss = number(measure.loss);
    document.n = Some(count);
    document.trace = number(measure.traces[0]);
    document.lambda_min = number(all.lowest);
    document.lambda_max = number(all.highest);
    document.lambda_residual = number(all.residual);
    document.weights_only =
        Some(WeightsOnly { trace: measure.traces[1].into(), lambda_min: weights.lowest.into(), lambda_max: weights.highest.into() });
    let scale = spectrum_scale(&measure.spectrum);
    document.spectrum = Some(measure.spectrum.iter().map(|&(value, share)| [(value / scale).to_f64(), share]).collect());
    document.spectrum_scale = number(scale);
    document.plateau = measure.log_reach() < VANISHED.ln();
    document.says.extend(says::by_curvature(measure, document.plateau));
}

/// 1 where the largest eigenvalue lies well within the range of `f64`, else the power of two of its magnitude.
fn spectrum_scale(spectrum: &[(Scaled, f64)]) -> Scaled {
    let exponents = spectrum.iter().filter(|(value, _)| !value.is_zero()).map(|(value, _)| value.exponent());
    match exponents.max() {
        Some(largest) if largest.abs() > 900 => Scaled::new(1.0, largest),
        _ => Scaled::ONE,
    }
}
