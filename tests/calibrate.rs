//! Calibration: true formulas raise as many alarms as stated, and evidence that is not what it says is found out.

use rand::RngExt;
use vanishing_curvature::audit::Options;
use vanishing_curvature::audit::calibrate::{Calibration, Plan, calibrate, uniformity};
use vanishing_curvature::claim::{Device, Effort, Grade};
use vanishing_curvature::prelude::sampled::{Case, Generator, medians};
use vanishing_curvature::prelude::*;
use vanishing_curvature::theorems::{thm_4, thm_5};

fn plan(runs: u64) -> Plan {
    Plan { runs, rate: 0.1, options: Options { seed: 17, effort: Effort::Quick, device: Device::Cpu } }
}

fn run(theorem: &'static Theorem, runs: u64) -> Calibration {
    calibrate(&[theorem], &plan(runs), &|_| ())
}

#[test]
fn chains_raise_no_more_alarms_than_stated_and_their_p_values_are_uniform() {
    let found = calibrate(&[&thm_4::THEOREM, &thm_5::THEOREM], &plan(40), &|_| ());
    assert!(found.tallies.iter().any(|tally| tally.grade == Some(Grade::Exact) && tally.judged == 40));
    for tally in &found.tallies {
        assert!(!tally.is_ill_calibrated(), "{tally:?}");
        assert!(tally.bound >= tally.alarms as f64 / tally.judged.max(1) as f64);
    }
    let test = found.uniformity.expect("medians have p-values");
    assert!(test.values >= 40 && test.chance > 1e-6, "{test:?}");
}

const MEDIAN: &[Quantity] = &[Quantity::new("median", "the median of a uniform variable", "1/2", &[])];

const fn theorem(slug: &'static str, claims: &'static [Claim]) -> Theorem {
    Theorem {
        slug,
        label: "calibration",
        source: "nowhere",
        says: "an example",
        reconstructed: None,
        follows_from: &[],
        quantities: MEDIAN,
        claims,
        figures: &[],
    }
}

fn gather(context: &Context, draw: impl Fn(&mut Generator) -> f64 + Sync, copies: usize) -> Result<Gathered, Unsettled> {
    let case = Case { point: Point::new(), configuration: "one".to_owned(), setting: (), cost: 1, guess: 0.5 };
    medians(context, &[case], |(), generator, n| {
        let fresh: Vec<Scaled> = (0..n.div_ceil(copies)).map(|_| Scaled::from(draw(generator))).collect();
        Ok::<_, String>(fresh.iter().cycle().take(n).copied().collect())
    })
}

#[test]
fn a_stream_used_twice_and_a_median_half_a_resolution_off_are_found_out() {
    static RIGHT: Theorem = theorem(
        "right",
        &[Claim::new("median", "1/2").by(&[Evidence::sampled("draws", "", |context| gather(context, |g| g.random::<f64>(), 1))])],
    );
    let right = run(&RIGHT, 400);
    assert!(!right.tallies[0].is_ill_calibrated(), "{right:?}");
    assert!(right.tallies[0].alarms > 10, "a rate of a tenth can be seen: {right:?}");
    assert!(right.uniformity.unwrap().chance > 1e-6);
    static TWICE: Theorem = theorem(
        "twice",
        &[Claim::new("median", "1/2").by(&[Evidence::sampled("draws", "", |context| gather(context, |g| g.random::<f64>(), 2))])],
    );
    let twice = run(&TWICE, 400);
    assert!(twice.tallies[0].is_ill_calibrated(), "{twice:?}");
    static SHIFTED: Theorem = theorem(
        "shifted",
        &[Claim::new("median", "1/2").by(&[Evidence::sampled("draws", "", |context| gather(context, |g| 1.025 * g.random::<f64>(), 1))])],
    );
    let shifted = run(&SHIFTED, 400);
    assert!(shifted.tallies[0].is_ill_calibrated(), "{shifted:?}");
    assert!(shifted.uniformity.unwrap().chance < 1e-6, "{shifted:?}");
}

#[test]
fn p_values_that_are_not_uniform_are_found_out() {
    let even: Vec<f64> = (0..1000).map(|i| (f64::from(i) + 0.5) / 1000.0).collect();
    let test = uniformity(even.clone()).unwrap();
    assert!(test.distance < 0.0006 && (test.chance - 1.0).abs() < 0.01, "{test:?}");
    // Overstated precision piles p-values up at both ends, caution in the middle.
    for power in [0.7, 1.4] {
        let bent = even.iter().map(|p| if *p < 0.5 { (2.0 * p).powf(power) / 2.0 } else { 1.0 - (2.0 * (1.0 - p)).powf(power) / 2.0 });
        assert!(uniformity(bent.collect()).unwrap().chance < 1e-3, "{power}");
    }
    assert!(uniformity(vec![]).is_none());
}
