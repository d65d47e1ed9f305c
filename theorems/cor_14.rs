//! Corollary 14 · gates are coins.
//!
//! (a) For laws without atoms, given the layers below L and a^{L−1} ≠ 0, the gates of layer L are independent fair coins, independent of
//! |h^1|, …, |h^L| (not of |h^{L+1}|). Unconditionally P(open) = π^{L−1}/2, π = 1 − 2^{−d}. With ties as fair coins all gates of all layers
//! are independent fair coins. (b) For z independent of W^L, in place of the a^{L−1} ≠ 0 that sets the gates, the norms of D^L W^L z have
//! the moments of prop-13 behind W^L z; yet E D^L W^L z ≠ 0. (c) With B = I only what row signs leave alone agrees with the coin net
//! (‖M_k‖_F, M_kᵀM_k: prop-19); with B of i.i.d. symmetric entries all does. (d) Exact nets: ties as coins, or signs ±m_ij of distinct
//! magnitudes, which meet no tie while they live. Rungs: derived (sign flip), proved (b), enumerated, sampled. Source: Appendix B.1.

use suite::prelude::*;

/// The claim of (b) about one norm.
macro_rules! modified {
    ($part:literal: $says:literal, $norm:ident => $composed:literal, $rival:literal, $wrong:literal) => {
        Claim::new($part, $says).against(&[rival($rival, $wrong)]).by(&[
            Evidence::proved(
                "composition",
                "prop-13 behind lemma-15",
                &[
                    Step::lemma(
                        "independent signs",
                        "flipping a row changes its gate and nothing in (W z)_i^2: given |W z| the gates are coins",
                    ),
                    Step::identity("prop-13 of W z", "claimed", $composed),
                ],
            ),
            Evidence::enumerated(LAWS, "gates set by the activation, weights applied to z = (3, -2)", |_| {
                Ok(exact::modified_inputs(&coins(SMALL)?, &[3, -2], exact::Norm::$norm))
            }),
        ])
    };
}

/// Evidence from nets of random signs and distinct magnitudes.
macro_rules! untied {
    ($gather:ident) => {
        Evidence::enumerated("distinct magnitudes", "random signs, no ties, all outcomes", |_| Ok(exact::$gather(&exact::untied()?)))
    };
}

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "cor-14",
    label: "Corollary 14 · gates are coins",
    source: "Appendix B.1, Corollary 14, Eqs. (20)-(26)",
    says: "Given a living past the gates of a ReLU layer are independent fair coins, independent of all magnitudes up to their layer. A net \
           of coins has the same moments where row signs do not matter.",
    reconstructed: Some("the four parts, from the prose and the proofs"),
    follows_from: &["lemma-12", "prop-13", "lemma-15"],
    quantities: &[
        Quantity::new("living-gates", "P(gates of layer L | gates below, |h^1|, ..., |h^L|), a^(L-1) not 0", "2^(-width)", &["width"]),
        Quantity::new("open-probability", "P(a gate of layer L is open)", "(1 - 2^(-width))^(depth - 1)/2", &["width", "depth"]),
        Quantity::new("pattern", "P(a pattern of all gates, alive before the last layer)", "2^(-width*depth)", &["width", "depth"]),
        Quantity::new("dead-pattern", "P(all gates of all layers are closed)", "2^(-width)", &["width"]),
        Quantity::new("collision", "P(two living nets share all gates)", "1/((2^width - 1)^(depth - 1)*2^width)", &["width", "depth"]),
        Quantity::new("modified-norm2-pow2", "E|D W z|_2^2, z the input", "p*width*variance*x2", ONE_LAYER),
        Quantity::new("modified-norm4-pow4", "E|D W z|_4^4", "p*width*variance^2*((kurtosis - 3)*x4 + 3*x2^2)", ONE_LAYER),
        Quantity::new("modified-norm2-pow4", "E|D W z|_2^4", FOURTH, ONE_LAYER),
        Quantity::new("mean-activation", "E a^L_1", "0", &[]),
        Quantity::new("random-output-pow2", "E|M_1^T B^T u|^2, B like W", "variance*p*width*(p*width*variance)^(depth - 1)*u2", DIRECTED),
        Quantity::new("fixed-output-pow2", "E|M_1^T u|^2 of the coin net, B = I", "p*(p*width*variance)^(depth - 1)*u2", DIRECTED),
    ],
    claims: &[
        Claim::new("living-gates", "(a) given a living past every pattern of a layer has probability 2^-d")
            .against(&[rival("one coin for all", "1/2"), rival("a living layer", "1/(2^width - 1)")])
            .by(&[
                Evidence::derived(
                    "sign flip",
                    "row by row",
                    &[
                        Step::lemma("sign flip", "given all magnitudes and the other rows, a gate is a fair coin"),
                        Step::identity("one row", "let width = 1; claimed", "1/2"),
                        Step::identity("one row more", "let width = width + 1; claimed", "claimed/2"),
                    ],
                ),
                untied!(gates_given_living_past),
                Evidence::enumerated(LAWS, "given each past", |_| Ok(exact::gates_given_past(&coins(&[(2, 1), (2, 2), (3, 1)])?))),
            ]),
        Claim::new("later", "(a) but given |h^(L+1)| they are not: the hypothesis is needed")
            .of("living-gates")
            .expecting(Expectation::Refuted)
            .by(&[untied!(gates_given_later)]),
        Claim::new("open-probability", "(a) unconditionally a gate is open with probability pi^(L-1)/2")
            .against(&[rival("fair", "1/2"), rival("one layer more", "(1 - 2^(-width))^depth/2"), rival("per gate", "2^(-depth)")])
            .by(&[
                Evidence::derived(
                    "sign flip",
                    "a gate is a fair coin while the net lives, closed afterwards",
                    &[
                        Step::lemma("sign flip", "gates of a layer that sees a vector other than 0 are fair coins"),
                        Step::identity("first layer", "let depth = 1; claimed", "1/2"),
                        Step::identity("one more layer", "let depth = depth + 1; claimed", "(1 - 2^(-width))*claimed"),
                    ],
                ),
                untied!(openness),
                Evidence::sampled("share of open gates", "nets on candle", |run| nets::gate_openings(run, &DRAWN)),
            ]),
        Claim::new("pattern", "(a), (d) all patterns of all gates of a living net are equally likely")
            .against(&[rival("one layer", "2^(-width)"), rival("a living layer", "(2^width - 1)^(-depth)")])
            .by(&[
                untied!(living_patterns),
                Evidence::enumerated(LAWS, "all patterns", |_| Ok(exact::gate_patterns(&coins(&[(2, 1), (2, 3), (3, 1)])?))),
            ]),
        Claim::new("dead-pattern", "(d) without ties the pattern without an open gate has the probability of a dead first layer")
            .against(&[rival("all gates", "2^(-width*depth)"), rival("some layer dies", "1 - (1 - 2^(-width))^depth")])
            .by(&[untied!(closed_patterns)]),
        Claim::new("collision", "(a) the chi^2 distance of all gates of living nets from fair coins, m P(collision) - 1, is 0")
            .against(&[rival("dead layers counted", "2^(-width*depth)"), rival("one layer decides", "2^(-width)")])
            .by(&[
                untied!(collisions),
                Evidence::sampled("chi-square", "collisions of pairs of living nets on candle", |run| nets::gate_collisions(run, &DRAWN)),
            ]),
        modified!("modified-norm2-pow2": "(b) E|D W z|^2 = p E|W z|^2", TwoSquared => "p*(width*variance*x2)",
            "gate forgotten", "width*variance*x2"),
        modified!("modified-norm4-pow4": "(b) E|D W z|_4^4 = p E|W z|_4^4", FourFourth =>
            "let h4 = width*variance^2*((kurtosis - 3)*x4 + 3*x2^2); p*h4",
            "gate squared", "p^2*width*variance^2*((kurtosis - 3)*x4 + 3*x2^2)"),
        modified!("modified-norm2-pow4": "(b) E|D W z|_2^4 = p^2 E|W z|_2^4 + p(1-p) E|W z|_4^4", TwoFourth =>
            "let c = kurtosis - 3; let h = width*variance^2*[c*x4 + (width + 2)*x2^2, c*x4 + 3*x2^2]; p^2*h[0] + p*(1 - p)*h[1]",
            "gates' variance forgotten", "p^2*width*variance^2*((kurtosis - 3)*x4 + (width + 2)*x2^2)"),
        Claim::new("mean-activation", "(b) but not for odd functionals: an activation has a positive mean")
            .expecting(Expectation::Refuted)
            .by(&[untied!(mean_activations)]),
        Claim::new("random-output-pow2", "(c) with B i.i.d. symmetric any direction sees the coin net")
            .against(&[rival("B = I", "p*(p*width*variance)^(depth - 1)*u2"), rival("last gate", "(p*width*variance)^depth/p*u2")])
            .by(&[Evidence::enumerated("three-point laws", "both gates, ties as coins, u = (3, 1) behind one more layer", |_| {
                exact::direction_through_random_output(&exact::grid(&exact::laws()[2..], &exact::Gate::ALL, SMALL, exact::uneven)?, &[3, 1])
            })]),
        Claim::new("fixed-output-pow2", "(c) with B = I and a fixed direction not: false (prop-2, ext-alignment)")
            .expecting(Expectation::Refuted)
            .by(&[Evidence::enumerated(LAWS, "u = (1, 1)", |_| {
                Ok(exact::product_forms(&coins(&[(2, 2)])?, 1, &exact::Form::Direction(vec![1, 1])))
            })]),
    ],
    figures: &[],
};

const FOURTH: &str = "p*width*variance^2*((kurtosis - 3)*x4 + (p*(width - 1) + 3)*x2^2)";
const ONE_LAYER: &[&str] = &["width", "law", "gate", "input"];
const DIRECTED: &[&str] = &["width", "depth", "law", "gate", "direction"];
const SMALL: &[(usize, usize)] = &[(2, 1), (2, 2)];
const LAWS: &str = "four laws, ties as coins";
const DRAWN: [nets::Net; 2] = [nets::Net::relu(2, 3), nets::Net::new(3, 2, "he-uniform", network::Gate::Relu).seeing(nets::Input::Graded)];

fn coins(shapes: &[(usize, usize)]) -> Result<Vec<exact::Net>, Unsettled> {
    exact::grid(&exact::laws(), &[exact::Gate::Relu], shapes, exact::uneven)
}
