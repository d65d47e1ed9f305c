//! Figure 4 · gradient and Hessian at LeCun's initialisation.

use suite::prelude::*;

/// The figure.
pub const FIGURE: Figure = Figure {
    id: "4",
    title: "LeCun's uniform initialisation: gradient and Hessian of ReLU nets vanish with depth at every width, the diagonal twice as fast",
    caption: "ReLU, weights uniform of variance 1/(3 width), one Gaussian sample, the target of a teacher of one hidden layer, f = a^L. \
              Lines: root mean squares over nets, inputs and teachers from the closed forms of ext-gradient and ext-hessian. Points: medians \
              over nets, bars: quartiles; a dead net counts as 0. Sizes are reconstructed.",
    cost,
    draw,
};

/// The nets.
pub const KIND: suite::theorems::figures::blocks::Initialisation =
    suite::theorems::figures::blocks::Initialisation { gate: network::Gate::Relu, gain: 1, over: 3 };
const WIDTHS: [Option<usize>; 3] = [Some(8), Some(32), None];

fn cost(scale: Scale) -> String {
    suite::theorems::figures::blocks::cost_of_blocks(KIND, &WIDTHS, scale)
}

fn draw(easel: &Easel) -> Result<Drawing, String> {
    suite::theorems::figures::blocks::blocks(
        &easel.context("figure-4", "nets"),
        KIND,
        &WIDTHS,
        suite::theorems::figures::blocks::plan(easel.scale),
    )
}
