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

const OPTIONS: Options = Options { seed: 3, effort: Effort::Quick, device: Device::Cpu };

fn only_outcome(theorem: &'static Theorem) -> Outcome {
    let mut outcomes = Dossier::gather(theorem, &theorem.claims[0], &OPTIONS).outcomes();
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

#[test]
fn a_true_constant_on_an_empty_domain_is_inconclusive() {
    static THEOREM: Theorem = theorem(
        "empty-domain",
        &[Quantity::new("moment", "E w^2", "tau^2/3", &["tau"])],
        &[claim("moment", &[Evidence::certified("no chains", "", |_| certified::layered_medians(&[], "tau^2/3"))])],
    );
    insta::assert_snapshot!(message(&only_outcome(&THEOREM)));
}

#[test]
fn a_true_constant_for_all_names_but_seen_nowhere_proves_nothing() {
    static THEOREM: Theorem = theorem(
        "unproved",
        &[Quantity::new("moment", "E w^2", "tau^2/3", &["tau"])],
        &[claim("moment", &[Evidence::proved("by assertion", "", &[Step::lemma("independent products", "so it is")])])],
    );
    insta::assert_snapshot!(message(&only_outcome(&THEOREM)));
}

#[test]
fn a_bound_that_one_net_in_ten_thousand_violates_is_refuted_by_that_net() {
    // |w_4 w_3 w_2 w_1| with every weight among 1/10, 2/10, ..., 1: only the largest of all products passes the bound.
    static THEOREM: Theorem = theorem(
        "violated-once",
        &[Quantity::new("bound", "a bound on |v|", "1 - 1/11", &["depth"])],
        &[claim("bound", &[Evidence::enumerated("every net", "", |_| Ok(products(4)))]).related(Relation::AtLeast)],
    );
    let found = products(4);
    assert_eq!(found.observations.len(), 10_000);
    insta::assert_snapshot!(message(&only_outcome(&THEOREM)));
    static TRUE: Theorem = theorem(
        "never-violated",
        &[Quantity::new("bound", "a bound on |v|", "1", &["depth"])],
        &[claim("bound", &[Evidence::enumerated("every net", "", |_| Ok(products(4)))]).related(Relation::AtLeast)],
    );
    assert!(only_outcome(&TRUE).as_expected);
}

/// Every product of that many weights among 1/10, …, 10/10.
fn products(depth: u32) -> Gathered {
    let digits = |number: i64| (0..depth).map(move |place| 1 + number / 10i64.pow(place) % 10);
    let observe = |number: i64| {
        let point = Point::new().with("depth", Node::integer(i64::from(depth)));
        let point = digits(number).zip(1..).fold(point, |point, (weight, layer)| point.at(&format!("w{layer}"), format!("{weight}/10")));
        let product = Node::integer(digits(number).product()) / Node::integer(10i64.pow(depth));
        Observation { point, truth: Truth::Exact(product) }
    };
    Gathered { observations: (0..10i64.pow(depth)).map(observe).collect(), ..Gathered::default() }
}

#[test]
fn a_median_claimed_as_a_mean_is_refuted_by_draws() {
    static THEOREM: Theorem = theorem(
        "median-as-mean",
        &[Quantity::new("mean", "E|v|", "tau^depth*exp(-gamma_median(depth))", &["tau", "depth"])],
        &[claim("mean", &[Evidence::sampled("plain means", "", |context| network::chain::moments(context, &[("sqrt(3)", 3, 1)]))])],
    );
    let text = message(&only_outcome(&THEOREM));
    insta::assert_snapshot!(text.split(", the evidence ").next().unwrap());
}

#[test]
fn a_mean_claimed_as_a_median_is_refuted_by_an_enclosure() {
    static THEOREM: Theorem = theorem(
        "mean-as-median",
        &[Quantity::new("median", "median |v|", "(tau/2)^depth", &["tau", "depth"])],
        &[claim(
            "median",
            &[Evidence::certified("brackets", "", |_| {
                certified::layered_medians(&[("sqrt(3)", 3)].map(network::chain::point), "tau^depth*exp(-median)")
            })],
        )],
    );
    insta::assert_snapshot!(message(&only_outcome(&THEOREM)));
}

#[test]
fn a_mean_of_infinite_variance_is_refused() {
    // E u^(-3/4) = 4 for u uniform on (0, 1), but E u^(-3/2) is infinite.
    static THEOREM: Theorem = theorem(
        "infinite-variance",
        &[Quantity::new("moment", "E|v|^(-3/4)", "4^depth", &["depth"])],
        &[claim(
            "moment",
            &[Evidence::sampled("plain mean", "", |context| {
                let (point, configuration) = (Point::new().at("depth", 1), "depth 1".to_owned());
                let case = sampled::Case { point, configuration, setting: (), cost: 1, guess: f64::INFINITY };
                sampled::means(context, &[case], "nothing", |(), generator, n| Ok::<_, String>(roots(generator, n)))
            })],
        )],
    );
    let text = message(&only_outcome(&THEOREM));
    insta::assert_snapshot!(text.split("; in ").next().unwrap());
}

/// Draws of u^(−3/4), u uniform on (0, 1].
fn roots(generator: &mut sampled::Generator, n: usize) -> Vec<Scaled> {
    use rand::RngExt;
    (0..n).map(|_| Scaled::from((1.0 - generator.random::<f64>()).powf(-0.75))).collect()
}

#[test]
fn an_expected_refutation_that_agrees_is_not_as_expected() {
    static THEOREM: Theorem = theorem(
        "no-erratum",
        &[Quantity::new("square", "E w^2", "tau^2/3", &["tau"])],
        &[claim("square", &[Evidence::proved("antiderivative", "", SQUARE)]).expecting(Expectation::Refuted)],
    );
    insta::assert_snapshot!(message(&only_outcome(&THEOREM)));
}

#[test]
fn a_card_whose_lemma_does_not_exist_has_no_report() {
    use suite::report::json::{AuditDocument, TimingsDocument};
    use suite::report::{Audit, Catalogue, render_all};
    static THEOREM: Theorem = theorem(
        "no-lemma",
        &[Quantity::new("square", "E w^2", "tau^2/3", &["tau"])],
        &[claim("square", &[Evidence::derived("wishful", "", &[Step::lemma("the lemma that nobody wrote", "it follows")])])],
    );
    let catalogue = Catalogue { theorems: &[&THEOREM], figures: &[], lemmas: suite::theorems::lemmas::LEMMAS, omissions: &[] };
    let outcomes = suite::audit::run(catalogue.theorems, &OPTIONS, &|_| ());
    let Options { seed, effort, device } = OPTIONS;
    let audit = Audit {
        version: "test",
        seed,
        effort,
        device,
        false_alarm: 1e-6,
        miss: 1e-6,
        shard: None,
        outcomes: &outcomes,
        seconds: 0.0,
        threads: 1,
    };
    let (document, timings) = (AuditDocument::new(&audit, &catalogue), TimingsDocument::new(&audit, &catalogue));
    let refusal = render_all(&catalogue, &document, &timings, std::path::Path::new("nowhere")).unwrap_err().to_string();
    insta::assert_snapshot!(refusal);
    assert!(outcomes.iter().all(|outcome| !outcome.as_expected), "an argument without identities settled a claim");
}

#[test]
fn a_rival_that_the_evidence_cannot_see_is_not_as_expected() {
    static THEOREM: Theorem = theorem(
        "blind",
        &[Quantity::new("moment", "E|v|", "(tau/2)^depth", &["tau", "depth"])],
        &[claim(
            "moment",
            &[Evidence::enumerated("depth 1 only", "", |_| {
                let truth = Truth::Exact(Node::integer(1));
                Ok(Gathered {
                    observations: vec![Observation { point: Point::new().at("tau", 2).at("depth", 1), truth }],
                    ..Gathered::default()
                })
            })],
        )
        .against(&[rival("depth forgotten", "tau/2")])],
    );
    let outcomes = suite::audit::run(&[&THEOREM], &OPTIONS, &|_| ());
    let rival = outcomes.iter().find(|outcome| outcome.rival.is_some()).unwrap();
    insta::assert_snapshot!(message(rival));
}
