//! Degrees of rational functions as a number system: what the Schwartz–Zippel bound needs to know of a formula.

use dashu::rational::RBig;

use crate::formula::function::Function;
use crate::formula::number::{Number, Summation, Undefined};
use crate::formula::symbolic::{self, Symbolic, Symbols};

/// Bounds on the total degrees of the numerator and the denominator of a formula, in its names and opaque symbols.
#[derive(Clone, Debug)]
pub(super) struct Degree {
    pub(super) numerator: u64,
    pub(super) denominator: u64,
    known: Option<RBig>,
}

impl Degree {
    /// A name.
    pub(super) const NAME: Degree = Degree { numerator: 1, denominator: 0, known: None };

    /// The degree of the equation a = b, cleared of denominators.
    pub(super) fn of_equation(&self, other: &Degree) -> u64 {
        self.cross(other)
    }

    fn cross(&self, other: &Degree) -> u64 {
        let left = self.numerator.saturating_add(other.denominator);
        left.max(other.numerator.saturating_add(self.denominator))
    }

    fn known_or(known: Option<RBig>, numerator: u64, denominator: u64) -> Degree {
        match known.and_then(symbolic::short) {
            Some(value) => Degree { numerator: 0, denominator: 0, known: Some(value) },
            None => Degree { numerator, denominator, known: None },
        }
    }

    fn both<'a>(&'a self, other: &'a Self) -> Option<(&'a RBig, &'a RBig)> {
        self.known.as_ref().zip(other.known.as_ref())
    }

    fn is_known_zero(&self) -> bool {
        self.known.as_ref().is_some_and(RBig::is_zero)
    }
}

impl Number for Degree {
    type Context = Symbols;

    fn rational(value: &RBig, _: &Symbols) -> Result<Self, Undefined> {
        Ok(Degree::known_or(Some(value.clone()), 0, 0))
    }

    fn negate(&self, _: &Symbols) -> Self {
        Degree { known: self.known.as_ref().map(|a| -a.clone()), ..*self }
    }

    fn add(&self, other: &Self, _: &Symbols) -> Result<Self, Undefined> {
        let known = self.both(other).map(|(a, b)| a + b);
        Ok(Degree::known_or(known, self.cross(other), self.denominator.saturating_add(other.denominator)))
    }

    fn multiply(&self, other: &Self, _: &Symbols) -> Result<Self, Undefined> {
        let zero = self.is_known_zero() || other.is_known_zero();
        let known = if zero { Some(RBig::ZERO) } else { self.both(other).map(|(a, b)| a * b) };
        let numerator = self.numerator.saturating_add(other.numerator);
        Ok(Degree::known_or(known, numerator, self.denominator.saturating_add(other.denominator)))
    }

    fn divide(&self, other: &Self, _: &Symbols) -> Result<Self, Undefined> {
        if other.is_known_zero() {
            return Err(Undefined::DivisionByZero);
        }
        let known = if self.is_known_zero() { Some(RBig::ZERO) } else { self.both(other).map(|(a, b)| a / b) };
        let numerator = self.numerator.saturating_add(other.denominator);
        Ok(Degree::known_or(known, numerator, self.denominator.saturating_add(other.numerator)))
    }

    symbolic::symbolic_methods!();
}

impl Symbolic for Degree {
    fn known(&self) -> Option<&RBig> {
        self.known.as_ref()
    }

    fn looks_like(&self, value: u8) -> bool {
        self.known == Some(RBig::from(value))
    }

    fn symbol(_: &str, arguments: &[Self], symbols: &Symbols) -> Self {
        let weight = |a: &Degree| a.numerator.saturating_add(a.denominator);
        symbols.count(arguments.iter().map(weight).fold(0, u64::saturating_add));
        Degree::NAME
    }
}
