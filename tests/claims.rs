//! The executable proof: one named test per claim and rung, and one per named rival.
//!
//! All evidence is gathered once, at quick effort; the tests read its verdicts.

use libtest_mimic::{Arguments, Failed, Trial};
use vanishing_curvature::audit::{self, Options};
use vanishing_curvature::claim::{Device, Effort, Outcome, Verdict};
use vanishing_curvature::theorems::CATALOG;

fn main() {
    let arguments = Arguments::from_args();
    let options = Options { seed: audit::SEED, effort: Effort::Quick, device: Device::Cpu };
    let outcomes = audit::run(CATALOG, &options, &|_| ());
    libtest_mimic::run(&arguments, tests(outcomes)).exit();
}

fn tests(outcomes: Vec<Outcome>) -> Vec<Trial> {
    let mut trials: Vec<Trial> = vec![];
    let mut rivals: Vec<(String, Vec<Outcome>)> = vec![];
    for outcome in outcomes {
        let claim = format!("{}::{}", outcome.claim, outcome.part);
        match outcome.rival {
            None => {
                let name = format!("{claim}::{}::{}", outcome.rung.name(), slug(outcome.method));
                trials.push(Trial::test(name, move || own(&outcome)));
            }
            Some(rival) => {
                let name = format!("{claim}::refutes::{}", slug(rival));
                match rivals.last_mut() {
                    Some((last, rows)) if *last == name => rows.push(outcome),
                    _ => rivals.push((name, vec![outcome])),
                }
            }
        }
    }
    trials.extend(rivals.into_iter().map(|(name, rows)| Trial::test(name, move || rival(&rows))));
    trials
}

fn own(outcome: &Outcome) -> Result<(), Failed> {
    let verdict = outcome.judgement.verdict.name();
    if outcome.as_expected {
        Ok(())
    } else {
        Err(format!("{verdict}, expected {:?}: {}", outcome.expected, outcome.judgement.reason).into())
    }
}

fn rival(rows: &[Outcome]) -> Result<(), Failed> {
    let survivors: Vec<String> = rows
        .iter()
        .filter(|row| !row.as_expected)
        .map(|row| format!("{} ({}): {}", row.method, row.rung.name(), row.judgement.reason))
        .collect();
    let killed = rows.iter().any(|row| matches!(row.judgement.verdict, Verdict::Refuted(_)));
    if killed && survivors.is_empty() { Ok(()) } else { Err(format!("not refuted: {}", survivors.join("; ")).into()) }
}

fn slug(text: &str) -> String {
    text.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect()
}
