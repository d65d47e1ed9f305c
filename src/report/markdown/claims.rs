//! The table of claims for the README, from the catalogue.

use crate::claim::{Expectation, Theorem};

use super::{cell, head, row};

/// One row a theorem: file, statement, source, rungs of its evidence; statements expected to be refuted are marked.
#[must_use]
pub fn claims(theorems: &[&Theorem]) -> String {
    let mut table = head(["id", "statement", "source", "rungs"]);
    for theorem in theorems {
        let mut rungs: Vec<_> = theorem.claims.iter().flat_map(|claim| claim.evidence).map(|evidence| evidence.rung).collect();
        rungs.sort();
        rungs.dedup();
        let rungs: Vec<_> = rungs.into_iter().map(|rung| rung.name()).collect();
        let refuted = theorem.claims.iter().any(|claim| claim.expects == Expectation::Refuted);
        let mark = if refuted { " ✗" } else { "" };
        let file = format!("[`{0}`](theorems/{1}.rs)", theorem.slug, theorem.slug.replace('-', "_"));
        table.push_str(&row([&file, &(cell(theorem.label) + mark), &cell(theorem.source), &rungs.join(", ")]));
    }
    table
}
