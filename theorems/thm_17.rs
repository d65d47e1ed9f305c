//! Theorem 17 · the coupled recursion of fourth moments.
//!
//! h^ℓ = W^ℓ a^{ℓ−1}, a^ℓ = D^ℓ h^ℓ, the entries of W^ℓ ∈ R^{d×d} i.i.d. symmetric about 0 with variance σ² and kurtosis
//! κ = E w⁴/σ⁴; D^ℓ = I (p = 1) or D^ℓ = diag(1[h^ℓ > 0]) (p = 1/2). Then (u, v) = (E‖h^ℓ‖₂⁴, E‖h^ℓ‖₄⁴) obeys (u, v) ← Q (u, v),
//!
//! Q = dσ⁴ [[(d+2)p², (d+2)p(1−p) + (κ−3)p], [3p², 3p(1−p) + (κ−3)p]]   (Eq. 41),
//!
//! from u¹ = dσ⁴((d+2)‖a⁰‖₂⁴ + (κ−3)‖a⁰‖₄⁴), v¹ = dσ⁴(3‖a⁰‖₂⁴ + (κ−3)‖a⁰‖₄⁴) (lemma-15); E‖h^ℓ‖₂² = dσ²(pdσ²)^{ℓ−1}‖a⁰‖₂².
//! For Gaussian weights and D = I, Q = dσ⁴ [[d+2, 0], [3, 0]] (Eq. 46). A pre-activation of exactly 0 changes nothing.
//!
//! Rungs: proved (degree argument and composition), enumerated, sampled. Source: Appendix B.2, Theorem 17, Eqs. (40)–(46).

use suite::prelude::*;

use suite::prelude::network::Gate;
use suite::prelude::network::evidence::{Input, Net, Norm, Stage, one_layer, particles, plain_mean};

/// A coordinate of the state at `depth`: the first layer's, carried on by a power of the matrix of Eq. (41).
macro_rules! recursion {
    ($coordinate:literal) => {
        recursion!($coordinate, "kurtosis - 3", "(width + 2)", "3", "p^2", "p*(1 - p)", "p")
    };
    ($coordinate:literal, $excess:literal, $pair:literal, $three:literal, $square:literal, $spread:literal, $p:literal) => {
        recursion!($coordinate, $excess, $pair, $three, $square, $spread, $p, "(Q^(depth - 1)*first)")
    };
    ($coordinate:literal, $excess:literal, $pair:literal, $three:literal, $square:literal, $spread:literal, $p:literal, $state:literal) => {
        concat!(
            "let c = ",
            $excess,
            "; ",
            "let Q = width*variance^2*[[",
            $pair,
            "*",
            $square,
            ", ",
            $pair,
            "*",
            $spread,
            " + c*",
            $p,
            "], [",
            $three,
            "*",
            $square,
            ", ",
            $three,
            "*",
            $spread,
            " + c*",
            $p,
            "]]; ",
            "let first = width*variance^2*[",
            $pair,
            "*x2^2 + c*x4, ",
            $three,
            "*x2^2 + c*x4]; ",
            $state,
            "[",
            $coordinate,
            "]"
        )
    };
}

/// The plausible errors of a coordinate.
macro_rules! errors {
    ($coordinate:literal) => {
        &[
            rival("2 for 3", recursion!($coordinate, "kurtosis - 3", "(width + 2)", "2", "p^2", "p*(1 - p)", "p")),
            rival("d + 1 for d + 2", recursion!($coordinate, "kurtosis - 3", "(width + 1)", "3", "p^2", "p*(1 - p)", "p")),
            rival("kurtosis for kurtosis - 3", recursion!($coordinate, "kurtosis", "(width + 2)", "3", "p^2", "p*(1 - p)", "p")),
            rival("gate forgotten", recursion!($coordinate, "kurtosis - 3", "(width + 2)", "3", "1", "0", "1")),
            rival("p for p^2", recursion!($coordinate, "kurtosis - 3", "(width + 2)", "3", "p", "p*(1 - p)", "p")),
            rival("p^2 for p", recursion!($coordinate, "kurtosis - 3", "(width + 2)", "3", "p^2", "p*(1 - p)", "p^2")),
            rival(
                "one layer more",
                recursion!($coordinate, "kurtosis - 3", "(width + 2)", "3", "p^2", "p*(1 - p)", "p", "(Q^depth*first)"),
            ),
            rival(
                "read on a as on h",
                recursion!(
                    $coordinate,
                    "kurtosis - 3",
                    "(width + 2)",
                    "3",
                    "p^2",
                    "p*(1 - p)",
                    "p",
                    "(let G = [[p^2, p*(1 - p)], [0, p]]; G*(Q^(depth - 1)*first))"
                ),
            ),
        ]
    };
}

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "thm-17",
    label: "Theorem 17 · the coupled recursion of fourth moments",
    source: "Appendix B.2, Theorem 17, Eqs. (40)-(46)",
    says: "For i.i.d. symmetric weights and linear or ReLU gates, (E|h|_2^4, E|h|_4^4) is carried from layer to layer by one 2 by 2 matrix Q.",
    reconstructed: Some("the entries of Q, from the prose and the proofs"),
    follows_from: &["lemma-15", "prop-13", "cor-16"],
    quantities: &[
        Quantity::new("norm2-pow4", "E|h^L|_2^4", recursion!("0"), &["width", "depth", "law", "gate", "input"]),
        Quantity::new("norm4-pow4", "E|h^L|_4^4", recursion!("1"), &["width", "depth", "law", "gate", "input"]),
    ],
    claims: &[
        Claim::new("norm2-pow4", "E|h^L|_2^4 = (Q^(L-1) (u^1, v^1))_1").against(errors!("0")).by(&[
            Evidence::settled("composed moment calculus", CALCULUS, |_| {
                Ok(exact::composed(exact::Norm::TwoFourth, exact::Site::BeforeGate, 1..=18, 1..=4))
            })
            .resting_on(COMPOSITION),
            Evidence::enumerated("finite laws", NETS, |_| {
                Ok(exact::norms(&exact::small_nets()?, exact::Norm::TwoFourth, exact::Site::BeforeGate))
            }),
            Evidence::sampled("one layer", LAYER, |context| one_layer(context, Norm::TwoFourth, Stage::Matrix, &LAYERS)),
            Evidence::sampled("particles", DEEP, |context| particles(context, Norm::TwoFourth, &NETS_AT_DEPTH)),
            Evidence::sampled("plain mean at depth 200", "the mean of |h|_2^4 is carried by nets that nobody sees: refused", |context| {
                plain_mean(context, Net::relu(4, 200))
            })
            .expecting(Expectation::Inconclusive),
        ]),
        Claim::new("norm4-pow4", "E|h^L|_4^4 = (Q^(L-1) (u^1, v^1))_2").against(errors!("1")).by(&[
            Evidence::settled("composed moment calculus", CALCULUS, |_| {
                Ok(exact::composed(exact::Norm::FourFourth, exact::Site::BeforeGate, 1..=18, 1..=4))
            })
            .resting_on(COMPOSITION),
            Evidence::enumerated("finite laws", NETS, |_| {
                Ok(exact::norms(&exact::small_nets()?, exact::Norm::FourFourth, exact::Site::BeforeGate))
            }),
            Evidence::sampled("one layer", LAYER, |context| one_layer(context, Norm::FourFourth, Stage::Matrix, &LAYERS)),
            Evidence::sampled("particles", DEEP, |context| particles(context, Norm::FourFourth, &NETS_AT_DEPTH)),
        ]),
    ],
    figures: &[],
};

const CALCULUS: &str = "one-layer maps expanded in symbols for each width, then composed";
const NETS: &str = "all outcomes of four laws and two gates, ties and dead layers in place";
const LAYER: &str = "medians of means behind one layer on candle, from sparse, flat, signed, tiny and huge inputs";
const DEEP: &str = "products of mean potentials over the layers of real nets: unbiased, variance of order L/N";
const COMPOSITION: &[Step] = &[
    Step::lemma("independent signs", "the gates of a layer are independent coins, independent of the magnitudes"),
    Step::lemma("independent products", "each matrix is independent of what enters it"),
    Step::lemma("degree argument", "each layer multiplies by polynomials in the width of degree at most 2"),
];
const LAYERS: [Net; 5] = [
    Net::linear(4, 1),
    Net::new(8, 1, "xavier-uniform", Gate::Linear).seeing(Input::Flat),
    Net::new(3, 1, "rademacher:3", Gate::Linear).seeing(Input::Signed),
    Net::new(5, 1, "three-point:1,1/4", Gate::Linear).seeing(Input::Tiny),
    Net::new(6, 1, "uniform:9/10", Gate::Linear).seeing(Input::Huge),
];
const NETS_AT_DEPTH: [Net; 3] = [Net::linear(4, 32), Net::new(6, 24, "xavier-uniform", Gate::Linear).seeing(Input::Flat), Net::relu(6, 12)];
