//! Figure 25 · as figure 23, from larger weights.

use suite::prelude::*;

/// The figure.
pub const FIGURE: Figure = Figure {
    id: "25",
    title: "As figure 23, from larger weights",
    caption: "Loss of a chain of 10 weights, x = y = 1, from weights uniform on [-0.5, 0.5], otherwise as figure 23. Steps, noise levels and starts \
              are reconstructed.",
    cost: dynamics::noise::cost,
    draw: |easel| Ok(dynamics::noise::courses(easel, "figure-25", 0.5, &[dynamics::noise::LOSS])),
};
