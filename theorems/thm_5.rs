//! Theorem 5 · the median of a neural chain.
//!
//! v = w_L ⋯ w_1 with w_i ~ U[−τ, τ] independent. Then median|v| = τ^L e^{−m_L}, m_L the median of Gamma(L, 1);
//! L − 1/3 < m_L ≤ L − 1 + ln 2 (Choi 1994, equality iff L = 1), m_L ≤ L − 1/3 + 1/(2L), and
//! |m_L − (L − 1/3 + 8/(405 L) + 184/(25515 L²))| < 6.6·10⁻⁴/L³ for L = 1..2000. So median|v| ~ e^{1/3}(τ/e)^L vanishes for every
//! τ < e, the variance-preserving √3 and the mean-preserving 2 alike, and |v|^{1/L} → τ/e almost surely.
//!
//! Rungs: certified (strict for L = 2..2000), derived (limits), sampled (order statistics). Source: Section 3, Theorem 5;
//! K. P. Choi, "On the medians of gamma distributions and an equation of Ramanujan", Proc. AMS 121 (1994) 245–251.

use suite::prelude::*;

/// The series of m_L to third order.
macro_rules! series {
    () => {
        "depth - 1/3 + 8/(405*depth) + 184/(25515*depth^2)"
    };
}

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "thm-5",
    label: "Theorem 5 · the median of a neural chain",
    source: "Section 3, Theorem 5",
    says: "The median of |v| is tau^L exp(-m_L), m_L the median of Gamma(L, 1); it vanishes with depth for every tau < e.",
    reconstructed: None,
    follows_from: &["thm-4"],
    quantities: &[
        Quantity::new("median", "median |v|", "tau^depth*exp(-gamma_median(depth))", &["tau", "depth"]),
        Quantity::new("gamma-median", "m_L, the median of Gamma(L, 1)", "gamma_median(depth)", &["depth"]),
        Quantity::new("stable-tau", "the tau that keeps the median of |v| at 1", "exp(gamma_median(depth)/depth)", &["depth"]),
        Quantity::new("choi-lower", "Choi's lower bound on m_L", "depth - 1/3", &["depth"]),
        Quantity::new("choi-upper", "Choi's upper bound on m_L", "depth - 1 + ln(2)", &["depth"]),
        Quantity::new("sharper-upper", "a sharper upper bound on m_L", "depth - 1/3 + 1/(2*depth)", &["depth"]),
        Quantity::new(
            "series-lower",
            "the series of m_L to third order less its remainder bound",
            concat!(series!(), " - 66/(100000*depth^3)"),
            &["depth"],
        ),
        Quantity::new(
            "series-upper",
            "the series of m_L to third order plus its remainder bound",
            concat!(series!(), " + 66/(100000*depth^3)"),
            &["depth"],
        ),
        Quantity::new(
            "asymptote",
            "e^(1/3) (tau/e)^L, which median |v| approaches from below",
            "exp(1/3 - depth)*tau^depth",
            &["tau", "depth"],
        ),
        Quantity::new("growth", "the almost sure limit of |v|^(1/L)", "tau*exp(-1)", &["tau"]),
    ],
    claims: &[
        Claim::new("median", "median |v| = tau^L e^(-m_L)")
            .against(&[
                rival("mean for median", "(tau/2)^depth"),
                rival("e^(1/3) forgotten", "tau^depth*exp(-depth)"),
                rival("limit for finite depth", "tau^depth*exp(1/3 - depth)"),
                rival("one layer too many", "tau^depth*exp(-gamma_median(depth + 1))"),
            ])
            .by(&[
                Evidence::certified("bracketed tails", "where the layer-wise integrated tail of -ln(|v|/tau^L) crosses one half", |_| {
                    let chains = [("sqrt(3)", 1), ("2", 2), ("sqrt(3)", 3), ("2", 7), ("5/2", 20), ("sqrt(3)", 40)];
                    certified::layered_medians(&chains.map(network::chain::point), "tau^depth*exp(-median)")
                }),
                Evidence::derived(
                    "monotone transformation",
                    "the median passes through the decreasing map x -> tau^L e^-x",
                    &[
                        Step::lemma("monotone transformation", "t = tau^L e^-x decreases in x, so median |v| is the image of m_L (thm-4)"),
                        Step::derivative("the map's derivative is minus itself", "x", "tau^depth*exp(-x)", "-(tau^depth*exp(-x))"),
                    ],
                ),
                Evidence::sampled("order statistics", "a distribution-free interval from binomial ranks, chains on candle", |context| {
                    network::chain::medians(context, &[("sqrt(3)", 1), ("2", 4), ("sqrt(3)", 12), ("2", 40)])
                }),
            ]),
        Claim::new("choi-lower", "L - 1/3 < m_L")
            .related(Relation::Below)
            .against(&[
                rival("bounds swapped", "depth - 1 + ln(2)"),
                rival("second order, overshot", "depth - 1/3 + 8/(405*depth) + 1/(100*depth^2)"),
            ])
            .by(TO_DEPTH_2000),
        Claim::new("choi-upper", "m_L <= L - 1 + ln 2, with equality only at L = 1")
            .related(Relation::AtLeast)
            .against(&[rival("bounds swapped", "depth - 1/3"), rival("ln 2 rounded down", "depth - 1 + 0.693")])
            .by(TO_DEPTH_2000),
        Claim::new("sharper-upper", "m_L <= L - 1/3 + 1/(2L)")
            .related(Relation::AtLeast)
            .against(&[rival("60 for 2", "depth - 1/3 + 1/(60*depth)")])
            .by(TO_DEPTH_2000),
        Claim::new("series-lower", "m_L > L - 1/3 + 8/(405L) + 184/(25515L^2) - 6.6e-4/L^3, L = 1..2000")
            .related(Relation::Below)
            .against(&[rival("remainder a thousandfold smaller", concat!(series!(), " - 66/(100000000*depth^3)"))])
            .by(TO_DEPTH_2000),
        Claim::new("series-upper", "m_L < L - 1/3 + 8/(405L) + 184/(25515L^2) + 6.6e-4/L^3, L = 1..2000")
            .related(Relation::Above)
            .against(&[rival("138 for 184", "depth - 1/3 + 8/(405*depth) + 138/(25515*depth^2) + 66/(100000*depth^3)")])
            .by(TO_DEPTH_2000),
        Claim::new("asymptote", "median |v| < e^(1/3) (tau/e)^L: it vanishes for every tau < e")
            .related(Relation::Above)
            .against(&[rival("e^(1/3) forgotten", "exp(-depth)*tau^depth")])
            .by(&[Evidence::certified("bracketed tails", "medians between two certified tails", |_| {
                let chains = [("1", 1), ("sqrt(3)", 2), ("2", 5), ("5/2", 15), ("3", 40)];
                certified::layered_medians(&chains.map(network::chain::point), "tau^depth*exp(-median)")
            })]),
        Claim::new("stable-tau", "the median of |v| is 1 at tau = e^(m_L/L)")
            .against(&[rival("its limit e", "exp(1)"), rival("the variance-preserving choice", "sqrt(3)")])
            .by(&[Evidence::certified("bracketed tails", "the tau that makes the bracketed median of |v| one", |_| {
                certified::layered_medians(&[1, 2, 5, 12, 40].map(|depth| Point::new().at("depth", depth)), "exp(median/depth)")
            })]),
        Claim::new("growth", "|v|^(1/L) -> tau/e almost surely").against(&[rival("the mean's rate", "tau/2")]).by(&[
            Evidence::certified("quadrature", "exp(E ln|w|), the integral of ln u over (0, 1) between two monotone sums", |_| {
                certified::geometric_means(&["1", "sqrt(3)", "2"])
            }),
            Evidence::derived(
                "law of large numbers",
                "ln|v|/L is the mean of L independent ln|w_i|",
                &[
                    Step::derivative("u ln u - u is an antiderivative of ln u", "u", "u*ln(u) - u", "ln(u)"),
                    Step::identity("so the integral of ln u over (0, 1) is -1", "let u = 1; u*ln(u) - u", "-1"),
                    Step::lemma("strong law of large numbers", "ln|v|/L -> E ln|w| = ln tau - 1, since E|ln|w|| is finite"),
                    Step::identity("the limit is exp(ln tau - 1)", "claimed", "tau*exp(let u = 1; u*ln(u) - u)"),
                ],
            ),
        ]),
    ],
    figures: &["2", "20"],
};

/// Medians of Gamma(L, 1) for L = 1..2000.
const TO_DEPTH_2000: &[Evidence] =
    &[Evidence::certified("medians to depth 2000", "m_L between two certified tails, L = 1..2000", |_| certified::gamma_medians(1..=2000))];
