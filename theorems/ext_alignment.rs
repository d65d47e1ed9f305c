//! Beyond the paper · backward vectors align with activations.
//!
//! Gaussian ReLU net, B = I, M_k = D^L W^L ⋯ W^{k+1} D^k, u a fixed direction, π = 1 − 2^{−d} and s = dσ²/2:
//!
//! E‖M_kᵀu‖² = π^{k−1} s^{L−k} (‖u‖²/2 + ((Σu_i)² − ‖u‖²)/(2·3.14159…)·(1 − (1 − 2π/d)^{L−k})).
//!
//! Derivation (k = 1; layers below k only live or not). Given the layers below L and the unit vector e along a^{L−1}, two rows have
//! E 1[⟨w,e⟩ > 0] w = σ e/√(2·3.14159…): E‖M_Lᵀ…‖² splits into ‖u‖²σ²/2·E‖N‖_F² and ((Σu_i)² − ‖u‖²)σ²/(2·3.14159…)·B, B = E‖Nᵀe‖²
//! for the product N below. Split W along e and across: B' = s B + πσ²(E‖N‖_F² − B), π because a dead layer has no direction.
//!
//! d = 8, L = 8, k = 1, u = (1, …, 1), He: 11.71, where prop-2 as told has 4. Any law and no ties: directions with (Σu_i)² = ‖u‖² see nothing.
//!
//! Rungs: derived, enumerated (coordinate directions), sampled. Beyond the paper; corrects Proposition 2.

use suite::prelude::*;

/// The mean; the arguments are the places of plausible errors.
macro_rules! aligned {
    () => {
        aligned!("alive^(layer - 1)", "(u1^2 - u2)/(2*pi())", "depth - layer", "u2/2")
    };
    ($below:literal, $cross:literal, $steps:literal, $own:literal) => {
        concat!(
            "let alive = 1 - 2^(-width); ",
            $below,
            "*(width*variance/2)^(depth - layer)*(",
            $own,
            " + ",
            $cross,
            "*(1 - (1 - 2*alive/width)^(",
            $steps,
            ")))"
        )
    };
}

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "ext-alignment",
    label: "Beyond the paper · backward vectors align with activations",
    source: "beyond the paper; corrects Section 2, Proposition 2, backward",
    says: "In Gaussian ReLU nets with B = I the mean of |M_k^T u|^2 for a fixed direction u depends on the sum of u's entries: backward \
           vectors align with the activations, which are not negative.",
    reconstructed: None,
    follows_from: &["prop-2", "cor-14", "prop-19"],
    quantities: &[
        Quantity::new("norm2-pow2", "E|M_k^T u|_2^2 of a Gaussian ReLU net, k = layer, u = direction", aligned!(), PARAMETERS).requiring(
            &[Requirement {
                positive: "1 - 10^100*(kurtosis - 3)^2",
                says: "the law must be Gaussian (gaussian:SIGMA, xavier-gaussian, he-gaussian): no other has this closed form",
            }],
        ),
        Quantity::new("as-told", "the same as prop-2 tells it", "(width*variance/2)^(depth - layer)*u2/2", PARAMETERS),
    ],
    claims: &[
        Claim::new("norm2-pow2", "E|M_k^T u|^2 has the term of aligned directions")
            .against(&[
                rival("no alignment", aligned!("alive^(layer - 1)", "0", "depth - layer", "u2/2")),
                rival("layers below always live", aligned!("1", "(u1^2 - u2)/(2*pi())", "depth - layer", "u2/2")),
                rival("diagonal counted twice", aligned!("alive^(layer - 1)", "u1^2/(2*pi())", "depth - layer", "u2/2")),
                rival("one layer more", aligned!("alive^(layer - 1)", "(u1^2 - u2)/(2*pi())", "depth - layer + 1", "u2/2")),
                rival("gate forgotten", aligned!("alive^(layer - 1)", "(u1^2 - u2)/(2*pi())", "depth - layer", "u2")),
                rival("1/4 for 1/(2 pi)", aligned!("alive^(layer - 1)", "(u1^2 - u2)/4", "depth - layer", "u2/2")),
            ])
            .by(&[
                Evidence::derived(
                    "projections",
                    "the last layer given the ones below, then layer by layer along the activation",
                    &[
                        Step::lemma(
                            "Gaussian projections",
                            "W along and across the activation are independent; E 1[z > 0] z = 1/sqrt(2 pi)",
                        ),
                        Step::lemma(
                            "sign flip",
                            "gates are fair coins, also given the directions across; a layer lives with probability pi",
                        ),
                        Step::lemma("independent products", "layers below k only live or not: pi^(k-1)"),
                        Step::identity(
                            "the state (s^n, sigma^2 B): B' = s B + pi sigma^2 (E|N|_F^2 - B), E|N|_F^2 = d s^n/2",
                            "claimed",
                            "let alive = 1 - 2^(-width); let s = width*variance/2; \
                         let step = [[s, 0], [alive*variance, s - alive*variance]]; let state = step^(depth - layer)*[1, 0]; \
                         alive^(layer - 1)*(u2/2*state[0] + (u1^2 - u2)/(2*pi())*state[1])",
                        ),
                    ],
                ),
                Evidence::sampled("backward vectors", "medians of means over nets on candle", |context| {
                    nets::backward_norms(context, &VECTORS)
                }),
            ]),
        Claim::new("coordinates", "without pairs of rows, u = e_i, k = 1: s^n |u|^2/2 for every law, no alignment")
            .of("as-told")
            .against(&[
                rival("gate forgotten", "(width*variance/2)^(depth - layer)*u2"),
                rival("one layer more", "(width*variance/2)^(depth - layer + 1)*u2/2"),
                rival("sum of the entries", "(width*variance/2)^(depth - layer)*u1/2"),
            ])
            .by(&[Evidence::enumerated("finite laws", "four laws, ties as coins, u = (3, 0) or (3, 0, 0)", |_| {
                let narrow = exact::grid(&exact::laws(), &[exact::Gate::Relu], &[(2, 1), (2, 2)], exact::uneven)?;
                let wide = exact::grid(&[exact::FiniteLaw::rademacher()], &[exact::Gate::Relu], &[(3, 2)], exact::uneven)?;
                let along = |nets, first| exact::product_forms(nets, 1, &exact::Form::Direction(first));
                Ok([along(&narrow, vec![3, 0]), along(&wide, vec![3, 0, 0])].into_iter().collect())
            })]),
        Claim::new("as-told", "as prop-2 tells it, without alignment: false").expecting(Expectation::Refuted).by(&[Evidence::sampled(
            "backward vectors",
            "medians of means over nets on candle",
            |context| nets::backward_norms(context, &[nets::Backward::new(nets::Net::relu(4, 2), 1, &[1, 1, 1, 1])]),
        )]),
    ],
    figures: &[],
};

const PARAMETERS: &[&str] = &["width", "depth", "law", "layer", "direction"];
const VECTORS: [nets::Backward; 4] = [
    nets::Backward::new(nets::Net::relu(2, 2), 1, &[1, 1]),
    nets::Backward::new(nets::Net::relu(2, 2).seeing(nets::Input::Signed), 1, &[1, -1]),
    nets::Backward::new(nets::Net::new(2, 3, "gaussian:1/2", network::Gate::Relu), 2, &[1, 1]),
    nets::Backward::new(nets::Net::relu(4, 2).seeing(nets::Input::Graded), 1, &[1, 1, 1, 1]),
];
