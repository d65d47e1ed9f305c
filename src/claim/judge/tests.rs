use super::*;
use crate::claim::{Grade, Interval, Point, Resolution};
use crate::formula::{Ball, Precision, Scaled, parse};
use Relation::{Above, AtLeast, AtMost, Below, Equal};

const RELATIONS: [Relation; 5] = [Equal, Below, AtMost, Above, AtLeast];

fn interval(low: f64, estimate: f64, high: f64, resolution: Resolution) -> Interval {
    let [low, estimate, high] = [low, estimate, high].map(Scaled::from);
    Interval { low, high, estimate, resolution, n: 100 }
}

fn gathered(truths: impl IntoIterator<Item = Truth>, grade: Option<Grade>) -> Gathered {
    let observe = |(at, truth)| Observation { point: Point::new().at("case", at), truth };
    Gathered { observations: (1..).zip(truths).map(observe).collect(), grade, ..Gathered::default() }
}

fn exact(text: &str) -> Truth {
    Truth::Exact(parse(text).unwrap())
}

fn judged(formula: &str, relation: Relation, rung: Rung, found: Gathered) -> Judgement {
    let formula = parse(formula).unwrap();
    let statement = Statement { formula: &formula, relation, rung };
    let judgement = judge(statement, &[], Some(&Ok(found.clone())));
    let refuted = matches!(judgement.verdict, Verdict::Refuted(_));
    assert_eq!(refutation(statement, &[], Some(&found)).is_some(), refuted, "the short way and the long way differ");
    judgement
}

fn name(formula: &str, relation: Relation, truth: Truth) -> &'static str {
    let grade = matches!(truth, Truth::Interval(_)).then_some(Grade::Exact);
    judged(formula, relation, Rung::Enumerated, gathered([truth], grade)).verdict.name()
}

#[test]
fn exact_numbers_are_compared_as_the_relation_says() {
    let verdicts = |formula: &str| RELATIONS.map(|relation| name(formula, relation, exact("1/3")));
    assert_eq!(verdicts("1/3 - 10^-60"), ["refuted", "agrees", "agrees", "refuted", "refuted"]);
    assert_eq!(verdicts("3^-1"), ["agrees", "refuted", "agrees", "refuted", "agrees"]);
    assert_eq!(verdicts("1/3 + 10^-60"), ["refuted", "refuted", "refuted", "agrees", "agrees"]);
}

#[test]
fn irrational_numbers_are_told_apart_by_enclosures_and_equal_only_as_trees() {
    let verdicts = |formula: &str| RELATIONS.map(|relation| name(formula, relation, exact("sqrt(2)")));
    assert_eq!(verdicts("sqrt(2) - 10^-20"), ["refuted", "agrees", "agrees", "refuted", "refuted"]);
    assert_eq!(verdicts("sqrt(2)/2 + sqrt(2)/2"), ["agrees", "refuted", "agrees", "refuted", "agrees"]);
    assert_eq!(verdicts("sqrt(2) + 10^-400"), ["inconclusive"; 5]);
}

#[test]
fn an_enclosure_refutes_what_lies_outside_and_counts_for_equality_only_if_narrow() {
    let around = |half: &str| {
        let end =
            |text: &str| Ball::from_rational(&crate::formula::exact(&parse(text).unwrap(), &Default::default()).unwrap(), Precision(200));
        Truth::Enclosed(end(&format!("1 - {half}")).hull(&end(&format!("1 + {half}"))))
    };
    let verdicts = |formula: &str, half: &str| RELATIONS.map(|relation| name(formula, relation, around(half)));
    assert_eq!(verdicts("1 - 10^-9", "10^-10"), ["refuted", "agrees", "agrees", "refuted", "refuted"]);
    assert_eq!(verdicts("1 + 10^-9", "10^-10"), ["refuted", "refuted", "refuted", "agrees", "agrees"]);
    let undecided = "inconclusive";
    assert_eq!(verdicts("1", "10^-10"), ["agrees", undecided, undecided, undecided, undecided]);
    // Relatively narrower than 2^−10 is [1 − 2^−12, 1 + 2^−12], not [1 − 2^−9, 1 + 2^−9].
    assert_eq!(name("1", Equal, around("2^-12")), "agrees");
    assert_eq!(name("1", Equal, around("2^-9")), undecided);
}

#[test]
fn an_interval_holds_its_ends_and_refutes_on_the_side_that_the_relation_forbids() {
    let truth = || Truth::Interval(interval(1.0, 1.25, 1.5, Resolution::Absolute(0.5)));
    let verdicts = |formula: &str| RELATIONS.map(|relation| name(formula, relation, truth()));
    for inside in ["1", "5/4", "3/2"] {
        assert_eq!(verdicts(inside), ["agrees"; 5], "{inside}");
    }
    assert_eq!(verdicts("1 - 10^-30"), ["refuted", "agrees", "agrees", "refuted", "refuted"]);
    assert_eq!(verdicts("3/2 + 10^-30"), ["refuted", "refuted", "refuted", "agrees", "agrees"]);
}

#[test]
fn only_exact_grade_refutes() {
    let truth = Truth::Interval(interval(1.0, 1.25, 1.5, Resolution::Absolute(0.5)));
    for (grade, verdict) in [(Some(Grade::Exact), "refuted"), (Some(Grade::Asymptotic), "inconclusive"), (None, "inconclusive")] {
        let found = judged("2", Equal, Rung::Sampled, gathered([truth.clone()], grade));
        assert_eq!(found.verdict.name(), verdict);
        assert!(found.reason.contains("[1, 1.5]") || found.reason.contains("between 1 and 1.5"), "{}", found.reason);
    }
}

#[test]
fn an_interval_wider_than_planned_decides_nothing_unless_it_refutes() {
    let plans = [
        (interval(1.0, 2.0, 3.0, Resolution::Absolute(2.0)), interval(1.0, 2.0, 3.0, Resolution::Absolute(1.99))),
        (interval(1.0, 2.0, 3.0, Resolution::Relative(1.0)), interval(1.0, 2.0, 3.0, Resolution::Relative(0.99))),
        (
            interval(1.0, 1.5, 1.98, Resolution::PerLayer { layers: 10, share: 0.071 }),
            interval(1.0, 1.5, 1.98, Resolution::PerLayer { layers: 10, share: 0.070 }),
        ),
    ];
    for (planned, wider) in plans {
        assert_eq!(name("3/2", Equal, Truth::Interval(planned)), "agrees", "{planned:?}");
        assert_eq!(name("3/2", Equal, Truth::Interval(wider)), "inconclusive", "{wider:?}");
        assert_eq!(name("5", Equal, Truth::Interval(wider)), "refuted", "{wider:?}");
    }
}

#[test]
fn an_interval_that_is_none_decides_nothing() {
    let plan = Resolution::Relative(10.0);
    for wrong in [interval(2.0, 1.5, 1.0, plan), interval(f64::NAN, 1.0, 2.0, plan), interval(1.0, f64::INFINITY, 2.0, plan)] {
        assert_eq!(name("7", Equal, Truth::Interval(wrong)), "inconclusive", "{wrong:?}");
    }
}

#[test]
fn a_formula_without_a_value_is_refuted_and_one_that_nobody_can_compute_is_not_judged() {
    let truths = [exact("1"), exact("sqrt(2)"), Truth::Interval(interval(1.0, 1.0, 1.0, Resolution::Absolute(1.0)))];
    for truth in truths {
        assert_eq!(name("1/(case - 1)", Equal, truth.clone()), "refuted");
        assert_eq!(name("ln(case - 2)", Equal, truth.clone()), "refuted");
        assert_eq!(name("2^2^2^2^2^2^2", Equal, truth), "inconclusive");
    }
}

#[test]
fn the_case_nearest_to_refutation_is_shown_wherever_it_stands() {
    let at = |estimate: f64| Truth::Interval(interval(estimate - 0.5, estimate, estimate + 0.5, Resolution::Absolute(1.0)));
    for (order, place) in [([1.1, 1.4, 0.9], "2"), ([1.4, 1.1, 0.9], "1"), ([1.1, 0.9, 0.6], "3")] {
        let judgement = judged("1", Equal, Rung::Sampled, gathered(order.map(at), Some(Grade::Exact)));
        assert_eq!((judgement.verdict.name(), judgement.cases), ("agrees", 3));
        assert_eq!(judgement.shown.unwrap().parameters.get("case").unwrap().to_string(), place);
    }
}

#[test]
fn the_first_contradiction_is_the_witness_and_outweighs_every_doubt() {
    let wide = Truth::Interval(interval(0.0, 1.0, 2.0, Resolution::Absolute(0.1)));
    let off = |by: f64| Truth::Interval(interval(1.0 + by, 1.5 + by, 2.0 + by, Resolution::Absolute(1.0)));
    let judgement = judged("1", Equal, Rung::Sampled, gathered([wide, off(0.5), off(3.0)], Some(Grade::Exact)));
    let Verdict::Refuted(witness) = judgement.verdict else { panic!("{judgement:?}") };
    assert_eq!(witness.parameters.to_string(), "case = 2");
    assert_eq!(judgement.shown.unwrap().parameters.to_string(), "case = 2");
    assert!(judgement.reason.starts_with("at case = 2 the formula gives 1"), "{}", judgement.reason);
}

#[test]
fn one_doubt_among_agreements_leaves_the_whole_inconclusive() {
    let narrow = Truth::Interval(interval(0.75, 1.0, 1.25, Resolution::Absolute(0.5)));
    let wide = Truth::Interval(interval(0.0, 1.0, 2.0, Resolution::Absolute(0.1)));
    let judgement = judged("1", Equal, Rung::Sampled, gathered([narrow.clone(), wide, narrow], Some(Grade::Exact)));
    assert_eq!(judgement.verdict.name(), "inconclusive");
    assert!(judgement.reason.starts_with("at case = 2 "), "{}", judgement.reason);
}

#[test]
fn nothing_observed_is_no_agreement_and_points_are_no_proof() {
    assert_eq!(judged("1", Equal, Rung::Enumerated, gathered([], None)).reason, "zero observations");
    let at_a_point = |rung: Rung| judged("1", Equal, rung, gathered([exact("1")], None));
    assert_eq!(at_a_point(Rung::Enumerated).reason, "agrees in the only case");
    assert_eq!(at_a_point(Rung::Proved).reason, "agreement at single points proves nothing beyond them");
}

#[test]
fn functions_are_compared_as_functions_and_never_by_an_inequality() {
    let verdicts = |formula: &str| RELATIONS.map(|relation| name(formula, relation, exact("(a + b)^2")));
    assert_eq!(verdicts("a^2 + 2*a*b + b^2"), ["agrees", "inconclusive", "inconclusive", "inconclusive", "inconclusive"]);
    assert_eq!(name("a^2 + b^2", Equal, exact("(a + b)^2")), "refuted");
}

#[test]
fn evidence_that_failed_or_was_skipped_says_so() {
    let formula = parse("1").unwrap();
    let statement = Statement { formula: &formula, relation: Equal, rung: Rung::Sampled };
    let says = |unsettled| judge(statement, &[], Some(&Err(unsettled)));
    let failed = says(Unsettled::Inconclusive("no draws".into()));
    assert_eq!((failed.verdict.name(), failed.reason.as_str(), failed.cases), ("inconclusive", "no draws", 0));
    let skipped = says(Unsettled::Skipped("too long".into()));
    assert_eq!((skipped.verdict.name(), skipped.reason.as_str(), skipped.cases), ("skipped", "too long", 0));
}

#[test]
fn an_interval_owes_the_refutation_of_what_differs_by_more_than_its_plan() {
    let owes = |formula: &str, other: &str, truth: Truth| {
        resolvable(&parse(formula).unwrap(), &parse(other).unwrap(), &gathered([truth], Some(Grade::Exact)))
    };
    let planned = |resolution| Truth::Interval(interval(0.0, 1.0, 2.0, resolution));
    for (formula, other, plan, owed) in [
        ("2.11", "2", Resolution::Absolute(0.1), true),
        ("2.09", "2", Resolution::Absolute(0.1), false),
        ("1.89", "2", Resolution::Absolute(0.1), true),
        ("2.21", "2", Resolution::Relative(0.1), true),
        ("2.19", "2", Resolution::Relative(0.1), false),
        ("1.1^10*1.01", "1", Resolution::PerLayer { layers: 10, share: 0.1 }, true),
        ("1.1^10*0.99", "1", Resolution::PerLayer { layers: 10, share: 0.1 }, false),
        ("1", "1.1^10*1.01", Resolution::PerLayer { layers: 10, share: 0.1 }, true),
    ] {
        assert_eq!(owes(formula, other, planned(plan)), owed, "{formula} for {other} under {plan:?}");
    }
    assert!(owes("1 + 10^-50", "1", exact("1")), "exact evidence owes everything");
}
