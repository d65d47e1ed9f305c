//! Beyond the paper · the signs of a neural chain's Hessian.
//!
//! 𝓛 = ½(y − v x)², v = w_L ⋯ w_1, L ≥ 2, c = v x, D = diag(1/w_i). Then H = c D[(y − c)I + (2c − y)11ᵀ]D, so that
//! det H = c^L Π w_i^{−2} (y − c)^{L−1} ((2L−1)c − (L−1)y). With y ≠ 0 and c/y none of 0, (L−1)/(2L−1), 1: H is positive definite between
//! (L−1)/(2L−1) and 1, has one negative eigenvalue between 0 and (L−1)/(2L−1), and L − 1 of them below 0 and above 1. So for
//! w_i ~ U[−τ, τ] and x = y = 1, P(H ≻ 0) = ½[P(L, ln(τ^L(2L−1)/(L−1))) − P(L, L ln τ)], P the lower regularised incomplete gamma
//! function: it vanishes with depth for every τ.
//!
//! Rungs: proved (determinant), certified (counted signs; the probability), derived, sampled. Source: this suite; it sharpens
//! Theorem 6.

use suite::prelude::*;

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "ext-chain-inertia",
    label: "Beyond the paper · the signs of a neural chain's Hessian",
    source: "beyond the paper; sharpens Theorem 6",
    says: "The Hessian of 1/2 (y - v x)^2 has L - 1 negative eigenvalues where v x/y is below 0 or above 1, one between 0 and \
           (L-1)/(2L-1), and none in between; so P(H > 0) is a difference of two gamma distribution functions.",
    reconstructed: None,
    follows_from: &["thm-4"],
    quantities: &[
        Quantity::new(
            "positive-definite",
            "P(H is positive definite) at x = y = 1",
            "(erlang_cdf(depth, ln(tau^depth*(2*depth-1)/(depth-1))) - erlang_cdf(depth, depth*ln(tau)))/2",
            &["tau", "depth"],
        )
        .requiring(DEEP),
        Quantity::new(
            "determinant",
            "det H times the product of w_i^2 over y^(2L), where x stands for v x/y",
            "x^depth*(1-x)^(depth-1)*((2*depth-1)*x - (depth-1))",
            &["depth", "x"],
        ),
        Quantity::new("negative-outside", "negative eigenvalues of H where v x/y is below 0 or above 1", "depth - 1", &["depth"])
            .requiring(DEEP),
        Quantity::new("negative-below", "negative eigenvalues of H where 0 < v x/y < (L-1)/(2L-1)", "1", &[]),
        Quantity::new("negative-inside", "negative eigenvalues of H where (L-1)/(2L-1) < v x/y < 1", "0", &[]),
    ],
    claims: &[
        Claim::new("positive-definite", "P(H > 0) = (P(L, ln(tau^L (2L-1)/(L-1))) - P(L, L ln tau))/2 at x = y = 1")
            .against(&[
                rival(
                    "the sign of v forgotten",
                    "erlang_cdf(depth, ln(tau^depth*(2*depth-1)/(depth-1))) - erlang_cdf(depth, depth*ln(tau))",
                ),
                rival("the upper end forgotten", "erlang_cdf(depth, ln(tau^depth*(2*depth-1)/(depth-1)))/2"),
                rival("the limit of the lower end", "(erlang_cdf(depth, ln(tau^depth*2)) - erlang_cdf(depth, depth*ln(tau)))/2"),
                rival(
                    "a layer too many",
                    "(erlang_cdf(depth+1, ln(tau^depth*(2*depth-1)/(depth-1))) - erlang_cdf(depth+1, depth*ln(tau)))/2",
                ),
            ])
            .by(&[
                Evidence::certified("layer-wise integration", "half of P((L-1)/(2L-1) < |v| < 1), in exact polynomials", |_| {
                    let chains = [("sqrt(3)", 2), ("sqrt(3)", 3), ("sqrt(3)", 6), ("sqrt(3)", 10), ("2", 5), ("11/10", 4), ("exp(1)", 30)];
                    let chains = chains.map(network::chain::point);
                    certified::layered_probabilities(&chains, &[("most", "1"), ("least", "(depth-1)/(2*depth-1)")], "(most - least)/2")
                }),
                Evidence::derived(
                    "the log-law between two ends",
                    "H > 0 if and only if (L-1)/(2L-1) < v < 1; v is symmetric",
                    &[
                        Step::lemma(
                            "symmetric determinants",
                            "diag(w) H diag(w) = c((y-c) I + (2c-y) 1 1^T): c(y-c), L-1 times, and c((2L-1)c - (L-1)y)",
                        ),
                        Step::identity("the simple eigenvalue", "(y-c) + depth*(2*c-y)", "(2*depth-1)*c - (depth-1)*y"),
                        Step::lemma(
                            "monotone transformation",
                            "|v| <= t if and only if -ln(|v|/tau^L) >= ln(tau^L/t), with the Gamma(L, 1) law (thm-4)",
                        ),
                    ],
                ),
                Evidence::sampled("counted signs", "share of chains on candle whose Hessian has positive pivots only", |context| {
                    network::chain::definite(context, &[("sqrt(3)", 2), ("sqrt(3)", 3), ("2", 6)])
                }),
            ]),
        Claim::new("determinant", "det H = c^L prod w_i^-2 (y-c)^(L-1) ((2L-1)c - (L-1)y)")
            .against(&[
                rival("2L for 2L - 1", "x^depth*(1-x)^(depth-1)*(2*depth*x - (depth-1))"),
                rival("a sign of y", "x^depth*(1+x)^(depth-1)*((2*depth-1)*x - (depth-1))"),
                rival("one factor too many", "x^depth*(1-x)^depth*((2*depth-1)*x - (depth-1))"),
            ])
            .by(&[
                Evidence::proved(
                    "rank-one update",
                    "after scaling by w the Hessian is a multiple of I plus a multiple of 1 1^T",
                    &[
                        Step::derivative("w_i times the slope in w_i", "w", "(1 - w*rest)^2/2", "-(1 - w*rest)*rest"),
                        Step::derivative("w_i w_i d_ii = c^2 on the diagonal", "w", "-(1 - w*rest)*rest", "rest^2"),
                        Step::derivative("w_i w_j d_ij = c(2c - 1) off it", "u", "-(1 - w*u*rest)*u*rest", "rest*(2*w*u*rest - 1)"),
                        Step::lemma("symmetric determinants", "with a = x^2 - x(2x-1) and b = x(2x-1)"),
                        Step::identity("put together", "claimed", "let b = x*(2*x-1); let a = x^2 - b; a^(depth-1)*(a + depth*b)"),
                    ],
                ),
                Evidence::certified("elimination", "exact Hessians by differences, all chains of depth 2 to 5 over four weights", |_| {
                    Ok(exact::chain::determinants(&exact::chain::chains(5)))
                }),
            ]),
        Claim::new("negative-outside", "v x/y < 0 or v x/y > 1: L - 1 negative eigenvalues")
            .against(&[rival("all of them", "depth"), rival("one", "1")])
            .by(&[
                Evidence::certified("elimination below 0", "signs of exact pivots, all chains of depth 2 to 5 over four weights", |_| {
                    counted(&["-x"])
                }),
                Evidence::certified("elimination above 1", "signs of exact pivots, all chains of depth 2 to 5 over four weights", |_| {
                    counted(&["x - 1"])
                }),
            ]),
        Claim::new("negative-below", "0 < v x/y < (L-1)/(2L-1): one negative eigenvalue").against(&[rival("none", "0")]).by(&[
            Evidence::certified("elimination", "signs of exact pivots, all chains of depth 2 to 5 over four weights", |_| {
                counted(&["x", "(depth-1)/(2*depth-1) - x"])
            }),
        ]),
        Claim::new("negative-inside", "(L-1)/(2L-1) < v x/y < 1: none").against(&[rival("a saddle as ever", "1")]).by(&[
            Evidence::certified("elimination", "signs of exact pivots, all chains of depth 2 to 5 over four weights", |_| {
                counted(&["x - (depth-1)/(2*depth-1)", "1 - x"])
            }),
        ]),
    ],
    figures: &["2"],
};

const DEEP: &[Requirement] = &[Requirement { positive: "depth - 1", says: "depth must be at least 2: a single weight has no saddle" }];

/// Negative eigenvalues of the chains that satisfy the conditions.
fn counted(conditions: &[&str]) -> Result<Gathered, Unsettled> {
    exact::chain::negative_eigenvalues(&exact::chain::chains(5), conditions)
}
