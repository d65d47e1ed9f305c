//! `AUDIT.md`.

use std::fmt::Write as _;

use crate::report::bundle::Catalogue;
use crate::report::decimal::share;
use crate::report::json::{AuditDocument, Row};
use crate::report::phrase::{found, number, plural, point, rate, resolution, verdict};
use crate::report::standing::{contradicts, count, fates, is_erratum, leaves_open};

use super::{cell, code, head, row};

/// The audit as a document to print.
#[must_use]
pub fn render(document: &AuditDocument, catalogue: &Catalogue<'_>) -> String {
    let mut text = opening(document);
    text.push_str(&contradictions(document));
    text.push_str(&verdicts(document));
    text.push_str(&errata(document, catalogue));
    text.push_str(&reconstructed(catalogue));
    text.push_str(&undecided(document));
    text.push_str(&omissions(catalogue));
    text.push_str(&allowances(document));
    text.push_str(&rivals(document));
    text
}

fn opening(document: &AuditDocument) -> String {
    let AuditDocument { version, seed, effort, device, .. } = document;
    let counts = count(document);
    let mut text =
        String::from("# Audit of *Vanishing Curvature and the Power of Adaptive Methods in Randomly Initialized Deep Networks*\n\n");
    let _ = writeln!(text, "Version {version} · seed {seed} · effort {effort} · device {device}\n");
    let _ = writeln!(
        text,
        "All exact-grade evidence together raises a false alarm with probability at most {}, and misses a named rival that \
         exceeds its resolution with probability at most {}.\n",
        share(document.false_alarm),
        share(document.miss)
    );
    let _ = writeln!(
        text,
        "{} of {} came out as expected: {}, {} inconclusive, {} skipped. {}. {} of {} killed.\n",
        counts.as_expected,
        plural(counts.judgements, "judgement", "judgements"),
        plural(counts.contradictions, "contradiction", "contradictions"),
        counts.inconclusive,
        counts.skipped,
        plural(counts.errata, "statement refuted as expected", "statements refuted as expected"),
        counts.killed,
        plural(counts.rivals, "rival", "rivals"),
    );
    text
}

fn contradictions(document: &AuditDocument) -> String {
    let mut text = String::new();
    for each in document.outcomes.iter().filter(|row| contradicts(row)) {
        let rival = each.rival.as_deref().map(|rival| format!(" with the rival “{}”", cell(rival))).unwrap_or_default();
        let _ = writeln!(
            text,
            "- **{}**{rival}, {} ({}): {}, expected {}. {}",
            cell(&each.name()),
            each.rung,
            cell(&each.method),
            each.verdict,
            each.expected,
            cell(&each.reason)
        );
        text.push_str(&witness(each));
    }
    if text.is_empty() { text } else { format!("## Contradictions\n\n{text}\n") }
}

fn verdicts(document: &AuditDocument) -> String {
    let mut text = String::from("## Verdicts\n\n");
    text.push_str(&head(["claim", "rung", "method", "verdict", "expected", "at", "formula", "found", "cases", "n"]));
    for each in document.outcomes.iter().filter(|row| row.rival.is_none()) {
        let n = if each.n == 0 { "—".to_owned() } else { each.n.to_string() };
        text.push_str(&row([
            &code(&each.name()),
            &each.rung,
            &cell(&each.method),
            &verdict(each),
            &each.expected,
            &cell(&point(&each.parameters)),
            &number(each.predicted.as_ref()),
            &cell(&found(each)),
            &each.cases.to_string(),
            &n,
        ]));
    }
    let _ = writeln!(text, "\nEach row is repeated by {}.\n", code(&document.command("CLAIM")));
    text
}

fn witness(each: &Row) -> String {
    let Some(witness) = &each.witness else { return String::new() };
    let at = point(&witness.parameters);
    let at = if at.is_empty() { String::new() } else { format!("At {}: ", cell(&at)) };
    let decimal = each.witness_decimal().map(|value| format!(" ({value})")).unwrap_or_default();
    format!("  {at}claimed {}, found {}{decimal}.\n", code(&witness.claimed), code(&witness.found))
}

fn errata(document: &AuditDocument, catalogue: &Catalogue<'_>) -> String {
    let mut text = String::from("## Errata and counterexamples\n\n");
    let before = text.len();
    for theorem in catalogue.theorems {
        for claim in theorem.claims {
            let rows = || document.outcomes.iter().filter(|row| row.claim == theorem.slug && row.part == claim.part && is_erratum(row));
            if rows().next().is_none() {
                continue;
            }
            let _ = writeln!(text, "- **{}.{}** ({}): {}", theorem.slug, claim.part, cell(theorem.source), cell(claim.says));
            for each in rows() {
                let _ = writeln!(text, "  Refuted by {} ({}): {}", cell(&each.method), each.rung, cell(&each.reason));
                text.push_str(&witness(each));
            }
        }
    }
    if text.len() == before {
        text.push_str("None shown by this audit.\n");
    }
    text + "\n"
}

fn reconstructed(catalogue: &Catalogue<'_>) -> String {
    let mut text =
        String::from("## Reconstructed\n\nNot quotations: the paper's wording could not be recovered and was derived again.\n\n");
    if catalogue.theorems.iter().all(|theorem| theorem.reconstructed.is_none()) {
        text.push_str("Nothing in this audit.\n");
    }
    for theorem in catalogue.theorems {
        if let Some(what) = theorem.reconstructed {
            let _ = writeln!(text, "- **{}** ({}): {}", theorem.slug, cell(theorem.label), cell(what));
        }
    }
    text + "\n"
}

fn undecided(document: &AuditDocument) -> String {
    let mut text = String::from("## Inconclusive and skipped\n\n");
    let rows: Vec<&Row> =
        document.outcomes.iter().filter(|row| leaves_open(row) || (row.rival.is_none() && row.verdict == "inconclusive")).collect();
    if rows.is_empty() {
        text.push_str("Nothing.\n");
    } else {
        text.push_str(&head(["claim", "rival", "rung", "method", "verdict", "why"]));
    }
    for each in rows {
        let rival = each.rival.as_deref().unwrap_or("—");
        text.push_str(&row([&code(&each.name()), &cell(rival), &each.rung, &cell(&each.method), &verdict(each), &cell(&each.reason)]));
    }
    text + "\n"
}

fn omissions(catalogue: &Catalogue<'_>) -> String {
    let mut text = String::from("## Not covered\n\n");
    for omission in catalogue.omissions {
        let _ = writeln!(text, "- **{}**: {}", cell(omission.what), cell(omission.why));
    }
    text + "\n"
}

fn allowances(document: &AuditDocument) -> String {
    let mut text = String::from(
        "## Allowances\n\nA formula nearer to the truth than the resolution may pass; the rate is the probability that the row \
         refutes a true formula. Asymptotic rates rest on a limit theorem, and such evidence never refutes alone.\n\n",
    );
    text.push_str(&head(["claim", "method", "grade", "resolution", "rate", "n", "notes"]));
    for each in document.outcomes.iter().filter(|row| row.rival.is_none() && (row.grade.is_some() || !row.notes.is_empty())) {
        text.push_str(&row([
            &code(&each.name()),
            &cell(&each.method),
            each.grade.as_deref().unwrap_or("—"),
            &resolution(each),
            &rate(each),
            &each.n.to_string(),
            &cell(&each.notes.join("; ")),
        ]));
    }
    text + "\n"
}

/// One line a claim: every rival's fate, and row by row what spared it, stand in the page.
fn rivals(document: &AuditDocument) -> String {
    let mut text = String::from("## Rivals\n\nPlausible errors in place of the formula; the page says which evidence refutes each.\n\n");
    text.push_str(&head(["claim", "refuted", "not refuted"]));
    let fates = fates(&document.outcomes);
    for of_claim in fates.chunk_by(|a, b| (a.claim, a.part) == (b.claim, b.part)) {
        let named = |refuted: bool| {
            let names: Vec<&str> = of_claim.iter().filter(|fate| fate.killed_by.is_empty() != refuted).map(|fate| fate.rival).collect();
            if names.is_empty() { "—".to_owned() } else { cell(&names.join("; ")) }
        };
        text.push_str(&row([&code(&format!("{}.{}", of_claim[0].claim, of_claim[0].part)), &named(true), &named(false)]));
    }
    text
}
