//! What the number systems of the equality test share: calls as opaque symbols, and the small part of a value that is known exactly.

use std::cell::Cell;

use dashu::base::{BitTest, SquareRoot};
use dashu::integer::{IBig, UBig};
use dashu::rational::RBig;
use sha2::{Digest, Sha256};

use super::evaluate::Value;
use super::function::Function;
use super::number::{Number, Summation, Undefined};

/// A pseudo-random assignment of values to opaque symbols: the same head and arguments always get the same value.
#[derive(Debug, Default)]
pub struct Symbols {
    key: u64,
    used: Cell<bool>,
    count: Cell<u64>,
    weight: Cell<u64>,
}

impl Symbols {
    /// The assignment with that key.
    #[must_use]
    pub fn new(key: u64) -> Self {
        Symbols { key, ..Symbols::default() }
    }

    /// Whether any symbol got a value.
    #[must_use]
    pub fn used(&self) -> bool {
        self.used.get()
    }

    /// The value of a symbol, as 32 bytes that look random.
    pub(super) fn draw(&self, head: &str, arguments: impl Iterator<Item = Vec<u8>>) -> [u8; 32] {
        self.used.set(true);
        let mut hash = Sha256::new();
        hash.update(self.key.to_le_bytes());
        for part in std::iter::once(head.as_bytes().to_vec()).chain(arguments) {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        hash.finalize().into()
    }

    /// Counts a symbol whose arguments have that total degree.
    pub(super) fn count(&self, weight: u64) {
        self.used.set(true);
        self.count.set(self.count.get() + 1);
        self.weight.set(self.weight.get().saturating_add(weight));
    }

    /// A bound on the total degree of the equations under which two counted symbols with different arguments would get the same
    /// value: every pair of symbols has one equation, of at most the degree of both argument lists.
    pub(super) fn collisions(&self) -> u64 {
        self.count.get().saturating_mul(self.weight.get())
    }
}

/// A number system that takes calls for symbols, except where the arguments are known and the value is rational.
pub(super) trait Symbolic: Number<Context = Symbols> {
    /// The value, if it was computed from literals and grid values alone.
    fn known(&self) -> Option<&RBig>;
    /// Whether the value cannot be told from that integer here.
    fn looks_like(&self, value: u8) -> bool;
    /// The symbol with that head and those arguments.
    fn symbol(head: &str, arguments: &[Self], symbols: &Symbols) -> Self;
}

/// The methods of [`Number`] that all [`Symbolic`] number systems share.
macro_rules! symbolic_methods {
    () => {
        fn integer(&self, _: &Symbols) -> Option<i64> {
            $crate::formula::symbolic::integer(self.known())
        }

        fn real_power(&self, exponent: &Self, symbols: &Symbols) -> Result<Self, Undefined> {
            $crate::formula::symbolic::real_power(self, exponent, symbols)
        }

        fn call(function: Function, arguments: &[Self], symbols: &Symbols) -> Result<Self, Undefined> {
            $crate::formula::symbolic::call(function, arguments, symbols)
        }

        fn series(
            summation: &Summation<'_, Self>,
            _: &mut dyn FnMut(i64) -> Result<Self, Undefined>,
            symbols: &Symbols,
        ) -> Result<Self, Undefined> {
            Ok($crate::formula::symbolic::series(summation, symbols))
        }
    };
}
pub(super) use symbolic_methods;

/// The integer that a known value is.
pub(super) fn integer(known: Option<&RBig>) -> Option<i64> {
    known.filter(|value| value.is_int()).and_then(|value| i64::try_from(value.numerator()).ok())
}

/// The value, unless it is too long to be worth knowing.
pub(super) fn short(value: RBig) -> Option<RBig> {
    const LONGEST: usize = 128;
    (value.numerator().bit_len() <= LONGEST && value.denominator().bit_len() <= LONGEST).then_some(value)
}

/// f(arguments): exact where the arguments are known and the value is rational, a symbol otherwise.
pub(super) fn call<N: Symbolic>(function: Function, arguments: &[N], symbols: &Symbols) -> Result<N, Undefined> {
    let known = arguments.iter().map(Symbolic::known).collect::<Option<Vec<_>>>();
    match known.map(|known| rational_value(function, &known)).transpose()?.flatten() {
        Some(value) => N::rational(&value, symbols),
        None => {
            symbols.used.set(true);
            match (function, arguments) {
                (Function::Exp, [x]) if x.looks_like(0) => N::rational(&RBig::ONE, symbols),
                (Function::Ln, [x]) if x.looks_like(1) => N::rational(&RBig::ZERO, symbols),
                (Function::Sqrt, [x]) if x.looks_like(0) || x.looks_like(1) => Ok(x.clone()),
                _ => Ok(N::symbol(function.name(), arguments, symbols)),
            }
        }
    }
}

/// The value at known arguments, where it is rational and cheap.
fn rational_value(function: Function, arguments: &[&RBig]) -> Result<Option<RBig>, Undefined> {
    Ok(match (function, arguments) {
        (Function::Exp, [x]) if x.is_zero() => Some(RBig::ONE),
        (Function::Ln, [x]) if x.is_one() => Some(RBig::ZERO),
        (Function::Sqrt, [x]) => square_root(x),
        (Function::Binomial, [n, k]) => binomial(n, k)?,
        _ => None,
    })
}

fn square_root(x: &RBig) -> Option<RBig> {
    let numerator = UBig::try_from(x.numerator().clone()).ok()?;
    let root = RBig::from_parts(IBig::from(numerator.sqrt()), x.denominator().sqrt());
    (&root * &root == *x).then_some(root)
}

fn binomial(n: &RBig, k: &RBig) -> Result<Option<RBig>, Undefined> {
    const MOST_FACTORS: i64 = 512;
    let (Some(n), Some(k)) = (integer(Some(n)), integer(Some(k))) else {
        return Err(Undefined::OutOfDomain("binomial takes integers".into()));
    };
    if n < 0 {
        return Err(Undefined::OutOfDomain("binomial takes an upper index of at least 0".into()));
    }
    if !(0..=n).contains(&k) {
        return Ok(Some(RBig::ZERO));
    }
    let factors = k.min(n - k);
    let step = |product: RBig, i: i64| product * RBig::from(n - i) / RBig::from(i + 1);
    Ok((factors <= MOST_FACTORS).then(|| (0..factors).fold(RBig::ONE, step)))
}

/// base^exponent for an exponent that is no known integer: base to the floor times a symbol for the rest, so that
/// x^(3/2) = x·x^(1/2); a rest of one half is the square root.
pub(super) fn real_power<N: Symbolic>(base: &N, exponent: &N, symbols: &Symbols) -> Result<N, Undefined> {
    let Some(known) = exponent.known() else {
        return Ok(N::symbol("power", &[base.clone(), exponent.clone()], symbols));
    };
    let floor = known.floor();
    let rest = known - RBig::from(floor.clone());
    let whole = base.power(i64::try_from(floor).map_err(|_| Undefined::TooLarge)?, symbols)?;
    if rest.is_zero() {
        return Ok(whole);
    }
    let root = if rest == RBig::from_parts(IBig::ONE, UBig::from(2u8)) {
        call(Function::Sqrt, std::slice::from_ref(base), symbols)?
    } else {
        N::symbol("power", &[base.clone(), N::rational(&rest, symbols)?], symbols)
    };
    whole.multiply(&root, symbols)
}

/// An infinite sum as a symbol of its term's tree, the names that the term uses with their values, and the first index. The
/// ratio bounds the tail and has no part in the value.
pub(super) fn series<N: Symbolic>(summation: &Summation<'_, N>, symbols: &Symbols) -> N {
    fn flatten<N: Clone>(value: &Value<N>, shape: &mut String, numbers: &mut Vec<N>) {
        match value {
            Value::Scalar(number) => {
                shape.push('.');
                numbers.push(number.clone());
            }
            Value::List(items) => {
                shape.push('[');
                items.iter().for_each(|item| flatten(item, shape, numbers));
                shape.push(']');
            }
        }
    }
    let (mut head, mut numbers) = (format!("series from {} of {:?}", summation.from, summation.tree), vec![]);
    for (name, value) in &summation.free {
        head.push_str(&format!(" with {name} "));
        flatten(value, &mut head, &mut numbers);
    }
    N::symbol(&head, &numbers, symbols)
}
