//! The document of `inspect`: a user's own perceptron, measured.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Num;

/// A perceptron and, where data are given, the curvature of its loss. What takes data is null without them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InspectDocument {
    /// The document's kind and version.
    pub schema: String,
    /// The version of the suite.
    pub version: String,
    /// `relu` or `linear`.
    pub gate: String,
    /// The loss.
    pub loss: Option<Num>,
    /// What is meant by the loss, and how ties and biases are treated.
    pub loss_convention: String,
    /// The number of samples.
    pub n: Option<usize>,
    /// The tensors of the file in the natural order of their names.
    pub tensors: Vec<TensorRow>,
    /// ‖∂𝓛/∂·‖ of every weight and bias, by name.
    pub gradient_norms: Option<BTreeMap<String, Num>>,
    /// The names of the weights, first layer to last.
    pub weight_names: Vec<String>,
    /// ‖H_kl‖_F over the weights, in the order of `weight_names`.
    pub weight_block_norms: Option<Vec<Vec<Num>>>,
    /// tr H over all parameters.
    pub trace: Option<Num>,
    /// The lowest eigenvalue over all parameters.
    pub lambda_min: Option<Num>,
    /// The highest.
    pub lambda_max: Option<Num>,
    /// Eigenvalues lie within this distance of `lambda_min` and `lambda_max`.
    pub lambda_residual: Option<Num>,
    /// Pairs (eigenvalue in units of `spectrum_scale`, share of the spectrum), ascending; the shares sum to 1.
    pub spectrum: Option<Vec<[f64; 2]>>,
    /// The unit of the eigenvalues in `spectrum`: 1 unless they leave the range of `f64`.
    pub spectrum_scale: Option<Num>,
    /// Trace and extreme eigenvalues of the Hessian over the weights alone.
    pub weights_only: Option<WeightsOnly>,
    /// The layers, first to last.
    pub layers: Vec<LayerRow>,
    /// The factor by which an inner layer multiplies the typical norm of the activations: the geometric mean over inner layers.
    pub per_layer_factor: f64,
    /// The share of gated units that are closed for every sample, or for every Gaussian input where there are no data.
    pub dead_fraction: f64,
    /// What the dead fraction was observed on.
    pub dead_fraction_by: String,
    /// The number of pre-activations at a ReLU that are exactly 0, over the same inputs.
    pub ties: usize,
    /// The variance of the weights that would keep the typical norm through the inner layers.
    pub stable_variance: f64,
    /// Whether the width suffices for the depth.
    pub width_depth: WidthDepth,
    /// Whether the net stands on a plateau.
    pub plateau: bool,
    /// Where the net stands, in sentences.
    pub says: Vec<String>,
}

/// A tensor of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TensorRow {
    /// The name.
    pub name: String,
    /// The shape.
    pub shape: Vec<usize>,
    /// The type in the file, as safetensors spells it.
    pub dtype: String,
}

/// Trace and extreme eigenvalues over the weights alone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeightsOnly {
    /// The trace.
    pub trace: Num,
    /// The lowest eigenvalue.
    pub lambda_min: Num,
    /// The highest eigenvalue.
    pub lambda_max: Num,
}

/// A layer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayerRow {
    /// The name of its weight.
    pub weight: String,
    /// The name of its bias.
    pub bias: Option<String>,
    /// `relu` or `linear`.
    pub gate: String,
    /// Whether it counts as inner: not the last, nor a first one that changes the width.
    pub inner: bool,
    /// The mean square of its weights.
    pub variance: Num,
    /// The variance that would keep the typical norm.
    pub stable_variance: f64,
    /// The factor of the typical norm, per unit where the width changes.
    pub factor: f64,
    /// The share of units that never opened; null where linear.
    pub dead_fraction: Option<f64>,
}

/// The width against the depth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WidthDepth {
    /// The number of inner layers.
    pub depth: usize,
    /// Their harmonic mean width.
    pub width: f64,
    /// Typical over mean squared norm behind the inner layers at the variance that keeps the mean.
    pub typical_over_mean: Num,
    /// `wide` if that is at least one half, else `narrow`.
    pub verdict: String,
}

impl InspectDocument {
    /// The kind and version of this document.
    pub const SCHEMA: &'static str = "vanishing-curvature/inspect/1";
}
