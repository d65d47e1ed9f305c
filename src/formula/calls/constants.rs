//! π and ln 2 by formulas of Machin's kind, kept once computed.

use std::collections::BTreeMap;
use std::sync::Mutex;

use dashu::integer::{IBig, UBig};

use crate::formula::ball::dyadic::Dyadic;
use crate::formula::ball::{Ball, Precision};

/// π = 16 arctan(1/5) − 4 arctan(1/239) (Machin).
#[must_use]
pub fn pi(precision: Precision) -> Ball {
    static KNOWN: Known = Mutex::new(BTreeMap::new());
    known(&KNOWN, precision, |bits| combine(&PI, true, bits + GUARD))
}

/// ln 2 = 18 artanh(1/26) − 2 artanh(1/4801) + 8 artanh(1/8749).
#[must_use]
pub fn ln_two(precision: Precision) -> Ball {
    static KNOWN: Known = Mutex::new(BTreeMap::new());
    known(&KNOWN, precision, |bits| combine(&LN_TWO, false, bits + GUARD))
}

const PI: [(i64, u64); 2] = [(16, 5), (-4, 239)];
const LN_TWO: [(i64, u64); 3] = [(18, 26), (-2, 4801), (8, 8749)];

/// Places behind the point beyond the wanted bits, for the roundings of the terms.
const GUARD: usize = 32;

type Known = Mutex<BTreeMap<usize, Ball>>;

/// The constant at the next multiple of 256 bits, computed once, then rounded.
fn known(cache: &Known, precision: Precision, compute: impl Fn(usize) -> Ball) -> Ball {
    let bits = (precision.0 + 8).next_multiple_of(256);
    let mut cache = cache.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    cache.entry(bits).or_insert_with(|| compute(bits)).rounded(precision)
}

/// Σ factor · arc(1/m) with `scale` places behind the point, arc = arctan (`alternating`) or artanh.
fn combine(parts: &[(i64, u64)], alternating: bool, scale: usize) -> Ball {
    let (mut lower, mut upper) = (IBig::ZERO, IBig::ZERO);
    for &(factor, m) in parts {
        let (low, high) = inverse(m, alternating, scale);
        let (low, high) = if factor < 0 { (high, low) } else { (low, high) };
        lower += low * factor;
        upper += high * factor;
    }
    let end = |x: IBig| Dyadic::new(x, -(scale as i64));
    Ball::between(end(lower), end(upper)).expect("constants are of order one")
}

/// Bounds of 2^scale · Σ_i (±1)^i / ((2i+1) m^(2i+1)).
///
/// Each term is bracketed by floor and ceiling. What is left out after the last term is in absolute value at most the next term
/// times 1/(1 − 1/m²) < 2.
fn inverse(m: u64, alternating: bool, scale: usize) -> (IBig, IBig) {
    let floor = |x: &UBig, d: u64| x / d;
    let ceiling = |x: &UBig, d: u64| (x + (d - 1)) / d;
    let one = UBig::ONE << scale;
    let (mut low, mut high) = (floor(&one, m), ceiling(&one, m));
    let (mut lower, mut upper) = (IBig::ZERO, IBig::ZERO);
    let mut index = 0_u64;
    while high > UBig::ONE {
        let (small, large) = (IBig::from(floor(&low, 2 * index + 1)), IBig::from(ceiling(&high, 2 * index + 1)));
        if alternating && index % 2 == 1 {
            lower -= large;
            upper -= small;
        } else {
            lower += small;
            upper += large;
        }
        (low, high) = (floor(&low, m * m), ceiling(&high, m * m));
        index += 1;
    }
    let rest = IBig::from(high * 2_u8);
    (lower - &rest, upper + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_places_still_enclose_the_constant() {
        for (parts, alternating, value) in [(&PI[..], true, pi(Precision(700))), (&LN_TWO[..], false, ln_two(Precision(700)))] {
            for scale in 4..300 {
                let coarse = combine(parts, alternating, scale);
                assert!(coarse.encloses(&value), "{scale} places: {} without {}", coarse.decimal(), value.decimal());
            }
        }
    }

    #[test]
    fn a_negative_factor_swaps_the_ends() {
        let fine = combine(&[(-7, 3)], false, 600);
        for scale in 4..200 {
            assert!(combine(&[(-7, 3)], false, scale).encloses(&fine), "{scale} places");
        }
    }

    #[test]
    fn each_inverse_function_is_enclosed_by_few_places() {
        // An interval of a few units has no room for a wrong rounding.
        for (m, alternating) in [(5, true), (239, true), (26, false), (3, false), (2, true)] {
            let (low, high) = inverse(m, alternating, 600);
            for scale in 1..200 {
                let (lower, upper) = inverse(m, alternating, scale);
                let drop = 600 - scale;
                assert!((lower << drop) <= low && high <= (upper << drop), "1/{m} with {scale} places");
            }
        }
    }
}
