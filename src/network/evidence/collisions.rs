//! Whether all gates of a net are fair coins together, by collisions: exact grade.
//!
//! For probabilities P_i of m patterns, m Σ P_i² − 1 is the χ² distance from the uniform law, 0 for it alone; Σ P_i² is the probability
//! that two independent nets have the same pattern.

use super::{Net, backend};
use crate::claim::{Context, Gathered, Unsettled};
use crate::formula::Scaled;
use crate::network::{NetworkError, forward};
use crate::sampled::{self, Case, Generator};

/// The work of one draw, in weights of a net: two living nets, and their patterns.
const COST: u64 = 10;

/// The probability that two nets which live before their last layers have the same gates in all layers.
///
/// # Errors
/// If the device is not there, fails, or no plan fits.
pub fn gate_collisions(context: &Context, nets: &[Net]) -> Result<Gathered, Unsettled> {
    let backend = backend(context)?;
    let case = |net: &Net| {
        let guess = 0.5f64.powi((net.width * net.depth) as i32);
        Case { point: net.point(), configuration: net.configuration(), setting: *net, cost: COST * net.cost(), guess }
    };
    let cases: Vec<_> = nets.iter().map(case).collect();
    let patterns = |net: &Net, generator: &mut Generator, count: usize| {
        let mut gates = vec![Vec::with_capacity(net.depth); count];
        let layers = vec![net.layer(); net.depth];
        forward(&backend, &layers, &[net.input.entries(net.width)], count, generator, |_, pre, _| {
            // Behind a dead layer h is 0.
            gates.iter_mut().zip(pre.iter()).for_each(|(gates, state)| gates.push(state.is_alive().then(|| state.pattern(net.gate))));
        })?;
        Ok::<_, NetworkError>(gates.into_iter().filter_map(|gates| gates.into_iter().collect::<Option<Vec<u64>>>()).collect::<Vec<_>>())
    };
    sampled::bounded_means(
        context,
        &cases,
        |_| Scaled::from(1.0),
        |net, generator, draws| {
            let mut living: Vec<Vec<u64>> = Vec::with_capacity(2 * draws);
            while living.len() < 2 * draws {
                living.extend(patterns(net, generator, 2 * draws - living.len())?);
            }
            Ok::<_, NetworkError>(living.chunks_exact(2).map(|pair| Scaled::from(f64::from(u8::from(pair[0] == pair[1])))).collect())
        },
    )
}
