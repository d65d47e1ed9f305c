//! Theorem 4 · the log-law of a neural chain.
//!
//! v = w_L ⋯ w_1 with w_i ~ U[−τ, τ] independent, τ > 0. Then −ln(|v|/τ^L) ~ Gamma(L, 1), so that for t > 0
//! P(|v| ≤ t) = Q(L, ln(τ^L/t)), Q the upper regularised incomplete gamma function (Q = 1 for t ≥ τ^L).
//!
//! Rungs: derived (change of variables, convolution), certified (the law built layer by layer), sampled (whole distribution).
//! Source: Section 3, Theorem 4.

use suite::prelude::*;

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "thm-4",
    label: "Theorem 4 · the log-law of a neural chain",
    source: "Section 3, Theorem 4",
    says: "For v = w_L ... w_1 with independent w_i ~ U[-tau, tau], -ln(|v|/tau^L) has the Gamma(L, 1) law.",
    reconstructed: None,
    follows_from: &[],
    quantities: &[Quantity::new(
        "cdf",
        "P(|v| <= at), the distribution function of a chain of `depth` factors from U[-tau, tau]",
        "1 - erlang_cdf(depth, depth*ln(tau) - ln(at))",
        &["tau", "depth", "at"],
    )],
    claims: &[Claim::new("cdf", "P(|v| <= t) = Q(L, ln(tau^L/t)) for every t > 0")
        .against(&[
            rival("one layer too many", "1 - erlang_cdf(depth + 1, depth*ln(tau) - ln(at))"),
            rival("lower for upper tail", "erlang_cdf(depth, depth*ln(tau) - ln(at))"),
            rival("tau forgotten", "1 - erlang_cdf(depth, -ln(at))"),
        ])
        .by(&[
            Evidence::certified("layer-wise integration", "P(E + S > x) = e^-x + int_0^x e^(s-x) P(S > s) ds in exact polynomials", |_| {
                certified::layered_cdf(CASES)
            }),
            Evidence::derived(
                "sum of exponentials",
                "each -ln(|w_i|/tau) is a unit exponential; L of them add up to an Erlang law",
                LOG_LAW,
            ),
            Evidence::sampled(
                "whole distribution",
                "a simultaneous band around the empirical distribution function, chains on candle",
                |context| network::chain::distributions(context, &[("sqrt(3)", 1), ("2", 4), ("sqrt(3)", 20), ("11/5", 100)]),
            ),
        ])],
    figures: &["21"],
};

const CASES: &[(&str, usize, &str)] = &[
    ("1", 1, "1/3"),
    ("sqrt(3)", 1, "1/2"),
    ("2", 2, "1/5"),
    ("sqrt(3)", 3, "1/7"),
    ("2", 5, "1/50"),
    ("9/5", 9, "1/100"),
    ("5/2", 12, "30"),
    ("sqrt(3)", 30, "1/1000000"),
];

const LOG_LAW: &[Step] = &[
    Step::lemma("change of variables", "|w|/tau is uniform on (0, 1), so -ln(|w|/tau) > x with probability e^-x, x >= 0"),
    Step::derivative("the unit exponential has density e^-x", "x", "1 - exp(-x)", "exp(-x)"),
    Step::lemma("independent sums", "the density of a sum of independent variables is the convolution of their densities"),
    Step::derivative("convolving x^(L-1)/(L-1)! e^-x with e^-x gives x^L/L! e^-x", "x", "x^depth/depth", "x^(depth-1)"),
    Step::lemma("monotone transformation", "|v| <= t if and only if -ln(|v|/tau^L) >= ln(tau^L/t)"),
];
