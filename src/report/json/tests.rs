use jsonschema::Validator;
use serde_json::{Value, json};

use super::*;
use crate::claim::{Expectation, Quantity, Resolution, Verdict};
use crate::formula::{Numeral, State};
use crate::report::demonstration::{CATALOGUE, THEOREMS, audit, document, outcomes};
use crate::report::json::schema;

fn validator(schema: &str) -> Validator {
    let schema: Value = serde_json::from_str(schema).unwrap();
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    jsonschema::draft202012::new(&schema).unwrap()
}

fn value(document: &impl Serialize) -> Value {
    serde_json::from_str(&render(document)).unwrap()
}

/// The document without one member, for every member at every depth; members that hold named values are left whole.
fn without_one_member(document: &Value) -> Vec<Value> {
    match document {
        Value::Object(members) => members
            .iter()
            .flat_map(|(name, member)| {
                let mut less = members.clone();
                less.shift_remove(name);
                let inner = if name == "parameters" { Vec::new() } else { without_one_member(member) };
                let inside = inner.into_iter().map(|changed| {
                    let mut members = members.clone();
                    members.insert(name.clone(), changed);
                    Value::Object(members)
                });
                std::iter::once(Value::Object(less)).chain(inside.collect::<Vec<_>>())
            })
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .flat_map(|(at, item)| {
                without_one_member(item).into_iter().map(move |changed| {
                    let mut items = items.clone();
                    items[at] = changed;
                    Value::Array(items)
                })
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn check() -> CheckDocument {
    CheckDocument {
        schema: CheckDocument::SCHEMA.to_owned(),
        quantity: "prop-3.moment".into(),
        formula: "(tau^order/(order+2))^depth".into(),
        against: "(tau^order/(order+1))^depth".into(),
        verdict: CheckVerdict::Refuted,
        rung: Some("proved".into()),
        witness: Some(WitnessDocument { parameters: Parameters::new(), claimed: "1/3".into(), found: "1/2".into() }),
        reason: "The exact values differ.".into(),
    }
}

fn show() -> ShowDocument {
    let quantity: &Quantity = &THEOREMS[0].quantities[0];
    let numeral = |state, value, sign, log| Numeral { state, value, sign, log };
    let third = numeral(State::Finite, Some(1.0 / 3.0), Some(1), Some((1.0f64 / 3.0).ln()));
    let tiny = numeral(State::Finite, None, Some(-1), Some(-5e4));
    let values = [
        QuantityDocument::new(quantity, "x".into(), &third, Some("1/3".into()), None),
        QuantityDocument::new(quantity, "x".into(), &tiny, None, None),
        QuantityDocument::new(quantity, "x".into(), &numeral(State::Zero, Some(0.0), Some(0), None), Some("0".into()), None),
        QuantityDocument::new(quantity, "x".into(), &numeral(State::Infinite, None, Some(1), None), None, None),
        QuantityDocument::new(quantity, "x".into(), &numeral(State::Unset, None, None, None), None, Some("no value here".into())),
    ];
    let parameters = [("tau", "sqrt(3)"), ("depth", "8")].map(|(name, text)| (name.to_owned(), text.to_owned())).into();
    ShowDocument::new("0.1.0", THEOREMS[0], parameters, values.into())
}

fn calibration() -> CalibrationDocument {
    let row = CalibrationRow {
        claim: "thm-5".into(),
        part: "median".into(),
        method: "order statistics".into(),
        grade: Some("exact".into()),
        judged: 200,
        alarms: 17,
        bound: 0.16,
        chance: 0.79,
        draws: 4000,
        as_stated: true,
    };
    let uniformity = Some(UniformityRow { values: 200, distance: 0.04, chance: 0.9 });
    let schema = CalibrationDocument::SCHEMA.to_owned();
    CalibrationDocument { schema, seed: 1, runs: 200, rate: 0.1, doubt: 1e-3, evidence: vec![row], uniformity }
}

fn mutants() -> MutantsDocument {
    let row = |mutant: &str, killed_by: Option<&str>| MutantRow {
        claim: "prop-3.moment".into(),
        quantity: "moment".into(),
        change: "a term dropped".into(),
        mutant: mutant.into(),
        killed_by: killed_by.map(str::to_owned),
        equivalent: killed_by.is_none(),
        error_bits: killed_by.is_none().then_some(110),
        below_resolution: false,
        reason: "at a = 1".into(),
    };
    let rungs = vec![RungRow { rung: "proved".into(), refuted: 1, seconds: 0.25 }];
    MutantsDocument::new(rungs, vec![row("a + 1", Some("proved: integral")), row("1 + a", None)])
}

#[test]
fn documents_are_valid_and_every_field_is_required() {
    let document = document();
    for (name, schema, document) in [
        ("audit", schema::AUDIT, value(&document)),
        ("show", schema::SHOW, value(&show())),
        ("check", schema::CHECK, value(&check())),
        ("mutants", schema::MUTANTS, value(&mutants())),
        ("calibrate", schema::CALIBRATE, value(&calibration())),
    ] {
        let validator = validator(schema);
        let errors: Vec<String> = validator.iter_errors(&document).map(|error| format!("{error} at {}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
        let lacking = without_one_member(&document);
        assert!(lacking.len() > 5);
        for less in lacking {
            assert!(!validator.is_valid(&less), "{name} is accepted with a field missing: {less:#}");
        }
        let mut more = document.clone();
        more["extra"] = json!(1);
        assert!(!validator.is_valid(&more), "{name} accepts an unknown field");
    }
}

#[test]
fn no_number_that_json_cannot_hold_passes() {
    let validator = validator(schema::AUDIT);
    let mut document = document();
    let row = document.outcomes.iter_mut().find(|row| row.predicted.is_some()).unwrap();
    row.rate = f64::NAN;
    assert!(!validator.is_valid(&value(&document)), "a rate that is no number");
    let row = document.outcomes.iter_mut().find(|row| row.predicted.is_some()).unwrap();
    row.rate = 0.5;
    row.predicted.as_mut().unwrap().log = Some(f64::INFINITY);
    assert!(!validator.is_valid(&value(&document)), "an infinite logarithm");
}

#[test]
fn numerals_that_lie_are_not_passed_on() {
    let nan = Numeral { state: State::Finite, value: Some(f64::NAN), sign: Some(1), log: Some(f64::NAN) };
    let num = Num::from(&nan);
    assert_eq!((num.value, num.log), (None, None), "and the schema refuses a finite number without a logarithm");
    let subnormal = Numeral { state: State::Finite, value: Some(1e-310), sign: Some(1), log: Some(-713.8) };
    assert_eq!(Num::from(&subnormal).value, None);
}

#[test]
fn a_refutation_without_a_witness_is_invalid_and_so_is_a_witness_without_one() {
    let validator = validator(schema::AUDIT);
    let valid = value(&document());
    for row in 0..valid["outcomes"].as_array().unwrap().len() {
        let mut changed = valid.clone();
        let refuted = changed["outcomes"][row]["verdict"] == "refuted";
        changed["outcomes"][row]["witness"] = if refuted { Value::Null } else { json!({"parameters": {}, "claimed": "1", "found": "2"}) };
        assert!(!validator.is_valid(&changed));
    }
}

#[test]
fn the_order_of_outcomes_and_the_time_they_took_leave_no_trace() {
    let forwards = outcomes();
    let mut backwards = outcomes();
    backwards.reverse();
    for outcome in &mut backwards {
        outcome.seconds = 99.0;
    }
    let slow = crate::report::Audit { seconds: 1e3, threads: 64, ..audit(&backwards) };
    let (one, other) = (AuditDocument::new(&audit(&forwards), &CATALOGUE), AuditDocument::new(&slow, &CATALOGUE));
    assert_eq!(render(&one), render(&other));
    assert_ne!(render(&TimingsDocument::new(&audit(&forwards), &CATALOGUE)), render(&TimingsDocument::new(&slow, &CATALOGUE)));
}

#[test]
fn documents_read_back_as_written() {
    let document = document();
    assert_eq!(serde_json::from_str::<AuditDocument>(&render(&document)).unwrap(), document);
    for text in [render(&mutants()), render_by_row(&mutants())] {
        assert_eq!(serde_json::from_str::<MutantsDocument>(&text).unwrap(), mutants());
    }
    assert_eq!(render_by_row(&mutants()).lines().count(), 4 + 2 + mutants().rungs.len() + mutants().mutants.len() + 1);
    assert_eq!(serde_json::from_str::<CheckDocument>(&render(&check())).unwrap(), check());
    assert_eq!(serde_json::from_str::<ShowDocument>(&render(&show())).unwrap(), show());
}

#[test]
fn rows_follow_the_catalogue_with_rivals_after_their_claim() {
    let rows: Vec<_> = document().outcomes.iter().map(|row| (row.name(), row.rival.clone(), row.method.clone())).collect();
    let names: Vec<&str> = rows.iter().map(|(name, ..)| name.as_str()).collect();
    assert!(names.is_sorted_by_key(|name| ["prop-3.moment", "thm-5.median", "lemma-12.uncorrelated"].iter().position(|n| n == name)));
    assert_eq!((rows[0].1.as_deref(), rows[0].2.as_str()), (None, "one-layer integral"), "declared first");
    assert_eq!(rows[2].1.as_deref(), Some("k+1 → k+2"));
}

#[test]
fn absolute_resolutions_and_expected_refusals_keep_their_names() {
    let mut outcomes = outcomes();
    outcomes.retain(|outcome| outcome.method == "order statistics" && outcome.rival.is_none());
    let outcome = &mut outcomes[0];
    outcome.judgement.shown.as_mut().unwrap().resolution = Some(Resolution::Absolute(0.01));
    outcome.judgement.verdict = Verdict::Inconclusive("invalid tails".into());
    outcome.expected = Expectation::Inconclusive;
    let document = AuditDocument::new(&audit(&outcomes), &CATALOGUE);
    let row = &document.outcomes[0];
    assert_eq!((row.resolution, row.resolution_kind.as_deref()), (Some(0.01), Some("absolute")));
    assert_eq!((row.verdict.as_str(), row.expected.as_str()), ("inconclusive", "inconclusive"));
    assert!(validator(schema::AUDIT).is_valid(&value(&document)));
}
