//! A number as the JSON contract writes it.

use std::cmp::Ordering;

use dashu::rational::RBig;
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::ball::{Ball, Precision};
use super::calls;
use super::scaled::Scaled;

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
///
/// It is written as `{"value", "sign", "log"}`; [`Numeral::with_state`] writes `"state"` before these.
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

/// A numeral that is written with its state: `{"state", "value", "sign", "log"}`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WithState(pub Numeral);

/// Enough for a logarithm that is rounded to 53 bits.
const LOGARITHM: Precision = Precision(96);

impl Numeral {
    /// Exactly zero.
    #[must_use]
    pub const fn zero() -> Self {
        Numeral { state: State::Zero, value: Some(0.0), sign: Some(0), log: None }
    }

    /// No value.
    #[must_use]
    pub const fn unset() -> Self {
        Numeral { state: State::Unset, value: None, sign: None, log: None }
    }

    /// Infinite, of that sign.
    #[must_use]
    pub const fn infinite(sign: i8) -> Self {
        Numeral { state: State::Infinite, value: None, sign: Some(sign), log: None }
    }

    /// The midpoint of a ball; unset if the ball does not decide the sign. A ball that holds a number of absolute value one has
    /// the logarithm 0.
    #[must_use]
    pub fn from_ball(ball: &Ball) -> Self {
        let sign = match ball.sign() {
            Some(Ordering::Equal) => return Numeral::zero(),
            Some(Ordering::Greater) => 1,
            Some(Ordering::Less) => -1,
            None => return Numeral::unset(),
        };
        let size = ball.abs();
        let unit = Ball::from_integer(1);
        let log = if size.overlaps(&unit) {
            0.0
        } else {
            match calls::ln(&size, LOGARITHM) {
                Ok(log) => log.to_scaled().to_f64(),
                Err(_) => return Numeral::unset(),
            }
        };
        let midpoint = ball.to_scaled();
        let value = midpoint.to_f64();
        let value = value.is_normal().then_some(value);
        Numeral { state: State::Finite, value, sign: Some(sign), log: Some(log) }
    }

    /// A scaled number; NaN is unset.
    #[must_use]
    pub fn from_scaled(value: Scaled) -> Self {
        if let Ok(ball) = Ball::try_from_scaled(value) {
            return Numeral::from_ball(&ball);
        }
        let sign = if value.mantissa() > 0.0 { 1 } else { -1 };
        if value.is_finite() {
            // Beyond the exponents of balls, and so beyond every `f64`.
            Numeral { state: State::Finite, value: None, sign: Some(sign), log: Some(value.ln()) }
        } else if value.mantissa().is_nan() {
            Numeral::unset()
        } else {
            Numeral::infinite(sign)
        }
    }

    /// A rational.
    #[must_use]
    pub fn from_rational(value: &RBig) -> Self {
        // A rational that is not 1 differs from 1 by at least 1/denominator: enough bits for the logarithm to see it.
        let bits = dashu::base::BitTest::bit_len(value.denominator()).min(1 << 16);
        Numeral::from_ball(&Ball::from_rational(value, Precision(128 + bits)))
    }

    /// The view that is written with the state.
    #[must_use]
    pub const fn with_state(self) -> WithState {
        WithState(self)
    }

    fn write<S: SerializeStruct>(&self, fields: &mut S) -> Result<(), S::Error> {
        fields.serialize_field("value", &self.value)?;
        fields.serialize_field("sign", &self.sign)?;
        fields.serialize_field("log", &self.log)
    }
}

impl Serialize for Numeral {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Numeral", 3)?;
        self.write(&mut fields)?;
        fields.end()
    }
}

impl Serialize for WithState {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Numeral", 4)?;
        fields.serialize_field("state", &self.0.state)?;
        self.0.write(&mut fields)?;
        fields.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(numeral: impl Serialize) -> String {
        serde_json::to_string(&numeral).unwrap()
    }

    #[test]
    fn a_numeral_is_three_fields_and_a_fourth_on_request() {
        let half = Numeral::from_scaled(Scaled::from(-0.5));
        assert_eq!(written(half), r#"{"value":-0.5,"sign":-1,"log":-0.6931471805599453}"#);
        assert_eq!(written(half.with_state()), r#"{"state":"finite","value":-0.5,"sign":-1,"log":-0.6931471805599453}"#);
        assert_eq!(written(Numeral::zero().with_state()), r#"{"state":"zero","value":0.0,"sign":0,"log":null}"#);
        assert_eq!(written(Numeral::unset().with_state()), r#"{"state":"unset","value":null,"sign":null,"log":null}"#);
        assert_eq!(written(Numeral::infinite(-1).with_state()), r#"{"state":"infinite","value":null,"sign":-1,"log":null}"#);
    }

    #[test]
    fn a_flattened_numeral_keeps_its_fields() {
        #[derive(Serialize)]
        struct Row {
            id: u8,
            #[serde(flatten)]
            numeral: WithState,
        }
        let row = Row { id: 3, numeral: Numeral::zero().with_state() };
        assert_eq!(written(row), r#"{"id":3,"state":"zero","value":0.0,"sign":0,"log":null}"#);
    }

    #[test]
    fn what_is_not_finite_is_unset_or_infinite() {
        assert_eq!(Numeral::from_scaled(f64::NAN.into()), Numeral::unset());
        assert_eq!(Numeral::from_scaled(f64::INFINITY.into()), Numeral::infinite(1));
        assert_eq!(Numeral::from_scaled(f64::NEG_INFINITY.into()), Numeral::infinite(-1));
        assert_eq!(Numeral::from_scaled(Scaled::ZERO), Numeral::zero());
        let straddling = Ball::from_integer(-1).hull(&Ball::from_integer(1));
        assert_eq!(straddling.numeral(), Numeral::unset());
    }

    #[test]
    fn the_value_is_there_only_in_the_normal_range() {
        let at = |exponent| Numeral::from_scaled(Scaled::new(1.0, exponent));
        assert_eq!((at(-1022).value, at(1023).value), (Some(f64::MIN_POSITIVE), Some(2_f64.powi(1023))));
        assert_eq!((at(-1023).value, at(1024).value), (None, None));
        assert_eq!(at(i64::MIN).log, Some(i64::MIN as f64 * std::f64::consts::LN_2));
        assert_eq!(at(1_000_000_000_000).log, Some(1e12 * std::f64::consts::LN_2));
    }

    #[test]
    fn a_rational_next_to_one_keeps_its_logarithm() {
        // 1 + 1/10^40: ln is 10^−40 up to a relative 10^−40.
        let tiny = RBig::from_parts(1.into(), dashu::integer::UBig::from(10_u8).pow(40));
        let found = Numeral::from_rational(&(RBig::ONE + tiny));
        assert_eq!((found.value, found.log), (Some(1.0), Some(1e-40)));
        assert_eq!(Numeral::from_rational(&RBig::ONE).log, Some(0.0));
    }
}
