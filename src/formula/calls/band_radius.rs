//! The spectral radius of a banded matrix of ones.
//!
//! T is n × n with ones where |i − j| ≤ m. For every positive vector x, min_i (T x)_i/x_i ≤ ρ(T) ≤ max_i (T x)_i/x_i (L. Collatz,
//! *Einschließungssatz für die charakteristischen Zahlen von Matrizen*, Math. Z. 48, 1942; H. Wielandt, *Unzerlegbare, nicht negative
//! Matrizen*, Math. Z. 52, 1950). Vectors are integers, so both quotients are bracketed exactly; how a vector was found does not
//! matter. It is found by the iteration x ← (λ − T)⁻¹x with λ the upper bound of x, whose bounds converge quadratically (T. Noda, *Note
//! on the computation of the maximal eigenvalue of a non-negative irreducible matrix*, Numer. Math. 17, 1971).

use std::collections::VecDeque;

use dashu::base::BitTest;
use dashu::integer::IBig;

use crate::formula::ball::dyadic::Dyadic;
use crate::formula::ball::{Ball, Precision};
use crate::formula::number::Undefined;

/// The most rows times squared half bandwidth: a larger matrix takes seconds.
const LARGEST: u64 = 10_000;

/// Iterations after which the bounds are what they are; a handful is enough.
const MOST: usize = 60;

/// ρ(T) for n ≥ 1 and m ≥ 0.
///
/// # Errors
/// [`Undefined::OutOfDomain`] if n m² is beyond 10⁴ and m < n − 1.
pub fn band_radius(n: u64, m: u64, precision: Precision) -> Result<Ball, Undefined> {
    if let Some(whole) = exact_band_radius(n, m) {
        return Ok(Ball::from_integer(i64::try_from(whole).map_err(|_| Undefined::TooLarge)?));
    }
    if m.checked_mul(m).and_then(|square| square.checked_mul(n)).is_none_or(|work| work > LARGEST) {
        return Err(Undefined::OutOfDomain(format!("band_radius(n, m) takes n m^2 up to {LARGEST} where m < n - 1")));
    }
    let (n, m) = (n as usize, m as usize);
    // An entry of the vector is at least about 1/n² of the largest, and the last pivot of λ − T is small.
    let bits = precision.0 + 4 * n.ilog2() as usize + 32;
    let mut vector: Vec<IBig> = (1..=n).map(|i| IBig::from(arch(i, n, m)) << (bits - 32)).collect();
    let (mut lower, mut upper) = bounds(&vector, m, bits);
    for _ in 0..MOST {
        if ((&upper - &lower) << precision.0) <= lower {
            break;
        }
        let Some(next) = resolvent(&vector, m, &upper, bits) else { break };
        let (low, high) = bounds(&next, m, bits);
        if high >= upper && low <= lower {
            break;
        }
        vector = next;
        (lower, upper) = (lower.max(low), upper.min(high));
    }
    let end = |x: IBig| Dyadic::new(x, -(bits as i64));
    Ball::between(end(lower), end(upper))
}

/// ρ(T) where T is full or the identity: n or 1.
pub fn exact_band_radius(n: u64, m: u64) -> Option<u64> {
    if m == 0 { Some(1) } else { (m >= n - 1).then_some(n) }
}

/// About the i-th entry of the vector, scaled: half a wave, whose ends lie a little beyond the matrix.
fn arch(i: usize, n: usize, m: usize) -> u64 {
    let beyond = (m - 1) as f64 / 2.0;
    let wave = (std::f64::consts::PI * (i as f64 + beyond) / (n as f64 + 1.0 + 2.0 * beyond)).sin();
    (wave * 2f64.powi(60)).max(1.0) as u64
}

/// Bounds of 2^bits · min (T x)_i/x_i and 2^bits · max (T x)_i/x_i, for x > 0.
fn bounds(vector: &[IBig], m: usize, bits: usize) -> (IBig, IBig) {
    let mut window: IBig = vector[..m].iter().sum();
    let (mut low, mut high) = (None::<IBig>, IBig::ZERO);
    for (i, x) in vector.iter().enumerate() {
        window += vector.get(i + m).unwrap_or(&IBig::ZERO);
        let floor = (&window << bits) / x;
        high = high.max(&floor + IBig::ONE);
        low = Some(low.map_or(floor.clone(), |least| least.min(floor)));
        if i >= m {
            window -= &vector[i - m];
        }
    }
    (low.unwrap_or(IBig::ZERO), high)
}

/// (λ − T)⁻¹ x by the factors of λ − T = (1 + U) D (1 + U)ᵀ, U strictly lower and of the same band, rounded; scaled to entries of `bits`
/// bits; nothing if rounding made a pivot or an entry not positive.
fn resolvent(vector: &[IBig], m: usize, lambda: &IBig, bits: usize) -> Option<Vec<IBig>> {
    let one = IBig::ONE << bits;
    // Of the last m rows: the pivot, and the factors and their products with pivots, by column.
    let mut rows: VecDeque<(IBig, Vec<IBig>)> = VecDeque::with_capacity(m + 1);
    let mut kept: Vec<(IBig, Vec<IBig>)> = Vec::with_capacity(vector.len());
    let mut forward: Vec<IBig> = Vec::with_capacity(vector.len());
    for (i, x) in vector.iter().enumerate() {
        let first = i.saturating_sub(m);
        // scaled[j] = U_ij D_j
        let mut scaled: Vec<IBig> = Vec::with_capacity(i - first);
        for j in first..i {
            let (_, other) = &rows[j - first];
            let other_first = j.saturating_sub(m);
            let common = (first.max(other_first)..j).map(|k| &scaled[k - first] * &other[k - other_first]).sum::<IBig>();
            scaled.push(-&one - (common >> bits));
        }
        let factors: Vec<IBig> = scaled.iter().zip(&rows).map(|(product, (pivot, _))| (product << bits) / pivot).collect();
        let square: IBig = scaled.iter().zip(&factors).map(|(product, factor)| product * factor).sum();
        let pivot = lambda - &one - (square >> bits);
        if pivot <= IBig::ZERO {
            return None;
        }
        let known: IBig = factors.iter().zip(&forward[first..]).map(|(factor, y)| factor * y).sum();
        forward.push(x - (known >> bits));
        if rows.len() == m {
            kept.extend(rows.pop_front());
        }
        rows.push_back((pivot, factors));
    }
    kept.extend(rows);
    let mut solution: Vec<IBig> = forward.iter().zip(&kept).map(|(y, (pivot, _))| (y << bits) / pivot).collect();
    for i in (0..solution.len()).rev() {
        let (first, y) = (i.saturating_sub(m), solution[i].clone());
        for (j, factor) in (first..i).zip(&kept[i].1) {
            solution[j] -= (factor * &y) >> bits;
        }
    }
    let longest = solution.iter().map(BitTest::bit_len).max().unwrap_or(0);
    let spare = longest.saturating_sub(2 * bits);
    let scaled: Vec<IBig> = solution.into_iter().map(|x| x >> spare).collect();
    scaled.iter().all(|x| *x > IBig::ZERO).then_some(scaled)
}
