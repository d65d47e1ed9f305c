//! A practitioner's own perceptron: read from safetensors, measured, and placed against the theory in words.
//!
//! Without data everything follows from the weights: the factor of the typical norm per layer, whether the width suffices for the depth,
//! and the share of dead units under Gaussian inputs. With data the curvature of the loss is computed exactly.

mod document;
mod error;
mod lyapunov;
mod measure;
mod order;
mod perceptron;
mod samples;
mod says;
mod standing;
mod tensors;

pub use document::{Request, inspect};
pub use error::InspectError;
