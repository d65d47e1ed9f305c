//! Equality of formulas: integer names on a sufficient grid, real names at random points (Schwartz–Zippel), over a finite field
//! and then over the rationals.
//!
//! With its integer names fixed and its calls taken for symbols, a formula is a rational function, and two of them that agree at
//! a random point are equal, but for a probability that their degrees bound. In an integer name it is a quotient of sequences
//! that obey linear recurrences with constant coefficients (powers of a k×k matrix obey one of order k), so finitely many
//! consecutive integers decide for all. "Equal" may be missed, where calls hide it, but is never wrong beyond the stated error.

mod arithmetic;
mod degree;
mod exact;
mod polynomial;
mod prove;
mod recurrence;
mod sequence;
mod shape;
mod symbols;
#[cfg(test)]
mod tests;
mod trial;

use std::collections::BTreeSet;

use super::tree::Node;
use prove::{Engine, Failure, Proof};
use recurrence::Grid;
use shape::Labels;
use trial::Side;

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
///
/// All names are real where that suffices, powers with names in the exponent taken for symbols. Where it does not, names that
/// stand in exponents, indices, bounds of series or integer arguments are integers from 1 on, and where an exponent is a difference
/// of two of them, the first is at least the second.
#[must_use]
pub fn compare(left: &Node, right: &Node) -> Equality {
    settle(&Side::Value(left.clone()), &Side::Value(right.clone()))
}

/// Compares the derivative of `left` in `name`, which is real, with `right`, as [`compare`] does.
#[must_use]
pub fn compare_derivative(left: &Node, name: &str, right: &Node) -> Equality {
    settle(&Side::Derivative(left.clone(), name.to_owned()), &Side::Value(right.clone()))
}

/// Bounds on the orders of the linear recurrences with constant coefficients that the numerator and the denominator of the
/// formula obey as sequences in `name`, whatever the values of the other names; a polynomial of degree D has order D + 1.
/// `None` if the formula is not known to be such a quotient.
///
/// If the truth obeys a recurrence of order T, agreement at N + T·D consecutive integers is agreement from there on.
#[must_use]
pub fn recurrence_order(node: &Node, name: &str) -> Option<(u32, u32)> {
    let fraction = recurrence::fraction(node, name, &Grid::new(), &mut Labels::default()).ok()?;
    Some((fraction.numerator.order(), fraction.denominator_order()?))
}

fn settle(left: &Side, right: &Side) -> Equality {
    match Engine::new(left, right).prove(left, right, &Grid::new(), 0) {
        Ok(proof) => {
            let free = left.node().free_names().union(&right.node().free_names()).cloned().collect();
            Equality::Equal { error_bits: error_bits(proof.error), scope: scope(&proof, free) }
        }
        Err(Failure::Different { opaque }) => Equality::Different { opaque },
        Err(Failure::Undecided(reason)) => Equality::Undecided(reason),
    }
}

/// −log2 of a probability, rounded down; at most 128.
fn error_bits(error: f64) -> u32 {
    (-error.log2()).floor().clamp(0.0, 128.0) as u32
}

fn scope(proof: &Proof, mut free: BTreeSet<String>) -> String {
    let integers: Vec<String> = proof.starts.iter().map(|(name, start)| format!("every integer {name} >= {start}")).collect();
    free.retain(|name| !proof.starts.keys().any(|measured| measured.split(" - ").any(|part| part == name)));
    let reals = (!free.is_empty()).then(|| format!("all {}", free.into_iter().collect::<Vec<_>>().join(", ")));
    let domain: Vec<String> = integers.into_iter().chain(reals).collect();
    let tried: Vec<String> = proof.tried.iter().map(|(name, count)| format!("{count} of {name}")).collect();
    match (domain.is_empty(), tried.is_empty()) {
        (true, _) => "a number without names".into(),
        (false, true) => format!("{} where both sides are defined", domain.join(" and ")),
        (false, false) => {
            let (domain, tried) = (domain.join(" and "), tried.join(", "));
            format!("{domain} where both sides are defined, by consecutive values: {tried}")
        }
    }
}
