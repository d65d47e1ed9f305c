//! Stripped ResNets · neither width nor larger filters save them.
//!
//! A ResNet of four stages without batch normalisation and without skips is a deep narrow net: its gradients vanish with depth, at twice the
//! width and with filters of edge 7 as well (larger filters lose more to zero padding: ext-padding).
//!
//! The experiment compares g(53 maps)/g(17 maps), g the root mean square of a layer's gradient norm, in 64 pairs of nets with He uniform weights
//! that should tell photographs of 16 × 16 pixels apart; each median must lie below 1.
//!
//! Rung: sampled. Source: Section 5; Figure 7.

use suite::prelude::*;

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "stripped-resnets",
    label: "Stripped ResNets · neither width nor larger filters save them",
    source: "Section 5; Figure 7",
    says: "Gradients of ResNets without batch normalisation and skips vanish with depth, also at twice the width and with larger filters.",
    reconstructed: Some("sizes"),
    follows_from: &["ext-padding"],
    quantities: &[Quantity::new("unchanged", "a change with depth that is none", "1", &["width", "kernel"])],
    claims: &[
        claim("base", "the typical gradient of a stripped ResNet shrinks with depth").by(&[Evidence::sampled(
            "pairs of nets",
            "4 to 32 channels, filters of edge 3",
            |context| trials::changes(context, &[change(4, 3)], 1.0),
        )]),
        claim("wide", "twice the width does not save it")
            .by(&[Evidence::sampled("pairs of nets", "8 to 64 channels", |context| trials::changes(context, &[change(8, 3)], 1.0))]),
        claim("filters", "larger filters do not save it")
            .by(&[Evidence::sampled("pairs of nets", "filters of edge 7", |context| trials::changes(context, &[change(4, 7)], 1.0))]),
    ],
    figures: &["7"],
};

const SUDDEN: &[Rival] = &[rival("vanishes at once", "0")];

/// A claim that the change is below 1.
const fn claim(part: &'static str, says: &'static str) -> Claim {
    Claim::new(part, says).of("unchanged").related(Relation::Above).against(SUDDEN)
}

const fn change(channels: usize, kernel: usize) -> trials::Change {
    trials::Change::of(trials::Kind::resnet(16, channels, kernel, Wiring::STRIPPED).seeing(2), (17, 53), ("width", channels))
}
