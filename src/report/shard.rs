//! Parts of an audit, made anywhere and in any order, and the whole put together again.
//!
//! Every random stream is keyed by the seed and the claim, and every theorem owns its share of the error budget: what a claim's
//! rows say does not hang on which shard audits it, and the merged documents are, byte for byte, those of an undivided audit.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::bundle::Catalogue;
use super::json::{AuditDocument, TimingsDocument};

/// The part `number` of `of` equal ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shard {
    /// From 1 to `of`.
    pub number: usize,
    /// How many there are.
    pub of: usize,
}

impl Shard {
    /// The items that fall to this shard: every `of`-th, in order, so that neighbours, which cost alike, fall to different ones.
    #[must_use]
    pub fn share<T: Copy>(self, items: &[T]) -> Vec<T> {
        items.iter().copied().skip(self.number - 1).step_by(self.of).collect()
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once('/').and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
        match parts {
            Some((number, of)) if (1..=of).contains(&number) => Ok(Shard { number, of }),
            _ => Err("a shard is i/n: part i, from 1 to n, of n".to_owned()),
        }
    }
}

/// Why parts do not make a whole; one sentence, in which parts are named as they were given.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum MergeError {
    /// Nothing was given.
    #[error("there is nothing to merge")]
    Nothing,
    /// A part is the report of an undivided audit.
    #[error("{0} is no shard: it was not made with --shard")]
    Whole(String),
    /// Two parts are of different audits.
    #[error("{part} has {what} {found}, {first} has {wanted}: only shards of one audit can be merged")]
    Different {
        /// What differs.
        what: &'static str,
        /// The first part.
        first: String,
        /// Its value.
        wanted: String,
        /// The other part.
        part: String,
        /// Its value.
        found: String,
    },
    /// The same shard twice.
    #[error("{first} and {second} are the same shard, {shard}")]
    Twice {
        /// Which.
        shard: Shard,
        /// The one part.
        first: String,
        /// The other.
        second: String,
    },
    /// Shards are missing.
    #[error("shard {0} is missing")]
    Missing(Shard),
    /// The shards are of different choices of claims.
    #[error("the shards were given different claims: all must be given the same")]
    Selection,
}

/// One part's documents, and its name for error messages.
#[derive(Clone, Debug)]
pub struct Part {
    /// The directory it was read from.
    pub name: String,
    /// The verdicts.
    pub document: AuditDocument,
    /// The timings.
    pub timings: TimingsDocument,
}

/// The whole audit from all its shards, in any order: rows in the catalogue's order, seconds summed.
///
/// # Errors
/// [`MergeError`].
pub fn merge(parts: Vec<Part>, catalogue: &Catalogue<'_>) -> Result<(AuditDocument, TimingsDocument), MergeError> {
    let place = |slug: &str| catalogue.theorems.iter().position(|theorem| theorem.slug == slug);
    let mut shards: Vec<(Shard, Part)> = Vec::new();
    for part in parts {
        let shard = part.document.shard.ok_or_else(|| MergeError::Whole(part.name.clone()))?;
        if let Some((other, first)) = shards.first() {
            let traits = |part: &Part, of: usize| {
                let AuditDocument { version, seed, effort, device, .. } = &part.document;
                [
                    ("version", version.clone()),
                    ("seed", seed.to_string()),
                    ("effort", effort.clone()),
                    ("device", device.clone()),
                    ("number of shards", of.to_string()),
                ]
            };
            let pairs = traits(first, other.of).into_iter().zip(traits(&part, shard.of));
            if let Some(((what, wanted), (_, found))) = pairs.into_iter().find(|(one, other)| one != other) {
                return Err(MergeError::Different { what, first: first.name.clone(), wanted, part: part.name, found });
            }
        }
        if let Some((_, first)) = shards.iter().find(|(other, _)| *other == shard) {
            return Err(MergeError::Twice { shard, first: first.name.clone(), second: part.name });
        }
        shards.push((shard, part));
    }
    let of = shards.first().ok_or(MergeError::Nothing)?.0.of;
    let gone = (1..=of).map(|number| Shard { number, of }).find(|shard| !shards.iter().any(|(other, _)| other == shard));
    if let Some(shard) = gone {
        return Err(MergeError::Missing(shard));
    }
    let slugs = |part: &Part| -> BTreeSet<usize> { part.document.outcomes.iter().filter_map(|row| place(&row.claim)).collect() };
    let selection: Vec<usize> = shards.iter().flat_map(|(_, part)| slugs(part)).collect::<BTreeSet<_>>().into_iter().collect();
    if shards.iter().any(|(shard, part)| !slugs(part).iter().copied().eq(shard.share(&selection))) {
        return Err(MergeError::Selection);
    }
    let mut parts = shards.into_iter().map(|(_, part)| part);
    let Part { mut document, mut timings, .. } = parts.next().ok_or(MergeError::Nothing)?;
    for part in parts {
        document.outcomes.extend(part.document.outcomes);
        timings.outcomes.extend(part.timings.outcomes);
        timings.seconds += part.timings.seconds;
    }
    // A theorem lies whole in one shard, its rows in order.
    document.outcomes.sort_by_key(|row| place(&row.claim));
    timings.outcomes.sort_by_key(|row| place(&row.claim));
    document.shard = None;
    Ok((document, timings))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::Outcome;
    use crate::report::Audit;
    use crate::report::demonstration::{CATALOGUE, audit, outcomes};

    fn part(outcomes: &[Outcome], number: usize, of: usize) -> Part {
        let shard = Shard { number, of };
        let slugs = shard.share(&CATALOGUE.theorems.iter().map(|theorem| theorem.slug).collect::<Vec<_>>());
        let outcomes: Vec<Outcome> = outcomes.iter().filter(|outcome| slugs.contains(&outcome.claim)).cloned().collect();
        let audit = Audit { shard: Some(shard), ..audit(&outcomes) };
        let (document, timings) = (AuditDocument::new(&audit, &CATALOGUE), TimingsDocument::new(&audit, &CATALOGUE));
        Part { name: format!("part-{number}"), document, timings }
    }

    #[test]
    fn every_item_falls_to_exactly_one_shard() {
        let items: Vec<usize> = (0..11).collect();
        for of in 1..14 {
            let mut all: Vec<usize> = (1..=of).flat_map(|number| Shard { number, of }.share(&items)).collect();
            all.sort_unstable();
            assert_eq!(all, items, "{of} shards");
        }
    }

    #[test]
    fn shards_in_any_order_make_the_whole() {
        let outcomes = outcomes();
        let whole = audit(&outcomes);
        let (document, timings) = merge(vec![part(&outcomes, 2, 3), part(&outcomes, 3, 3), part(&outcomes, 1, 3)], &CATALOGUE).unwrap();
        assert_eq!(document, AuditDocument::new(&whole, &CATALOGUE));
        assert_eq!(timings.outcomes, TimingsDocument::new(&whole, &CATALOGUE).outcomes);
    }

    #[test]
    fn what_is_no_whole_is_refused_in_one_sentence() {
        let outcomes = outcomes();
        let pieces = || (part(&outcomes, 1, 2), part(&outcomes, 2, 2));
        let refusal = |parts| merge(parts, &CATALOGUE).unwrap_err().to_string();
        assert_eq!(refusal(vec![]), "there is nothing to merge");
        assert_eq!(refusal(vec![pieces().0]), "shard 2/2 is missing");
        assert_eq!(refusal(vec![pieces().0, pieces().0]), "part-1 and part-1 are the same shard, 1/2");
        let (mut one, two) = pieces();
        one.document.shard = None;
        assert_eq!(refusal(vec![two, one]), "part-1 is no shard: it was not made with --shard");
        let (one, mut two) = pieces();
        two.document.seed = 5;
        assert_eq!(refusal(vec![one, two]), "part-2 has seed 5, part-1 has 20210603: only shards of one audit can be merged");
        let (one, mut two) = pieces();
        two.document.outcomes.clone_from(&one.document.outcomes);
        let sentence = "the shards were given different claims: all must be given the same";
        assert_eq!(refusal(vec![one, two]), sentence);
        let other = part(&outcomes, 2, 3);
        let sentence = "part-2 has number of shards 3, part-1 has 2: only shards of one audit can be merged";
        assert_eq!(refusal(vec![pieces().0, other]), sentence);
    }

    #[test]
    fn a_shard_is_a_part_of_a_whole() {
        assert_eq!("2/5".parse(), Ok(Shard { number: 2, of: 5 }));
        assert_eq!(Shard { number: 2, of: 5 }.to_string(), "2/5");
        for text in ["0/2", "3/2", "1/0", "2", "a/b", "1/2/3", "-1/2", ""] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
    }
}
