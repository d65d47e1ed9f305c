//! Inputs and targets from named tensors.

use super::error::InspectError;
use super::perceptron::Perceptron;
use super::tensors::Tensor;
use crate::curvature::Data;

/// The numbers that block norms may hold at once.
const LARGEST: usize = 1 << 28;

/// The data in tensors `x` [n, inputs] and `y` [n, outputs]; others are passed over.
///
/// # Errors
/// If one is missing, sizes do not fit each other or the network, or there are too many samples for the memory.
pub fn gather(file: &str, tensors: &[Tensor], perceptron: &Perceptron) -> Result<Data, InspectError> {
    let network = &perceptron.network;
    let (first, last) = (&perceptron.weights[0], &perceptron.weights[perceptron.weights.len() - 1]);
    let x = matrix(file, tensors, "x", network.input_width(), &format!("`{first}` takes"))?;
    let y = matrix(file, tensors, "y", network.output_width(), &format!("`{last}` gives"))?;
    let (samples, targets) = (x.shape[0], y.shape[0]);
    if samples != targets {
        return Err(InspectError::new(format!(
            "tensor `y` holds {targets} samples, but `x` holds {samples}: give one target to each input"
        )));
    }
    let width = network.layers().iter().map(|layer| layer.rows).max().unwrap_or(1);
    let held = |samples: usize| samples.saturating_mul(width * width + samples).saturating_mul(network.layers().len());
    if held(samples) > LARGEST {
        let most = (1..samples).take_while(|&n| held(n) <= LARGEST).last().unwrap_or(0);
        return Err(InspectError::new(format!(
            "tensor `x` holds {samples} samples, too many for the Hessian blocks of this net in memory: give at most {most} of them"
        )));
    }
    Ok(Data::new(network, samples, x.entries.clone(), y.entries.clone())?)
}

fn matrix<'t>(file: &str, tensors: &'t [Tensor], name: &str, width: usize, who: &str) -> Result<&'t Tensor, InspectError> {
    let Some(tensor) = tensors.iter().find(|tensor| tensor.name == name) else {
        let found = tensors.iter().map(|tensor| format!("`{}`", tensor.name)).collect::<Vec<_>>().join(", ");
        return Err(InspectError::new(format!(
            "`{file}` has no tensor `{name}` but {found}: save the data as `x` [n, inputs] and `y` [n, outputs]"
        )));
    };
    let shape = tensor.shape();
    if tensor.shape.len() != 2 || tensor.shape[1] != width {
        return Err(InspectError::new(format!(
            "tensor `{name}` is {shape}, but {who} vectors of length {width}: give it the shape [n, {width}]"
        )));
    }
    Ok(tensor)
}
