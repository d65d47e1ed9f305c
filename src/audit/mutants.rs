//! The kill table: what the evidence says of small errors planted in the formulas that claims assert.
//!
//! Evidence is taken strongest rung first and gathered once for all mutants of a quantity; what no mutant is left for is not
//! gathered at all. A mutant is judged until its first refutation. Those that outlive every exact rung are compared with the
//! original, and only the ones that are a different function go on to the sampled rungs.

use std::time::Instant;

use rayon::prelude::*;

use super::{Exhibit, Options, exhibit, quantity};
use crate::claim::{Claim, Evidence, Expectation, Quantity, Relation, Rung, Theorem, Witness};
use crate::formula::equality::{Equality, compare};
use crate::formula::{Mutant, Node, mutants, parse};

/// A planted error, and what became of it.
#[derive(Debug)]
pub struct Planted {
    /// The theorem whose formula it is.
    pub theorem: &'static Theorem,
    /// The quantity whose formula it is.
    pub quantity: &'static Quantity,
    /// The error.
    pub mutant: Mutant,
    /// What the evidence says of it.
    pub fate: Fate,
    /// The time that judging it took, in seconds, gathering left out.
    pub seconds: f64,
}

/// What became of a mutant.
#[derive(Clone, Debug, PartialEq)]
pub enum Fate {
    /// Evidence refutes it.
    Refuted {
        /// The strongest rung that does.
        rung: Rung,
        /// Its method.
        method: &'static str,
        /// Where.
        witness: Witness,
    },
    /// It was shown to be the same function as the original.
    Equivalent {
        /// −log2 of a bound on the probability that this is wrong.
        error_bits: u32,
        /// Where it holds, in words.
        scope: String,
    },
    /// It is another function, but nearer than the resolution of every random interval, and no exact rung is there to tell.
    BelowResolution,
    /// Nothing accounts for it: a hole in the evidence.
    Survives,
}

/// Plants errors in every formula that a claim of the theorems asserts to be the truth, and judges them by the claims'
/// evidence. `progress` hears the name of each quantity as it is done.
#[must_use]
pub fn kill_table(selection: &[&'static Theorem], options: &Options, progress: &(dyn Fn(&str) + Sync)) -> Vec<Planted> {
    let quantities: Vec<(&'static Theorem, &'static Quantity)> =
        selection.iter().flat_map(|theorem| theorem.quantities.iter().map(move |quantity| (*theorem, quantity))).collect();
    let judge = |&(theorem, quantity): &(&'static Theorem, &'static Quantity)| {
        let table = of_quantity(theorem, quantity, options);
        progress(&format!("{}.{}", theorem.slug, quantity.id));
        table
    };
    quantities.par_iter().map(judge).collect::<Vec<_>>().into_iter().flatten().collect()
}

/// A mutant on trial.
struct Case {
    mutant: Mutant,
    fate: Option<Fate>,
    seconds: f64,
}

impl Case {
    /// Lets `judge` decide, if nothing has yet.
    fn hear(&mut self, judge: impl FnOnce(&Node) -> Option<Fate>) {
        if self.fate.is_none() {
            let start = Instant::now();
            self.fate = judge(&self.mutant.formula);
            self.seconds += start.elapsed().as_secs_f64();
        }
    }
}

fn of_quantity(theorem: &'static Theorem, asserted: &'static Quantity, options: &Options) -> Vec<Planted> {
    let (exact, other): (Vec<_>, Vec<_>) = pieces(theorem, asserted).into_iter().partition(|(_, evidence)| evidence.rung.is_exact());
    if exact.is_empty() && other.is_empty() {
        return Vec::new();
    }
    let original = parse(asserted.formula).unwrap_or_else(|error| panic!("{}.{}: {error}", theorem.slug, asserted.id));
    let mut cases: Vec<Case> = mutants(&original).into_iter().map(|mutant| Case { mutant, fate: None, seconds: 0.0 }).collect();
    for (claim, evidence) in &exact {
        try_all(&mut cases, theorem, claim, evidence, options);
    }
    cases.par_iter_mut().for_each(|case| {
        case.hear(|formula| match compare(formula, &original) {
            Equality::Equal { error_bits, scope } => Some(Fate::Equivalent { error_bits, scope }),
            Equality::Different { .. } | Equality::Undecided(_) => None,
        });
    });
    let mut owed = vec![!exact.is_empty(); cases.len()];
    for (claim, evidence) in &other {
        let Some(exhibit) = try_all(&mut cases, theorem, claim, evidence, options) else { break };
        let owes =
            |case: &Case| case.fate.is_none() && (evidence.rung == Rung::Integrated || exhibit.owes(&case.mutant.formula, &original));
        owed.iter_mut().zip(&cases).for_each(|(owed, case)| *owed |= owes(case));
    }
    let conclude = |(case, owed): (Case, bool)| Planted {
        theorem,
        quantity: asserted,
        mutant: case.mutant,
        fate: case.fate.unwrap_or(if owed { Fate::Survives } else { Fate::BelowResolution }),
        seconds: case.seconds,
    };
    cases.into_iter().zip(owed).map(conclude).collect()
}

/// The evidence that weighs against mutants of a quantity: of every claim that its formula is the truth, strongest rung first.
fn pieces(theorem: &'static Theorem, asserted: &Quantity) -> Vec<(&'static Claim, &'static Evidence)> {
    let asserts = |claim: &&Claim| {
        quantity(theorem, claim).id == asserted.id && claim.relation == Relation::Equal && claim.expects == Expectation::Agrees
    };
    let weighing = theorem.claims.iter().filter(asserts).flat_map(|claim| claim.evidence.iter().map(move |evidence| (claim, evidence)));
    let mut pieces: Vec<_> = weighing.filter(|(_, evidence)| evidence.weighs_rivals()).collect();
    pieces.sort_by_key(|(_, evidence)| evidence.rung);
    pieces
}

/// Gathers a piece of evidence and judges by it every mutant that is still open; `None`, without gathering, if none is.
fn try_all(
    cases: &mut [Case],
    theorem: &'static Theorem,
    claim: &'static Claim,
    evidence: &'static Evidence,
    options: &Options,
) -> Option<Exhibit> {
    if cases.iter().all(|case| case.fate.is_some()) {
        return None;
    }
    let exhibit = exhibit(theorem, claim, evidence, options);
    cases.par_iter_mut().for_each(|case| {
        case.hear(|formula| {
            let witness = exhibit.refutation(claim, formula)?;
            Some(Fate::Refuted { rung: evidence.rung, method: evidence.method, witness })
        });
    });
    Some(exhibit)
}
