//! The number systems that a formula can be evaluated in.

use dashu::rational::RBig;
use thiserror::Error;

use super::evaluate::Value;
use super::function::Function;
use super::tree::Node;

/// Why a formula has no value at a point, in one number system.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Undefined {
    /// A name that nothing binds.
    #[error("the name `{0}` has no value")]
    UnknownName(String),
    /// Division by a number that is exactly zero.
    #[error("division by zero")]
    DivisionByZero,
    /// An argument outside the domain of a function, in words.
    #[error("{0}")]
    OutOfDomain(String),
    /// Lists of shapes that do not fit, in words.
    #[error("{0}")]
    Shape(String),
    /// The number system cannot hold the value (an irrational number among the rationals, say).
    #[error("{0} has no exact value in this number system")]
    Unavailable(String),
    /// An enclosure is too wide to decide (a divisor's ball contains zero, say); more precision may.
    #[error("an enclosure is too wide to decide {0}")]
    Undecided(String),
    /// The exact value would be too long to write down.
    #[error("the exact value is too long")]
    TooLarge,
}

/// A sum Σ_{k ≥ from} term(k) as the evaluator hands it to a number system.
pub struct Summation<'a, N> {
    /// The term as a tree, for systems that treat the sum as an opaque symbol.
    pub tree: &'a Node,
    /// The values of the names that the term uses besides the index.
    pub free: Vec<(String, Value<N>)>,
    /// The first index.
    pub from: i64,
    /// The bound on the quotient of successive absolute terms.
    pub ratio: N,
}

/// A number system: the values that the one evaluator computes with.
///
/// Every operation takes the system's context (precision, opaque-symbol key, …). A system either returns the value of the
/// operation on its own terms (exact, enclosing, rounded, symbolic) or says why it cannot.
pub trait Number: Clone + Sized {
    /// What the operations share: a precision, a key, or nothing.
    type Context;

    /// The number as this system holds it.
    ///
    /// # Errors
    /// If the system cannot hold it (a denominator that vanishes modulo the prime, say).
    fn rational(value: &RBig, context: &Self::Context) -> Result<Self, Undefined>;
    /// −a
    fn negate(&self, context: &Self::Context) -> Self;
    /// a + b
    ///
    /// # Errors
    /// If the sum is not defined in this system.
    fn add(&self, other: &Self, context: &Self::Context) -> Result<Self, Undefined>;
    /// a − b
    ///
    /// # Errors
    /// If the difference is not defined in this system.
    fn subtract(&self, other: &Self, context: &Self::Context) -> Result<Self, Undefined> {
        self.add(&other.negate(context), context)
    }
    /// a × b
    ///
    /// # Errors
    /// If the product is not defined in this system.
    fn multiply(&self, other: &Self, context: &Self::Context) -> Result<Self, Undefined>;
    /// a ÷ b
    ///
    /// # Errors
    /// If `other` is zero, or may be.
    fn divide(&self, other: &Self, context: &Self::Context) -> Result<Self, Undefined>;
    /// The value, if it is certainly this integer: what exponents, indices and shape parameters need.
    fn integer(&self, context: &Self::Context) -> Option<i64>;
    /// a^b for a `b` that is not an integer.
    ///
    /// # Errors
    /// If the system has no such powers.
    fn real_power(&self, exponent: &Self, context: &Self::Context) -> Result<Self, Undefined>;
    /// f(arguments), the arity already checked.
    ///
    /// # Errors
    /// If an argument is outside the domain or the value is not in the system.
    fn call(function: Function, arguments: &[Self], context: &Self::Context) -> Result<Self, Undefined>;
    /// An infinite sum; `term(k)` evaluates one term.
    ///
    /// # Errors
    /// If the system cannot hold infinite sums, or the ratio is no bound below one.
    fn series(
        summation: &Summation<'_, Self>,
        term: &mut dyn FnMut(i64) -> Result<Self, Undefined>,
        context: &Self::Context,
    ) -> Result<Self, Undefined>;

    /// a^n for an integer n, by repeated squaring; a^0 = 1 also at a = 0.
    ///
    /// # Errors
    /// If n < 0 and a is zero, or a product is not defined.
    fn power(&self, exponent: i64, context: &Self::Context) -> Result<Self, Undefined> {
        let one = Self::rational(&RBig::ONE, context)?;
        if exponent < 0 {
            let positive = self.power_unsigned(exponent.unsigned_abs(), &one, context)?;
            return one.divide(&positive, context);
        }
        self.power_unsigned(exponent.unsigned_abs(), &one, context)
    }

    /// a^n for n ≥ 0, by repeated squaring.
    ///
    /// # Errors
    /// If a product is not defined.
    fn power_unsigned(&self, mut exponent: u64, one: &Self, context: &Self::Context) -> Result<Self, Undefined> {
        let (mut result, mut square) = (None::<Self>, self.clone());
        while exponent > 0 {
            if exponent & 1 == 1 {
                result = Some(match result {
                    None => square.clone(),
                    Some(r) => r.multiply(&square, context)?,
                });
            }
            exponent >>= 1;
            if exponent > 0 {
                square = square.multiply(&square, context)?;
            }
        }
        Ok(result.unwrap_or_else(|| one.clone()))
    }
}
