//! Exact powers of two.

/// The exponent e with 2^e ≤ |x| < 2^(e+1), of a finite x ≠ 0.
pub fn exponent(x: f64) -> i64 {
    let biased = (x.to_bits() >> 52) & 0x7ff;
    if biased == 0 { exponent(x * 2f64.powi(64)) - 64 } else { biased as i64 - 1023 }
}

/// 2^k for −1022 ≤ k ≤ 1023.
fn normal_power(k: i64) -> f64 {
    f64::from_bits(((k + 1023) as u64) << 52)
}

/// x · 2^k; exact unless the result leaves the normal range.
pub fn shift(x: f64, k: i64) -> f64 {
    if (-1022..=1023).contains(&k) {
        return x * normal_power(k);
    }
    let (step, rest) = if k > 0 { (1023, k.min(4 * 1023) - 1023) } else { (-1022, k.max(-4 * 1022) + 1022) };
    shift(x * normal_power(step), rest)
}

/// Multiplies every entry by 2^k.
pub fn shift_all(entries: &mut [f64], k: i64) {
    if k == 0 {
    } else if (-1022..=1023).contains(&k) {
        let factor = normal_power(k);
        entries.iter_mut().for_each(|x| *x *= factor);
    } else {
        entries.iter_mut().for_each(|x| *x = shift(*x, k));
    }
}

/// Scales `entries` by the power of two that brings the largest magnitude into [1, 2), and returns the exponent taken out; `None`,
/// with nothing changed, if all are 0. Where an entry is not finite nothing is changed, and the exponent is 0.
#[inline]
pub fn normalise(entries: &mut [f64]) -> Option<i64> {
    // Magnitudes of floating-point numbers are ordered as their bits are.
    let largest = entries.iter().fold(0, |largest: u64, x| largest.max(x.abs().to_bits()));
    let biased = largest >> 52;
    if largest == 0 {
        return None;
    }
    if (1..=2045).contains(&biased) {
        let factor = f64::from_bits((2046 - biased) << 52);
        entries.iter_mut().for_each(|x| *x *= factor);
        return Some(biased as i64 - 1023);
    }
    let taken = if biased == 2047 { 0 } else { exponent(f64::from_bits(largest)) };
    shift_all(entries, -taken);
    Some(taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponents_are_floors_of_binary_logarithms() {
        for (x, e) in
            [(1.0, 0), (-1.999, 0), (2.0, 1), (0.75, -1), (f64::MIN_POSITIVE, -1022), (f64::from_bits(1), -1074), (f64::MAX, 1023)]
        {
            assert_eq!(exponent(x), e, "{x:e}");
        }
    }

    #[test]
    fn a_shift_and_its_inverse_cancel_also_beyond_the_range_of_one_factor() {
        for k in [0, 1, -1, 700, 1023, -1022, -1060] {
            assert_eq!(shift(shift(1.0, k), -k), 1.0, "{k}");
        }
        assert_eq!(shift(f64::from_bits(1), 2097), 2f64.powi(1023));
        assert_eq!(shift(1.0, -5000), 0.0);
        assert_eq!(shift(-1.0, 1 << 40), f64::NEG_INFINITY);
    }

    #[test]
    fn normalising_takes_out_an_exponent_and_changes_no_digit() {
        let mut entries = [3e-310, -7e-310, 0.0];
        let before = entries;
        let taken = normalise(&mut entries).expect("not all zero");
        assert!(entries.iter().all(|x| x.abs() < 2.0) && entries.iter().any(|x| x.abs() >= 1.0));
        assert_eq!(entries.map(|x| shift(x, taken)), before);
        assert_eq!(normalise(&mut [0.0, -0.0]), None);
        for (largest, taken) in [(1.0, 0), (f64::MAX, 1023), (2f64.powi(1022), 1022), (f64::MIN_POSITIVE, -1022), (1e-320, -1064)] {
            let mut entries = [largest / 3.0, -largest];
            assert_eq!(normalise(&mut entries), Some(taken), "{largest:e}");
            assert_eq!(shift(entries[1], taken), -largest);
        }
        let mut broken = [4.0, f64::NAN, f64::INFINITY];
        assert_eq!(normalise(&mut broken), Some(0));
        assert_eq!((broken[0], broken[2]), (4.0, f64::INFINITY));
    }
}
