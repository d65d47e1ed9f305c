use std::cmp::Ordering;

use super::*;
use crate::claim::{Quantity, Requirement, Theorem};
use crate::formula::Node;

const fn quantity(id: &'static str, parameters: &'static [&'static str], requires: &'static [Requirement]) -> Quantity {
    Quantity { id, says: "", formula: "1", parameters, requires }
}

static NET: Theorem = Theorem {
    slug: "net",
    label: "",
    source: "",
    says: "",
    reconstructed: None,
    follows_from: &[],
    quantities: &[
        quantity("norm", &["width", "depth", "law", "gate", "input", "target"], &[]),
        quantity("block", &["depth", "layer", "other-layer"], &[]),
        quantity("flow", &["w0", "b", "t"], &[Requirement { positive: "b - w0", says: "b must lie above w0" }]),
        quantity("chain", &["tau", "order", "at", "kernel", "x"], &[]),
        quantity("kernel", &["width", "law"], &[]),
        quantity("output", &["width", "law", "output-law", "gate", "target"], &[]),
    ],
    claims: &[],
    figures: &[],
};

fn given(settings: &[&str]) -> Vec<(String, String)> {
    settings.iter().map(|text| setting(text).unwrap()).collect()
}

fn settings(texts: &[&str]) -> Settings {
    resolve(&NET, &given(texts)).unwrap_or_else(|error| panic!("{texts:?}: {error}"))
}

fn refused(texts: &[&str]) -> String {
    let error = resolve(&NET, &given(texts)).expect_err("these settings are wrong");
    let sentence = error.to_string();
    assert!(!sentence.contains('\n'), "one sentence: {sentence}");
    sentence
}

/// The value of a name as a fraction.
fn value(settings: &Settings, name: &str) -> String {
    exact_number(settings.point.get(name).unwrap()).unwrap().to_string()
}

#[test]
fn defaults_are_filled_in_and_bound() {
    let settings = settings(&[]);
    for (name, text) in [
        ("tau", "sqrt(3)"),
        ("depth", "8"),
        ("width", "8"),
        ("gate", "linear"),
        ("law", "xavier-uniform"),
        ("input", "(1,0,...,0)"),
        ("target", "input"),
        ("order", "2"),
    ] {
        assert_eq!(settings.texts[name], text);
    }
    for (name, number) in [("p", "1"), ("variance", "1/8"), ("kurtosis", "9/5"), ("x2", "1"), ("x4", "1"), ("y2", "1"), ("layer", "1")] {
        assert_eq!(value(&settings, name), number, "{name}");
    }
}

#[test]
fn texts_given_back_resolve_to_the_same_point() {
    for texts in [&[][..], &["gate=relu", "input=3,-4", "law=three-point:2,1/3"], &["input=(2,1,...,1)", "width=5"]] {
        let first = settings(texts);
        let back: Vec<(String, String)> = first.texts.iter().map(|(name, text)| ((*name).to_owned(), text.clone())).collect();
        assert_eq!(resolve(&NET, &back).unwrap(), first);
    }
}

#[test]
fn relu_changes_the_law_the_share_of_gates_and_the_target() {
    let relu = settings(&["gate=relu"]);
    assert_eq!(relu.texts["law"], "he-uniform");
    assert_eq!((value(&relu, "p"), value(&relu, "variance"), value(&relu, "y2")), ("1/2".into(), "1/4".into(), "0".into()));
    assert!(refused(&["gate=relu", "target=input"]).contains("gate = relu"));
    let random = settings(&["gate=relu", "target=1,-2", "width=2", "output-law=rademacher:1/2"]);
    assert_eq!((value(&random, "y2"), value(&random, "output_variance")), ("5".into(), "1/4".into()));
    assert_eq!(value(&settings(&["law=gaussian:3"]), "output_variance"), "9", "B follows the weights where nobody sets it");
    assert_eq!(value(&settings(&["gate=relu", "target=(0,0,0)", "width=3"]), "y2"), "0");
}

#[test]
fn laws_bind_exact_moments() {
    for (law, variance, kurtosis) in [
        ("uniform:3/2", "3/4", "9/5"),
        ("gaussian:2", "4", "3"),
        ("rademacher:0.5", "1/4", "1"),
        ("three-point:2,1/4", "1", "4"),
        ("moments:2/3,1", "2/3", "1"),
        ("lecun-uniform", "1/24", "9/5"),
        ("xavier-gaussian", "1/8", "3"),
        ("he-gaussian", "1/4", "3"),
    ] {
        let settings = settings(&[&format!("law={law}")]);
        assert_eq!((value(&settings, "variance"), value(&settings, "kurtosis")), (variance.into(), kurtosis.into()), "{law}");
    }
    for law in [
        "cauchy",
        "uniform",
        "uniform:0",
        "gaussian:-1",
        "gaussian:1,2",
        "three-point:1,0",
        "three-point:1,1.5",
        "moments:1,0.99",
        "xavier-uniform:1",
        "uniform:tau",
        "uniform:",
    ] {
        assert!(refused(&[&format!("law={law}")]).contains("xavier-uniform"), "{law} names what is accepted");
    }
}

#[test]
fn an_input_sets_the_width_and_quarrels_with_another() {
    let three = settings(&["input=(1,-2,1/2)"]);
    assert_eq!((three.texts["width"].as_str(), value(&three, "width")), ("3", "3".to_owned()));
    assert_eq!((value(&three, "x2"), value(&three, "x4")), ("21/4".into(), "273/16".into()));
    assert_eq!(value(&three, "variance"), "1/3", "the law follows the width that the input sets");
    assert_eq!(value(&settings(&["input=1,2", "width=2"]), "x2"), "5");
    let sentence = refused(&["input=1,2", "width=3"]);
    assert!(sentence.contains("input") && sentence.contains("width = 3"), "{sentence}");
    assert_eq!(value(&settings(&["input=[2,1,...,1]", "width=1000000"]), "x2"), "1000003");
    assert_eq!(value(&settings(&["width=1"]), "x2"), "1");
}

#[test]
fn lists_that_are_no_vectors_are_refused() {
    for input in ["()", "1,,2", "one,two", "1,...", "...,1", "1,2,...,3", "1,nan", "1,1/0", "[[1,2],3]"] {
        assert!(refused(&[&format!("input={input}")]).contains("list of real numbers"), "{input}");
    }
    assert!(refused(&["input=1,2", "target=1,2,3"]).contains("target"));
}

#[test]
fn numbers_outside_their_domain_are_refused_with_the_domain() {
    for (text, accepts) in [
        ("tau=0", "a real number above 0"),
        ("tau=-1", "a real number above 0"),
        ("tau=1-1", "a real number above 0"),
        ("tau=sqrt(2)-sqrt(3)", "a real number above 0"),
        ("tau=NaN", "a real number above 0"),
        ("tau=-inf", "a real number above 0"),
        ("order=-4", "a real number above -width/2, with width = 8"),
        ("order=-9/2", "a real number above -width/2, with width = 8"),
        ("at=0", "a real number above 0"),
        ("b=1", "a real number from 0 (not included) to 1 (not included)"),
        ("t=-1/100", "a real number of at least 0"),
        ("depth=0", "an integer from 1 to 1000000"),
        ("depth=-3", "an integer from 1 to 1000000"),
        ("depth=2.5", "an integer from 1 to 1000000"),
        ("depth=sqrt(5)", "an integer from 1 to 1000000"),
        ("depth=1000000000", "an integer from 1 to 1000000"),
        ("depth=10^10^10", "an integer from 1 to 1000000"),
        ("kernel=4", "an odd integer from 1 to 9999"),
        ("gate=tanh", "`linear` or `relu`"),
        ("layer=9", "an integer from 1 to the depth"),
        ("other-layer=0", "an integer from 1 to the depth"),
    ] {
        let (name, _) = text.split_once('=').unwrap();
        let sentence = refused(&[text]);
        assert!(sentence.starts_with(name) && sentence.contains(accepts), "{text}: {sentence}");
    }
    assert_eq!(value(&settings(&["t=0", "order=-3.999"]), "order"), "-3999/1000");
}

#[test]
fn values_are_closed_formulas() {
    assert_eq!(value(&settings(&["tau=2^3/3", "depth=2*3+1"]), "depth"), "7");
    assert!(refused(&["tau=2*order"]).contains("uses the name `order`"));
    assert!(refused(&["tau=2*"]).contains("at character"));
    assert!(refused(&["tau=1/0"]).contains("division by zero"));
    assert!(refused(&["x=ln(-1)"]).starts_with("x = \"ln(-1)\" has no value"));
    assert!(refused(&["tau=[1,2]"]).contains("number"));
}

#[test]
fn names_are_known_and_set_once() {
    assert!(setting("tau").is_err() && setting("=3").is_err() && setting("tau=").is_err());
    assert_eq!(setting(" tau = a=b "), Ok(("tau".into(), "a=b".into())));
    let sentence = refused(&["dept=3"]);
    assert!(sentence.starts_with("net has no parameter `dept`: it takes depth, "), "{sentence}");
    assert!(refused(&["pixels=3"]).contains("`pixels`"), "a parameter of other claims is foreign here");
    assert!(refused(&["tau=1", "tau=1"]).contains("twice"));
}

#[test]
fn the_two_layers_may_come_in_either_order() {
    let block = |texts: &[&str]| {
        let settings = resolve_quantity(&NET, &NET.quantities[1], &given(texts)).unwrap();
        (value(&settings, "layer"), value(&settings, "other_layer"))
    };
    assert_eq!(block(&["layer=5", "other-layer=2"]), ("2".into(), "5".into()));
    assert_eq!(block(&["layer=2", "other-layer=5"]), ("2".into(), "5".into()));
    assert_eq!(block(&["layer=3"]), ("3".into(), "3".into()));
}

#[test]
fn a_requirement_of_the_quantity_is_checked() {
    let flow = |texts: &[&str]| resolve_quantity(&NET, &NET.quantities[2], &given(texts));
    assert!(flow(&["w0=0.3", "b=0.31"]).is_ok());
    let sentence = flow(&["w0=0.5", "b=0.5"]).unwrap_err().to_string();
    assert_eq!(sentence, "net.flow is not defined here: b must lie above w0 (b = 0.5, w0 = 0.5)");
}

#[test]
fn a_quantity_sees_its_own_names_only() {
    let whole = settings(&["input=1,2"]);
    let own = whole.of(&NET, &NET.quantities[4]).unwrap();
    assert_eq!(own.point.iter().map(|(name, _)| name).collect::<Vec<_>>(), ["kurtosis", "variance", "width"]);
    assert_eq!(value(&own, "width"), "2", "the width that the claim's input sets");
}

#[test]
fn the_grid_starts_small_holds_the_fixed_values_and_repeats_nothing() {
    let fixed = given(&["depth=6"]);
    let points: Vec<Settings> = grid(&NET, &NET.quantities[0], &fixed).collect();
    assert!(points.len() > 200, "{}", points.len());
    assert!(points.iter().all(|point| point.texts["depth"] == "6"));
    assert_eq!(points[0].texts["width"], "1");
    let distinct: std::collections::BTreeSet<_> = points.iter().map(|point| point.texts.clone()).collect();
    assert_eq!(distinct.len(), points.len());
    let relu_and_wide = |point: &&Settings| point.texts["gate"] == "relu" && point.texts["width"] == "3";
    assert!(points.iter().any(|point| relu_and_wide(&point)));
}

#[test]
fn signs_are_certain_or_declined() {
    let root = |n: i64| Node::Call(crate::formula::Function::Sqrt, vec![Node::integer(n)]);
    assert_eq!(certified_sign(&(root(2) - root(3))), Ok(Ordering::Less));
    assert_eq!(certified_sign(&(Node::integer(2) - Node::integer(2))), Ok(Ordering::Equal));
    assert!(certified_sign(&(root(2) * root(3) - root(6))).is_err());
}
