//! The vocabulary of command-line parameters: what each means, which values it accepts, which names it binds in formulas, and
//! what it is when nobody sets it.

mod error;
mod grid;
mod law;
mod resolve;
#[cfg(test)]
mod tests;
mod value;
mod vector;

pub use error::{InputError, nearest_first};
pub use grid::grid;
pub use resolve::{Settings, resolve, resolve_quantity, setting};
pub use value::{certified_sign, exact_number};

use std::fmt;

/// A parameter of the command line.
#[derive(Debug)]
pub struct Parameter {
    /// The name after `--set`.
    pub name: &'static str,
    /// The names that it binds in formulas.
    pub binds: &'static [&'static str],
    /// What it means, in words.
    pub says: &'static str,
    /// The values that it accepts.
    pub domain: Domain,
    /// The value when nobody sets it.
    pub default: Fallback,
}

/// The values that a parameter accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Domain {
    /// A real number between bounds, where there are any.
    Real {
        /// The lower bound.
        above: Option<Bound>,
        /// The upper bound, itself excluded.
        below: Option<i64>,
    },
    /// An integer between bounds, both included.
    Integer {
        /// The least value.
        least: i64,
        /// The largest value: beyond it a closed form takes minutes.
        most: i64,
        /// Whether even numbers are refused.
        odd: bool,
    },
    /// `linear` or `relu`.
    Gate,
    /// A law of the weights.
    Law,
    /// A vector, the network's input.
    Input,
    /// A vector as wide as the network, the wanted output.
    Target,
    /// A vector as wide as the network, a direction of its output.
    Direction,
    /// A layer: an integer from 1 to the depth.
    Layer,
    /// The order of a moment: a real number above −1; where there is a width, above −width/2 for a linear net and above −1/2 for a
    /// ReLU net.
    Order,
}

/// A lower bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The bound.
    pub at: i64,
    /// Whether the bound itself is accepted.
    pub included: bool,
}

/// The value of a parameter that nobody sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fallback {
    /// This text.
    Text(&'static str),
    /// The number of the input's entries, or else this text.
    Width(&'static str),
    /// `xavier-uniform`; `he-uniform` for the gate `relu`.
    CriticalLaw,
    /// The input itself; 0 for the gate `relu`.
    Input,
    /// The value of `layer`.
    Layer,
    /// The value of `law`.
    Law,
}

impl fmt::Display for Domain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Domain::Real { above: None, below: None } => f.write_str("a real number"),
            Domain::Real { above: Some(bound), below: None } if bound.included => {
                write!(f, "a real number of at least {}", bound.at)
            }
            Domain::Real { above: Some(bound), below: None } => write!(f, "a real number above {}", bound.at),
            Domain::Real { above: None, below: Some(below) } => write!(f, "a real number below {below}"),
            Domain::Real { above: Some(bound), below: Some(below) } => {
                write!(f, "a real number from {} ({}) to {below} (not included)", bound.at, bound.word())
            }
            Domain::Integer { least, most, odd } => {
                write!(f, "an {}integer from {least} to {most}", if *odd { "odd " } else { "" })
            }
            Domain::Gate => f.write_str("`linear` or `relu`"),
            Domain::Law => f.write_str(law::ACCEPTED),
            Domain::Input => f.write_str("a list of real numbers (`3,4` or `(2,1,...,1)`)"),
            Domain::Direction => f.write_str("a list of as many real numbers as the width (`3,4` or `(1,...,1)`)"),
            Domain::Target => f.write_str("`input`, `0`, or a list of as many real numbers as the width"),
            Domain::Layer => f.write_str("an integer from 1 to the depth"),
            Domain::Order => f.write_str("a real number above -1, or above -width/2 (linear) or -1/2 (relu) where there is a width"),
        }
    }
}

impl Bound {
    const fn word(self) -> &'static str {
        if self.included { "included" } else { "not included" }
    }
}

/// The parameter of that name.
#[must_use]
pub fn parameter(name: &str) -> Option<&'static Parameter> {
    PARAMETERS.iter().find(|parameter| parameter.name == name)
}

/// The names that these parameters bind in formulas, in the order of the vocabulary.
#[must_use]
pub fn formula_names(parameters: &[&str]) -> Vec<&'static str> {
    let used = PARAMETERS.iter().filter(|parameter| parameters.contains(&parameter.name));
    used.flat_map(|parameter| parameter.binds.iter().copied()).collect()
}

const fn above(at: i64) -> Domain {
    Domain::Real { above: Some(Bound { at, included: false }), below: None }
}

const fn integer(least: i64, most: i64) -> Domain {
    Domain::Integer { least, most, odd: false }
}

macro_rules! parameter {
    ($name:literal, $binds:expr, $domain:expr, $default:expr, $says:literal) => {
        Parameter { name: $name, binds: &$binds, says: $says, domain: $domain, default: $default }
    };
}

/// Every parameter, in the order of the documentation. Later ones may depend on earlier ones.
pub static PARAMETERS: &[Parameter] = &[
    parameter!("tau", ["tau"], above(0), Fallback::Text("sqrt(3)"), "the half-width of the uniform law of a chain's weights"),
    parameter!("gate", ["p"], Domain::Gate, Fallback::Text("linear"), "the gate after each layer; p is the share of open gates"),
    parameter!("width", ["width"], integer(1, 1_000_000), Fallback::Width("8"), "the number of units in a layer"),
    parameter!("depth", ["depth"], integer(1, 1_000_000), Fallback::Text("8"), "the number of layers"),
    parameter!("law", ["variance", "kurtosis"], Domain::Law, Fallback::CriticalLaw, "the law of a weight"),
    parameter!(
        "output-law",
        ["output_variance", "output_kurtosis"],
        Domain::Law,
        Fallback::Law,
        "the law of an entry of the output matrix B behind the last layer"
    ),
    parameter!("input", ["x2", "x4"], Domain::Input, Fallback::Text("(1,0,...,0)"), "the input; x2 and x4 sum its powers"),
    parameter!("target", ["y2"], Domain::Target, Fallback::Input, "the wanted output; y2 is its squared norm"),
    parameter!(
        "direction",
        ["u1", "u2"],
        Domain::Direction,
        Fallback::Text("(1,...,1)"),
        "a direction of the output; u1 sums its entries, u2 their squares"
    ),
    parameter!("layer", ["layer"], Domain::Layer, Fallback::Text("1"), "a layer"),
    parameter!("other-layer", ["other_layer"], Domain::Layer, Fallback::Layer, "another layer, or the same"),
    parameter!("order", ["order"], Domain::Order, Fallback::Text("2"), "the order of a moment"),
    parameter!("at", ["at"], above(0), Fallback::Text("0.01"), "the argument of a distribution function"),
    parameter!("x", ["x"], Domain::Real { above: None, below: None }, Fallback::Text("1"), "the input of a chain"),
    parameter!("w0", ["w0"], above(0), Fallback::Text("0.5"), "the weight at the start of a flow"),
    parameter!(
        "b",
        ["b"],
        Domain::Real { above: Some(Bound { at: 0, included: false }), below: Some(1) },
        Fallback::Text("0.9"),
        "the weight at which a flow counts as escaped"
    ),
    parameter!(
        "t",
        ["t"],
        Domain::Real { above: Some(Bound { at: 0, included: true }), below: None },
        Fallback::Text("1"),
        "the time along a flow"
    ),
    parameter!("epsilon", ["epsilon"], above(0), Fallback::Text("0.1"), "the half-width of a band around the mean"),
    parameter!("pixels", ["pixels"], integer(1, 1_000_000), Fallback::Text("32"), "the number of pixels along an image's edge"),
    parameter!(
        "kernel",
        ["kernel"],
        Domain::Integer { least: 1, most: 9999, odd: true },
        Fallback::Text("3"),
        "the number of pixels along a filter's edge"
    ),
    parameter!("alpha", ["alpha"], above(0), Fallback::Text("1"), "the factor of a residual branch"),
    parameter!("gain", ["gain"], above(0), Fallback::Text("1"), "the mean squared growth through a residual branch"),
    parameter!("patches", ["patches"], above(0), Fallback::Text("9"), "the squared norms of all patches that a filter sees, summed"),
    parameter!("overlap", ["overlap"], above(0), Fallback::Text("9"), "the squared inner products of all pairs of patches, summed"),
    parameter!("diagonal", ["diagonal"], above(0), Fallback::Text("9"), "the squared energies that single weights see, summed"),
    parameter!("rank", ["rank"], integer(1, 1_000_000), Fallback::Text("9"), "the rank of the patches that a filter sees"),
    parameter!("maps", ["maps"], integer(1, 1000), Fallback::Text("2"), "the number of linear maps in a residual block"),
    parameter!(
        "damping",
        ["damping"],
        Domain::Real { above: Some(Bound { at: 0, included: true }), below: None },
        Fallback::Text("0"),
        "the number added to the root in RMSprop's denominator"
    ),
    parameter!("step", ["step"], above(0), Fallback::Text("1/10"), "the step of descent"),
    parameter!(
        "noise",
        ["noise"],
        Domain::Real { above: Some(Bound { at: 0, included: true }), below: Some(1) },
        Fallback::Text("0"),
        "the standard deviation of noise in every coordinate of a gradient"
    ),
    parameter!("adaptive", ["adaptive"], integer(0, 1), Fallback::Text("1"), "1 for RMSprop and Adam, 0 for SGD and momentum"),
    parameter!("wide", ["wide"], integer(0, 1), Fallback::Text("0"), "1 for a network as wide as deep, 0 for a quarter of that"),
];
