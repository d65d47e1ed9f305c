//! Wrong theorems, whole: each must be refuted or found inconclusive, with a message that says why.

use suite::audit::{Dossier, Options};
use suite::claim::{Device, Effort, Grade, Interval, Outcome, Resolution};
use suite::formula::Scaled;
use suite::prelude::*;
use vanishing_curvature as suite;

const fn theorem(slug: &'static str, quantities: &'static [Quantity], claims: &'static [Claim]) -> Theorem {
    Theorem {
        slug,
        label: "wrong",
        source: "nowhere",
        says: "wrong",
        reconstructed: None,
        follows_from: &[],
        quantities,
        claims,
        figures: &[],
    }
}

const fn claim(quantity: &'static str, evidence: &'static [Evidence]) -> Claim {
    Claim::new(quantity, "wrong").by(evidence)
}

fn only_outcome(theorem: &'static Theorem) -> Outcome {
    let options = Options { seed: 3, effort: Effort::Quick, device: Device::Cpu };
    let mut outcomes = Dossier::gather(theorem, &theorem.claims[0], &options).outcomes();
    assert_eq!(outcomes.len(), 1);
    outcomes.remove(0)
}

fn message(outcome: &Outcome) -> String {
    assert!(!outcome.as_expected, "a wrong theorem passed");
    format!("{}: {}", outcome.judgement.verdict.name(), outcome.judgement.reason)
}

const SQUARE: &[Step] = &[
    Step::derivative("its derivative is tau^2", "tau", "tau*claimed", "tau^2"),
    Step::identity("it vanishes at 0", "let tau = 0; tau*claimed", "0"),
];

#[test]
fn a_wrong_constant_is_refuted_by_a_proof() {
    static THEOREM: Theorem = theorem(
        "wrong-constant",
        &[Quantity::new("square", "E w^2", "tau^2/2", &["tau"])],
        &[claim("square", &[Evidence::proved("antiderivative", "", SQUARE)])],
    );
    insta::assert_snapshot!(message(&only_outcome(&THEOREM)));
}

#[test]
fn a_wrong_constant_is_refuted_by_an_enclosure_with_its_witness() {
    static THEOREM: Theorem = theorem(
        "wrong-median",
        &[Quantity::new("median", "median |v|", "tau^depth*exp(-depth)", &["tau", "depth"])],
        &[claim(
            "median",
            &[Evidence::certified("brackets", "", |_| {
                certified::layered_medians(&[("2", 3)].map(network::chain::point), "tau^depth*exp(-median)")
            })],
        )],
    );
    insta::assert_snapshot!(message(&only_outcome(&THEOREM)));
}

#[test]
fn a_wrong_constant_is_refuted_by_draws() {
    static THEOREM: Theorem = theorem(
        "wrong-mean",
        &[Quantity::new("moment", "E|v|^order", "(tau^order/(order + 3/2))^depth", &["tau", "depth", "order"])],
        &[claim("moment", &[Evidence::sampled("plain means", "", |context| network::chain::moments(context, &[("1", 1, 2)]))])],
    );
    let outcome = only_outcome(&THEOREM);
    assert!(message(&outcome).starts_with("refuted: at depth = 1, order = 2, tau = 1 the formula gives 0.285714"), "{}", message(&outcome));
}

#[test]
fn zero_observations_are_inconclusive() {
    static THEOREM: Theorem = theorem(
        "empty",
        &[Quantity::new("one", "1", "1", &[])],
        &[claim("one", &[Evidence::enumerated("nothing", "", |_| Ok(Gathered::default()))])],
    );
    insta::assert_snapshot!(message(&only_outcome(&THEOREM)));
}

#[test]
fn agreement_at_single_points_is_no_proof() {
    static THEOREM: Theorem = theorem(
        "pointwise",
        &[Quantity::new("square", "depth^2", "depth^2", &["depth"])],
        &[claim(
            "square",
            &[Evidence::settled("one point", "", |_| {
                let truth = Truth::Exact(Point::new().at("value", 1).get("value").cloned().expect("just set"));
                Ok(Gathered { observations: vec![Observation { point: Point::new().at("depth", 1), truth }], ..Gathered::default() })
            })],
        )],
    );
    insta::assert_snapshot!(message(&only_outcome(&THEOREM)));
}

fn interval(low: f64, high: f64, rate: f64) -> Result<Gathered, Unsettled> {
    let truth = Truth::Interval(Interval {
        low: Scaled::from(low),
        high: Scaled::from(high),
        estimate: Scaled::from(low),
        resolution: Resolution::Relative(0.01),
        n: 10,
    });
    let observations = vec![Observation { point: Point::new().at("depth", 1), truth }];
    Ok(Gathered { observations, grade: Some(Grade::Exact), rate, ..Gathered::default() })
}

#[test]
fn an_interval_that_is_not_a_number_is_inconclusive() {
    static THEOREM: Theorem = theorem(
        "not-a-number",
        &[Quantity::new("one", "1", "depth", &["depth"])],
        &[claim("one", &[Evidence::sampled("NaN", "", |_| interval(f64::NAN, f64::NAN, 1e-9))])],
    );
    insta::assert_snapshot!(message(&only_outcome(&THEOREM)));
}

#[test]
fn an_interval_wider_than_planned_is_inconclusive() {
    static THEOREM: Theorem = theorem(
        "too-wide",
        &[Quantity::new("one", "1", "depth", &["depth"])],
        &[claim("one", &[Evidence::sampled("wide", "", |_| interval(0.5, 1.5, 1e-9))])],
    );
    insta::assert_snapshot!(message(&only_outcome(&THEOREM)));
}

#[test]
fn a_random_interval_without_a_rate_is_inconclusive() {
    static THEOREM: Theorem = theorem(
        "no-rate",
        &[Quantity::new("one", "1", "depth", &["depth"])],
        &[claim("one", &[Evidence::sampled("no rate", "", |_| interval(0.999, 1.001, 0.0))])],
    );
    insta::assert_snapshot!(message(&only_outcome(&THEOREM)));
}

#[test]
fn the_mean_of_a_fat_tail_is_refused() {
    static THEOREM: Theorem = theorem(
        "fat-tail",
        &[Quantity::new("moment", "E|v|^order", "(tau^order/(order + 1))^depth", &["tau", "depth", "order"])],
        &[claim("moment", &[Evidence::sampled("plain mean", "", |context| network::chain::plain_mean(context, ("sqrt(3)", 200, 2), 1.8))])],
    );
    assert!(message(&only_outcome(&THEOREM)).starts_with("inconclusive: invalid tails"), "{}", message(&only_outcome(&THEOREM)));
}
