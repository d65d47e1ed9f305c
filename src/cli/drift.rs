//! Drift: how a fresh audit differs from the committed one. What is not random must be equal; intervals must overlap.

use std::cmp::Ordering;
use std::fs;
use std::path::Path;

use serde::Serialize;

use crate::claim::Theorem;
use crate::report::json::{AuditDocument, Num, Row};
use crate::report::{Catalogue, render_pages};

/// One sentence for each judgement of the selected theorems that drifted.
pub(super) fn between(committed: &AuditDocument, fresh: &AuditDocument, selection: &[&Theorem]) -> Vec<String> {
    let selected = |row: &&Row| selection.iter().any(|theorem| theorem.slug == row.claim);
    let old: Vec<&Row> = committed.outcomes.iter().filter(selected).collect();
    let new: Vec<&Row> = fresh.outcomes.iter().filter(selected).collect();
    let mut drift = Vec::new();
    for row in &new {
        match old.iter().find(|other| same_judgement(other, row)) {
            None => drift.push(format!("{} is not in the committed report", title(row))),
            Some(other) => drift.extend(changes(other, row).into_iter().map(|change| format!("{}: {change}", title(row)))),
        }
    }
    if committed.version != fresh.version {
        drift.push(format!("the version was {}, is {}", committed.version, fresh.version));
    }
    let totals = |document: &AuditDocument| (document.false_alarm, document.miss);
    if totals(committed) != totals(fresh) {
        drift.push(format!("the error budget was {:?}, is {:?}", totals(committed), totals(fresh)));
    }
    let gone = old.iter().filter(|row| !new.iter().any(|other| same_judgement(other, row)));
    drift.extend(gone.map(|row| format!("{} is in the committed report only", title(row))));
    drift
}

/// One sentence for each page in `directory` that is not what the committed verdicts and the catalogue make of it.
pub(super) fn of_pages(directory: &Path, committed: &AuditDocument, catalogue: &Catalogue<'_>) -> Vec<String> {
    let stale = |page: &crate::report::write::Rendered| {
        let path = directory.join(&page.name);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) => return Some(format!("{} cannot be read: {error}", path.display())),
        };
        let line = text.lines().zip(page.text.lines()).position(|(found, made)| found != made);
        let line = line.unwrap_or_else(|| text.lines().count().min(page.text.lines().count())) + 1;
        (text != page.text).then(|| format!("{} is not the page of the committed verdicts: line {line} differs", path.display()))
    };
    render_pages(committed, catalogue).iter().filter_map(stale).collect()
}

fn same_judgement(a: &Row, b: &Row) -> bool {
    (&a.claim, &a.part, &a.rival, &a.rung, &a.method) == (&b.claim, &b.part, &b.rival, &b.rung, &b.method)
}

fn title(row: &Row) -> String {
    let rival = row.rival.as_ref().map(|rival| format!(", rival `{rival}`")).unwrap_or_default();
    format!("{} ({}, {}{rival})", row.name(), row.rung, row.method)
}

fn changes(old: &Row, new: &Row) -> Vec<String> {
    let mut changes = Vec::new();
    let mut compare = |what: &str, before: String, after: String| {
        if before != after {
            changes.push(format!("{what} was {before}, is {after}"));
        }
    };
    compare("the verdict", old.verdict.clone(), new.verdict.clone());
    compare("the expected verdict", old.expected.clone(), new.expected.clone());
    compare("whether it is as expected", old.as_expected.to_string(), new.as_expected.to_string());
    compare("the grade", text(&old.grade), text(&new.grade));
    compare("the rate", text(&old.rate), text(&new.rate));
    compare("the number of cases", old.cases.to_string(), new.cases.to_string());
    let (same_point, random) = (old.parameters == new.parameters, old.grade.is_some() || new.grade.is_some());
    if random && !same_point {
        // Another draw may show another case; its verdict is all that can be compared.
        return changes;
    }
    compare("the prediction", text(&old.predicted), text(&new.predicted));
    if random {
        if let (Some(before), Some(after)) = (&old.interval, &new.interval)
            && !overlap(before, after)
        {
            changes.push(format!("the interval was {}, is {}: they do not overlap", interval(before), interval(after)));
        }
        return changes;
    }
    compare("the case shown", text(&old.parameters), text(&new.parameters));
    compare("the found value", text(&old.estimate), text(&new.estimate));
    compare("the enclosure", text(&old.interval), text(&new.interval));
    compare("the witness", text(&old.witness), text(&new.witness));
    compare("the reason", old.reason.clone(), new.reason.clone());
    compare("the notes", text(&old.notes), text(&new.notes));
    changes
}

/// A part of a judgement in full, as the report writes it.
fn text(part: &impl Serialize) -> String {
    serde_json::to_string(part).unwrap_or_else(|error| error.to_string())
}

/// A number in full.
fn number(num: Option<&Num>) -> String {
    match num {
        None => "none".to_owned(),
        Some(Num { value: Some(value), .. }) => value.to_string(),
        Some(Num { log: Some(log), sign, .. }) => format!("{}exp({log})", if *sign == Some(-1) { "-" } else { "" }),
        Some(num) => num.state.clone().unwrap_or_else(|| "unset".to_owned()),
    }
}

fn interval(ends: &[Num; 2]) -> String {
    format!("[{}, {}]", number(Some(&ends[0])), number(Some(&ends[1])))
}

/// Whether two intervals have a number in common. Ends that do not compare overlap nothing.
fn overlap(a: &[Num; 2], b: &[Num; 2]) -> bool {
    let at_most = |low: &Num, high: &Num| compare(low, high).is_some_and(|order| order != Ordering::Greater);
    at_most(&a[0], &b[1]) && at_most(&b[0], &a[1])
}

/// How two numbers of any magnitude compare.
fn compare(a: &Num, b: &Num) -> Option<Ordering> {
    let (sign, other) = (a.sign?, b.sign?);
    if sign != other || sign == 0 {
        return Some(sign.cmp(&other));
    }
    let size = |num: &Num| if num.state.as_deref() == Some("infinite") { Some(f64::INFINITY) } else { num.log };
    let order = match (a.value, b.value) {
        (Some(a), Some(b)) => a.abs().partial_cmp(&b.abs())?,
        _ => size(a)?.partial_cmp(&size(b)?)?,
    };
    Some(if sign > 0 { order } else { order.reverse() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::demonstration::catalogue;

    fn row(random: bool) -> Row {
        serde_json::from_value(serde_json::json!({
            "claim": "prop-3", "part": "moment", "rival": null, "rung": if random { "sampled" } else { "certified" },
            "method": "means", "grade": random.then_some("exact"), "verdict": "agrees", "expected": "agrees",
            "as_expected": true, "reason": "r", "parameters": {"depth": "3"}, "predicted": Num::finite(1.0),
            "estimate": Num::finite(1.1), "interval": [Num::finite(0.9), Num::finite(1.2)], "cases": 3, "n": 10, "draws": 10,
            "resolution": null, "resolution_kind": null, "rate": 0.0, "notes": [], "witness": null, "reproduce": "x"
        }))
        .unwrap()
    }

    fn document(rows: Vec<Row>) -> AuditDocument {
        AuditDocument {
            schema: "s".into(),
            version: "v".into(),
            seed: 1,
            effort: "quick".into(),
            device: "cpu".into(),
            false_alarm: 1e-6,
            miss: 1e-6,
            shard: None,
            outcomes: rows,
        }
    }

    fn drift(old: Vec<Row>, new: Vec<Row>) -> Vec<String> {
        between(&document(old), &document(new), catalogue().theorems)
    }

    #[test]
    fn a_random_estimate_may_move_as_long_as_the_intervals_overlap() {
        let mut moved = row(true);
        moved.estimate = Some(Num::finite(1.15));
        moved.interval = Some([Num::finite(1.19), Num::finite(1.3)]);
        assert_eq!(drift(vec![row(true)], vec![moved.clone()]), Vec::<String>::new());
        moved.interval = Some([Num::finite(1.21), Num::finite(1.3)]);
        assert!(drift(vec![row(true)], vec![moved])[0].contains("do not overlap"));
    }

    #[test]
    fn what_is_not_random_must_be_equal() {
        let mut moved = row(false);
        moved.estimate = Some(Num::finite(1.100_000_000_000_000_2));
        assert!(
            drift(vec![row(false)], vec![moved])[0].starts_with("prop-3.moment (certified, means): the found value was {\"value\":1.1,")
        );
    }

    #[test]
    fn a_digit_of_a_prediction_drifts_wherever_it_stands() {
        let deep = |log| Some(Num { state: None, value: None, sign: Some(1), log: Some(log) });
        for random in [true, false] {
            let change = |predicted: Option<Num>| Row { predicted, ..row(random) };
            assert_eq!(drift(vec![change(deep(-5000.5))], vec![change(deep(-5000.5))]), Vec::<String>::new());
            assert_eq!(drift(vec![change(deep(-5000.5))], vec![change(deep(-5000.6))]).len(), 1);
            assert_eq!(drift(vec![row(random)], vec![change(Some(Num::finite(1.000_000_000_000_000_2)))]).len(), 1);
        }
    }

    #[test]
    fn a_page_changed_by_hand_drifts_and_a_missing_one_too() {
        let home = tempfile::tempdir().unwrap();
        let (committed, catalogue) = (document(vec![row(false)]), catalogue());
        assert_eq!(of_pages(home.path(), &committed, &catalogue).len(), 3);
        let pages = render_pages(&committed, &catalogue);
        crate::report::write::write(home.path(), &pages).unwrap();
        assert_eq!(of_pages(home.path(), &committed, &catalogue), Vec::<String>::new());
        for page in &pages {
            let path = home.path().join(&page.name);
            fs::write(&path, format!("{}\n", page.text)).unwrap();
            let found = of_pages(home.path(), &committed, &catalogue);
            assert!(found.len() == 1 && found[0].contains(page.name.to_str().unwrap()), "{found:?}");
            fs::write(&path, &page.text).unwrap();
        }
    }

    #[test]
    fn verdicts_and_missing_rows_drift() {
        let mut turned = row(true);
        turned.verdict = "refuted".into();
        assert!(drift(vec![row(true)], vec![turned])[0].contains("the verdict was agrees, is refuted"));
        assert!(drift(vec![], vec![row(true)])[0].contains("not in the committed report"));
        assert!(drift(vec![row(true)], vec![])[0].contains("in the committed report only"));
    }

    #[test]
    fn numbers_of_any_magnitude_compare() {
        let deep = |sign, log| Num { state: None, value: None, sign: Some(sign), log: Some(log) };
        assert_eq!(compare(&deep(1, -5000.0), &deep(1, -4000.0)), Some(Ordering::Less));
        assert_eq!(compare(&deep(-1, -5000.0), &deep(-1, -4000.0)), Some(Ordering::Greater));
        assert_eq!(compare(&deep(-1, 9.0), &Num::finite(0.0)), Some(Ordering::Less));
        assert_eq!(compare(&Num::unset(), &Num::finite(1.0)), None);
    }
}
