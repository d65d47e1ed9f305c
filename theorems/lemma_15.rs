//! Lemma 15 · through a random matrix.
//!
//! W ∈ R^{d×n} with i.i.d. entries, symmetric about 0, variance σ², kurtosis κ = E w⁴/σ⁴, and any fixed a ∈ R^n. Then
//! E‖Wa‖₂² = dσ²‖a‖₂², E‖Wa‖₄⁴ = dσ⁴((κ−3)‖a‖₄⁴ + 3‖a‖₂⁴), E‖Wa‖₂⁴ = dσ⁴((κ−3)‖a‖₄⁴ + (d+2)‖a‖₂⁴). In a rectangular layer
//! d is the number of rows.
//!
//! Rungs: proved (degree argument), enumerated, sampled. Source: Appendix B.2, Lemma 15, Eqs. (27)–(36).

use suite::prelude::*;

use suite::prelude::network::Gate;
use suite::prelude::network::evidence::{Input, Net, Norm, Stage, one_layer};

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "lemma-15",
    label: "Lemma 15 · through a random matrix",
    source: "Appendix B.2, Lemma 15, Eqs. (27)-(36)",
    says: "For W with i.i.d. symmetric entries and a fixed, the second and fourth moments of the norms of W a are polynomials in |a|_2^2 \
           and |a|_4^4.",
    reconstructed: Some("the formulas, from the prose and the proof"),
    follows_from: &[],
    quantities: &[
        Quantity::new("norm2-pow2", "E|W a|_2^2", "width*variance*x2", &["width", "law", "input"]),
        Quantity::new("norm4-pow4", "E|W a|_4^4", "width*variance^2*((kurtosis - 3)*x4 + 3*x2^2)", &["width", "law", "input"]),
        Quantity::new("norm2-pow4", "E|W a|_2^4", "width*variance^2*((kurtosis - 3)*x4 + (width + 2)*x2^2)", &["width", "law", "input"]),
    ],
    claims: &[
        Claim::new("norm2-pow2", "E|W a|_2^2 = d sigma^2 |a|_2^2")
            .against(&[rival("width forgotten", "variance*x2"), rival("deviation for variance", "width*variance^2*x2")])
            .by(&[
                Evidence::settled("moment calculus", CALCULUS, |_| {
                    Ok(exact::one_step(exact::LayerMap::Weights, exact::Norm::TwoSquared, 1..=4))
                })
                .resting_on(DEGREE),
                Evidence::enumerated("finite laws", ALL, |_| {
                    Ok(exact::norms(&single_layers()?, exact::Norm::TwoSquared, exact::Site::BeforeGate))
                }),
                Evidence::sampled("one layer", LAYER, |context| one_layer(context, Norm::TwoSquared, Stage::Matrix, &LAYERS)),
            ]),
        Claim::new("norm4-pow4", "E|W a|_4^4 = d sigma^4 ((kappa - 3)|a|_4^4 + 3|a|_2^4)")
            .against(&[
                rival("2 for 3", "width*variance^2*((kurtosis - 2)*x4 + 2*x2^2)"),
                rival("kurtosis for kurtosis - 3", "width*variance^2*(kurtosis*x4 + 3*x2^2)"),
                rival("Gaussian whatever the law", "width*variance^2*3*x2^2"),
                rival("norms swapped", "width*variance^2*((kurtosis - 3)*x2^2 + 3*x4)"),
            ])
            .by(&[
                Evidence::settled("moment calculus", CALCULUS, |_| {
                    Ok(exact::one_step(exact::LayerMap::Weights, exact::Norm::FourFourth, 1..=4))
                })
                .resting_on(DEGREE),
                Evidence::enumerated("finite laws", ALL, |_| {
                    Ok(exact::norms(&single_layers()?, exact::Norm::FourFourth, exact::Site::BeforeGate))
                }),
                Evidence::sampled("one layer", LAYER, |context| one_layer(context, Norm::FourFourth, Stage::Matrix, &LAYERS)),
            ]),
        Claim::new("norm2-pow4", "E|W a|_2^4 = d sigma^4 ((kappa - 3)|a|_4^4 + (d + 2)|a|_2^4)")
            .against(&[
                rival("d + 1 for d + 2", "width*variance^2*((kurtosis - 3)*x4 + (width + 1)*x2^2)"),
                rival("kurtosis for kurtosis - 3", "width*variance^2*(kurtosis*x4 + (width + 2)*x2^2)"),
                rival("square of the mean", "(width*variance*x2)^2"),
                rival("Gaussian whatever the law", "width*variance^2*(width + 2)*x2^2"),
            ])
            .by(&[
                Evidence::settled("moment calculus", CALCULUS, |_| {
                    Ok(exact::one_step(exact::LayerMap::Weights, exact::Norm::TwoFourth, 1..=6))
                })
                .resting_on(DEGREE),
                Evidence::enumerated("finite laws", ALL, |_| {
                    Ok(exact::norms(&single_layers()?, exact::Norm::TwoFourth, exact::Site::BeforeGate))
                }),
                Evidence::sampled("one layer", LAYER, |context| one_layer(context, Norm::TwoFourth, Stage::Matrix, &LAYERS)),
            ]),
    ],
    figures: &[],
};

const CALCULUS: &str = "the norm's power expanded in symbolic weights and inputs, powers of weights replaced by moments";
const ALL: &str = "all outcomes of four laws, square and rectangular matrices";
const LAYER: &str = "means behind one layer on candle, from sparse, flat, signed, tiny and huge inputs";
const LAYERS: [Net; 5] = [
    Net::linear(4, 1),
    Net::new(8, 1, "xavier-uniform", Gate::Linear).seeing(Input::Flat),
    Net::new(3, 1, "rademacher:3", Gate::Linear).seeing(Input::Signed),
    Net::new(5, 1, "three-point:1,1/4", Gate::Linear).seeing(Input::Tiny),
    Net::new(6, 1, "uniform:9/10", Gate::Linear).seeing(Input::Huge),
];
const DEGREE: &[Step] = &[
    Step::lemma("independent products", "the mean of a monomial in the weights is the product of their moments"),
    Step::lemma("degree argument", "polynomials in the width of degree at most 2, for every vector combinations of x2^2 and x4, or of x2"),
];

/// One matrix of every finite law, with as many columns as rows, fewer and more.
fn single_layers() -> Result<Vec<exact::Net>, Unsettled> {
    let grids =
        [1, 2, 3].map(|columns| exact::grid(&exact::laws(), &[exact::Gate::Linear], &[(1, 1), (2, 1), (3, 1)], |_| exact::uneven(columns)));
    Ok(grids.into_iter().collect::<Result<Vec<_>, _>>()?.concat())
}
