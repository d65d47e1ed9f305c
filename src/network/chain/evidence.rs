//! Ready-made evidence about neural chains: medians, whole distributions and moments, from draws on candle.

use crate::claim::{Context, Gathered, Point, Unsettled};
use crate::formula::{Environment, Node, Scaled, certify, exact, parse};
use crate::network::device;
use crate::sampled::particles::{Model, OneByOne};
use crate::sampled::{self, Case, Generator};

use super::{magnitudes, scale, weight};

/// A chain: τ as text, and its depth.
pub type Chain = (&'static str, usize);
/// A moment of a chain: τ as text, the depth, and the order.
pub type Moment = (&'static str, usize, u32);

/// The parameters of a chain as a point.
#[must_use]
pub fn point((tau, depth): Chain) -> Point {
    Point::new().at("tau", tau).at("depth", depth)
}

/// Medians of |v| by order statistics, exact grade.
///
/// # Errors
/// If the device is not there, fails, or no plan fits.
pub fn medians(context: &Context, chains: &[Chain]) -> Result<Gathered, Unsettled> {
    let device = device::open(context.device).map_err(Unsettled::Skipped)?;
    let cases: Vec<_> = chains.iter().map(|chain| case(*chain)).collect();
    sampled::medians(context, &cases, |(tau, depth), generator, chains| {
        let unit = scale(*tau, *depth);
        magnitudes(&device, *depth, chains, generator).map(|draws| draws.into_iter().map(|v| v * unit).collect())
    })
}

/// The distribution function of |v| in the name `at`, by a simultaneous band, exact grade.
///
/// # Errors
/// If the device is not there, fails, or no plan fits.
pub fn distributions(context: &Context, chains: &[Chain]) -> Result<Gathered, Unsettled> {
    let device = device::open(context.device).map_err(Unsettled::Skipped)?;
    let cases: Vec<_> = chains.iter().map(|chain| Case { setting: *chain, ..relabelled(case(*chain), *chain) }).collect();
    // The points of observation are exact: 12 bits of |v|/τ^L, times τ^L as a formula.
    let unit = |(tau, depth): &Chain| parse(tau).ok().map(|tau| tau.power(Node::integer(i64::try_from(*depth).unwrap_or(i64::MAX))));
    sampled::distributions(context, &cases, "at", unit, |(_, depth), generator, chains| magnitudes(&device, *depth, chains, generator))
}

/// E|v|^order by plain means of (|v|/τ^L)^order, which lies in [0, 1]: exact grade, for small depth.
///
/// # Errors
/// If the device is not there, fails, or no plan fits.
pub fn moments(context: &Context, moments: &[Moment]) -> Result<Gathered, Unsettled> {
    let device = device::open(context.device).map_err(Unsettled::Skipped)?;
    let cases: Vec<_> = moments.iter().map(|moment| moment_case(*moment)).collect();
    let unit = |(tau, depth, order): &(f64, usize, u32)| scale(tau.powi(*order as i32), *depth);
    sampled::bounded_means(context, &cases, unit, |(_, depth, order), generator, chains| {
        magnitudes(&device, *depth, chains, generator).map(|draws| draws.into_iter().map(|v| power(v, *order)).collect())
    })
}

/// E|v|^order at any depth by particles with potentials |w|^order, asymptotic grade.
///
/// # Errors
/// If no plan fits.
pub fn particle_moments(context: &Context, moments: &[Moment]) -> Result<Gathered, Unsettled> {
    // The plan's guess, which the interval does not use: the relative variance of u^k, u uniform on (0, 1), summed over layers.
    let cases = moments.iter().map(|moment| Case { guess: moment.1 as f64 * relative_variance(moment.2), ..moment_case(*moment) });
    sampled::particle_means(context, &cases.collect::<Vec<_>>(), |setting| Ok(layers(*setting)))
}

/// The plain mean of |v|^order, the relative variance of one layer's factor being the `ratio` less one: refused where the tails
/// are too fat for the number of draws that is affordable.
///
/// # Errors
/// `invalid tails`, with the numbers; or if the device fails.
pub fn plain_mean(context: &Context, (tau, depth, order): Moment, ratio: f64) -> Result<Gathered, Unsettled> {
    let device = device::open(context.device).map_err(Unsettled::Skipped)?;
    let case = Case { guess: ratio.powi(i32::try_from(depth).unwrap_or(i32::MAX)) - 1.0, ..moment_case((tau, depth, order)) };
    sampled::means(context, &[case], "prop-3", |(tau, depth, order), generator, chains| {
        let unit = scale(tau.powi(*order as i32), *depth);
        magnitudes(&device, *depth, chains, generator).map(|draws| draws.into_iter().map(|v| power(v, *order) * unit).collect())
    })
}

/// The case of a chain: the density of ln|v| around its median is near 1/√(2πL).
pub(super) fn case(chain: Chain) -> Case<(f64, usize)> {
    let (tau, depth) = chain;
    let guess = 0.35 / (depth as f64).sqrt();
    Case {
        point: point(chain),
        configuration: format!("tau {tau}, depth {depth}"),
        setting: (value(tau), depth),
        cost: depth as u64,
        guess,
    }
}

fn relabelled<S>(case: Case<S>, setting: Chain) -> Case<Chain> {
    Case { point: case.point, configuration: case.configuration, setting, cost: case.cost, guess: case.guess }
}

fn moment_case((tau, depth, order): Moment) -> Case<(f64, usize, u32)> {
    let point = point((tau, depth)).at("order", order);
    let guess = (1.0 / f64::from(order + 1)).powi(i32::try_from(depth).unwrap_or(i32::MAX));
    let configuration = format!("tau {tau}, depth {depth}, order {order}");
    Case { point, configuration, setting: (value(tau), depth, order), cost: depth as u64, guess }
}

/// One layer multiplies by |w|: the state is nothing, since factors do not depend on it.
fn layers((tau, depth, order): (f64, usize, u32)) -> impl Model {
    let unit = tau.powi(order as i32);
    let step = move |_: usize, (): &(), generator: &mut Generator| ((), Scaled::from(weight(generator).abs().powi(order as i32) * unit));
    OneByOne { start: (), layers: depth, step }
}

fn power(magnitude: Scaled, order: u32) -> Scaled {
    (1..order).fold(magnitude, |power, _| power * magnitude)
}

/// Var u^k/(E u^k)² = (k+1)²/(2k+1) − 1 for u uniform on (0, 1).
fn relative_variance(order: u32) -> f64 {
    let k = f64::from(order);
    (k + 1.0).powi(2) / (2.0 * k + 1.0) - 1.0
}

/// A closed formula as the nearest double; not a number where it has no value, which every interval refuses.
pub(in crate::network) fn value(text: &str) -> f64 {
    let node = parse(text).ok();
    let rational = node.as_ref().and_then(|node| exact(node, &Environment::new()).ok()).map(|q| q.to_f64().value());
    rational.or_else(|| certify(&node?, &Default::default(), 64).ok().map(|ball| ball.to_scaled().to_f64())).unwrap_or(f64::NAN)
}
