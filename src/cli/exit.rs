//! How a run ends: exit codes, the one sentence of a failure, and the one sentence of a bug.

use std::fmt;
use std::panic;
use std::process::ExitCode;

use crate::claim::parameters::InputError;
use crate::report::ReportError;
use crate::report::write::WriteError;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// Everything came out as expected.
    AsExpected,
    /// A verdict contradicts its expectation, a formula was refuted, or the report drifted.
    Contradicted,
    /// The arguments were not understood or cannot be obeyed.
    BadInput,
    /// Nothing was contradicted, but something stayed open.
    Open,
    /// A programming error of ours.
    Bug,
}

/// The exit code after an interrupt.
pub(super) const INTERRUPTED: i32 = 130;

impl Exit {
    const fn code(self) -> u8 {
        match self {
            Exit::AsExpected => 0,
            Exit::Contradicted => 1,
            Exit::BadInput => 2,
            Exit::Open => 3,
            Exit::Bug => 70,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit.code())
    }
}

/// Why a subcommand cannot do what it was asked: one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Failure(String);

impl Failure {
    pub fn new(sentence: impl Into<String>) -> Self {
        Failure(sentence.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<InputError> for Failure {
    fn from(error: InputError) -> Self {
        Failure(error.to_string())
    }
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        Failure(error.to_string())
    }
}

impl From<ReportError> for Failure {
    fn from(error: ReportError) -> Self {
        Failure(error.to_string())
    }
}

/// Makes a panic print one sentence with its place instead of a trace.
pub(super) fn report_panics() {
    panic::set_hook(Box::new(|information| {
        let message = information.payload_as_str().unwrap_or("no message").replace('\n', " ");
        let place = information.location().map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
        eprintln!("bug: {message} (at {place}, version {}); please report this sentence and the command.", super::VERSION);
    }));
}
