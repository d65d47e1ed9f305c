//! Hand-built outcomes: every verdict, every grade, magnitudes far outside `f64`.

use crate::claim::{Expectation, Grade, Judgement, Outcome, Point, Resolution, Rung, Shown, Verdict, Witness};
use crate::formula::{Numeral, State};
use crate::report::json::AuditDocument;

use super::{CATALOGUE, audit};

/// sign · e^log.
fn numeral(log: f64) -> Numeral {
    Numeral { state: State::Finite, value: Some(log.exp()).filter(|value| value.is_normal()), sign: Some(1), log: Some(log) }
}

fn shown(predicted: f64, estimate: Option<f64>) -> Option<Shown> {
    Some(Shown {
        parameters: Point::new(),
        predicted: Some(numeral(predicted)),
        estimate: estimate.map(numeral),
        interval: estimate.map(|log| (numeral(log - 0.01), numeral(log + 0.01))),
        n: if estimate.is_some() { 20_000 } else { 0 },
        resolution: estimate.map(|_| Resolution::Relative(0.05)),
    })
}

fn refuted(claimed: &str, found: &str) -> Verdict {
    Verdict::Refuted(Witness { parameters: Point::new(), claimed: claimed.into(), found: found.into() })
}

fn outcome(claim: &'static str, part: &'static str, rung: Rung, method: &'static str, verdict: Verdict, reason: &str) -> Outcome {
    let as_expected = verdict == Verdict::Agrees;
    Outcome {
        claim,
        part,
        rival: None,
        rung,
        method,
        grade: None,
        judgement: Judgement { verdict, reason: reason.into(), cases: 12, shown: None },
        expected: Expectation::Agrees,
        as_expected,
        rate: 0.0,
        draws: 0,
        notes: Vec::new(),
        seconds: 0.125,
    }
}

fn sampled(shown: Option<Shown>, grade: Grade, outcome: Outcome) -> Outcome {
    Outcome { grade: Some(grade), rate: 2.5e-8, draws: 60_000, judgement: Judgement { shown, ..outcome.judgement }, ..outcome }
}

fn rival(name: &'static str, outcome: Outcome) -> Outcome {
    Outcome { rival: Some(name), expected: Expectation::Refuted, as_expected: true, ..outcome }
}

/// The outcomes, in an order that is not the catalogue's.
pub(in crate::report) fn outcomes() -> Vec<Outcome> {
    let moment = |rung, method, verdict, reason: &str| outcome("prop-3", "moment", rung, method, verdict, reason);
    let deep = 200.0 * (3.0f64 / 5.0).ln() * 20.0;
    let squares =
        outcome("lemma-12", "uncorrelated", Rung::Enumerated, "all weights", refuted("0", "1871675/4"), "The exact values differ.");
    vec![
        Outcome { expected: Expectation::Refuted, as_expected: true, ..squares },
        sampled(
            shown(deep, Some(deep + 0.003)),
            Grade::Asymptotic,
            Outcome {
                notes: vec!["effective sample size 1523 of 2000".into(), "surviving ancestors 41".into()],
                ..moment(Rung::Sampled, "particles", Verdict::Agrees, "The interval contains the formula's value at every point.")
            },
        ),
        moment(Rung::Proved, "one-layer integral", Verdict::Agrees, "Both sides are the same function; error below 2^-100."),
        sampled(
            shown(-0.5, Some(-0.52)),
            Grade::Asymptotic,
            rival("one layer fewer", moment(Rung::Sampled, "particles", Verdict::Agrees, "Nearer to the truth than the resolution.")),
        ),
        rival("k+1 → k+2", moment(Rung::Proved, "one-layer integral", refuted("1/3", "1/2"), "The exact values differ.")),
        rival("one layer fewer", moment(Rung::Proved, "one-layer integral", refuted("1", "2/3"), "The exact values differ.")),
        sampled(
            shown((1.0f64 / 3.0).ln(), Some(0.334f64.ln())),
            Grade::Exact,
            outcome("thm-5", "median", Rung::Sampled, "order statistics", Verdict::Agrees, "The interval contains the formula's value."),
        ),
        outcome(
            "thm-5",
            "median",
            Rung::Certified,
            "finite sums",
            Verdict::Inconclusive("too wide".into()),
            "The enclosure at depth = 2000 is wider than 2^-40 | of its value.",
        ),
        sampled(
            shown(-0.2, Some(-0.9)),
            Grade::Exact,
            rival(
                "mean for median",
                outcome(
                    "thm-5",
                    "median",
                    Rung::Sampled,
                    "order statistics",
                    refuted("0.8187…", "[0.40, 0.41]"),
                    "The interval excludes it.",
                ),
            ),
        ),
    ]
}

/// The document of these outcomes, with points written by hand.
pub(in crate::report) fn document() -> AuditDocument {
    let outcomes = outcomes();
    let mut document = AuditDocument::new(&audit(&outcomes), &CATALOGUE);
    for row in &mut document.outcomes {
        let point = || [("depth", "200"), ("tau", "sqrt(3)")].map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        if row.predicted.is_some() {
            row.parameters = point();
        }
        if let Some(witness) = &mut row.witness {
            witness.parameters = point();
        }
    }
    document
}
