//! Figure 18 · convolutional nets with batch normalisation and skips.

use suite::prelude::*;

/// The figure.
pub const FIGURE: Figure = Figure {
    id: "18",
    title: "Convolutional nets: batch normalisation or skips alone explode, skips of one fastest",
    caption: "Medians with order-statistic intervals over random nets with He uniform weights that should reproduce photographs of 7 x 7 pixels; 8 channels, circular padding. Hessian blocks are those of the middle map, estimated from one probe a net. Sizes are reconstructed.",
    cost,
    draw,
};

/// What is compared.
pub const SIZES: Sizes = Sizes {
    small: Study {
        kinds: &[
            ("batch-norm alone", trials::Kind::convolutional(7, 8, Padding::Circular, Wiring::NORMALISED)),
            ("skips of three alone", trials::Kind::convolutional(7, 8, Padding::Circular, Wiring::skipping(3))),
            ("skips of one alone", trials::Kind::convolutional(7, 8, Padding::Circular, Wiring::skipping(1))),
            ("both", trials::Kind::convolutional(7, 8, Padding::Circular, Wiring::both(3))),
        ],
        depths: &[8, 17, 26, 35, 44],
        nets: 19,
    },
    paper: Study {
        kinds: &[
            ("batch-norm alone", trials::Kind::convolutional(32, 16, Padding::Circular, Wiring::NORMALISED).seeing(32)),
            ("skips of three alone", trials::Kind::convolutional(32, 16, Padding::Circular, Wiring::skipping(3)).seeing(32)),
            ("skips of one alone", trials::Kind::convolutional(32, 16, Padding::Circular, Wiring::skipping(1)).seeing(32)),
            ("both", trials::Kind::convolutional(32, 16, Padding::Circular, Wiring::both(3)).seeing(32)),
        ],
        depths: &[8, 32, 62, 92, 128],
        nets: 31,
    },
};

fn cost(scale: Scale) -> String {
    SIZES.cost(scale)
}

fn draw(easel: &Easel<'_>) -> Result<Drawing, String> {
    SIZES.draw(easel, "figure-18")
}
