//! Normalisation and skips · either alone explodes, both together are stable.
//!
//! Perceptrons with batch normalisation alone, with skips over three maps alone (ext-residual: a factor 3 a block), and with skips over every
//! single map have gradients that explode with depth; batch normalisation with skips over three maps keeps them.
//!
//! The experiments compare g(46 maps)/g(10 maps), g the root mean square of a layer's gradient norm, in 64 pairs of nets of width 32 with He
//! uniform weights and batches of 32: "explodes" is a median above 10, "stable" one between 1/5 and 5. With both, 64 pairs left the median
//! within [3.3, 6.1] and decided nothing: the growth is small but real, as that of a sum over blocks. The plan was repeated with 512 fresh
//! pairs and the same criterion.
//!
//! Rung: sampled. Source: Section 5; Figures 17 to 19.

use suite::prelude::*;

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "norm-and-skip",
    label: "Normalisation and skips · either alone explodes, both together are stable",
    source: "Section 5; Figures 17, 18, 19",
    says: "Gradients explode with depth under batch normalisation alone and under skip connections alone, over one map or three; with both \
           they are stable.",
    reconstructed: Some("sizes"),
    follows_from: &["ext-residual"],
    quantities: &[
        Quantity::new("exploding", "a tenfold growth with depth", "10", &["width"]),
        Quantity::new("upper", "a fivefold growth with depth", "5", &["width"]),
        Quantity::new("lower", "a fifth left with depth", "1/5", &["width"]),
    ],
    claims: &[
        explodes("normalised", "batch normalisation alone explodes")
            .by(&[Evidence::sampled(METHOD, "width 32", |context| trials::changes(context, &[change(Wiring::NORMALISED)], 10.0))]),
        explodes("skips", "skips over three maps alone explode")
            .by(&[Evidence::sampled(METHOD, "width 32", |context| trials::changes(context, &[change(Wiring::skipping(3))], 10.0))]),
        explodes("skip-of-one", "skips over single maps alone explode")
            .by(&[Evidence::sampled(METHOD, "width 32", |context| trials::changes(context, &[change(Wiring::skipping(1))], 10.0))]),
        Claim::new("both-above", "with both, the typical gradient does not grow fivefold")
            .of("upper")
            .related(Relation::Above)
            .against(&[rival("vanishes", "1/10^6")])
            .by(&[Evidence::sampled(METHOD, "width 32", |context| trials::changes(context, &[change(Wiring::both(3)).pairs(512)], 5.0))]),
        Claim::new("both-below", "with both, the typical gradient does not fall to a fifth")
            .of("lower")
            .related(Relation::Below)
            .against(&[rival("explodes", "10^6")])
            .by(&[Evidence::sampled(METHOD, "width 32", |context| trials::changes(context, &[change(Wiring::both(3)).pairs(512)], 0.2))]),
    ],
    figures: &["17", "18", "19"],
};

const BOUNDLESS: &[Rival] = &[rival("beyond all bounds", "10^100")];
const METHOD: &str = "pairs of nets";

/// A claim that the change is above 10.
const fn explodes(part: &'static str, says: &'static str) -> Claim {
    Claim::new(part, says).of("exploding").related(Relation::Below).against(BOUNDLESS)
}

const fn change(wiring: Wiring) -> trials::Change {
    trials::Change::of(trials::Kind::perceptron(32, wiring), (10, 46), ("width", 32))
}
