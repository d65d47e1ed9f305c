//! The document of `mutants`: the kill table.

use serde::{Deserialize, Serialize};

/// What became of every mutant of every formula.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MutantsDocument {
    /// The document's kind and version.
    pub schema: String,
    /// One row a rung that refuted any, the strongest first.
    pub rungs: Vec<RungRow>,
    /// One row a mutant, in the order of the catalogue.
    pub mutants: Vec<MutantRow>,
}

/// What one rung did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RungRow {
    /// The rung.
    pub rung: String,
    /// How many mutants fell to it, having outlived the stronger ones.
    pub refuted: usize,
    /// The processor time spent judging them, gathering left out, in seconds. It alone differs from run to run.
    pub seconds: f64,
}

/// One mutant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MutantRow {
    /// The claim's full name (`prop-3.moment`).
    pub claim: String,
    /// The quantity's identifier within the theorem.
    pub quantity: String,
    /// What was changed and where, in words.
    pub change: String,
    /// The mutated formula.
    pub mutant: String,
    /// The rung and method that refuted it; null if none did.
    pub killed_by: Option<String>,
    /// Whether it was shown to be the same function as the original.
    pub equivalent: bool,
    /// −log2 of a bound on the probability that an equivalence is wrong; null for other mutants.
    pub error_bits: Option<u32>,
    /// Whether it differs by less than the resolution of every piece of evidence that could see it.
    pub below_resolution: bool,
    /// Why: the witness of a refutation, where an equivalence holds.
    pub reason: String,
}

impl MutantRow {
    /// Whether nothing accounts for it: a survivor, and so a hole in the evidence.
    #[must_use]
    pub const fn survives(&self) -> bool {
        self.killed_by.is_none() && !self.equivalent && !self.below_resolution
    }
}

impl MutantsDocument {
    /// The document of a kill table.
    #[must_use]
    pub fn new(rungs: Vec<RungRow>, mutants: Vec<MutantRow>) -> Self {
        MutantsDocument { schema: "vanishing-curvature/mutants/1".to_owned(), rungs, mutants }
    }
}
