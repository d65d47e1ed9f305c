//! Figure 24 · squared gradients and curvature on the way from the saddle.

use suite::prelude::*;

/// The figure.
pub const FIGURE: Figure = Figure {
    id: "24",
    title: "Squared gradients and curvature on the way from the saddle",
    caption: "Average of squared gradients (decay 0.99) and largest Hessian eigenvalue along the runs of figure 23.",
    cost: dynamics::noise::cost,
    draw: |easel| Ok(dynamics::noise::courses(easel, "figure-23", 0.1, &[dynamics::noise::SQUARE, dynamics::noise::LARGEST])),
};
