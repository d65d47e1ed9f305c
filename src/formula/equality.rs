//! Equality of formulas, decided at random points (Schwartz–Zippel) over a finite field and confirmed over the rationals.

use super::tree::Node;

/// What the comparison of two formulas found.
#[derive(Clone, Debug, PartialEq)]
pub enum Equality {
    /// Equal for all values of all names; `error` bounds the probability that the test was fooled, as −log2.
    Equal {
        /// −log2 of the error bound; above 100.
        error_bits: u32,
        /// Where it holds, in words (which names were taken as integers and how far they were checked).
        scope: String,
    },
    /// Different, as symbols: some point separates them (unless an opaque call hides an equality).
    Different {
        /// Whether calls were treated as opaque symbols, so that the difference may be only apparent.
        opaque: bool,
    },
    /// The method does not apply; why, in words.
    Undecided(String),
}

/// Compares two formulas as functions of their free names.
#[must_use]
pub fn compare(_left: &Node, _right: &Node) -> Equality {
    unimplemented!()
}
