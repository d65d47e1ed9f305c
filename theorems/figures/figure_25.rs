//! Figure 25 · as figure 23, from larger weights.

use suite::prelude::*;

/// The figure.
pub const FIGURE: Figure = Figure {
    id: "25",
    title: "As figure 23, from larger weights",
    caption: "Loss of a chain of 10 weights, x = y = 1, from weights uniform on [-0.5, 0.5]: a line for each of three starts, under gradient descent with noise in every coordinate of the gradient and under RMSprop \
              (step 0.01, decay 0.99, epsilon 0). Steps, noise levels and starts are reconstructed.",
    cost,
    draw,
};

fn cost(scale: Scale) -> String {
    format!("30 runs of {} updates of 10 weights", dynamics::noise::shown_updates(scale))
}

fn draw(easel: &Easel) -> Result<Drawing, String> {
    Ok(dynamics::noise::courses(easel, "figure-25", 0.5, &[dynamics::noise::LOSS]))
}
