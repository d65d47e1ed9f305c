//! `merge`: the report of a whole audit from the reports of all its shards.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::de::DeserializeOwned;

use crate::report;
use crate::report::shard::{self, Part};

use super::arguments::require_writable;
use super::audit::{DEFAULT_OUT, TIMINGS, VERDICTS, exit, figures};
use super::exit::{Exit, Failure};
use super::{Session, interrupt, verdicts};

#[derive(Debug, Args)]
pub(super) struct Merge {
    /// The directories that `audit --shard i/n --out DIR` wrote, all n of them
    #[arg(required = true, value_name = "DIR")]
    shards: Vec<PathBuf>,
    /// Where the report goes [default: reports]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl Merge {
    pub fn run(&self, session: &Session<'_>) -> Result<Exit, Failure> {
        let out = self.out.as_deref().unwrap_or(Path::new(DEFAULT_OUT));
        require_writable(out)?;
        let parts = self.shards.iter().map(|directory| part(directory)).collect::<Result<_, _>>()?;
        let (document, timings) = shard::merge(parts, &session.catalogue).map_err(|error| Failure::new(error.to_string()))?;
        if session.json {
            session.console.document(&document)?;
        } else {
            verdicts::print(session, &document, timings.seconds)?;
        }
        interrupt::uninterrupted(|| report::write_all(out, &session.catalogue, &document, &timings, &figures(out)))?;
        if !session.json {
            session.console.line(format_args!("Report written to {}.", out.display()))?;
        }
        Ok(exit(&document))
    }
}

fn part(directory: &Path) -> Result<Part, Failure> {
    Ok(Part { name: directory.display().to_string(), document: read(directory, VERDICTS)?, timings: read(directory, TIMINGS)? })
}

fn read<T: DeserializeOwned>(directory: &Path, name: &str) -> Result<T, Failure> {
    let path = directory.join(name);
    let text = fs::read_to_string(&path)
        .map_err(|error| Failure::new(format!("{} holds no shard: cannot read {}: {error}", directory.display(), path.display())))?;
    serde_json::from_str(&text)
        .map_err(|error| Failure::new(format!("{} is not a report of this version of the suite: {error}", path.display())))
}
