//! What a report is made of: the catalogue and the outcomes of an audit.

use super::shard::Shard;
use crate::claim::figure::Figure;
use crate::claim::{Device, Effort, Lemma, Omission, Outcome, Theorem};

/// The static side of a report: cards, trusted base, omissions.
#[derive(Clone, Copy, Debug)]
pub struct Catalogue<'a> {
    /// The figures, by their number in the paper.
    pub figures: &'static [Figure],
    /// The cards, in the order of the report.
    pub theorems: &'a [&'static Theorem],
    /// The trusted base.
    pub lemmas: &'a [Lemma],
    /// What of the paper is not covered.
    pub omissions: &'a [Omission],
}

/// The dynamic side of a report: settings and outcomes of one audit.
#[derive(Clone, Copy, Debug)]
pub struct Audit<'a> {
    /// The version of the suite.
    pub version: &'a str,
    /// The seed.
    pub seed: u64,
    /// How much was spent.
    pub effort: Effort,
    /// Where tensors lived.
    pub device: Device,
    /// The total probability of a false alarm over exact-grade evidence.
    pub false_alarm: f64,
    /// The total probability of missing a named rival.
    pub miss: f64,
    /// Which part of an audit this is, if not the whole.
    pub shard: Option<Shard>,
    /// The judgements, in any order.
    pub outcomes: &'a [Outcome],
    /// The wall time of the audit, in seconds; goes to `timings.json` only.
    pub seconds: f64,
    /// The number of worker threads; goes to `timings.json` only.
    pub threads: usize,
}

impl Catalogue<'_> {
    /// The card with that slug.
    #[must_use]
    pub fn theorem(&self, slug: &str) -> Option<&'static Theorem> {
        self.theorems.iter().copied().find(|theorem| theorem.slug == slug)
    }

    /// Where an outcome stands in a report: by card, claim, rival (the claim itself first) and evidence, in declared order.
    #[must_use]
    pub fn position(&self, outcome: &Outcome) -> [usize; 4] {
        let theorem = self.theorems.iter().position(|theorem| theorem.slug == outcome.claim);
        let claims = theorem.map_or(&[][..], |at| self.theorems[at].claims);
        let claim = claims.iter().position(|claim| claim.part == outcome.part);
        let rival = match (outcome.rival, claim) {
            (None, _) => 0,
            (Some(name), Some(at)) => claims[at].rivals.iter().position(|rival| rival.name == name).map_or(usize::MAX, |at| at + 1),
            (Some(_), None) => usize::MAX,
        };
        let evidence = claim.and_then(|at| claims[at].evidence.iter().position(|e| e.method == outcome.method && e.rung == outcome.rung));
        [theorem, claim, Some(rival), evidence].map(|position| position.unwrap_or(usize::MAX))
    }
}
