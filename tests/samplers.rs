//! Samplers that are slightly wrong: the planned draws must tell each from the right one, which must pass.
//!
//! Each test fails by chance with probability below about 1e-6, on either side.

use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};
use statrs::distribution::{Binomial, DiscreteCDF};
use vanishing_curvature::claim::Interval;
use vanishing_curvature::formula::Scaled;
use vanishing_curvature::sampled::catoni::{self, Design};
use vanishing_curvature::sampled::{Generator, Streams, bounded_mean, order_statistics};

const CHANCE: f64 = 1e-7;

fn streams(name: &str) -> Generator {
    Streams::keyed(5, "samplers", name).chunk(0)
}

fn holds(interval: &Interval, truth: f64) -> bool {
    interval.low <= Scaled::from(truth) && Scaled::from(truth) <= interval.high
}

/// The mean of draws in [0, 1] lies at `truth` for the right sampler, and is told from it for the wrong one, by the draws that a
/// plan gives a discrepancy of the share `error`.
fn assert_told_by_mean(name: &str, truth: f64, error: f64, right: impl Fn(&mut Generator) -> f64, wrong: impl Fn(&mut Generator) -> f64) {
    let draws = bounded_mean::draws_for(truth, error, CHANCE, CHANCE);
    let interval = |key: &str, draw: &dyn Fn(&mut Generator) -> f64| {
        let mut generator = streams(&format!("{name}, {key}"));
        let sum: f64 = (0..draws).map(|_| draw(&mut generator)).sum();
        bounded_mean::interval(&[Scaled::from(sum)], draws, Scaled::from(1.0), CHANCE, error)
    };
    assert!(holds(&interval("right", &right), truth), "{name}: the right sampler is refuted");
    assert!(!holds(&interval("wrong", &wrong), truth), "{name}: {draws} draws do not see it");
}

fn uniform(generator: &mut Generator) -> f64 {
    2.0 * generator.random::<f64>() - 1.0
}

/// A three-point law on 0 and ±1 that is not 0 with that probability.
fn three_point(share: f64, generator: &mut Generator) -> f64 {
    if generator.random::<f64>() < share { uniform(generator).signum() } else { 0.0 }
}

#[test]
fn a_gate_that_opens_with_probability_51_percent() {
    let gate = |open: f64| move |generator: &mut Generator| f64::from(u8::from(generator.random::<f64>() < open));
    assert_told_by_mean("gate", 0.5, 0.0199, gate(0.5), gate(0.51));
}

#[test]
fn weights_whose_kurtosis_is_5_percent_too_large() {
    // w = ±1/√(4q) with probability q, else 0: variance 1/4 and kurtosis 1/q, so E w⁴ = 1/(16 q). Its draws w⁴ = 1/(16 q²) for the
    // two laws are both at most 1.2.
    let fourth = |share: f64| move |generator: &mut Generator| three_point(share, generator).abs() / (16.0 * share * share) / 1.2;
    assert_told_by_mean("kurtosis", 0.25 / 1.2, 0.0499, fourth(0.25), fourth(0.25 / 1.05));
}

#[test]
fn weights_whose_variance_is_1_percent_too_large() {
    let square = |variance: f64| move |generator: &mut Generator| (uniform(generator).powi(2) / 1.01) * variance;
    assert_told_by_mean("variance", 1.0 / 3.03, 0.0099, square(1.0), square(1.01));
}

#[test]
fn two_layers_that_share_their_weights() {
    // The median of |w_2 w_1| is that of exp(−Gamma(2, 1)), exp(−1.6783…); of w² it is 1/4.
    let median = (-1.678_346_990_016_66f64).exp();
    let draws = order_statistics::draws_for(order_statistics::share(0.2, 0.25), 0.5, CHANCE, CHANCE).unwrap();
    let interval = |name: &str, product: &dyn Fn(&mut Generator) -> f64| {
        let mut generator = streams(name);
        let mut products: Vec<Scaled> = (0..draws).map(|_| Scaled::from(product(&mut generator).abs())).collect();
        order_statistics::interval(&mut products, 0.5, CHANCE, 0.2).unwrap()
    };
    assert!(holds(&interval("two layers", &|generator| uniform(generator) * uniform(generator)), median));
    assert!(!holds(&interval("one layer twice", &|generator| uniform(generator).powi(2)), median));
}

#[test]
fn a_truncated_gaussian() {
    // E g⁴ = 3 with relative variance 105/9 − 1; beyond ±3 lies 0.27 % of the law and a tenth of its fourth moment.
    let variance = 105.0 / 9.0 - 1.0;
    let design = Design::new(variance, CHANCE, catoni::draws_for(variance, 0.1, CHANCE).unwrap());
    let gaussian = |generator: &mut Generator| <StandardNormal as Distribution<f64>>::sample(&StandardNormal, generator);
    let truncated = |generator: &mut Generator| loop {
        let draw = gaussian(generator);
        if draw.abs() <= 3.0 {
            return draw;
        }
    };
    let interval = |name: &str, draw: &dyn Fn(&mut Generator) -> f64| {
        let mut generator = streams(name);
        let mut fourth = |count: u64| (0..count).map(|_| Scaled::from(draw(&mut generator).powi(4))).collect::<Vec<_>>();
        let pilot = design.pilot(&fourth(design.pilot)).unwrap();
        design.interval(&pilot, design.influence(&pilot, &fourth(design.draws)), 0.1).unwrap()
    };
    assert!(holds(&interval("whole", &gaussian), 3.0));
    assert!(!holds(&interval("truncated", &truncated), 3.0));
}

#[test]
fn a_stream_that_is_used_twice() {
    // Every draw counted twice: intervals for the median miss more often than they say.
    let (runs, rate) = (4000, 0.1);
    let missed = |name: &str, copies: usize| {
        let miss = |generator: &mut Generator, _| {
            let half: Vec<Scaled> = (0..400 / copies).map(|_| Scaled::from(generator.random::<f64>())).collect();
            let mut draws: Vec<Scaled> = half.iter().cycle().take(400).copied().collect();
            !holds(&order_statistics::interval(&mut draws, 0.5, rate, 0.1).unwrap(), 0.5)
        };
        let found = Streams::keyed(5, "samplers", name).map_chunks(runs, 1, miss);
        found.into_iter().filter(|missed| *missed).count() as u64
    };
    let unlikely = |missed: u64| Binomial::new(rate, runs).unwrap().sf(missed.saturating_sub(1)) < CHANCE;
    assert!(!unlikely(missed("once", 1)));
    assert!(unlikely(missed("twice", 2)));
}
