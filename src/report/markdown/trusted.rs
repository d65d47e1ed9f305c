//! `TRUSTED.md`.

use std::fmt::Write as _;

use crate::claim::{Lemma, LemmaKind, Step};
use crate::report::bundle::Catalogue;
use crate::report::foundation::FOUNDATION;

use super::{cell, code};

/// The trusted base: what the engine rests on, and the lemmas that written arguments appeal to with the claims that do.
#[must_use]
pub fn render(catalogue: &Catalogue<'_>) -> String {
    let mut text = String::from(
        "# Trusted base\n\nWhat the suite uses and does not prove. Everything else is computed. A lemma is here because a written \
         argument names it; an argument that names no lemma of this list is refused.\n\n## The engine\n\n",
    );
    for lemma in FOUNDATION.iter().chain(of_kind(catalogue, LemmaKind::Foundation)) {
        text.push_str(&entry(lemma));
        text.push_str(&uses(catalogue, lemma.name, ""));
    }
    let sections = [
        (LemmaKind::Elementary, "Elementary facts, which turn a definition into algebra; the only ones that a proof may appeal to"),
        (LemmaKind::Analytic, "Analysis and probability; an argument that appeals to one is derived, not proved"),
    ];
    for (kind, title) in sections {
        let _ = write!(text, "\n## {title}\n\n");
        for lemma in of_kind(catalogue, kind) {
            text.push_str(&entry(lemma));
            text.push_str(&uses(catalogue, lemma.name, "  Used by no argument.\n"));
        }
    }
    text
}

fn of_kind<'a>(catalogue: &Catalogue<'a>, kind: LemmaKind) -> impl Iterator<Item = &'a Lemma> {
    catalogue.lemmas.iter().filter(move |lemma| lemma.kind == kind)
}

fn entry(lemma: &Lemma) -> String {
    format!("- **{}**: {} *{}*\n", cell(lemma.name), cell(lemma.says), cell(lemma.source))
}

/// The claims whose arguments name a lemma, with what they use it for; `otherwise` if there are none.
fn uses(catalogue: &Catalogue<'_>, name: &str, otherwise: &str) -> String {
    let mut text = String::new();
    for appeal in catalogue.appeals().filter(|appeal| appeal.lemma == name) {
        let _ =
            writeln!(text, "  - {}, {}: {}", code(&format!("{}.{}", appeal.claim, appeal.part)), cell(appeal.method), cell(appeal.says));
    }
    if text.is_empty() { otherwise.to_owned() } else { text }
}

/// One appeal of a written argument to a lemma.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appeal {
    /// The theorem's slug.
    pub claim: &'static str,
    /// The claim's part.
    pub part: &'static str,
    /// The evidence's method.
    pub method: &'static str,
    /// The lemma's name.
    pub lemma: &'static str,
    /// How it is used.
    pub says: &'static str,
}

impl Catalogue<'_> {
    /// Every appeal to a lemma, in the order of the catalogue.
    pub fn appeals(&self) -> impl Iterator<Item = Appeal> + '_ {
        self.theorems.iter().flat_map(|theorem| {
            theorem.claims.iter().flat_map(move |claim| {
                claim.evidence.iter().flat_map(move |evidence| {
                    evidence.argument.iter().filter_map(move |step| match *step {
                        Step::Lemma { name, says } => {
                            Some(Appeal { claim: theorem.slug, part: claim.part, method: evidence.method, lemma: name, says })
                        }
                        Step::Identity { .. } => None,
                    })
                })
            })
        })
    }

    /// The appeals to lemmas that nobody wrote down.
    #[must_use]
    pub fn unknown_appeals(&self) -> Vec<Appeal> {
        let known = |name: &str| FOUNDATION.iter().chain(self.lemmas).any(|lemma| lemma.name == name);
        self.appeals().filter(|appeal| !known(appeal.lemma)).collect()
    }
}
