//! What the runs of [`super::deep`] say: those recorded with the program, and those made at the effort `thorough`.

use std::io::Read as _;
use std::path::Path;

use flate2::read::GzDecoder;

use super::data::Dataset;
use super::deep::{LEARNT, NEAR_CHANCE, Shape, plan};
use super::experiment::{METHODS, Method, Plan, Run, Setting, Trial};
use crate::claim::figure::{Scale, Studio};
use crate::claim::{Context, Effort, Gathered, Observation, Point, Truth, Unsettled};
use crate::formula::{Ball, Node, Scaled};
use crate::network::{Backend, Precision};
use crate::sampled::bounded_mean;
use crate::sampled::plan::student_quantile;

/// The runs of the plan at its small size under the default seed, as the figures left them.
const RECORDED: &[u8] = include_bytes!("../../fixtures/training-depth/runs.jsonl.gz");
/// The seed of the recorded runs: that of a figure that names none.
const RECORDED_SEED: u64 = 2106;

/// Whether each counted run leaves chance (1) or stays near it (0), from the runs recorded with the program; in the names
/// `adaptive` and `wide`.
///
/// # Errors
/// If the record is incomplete.
pub fn recorded(shapes: &[Shape]) -> Result<Gathered, Unsettled> {
    let doubt = |reason: String| Unsettled::Inconclusive(reason);
    let data = Dataset::digits().map_err(|error| doubt(error.to_string()))?;
    let backend = Backend { precision: Precision::Single, ..Backend::host() };
    let setting = Setting { scale: Scale::Small, seed: RECORDED_SEED, data: &data, backend: &backend, studio: &Unaided };
    let of = |shape: &Shape| {
        let settings = shape.experiment(setting, |experiment| experiment.settings());
        Ok((*shape, counted_runs(RECORDED, &settings, &plan(Scale::Small))?))
    };
    let mut gathered = judged(&shapes.iter().map(of).collect::<Result<Vec<_>, _>>()?);
    gathered.notes.push(format!("recorded once under the seed {RECORDED_SEED}; not run again here"));
    Ok(gathered)
}

/// The counted runs of a record that were made under those settings.
///
/// # Errors
/// If they are not all there.
pub(super) fn counted_runs(record: &[u8], settings: &str, plan: &Plan) -> Result<Vec<Run>, Unsettled> {
    let runs = unpacked(record).map_err(Unsettled::Inconclusive)?;
    let found: Vec<Run> = runs.into_iter().filter(|run| run.settings == settings && run.trial != Trial::Selection).collect();
    let wanted = plan.seeds as usize * plan.methods.len();
    match found.len() == wanted {
        true => Ok(found),
        false => Err(Unsettled::Inconclusive(format!("{} runs of the plan are recorded, which counts {wanted}", found.len()))),
    }
}

/// Every run of a record, a line each.
pub(super) fn unpacked(record: &[u8]) -> Result<Vec<Run>, String> {
    let mut text = String::new();
    GzDecoder::new(record).read_to_string(&mut text).map_err(|error| error.to_string())?;
    text.lines().map(serde_json::from_str).collect::<Result<_, _>>().map_err(|error| error.to_string())
}

/// The same from runs made here and now, at the effort `thorough`.
///
/// # Errors
/// Skipped at other efforts; or if candle fails.
pub fn counted(context: &Context, shapes: &[Shape]) -> Result<Gathered, Unsettled> {
    if context.effort != Effort::Thorough {
        let runs = shapes.len() * plan(Scale::Small).runs();
        return Err(Unsettled::Skipped(format!("{runs} runs of 2000 updates take too long here: --effort thorough")));
    }
    let conduct = |shape: &Shape| {
        let runs = shape.conduct(Scale::Small, context.seed, context.device, &Unaided).map_err(Unsettled::Inconclusive)?;
        Ok((*shape, runs))
    };
    Ok(judged(&shapes.iter().map(conduct).collect::<Result<Vec<_>, Unsettled>>()?))
}

/// Nothing kept, no data but the program's, nobody listening.
#[derive(Debug)]
pub(super) struct Unaided;

impl Studio for Unaided {
    fn data(&self) -> Option<&Path> {
        None
    }

    fn kept(&self, _: &str) -> Option<String> {
        None
    }

    fn keep(&self, _: &str, _: &str) -> Result<(), String> {
        Ok(())
    }

    fn say(&self, _: &str) {}
}

/// The verdicts of the runs of several shapes; the points bind `adaptive` and `wide`.
fn judged(groups: &[(Shape, Vec<Run>)]) -> Gathered {
    let mut gathered = Gathered::default();
    for (shape, runs) in groups {
        let found = verdicts(shape.name(), METHODS, runs);
        let placed = |seen: Observation| Observation { point: seen.point.at("wide", u8::from(*shape == Shape::Wide)), ..seen };
        gathered.observations.extend(found.observations.into_iter().map(placed));
        gathered.notes.extend(found.notes);
        gathered.draws += found.draws;
    }
    gathered
}

/// The verdicts of runs, with what they say about further seeds in the notes; the points bind `adaptive`.
pub(super) fn verdicts(name: &str, methods: &[Method], runs: &[Run]) -> Gathered {
    let mut gathered = Gathered { draws: runs.len() as u64, ..Gathered::default() };
    for method in methods {
        let best: Vec<f64> = runs.iter().filter(|run| run.method == method.name).map(Run::best).collect();
        let point = Point::new().at("adaptive", u8::from(method.adaptive));
        gathered.observations.extend(best.iter().map(|best| Observation { point: point.clone(), truth: truth(*best) }));
        gathered.notes.push(note(name, method.name, &best));
    }
    gathered
}

/// 1 for a run that leaves chance, 0 for one that stays near it, anything in between for a run that decides nothing.
fn truth(best: f64) -> Truth {
    let ball = |x: f64| Ball::from_scaled(Scaled::from(x));
    match best {
        best if best >= LEARNT => Truth::Exact(Node::integer(1)),
        best if best <= NEAR_CHANCE => Truth::Exact(Node::integer(0)),
        _ => Truth::Enclosed(ball(0.0).hull(&ball(1.0))),
    }
}

/// What a method's best accuracies say about further seeds, at 95 %: the share that leaves chance (Chernoff and Hoeffding), and the
/// mean (Student).
fn note(name: &str, method: &str, best: &[f64]) -> String {
    let count = best.len() as f64;
    let leaving = best.iter().filter(|best| **best >= LEARNT).count();
    let (low, high) = bounded_mean::ends(leaving as f64 / count, best.len() as u64, 0.05);
    let mean = best.iter().sum::<f64>() / count;
    let variance = best.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (count - 1.0);
    let half = student_quantile(0.025, count - 1.0) * (variance / count).sqrt();
    let list: Vec<String> = best.iter().map(|best| format!("{:.1} %", 100.0 * best)).collect();
    format!(
        "{name}, {method}: best accuracies {}; {leaving} of {count} leave chance (further seeds: {low:.2} to {high:.2} of them); mean {:.1} % ± {:.1} %",
        list.join(", "),
        100.0 * mean,
        100.0 * half,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::{Examples, Experiment};

    #[test]
    fn a_recorded_run_begins_as_it_is_recorded() {
        let data = Dataset::digits().unwrap();
        let backend = Backend { precision: Precision::Single, ..Backend::host() };
        let setting = Setting { scale: Scale::Small, seed: RECORDED_SEED, data: &data, backend: &backend, studio: &Unaided };
        let again = |shape: Shape| {
            shape.experiment(setting, |experiment| {
                let settings = experiment.settings();
                let recorded =
                    unpacked(RECORDED).unwrap().into_iter().find(|run| run.settings == settings && run.trial == Trial::Fresh(1)).unwrap();
                let method = METHODS.iter().find(|method| method.name == recorded.method).unwrap();
                let short = Experiment { plan: &Plan { steps: 50, curvature_every: 100, ..*experiment.plan }, ..*experiment };
                let examples = Examples::upload(&data, &backend).unwrap();
                (short.train(&examples, method, recorded.rate, recorded.trial).unwrap(), recorded.records)
            })
        };
        let (found, recorded) = again(Shape::Narrow);
        assert_eq!(found.len(), 2);
        for (found, recorded) in found.iter().zip(&recorded) {
            // Processors round sums of products in different orders.
            assert!((found.loss.unwrap() / recorded.loss.unwrap() - 1.0).abs() < 1e-3, "{found:?} for {recorded:?}");
            assert!((found.accuracy - recorded.accuracy).abs() < 0.02, "{found:?} for {recorded:?}");
        }
    }

    #[test]
    fn only_clear_accuracies_decide() {
        let exact = |truth| matches!(truth, Truth::Exact(node) if node == Node::integer(1));
        assert!(exact(truth(LEARNT)) && exact(truth(1.0)) && !exact(truth(NEAR_CHANCE)));
        assert!(matches!(truth(0.3), Truth::Enclosed(_)));
    }
}
