//! Formulas as text: parsed to a tree, evaluated over any [`Number`] system, printed, mutated, compared. Never rewritten.

#[cfg(test)]
pub(crate) mod arbitrary;
mod ball;
pub mod calls;
mod certify;
mod decimal;
mod dual;
pub mod equality;
mod evaluate;
mod function;
mod latex;
mod modular;
mod mutate;
mod number;
mod numeral;
mod parse;
mod print;
mod rational;
mod scaled;
mod symbolic;
mod tree;

pub use ball::{Ball, Precision};
pub use certify::{certify, certify_with, enclose, exact, numeral, refine};
pub use dual::Dual;
pub use evaluate::{Environment, Value, evaluate, evaluate_scalar};
pub use function::Function;
pub use latex::latex;
pub use modular::Modular;
pub use mutate::{Mutant, mutants};
pub use number::{Number, Summation, Undefined};
pub use numeral::{Numeral, State, WithState};
pub use parse::{ParseError, parse};
pub use scaled::Scaled;
pub use symbolic::Symbols;
pub use tree::Node;
