//! Runs the evidence of claims and judges it.

use crate::claim::{Claim, Device, Effort, Outcome, Rung, Theorem};
use crate::formula::Node;

/// The probability of a false alarm, over all exact-grade evidence of an audit together.
pub const FALSE_ALARM: f64 = 1e-6;
/// The probability of missing a named rival that exceeds the resolution, over an audit.
pub const MISS: f64 = 1e-6;

/// The settings of an audit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// The seed of every random stream.
    pub seed: u64,
    /// How much to spend.
    pub effort: Effort,
    /// Where tensors live.
    pub device: Device,
}

/// What a claim's evidence says of a formula put in place of the claim's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trial {
    /// The rung and method that refuted it; `None` if none did.
    pub killed_by: Option<(Rung, &'static str)>,
    /// Whether it differs by less than the resolution of every piece of evidence that could see it.
    pub below_resolution: bool,
}

/// Gathers and judges the evidence of the selected theorems and their rivals. `progress` is told what is being done.
#[must_use]
pub fn run(
    _catalogue: &[&'static Theorem],
    _selection: &[&'static Theorem],
    _options: &Options,
    _progress: &(dyn Fn(&str) + Sync),
) -> Vec<Outcome> {
    Vec::new()
}

/// Judges `formula` in place of the claim's own by the evidence of the claim, which is gathered once.
#[must_use]
pub fn judge_formula(_theorem: &'static Theorem, _claim: &'static Claim, _formula: &Node, _options: &Options) -> Trial {
    Trial { killed_by: None, below_resolution: false }
}
