//! Fourth-order norms of deep pre-activations: by particles, and by the plain mean, which is refused.

use super::moments::{Stage, relative_variance};
use super::{Net, Norm, backend, failed};
use crate::claim::{Context, Gathered, Unsettled};
use crate::formula::Scaled;
use crate::network::{Backend, Gate, Layer, States, forward};
use crate::sampled::particles::Model;
use crate::sampled::{self, Case, Generator};

/// E of that norm of h^L at any depth, by particles with potentials ‖a^ℓ‖₂⁴/‖a^{ℓ−1}‖₂⁴ and, in the last layer, the norm of h^L over
/// ‖a^{L−1}‖₂⁴: asymptotic grade.
///
/// # Errors
/// If the device is not there, fails, or no plan fits.
pub fn particles(context: &Context, norm: Norm, nets: &[Net]) -> Result<Gathered, Unsettled> {
    let backend = backend(context)?;
    sampled::particle_means(context, &cases(nets), |net| Ok(Particles { net: *net, norm, backend: backend.clone() }))
}

/// The plain mean of ‖h^L‖₂⁴: refused where the tails are too fat for the number of draws that is affordable.
///
/// # Errors
/// `invalid tails`, with the numbers; or if the device fails.
pub fn plain_mean(context: &Context, net: Net) -> Result<Gathered, Unsettled> {
    let backend = backend(context)?;
    let spread = (1.0 + potential_spread(&net)).powi(i32::try_from(net.depth).unwrap_or(i32::MAX)) - 1.0;
    let case = Case { point: net.point(), configuration: net.configuration(), setting: net, cost: net.cost(), guess: spread };
    sampled::means(context, &[case], "independent layers, each with its exact moments", |net, generator, draws| {
        let mut found = Vec::new();
        let layers = vec![net.layer(); net.depth];
        forward(&backend, &layers, &[net.input.entries(net.width)], draws, generator, |layer, pre, _| {
            if layer == net.depth {
                found = pre.iter().map(|state| Norm::TwoFourth.of(state)).collect();
            }
        })?;
        Ok::<_, crate::network::NetworkError>(found)
    })
}

fn cases(nets: &[Net]) -> Vec<Case<Net>> {
    let case = |net: &Net| Case {
        point: net.point(),
        configuration: net.configuration(),
        setting: *net,
        cost: net.cost(),
        guess: net.depth as f64 * potential_spread(net),
    };
    nets.iter().map(case).collect()
}

/// The relative variance of a potential behind a flat state.
fn potential_spread(net: &Net) -> f64 {
    relative_variance(Norm::TwoFourth, Stage::MatrixThenGate, net.law(), net.gate, &vec![1.0; net.width], net.width)
}

/// Layers as a particle model.
struct Particles {
    net: Net,
    norm: Norm,
    backend: Backend,
}

impl Model for Particles {
    type Population = States;

    fn layers(&self) -> usize {
        self.net.depth
    }

    fn start(&self, particles: usize, _: &mut Generator) -> Result<States, Unsettled> {
        States::repeat(&[self.net.input.entries(self.net.width)], particles).map_err(|error| failed(&error))
    }

    fn step(&self, layer: usize, population: &mut States, generator: &mut Generator) -> Result<Vec<Scaled>, Unsettled> {
        let last = layer == self.net.depth;
        let gate = if last { Gate::Linear } else { self.net.gate };
        let random = Layer { gate, ..self.net.layer() };
        let (next, mut potentials) = random.step(&self.backend, population, generator).map_err(|error| failed(&error))?;
        if last {
            potentials = next.iter().zip(population.iter()).map(|(h, a)| over(self.norm.of(h), a.norm2_pow4())).collect();
        }
        if layer == 1 {
            let start = population.state(0).norm2_pow4();
            potentials.iter_mut().for_each(|potential| *potential *= start);
        }
        *population = next;
        Ok(potentials)
    }

    fn select(&self, population: &States, parents: &[usize]) -> Result<States, Unsettled> {
        Ok(population.select(parents))
    }
}

/// x/y, and 0 behind a dead state.
fn over(x: Scaled, y: Scaled) -> Scaled {
    if y.is_zero() { y } else { x / y }
}
