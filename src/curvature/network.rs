//! One given perceptron and its data.

use crate::network::{Gate, NetworkError};

/// One layer: a^k = D (W a^{k−1} + b).
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// W, row by row.
    pub weights: Vec<f64>,
    /// The number of rows of W: the layer's width.
    pub rows: usize,
    /// The number of columns of W: the width before it.
    pub columns: usize,
    /// b, one entry a row.
    pub biases: Option<Vec<f64>>,
    /// D.
    pub gate: Gate,
    /// Whether W and b are parameters; a frozen layer is a fixed map, such as the paper's A and B.
    pub trained: bool,
}

impl Layer {
    /// A trained layer without biases.
    #[must_use]
    pub fn new(weights: Vec<f64>, rows: usize, columns: usize, gate: Gate) -> Self {
        Layer { weights, rows, columns, biases: None, gate, trained: true }
    }

    /// The number of its parameters, biases included; 0 if frozen.
    #[must_use]
    pub fn parameters(&self) -> usize {
        if self.trained { self.weights.len() + self.biases.as_ref().map_or(0, Vec::len) } else { 0 }
    }
}

/// A perceptron: layers whose shapes chain.
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    layers: Vec<Layer>,
}

impl Network {
    /// The perceptron of those layers, first to last.
    ///
    /// The paper's f = B a^L is a gated stack with a frozen linear layer B behind it, or with nothing behind it for B = I.
    ///
    /// # Errors
    /// If there is no layer, shapes do not chain, or a number is not finite; in words, with layers counted from 1.
    pub fn new(layers: Vec<Layer>) -> Result<Self, NetworkError> {
        if layers.is_empty() {
            return Err(NetworkError::Shape("a network needs at least one layer".to_owned()));
        }
        for (index, layer) in layers.iter().enumerate() {
            let (number, rows, columns) = (index + 1, layer.rows, layer.columns);
            if rows == 0 || columns == 0 || layer.weights.len() != rows * columns {
                let count = layer.weights.len();
                return Err(NetworkError::Shape(format!("layer {number} has {count} weights, not {rows} × {columns} of them")));
            }
            if index > 0 && layers[index - 1].rows != columns {
                let before = layers[index - 1].rows;
                return Err(NetworkError::Shape(format!("layer {number} takes {columns} numbers, layer {index} gives {before}")));
            }
            if let Some(biases) = layer.biases.as_ref().filter(|biases| biases.len() != rows) {
                return Err(NetworkError::Shape(format!("layer {number} has {rows} rows and {} biases", biases.len())));
            }
            if layer.weights.iter().chain(layer.biases.iter().flatten()).any(|x| !x.is_finite()) {
                return Err(NetworkError::NotFinite(format!("a parameter of layer {number}")));
            }
        }
        Ok(Network { layers })
    }

    /// The layers, first to last.
    #[must_use]
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// The indices of the trained layers.
    #[must_use]
    pub fn trained(&self) -> Vec<usize> {
        (0..self.layers.len()).filter(|&k| self.layers[k].trained).collect()
    }

    /// The number of parameters. A vector of all of them holds, for each trained layer, the weights row by row, then the biases.
    #[must_use]
    pub fn parameters(&self) -> usize {
        self.layers.iter().map(Layer::parameters).sum()
    }

    /// The length of an input.
    #[must_use]
    pub fn input_width(&self) -> usize {
        self.layers[0].columns
    }

    /// The length of an output.
    #[must_use]
    pub fn output_width(&self) -> usize {
        self.layers[self.layers.len() - 1].rows
    }
}

/// Inputs and targets, sample by sample.
#[derive(Clone, Debug, PartialEq)]
pub struct Data {
    count: usize,
    inputs: Vec<f64>,
    targets: Vec<f64>,
}

impl Data {
    /// `count` samples of a network: `inputs` is [count, input width], `targets` [count, output width].
    ///
    /// # Errors
    /// If there is no sample, sizes do not fit the network, or a number is not finite.
    pub fn new(network: &Network, count: usize, inputs: Vec<f64>, targets: Vec<f64>) -> Result<Self, NetworkError> {
        if count == 0 {
            return Err(NetworkError::Shape("the data hold no sample".to_owned()));
        }
        for (name, numbers, width) in [("inputs", &inputs, network.input_width()), ("targets", &targets, network.output_width())] {
            if numbers.len() != count * width {
                let found = numbers.len();
                return Err(NetworkError::Shape(format!("the {name} hold {found} numbers; {count} samples of {width} are needed")));
            }
            if numbers.iter().any(|x| !x.is_finite()) {
                return Err(NetworkError::NotFinite(format!("one of the {name}")));
            }
        }
        Ok(Data { count, inputs, targets })
    }

    /// The number of samples.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// The inputs, sample by sample.
    #[must_use]
    pub fn inputs(&self) -> &[f64] {
        &self.inputs
    }

    /// The targets, sample by sample.
    #[must_use]
    pub fn targets(&self) -> &[f64] {
        &self.targets
    }
}
