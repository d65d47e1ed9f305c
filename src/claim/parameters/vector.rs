//! Vectors on the command line: `3,4`, `(1,0,...,0)`, `[sqrt(2), 1/3]`. Formulas see them through sums of their powers.

use crate::formula::Node;

use super::Parameter;
use super::error::InputError;
use super::value::{closed, exact_number, has_value};

/// A vector as written: leading entries, and a filler for the rest if the text has an ellipsis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Vector {
    entries: Vec<Node>,
    filler: Option<Node>,
}

impl Vector {
    /// The vector that `text` writes. In `a, b, ..., b` the last entry fills up to the width.
    pub fn parse(parameter: &Parameter, text: &str) -> Result<Vector, InputError> {
        let outside = || InputError::Outside { name: parameter.name, text: text.to_owned(), accepts: parameter.domain.to_string() };
        let mut parts: Vec<&str> = at_commas(unbracketed(text.trim())).into_iter().map(str::trim).collect();
        let ellipsis = parts.iter().position(|part| matches!(*part, "..." | "…"));
        if let Some(at) = ellipsis {
            // Exactly `…, filler, ..., filler`.
            if at == 0 || at + 2 != parts.len() || parts[at - 1] != parts[at + 1] {
                return Err(outside());
            }
            parts.truncate(at);
        }
        let mut entries = Vec::with_capacity(parts.len());
        for part in parts {
            let node = closed(parameter, part)?;
            has_value(&node).map_err(|error| InputError::NoValue {
                name: parameter.name,
                text: part.to_owned(),
                reason: error.to_string(),
                accepts: parameter.domain.to_string(),
            })?;
            entries.push(node);
        }
        let filler = if ellipsis.is_some() { entries.pop() } else { None };
        if entries.is_empty() && filler.is_none() {
            return Err(outside());
        }
        Ok(Vector { entries, filler })
    }

    /// The number of entries; `None` if the width decides.
    pub fn len(&self) -> Option<usize> {
        self.filler.is_none().then_some(self.entries.len())
    }

    /// The least number of entries that the vector can have.
    pub fn least(&self) -> usize {
        self.entries.len().max(1)
    }

    /// Whether the vector can have that many entries.
    pub fn fits(&self, width: usize) -> bool {
        match self.filler {
            None => self.entries.len() == width,
            Some(_) => self.entries.len() <= width,
        }
    }

    /// Σ xᵢ^power over that many entries; a single literal where it is rational.
    pub fn power_sum(&self, power: i64, width: usize) -> Node {
        let raised = |node: &Node| node.clone().power(Node::integer(power));
        let mut terms: Vec<Node> = self.entries.iter().map(raised).collect();
        let rest = width.saturating_sub(self.entries.len());
        if let Some(filler) = self.filler.as_ref().filter(|_| rest > 0) {
            terms.push(Node::integer(i64::try_from(rest).unwrap_or(i64::MAX)) * raised(filler));
        }
        let sum = balanced(terms);
        exact_number(&sum).map_or(sum, |value| Node::rational(&value))
    }

    /// Whether every entry is the number 0.
    pub fn is_zero(&self) -> bool {
        let zero = |node: &Node| exact_number(node).is_ok_and(|value| value.is_zero());
        self.entries.iter().chain(&self.filler).all(zero)
    }
}

/// A sum whose height grows with the logarithm of the number of terms.
fn balanced(mut terms: Vec<Node>) -> Node {
    while terms.len() > 1 {
        let mut pairs = terms.into_iter();
        let mut next = Vec::new();
        while let Some(left) = pairs.next() {
            next.push(match pairs.next() {
                Some(right) => left + right,
                None => left,
            });
        }
        terms = next;
    }
    terms.pop().unwrap_or_else(|| Node::integer(0))
}

/// The text without a pair of brackets around the whole of it.
fn unbracketed(text: &str) -> &str {
    let inner = match (text.strip_prefix('('), text.strip_prefix('[')) {
        (Some(rest), _) => rest.strip_suffix(')'),
        (_, Some(rest)) => rest.strip_suffix(']'),
        _ => None,
    };
    let Some(inner) = inner else { return text };
    let mut open = 0_i64;
    for character in inner.chars() {
        match character {
            '(' | '[' => open += 1,
            ')' | ']' => open -= 1,
            _ => {}
        }
        if open < 0 {
            return text;
        }
    }
    inner
}

/// The pieces of a text between the commas that stand outside all brackets.
pub(super) fn at_commas(text: &str) -> Vec<&str> {
    let (mut pieces, mut start, mut open) = (Vec::new(), 0, 0_i64);
    for (at, character) in text.char_indices() {
        match character {
            '(' | '[' => open += 1,
            ')' | ']' => open -= 1,
            ',' if open == 0 => {
                pieces.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    pieces.push(&text[start..]);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_inside_brackets_do_not_separate() {
        assert_eq!(at_commas("binomial(4,2),[1,2][0], 3"), ["binomial(4,2)", "[1,2][0]", " 3"]);
    }

    #[test]
    fn only_brackets_around_the_whole_text_are_dropped() {
        assert_eq!(unbracketed("(1,2)"), "1,2");
        assert_eq!(unbracketed("[1,2]"), "1,2");
        assert_eq!(unbracketed("(1+2),(3)"), "(1+2),(3)");
        assert_eq!(unbracketed("1,2"), "1,2");
    }

    #[test]
    fn a_sum_of_many_terms_stays_flat() {
        assert!(balanced(vec![Node::integer(1); 100_000]).height() < 20);
    }
}
