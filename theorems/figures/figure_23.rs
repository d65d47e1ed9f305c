//! Figure 23 · perturbed gradient descent against RMSprop on the chain near its saddle.

use suite::prelude::*;

/// The figure.
pub const FIGURE: Figure = Figure {
    id: "23",
    title: "Perturbed gradient descent against RMSprop on the chain near its saddle",
    caption: "Loss of a chain of 10 weights, x = y = 1, from weights uniform on [-0.1, 0.1]: a line for each of three starts, under gradient \
              descent with noise in every coordinate of the gradient and under RMSprop (step 0.01, decay 0.99, epsilon 0). Steps, noise levels \
              and starts are reconstructed.",
    cost: dynamics::noise::cost,
    draw: |easel| Ok(dynamics::noise::courses(easel, "figure-23", 0.1, &[dynamics::noise::LOSS])),
};
