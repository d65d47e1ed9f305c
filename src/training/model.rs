//! What the training loop asks of a network.

use candle_core::{Tensor, Var};

use crate::curvature::Network;
use crate::network::NetworkError;

/// Whether a network is being trained or evaluated: batch normalisation differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Statistics of the batch.
    Training,
    /// Statistics collected in training.
    Evaluation,
}

/// A trainable network.
pub trait Model: Send + Sync {
    /// Everything that is trained.
    fn parameters(&self) -> &[Var];

    /// The logits [n, classes] of a batch of flattened images [n, features].
    ///
    /// # Errors
    /// If candle fails.
    fn forward(&self, inputs: &Tensor, phase: Phase) -> Result<Tensor, NetworkError>;

    /// The network at its present weights in the form whose curvature is known exactly; `None` if it has none.
    ///
    /// # Errors
    /// If candle fails.
    fn network(&self) -> Result<Option<Network>, NetworkError> {
        Ok(None)
    }
}

/// x · 1[x > 0]: derivative 0 at 0, and not-a-number stays so.
///
/// # Errors
/// If candle fails.
pub fn relu(x: &Tensor) -> candle_core::Result<Tensor> {
    x * x.gt(0.0)?.to_dtype(x.dtype())?
}
