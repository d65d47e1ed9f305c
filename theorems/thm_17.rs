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

use suite::prelude::nets::{Input, Net, Norm, Stage, matrix_row, one_layer, particles, plain_mean};
use suite::prelude::network::Gate;

/// A coordinate of a state: W of lemma-15 after G of prop-13 is the matrix Q of Eq. (41).
macro_rules! recursion {
    ($coordinate:literal) => {
        recursion!($coordinate, "", "Q^(depth - 1)*W*[x2^2, x4]")
    };
    ($coordinate:literal, $given:literal, $state:literal) => {
        concat!(
            "let W = width*variance^2*[[width + 2, kurtosis - 3], [3, kurtosis - 3]]; let G = [[p^2, p*(1 - p)], [0, p]]; ",
            concat!($given, "let Q = W*G; (", $state, ")[", $coordinate, "]")
        )
    };
}

/// The plausible errors of a coordinate of a state, of which the first is of its row of W.
macro_rules! errors {
    ($coordinate:literal, $name:literal, $given:literal, $state:literal $(, $further:expr)*) => {
        &[
            rival($name, recursion!($coordinate, $given, $state)),
            rival("kurtosis for kurtosis - 3", recursion!($coordinate, "let W = width*variance^2*[[width + 2, kurtosis], [3, kurtosis]]; ", $state)),
            rival("gate forgotten", recursion!($coordinate, "let G = [[1, 0], [0, 1]]; ", $state)),
            rival("p for p^2", recursion!($coordinate, "let G = [[p, p*(1 - p)], [0, p]]; ", $state)),
            rival("p^2 for p", recursion!($coordinate, "let G = [[p^2, p*(1 - p)], [0, p^2]]; ", $state)),
            $($further,)*
        ]
    };
    ($coordinate:literal, $name:literal, $given:literal) => {
        errors!(
            $coordinate, $name, $given, "Q^(depth - 1)*W*[x2^2, x4]",
            rival("one layer more", recursion!($coordinate, "", "Q^depth*W*[x2^2, x4]")),
            rival("read on a as on h", recursion!($coordinate, "", "G*Q^(depth - 1)*W*[x2^2, x4]"))
        )
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
        Quantity::new("first-row", "E|h^(l+1)|_2^4 given |h^l|, the input", recursion!("0", "", "Q*[x2^2, x4]"), STEP),
        Quantity::new("second-row", "E|h^(l+1)|_4^4 given |h^l|, the input", recursion!("1", "", "Q*[x2^2, x4]"), STEP),
    ],
    claims: &[
        Claim::new("norm2-pow4", "E|h^L|_2^4 = (Q^(L-1) (u^1, v^1))_1")
            .against(errors!("0", "d + 1 for d + 2", "let W = width*variance^2*[[width + 1, kurtosis - 3], [3, kurtosis - 3]]; "))
            .by(&[
                Evidence::settled("composed moment calculus", CALCULUS, |_| {
                    Ok(exact::composed(exact::Norm::TwoFourth, exact::Site::BeforeGate, 1..=18, 1..=4))
                })
                .resting_on(COMPOSITION),
                Evidence::enumerated("finite laws", NETS, |_| {
                    Ok(exact::norms(&exact::small_nets()?, exact::Norm::TwoFourth, exact::Site::BeforeGate))
                }),
                Evidence::sampled("particles", DEEP, |context| particles(context, Norm::TwoFourth, &DEEPEST)),
                Evidence::sampled(
                    "plain mean at depth 200",
                    "the mean of |h|_2^4 is carried by nets that nobody sees: refused",
                    |context| plain_mean(context, Net::relu(4, 200)),
                )
                .expecting(Expectation::Inconclusive),
            ]),
        Claim::new("norm4-pow4", "E|h^L|_4^4 = (Q^(L-1) (u^1, v^1))_2")
            .against(errors!("1", "2 for 3", "let W = width*variance^2*[[width + 2, kurtosis - 3], [2, kurtosis - 3]]; "))
            .by(&[
                Evidence::settled("composed moment calculus", CALCULUS, |_| {
                    Ok(exact::composed(exact::Norm::FourFourth, exact::Site::BeforeGate, 1..=18, 1..=4))
                })
                .resting_on(COMPOSITION),
                Evidence::enumerated("finite laws", NETS, |_| {
                    Ok(exact::norms(&exact::small_nets()?, exact::Norm::FourFourth, exact::Site::BeforeGate))
                }),
                Evidence::sampled("particles", DEEP, |context| particles(context, Norm::FourFourth, &DEEP_RELU)),
            ]),
        Claim::new("first-row", "E|h^(l+1)|_2^4 = Q_11 |h^l|_2^4 + Q_12 |h^l|_4^4 over gates and weights")
            .against(errors!(
                "0",
                "d + 1 for d + 2",
                "let W = width*variance^2*[[width + 1, kurtosis - 3], [3, kurtosis - 3]]; ",
                "Q*[x2^2, x4]"
            ))
            .by(&[
                Evidence::settled("moment calculus", ONE, |_| {
                    Ok(exact::one_step(exact::LayerMap::GatesThenWeights, exact::Norm::TwoFourth, 1..=6))
                })
                .resting_on(COMPOSITION),
                Evidence::sampled("one layer", LAYER, |context| one_layer(context, Norm::TwoFourth, Stage::GateThenMatrix, &LAYERS)),
                Evidence::sampled("entries", ENTRIES, |context| matrix_row(context, Norm::TwoFourth, &NETS_OF_ENTRIES)),
            ]),
        Claim::new("second-row", "E|h^(l+1)|_4^4 = Q_21 |h^l|_2^4 + Q_22 |h^l|_4^4 over gates and weights")
            .against(errors!("1", "2 for 3", "let W = width*variance^2*[[width + 2, kurtosis - 3], [2, kurtosis - 3]]; ", "Q*[x2^2, x4]"))
            .by(&[
                Evidence::settled("moment calculus", ONE, |_| {
                    Ok(exact::one_step(exact::LayerMap::GatesThenWeights, exact::Norm::FourFourth, 1..=6))
                })
                .resting_on(COMPOSITION),
                Evidence::sampled("one layer", LAYER, |context| one_layer(context, Norm::FourFourth, Stage::GateThenMatrix, &LAYERS)),
                Evidence::sampled("entries", ENTRIES, |context| matrix_row(context, Norm::FourFourth, &NETS_OF_ENTRIES)),
            ]),
    ],
    figures: &["22"],
};

const CALCULUS: &str = "one-layer maps expanded in symbols for each width, then composed";
const NETS: &str = "all outcomes of four laws and two gates, ties and dead layers in place";
const STEP: &[&str] = &["width", "law", "gate", "input"];
const ONE: &str = "gates and matrix expanded in symbols for each width";
const LAYER: &str = "means behind one layer on candle, |h| sparse, flat, signed, tiny and huge, its signs fair coins";
const ENTRIES: &str = "each entry of Q alone: polarised powers of norms behind the same gates and weights";
const DEEP: &str = "products of mean potentials over hundreds of layers of real nets: unbiased, variance of order L/N";
const COMPOSITION: &[Step] = &[
    Step::lemma("independent signs", "the gates of a layer are independent coins, independent of the magnitudes"),
    Step::lemma("independent products", "each matrix is independent of what enters it"),
    Step::lemma("degree argument", "each layer multiplies by polynomials in the width of degree at most 2"),
];
const LAYERS: [Net; 5] = [
    Net::relu(4, 1),
    Net::new(8, 1, "xavier-uniform", Gate::Linear).seeing(Input::Flat),
    Net::new(3, 1, "rademacher:3", Gate::Relu).seeing(Input::Signed),
    Net::new(4, 1, "three-point:1,1/4", Gate::Relu).seeing(Input::Tiny),
    Net::new(6, 1, "uniform:9/10", Gate::Linear).seeing(Input::Huge),
];
const NETS_OF_ENTRIES: [Net; 2] = [Net::relu(2, 1), Net::new(3, 1, "three-point:1,1/6", Gate::Linear)];
const DEEPEST: [Net; 1] = [Net::new(3, 1000, "rademacher:sqrt(1/3)", Gate::Linear)];
const DEEP_RELU: [Net; 1] = [Net::new(4, 100, "he-uniform", Gate::Relu)];
