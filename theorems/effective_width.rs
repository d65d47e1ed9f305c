//! Effective width · convolutional nets vanish faster than their number of weights suggests.
//!
//! Section 5 counts c k² paths into a unit of a convolutional net. Yet its gradients vanish faster than those of a perceptron of width c k²
//! (shared weights fluctuate more: ext-conv, ext-constant-image), faster with zero than with circular padding, and faster on small images
//! (ext-padding). Appendix D's reason, that the number of independent weights grows exponentially, is an erratum: paths do, distinct weights
//! are c k² + (L − 1)c²k², linear in L as for perceptrons. Nothing downstream uses it.
//!
//! The experiments compare g(deep)/g(shallow), g the root mean square of a layer's gradient norm, in 64 pairs of nets with He uniform weights
//! that should reproduce photographs; their medians must lie on one side of 1.
//!
//! Rungs: certified (counts), sampled. Source: Section 5 and Appendix D; Figure 6.

use suite::prelude::*;

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "effective-width",
    label: "Effective width · convolutional nets vanish faster than their weights suggest",
    source: "Section 5 and Appendix D; Figure 6",
    says: "Gradients of fully convolutional nets vanish faster in depth than those of perceptrons of width c k^2, faster with zero padding \
           than with circular padding, and faster on smaller images.",
    reconstructed: Some("sizes, and Appendix D's count"),
    follows_from: &["ext-padding", "ext-conv", "ext-constant-image"],
    quantities: &[
        Quantity::new(
            "weights",
            "the number of distinct weights of a convolutional net from one channel (width counts channels)",
            "width*kernel^2 + (depth - 1)*width^2*kernel^2",
            &["width", "kernel", "depth"],
        ),
        Quantity::new(
            "paths",
            "the number of paths into an output unit, image edges aside",
            "width^(depth - 1)*kernel^(2*depth)",
            &["width", "kernel", "depth"],
        ),
        Quantity::new("unchanged", "a ratio of changes with depth that says nothing changed more", "1", &["pixels"]),
    ],
    claims: &[
        Claim::new("weights", "the number of distinct weights is linear in the depth")
            .against(&[
                rival("paths", "width^(depth - 1)*kernel^(2*depth)"),
                rival("kernel for its area", "width*kernel + (depth - 1)*width^2*kernel"),
                rival("a perceptron of width c k^2", "width*kernel^2 + (depth - 1)*(width*kernel^2)^2"),
            ])
            .by(COUNTS),
        Claim::new("exponential", "Appendix D: the number of independent weights grows exponentially, as the paths do")
            .of("paths")
            .expecting(Expectation::Refuted)
            .by(COUNTS),
        Claim::new("faster", "the typical gradient changes by less than a perceptron's of width c k^2")
            .of("unchanged")
            .related(Relation::Above)
            .against(&[rival("vanishes at once", "0")])
            .by(&[Evidence::sampled("pairs of nets", "8 channels, 9 weights each, against width 72, depths 8 and 80", |context| {
                let net = trials::Kind::convolutional(4, 8, Padding::Circular, Wiring::STRIPPED).seeing(4);
                let perceptron = trials::Kind::perceptron(72, Wiring::STRIPPED).seeing(8);
                trials::changes(context, &[trials::Change::of(net, (8, 80), ("pixels", 4)).against(perceptron)], 1.0)
            })]),
        Claim::new("padding", "the typical gradient changes by less with zero padding than with circular padding")
            .of("unchanged")
            .related(Relation::Above)
            .against(&[rival("vanishes at once", "0")])
            .by(&[Evidence::sampled("pairs of nets", "16 channels, 4 x 4 pixels, depths 8 and 56", |context| {
                let net = |padding| trials::Kind::convolutional(4, 16, padding, Wiring::STRIPPED).seeing(2);
                trials::changes(
                    context,
                    &[trials::Change::of(net(Padding::Zero), (8, 56), ("pixels", 4)).against(net(Padding::Circular))],
                    1.0,
                )
            })]),
        Claim::new("resolution", "the typical gradient changes by less on small images than on large ones")
            .of("unchanged")
            .related(Relation::Above)
            .against(&[rival("vanishes at once", "0")])
            .by(&[Evidence::sampled(
                "pairs of nets",
                "16 channels, zero padding, 4 x 4 against 8 x 8 pixels, depths 8 and 64",
                |context| {
                    let net = |edge| trials::Kind::convolutional(edge, 16, Padding::Zero, Wiring::STRIPPED).seeing(2);
                    trials::changes(context, &[trials::Change::of(net(4), (8, 64), ("pixels", 4)).against(net(8))], 1.0)
                },
            )]),
    ],
    figures: &["6"],
};

const COUNTS: &[Evidence] = &[Evidence::certified("counted weights", "in nets as they are built", |_| {
    Ok(trials::weight_counts(&[(1, 3, 2), (2, 3, 1), (2, 3, 5), (3, 5, 4), (4, 1, 9), (8, 3, 50)]))
})];
