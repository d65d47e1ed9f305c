//! `scaling.json`: how time and memory grow with the size of the work, as a bench measured it on a named machine.

use serde::{Deserialize, Serialize};
use statrs::distribution::{ContinuousCDF, StudentsT};

/// The chance that a fitted exponent's interval misses, were the deviations from a power normal.
const MISS: f64 = 0.05;

/// How time and memory grow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScalingDocument {
    /// The document's kind and version.
    pub schema: String,
    /// The version of the suite.
    pub version: String,
    /// The processor.
    pub processor: String,
    /// The pieces of work.
    pub works: Vec<WorkRow>,
}

/// One piece of work at many sizes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkRow {
    /// What was done.
    pub work: String,
    /// One sweep a variable: width, depth, samples, threads.
    pub sweeps: Vec<SweepRow>,
}

/// One variable swept, the others held.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SweepRow {
    /// The variable.
    pub against: String,
    /// What the others were held at, in words.
    pub held: String,
    /// The sizes, ascending.
    pub points: Vec<SizeRow>,
    /// The exponent of a power fitted to the shortest times.
    pub time: Exponent,
    /// The exponent of a power fitted to the memory; nothing where the system does not tell it, or some size took none.
    pub memory: Option<Exponent>,
}

/// One size.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SizeRow {
    /// The value of the variable.
    pub size: f64,
    /// The shortest time, in seconds.
    pub shortest: f64,
    /// The median time, in seconds.
    pub median: f64,
    /// What the peak memory of the process grew by, in MiB.
    pub mebibytes: Option<f64>,
}

/// An exponent, fitted by least squares to logarithms, with its interval of 95 %.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exponent {
    /// The slope.
    pub estimate: f64,
    /// The lower end; nothing with two points.
    pub low: Option<f64>,
    /// The upper end; nothing with two points.
    pub high: Option<f64>,
    /// The fitted value at size 1.
    pub unit: f64,
}

impl Exponent {
    /// The power through (size, value) pairs; nothing with fewer than two sizes, or a value that is not positive.
    #[must_use]
    pub fn fitted(pairs: &[(f64, f64)]) -> Option<Self> {
        if pairs.iter().any(|(size, value)| !(*size > 0.0 && *value > 0.0)) {
            return None;
        }
        let logs: Vec<(f64, f64)> = pairs.iter().map(|(size, value)| (size.ln(), value.ln())).collect();
        let n = logs.len() as f64;
        let mean = |of: fn(&(f64, f64)) -> f64| logs.iter().map(of).sum::<f64>() / n;
        let (x, y) = (mean(|log| log.0), mean(|log| log.1));
        let square: f64 = logs.iter().map(|log| (log.0 - x).powi(2)).sum();
        if logs.len() < 2 || square == 0.0 {
            return None;
        }
        let estimate = logs.iter().map(|log| (log.0 - x) * (log.1 - y)).sum::<f64>() / square;
        let residual: f64 = logs.iter().map(|log| (log.1 - y - estimate * (log.0 - x)).powi(2)).sum();
        let law = StudentsT::new(0.0, 1.0, n - 2.0).ok();
        let half = law.map(|law| law.inverse_cdf(1.0 - MISS / 2.0) * (residual / (n - 2.0) / square).sqrt());
        let (low, high) = (half.map(|half| estimate - half), half.map(|half| estimate + half));
        Some(Exponent { estimate, low, high, unit: (y - estimate * x).exp() })
    }
}

impl ScalingDocument {
    /// The document of a version of the suite on a processor.
    #[must_use]
    pub fn new(version: &str, processor: String, works: Vec<WorkRow>) -> Self {
        ScalingDocument { schema: "vanishing-curvature/scaling/1".to_owned(), version: version.to_owned(), processor, works }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_power_is_found_with_an_interval_around_it() {
        let exact: Vec<(f64, f64)> = [1.0f64, 2.0, 4.0, 8.0].iter().map(|x| (*x, 3.0 * x.powf(1.5))).collect();
        let found = Exponent::fitted(&exact).unwrap();
        assert!((found.estimate - 1.5).abs() < 1e-12 && (found.unit - 3.0).abs() < 1e-12);
        // Logs 0, 1, 2 with values 0, 1.5, 2: slope 1, residuals −1/6, 1/3, −1/6, t_{1, 0.975} = 12.7062.
        let found = Exponent::fitted(&[(1.0, 1.0), (1f64.exp(), 1.5f64.exp()), (2f64.exp(), 2f64.exp())]).unwrap();
        let half = 12.7062 * (1.0f64 / 6.0 / 2.0).sqrt();
        assert!((found.high.unwrap() - 1.0 - half).abs() < 1e-3 && (found.low.unwrap() - 1.0 + half).abs() < 1e-3, "{found:?}");
        assert_eq!(Exponent::fitted(&[(1.0, 2.0), (2.0, 2.0)]).unwrap().low, None);
        assert_eq!(Exponent::fitted(&[(1.0, 2.0), (2.0, 0.0)]), None);
        assert_eq!(Exponent::fitted(&[(1.0, 2.0)]), None);
    }
}
