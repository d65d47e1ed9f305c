//! Trees to text and to LaTeX.

use std::fmt;

use super::tree::Node;

impl fmt::Display for Node {
    fn fmt(&self, _f: &mut fmt::Formatter<'_>) -> fmt::Result {
        unimplemented!()
    }
}

/// The formula in LaTeX.
#[must_use]
pub fn latex(_node: &Node) -> String {
    unimplemented!()
}
