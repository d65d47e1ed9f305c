//! What the runs say by the plan's criterion: those recorded with the program, and what is compared before training also here and now.

use super::{PAIRS, Stage, Start, Workshop};
use crate::claim::{Context, Device, Effort, Gathered, Observation, Point, Truth, Unsettled};
use crate::formula::{Ball, Node, Scaled};
use crate::training::deep::LEARNT;
use crate::training::experiment::{Method, Run};
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

/// What is compared before training, of the counted draws under the context's seed.
///
/// # Errors
/// Skipped at the effort `quick`; or if candle fails.
pub fn starts(context: &Context, compared: Compared) -> Result<Gathered, Unsettled> {
    if context.effort == Effort::Quick {
        return Err(Unsettled::Skipped(format!("{} nets of 64 layers take too long here: --effort standard", 2 * PAIRS)));
    }
    let workshop = Workshop::open(context.seed, context.device, &Unaided).map_err(Unsettled::Inconclusive)?;
    let runs = workshop.conduct(Stage::Untrained, untrained);
    Ok(judged(compared, &runs.map_err(Unsettled::Inconclusive)?))
}

/// One rate of SGD: it is not used.
fn untrained(method: &Method) -> Vec<f64> {
    let first = Start::BOTH.iter().any(|start| start.methods()[0].name == method.name);
    method.rates[..usize::from(first)].to_vec()
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
    let leaving = |of: fn(&(f64, f64)) -> f64| pairs.iter().filter(|pair| of(pair) >= LEARNT).count();
    let (he, typical) = (leaving(|pair| pair.0), leaving(|pair| pair.1));
    let beside =
        format!("beside the criterion: {typical} of {0} runs reach 1/2 from the typical variance, {he} of {0} from He's", pairs.len());
    let note = format!("{compared:?}: larger in {larger}, smaller in {smaller} of {} pairs; {}", pairs.len(), spread(compared, &pairs));
    let notes = if compared.at_start() { vec![note] } else { vec![note, beside, rates(runs)] };
    Gathered { observations, draws: runs.len() as u64, notes, ..Gathered::default() }
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
    use crate::training::experiment::Trial;
    use crate::training::typical::{SEARCHED, chosen};

    const FIRST: &str = include_str!("../../../fixtures/stable-variance-training/first-plan.jsonl");

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
    fn the_first_plan_decided_nothing() {
        let runs: Vec<Run> = FIRST.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let of = |variance: &str, rule: &str, number: fn(&Run) -> f64| -> Vec<f64> {
            runs.iter().filter(|run| run.settings.contains(variance) && run.method == rule).map(number).collect()
        };
        let share = |rule: &str, number: fn(&Run) -> f64| {
            let (he, typical) = (of("He variance", rule, number), of("typical variance", rule, number));
            let larger = typical.iter().flat_map(|a| he.iter().map(move |b| if a > b { 1.0 } else { f64::from(u8::from(a == b)) / 2.0 }));
            (100.0 * larger.sum::<f64>() / (he.len() * typical.len()) as f64).round()
        };
        let gradient = |run: &Run| run.records[0].gradient_norm.unwrap_or(0.0);
        let curvature = |run: &Run| run.records[0].largest_eigenvalue.unwrap_or(0.0);
        let shares = [share("SGD", gradient), share("SGD", curvature), share("SGD", Run::best), share("RMSprop", Run::best)];
        assert_eq!(shares, [73.0, 73.0, 64.0, 37.0]);
    }

    #[test]
    fn recorded_rates_are_those_that_the_recorded_search_chooses() {
        let workshop = Workshop::open(SEED, Device::Cpu, &Unaided).unwrap();
        let (searched, counted) = record(&workshop).unwrap();
        for method in Start::BOTH.iter().flat_map(|start| start.methods()) {
            assert_eq!(searched.iter().filter(|run| run.method == method.name).count(), method.rates.len() * SEARCHED as usize);
            let rate = chosen(&searched, method);
            assert!(counted.iter().filter(|run| run.method == method.name).all(|run| run.rate == rate), "{}: {rate}", method.name);
        }
    }

    #[test]
    fn a_pair_has_the_same_draws_at_either_variance() {
        let workshop = Workshop::open(1, Device::Cpu, &Unaided).unwrap();
        let runs = workshop.conduct(Stage::Untrained, untrained).unwrap();
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
