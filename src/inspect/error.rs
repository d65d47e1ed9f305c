//! Why a file cannot be inspected.

use thiserror::Error;

use crate::network::NetworkError;

/// Why a file cannot be inspected: one sentence that names the file or the tensor and says what to do.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct InspectError(String);

impl InspectError {
    pub(super) fn new(sentence: impl Into<String>) -> Self {
        InspectError(sentence.into())
    }
}

impl From<NetworkError> for InspectError {
    fn from(error: NetworkError) -> Self {
        InspectError(error.to_string())
    }
}
