//! Integers modulo the Mersenne prime 2^61 − 1 as a number system, with calls as opaque symbols.

use dashu::base::UnsignedAbs;
use dashu::integer::UBig;
use dashu::rational::RBig;

use super::function::Function;
use super::number::{Number, Summation, Undefined};
use super::symbolic::{self, Symbolic, Symbols};

/// An integer modulo [`Modular::PRIME`].
///
/// Reduction modulo a prime respects sums, products and quotients, so formulas that differ here differ as rational functions of
/// their names and opaque symbols. Exponents and indices need integers, not residues: beside the residue stands the rational
/// number itself wherever it was computed from literals alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Modular {
    residue: u64,
    known: Option<RBig>,
}

impl Modular {
    /// 2^61 − 1
    pub const PRIME: u64 = (1 << 61) - 1;

    /// A number of which nothing is known but its residue, that of `value`.
    #[must_use]
    pub const fn unknown(value: u64) -> Self {
        Modular { residue: value % Self::PRIME, known: None }
    }

    /// The residue, below [`Modular::PRIME`].
    #[must_use]
    pub const fn residue(&self) -> u64 {
        self.residue
    }

    fn with(residue: u64, known: Option<RBig>) -> Self {
        Modular { residue, known: known.and_then(symbolic::short) }
    }

    fn is_known_zero(&self) -> bool {
        self.known.as_ref().is_some_and(RBig::is_zero)
    }

    fn both<'a>(&'a self, other: &'a Self) -> Option<(&'a RBig, &'a RBig)> {
        self.known.as_ref().zip(other.known.as_ref())
    }
}

/// a · b modulo the prime: 2^61 counts as 1.
const fn product(a: u64, b: u64) -> u64 {
    let wide = a as u128 * b as u128;
    let folded = (wide as u64 & Modular::PRIME) + (wide >> 61) as u64;
    if folded >= Modular::PRIME { folded - Modular::PRIME } else { folded }
}

/// 1 / a modulo the prime, as a^(p − 2); a is not 0.
const fn inverse(a: u64) -> u64 {
    let (mut result, mut square, mut exponent) = (1, a, Modular::PRIME - 2);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = product(result, square);
        }
        square = product(square, square);
        exponent >>= 1;
    }
    result
}

fn reduce(value: &UBig) -> u64 {
    value % Modular::PRIME
}

impl Number for Modular {
    type Context = Symbols;

    fn rational(value: &RBig, _: &Symbols) -> Result<Self, Undefined> {
        let top = {
            let magnitude = reduce(&value.numerator().clone().unsigned_abs());
            if *value < RBig::ZERO && magnitude != 0 { Self::PRIME - magnitude } else { magnitude }
        };
        let residue = match reduce(value.denominator()) {
            0 => return Err(Undefined::Unavailable("a fraction whose denominator is a multiple of 2^61 - 1".into())),
            1 => top,
            bottom => product(top, inverse(bottom)),
        };
        Ok(Modular::with(residue, Some(value.clone())))
    }

    fn negate(&self, _: &Symbols) -> Self {
        let residue = if self.residue == 0 { 0 } else { Self::PRIME - self.residue };
        Modular { residue, known: self.known.as_ref().map(|a| -a.clone()) }
    }

    fn add(&self, other: &Self, _: &Symbols) -> Result<Self, Undefined> {
        let sum = self.residue + other.residue;
        let residue = if sum >= Self::PRIME { sum - Self::PRIME } else { sum };
        Ok(Modular::with(residue, self.both(other).map(|(a, b)| a + b)))
    }

    fn multiply(&self, other: &Self, _: &Symbols) -> Result<Self, Undefined> {
        let known = if self.is_known_zero() || other.is_known_zero() { Some(RBig::ZERO) } else { self.both(other).map(|(a, b)| a * b) };
        Ok(Modular::with(product(self.residue, other.residue), known))
    }

    /// A divisor with residue zero is an error even where it is no zero: draw the point again.
    fn divide(&self, other: &Self, _: &Symbols) -> Result<Self, Undefined> {
        if other.residue == 0 {
            return Err(Undefined::DivisionByZero);
        }
        let known = if self.is_known_zero() { Some(RBig::ZERO) } else { self.both(other).map(|(a, b)| a / b) };
        Ok(Modular::with(product(self.residue, inverse(other.residue)), known))
    }

    symbolic::symbolic_methods!();
}

impl Symbolic for Modular {
    fn known(&self) -> Option<&RBig> {
        self.known.as_ref()
    }

    fn looks_like(&self, value: u8) -> bool {
        self.residue == u64::from(value)
    }

    fn symbol(head: &str, arguments: &[Self], symbols: &Symbols) -> Self {
        let bytes = symbols.draw(head, arguments.iter().map(|a| a.residue.to_le_bytes().to_vec()));
        let [low, high] = [0, 8].map(|at| u64::from_le_bytes(std::array::from_fn(|i| bytes[at + i])));
        let wide = (u128::from(high) << 64 | u128::from(low)) % u128::from(Self::PRIME);
        Modular { residue: wide as u64, known: None }
    }
}

#[cfg(test)]
mod tests {
    use quickcheck::quickcheck;

    use super::*;

    fn rational(numerator: i64, denominator: i64) -> RBig {
        RBig::from(numerator) / RBig::from(denominator)
    }

    fn known(value: &RBig) -> Modular {
        Modular::rational(value, &Symbols::default()).expect("no multiple of the prime below")
    }

    quickcheck! {
        fn products_are_those_of_long_division(a: u64, b: u64) -> bool {
            let (a, b) = (a % Modular::PRIME, b % Modular::PRIME);
            u128::from(product(a, b)) == u128::from(a) * u128::from(b) % u128::from(Modular::PRIME)
        }

        fn inverses_invert(a: u64) -> bool {
            let a = a % Modular::PRIME;
            a == 0 || product(a, inverse(a)) == 1
        }

        fn reduction_respects_arithmetic(a: i64, b: i32, c: i64, d: i32) -> bool {
            let symbols = Symbols::default();
            let (x, y) = (rational(a, i64::from(b) | 1), rational(c, i64::from(d) | 1));
            let (m, n) = (known(&x), known(&y));
            m.add(&n, &symbols) == Ok(known(&(&x + &y)))
                && m.subtract(&n, &symbols) == Ok(known(&(&x - &y)))
                && m.multiply(&n, &symbols) == Ok(known(&(&x * &y)))
                && (y.is_zero() || m.divide(&n, &symbols) == Ok(known(&(&x / &y))))
        }
    }

    #[test]
    fn the_largest_residues_stay_below_the_prime() {
        let symbols = Symbols::default();
        let largest = Modular::unknown(Modular::PRIME - 1);
        assert_eq!(largest.add(&largest, &symbols).map(|x| x.residue()), Ok(Modular::PRIME - 2));
        assert_eq!(largest.add(&Modular::unknown(1), &symbols).map(|x| x.residue()), Ok(0));
        assert_eq!(Modular::unknown(0).negate(&symbols).residue(), 0);
        assert_eq!(Modular::unknown(Modular::PRIME).residue(), 0);
    }

    #[test]
    fn exponents_come_from_literals_and_never_from_residues() {
        let symbols = Symbols::default();
        assert_eq!(known(&rational(6, 2)).integer(&symbols), Some(3));
        assert_eq!(known(&rational(1, 2)).integer(&symbols), None);
        assert_eq!(Modular::unknown(3).integer(&symbols), None);
        let half = known(&rational(1, 2));
        assert_eq!(half.add(&half, &symbols).map(|x| x.integer(&symbols)), Ok(Some(1)));
    }

    #[test]
    fn a_fraction_over_the_prime_has_no_residue() {
        let over = RBig::ONE / RBig::from(Modular::PRIME);
        assert!(matches!(Modular::rational(&over, &Symbols::default()), Err(Undefined::Unavailable(_))));
        assert_eq!(known(&RBig::ONE).divide(&Modular::unknown(0), &Symbols::default()), Err(Undefined::DivisionByZero));
    }

    #[test]
    fn symbols_depend_on_function_arguments_and_key_only() {
        let value = |function, x: u64, key| {
            let symbols = Symbols::new(key);
            let value = Modular::call(function, &[Modular::unknown(x)], &symbols).map(|v| v.residue());
            assert!(symbols.used());
            value
        };
        let first = value(Function::Exp, 5, 1);
        assert_eq!(first, value(Function::Exp, 5, 1));
        assert_ne!(first, value(Function::Ln, 5, 1));
        assert_ne!(first, value(Function::Exp, 6, 1));
        assert_ne!(first, value(Function::Exp, 5, 2));
    }

    #[test]
    fn known_arguments_give_known_values() {
        let symbols = Symbols::default();
        let call = |function, arguments: &[RBig]| {
            let arguments: Vec<Modular> = arguments.iter().map(known).collect();
            Modular::call(function, &arguments, &symbols)
        };
        assert_eq!(call(Function::Binomial, &[rational(10, 1), rational(3, 1)]), Ok(known(&rational(120, 1))));
        assert_eq!(call(Function::Binomial, &[rational(3, 1), rational(5, 1)]), Ok(known(&RBig::ZERO)));
        assert!(matches!(call(Function::Binomial, &[rational(1, 2), rational(1, 1)]), Err(Undefined::OutOfDomain(_))));
        assert_eq!(call(Function::Sqrt, &[rational(9, 4)]), Ok(known(&rational(3, 2))));
        assert_eq!(call(Function::Exp, &[RBig::ZERO]), Ok(known(&RBig::ONE)));
        assert_eq!(call(Function::Ln, &[RBig::ONE]), Ok(known(&RBig::ZERO)));
        assert!(!symbols.used());
        assert!(call(Function::Sqrt, &[rational(2, 1)]).is_ok_and(|root| root.integer(&symbols).is_none()));
        assert!(symbols.used());
    }
}
