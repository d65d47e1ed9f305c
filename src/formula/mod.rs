//! Formulas as text: parsed to a tree, evaluated over any [`Number`] system, printed, mutated, compared. Never rewritten.

mod ball;
pub mod calls;
mod certify;
pub mod equality;
mod evaluate;
mod function;
mod mutate;
mod number;
mod numeral;
mod parse;
mod print;
mod rational;
mod scaled;
mod tree;

pub use ball::{Ball, Precision};
pub use certify::{certify, certify_with, exact, numeral, refine};
pub use evaluate::{Environment, Value, evaluate, evaluate_scalar};
pub use function::Function;
pub use mutate::{Mutant, mutants};
pub use number::{Number, Summation, Undefined};
pub use numeral::{Numeral, State, WithState};
pub use parse::{ParseError, parse};
pub use print::latex;
pub use scaled::Scaled;
pub use tree::Node;
