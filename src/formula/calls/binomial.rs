//! Binomial coefficients.

use dashu::integer::UBig;
use dashu::rational::RBig;

use super::asymptotic::log_gamma_of_half;
use super::exponential::exp;
use crate::formula::ball::{Ball, Precision};
use crate::formula::number::Undefined;

/// Up to this many factors the coefficient is multiplied out exactly.
const LARGEST_PRODUCT: u64 = 512;

/// The binomial coefficient C(n, k); 0 outside 0 ≤ k ≤ n.
///
/// # Errors
/// [`Undefined::OutOfDomain`] if n is above 2^61.
pub fn binomial(n: u64, k: i64, precision: Precision) -> Result<Ball, Undefined> {
    let Some(k) = u64::try_from(k).ok().filter(|k| *k <= n).map(|k| k.min(n - k)) else {
        return Ok(Ball::zero());
    };
    if k <= LARGEST_PRODUCT {
        return Ok(Ball::from_rational(&RBig::from(exact_binomial(n, k)), precision));
    }
    if n > 1 << 61 {
        return Err(Undefined::OutOfDomain(format!("binomial(n, k) takes n up to 2^61, not {n}")));
    }
    // ln C(n, k) < n: its size costs bits.
    let guarded = precision.plus(2 * n.ilog2() as usize + 16);
    let log_factorial = |m: u64| log_gamma_of_half(2 * (m + 1), guarded);
    let log = log_factorial(n)?.minus(&log_factorial(k)?, guarded)?.minus(&log_factorial(n - k)?, guarded)?;
    exp(&log, precision)
}

/// C(n, k) for k ≤ n as an integer: after i factors the product is C(n − k + i, i), so every division is exact.
pub(in crate::formula) fn exact_binomial(n: u64, k: u64) -> UBig {
    (1..=k).fold(UBig::ONE, |product, i| product * (n - k + i) / i)
}
