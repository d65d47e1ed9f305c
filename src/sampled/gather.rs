//! Gatherers: from a way to draw to observations with planned intervals.
//!
//! Each splits the evidence's rates evenly over its configurations, plans the draws of each from the effort, and draws them in
//! chunks from streams that belong to the evidence alone.

use std::fmt::Display;

use crate::claim::{Context, Gathered, Grade, Interval, Ladder, Observation, Point, Resolution, Truth, Unsettled};
use crate::formula::{Node, Scaled};

use super::catoni::{self, Design};
use super::particles::{Model, replicated};
use super::plan::{Budget, COARSEST, HELD, Kind, Plan, Unaffordable, deep_work, plans, resolution, work};
use super::streams::{Generator, Streams};
use super::tails::Tails;
use super::{bounded_mean, empirical_cdf, order_statistics, percent, replicates};

/// The most draws of one chunk: enough to keep a device busy, few enough to stay in cache.
const CHUNK: u64 = 4096;

/// The work of one chunk where draws are dear, in random weights: some milliseconds.
const CHUNK_WORK: u64 = 1 << 20;

/// The work of handling a draw, beyond making it, in random weights.
const HANDLING: u64 = 6;

/// The work of moving a particle through a layer, beyond its weights, in random weights.
const MOVING: u64 = 8;

/// The fewest particles of a replicate.
const FEWEST: f64 = 32.0;

/// The greatest variance of the logarithm of a replicate that a plan counts on: the limit theorem holds for any, the sooner the less.
const UNSTEADY: f64 = 8.0;

/// The points at which a distribution function is observed.
const POINTS: usize = 200;

/// The draws that show the tails of a mean that is refused.
const SAMPLE: u64 = 20_000;

/// One configuration of a piece of evidence.
#[derive(Clone, Debug)]
pub struct Case<S> {
    /// The parameters that the claim's formula is judged at.
    pub point: Point,
    /// The key of the random streams; unique within the evidence.
    pub configuration: String,
    /// What the draws need to know.
    pub setting: S,
    /// The work of one draw, in random weights drawn and multiplied.
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
    let plans = planned(context, cases, costs(cases), Kind::Quantile, HELD, |case, resolution| {
        let share = order_statistics::share(resolution, case.guess);
        order_statistics::draws_for(share, 0.5, budget.rate, budget.miss)
    });
    let plans = plans.map_err(unaffordable(cases))?;
    gathered(context, cases, &plans, Grade::Exact, |case, plan| {
        let mut draws = drawn(context, case, "", plan.draws, &draw)?;
        let interval = order_statistics::interval(&mut draws, 0.5, budget.rate, plan.resolution)?;
        Ok(Found { ladder: order_statistics::ladder(&mut draws, 0.5), ..Found::one(case, interval) })
    })
}

/// Distribution functions by the Dvoretzky–Kiefer–Wolfowitz band, exact grade, at all points together. The observations bind
/// `name` to the argument: a draw rounded to 12 bits, times `unit(setting)`, exactly. The guess is not used.
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
    let size = |_: &Case<S>, resolution| Some(empirical_cdf::draws_for(resolution, budget.rate));
    let plans = planned(context, cases, costs(cases), Kind::Distribution, HELD, size).map_err(unaffordable(cases))?;
    gathered(context, cases, &plans, Grade::Exact, |case, plan| {
        let draws = drawn(context, case, "", plan.draws, &draw)?;
        let heights = empirical_cdf::band(draws, POINTS, budget.rate, plan.resolution)?;
        let unit = unit(&case.setting);
        let observe = |height: empirical_cdf::Height| {
            let argument = Node::integer(height.mantissa) * Node::integer(2).power(Node::integer(height.exponent));
            let argument = unit.iter().fold(argument, |argument, unit| unit.clone() * argument);
            (case.point.clone().with(name, argument), height.interval)
        };
        let observations: Vec<_> = heights.into_iter().map(observe).collect();
        let note = format!(" in probability, at {} points together", observations.len());
        Ok(Found { observations, note, ladder: None })
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
    let size = |case: &Case<S>, resolution| Some(bounded_mean::draws_for(case.guess, resolution, budget.rate, budget.miss));
    let plans = planned(context, cases, costs(cases), Kind::Mean, u64::MAX, size).map_err(unaffordable(cases))?;
    gathered(context, cases, &plans, Grade::Exact, |case, plan| {
        let sums = reduced(context, case, "", plan.draws, &draw, |values| bounded_mean::sum(&values))?;
        let interval = bounded_mean::interval(&sums, plan.draws, unit(&case.setting), budget.rate, plan.resolution);
        Ok(Found::one(case, interval))
    })
}

/// Positive means by Catoni's influence function around a pilot, exact grade. A case's guess is a bound on the relative variance of
/// a draw, proved by the claim named `proved_by`; here a wrong one costs validity.
///
/// # Errors
/// `invalid tails` if no affordable number of draws supports the mean, with what a small sample shows; or if drawing fails.
pub fn means<S: Sync, E: Display + Send>(
    context: &Context,
    cases: &[Case<S>],
    proved_by: &str,
    draw: impl Fn(&S, &mut Generator, usize) -> Result<Vec<Scaled>, E> + Sync,
) -> Result<Gathered, Unsettled> {
    let budget = Budget::of(context, cases.len());
    let size = |case: &Case<S>, resolution| catoni::draws_for(case.guess, resolution, budget.rate);
    let plans = match planned(context, cases, costs(cases), Kind::Mean, u64::MAX, size) {
        Ok(plans) => plans,
        Err(excess) => {
            let case = &cases[excess.index];
            let mut sample = drawn(context, case, "", excess.limit.clamp(1, SAMPLE), &draw)?;
            Tails::of(&mut sample)?.support(Some(Scaled::from(case.guess)), excess.limit, COARSEST, budget)?;
            return Err(unaffordable(cases)(excess));
        }
    };
    gathered(context, cases, &plans, Grade::Exact, |case, plan| {
        let design = Design::new(case.guess, budget.rate, plan.draws);
        let pilot = design.pilot(&drawn(context, case, ", pilot", design.pilot, &draw)?)?;
        let influences = reduced(context, case, "", design.draws, &draw, |values| Ok(design.influence(&pilot, &values)))?;
        let interval = design.interval(&pilot, influences.iter().sum(), plan.resolution)?;
        Ok(Found { note: format!(", variance bounded by {proved_by}"), ..Found::one(case, interval) })
    })
}

/// Means of independent replicates, asymptotic grade: `run(setting, generator, draws)` is the mean of that many draws, which need not be
/// independent. A case's cost and guess, the relative variance, are those of one draw.
///
/// # Errors
/// If a case fits no plan, or a run fails.
pub fn replicate_means<S: Sync, E: Display + Send>(
    context: &Context,
    cases: &[Case<S>],
    run: impl Fn(&S, &mut Generator, u64) -> Result<Scaled, E> + Sync,
) -> Result<Gathered, Unsettled> {
    let budget = Budget::of(context, cases.len());
    let runs = replicates::LEAST;
    let plans = planned(context, cases, costs(cases), Kind::Mean, u64::MAX, |case, resolution| {
        let variance = replicates::relative_variance_for(runs, resolution, budget.rate, budget.miss);
        let draws = (case.guess / variance).ceil().max(1.0);
        (draws < 1e12).then(|| draws as u64 * runs as u64)
    });
    let plans = plans.map_err(unaffordable(cases))?;
    gathered(context, cases, &plans, Grade::Asymptotic, |case, plan| {
        let draws = plan.draws / runs as u64;
        let streams = Streams::of_evidence(context, &case.configuration);
        let all = streams.map_chunks(runs as u64, 1, |generator, _| run(&case.setting, generator, draws));
        let all: Result<Vec<Scaled>, E> = all.into_iter().collect();
        let all = all.map_err(|error| Unsettled::Inconclusive(format!("{}: {error}", case.configuration)))?;
        let interval = replicates::interval(&all, budget.rate, plan.resolution)?;
        Ok(Found { note: format!(", {runs} replicates of {draws} draws"), ..Found::one(case, interval) })
    })
}

/// Expectations of long products by particles, asymptotic grade, to a resolution of their growth per layer. A case's cost is that of
/// one particle through all layers, and its guess the sum over the layers of the relative variance of a potential.
///
/// # Errors
/// If a case fits no plan, or the model fails.
pub fn particle_means<S: Sync, M: Model>(
    context: &Context,
    cases: &[Case<S>],
    model: impl Fn(&S) -> Result<M, Unsettled>,
) -> Result<Gathered, Unsettled> {
    let budget = Budget::of(context, cases.len());
    let runs = replicates::LEAST;
    let models = cases.iter().map(|case| model(&case.setting)).collect::<Result<Vec<M>, _>>()?;
    let costs = cases.iter().zip(&models).map(|(case, model)| case.cost + MOVING * model.layers() as u64);
    let aim = resolution(context.effort, Kind::Growth);
    let costs: Vec<u64> = costs.collect();
    let plans = plans(aim, &costs, deep_work(context.effort), u64::MAX, |index, share| {
        let variance = replicates::log_variance_for(runs, models[index].layers() as f64 * share.ln_1p(), budget.rate, budget.miss);
        let particles = (cases[index].guess / variance.min(UNSTEADY)).ceil().max(FEWEST);
        (particles < 1e12).then(|| particles as u64 * runs as u64)
    });
    let plans = plans.map_err(unaffordable(cases))?;
    let mut models = models.iter();
    gathered(context, cases, &plans, Grade::Asymptotic, |case, plan| {
        let particles = plan.draws as usize / runs;
        let streams = Streams::of_evidence(context, &case.configuration);
        let model = models.next().expect("one a case");
        let found = replicated(model, particles, runs, &streams)?;
        let growth = Resolution::PerLayer { layers: model.layers() as u64, share: plan.resolution };
        let note = format!(
            " of the growth per layer, {runs} replicates of {particles} particles, effective sample size at least {:.0}, surviving ancestors at least {}",
            found.effective(),
            found.ancestors(),
        );
        Ok(Found { note, ..Found::one(case, found.interval(budget.rate, growth)?) })
    })
}

/// What one configuration gave.
struct Found {
    observations: Vec<(Point, Interval)>,
    note: String,
    ladder: Option<Ladder>,
}

impl Found {
    fn one<S>(case: &Case<S>, interval: Interval) -> Found {
        Found { observations: vec![(case.point.clone(), interval)], note: String::new(), ladder: None }
    }
}

/// What all configurations gave together, each with its plan.
fn gathered<S>(
    context: &Context,
    cases: &[Case<S>],
    plans: &[Plan],
    grade: Grade,
    mut find: impl FnMut(&Case<S>, &Plan) -> Result<Found, Unsettled>,
) -> Result<Gathered, Unsettled> {
    let mut all = Gathered { grade: Some(grade), rate: context.rate, ..Gathered::default() };
    for (case, plan) in cases.iter().zip(plans) {
        let found = find(case, plan)?;
        let observe = |(point, interval)| Observation { point, truth: Truth::Interval(interval) };
        all.ladders.extend(found.ladder.map(|ladder| (all.observations.len(), ladder)));
        all.observations.extend(found.observations.into_iter().map(observe));
        all.draws += plan.draws;
        let (configuration, draws, resolution) = (&case.configuration, plan.draws, percent(plan.resolution));
        all.notes.push(format!("{configuration}: {draws} draws for {resolution}{}", found.note));
    }
    Ok(all)
}

/// The work of one draw of each configuration, handling included.
fn costs<S>(cases: &[Case<S>]) -> impl Iterator<Item = u64> {
    cases.iter().map(|case| case.cost + HANDLING)
}

/// The plans of all configurations, each of whose `size` is the number of draws that a resolution takes.
fn planned<S>(
    context: &Context,
    cases: &[Case<S>],
    costs: impl Iterator<Item = u64>,
    kind: Kind,
    held: u64,
    size: impl Fn(&Case<S>, f64) -> Option<u64>,
) -> Result<Vec<Plan>, Unaffordable> {
    let costs: Vec<u64> = costs.collect();
    plans(resolution(context.effort, kind), &costs, work(context.effort), held, |index, resolution| size(&cases[index], resolution))
}

/// What reports say of a configuration that no plan fits.
fn unaffordable<S>(cases: &[Case<S>]) -> impl Fn(Unaffordable) -> Unsettled {
    move |Unaffordable { index, limit, needed }| {
        let needed = needed.map_or("more draws than can be counted".to_owned(), |draws| format!("{draws} draws"));
        let (configuration, coarsest) = (&cases[index].configuration, percent(COARSEST));
        Unsettled::Inconclusive(format!("{configuration}: even at {coarsest} the plan needs {needed}, and {limit} are affordable"))
    }
}

/// All draws of a configuration for a `purpose` of their own, in the order of the chunks.
fn drawn<S: Sync, E: Display + Send>(
    context: &Context,
    case: &Case<S>,
    purpose: &str,
    draws: u64,
    draw: &(impl Fn(&S, &mut Generator, usize) -> Result<Vec<Scaled>, E> + Sync),
) -> Result<Vec<Scaled>, Unsettled> {
    let mut all = Vec::with_capacity(draws as usize);
    for chunk in reduced(context, case, purpose, draws, draw, Ok)? {
        all.extend(chunk);
    }
    Ok(all)
}

/// Each chunk of the draws of a configuration reduced, in the order of the chunks.
fn reduced<S: Sync, T: Send, E: Display + Send>(
    context: &Context,
    case: &Case<S>,
    purpose: &str,
    draws: u64,
    draw: &(impl Fn(&S, &mut Generator, usize) -> Result<Vec<Scaled>, E> + Sync),
    reduce: impl Fn(Vec<Scaled>) -> Result<T, Unsettled> + Sync,
) -> Result<Vec<T>, Unsettled> {
    let failed = |reason: String| Unsettled::Inconclusive(format!("{}: {reason}", case.configuration));
    let streams = Streams::of_evidence(context, &format!("{}{purpose}", case.configuration));
    // The chunk is part of the key of a draw: it depends on the case alone, not on effort or device.
    let size = (CHUNK_WORK / case.cost.max(1)).clamp(16, CHUNK);
    let chunks = streams.map_chunks(draws, size, |generator, range| {
        let wanted = (range.end - range.start) as usize;
        let values = draw(&case.setting, generator, wanted).map_err(|error| failed(error.to_string()))?;
        if values.len() != wanted {
            return Err(failed(format!("{} draws came instead of {wanted}", values.len())));
        }
        reduce(values)
    });
    chunks.into_iter().collect()
}
