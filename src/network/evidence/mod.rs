//! Ready-made sampled evidence about multi-layer perceptrons: one layer from adversarial inputs, deep moments by particles,
//! medians, whole laws, and shares of gates and live nets.

mod collisions;
mod deep;
mod entries;
pub mod exponent;
mod input;
mod laws;
mod living;
mod moments;
mod one_layer;
mod products;
mod shares;
#[cfg(test)]
mod tests;
mod weights;

pub use collisions::gate_collisions;
pub use deep::{particles, plain_mean};
pub use entries::matrix_row;
pub use exponent::exponents;
pub use input::Input;
pub use laws::{growths, medians};
pub use living::{transformed, typical_growths};
pub use moments::Stage;
pub use one_layer::one_layer;
pub use products::{Backward, backward_norms, product_norms};
pub use shares::{gate_openings, gate_patterns, survival};

use super::{Backend, Gate, Law, Layer, NetworkError, Precision};
use crate::claim::{Context, Point, Unsettled};
use crate::formula::Node;
use weights::Weights;

/// The relative rounding error that exact moments in double precision may carry.
const ALLOWANCE: f64 = 1.0 / (1u64 << 36) as f64;

/// Which power of which norm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Norm {
    /// ‖·‖₂²
    TwoSquared,
    /// ‖·‖₂⁴
    TwoFourth,
    /// ‖·‖₄⁴
    FourFourth,
}

/// A net of equal square layers, and the input that it sees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Net {
    /// The number of units in a layer.
    pub width: usize,
    /// The number of layers.
    pub depth: usize,
    /// The law of a weight, as on the command line (`he-gaussian`, `uniform:9/10`, `three-point:1,1/4`).
    pub law: &'static str,
    /// The gate after each layer.
    pub gate: Gate,
    /// The input.
    pub input: Input,
}

impl Net {
    /// A net that sees (1, 0, …, 0).
    #[must_use]
    pub const fn new(width: usize, depth: usize, law: &'static str, gate: Gate) -> Self {
        Net { width, depth, law, gate, input: Input::Sparse }
    }

    /// A linear net of critical Gaussian layers, σ² = 1/width.
    #[must_use]
    pub const fn linear(width: usize, depth: usize) -> Self {
        Net::new(width, depth, "xavier-gaussian", Gate::Linear)
    }

    /// A ReLU net of critical Gaussian layers, σ² = 2/width.
    #[must_use]
    pub const fn relu(width: usize, depth: usize) -> Self {
        Net::new(width, depth, "he-gaussian", Gate::Relu)
    }

    /// The same net with another input.
    #[must_use]
    pub const fn seeing(self, input: Input) -> Self {
        Net { input, ..self }
    }

    /// The net in the names of formulas: `width`, `depth`, `variance`, `kurtosis`, `p`, `x2`, `x4`.
    ///
    /// # Panics
    /// If the law's text writes no law.
    #[must_use]
    pub fn point(&self) -> Point {
        let whole = |count: usize| Node::rational(&count.into());
        let weights = self.weights();
        let open = if self.gate == Gate::Linear { Node::integer(1) } else { Node::integer(1) / Node::integer(2) };
        Point::new()
            .with("width", whole(self.width))
            .with("depth", whole(self.depth))
            .with("variance", weights.variance)
            .with("kurtosis", weights.kurtosis)
            .with("p", open)
            .with("x2", self.input.power_sum(2, self.width))
            .with("x4", self.input.power_sum(4, self.width))
    }

    fn weights(&self) -> Weights {
        Weights::parse(self.law, self.width)
    }

    /// The law of a weight.
    ///
    /// # Panics
    /// If the law's text writes no law.
    #[must_use]
    pub fn law(&self) -> Law {
        self.weights().law
    }

    fn layer(&self) -> Layer {
        Layer { width: self.width, law: self.law(), gate: self.gate }
    }

    /// The work of drawing one net, in weights of a continuous law: 64 signs come from one word.
    fn cost(&self) -> u64 {
        let weights = (self.depth * self.width * self.width) as u64;
        if matches!(self.law(), Law::Rademacher(_)) { weights.div_ceil(3) } else { weights }
    }

    /// The net in words, unique to it: part of the key of its streams.
    #[must_use]
    pub fn configuration(&self) -> String {
        let gate = if self.gate == Gate::Linear { "linear" } else { "relu" };
        format!("width {}, depth {}, {}, {gate}, {} input", self.width, self.depth, self.law, self.input.name())
    }
}

/// The backend that the context names.
fn backend(context: &Context) -> Result<Backend, Unsettled> {
    Backend::open(context.device, Precision::Double).map_err(|error| Unsettled::Skipped(error.to_string()))
}

fn failed(error: &NetworkError) -> Unsettled {
    Unsettled::Inconclusive(error.to_string())
}
