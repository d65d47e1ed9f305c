//! Moments of χ² laws, plain and gated, of any real order.
//!
//! E(χ²_d)^q = 2^q Γ(d/2 + q)/Γ(d/2) for q > −d/2. A gated χ²_d keeps each of its d squares with probability 1/2 and is 0 if it
//! keeps none: E (·)^q over the rest is 2^−d Σ_{K≥1} C(d, K) E(χ²_K)^q, q > −1/2.

use std::cmp::Ordering;

use dashu::integer::{IBig, UBig};
use dashu::rational::RBig;

use super::asymptotic::{log_gamma, log_gamma_of_half};
use super::binomial::{binomial, exact_binomial};
use super::exponential::exp;
use crate::formula::ball::{Ball, Precision};
use crate::formula::number::Undefined;

/// The most factors or differences of an exact moment.
const LONGEST: u64 = 2000;

/// E(χ²_d)^q for q > −d/2.
///
/// # Errors
/// [`Undefined::OutOfDomain`] if q ≤ −d/2, [`Undefined::Undecided`] if it may be.
pub fn chi_square_moment(d: u64, q: &Ball, precision: Precision) -> Result<Ball, Undefined> {
    let twice = q.shifted(1);
    above(&twice, -i64::try_from(d).map_err(|_| Undefined::TooLarge)?, "chi_square_moment(d, p, q) takes q above -d/2 for p = 1")?;
    if q.is_exact() && q.contains_zero() {
        return Ok(Ball::from_integer(1));
    }
    // Both logarithms are about x ln x, and it is their absolute error that counts.
    let size = twice.abs().ends().1.order().max(0) as usize + d.ilog2() as usize;
    let guarded = precision.plus(2 * size + 24);
    let shape = q.plus(&Ball::from_integer(d as i64).shifted(-1), guarded.plus(q.precision()))?;
    let scale = q.times(&super::ln_two(guarded), guarded)?;
    let log = scale.plus(&log_gamma(&shape, guarded)?, guarded)?.minus(&log_gamma_of_half(d, guarded)?, guarded)?;
    exp(&log, precision)
}

/// 2^−d Σ_{K≥1} C(d, K) E(χ²_K)^q for q > −1/2.
///
/// The terms t_K are positive. With c_K = C(d, K + 2)/C(d, K), which decreases in K, t_{K+2}/t_K = c_K (K + 2q)/K. Sums run outwards
/// from the middle along K of either parity, and stop where what is left is negligible: above K it is at most t_K r/(1 − r) with
/// r = c_K max(1, 1 + 2q/K), below K at most the same with r = max(1, 1/(1 + 2q))/c_{K−2}, since (k + 2q)/k ≥ min(1, 1 + 2q) for k ≥ 1.
///
/// # Errors
/// [`Undefined::OutOfDomain`] if q ≤ −1/2, [`Undefined::Undecided`] if it may be.
pub fn gated_chi_square_moment(d: u64, q: &Ball, precision: Precision) -> Result<Ball, Undefined> {
    let twice = q.shifted(1);
    above(&twice, -1, "chi_square_moment(d, p, q) takes q above -1/2 for p = 1/2")?;
    let guarded = precision.plus(2 * d.ilog2() as usize + 24);
    let terms = Terms { d, q, lift: twice.plus(&Ball::from_integer(1), guarded.plus(q.precision()))?, precision: guarded };
    let middle = d.div_ceil(2);
    let mut sum = Ball::zero();
    for start in [middle, middle + 1] {
        if start <= d {
            sum = terms.outwards(start, &sum)?;
        }
    }
    Ok(sum.rounded(precision))
}

/// The terms of the gated moment.
struct Terms<'a> {
    d: u64,
    q: &'a Ball,
    /// 1 + 2q > 0
    lift: Ball,
    precision: Precision,
}

impl Terms<'_> {
    /// `sum` and all terms of the parity of `start`.
    fn outwards(&self, start: u64, sum: &Ball) -> Result<Ball, Undefined> {
        let count = |k: u64| binomial(self.d, k as i64, self.precision);
        let moment = chi_square_moment(start, self.q, self.precision)?;
        let first = count(start)?.times(&moment, self.precision)?.shifted(-(self.d as i64));
        let mut sum = sum.plus(&first, self.precision)?;
        let (mut k, mut term) = (start, first.clone());
        while k + 2 <= self.d {
            let binomials = self.binomials(k)?;
            let growth = self.growth(k)?;
            let bound = binomials.times(&growth.hull(&Ball::from_integer(1)), self.precision)?;
            if let Some(rest) = self.negligible(&term, &bound, &sum)? {
                sum = sum.plus(&rest, self.precision)?;
                break;
            }
            term = term.times(&binomials, self.precision)?.times(&growth, self.precision)?;
            sum = sum.plus(&term, self.precision)?;
            k += 2;
        }
        let steepest = Ball::from_integer(1).over(&self.lift, self.precision)?.hull(&Ball::from_integer(1));
        let (mut k, mut term) = (start, first);
        while k > 2 {
            let binomials = Ball::from_integer(1).over(&self.binomials(k - 2)?, self.precision)?;
            if let Some(rest) = self.negligible(&term, &binomials.times(&steepest, self.precision)?, &sum)? {
                return sum.plus(&rest, self.precision);
            }
            term = term.times(&binomials, self.precision)?.over(&self.growth(k - 2)?, self.precision)?;
            sum = sum.plus(&term, self.precision)?;
            k -= 2;
        }
        Ok(sum)
    }

    /// C(d, k + 2)/C(d, k) for k + 2 ≤ d.
    fn binomials(&self, k: u64) -> Result<Ball, Undefined> {
        let product = |a: u64, b: u64| Ball::from_rational(&RBig::from(UBig::from(a) * b), self.precision);
        product(self.d - k, self.d - k - 1).over(&product(k + 1, k + 2), self.precision)
    }

    /// E(χ²_{k+2})^q/E(χ²_k)^q = (k + 2q)/k.
    fn growth(&self, k: u64) -> Result<Ball, Undefined> {
        let k = Ball::from_integer(k as i64);
        // 1 + 2q is formed without loss where q is near −1/2.
        self.lift.plus(&k.minus(&Ball::from_integer(1), self.precision)?, self.precision)?.over(&k, self.precision)
    }

    /// [0, term · r/(1 − r)], if r ≤ 1/2 and that is negligible beside the sum.
    fn negligible(&self, term: &Ball, r: &Ball, sum: &Ball) -> Result<Option<Ball>, Undefined> {
        let half = Ball::from_integer(1).shifted(-1);
        let small = term.ends().1.order() + self.precision.0 as i64 + 2 < sum.ends().0.order();
        if !small || r.compare(&half) != Some(Ordering::Less) {
            return Ok(None);
        }
        // r/(1 − r) ≤ 1.
        Ok(Some(Ball::zero().hull(term)))
    }
}

/// An error unless `x` > `bound` for certain.
fn above(x: &Ball, bound: i64, says: &str) -> Result<(), Undefined> {
    match x.compare(&Ball::from_integer(bound)) {
        Some(Ordering::Greater) => Ok(()),
        None => Err(Undefined::Undecided(format!("whether {says}"))),
        Some(_) => Err(Undefined::OutOfDomain(says.to_owned())),
    }
}

/// E(χ²_d)^q for an integer q > −d/2: d (d + 2) ⋯ (d + 2q − 2), and 1/((d − 2) ⋯ (d − 2|q|)) for q < 0. `None` if it has too many
/// factors.
pub(in crate::formula) fn exact_chi_square_moment(d: u64, q: i64) -> Option<RBig> {
    let factors = q.unsigned_abs();
    if factors > LONGEST {
        return None;
    }
    let product = |first: u64, last: u64| (first..=last).step_by(2).fold(UBig::ONE, |product, factor| product * factor);
    Some(match q.cmp(&0) {
        Ordering::Greater => RBig::from(product(d, d + 2 * (factors - 1))),
        Ordering::Equal => RBig::ONE,
        Ordering::Less => RBig::ONE / RBig::from(product(d - 2 * factors, d - 2)),
    })
}

/// 2^−d Σ_{K≥1} C(d, K) K (K + 2) ⋯ (K + 2q − 2) for an integer q ≥ 0. `None` if it has too many terms.
///
/// For q ≥ 1 the product f(K) vanishes at 0, so the sum is that over all K: Σ_j Δ^j f(0) C(d, j)/2^j, by Newton's forward differences
/// and E C(K, j) = C(d, j)/2^j for K ~ Bin(d, 1/2).
pub(in crate::formula) fn exact_gated_chi_square_moment(d: u64, q: i64) -> Option<RBig> {
    let order = u64::try_from(q).ok()?;
    let terms = order.min(d);
    if order > LONGEST || terms > LONGEST / 4 || (order == 0 && d > LONGEST) {
        return None;
    }
    if order == 0 {
        return Some(RBig::ONE - RBig::ONE / RBig::from(UBig::ONE << d as usize));
    }
    let mut differences: Vec<IBig> =
        (0..=terms).map(|k| (0..order).fold(IBig::ONE, |product, i| product * IBig::from(k + 2 * i))).collect();
    let mut sum = RBig::ZERO;
    for j in 0..=terms {
        let share = RBig::from_parts(IBig::from(exact_binomial(d, j.min(d - j))), UBig::ONE << j as usize);
        sum += RBig::from(differences[0].clone()) * share;
        differences = differences.windows(2).map(|pair| &pair[1] - &pair[0]).collect();
    }
    Some(sum)
}
