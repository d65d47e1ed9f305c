//! `mutants`: plants small errors in formulas and sees that the evidence refutes them.

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;

use crate::audit::Options;
use crate::audit::mutants::{Fate, Planted, kill_table};
use crate::claim::{Device, Effort, Rung};
use crate::report::MUTANTS;
use crate::report::json::{self, MutantRow, MutantsDocument, RungRow};
use crate::report::write::{Rendered, write};

use super::arguments::{DEFAULT_SEED, require_writable};
use super::console::{Progress, Tone};
use super::exit::{Exit, Failure};
use super::table::Table;
use super::{Session, interrupt, select};

/// The settings under which mutants are judged: those of the tests.
const OPTIONS: Options = Options { seed: DEFAULT_SEED, effort: Effort::Quick, device: Device::Cpu };

#[derive(Debug, Args)]
pub(super) struct Mutants {
    /// The claims' identifiers, as `list` shows them; all by default
    claims: Vec<String>,
    /// Also write the table, of all claims, to DIR/mutants.json, where the next audit puts it into its page
    #[arg(long, value_name = "DIR", conflicts_with = "claims")]
    out: Option<PathBuf>,
}

impl Mutants {
    pub fn run(&self, session: &Session<'_>) -> Result<Exit, Failure> {
        let selection = select::theorems(&session.catalogue, &self.claims)?;
        if let Some(out) = &self.out {
            require_writable(out)?;
        }
        let begin = Instant::now();
        let table = {
            let progress = Progress::start();
            kill_table(&selection, &OPTIONS, &|what| progress.say(what))
        };
        let document = document(&table);
        if session.json {
            session.console.document(&document)?;
        } else {
            print(session, &document, begin.elapsed().as_secs_f64())?;
        }
        if let Some(out) = &self.out {
            interrupt::uninterrupted(|| write(out, &[Rendered::new(MUTANTS, json::render_by_row(&document))]))?;
        }
        Ok(if document.mutants.iter().any(MutantRow::survives) { Exit::Contradicted } else { Exit::AsExpected })
    }
}

fn document(table: &[Planted]) -> MutantsDocument {
    let mut rungs: Vec<(Rung, RungRow)> = Vec::new();
    for planted in table {
        let Fate::Refuted { rung, .. } = planted.fate else { continue };
        let position = rungs.iter().position(|(other, _)| *other == rung).unwrap_or_else(|| {
            rungs.push((rung, RungRow { rung: rung.name().to_owned(), refuted: 0, seconds: 0.0 }));
            rungs.len() - 1
        });
        rungs[position].1.refuted += 1;
        rungs[position].1.seconds += planted.seconds;
    }
    rungs.sort_by_key(|(rung, _)| *rung);
    MutantsDocument::new(rungs.into_iter().map(|(_, row)| row).collect(), table.iter().map(row).collect())
}

fn row(planted: &Planted) -> MutantRow {
    let fate = &planted.fate;
    let (killed_by, error_bits, reason) = match fate {
        Fate::Refuted { rung, method, witness } => {
            let (claimed, found) = (brief(&witness.claimed), brief(&witness.found));
            let reason = format!("at {} it gives {claimed}, the evidence {found}", witness.parameters);
            (Some(format!("{}: {method}", rung.name())), None, reason)
        }
        Fate::Equivalent { error_bits, scope } => (None, Some(*error_bits), format!("the same function: {scope}")),
        Fate::BelowResolution => (None, None, "nearer to the original than every random interval resolves".to_owned()),
        Fate::Survives => (None, None, "another function, refuted by nothing".to_owned()),
    };
    MutantRow {
        claim: planted.theorem.slug.to_owned(),
        quantity: planted.quantity.id.to_owned(),
        change: planted.mutant.change.clone(),
        mutant: planted.mutant.formula.to_string(),
        killed_by,
        equivalent: error_bits.is_some(),
        error_bits,
        below_resolution: *fate == Fate::BelowResolution,
        reason,
    }
}

/// A value, its end left out where it is long: `check` gives it in full.
fn brief(value: &str) -> String {
    const LONGEST: usize = 120;
    let length = value.chars().count();
    if length <= LONGEST {
        value.to_owned()
    } else {
        format!("{}… ({length} characters)", value.chars().take(LONGEST / 2).collect::<String>())
    }
}

fn print(session: &Session<'_>, document: &MutantsDocument, seconds: f64) -> Result<(), Failure> {
    let console = session.console;
    let mut table = Table::new(&["QUANTITY", "FATE", "CHANGE", "MUTANT"]);
    for row in &document.mutants {
        let (fate, tone) = match (&row.killed_by, row.error_bits) {
            (Some(by), _) => (by.clone(), Tone::Good),
            (None, Some(bits)) => (format!("equivalent (wrong with probability below 2^-{bits})"), Tone::Plain),
            (None, None) if row.below_resolution => ("below resolution".to_owned(), Tone::Unsure),
            (None, None) => ("SURVIVES".to_owned(), Tone::Bad),
        };
        table.painted([
            (format!("{}.{}", row.claim, row.quantity), Tone::Plain),
            (fate, tone),
            (row.change.clone(), Tone::Plain),
            (row.mutant.clone(), Tone::Plain),
        ]);
    }
    table.lines(console).into_iter().try_for_each(|line| console.line(line))?;
    console.line("")?;
    let mut rungs = Table::new(&["RUNG", "REFUTED", "JUDGING"]);
    for row in &document.rungs {
        let cells = [row.rung.clone(), row.refuted.to_string(), format!("{:.1} s", row.seconds)];
        rungs.painted(cells.map(|cell| (cell, Tone::Plain)));
    }
    rungs.lines(console).into_iter().try_for_each(|line| console.line(line))?;
    let count = |fits: &dyn Fn(&MutantRow) -> bool| document.mutants.iter().filter(|row| fits(row)).count();
    console.line(format_args!(
        "\n{} mutants: {} refuted, {} equivalent, {} below resolution, {} surviving; {seconds:.1} s.",
        document.mutants.len(),
        count(&|row| row.killed_by.is_some()),
        count(&|row| row.equivalent),
        count(&|row| row.below_resolution),
        count(&MutantRow::survives)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::demonstration::call;

    #[test]
    fn a_mutant_that_nothing_refutes_contradicts_the_suite() {
        // The demonstration proves its claim by an identity that every formula satisfies.
        let (exit, text) = call(&["mutants", "prop-3", "--json"]);
        assert_eq!(exit, Ok(Exit::Contradicted));
        let document: MutantsDocument = serde_json::from_str(&text).unwrap();
        assert!(document.rungs.is_empty());
        assert!(document.mutants.len() > 10 && document.mutants.iter().all(MutantRow::survives));
        let (_, text) = call(&["mutants", "prop-3"]);
        assert!(text.contains("SURVIVES") && text.contains(" 0 below resolution, "), "{text}");
    }
}
