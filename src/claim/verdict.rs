//! Verdicts and outcomes: what the judge says, as plain data.

use crate::formula::Numeral;

use super::card::{Expectation, Rung};
use super::observation::{Grade, Resolution};
use super::point::Point;

/// What the judge says of a formula in the light of some evidence.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// The formula agrees with every observation, and the observations are precise enough to count.
    Agrees,
    /// An observation contradicts the formula.
    Refuted(Witness),
    /// The evidence cannot tell; why, in words.
    Inconclusive(String),
    /// The evidence was not gathered; why, in words.
    Skipped(String),
}

impl Verdict {
    /// The name in reports.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Verdict::Agrees => "agrees",
            Verdict::Refuted(_) => "refuted",
            Verdict::Inconclusive(_) => "inconclusive",
            Verdict::Skipped(_) => "skipped",
        }
    }
}

/// A point that separates a formula from the truth.
#[derive(Clone, Debug, PartialEq)]
pub struct Witness {
    /// Where.
    pub parameters: Point,
    /// The formula's value there: exact as a fraction where possible, else a decimal enclosure.
    pub claimed: String,
    /// The truth found there, likewise.
    pub found: String,
}

/// A judged piece of evidence: the verdict and the numbers behind it.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// The reason for it, one sentence.
    pub reason: String,
    /// The number of observations and identities judged.
    pub cases: usize,
    /// The case shown: the witness, or else the one nearest to refutation.
    pub shown: Option<Shown>,
}

/// One case of a judgement, as numbers.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Where.
    pub parameters: Point,
    /// The formula's value.
    pub predicted: Option<Numeral>,
    /// The found value.
    pub estimate: Option<Numeral>,
    /// The interval or enclosure around it.
    pub interval: Option<(Numeral, Numeral)>,
    /// The draws behind it; 0 where nothing is random.
    pub n: u64,
    /// Its planned precision.
    pub resolution: Option<Resolution>,
}

/// One row of an audit.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The theorem's slug.
    pub claim: &'static str,
    /// The claim's part.
    pub part: &'static str,
    /// The rival judged in place of the claim's formula; `None` for the claim itself.
    pub rival: Option<&'static str>,
    /// The evidence's rung.
    pub rung: Rung,
    /// The evidence's method.
    pub method: &'static str,
    /// What its rates rest on.
    pub grade: Option<Grade>,
    /// What the judge says.
    pub judgement: Judgement,
    /// The verdict expected; for a rival on a rung that owes nothing, what it said counts as expected.
    pub expected: Expectation,
    /// Whether the verdict is as expected.
    pub as_expected: bool,
    /// The total probability of a false alarm spent.
    pub rate: f64,
    /// The draws made.
    pub draws: u64,
    /// Facts worth reporting.
    pub notes: Vec<String>,
    /// How long gathering and judging took, in seconds. Kept apart from everything that must be reproducible.
    pub seconds: f64,
}
