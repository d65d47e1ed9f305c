//! Gradients by candle's own backward pass, as an independent witness of the factored form.

use candle_core::{Device, Tensor, Var};
use rand_distr::{Distribution, StandardNormal};
use rayon::prelude::*;

use crate::claim::{Context, Effort, Gathered, Observation, Unsettled};
use crate::network::{Gate, NetworkError};
use crate::sampled::{Generator, ROUNDING, Streams};

use super::evidence::{Reading, observation};
use super::{Data, Layer, Loss, Network, Pass, Span};

/// The widths of the nets, from input to output; all layers but the last are gated.
const WIDTHS: [usize; 5] = [3, 5, 4, 4, 2];
/// The number of samples.
const SAMPLES: usize = 3;

/// The gradient by the backward pass in units of (1/n) Σ M_kᵀ r (a^{k−1})ᵀ, for every layer of many random ReLU nets: ⟨D, C⟩/⟨C, C⟩ and
/// ⟨D, D⟩/⟨C, C⟩, which are both 1 only if D = C. Layers with a gradient of 0 show nothing.
///
/// # Errors
/// If candle fails.
pub fn backward_passes(context: &Context) -> Result<Gathered, Unsettled> {
    let nets = match context.effort {
        Effort::Quick => 20,
        Effort::Standard => 100,
        Effort::Thorough => 2000,
    };
    let streams = Streams::of_evidence(context, "gated nets");
    let found = (0..nets).into_par_iter().map(|net| {
        let pairs = compared(&mut streams.chunk(net)).map_err(|error| Unsettled::Inconclusive(error.to_string()))?;
        let depth = WIDTHS.len() - 1;
        pairs.into_iter().flatten().map(|span| observation(depth, span, Reading::Whole)).collect::<Result<Vec<_>, _>>()
    });
    let observations: Vec<Observation> = found.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
    Ok(Gathered { observations, draws: nets, ..Gathered::default() })
}

/// The two quotients of each layer of one net.
fn compared(generator: &mut Generator) -> Result<Vec<[Span; 2]>, NetworkError> {
    let depth = WIDTHS.len() - 1;
    let mut normals = |count: usize, scale: f64| -> Vec<f64> {
        (0..count).map(|_| scale * Distribution::<f64>::sample(&StandardNormal, generator)).collect()
    };
    let gate = |k: usize| if k + 1 == depth { Gate::Linear } else { Gate::Relu };
    let weights: Vec<Vec<f64>> = WIDTHS.windows(2).map(|pair| normals(pair[0] * pair[1], (2.0 / pair[0] as f64).sqrt())).collect();
    let (inputs, targets) = (normals(SAMPLES * WIDTHS[0], 1.0), normals(SAMPLES * WIDTHS[depth], 1.0));

    let mut variables = Vec::new();
    let mut state = Tensor::from_vec(inputs.clone(), (SAMPLES, WIDTHS[0]), &Device::Cpu)?;
    for (k, entries) in weights.iter().enumerate() {
        let variable = Var::from_vec(entries.clone(), (WIDTHS[k + 1], WIDTHS[k]), &Device::Cpu)?;
        state = state.matmul(&variable.t()?)?;
        if gate(k) == Gate::Relu {
            state = state.relu()?;
        }
        variables.push(variable);
    }
    let wanted = Tensor::from_vec(targets.clone(), (SAMPLES, WIDTHS[depth]), &Device::Cpu)?;
    let loss = ((state - wanted)?.sqr()?.sum_all()? * (0.5 / SAMPLES as f64))?;
    let gradients = loss.backward()?;

    let layers = weights.into_iter().enumerate().map(|(k, entries)| Layer::new(entries, WIDTHS[k + 1], WIDTHS[k], gate(k)));
    let network = Network::new(layers.collect())?;
    let data = Data::new(&network, SAMPLES, inputs, targets)?;
    let closed = Pass::new(&network, &data, Loss::SquaredError)?.gradient()?;

    let mut quotients = Vec::new();
    for (variable, block) in variables.iter().zip(&closed.weights) {
        let Some(gradient) = gradients.get(variable) else { continue };
        let witness: Vec<f64> = gradient.flatten_all()?.to_vec1()?;
        let scale = 2f64.powi(i32::try_from(block.exponent).unwrap_or(i32::MIN));
        let closed: Vec<f64> = block.entries.iter().map(|x| x * scale).collect();
        let product = |x: &[f64], y: &[f64]| x.iter().zip(y).map(|(x, y)| x * y).sum::<f64>();
        let size = product(&closed, &closed);
        if size > 0.0 {
            let found = |value: f64| Span::around(value / size, ROUNDING);
            quotients.push([found(product(&witness, &closed)), found(product(&witness, &witness))]);
        }
    }
    Ok(quotients)
}
