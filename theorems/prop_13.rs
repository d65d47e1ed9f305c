//! Proposition 13 · through the activation.
//!
//! a = D h, h = W a⁻ with independent rows symmetric about 0, D = I (p = 1) or D = diag(1{h > 0}) (p = 1/2). Given a⁻ the signs
//! of h are fair coins, independent of |h|, so E‖a‖₂² = p E‖h‖₂², E‖a‖₄⁴ = p E‖h‖₄⁴ and
//! E‖a‖₂⁴ = p² E‖h‖₂⁴ + p(1−p) E‖h‖₄⁴, given |h| and the whole past, and so on the mean. A pre-activation of exactly 0 and dead
//! layers are included. The quantities take |h| for the input.
//!
//! Rungs: proved (degree argument), enumerated, sampled. Source: Appendix B.1, Proposition 13, Eqs. (15)–(19).

use suite::prelude::*;

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "prop-13",
    label: "Proposition 13 · through the activation",
    source: "Appendix B.1, Proposition 13, Eqs. (15)-(19)",
    says: "Gates of a symmetric pre-activation h act on the even norms as independent coins: E|a|_2^2 = p E|h|_2^2, E|a|_4^4 = p E|h|_4^4, \
           E|a|_2^4 = p^2 E|h|_2^4 + p(1-p) E|h|_4^4; ties and dead layers included.",
    reconstructed: Some("the word proposition and the formulas, from the prose and the proof"),
    follows_from: &[],
    quantities: &[
        Quantity::new("norm2-pow2", "E|a|_2^2 given |h|, the input", "p*x2", &["gate", "input"]),
        Quantity::new("norm4-pow4", "E|a|_4^4 given |h|, the input", "p*x4", &["gate", "input"]),
        Quantity::new("norm2-pow4", "E|a|_2^4 given |h|, the input", "p^2*x2^2 + p*(1 - p)*x4", &["gate", "input"]),
    ],
    claims: &[
        Claim::new("norm2-pow2", "E|a|_2^2 = p E|h|_2^2").against(&[rival("gate forgotten", "x2"), rival("p^2 for p", "p^2*x2")]).by(&[
            Evidence::settled("moment calculus", CALCULUS, |_| Ok(exact::one_step(exact::LayerMap::Gates, exact::Norm::TwoSquared, 1..=4)))
                .resting_on(SIGNS),
            Evidence::enumerated("finite laws", GIVEN, |_| Ok(exact::activations_given_past(&deep()?, exact::Norm::TwoSquared))),
            Evidence::sampled("one layer", LAYER, |context| nets::one_layer(context, nets::Norm::TwoSquared, nets::Stage::Gate, &LAYERS)),
        ]),
        Claim::new("norm4-pow4", "E|a|_4^4 = p E|h|_4^4")
            .against(&[rival("gate forgotten", "x4"), rival("p^2 for p", "p^2*x4"), rival("p^4 for p", "p^4*x4")])
            .by(&[
                Evidence::settled("moment calculus", CALCULUS, |_| {
                    Ok(exact::one_step(exact::LayerMap::Gates, exact::Norm::FourFourth, 1..=4))
                })
                .resting_on(SIGNS),
                Evidence::enumerated("finite laws", GIVEN, |_| Ok(exact::activations_given_past(&deep()?, exact::Norm::FourFourth))),
                Evidence::sampled("one layer", LAYER, |context| {
                    nets::one_layer(context, nets::Norm::FourFourth, nets::Stage::Gate, &LAYERS)
                }),
            ]),
        Claim::new("norm2-pow4", "E|a|_2^4 = p^2 E|h|_2^4 + p(1-p) E|h|_4^4")
            .against(&[
                rival("gate forgotten", "x2^2"),
                rival("p for p^2", "p*x2^2 + p*(1 - p)*x4"),
                rival("one coin for all gates", "p*x2^2"),
                rival("squared entries uncorrelated with themselves", "p^2*x2^2"),
                rival("p for p(1-p)", "p^2*x2^2 + p*x4"),
            ])
            .by(&[
                Evidence::settled("moment calculus", CALCULUS, |_| {
                    Ok(exact::one_step(exact::LayerMap::Gates, exact::Norm::TwoFourth, 1..=4))
                })
                .resting_on(SIGNS),
                Evidence::enumerated("finite laws", GIVEN, |_| Ok(exact::activations_given_past(&deep()?, exact::Norm::TwoFourth))),
                Evidence::sampled("one layer", LAYER, |context| {
                    nets::one_layer(context, nets::Norm::TwoFourth, nets::Stage::Gate, &LAYERS)
                }),
            ]),
    ],
    figures: &[],
};

const CALCULUS: &str = "the norm's power expanded in coins and a symbolic vector";
const GIVEN: &str = "the gates of the last layer given all earlier gates and all magnitudes, every past of every net";
const LAYER: &str = "means behind the gates of nets, |h| sparse, flat, signed, tiny and huge, its signs fair coins";
const LAYERS: [nets::Net; 6] = [
    nets::Net::relu(3, 1),
    nets::Net::relu(6, 1).seeing(nets::Input::Flat),
    nets::Net::relu(5, 1).seeing(nets::Input::Signed),
    nets::Net::relu(4, 1).seeing(nets::Input::Tiny),
    nets::Net::relu(4, 1).seeing(nets::Input::Huge),
    nets::Net::linear(4, 1).seeing(nets::Input::Graded),
];
const SIGNS: &[Step] = &[
    Step::lemma("independent signs", "the gates of h are independent coins, independent of |h|"),
    Step::lemma("degree argument", "for every vector and width combinations of x2^2 and x4, or of x2, with the same coefficients"),
];

/// Nets whose last layer is looked at: with ties, dead layers, and activations from layers before.
fn deep() -> Result<Vec<exact::Net>, Unsettled> {
    exact::grid(&exact::laws(), &exact::Gate::ALL, &[(1, 3), (2, 1), (2, 2), (3, 1)], exact::uneven)
}
