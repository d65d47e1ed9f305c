//! The page of planted errors: what became of the mutants of every formula.

use std::fmt::Write as _;

use crate::report::MUTANTS;
use crate::report::json::{MutantRow, MutantsDocument};
use crate::report::text::escape;

use super::pages::{code, table};
use super::{Page, link};

/// The kill table by rung and by quantity, in full where something was not refuted; or how to make it.
pub(super) fn render(page: &Page<'_>) -> String {
    let Some(document) = page.mutants else {
        return "<p>Not in this report: <code>cargo run -- mutants --out reports</code>, then audit again.</p>\n".to_owned();
    };
    let all: Vec<&MutantRow> = document.mutants.iter().collect();
    let [mutants, refuted, equivalent, below, surviving] = counts(&all);
    let mut html = format!(
        "<p>{mutants} small errors planted in the formulas one at a time: {refuted} refuted, {equivalent} shown to be the same function, \
         {below} nearer to the formula than the evidence resolves, {surviving} surviving.</p>\n"
    );
    html.push_str(&by_rung(document));
    html.push_str("<details><summary>By quantity</summary>\n");
    html.push_str(&by_quantity(page, &all));
    html.push_str("</details>\n");
    let unrefuted: Vec<[String; 4]> = all.iter().filter(|row| row.killed_by.is_none()).map(|row| line(row)).collect();
    let _ = write!(
        html,
        "<details><summary>The {} that nothing refutes, each with its reason</summary>\n{}</details>\n",
        unrefuted.len(),
        table(["Quantity", "Change", "Fate", "Why"], &unrefuted)
    );
    let _ = writeln!(
        html,
        "<p>Every mutant with its formula and the witness against it: <code>{MUTANTS}</code> beside this page, or <code>cargo run -- mutants \
         CLAIM</code>.</p>"
    );
    html
}

/// Mutants, and of these the refuted, equivalent, below resolution, surviving.
fn counts(rows: &[&MutantRow]) -> [usize; 5] {
    let count = |fits: fn(&MutantRow) -> bool| rows.iter().filter(|row| fits(row)).count();
    [
        rows.len(),
        count(|row| row.killed_by.is_some()),
        count(|row| row.equivalent),
        count(|row| row.below_resolution),
        count(MutantRow::survives),
    ]
}

fn by_rung(document: &MutantsDocument) -> String {
    let rows: Vec<[String; 3]> =
        document.rungs.iter().map(|row| [escape(&row.rung), row.refuted.to_string(), format!("{:.1} s", row.seconds)]).collect();
    table(["Rung", "Refuted first by it", "Judging"], &rows)
}

fn by_quantity(page: &Page<'_>, all: &[&MutantRow]) -> String {
    let mut lines: Vec<[String; 6]> = Vec::new();
    for theorem in page.catalogue.theorems {
        for quantity in theorem.quantities {
            let rows: Vec<&MutantRow> =
                all.iter().copied().filter(|row| row.claim == theorem.slug && row.quantity == quantity.id).collect();
            if rows.is_empty() {
                continue;
            }
            let [planted, _, equivalent, below, surviving] = counts(&rows);
            let surviving = if surviving == 0 { "0".to_owned() } else { format!("<b>{surviving}</b>") };
            let name = format!("{}.{}", link(theorem.slug), escape(quantity.id));
            lines.push([name, planted.to_string(), killers(&rows), equivalent.to_string(), below.to_string(), surviving]);
        }
    }
    table(["Quantity", "Planted", "Refuted by", "Equivalent", "Below resolution", "Surviving"], &lines)
}

/// Who refuted how many: `12 proved: moment calculus`.
fn killers(rows: &[&MutantRow]) -> String {
    let mut killers: Vec<(&str, usize)> = Vec::new();
    for by in rows.iter().filter_map(|row| row.killed_by.as_deref()) {
        match killers.iter_mut().find(|(other, _)| *other == by) {
            Some((_, count)) => *count += 1,
            None => killers.push((by, 1)),
        }
    }
    let killers: Vec<String> = killers.into_iter().map(|(by, count)| format!("{count} {}", escape(by))).collect();
    if killers.is_empty() { "—".to_owned() } else { killers.join("<br>") }
}

fn line(row: &MutantRow) -> [String; 4] {
    let fate = match row.error_bits {
        Some(bits) => format!("equivalent (wrong with probability below 2<sup>−{bits}</sup>)"),
        None if row.below_resolution => "below resolution".to_owned(),
        None => "<b>survives</b>".to_owned(),
    };
    [format!("{}.{}", link(&row.claim), escape(&row.quantity)), escape(&row.change), fate, code(&row.reason)]
}
