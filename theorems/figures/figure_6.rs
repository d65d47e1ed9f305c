//! Figure 6 · fully convolutional nets: padding and channels.

use suite::prelude::*;

/// The figure.
pub const FIGURE: Figure = Figure {
    id: "6",
    title: "Fully convolutional nets vanish with depth, faster with zero padding and on small images",
    caption: "Medians with order-statistic intervals over random nets (He uniform, filters of edge 3) that should reproduce photographs; \
              8 channels, or as many as a fourth of the depth. Hessian blocks are those of the middle map, estimated from one probe a net. \
              Sizes are reconstructed.",
    cost,
    draw,
};

/// What is compared.
pub const SIZES: Sizes = Sizes {
    small: Study {
        kinds: &[
            ("zero padding, 16 x 16", trials::Kind::convolutional(16, 8, Padding::Zero, Wiring::STRIPPED).seeing(4)),
            ("zero padding, 7 x 7", trials::Kind::convolutional(7, 8, Padding::Zero, Wiring::STRIPPED)),
            ("circular padding, 7 x 7", trials::Kind::convolutional(7, 8, Padding::Circular, Wiring::STRIPPED)),
            ("zero padding, 7 x 7, growing", trials::Kind::growing(7, Padding::Zero)),
        ],
        depths: &[8, 16, 24, 32, 44, 56],
        nets: 19,
    },
    paper: Study {
        kinds: &[
            ("zero padding, 32 x 32", trials::Kind::convolutional(32, 16, Padding::Zero, Wiring::STRIPPED).seeing(32)),
            ("circular padding, 32 x 32", trials::Kind::convolutional(32, 16, Padding::Circular, Wiring::STRIPPED).seeing(32)),
            ("zero padding, 7 x 7", trials::Kind::convolutional(7, 16, Padding::Zero, Wiring::STRIPPED).seeing(32)),
            ("circular padding, 7 x 7", trials::Kind::convolutional(7, 16, Padding::Circular, Wiring::STRIPPED).seeing(32)),
            ("zero padding, 7 x 7, growing", trials::Kind::growing(7, Padding::Zero).seeing(32)),
        ],
        depths: &[8, 16, 32, 64, 96, 128],
        nets: 31,
    },
};

fn cost(scale: Scale) -> String {
    SIZES.cost(scale)
}

fn draw(easel: &Easel<'_>) -> Result<Drawing, String> {
    SIZES.draw(easel, "figure-6")
}
