//! Interrupts: the process ends at once, but never between the files of a report.

use std::process;
use std::sync::{Mutex, PoisonError};

use super::exit::INTERRUPTED;

/// Held while files are written.
static WRITING: Mutex<()> = Mutex::new(());

/// Ends the process with the exit code of an interrupt on SIGINT, SIGTERM and SIGHUP, after a running write.
pub(super) fn install() {
    // A second handler cannot be installed, and need not be.
    let _ = ctrlc::set_handler(|| {
        let _finished = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
        eprintln!("\ninterrupted: every file is either whole or as it was.");
        process::exit(INTERRUPTED);
    });
}

/// Runs a write to its end, even if an interrupt arrives.
pub(super) fn uninterrupted<T>(write: impl FnOnce() -> T) -> T {
    let _writing = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
    write()
}
