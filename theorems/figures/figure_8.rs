//! Figure 8 · training a deep stripped ResNet: SGD, momentum, RMSprop.

use suite::prelude::*;

/// The figure.
pub const FIGURE: Figure = Figure {
    id: "8",
    title: "Training a deep ResNet without batch normalisation and skips with three update rules",
    caption: "Accuracy, loss and gradient norm along training, a line for each fresh seed, at the rate with the smallest last loss on a \
              selection seed. He uniform, biases, batches of 64, cross-entropy; 41 maps from 8 channels on handwritten digits (paper: about 500, \
              --scale paper --data DIR). Sizes other than the paper's are reconstructed.",
    cost: training::deep_resnet::cost,
    draw: training::deep_resnet::curves,
};
