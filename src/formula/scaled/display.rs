//! Scaled numbers in six significant decimal digits.

use std::fmt;

use super::Scaled;

impl fmt::Display for Scaled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = self.to_f64();
        if !plain.is_finite() && !self.mantissa().is_finite() || self.mantissa() == 0.0 {
            return write!(f, "{plain}");
        }
        if (1e-4..1e6).contains(&plain.abs()) {
            let digits = (5.0 - plain.abs().log10().floor()) as usize;
            let text = format!("{plain:.digits$}");
            return f.write_str(if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text });
        }
        let log10 = self.mantissa().abs().log10() + self.exponent() as f64 * std::f64::consts::LOG10_2;
        let (mut power, mut leading) = (log10.floor(), 10f64.powf(log10 - log10.floor()));
        if format!("{leading:.5}").starts_with("10") {
            (power, leading) = (power + 1.0, 1.0);
        }
        let sign = if self.mantissa() < 0.0 { "-" } else { "" };
        write!(f, "{sign}{leading:.5}e{power}")
    }
}

#[cfg(test)]
mod tests {
    use super::Scaled;

    #[test]
    fn numbers_of_any_magnitude_print_six_digits() {
        for (value, text) in [
            (Scaled::from(0.0), "0"),
            (Scaled::from(0.25), "0.25"),
            (Scaled::from(-1234.5678), "-1234.57"),
            (Scaled::from(1.5e-9), "1.50000e-9"),
            (Scaled::new(1.0, -10_000), "5.01237e-3011"),
            (Scaled::from(999_999.7), "1000000"),
            (Scaled::from(f64::NAN), "NaN"),
        ] {
            assert_eq!(value.to_string(), text);
        }
    }
}
