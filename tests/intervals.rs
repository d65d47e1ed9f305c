//! Every kind of interval, run over many fresh streams: it covers as often as it says, detects what its plan says, and is not
//! far more cautious than it needs to be.
//!
//! Each test fails by chance with probability at most about 1e-9.

use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};
use statrs::distribution::{Binomial, Discrete, DiscreteCDF};
use vanishing_curvature::claim::{Interval, Resolution};
use vanishing_curvature::formula::Scaled;
use vanishing_curvature::sampled::binomial::clopper_pearson;
use vanishing_curvature::sampled::catoni::{self, Design};
use vanishing_curvature::sampled::particles::{self, OneByOne};
use vanishing_curvature::sampled::{Generator, Streams, bounded_mean, empirical_cdf, median_of_means, order_statistics, plan, replicates};

const CHANCE: f64 = 1e-9;
const RATE: f64 = 0.1;
/// Rates at which the coverage of intervals can be seen.
const RATES: [f64; 2] = [RATE, 0.01];

fn holds(interval: &Interval, truth: f64) -> bool {
    interval.low <= Scaled::from(truth) && Scaled::from(truth) <= interval.high
}

/// In how many of `runs` fresh runs something happens.
fn count(name: &str, runs: u64, happens: impl Fn(&mut Generator) -> bool + Sync) -> u64 {
    let found = Streams::keyed(11, "intervals", name).map_chunks(runs, 1, |generator, _| happens(generator));
    found.into_iter().filter(|happened| *happened).count() as u64
}

/// Whether `hits` of `runs` contradict a probability of at most `p`.
fn exceeds(hits: u64, runs: u64, p: f64) -> bool {
    hits > 0 && Binomial::new(p, runs).unwrap().sf(hits - 1) < CHANCE
}

/// Whether `hits` of `runs` contradict a probability of at least `p`.
fn falls_short(hits: u64, runs: u64, p: f64) -> bool {
    Binomial::new(p, runs).unwrap().cdf(hits) < CHANCE
}

/// Fails unless the intervals miss with a probability between the share `least` of each rate and the rate itself.
fn assert_rates(name: &str, runs: u64, least: [f64; 2], misses: impl Fn(&mut Generator, f64) -> bool + Sync) {
    for (rate, least) in RATES.into_iter().zip(least) {
        let missed = count(&format!("{name}, {rate}"), runs, |generator| misses(generator, rate));
        assert!(!exceeds(missed, runs, rate), "{name}: {missed} of {runs} intervals miss at rate {rate}");
        assert!(!falls_short(missed, runs, least * rate), "{name}: only {missed} of {runs} intervals miss at rate {rate}");
    }
}

fn uniform(generator: &mut Generator, n: usize) -> Vec<Scaled> {
    (0..n).map(|_| Scaled::from(generator.random::<f64>())).collect()
}

const HEAVY_MEAN: f64 = 5.0 / 3.0;
const HEAVY_VARIANCE: f64 = 0.8;

/// Draws with the tail P(X > x) = x^(−2.5), x ≥ 1: mean 5/3, relative variance 0.8, no third moment.
fn heavy(generator: &mut Generator, n: usize) -> Vec<Scaled> {
    (0..n).map(|_| Scaled::from((1.0 - generator.random::<f64>()).powf(-0.4))).collect()
}

fn normal(generator: &mut Generator, n: usize) -> Vec<Scaled> {
    let draw = |_| Scaled::from(3.0 + <StandardNormal as Distribution<f64>>::sample(&StandardNormal, generator));
    (0..n).map(draw).collect()
}

#[test]
fn order_statistics_miss_quantiles_exactly_as_often_as_their_ranks_say() {
    for quantile in [0.5, 0.2] {
        for rate in RATES {
            let (lower, upper) = order_statistics::ranks(201, quantile, rate).unwrap();
            let below = Binomial::new(quantile, 201).unwrap();
            let exact = below.cdf(lower - 1) + below.sf(upper - 1);
            assert!(exact <= rate && exact > 0.6 * rate, "{exact} at rate {rate}");
            let missed = count(&format!("quantile {quantile}, {rate}"), 20_000, |generator| {
                !holds(&order_statistics::interval(&mut uniform(generator, 201), quantile, rate, 0.1).unwrap(), quantile)
            });
            assert!(!exceeds(missed, 20_000, exact) && !falls_short(missed, 20_000, exact), "{missed} of 20000 where {exact} is exact");
        }
    }
}

#[test]
fn order_statistics_cover_the_median_of_a_law_with_atoms() {
    for rate in RATES {
        let missed = count(&format!("atoms, {rate}"), 4000, |generator| {
            let mut draws: Vec<Scaled> = (0..101).map(|_| Scaled::from((3.0 * generator.random::<f64>()).floor())).collect();
            !holds(&order_statistics::interval(&mut draws, 0.5, rate, 0.1).unwrap(), 1.0)
        });
        assert!(!exceeds(missed, 4000, rate));
    }
}

#[test]
fn the_band_covers_the_distribution_function_at_all_points_together() {
    // The supremum over 200 of 400 order statistics misses a little less often than that over all.
    assert_rates("band", 10_000, [0.5, 0.3], |generator, rate| {
        let heights = empirical_cdf::band(uniform(generator, 400), 200, rate, 0.2).unwrap();
        heights.iter().any(|height| !holds(&height.interval, Scaled::new(height.mantissa as f64, height.exponent).to_f64()))
    });
}

#[test]
fn the_chernoff_interval_covers_the_mean_of_coins_and_is_not_half_empty() {
    // The bound is √(2 ln(2/rate)) deviations wide: 2.45 where 1.64 would do, and 3.26 where 2.58 would: it misses about one time
    // in 70, and in 900.
    assert_rates("coins", 20_000, [0.08, 0.05], |generator, rate| {
        let hits = (0..400).filter(|_| generator.random::<f64>() < 0.3).count();
        !holds(&bounded_mean::interval(&[Scaled::from(hits as f64)], 400, Scaled::from(1.0), rate, 0.1), 0.3)
    });
}

#[test]
fn replicates_cover_the_mean_of_normal_draws_exactly_as_often_as_they_say() {
    assert_rates("normal replicates", 20_000, [1.0, 1.0], |generator, rate| {
        !holds(&replicates::interval(&normal(generator, 64), rate, 0.1).unwrap(), 3.0)
    });
}

#[test]
fn the_median_of_means_covers_a_mean_with_heavy_tails() {
    for rate in RATES {
        let blocks = median_of_means::blocks(rate);
        let missed = count(&format!("heavy tails, {rate}"), 800, |generator| {
            !holds(&median_of_means::interval(&heavy(generator, 900), HEAVY_VARIANCE, blocks, 0.1).unwrap(), HEAVY_MEAN)
        });
        assert!(!exceeds(missed, 800, rate), "{missed} of 800 at {rate}");
    }
}

/// Catoni's interval from fresh draws.
fn catonis(design: &Design, draws: fn(&mut Generator, usize) -> Vec<Scaled>, generator: &mut Generator) -> Interval {
    let pilot = design.pilot(&draws(generator, design.pilot as usize)).unwrap();
    design.interval(&pilot, design.influence(&pilot, &draws(generator, design.draws as usize)), 0.1).unwrap()
}

#[test]
fn catonis_interval_covers_a_mean_and_is_not_half_empty() {
    // The bound is √(2 ln(2/(7/8 rate))) deviations wide: 2.5 where 1.64 would do, and 3.3 where 2.58 would.
    let designs = RATES.map(|rate| Design::new(1.0 / 9.0, rate, 500));
    assert_rates("Catoni", 20_000, [0.08, 0.05], |generator, rate| {
        !holds(&catonis(&designs[usize::from(rate != RATE)], normal, generator), 3.0)
    });
}

#[test]
fn catonis_interval_covers_a_mean_with_heavy_tails() {
    for rate in RATES {
        let design = Design::new(HEAVY_VARIANCE, rate, 2000);
        let missed = count(&format!("Catoni, {rate}"), 2000, |generator| !holds(&catonis(&design, heavy, generator), HEAVY_MEAN));
        assert!(!exceeds(missed, 2000, rate), "{missed} of 2000 at {rate}");
    }
}

#[test]
fn log_normal_replicates_cover_the_mean_of_log_normal_draws() {
    // Cox's interval is a limit's: a tenth is added to the rate.
    assert_rates("log-normal replicates", 20_000, [0.7, 0.5], |generator, rate| {
        let draws: Vec<Scaled> = normal(generator, 64).into_iter().map(|x| Scaled::exp(0.5 * (x.to_f64() - 3.0))).collect();
        let resolution = Resolution::PerLayer { layers: 1, share: 0.1 };
        !holds(&replicates::log_normal_interval(&draws, 0.9 * rate, resolution).unwrap(), 0.125f64.exp())
    });
}

#[test]
fn the_bound_of_clopper_and_pearson_misses_as_often_as_it_says() {
    for rate in RATES {
        for (trials, truth) in [(50, 0.1), (200, 0.03)] {
            let law = Binomial::new(truth, trials).unwrap();
            let missed: f64 = (0..=trials).filter(|&k| clopper_pearson(trials, k, rate) < truth).map(|k| law.pmf(k)).sum();
            assert!(missed <= rate && missed > 0.2 * rate, "{trials} trials of {truth}: {missed} at rate {rate}");
        }
    }
}

#[test]
fn particle_replicates_cover_a_product_of_means() {
    let step = |_: usize, (): &(), generator: &mut Generator| ((), Scaled::from(2.0 * generator.random::<f64>()));
    let model = OneByOne { start: (), layers: 6, step };
    // The product of forty-particle means is skew: the limit is near, not reached, and a tenth is added to the rate.
    assert_rates("particles", 1500, [0.6, 0.3], |generator, rate| {
        let products: Vec<Scaled> = (0..64).map(|_| particles::estimate(&model, 40, generator).unwrap().product).collect();
        !holds(&replicates::interval(&products, 0.9 * rate, 0.1).unwrap(), 1.0)
    });
}

/// Whether an interval refutes what lies a resolution above and below the truth, as its plan promises.
fn detects(interval: &Interval, truth: f64, resolution: f64) -> bool {
    !holds(interval, truth * (1.0 + 1.01 * resolution)) && !holds(interval, truth * (1.0 - 1.01 * resolution))
}

/// Fails unless `detect(n, …)` succeeds with the planned draws, up to rate and miss, and no more with that part of them.
fn assert_plan(name: &str, planned: u64, part: u64, detect: impl Fn(u64, &mut Generator) -> bool + Sync) {
    let runs = 600;
    let missed = count(name, runs, |generator| !detect(planned, generator));
    assert!(!exceeds(missed, runs, 2.0 * RATE), "{name}: {missed} of {runs} miss with {planned} planned draws");
    let missed = count(&format!("{name}, a part"), runs, |generator| !detect(planned / part, generator));
    assert!(!falls_short(missed, runs, RATE), "{name}: {planned} draws are more than {part} times too many");
}

#[test]
fn the_planned_draws_detect_the_planned_discrepancy_of_a_median() {
    // ln X of an exponential variable has the density ½ ln 2 at the median and at least 0.34 nearby.
    let planned = order_statistics::draws_for(order_statistics::share(0.2, 0.34), 0.5, RATE, RATE).unwrap();
    assert_plan("median plan", planned, 2, |n, generator| {
        let mut draws: Vec<Scaled> = uniform(generator, n as usize).into_iter().map(|u| Scaled::from(-u.ln())).collect();
        let interval = order_statistics::interval(&mut draws, 0.5, RATE, 0.2).unwrap();
        detects(&interval, std::f64::consts::LN_2, 0.2)
    });
}

#[test]
fn the_planned_draws_detect_the_planned_discrepancy_of_a_bounded_mean() {
    let planned = bounded_mean::draws_for(0.2, 0.2, RATE, RATE);
    assert_plan("bounded plan", planned, 2, |n, generator| {
        let hits = (0..n).filter(|_| generator.random::<f64>() < 0.2).count();
        detects(&bounded_mean::interval(&[Scaled::from(hits as f64)], n, Scaled::from(1.0), RATE, 0.2), 0.2, 0.2)
    });
}

#[test]
fn the_planned_draws_detect_the_planned_discrepancy_of_a_heavy_mean() {
    let planned = catoni::draws_for(HEAVY_VARIANCE, 0.05, RATE).unwrap();
    let designs = [planned, planned / 2].map(|n| Design::new(HEAVY_VARIANCE, RATE, n));
    assert_plan("heavy plan", planned, 2, |n, generator| {
        detects(&catonis(&designs[usize::from(n != planned)], heavy, generator), HEAVY_MEAN, 0.05)
    });
}

#[test]
fn the_planned_variance_detects_the_planned_discrepancy_of_replicates() {
    let resolution = Resolution::PerLayer { layers: 10, share: 0.02 };
    let planned = replicates::log_variance_for(64, 10.0 * 0.02f64.ln_1p(), RATE, RATE);
    let detect = |factor: f64, generator: &mut Generator| {
        let variance = planned * factor;
        let draws: Vec<Scaled> =
            normal(generator, 64).into_iter().map(|x| Scaled::exp(variance.sqrt() * (x.to_f64() - 3.0) - variance / 2.0)).collect();
        detects(&replicates::log_normal_interval(&draws, RATE, resolution).unwrap(), 1.0, 1.02f64.powi(10) - 1.0)
    };
    let missed = count("replicate plan", 600, |generator| !detect(1.0, generator));
    assert!(!exceeds(missed, 600, 2.0 * RATE), "{missed} of 600 miss");
    let missed = count("replicate plan, twice the variance", 600, |generator| !detect(2.0, generator));
    assert!(!falls_short(missed, 600, RATE));
}

#[test]
fn the_planned_draws_detect_a_distribution_function_that_is_off_by_the_width() {
    let width = 0.1;
    let planned = empirical_cdf::draws_for(width, RATE);
    let missed = count("band plan", 600, |generator| {
        let heights = empirical_cdf::band(uniform(generator, planned as usize), 200, RATE, width).unwrap();
        // A claimed function that lies above the truth by the width in the middle.
        let claimed = |x: f64| if (0.4..0.6).contains(&x) { x + 1.01 * width } else { x };
        heights.iter().all(|h| holds(&h.interval, claimed(Scaled::new(h.mantissa as f64, h.exponent).to_f64())))
    });
    assert!(!exceeds(missed, 600, RATE), "{missed} of 600 miss");
    assert!(plan::least(|n| empirical_cdf::half_width(n, RATE) <= width / 2.0) >= planned * 9 / 10);
}
