//! Figure 9 · training perceptrons as wide as deep: SGD, momentum, RMSprop, Adam.

use suite::prelude::*;

/// The figure.
pub const FIGURE: Figure = Figure {
    id: "9",
    title: "Training a ReLU perceptron as wide as deep with four update rules",
    caption: "As figure 5, at width = depth: 64 layers of 64 units on handwritten digits (paper: 128 of 128 on Fashion-MNIST, --scale paper \
              --data DIR). A line for each of five fresh seeds, at the rate with the smallest last loss on a selection seed.",
    cost: |scale| training::deep::Shape::Wide.cost(scale),
    draw: |easel| training::deep::curves(easel, &[training::deep::Shape::Wide]),
};
