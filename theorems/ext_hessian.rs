//! Beyond the paper · the mean squared Hessian block of two layers.
//!
//! 𝓛 = ½‖y − f‖², f = D^L W^L ⋯ D^1 W^1 x (n = 1, A = B = I), W^ℓ of i.i.d. symmetric entries with variance σ² and kurtosis κ, and
//! s = p d σ². For the linear gate with any y, or ReLU with y = 0 (atomless law, or ties as fair coins),
//! E‖H_kk‖_F² = q_k E‖a^{k−1}‖₂⁴ and, for k < l,
//! E‖H_kl‖_F² = E‖a^{k−1}‖² p d s^{l−1−k} p s^{L−l} ‖y‖² + 2σ⁴ q_l E‖a^{k−1}‖₂⁴ (t_P + q_P), where q_k = E tr((M_kᵀM_k)²), and
//! (t_P, q_P) = (E(tr PPᵀ)², E tr (PPᵀ)²) of P = P_{l,k}, follow the recursion of ext-matrix from I. False for strict gates with
//! finite laws, and for ReLU with y ≠ 0. Before B with i.i.d. symmetric entries of variance β² ReLU with any y: p ‖y‖² is p d β²‖y‖²,
//! and q_l takes one step more.
//! Both cases are one formula: P_{l,k} is the state of a recursion in l − k that starts from the scalar 1 at l = k.
//!
//! Rungs: proved (composition), enumerated, sampled. Source: this suite; it sharpens Appendix B.4, Eqs. (70)–(88).

use suite::prelude::*;

/// The moments of one layer, W and then D, on (‖·‖₂⁴, ‖·‖₄⁴) of a vector and on (t, q, g) of a matrix.
macro_rules! maps {
    () => {
        "let c = kurtosis - 3; let s = p*width*variance; \
         let vectors = width*variance^2*[[p^2, p*(1-p)], [0, p]]*[[width+2, c], [3, c]]; \
         let gates = [[p^2, 0, p*(1-p)], [0, p^2, p*(1-p)], [0, 0, p]]; \
         let matrices = width*variance^2*gates*[[width, 2, c], [1, width+1, c], [1, 2, c]]; \
         let start = gates*[width^2, width, width]; \
         let fourth = (vectors^(layer-1)*[x2^2, x4])[0]; let above = matrices^(depth-other_layer)*start; let q = above[1]; "
    };
}

/// The states of P_{l,k} after l − k steps: 1 at the start, then (t, q, g), and 0 at the start, then E‖P‖_F².
macro_rules! between {
    () => {
        "let path = ([[0, 0, 0, 0], \
         [start[0], matrices[0][0], matrices[0][1], matrices[0][2]], \
         [start[1], matrices[1][0], matrices[1][1], matrices[1][2]], \
         [start[2], matrices[2][0], matrices[2][1], matrices[2][2]]]^(other_layer-layer)*[1, 0, 0, 0]); \
         let reach = ([[0, 0], [p*width, s]]^(other_layer-layer)*[1, 0])[1]; "
    };
}

/// The block with a given target part and output part.
macro_rules! block {
    ($target:literal, $output:literal) => {
        concat!(maps!(), between!(), "let aimed = x2*s^(layer-1)*reach*p*s^(depth-other_layer)*y2; ", $target, " + ", $output)
    };
}

/// The block before a random output matrix, with a multiple of the second of two terms.
macro_rules! random {
    ($twice:literal) => {
        concat!(
            maps!(),
            between!(),
            "let behind = width*output_variance^2*(above[0] + (width+1)*above[1] + (output_kurtosis-3)*above[2]); ",
            "x2*s^(layer-1)*reach*width*output_variance*p*s^(depth-other_layer)*y2 + behind*fourth*(path[0] + ",
            $twice,
            "*variance^2*(path[1] + path[2]))"
        )
    };
}

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "ext-hessian",
    label: "Beyond the paper · the mean squared Hessian block of two layers",
    source: "beyond the paper; sharpens Appendix B.4, Eqs. (70)-(88)",
    says: "For A = B = I and one sample, linear with any target or ReLU with target 0 (atomless law or ties as fair coins), \
           E||H_kl||_F^2 in closed form for every two layers k <= l of a net of any width and depth.",
    reconstructed: None,
    follows_from: &["ext-gradient"],
    quantities: &[
        Quantity::new("frobenius-pow2", "E||d2L/dW^layer dW^other-layer||_F^2 of L = 1/2 ||y - f||^2", FORMULA, PARAMETERS)
            .requiring(NO_TARGET),
        Quantity::new(
            "random-output",
            "the same for f = B a^L, the entries of B of the output's law",
            random!("2"),
            &["width", "depth", "law", "output-law", "gate", "input", "target", "layer", "other-layer"],
        ),
    ],
    claims: &[
        Claim::new("frobenius-pow2", "E||H_kl||_F^2 is the target's part plus the output's part, on and off the diagonal")
            .against(RIVALS)
            .by(&[
                Evidence::settled("composed moment calculus", CALCULUS, |_| Ok(exact::composed_hessian(exact::Output::Identity)))
                    .resting_on(exact::COMPOSED),
                Evidence::enumerated("linear nets", "second differences of the loss over all weights of finite laws, any target", |_| {
                    exact::every_hessian(&exact::differentiable_nets(exact::Gate::Linear)?, exact::uneven)
                }),
                Evidence::enumerated("ReLU nets", "the same with gates, ties as fair coins, target 0", |_| {
                    exact::every_hessian(&exact::differentiable_nets(exact::Gate::Relu)?, |width| vec![0; width])
                }),
                Evidence::sampled("shallow nets, pair", SAMPLED, |context| blocks::means(context, blocks::Power::Squared, &PAIR)),
                Evidence::sampled("shallow nets, diagonal", SAMPLED, |context| blocks::means(context, blocks::Power::Squared, &DIAGONAL)),
            ]),
        Claim::new("random-output", "for B with independent entries of a law of its own: ReLU with any target, too")
            .against(&[
                rival("B = I", FORMULA),
                rival("B of the weights' law", concat!("let output_variance = variance; let output_kurtosis = kurtosis; ", random!("2"))),
                rival("one of two equal terms", random!("1")),
            ])
            .by(&[
                Evidence::settled("composed moment calculus", CALCULUS, |_| Ok(exact::composed_hessian(exact::Output::Random)))
                    .resting_on(exact::COMPOSED),
                Evidence::enumerated("ReLU nets, diagonal", BEHIND, |_| {
                    exact::random_outputs(exact::Gate::Relu, exact::Sensitivity::Diagonal)
                }),
                Evidence::enumerated("ReLU nets", BEHIND, |_| exact::random_outputs(exact::Gate::Relu, exact::Sensitivity::OffDiagonal)),
                Evidence::sampled("shallow nets", SAMPLED, |context| blocks::means(context, blocks::Power::Squared, &BEFORE)),
            ]),
        Claim::new("strict gates", "the same with ties closed: false for laws with atoms")
            .of("frobenius-pow2")
            .expecting(Expectation::Refuted)
            .by(&[
                Evidence::enumerated("closed ties, block of layer 1", STRICT, |_| exact::hessians(&exact::strict(3)?, &[0, 0], 1, 1)),
                Evidence::enumerated("closed ties, layers 1 and 2", STRICT, |_| exact::hessians(&exact::strict(3)?, &[0, 0], 1, 2)),
            ]),
        Claim::new("ReLU with a target", "the same for ReLU with B = I and y other than 0: false")
            .of("frobenius-pow2")
            .expecting(Expectation::Refuted)
            .by(&[Evidence::enumerated("coin-flip ties", "four-point law, target (1, -2)", |_| {
                let nets = exact::grid(&[exact::FiniteLaw::four_point()], &[exact::Gate::Relu], &[(2, 2)], exact::uneven)?;
                exact::hessians(&nets, &[1, -2], 1, 2)
            })]),
    ],
    figures: &["1", "4", "13", "15"],
};

const PARAMETERS: &[&str] = &["width", "depth", "law", "gate", "input", "target", "layer", "other-layer"];
const FORMULA: &str = block!("aimed", "q*fourth*(path[0] + 2*variance^2*(path[1] + path[2]))");
const BEHIND: &str = "second differences of the loss over all weights and B, any target";
const SAMPLED: &str = "replicated means of squared norms in random nets on candle";
const PAIR: [blocks::Place; 1] = [blocks::Place::block(nets::Net::linear(12, 2), 1, 2).towards(nets::Input::Flat)];
const DIAGONAL: [blocks::Place; 2] = [
    blocks::Place::block(nets::Net::new(8, 2, "xavier-uniform", network::Gate::Linear), 2, 2),
    blocks::Place::block(nets::Net::relu(16, 2), 1, 1),
];
const BEFORE: [blocks::Place; 1] = [blocks::Place::block(nets::Net::relu(16, 2), 2, 2).before_output("uniform:1/3")];
const NO_TARGET: &[Requirement] = &[Requirement { positive: "1 + sqrt(-(1-p)*y2)", says: "a ReLU net's target must be 0 where B = I" }];
const STRICT: &str = "Rademacher weights, width 2, depth 3, input (1, 1), a tie closes the gate";

const CALCULUS: &str =
    "the loss differentiated as a polynomial, its square averaged; one-layer maps below, between and above, of any number of layers";

const RIVALS: &[Rival] = &[
    rival("the target forgotten", block!("0", "q*fourth*(path[0] + 2*variance^2*(path[1] + path[2]))")),
    rival("the output forgotten off the diagonal", block!("aimed", "q*fourth*path[0]")),
    rival("one of two equal terms", block!("aimed", "q*fourth*(path[0] + variance^2*(path[1] + path[2]))")),
    rival("t for t + q", block!("aimed", "q*fourth*(path[0] + 2*variance^2*path[1])")),
    rival("a fourth moment as a squared second", block!("aimed", "q*x2^2*s^(2*(layer-1))*(path[0] + 2*variance^2*(path[1] + path[2]))")),
];
