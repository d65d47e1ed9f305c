//! `audit`: gathers evidence, judges claims, prints the verdicts and writes the report.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use serde_json::Value;

use crate::audit;
use crate::claim::{Device, Effort, Theorem};
use crate::report::json::{AuditDocument, TimingsDocument};
use crate::report::shard::Shard;
use crate::report::{self, Audit as Report, standing};

use super::arguments::{DEFAULT_SEED, Seed, device, effort, require_device, require_writable};
use super::console::Progress;
use super::exit::{Exit, Failure};
use super::{Session, drift, interrupt, select, verdicts};

/// Where the report lies when nobody says otherwise.
pub(super) const DEFAULT_OUT: &str = "reports";
/// The report's file that holds the verdicts.
pub(super) const VERDICTS: &str = "claims.json";
/// The report's file that holds the timings.
pub(super) const TIMINGS: &str = "timings.json";

#[derive(Debug, Args)]
pub(super) struct Audit {
    /// The claims' identifiers, as `list` shows them; all by default
    claims: Vec<String>,
    #[command(flatten)]
    options: Options,
}

#[derive(Debug, Args)]
pub(super) struct Options {
    /// How much to spend: seconds, minutes, an hour [default: standard]
    #[arg(long, value_parser = effort())]
    effort: Option<Effort>,
    /// The seed of every random stream [default: 2106]
    #[arg(long, value_name = "N|random")]
    seed: Option<Seed>,
    /// Where tensors live: cpu or cuda:N [default: cpu]
    #[arg(long, value_name = "DEVICE", value_parser = device)]
    device: Option<Device>,
    /// Where the report goes [default: reports, for an audit of all claims]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Audit part i of n only, and write its report to --out; `merge` puts the parts together
    #[arg(long, value_name = "i/n", requires = "out", conflicts_with = "check")]
    shard: Option<Shard>,
    /// Write nothing; compare with the report that is there, made with its seed and effort unless others are given
    #[arg(long)]
    check: bool,
}

impl Options {
    /// Whether any is given.
    pub fn any(&self) -> bool {
        self.effort.is_some() || self.seed.is_some() || self.device.is_some() || self.out.is_some() || self.shard.is_some() || self.check
    }
}

impl Audit {
    /// The audit of all claims.
    pub fn everything(options: Options) -> Self {
        Audit { claims: Vec::new(), options }
    }

    pub fn run(&self, session: &Session<'_>) -> Result<Exit, Failure> {
        let mut selection = select::theorems(&session.catalogue, &self.claims)?;
        if let Some(shard) = self.options.shard {
            selection = shard.share(&selection);
            if selection.is_empty() {
                return Err(Failure::new(format!("--shard {shard} is empty: there are fewer claims than shards")));
            }
        }
        let default_out = Path::new(DEFAULT_OUT);
        let committed = match &self.options {
            Options { check: true, out, .. } => Some(committed(out.as_deref().unwrap_or(default_out))?),
            _ => None,
        };
        let out = match &self.options.out {
            _ if self.options.check => None,
            Some(out) => Some(out.as_path()),
            None => self.claims.is_empty().then_some(default_out),
        };
        if let Some(out) = out {
            require_writable(out)?;
            if !self.claims.is_empty() || self.options.shard.is_some() {
                require_no_wider_report(out, &selection)?;
            }
        }
        let options = self.settings(committed.as_ref())?;
        require_device(options.device)?;
        let begin = Instant::now();
        let outcomes = {
            let progress = Progress::start();
            audit::run(&selection, &options, &|what| progress.say(what))
        };
        let report = Report {
            version: super::VERSION,
            seed: options.seed,
            effort: options.effort,
            device: options.device,
            false_alarm: audit::FALSE_ALARMS,
            miss: audit::MISSES,
            shard: self.options.shard,
            outcomes: &outcomes,
            seconds: begin.elapsed().as_secs_f64(),
            threads: rayon::current_num_threads(),
        };
        let document = AuditDocument::new(&report, &session.catalogue);
        if session.json {
            session.console.document(&document)?;
        } else {
            verdicts::print(session, &document, report.seconds)?;
        }
        if let Some(committed) = committed {
            let mut drift = drift::between(&committed, &document, &selection);
            // The pages speak of every claim in the report, so they are compared where all of these are.
            if committed.outcomes.iter().all(|row| selection.iter().any(|theorem| theorem.slug == row.claim)) {
                let directory = self.options.out.as_deref().unwrap_or(default_out);
                drift.extend(drift::of_pages(directory, &committed, &session.catalogue));
            }
            return conclude_check(session, &drift, &document);
        }
        if let Some(out) = out {
            let timings = TimingsDocument::new(&report, &session.catalogue);
            interrupt::uninterrupted(|| report::write_all(out, &session.catalogue, &document, &timings, &figures(out)))?;
            if !session.json {
                session.console.line(format_args!("Report written to {}.", out.display()))?;
            }
        }
        Ok(exit(&document))
    }

    fn settings(&self, committed: Option<&AuditDocument>) -> Result<audit::Options, Failure> {
        let recorded = |document: &AuditDocument| match document.effort.as_str() {
            "quick" => Some(Effort::Quick),
            "standard" => Some(Effort::Standard),
            "thorough" => Some(Effort::Thorough),
            _ => None,
        };
        let seed = self.options.seed.map(Seed::draw).or(committed.map(|document| document.seed)).unwrap_or(DEFAULT_SEED);
        let effort = self.options.effort.or(committed.and_then(recorded)).unwrap_or(Effort::Standard);
        Ok(audit::Options { seed, effort, device: self.options.device.unwrap_or(Device::Cpu) })
    }
}

/// The figures to embed: those beside the report, or else the committed ones.
pub(super) fn figures(out: &Path) -> PathBuf {
    let own = out.join("figures");
    if own.is_dir() { own } else { Path::new(DEFAULT_OUT).join("figures") }
}

/// How the verdicts end the run.
pub(super) fn exit(document: &AuditDocument) -> Exit {
    if document.outcomes.iter().any(standing::contradicts) {
        Exit::Contradicted
    } else if document.outcomes.is_empty() || standing::is_open(document) {
        Exit::Open
    } else {
        Exit::AsExpected
    }
}

fn conclude_check(session: &Session<'_>, drift: &[String], document: &AuditDocument) -> Result<Exit, Failure> {
    for line in drift {
        if session.json {
            eprintln!("drift: {line}");
        } else {
            session.console.line(format_args!("drift: {line}"))?;
        }
    }
    if !drift.is_empty() {
        return Ok(Exit::Contradicted);
    }
    if !session.json {
        session.console.line("No drift from the committed report.")?;
    }
    Ok(exit(document))
}

/// The committed report.
fn committed(out: &Path) -> Result<AuditDocument, Failure> {
    let path = out.join(VERDICTS);
    let text = fs::read_to_string(&path).map_err(|error| Failure::new(format!("--check needs the report {}: {error}", path.display())))?;
    serde_json::from_str(&text)
        .map_err(|error| Failure::new(format!("{} is not a report of this version of the suite: {error}", path.display())))
}

/// Refuses to replace a report by one of fewer claims.
fn require_no_wider_report(out: &Path, selection: &[&Theorem]) -> Result<(), Failure> {
    let path = out.join(VERDICTS);
    if !path.exists() {
        return Ok(());
    }
    let foreign =
        |why: String| Failure::new(format!("{} is not a report that may be replaced ({why}): choose another --out", path.display()));
    let text = fs::read_to_string(&path).map_err(|error| foreign(error.to_string()))?;
    let report: Value = serde_json::from_str(&text).map_err(|error| foreign(error.to_string()))?;
    let rows = report["outcomes"].as_array().ok_or_else(|| foreign("it lists no outcomes".to_owned()))?;
    let mut wider: Vec<&str> = rows.iter().filter_map(|row| row["claim"].as_str()).collect();
    wider.retain(|slug| !selection.iter().any(|theorem| theorem.slug == *slug));
    wider.sort_unstable();
    wider.dedup();
    if wider.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "{} also covers {}, which this audit leaves out: choose another --out, or audit all claims",
        path.display(),
        wider.join(", ")
    )))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::demonstration::{call, catalogue};

    fn selection(slug: &str) -> Vec<&'static Theorem> {
        select::theorems(&catalogue(), &[slug.to_owned()]).unwrap()
    }

    #[test]
    fn a_wider_report_is_never_replaced() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join(VERDICTS);
        assert_eq!(require_no_wider_report(home.path(), &selection("prop-3")), Ok(()));
        fs::write(&path, r#"{"outcomes": [{"claim": "prop-3"}]}"#).unwrap();
        assert_eq!(require_no_wider_report(home.path(), &selection("prop-3")), Ok(()));
        fs::write(&path, r#"{"outcomes": [{"claim": "prop-3"}, {"claim": "thm-5"}]}"#).unwrap();
        let failure = require_no_wider_report(home.path(), &selection("prop-3")).unwrap_err().to_string();
        assert!(failure.contains("claims.json also covers thm-5"), "{failure}");
        fs::write(&path, "shopping list").unwrap();
        assert!(require_no_wider_report(home.path(), &selection("prop-3")).is_err());
    }

    #[test]
    fn an_unwritable_directory_and_a_missing_report_are_bad_input() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("file");
        fs::write(&file, "mine").unwrap();
        let (exit, text) = call(&["audit", "prop-3", "--out", file.to_str().unwrap()]);
        assert!(exit.unwrap_err().to_string().contains("--out"));
        assert_eq!((text.as_str(), fs::read_to_string(&file).unwrap().as_str()), ("", "mine"));
        let (exit, _) = call(&["audit", "--check", "--out", home.path().to_str().unwrap()]);
        assert!(exit.unwrap_err().to_string().contains("--check needs the report"));
    }
}
