//! A weight law as the command line writes it: what nets draw, and what formulas see of it, exactly.

use crate::formula::{Node, parse};
use crate::network::Law;
use crate::network::chain::value;

/// A weight law: for nets, and through its exact variance and kurtosis for formulas.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Weights {
    /// What nets draw.
    pub law: Law,
    /// σ²
    pub variance: Node,
    /// κ
    pub kurtosis: Node,
}

impl Weights {
    /// The law that `text` writes, of layers of that width.
    ///
    /// # Panics
    /// If it writes none: laws are written by theorem files, not by users.
    pub fn parse(text: &str, width: usize) -> Weights {
        let (family, arguments) = text.split_once(':').unwrap_or((text, ""));
        let arguments: Vec<&str> = arguments.split(',').filter(|argument| !argument.is_empty()).collect();
        let tree = |at: usize| parse(arguments[at]).unwrap_or_else(|error| panic!("the law `{text}`: {error}"));
        let square = |at: usize| tree(at).power(Node::integer(2));
        let share = |numerator: i64, denominator: i64| Node::integer(numerator) / Node::integer(denominator);
        let per_width = |numerator: i64| share(numerator, i64::try_from(width).unwrap_or(i64::MAX));
        let (uniform, gaussian) = (share(9, 5), Node::integer(3));
        let (law, variance, kurtosis) = match (family, arguments.as_slice()) {
            ("uniform", [tau]) => (Law::Uniform(value(tau)), square(0) / Node::integer(3), uniform),
            ("gaussian", [sigma]) => (Law::Gaussian(value(sigma)), square(0), gaussian),
            ("rademacher", [scale]) => (Law::Rademacher(value(scale)), square(0), Node::integer(1)),
            ("three-point", [scale, share]) => {
                let law = Law::ThreePoint { magnitude: value(scale), occupancy: value(share) };
                (law, tree(1) * square(0), Node::integer(1) / tree(1))
            }
            ("xavier-uniform", []) => (Law::xavier_uniform(width), per_width(1), uniform),
            ("xavier-gaussian", []) => (Law::xavier_gaussian(width), per_width(1), gaussian),
            ("he-uniform", []) => (Law::he_uniform(width), per_width(2), uniform),
            ("he-gaussian", []) => (Law::he_gaussian(width), per_width(2), gaussian),
            ("lecun-uniform", []) => (Law::lecun_uniform(width), per_width(1) / Node::integer(3), uniform),
            _ => panic!("`{text}` is no law"),
        };
        Weights { law, variance, kurtosis }
    }
}
