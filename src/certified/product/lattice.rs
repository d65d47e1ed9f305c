//! Medians of S between lattice laws: one stochastically below it, one above.
//!
//! A lattice law has its mass at multiples of a step, in whole units of 2⁻³⁰, and the rest at −∞ (below) or +∞ (above). Rounding its
//! points and its distribution function away from the truth keeps the order; so does adding independent summands. Convolutions are
//! exact, in integers modulo a prime that no sum of products reaches, so both bounds are rigorous up to the values of the one-factor
//! distribution function, which are moved outwards by four times their error.

use super::Product;
use super::density::log_cdf;
use super::ntt::self_or_pair;

/// Units of mass.
const UNIT: u64 = 1 << 30;
/// By how much values of a distribution function are moved outwards.
const OUTWARD: f64 = 1.0 / (1u64 << 38) as f64;
/// The aim for the width of a bracket.
const AIM: f64 = 9e-4;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Below,
    Above,
}

/// Mass `weights[i]` at (first + i) 2^−fineness.
#[derive(Clone, Debug)]
struct Lattice {
    side: Side,
    fineness: u32,
    first: i64,
    weights: Vec<u64>,
}

/// Numbers that the median of S lies between.
pub fn median(product: Product) -> (f64, f64) {
    let fineness = (1.2 * product.depth as f64 / AIM).log2().ceil().max(6.0) as u32;
    let end = |side| Lattice::of(product, side, fineness).summed(product.depth).median();
    (end(Side::Below), end(Side::Above))
}

impl Lattice {
    /// One factor.
    fn of(product: Product, side: Side, fineness: u32) -> Self {
        let shares = product.shares();
        let cdf = |x: f64| log_cdf(x, &shares);
        let step = 0.5f64.powi(fineness as i32);
        // Outwards in whole steps of one until the tails are light: they go to infinity, and a median of S moves by about 2.5 times what
        // all of them weigh, times a standard deviation of at most 2.3 √depth.
        let tail = 1e-4 / (5.75 * (product.depth as f64).powf(1.5));
        let mut low = 0.0;
        while cdf(low) > tail {
            low -= 1.0;
        }
        let mut high = 0.0;
        while cdf(high) < 1.0 - tail {
            high += 1.0;
        }
        let first = (low / step) as i64;
        let count = ((high - low) / step) as usize;
        let mut before = 0;
        let mut heights = Vec::with_capacity(count + 1);
        for index in 0..=count {
            let value = cdf((first + index as i64) as f64 * step);
            let height = match side {
                Side::Below => ((value + OUTWARD) * UNIT as f64).ceil().min(UNIT as f64),
                Side::Above => ((value - OUTWARD) * UNIT as f64).floor().max(0.0),
            };
            // A distribution function increases: so do bounds on it.
            before = before.max(height as u64);
            heights.push(before);
        }
        Lattice::from_heights(side, fineness, first, &heights)
    }

    /// The law whose distribution function is bounded by the heights at successive points: from above for a law below, whose mass
    /// moves down to the next point; from below for a law above, whose mass moves up.
    fn from_heights(side: Side, fineness: u32, first: i64, heights: &[u64]) -> Self {
        let steps = heights.windows(2).map(|pair| pair[1] - pair[0]);
        let ends = (heights.first().copied().unwrap_or(0), heights.last().copied().unwrap_or(0));
        let weights: Vec<u64> = match side {
            // What lies below all points is at −∞; what lies above them moves down to the last.
            Side::Below => steps.chain([UNIT - ends.1]).collect(),
            // What lies below all points moves up to the first; what lies above them is at +∞.
            Side::Above => [ends.0].into_iter().chain(steps).collect(),
        };
        Lattice { side, fineness, first, weights }
    }

    /// The sum of independent variables of these laws.
    fn plus(&self, other: &Lattice) -> Self {
        let fineness = self.fineness.min(other.fineness);
        let (left, right) = (self.coarsened(fineness), other.coarsened(fineness));
        let products = self_or_pair(&left.weights, &right.weights);
        let total: u64 = products.iter().sum();
        // Cumulative mass in units of 2⁻⁶⁰ to whole units of 2⁻³⁰, outwards.
        let mut mass = if self.side == Side::Below { UNIT * UNIT - total } else { 0 };
        let mut before = mass.div_ceil(UNIT);
        let mut weights = Vec::with_capacity(products.len());
        for product in products {
            mass += product;
            let height = if self.side == Side::Below { mass.div_ceil(UNIT) } else { mass / UNIT };
            weights.push(height - before);
            before = height;
        }
        let leading = weights.iter().take_while(|weight| **weight == 0).count();
        let trailing = weights.iter().rev().take_while(|weight| **weight == 0).count();
        let kept = leading.min(weights.len())..weights.len().saturating_sub(trailing).max(leading);
        let weights = weights[kept].to_vec();
        Lattice { side: self.side, fineness, first: left.first + right.first + leading as i64, weights }
    }

    /// The sum of `count` ≥ 1 independent variables of this law, by repeated doubling; the lattice is coarsened at every other one, so
    /// that the number of its points stays and the last roundings weigh no more than the first.
    fn summed(self, count: usize) -> Self {
        let mut sum: Option<Lattice> = None;
        let mut power = self;
        let (mut left, mut doublings) = (count, 0);
        loop {
            if left % 2 == 1 {
                sum = Some(sum.map_or_else(|| power.clone(), |sum| sum.plus(&power)));
            }
            left /= 2;
            if left == 0 {
                return sum.unwrap_or(power);
            }
            power = power.plus(&power);
            doublings += 1;
            if doublings % 2 == 0 {
                power = power.coarsened(power.fineness - 1);
            }
        }
    }

    /// The law with its points moved to a coarser lattice.
    fn coarsened(&self, fineness: u32) -> Self {
        let shift = self.fineness - fineness;
        if shift == 0 {
            return self.clone();
        }
        let moved = |index: usize| {
            let place = self.first + index as i64;
            if self.side == Side::Below { place >> shift } else { -((-place) >> shift) }
        };
        let first = moved(0);
        let mut weights = vec![0; (moved(self.weights.len().saturating_sub(1)) - first + 1) as usize];
        for (index, weight) in self.weights.iter().enumerate() {
            weights[(moved(index) - first) as usize] += weight;
        }
        Lattice { side: self.side, fineness, first, weights }
    }

    /// A number not above every median of a law below, not below every median of a law above.
    fn median(&self) -> f64 {
        let total: u64 = self.weights.iter().sum();
        let mut mass = if self.side == Side::Below { UNIT - total } else { 0 };
        let reached = |mass: u64| if self.side == Side::Below { 2 * mass >= UNIT } else { 2 * mass > UNIT };
        if reached(mass) {
            return f64::NEG_INFINITY;
        }
        for (index, weight) in self.weights.iter().enumerate() {
            mass += weight;
            if reached(mass) {
                return (self.first + index as i64) as f64 * 0.5f64.powi(self.fineness as i32);
            }
        }
        f64::INFINITY
    }
}
