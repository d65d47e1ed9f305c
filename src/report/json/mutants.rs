//! The document of `mutants`: the kill table.

use serde::{Deserialize, Serialize};

/// What became of every mutant of every formula.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MutantsDocument {
    /// The document's kind and version.
    pub schema: String,
    /// One row a mutant, in the order of the catalogue.
    pub mutants: Vec<MutantRow>,
}

/// One mutant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MutantRow {
    /// The claim's full name (`prop-3.moment`).
    pub claim: String,
    /// The quantity's identifier within the theorem.
    pub quantity: String,
    /// The mutated formula.
    pub mutant: String,
    /// The rung and method that refuted it; null if none did.
    pub killed_by: Option<String>,
    /// Whether it was shown to be the same function as the original.
    pub equivalent: bool,
    /// Whether it differs by less than the resolution of every piece of evidence that could see it.
    pub below_resolution: bool,
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
    pub fn new(mutants: Vec<MutantRow>) -> Self {
        MutantsDocument { schema: "vanishing-curvature/mutants/1".to_owned(), mutants }
    }
}
