//! Decimals: the digits of a literal, exactly.

use dashu::integer::{IBig, UBig};
use dashu::rational::RBig;

/// The largest exponent, in absolute value, that a literal may be written with.
pub(super) const LARGEST_EXPONENT: i32 = 400;

/// A literal is written with an exponent where it would otherwise need more zeros than this beside its digits.
const ZEROS: usize = 20;

/// A non-negative rational with a terminating decimal expansion, as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    /// Digits, with a point where needed.
    pub digits: String,
    /// The power of ten that multiplies them, if it is written.
    pub exponent: Option<i32>,
}

impl Decimal {
    /// How a number is written; `None` if it is negative or its denominator divides no power of ten.
    pub fn of(number: &RBig) -> Option<Decimal> {
        let numerator = UBig::try_from(number.numerator().clone()).ok()?;
        let (fraction, digits) = fraction_digits(&numerator, number.denominator())?;
        let (whole, zeros) = match fraction {
            0 => (digits.len(), digits.len() - digits.trim_end_matches('0').len()),
            _ => (digits.len().saturating_sub(fraction), (fraction + 1).saturating_sub(digits.len())),
        };
        let significant = digits.trim_end_matches('0');
        let exponent = i32::try_from(digits.len()).ok()?.checked_sub(1 + i32::try_from(fraction).ok()?)?;
        if zeros > ZEROS && !significant.is_empty() && exponent.abs() <= LARGEST_EXPONENT {
            let (first, rest) = significant.split_at(1);
            return Some(Decimal { digits: pointed(first, rest), exponent: Some(exponent) });
        }
        if whole == 0 {
            return Some(Decimal { digits: format!("0.{digits:0>fraction$}"), exponent: None });
        }
        let (whole, rest) = digits.split_at(whole);
        Some(Decimal { digits: pointed(whole, rest), exponent: None })
    }

    /// The number that digits before the point, digits after it and an exponent write.
    ///
    /// `None` if there is no digit or anything but ASCII digits.
    pub fn number(whole: &str, fraction: &str, exponent: i32) -> Option<RBig> {
        let digits = IBig::from(UBig::from_str_radix(&format!("{whole}{fraction}"), 10).ok()?);
        let shift = i64::from(exponent) - i64::try_from(fraction.len()).ok()?;
        let scale = UBig::from(10_u8).pow(usize::try_from(shift.unsigned_abs()).ok()?);
        Some(if shift < 0 { RBig::from_parts(digits, scale) } else { RBig::from(digits * IBig::from(scale)) })
    }
}

/// The least number of digits after the point, and all digits of the number with the point left out.
fn fraction_digits(numerator: &UBig, denominator: &UBig) -> Option<(usize, String)> {
    let mut rest = denominator.clone();
    let twos = rest.remove(&UBig::from(2_u8)).unwrap_or(0);
    let fives = rest.remove(&UBig::from(5_u8)).unwrap_or(0);
    if !rest.is_one() {
        return None;
    }
    let fraction = twos.max(fives);
    let scaled = numerator * UBig::from(2_u8).pow(fraction - twos) * UBig::from(5_u8).pow(fraction - fives);
    Some((fraction, scaled.to_string()))
}

fn pointed(whole: &str, fraction: &str) -> String {
    if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(numerator: i64, denominator: u64) -> Option<String> {
        let decimal = Decimal::of(&RBig::from_parts(numerator.into(), denominator.into()))?;
        Some(match decimal.exponent {
            None => decimal.digits,
            Some(exponent) => format!("{}e{exponent}", decimal.digits),
        })
    }

    #[test]
    fn terminating_decimals_are_written_in_full() {
        assert_eq!(written(0, 1).as_deref(), Some("0"));
        assert_eq!(written(9, 10).as_deref(), Some("0.9"));
        assert_eq!(written(1200, 1).as_deref(), Some("1200"));
        assert_eq!(written(1001, 1000).as_deref(), Some("1.001"));
        assert_eq!(written(1, 1024).as_deref(), Some("0.0009765625"));
        assert_eq!(written(5, 4).as_deref(), Some("1.25"));
    }

    #[test]
    fn other_rationals_have_no_decimal() {
        assert_eq!(written(1, 3), None);
        assert_eq!(written(-1, 2), None);
    }

    #[test]
    fn long_rows_of_zeros_become_an_exponent_and_read_back_the_same() {
        let written = |exponent| Decimal::of(&Decimal::number("2", "5", exponent).unwrap()).unwrap();
        assert_eq!(written(-300), Decimal { digits: "2.5".into(), exponent: Some(-300) });
        assert_eq!(written(400), Decimal { digits: "2.5".into(), exponent: Some(400) });
        assert_eq!(written(5), Decimal { digits: "250000".into(), exponent: None });
        assert_eq!(written(-5), Decimal { digits: "0.000025".into(), exponent: None });
        assert_eq!(written(500).exponent, None, "an exponent beyond the accepted ones is never written");
    }
}
