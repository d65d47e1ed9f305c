//! Figure 1 · gradient and Hessian of ReLU nets at He's initialisation.

use suite::prelude::*;

/// The figure.
pub const FIGURE: Figure = Figure {
    id: "1",
    title: "Gradient and Hessian of ReLU nets at He's uniform initialisation: width 32 vanishes with depth, width = depth does not",
    caption: "ReLU, weights uniform of variance 2/width, one Gaussian sample, the target of a teacher of one hidden layer, f = a^L. Lines: \
              root mean squares over nets, inputs and teachers from the closed forms of ext-gradient and ext-hessian, which hold for ReLU \
              because the direction of a target is independent of the net. Points: medians over nets, bars: quartiles. Sizes are \
              reconstructed.",
    cost: suite::theorems::figures::blocks::cost_of_blocks,
    draw,
};

fn draw(easel: &Easel) -> Result<Drawing, String> {
    let kind = suite::theorems::figures::blocks::Initialisation { gate: network::Gate::Relu, gain: 2, over: 1 };
    suite::theorems::figures::blocks::blocks(easel, &easel.context("figure-1", "nets"), kind, &[Some(32), None])
}
