//! Figure stable-variance · training of a narrow deep perceptron from the typical variance and from He's.

use suite::prelude::*;

/// The figure.
pub const FIGURE: Figure = Figure {
    id: "stable-variance",
    title: "A narrow deep ReLU perceptron from the variance that keeps the typical size, beside He's",
    caption: "Top: gradient norm and largest Hessian eigenvalue before training, a point for each of fourteen pairs of the same draws scaled to \
              either variance; the line is equality. Bottom: training accuracy of every counted run, at the rate with the smallest median \
              last loss over three draws that are not counted. 64 layers of 16 units, Gaussian, biases 0 at first, batches of 128 \
              handwritten digits.",
    cost: training::typical::cost,
    draw: training::typical::curves,
};
