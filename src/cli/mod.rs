//! The command line: one file a subcommand. Results go to standard output, everything else to standard error.

mod arguments;
mod audit;
mod check;
mod console;
mod drift;
mod exit;
mod figure;
mod inspect;
mod interrupt;
mod list;
mod mutants;
mod select;
mod separate;
mod show;
mod table;
mod valuation;
mod verdicts;
mod why;
mod workplace;

#[cfg(test)]
mod demonstration;

use std::ffi::OsString;
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::report::Catalogue;

use console::Console;
use exit::{Exit, Failure};

/// The version of the suite.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

const EXIT_CODES: &str = "Exit codes: 0 all as expected; 1 a verdict contradicts its expectation, `check` refuted, or drift; \
                          2 usage or bad input; 3 nothing contradicted, something inconclusive; 130 interrupted; 70 our bug.";

#[derive(Debug, Parser)]
#[command(name = "vanishing-curvature", version, about = "Audits arXiv:2106.03763 claim by claim", after_help = EXIT_CODES)]
#[command(disable_help_subcommand = true)]
struct CommandLine {
    #[command(subcommand)]
    command: Option<Command>,
    /// Print one JSON document instead of text
    #[arg(long, global = true)]
    json: bool,
    #[command(flatten)]
    audit: audit::Options,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Gather evidence and judge claims; the default
    Audit(audit::Audit),
    /// The catalogue of claims
    List(list::List),
    /// A claim's card, its formulas, and their values at a point
    Show(show::Show),
    /// A claim's chain of evidence: what is done, what is trusted, what it follows from
    Why(why::Why),
    /// Judge a reviewer's formula for a quantity
    Check(check::Check),
    /// Plant small errors in formulas and see that the evidence refutes them
    Mutants(mutants::Mutants),
    /// Draw the paper's figures
    Figure(figure::Draw),
    /// Measure your own perceptron: where it stands, and the curvature of its loss
    Inspect(inspect::Inspect),
}

/// What every subcommand works with.
struct Session<'a> {
    catalogue: Catalogue<'a>,
    console: &'a Console,
    json: bool,
}

/// Runs the command line; the first argument is the program's name.
#[must_use]
pub fn run(catalogue: Catalogue<'_>, arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    exit::report_panics();
    interrupt::install();
    let console = Console::standard();
    let result = panic::catch_unwind(AssertUnwindSafe(|| dispatch(catalogue, &console, arguments)));
    let exit = match result {
        Err(_) => Exit::Bug,
        Ok(Ok(exit)) => exit,
        Ok(Err(failure)) => {
            console.error(&failure);
            Exit::BadInput
        }
    };
    exit.into()
}

/// Parses the arguments and runs the subcommand.
fn dispatch(catalogue: Catalogue<'_>, console: &Console, arguments: impl IntoIterator<Item = OsString>) -> Result<Exit, Failure> {
    let line = match CommandLine::try_parse_from(arguments) {
        Ok(line) => line,
        Err(error) => {
            // Help and version end here too, on standard output. A closed pipe is no failure.
            let _ = error.print();
            return Ok(if error.use_stderr() { Exit::BadInput } else { Exit::AsExpected });
        }
    };
    let session = Session { catalogue, console, json: line.json };
    let exit = match line.command {
        None => audit::Audit::everything(line.audit).run(&session),
        Some(_) if line.audit.any() => {
            Err(Failure::new("options of `audit` go after the word `audit`: vanishing-curvature audit [CLAIM…] [OPTIONS]"))
        }
        Some(Command::Audit(audit)) => audit.run(&session),
        Some(Command::List(list)) => list.run(&session),
        Some(Command::Show(show)) => show.run(&session),
        Some(Command::Why(why)) => why.run(&session),
        Some(Command::Check(check)) => check.run(&session),
        Some(Command::Mutants(mutants)) => mutants.run(&session),
        Some(Command::Figure(draw)) => draw.run(&session),
        Some(Command::Inspect(inspect)) => inspect.run(&session),
    }?;
    console.flush()?;
    Ok(exit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_well_formed() {
        CommandLine::command().debug_assert();
    }

    fn exit_of(arguments: &[&str]) -> (Result<Exit, Failure>, String) {
        demonstration::call(arguments)
    }

    #[test]
    fn json_is_accepted_before_and_after_the_subcommand() {
        for arguments in [["--json", "list"], ["list", "--json"]] {
            let (exit, text) = exit_of(&arguments);
            assert_eq!(exit, Ok(Exit::AsExpected));
            assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{text}");
        }
    }

    #[test]
    fn options_of_audit_before_another_subcommand_are_refused() {
        let (exit, _) = exit_of(&["--seed", "3", "list"]);
        assert!(exit.unwrap_err().to_string().contains("after the word `audit`"));
    }
}
