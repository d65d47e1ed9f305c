//! Tails of the binomial law, bounded from above to nearly full precision at any size.

use super::deviance::deviance;

/// An upper bound, tight to 1e-12 of itself, on P(B ≤ k) for B ~ Binomial(n, p), 0 < p < 1.
///
/// The terms from k downwards are summed until a geometric bound on the rest is negligible; that bound is added.
pub(super) fn lower_tail(n: u64, p: f64, k: u64) -> f64 {
    if k >= n {
        return 1.0;
    }
    let odds = (1.0 - p) / p;
    let (mut term, mut sum) = (mass(n, p, k), 0.0);
    if term < f64::MIN_POSITIVE {
        // Below the mode the terms decrease; above it the tail is no tail.
        return if (k as f64) < n as f64 * p { n as f64 * f64::MIN_POSITIVE } else { 1.0 };
    }
    for j in (0..=k).rev() {
        sum += term;
        let ratio = j as f64 * odds / (n - j + 1) as f64;
        term *= ratio;
        if ratio < 1.0 && term / (1.0 - ratio) < 1e-14 * sum {
            sum += term / (1.0 - ratio);
            break;
        }
    }
    (sum * (1.0 + 1e-13)).min(1.0)
}

/// An upper bound, as tight, on P(B ≥ k).
#[must_use]
pub fn upper_tail(n: u64, p: f64, k: u64) -> f64 {
    if k == 0 {
        1.0
    } else if k > n {
        0.0
    } else {
        lower_tail(n, 1.0 - p, n - k)
    }
}

/// The Clopper–Pearson bound: the probability of a hit lies above it with confidence below `doubt` after `hits` in `trials`.
///
/// Source: C. Clopper and E. Pearson, *The use of confidence or fiducial limits*, 1934.
#[must_use]
pub fn clopper_pearson(trials: u64, hits: u64, doubt: f64) -> f64 {
    if hits >= trials {
        return 1.0;
    }
    let (mut low, mut high) = (hits as f64 / trials as f64, 1.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if lower_tail(trials, middle, hits) > doubt { low = middle } else { high = middle }
    }
    high
}

/// P(B = k), by the saddle point.
///
/// Source: C. Loader, *Fast and accurate computation of binomial probabilities*, 2000.
fn mass(n: u64, p: f64, k: u64) -> f64 {
    let (total, hits, rest) = (n as f64, k as f64, (n - k) as f64);
    if k == 0 {
        return (total * (-p).ln_1p()).exp();
    }
    if k == n {
        return (total * p.ln()).exp();
    }
    let correction = stirling_error(total) - stirling_error(hits) - stirling_error(rest);
    let exponent = correction - deviance(hits, total * p) - deviance(rest, total * (1.0 - p));
    exponent.exp() * (total / (std::f64::consts::TAU * hits * rest)).sqrt()
}

/// ln n! − ln(√(2πn) (n/e)^n) for an integer n ≥ 1.
fn stirling_error(n: f64) -> f64 {
    if n < 16.0 {
        let factorial: f64 = (2..=n as u32).map(f64::from).product();
        return factorial.ln() - (0.5 * (std::f64::consts::TAU * n).ln() + n * n.ln() - n);
    }
    let inverse = 1.0 / (n * n);
    (1.0 / 12.0 - inverse * (1.0 / 360.0 - inverse * (1.0 / 1260.0 - inverse * (1.0 / 1680.0 - inverse / 1188.0)))) / n
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{Binomial, DiscreteCDF};

    /// P(B ≤ k) by Pascal's rule in p, for small n.
    fn by_recursion(n: usize, p: f64, k: usize) -> f64 {
        let mut law = vec![1.0];
        for _ in 0..n {
            let mut next = vec![0.0; law.len() + 1];
            for (hits, mass) in law.iter().enumerate() {
                next[hits] += mass * (1.0 - p);
                next[hits + 1] += mass * p;
            }
            law = next;
        }
        law[..=k].iter().sum()
    }

    #[test]
    fn tails_match_the_recursion_for_every_small_case() {
        for n in [1, 2, 7, 15, 16, 17, 40, 90] {
            for p in [0.03, 0.25, 0.5, 0.81] {
                for k in 0..=n {
                    let exact = by_recursion(n, p, k);
                    let bound = lower_tail(n as u64, p, k as u64);
                    assert!(bound >= exact * (1.0 - 1e-13) && bound <= exact * (1.0 + 1e-11), "{n} {p} {k}: {bound} {exact}");
                    let upper = upper_tail(n as u64, p, k as u64);
                    let exact: f64 = if k == 0 { 1.0 } else { by_recursion(n, 1.0 - p, n - k) };
                    assert!((upper / exact - 1.0).abs() < 1e-11, "{n} {p} {k}: {upper} {exact}");
                }
            }
        }
    }

    #[test]
    fn tails_match_the_incomplete_beta_function_at_moderate_sizes() {
        for (n, p, k) in [(2_000, 0.5, 880), (5_000, 0.1, 400), (20_000, 0.5, 9_600)] {
            let other = Binomial::new(p, n).unwrap().cdf(k);
            assert!((lower_tail(n, p, k) / other - 1.0).abs() < 1e-7);
        }
    }

    #[test]
    fn no_hit_bounds_a_probability_by_the_rule_of_three_and_some_by_the_beta_quantile() {
        assert!((clopper_pearson(200, 0, 0.05) - (1.0 - 0.05f64.powf(1.0 / 200.0))).abs() < 1e-12);
        let bound = clopper_pearson(50, 7, 0.01);
        assert!((Binomial::new(bound, 50).unwrap().cdf(7) - 0.01).abs() < 1e-9, "{bound}");
        assert!((clopper_pearson(5, 5, 0.01) - 1.0).abs() < 1e-15);
    }

    #[test]
    fn a_tail_at_six_deviations_of_ten_million_coins_is_nearly_normal() {
        // Continuity-corrected normal tail; at this size its relative error is O(z³/√n).
        let (n, z) = (10_000_000u64, 6.0);
        let deviation = (n as f64).sqrt() / 2.0;
        let k = (n as f64 / 2.0 - z * deviation).floor() as u64;
        let exact_z = (n as f64 / 2.0 - (k as f64 + 0.5)) / deviation;
        let normal = statrs::function::erf::erfc(exact_z / 2f64.sqrt()) / 2.0;
        assert!((lower_tail(n, 0.5, k) / normal - 1.0).abs() < 1e-3);
    }
}
