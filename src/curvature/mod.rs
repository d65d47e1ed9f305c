//! The curvature of the loss at one multi-layer perceptron, exactly and at any scale, without ever storing a Hessian.
//!
//! Loss: 𝓛 = 1/(2n) Σ_s ‖y_s − f(x_s)‖², or cross-entropy. Layers are numbered from 0 here; a^{k−1} is the input of layer k, h^k = W^k a^{k−1} + b^k,
//! a^k = D^k h^k; M_k is the derivative of f by h^k, P_{l,k} that of a^{l−1} by h^k, r is the derivative of the loss by f, f − y.
//!
//! Every batch carries one power of two per sample, so nothing under- or overflows at any depth.

pub mod architecture;
pub mod architecture_figures;
mod architecture_kinds;
mod architecture_lengths;
pub mod architecture_trials;
pub mod autodiff;
mod blocks;
pub mod evidence;
mod gradient;
mod hessian_vector;
mod lanczos;
mod loss;
pub mod moments;
mod network;
mod pass;
pub mod portrait;
mod portrait_plan;
pub mod rates;
pub mod rounding;
mod span;
mod stack;
pub mod symmetric;
#[cfg(test)]
mod tests;
mod tiles;
mod tridiagonal;

pub use blocks::{BlockNorms, Parameters};
pub use gradient::{Block, Gradient};
pub use lanczos::{Extreme, Lanczos, extreme_eigenvalues, lanczos, spectral_density};
pub use loss::Loss;
pub use network::{Data, Layer, Network};
pub use pass::Pass;
pub use span::Span;
pub use tridiagonal::{Ritz, ritz};
