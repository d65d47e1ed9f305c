//! Figure 19 · ResNets with batch normalisation alone, skips alone, and both.

use suite::prelude::*;

/// The figure.
pub const FIGURE: Figure = Figure {
    id: "19",
    title: "ResNets: batch normalisation or skips alone, and both",
    caption: "Medians with order-statistic intervals over random nets with He uniform weights that should tell photographs apart; four stages. Hessian blocks are those of the middle map, estimated from one probe a net. Sizes are reconstructed.",
    cost,
    draw,
};

/// What is compared.
pub const SIZES: Sizes = Sizes {
    small: Study {
        kinds: &[
            ("neither", trials::Kind::resnet(16, 4, 3, Wiring::STRIPPED).seeing(4)),
            ("batch-norm alone", trials::Kind::resnet(16, 4, 3, Wiring::NORMALISED).seeing(4)),
            ("skips alone", trials::Kind::resnet(16, 4, 3, Wiring::skipping(3)).seeing(4)),
            ("both", trials::Kind::resnet(16, 4, 3, Wiring::both(3)).seeing(4)),
        ],
        depths: &[17, 29, 41, 53],
        nets: 13,
    },
    paper: Study {
        kinds: &[
            ("neither", trials::Kind::resnet(32, 16, 3, Wiring::STRIPPED).seeing(32)),
            ("batch-norm alone", trials::Kind::resnet(32, 16, 3, Wiring::NORMALISED).seeing(32)),
            ("skips alone", trials::Kind::resnet(32, 16, 3, Wiring::skipping(3)).seeing(32)),
            ("both", trials::Kind::resnet(32, 16, 3, Wiring::both(3)).seeing(32)),
        ],
        depths: &[17, 53, 101, 149],
        nets: 31,
    },
};

fn cost(scale: Scale) -> String {
    SIZES.cost(scale)
}

fn draw(easel: &Easel<'_>) -> Result<Drawing, String> {
    SIZES.draw(easel, "figure-19")
}
