//! Standard output and error: results, colours, progress.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::io::{self, BufWriter, ErrorKind, IsTerminal as _, Write};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use crate::report::json;

use super::exit::Failure;

/// Where results go.
pub(super) struct Console {
    out: RefCell<Box<dyn Write>>,
    /// Whether the reader has gone (`| head`): the rest is not written, and that is no failure.
    closed: Cell<bool>,
    colour: bool,
}

/// The colour of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Plain,
    Good,
    Bad,
    Unsure,
}

impl Console {
    /// The console of the process.
    pub fn standard() -> Self {
        let out = io::stdout();
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        let colour = out.is_terminal() && !plain && !dumb;
        Console { out: RefCell::new(Box::new(BufWriter::new(out))), closed: Cell::new(false), colour }
    }

    /// A console that writes to `out`, without colours.
    #[cfg(test)]
    pub fn to(out: impl Write + 'static) -> Self {
        Console { out: RefCell::new(Box::new(out)), closed: Cell::new(false), colour: false }
    }

    /// Prints a line of the result.
    pub fn line(&self, text: impl fmt::Display) -> Result<(), Failure> {
        self.accept(|out| writeln!(out, "{text}"))
    }

    /// Prints a document of the result.
    pub fn document(&self, document: &impl Serialize) -> Result<(), Failure> {
        self.accept(|out| out.write_all(json::render(document).as_bytes()))
    }

    /// Hands everything printed to the system.
    pub fn flush(&self) -> Result<(), Failure> {
        self.accept(|out| out.flush())
    }

    /// Prints a failure to standard error.
    pub fn error(&self, failure: &Failure) {
        let _ = self.flush();
        eprintln!("error: {failure}");
    }

    /// `text` in a colour, where colours are wanted.
    pub fn paint(&self, text: &str, tone: Tone) -> String {
        let code = match tone {
            Tone::Plain => return text.to_owned(),
            Tone::Good => 32,
            Tone::Bad => 31,
            Tone::Unsure => 33,
        };
        if self.colour { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    fn accept(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
        if self.closed.get() {
            return Ok(());
        }
        match write(&mut *self.out.borrow_mut()) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.closed.set(true);
                Ok(())
            }
            Err(error) => {
                self.closed.set(true);
                Err(Failure::new(format!("cannot write to standard output: {error}")))
            }
        }
    }
}

/// A line on standard error that says what is being done; absent where standard error is no terminal.
#[derive(Debug)]
pub(super) struct Progress(Option<ProgressBar>);

impl Progress {
    pub fn start() -> Self {
        if !io::stderr().is_terminal() {
            return Progress(None);
        }
        let bar = ProgressBar::new_spinner();
        bar.set_style(ProgressStyle::with_template("{spinner} {elapsed} {wide_msg}").unwrap_or_else(|_| ProgressStyle::default_spinner()));
        bar.enable_steady_tick(Duration::from_millis(120));
        Progress(Some(bar))
    }

    pub fn say(&self, what: &str) {
        if let Some(bar) = &self.0 {
            bar.set_message(what.to_owned());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Broken(ErrorKind);

    impl Write for Broken {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Err(self.0.into())
        }
    }

    #[test]
    fn a_closed_pipe_is_no_failure() {
        let console = Console::to(Broken(ErrorKind::BrokenPipe));
        assert_eq!(console.line("one"), Ok(()));
        assert_eq!(console.line("two"), Ok(()));
        assert_eq!(console.flush(), Ok(()));
    }

    #[test]
    fn a_full_disk_is_a_failure() {
        let failure = Console::to(Broken(ErrorKind::StorageFull)).line("one").unwrap_err();
        assert!(failure.to_string().contains("standard output"), "{failure}");
    }
}
