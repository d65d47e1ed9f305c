//! Inputs that a one-layer law must stand: sparse, flat, signed, graded, tiny and huge.

use dashu::integer::IBig;
use dashu::rational::RBig;

use crate::formula::Node;

/// The magnitude of tiny and huge inputs, as a power of two: their fourth powers leave the range of f64.
const FAR: i64 = 600;

/// An input whose power sums are known exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// 1, 0, 0, …
    Sparse,
    /// 1, 1, 1, …
    Flat,
    /// 1, −2, 3, −4, …
    Signed,
    /// 1, 1/2, 1/4, 1/8, …
    Graded,
    /// 2⁻⁶⁰⁰ times 1, −2, 3, −4, …
    Tiny,
    /// 2⁶⁰⁰ times 1, −2, 3, −4, …
    Huge,
}

impl Input {
    /// All of them.
    pub const ALL: [Input; 6] = [Input::Sparse, Input::Flat, Input::Signed, Input::Graded, Input::Tiny, Input::Huge];

    /// The name in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Input::Sparse => "sparse",
            Input::Flat => "flat",
            Input::Signed => "signed",
            Input::Graded => "graded",
            Input::Tiny => "tiny",
            Input::Huge => "huge",
        }
    }

    /// The power of two that [`units`](Self::units) count.
    #[must_use]
    pub const fn exponent(self) -> i64 {
        match self {
            Input::Tiny => -FAR,
            Input::Huge => FAR,
            _ => 0,
        }
    }

    /// The entries in units of 2^[`exponent`](Self::exponent).
    #[must_use]
    pub fn units(self, width: usize) -> Vec<f64> {
        let entry = |index: usize| match self {
            Input::Sparse => f64::from(u8::from(index == 0)),
            Input::Flat => 1.0,
            Input::Graded => 2f64.powi(-(index as i32)),
            Input::Signed | Input::Tiny | Input::Huge => (index + 1) as f64 * if index.is_multiple_of(2) { 1.0 } else { -1.0 },
        };
        (0..width).map(entry).collect()
    }

    /// The entries.
    #[must_use]
    pub fn entries(self, width: usize) -> Vec<f64> {
        let unit = 2f64.powi(self.exponent() as i32);
        self.units(width).into_iter().map(|entry| entry * unit).collect()
    }

    /// Σ x_i^power, exactly.
    #[must_use]
    pub fn power_sum(self, power: u32, width: usize) -> Node {
        let exact = |entry: f64| RBig::try_from(entry).unwrap_or(RBig::ZERO).pow(power as isize);
        let sum = self.units(width).into_iter().map(exact).fold(RBig::from(IBig::ZERO), |sum, term| sum + term);
        match self.exponent() {
            0 => Node::rational(&sum),
            exponent => Node::rational(&sum) * Node::integer(2).power(Node::integer(exponent * i64::from(power))),
        }
    }
}
