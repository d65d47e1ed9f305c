//! Figure 7 · stripped ResNets: width and filter size.

use suite::prelude::*;

/// The figure.
pub const FIGURE: Figure = Figure {
    id: "7",
    title: "Stripped ResNets vanish with depth, whatever their width and filters",
    caption: "Medians with order-statistic intervals over random nets with He uniform weights that should tell photographs apart; four stages without batch normalisation and skips. Hessian blocks are those of the middle map, estimated from one probe a net. Sizes are reconstructed.",
    cost,
    draw,
};

/// What is compared.
pub const SIZES: Sizes = Sizes {
    small: Study {
        kinds: &[
            ("base", trials::Kind::resnet(16, 4, 3, Wiring::STRIPPED).seeing(2)),
            ("twice the width", trials::Kind::resnet(16, 8, 3, Wiring::STRIPPED).seeing(2)),
            ("filters of edge 7", trials::Kind::resnet(16, 4, 7, Wiring::STRIPPED).seeing(2)),
        ],
        depths: &[17, 29, 41, 53],
        nets: 13,
    },
    paper: Study {
        kinds: &[
            ("base", trials::Kind::resnet(32, 16, 3, Wiring::STRIPPED).seeing(32)),
            ("twice the width", trials::Kind::resnet(32, 32, 3, Wiring::STRIPPED).seeing(32)),
            ("filters of edge 7", trials::Kind::resnet(32, 16, 7, Wiring::STRIPPED).seeing(32)),
        ],
        depths: &[17, 53, 101, 149],
        nets: 31,
    },
};

fn cost(scale: Scale) -> String {
    SIZES.cost(scale)
}

fn draw(easel: &Easel<'_>) -> Result<Drawing, String> {
    SIZES.draw(easel, "figure-7")
}
