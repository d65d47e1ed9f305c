//! Why a file cannot be inspected.

use thiserror::Error;

use crate::network::NetworkError;

/// Why a file cannot be inspected: one sentence that names the file or the tensor and says what to do.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct InspectError(String);

impl InspectError {
    /// The sentence, with the control characters that names in a file may hold written out: one line in any case.
    pub(super) fn new(sentence: impl Into<String>) -> Self {
        let plain = |c: char| if c.is_control() { c.escape_default().to_string() } else { c.to_string() };
        InspectError(sentence.into().chars().map(plain).collect())
    }
}

impl From<NetworkError> for InspectError {
    fn from(error: NetworkError) -> Self {
        InspectError(error.to_string())
    }
}
