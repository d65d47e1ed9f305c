//! `list`: the catalogue.

use clap::Args;
use serde::Serialize;

use crate::claim::Theorem;
use crate::report::markdown;

use super::Session;
use super::exit::{Exit, Failure};
use super::table::Table;

#[derive(Debug, Args)]
pub(super) struct List {
    /// Print the table of the README
    #[arg(long, conflicts_with = "json")]
    markdown: bool,
}

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    version: &'static str,
    claims: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    claim: &'static str,
    label: &'static str,
    source: &'static str,
    quantities: Vec<String>,
    rungs: Vec<&'static str>,
    figures: Vec<&'static str>,
}

impl List {
    pub fn run(&self, session: &Session<'_>) -> Result<Exit, Failure> {
        if self.markdown {
            return session.console.line(markdown::claims(session.catalogue.theorems).trim_end()).map(|()| Exit::AsExpected);
        }
        let entries: Vec<Entry> = session.catalogue.theorems.iter().map(|theorem| entry(theorem)).collect();
        if session.json {
            let document = Document { schema: "vanishing-curvature/list/1", version: super::VERSION, claims: entries };
            session.console.document(&document)?;
            return Ok(Exit::AsExpected);
        }
        let mut table = Table::new(&["CLAIM", "TITLE", "RUNGS", "QUANTITIES"]);
        for entry in entries {
            let quantities = entry.quantities.iter().map(|name| name.split_once('.').map_or(name.as_str(), |(_, id)| id));
            let quantities = quantities.collect::<Vec<_>>().join(" ");
            table.row([entry.claim.to_owned(), entry.label.to_owned(), entry.rungs.join(" "), quantities]);
        }
        table.lines(session.console).into_iter().try_for_each(|line| session.console.line(line))?;
        Ok(Exit::AsExpected)
    }
}

fn entry(theorem: &Theorem) -> Entry {
    let mut rungs: Vec<_> = theorem.claims.iter().flat_map(|claim| claim.evidence).map(|evidence| evidence.rung).collect();
    rungs.sort();
    rungs.dedup();
    Entry {
        claim: theorem.slug,
        label: theorem.label,
        source: theorem.source,
        quantities: theorem.quantities.iter().map(|quantity| format!("{}.{}", theorem.slug, quantity.id)).collect(),
        rungs: rungs.into_iter().map(|rung| rung.name()).collect(),
        figures: theorem.figures.to_vec(),
    }
}
