//! Intervals of double-precision numbers, every operation rounded outward.

use std::iter::Sum;
use std::ops::{Add, Div, Mul, Sub};

/// All numbers from `low` to `high`; an end may be infinite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Span {
    /// This number alone.
    #[must_use]
    pub const fn exactly(value: f64) -> Self {
        Span { low: value, high: value }
    }

    /// Everything within `error` of a number.
    #[must_use]
    pub fn around(value: f64, error: f64) -> Self {
        outward(value - error, value + error)
    }

    /// The distance between the ends.
    #[must_use]
    pub fn width(self) -> f64 {
        (self.high - self.low).next_up()
    }

    /// The absolute values.
    #[must_use]
    pub fn abs(self) -> Self {
        if self.low >= 0.0 {
            return self;
        }
        Span { low: (-self.high).max(0.0), high: self.high.max(-self.low) }
    }

    /// The square roots of what is not negative.
    #[must_use]
    pub fn sqrt(self) -> Self {
        Span { low: self.low.max(0.0).sqrt().next_down().max(0.0), high: self.high.max(0.0).sqrt().next_up() }
    }

    /// The larger of two numbers.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Span { low: self.low.max(other.low), high: self.high.max(other.high) }
    }

    /// The smaller of two numbers.
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        Span { low: self.low.min(other.low), high: self.high.min(other.high) }
    }
}

impl From<f64> for Span {
    fn from(value: f64) -> Self {
        Span::exactly(value)
    }
}

fn outward(low: f64, high: f64) -> Span {
    Span { low: low.next_down(), high: high.next_up() }
}

/// The hull of the results at the ends. What has no value (0 · ∞, ∞/∞) could be anything.
fn hull(corners: [f64; 4]) -> Span {
    if corners.iter().any(|corner| corner.is_nan()) {
        return Span { low: f64::NEG_INFINITY, high: f64::INFINITY };
    }
    outward(corners.into_iter().fold(f64::INFINITY, f64::min), corners.into_iter().fold(f64::NEG_INFINITY, f64::max))
}

impl<T: Into<Span>> Add<T> for Span {
    type Output = Span;
    fn add(self, other: T) -> Span {
        let other = other.into();
        outward(self.low + other.low, self.high + other.high)
    }
}

impl<T: Into<Span>> Sub<T> for Span {
    type Output = Span;
    fn sub(self, other: T) -> Span {
        let other = other.into();
        outward(self.low - other.high, self.high - other.low)
    }
}

impl<T: Into<Span>> Mul<T> for Span {
    type Output = Span;
    fn mul(self, other: T) -> Span {
        let other = other.into();
        hull([self.low * other.low, self.low * other.high, self.high * other.low, self.high * other.high])
    }
}

impl<T: Into<Span>> Div<T> for Span {
    type Output = Span;
    fn div(self, other: T) -> Span {
        let other = other.into();
        if other.low <= 0.0 && other.high >= 0.0 {
            return Span { low: f64::NEG_INFINITY, high: f64::INFINITY };
        }
        hull([self.low / other.low, self.low / other.high, self.high / other.low, self.high / other.high])
    }
}

impl Sum for Span {
    fn sum<I: Iterator<Item = Span>>(spans: I) -> Span {
        spans.fold(Span::exactly(0.0), |sum, span| sum + span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dashu::rational::RBig;

    /// Results of rational arithmetic on the ends lie within the interval.
    #[test]
    fn every_operation_encloses_the_exact_result() {
        let exact = |x: f64| RBig::try_from(x).expect("finite");
        let numbers = [-7.25, -1.0 / 3.0, -1e-9, 0.1, 0.3, 1e9 + 0.1];
        let holds = |span: Span, value: RBig| exact(span.low) <= value && value <= exact(span.high);
        for (a, b) in numbers.into_iter().flat_map(|a| numbers.map(|b| (a, b))) {
            let (x, y) = (Span::exactly(a), Span::exactly(b));
            assert!(holds(x + y, exact(a) + exact(b)) && holds(x - y, exact(a) - exact(b)));
            assert!(holds(x * y, exact(a) * exact(b)) && holds(x / y, exact(a) / exact(b)), "{a} and {b}");
            let root = x.abs().sqrt();
            assert!(exact(root.low) * exact(root.low) <= exact(a.abs()) && exact(a.abs()) <= exact(root.high) * exact(root.high));
        }
    }

    #[test]
    fn signs_and_zeros_are_minded() {
        let wide = Span { low: -2.0, high: 3.0 };
        assert_eq!(wide.abs(), Span { low: 0.0, high: 3.0 });
        assert_eq!((Span { low: -3.0, high: -2.0 }).abs(), Span { low: 2.0, high: 3.0 });
        assert_eq!((Span::exactly(1.0) / wide).high, f64::INFINITY);
        let product = wide * Span { low: -5.0, high: 1.0 };
        assert!(product.low <= -15.0 && product.high >= 10.0 && product.high < 10.1);
    }
}
