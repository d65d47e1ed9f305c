//! Means of independent replicates by Student's t: asymptotic grade.
//!
//! The interval is exact for normal replicates and holds in the limit for all laws of finite variance; at small rates the limit
//! is reached late, so such evidence never refutes alone.

use statrs::distribution::{ChiSquared, ContinuousCDF};

use crate::claim::{Interval, Resolution, Unsettled};
use crate::formula::Scaled;

use super::plan::student_quantile;
use super::summation::{mean, sum};
use super::{finite, outward};

/// The least number of replicates.
pub const LEAST: usize = 64;

/// The interval for the mean of the law of the replicates. It misses with probability `rate`, in the limit.
///
/// # Errors
/// If there are fewer than [`LEAST`] replicates, or one is not finite.
pub fn interval(replicates: &[Scaled], rate: f64, resolution: f64) -> Result<Interval, Unsettled> {
    finite(replicates)?;
    let n = replicates.len();
    if n < LEAST {
        return Err(Unsettled::Inconclusive(format!("{n} replicates are fewer than {LEAST}")));
    }
    let estimate = mean(replicates);
    let squares: Vec<Scaled> = replicates.iter().map(|x| (*x - estimate) * (*x - estimate)).collect();
    let variance = sum(&squares) / Scaled::from((n - 1) as f64 * n as f64);
    let half = Scaled::from(student_quantile(rate / 2.0, (n - 1) as f64)) * square_root(variance);
    let (low, high) = outward(estimate - half, estimate + half);
    Ok(Interval { low, high, estimate, resolution: Resolution::Relative(resolution), n: n as u64 })
}

/// The interval for the mean of the law of replicates whose logarithms are normal in the limit, with exponent mean + variance/2.
/// It misses with probability `rate`, in the limit.
///
/// Products of mean potentials over L layers of N particles are such replicates as L and N grow in proportion.
/// Sources: J. Bérard, P. Del Moral and A. Doucet, *A lognormal central limit theorem for particle approximations of normalizing
/// constants*, Electronic Journal of Probability 19, 2014, no. 94, theorem 1.1; the interval (Cox's) is that of C. E. Land, *An evaluation
/// of approximate confidence interval estimation methods for lognormal means*, Technometrics 14, 1972.
///
/// # Errors
/// If there are fewer than [`LEAST`] replicates, or one is not finite and positive.
pub fn log_normal_interval(replicates: &[Scaled], rate: f64, resolution: Resolution) -> Result<Interval, Unsettled> {
    finite(replicates)?;
    let n = replicates.len();
    if n < LEAST {
        return Err(Unsettled::Inconclusive(format!("{n} replicates are fewer than {LEAST}")));
    }
    if let Some(index) = replicates.iter().position(|x| x.mantissa() <= 0.0) {
        return Err(Unsettled::Inconclusive(format!("replicate {index} of {n} is not positive: too few particles")));
    }
    let logs: Vec<f64> = replicates.iter().map(|x| x.ln()).collect();
    let centre = logs.iter().sum::<f64>() / n as f64;
    let variance = logs.iter().map(|x| (x - centre).powi(2)).sum::<f64>() / (n - 1) as f64;
    let half = student_quantile(rate / 2.0, (n - 1) as f64) * log_deviation(n, variance);
    let [low, estimate, high] = [-half, 0.0, half].map(|off| Scaled::exp(centre + variance / 2.0 + off));
    let (low, high) = outward(low, high);
    Ok(Interval { low, high, estimate, resolution, n: n as u64 })
}

/// The variance of the logarithm of one replicate with which `replicates` of them have an interval whose ends are at most e^`width`
/// apart, except with probability `miss`, if their logarithms are normal.
#[must_use]
pub fn log_variance_for(replicates: usize, width: f64, rate: f64, miss: f64) -> f64 {
    let freedom = (replicates - 1) as f64;
    let deviation = width / 2.0 / student_quantile(rate / 2.0, freedom);
    // variance/n + variance²/(2(n − 1)) = deviation².
    let share = freedom / replicates as f64;
    let variance = 2.0 * freedom * deviation * deviation / (share + (share * share + 2.0 * freedom * deviation * deviation).sqrt());
    variance / inflation(freedom, miss)
}

/// The variance of one replicate, relative to its squared mean, with which `replicates` of them have an interval at most
/// `resolution` wide relative to its lower end, except with probability `miss`, if they are normal.
#[must_use]
pub fn relative_variance_for(replicates: usize, resolution: f64, rate: f64, miss: f64) -> f64 {
    let freedom = (replicates - 1) as f64;
    // Half-width h of the interval relative to the mean: (1 + h)/(1 − h) ≤ 1 + resolution.
    let half = resolution / (2.0 + resolution);
    let inflation = inflation(freedom, miss);
    (half / student_quantile(rate / 2.0, freedom)).powi(2) * replicates as f64 / inflation
}

/// The standard deviation of mean + variance/2 over n normal variables.
fn log_deviation(n: usize, variance: f64) -> f64 {
    (variance / n as f64 + variance * variance / (2 * (n - 1)) as f64).sqrt()
}

/// How far the sample variance of normal replicates exceeds the true one with probability `miss`.
fn inflation(freedom: f64, miss: f64) -> f64 {
    let Ok(law) = ChiSquared::new(freedom) else { return f64::NAN };
    let (mut low, mut high) = (freedom, freedom * 2.0);
    while law.sf(high) > miss {
        high *= 2.0;
    }
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if law.sf(middle) > miss { low = middle } else { high = middle }
    }
    high / freedom
}

fn square_root(x: Scaled) -> Scaled {
    let odd = x.exponent().rem_euclid(2);
    Scaled::new((x.mantissa() * 2f64.powi(odd as i32)).sqrt(), (x.exponent() - odd) / 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_distr::{Distribution, StandardNormal};

    #[test]
    fn a_textbook_interval_is_found_at_any_scale() {
        // 0, …, 63: mean 31.5, sample variance 64·65/12, t_{63, 0.975} = 1.998341.
        for scale in [0, -4001, 5000] {
            let values: Vec<Scaled> = (0..64).map(|i| Scaled::new(f64::from(i), scale)).collect();
            let found = interval(&values, 0.05, 0.1).unwrap();
            let half = 1.998_341 * (64.0f64 * 65.0 / 12.0 / 64.0).sqrt();
            let in_unit = |x: Scaled| Scaled::new(x.mantissa(), x.exponent() - scale).to_f64();
            assert!((in_unit(found.low) - (31.5 - half)).abs() < 1e-5);
            assert!((in_unit(found.high) - (31.5 + half)).abs() < 1e-5);
        }
    }

    #[test]
    fn few_replicates_are_refused() {
        assert!(interval(&[Scaled::from(1.0); LEAST - 1], 0.05, 0.1).is_err());
        assert!(interval(&[Scaled::from(1.0); LEAST], 0.05, 0.1).is_ok());
        assert!(interval(&[Scaled::from(f64::INFINITY); LEAST], 0.05, 0.1).is_err());
    }

    #[test]
    fn the_plan_is_consistent_with_the_interval() {
        // Replicates e^x with x = ±√(63/64): sample variance 1 of the logarithm.
        let (rate, scale) = (1e-6, 3000);
        let at = |sign: f64| Scaled::exp(sign * (63.0f64 / 64.0).sqrt() * 0.7) * Scaled::new(1.0, scale);
        let values: Vec<Scaled> = (0..64).map(|i| at(if i % 2 == 0 { 1.0 } else { -1.0 })).collect();
        let found = log_normal_interval(&values, rate, Resolution::PerLayer { layers: 1000, share: 0.002 }).unwrap();
        let width = (found.high / found.low).ln();
        assert!((log_variance_for(64, width, rate, 0.5) * inflation(63.0, 0.5) - 0.49).abs() < 1e-3, "{width}");
        assert!(log_variance_for(64, width, rate, 1e-6) < 0.49);
        assert!((found.estimate.ln() - (0.245 + f64::from(scale as i32) * std::f64::consts::LN_2)).abs() < 1e-6);
    }

    #[test]
    fn log_normal_replicates_are_covered_at_a_rate_that_can_be_counted() {
        // ln X = 2z: E X = e²; the plain mean of 64 lies below it in most samples.
        let rate = 0.02;
        let missed = |run: u64| {
            let mut generator = crate::sampled::Streams::keyed(run, "replicates", "lognormal").chunk(0);
            let normal = |generator: &mut crate::sampled::Generator| -> f64 { StandardNormal.sample(generator) };
            let values: Vec<Scaled> = (0..64).map(|_| Scaled::exp(2.0 * normal(&mut generator))).collect();
            let found = log_normal_interval(&values, rate, Resolution::Relative(1.0)).unwrap();
            !(found.low <= Scaled::exp(2.0) && Scaled::exp(2.0) <= found.high)
        };
        assert!((0..500).filter(|run| missed(*run)).count() <= 30);
    }

    #[test]
    fn a_dead_replicate_is_refused() {
        let mut values = vec![Scaled::from(1.0); LEAST];
        assert!(log_normal_interval(&values, 0.05, Resolution::Relative(1.0)).is_ok());
        values[3] = Scaled::from(0.0);
        assert!(log_normal_interval(&values, 0.05, Resolution::Relative(1.0)).is_err());
    }

    #[test]
    fn the_plan_of_a_mean_is_consistent_with_its_interval() {
        // Without inflation the width of the interval is (1 + h)/(1 − h) − 1 at the planned variance.
        let variance = relative_variance_for(64, 0.1, 1e-6, 0.5);
        let half = student_quantile(5e-7, 63.0) * (variance / 64.0).sqrt();
        assert!(((1.0 + half) / (1.0 - half) - 1.1).abs() < 2e-3);
        assert!(relative_variance_for(64, 0.1, 1e-6, 1e-6) < variance);
    }
}
