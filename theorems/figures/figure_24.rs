//! Figure 24 · squared gradients and curvature on the way from the saddle.

use suite::prelude::*;

/// The figure.
pub const FIGURE: Figure = Figure {
    id: "24",
    title: "Squared gradients and curvature on the way from the saddle",
    caption: "Average of squared gradients (decay 0.99) and largest Hessian eigenvalue along the runs of figure 23: a line for each of three starts, under gradient descent with noise in every coordinate of the gradient and under RMSprop \
              (step 0.01, decay 0.99, epsilon 0). Steps, noise levels and starts are reconstructed.",
    cost,
    draw,
};

fn cost(scale: Scale) -> String {
    format!("30 runs of {} updates of 10 weights", dynamics::noise::shown_updates(scale))
}

fn draw(easel: &Easel) -> Result<Drawing, String> {
    Ok(dynamics::noise::courses(easel, "figure-23", 0.1, &[dynamics::noise::SQUARE, dynamics::noise::LARGEST]))
}
