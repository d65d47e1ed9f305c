//! Calibration: how often sampled evidence contradicts a true formula over fresh seeds, at a rate where that can be seen.
//!
//! An audit spends one false alarm in a million, which no number of audits could show. Here every piece of evidence is gathered
//! anew under each seed with the plan of effort *quick* for a rate such as a tenth, so that its alarms can be counted; the same code
//! computes the same intervals from the smaller rate in an audit. Medians give p-values besides, uniform if all is well.

use rand::RngExt;
use rayon::prelude::*;

use super::{Options, quantity};
use crate::claim::{Claim, Context, Evidence, Expectation, Gathered, Grade, Observation, Relation, Rung, Theorem, Truth};
use crate::formula::{Ball, Node, certify, parse};
use crate::sampled::Streams;
use crate::sampled::binomial::{clopper_pearson, upper_tail};

/// The confidence that a bound on realised alarms lacks.
pub const DOUBT: f64 = 1e-3;

/// A piece of evidence is ill calibrated if alarms as many as it raised had at most this probability, and a calibration if its
/// p-values had.
pub const CHANCE: f64 = 1e-6;

/// The probability of a miss that runs are planned for: a calibration counts alarms alone, so a coin's is enough, for a third of
/// the draws that a tenth would take.
const MISS: f64 = 0.5;

/// The accuracy at which formulas are compared with intervals, in bits.
const ACCURACY: u32 = 96;

/// What a calibration is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// The number of fresh seeds.
    pub runs: u64,
    /// The probability of a false alarm that each piece of evidence spends in each run.
    pub rate: f64,
    /// The seed before the first run's.
    pub options: Options,
}

/// What one piece of evidence did.
#[derive(Clone, Debug)]
pub struct Tally {
    /// The theorem's slug.
    pub claim: &'static str,
    /// The claim's part.
    pub part: &'static str,
    /// The evidence's method.
    pub method: &'static str,
    /// What its rate rests on; `None` if it never came to an interval.
    pub grade: Option<Grade>,
    /// The runs that came to intervals.
    pub judged: u64,
    /// The runs in which some interval did not hold the formula's value.
    pub alarms: u64,
    /// The realised rate lies above this with confidence below [`DOUBT`].
    pub bound: f64,
    /// The probability of so many alarms or more at the stated rate.
    pub chance: f64,
    /// The draws of all runs.
    pub draws: u64,
}

impl Tally {
    /// Whether evidence of exact grade alarms more often than its rate allows.
    #[must_use]
    pub fn is_ill_calibrated(&self) -> bool {
        self.grade == Some(Grade::Exact) && self.chance < CHANCE
    }
}

/// The Kolmogorov–Smirnov test of p-values for uniformity.
#[derive(Clone, Copy, Debug)]
pub struct Uniformity {
    /// The number of p-values.
    pub values: usize,
    /// The largest distance between their distribution function and that of the uniform law.
    pub distance: f64,
    /// A bound on the probability of such a distance: 2 exp(−2 n D²) (Massart 1990), at most 1.
    pub chance: f64,
}

/// What a calibration found.
#[derive(Clone, Debug)]
pub struct Calibration {
    /// Every piece of sampled evidence that a true formula can be held against, in the order of the catalogue.
    pub tallies: Vec<Tally>,
    /// The p-values of medians; `None` if there are none.
    pub uniformity: Option<Uniformity>,
}

/// One piece of evidence with the formula it is held against.
struct Piece {
    theorem: &'static Theorem,
    claim: &'static Claim,
    evidence: &'static Evidence,
    formula: Node,
}

/// What one run of one piece came to.
#[derive(Default)]
struct Run {
    alarm: Option<bool>,
    grade: Option<Grade>,
    draws: u64,
    p_values: Vec<f64>,
}

/// Calibrates the sampled evidence of the theorems: every claim that a formula is the truth, and expects to be found so.
#[must_use]
pub fn calibrate(selection: &[&'static Theorem], plan: &Plan, progress: &(dyn Fn(&str) + Sync)) -> Calibration {
    let pieces: Vec<Piece> = selection.iter().flat_map(|theorem| pieces(theorem)).collect();
    let judged = |piece: &Piece| {
        let runs: Vec<Run> = (1..=plan.runs).into_par_iter().map(|run| piece.run(plan, plan.options.seed.wrapping_add(run))).collect();
        progress(&format!("{}.{}: {}", piece.theorem.slug, piece.claim.part, piece.evidence.method));
        (piece.tally(&runs, plan.rate), runs.into_iter().flat_map(|run| run.p_values).collect::<Vec<f64>>())
    };
    let (tallies, p_values): (Vec<Tally>, Vec<Vec<f64>>) = pieces.iter().map(judged).unzip();
    Calibration { tallies, uniformity: uniformity(p_values.concat()) }
}

fn pieces(theorem: &'static Theorem) -> impl Iterator<Item = Piece> {
    let holds = |claim: &&Claim| claim.relation == Relation::Equal && claim.expects == Expectation::Agrees;
    theorem.claims.iter().filter(holds).flat_map(move |claim| {
        let formula = parse(quantity(theorem, claim).formula).unwrap_or_else(|error| panic!("{}.{}: {error}", theorem.slug, claim.part));
        let sampled = claim.evidence.iter().filter(|evidence| evidence.rung == Rung::Sampled && evidence.expects.is_none());
        sampled.map(move |evidence| Piece { theorem, claim, evidence, formula: formula.clone() })
    })
}

impl Piece {
    fn run(&self, plan: &Plan, seed: u64) -> Run {
        let Options { effort, device, .. } = plan.options;
        let (slug, part, method) = (self.theorem.slug, self.claim.part, self.evidence.method);
        let context = Context { seed, slug, part, method, effort, rate: plan.rate, miss: MISS, device };
        let Some(Ok(found)) = self.evidence.gather.map(|gather| gather(&context)) else { return Run::default() };
        let outside: Vec<bool> = found.observations.iter().filter_map(|observation| self.misses(observation)).collect();
        Run {
            alarm: (!outside.is_empty()).then(|| outside.contains(&true)),
            grade: found.grade,
            draws: found.draws,
            p_values: self.p_values(&context, &found),
        }
    }

    fn value(&self, observation: &Observation) -> Option<Ball> {
        certify(&self.formula, observation.point.values(), ACCURACY).ok()
    }

    /// Whether a random interval does not hold the formula's value.
    fn misses(&self, observation: &Observation) -> Option<bool> {
        let Truth::Interval(interval) = &observation.truth else { return None };
        let value = self.value(observation)?.to_scaled();
        Some(!(interval.low <= value && value <= interval.high))
    }

    /// The randomised p-values of the medians found.
    fn p_values(&self, context: &Context, found: &Gathered) -> Vec<f64> {
        let value = |(index, ladder): &(usize, crate::claim::Ladder)| {
            let claimed = self.value(&found.observations[*index])?.to_scaled();
            let (low, high) = ladder.bracket(claimed);
            let mut coin = Streams::of_evidence(context, &format!("p-value {index}")).chunk(0);
            Some(low + (high - low) * coin.random::<f64>())
        };
        found.ladders.iter().filter_map(value).collect()
    }

    fn tally(&self, runs: &[Run], rate: f64) -> Tally {
        let judged = runs.iter().filter(|run| run.alarm.is_some()).count() as u64;
        let alarms = runs.iter().filter(|run| run.alarm == Some(true)).count() as u64;
        Tally {
            claim: self.theorem.slug,
            part: self.claim.part,
            method: self.evidence.method,
            grade: runs.iter().find_map(|run| run.grade),
            judged,
            alarms,
            bound: clopper_pearson(judged, alarms, DOUBT),
            chance: upper_tail(judged, rate, alarms),
            draws: runs.iter().map(|run| run.draws).sum(),
        }
    }
}

/// Tests p-values for uniformity; `None` if there are none.
#[must_use]
pub fn uniformity(mut p_values: Vec<f64>) -> Option<Uniformity> {
    if p_values.is_empty() {
        return None;
    }
    p_values.sort_unstable_by(f64::total_cmp);
    let n = p_values.len() as f64;
    let distance = p_values.iter().zip(0u32..).map(|(p, rank)| (p - f64::from(rank) / n).max((f64::from(rank) + 1.0) / n - p));
    let distance = distance.fold(0.0, f64::max);
    Some(Uniformity { values: p_values.len(), distance, chance: (2.0 * (-2.0 * n * distance * distance).exp()).min(1.0) })
}
