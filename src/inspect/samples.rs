//! Inputs and targets from named tensors.

use super::error::InspectError;
use super::perceptron::Perceptron;
use super::tensors::Tensor;
use crate::curvature::Data;

/// The floating-point operations on pairs of samples that block norms may take: an hour or two on two cores.
const MOST_OPERATIONS: f64 = 1e14;

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
    let rows = network.layers().iter().map(|layer| layer.rows as f64).collect::<Vec<f64>>();
    // Eight for each pair of samples, pair of layers and pair of their units.
    let one = 4.0 * rows.iter().sum::<f64>().powi(2);
    if one * (samples as f64).powi(2) > MOST_OPERATIONS {
        let most = (MOST_OPERATIONS / one).sqrt() as usize;
        return Err(InspectError::new(format!(
            "tensor `x` holds {samples} samples, whose pairs would take hours in the Hessian blocks of this net: give at most {most} of them"
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
