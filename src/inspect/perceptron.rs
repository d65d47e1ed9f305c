//! A perceptron from named tensors: 2-D tensors in natural order of names are the layers, 1-D tensors of the same stem their biases.

use super::error::InspectError;
use super::tensors::Tensor;
use crate::curvature::{Layer, Network};
use crate::network::Gate;

/// A network and the names of its tensors.
#[derive(Clone, Debug, PartialEq)]
pub struct Perceptron {
    /// The network: a gate after each layer but the last.
    pub network: Network,
    /// The names of the weights, first layer to last.
    pub weights: Vec<String>,
    /// The names of the biases.
    pub biases: Vec<Option<String>>,
}

/// Puts the perceptron together. `file` is named where there is nothing better to name.
///
/// # Errors
/// If a tensor is neither 2-D nor a bias of one, or shapes do not chain.
pub fn assemble(file: &str, tensors: &[Tensor], gate: Gate) -> Result<Perceptron, InspectError> {
    if let Some(tensor) = tensors.iter().find(|tensor| ![1, 2].contains(&tensor.shape.len())) {
        let (name, shape, dimensions) = (&tensor.name, tensor.shape(), tensor.shape.len());
        return Err(InspectError::new(format!(
            "tensor `{name}` has {dimensions} dimensions ({shape}), but inspect reads multi-layer perceptrons, whose weights have 2: export the linear layers alone"
        )));
    }
    let weights: Vec<&Tensor> = tensors.iter().filter(|tensor| tensor.shape.len() == 2).collect();
    if weights.is_empty() {
        let names = tensors.iter().map(|tensor| format!("`{}`", tensor.name)).collect::<Vec<_>>().join(", ");
        return Err(InspectError::new(format!("`{file}` holds no 2-D tensor, only {names}: export the weights of the linear layers too")));
    }
    refuse_broken_chain(&weights)?;
    let mut biases: Vec<Option<&Tensor>> = vec![None; weights.len()];
    for tensor in tensors.iter().filter(|tensor| tensor.shape.len() == 1) {
        let layer = owner(tensor, &weights)?;
        if let Some(other) = biases[layer].replace(tensor) {
            let (name, other, weight) = (&tensor.name, &other.name, &weights[layer].name);
            return Err(InspectError::new(format!("tensors `{other}` and `{name}` could both be the bias of `{weight}`: leave one out")));
        }
    }
    let last = weights.len() - 1;
    let layers = weights.iter().zip(&biases).enumerate().map(|(index, (weight, bias))| {
        let gate = if index < last { gate } else { Gate::Linear };
        let layer = Layer::new(weight.entries.clone(), weight.shape[0], weight.shape[1], gate);
        Layer { biases: bias.map(|bias| bias.entries.clone()), ..layer }
    });
    Ok(Perceptron {
        network: Network::new(layers.collect())?,
        weights: weights.iter().map(|tensor| tensor.name.clone()).collect(),
        biases: biases.iter().map(|bias| bias.map(|bias| bias.name.clone())).collect(),
    })
}

fn refuse_broken_chain(weights: &[&Tensor]) -> Result<(), InspectError> {
    let Some(pair) = weights.windows(2).find(|pair| pair[0].shape[0] != pair[1].shape[1]) else { return Ok(()) };
    let (before, after) = (pair[0], pair[1]);
    let advice = if before.shape[0] == after.shape[0] {
        "transpose it, as PyTorch writes weights as [outputs, inputs]"
    } else if before.shape[1] == after.shape[0] {
        "transpose both, as PyTorch writes weights as [outputs, inputs]"
    } else {
        "rename the tensors so that the natural order of their names is the order of the layers"
    };
    Err(InspectError::new(format!(
        "tensor `{}` {} takes inputs of length {}, but `{}` {} before it gives {}: {advice}",
        after.name,
        after.shape(),
        after.shape[1],
        before.name,
        before.shape(),
        before.shape[0],
    )))
}

/// The layer whose bias a 1-D tensor is.
fn owner(bias: &Tensor, weights: &[&Tensor]) -> Result<usize, InspectError> {
    let (name, length) = (&bias.name, bias.shape[0]);
    let stem = stem(name);
    let found = weights.iter().position(|weight| self::stem(&weight.name) == stem).ok_or_else(|| {
        InspectError::new(format!(
            "tensor `{name}` {} is no bias of a 2-D tensor of the same stem, and normalisation layers are not read: leave it out, or rename it after its weight",
            bias.shape()
        ))
    })?;
    let rows = weights[found].shape[0];
    if rows != length {
        let weight = &weights[found].name;
        return Err(InspectError::new(format!(
            "tensor `{name}` has {length} entries, but `{weight}` has {rows} rows: a bias has one entry a row"
        )));
    }
    Ok(found)
}

/// What a weight's and its bias's names share: the name without the words for the two; `net.0` of `net.0.weight`, `1` of `b1`.
fn stem(name: &str) -> Vec<String> {
    let words = name.split(['.', '_', '/']).map(str::to_lowercase);
    let bare = words.map(|word| {
        let end = word.trim_end_matches(|c: char| c.is_ascii_digit());
        if ["weight", "bias", "kernel", "w", "b"].contains(&end) { word[end.len()..].to_owned() } else { word }
    });
    bare.filter(|word| !word.is_empty()).collect()
}
