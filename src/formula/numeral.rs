//! A number as the JSON contract writes it.

use serde::Serialize;

/// Whether a number is there, and of what kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// A non-zero number.
    Finite,
    /// Exactly zero.
    Zero,
    /// Infinite.
    Infinite,
    /// No value.
    Unset,
}

/// A number of any magnitude: never NaN, never infinite in JSON.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Numeral {
    /// Whether it is there.
    pub state: State,
    /// The number as an `f64`, correct to 2 units in the last place; `None` outside the normal range.
    pub value: Option<f64>,
    /// −1, 0 or 1; `None` if unset.
    pub sign: Option<i8>,
    /// ln |number|, correct to 2 units in the last place; `None` unless finite and non-zero.
    pub log: Option<f64>,
}
