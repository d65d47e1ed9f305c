//! `check`: a reviewer's formula or bound for any quantity, and what is no formula at all.

use std::process::Output;

use assert_cmd::Command;
use rayon::prelude::*;
use serde_json::Value;
use vanishing_curvature::report::json::schema;
use vanishing_curvature::theorems::CATALOG;

fn run(arguments: &[&str]) -> Output {
    Command::cargo_bin("vanishing-curvature").unwrap().arg("check").args(arguments).output().unwrap()
}

/// The exit code and the document, which fits its schema.
fn check(quantity: &str, formula: &str, settings: &[&str]) -> (i32, Value) {
    let settings = settings.iter().flat_map(|setting| ["--set", setting]);
    let arguments: Vec<&str> = [quantity, "--json", "--formula", formula].into_iter().chain(settings).collect();
    let output = run(&arguments);
    let error = String::from_utf8_lossy(&output.stderr).into_owned();
    let document: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{quantity}, {formula}: {error}"));
    let validator = jsonschema::validator_for(&serde_json::from_str(schema::CHECK).unwrap()).unwrap();
    assert!(validator.is_valid(&document), "{document}");
    (output.status.code().unwrap(), document)
}

fn verdict(quantity: &str, formula: &str, settings: &[&str]) -> String {
    let (code, document) = check(quantity, formula, settings);
    let verdict = document["verdict"].as_str().unwrap().to_owned();
    let expected = match verdict.as_str() {
        "equal" | "holds" => 0,
        "refuted" => 1,
        _ => 3,
    };
    assert_eq!(code, expected, "{document}");
    verdict
}

#[test]
fn every_quantity_equals_its_own_formula_and_is_told_from_one_more() {
    let quantities: Vec<_> =
        CATALOG.iter().flat_map(|theorem| theorem.quantities.iter().map(move |quantity| (theorem, quantity))).collect();
    let wrong = |&(theorem, quantity): &(&&vanishing_curvature::claim::Theorem, &vanishing_curvature::claim::Quantity)| {
        let (name, formula) = (format!("{}.{}", theorem.slug, quantity.id), quantity.formula);
        let more = format!("({formula}) + 1");
        // A bound at the only point there is, or at one of many.
        let bounded = if quantity.parameters.is_empty() { "holds" } else { "not refuted" };
        let found = [
            (verdict(&name, formula, &[]), "equal"),
            (verdict(&name, &more, &[]), "refuted"),
            (verdict(&name, &format!("<= {formula}"), &[]), "holds"),
            (verdict(&name, &format!(">= {more}"), &[]), "refuted"),
            (verdict(&name, &format!("<= {more}"), &[]), bounded),
        ];
        found.iter().any(|(found, expected)| found != expected).then(|| format!("{name}: {found:?}"))
    };
    let wrong: Vec<String> = quantities.par_iter().filter_map(wrong).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_bound_is_refuted_where_it_fails_and_holds_at_a_point() {
    // E|v| = (tau/2)^depth lies below 1 where tau < 2, and reaches it there.
    let mean = |formula: &str, settings: &[&str]| verdict("prop-3.moment", formula, &[&["order=1"], settings].concat());
    assert_eq!(mean("<= 1", &["tau=2"]), "holds");
    assert_eq!(mean("<= 1", &[]), "refuted");
    assert_eq!(mean(">= 1", &["tau=5/4", "depth=3"]), "refuted");
    assert_eq!(mean("<= 1", &["tau=5/4", "depth=3"]), "holds");
    assert_eq!(mean("<= 1", &["tau=5/4"]), "not refuted");
    let (_, document) = check("prop-3.moment", "<= 1", &["order=1"]);
    assert_eq!(document["witness"]["parameters"]["tau"], "3", "the smallest tau of the grid beyond 2: {document}");
    assert_eq!(document["witness"]["parameters"]["depth"], "1");
    // Irrational on both sides.
    assert_eq!(verdict("thm-5.median", "<= (tau/exp(1))^depth*exp(1/3)*exp(1/100)", &["depth=1", "tau=1"]), "holds");
    assert_eq!(verdict("thm-5.median", "<= (tau/exp(1))^depth", &[]), "refuted");
}

#[test]
fn a_witness_is_a_small_fraction_wherever_there_is_one() {
    let (_, document) = check("prop-3.moment", "(tau^order/(order+1))^depth + (depth-1)*(depth-2)/10^30", &[]);
    let witness = &document["witness"];
    assert_eq!((&witness["parameters"]["depth"], &document["rung"]), (&Value::from("3"), &Value::from("proved")), "{document}");
    assert!(witness["claimed"].as_str().unwrap().contains('/'));
}

#[test]
fn malformed_input_is_refused_in_one_sentence_that_says_what_is_accepted() {
    let deep = "(".repeat(400);
    let huge = format!("tau^{}", "9".repeat(60));
    let cases: [(&str, &str, &[&str]); 33] = [
        ("prop-3", "1", &[]),
        ("prop-3.momnet", "1", &[]),
        ("prop-33.moment", "1", &[]),
        ("", "1", &[]),
        ("prop-3.moment", "", &[]),
        ("prop-3.moment", "   ", &[]),
        ("prop-3.moment", "(tau", &[]),
        ("prop-3.moment", "tau)", &[]),
        ("prop-3.moment", "tau order", &[]),
        ("prop-3.moment", "tau^", &[]),
        ("prop-3.moment", "2tau", &[]),
        ("prop-3.moment", "tau**2", &[]),
        ("prop-3.moment", "tau,", &[]),
        ("prop-3.moment", "[tau, 1", &[]),
        ("prop-3.moment", "[tau, 1]", &[]),
        ("prop-3.moment", "[tau, 1][2]", &[]),
        ("prop-3.moment", "width^2", &[]),
        ("prop-3.moment", "Tau^order", &[]),
        ("prop-3.moment", "let tau = ; tau", &[]),
        ("prop-3.moment", "sin(tau)", &[]),
        ("prop-3.moment", "exp(tau, 2)", &[]),
        ("prop-3.moment", "exp", &[]),
        ("prop-3.moment", "τ^order", &[]),
        ("prop-3.moment", "1.2.3", &[]),
        ("prop-3.moment", "< tau", &[]),
        ("prop-3.moment", "== tau", &[]),
        ("prop-3.moment", "<=", &[]),
        ("prop-3.moment", "tau <= 2", &[]),
        ("prop-3.moment", "<= >= tau", &[]),
        ("prop-3.moment", &deep, &[]),
        ("prop-3.moment", "tau", &["depth=0"]),
        ("prop-3.moment", "tau", &["width=3"]),
        ("prop-3.moment", "tau", &["tau=2", "tau=3"]),
    ];
    let refusals: Vec<String> = cases
        .iter()
        .map(|(quantity, formula, settings)| {
            let settings: Vec<&str> = settings.iter().flat_map(|setting| ["--set", setting]).collect();
            let given = format!("{quantity} --formula \"{}\" {}", shown(formula), settings.join(" "));
            let output = run(&[&[quantity, "--formula", formula][..], &settings].concat());
            let sentence = String::from_utf8(output.stderr.clone()).unwrap();
            assert_eq!(output.status.code(), Some(2), "{given}: {sentence}");
            assert!(output.stdout.is_empty(), "{given}");
            assert_eq!(sentence.trim_end().lines().count(), 1, "{given}: {sentence}");
            format!("{}\n  {}", given.trim_end(), sentence.trim_end())
        })
        .collect();
    insta::assert_snapshot!(refusals.join("\n"));
    assert_ne!(run(&["prop-3.moment", "--formula", &huge]).status.code(), Some(70), "a boundless power is no bug");
}

/// A formula, its middle left out where it is long.
fn shown(formula: &str) -> String {
    if formula.len() > 60 { format!("{}… ({} characters)", &formula[..20], formula.len()) } else { formula.escape_debug().to_string() }
}
