//! Numbers of any magnitude in decimals: for tables, for LaTeX, for axes and for CSV.

use std::f64::consts::{LOG10_2, LOG10_E};

use crate::formula::Scaled;

use super::json::Num;

/// ± mantissa · 10^exponent with 1 ≤ mantissa < 10, rounded to a number of significant digits.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Decimal {
    negative: bool,
    /// The significant digits, without a point.
    digits: String,
    exponent: i64,
}

impl Decimal {
    /// A normal `f64`.
    fn of(value: f64, digits: usize) -> Self {
        let text = format!("{:.*e}", digits.max(1) - 1, value.abs());
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        Decimal { negative: value < 0.0, digits: mantissa.replace('.', ""), exponent: exponent.parse().unwrap_or(0) }
    }

    /// ± 10^log10, with no more digits than a logarithm in `f64` carries.
    fn of_log10(negative: bool, log10: f64, digits: usize) -> Self {
        let carried = (14.0 - log10.abs().max(1.0).log10()).floor().clamp(1.0, 14.0);
        let whole = log10.floor();
        let mantissa = Decimal::of(10f64.powf(log10 - whole), digits.min(carried as usize));
        Decimal { negative, exponent: mantissa.exponent + whole as i64, ..mantissa }
    }

    fn of_num(num: &Num, digits: usize) -> Option<Self> {
        match (num.value, num.sign, num.log) {
            (Some(value), ..) if value != 0.0 => Some(Decimal::of(value, digits)),
            (None, Some(sign), Some(log)) => Some(Decimal::of_log10(sign < 0, log * LOG10_E, digits)),
            _ => None,
        }
    }

    fn sign(&self) -> &'static str {
        if self.negative { "−" } else { "" }
    }

    /// `1.25`
    fn mantissa(&self) -> String {
        let (head, tail) = self.digits.split_at(1);
        if tail.is_empty() { head.to_owned() } else { format!("{head}.{tail}") }
    }

    /// The whole number without a power of ten, if that is no longer than a reader likes.
    fn plain(&self) -> Option<String> {
        match self.exponent {
            exponent @ -4..=-1 => Some(format!("0.{}{}", "0".repeat((-exponent - 1) as usize), self.digits)),
            exponent @ 0..=6 => {
                let whole = exponent as usize + 1;
                if self.digits.len() <= whole {
                    return Some(format!("{}{}", self.digits, "0".repeat(whole - self.digits.len())));
                }
                let (head, tail) = self.digits.split_at(whole);
                Some(format!("{head}.{tail}"))
            }
            _ => None,
        }
    }

    /// Without the zeros after the last significant digit that the rounding put there.
    fn shortened(mut self) -> Self {
        let kept = self.digits.trim_end_matches('0').len().max(1);
        self.digits.truncate(kept);
        self
    }
}

/// An integer in raised digits: `⁻²⁰⁰`.
#[must_use]
pub fn raised(integer: i64) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    integer.to_string().chars().map(|c| c.to_digit(10).map_or('⁻', |digit| DIGITS[digit as usize])).collect()
}

/// The value if it is an integer that reads well digit by digit.
fn small_integer(num: &Num) -> Option<i64> {
    num.value.filter(|value| value.fract() == 0.0 && value.abs() < 1e7).map(|value| value as i64)
}

/// A number for people: `0.3333`, `1.25·10⁻²⁰⁰`, `0`, `∞`; `—` if unset.
#[must_use]
pub fn text(num: &Num, digits: usize) -> String {
    match (num.state.as_deref(), num.sign) {
        (Some("zero"), _) => "0".to_owned(),
        (Some("infinite"), Some(sign)) => if sign < 0 { "−∞" } else { "∞" }.to_owned(),
        (Some(_), _) => "—".to_owned(),
        (None, _) => {
            if let Some(integer) = small_integer(num) {
                return integer.to_string().replace('-', "−");
            }
            let Some(decimal) = Decimal::of_num(num, digits) else { return "—".to_owned() };
            let body = decimal.plain().unwrap_or_else(|| format!("{}·10{}", decimal.mantissa(), raised(decimal.exponent)));
            format!("{}{body}", decimal.sign())
        }
    }
}

/// A number for LaTeX, usable in text and in mathematics; `None` if unset.
#[must_use]
pub fn latex(num: &Num, digits: usize) -> Option<String> {
    let body = match (num.state.as_deref(), num.sign) {
        (Some("zero"), _) => "0".to_owned(),
        (Some("infinite"), Some(sign)) => if sign < 0 { r"-\infty" } else { r"\infty" }.to_owned(),
        (Some(_), _) => return None,
        (None, _) => match small_integer(num) {
            Some(integer) => integer.to_string(),
            None => {
                let decimal = Decimal::of_num(num, digits)?;
                let sign = if decimal.negative { "-" } else { "" };
                match decimal.plain() {
                    Some(plain) => format!("{sign}{plain}"),
                    None => format!(r"{sign}{}\times 10^{{{}}}", decimal.mantissa(), decimal.exponent),
                }
            }
        },
    };
    Some(format!(r"\ensuremath{{{body}}}"))
}

/// A probability or a share: `1e-6` as `10⁻⁶`, `0.05` as `0.05`.
#[must_use]
pub fn share(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return if value == 0.0 { "0".to_owned() } else { "—".to_owned() };
    }
    let decimal = Decimal::of(value, 3).shortened();
    match decimal.plain() {
        Some(plain) => format!("{}{plain}", decimal.sign()),
        None if decimal.digits == "1" => format!("{}10{}", decimal.sign(), raised(decimal.exponent)),
        None => format!("{}{}·10{}", decimal.sign(), decimal.mantissa(), raised(decimal.exponent)),
    }
}

/// log10 |value|; −∞ for zero, NaN where the value is not finite.
#[must_use]
pub fn log10(value: Scaled) -> f64 {
    if !value.mantissa().is_finite() {
        return f64::NAN;
    }
    value.mantissa().abs().log10() + value.exponent() as f64 * LOG10_2
}

/// The value as an `f64`: 0 or ±∞ outside its range.
#[must_use]
pub fn to_f64(value: Scaled) -> f64 {
    let exponent = value.exponent().clamp(-2200, 2200) as i32;
    // Two steps, so that no intermediate power overflows before the mantissa is applied.
    let half = exponent / 2;
    value.mantissa() * 2f64.powi(half) * 2f64.powi(exponent - half)
}

/// A number for machines, to nine significant digits: a plain or scientific decimal inside the range of `f64`, `d.ddde-NNN`
/// outside, empty where not finite.
#[must_use]
pub fn machine(value: Scaled) -> String {
    let double = nine_digits(to_f64(value));
    if value.mantissa() == 0.0 {
        return "0".to_owned();
    }
    if double.is_normal() {
        return if (1e-4..1e7).contains(&double.abs()) { double.to_string() } else { format!("{double:e}") };
    }
    let log10 = log10(value);
    if !log10.is_finite() {
        return String::new();
    }
    let decimal = Decimal::of_log10(value.mantissa() < 0.0, log10, 9).shortened();
    format!("{}{}e{}", if decimal.negative { "-" } else { "" }, decimal.mantissa(), decimal.exponent)
}

/// The double nearest to `value` rounded to nine significant digits; its shortest decimal has no more.
fn nine_digits(value: f64) -> f64 {
    format!("{value:.8e}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn magnitudes_outside_f64_keep_their_digits() {
        // (9/10)^10000 = 10^-457.574905606751…
        let num = Num::from_log(1, 10_000.0 * 0.9f64.ln());
        assert_eq!(num.value, None);
        assert_eq!(text(&num, 5), "2.6613·10⁻⁴⁵⁸");
        assert_eq!(latex(&num, 4).as_deref(), Some(r"\ensuremath{2.661\times 10^{-458}}"));
        assert_eq!(text(&Num::from_log(-1, 10_000.0 * 0.9f64.ln()), 3), "−2.66·10⁻⁴⁵⁸");
    }

    #[test]
    fn a_logarithm_too_coarse_for_the_digits_loses_digits_not_truth() {
        let digits = text(&Num::from_log(1, -2.5e12), 10).split('·').next().map(str::len);
        assert!(digits <= Some(3), "an error of 1e-4 in the logarithm leaves no ten digits");
    }

    #[test]
    fn tables_read_plainly() {
        for (value, expected) in [
            (1.0 / 3.0, "0.3333"),
            (0.000_123_456, "0.0001235"),
            (0.000_012_345_6, "1.235·10⁻⁵"),
            (1_234_567.8, "1235000"),
            (9.999_96, "10.00"),
            (12.0, "12"),
            (-2.5, "−2.500"),
            (0.0, "0"),
        ] {
            assert_eq!(text(&Num::finite(value), 4), expected);
        }
        assert_eq!(text(&Num::unset(), 4), "—");
        assert_eq!(share(1e-6), "10⁻⁶");
        assert_eq!(share(0.05), "0.05");
        assert_eq!(share(2.5e-7), "2.5·10⁻⁷");
    }

    #[test]
    fn machine_decimals_read_back_to_nine_digits_and_have_no_more() {
        for value in [1.0 / 3.0, 1e-300, -7.25e200, 12.0, 4.9e-5, 1_234_567.891_234, 0.1 + 0.2] {
            let text = machine(Scaled::from(value));
            let read: f64 = text.parse().unwrap();
            assert!((read - value).abs() <= 5e-9 * value.abs(), "{text}");
            assert!(text.split('e').next().unwrap().chars().filter(char::is_ascii_digit).count() <= 10, "{text}");
        }
        assert_eq!(machine(Scaled::from(0.1 + 0.2)), "0.3");
        assert_eq!(machine(Scaled::from(0.0)), "0");
        assert_eq!(machine(Scaled::from(f64::NAN)), "");
        // 2^-10000 = 5.01237274920645…e-3011
        let tiny = machine(Scaled::new(1.0, -10_000));
        assert_eq!(tiny, "5.01237275e-3011");
    }
}
