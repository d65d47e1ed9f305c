//! One comparison at random values of the real names, the integer names fixed: the Schwartz–Zippel test.

use std::collections::BTreeSet;

use dashu::rational::RBig;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::Rng;

use crate::formula::dual::Dual;
use crate::formula::evaluate::{Environment, Value, evaluate, evaluate_scalar};
use crate::formula::modular::Modular;
use crate::formula::number::{Number, Undefined};
use crate::formula::symbolic::Symbols;
use crate::formula::tree::Node;

use super::degree::Degree;
use super::exact::Exact;
use super::recurrence::Grid;

/// −log2 of the error bound that a single comparison must reach; thousands of them together stay below 2^−100.
const BITS_PER_COMPARISON: f64 = 116.0;

/// The bits of a value drawn for a name or a symbol over the rationals.
const BITS_PER_VALUE: f64 = 128.0;

/// How often a point is drawn again after a division by zero.
const DRAWS: usize = 3;

/// One side of an equation.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Side {
    /// The formula.
    Value(Node),
    /// Its derivative in a name.
    Derivative(Node, String),
}

impl Side {
    pub(super) const fn node(&self) -> &Node {
        match self {
            Side::Value(node) | Side::Derivative(node, _) => node,
        }
    }

    pub(super) fn variable(&self) -> Option<&str> {
        match self {
            Side::Value(_) => None,
            Side::Derivative(_, name) => Some(name),
        }
    }

    pub(super) fn with_node(&self, node: Node) -> Side {
        match self {
            Side::Value(_) => Side::Value(node),
            Side::Derivative(_, name) => Side::Derivative(node, name.clone()),
        }
    }

    fn value<N: Number>(&self, names: &Environment<N>, context: &N::Context) -> Result<N, Undefined> {
        match self {
            Side::Value(node) => evaluate_scalar(node, names, context),
            Side::Derivative(node, name) => evaluate_scalar(node, &Dual::environment(names, name, context)?, context)?.derivative(context),
        }
    }
}

/// What a comparison found.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Finding {
    /// Equal for all values of the real names, but for that probability.
    Equal(f64),
    /// Different, perhaps only because symbols hide an equality.
    Different { opaque: bool },
    /// A side has no value with these integers, whatever the real names are.
    Undefined(String),
    /// The method does not apply.
    Unsettled(String),
}

/// An equation with fixed integer names.
pub(super) struct Trial<'a> {
    pub(super) left: &'a Side,
    pub(super) right: &'a Side,
    /// Formulas that must not be zero.
    pub(super) divisors: &'a [Node],
    pub(super) integers: &'a Grid,
    pub(super) reals: &'a BTreeSet<String>,
}

impl Trial<'_> {
    /// Compares the sides: modulo a prime first, which is fast and finds nearly every difference, then over the rationals, which
    /// proves the equality: an equation of degree D that does not hold identically holds at integers drawn from 0..2^128 with
    /// probability at most D / 2^128.
    pub(super) fn run(&self, random: &mut ChaCha8Rng) -> Finding {
        if let Some(difference) = self.differ_modulo_the_prime(random) {
            return difference;
        }
        let degree = match self.degree() {
            Ok(degree) => degree,
            Err(error) => return Self::without_value(&error),
        };
        let bits = BITS_PER_VALUE - (degree as f64 + 1.0).log2();
        if bits < BITS_PER_VALUE / 4.0 {
            return Finding::Unsettled("the degree is too high for a test at random points".into());
        }
        let trials = (BITS_PER_COMPARISON / bits).ceil();
        for _ in 0..trials as u32 {
            match self.equal_over_the_rationals(random) {
                Ok((true, _)) => {}
                Ok((false, opaque)) => return Finding::Different { opaque },
                Err(error) => return Self::without_value(&error),
            }
        }
        Finding::Equal((-bits * trials).exp2())
    }

    fn without_value(error: &Undefined) -> Finding {
        match error {
            Undefined::DivisionByZero | Undefined::OutOfDomain(_) => Finding::Undefined(error.to_string()),
            _ => Finding::Unsettled(error.to_string()),
        }
    }

    fn environment<N: Number>(&self, draw: &mut dyn FnMut() -> N, context: &N::Context) -> Result<Environment<N>, Undefined> {
        let mut names = Environment::new();
        for (name, value) in self.integers {
            names.insert(name.clone(), Value::Scalar(N::rational(&RBig::from(*value), context)?));
        }
        names.extend(self.reals.iter().map(|name| (name.clone(), Value::Scalar(draw()))));
        Ok(names)
    }

    fn differ_modulo_the_prime(&self, random: &mut ChaCha8Rng) -> Option<Finding> {
        let symbols = Symbols::new(random.next_u64());
        let names = self.environment(&mut || Modular::unknown(random.next_u64()), &symbols).ok()?;
        let left = self.left.value(&names, &symbols).ok()?;
        let right = self.right.value(&names, &symbols).ok()?;
        (left.residue() != right.residue()).then(|| Finding::Different { opaque: symbols.used() })
    }

    /// A bound on the degree of the equation, and of those under which two symbols get the same value by chance.
    fn degree(&self) -> Result<u64, Undefined> {
        let symbols = Symbols::default();
        let names = self.environment(&mut || Degree::NAME, &symbols)?;
        let (left, right) = (self.left.value(&names, &symbols)?, self.right.value(&names, &symbols)?);
        Ok(left.of_equation(&right).saturating_add(symbols.collisions()))
    }

    fn equal_over_the_rationals(&self, random: &mut ChaCha8Rng) -> Result<(bool, bool), Undefined> {
        let mut result = Err(Undefined::DivisionByZero);
        for _ in 0..DRAWS {
            result = self.equal_at_a_point(random);
            if result != Err(Undefined::DivisionByZero) {
                break;
            }
        }
        result
    }

    fn equal_at_a_point(&self, random: &mut ChaCha8Rng) -> Result<(bool, bool), Undefined> {
        let symbols = Symbols::new(random.next_u64());
        let mut draw = || Exact::unknown(u128::from(random.next_u64()) << 64 | u128::from(random.next_u64()));
        let names = self.environment(&mut draw, &symbols)?;
        let (left, right) = (self.left.value(&names, &symbols)?, self.right.value(&names, &symbols)?);
        for divisor in self.divisors {
            if matches!(evaluate(divisor, &names, &symbols)?, Value::Scalar(value) if value.value.is_zero()) {
                return Err(Undefined::DivisionByZero);
            }
        }
        Ok((left.value == right.value, symbols.used()))
    }
}
