//! `calibrate`: realised false alarms over fresh seeds.

use std::time::Instant;

use clap::Args;

use crate::audit::Options;
use crate::audit::calibrate::{CHANCE, Calibration, DOUBT, Plan, Tally, calibrate};
use crate::claim::{Device, Effort, Grade};
use crate::report::json::{CalibrationDocument, CalibrationRow, UniformityRow};

use super::arguments::Seed;
use super::console::{Progress, Tone};
use super::exit::{Exit, Failure};
use super::table::Table;
use super::{Session, select};

#[derive(Debug, Args)]
pub(super) struct Calibrate {
    /// The claims' identifiers, as `list` shows them; all by default
    claims: Vec<String>,
    /// The number of fresh seeds
    #[arg(long, value_name = "R", default_value_t = 200, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    runs: u64,
    /// The rate of false alarms that each piece of evidence states in each run: an audit's own, far smaller, could not be seen
    #[arg(long, value_name = "P", default_value = "0.1", value_parser = rate)]
    rate: f64,
    /// The seed before the first run's
    #[arg(long, value_name = "N|random", default_value = "2106")]
    seed: Seed,
}

/// Reads a rate.
fn rate(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|rate| (1e-9..=0.5).contains(rate));
    number.ok_or_else(|| "a rate is a number from 1e-9 to 0.5".to_owned())
}

impl Calibrate {
    pub fn run(&self, session: &Session<'_>) -> Result<Exit, Failure> {
        let selection = select::theorems(&session.catalogue, &self.claims)?;
        let begin = Instant::now();
        let options = Options { seed: self.seed.draw(), effort: Effort::Quick, device: Device::Cpu };
        let plan = Plan { runs: self.runs, rate: self.rate, options };
        let found = {
            let progress = Progress::start();
            calibrate(&selection, &plan, &|what| progress.say(what))
        };
        let document = document(&plan, &found);
        if session.json {
            session.console.document(&document)?;
        } else {
            print(session, &document, begin.elapsed().as_secs_f64())?;
        }
        let uniform = document.uniformity.as_ref().is_none_or(|test| test.chance >= CHANCE);
        Ok(match (document.evidence.iter().all(|row| row.as_stated) && uniform, document.evidence.iter().any(|row| row.judged > 0)) {
            (false, _) => Exit::Contradicted,
            (true, false) => Exit::Open,
            (true, true) => Exit::AsExpected,
        })
    }
}

fn document(plan: &Plan, found: &Calibration) -> CalibrationDocument {
    let row = |tally: &Tally| CalibrationRow {
        claim: tally.claim.to_owned(),
        part: tally.part.to_owned(),
        method: tally.method.to_owned(),
        grade: tally.grade.map(|grade| grade.name().to_owned()),
        judged: tally.judged,
        alarms: tally.alarms,
        bound: tally.bound,
        chance: tally.chance,
        draws: tally.draws,
        as_stated: !tally.is_ill_calibrated(),
    };
    let test = found.uniformity.map(|test| UniformityRow { values: test.values, distance: test.distance, chance: test.chance });
    CalibrationDocument {
        schema: CalibrationDocument::SCHEMA.to_owned(),
        seed: plan.options.seed,
        runs: plan.runs,
        rate: plan.rate,
        doubt: DOUBT,
        evidence: found.tallies.iter().map(row).collect(),
        uniformity: test,
    }
}

fn print(session: &Session<'_>, document: &CalibrationDocument, seconds: f64) -> Result<(), Failure> {
    let console = session.console;
    let mut table = Table::new(&["CLAIM", "METHOD", "GRADE", "RUNS", "ALARMS", "RATE BELOW", "DRAWS"]);
    for row in &document.evidence {
        let tone = match (row.as_stated, row.judged) {
            (false, _) => Tone::Bad,
            (true, 0) => Tone::Unsure,
            (true, _) => Tone::Plain,
        };
        table.painted([
            (format!("{}.{}", row.claim, row.part), Tone::Plain),
            (row.method.clone(), Tone::Plain),
            (row.grade.clone().unwrap_or_else(|| "–".to_owned()), Tone::Plain),
            (row.judged.to_string(), Tone::Plain),
            (row.alarms.to_string(), tone),
            (format!("{:.3}", row.bound), Tone::Plain),
            (row.draws.to_string(), Tone::Plain),
        ]);
    }
    table.lines(console).into_iter().try_for_each(|line| console.line(line))?;
    let exact: Vec<&CalibrationRow> = document.evidence.iter().filter(|row| row.grade.as_deref() == Some(Grade::Exact.name())).collect();
    let (judged, alarms) = exact.iter().fold((0, 0), |(judged, alarms), row| (judged + row.judged, alarms + row.alarms));
    let unexpected = document.evidence.iter().filter(|row| !row.as_stated).count();
    console.line(format_args!(
        "\n{} runs at rate {}: {alarms} alarms in {judged} gatherings of exact grade, {unexpected} pieces of evidence beyond their rate.",
        document.runs, document.rate
    ))?;
    match &document.uniformity {
        Some(test) => console.line(format_args!(
            "p-values of medians: {}, Kolmogorov-Smirnov distance {:.5} from uniform, chance at most {:.3}.",
            test.values, test.distance, test.chance
        ))?,
        None => console.line("No medians, so no p-values.")?,
    }
    let (seed, runs, confidence) = (document.seed, document.runs, 1.0 - document.doubt);
    console.line(format_args!("Bounds hold with confidence {confidence}. Seeds {seed} + 1 to {seed} + {runs}; {seconds:.1} s."))
}
