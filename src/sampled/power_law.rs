//! Powers fitted to measurements: least squares on logarithms.

use statrs::distribution::{ContinuousCDF, StudentsT};

/// The chance that the interval of an exponent misses, were the logarithms' deviations from a line normal.
const MISS: f64 = 0.05;

/// `unit` · size^`exponent`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PowerLaw {
    /// The slope of the line through the logarithms.
    pub exponent: f64,
    /// Its interval of 95 %; nothing with two points.
    pub interval: Option<(f64, f64)>,
    /// The value at size 1.
    pub unit: f64,
}

impl PowerLaw {
    /// The power through (size, value) pairs; nothing with fewer than two sizes, or a size or value that is not positive.
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
        let exponent = logs.iter().map(|log| (log.0 - x) * (log.1 - y)).sum::<f64>() / square;
        let residual: f64 = logs.iter().map(|log| (log.1 - y - exponent * (log.0 - x)).powi(2)).sum();
        let law = StudentsT::new(0.0, 1.0, n - 2.0).ok();
        let half = law.map(|law| law.inverse_cdf(1.0 - MISS / 2.0) * (residual / (n - 2.0) / square).sqrt());
        Some(PowerLaw { exponent, interval: half.map(|half| (exponent - half, exponent + half)), unit: (y - exponent * x).exp() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_power_is_found_with_an_interval_around_it() {
        let exact: Vec<(f64, f64)> = [1.0f64, 2.0, 4.0, 8.0].iter().map(|x| (*x, 3.0 * x.powf(1.5))).collect();
        let found = PowerLaw::fitted(&exact).unwrap();
        assert!((found.exponent - 1.5).abs() < 1e-12 && (found.unit - 3.0).abs() < 1e-12);
        // Logs 0, 1, 2 with values 0, 1.5, 2: slope 1, residuals −1/6, 1/3, −1/6, t_{1, 0.975} = 12.7062.
        let found = PowerLaw::fitted(&[(1.0, 1.0), (1f64.exp(), 1.5f64.exp()), (2f64.exp(), 2f64.exp())]).unwrap();
        let half = 12.7062 * (1.0f64 / 6.0 / 2.0).sqrt();
        let (low, high) = found.interval.unwrap();
        assert!((high - 1.0 - half).abs() < 1e-3 && (low - 1.0 + half).abs() < 1e-3, "{found:?}");
        assert_eq!(PowerLaw::fitted(&[(1.0, 2.0), (2.0, 2.0)]).unwrap().interval, None);
        assert_eq!(PowerLaw::fitted(&[(1.0, 2.0), (2.0, 0.0)]), None);
        assert_eq!(PowerLaw::fitted(&[(1.0, 2.0)]), None);
    }
}
