//! Figure 17 · perceptrons with batch normalisation and skips.

use suite::prelude::*;

/// The figure.
pub const FIGURE: Figure = Figure {
    id: "17",
    title: "Perceptrons: batch normalisation or skips alone explode, both grow slowly",
    caption: "Medians with order-statistic intervals over random nets with He uniform weights, Gaussian inputs and targets, batches of 32, width 32. Skips span three maps. Hessian blocks are those of the middle map, estimated from one probe a net. Sizes are reconstructed.",
    cost,
    draw,
};

/// What is compared.
pub const SIZES: Sizes = Sizes {
    small: Study {
        kinds: &[
            ("neither", trials::Kind::perceptron(32, Wiring::STRIPPED)),
            ("batch-norm alone", trials::Kind::perceptron(32, Wiring::NORMALISED)),
            ("skips alone", trials::Kind::perceptron(32, Wiring::skipping(3))),
            ("both", trials::Kind::perceptron(32, Wiring::both(3))),
        ],
        depths: &[8, 17, 26, 35, 44, 53],
        nets: 19,
    },
    paper: Study {
        kinds: &[
            ("neither", trials::Kind::perceptron(32, Wiring::STRIPPED).seeing(128)),
            ("batch-norm alone", trials::Kind::perceptron(32, Wiring::NORMALISED).seeing(128)),
            ("skips alone", trials::Kind::perceptron(32, Wiring::skipping(3)).seeing(128)),
            ("both", trials::Kind::perceptron(32, Wiring::both(3)).seeing(128)),
        ],
        depths: &[8, 32, 62, 92, 128],
        nets: 31,
    },
};

fn cost(scale: Scale) -> String {
    SIZES.cost(scale)
}

fn draw(easel: &Easel<'_>) -> Result<Drawing, String> {
    SIZES.draw(easel, "figure-17")
}
