//! An audit depends on its seed alone: not on threads, on order, or on what else is audited; and its verdicts not even on that.

use vanishing_curvature::audit::{self, FALSE_ALARMS, MISSES, Options};
use vanishing_curvature::claim::{Device, Effort, Outcome, Theorem};
use vanishing_curvature::report::json::{self, AuditDocument, schema};
use vanishing_curvature::report::{Audit, Catalogue};
use vanishing_curvature::theorems::{CATALOG, figures, lemmas, prop_3, thm_4, thm_5};

const CATALOGUE: Catalogue<'static> =
    Catalogue { theorems: CATALOG, figures: figures::FIGURES, lemmas: lemmas::LEMMAS, omissions: lemmas::OMISSIONS };

fn options(seed: u64) -> Options {
    Options { seed, effort: Effort::Quick, device: Device::Cpu }
}

fn document(outcomes: &[Outcome], options: &Options) -> String {
    let Options { seed, effort, device } = *options;
    let (false_alarm, miss) = (FALSE_ALARMS, MISSES);
    let audit = Audit { version: "test", seed, effort, device, false_alarm, miss, outcomes, seconds: 0.0, threads: 0 };
    json::render(&AuditDocument::new(&audit, &CATALOGUE))
}

fn on_threads(threads: usize, selection: &[&'static Theorem]) -> String {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let options = options(11);
    document(&pool.install(|| audit::run(selection, &options, &|_| ())), &options)
}

#[test]
fn the_same_seed_gives_the_same_bytes_on_any_number_of_threads_and_in_any_order() {
    let forward: [&'static Theorem; 2] = [&prop_3::THEOREM, &thm_4::THEOREM];
    let backward: [&'static Theorem; 2] = [&thm_4::THEOREM, &prop_3::THEOREM];
    let first = on_threads(1, &forward);
    assert_eq!(first, on_threads(3, &forward));
    assert_eq!(first, on_threads(2, &backward));
}

#[test]
fn a_claim_audited_alone_has_the_same_rows_as_in_company() {
    let (alone, company) = (on_threads(2, &[&thm_4::THEOREM]), on_threads(2, &[&prop_3::THEOREM, &thm_4::THEOREM]));
    let rows = |text: &str| {
        let document: serde_json::Value = serde_json::from_str(text).unwrap();
        let all = document["outcomes"].as_array().unwrap().clone();
        all.into_iter().filter(|row| row["claim"] == "thm-4").collect::<Vec<_>>()
    };
    assert!(!rows(&alone).is_empty());
    assert_eq!(rows(&alone), rows(&company));
}

#[test]
fn other_seeds_give_other_draws_and_the_same_verdicts() {
    let chain: [&'static Theorem; 3] = [&prop_3::THEOREM, &thm_4::THEOREM, &thm_5::THEOREM];
    let run = |seed| audit::run(&chain, &options(seed), &|_| ());
    let verdicts = |outcomes: &[Outcome]| outcomes.iter().map(|row| row.judgement.verdict.name()).collect::<Vec<_>>();
    let (one, two) = (run(1), run(2));
    assert_eq!(verdicts(&one), verdicts(&two));
    assert!(one.iter().chain(&two).all(|row| row.as_expected));
    assert_ne!(document(&one, &options(1)), document(&two, &options(1)));
}

#[test]
fn the_audit_document_fits_its_schema() {
    let schema: serde_json::Value = serde_json::from_str(schema::AUDIT).unwrap();
    let document: serde_json::Value = serde_json::from_str(&on_threads(2, &[&thm_4::THEOREM])).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}
