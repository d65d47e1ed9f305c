//! The distribution function of S from its transform, on two routes that share neither path of integration, quadrature nor ln Γ.

use std::f64::consts::PI;

use super::Product;
use super::complex::Complex;
use super::transform::{Route, Transform};
use crate::claim::Unsettled;

/// Aliases and truncated tails stay below e^−NEGLIGIBLE.
const NEGLIGIBLE: f64 = 39.0;
/// Nodes of a panel of the second quadrature.
const NODES: usize = 24;

/// F(x) = base + Re Σ c_j e^(−s_j (x − mean of S)).
pub struct Inversion {
    base: f64,
    terms: Vec<(Complex, Complex)>,
    mean: f64,
    deviation: f64,
}

impl Inversion {
    /// J. Gil-Pelaez, *Note on the inversion theorem*, Biometrika 38, 1951, on the imaginary axis by the midpoint rule. Its error at x
    /// is an alternating sum of tails P(S < x − kT), P(S > x + kT), T = 2π/step, which Chernoff's bound makes negligible.
    ///
    /// # Errors
    /// If a cumulant cannot be evaluated.
    pub fn by_characteristic_function(product: Product) -> Result<Self, Unsettled> {
        let (transform, depth, deviation) = prepared(product, Route::Stirling)?;
        let step = 2.0 * PI / (period(&transform, depth) + 6.0 * deviation);
        let mut terms = vec![];
        let mut quiet = 0;
        for k in 0.. {
            let t = (f64::from(k) + 0.5) * step;
            let s = Complex::new(0.0, t);
            let log = transform.log(s) * depth;
            // Once the modulus has stayed negligible for a while, so will the rest.
            quiet = if log.re < -NEGLIGIBLE { quiet + 1 } else { 0 };
            if quiet > 8 {
                break;
            }
            terms.push((s, log.exp() * Complex::new(0.0, step / (PI * t))));
        }
        Ok(Inversion { base: 0.5, terms, mean: depth * transform.mean, deviation })
    }

    /// Mellin's inversion F(x) = −1/(2πi) ∫ E e^(s(S − x)) ds/s along a line to the left of 0, by Gauss–Legendre panels.
    ///
    /// # Errors
    /// If a cumulant cannot be evaluated.
    pub fn by_contour(product: Product) -> Result<Self, Unsettled> {
        let (transform, depth, deviation) = prepared(product, Route::Lanczos)?;
        let abscissa = -(1.0 / deviation).min(-0.6 * transform.least()).min(1.0);
        let rule = gauss_legendre();
        let panel = 1.5 / deviation.max(1.0);
        let mut terms = vec![];
        let mut quiet = 0;
        for k in 0.. {
            for &(node, weight) in &rule {
                let s = Complex::new(abscissa, (f64::from(k) + f64::midpoint(1.0, node)) * panel);
                let log = transform.log(s) * depth;
                quiet = if log.re < -NEGLIGIBLE { quiet + 1 } else { 0 };
                terms.push((s, log.exp() * s.inverse() * (-weight / 2.0 * panel / PI)));
            }
            if quiet > 2 * NODES {
                break;
            }
        }
        Ok(Inversion { base: 0.0, terms, mean: depth * transform.mean, deviation })
    }

    /// P(S ≤ x), for x within a few standard deviations of the mean.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        let shift = -(x - self.mean);
        self.base + self.terms.iter().map(|(s, factor)| ((*s * shift).exp() * *factor).re).sum::<f64>()
    }

    /// The x with P(S ≤ x) = probability, by bisection.
    #[must_use]
    pub fn quantile(&self, probability: f64) -> f64 {
        let (mut low, mut high) = (self.mean - 12.0 * self.deviation, self.mean + 12.0 * self.deviation);
        for _ in 0..64 {
            let middle = f64::midpoint(low, high);
            if self.cdf(middle) < probability { low = middle } else { high = middle }
        }
        f64::midpoint(low, high)
    }
}

fn prepared(product: Product, route: Route) -> Result<(Transform, f64, f64), Unsettled> {
    let transform = Transform::new(product, product.cumulant(1)?, route);
    let depth = product.depth as f64;
    Ok((transform, depth, (depth * product.cumulant(2)?).sqrt()))
}

/// The T beyond which both tails of S − E S weigh less than e^−NEGLIGIBLE: the least (NEGLIGIBLE + ln E e^(c(S − E S)))/|c| over some c.
fn period(transform: &Transform, depth: f64) -> f64 {
    let reach = |end: f64| {
        let at = |share: i32| {
            let c = end * 0.98 * 0.8f64.powi(share);
            (NEGLIGIBLE + depth * transform.log(Complex::new(c, 0.0)).re) / c.abs()
        };
        (0..50).map(at).fold(f64::INFINITY, f64::min)
    };
    reach(transform.least()).max(reach(-transform.least()))
}

/// Nodes and weights on (−1, 1): the roots of the Legendre polynomial by Newton's method.
fn gauss_legendre() -> Vec<(f64, f64)> {
    let n = NODES as f64;
    let legendre = |x: f64| {
        let (mut before, mut here) = (1.0, x);
        for k in 2..=NODES {
            let k = k as f64;
            (before, here) = (here, ((2.0 * k - 1.0) * x * here - (k - 1.0) * before) / k);
        }
        (here, n * (x * here - before) / (x * x - 1.0))
    };
    let node = |i: usize| {
        let mut x = (PI * (i as f64 + 0.75) / (n + 0.5)).cos();
        for _ in 0..8 {
            let (value, slope) = legendre(x);
            x -= value / slope;
        }
        (x, 2.0 / ((1.0 - x * x) * legendre(x).1.powi(2)))
    };
    (0..NODES).map(node).collect()
}
