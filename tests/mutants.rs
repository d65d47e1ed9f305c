//! Small errors planted in every formula that a claim asserts: none may go unnoticed.

use vanishing_curvature::audit::mutants::{Fate, Planted, kill_table};
use vanishing_curvature::audit::{self, Options};
use vanishing_curvature::claim::{Device, Effort};
use vanishing_curvature::prelude::*;
use vanishing_curvature::theorems::CATALOG;

const OPTIONS: Options = Options { seed: audit::SEED, effort: Effort::Quick, device: Device::Cpu };

fn title(planted: &Planted) -> String {
    format!("{}.{}: {}", planted.theorem.slug, planted.quantity.id, planted.mutant.change)
}

#[test]
fn every_mutant_of_every_formula_is_refuted_or_accounted_for() {
    let table = kill_table(CATALOG, &OPTIONS, &|_| ());
    let survivors: Vec<String> = table.iter().filter(|planted| planted.fate == Fate::Survives).map(title).collect();
    assert!(survivors.is_empty(), "{survivors:#?}");
    assert!(table.len() >= 200, "{} mutants are too few to tell", table.len());
    let refuted = table.iter().filter(|planted| matches!(planted.fate, Fate::Refuted { .. })).count();
    assert!(refuted * 20 >= table.len() * 19, "{refuted} of {}", table.len());
}

const fn theorem(quantities: &'static [Quantity], claims: &'static [Claim]) -> Theorem {
    Theorem {
        slug: "planted",
        label: "planted",
        source: "nowhere",
        says: "an example",
        reconstructed: None,
        follows_from: &[],
        quantities,
        claims,
        figures: &[],
    }
}

fn fates(theorem: &'static Theorem) -> Vec<(String, Fate)> {
    kill_table(&[theorem], &OPTIONS, &|_| ()).into_iter().map(|planted| (planted.mutant.formula.to_string(), planted.fate)).collect()
}

fn at_two(truth: i64) -> Result<Gathered, Unsettled> {
    let truth = Truth::Exact(Node::integer(truth));
    Ok(Gathered { observations: vec![Observation { point: Point::new().at("depth", 2), truth }], ..Gathered::default() })
}

#[test]
fn an_error_that_the_evidence_cannot_see_survives() {
    // At depth 2 alone, depth^2 and 2*depth are the same number, but not depth^3.
    static THEOREM: Theorem = theorem(
        &[Quantity::new("square", "depth^2", "depth^2", &["depth"])],
        &[Claim::new("square", "an example").by(&[Evidence::enumerated("one point", "", |_| at_two(4))])],
    );
    let found = fates(&THEOREM);
    let fate = |formula: &str| found.iter().find(|(text, _)| text == formula).map(|(_, fate)| fate);
    assert!(matches!(fate("depth^3"), Some(Fate::Refuted { rung: Rung::Enumerated, method: "one point", .. })), "{found:?}");
    static BLIND: Theorem = theorem(
        &[Quantity::new("square", "depth^2", "depth^2", &["depth"])],
        &[Claim::new("square", "an example").by(&[Evidence::enumerated("no point", "", |_| Ok(Gathered::default()))])],
    );
    assert!(fates(&BLIND).iter().all(|(_, fate)| *fate == Fate::Survives));
}

#[test]
fn a_mutant_that_is_the_same_function_is_shown_to_be_and_one_without_a_value_is_refuted() {
    static THEOREM: Theorem = theorem(
        &[Quantity::new("four", "4", "2^2 + (depth - depth)/2", &["depth"])],
        &[Claim::new("four", "an example").by(&[Evidence::enumerated("one point", "", |_| at_two(4))])],
    );
    let found = fates(&THEOREM);
    let equivalent = found.iter().filter(|(_, fate)| matches!(fate, Fate::Equivalent { error_bits, .. } if *error_bits >= 100));
    assert!(equivalent.count() >= 3, "{found:?}");
    static POLE: Theorem = theorem(
        &[Quantity::new("one", "1", "1/(depth - 1)", &["depth"])],
        &[Claim::new("one", "an example").by(&[Evidence::enumerated("one point", "", |_| at_two(1))])],
    );
    let found = fates(&POLE);
    let pole = found.iter().find(|(formula, _)| formula == "1/(depth - 2)");
    assert!(matches!(pole, Some((_, Fate::Refuted { witness, .. })) if witness.claimed.contains("no value")), "{found:?}");
}
