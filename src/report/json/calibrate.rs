//! The document of `calibrate`: realised alarms and the uniformity of p-values.

use serde::{Deserialize, Serialize};

/// How often evidence contradicted true formulas over fresh seeds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalibrationDocument {
    /// The document's kind and version.
    pub schema: String,
    /// The seed before the first run's.
    pub seed: u64,
    /// The number of fresh seeds.
    pub runs: u64,
    /// The probability of a false alarm that each piece of evidence spends in each run.
    pub rate: f64,
    /// The confidence that the bounds lack.
    pub doubt: f64,
    /// One row a piece of sampled evidence, in the order of the catalogue.
    pub evidence: Vec<CalibrationRow>,
    /// The test of the p-values of medians; null if there are none.
    pub uniformity: Option<UniformityRow>,
}

/// What one piece of evidence did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalibrationRow {
    /// The theorem's slug.
    pub claim: String,
    /// The claim's part.
    pub part: String,
    /// The evidence's method.
    pub method: String,
    /// `exact` or `asymptotic`; null if it never came to an interval.
    pub grade: Option<String>,
    /// The runs that came to intervals.
    pub judged: u64,
    /// Those in which some interval did not hold the formula's value.
    pub alarms: u64,
    /// The realised rate lies above this with confidence below `doubt`.
    pub bound: f64,
    /// The probability of so many alarms or more at the stated rate.
    pub chance: f64,
    /// The draws of all runs.
    pub draws: u64,
    /// Whether the alarms are within the stated rate, as far as chance allows; asymptotic evidence states it in the limit only.
    pub as_stated: bool,
}

/// The Kolmogorov–Smirnov test of p-values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UniformityRow {
    /// The number of p-values.
    pub values: usize,
    /// The largest distance from the uniform distribution function.
    pub distance: f64,
    /// A bound on the probability of such a distance.
    pub chance: f64,
}

impl CalibrationDocument {
    /// The kind and version of this document.
    pub const SCHEMA: &'static str = "vanishing-curvature/calibrate/1";
}
