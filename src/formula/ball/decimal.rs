//! Balls as decimal digits.

use dashu::base::UnsignedAbs;
use dashu::integer::{IBig, UBig};

use super::dyadic::{Dyadic, Rounding};
use super::{Ball, Precision};

/// The most digits that are written.
const DIGITS: i64 = 20;

/// Positional notation from 10^−6 on and below 10^21; scientific outside.
const SMALLEST_POSITION: i64 = -6;

impl Ball {
    /// The digits that the enclosure certifies, at most 20.
    ///
    /// A number that is enclosed exactly and has few digits is written in full: `1.306396484375`. Otherwise the digits are those
    /// of a rounding that every enclosed number shares, followed by `(…)`: `3.16228(…)e-4000` is within one unit of the last
    /// digit. If the enclosure does not certify one digit, both ends are written: `[-0.1, 0.2]`.
    #[must_use]
    pub fn decimal(&self) -> String {
        if let Some(text) = self.short() {
            return text;
        }
        if let Some(text) = self.common() {
            return text;
        }
        if self.is_exact() {
            return "a number of a magnitude that is not written out".into();
        }
        let (lower, upper) = self.ends();
        let end = |x: &Dyadic, rounding| Ball::point(x.clone().round(rounding, 64)).decimal();
        format!("[{}, {}]", end(lower, Rounding::Down), end(upper, Rounding::Up))
    }

    /// All digits of an exact number, if they are few.
    fn short(&self) -> Option<String> {
        let (point, _) = self.ends();
        // m·2^−k has k decimal places and 0.7 k leading digits less; m·2^k has 0.3 (k + bits of m) digits.
        if !self.is_exact() || point.exponent().abs() > 64 || point.significand_length() > 128 {
            return None;
        }
        let places = (-point.exponent()).max(0);
        let ten = IBig::from(10).pow(usize::try_from(places).ok()?);
        let shifted = Dyadic::new(point.significand() * ten, point.exponent());
        let digits = shifted.to_fixed(Rounding::Down, 0).unsigned_abs().to_string();
        let digits = if digits.trim_end_matches('0').is_empty() { "0".to_owned() } else { digits };
        let order = digits.len() as i64 - 1 - places;
        let kept = digits.trim_end_matches('0');
        let kept = if kept.is_empty() { "0" } else { kept };
        (kept.len() as i64 <= DIGITS).then(|| write(point.sign() < 0, kept, order, ""))
    }

    /// The digits that all enclosed numbers share after rounding.
    fn common(&self) -> Option<String> {
        if self.contains_zero() {
            return None;
        }
        let (negative, size) = (self.ends().1.sign() < 0, self.abs());
        let digits = self.accuracy()?.saturating_mul(30103).saturating_div(100_000).min(DIGITS - 1) + 1;
        let (_, binary) = size.middle().to_nearest();
        // ⌊2^64 log10 2⌋: off by at most one from ⌊log10 x⌋; settled below.
        let mut order = ((i128::from(binary) * 5_553_023_288_523_357_132) >> 64) as i64;
        let precision = Precision(256);
        let (mut lower, mut upper);
        let mut direction = 0;
        loop {
            let factor = Ball::from_integer(10).raised(-order, precision).ok()?;
            let unit = size.times(&factor, precision).ok()?;
            (lower, upper) = (unit.lower.clone(), unit.upper.clone());
            let middle = unit.middle();
            let step = i64::from(middle >= Dyadic::new(10, 0)) - i64::from(middle < Dyadic::ONE);
            // Around a power of ten the middle may round to either side: the rounding below settles it.
            if step == 0 || step == -direction {
                break;
            }
            direction = step;
            order += step;
        }
        (1..=digits.max(1)).rev().find_map(|count| {
            let ten = Dyadic::new(UBig::from(10_u8).pow(usize::try_from(count - 1).ok()?), 0);
            // ⌊10^(count−1) x + 1/2⌋ at both ends.
            let half = Dyadic::new(1, -1);
            let rounded = |x: &Dyadic| x.multiply_exact(&ten).add_exact(&half).to_fixed(Rounding::Down, 0);
            let (low, high) = (rounded(&lower), rounded(&upper));
            if low != high || low == IBig::ZERO {
                return None;
            }
            let text = low.to_string();
            // 9.99… rounds up to one digit more.
            let order = order + text.len() as i64 - count;
            Some(write(negative, &text, order, "(…)"))
        })
    }
}

/// The digits d.ddd · 10^order.
fn write(negative: bool, digits: &str, order: i64, mark: &str) -> String {
    let sign = if negative { "-" } else { "" };
    let length = digits.len() as i64;
    if digits == "0" {
        return "0".into();
    }
    if !(SMALLEST_POSITION..=DIGITS).contains(&order) || (!mark.is_empty() && order >= length) {
        let (first, rest) = digits.split_at(1);
        let point = if rest.is_empty() { "" } else { "." };
        return format!("{sign}{first}{point}{rest}{mark}e{order}");
    }
    if order < 0 {
        return format!("{sign}0.{}{digits}{mark}", "0".repeat((-order - 1) as usize));
    }
    let whole = (order + 1) as usize;
    if digits.len() <= whole {
        return format!("{sign}{digits}{}{mark}", "0".repeat(whole - digits.len()));
    }
    format!("{sign}{}.{}{mark}", &digits[..whole], &digits[whole..])
}
