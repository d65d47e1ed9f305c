//! The law of S beside the normal law that it tends to at critical variance 1/(p d) as d grows with depth/d fixed.

use dashu::rational::RBig;
use rayon::prelude::*;

use super::density::log_cdf;
use super::{Inversion, Product};
use crate::claim::{Gathered, Observation, Point, Truth, Unsettled};
use crate::formula::{Ball, Precision};

/// The places, from −SPAN to SPAN standard deviations, where two distribution functions are compared, per deviation.
const PLACES: i32 = 64;
const SPAN: i32 = 7;
/// Between places a gap exceeds those next to it by less than this share: its second derivative is a few times the gap itself, and the
/// places are 1/64 apart.
const BETWEEN: f64 = 1e-3;

/// The distribution function of S that the point's `width`, `p` and `depth` describe, inverted.
///
/// # Errors
/// If the point lacks a name.
pub fn inverted_law(point: &Point) -> Result<impl Fn(f64) -> f64 + use<>, Unsettled> {
    let law = Inversion::by_characteristic_function(Product::at(point)?)?;
    Ok(move |s| law.cdf(s))
}

/// The distribution function of the normal limit of S: that of ln‖a^L‖² at critical variance, first order in 1/d, less depth ln σ².
///
/// # Errors
/// If the point lacks a name.
pub fn normal_limit(point: &Point) -> Result<impl Fn(f64) -> f64 + use<>, Unsettled> {
    let product = Product::at(point)?;
    let (mean, deviation) = limit(product);
    Ok(move |s| normal((s - mean) / deviation))
}

/// sup |P(S ≤ s) − normal limit| at every point.
///
/// # Errors
/// If a point lacks a name.
pub fn normal_distances(points: &[Point]) -> Result<Gathered, Unsettled> {
    let observe = |point: &Point| {
        let product = Product::at(point)?;
        let law = Inversion::by_characteristic_function(product)?;
        let (mean, deviation) = limit(product);
        let gap = |place: i32| {
            let z = f64::from(place) / f64::from(PLACES);
            (law.cdf(mean + z * deviation) - normal(z)).abs()
        };
        let largest = (-SPAN * PLACES..=SPAN * PLACES).map(gap).fold(0.0, f64::max);
        let exact = |x: f64| RBig::try_from(x).map_err(|_| Unsettled::Inconclusive(format!("{point}: the gap {x} is no number")));
        let ball = |x: &RBig| Ball::from_rational(x, Precision(64));
        let truth = ball(&exact(largest * (1.0 - 1e-9))?).hull(&ball(&exact(largest * (1.0 + BETWEEN))?));
        Ok(Observation { point: point.clone(), truth: Truth::Enclosed(truth) })
    };
    Ok(Gathered { observations: points.par_iter().map(observe).collect::<Result<_, Unsettled>>()?, ..Gathered::default() })
}

/// Mean and standard deviation of the limit.
fn limit(product: Product) -> (f64, f64) {
    let (d, depth) = (product.width as f64, product.depth as f64);
    let (mean, variance, critical) = if product.gated { (-2.5, 5.0, 2.0 / d) } else { (-1.0, 2.0, 1.0 / d) };
    (depth * (mean / d - critical.ln()), (depth * variance / d).sqrt())
}

/// Φ(z), from P(χ²_1 ≤ z²) = 2Φ(|z|) − 1.
fn normal(z: f64) -> f64 {
    let central = if z == 0.0 { 0.0 } else { log_cdf(2.0 * z.abs().ln(), &[1.0]) };
    if z < 0.0 { (1.0 - central) / 2.0 } else { f64::midpoint(1.0, central) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_normal_law_has_its_tabulated_values() {
        for (z, value) in [(0.0, 0.5), (1.0, 0.841_344_746_068_542_9), (-1.96, 0.024_997_895_148_220_4), (3.5, 0.999_767_370_920_964_4)] {
            assert!((normal(z) - value).abs() < 1e-13, "{z}: {}", normal(z));
        }
    }

    #[test]
    fn wider_nets_are_nearer_to_their_limit() {
        let gap = |width: u32| {
            let point = Point::new().at("width", width).at("p", 1).at("depth", width);
            let found = normal_distances(&[point]).unwrap();
            let Truth::Enclosed(gap) = &found.observations[0].truth else { panic!("an enclosure") };
            gap.to_scaled().to_f64()
        };
        let (narrow, wide) = (gap(16), gap(64));
        assert!(narrow < 0.4 / 16.0 && (3.0..5.0).contains(&(narrow / wide)), "{narrow}, {wide}");
    }
}
