//! `why`: a claim's chain of evidence, down to the lemmas that are trusted and the claims that it follows from.

use clap::Args;
use serde::Serialize;

use crate::claim::{Claim, Evidence, Expectation, Lemma, Quantity, Step, Theorem};
use crate::report::Catalogue;

use super::exit::{Exit, Failure};
use super::{Session, select};

#[derive(Debug, Args)]
pub(super) struct Why {
    /// The claim's identifier, as `list` shows it
    claim: String,
}

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    version: &'static str,
    claim: &'static str,
    label: &'static str,
    says: &'static str,
    reconstructed: Option<&'static str>,
    parts: Vec<Part>,
    lemmas: Vec<TrustedLemma>,
    follows_from: Vec<Ground>,
}

#[derive(Serialize)]
struct Part {
    part: &'static str,
    says: &'static str,
    quantity: &'static str,
    formula: &'static str,
    relation: &'static str,
    expects: &'static str,
    evidence: Vec<Piece>,
    rivals: Vec<RivalFormula>,
}

#[derive(Serialize)]
struct Piece {
    rung: &'static str,
    method: &'static str,
    says: &'static str,
    observes: bool,
    argument: Vec<Argument>,
}

#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Argument {
    Identity { says: &'static str, left: String, right: &'static str },
    Lemma { name: &'static str, says: &'static str },
}

#[derive(Serialize)]
struct RivalFormula {
    name: &'static str,
    formula: &'static str,
}

#[derive(Serialize)]
struct TrustedLemma {
    name: &'static str,
    says: &'static str,
    source: &'static str,
}

/// A claim below, and what it follows from in turn.
#[derive(Serialize)]
struct Ground {
    claim: &'static str,
    label: &'static str,
    follows_from: Vec<Ground>,
}

impl Why {
    pub fn run(&self, session: &Session<'_>) -> Result<Exit, Failure> {
        let theorem = select::theorem(&session.catalogue, &self.claim)?;
        let document = document(theorem, &session.catalogue);
        if session.json {
            session.console.document(&document)?;
        } else {
            lines(&document).into_iter().try_for_each(|line| session.console.line(line))?;
        }
        Ok(Exit::AsExpected)
    }
}

fn document(theorem: &'static Theorem, catalogue: &Catalogue<'_>) -> Document {
    let parts: Vec<Part> = theorem.claims.iter().map(|claim| part(theorem, claim)).collect();
    let steps = theorem.claims.iter().flat_map(|claim| claim.evidence).flat_map(|evidence| evidence.argument);
    let mut names: Vec<&str> = steps.filter_map(|step| if let Step::Lemma { name, .. } = step { Some(*name) } else { None }).collect();
    names.sort_unstable();
    names.dedup();
    let lemma = |lemma: &Lemma| TrustedLemma { name: lemma.name, says: lemma.says, source: lemma.source };
    Document {
        schema: "vanishing-curvature/why/1",
        version: super::VERSION,
        claim: theorem.slug,
        label: theorem.label,
        says: theorem.says,
        reconstructed: theorem.reconstructed,
        parts,
        lemmas: catalogue.lemmas.iter().filter(|entry| names.contains(&entry.name)).map(lemma).collect(),
        follows_from: grounds(theorem, catalogue, &mut vec![theorem.slug]),
    }
}

fn part(theorem: &Theorem, claim: &'static Claim) -> Part {
    let quantity: Option<&Quantity> = theorem.quantities.iter().find(|quantity| quantity.id == claim.quantity);
    Part {
        part: claim.part,
        says: claim.says,
        quantity: claim.quantity,
        formula: quantity.map_or("", |quantity| quantity.formula),
        relation: claim.relation.sign(),
        expects: match claim.expects {
            Expectation::Agrees => "agrees",
            Expectation::Refuted => "refuted",
            Expectation::Inconclusive => "inconclusive",
        },
        evidence: claim.evidence.iter().map(piece).collect(),
        rivals: claim.rivals.iter().map(|rival| RivalFormula { name: rival.name, formula: rival.formula }).collect(),
    }
}

fn piece(evidence: &'static Evidence) -> Piece {
    let argument = |step: &Step| match *step {
        Step::Identity { says, left, right, differentiate } => {
            let left = differentiate.map_or_else(|| left.to_owned(), |name| format!("d/d{name} [{left}]"));
            Argument::Identity { says, left, right }
        }
        Step::Lemma { name, says } => Argument::Lemma { name, says },
    };
    Piece {
        rung: evidence.rung.name(),
        method: evidence.method,
        says: evidence.says,
        observes: evidence.gather.is_some(),
        argument: evidence.argument.iter().map(argument).collect(),
    }
}

/// What a theorem follows from. `path` holds the slugs above, so that a circle ends.
fn grounds(theorem: &Theorem, catalogue: &Catalogue<'_>, path: &mut Vec<&'static str>) -> Vec<Ground> {
    let mut found = Vec::new();
    for &slug in theorem.follows_from {
        let below = catalogue.theorem(slug);
        let mut ground =
            Ground { claim: slug, label: below.map_or("not in the catalogue", |theorem| theorem.label), follows_from: Vec::new() };
        if let Some(below) = below.filter(|_| !path.contains(&slug)) {
            path.push(slug);
            ground.follows_from = grounds(below, catalogue, path);
            path.pop();
        }
        found.push(ground);
    }
    found
}

fn lines(document: &Document) -> Vec<String> {
    let mut lines = vec![format!("{}  ({})", document.label, document.claim), format!("  {}", document.says)];
    if let Some(reconstructed) = document.reconstructed {
        lines.push(format!("  reconstructed: {reconstructed}"));
    }
    for part in &document.parts {
        lines.push(String::new());
        lines.push(format!("{}.{}  {}", document.claim, part.part, part.says));
        lines.push(format!("  formula {} truth, expected verdict {}; {}: {}", part.relation, part.expects, part.quantity, part.formula));
        for piece in &part.evidence {
            lines.push(format!("  [{}] {}: {}", piece.rung, piece.method, piece.says));
            for argument in &piece.argument {
                lines.push(match argument {
                    Argument::Identity { says, left, right } => format!("      identity  {says}: {left} = {right}"),
                    Argument::Lemma { name, says } => format!("      lemma     {name}: {says}"),
                });
            }
        }
        for rival in &part.rivals {
            lines.push(format!("  rival: {}  {}", rival.name, rival.formula));
        }
    }
    if !document.lemmas.is_empty() {
        lines.push("\nTrusted".to_owned());
    }
    lines.extend(document.lemmas.iter().map(|lemma| format!("  {}: {} ({})", lemma.name, lemma.says, lemma.source)));
    if !document.follows_from.is_empty() {
        lines.push("\nFollows from".to_owned());
    }
    document.follows_from.iter().for_each(|ground| ground_lines(ground, 1, &mut lines));
    lines
}

fn ground_lines(ground: &Ground, level: usize, lines: &mut Vec<String>) {
    lines.push(format!("{}{}  {}", "  ".repeat(level), ground.claim, ground.label));
    ground.follows_from.iter().for_each(|below| ground_lines(below, level + 1, lines));
}
