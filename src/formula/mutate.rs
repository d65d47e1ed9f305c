//! Mutants: small errors planted in a formula.

use super::tree::Node;

/// A formula with one planted error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mutant {
    /// What was changed, in words.
    pub change: String,
    /// The wrong formula.
    pub formula: Node,
}

/// Every mutant of a formula, without repeats, in a stable order.
#[must_use]
pub fn mutants(_formula: &Node) -> Vec<Mutant> {
    unimplemented!()
}
