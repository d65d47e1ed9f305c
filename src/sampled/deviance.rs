//! Deviance and relative entropy without cancellation.

/// x ln(x/m) + m − x for x ≥ 0, m > 0: the deviance of a Poisson count x with mean m, to full relative precision.
///
/// Source: C. Loader, *Fast and accurate computation of binomial probabilities*, 2000, `bd0`.
pub(super) fn deviance(x: f64, mean: f64) -> f64 {
    if x == 0.0 {
        return mean;
    }
    let v = (x - mean) / (x + mean);
    if v.abs() >= 0.1 {
        return x * (x / mean).ln() + mean - x;
    }
    // ln((1+v)/(1−v)) = 2(v + v³/3 + …) with x/m = (1+v)/(1−v); the first term combines with m − x to (x − m)v.
    let mut sum = (x - mean) * v;
    let mut power = 2.0 * x * v;
    for j in 1.. {
        power *= v * v;
        let next = sum + power / f64::from(2 * j + 1);
        if next == sum {
            break;
        }
        sum = next;
    }
    sum
}

/// KL(a, p) = a ln(a/p) + (1−a) ln((1−a)/(1−p)) for a in [0, 1]: the entropy of a coin of bias a relative to one of bias p;
/// infinite where p is 0 or 1 and a is not.
pub(super) fn relative_entropy(a: f64, p: f64) -> f64 {
    if a == p {
        return 0.0;
    }
    if p <= 0.0 || p >= 1.0 {
        return f64::INFINITY;
    }
    deviance(a, p) + deviance(1.0 - a, 1.0 - p)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_deviance_is_smooth_where_series_and_logarithm_meet() {
        for mean in [1e-3, 0.3, 17.0, 1e6] {
            // |v| = 0.1 at x = m·1.1/0.9 and x = m·0.9/1.1.
            for edge in [1.1 / 0.9, 0.9 / 1.1] {
                let (a, b) = (deviance(mean * edge * (1.0 - 1e-9), mean), deviance(mean * edge * (1.0 + 1e-9), mean));
                assert!((a / b - 1.0).abs() < 3e-8, "{a} and {b} at {mean}");
            }
        }
    }

    #[test]
    fn close_biases_have_the_entropy_of_the_second_order() {
        let (p, h) = (0.25, 1e-7);
        let expected = h * h / (2.0 * p * (1.0 - p));
        assert!((relative_entropy(p + h, p) / expected - 1.0).abs() < 1e-5);
        assert!((relative_entropy(0.0, 0.25) - -(0.75f64.ln())).abs() < 1e-15);
        assert_eq!(relative_entropy(0.3, 0.0), f64::INFINITY);
    }
}
