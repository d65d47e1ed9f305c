//! Random networks: weight laws, and many multi-layer perceptrons at once.
//!
//! Weights are drawn on the host from keyed generators, so that they are the same on every device and for every number of threads.
//! candle multiplies; gates, norms and the exact powers of two that keep states in range are computed on the host.

pub mod architecture;
mod backend;
pub mod chain;
pub mod device;
mod error;
pub mod evidence;
mod gate;
mod law;
mod layer;
pub(crate) mod power;
mod product;
mod signs;
mod states;
#[cfg(test)]
mod tests;
mod words;

pub use backend::{Backend, Precision};
pub use error::NetworkError;
pub use gate::Gate;
pub use law::Law;
pub use layer::{Layer, Norms, forward};
pub use states::{State, States};
