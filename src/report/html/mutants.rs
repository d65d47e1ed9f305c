//! The page of planted errors: what became of every mutant of every formula.

use std::fmt::Write as _;

use crate::report::json::{MutantRow, MutantsDocument};
use crate::report::text::escape;

use super::pages::{code, table};
use super::{Page, link};

/// The kill table by rung and by theorem, or how to make it.
pub(super) fn render(page: &Page<'_>) -> String {
    let Some(document) = page.mutants else {
        return "<p>Not in this report: <code>cargo run -- mutants --out reports</code>, then audit again.</p>\n".to_owned();
    };
    let count = |rows: &[&MutantRow], fits: fn(&MutantRow) -> bool| rows.iter().filter(|row| fits(row)).count();
    let counts = |rows: &[&MutantRow]| {
        [
            rows.len(),
            count(rows, |row| row.killed_by.is_some()),
            count(rows, |row| row.equivalent),
            count(rows, |row| row.below_resolution),
            count(rows, MutantRow::survives),
        ]
    };
    let all: Vec<&MutantRow> = document.mutants.iter().collect();
    let [mutants, refuted, equivalent, below, surviving] = counts(&all);
    let mut html = format!(
        "<p>{mutants} small errors planted in the formulas one at a time: {refuted} refuted, {equivalent} shown to be the same function, \
         {below} nearer to the formula than the evidence resolves, {surviving} surviving.</p>\n"
    );
    html.push_str(&by_rung(document));
    for theorem in page.catalogue.theorems {
        let rows: Vec<&MutantRow> = all.iter().copied().filter(|row| row.claim == theorem.slug).collect();
        if rows.is_empty() {
            continue;
        }
        let [mutants, refuted, equivalent, below, surviving] = counts(&rows);
        let _ = writeln!(
            html,
            "<details><summary>{}: {mutants}, of these {refuted} refuted, {equivalent} equivalent, {below} below resolution, {surviving} \
             surviving</summary>",
            link(theorem.slug)
        );
        let rows: Vec<[String; 4]> = rows.into_iter().map(line).collect();
        html.push_str(&table(["Quantity", "Change", "Fate", "Why"], &rows));
        html.push_str("</details>\n");
    }
    html
}

fn by_rung(document: &MutantsDocument) -> String {
    let rows: Vec<[String; 3]> =
        document.rungs.iter().map(|row| [escape(&row.rung), row.refuted.to_string(), format!("{:.1} s", row.seconds)]).collect();
    table(["Rung", "Refuted first by it", "Judging"], &rows)
}

fn line(row: &MutantRow) -> [String; 4] {
    let fate = match (&row.killed_by, row.error_bits) {
        (Some(by), _) => escape(by),
        (None, Some(bits)) => format!("equivalent (wrong with probability below 2<sup>−{bits}</sup>)"),
        (None, None) if row.below_resolution => "below resolution".to_owned(),
        (None, None) => "<b>survives</b>".to_owned(),
    };
    [escape(&row.quantity), escape(&row.change), fate, code(&row.reason)]
}
