//! Why a network cannot be built or run.

use thiserror::Error;

/// Why a network cannot be built or run.
#[derive(Debug, Error)]
pub enum NetworkError {
    /// candle failed.
    #[error("the tensor library failed: {0}")]
    Tensor(#[from] candle_core::Error),
    /// The device could not be opened, in words.
    #[error("{0}")]
    Device(String),
    /// Sizes that do not fit, in words.
    #[error("{0}")]
    Shape(String),
    /// A number that is not finite, with where it stands.
    #[error("{0} is not finite")]
    NotFinite(String),
}
