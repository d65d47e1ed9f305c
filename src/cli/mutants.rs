//! `mutants`: plants small errors in formulas and sees that the evidence refutes them.

use clap::Args;

use crate::audit::{Dossier, Options, Trial};
use crate::claim::{Claim, Device, Effort, Expectation, Quantity, Relation, Theorem};
use crate::formula::equality::{Equality, compare};
use crate::formula::{Mutant, Node, mutants};
use crate::report::json::{MutantRow, MutantsDocument};

use super::arguments::DEFAULT_SEED;
use super::console::{Progress, Tone};
use super::exit::{Exit, Failure};
use super::table::Table;
use super::{Session, select, show};

/// The settings under which mutants are judged: those of the tests.
const OPTIONS: Options = Options { seed: DEFAULT_SEED, effort: Effort::Quick, device: Device::Cpu };

#[derive(Debug, Args)]
pub(super) struct Mutants {
    /// The claims' identifiers, as `list` shows them; all by default
    claims: Vec<String>,
}

impl Mutants {
    pub fn run(&self, session: &Session<'_>) -> Result<Exit, Failure> {
        let selection = select::theorems(&session.catalogue, &self.claims)?;
        let progress = Progress::start();
        let rows: Vec<(String, MutantRow)> = selection.into_iter().flat_map(|theorem| of_theorem(theorem, &progress)).collect();
        drop(progress);
        let survivors = rows.iter().filter(|(_, row)| row.survives()).count();
        if session.json {
            session.console.document(&MutantsDocument::new(rows.into_iter().map(|(_, row)| row).collect()))?;
        } else {
            print(session, &rows, survivors)?;
        }
        Ok(if survivors > 0 { Exit::Contradicted } else { Exit::AsExpected })
    }
}

/// The mutants of every quantity that a claim asserts to be the truth.
fn of_theorem(theorem: &'static Theorem, progress: &Progress) -> Vec<(String, MutantRow)> {
    let mut rows = Vec::new();
    for quantity in theorem.quantities {
        let asserts =
            |claim: &&Claim| claim.quantity == quantity.id && claim.relation == Relation::Equal && claim.expects == Expectation::Agrees;
        let claims: Vec<&'static Claim> = theorem.claims.iter().filter(asserts).collect();
        if claims.is_empty() {
            continue;
        }
        progress.say(&format!("{}.{}: gathering evidence", theorem.slug, quantity.id));
        let dossiers: Vec<Dossier> = claims.into_iter().map(|claim| Dossier::gather(theorem, claim, &OPTIONS)).collect();
        let original = show::formula(theorem, quantity);
        for mutant in mutants(&original) {
            progress.say(&format!("{}.{}: {}", theorem.slug, quantity.id, mutant.change));
            let row = judge(theorem, quantity, &dossiers, &original, &mutant);
            rows.push((mutant.change, row));
        }
    }
    rows
}

fn judge(theorem: &'static Theorem, quantity: &Quantity, dossiers: &[Dossier], original: &Node, mutant: &Mutant) -> MutantRow {
    let equivalent = matches!(compare(&mutant.formula, original), Equality::Equal { .. });
    let trials: Vec<Trial> =
        if equivalent { Vec::new() } else { dossiers.iter().map(|dossier| dossier.try_formula(&mutant.formula)).collect() };
    let killed_by = trials.iter().find_map(|trial| trial.killed_by);
    MutantRow {
        claim: theorem.slug.to_owned(),
        quantity: quantity.id.to_owned(),
        mutant: mutant.formula.to_string(),
        killed_by: killed_by.map(|(rung, method)| format!("{}: {method}", rung.name())),
        equivalent,
        below_resolution: killed_by.is_none() && !trials.is_empty() && trials.iter().all(|trial| trial.below_resolution),
    }
}

fn print(session: &Session<'_>, rows: &[(String, MutantRow)], survivors: usize) -> Result<(), Failure> {
    let mut table = Table::new(&["QUANTITY", "FATE", "CHANGE", "MUTANT"]);
    for (change, row) in rows {
        let (fate, tone) = match &row.killed_by {
            Some(by) => (by.clone(), Tone::Good),
            None if row.equivalent => ("equivalent".to_owned(), Tone::Plain),
            None if row.below_resolution => ("below resolution".to_owned(), Tone::Unsure),
            None => ("SURVIVES".to_owned(), Tone::Bad),
        };
        table.painted([
            (format!("{}.{}", row.claim, row.quantity), Tone::Plain),
            (fate, tone),
            (change.clone(), Tone::Plain),
            (row.mutant.clone(), Tone::Plain),
        ]);
    }
    let console = session.console;
    table.lines(console).into_iter().try_for_each(|line| console.line(line))?;
    let killed = rows.iter().filter(|(_, row)| row.killed_by.is_some()).count();
    let equivalent = rows.iter().filter(|(_, row)| row.equivalent).count();
    let below = rows.iter().filter(|(_, row)| row.below_resolution).count();
    console.line(format_args!(
        "\n{} mutants: {killed} refuted, {equivalent} equivalent, {below} below resolution, {survivors} surviving.",
        rows.len()
    ))
}
