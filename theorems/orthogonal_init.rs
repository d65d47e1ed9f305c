//! Orthogonal initialisation · an isometry in linear nets, none in ReLU nets.
//!
//! Weights orthogonal of Haar's law. A linear net then keeps every norm exactly, at any depth and width. Behind ReLU gates the rows' signs are
//! still fair, so E‖a^L‖² = 2^−L‖a^0‖², and with the gain √2 the mean is kept; but the norm fluctuates layer by layer, and the typical norm
//! vanishes as it does for independent weights.
//!
//! "Vanishes" is fixed beforehand as a median of ‖a^L‖²/‖a^0‖² below 1/2 at width 16, depth 128, 256 nets.
//!
//! Rung: sampled. Source: Section 5; Figure 14.

use suite::prelude::*;

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "orthogonal-init",
    label: "Orthogonal initialisation · an isometry in linear nets, none in ReLU nets",
    source: "Section 5; Figure 14",
    says: "Orthogonal weights make a linear net an isometry at any depth; in a ReLU net of gain sqrt(2) they keep the mean squared norm, but \
           the typical norm vanishes with depth.",
    reconstructed: Some("sizes"),
    follows_from: &[],
    quantities: &[
        Quantity::new("linear", "|a^L|^2/|a^0|^2 of every linear net", "1", &["width", "depth"]),
        Quantity::new("relu-mean", "E|a^L|^2/|a^0|^2 of ReLU nets without gain", "(1/2)^depth", &["width", "depth"]),
        Quantity::new("half", "half of the squared norm", "1/2", &["width", "depth"]),
    ],
    claims: &[
        Claim::new("linear", "every linear net with orthogonal weights keeps the norm of its input")
            .against(&[
                rival("as independent weights typically do", "exp(-depth/width)"),
                rival("half of it", "1/2"),
                rival("a gate's share", "(1/2)^depth"),
            ])
            .by(&[Evidence::sampled("every net", "each of 64 nets of every shape, to rounding", |context| {
                trials::linear_lengths(context, &[(2, 50), (8, 100), (16, 200)])
            })]),
        Claim::new("relu-mean", "E|a^L|^2 = 2^-L |a^0|^2 behind ReLU gates without gain")
            .against(&[
                rival("isometry", "1"),
                rival("a gate's share squared", "(1/4)^depth"),
                rival("gates that prefer to be open", "(3/4)^depth"),
            ])
            .by(&[Evidence::sampled("bounded means", "the norm shrinks in every net: means of a bounded variable", |context| {
                trials::gated_lengths(context, &[(3, 1), (4, 2), (5, 3)])
            })]),
        Claim::new("relu-median", "the typical norm of ReLU nets with gain sqrt(2) vanishes")
            .of("half")
            .related(Relation::Above)
            .against(&[rival("vanishes at once", "0")])
            .by(&[Evidence::sampled("order statistics", "256 nets of width 16 and depth 128", |context| {
                trials::isometry(context, trials::Drawn::Orthogonal, network::Gate::Relu, 16, &[128], 256)
            })]),
    ],
    figures: &["14"],
};
