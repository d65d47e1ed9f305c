//! One random layer from adversarial inputs: exact grade, since the spread of a norm behind one layer is known exactly.

use rand::Rng;

use super::moments::{Stage, relative_variance};
use super::{Net, Norm, backend};
use crate::claim::{Context, Gathered, Unsettled};
use crate::formula::Scaled;
use crate::network::{Backend, NetworkError, Norms, State, States};
use crate::sampled::{self, Case, Generator};

/// The variance that plans and intervals rest on.
const SPREAD: &str = "exact moments of order 8 of the law";

/// E of that norm behind one layer of each net (depths do not matter), by Catoni's influence function: exact grade.
///
/// The points carry depth 1; behind [`Stage::Gate`] and [`Stage::GateThenMatrix`] `x2` and `x4` are those of the pre-activation h.
///
/// # Errors
/// If the device is not there, fails, or no plan fits.
pub fn one_layer(context: &Context, norm: Norm, stage: Stage, nets: &[Net]) -> Result<Gathered, Unsettled> {
    let backend = backend(context)?;
    let case = |net: &Net| {
        let net = Net { depth: 1, ..*net };
        let spread = relative_variance(norm, stage, net.law(), net.gate, &net.input.units(net.width), net.width);
        let cost = if stage == Stage::Gate { net.width as u64 } else { net.cost() };
        Case { point: net.point(), configuration: net.configuration(), setting: net, cost, guess: spread }
    };
    let cases: Vec<_> = nets.iter().map(case).collect();
    sampled::means(context, &cases, SPREAD, |net, generator, draws| match stage {
        Stage::Gate => Ok(gated(net, generator, draws)?.iter().map(|state| norm.of(state)).collect()),
        Stage::GateThenMatrix => behind_gates(&backend, net, norm, generator, draws),
        Stage::Matrix | Stage::MatrixThenGate => behind_matrices(&backend, net, norm, stage, generator, draws),
    })
}

fn behind_matrices(
    backend: &Backend,
    net: &Net,
    norm: Norm,
    stage: Stage,
    generator: &mut Generator,
    draws: usize,
) -> Result<Vec<Scaled>, NetworkError> {
    let input = States::repeat(&[net.input.entries(net.width)], 1)?;
    let exponent = input.state(0).exponent;
    let mut found = Vec::with_capacity(draws);
    net.layer().norms(backend, &input, draws, generator, |_, norms| found.push(of(norms, norm, stage, exponent)))?;
    Ok(found)
}

fn of(norms: &Norms, norm: Norm, stage: Stage, exponent: i64) -> Scaled {
    let gated = stage == Stage::MatrixThenGate;
    let (norm2_pow2, norm4_pow4) =
        if gated { (norms.post_norm2_pow2, norms.post_norm4_pow4) } else { (norms.pre_norm2_pow2, norms.pre_norm4_pow4) };
    match norm {
        Norm::TwoSquared => Scaled::new(norm2_pow2, 2 * exponent),
        Norm::TwoFourth => Scaled::new(norm2_pow2 * norm2_pow2, 4 * exponent),
        Norm::FourFourth => Scaled::new(norm4_pow4, 4 * exponent),
    }
}

/// h with random signs through its gates, then through W.
fn behind_gates(backend: &Backend, net: &Net, norm: Norm, generator: &mut Generator, draws: usize) -> Result<Vec<Scaled>, NetworkError> {
    let gated = gated(net, generator, draws)?;
    Ok(net.layer().forward(backend, &gated, 1, generator)?.iter().map(|state| norm.of(state)).collect())
}

/// h with random signs through its gates.
fn gated(net: &Net, generator: &mut Generator, draws: usize) -> Result<States, NetworkError> {
    let magnitudes = net.input.entries(net.width);
    let mut pre = Vec::with_capacity(draws * net.width);
    for _ in 0..draws {
        let mut word = 0;
        for (index, magnitude) in magnitudes.iter().enumerate() {
            if index.is_multiple_of(64) {
                word = generator.next_u64();
            }
            let negative = word >> (index % 64) & 1 == 1;
            pre.push(if negative { -magnitude } else { *magnitude });
        }
    }
    Ok(States::normalised(net.width, pre, vec![0; draws]).gated(net.gate))
}

impl Norm {
    /// The power of the norm of a vector.
    #[must_use]
    pub fn of(self, state: State<'_>) -> Scaled {
        match self {
            Norm::TwoSquared => state.norm2_pow2(),
            Norm::TwoFourth => state.norm2_pow4(),
            Norm::FourFourth => state.norm4_pow4(),
        }
    }
}
