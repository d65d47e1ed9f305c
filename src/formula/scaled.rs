//! Floating-point numbers of any magnitude: an `f64` mantissa and an `i64` power of two.

/// mantissa · 2^exponent, with 1 ≤ |mantissa| < 2, or 0, or not finite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scaled {
    mantissa: f64,
    exponent: i64,
}

impl Scaled {
    /// mantissa · 2^exponent, normalised exactly.
    #[must_use]
    pub fn new(mantissa: f64, exponent: i64) -> Self {
        Scaled { mantissa, exponent }
    }
    /// The mantissa, in [1, 2) in absolute value, or 0.
    #[must_use]
    pub fn mantissa(self) -> f64 {
        self.mantissa
    }
    /// The power of two.
    #[must_use]
    pub fn exponent(self) -> i64 {
        self.exponent
    }
    /// ln |value|; −∞ for 0.
    #[must_use]
    pub fn ln(self) -> f64 {
        unimplemented!()
    }
    /// The number whose natural logarithm is `log`.
    #[must_use]
    pub fn exp(_log: f64) -> Self {
        unimplemented!()
    }
}

impl From<f64> for Scaled {
    fn from(value: f64) -> Self {
        Scaled::new(value, 0)
    }
}
