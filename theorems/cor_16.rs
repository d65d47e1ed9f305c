//! Corollary 16 · through the activation and the next matrix.
//!
//! h' = W D h with h, D as in Proposition 13 and W ∈ R^{d×d} as in Lemma 15, independent of D h. Then
//! E‖h'‖₂² = dσ²p E‖h‖₂², E‖h'‖₄⁴ = dσ⁴(3p² E‖h‖₂⁴ + (3p(1−p) + (κ−3)p) E‖h‖₄⁴),
//! E‖h'‖₂⁴ = dσ⁴((d+2)p² E‖h‖₂⁴ + ((d+2)p(1−p) + (κ−3)p) E‖h‖₄⁴). The quantities take |h| for the input.
//!
//! Rungs: proved (degree argument), enumerated, sampled. Source: Appendix B.2, Corollary 16, Eqs. (37)–(39).

use suite::prelude::*;

use suite::prelude::network::Gate;
use suite::prelude::network::evidence::{Input, Net, Norm, Stage, one_layer};

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "cor-16",
    label: "Corollary 16 · through the activation and the next matrix",
    source: "Appendix B.2, Corollary 16, Eqs. (37)-(39)",
    says: "From one pre-activation to the next, h' = W D h, the second and fourth moments of the norms are carried linearly: Lemma 15 \
           after Proposition 13.",
    reconstructed: Some("the formulas, from the prose and the proof"),
    follows_from: &["prop-13", "lemma-15"],
    quantities: &[
        Quantity::new("norm2-pow2", "E|W D h|_2^2 given |h|, the input", "width*variance*p*x2", &["width", "law", "gate", "input"]),
        Quantity::new(
            "norm4-pow4",
            "E|W D h|_4^4 given |h|, the input",
            "width*variance^2*(3*p^2*x2^2 + (3*p*(1 - p) + (kurtosis - 3)*p)*x4)",
            &["width", "law", "gate", "input"],
        ),
        Quantity::new(
            "norm2-pow4",
            "E|W D h|_2^4 given |h|, the input",
            "width*variance^2*((width + 2)*p^2*x2^2 + ((width + 2)*p*(1 - p) + (kurtosis - 3)*p)*x4)",
            &["width", "law", "gate", "input"],
        ),
    ],
    claims: &[
        Claim::new("norm2-pow2", "E|W D h|_2^2 = d sigma^2 p |h|_2^2")
            .against(&[rival("gate forgotten", "width*variance*x2"), rival("p^2 for p", "width*variance*p^2*x2")])
            .by(&[
                Evidence::settled("moment calculus", CALCULUS, |_| {
                    Ok(exact::one_step(exact::LayerMap::GatesThenWeights, exact::Norm::TwoSquared, 1..=4))
                })
                .resting_on(COMPOSITION),
                Evidence::enumerated("finite laws", SIGNED, |_| exact::gated_then_weighted(exact::Norm::TwoSquared, VECTORS)),
                Evidence::sampled("one layer", LAYER, |context| one_layer(context, Norm::TwoSquared, Stage::GateThenMatrix, &LAYERS)),
            ]),
        Claim::new("norm4-pow4", "E|W D h|_4^4 = d sigma^4 (3 p^2 |h|_2^4 + (3p(1-p) + (kappa-3)p)|h|_4^4)")
            .against(&[
                rival("gate forgotten", "width*variance^2*((kurtosis - 3)*x4 + 3*x2^2)"),
                rival("kurtosis for kurtosis - 3", "width*variance^2*(3*p^2*x2^2 + (3*p*(1 - p) + kurtosis*p)*x4)"),
                rival("p^2 for p", "width*variance^2*(3*p^2*x2^2 + (3*p*(1 - p) + (kurtosis - 3)*p^2)*x4)"),
            ])
            .by(&[
                Evidence::settled("moment calculus", CALCULUS, |_| {
                    Ok(exact::one_step(exact::LayerMap::GatesThenWeights, exact::Norm::FourFourth, 1..=4))
                })
                .resting_on(COMPOSITION),
                Evidence::enumerated("finite laws", SIGNED, |_| exact::gated_then_weighted(exact::Norm::FourFourth, VECTORS)),
                Evidence::sampled("one layer", LAYER, |context| one_layer(context, Norm::FourFourth, Stage::GateThenMatrix, &LAYERS)),
            ]),
        Claim::new("norm2-pow4", "E|W D h|_2^4 = d sigma^4 ((d+2) p^2 |h|_2^4 + ((d+2)p(1-p) + (kappa-3)p)|h|_4^4)")
            .against(&[
                rival("gate forgotten", "width*variance^2*((kurtosis - 3)*x4 + (width + 2)*x2^2)"),
                rival("d + 1 for d + 2", "width*variance^2*((width + 1)*p^2*x2^2 + ((width + 1)*p*(1 - p) + (kurtosis - 3)*p)*x4)"),
                rival("p for p^2", "width*variance^2*((width + 2)*p*x2^2 + ((width + 2)*p*(1 - p) + (kurtosis - 3)*p)*x4)"),
                rival("gates' variance forgotten", "width*variance^2*((width + 2)*p^2*x2^2 + (kurtosis - 3)*p*x4)"),
            ])
            .by(&[
                Evidence::settled("moment calculus", CALCULUS, |_| {
                    Ok(exact::one_step(exact::LayerMap::GatesThenWeights, exact::Norm::TwoFourth, 1..=6))
                })
                .resting_on(COMPOSITION),
                Evidence::enumerated("finite laws", SIGNED, |_| exact::gated_then_weighted(exact::Norm::TwoFourth, VECTORS)),
                Evidence::sampled("one layer", LAYER, |context| one_layer(context, Norm::TwoFourth, Stage::GateThenMatrix, &LAYERS)),
            ]),
    ],
    figures: &[],
};

const CALCULUS: &str = "the norm's power expanded in symbolic weights, coins and vectors";
const SIGNED: &str = "all outcomes of four laws, behind gates of fair signs with fixed magnitudes, some zero";
const VECTORS: &[&[i64]] = &[&[3], &[1, 2], &[2, 2], &[0, 5], &[1, 2, 3], &[4, 0, 1]];
const LAYER: &str = "means of gate and layer on candle, |h| sparse, flat, signed, tiny and huge, its signs fair coins";
const LAYERS: [Net; 5] = [
    Net::relu(4, 1),
    Net::new(6, 1, "he-uniform", Gate::Relu).seeing(Input::Flat),
    Net::new(3, 1, "rademacher:3", Gate::Relu).seeing(Input::Signed),
    Net::new(4, 1, "three-point:1,1/4", Gate::Linear).seeing(Input::Tiny),
    Net::new(5, 1, "uniform:9/10", Gate::Relu).seeing(Input::Huge),
];
const COMPOSITION: &[Step] = &[
    Step::lemma("independent signs", "the gates of h are independent coins, independent of |h|"),
    Step::lemma("independent products", "the next matrix is independent of D h"),
    Step::lemma("degree argument", "polynomials in the width of degree at most 2, for every vector combinations of x2^2 and x4, or of x2"),
];
