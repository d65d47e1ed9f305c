//! Where a perceptron stands by its weights alone.

use super::error::InspectError;
use super::lyapunov::rate;
use super::perceptron::Perceptron;
use crate::curvature::Layer;
use crate::formula::Scaled;
use crate::network::Gate;

/// Typical norms that fall below this share of where they began have vanished; above its inverse they have exploded.
pub const VANISHED: f64 = 0.01;

/// What the weights of a layer do to the typical norm.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reach {
    /// The mean square of the weights.
    pub variance: Scaled,
    /// The variance that would keep the typical norm per unit: ½ e^{−rate} rows/columns.
    pub stable_variance: f64,
    /// The logarithm of the factor of the typical norm per unit, ½ ln(variance / stable variance).
    pub log_factor: f64,
    /// The expected logarithm of what the typical squared norm loses against the mean at the variance that keeps the mean.
    pub log_typical_over_mean: f64,
}

/// Where a perceptron stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// The reach of each layer.
    pub layers: Vec<Reach>,
    /// The indices of the inner layers: all but the last, and but a first one that changes the width; never none.
    pub inner: Vec<usize>,
    /// The harmonic mean width of the inner layers.
    pub width: f64,
}

impl Standing {
    /// The standing of a perceptron.
    ///
    /// # Errors
    /// If a digamma function cannot be evaluated.
    pub fn of(perceptron: &Perceptron) -> Result<Self, InspectError> {
        let layers = perceptron.network.layers();
        let reach = layers.iter().map(reach).collect::<Result<Vec<_>, _>>()?;
        let last = layers.len() - 1;
        let changes_width = layers[0].rows != layers[0].columns;
        let from = usize::from(changes_width && last > 1);
        let inner: Vec<usize> = (from..last.max(1)).collect();
        let width = inner.len() as f64 / inner.iter().map(|&k| 1.0 / layers[k].rows as f64).sum::<f64>();
        Ok(Standing { layers: reach, inner, width })
    }

    fn sum(&self, of: impl Fn(&Reach) -> f64) -> f64 {
        self.inner.iter().map(|&k| of(&self.layers[k])).sum()
    }

    /// The geometric mean of the factors of the inner layers.
    pub fn factor(&self) -> f64 {
        (self.log_total() / self.inner.len() as f64).exp()
    }

    /// ln of the factor of the typical norm through all inner layers.
    pub fn log_total(&self) -> f64 {
        self.sum(|layer| layer.log_factor)
    }

    /// The one variance that would keep the typical norm through the inner layers: the geometric mean of theirs.
    pub fn stable_variance(&self) -> f64 {
        (self.sum(|layer| layer.stable_variance.ln()) / self.inner.len() as f64).exp()
    }

    /// ln of typical over mean squared norm behind the inner layers, at the variance that keeps the mean.
    pub fn log_typical_over_mean(&self) -> f64 {
        self.sum(|layer| layer.log_typical_over_mean)
    }
}

fn reach(layer: &Layer) -> Result<Reach, InspectError> {
    let rate =
        rate(layer.rows, layer.gate).map_err(|error| InspectError::new(format!("a layer of {} units has no rate: {error}", layer.rows)))?;
    let (rows, columns) = (layer.rows as f64, layer.columns as f64);
    let squares: Scaled = layer.weights.iter().map(|&w| Scaled::from(w) * Scaled::from(w)).sum();
    let variance = squares / Scaled::from(layer.weights.len() as f64);
    let stable_variance = (-rate).exp() / 2.0 * rows / columns;
    let open = if layer.gate == Gate::Relu { 0.5 } else { 1.0 };
    Ok(Reach {
        variance,
        stable_variance,
        log_factor: (variance.ln() - stable_variance.ln()) / 2.0,
        log_typical_over_mean: rate + (2.0 / (open * rows)).ln(),
    })
}
