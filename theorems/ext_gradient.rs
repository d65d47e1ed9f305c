//! Beyond the paper · the mean squared gradient of a layer.
//!
//! 𝓛 = ½‖y − f‖², f = D^L W^L ⋯ D^1 W^1 x (n = 1, A = B = I), W^ℓ of i.i.d. symmetric entries with variance σ² and kurtosis κ, and
//! s = p d σ². For the linear gate with any y, or ReLU with y = 0 (atomless law, or ties as fair coins),
//! E‖∂_k‖_F² = E‖a^{k−1}‖² p s^{L−k} ‖y‖² + σ² q_k E‖a^{k−1}‖₂⁴, where q_k = E tr((M_kᵀM_k)²) follows the recursion of ext-matrix
//! from I (one D first, then L − k times W and D) and E‖a^{k−1}‖₂⁴ that of thm-17. False for strict gates with finite laws, and for
//! ReLU with y ≠ 0. Before B with i.i.d. symmetric entries of variance β² ReLU with any y: p ‖y‖² is p d β²‖y‖², and q_k takes one step more.
//!
//! Rungs: proved (composition), enumerated, sampled. Source: this suite; it sharpens Appendix B.3, Eqs. (55)–(69).

use suite::prelude::*;

/// The moments of one layer: the paper's second- and fourth-order maps, W and then D, on (‖·‖₂⁴, ‖·‖₄⁴) of a vector and on
/// (t, q, g) of a matrix.
macro_rules! maps {
    () => {
        "let c = kurtosis - 3; let s = p*width*variance; \
         let vectors = width*variance^2*[[p^2, p*(1-p)], [0, p]]*[[width+2, c], [3, c]]; \
         let gates = [[p^2, 0, p*(1-p)], [0, p^2, p*(1-p)], [0, 0, p]]; \
         let matrices = width*variance^2*gates*[[width, 2, c], [1, width+1, c], [1, 2, c]]; \
         let start = gates*[width^2, width, width]; "
    };
}

/// The gradient with a given target part and noise part.
macro_rules! gradient {
    ($target:literal, $noise:literal) => {
        concat!(
            maps!(),
            "let fourth = (vectors^(layer-1)*[x2^2, x4])[0]; let above = matrices^(depth-layer)*start; let q = above[1]; ",
            $target,
            " + ",
            $noise
        )
    };
}

/// The gradient before a random output matrix.
macro_rules! random {
    () => {
        gradient!(
            "x2*s^(layer-1)*width*output_variance*p*s^(depth-layer)*y2",
            "variance*fourth*width*output_variance^2*(above[0] + (width+1)*above[1] + (output_kurtosis-3)*above[2])"
        )
    };
}

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "ext-gradient",
    label: "Beyond the paper · the mean squared gradient of a layer",
    source: "beyond the paper; sharpens Appendix B.3, Eqs. (55)-(69)",
    says: "For A = B = I and one sample, linear with any target or ReLU with target 0 (atomless law or ties as fair coins), \
           E||dL/dW^k||_F^2 = E||a^(k-1)||^2 p s^(L-k) ||y||^2 + variance q_k E||a^(k-1)||_2^4.",
    reconstructed: None,
    follows_from: &[],
    quantities: &[
        Quantity::new(
            "frobenius-pow2",
            "E||dL/dW^layer||_F^2 of L = 1/2 ||y - f||^2",
            gradient!("x2*s^(layer-1)*p*s^(depth-layer)*y2", "variance*q*fourth"),
            PARAMETERS,
        )
        .requiring(NO_TARGET),
        Quantity::new(
            "random-output",
            "the same for f = B a^L, the entries of B of the output's law",
            random!(),
            &["width", "depth", "law", "output-law", "gate", "input", "target", "layer"],
        ),
    ],
    claims: &[
        Claim::new("frobenius-pow2", "E||dL/dW^k||_F^2 is the target's part plus the output's part").against(RIVALS).by(&[
            Evidence::settled("composed moment calculus", CALCULUS, |_| Ok(exact::composed_gradient(exact::Output::Identity)))
                .resting_on(exact::COMPOSED),
            Evidence::enumerated("linear nets", "differences of the loss over all weights of finite laws, any target", |_| {
                exact::every_gradient(&exact::differentiable_nets(exact::Gate::Linear)?, exact::uneven)
            }),
            Evidence::enumerated("ReLU nets", "the same with gates, ties as fair coins, target 0", |_| {
                exact::every_gradient(&exact::differentiable_nets(exact::Gate::Relu)?, |width| vec![0; width])
            }),
            Evidence::sampled("shallow nets", SAMPLED, |context| blocks::means(context, blocks::Power::Squared, &SHALLOW)),
            Evidence::sampled("depth 200", "in most nets the gradient is far smaller than its root mean square: refused", |context| {
                blocks::means(context, blocks::Power::Squared, &[blocks::Place::gradient(nets::Net::linear(4, 200), 1)])
            })
            .expecting(Expectation::Inconclusive),
        ]),
        Claim::new("random-output", "for B with independent entries of a law of its own: ReLU with any target, too")
            .against(&[
                rival("B = I", gradient!("x2*s^(layer-1)*p*s^(depth-layer)*y2", "variance*q*fourth")),
                rival("B of the weights' law", concat!("let output_variance = variance; let output_kurtosis = kurtosis; ", random!())),
                rival("B's scale forgotten", concat!("let output_variance = 1; ", random!())),
                rival("B Gaussian", concat!("let output_kurtosis = 3; ", random!())),
                rival("the target forgotten", concat!("let y2 = 0; ", random!())),
            ])
            .by(&[
                Evidence::settled("composed moment calculus", CALCULUS, |_| Ok(exact::composed_gradient(exact::Output::Random)))
                    .resting_on(exact::COMPOSED),
                Evidence::enumerated("ReLU nets", "differences of the loss over all weights and B, any target", |_| {
                    exact::random_outputs(exact::Gate::Relu, exact::Sensitivity::Gradient)
                }),
                Evidence::enumerated("linear nets", "the same without gates", |_| {
                    exact::random_outputs(exact::Gate::Linear, exact::Sensitivity::Gradient)
                }),
                Evidence::sampled("shallow nets", SAMPLED, |context| blocks::means(context, blocks::Power::Squared, &SHALLOW_RELU)),
            ]),
        Claim::new("strict gates", "the same with ties closed: false for laws with atoms")
            .of("frobenius-pow2")
            .expecting(Expectation::Refuted)
            .by(&[Evidence::enumerated("closed ties", "Rademacher weights, input (1, 1), a tie closes the gate", |_| {
                exact::gradients(&exact::strict(3)?, &[0, 0], 1)
            })]),
        Claim::new("ReLU with a target", "the same for ReLU with B = I and y other than 0: false")
            .of("frobenius-pow2")
            .expecting(Expectation::Refuted)
            .by(&[Evidence::enumerated("coin-flip ties", "four-point law, target (3, -1)", |_| {
                let nets = exact::grid(&[exact::FiniteLaw::four_point()], &[exact::Gate::Relu], &[(2, 2)], exact::uneven)?;
                exact::gradients(&nets, &[3, -1], 1)
            })]),
    ],
    figures: &["1", "4", "15"],
};

const PARAMETERS: &[&str] = &["width", "depth", "law", "gate", "input", "target", "layer"];
const SAMPLED: &str = "replicated means of squared norms in random nets on candle";
const SHALLOW: [blocks::Place; 3] = [
    blocks::Place::gradient(nets::Net::linear(4, 2), 1).towards(nets::Input::Signed),
    blocks::Place::gradient(nets::Net::new(6, 3, "xavier-uniform", network::Gate::Linear), 2).towards(nets::Input::Flat),
    blocks::Place::gradient(nets::Net::relu(8, 2), 1),
];
const SHALLOW_RELU: [blocks::Place; 1] = [blocks::Place::gradient(nets::Net::new(8, 2, "he-uniform", network::Gate::Relu), 1)
    .towards(nets::Input::Signed)
    .before_output("gaussian:1/2")];
const NO_TARGET: &[Requirement] = &[Requirement { positive: "1 + sqrt(-(1-p)*y2)", says: "a ReLU net's target must be 0 where B = I" }];

const CALCULUS: &str =
    "the loss differentiated as a polynomial, its square averaged; one-layer maps below and above, of any number of layers";

const RIVALS: &[Rival] = &[
    rival("the target forgotten", gradient!("0", "variance*q*fourth")),
    rival("the output forgotten", gradient!("x2*s^(layer-1)*p*s^(depth-layer)*y2", "0")),
    rival("the gate's share forgotten", gradient!("x2*s^(layer-1)*s^(depth-layer)*y2", "variance*q*fourth/p")),
    rival("squared mean for mean square", gradient!("x2*s^(layer-1)*p*s^(depth-layer)*y2", "variance*q*x2^2*s^(2*(layer-1))")),
    rival("a product of norms for the norm of the product", gradient!("x2*s^(layer-1)*width*p*s^(depth-layer)*y2", "variance*q*fourth")),
];
