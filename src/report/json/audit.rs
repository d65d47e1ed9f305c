//! The document of `audit`: `claims.json`.

use serde::{Deserialize, Serialize};

use crate::claim::{Device, Expectation, Outcome, Resolution, Verdict, Witness};

use super::super::bundle::{Audit, Catalogue};
use super::super::shard::Shard;
use super::{Num, Parameters, parameters};

/// All verdicts of an audit with the numbers behind them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuditDocument {
    /// The document's kind and version.
    pub schema: String,
    /// The version of the suite.
    pub version: String,
    /// The seed of every random stream.
    pub seed: u64,
    /// How much was spent: `quick`, `standard` or `thorough`.
    pub effort: String,
    /// Where tensors lived: `cpu` or `cuda:N`.
    pub device: String,
    /// The total probability of a false alarm over exact-grade evidence.
    pub false_alarm: f64,
    /// The total probability of missing a named rival that exceeds the resolution.
    pub miss: f64,
    /// Which part of an audit this is; absent for a whole one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shard: Option<Shard>,
    /// One row a judgement, in the order of the catalogue.
    pub outcomes: Vec<Row>,
}

/// One judgement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// The theorem's slug.
    pub claim: String,
    /// The claim's part.
    pub part: String,
    /// The rival judged in place of the claim's formula; null for the claim itself.
    pub rival: Option<String>,
    /// The evidence's rung.
    pub rung: String,
    /// The evidence's method.
    pub method: String,
    /// What the rates rest on: `exact`, `asymptotic`, or null where nothing is random.
    pub grade: Option<String>,
    /// `agrees`, `refuted`, `inconclusive` or `skipped`.
    pub verdict: String,
    /// The verdict stated beforehand.
    pub expected: String,
    /// Whether the verdict is as expected.
    pub as_expected: bool,
    /// The reason for the verdict, one sentence.
    pub reason: String,
    /// The point of the case shown.
    pub parameters: Parameters,
    /// The formula's value there.
    pub predicted: Option<Num>,
    /// The value found there.
    pub estimate: Option<Num>,
    /// The interval or enclosure around it.
    pub interval: Option<[Num; 2]>,
    /// The number of observations and identities judged.
    pub cases: usize,
    /// The draws behind the case shown; 0 where nothing is random.
    pub n: u64,
    /// All draws of this evidence.
    pub draws: u64,
    /// The planned precision.
    pub resolution: Option<f64>,
    /// `relative` (a share of the value) or `absolute` (in its unit); null without a resolution.
    pub resolution_kind: Option<String>,
    /// The probability of a false alarm spent.
    pub rate: f64,
    /// Facts worth reporting.
    pub notes: Vec<String>,
    /// The point that separates formula and truth, if refuted.
    pub witness: Option<WitnessDocument>,
    /// The command that repeats this judgement.
    pub reproduce: String,
}

/// A separating point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WitnessDocument {
    /// Where.
    pub parameters: Parameters,
    /// The formula's value there.
    pub claimed: String,
    /// The truth found there.
    pub found: String,
}

impl From<&Witness> for WitnessDocument {
    fn from(witness: &Witness) -> Self {
        WitnessDocument { parameters: parameters(&witness.parameters), claimed: witness.claimed.clone(), found: witness.found.clone() }
    }
}

/// The device's name on the command line.
fn device_name(device: Device) -> String {
    match device {
        Device::Cpu => "cpu".to_owned(),
        Device::Cuda(number) => format!("cuda:{number}"),
    }
}

/// The expected verdict's name.
const fn expectation_name(expected: Expectation) -> &'static str {
    match expected {
        Expectation::Agrees => "agrees",
        Expectation::Refuted => "refuted",
        Expectation::Inconclusive => "inconclusive",
    }
}

impl AuditDocument {
    /// The document of an audit, rows in the order of the catalogue whatever order the outcomes came in.
    #[must_use]
    pub fn new(audit: &Audit<'_>, catalogue: &Catalogue<'_>) -> Self {
        let mut outcomes: Vec<&Outcome> = audit.outcomes.iter().collect();
        outcomes.sort_by_key(|outcome| catalogue.position(outcome));
        AuditDocument {
            schema: "vanishing-curvature/audit/1".to_owned(),
            version: audit.version.to_owned(),
            seed: audit.seed,
            effort: audit.effort.name().to_owned(),
            device: device_name(audit.device),
            false_alarm: audit.false_alarm,
            miss: audit.miss,
            shard: audit.shard,
            outcomes: outcomes.into_iter().map(|outcome| Row::new(outcome, audit)).collect(),
        }
    }
}

impl Row {
    /// The truth at the witness as a decimal, where it is written as a fraction.
    #[must_use]
    pub fn witness_decimal(&self) -> Option<f64> {
        let fraction = self.witness.as_ref()?.found.contains('/');
        self.estimate.as_ref()?.value.filter(|_| fraction)
    }

    fn new(outcome: &Outcome, audit: &Audit<'_>) -> Self {
        let shown = outcome.judgement.shown.as_ref();
        let (resolution, resolution_kind) = match shown.and_then(|shown| shown.resolution) {
            None => (None, None),
            Some(Resolution::Relative(share)) => (Some(share), Some("relative".to_owned())),
            Some(Resolution::Absolute(width)) => (Some(width), Some("absolute".to_owned())),
            Some(Resolution::PerLayer { share, .. }) => (Some(share), Some("per layer".to_owned())),
        };
        let witness = match &outcome.judgement.verdict {
            Verdict::Refuted(witness) => Some(WitnessDocument::from(witness)),
            _ => None,
        };
        Row {
            claim: outcome.claim.to_owned(),
            part: outcome.part.to_owned(),
            rival: outcome.rival.map(str::to_owned),
            rung: outcome.rung.name().to_owned(),
            method: outcome.method.to_owned(),
            grade: outcome.grade.map(|grade| grade.name().to_owned()),
            verdict: outcome.judgement.verdict.name().to_owned(),
            expected: expectation_name(outcome.expected).to_owned(),
            as_expected: outcome.as_expected,
            reason: outcome.judgement.reason.clone(),
            parameters: shown.map(|shown| parameters(&shown.parameters)).unwrap_or_default(),
            predicted: shown.and_then(|shown| shown.predicted.as_ref()).map(Num::from),
            estimate: shown.and_then(|shown| shown.estimate.as_ref()).map(Num::from),
            interval: shown.and_then(|shown| shown.interval.as_ref()).map(|(low, high)| [low.into(), high.into()]),
            cases: outcome.judgement.cases,
            n: shown.map_or(0, |shown| shown.n),
            draws: outcome.draws,
            resolution,
            resolution_kind,
            rate: outcome.rate,
            notes: outcome.notes.clone(),
            witness,
            reproduce: command(outcome.claim, audit.effort.name(), audit.seed, &device_name(audit.device)),
        }
    }

    /// The claim's full name (`prop-3.moment`).
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}.{}", self.claim, self.part)
    }
}

/// The command that repeats the audit of one theorem.
fn command(slug: &str, effort: &str, seed: u64, device: &str) -> String {
    let device = if device == "cpu" { String::new() } else { format!(" --device {device}") };
    format!("cargo run -- audit {slug} --effort {effort} --seed {seed}{device}")
}

impl AuditDocument {
    /// The command that repeats the audit of one theorem.
    #[must_use]
    pub fn command(&self, slug: &str) -> String {
        command(slug, &self.effort, self.seed, &self.device)
    }
}
