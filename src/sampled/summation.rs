//! Sums of numbers of very different magnitude.

use crate::formula::Scaled;

/// Terms summed one after the other before partial sums are combined: the rounding error of a sum of n terms of one sign stays
/// below (512 + n/512)·2⁻⁵³ of it.
const RUN: usize = 512;

/// Σ values; 0 for none.
pub(super) fn sum(values: &[Scaled]) -> Scaled {
    let top = top(values);
    Scaled::new(values.chunks(RUN).map(|run| run.iter().map(|x| relative(*x, top)).sum::<f64>()).sum(), top)
}

/// The greatest exponent of a non-zero value; 0 if there is none.
pub(super) fn top(values: &[Scaled]) -> i64 {
    values.iter().filter(|x| x.mantissa() != 0.0).map(|x| x.exponent()).max().unwrap_or(0)
}

/// x / 2^top, for a number with |x| < 2^(top + 1); 0 where that lies below the normal range.
pub(super) fn relative(x: Scaled, top: i64) -> f64 {
    let biased = x.exponent() - top + 1023;
    // Zero has no exponent of its own: it may lie above the top.
    if (1..=1023).contains(&biased) { x.mantissa() * f64::from_bits((biased as u64) << 52) } else { 0.0 }
}

/// The arithmetic mean.
pub(super) fn mean(values: &[Scaled]) -> Scaled {
    sum(values) / Scaled::from(values.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn magnitudes_beyond_f64_are_summed() {
        let values = [Scaled::new(1.5, -5000), Scaled::new(1.25, -5001), Scaled::new(1.0, -9000), Scaled::from(0.0)];
        assert_eq!(sum(&values), Scaled::new(2.125, -5000));
        assert_eq!(mean(&[Scaled::new(1.0, 3000), Scaled::new(1.0, 3001)]), Scaled::new(1.5, 3000));
        assert_eq!(sum(&[]), Scaled::from(0.0));
    }

    #[test]
    fn a_long_sum_keeps_its_digits() {
        let total = sum(&vec![Scaled::from(0.1); 3_000_000]);
        assert!((total.to_f64() / 300_000.0 - 1.0).abs() < 1e-12);
    }
}
