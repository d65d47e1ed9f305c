//! Live nets: medians and whole laws of ‖a^L‖², given that the net is alive. Exact grade.

use super::{Net, backend};
use crate::claim::{Context, Gathered, Observation, Point, Unsettled};
use crate::formula::{Environment, Node, Scaled, exact};
use crate::network::{Backend, Gate, NetworkError, forward};
use crate::sampled::{self, Case, Generator};

use dashu::rational::RBig;

/// Medians over live nets of (‖a^L‖²/(σ^{2L} e^m ‖x‖²))^{1/L} by order statistics, m = `log_typical` of the net's point: 1 where e^m is the
/// median at σ = 1. Beyond what is drawn nothing of the law is assumed.
///
/// # Errors
/// If the device is not there, fails, or no plan fits; or those of `log_typical`.
pub fn typical_growths(
    context: &Context,
    nets: &[Net],
    log_typical: impl Fn(&Point) -> Result<f64, Unsettled>,
) -> Result<Gathered, Unsettled> {
    let backend = backend(context)?;
    let case = |net: &Net| {
        let log = log_typical(&net.point())?;
        Ok(Case { guess: log_density(net), ..case(net, (*net, log)) })
    };
    let cases = nets.iter().map(case).collect::<Result<Vec<_>, Unsettled>>()?;
    sampled::medians(context, &cases, |(net, log), generator, draws| {
        let logs = living(net, &backend, generator, draws)?;
        Ok::<_, NetworkError>(logs.into_iter().map(|s| Scaled::exp((s - log) / net.depth as f64)).collect())
    })
}

/// The distribution function of S = ln(‖a^L‖²/(σ^{2L}‖x‖²)) over live nets by a simultaneous band; the observations bind `at` to what a
/// supposed distribution function of S says: in truth it is P(S ≤ s) itself.
///
/// # Errors
/// If the device is not there, fails, or no plan fits; or those of `supposed`.
pub fn transformed<F: Fn(f64) -> f64>(
    context: &Context,
    nets: &[Net],
    supposed: impl Fn(&Point) -> Result<F, Unsettled>,
) -> Result<Gathered, Unsettled> {
    let backend = backend(context)?;
    let cases: Vec<_> = nets.iter().map(|net| case(net, *net)).collect();
    let unit = |_: &Net| Some(Node::integer(1));
    let mut found = sampled::distributions(context, &cases, "at", unit, |net, generator, draws| {
        let logs = living(net, &backend, generator, draws)?;
        Ok::<_, NetworkError>(logs.into_iter().map(Scaled::from).collect())
    })?;
    let mut known: Option<(Point, F)> = None;
    for Observation { point, .. } in &mut found.observations {
        let place = point.get("at").and_then(|at| exact(at, &Environment::new()).ok());
        let place = place.ok_or_else(|| Unsettled::Inconclusive("a point of observation has no value".to_owned()))?;
        let net = point.clone().at("at", 0);
        if known.as_ref().is_none_or(|(seen, _)| *seen != net) {
            known = Some((net, supposed(point)?));
        }
        let value = known.as_ref().map_or(f64::NAN, |(_, law)| law(place.to_f64().value())).clamp(0.0, 1.0);
        let value = RBig::try_from(value).map_err(|_| Unsettled::Inconclusive(format!("the supposed law has the value {value}")))?;
        *point = point.clone().with("at", Node::rational(&value));
    }
    Ok(found)
}

/// ln(‖a^L‖²/(σ^{2L}‖x‖²)) of that many live nets.
fn living(net: &Net, backend: &Backend, generator: &mut Generator, draws: usize) -> Result<Vec<f64>, NetworkError> {
    let mut alive = Vec::with_capacity(draws);
    let start: f64 = net.input.units(net.width).iter().map(|x| x * x).sum();
    let unit = start.ln() + net.depth as f64 * net.law().variance().ln() + 2.0 * net.input.exponent() as f64 * std::f64::consts::LN_2;
    let layers = vec![net.layer(); net.depth];
    while alive.len() < draws {
        // As many as are expected to bring the missing ones, and a few for luck.
        let nets = ((draws - alive.len()) as f64 / survival(net)).min(1e5) as usize + 4;
        forward(backend, &layers, &[net.input.entries(net.width)], nets, generator, |layer, _, post| {
            if layer == net.depth {
                alive.extend(post.iter().filter(|state| state.is_alive()).map(|state| state.norm2_pow2().ln() - unit));
            }
        })?;
    }
    alive.truncate(draws);
    Ok(alive)
}

fn case<S>(net: &Net, setting: S) -> Case<S> {
    let cost = (net.cost() as f64 / survival(net)) as u64;
    Case { point: net.point(), configuration: net.configuration() + ", alive", setting, cost, guess: 0.0 }
}

/// The share of nets of atomless weights that are alive.
fn survival(net: &Net) -> f64 {
    if net.gate == Gate::Linear { 1.0 } else { (1.0 - 0.5f64.powf(net.width as f64)).powf(net.depth as f64) }
}

/// The density of ln of the L-th root at its median, were S normal, from below: the variance of one layer of Gaussian weights is below
/// 2/d + 2/d² + 1.5/d³, or 5/d + 20/d² with a gate, and below 5 at any rate where a gate keeps one unit.
fn log_density(net: &Net) -> f64 {
    let (d, depth) = (net.width as f64, net.depth as f64);
    let one = if net.gate == Gate::Linear { 2.0 / d + 2.0 / (d * d) + 1.5 / d.powi(3) } else { (5.0 / d + 20.0 / (d * d)).min(5.5) };
    0.3 * depth.sqrt() / one.sqrt()
}
