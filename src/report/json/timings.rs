//! `timings.json`: everything about an audit that need not be reproducible.

use serde::{Deserialize, Serialize};

use crate::claim::Outcome;

use super::super::bundle::{Audit, Catalogue};

/// How long an audit took.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimingsDocument {
    /// The document's kind and version.
    pub schema: String,
    /// The version of the suite.
    pub version: String,
    /// The whole audit, in seconds of wall time.
    pub seconds: f64,
    /// The number of worker threads.
    pub threads: usize,
    /// One row a judgement, in the order of the catalogue.
    pub outcomes: Vec<TimingRow>,
}

/// How long one judgement took.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TimingRow {
    /// The theorem's slug.
    pub claim: String,
    /// The claim's part.
    pub part: String,
    /// The rival judged, if any.
    pub rival: Option<String>,
    /// The evidence's rung.
    pub rung: String,
    /// The evidence's method.
    pub method: String,
    /// Gathering and judging, in seconds, rounded to milliseconds.
    pub seconds: f64,
}

fn milliseconds(seconds: f64) -> f64 {
    if seconds.is_finite() { (seconds * 1e3).round() / 1e3 } else { 0.0 }
}

impl TimingsDocument {
    /// The timings of an audit.
    #[must_use]
    pub fn new(audit: &Audit<'_>, catalogue: &Catalogue<'_>) -> Self {
        let mut outcomes: Vec<&Outcome> = audit.outcomes.iter().collect();
        outcomes.sort_by_key(|outcome| catalogue.position(outcome));
        TimingsDocument {
            schema: "vanishing-curvature/timings/1".to_owned(),
            version: audit.version.to_owned(),
            seconds: milliseconds(audit.seconds),
            threads: audit.threads,
            outcomes: outcomes
                .into_iter()
                .map(|outcome| TimingRow {
                    claim: outcome.claim.to_owned(),
                    part: outcome.part.to_owned(),
                    rival: outcome.rival.map(str::to_owned),
                    rung: outcome.rung.name().to_owned(),
                    method: outcome.method.to_owned(),
                    seconds: milliseconds(outcome.seconds),
                })
                .collect(),
        }
    }
}
