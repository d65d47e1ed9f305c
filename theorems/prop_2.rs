//! Proposition 2 · variance propagation.
//!
//! h^ℓ = W^ℓ a^{ℓ−1}, a^ℓ = D^ℓ h^ℓ, a^0 = x; W^ℓ of width d with i.i.d. entries of variance σ², symmetric about 0; p = 1 (linear)
//! or 1/2 (ReLU); s = p d σ²; M_k = D^L W^L ⋯ W^{k+1} D^k. Forward: E‖a^ℓ‖² = s E‖a^{ℓ−1}‖², ties and dead nets included, so that
//! the mean is constant in depth iff σ² = 1/(p d) (uniform: τ² = 3/(p d)). Backward, linear: E‖M_kᵀu‖² = (dσ²)^{L−k}‖u‖² for every
//! direction u. Backward, ReLU, only on average over directions: E‖M_k‖_F² = p d s^{L−k}, given that the layers below k are
//! alive (prop-19) and for laws without atoms, or ties as fair coins.
//!
//! *Erratum.* For a fixed direction u the ReLU statement is false: gates align backward vectors with the activations, which are
//! not negative. Nothing downstream breaks: what follows uses ‖M_k‖_F, or a random output matrix (cor-14). The exact Gaussian law
//! is ext-alignment.
//!
//! Rungs: proved, enumerated, sampled (forward). Source: Section 2, Proposition 2.

use suite::prelude::*;

/// One piece of the erratum: E‖M_1ᵀu‖² over its value as told, for one direction and one convention for ties.
macro_rules! witness {
    ($method:literal, $ties:ident, $direction:expr) => {
        Evidence::enumerated($method, "the law -2, -1, 1, 2, d = 2, L = 2, k = 1, x = (5, 7), B = I: true over told", |_| {
            let net = exact::Net::uniform(&exact::FiniteLaw::four_point(), exact::Gate::Relu, 2, 2, &[5, 7])?;
            Ok(exact::direction_ratios(&[net.with_ties(exact::Ties::$ties)], &$direction))
        })
    };
}

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "prop-2",
    label: "Proposition 2 · variance propagation",
    source: "Section 2, Proposition 2",
    says: "E|a^L|^2 = (p d sigma^2)^L |x|^2, constant in depth iff sigma^2 = 1/(p d). Backward the same factor holds in linear nets for \
           every direction, in ReLU nets on average over directions only: for a fixed direction it is false.",
    reconstructed: Some("the wording of the backward part: \"the gradient is stable\", read for a fixed output direction"),
    follows_from: &[],
    quantities: &[
        Quantity::new("norm2-pow2", "E|a^L|_2^2", "(p*width*variance)^depth*x2", &["width", "depth", "law", "gate", "input"]),
        Quantity::new("stable-variance", "the variance that keeps E|a^L|^2 at any depth", "1/(p*width)", &["width", "gate"]),
        Quantity::new("stable-tau-pow2", "the squared half-width of the uniform law that does", "3/(p*width)", &["width", "gate"]),
        Quantity::new("backward-direction-pow2", "E|M_k^T u|^2 in linear nets, depth = L - k", "(width*variance)^depth*u2", DIRECTED),
        Quantity::new("backward-frobenius-pow2", "E|M_k|_F^2, depth = L - k", "p*width*(p*width*variance)^depth", BACKWARD),
        Quantity::new("fixed-direction", "E|M_k^T u|^2 for fixed u in ReLU nets, over p s^(L-k) |u|^2: as told", "1", &[]),
    ],
    claims: &[
        Claim::new("norm2-pow2", "E|a^L|^2 = (p d sigma^2)^L |x|^2")
            .against(&[
                rival("gate forgotten", "(width*variance)^depth*x2"),
                rival("gate squared", "(p^2*width*variance)^depth*x2"),
                rival("before the last gate", "(p*width*variance)^depth/p*x2"),
            ])
            .by(&[
                Evidence::settled("moment calculus", "one-layer expectations, expanded and composed, symbolic", |_| {
                    Ok(exact::composed(exact::Norm::TwoSquared, exact::Site::AfterGate, 1..=12, 1..=3))
                })
                .resting_on(COMPOSITION),
                Evidence::enumerated("enumeration", "four laws, two gates, ties and dead nets included", |_| {
                    let nets = exact::grid(&exact::laws(), &exact::Gate::ALL, &[(2, 1), (2, 3), (3, 2)], exact::uneven)?;
                    Ok(exact::norms(&nets, exact::Norm::TwoSquared, exact::Site::AfterGate))
                }),
                Evidence::sampled("one layer", "adversarial inputs, nets on candle", |run| {
                    nets::one_layer(run, nets::Norm::TwoSquared, nets::Stage::MatrixThenGate, LAYERS)
                }),
            ]),
        Claim::new("stable-variance", "E|a^L|^2 = |x|^2 at every depth at sigma^2 = 1/(p d)")
            .against(&[rival("LeCun", "1/(3*width)"), rival("gate forgotten", "1/width"), rival("gate the wrong way", "p/width")])
            .by(&[Evidence::proved(
                "substitution",
                "put into the recursion",
                &[Step::identity("nothing grows or decays", "let variance = claimed; (p*width*variance)^depth*x2", "x2")],
            )]),
        Claim::new("stable-tau-pow2", "for the uniform law on (-tau, tau), tau^2 = 3/(p d)")
            .against(&[rival("variance for half-width", "1/(p*width)"), rival("PyTorch's default", "1/width")])
            .by(&[Evidence::proved(
                "substitution",
                "the variance of the uniform law is tau^2/3",
                &[Step::identity("nothing grows or decays", "let variance = claimed/3; (p*width*variance)^depth*x2", "x2")],
            )]),
        Claim::new("backward-direction-pow2", "linear nets: E|M_k^T u|^2 = (d sigma^2)^(L-k) |u|^2")
            .against(&[
                rival("one layer too many", "(width*variance)^(depth + 1)*u2"),
                rival("sum of the direction", "(width*variance)^depth*u1^2"),
            ])
            .by(&[
                Evidence::proved("recursion", "the transposes of the weights are a linear net of their own", TRANSPOSED),
                Evidence::enumerated("enumeration", "four laws, every layer", |_| {
                    let nets = exact::grid(&exact::laws(), &[exact::Gate::Linear], &[(2, 2)], exact::uneven)?;
                    Ok(exact::products_between(&nets, &exact::Form::Direction(vec![3, -2])))
                }),
            ]),
        Claim::new("backward-frobenius-pow2", "on average over directions: E|M_k|_F^2 = p d s^(L-k) while the layers below k live")
            .against(&[
                rival("gate forgotten", "width*(width*variance)^depth"),
                rival("first gate forgotten", "width*(p*width*variance)^depth"),
                rival("one layer too many", "p*width*(p*width*variance)^(depth + 1)"),
            ])
            .by(&[
                Evidence::proved("recursion", "gates are fair coins, independent of the magnitudes below", GATED),
                Evidence::enumerated("enumeration", "four laws, two gates, every layer; ties as fair coins", |_| {
                    Ok(exact::products_between(&exact::shallow_nets()?, &exact::Form::FrobeniusSquared))
                }),
            ]),
        Claim::new("fixed-direction", "as told, E|M_k^T u|^2 = p s^(L-k) |u|^2 for every fixed u in ReLU nets too")
            .expecting(Expectation::Refuted)
            .by(&[
                witness!("strict gates, u = (1, 1)", Closed, [1, 1]),
                witness!("ties as coins, u = (1, 1)", CoinFlip, [1, 1]),
                witness!("strict gates, u = (1, -1)", Closed, [1, -1]),
                witness!("ties as coins, u = (1, -1)", CoinFlip, [1, -1]),
            ]),
        Claim::new("atoms", "for laws with atoms and strict gates the average over directions is no such number: the hypothesis is needed")
            .of("backward-frobenius-pow2")
            .expecting(Expectation::Refuted)
            .by(&[Evidence::enumerated("signs at (1, 1)", "a pre-activation of 0 closes its gate", |_| {
                Ok(exact::products_between(&[exact::tied(exact::Ties::Closed)?], &exact::Form::FrobeniusSquared))
            })]),
    ],
    figures: &[],
};

const BACKWARD: &[&str] = &["width", "depth", "law", "gate"];
const DIRECTED: &[&str] = &["width", "depth", "law", "direction"];
const TRANSPOSED: &[Step] = &[
    Step::lemma("independent products", "E|W^T v|^2 = d sigma^2 |v|^2 for v independent of W"),
    Step::identity("no weights between", "let depth = 0; claimed", "u2"),
    Step::identity("one more layer", "let depth = depth + 1; claimed", "width*variance*claimed"),
];
const GATED: &[Step] = &[
    Step::lemma("independent signs", "given everything below and |h|, a gate is open with probability p"),
    Step::lemma("independent products", "E|D W M|_F^2 = p d sigma^2 |M|_F^2 for M independent of D and W"),
    Step::identity("one gate matrix", "let depth = 0; claimed", "p*width"),
    Step::identity("one more layer", "let depth = depth + 1; claimed", "p*width*variance*claimed"),
];
const COMPOSITION: &[Step] = &[
    Step::lemma("independent signs", "gates are independent coins, independent of the magnitudes"),
    Step::lemma("degree argument", "the mean behind a layer is a multiple of |a|^2, linear in the number of rows"),
];

const LAYERS: &[nets::Net] = &[
    nets::Net::new(3, 1, "uniform:9/10", network::Gate::Relu).seeing(nets::Input::Signed),
    nets::Net::new(8, 1, "three-point:1,1/4", network::Gate::Linear).seeing(nets::Input::Graded),
    nets::Net::relu(5, 1).seeing(nets::Input::Huge),
];
