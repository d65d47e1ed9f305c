//! Replaces what obeys no recurrence (`gamma_median(depth)`, say) by indeterminates.
//!
//! An identity that holds for every value of the indeterminate holds for the value that it stands for. Two expressions get the
//! same indeterminate only where their arguments are proved equal.

use std::collections::BTreeSet;

use crate::formula::function::Function;
use crate::formula::tree::Node;

use super::prove::{Engine, Proof};
use super::recurrence::{Grid, fraction, polynomial};
use super::shape::Labels;
use super::trial::Side;

/// What an indeterminate stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Head {
    Call(Function),
    Power,
    Series,
}

/// Replaces expressions by indeterminates, the same for all formulas that it rewrites.
pub(super) struct Replacement<'a> {
    engine: &'a mut Engine,
    integers: &'a BTreeSet<String>,
    starts: &'a Grid,
    /// The name of differentiation: nothing that depends on it is replaced.
    variable: Option<&'a str>,
    level: u32,
    entries: Vec<(Head, Vec<Node>, String)>,
    /// Bases of powers whose exponents may fall below zero, with their bindings: they must not be zero.
    pub(super) divisors: Vec<Node>,
    /// What proves the arguments equal.
    pub(super) proof: Proof,
}

/// The bindings around a subtree, outermost first.
type Bindings = Vec<(String, Node)>;

/// The subtree under its bindings.
fn close(node: &Node, bindings: &Bindings) -> Node {
    let wrap = |node: Node, (name, value): &(String, Node)| {
        if node.free_names().contains(name) { node.given(name.clone(), value.clone()) } else { node }
    };
    bindings.iter().rev().fold(node.clone(), wrap)
}

impl<'a> Replacement<'a> {
    pub(super) fn new(
        engine: &'a mut Engine,
        integers: &'a BTreeSet<String>,
        starts: &'a Grid,
        variable: Option<&'a str>,
        level: u32,
    ) -> Self {
        let (entries, divisors, proof) = (vec![], vec![], Proof::default());
        Replacement { engine, integers, starts, variable, level, entries, divisors, proof }
    }

    /// The name that stands for the distance from a series' first index: one for each level, as the terms of a series may hold
    /// another. No formula text can write it.
    fn series_index(&self) -> String {
        format!("series index {}", self.level)
    }

    /// The names of the indeterminates.
    pub(super) fn names(&self) -> impl Iterator<Item = &String> {
        self.entries.iter().map(|(_, _, name)| name)
    }

    /// The formula with its expressions replaced.
    pub(super) fn rewrite(&mut self, node: &Node) -> Node {
        self.inside(node, &mut vec![])
    }

    fn inside(&mut self, node: &Node, bindings: &mut Bindings) -> Node {
        match node {
            Node::Let(name, value, body) => {
                let value = self.inside(value, bindings);
                bindings.push((name.clone(), value.clone()));
                let body = self.inside(body, bindings);
                bindings.pop();
                body.given(name.clone(), value)
            }
            Node::Series { index, from, term, .. } => self.series(node, index, from, term, bindings),
            _ => {
                let outside = self.divisors.len();
                let children = node.children().into_iter().map(|child| self.inside(child, bindings)).collect();
                let rewritten = node.with_children(children);
                let (head, parts) = match &rewritten {
                    Node::Call(function, arguments) if self.is_wild_call(&rewritten, bindings) => {
                        (Head::Call(*function), arguments.iter().map(|a| close(a, bindings)).collect())
                    }
                    Node::Power(base, exponent) => {
                        let parts = vec![close(base, bindings), close(exponent, bindings)];
                        if !self.is_wild_power(&parts) {
                            return rewritten;
                        }
                        (Head::Power, parts)
                    }
                    _ => return rewritten,
                };
                self.divisors.truncate(outside);
                self.indeterminate(head, parts)
            }
        }
    }

    fn is_replaceable(&self, names: &BTreeSet<String>) -> bool {
        !self.variable.is_some_and(|variable| names.contains(variable)) && !names.is_disjoint(self.integers)
    }

    /// Whether a call obeys no known recurrence in one of its integer names.
    fn is_wild_call(&self, call: &Node, bindings: &Bindings) -> bool {
        let call = close(call, bindings);
        let names = call.free_names();
        let wild = |name: &String| fraction(&call, name, &Grid::new(), &mut Labels::default()).is_err();
        self.is_replaceable(&names) && names.intersection(self.integers).any(wild)
    }

    /// Whether the exponent of a power is neither an integer nor a polynomial in integer names. Of the other powers, notes the
    /// bases that are divided by.
    fn is_wild_power(&mut self, parts: &[Node]) -> bool {
        let exponent = polynomial(&parts[1]);
        let tame = exponent.as_ref().is_some_and(|e| e.value().is_none_or(|value| value.is_int()));
        if tame && exponent.is_some_and(|e| !e.rises()) {
            self.divisors.push(parts[0].clone());
        }
        !tame && self.is_replaceable(&parts.iter().flat_map(Node::free_names).collect())
    }

    /// A series is known by its terms, counted from its first index.
    fn series(&mut self, node: &Node, index: &str, from: &Node, term: &Node, bindings: &Bindings) -> Node {
        let shifted = from.clone() + Node::name(self.series_index());
        let term = close(&term.clone().given(index, shifted), bindings);
        let names = close(node, bindings).free_names();
        if self.variable.is_some_and(|variable| names.contains(variable)) {
            return node.clone();
        }
        self.indeterminate(Head::Series, vec![term])
    }

    fn indeterminate(&mut self, head: Head, parts: Vec<Node>) -> Node {
        for i in 0..self.entries.len() {
            if self.entries[i].0 == head {
                let known = self.entries[i].1.clone();
                if known == parts || self.are_equal(head, &known, &parts) {
                    return Node::name(self.entries[i].2.clone());
                }
            }
        }
        let name = format!("indeterminate {}.{}", self.level, self.entries.len());
        self.entries.push((head, parts, name.clone()));
        Node::name(name)
    }

    /// Whether the parts are proved equal wherever the formulas are compared.
    fn are_equal(&mut self, head: Head, left: &[Node], right: &[Node]) -> bool {
        let mut starts = self.starts.clone();
        if head == Head::Series {
            starts.insert(self.series_index(), 0);
        }
        let mut together = Proof::default();
        for (left, right) in left.iter().zip(right) {
            if left == right {
                continue;
            }
            let sides = (Side::Value(left.clone()), Side::Value(right.clone()));
            let Ok(mut proof) = self.engine.prove(&sides.0, &sides.1, &starts, self.level + 1) else { return false };
            proof.forget(&self.series_index());
            if !proof.names().all(|name| self.integers.contains(name)) {
                return false;
            }
            together.absorb(&proof);
        }
        self.proof.absorb(&together);
        true
    }
}
