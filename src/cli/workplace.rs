//! What the command line lends to the drawing of a figure: the user's data, a place for finished parts, a line of progress.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::claim::figure::Studio;
use crate::report::write::{Rendered, write};

use super::console::Progress;
use super::interrupt;

/// Finished parts lie in `runs` beside the figures, one file a key; the version is part of the name.
#[derive(Debug)]
pub(super) struct Workplace {
    runs: PathBuf,
    data: Option<PathBuf>,
    asked_for_data: AtomicBool,
    progress: Progress,
}

impl Workplace {
    /// The workplace of figures that go to `out`.
    pub fn open(out: &Path, data: Option<&Path>) -> Self {
        let data = data.map(Path::to_owned);
        Workplace { runs: out.join("runs"), data, asked_for_data: AtomicBool::new(false), progress: Progress::start() }
    }

    /// Whether the user named data that nobody asked for.
    pub fn data_are_unused(&self) -> bool {
        self.data.is_some() && !self.asked_for_data.load(Ordering::Relaxed)
    }
}

fn name(key: &str) -> String {
    format!("{key}-{}.json", super::VERSION)
}

impl Studio for Workplace {
    fn data(&self) -> Option<&Path> {
        self.asked_for_data.store(true, Ordering::Relaxed);
        self.data.as_deref()
    }

    fn kept(&self, key: &str) -> Option<String> {
        fs::read_to_string(self.runs.join(name(key))).ok()
    }

    fn keep(&self, key: &str, text: &str) -> Result<(), String> {
        let kept = interrupt::uninterrupted(|| write(&self.runs, &[Rendered::new(name(key), text.to_owned())]));
        kept.map(|_| ()).map_err(|error| error.to_string())
    }

    fn say(&self, what: &str) {
        self.progress.say(what);
    }
}
