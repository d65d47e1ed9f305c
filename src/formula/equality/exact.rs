//! Rational numbers as a number system, with calls as opaque symbols: what no prime can fool.

use dashu::base::BitTest;
use dashu::rational::RBig;

use crate::formula::function::Function;
use crate::formula::number::{Number, Summation, Undefined};
use crate::formula::symbolic::{self, Symbolic, Symbols};

/// A rational number, and whether it was computed from literals and grid values alone.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Exact {
    pub(super) value: RBig,
    known: bool,
}

impl Exact {
    /// The value drawn for a name. It is an integer by accident only: no exponent or index may rest on it.
    pub(super) fn unknown(value: u128) -> Self {
        Exact { value: RBig::from(value), known: false }
    }

    fn with(value: RBig, known: bool) -> Result<Self, Undefined> {
        const LONGEST: usize = 1 << 20;
        let bits = value.numerator().bit_len() + value.denominator().bit_len();
        if bits <= LONGEST { Ok(Exact { value, known }) } else { Err(Undefined::TooLarge) }
    }

    fn is_known_zero(&self) -> bool {
        self.known && self.value.is_zero()
    }
}

impl Number for Exact {
    type Context = Symbols;

    fn rational(value: &RBig, _: &Symbols) -> Result<Self, Undefined> {
        Exact::with(value.clone(), true)
    }

    fn negate(&self, _: &Symbols) -> Self {
        Exact { value: -self.value.clone(), known: self.known }
    }

    fn add(&self, other: &Self, _: &Symbols) -> Result<Self, Undefined> {
        Exact::with(&self.value + &other.value, self.known && other.known)
    }

    fn multiply(&self, other: &Self, _: &Symbols) -> Result<Self, Undefined> {
        let known = self.known && other.known || self.is_known_zero() || other.is_known_zero();
        Exact::with(&self.value * &other.value, known)
    }

    fn divide(&self, other: &Self, _: &Symbols) -> Result<Self, Undefined> {
        if other.value.is_zero() {
            return Err(Undefined::DivisionByZero);
        }
        Exact::with(&self.value / &other.value, self.known && other.known || self.is_known_zero())
    }

    symbolic::symbolic_methods!();
}

impl Symbolic for Exact {
    fn known(&self) -> Option<&RBig> {
        self.known.then_some(&self.value)
    }

    fn looks_like(&self, value: u8) -> bool {
        self.value == RBig::from(value)
    }

    fn symbol(head: &str, arguments: &[Self], symbols: &Symbols) -> Self {
        let bytes = |a: &Exact| {
            let (numerator, denominator) = a.value.clone().into_parts();
            let mut bytes = numerator.to_le_bytes().to_vec();
            let length = bytes.len() as u64;
            bytes.extend_from_slice(&denominator.to_le_bytes());
            bytes.extend_from_slice(&length.to_le_bytes());
            bytes
        };
        let drawn = symbols.draw(head, arguments.iter().map(bytes));
        Exact::unknown(u128::from_le_bytes(std::array::from_fn(|i| drawn[i])))
    }
}
