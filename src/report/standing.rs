//! What follows from the rows: counts, where each theorem stands, and what became of each rival. Computed, never set.

use super::bundle::Catalogue;
use super::json::{AuditDocument, Row};

/// Rows of an audit, counted. Rivals are counted apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Judgements of claims.
    pub judgements: usize,
    /// Of these, verdicts as expected.
    pub as_expected: usize,
    /// Judgements, of claims or rivals, that contradict their expectation.
    pub contradictions: usize,
    /// Judgements of claims that came out inconclusive though a verdict was expected.
    pub inconclusive: usize,
    /// Judgements of claims that were skipped.
    pub skipped: usize,
    /// Claims expected to be refuted and refuted.
    pub errata: usize,
    /// Rivals judged.
    pub rivals: usize,
    /// Rivals refuted by at least one piece of evidence.
    pub killed: usize,
}

/// Whether a row contradicts what was expected of it (as opposed to leaving it open).
#[must_use]
pub fn contradicts(row: &Row) -> bool {
    !row.as_expected && matches!(row.verdict.as_str(), "agrees" | "refuted")
}

/// Whether a row leaves open what it was expected to settle. A claim that was skipped is always open.
#[must_use]
pub fn leaves_open(row: &Row) -> bool {
    match row.verdict.as_str() {
        "inconclusive" => !row.as_expected,
        "skipped" => !row.as_expected || row.rival.is_none(),
        _ => false,
    }
}

/// Whether an audit leaves a claim open: evidence that should have settled something did not, or all evidence of a claim was skipped.
#[must_use]
pub fn is_open(document: &AuditDocument) -> bool {
    let judged =
        |row: &Row| document.outcomes.iter().any(|other| other.rival.is_none() && other.name() == row.name() && other.verdict != "skipped");
    document.outcomes.iter().any(|row| leaves_open(row) && (row.verdict != "skipped" || !judged(row)))
}

/// Whether a row refutes a statement of the paper, as expected.
#[must_use]
pub fn is_erratum(row: &Row) -> bool {
    row.rival.is_none() && row.expected == "refuted" && row.verdict == "refuted" && row.as_expected
}

/// Counts the rows of an audit.
#[must_use]
pub fn count(document: &AuditDocument) -> Counts {
    let mut counts = Counts::default();
    for row in document.outcomes.iter().filter(|row| row.rival.is_none()) {
        counts.judgements += 1;
        counts.as_expected += usize::from(row.as_expected);
        counts.inconclusive += usize::from(leaves_open(row) && row.verdict == "inconclusive");
        counts.skipped += usize::from(row.verdict == "skipped");
    }
    counts.contradictions = document.outcomes.iter().filter(|row| contradicts(row)).count();
    let mut errata: Vec<String> = document.outcomes.iter().filter(|row| is_erratum(row)).map(Row::name).collect();
    errata.dedup();
    counts.errata = errata.len();
    let fates = fates(&document.outcomes);
    counts.rivals = fates.len();
    counts.killed = fates.iter().filter(|fate| !fate.killed_by.is_empty()).count();
    counts
}

/// Where a theorem stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Every verdict as expected.
    Stands,
    /// Every verdict as expected, and one of them refutes a statement as published.
    Erratum,
    /// A piece of evidence came to no verdict.
    Open,
    /// This audit did not look at it.
    Unjudged,
    /// A verdict contradicts its expectation.
    Contradicted,
}

impl Standing {
    /// The name in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Standing::Stands => "stands",
            Standing::Erratum => "erratum shown",
            Standing::Open => "open",
            Standing::Unjudged => "not judged",
            Standing::Contradicted => "contradicted",
        }
    }

    /// A sign that needs no colour.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Standing::Stands => "✓",
            Standing::Erratum => "✗",
            Standing::Open => "?",
            Standing::Unjudged => "–",
            Standing::Contradicted => "!",
        }
    }

    /// Whether what rests on such a theorem rests on settled ground.
    #[must_use]
    pub const fn settled(self) -> bool {
        matches!(self, Standing::Stands | Standing::Erratum)
    }
}

/// Where a theorem stands by its own rows.
#[must_use]
pub fn standing(slug: &str, document: &AuditDocument) -> Standing {
    let rows = || document.outcomes.iter().filter(|row| row.claim == slug);
    if rows().next().is_none() {
        Standing::Unjudged
    } else if rows().any(contradicts) {
        Standing::Contradicted
    } else if rows().any(leaves_open) {
        Standing::Open
    } else if rows().any(is_erratum) {
        Standing::Erratum
    } else {
        Standing::Stands
    }
}

/// The theorems that `slug` rests on, directly or not, and that are not settled; in the order of the catalogue.
#[must_use]
pub fn unsettled_ground(slug: &str, catalogue: &Catalogue<'_>, document: &AuditDocument) -> Vec<&'static str> {
    let mut ground: Vec<&str> = Vec::new();
    let mut next: Vec<&str> = catalogue.theorem(slug).map(|theorem| theorem.follows_from.to_vec()).unwrap_or_default();
    while let Some(slug) = next.pop() {
        if !ground.contains(&slug) {
            ground.push(slug);
            next.extend(catalogue.theorem(slug).map(|theorem| theorem.follows_from).unwrap_or_default());
        }
    }
    let unsettled = |slug: &&str| ground.contains(slug) && !standing(slug, document).settled();
    catalogue.theorems.iter().map(|theorem| theorem.slug).filter(unsettled).collect()
}

/// What became of a rival.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fate<'a> {
    /// The theorem's slug.
    pub claim: &'a str,
    /// The claim's part.
    pub part: &'a str,
    /// The rival's name.
    pub rival: &'a str,
    /// The methods that refuted it.
    pub killed_by: Vec<&'a str>,
    /// The methods that did not, with their verdicts.
    pub spared_by: Vec<(&'a str, &'a str)>,
    /// Whether every row was as expected.
    pub as_expected: bool,
}

/// What became of every rival among the rows, in their order.
#[must_use]
pub fn fates<'a>(rows: impl IntoIterator<Item = &'a Row>) -> Vec<Fate<'a>> {
    let mut fates: Vec<Fate<'a>> = Vec::new();
    for row in rows {
        let Some(rival) = row.rival.as_deref() else { continue };
        let at = fates.iter().position(|fate| fate.claim == row.claim && fate.part == row.part && fate.rival == rival);
        let at = at.unwrap_or_else(|| {
            fates.push(Fate { claim: &row.claim, part: &row.part, rival, killed_by: Vec::new(), spared_by: Vec::new(), as_expected: true });
            fates.len() - 1
        });
        let fate = &mut fates[at];
        fate.as_expected &= row.as_expected;
        if row.verdict == "refuted" {
            fate.killed_by.push(&row.method);
        } else {
            fate.spared_by.push((&row.method, &row.verdict));
        }
    }
    fates
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::demonstration::{CATALOGUE, document};

    #[test]
    fn rows_are_counted_by_what_they_mean() {
        let counts = count(&document());
        let expected =
            Counts { judgements: 5, as_expected: 4, contradictions: 0, inconclusive: 1, skipped: 0, errata: 1, rivals: 3, killed: 3 };
        assert_eq!(counts, expected);
    }

    #[test]
    fn standings_follow_the_rows() {
        let mut document = document();
        let stands = |slug, document: &AuditDocument| standing(slug, document);
        assert_eq!(stands("prop-3", &document), Standing::Stands);
        assert_eq!(stands("thm-5", &document), Standing::Open);
        assert_eq!(stands("lemma-12", &document), Standing::Erratum);
        assert_eq!(stands("thm-9", &document), Standing::Unjudged);
        document.outcomes.iter_mut().find(|row| row.rival.is_some()).unwrap().as_expected = false;
        assert_eq!(stands("prop-3", &document), Standing::Contradicted, "a rival that should have died");
    }

    #[test]
    fn an_expected_refusal_is_no_open_question_but_a_skipped_claim_is() {
        let mut document = document();
        let row = document.outcomes.iter_mut().find(|row| row.verdict == "inconclusive").unwrap();
        row.expected = "inconclusive".into();
        row.as_expected = true;
        assert_eq!(standing("thm-5", &document), Standing::Stands);
        let row = document.outcomes.iter_mut().find(|row| row.verdict == "inconclusive").unwrap();
        row.verdict = "skipped".into();
        assert_eq!(standing("thm-5", &document), Standing::Open);
    }

    #[test]
    fn skipped_evidence_leaves_a_claim_open_only_if_nothing_else_judged_it() {
        let mut document = document();
        document.outcomes.retain(|row| row.rival.is_none() && row.verdict != "inconclusive");
        assert!(!is_open(&document));
        let mut skipped = document.outcomes[0].clone();
        (skipped.method, skipped.verdict, skipped.as_expected) = ("long runs".into(), "skipped".into(), false);
        document.outcomes.push(skipped.clone());
        assert!(!is_open(&document), "other evidence settled the claim");
        document.outcomes.retain(|row| row.name() != skipped.name() || row.verdict == "skipped");
        assert!(is_open(&document));
    }

    #[test]
    fn doubt_reaches_everything_that_rests_on_it() {
        let document = document();
        assert_eq!(unsettled_ground("lemma-12", &CATALOGUE, &document), ["thm-5"]);
        assert_eq!(unsettled_ground("thm-9", &CATALOGUE, &document), ["thm-5"], "through lemma-12, which is settled itself");
        assert!(unsettled_ground("prop-3", &CATALOGUE, &document).is_empty());
    }

    #[test]
    fn a_rival_is_killed_by_one_and_spared_by_another() {
        let document = document();
        let fates = fates(&document.outcomes);
        let fate = fates.iter().find(|fate| fate.rival == "one layer fewer").unwrap();
        assert_eq!((fate.killed_by.as_slice(), fate.spared_by.as_slice()), (&["one-layer integral"][..], &[("particles", "agrees")][..]));
    }
}
