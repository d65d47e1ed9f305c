//! Gatherers on chains, whose laws are known: −ln(|v|/τ^L) ~ Gamma(L, 1).

use rand::RngExt;
use statrs::distribution::{ContinuousCDF, Gamma};
use vanishing_curvature::claim::{Context, Device, Effort, Gathered, Grade, Interval, Point, Resolution, Truth, Unsettled};
use vanishing_curvature::curvature::portrait::Norm;
use vanishing_curvature::formula::{Node, Scaled, certify, parse};
use vanishing_curvature::network::{Gate, chain};
use vanishing_curvature::sampled::particles::OneByOne;
use vanishing_curvature::sampled::{
    Case, Generator, bounded_mean, bounded_means, catoni, distributions, empirical_cdf, means, medians, order_statistics, particle_means,
};
use vanishing_curvature::theorems::figures::blocks::{Initialisation, formula};

const CONTEXT: Context =
    Context { seed: 1, slug: "gatherers", part: "chain", method: "", effort: Effort::Quick, rate: 1e-9, miss: 1e-9, device: Device::Cpu };

fn case(depth: usize, guess: f64) -> Case<usize> {
    Case {
        point: Point::new().with("depth", Node::integer(depth as i64)),
        configuration: format!("depth {depth}"),
        setting: depth,
        cost: depth as u64,
        guess,
    }
}

fn draw(depth: &usize, generator: &mut Generator, n: usize) -> candle_core::Result<Vec<Scaled>> {
    chain::magnitudes(&candle_core::Device::Cpu, *depth, n, generator)
}

fn squares(depth: &usize, generator: &mut Generator, n: usize) -> candle_core::Result<Vec<Scaled>> {
    Ok(draw(depth, generator, n)?.into_iter().map(|v| v * v).collect())
}

fn intervals(gathered: &Gathered) -> Vec<Interval> {
    let interval = |truth: &Truth| match truth {
        Truth::Interval(interval) => *interval,
        _ => panic!("a sampled truth is an interval"),
    };
    gathered.observations.iter().map(|observation| interval(&observation.truth)).collect()
}

fn assert_found(interval: &Interval, truth: Scaled) {
    assert!(interval.low <= truth && truth <= interval.high, "{truth:?} is outside {interval:?}");
    let Resolution::Relative(resolution) = interval.resolution else { panic!("a relative resolution") };
    assert!((interval.high / interval.low).to_f64() <= 1.0 + resolution, "{interval:?} is wider than planned");
}

#[test]
fn medians_of_chains_are_found_within_their_resolution_at_every_depth() {
    let depths = [1, 8, 30, 300];
    // The density of Gamma(L, 1) at its median is close to 1/√(2πL) and above; at L = 1 it is 1/2.
    let density = |depth: usize| 0.95 / (std::f64::consts::TAU * depth as f64).sqrt();
    let found = medians(&CONTEXT, &depths.map(|depth| case(depth, density(depth))), draw).unwrap();
    assert_eq!((found.grade, found.rate, found.observations.len()), (Some(Grade::Exact), CONTEXT.rate, 4));
    let found_intervals = intervals(&found);
    assert_eq!(found.draws, found_intervals.iter().map(|interval| interval.n).sum::<u64>());
    for (depth, interval) in depths.iter().zip(&found_intervals) {
        let (mut low, mut high) = (0.0, 2.0 * *depth as f64);
        let law = Gamma::new(*depth as f64, 1.0).unwrap();
        while high - low > 1e-12 * high {
            let middle = f64::midpoint(low, high);
            if law.cdf(middle) < 0.5 { low = middle } else { high = middle }
        }
        assert_found(interval, Scaled::exp(-low));
    }
    assert_eq!(found_intervals[0].resolution, Resolution::Relative(0.05));
    let part = CONTEXT.rate / 4.0;
    let planned = order_statistics::draws_for(order_statistics::share(0.05, density(1)), 0.5, part, part);
    assert_eq!(Some(found_intervals[0].n), planned);
    assert!(found.notes[0].starts_with("depth 1: ") && found.notes[0].ends_with(" draws for 5 %"), "{}", found.notes[0]);
}

#[test]
fn the_whole_law_of_chains_is_found_at_its_own_arguments() {
    let unit = |depth: &usize| (*depth == 3).then(|| Node::integer(5));
    let found = distributions(&CONTEXT, &[case(3, 0.0), case(100, 0.0)], "at", unit, draw).unwrap();
    assert!(found.observations.len() > 380, "{} observations", found.observations.len());
    assert_eq!(found.draws, 2 * empirical_cdf::draws_for(0.01, CONTEXT.rate / 2.0));
    for (observation, interval) in found.observations.iter().zip(intervals(&found)) {
        let at = observation.point.get("at").unwrap();
        // `m * 2 ^ e`, and at depth 3 times the unit.
        let (depth, dyadic) = match at {
            Node::Product(unit, rest) if **unit == Node::integer(5) => (3, &**rest),
            other => (100, other),
        };
        assert_eq!(observation.point.get("depth"), Some(&Node::integer(depth)));
        let truth = 1.0 - Gamma::new(depth as f64, 1.0).unwrap().cdf(-logarithm(dyadic));
        assert!(interval.low.to_f64() <= truth && truth <= interval.high.to_f64(), "{truth} at {at:?}");
        assert!((interval.high - interval.low).to_f64() <= 0.01 && interval.resolution == Resolution::Absolute(0.01));
    }
}

/// ln(m · 2^e) of the tree `m * 2 ^ e`.
fn logarithm(tree: &Node) -> f64 {
    let integer = |node: &Node| match node {
        Node::Number(value) => value.to_f64().value(),
        Node::Negation(value) => match &**value {
            Node::Number(value) => -value.to_f64().value(),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    };
    let Node::Product(mantissa, power) = tree else { panic!("{tree:?}") };
    let Node::Power(base, exponent) = &**power else { panic!("{power:?}") };
    integer(mantissa).ln() + integer(exponent) * integer(base).ln()
}

#[test]
fn bounded_means_of_chains_are_found_in_their_unit() {
    let found = bounded_means(&CONTEXT, &[case(1, 0.5), case(3, 0.125)], |_| Scaled::new(1.0, 2000), draw).unwrap();
    for (interval, exponent) in intervals(&found).iter().zip([1999, 1997]) {
        assert_found(interval, Scaled::new(1.0, exponent));
    }
    let part = CONTEXT.rate / 2.0;
    assert_eq!(intervals(&found)[0].n, bounded_mean::draws_for(0.5, 0.02, part, part));
}

#[test]
fn means_of_known_variance_are_found() {
    let found = means(&CONTEXT, &[case(1, 0.8), case(4, 1.8f64.powi(4) - 1.0)], "prop-3.moment", squares).unwrap();
    for (interval, depth) in intervals(&found).iter().zip([1, 4]) {
        assert_found(interval, Scaled::from(3f64.powi(-depth)));
    }
    assert!(found.notes.iter().all(|note| note.ends_with("variance bounded by prop-3.moment")));
    let planned = catoni::draws_for(0.8, 0.02, CONTEXT.rate / 2.0);
    assert_eq!(Some(intervals(&found)[0].n), planned);
}

#[test]
fn the_plain_mean_of_squares_at_depth_two_hundred_is_refused() {
    let refused = means(&CONTEXT, &[case(200, 1.8f64.powi(200) - 1.0)], "prop-3.moment", squares);
    let Err(Unsettled::Inconclusive(reason)) = refused else { panic!("accepted") };
    assert!(reason.starts_with("invalid tails: ") && reason.contains("·10^5"), "{reason}");
}

#[test]
fn particles_find_the_deep_mean_of_squares() {
    let model = |depth: &usize| {
        let step = |_: usize, (): &(), generator: &mut Generator| {
            let w = 2.0 * generator.random::<f64>() - 1.0;
            ((), Scaled::from(w * w))
        };
        Ok(OneByOne { start: (), layers: *depth, step })
    };
    let found = particle_means(&CONTEXT, &[case(30, 0.8 * 30.0), case(80, 0.8 * 80.0)], model).unwrap();
    assert_eq!(found.grade, Some(Grade::Asymptotic));
    for (interval, depth) in intervals(&found).iter().zip([30.0, 80.0]) {
        assert_eq!(interval.n, 64);
        let truth = Scaled::exp(-depth * 3f64.ln());
        assert!(interval.low <= truth && truth <= interval.high, "{truth:?} is outside {interval:?}");
        assert_eq!(interval.resolution, Resolution::PerLayer { layers: depth as u64, share: 0.01 });
        assert!((interval.high / interval.low).ln() <= depth * 0.01f64.ln_1p(), "{interval:?} is wider than planned");
    }
    assert!(found.notes.iter().all(|note| note.contains("surviving ancestors at least ")));
}

#[test]
fn failures_of_drawing_are_inconclusive_with_their_reason() {
    let cases = [case(1, 0.4)];
    let failing = |_: &usize, _: &mut Generator, _: usize| Err("no such device");
    let Err(Unsettled::Inconclusive(reason)) = medians(&CONTEXT, &cases, failing) else { panic!("accepted") };
    assert_eq!(reason, "depth 1: no such device");
    let short = |_: &usize, _: &mut Generator, n: usize| Ok::<_, String>(vec![Scaled::from(1.0); n - 1]);
    let Err(Unsettled::Inconclusive(reason)) = medians(&CONTEXT, &cases, short) else { panic!("accepted") };
    assert!(reason.contains("draws came instead of"), "{reason}");
    let wild = |_: &usize, _: &mut Generator, n: usize| Ok::<_, String>(vec![Scaled::from(1.5); n]);
    assert!(bounded_means(&CONTEXT, &[case(1, 0.5)], |_| Scaled::from(1.0), wild).is_err());
}

#[test]
fn a_configuration_that_no_plan_fits_is_inconclusive_with_its_numbers() {
    let Err(Unsettled::Inconclusive(reason)) = medians(&CONTEXT, &[case(100_000, 1e-3)], draw) else { panic!("accepted") };
    assert!(reason.starts_with("depth 100000: even at 100 % the plan needs "), "{reason}");
}

/// The lines of figures 1, 4 and 15: closed forms for given inputs and targets, averaged over the samples of a teacher.
#[test]
fn mean_squares_over_nets_and_teachers_are_those_of_the_closed_forms() {
    for (gate, gain) in [(Gate::Linear, 1), (Gate::Relu, 2)] {
        let kind = Initialisation { gate, gain, over: 1 };
        // Squares of narrower nets have tails too fat for this many draws.
        let nets = 40_000;
        let found = kind.portrait(8, 3).norms(&CONTEXT, nets, &Norm::ALL).unwrap();
        let (gradient, hessian) = ("ext-gradient.frobenius-pow2", "ext-hessian.frobenius-pow2");
        for (index, (quantity, other)) in [(gradient, "1"), (hessian, "1"), (hessian, "depth")].into_iter().enumerate() {
            let square = kind.over_samples("8", ["1", other], formula(quantity).unwrap());
            let line = parse(&format!("sqrt(({square}))")).unwrap();
            let expected = certify(&line, Point::new().at("depth", 3).values(), 60).unwrap().to_scaled().to_f64().powi(2);
            let squares: Vec<f64> = found.iter().map(|norms| norms[index].to_f64().powi(2)).collect();
            let mean = squares.iter().sum::<f64>() / nets as f64;
            let variance = squares.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / nets as f64;
            let allowed = 6.0 * (variance / nets as f64).sqrt();
            assert!(
                (mean - expected).abs() < allowed && allowed < 0.25 * expected,
                "{gate:?} {quantity} {other}: {mean} for {expected} ± {allowed}"
            );
        }
    }
}
