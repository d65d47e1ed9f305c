//! What is trusted without proof, and what is left out: data for TRUSTED.md and the report's list of omissions.

/// A fact that the suite uses and does not prove.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lemma {
    /// The name by which a written argument appeals to it.
    pub name: &'static str,
    /// The fact, with its hypotheses.
    pub says: &'static str,
    /// What kind of fact it is.
    pub kind: LemmaKind,
    /// Where it is proved, or the library and version that is relied on.
    pub source: &'static str,
}

/// What kind of fact a [`Lemma`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LemmaKind {
    /// What the engine itself rests on, whatever the claim: arithmetic, error bounds, random streams.
    Foundation,
    /// A fact that turns a definition into algebra: the only kind that a proof may appeal to.
    Elementary,
    /// A theorem of analysis or probability that written arguments appeal to by name.
    Analytic,
}

impl LemmaKind {
    /// The name in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            LemmaKind::Foundation => "foundation",
            LemmaKind::Elementary => "elementary",
            LemmaKind::Analytic => "analytic",
        }
    }
}

/// A part of the paper that the suite does not cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Omission {
    /// The part (`Figures 10, 11 and 16`).
    pub what: &'static str,
    /// Why it is left out.
    pub why: &'static str,
}
