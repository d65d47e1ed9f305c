//! Cumulants of the logarithm of χ² laws, plain and gated.
//!
//! The cumulants of ln χ²_d are ψ(d/2) + ln 2, ψ'(d/2), ψ''(d/2), …. A gated χ²_d keeps each of its d squares with probability 1/2; given
//! that it keeps one, its logarithm is the mixture of the ln χ²_K with weights C(d, K)/(2^d − 1), K ≥ 1.

use dashu::integer::UBig;
use dashu::rational::RBig;

use super::asymptotic::{digamma_of_half, polygamma_of_half};
use super::binomial::{binomial, exact_binomial};
use super::ln_two;
use crate::formula::ball::{Ball, Precision};
use crate::formula::number::Undefined;

/// The highest order.
pub const MOST: u32 = 5;

/// The cumulant of order n of ln χ²_d.
///
/// # Errors
/// [`Undefined::OutOfDomain`] if d is 0.
pub fn log_chi_square_cumulant(d: u64, n: u32, precision: Precision) -> Result<Ball, Undefined> {
    match n {
        1 => digamma_of_half(d, precision.plus(2))?.plus(&ln_two(precision.plus(2)), precision),
        _ => polygamma_of_half(n - 1, d, precision),
    }
}

/// The cumulant of order n of the logarithm of a gated χ²_d that keeps a square.
///
/// Moments about a fixed pivot are summed over the K within t of d/2. By Hoeffding's inequality the others weigh at most
/// 2 e^(−2t²/d), and a moment of order n ≤ 5 of ln χ²_K about a pivot between those of K = 1 and K = d is at most (ln d + 9)^n < 2^32.
///
/// # Errors
/// As [`log_chi_square_cumulant`].
pub fn gated_log_chi_square_cumulant(d: u64, n: u32, precision: Precision) -> Result<Ball, Undefined> {
    let orders = n as usize;
    let guarded = precision.plus(32 + (orders + 1) * (d.max(1).ilog2() as usize + 1));
    let reach = (d as f64 * (guarded.0 + 40) as f64 * 0.35).sqrt().ceil() as u64 + 1;
    let middle = d.div_ceil(2);
    let (low, high) = (middle.saturating_sub(reach).max(1), (middle + reach).min(d));
    let mut derivatives = [Derivatives::at(low, n, guarded)?, Derivatives::at(low + 1, n, guarded)?];
    let pivot = Ball::point(digamma_of_half(middle, guarded)?.middle());
    let mut weight = binomial(d, low as i64, guarded)?.shifted(-(d as i64));
    let mut moments = vec![Ball::zero(); orders];
    for k in low..=high {
        let here = &mut derivatives[((k - low) % 2) as usize];
        for (sum, moment) in moments.iter_mut().zip(here.moments(&pivot, guarded)?) {
            *sum = sum.plus(&weight.times(&moment, guarded)?, guarded)?;
        }
        here.advance(guarded)?;
        weight = weight.times(&Ball::from_rational(&RBig::from_parts((d - k).into(), UBig::from(k + 1)), guarded), guarded)?;
    }
    let one = Ball::from_integer(1);
    let alive = one.minus(&one.shifted(-(d as i64)), guarded)?;
    let rest = one.shifted(-(guarded.0 as i64));
    let whole = low == 1 && high == d;
    for moment in &mut moments {
        if !whole {
            *moment = moment.plus(&rest.hull(&rest.negated()), guarded)?;
        }
        *moment = moment.over(&alive, guarded)?;
    }
    let cumulant = cumulant(&moments, guarded)?;
    let shift = if n == 1 { pivot.plus(&ln_two(guarded), guarded)? } else { Ball::zero() };
    cumulant.plus(&shift, precision)
}

/// ψ and its derivatives at K/2, for K of one parity in ascending order.
struct Derivatives {
    k: u64,
    values: Vec<Ball>,
}

impl Derivatives {
    fn at(k: u64, count: u32, precision: Precision) -> Result<Self, Undefined> {
        let value = |order| if order == 0 { digamma_of_half(k, precision) } else { polygamma_of_half(order, k, precision) };
        Ok(Derivatives { k, values: (0..count).map(value).collect::<Result<_, _>>()? })
    }

    /// From x = K/2 to x + 1: ψ^(m)(x + 1) = ψ^(m)(x) + (−1)^m m!/x^(m+1).
    fn advance(&mut self, precision: Precision) -> Result<(), Undefined> {
        let inverse = Ball::from_rational(&RBig::from_parts(2.into(), UBig::from(self.k)), precision);
        let mut step = inverse.clone();
        for (value, m) in self.values.iter_mut().zip(1i64..) {
            *value = value.plus(&step, precision)?;
            step = step.times(&inverse, precision)?.times(&Ball::from_integer(-m), precision)?;
        }
        self.k += 2;
        Ok(())
    }

    /// The moments of ln(χ²_K/2) about the pivot, from its cumulants: m_n = Σ_j C(n − 1, j − 1) κ_j m_{n−j}.
    fn moments(&self, pivot: &Ball, precision: Precision) -> Result<Vec<Ball>, Undefined> {
        let mut moments = vec![Ball::from_integer(1)];
        for n in 1..=self.values.len() {
            let mut sum = Ball::zero();
            for j in 1..=n {
                let cumulant = if j == 1 { self.values[0].minus(pivot, precision)? } else { self.values[j - 1].clone() };
                sum = sum.plus(&chosen(n - 1, j - 1).times(&cumulant, precision)?.times(&moments[n - j], precision)?, precision)?;
            }
            moments.push(sum);
        }
        Ok(moments.split_off(1))
    }
}

/// The last cumulant that moments of the orders 1, 2, … have.
fn cumulant(moments: &[Ball], precision: Precision) -> Result<Ball, Undefined> {
    let mut cumulants: Vec<Ball> = vec![];
    for n in 1..=moments.len() {
        let mut value = moments[n - 1].clone();
        for j in 1..n {
            let term = chosen(n - 1, j - 1).times(&cumulants[j - 1], precision)?.times(&moments[n - j - 1], precision)?;
            value = value.minus(&term, precision)?;
        }
        cumulants.push(value);
    }
    cumulants.pop().ok_or_else(|| Undefined::OutOfDomain("cumulants have an order of at least 1".into()))
}

fn chosen(n: usize, k: usize) -> Ball {
    Ball::from_rational(&RBig::from(exact_binomial(n as u64, k.min(n - k) as u64)), Precision(64))
}
