use super::*;
use crate::sampled::Streams;

fn close(found: f64, expected: f64, tolerance: f64) {
    assert!((found / expected - 1.0).abs() < tolerance, "{found} against {expected}");
}

#[test]
fn an_exponential_passes_a_level_at_the_logarithm() {
    let flow = Flow { rates: |[y]: &[f64; 1]| [*y], scales: [1.0], unit: 1.0 };
    let passage = flow.passage([1.0], 0, 10.0, 1e3, 1e-13).unwrap();
    close(passage.time, 10f64.ln(), 1e-11);
    assert_eq!(passage.state, [10.0]);
    assert_eq!(flow.passage([1.0], 0, 10.0, 2.0, 1e-13), Err(FlowError::NotReached(2.0)));
}

#[test]
fn a_pendulum_passes_the_vertical_with_its_energy() {
    // The harmonic oscillator from (−1, 0): sin and cos reach 1/2 at 2π/3 with speed √3/2.
    let flow = Flow { rates: |[x, v]: &[f64; 2]| [*v, -x], scales: [1.0, 1.0], unit: 1.0 };
    let passage = flow.passage([-1.0, 1e-300], 0, 0.5, 10.0, 1e-13).unwrap();
    close(passage.time, std::f64::consts::TAU / 3.0, 1e-11);
    close(passage.state[1], 0.75f64.sqrt(), 1e-11);
}

#[test]
fn a_flow_is_followed_over_thirty_orders_of_magnitude_of_time() {
    // ẇ = w^63 from 0.35: w(t)^(−62) = 0.35^(−62) − 62 t.
    let start = 0.35f64;
    let flow = Flow { rates: |[w]: &[f64; 1]| [w.powi(63)], scales: [start], unit: start.powi(-62) };
    let passage = flow.passage([start], 0, 0.9, 1e9 * start.powi(-62), 1e-13).unwrap();
    close(passage.time, (start.powi(-62) - 0.9f64.powi(-62)) / 62.0, 1e-10);
}

#[test]
fn the_gradient_is_the_difference_quotient_of_the_loss() {
    let (chain, weights) = (Chain { x: 1.3, y: -0.7 }, [0.9, -1.1, 0.0, 1.4, 0.6]);
    let mut gradient = [0.0; 5];
    chain.gradient(&weights, &mut gradient);
    for (i, slope) in gradient.into_iter().enumerate() {
        let at = |h: f64| chain.loss(&std::array::from_fn::<f64, 5, _>(|j| weights[j] + if i == j { h } else { 0.0 }));
        assert!(((at(1e-5) - at(-1e-5)) / 2e-5 - slope).abs() < 1e-9);
    }
    let mut balanced = [0.0; 4];
    Chain { x: 1.0, y: 1.0 }.gradient(&[0.8; 4], &mut balanced);
    balanced.iter().for_each(|slope| close(-slope, ascent(4, 0.8), 1e-14));
}

#[test]
fn the_hessian_is_the_difference_quotient_of_the_gradient() {
    let (chain, weights) = (Chain { x: 1.3, y: -0.7 }, [0.9, -1.1, 0.0, 1.4, 0.6]);
    let slopes = |i: usize, h: f64| {
        let (mut moved, mut gradient) = (weights, [0.0; 5]);
        moved[i] += h;
        chain.gradient(&moved, &mut gradient);
        gradient
    };
    for (i, row) in chain.hessian(&weights).into_iter().enumerate() {
        let (up, down) = (slopes(i, 1e-5), slopes(i, -1e-5));
        (0..5).for_each(|j| assert!(((up[j] - down[j]) / 2e-5 - row[j]).abs() < 1e-8));
    }
}

#[test]
fn a_course_shows_the_run_that_is_counted() {
    let chain = Chain { x: 1.0, y: 1.0 };
    let rule = Rule::PerturbedGradientDescent { step: 0.1, noise: 0.1 };
    let streams = Streams::keyed(4, "optimizer", "course");
    let sights = course(chain, rule, vec![0.5; 4], 300, streams.chunk(0));
    let escaped = escape(chain, &[(rule, vec![0.5; 4])], 0.01, 300, &streams)[0].unwrap();
    // Seen at intervals of 7 %: the first sight at or after the escape.
    let first = sights.iter().find(|sight| sight.loss <= 0.01).unwrap().updates;
    assert!(first >= escaped && first as f64 <= 1.08 * escaped as f64 + 1.0, "{first} for {escaped}");
    assert_eq!((sights[0].updates, sights[0].square), (0, 0.0));
    assert_eq!(sights.last().map(|sight| sight.updates > 280), Some(true));
    // At w_i = w the Hessian is a I + b (11ᵀ − I), a = w⁶, b = (2w⁴ − 1) w².
    let (a, b) = (0.5f64.powi(6), (2.0 * 0.5f64.powi(4) - 1.0) * 0.25);
    close(sights[0].largest, a - b, 1e-12);
}

/// The weight after each of three updates with gradients 2, −1, 0.5, from 1.
fn trace(rule: Rule) -> [f64; 3] {
    let (mut optimizer, mut weights) = (Optimizer::new(rule, 1), [1.0]);
    let mut generator = Streams::keyed(1, "optimizer", "trace").chunk(0);
    [2.0, -1.0, 0.5].map(|gradient| {
        optimizer.update(&mut weights, &[gradient], &mut generator);
        weights[0]
    })
}

#[test]
fn the_rules_follow_their_published_traces() {
    // By hand from the published update rules.
    let near = |found: [f64; 3], expected: [f64; 3]| found.iter().zip(expected).for_each(|(f, e)| close(*f, e, 1e-12));
    near(trace(Rule::GradientDescent { step: 0.1 }), [0.8, 0.9, 0.85]);
    near(trace(Rule::Momentum { step: 0.1, momentum: 0.5 }), [0.8, 0.8, 0.75]);
    // ν = 2, 1.5, 0.875.
    let (a, b, c) = (0.2 / 2f64.sqrt(), 0.1 / 1.5f64.sqrt(), 0.05 / 0.875f64.sqrt());
    near(trace(Rule::RmsProp { step: 0.1, decay: 0.5, epsilon: 0.0 }), [1.0 - a, 1.0 - a + b, 1.0 - a + b - c]);
    // m̂ = 2, 0, 2/7; ν̂ = 4, 2, 1.
    let (first, third) = (0.2 / 2.5, 0.1 * (2.0 / 7.0) / 1.5);
    let adam = Rule::Adam { step: 0.1, first_decay: 0.5, second_decay: 0.5, epsilon: 0.5 };
    near(trace(adam), [1.0 - first, 1.0 - first, 1.0 - first - third]);
}

#[test]
fn without_epsilon_a_vanishing_gradient_moves_nothing_and_noise_has_its_size() {
    let (mut optimizer, mut weights) = (Optimizer::new(Rule::RmsProp { step: 0.1, decay: 0.9, epsilon: 0.0 }, 2), [1.0, 2.0]);
    let mut generator = Streams::keyed(2, "optimizer", "noise").chunk(0);
    optimizer.update(&mut weights, &[0.0, 1e-300], &mut generator);
    assert_eq!(weights[0], 1.0);
    let mut weights = vec![0.0; 10_000];
    let rule = Rule::PerturbedGradientDescent { step: 0.1, noise: 3.0 };
    Optimizer::new(rule, weights.len()).update(&mut weights, &vec![0.0; 10_000], &mut generator);
    let variance = weights.iter().map(|w| w * w).sum::<f64>() / 1e4;
    // Relative deviation √(2/10⁴); six of them.
    close(variance, 0.09, 0.085);
}

#[test]
fn runs_are_independent_of_each_other_and_of_their_number() {
    let chain = Chain { x: 1.0, y: 1.0 };
    let run = |noise: f64| (Rule::PerturbedGradientDescent { step: 0.1, noise }, vec![0.5; 4]);
    let streams = Streams::keyed(3, "optimizer", "runs");
    let many = escape(chain, &[run(0.0), run(0.1), run(0.2)], 0.01, 10_000, &streams);
    assert_eq!(many[..2], escape(chain, &[run(0.0), run(0.1)], 0.01, 10_000, &streams));
    let plain = escape(chain, &[(Rule::GradientDescent { step: 0.1 }, vec![0.5; 4])], 0.01, 10_000, &streams);
    assert_eq!(many[0], plain[0]);
    assert!(plain[0].is_some_and(|updates| updates > 10));
    assert_eq!(escape(chain, &[run(0.0)], 0.01, 3, &streams), [None]);
}
