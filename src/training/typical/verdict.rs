//! What the runs say by the plan's criterion: those recorded with the program, and those made here and now.

use super::{PAIRS, Stage, Start, Workshop};
use crate::claim::{Context, Device, Effort, Gathered, Observation, Point, Truth, Unsettled};
use crate::formula::{Ball, Node, Scaled};
use crate::training::experiment::Run;
use crate::training::outcome::{Unaided, unpacked};

/// The seed of the recorded runs: that of an audit that names none.
const SEED: u64 = 2106;
/// Every run of the plan under that seed, those that choose rates among them.
const RECORDED: &[u8] = include_bytes!("../../../fixtures/stable-variance-training/runs.jsonl.gz");
/// The pairs of [`PAIRS`] that decide.
const DECISIVE: usize = 12;

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compared {
    /// The gradient's norm before training.
    Gradient,
    /// The Hessian's largest eigenvalue before training.
    Curvature,
    /// The best accuracy of SGD.
    Sgd,
    /// The best accuracy of RMSprop.
    RmsProp,
}

impl Compared {
    /// The place of the rule whose runs are looked at.
    const fn rule(self) -> usize {
        if matches!(self, Compared::RmsProp) { 1 } else { 0 }
    }

    const fn at_start(self) -> bool {
        matches!(self, Compared::Gradient | Compared::Curvature)
    }

    fn of(self, run: &Run) -> f64 {
        let start = run.records.first();
        match self {
            Compared::Gradient => start.and_then(|record| record.gradient_norm).unwrap_or(f64::NAN),
            Compared::Curvature => start.and_then(|record| record.largest_eigenvalue).unwrap_or(f64::NAN),
            Compared::Sgd | Compared::RmsProp => run.best(),
        }
    }

    /// The number of every pair: at He's and at the typical variance.
    pub(super) fn pairs(self, runs: &[Run]) -> Vec<(f64, f64)> {
        let of = |start: Start| runs.iter().filter(move |run| run.method == start.methods()[self.rule()].name);
        let partner = |he: &Run| of(Start::Typical).find(|run| run.trial == he.trial).map(|typical| (self.of(he), self.of(typical)));
        of(Start::He).filter_map(partner).collect()
    }
}

/// Whether a number is larger at the typical variance (1) or smaller (0), from the runs recorded with the program.
///
/// # Errors
/// If the record is incomplete.
pub fn recorded(compared: Compared) -> Result<Gathered, Unsettled> {
    let workshop = Workshop::open(SEED, Device::Cpu, &Unaided).map_err(Unsettled::Inconclusive)?;
    let (_, runs) = record(&workshop).map_err(Unsettled::Inconclusive)?;
    let mut gathered = judged(compared, &runs);
    gathered.notes.push(format!("recorded once under the seed {SEED}; not run again here"));
    Ok(gathered)
}

/// The recorded runs: those that chose rates, and the counted ones.
pub(super) fn record(workshop: &Workshop<'_>) -> Result<(Vec<Run>, Vec<Run>), String> {
    let runs = unpacked(RECORDED)?;
    let of = |stage: Stage| {
        let settings = Start::BOTH.map(|start| workshop.experiment(start, stage, |experiment| experiment.settings()));
        runs.iter().filter(|run| settings.contains(&run.settings)).cloned().collect::<Vec<_>>()
    };
    let counted = of(Stage::Counted);
    let wanted: u64 = Start::BOTH.iter().map(|start| start.methods().len() as u64 * PAIRS).sum();
    if counted.len() as u64 == wanted {
        return Ok((of(Stage::Search), counted));
    }
    Err(format!("{} runs of the plan are recorded, which counts {wanted}", counted.len()))
}

/// The same from runs made here and now: what is compared before training at every effort but `quick`, training at `thorough`.
///
/// # Errors
/// Skipped at other efforts; or if candle fails.
pub fn counted(context: &Context, compared: Compared) -> Result<Gathered, Unsettled> {
    let long = |what: &str, effort: &str| Err(Unsettled::Skipped(format!("{what} here: --effort {effort}")));
    match context.effort {
        Effort::Quick if compared.at_start() => return long("28 nets of 64 layers take too long", "standard"),
        Effort::Quick | Effort::Standard if !compared.at_start() => return long("52 runs of 1500 updates take too long", "thorough"),
        _ => {}
    }
    let workshop = Workshop::open(context.seed, context.device, &Unaided).map_err(Unsettled::Inconclusive)?;
    let runs = if compared.at_start() {
        workshop.conduct(Stage::Untrained, &[0], |method| method.rates[..1].to_vec())
    } else {
        workshop.trained(&[compared.rule()]).map(|(_, counted)| counted)
    };
    Ok(judged(compared, &runs.map_err(Unsettled::Inconclusive)?))
}

/// By the criterion: 1 where the second of a pair is larger in enough pairs, 0 where it is smaller, anything in between otherwise.
fn judged(compared: Compared, runs: &[Run]) -> Gathered {
    let pairs = compared.pairs(runs);
    let count = |holds: fn(&(f64, f64)) -> bool| pairs.iter().filter(|pair| holds(pair)).count();
    let (larger, smaller) = (count(|(he, typical)| typical > he), count(|(he, typical)| typical < he));
    let ball = |x: f64| Ball::from_scaled(Scaled::from(x));
    let truth = match (larger, smaller) {
        (DECISIVE.., _) => Truth::Exact(Node::integer(1)),
        (_, DECISIVE..) => Truth::Exact(Node::integer(0)),
        _ => Truth::Enclosed(ball(0.0).hull(&ball(1.0))),
    };
    let observations = vec![Observation { point: Point::new(), truth }];
    let note = format!("{compared:?}: larger in {larger}, smaller in {smaller} of {} pairs; {}", pairs.len(), spread(compared, &pairs));
    Gathered { observations, draws: runs.len() as u64, notes: vec![note, rates(runs)], ..Gathered::default() }
}

/// The median ratio or difference in a pair with its interval, and both columns.
fn spread(compared: Compared, pairs: &[(f64, f64)]) -> String {
    let mut gains: Vec<f64> = pairs.iter().map(|(he, typical)| if compared.at_start() { typical / he } else { typical - he }).collect();
    gains.sort_by(f64::total_cmp);
    let rank = gains.len().saturating_sub(DECISIVE);
    let number = |x: f64| if compared.at_start() { format!("{x:.2e}") } else { format!("{:.1} %", 100.0 * x) };
    let column = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(|pair| number(of(pair))).collect::<Vec<_>>().join(", ");
    let [low, middle, high] = [rank, gains.len() / 2, gains.len().saturating_sub(rank + 1)]
        .map(|index| gains.get(index).copied().map_or_else(|| "none".to_owned(), number));
    let what = if compared.at_start() { "ratio" } else { "gain" };
    format!("median {what} {middle} ({low} to {high} at 98.7 %); He {}; typical {}", column(|pair| pair.0), column(|pair| pair.1))
}

/// The rates at which runs were made.
fn rates(runs: &[Run]) -> String {
    let mut all: Vec<String> = runs.iter().map(|run| format!("{} {}", run.method, run.rate)).collect();
    all.dedup();
    format!("rates: {}", all.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::experiment::{Method, Trial};
    use crate::training::typical::chosen;

    fn run(method: &Method, rate: f64, draw: u64, accuracy: f64) -> Run {
        let record = format!(
            "{{\"step\":0,\"loss\":{accuracy},\"accuracy\":{accuracy},\"held_out\":0,\"gradient_norm\":1,\"largest_eigenvalue\":1}}"
        );
        let records = vec![serde_json::from_str(&record).unwrap()];
        Run { settings: String::new(), method: method.name.to_owned(), rate, trial: Trial::Fresh(draw), records }
    }

    fn verdict(typical: impl Fn(u64) -> f64) -> Truth {
        let of = |start: Start, accuracy: f64, draw: u64| run(&start.methods()[1], 0.1, draw, accuracy);
        let runs: Vec<Run> = (1..=PAIRS).flat_map(|draw| [of(Start::He, 0.5, draw), of(Start::Typical, typical(draw), draw)]).collect();
        judged(Compared::RmsProp, &runs).observations.remove(0).truth
    }

    #[test]
    fn twelve_pairs_of_fourteen_decide_and_ties_do_not_count() {
        let is = |truth: Truth, value: i64| matches!(truth, Truth::Exact(node) if node == Node::integer(value));
        assert!(is(verdict(|draw| if draw <= 12 { 0.6 } else { 0.4 }), 1));
        assert!(is(verdict(|draw| if draw <= 2 { 0.6 } else { 0.4 }), 0));
        assert!(matches!(verdict(|draw| if draw <= 11 { 0.6 } else { 0.4 }), Truth::Enclosed(_)));
        assert!(matches!(verdict(|draw| if draw <= 11 { 0.6 } else { 0.5 }), Truth::Enclosed(_)));
    }

    #[test]
    fn the_rate_is_that_of_the_smallest_median_last_loss() {
        let method = &Start::He.methods()[0];
        // At rate 0.001 one run of three is bad, at 0.01 two are.
        let losses = [(1e-4, [2.0, 2.0, 2.0]), (1e-3, [1.0, 9.0, 1.5]), (1e-2, [0.1, 9.0, 9.0]), (1e-1, [2.0, 2.0, 9.0])];
        let runs: Vec<Run> = losses.iter().flat_map(|(rate, all)| all.iter().map(|loss| run(method, *rate, 1, *loss))).collect();
        assert_eq!(chosen(&runs, method), 1e-3);
    }

    #[test]
    fn a_pair_has_the_same_draws_at_either_variance() {
        let workshop = Workshop::open(1, Device::Cpu, &Unaided).unwrap();
        let runs = workshop.conduct(Stage::Untrained, &[0], |method| method.rates[..1].to_vec()).unwrap();
        let (gradients, classes) = (Compared::Gradient.pairs(&runs), Compared::Sgd.pairs(&runs));
        assert_eq!(gradients.len() as u64, PAIRS);
        // Positive homogeneity: logits differ by a factor and classes do not, but by rounding.
        assert!(classes.iter().all(|(he, typical)| (he - typical).abs() < 0.01), "{classes:?}");
        let mut accuracies: Vec<f64> = classes.iter().map(|pair| pair.0).collect();
        accuracies.dedup();
        assert!(accuracies.len() > PAIRS as usize / 2, "draws differ: {accuracies:?}");
        assert!(gradients.iter().all(|(he, typical)| typical != he));
    }
}
