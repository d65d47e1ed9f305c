//! Where a figure comes from: what its files record.

/// What a figure's files say about their making.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// The figure's identifier, and the file stem.
    pub figure: String,
    /// The title.
    pub title: String,
    /// The version of the suite.
    pub version: String,
    /// The seed.
    pub seed: u64,
    /// The command that draws it again.
    pub command: String,
}

impl Provenance {
    /// One line for people.
    #[must_use]
    pub fn line(&self) -> String {
        format!("{} · seed {} · version {}", self.command, self.seed, self.version)
    }
}
