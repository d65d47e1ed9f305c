//! The certified functions: each returns a ball that encloses its value for every point of its arguments.
//!
//! They rest on integer arithmetic and on the series and remainder bounds named in each file, on no approximation that is not
//! verified. Monotone functions are evaluated at both ends of a ball.

mod asymptotic;
mod band_radius;
mod bernoulli;
mod binomial;
mod chi_square;
mod constants;
mod erlang;
mod exponential;
mod fixed;
mod gamma_median;
mod log_chi_square;
mod logarithm;
mod power_integral;
mod series;

use super::ball::{Ball, Precision};
use super::function::Function;
use super::number::{Number, Undefined};

pub use asymptotic::{digamma_of_half, log_gamma, log_gamma_of_half, polygamma_of_half, trigamma_of_half};
pub use band_radius::band_radius;
pub(super) use band_radius::exact_band_radius;
pub use binomial::binomial;
pub(super) use binomial::exact_binomial;
pub use chi_square::{chi_square_moment, gated_chi_square_moment};
pub(super) use chi_square::{exact_chi_square_moment, exact_gated_chi_square_moment};
pub use constants::{ln_two, pi};
pub use erlang::{erlang_cdf, erlang_survival};
pub use exponential::exp;
pub use gamma_median::gamma_median;
pub use log_chi_square::{gated_log_chi_square_cumulant, log_chi_square_cumulant};
pub use logarithm::ln;
pub use power_integral::power_integral;
pub use series::series;

/// The most degrees of freedom of a χ² law.
const MOST_FREEDOM: u64 = 1_000_000_000;

/// f(arguments), the arity already checked.
///
/// # Errors
/// If an argument is outside the domain, or its ball does not decide that it is inside.
pub fn call(function: Function, arguments: &[Ball], precision: Precision) -> Result<Ball, Undefined> {
    match (function, arguments) {
        (Function::Exp, [x]) => exp(x, precision),
        (Function::Ln, [x]) => ln(x, precision),
        (Function::Sqrt, [x]) => sqrt(x, precision),
        (Function::Pi, []) => Ok(pi(precision)),
        (Function::Binomial, [n, k]) => {
            let (n, k) = (integer(n, "n of binomial(n, k)")?, integer(k, "k of binomial(n, k)")?);
            binomial(natural(n, 0, "n of binomial(n, k)")?, k, precision)
        }
        (Function::GammaMedian, [n]) => gamma_median(natural(integer(n, "n of gamma_median(n)")?, 1, "n of gamma_median(n)")?, precision),
        (Function::ErlangCdf, [n, x]) => {
            erlang_cdf(natural(integer(n, "n of erlang_cdf(n, x)")?, 1, "n of erlang_cdf(n, x)")?, x, precision)
        }
        (Function::Digamma, [x]) => digamma_of_half(half_integer(x, "digamma")?, precision),
        (Function::Trigamma, [x]) => trigamma_of_half(half_integer(x, "trigamma")?, precision),
        (Function::PowerIntegral, [a, b, e]) => power_integral(a, b, integer(e, "e of power_integral(a, b, e)")?, precision),
        (Function::ChiSquareMoment, [d, p, q]) => {
            let d = natural(integer(d, "d of chi_square_moment(d, p, q)")?, 1, "d of chi_square_moment(d, p, q)")?;
            match p.shifted(1).integer(&Precision(64)) {
                _ if d > MOST_FREEDOM => Err(Undefined::OutOfDomain("d of chi_square_moment(d, p, q) is at most 10^9".into())),
                Some(2) => chi_square_moment(d, q, precision),
                Some(1) => gated_chi_square_moment(d, q, precision),
                _ => Err(Undefined::OutOfDomain("chi_square_moment(d, p, q) takes p = 1 or p = 1/2".into())),
            }
        }
        (Function::ChiSquareLogCumulant, [d, p, n]) => {
            let d = natural(integer(d, "d of chi_square_log_cumulant(d, p, n)")?, 1, "d of chi_square_log_cumulant(d, p, n)")?;
            let order = n.integer(&Precision(64)).and_then(|n| u32::try_from(n).ok()).filter(|n| (1..=log_chi_square::MOST).contains(n));
            let outside = |says: &str| Undefined::OutOfDomain(format!("chi_square_log_cumulant(d, p, n) takes {says}"));
            let n = order.ok_or_else(|| outside("an integer n from 1 to 5"))?;
            match p.shifted(1).integer(&Precision(64)) {
                _ if d > MOST_FREEDOM => Err(outside("d up to 10^9")),
                Some(2) => log_chi_square_cumulant(d, n, precision),
                Some(1) => gated_log_chi_square_cumulant(d, n, precision),
                _ => Err(outside("p = 1 or p = 1/2")),
            }
        }
        (Function::BandRadius, [n, m]) => {
            let (n, m) = (integer(n, "n of band_radius(n, m)")?, integer(m, "m of band_radius(n, m)")?);
            band_radius(natural(n, 1, "n of band_radius(n, m)")?, natural(m, 0, "m of band_radius(n, m)")?, precision)
        }
        _ => Err(Undefined::Shape(format!("{} takes {} arguments", function.name(), function.arity()))),
    }
}

/// √x for x ≥ 0.
///
/// # Errors
/// [`Undefined::OutOfDomain`] if x < 0, [`Undefined::Undecided`] if it may be.
pub fn sqrt(x: &Ball, precision: Precision) -> Result<Ball, Undefined> {
    use super::ball::dyadic::Rounding::{Down, Up};
    let (lower, upper) = x.ends();
    if upper.sign() < 0 {
        return Err(Undefined::OutOfDomain("a negative number has no square root".into()));
    }
    if lower.sign() < 0 {
        return Err(Undefined::Undecided("whether the argument of sqrt is negative".into()));
    }
    Ball::between(lower.sqrt(Down, precision.0), upper.sqrt(Up, precision.0))
}

fn integer(x: &Ball, what: &str) -> Result<i64, Undefined> {
    x.integer(&Precision(64)).ok_or_else(|| Undefined::OutOfDomain(format!("{what} must be an integer")))
}

fn natural(n: i64, least: i64, what: &str) -> Result<u64, Undefined> {
    let outside = || Undefined::OutOfDomain(format!("{what} must be at least {least}, not {n}"));
    if n < least { Err(outside()) } else { u64::try_from(n).map_err(|_| outside()) }
}

/// 2x, if x is a positive multiple of one half.
fn half_integer(x: &Ball, function: &str) -> Result<u64, Undefined> {
    let twice = x.shifted(1).integer(&Precision(64)).and_then(|n| u64::try_from(n).ok()).filter(|n| *n > 0);
    twice.ok_or_else(|| Undefined::OutOfDomain(format!("{function} takes positive multiples of one half")))
}

#[cfg(test)]
mod tests;
