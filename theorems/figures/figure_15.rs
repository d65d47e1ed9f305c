//! Figure 15 · gradient and Hessian of linear nets at Xavier's initialisation.

use suite::prelude::*;

/// The figure.
pub const FIGURE: Figure = Figure {
    id: "15",
    title: "Gradient and Hessian of linear nets at Xavier's uniform initialisation: width 32, and width = depth",
    caption: "Linear, weights uniform of variance 1/width, one Gaussian sample, the target of a teacher of one hidden layer, f = a^L. \
              Lines: root mean squares over nets, inputs and teachers from the closed forms of ext-gradient and ext-hessian. Points: medians \
              over nets, bars: quartiles. Sizes are reconstructed.",
    cost,
    draw,
};

/// The nets.
pub const KIND: suite::theorems::figures::blocks::Initialisation =
    suite::theorems::figures::blocks::Initialisation { gate: network::Gate::Linear, gain: 1, over: 1 };
const WIDTHS: [Option<usize>; 2] = [Some(32), None];

fn cost(scale: Scale) -> String {
    suite::theorems::figures::blocks::cost_of_blocks(KIND, &WIDTHS, scale)
}

fn draw(easel: &Easel) -> Result<Drawing, String> {
    suite::theorems::figures::blocks::blocks(
        &easel.context("figure-15", "nets"),
        KIND,
        &WIDTHS,
        suite::theorems::figures::blocks::plan(easel.scale),
    )
}
