//! A number of any magnitude as JSON.

use serde::{Deserialize, Serialize};

use crate::formula::{Numeral, Scaled, State};

/// `num` of the contract: `{value, sign, log}`, with `state` in front where the number is not finite and non-zero.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Num {
    /// `zero`, `infinite` or `unset`; absent for a finite non-zero number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// The number as an `f64`; null outside its normal range.
    pub value: Option<f64>,
    /// −1, 0 or 1; null if unset.
    pub sign: Option<i8>,
    /// ln |number|; null unless finite and non-zero.
    pub log: Option<f64>,
}

/// The state's name in JSON.
pub(super) const fn state_name(state: State) -> &'static str {
    match state {
        State::Finite => "finite",
        State::Zero => "zero",
        State::Infinite => "infinite",
        State::Unset => "unset",
    }
}

impl From<&Numeral> for Num {
    fn from(numeral: &Numeral) -> Self {
        let finite = numeral.state == State::Finite;
        Num {
            state: (!finite).then(|| state_name(numeral.state).to_owned()),
            value: if numeral.state == State::Zero { Some(0.0) } else { numeral.value.filter(|value| finite && value.is_normal()) },
            sign: numeral.sign,
            log: numeral.log.filter(|log| finite && log.is_finite()),
        }
    }
}

impl From<Scaled> for Num {
    fn from(value: Scaled) -> Self {
        Num::from(&Numeral::from_scaled(value))
    }
}

impl Num {
    /// A finite number in the normal range of `f64`, or zero.
    #[must_use]
    pub fn finite(value: f64) -> Self {
        if value == 0.0 {
            return Num { state: Some("zero".to_owned()), value: Some(0.0), sign: Some(0), log: None };
        }
        let sign = if value > 0.0 { 1 } else { -1 };
        Num { state: None, value: Some(value).filter(|value| value.is_normal()), sign: Some(sign), log: Some(value.abs().ln()) }
    }

    /// sign · e^log, for magnitudes outside `f64`.
    #[must_use]
    pub fn from_log(sign: i8, log: f64) -> Self {
        let value = f64::from(sign) * log.exp();
        Num { state: None, value: Some(value).filter(|value| value.is_normal()), sign: Some(sign), log: Some(log) }
    }

    /// No value.
    #[must_use]
    pub fn unset() -> Self {
        Num { state: Some("unset".to_owned()), value: None, sign: None, log: None }
    }
}
