//! The table of verdicts, and below it what a reader must not miss: witnesses, contradictions, what stayed open.

use crate::report::json::{AuditDocument, Row};
use crate::report::standing::{self, contradicts, is_erratum, leaves_open};

use super::Session;
use super::console::Tone;
use super::exit::Failure;
use super::table::Table;

/// Prints the verdicts of an audit that took that many seconds.
pub(super) fn print(session: &Session<'_>, document: &AuditDocument, seconds: f64) -> Result<(), Failure> {
    let console = session.console;
    let mut table = Table::new(&["CLAIM", "RUNG", "METHOD", "VERDICT", "RIVALS", "CASES", "DRAWS"]);
    for row in document.outcomes.iter().filter(|row| row.rival.is_none()) {
        let (verdict, tone) = verdict(row);
        table.painted([
            (row.name(), Tone::Plain),
            (row.rung.clone(), Tone::Plain),
            (row.method.clone(), Tone::Plain),
            (verdict, tone),
            rivals(row, document),
            (row.cases.to_string(), Tone::Plain),
            (if row.draws == 0 { "–".to_owned() } else { row.draws.to_string() }, Tone::Plain),
        ]);
    }
    table.lines(console).into_iter().try_for_each(|line| console.line(line))?;
    section(session, "Refuted, as expected", document.outcomes.iter().filter(|row| is_erratum(row)))?;
    section(session, "Contradicted", document.outcomes.iter().filter(|row| contradicts(row)))?;
    section(session, "Open", document.outcomes.iter().filter(|row| leaves_open(row)))?;
    let counts = standing::count(document);
    console.line(format_args!(
        "\n{} judgements, {} as expected, {} inconclusive, {} skipped, {} contradictions; {} statements refuted as expected; {} of {} rivals refuted.",
        counts.judgements,
        counts.as_expected,
        counts.inconclusive,
        counts.skipped,
        counts.contradictions,
        counts.errata,
        counts.killed,
        counts.rivals,
    ))?;
    console.line(format_args!("Effort {}, seed {}, device {}; {seconds:.1} s.", document.effort, document.seed, document.device))
}

fn verdict(row: &Row) -> (String, Tone) {
    if contradicts(row) {
        (format!("{} (!)", row.verdict), Tone::Bad)
    } else if leaves_open(row) {
        (format!("{} (?)", row.verdict), Tone::Unsure)
    } else if row.expected == "agrees" {
        (row.verdict.clone(), Tone::Good)
    } else {
        (format!("{}, as expected", row.verdict), Tone::Good)
    }
}

/// How many of the rivals judged by this row's evidence it refuted.
fn rivals(row: &Row, document: &AuditDocument) -> (String, Tone) {
    let same = |other: &&Row| {
        other.rival.is_some() && (&other.claim, &other.part, &other.rung, &other.method) == (&row.claim, &row.part, &row.rung, &row.method)
    };
    let judged: Vec<&Row> = document.outcomes.iter().filter(same).collect();
    if judged.is_empty() {
        return ("–".to_owned(), Tone::Plain);
    }
    let killed = judged.iter().filter(|rival| rival.verdict == "refuted").count();
    let tone = if judged.iter().any(|rival| contradicts(rival) || leaves_open(rival)) { Tone::Bad } else { Tone::Plain };
    (format!("{killed} of {}", judged.len()), tone)
}

fn section<'a>(session: &Session<'_>, title: &str, rows: impl Iterator<Item = &'a Row>) -> Result<(), Failure> {
    let console = session.console;
    for (number, row) in rows.enumerate() {
        if number == 0 {
            console.line(format_args!("\n{title}"))?;
        }
        let rival = row.rival.as_ref().map(|rival| format!(", rival `{rival}`")).unwrap_or_default();
        console.line(format_args!("  {}{rival} ({}, {}): {}", row.name(), row.rung, row.method, row.reason))?;
        if let Some(witness) = &row.witness {
            let at: Vec<String> = witness.parameters.iter().map(|(name, value)| format!("{name} = {value}")).collect();
            let decimal = row.witness_decimal().map(|value| format!(" ({value})")).unwrap_or_default();
            console.line(format_args!("    at {}: claimed {}, found {}{decimal}", at.join(", "), witness.claimed, witness.found))?;
        }
    }
    Ok(())
}
