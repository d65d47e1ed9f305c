//! Probabilities of events in ReLU nets: exact grade.

use super::{Net, backend};
use crate::claim::{Context, Gathered, Unsettled};
use crate::formula::Scaled;
use crate::network::{Backend, NetworkError, States, forward};
use crate::sampled::{self, Case, Generator};

/// P(a^L ≠ 0): the share of nets that are alive.
///
/// # Errors
/// If the device is not there, fails, or no plan fits.
pub fn survival(context: &Context, nets: &[Net]) -> Result<Gathered, Unsettled> {
    let alive = |net: &Net| (1.0 - 0.5f64.powi(net.width as i32)).powi(net.depth as i32);
    shares(context, nets.iter().map(|net| case(net, (), 0.5 * alive(net), String::new())).collect(), |_, (), _, post| {
        post.iter().map(|state| Some(state.is_alive())).collect()
    })
}

/// P(h^L_1 > 0): the share of nets whose last layer's first gate is open.
///
/// # Errors
/// If the device is not there, fails, or no plan fits.
pub fn gate_openings(context: &Context, nets: &[Net]) -> Result<Gathered, Unsettled> {
    let open = |net: &Net| 0.5 * (1.0 - 0.5f64.powi(net.width as i32)).powi(net.depth as i32 - 1);
    shares(context, nets.iter().map(|net| case(net, (), 0.5 * open(net), String::new())).collect(), |net, (), pre, _| {
        pre.iter().map(|state| Some(net.gate.is_open(state.entries[0]))).collect()
    })
}

/// The probability of each of the 2^width gate patterns of the last layer, given that a^{L−1} is alive: all patterns together.
///
/// # Errors
/// If the device is not there, fails, or no plan fits.
pub fn gate_patterns(context: &Context, nets: &[Net]) -> Result<Gathered, Unsettled> {
    let patterns = |net: &Net| {
        let net = *net;
        (0..1u64 << net.width).map(move |pattern| case(&net, pattern, 0.25f64.powi(net.width as i32), format!(", pattern {pattern:b}")))
    };
    shares(context, nets.iter().flat_map(patterns).collect(), |net, pattern, pre, _| {
        // Behind a dead layer h is 0.
        pre.iter().map(|state| state.is_alive().then(|| state.pattern(net.gate) == *pattern)).collect()
    })
}

fn case<S>(net: &Net, event: S, guess: f64, suffix: String) -> Case<(Net, S)> {
    let configuration = net.configuration() + &suffix;
    Case { point: net.point(), configuration, setting: (*net, event), cost: net.cost(), guess }
}

/// The share of nets in whose last layer an event occurs, among those for which it is defined.
fn shares<S: Sync>(
    context: &Context,
    cases: Vec<Case<(Net, S)>>,
    event: impl Fn(&Net, &S, &States, &States) -> Vec<Option<bool>> + Sync,
) -> Result<Gathered, Unsettled> {
    let backend = backend(context)?;
    let last = |(net, setting): &(Net, S), backend: &Backend, generator: &mut Generator, nets: usize| {
        let mut found = Vec::new();
        let layers = vec![net.layer(); net.depth];
        forward(backend, &layers, &[net.input.entries(net.width)], nets, generator, |layer, pre, post| {
            if layer == net.depth {
                found =
                    event(net, setting, pre, post).into_iter().flatten().map(|occurs| Scaled::from(f64::from(u8::from(occurs)))).collect();
            }
        })?;
        Ok::<_, NetworkError>(found)
    };
    sampled::bounded_means(
        context,
        &cases,
        |_| Scaled::from(1.0),
        |setting, generator, draws| {
            let mut found: Vec<Scaled> = Vec::with_capacity(draws);
            while found.len() < draws {
                found.extend(last(setting, &backend, generator, draws - found.len())?);
            }
            Ok::<_, NetworkError>(found)
        },
    )
}
