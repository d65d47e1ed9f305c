//! Formula text to tree.

use thiserror::Error;

use super::tree::Node;

/// Why a text is no formula: one sentence, with the position (in characters, counted from 1) where it was noticed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("at character {position}: {message}")]
pub struct ParseError {
    /// The position, counted from 1.
    pub position: usize,
    /// What is wrong and what is accepted.
    pub message: String,
}

/// The tree of a formula.
///
/// # Errors
/// [`ParseError`] with position and, for an unknown function, the nearest known one.
pub fn parse(_text: &str) -> Result<Node, ParseError> {
    unimplemented!()
}
