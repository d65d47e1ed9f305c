//! The document of `check`: a reviewer's formula against a quantity.

use serde::{Deserialize, Serialize};

use super::WitnessDocument;

/// What became of a reviewer's formula.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckDocument {
    /// The document's kind and version.
    pub schema: String,
    /// The quantity's full name (`prop-3.moment`).
    pub quantity: String,
    /// The reviewer's formula; a bound for the quantity begins with `<=` or `>=`.
    pub formula: String,
    /// What it was compared with: the suite's formula, or the observations.
    pub against: String,
    /// The verdict.
    pub verdict: CheckVerdict,
    /// The rung that decided; null if none did.
    pub rung: Option<String>,
    /// The separating point, if refuted.
    pub witness: Option<WitnessDocument>,
    /// Why, and for `not refuted` what it would take; one sentence.
    pub reason: String,
}

/// What `check` can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CheckVerdict {
    /// The same value everywhere.
    #[serde(rename = "equal")]
    Equal,
    /// The bound holds: everywhere if the rung is `proved` for all names, else at the one point that was set.
    #[serde(rename = "holds")]
    Holds,
    /// A point separates them.
    #[serde(rename = "refuted")]
    Refuted,
    /// Neither shown.
    #[serde(rename = "not refuted")]
    NotRefuted,
}

impl CheckDocument {
    /// The kind and version of this document.
    pub const SCHEMA: &'static str = "vanishing-curvature/check/1";
}
