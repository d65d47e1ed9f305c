//! `scaling.json`: how time and memory grow with the size of the work, as a bench measured it on a named machine.

use serde::{Deserialize, Serialize};

/// How time and memory grow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScalingDocument {
    /// The document's kind and version.
    pub schema: String,
    /// The version of the suite.
    pub version: String,
    /// The processor.
    pub processor: String,
    /// The pieces of work.
    pub works: Vec<WorkRow>,
}

/// One piece of work at many sizes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkRow {
    /// What was done.
    pub work: String,
    /// One sweep a variable: width, depth, samples, threads.
    pub sweeps: Vec<SweepRow>,
}

/// One variable swept, the others held.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SweepRow {
    /// The variable.
    pub against: String,
    /// What the others were held at, in words.
    pub held: String,
    /// The sizes, ascending.
    pub points: Vec<SizeRow>,
    /// The exponent of a power fitted to the shortest times.
    pub time: Exponent,
    /// The exponent of a power fitted to the memory; nothing where the system does not tell it, or some size took none.
    pub memory: Option<Exponent>,
}

/// One size.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SizeRow {
    /// The value of the variable.
    pub size: f64,
    /// The shortest time, in seconds.
    pub shortest: f64,
    /// The median time, in seconds.
    pub median: f64,
    /// What the peak memory of the process grew by, in MiB.
    pub mebibytes: Option<f64>,
}

/// An exponent, fitted by least squares to logarithms, with its interval of 95 %.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exponent {
    /// The slope.
    pub estimate: f64,
    /// The lower end; nothing with two points.
    pub low: Option<f64>,
    /// The upper end; nothing with two points.
    pub high: Option<f64>,
    /// The fitted value at size 1.
    pub unit: f64,
}

impl ScalingDocument {
    /// The document of a version of the suite on a processor.
    #[must_use]
    pub fn new(version: &str, processor: String, works: Vec<WorkRow>) -> Self {
        ScalingDocument { schema: "vanishing-curvature/scaling/1".to_owned(), version: version.to_owned(), processor, works }
    }
}
