//! Laws of products of independent χ² variables, plain or gated: what ‖·‖² of a Gaussian net is after many layers.
//!
//! S = Σ_ℓ ln X_ℓ of independent X_ℓ, each χ²_d, or χ²_K with K ~ Bin(d, 1/2) given K ≥ 1. Its median is enclosed by lattice laws on
//! either side (`lattice`), and computed by two inversions of its transform (`inversion`).

mod complex;
mod density;
mod inversion;
mod lattice;
mod normal;
mod ntt;
mod transform;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use dashu::rational::RBig;
use rayon::prelude::*;

use crate::claim::parameters::exact_number;
use crate::claim::{Gathered, Observation, Point, Truth, Unsettled};
use crate::formula::calls::{gated_log_chi_square_cumulant, log_chi_square_cumulant};
use crate::formula::{Ball, Precision, certify, parse};

pub use inversion::Inversion;
pub use normal::{inverted_law, normal_distances, normal_limit};

/// The relative accuracy of values, in bits.
const ACCURACY: u32 = 96;
/// The most by which two inversions may differ in a median of S.
const AGREEMENT: f64 = 1e-9;
/// The widest bracket of a median of S by lattices.
const WIDEST: f64 = 1e-3;

/// The law of S = ln X_1 + ⋯ + ln X_depth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Product {
    /// d, the number of squares of a factor.
    pub width: usize,
    /// Whether coins keep each square with probability 1/2, and some square is kept.
    pub gated: bool,
    /// The number of factors.
    pub depth: usize,
}

impl Product {
    /// The product that `width`, `p` (1 or 1/2) and `depth` of a point describe.
    ///
    /// # Errors
    /// If one of them is missing or no such number.
    pub fn at(point: &Point) -> Result<Self, Unsettled> {
        let number = |name: &str| {
            let value = point.get(name).and_then(|node| exact_number(node).ok());
            value.ok_or_else(|| Unsettled::Inconclusive(format!("the point has no rational {name}")))
        };
        let whole = |name: &str| {
            let value = usize::try_from(number(name)?.numerator().clone()).ok().filter(|n| *n > 0);
            value.ok_or_else(|| Unsettled::Inconclusive(format!("{name} must be a positive integer")))
        };
        Ok(Product { width: whole("width")?, gated: number("p")? != RBig::ONE, depth: whole("depth")? })
    }

    /// The cumulant of that order, 1 to 5, of one ln X, to double precision.
    ///
    /// # Errors
    /// If the digamma function cannot be evaluated.
    pub fn cumulant(self, order: u32) -> Result<f64, Unsettled> {
        let of = if self.gated { gated_log_chi_square_cumulant } else { log_chi_square_cumulant };
        let value = of(self.width as u64, order, Precision(64)).map_err(|error| Unsettled::Inconclusive(error.to_string()))?;
        Ok(value.to_scaled().to_f64())
    }

    /// The weights of K = 1, …, width.
    fn shares(self) -> Vec<f64> {
        if !self.gated {
            return (1..=self.width).map(|k| f64::from(u8::from(k == self.width))).collect();
        }
        // Relative to the middle one, which neither overflows nor vanishes.
        let middle = self.width.div_ceil(2);
        let mut shares = vec![1.0; self.width];
        for k in middle + 1..=self.width {
            shares[k - 1] = shares[k - 2] * (self.width - k + 1) as f64 / k as f64;
        }
        for k in (1..middle).rev() {
            shares[k - 1] = shares[k] * (k + 1) as f64 / (self.width - k) as f64;
        }
        let total: f64 = shares.iter().sum();
        shares.into_iter().map(|share| share / total).collect()
    }

    /// The median of S by two inversions that agree to 10⁻⁹.
    ///
    /// # Errors
    /// If they do not.
    pub fn median(self) -> Result<f64, Unsettled> {
        static KNOWN: Known<f64> = Known::new(BTreeMap::new());
        known(&KNOWN, self, || {
            let (first, second) = (Inversion::by_characteristic_function(self)?.quantile(0.5), Inversion::by_contour(self)?.quantile(0.5));
            let apart = (first - second).abs();
            if apart <= AGREEMENT {
                return Ok(f64::midpoint(first, second));
            }
            Err(Unsettled::Inconclusive(format!("{self:?}: the medians {first} and {second} of two inversions differ by {apart:e}")))
        })
    }

    /// Numbers no more than 10⁻³ apart that the median of S lies between, by lattices.
    ///
    /// # Errors
    /// If they are further apart.
    pub fn bracket(self) -> Result<(f64, f64), Unsettled> {
        static KNOWN: Known<(f64, f64)> = Known::new(BTreeMap::new());
        known(&KNOWN, self, || {
            let (low, high) = lattice::median(self);
            if high - low <= WIDEST {
                return Ok((low, high));
            }
            Err(Unsettled::Inconclusive(format!("{self:?}: the bracket [{low}, {high}] is wider than {WIDEST}")))
        })
    }
}

/// What was found of each product: several claims ask for the same.
type Known<T> = Mutex<BTreeMap<Product, Arc<OnceLock<Result<T, Unsettled>>>>>;

fn known<T: Clone>(all: &Known<T>, product: Product, find: impl FnOnce() -> Result<T, Unsettled>) -> Result<T, Unsettled> {
    let cell = Arc::clone(all.lock().unwrap_or_else(PoisonError::into_inner).entry(product).or_default());
    cell.get_or_init(find).clone()
}

/// Enclosures of a function of the median of S, the formula `of` in the name `log_median` and those of each point, by lattices: no wider
/// than 10⁻³ in the median itself.
///
/// # Errors
/// If a bracket is wider, or an enclosure does not reach its accuracy.
pub fn bracketed_medians(points: &[Point], of: &str) -> Result<Gathered, Unsettled> {
    enclosed(points, of, Product::bracket)
}

/// The same functions by two inversions of the transform that agree to 10⁻⁹, which is also the half-width of the enclosure.
///
/// # Errors
/// If the inversions disagree, or an enclosure does not reach its accuracy.
pub fn inverted_medians(points: &[Point], of: &str) -> Result<Gathered, Unsettled> {
    enclosed(points, of, |product| product.median().map(|median| (median - AGREEMENT, median + AGREEMENT)))
}

fn enclosed(points: &[Point], of: &str, bracket: impl Fn(Product) -> Result<(f64, f64), Unsettled> + Sync) -> Result<Gathered, Unsettled> {
    let unclear = |reason: String| Unsettled::Inconclusive(reason);
    let of = parse(of).map_err(|error| unclear(error.to_string()))?;
    let observe = |point: &Point| {
        let (low, high) = bracket(Product::at(point)?)?;
        let at = |end: f64| {
            let end = RBig::try_from(end).map_err(|_| unclear(format!("{end} is no number")))?;
            let values = point.clone().with("log_median", crate::formula::Node::rational(&end));
            certify(&of, values.values(), ACCURACY).map_err(|error| unclear(error.to_string()))
        };
        let truth: Ball = at(low)?.hull(&at(high)?);
        Ok(Observation { point: point.clone(), truth: Truth::Enclosed(truth) })
    };
    Ok(Gathered { observations: points.par_iter().map(observe).collect::<Result<_, Unsettled>>()?, ..Gathered::default() })
}

#[cfg(test)]
mod tests;
