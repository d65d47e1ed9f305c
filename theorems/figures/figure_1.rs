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
    cost,
    draw,
};

/// The nets.
pub const KIND: suite::theorems::figures::blocks::Initialisation =
    suite::theorems::figures::blocks::Initialisation { gate: network::Gate::Relu, gain: 2, over: 1 };
const WIDTHS: [Option<usize>; 2] = [Some(32), None];

fn cost(scale: Scale) -> String {
    suite::theorems::figures::blocks::cost_of_blocks(KIND, &WIDTHS, scale)
}

fn draw(easel: &Easel) -> Result<Drawing, String> {
    suite::theorems::figures::blocks::blocks(
        &easel.context("figure-1", "nets"),
        KIND,
        &WIDTHS,
        suite::theorems::figures::blocks::plan(easel.scale),
    )
}
