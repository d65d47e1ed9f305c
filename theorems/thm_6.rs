//! Theorem 6 · gradient and Hessian of a neural chain.
//!
//! 𝓛 = ½(y − v x)², v = w_L ⋯ w_1: ∂_i = −(y − v x) x Π_{j≠i} w_j, ∂_ii = x² Π_{j≠i} w_j², ∂_ij = x(2 v x − y) Π_{k≠i,j} w_k. For
//! w_i ~ U[−τ, τ], median ∂_ii = x² τ^{2(L−1)} e^{−2 m_{L−1}}. With y ≠ 0, τ < e, as L grows, median|∂_i| ~ |x y| τ^{L−1} e^{−m_{L−1}} and
//! (L ≥ 3) median|∂_ij| ~ |x y| τ^{L−2} e^{−m_{L−2}}, to leading order |x y|(τ/e)^{L−2} e^{1/3}: the diagonal falls twice as fast, the Hessian
//! turns hollow. If y = 0 it does not: |∂_ij|/∂_ii = 2|w_i/w_j| has median 2 at every depth.
//!
//! Rungs: proved (derivatives), certified, derived, sampled (medians). Source: Section 3, Theorem 6.

use suite::prelude::*;

/// The median of a product of all weights but so many.
macro_rules! slope {
    ($without:literal) => {
        concat!("tau^(depth-", $without, ")*exp(-gamma_median(depth-", $without, "))")
    };
}

/// That an entry's median is that product's, as v vanishes.
macro_rules! leading {
    ($entry:ident) => {
        &[Evidence::sampled("order statistics", "medians of entries of chains on candle, tau = sqrt(3)", |context| {
            Ok(network::chain::entry_medians(context, Entry::$entry, 3f64.sqrt(), &[160, 300])?.at("tau", "sqrt(3)"))
        })
        .resting_on(&[Step::lemma("perturbed medians", "v tends to 0 exponentially, the median's density as 1/sqrt(2 pi L)")])]
    };
}

/// A derivative by identities, and by differences, exact for a polynomial of degree 2 in each weight.
macro_rules! derivative {
    ($which:ident, $says:literal, $($step:expr),+) => {
        &[
            Evidence::proved("differentiation", $says, &[$($step),+]),
            Evidence::certified("central differences", "exact for a polynomial of degree 2 in each weight", |_| {
                Ok(exact::chain::derivatives(exact::Derivative::$which))
            }),
        ]
    };
}

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "thm-6",
    label: "Theorem 6 · gradient and Hessian of a neural chain",
    source: "Section 3, Theorem 6",
    says: "For the loss 1/2 (y - v x)^2 of a chain with w_i ~ U[-tau, tau], tau < e, gradient and Hessian vanish with depth in the median, \
           the Hessian's diagonal twice as fast if y is not 0.",
    reconstructed: None,
    follows_from: &["thm-5", "ext-chain-inertia"],
    quantities: &[
        Quantity::new("diagonal-median", "median d2L/dw_i^2", "(x*tau^(depth-1)*exp(-gamma_median(depth-1)))^2", &["tau", "depth", "x"])
            .requiring(TWO),
        Quantity::new("gradient", "dL/dw_i at w_1 = ... = w_L = w0 and y = 1", "-(1 - w0^depth*x)*x*w0^(depth-1)", &["w0", "depth", "x"]),
        Quantity::new("diagonal", "d2L/dw_i^2 there", "x^2*w0^(2*(depth-1))", &["w0", "depth", "x"]),
        Quantity::new("off-diagonal", "d2L/dw_i dw_j there", "x*(2*w0^depth*x - 1)*w0^(depth-2)", &["w0", "depth", "x"]).requiring(TWO),
        Quantity::new("gradient-median", "median|dL/dw_i| at x = y = 1, to leading order in depth", slope!("1"), &["tau", "depth"]),
        Quantity::new("off-diagonal-median", "median|d2L/dw_i dw_j| there, to leading order", slope!("2"), &["tau", "depth"]),
        Quantity::new("flat-ratio", "median of |d_ij|/d_ii at y = 0", "2", &[]),
        Quantity::new("indefinite", "P(H has eigenvalues of both signs) at x = y = 1", INDEFINITE, &["tau", "depth"]).requiring(TWO),
    ],
    claims: &[
        Claim::new("diagonal-median", "median d_ii = x^2 tau^(2(L-1)) e^(-2 m_(L-1))")
            .against(&[
                rival("mean for median", "x^2*(tau^2/3)^(depth-1)"),
                rival("no square", "x^2*tau^(depth-1)*exp(-gamma_median(depth-1))"),
                rival("a factor per layer", "x^2*tau^(2*depth)*exp(-2*gamma_median(depth))"),
                rival("x for its square", "x*tau^(2*(depth-1))*exp(-2*gamma_median(depth-1))"),
            ])
            .by(&[
                Evidence::certified("bracketed tails", "medians of the product of the other weights between certified tails", |_| {
                    let points = CHAINS.map(|(tau, others, x)| network::chain::point((tau, others)).at("x", x));
                    certified::layered_medians(&points, "x^2*tau^(2*depth)*exp(-2*median)").map(|found| certified::deeper(found, 1))
                }),
                Evidence::derived(
                    "monotone transformation",
                    "d_ii = x^2 u^2 increases in u, the absolute product of L - 1 weights",
                    &[
                        Step::lemma("monotone transformation", "the median passes through u -> x^2 u^2, u > 0; that of u is thm-5's"),
                        Step::identity("put in", "claimed", "let u = tau^(depth-1)*exp(-gamma_median(depth-1)); x^2*u^2"),
                    ],
                ),
                Evidence::sampled("order statistics", "a distribution-free interval from binomial ranks, chains on candle", |context| {
                    network::chain::diagonal_medians(context, &[("sqrt(3)", 2), ("2", 4), ("sqrt(3)", 12), ("2", 40)])
                }),
            ]),
        Claim::new("gradient", "d_i = -(y - v x) x prod_(j != i) w_j")
            .against(&[rival("the sign", "(1 - w0^depth*x)*x*w0^(depth-1)"), rival("all weights", "-(1 - w0^depth*x)*x*w0^depth")])
            .by(derivative!(
                First,
                "v is a weight times the product of the others",
                Step::derivative("in one weight", "w", "(y - w*rest*x)^2/2", "-(y - w*rest*x)*x*rest"),
                Step::identity("at equal weights", "claimed", "let rest = w0^(depth-1); -(1 - w0*rest*x)*x*rest")
            )),
        Claim::new("diagonal", "d_ii = x^2 prod_(j != i) w_j^2")
            .against(&[rival("no square", "x^2*w0^(depth-1)"), rival("x for its square", "x*w0^(2*(depth-1))")])
            .by(derivative!(
                Diagonal,
                "the gradient's slope in its own weight",
                Step::derivative("in the same weight", "w", "-(y - w*rest*x)*x*rest", "x^2*rest^2"),
                Step::identity("at equal weights", "claimed", "let rest = w0^(depth-1); x^2*rest^2")
            )),
        Claim::new("off-diagonal", "d_ij = x (2 v x - y) prod_(k != i,j) w_k")
            .against(&[rival("1 for 2", "x*(w0^depth*x - 1)*w0^(depth-2)"), rival("the residual", "x*(w0^depth*x - 1)*w0^(depth-1)")])
            .by(derivative!(
                OffDiagonal,
                "the gradient's slope in another weight",
                Step::derivative("in another weight", "u", "-(y - w*u*rest*x)*x*u*rest", "x*(2*w*u*rest*x - y)*rest"),
                Step::identity("at equal weights", "claimed", "let rest = w0^(depth-2); x*(2*w0^2*rest*x - 1)*rest")
            )),
        Claim::new("gradient-median", "median|d_i| ~ tau^(L-1) e^(-m_(L-1)): here at L where |v| < 10^-5 but for 10^-7")
            .against(&[rival("mean for median", "(tau/2)^(depth-1)"), rival("as fast as the diagonal", concat!("(", slope!("1"), ")^2"))])
            .by(leading!(Gradient)),
        Claim::new("off-diagonal-median", "median|d_ij| ~ tau^(L-2) e^(-m_(L-2)): the Hessian turns hollow")
            .against(&[rival("as with a target of 0", concat!("2*(", slope!("2"), ")^2")), rival("one weight more", slope!("1"))])
            .by(leading!(OffDiagonal)),
        Claim::new("flat-ratio", "at y = 0 the Hessian is not hollow: |d_ij|/d_ii has median 2 at every depth")
            .against(&[rival("hollow as with a target", "1/exp(1)"), rival("equal entries", "1")])
            .by(&[
                Evidence::derived(
                    "exchange of two weights",
                    "|d_ij|/d_ii = 2|w_i/w_j|, and |w_i/w_j| has the law of its inverse",
                    &[
                        Step::identity("the ratio", "let v = w*u*rest; x*2*v*x*rest/(x^2*(u*rest)^2)", "claimed*w/u"),
                        Step::lemma("monotone transformation", "r and 1/r have the same law, so its median is 1"),
                    ],
                ),
                Evidence::sampled("order statistics", "medians of |d_12|/d_11 at x = 1, y = 0, chains on candle", |context| {
                    network::chain::flat_ratios(context, &[("sqrt(3)", 3), ("2", 30)])
                }),
            ]),
        Claim::new("indefinite", "the share of chains with eigenvalues of both signs, predicted by ext-chain-inertia: to 1 with depth")
            .against(&[rival("every chain", "1"), rival("the sign of v forgotten", SIGN), rival("outputs outside (1/2, 1)", HALF)])
            .by(&[
                Evidence::certified("layer-wise integration", "v not between (L-1)/(2L-1) and 1, in exact polynomials", |_| {
                    let points = [("sqrt(3)", 2), ("sqrt(3)", 6), ("2", 5), ("5/2", 24)].map(network::chain::point);
                    certified::layered_probabilities(&points, &[("most", "1"), ("least", "(depth-1)/(2*depth-1)")], "1 - (most - least)/2")
                }),
                Evidence::sampled("counted signs", "share of chains on candle whose Hessian has pivots of both signs", |context| {
                    network::chain::indefinite(context, &[2, 3, 4, 6, 8, 12].map(|depth| ("sqrt(3)", depth)))
                }),
            ]),
    ],
    figures: &["2"],
};

const TWO: &[Requirement] = &[Requirement { positive: "depth - 1", says: "depth must be at least 2: there are no two weights" }];
const CHAINS: [(&str, usize, i64); 5] = [("sqrt(3)", 1, 1), ("2", 2, 3), ("sqrt(3)", 5, -2), ("5/2", 12, 1), ("3", 30, 2)];
const INDEFINITE: &str = "1 - (erlang_cdf(depth, ln(tau^depth*(2*depth-1)/(depth-1))) - erlang_cdf(depth, depth*ln(tau)))/2";
const SIGN: &str = "1 - (erlang_cdf(depth, ln(tau^depth*(2*depth-1)/(depth-1))) - erlang_cdf(depth, depth*ln(tau)))";
const HALF: &str = "1 - (erlang_cdf(depth, ln(tau^depth*2)) - erlang_cdf(depth, depth*ln(tau)))/2";
