//! Figure 5 · training deep narrow perceptrons: SGD, momentum, RMSprop, Adam.

use suite::prelude::*;

/// The figure.
pub const FIGURE: Figure = Figure {
    id: "5",
    title: "Training a deep narrow ReLU perceptron with four update rules",
    caption: "Accuracy, loss, gradient norm and largest Hessian eigenvalue along training, a line for each of five fresh seeds, at the rate with the \
              smallest last loss on a selection seed. He uniform, batches of 128, cross-entropy; 64 layers of 16 units on handwritten digits (paper: \
              128 of 32 on Fashion-MNIST, --scale paper --data DIR), with biases and, below, without. Sizes other than the paper's are \
              reconstructed.",
    cost: |scale| [training::deep::Shape::Narrow, training::deep::Shape::Homogeneous].map(|shape| shape.cost(scale)).join("; then "),
    draw: |easel| training::deep::curves(easel, &[training::deep::Shape::Narrow, training::deep::Shape::Homogeneous]),
};
