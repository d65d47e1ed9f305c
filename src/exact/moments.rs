//! The moment calculus: expectations of polynomials in independent random symbols.
//!
//! A *weight* is symmetric about 0: odd moments vanish, E w² = `variance`, E w⁴ = `kurtosis`·`variance`², and E w⁶, E w⁸, …
//! are the further symbols `moment6`, `moment8`, …. A *coin* is 1 with probability `p` and otherwise 0. Every other variable
//! is an indeterminate. All weights and coins of one calculus are independent.

use dashu::rational::RBig;

use super::polynomial::{Alphabet, Monomial, Polynomial, Variable};
use crate::formula::Node;

/// What a variable stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Indeterminate,
    Weight,
    Coin,
}

/// An alphabet of indeterminates, weights and coins, with the expectation over weights and coins.
#[derive(Clone, Debug, Default)]
pub struct Calculus {
    alphabet: Alphabet,
    kinds: Vec<Kind>,
}

impl Calculus {
    /// A calculus without symbols.
    #[must_use]
    pub fn new() -> Self {
        Calculus::default()
    }

    /// An indeterminate.
    pub fn indeterminate(&mut self, name: &str) -> Variable {
        self.declare(name, Kind::Indeterminate)
    }

    /// The indeterminates `name1`, `name2`, …
    pub fn vector(&mut self, name: &str, length: usize) -> Vec<Variable> {
        (1..=length).map(|i| self.indeterminate(&format!("{name}{i}"))).collect()
    }

    /// The indeterminates `name11`, `name12`, … as a matrix, row by row.
    pub fn matrix(&mut self, name: &str, rows: usize, columns: usize) -> Vec<Vec<Variable>> {
        (1..=rows).map(|i| self.vector(&format!("{name}{i}_"), columns)).collect()
    }

    /// A matrix of independent weights, row by row.
    pub fn weights(&mut self, rows: usize, columns: usize) -> Vec<Vec<Variable>> {
        let row = |i: usize, calculus: &mut Self| (1..=columns).map(|j| calculus.declare(&format!("w{i}_{j}"), Kind::Weight)).collect();
        (1..=rows).map(|i| row(i, self)).collect()
    }

    /// Independent coins: the diagonal of a gate matrix.
    pub fn coins(&mut self, length: usize) -> Vec<Variable> {
        (1..=length).map(|i| self.declare(&format!("D{i}"), Kind::Coin)).collect()
    }

    /// The names.
    #[must_use]
    pub fn alphabet(&self) -> &Alphabet {
        &self.alphabet
    }

    /// The expectation over all weights and coins.
    #[must_use]
    pub fn expectation(&mut self, polynomial: &Polynomial) -> Polynomial {
        polynomial.map_monomials(|monomial| self.expected_monomial(monomial))
    }

    /// The polynomial as a formula's tree.
    #[must_use]
    pub fn to_node(&self, polynomial: &Polynomial) -> Node {
        polynomial.to_node(&self.alphabet)
    }

    fn declare(&mut self, name: &str, kind: Kind) -> Variable {
        let variable = self.alphabet.variable(name);
        if variable.index() == self.kinds.len() {
            self.kinds.push(kind);
        }
        assert_eq!(self.kinds[variable.index()], kind, "the symbol {name} already stands for something else");
        variable
    }

    /// Independence makes the expectation of a product of powers the product of the moments.
    fn expected_monomial(&mut self, monomial: &Monomial) -> Polynomial {
        let mut product = Polynomial::constant(RBig::ONE);
        for (variable, exponent) in monomial.factors() {
            let factor = match self.kinds[variable.index()] {
                Kind::Indeterminate => Polynomial::power_of(variable, exponent),
                Kind::Coin => Polynomial::power_of(self.indeterminate("p"), 1),
                Kind::Weight if exponent % 2 == 1 => return Polynomial::zero(),
                Kind::Weight => self.even_moment(exponent),
            };
            product = &product * &factor;
        }
        product
    }

    fn even_moment(&mut self, order: u32) -> Polynomial {
        match order {
            2 => Polynomial::power_of(self.indeterminate("variance"), 1),
            4 => {
                let kurtosis = Polynomial::power_of(self.indeterminate("kurtosis"), 1);
                &kurtosis * &Polynomial::power_of(self.indeterminate("variance"), 2)
            }
            _ => Polynomial::power_of(self.indeterminate(&format!("moment{order}")), 1),
        }
    }
}
