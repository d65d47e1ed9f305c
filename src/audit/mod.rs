//! The audit: gathers the evidence of claims and has the judge compare it with formulas. It sets no verdict itself.

pub mod calibrate;
pub mod mutants;

use std::time::Instant;

use rayon::prelude::*;

use crate::claim::judge::{Statement, judge, refutation, resolvable};
use crate::claim::{
    Claim, Context, Device, Effort, Evidence, Expectation, Gathered, Grade, Judgement, Outcome, Quantity, Rung, Theorem, Truth, Unsettled,
    Verdict, Witness,
};
use crate::formula::{Node, parse};
use crate::sampled::{Budget, budget};

pub use crate::sampled::plan::{FALSE_ALARMS, MISSES};

/// The seed of audits that name none: the paper's month.
pub const SEED: u64 = 2106;

/// What an audit is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// Keys every random stream.
    pub seed: u64,
    /// How much to spend.
    pub effort: Effort,
    /// Where tensors live.
    pub device: Device,
}

/// One claim with all its evidence gathered: any number of formulas can be judged by it.
#[derive(Debug)]
pub struct Dossier {
    /// The theorem.
    pub theorem: &'static Theorem,
    /// The claim.
    pub claim: &'static Claim,
    formula: Node,
    exhibits: Vec<Exhibit>,
}

/// One piece of evidence, gathered.
#[derive(Debug)]
struct Exhibit {
    evidence: &'static Evidence,
    gathered: Option<Result<Gathered, Unsettled>>,
    seconds: f64,
}

impl Exhibit {
    fn judge(&self, claim: &Claim, formula: &Node) -> Judgement {
        judge(self.statement(claim, formula), self.evidence.argument, self.gathered.as_ref())
    }

    /// The first case found that contradicts the formula, if any.
    fn refutation(&self, claim: &Claim, formula: &Node) -> Option<Witness> {
        refutation(self.statement(claim, formula), self.evidence.argument, self.found())
    }

    fn statement<'a>(&self, claim: &Claim, formula: &'a Node) -> Statement<'a> {
        Statement { formula, relation: claim.relation, rung: self.evidence.rung }
    }

    fn found(&self) -> Option<&Gathered> {
        self.gathered.as_ref().and_then(|gathered| gathered.as_ref().ok())
    }

    fn expected(&self, claim: &Claim) -> Expectation {
        self.evidence.expects.unwrap_or(claim.expects)
    }

    /// Whether this piece owes the refutation of `rival`, seen from the formula that the claim asserts.
    fn owes(&self, rival: &Node, formula: &Node) -> bool {
        match self.found() {
            Some(found) => found.grade == Some(Grade::Exact) && resolvable(rival, formula, found),
            None => false,
        }
    }
}

impl Dossier {
    /// Gathers the evidence of one claim.
    ///
    /// # Panics
    /// If the claim names a quantity that the theorem lacks, or a formula that is none: both are tested for every theorem.
    #[must_use]
    pub fn gather(theorem: &'static Theorem, claim: &'static Claim, options: &Options) -> Self {
        let formula = parse(quantity(theorem, claim).formula).unwrap_or_else(|error| panic!("{}.{}: {error}", theorem.slug, claim.part));
        let exhibits = claim.evidence.par_iter().map(|evidence| exhibit(theorem, claim, evidence, options)).collect();
        Dossier { theorem, claim, formula, exhibits }
    }

    /// The rows of the audit: the claim on every rung, then each rival on every rung that weighs rivals.
    #[must_use]
    pub fn outcomes(&self) -> Vec<Outcome> {
        let mut rows: Vec<Outcome> = self.exhibits.iter().map(|exhibit| self.own(exhibit)).collect();
        let settled = rows.iter().any(|row| row.as_expected && !matches!(row.judgement.verdict, Verdict::Skipped(_)));
        for row in &mut rows {
            row.as_expected &= settled;
        }
        for rival in self.claim.rivals {
            rows.extend(self.rival(rival.name, rival.formula));
        }
        rows
    }

    fn own(&self, exhibit: &Exhibit) -> Outcome {
        let start = Instant::now();
        let expected = exhibit.expected(self.claim);
        let judgement = exhibit.judge(self.claim, &self.formula);
        let as_expected = matches!(
            (&judgement.verdict, expected),
            (Verdict::Agrees, Expectation::Agrees)
                | (Verdict::Refuted(_), Expectation::Refuted)
                | (Verdict::Inconclusive(_), Expectation::Inconclusive)
                | (Verdict::Skipped(_), _)
        );
        let seconds = exhibit.seconds + start.elapsed().as_secs_f64();
        self.row(exhibit, None, judgement, expected, as_expected, seconds)
    }

    /// A rival must fall to an exact or certified rung where the claim has one, else to any; and to every sampled rung whose
    /// resolution it exceeds.
    fn rival(&self, name: &'static str, formula: &str) -> Vec<Outcome> {
        let formula = parse(formula).unwrap_or_else(|error| panic!("{}.{}, rival {name}: {error}", self.theorem.slug, self.claim.part));
        let weighing: Vec<&Exhibit> = self.exhibits.iter().filter(|exhibit| exhibit.evidence.weighs_rivals()).collect();
        let timed = weighing.into_iter().map(|exhibit| {
            let start = Instant::now();
            let judgement = exhibit.judge(self.claim, &formula);
            (exhibit, judgement, start.elapsed().as_secs_f64())
        });
        let judged: Vec<(&Exhibit, Judgement, f64)> = timed.collect();
        let refuted = |judgement: &Judgement| matches!(judgement.verdict, Verdict::Refuted(_));
        let exact = judged.iter().any(|(exhibit, ..)| exhibit.evidence.rung.is_exact());
        let killed = judged.iter().any(|(exhibit, judgement, _)| refuted(judgement) && (!exact || exhibit.evidence.rung.is_exact()));
        let rows = judged.into_iter().map(|(exhibit, mut judgement, seconds)| {
            let owed = !exhibit.evidence.rung.is_exact() && exhibit.owes(&formula, &self.formula);
            let as_expected = killed && (refuted(&judgement) || !owed);
            if !refuted(&judgement) && !exhibit.evidence.rung.is_exact() && !owed && exhibit.found().is_some() {
                judgement.reason = format!("below resolution or asymptotic, nothing owed: {}", judgement.reason);
                judgement.verdict = Verdict::Inconclusive(judgement.reason.clone());
            }
            self.row(exhibit, Some(name), judgement, Expectation::Refuted, as_expected, seconds)
        });
        rows.collect()
    }

    fn row(
        &self,
        exhibit: &Exhibit,
        rival: Option<&'static str>,
        judgement: Judgement,
        expected: Expectation,
        as_expected: bool,
        seconds: f64,
    ) -> Outcome {
        let found = exhibit.found();
        Outcome {
            claim: self.theorem.slug,
            part: self.claim.part,
            rival,
            rung: exhibit.evidence.rung,
            method: exhibit.evidence.method,
            grade: found.and_then(|found| found.grade),
            judgement,
            expected,
            as_expected,
            rate: found.map_or(0.0, |found| found.rate),
            draws: found.map_or(0, |found| found.draws),
            notes: found.map_or_else(Vec::new, |found| found.notes.clone()),
            seconds,
        }
    }
}

/// The quantity whose formula a claim asserts.
///
/// # Panics
/// If the theorem has no such quantity.
#[must_use]
pub fn quantity(theorem: &'static Theorem, claim: &Claim) -> &'static Quantity {
    let found = theorem.quantities.iter().find(|quantity| quantity.id == claim.quantity);
    found.unwrap_or_else(|| panic!("{}.{} names the unknown quantity {}", theorem.slug, claim.part, claim.quantity))
}

/// Gathers one piece of evidence. Random evidence gets its share of the error budget: equal parts within a theorem.
fn exhibit(theorem: &'static Theorem, claim: &'static Claim, evidence: &'static Evidence, options: &Options) -> Exhibit {
    let random = theorem.claims.iter().flat_map(|claim| claim.evidence).filter(|e| e.rung == Rung::Sampled).count();
    let Budget { rate, miss } = budget(random.max(1));
    let Options { seed, effort, device } = *options;
    let context = Context { seed, slug: theorem.slug, part: claim.part, method: evidence.method, effort, rate, miss, device };
    let start = Instant::now();
    let gathered = evidence.gather.map(|gather| gather(&context).and_then(sound));
    Exhibit { evidence, gathered, seconds: start.elapsed().as_secs_f64() }
}

/// Refuses random intervals without a grade and a rate.
fn sound(gathered: Gathered) -> Result<Gathered, Unsettled> {
    let random = gathered.observations.iter().any(|observation| matches!(observation.truth, Truth::Interval(_)));
    if random && (gathered.grade.is_none() || !(gathered.rate > 0.0 && gathered.rate < 1.0)) {
        return Err(Unsettled::Inconclusive("random intervals without a stated grade and rate".into()));
    }
    Ok(gathered)
}

/// Audits theorems: every claim on every rung, and every rival. `progress` hears the name of each claim as it is done.
///
/// The outcome depends on the options alone: not on threads, on order, or on what else is selected.
#[must_use]
pub fn run(selection: &[&'static Theorem], options: &Options, progress: &(dyn Fn(&str) + Sync)) -> Vec<Outcome> {
    dossiers(selection, options, progress).iter().flat_map(Dossier::outcomes).collect()
}

/// Gathers all evidence of all claims of the theorems.
#[must_use]
pub fn dossiers(selection: &[&'static Theorem], options: &Options, progress: &(dyn Fn(&str) + Sync)) -> Vec<Dossier> {
    let claims: Vec<(&'static Theorem, &'static Claim)> =
        selection.iter().flat_map(|theorem| theorem.claims.iter().map(move |claim| (*theorem, claim))).collect();
    let gather = |&(theorem, claim): &(&'static Theorem, &'static Claim)| {
        let dossier = Dossier::gather(theorem, claim, options);
        progress(&format!("{}.{}", theorem.slug, claim.part));
        dossier
    };
    claims.par_iter().map(gather).collect()
}
