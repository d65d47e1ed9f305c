//! `numbers.tex`: one LaTeX macro for every number that a text may quote.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::decimal::latex;
use super::json::{AuditDocument, Num, Row};
use super::phrase::point;
use super::standing::count;

/// The digits of quoted numbers.
const DIGITS: usize = 6;

/// The macros. The strongest evidence of a claim that shows numbers has the short names (`\PropThreeMomentPredicted`); any
/// further evidence adds its method (`\PropThreeMomentByOrderStatisticsPredicted`). Each comes under a comment that says where
/// the number is from.
#[must_use]
pub fn render(document: &AuditDocument) -> String {
    let AuditDocument { version, seed, effort, .. } = document;
    let mut text = format!("% Written by the audit: version {version}, seed {seed}, effort {effort}. Do not edit.\n");
    let counts = count(document);
    define(&mut text, "AuditVersion", version);
    for (name, number) in [
        ("AuditSeed", seed.to_string()),
        ("AuditJudgements", counts.judgements.to_string()),
        ("AuditAsExpected", counts.as_expected.to_string()),
        ("AuditContradictions", counts.contradictions.to_string()),
        ("AuditErrata", counts.errata.to_string()),
        ("AuditRivals", counts.rivals.to_string()),
        ("AuditRivalsKilled", counts.killed.to_string()),
    ] {
        define(&mut text, name, &number);
    }
    let mut taken = BTreeSet::new();
    for row in document.outcomes.iter().filter(|row| row.rival.is_none()) {
        let numbers = numbers(row);
        if numbers.is_empty() {
            continue;
        }
        let stem = stem(row, &mut taken);
        let at = point(&row.parameters);
        let at = if at.is_empty() { String::new() } else { format!(" at {at}") };
        let comment = format!("{}, {} by {}{at}: {}", row.name(), row.rung, row.method, row.reproduce);
        let _ = writeln!(text, "% {}", comment.replace(['\n', '\r'], " "));
        for (suffix, number) in numbers {
            define(&mut text, &format!("{stem}{suffix}"), &number);
        }
    }
    text
}

fn define(text: &mut String, name: &str, body: &str) {
    let _ = writeln!(text, r"\newcommand{{\{name}}}{{{body}}}");
}

/// The numbers of a row, by the ends of their macros' names.
fn numbers(row: &Row) -> Vec<(&'static str, String)> {
    let number = |name, num: Option<&Num>| Some((name, latex(num?, DIGITS)?));
    let (low, high) = row.interval.as_ref().map(|[low, high]| (low, high)).unzip();
    let mut numbers: Vec<_> =
        [number("Predicted", row.predicted.as_ref()), number("Estimate", row.estimate.as_ref()), number("Low", low), number("High", high)]
            .into_iter()
            .flatten()
            .collect();
    if row.n > 0 && !numbers.is_empty() {
        numbers.push(("Draws", row.n.to_string()));
    }
    numbers
}

/// The first name that no earlier row has.
fn stem(row: &Row, taken: &mut BTreeSet<String>) -> String {
    let short = letters(&row.claim) + &letters(&row.part);
    let long = format!("{short}By{}", letters(&row.method));
    let further = ('B'..='Z').map(|letter| format!("{long}{letter}"));
    let stem = [short.clone(), long.clone()].into_iter().chain(further).find(|stem| taken.insert(stem.clone()));
    stem.unwrap_or(long)
}

/// A name in letters only: words capitalised, digits spelled.
fn letters(name: &str) -> String {
    const DIGITS: [&str; 10] = ["Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];
    let mut letters = String::new();
    let mut starts = true;
    for c in name.chars() {
        match c.to_digit(10) {
            Some(digit) => letters.push_str(DIGITS[digit as usize]),
            None if c.is_ascii_alphabetic() => letters.push(if starts { c.to_ascii_uppercase() } else { c }),
            None => {}
        }
        starts = !c.is_ascii_alphabetic();
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_letters_only() {
        assert_eq!(letters("prop-3"), "PropThree");
        assert_eq!(letters("appendix-b3"), "AppendixBThree");
        assert_eq!(letters("thm-17"), "ThmOneSeven");
        assert_eq!(letters("order statistics (χ²)"), "OrderStatistics");
    }

    #[test]
    fn the_numbers_of_the_demonstration() {
        insta::assert_snapshot!(render(&crate::report::demonstration::document()));
    }

    #[test]
    fn no_macro_is_defined_twice_and_none_has_a_digit_in_its_name() {
        let mut document = crate::report::demonstration::document();
        let again = document.outcomes.clone();
        document.outcomes.extend(again);
        let text = render(&document);
        let mut seen = BTreeSet::new();
        for name in text.lines().filter_map(|line| line.strip_prefix(r"\newcommand{\")).filter_map(|rest| rest.split('}').next()) {
            assert!(name.chars().all(|c| c.is_ascii_alphabetic()), "{name}");
            assert!(seen.insert(name), "{name} twice");
        }
        assert!(seen.len() > 20);
    }
}
