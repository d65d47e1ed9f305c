//! Gatherers: from a way to draw to observations with planned intervals.
//!
//! Each splits the evidence's rates evenly over its configurations, plans the draws of each from the effort, and draws them in
//! chunks from streams that belong to the evidence alone.

use std::fmt::Display;

use crate::claim::{Context, Gathered, Grade, Interval, Observation, Point, Truth, Unsettled};
use crate::formula::{Node, Scaled};

use super::particles::{Model, replicated};
use super::plan::{Budget, HELD, Kind, Plan, affordable, resolution, weights};
use super::streams::{Generator, Streams};
use super::tails::Tails;
use super::{bounded_mean, empirical_cdf, median_of_means, order_statistics, percent, replicates};

/// The draws of one chunk: enough to keep a device busy, few enough to stay in cache.
pub const CHUNK: u64 = 4096;

/// The coarsest resolution that a plan may fall back to.
const COARSEST: f64 = 0.5;

/// The points at which a distribution function is observed.
const POINTS: usize = 200;

/// One configuration of a piece of evidence.
#[derive(Clone, Debug)]
pub struct Case<S> {
    /// The parameters that the claim's formula is judged at.
    pub point: Point,
    /// The key of the random streams; unique within the evidence.
    pub configuration: String,
    /// What the draws need to know.
    pub setting: S,
    /// The random weights that one draw takes.
    pub cost: u64,
    /// What the plan assumes about a draw; each gatherer says what. A wrong guess costs precision, never validity.
    pub guess: f64,
}

/// Medians by order statistics, exact grade. `draw(setting, generator, n)` returns n independent draws; a case's guess is the
/// density of ln|draw| around the median, from below.
///
/// # Errors
/// If a case fits no plan, or drawing fails.
pub fn medians<S: Sync, E: Display + Send>(
    context: &Context,
    cases: &[Case<S>],
    draw: impl Fn(&S, &mut Generator, usize) -> Result<Vec<Scaled>, E> + Sync,
) -> Result<Gathered, Unsettled> {
    let budget = Budget::of(context, cases.len());
    gathered(context, cases, Grade::Exact, |case| {
        let plan = planned(context, case, Kind::Quantile, cases.len(), HELD, |resolution| {
            let share = order_statistics::share(resolution, case.guess);
            Some(order_statistics::draws_for(share, 0.5, budget.rate, budget.miss))
        })?;
        let mut draws = drawn(context, case, plan.draws, &draw)?;
        let interval = order_statistics::interval(&mut draws, 0.5, budget.rate, plan.resolution)?;
        Ok(Found::one(case, interval, plan.draws, noted(&plan, "")))
    })
}

/// Distribution functions by the Dvoretzky–Kiefer–Wolfowitz band, exact grade. The observations bind `name` to the argument:
/// a draw's magnitude rounded to 12 bits, times `unit(setting)`, exactly. The guess is not used.
///
/// # Errors
/// If a case fits no plan, or drawing fails.
pub fn distributions<S: Sync, E: Display + Send>(
    context: &Context,
    cases: &[Case<S>],
    name: &str,
    unit: impl Fn(&S) -> Option<Node>,
    draw: impl Fn(&S, &mut Generator, usize) -> Result<Vec<Scaled>, E> + Sync,
) -> Result<Gathered, Unsettled> {
    let budget = Budget::of(context, cases.len());
    gathered(context, cases, Grade::Exact, |case| {
        let plan = planned(context, case, Kind::Distribution, cases.len(), HELD, |resolution| {
            Some(empirical_cdf::draws_for(resolution, budget.rate))
        })?;
        let draws = drawn(context, case, plan.draws, &draw)?;
        let heights = empirical_cdf::band(draws, POINTS, budget.rate, plan.resolution)?;
        let observe = |height: empirical_cdf::Height| {
            let argument = Node::integer(height.mantissa) * Node::integer(2).power(Node::integer(height.exponent));
            let argument = match unit(&case.setting) {
                Some(unit) => unit * argument,
                None => argument,
            };
            (case.point.clone().with(name, argument), height.interval)
        };
        let observations = heights.into_iter().map(observe).collect();
        Ok(Found { observations, draws: plan.draws, note: noted(&plan, " in probability, at all points together") })
    })
}

/// Means of draws in [0, 1], times `unit(setting)`, by the Chernoff–Hoeffding bound, exact grade. A case's guess is the mean
/// of a draw, from below.
///
/// # Errors
/// If a case fits no plan, drawing fails, or a draw is outside [0, 1].
pub fn bounded_means<S: Sync, E: Display + Send>(
    context: &Context,
    cases: &[Case<S>],
    unit: impl Fn(&S) -> Scaled,
    draw: impl Fn(&S, &mut Generator, usize) -> Result<Vec<Scaled>, E> + Sync,
) -> Result<Gathered, Unsettled> {
    let budget = Budget::of(context, cases.len());
    gathered(context, cases, Grade::Exact, |case| {
        let plan = planned(context, case, Kind::Mean, cases.len(), HELD, |resolution| {
            Some(bounded_mean::draws_for(case.guess, resolution, budget.rate, budget.miss))
        })?;
        let draws = drawn(context, case, plan.draws, &draw)?;
        let interval = bounded_mean::interval(&draws, unit(&case.setting), budget.rate, plan.resolution)?;
        Ok(Found::one(case, interval, plan.draws, noted(&plan, "")))
    })
}

/// Positive means by the median of means, exact grade. A case's guess is a bound on the relative variance of a draw, proved by
/// the claim named `proved_by`; here a wrong one costs validity.
///
/// # Errors
/// `invalid tails` if no affordable number of draws supports the mean, with what a sample of affordable size shows; or if
/// drawing fails.
pub fn means<S: Sync, E: Display + Send>(
    context: &Context,
    cases: &[Case<S>],
    proved_by: &'static str,
    draw: impl Fn(&S, &mut Generator, usize) -> Result<Vec<Scaled>, E> + Sync,
) -> Result<Gathered, Unsettled> {
    let budget = Budget::of(context, cases.len());
    gathered(context, cases, Grade::Exact, |case| {
        let variance = median_of_means::Variance::Relative(case.guess);
        let size = |resolution: f64| median_of_means::draws_for(variance, resolution, budget.rate);
        let aim = resolution(context.effort, Kind::Mean);
        let limit = limit(context, case, cases.len(), HELD);
        let Ok(plan) = affordable(aim, COARSEST, limit, size) else {
            let mut sample = drawn(context, case, limit.clamp(1, 100_000), &draw)?;
            Tails::of(&mut sample)?.support(Some(Scaled::from(case.guess)), limit, COARSEST, budget)?;
            return Err(unaffordable(case, limit, size(COARSEST)));
        };
        let draws = drawn(context, case, plan.draws, &draw)?;
        let interval = median_of_means::interval(&draws, variance, budget.rate, plan.resolution)?;
        Ok(Found::one(case, interval, plan.draws, noted(&plan, &format!(", variance by {proved_by}"))))
    })
}

/// Expectations of long products by particles, asymptotic grade. A case's cost is that of one particle through all layers, and
/// its guess the relative variance of one layer's potential.
///
/// # Errors
/// If a case fits no plan, or the model fails.
pub fn particle_means<S: Sync, M: Model>(
    context: &Context,
    cases: &[Case<S>],
    model: impl Fn(&S) -> Result<M, Unsettled>,
) -> Result<Gathered, Unsettled> {
    let budget = Budget::of(context, cases.len());
    gathered(context, cases, Grade::Asymptotic, |case| {
        let model = model(&case.setting)?;
        let runs = replicates::LEAST as u64;
        let plan = planned(context, case, Kind::Mean, cases.len(), u64::MAX, |resolution| {
            let variance = replicates::relative_variance_for(replicates::LEAST, resolution, budget.rate, budget.miss);
            let particles = (model.layers() as f64 * case.guess / variance).ceil().max(2.0);
            (particles < 1e15).then_some(particles as u64 * runs)
        })?;
        let particles = (plan.draws / runs) as usize;
        let streams = Streams::of_evidence(context, &case.configuration);
        let found = replicated(&model, particles, replicates::LEAST, &streams)?;
        let interval = found.interval(budget.rate, plan.resolution)?;
        let health = format!(
            ", {runs} replicates of {particles} particles, effective sample size at least {:.0}, surviving ancestors at least {}",
            found.effective(),
            found.ancestors(),
        );
        Ok(Found::one(case, interval, plan.draws, noted(&plan, &health)))
    })
}

/// What one configuration gave.
struct Found {
    observations: Vec<(Point, Interval)>,
    draws: u64,
    note: String,
}

impl Found {
    fn one<S>(case: &Case<S>, interval: Interval, draws: u64, note: String) -> Found {
        Found { observations: vec![(case.point.clone(), interval)], draws, note }
    }
}

/// What all configurations gave together.
fn gathered<S>(
    context: &Context,
    cases: &[Case<S>],
    grade: Grade,
    find: impl Fn(&Case<S>) -> Result<Found, Unsettled>,
) -> Result<Gathered, Unsettled> {
    let mut all = Gathered { grade: Some(grade), rate: context.rate, ..Gathered::default() };
    for case in cases {
        let found = find(case)?;
        let observe = |(point, interval)| Observation { point, truth: Truth::Interval(interval) };
        all.observations.extend(found.observations.into_iter().map(observe));
        all.draws += found.draws;
        all.notes.push(format!("{}: {}", case.configuration, found.note));
    }
    Ok(all)
}

/// The plan of one configuration.
fn planned<S>(
    context: &Context,
    case: &Case<S>,
    kind: Kind,
    cases: usize,
    held: u64,
    size: impl Fn(f64) -> Option<u64>,
) -> Result<Plan, Unsettled> {
    let limit = limit(context, case, cases, held);
    affordable(resolution(context.effort, kind), COARSEST, limit, size).map_err(|needed| unaffordable(case, limit, needed))
}

/// The draws that a configuration may take: its equal part of the weights, and no more than can be held.
fn limit<S>(context: &Context, case: &Case<S>, cases: usize, held: u64) -> u64 {
    (weights(context.effort) / cases as u64 / case.cost.max(1)).min(held)
}

fn unaffordable<S>(case: &Case<S>, limit: u64, needed: Option<u64>) -> Unsettled {
    let needed = needed.map_or("more draws than can be counted".to_owned(), |draws| format!("{draws} draws"));
    let (configuration, coarsest) = (&case.configuration, percent(COARSEST));
    Unsettled::Inconclusive(format!("{configuration}: even at {coarsest} the plan needs {needed}, and {limit} are affordable"))
}

fn noted(plan: &Plan, more: &str) -> String {
    format!("{} draws for {}{more}", plan.draws, percent(plan.resolution))
}

/// All draws of a configuration, in the order of the chunks.
fn drawn<S: Sync, E: Display + Send>(
    context: &Context,
    case: &Case<S>,
    draws: u64,
    draw: &(impl Fn(&S, &mut Generator, usize) -> Result<Vec<Scaled>, E> + Sync),
) -> Result<Vec<Scaled>, Unsettled> {
    let configuration = &case.configuration;
    let chunks = Streams::of_evidence(context, configuration).map_chunks(draws, CHUNK, |generator, range| {
        let wanted = (range.end - range.start) as usize;
        match draw(&case.setting, generator, wanted) {
            Ok(values) if values.len() == wanted => Ok(values),
            Ok(values) => Err(format!("{configuration}: {} draws came instead of {wanted}", values.len())),
            Err(error) => Err(format!("{configuration}: {error}")),
        }
    });
    let mut all = Vec::with_capacity(draws as usize);
    for chunk in chunks {
        all.extend(chunk.map_err(Unsettled::Inconclusive)?);
    }
    Ok(all)
}
