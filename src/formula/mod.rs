//! Formulas as text: parsed to a tree, evaluated over any [`Number`] system, printed, mutated, compared. Never rewritten.

mod ball;
mod certify;
mod dual;
pub mod equality;
mod evaluate;
mod function;
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
pub use certify::{certify, exact};
pub use dual::Dual;
pub use evaluate::{Environment, Value, evaluate, evaluate_scalar};
pub use function::Function;
pub use modular::Modular;
pub use mutate::{Mutant, mutants};
pub use number::{Number, Summation, Undefined};
pub use numeral::{Numeral, State};
pub use parse::{ParseError, parse};
pub use print::latex;
pub use scaled::Scaled;
pub use symbolic::Symbols;
pub use tree::Node;
