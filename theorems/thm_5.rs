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
        Claim {
            part: "median",
            says: "median |v| = tau^L e^(-m_L)",
            quantity: "median",
            relation: Relation::Equal,
            expects: Expectation::Agrees,
            rivals: &[
                Rival { name: "mean for median", formula: "(tau/2)^depth" },
                Rival { name: "e^(1/3) forgotten", formula: "tau^depth*exp(-depth)" },
                Rival { name: "limit for finite depth", formula: "tau^depth*exp(1/3 - depth)" },
                Rival { name: "one layer too many", formula: "tau^depth*exp(-gamma_median(depth + 1))" },
            ],
            evidence: &[
                Evidence::gathered(
                    Rung::Certified,
                    "bracketed tails",
                    "the x where the layer-wise integrated tail of -ln(|v|/tau^L) crosses one half, between two certified signs",
                    |_| {
                        certified::layered_medians(
                            &[("sqrt(3)", 1), ("2", 2), ("sqrt(3)", 3), ("2", 7), ("5/2", 20), ("sqrt(3)", 40)]
                                .map(network::chain::point),
                            "tau^depth*exp(-median)",
                        )
                    },
                ),
                Evidence::argued(
                    Rung::Derived,
                    "monotone transformation",
                    "the median passes through the decreasing map x -> tau^L e^-x",
                    &[
                        Step::lemma(
                            "monotone transformation",
                            "t = tau^L e^-x decreases in x, so the median of |v| is the image of m_L (thm-4)",
                        ),
                        Step::derivative(
                            "the map decreases: its derivative is minus itself",
                            "x",
                            "tau^depth*exp(-x)",
                            "-(tau^depth*exp(-x))",
                        ),
                    ],
                ),
                Evidence::gathered(
                    Rung::Sampled,
                    "order statistics",
                    "a distribution-free interval for the median of |v| from binomial ranks, chains on candle",
                    |context| network::chain::medians(context, &[("sqrt(3)", 1), ("2", 4), ("sqrt(3)", 12), ("2", 40)]),
                ),
            ],
        },
        bound(
            "choi-lower",
            "L - 1/3 < m_L",
            Relation::Below,
            &[
                Rival { name: "bounds swapped", formula: "depth - 1 + ln(2)" },
                Rival { name: "next order kept", formula: "depth - 1/3 + 8/(405*depth) + 1/(100*depth^2)" },
            ],
        ),
        bound(
            "choi-upper",
            "m_L <= L - 1 + ln 2, with equality only at L = 1",
            Relation::AtLeast,
            &[
                Rival { name: "bounds swapped", formula: "depth - 1/3" },
                Rival { name: "ln 2 rounded down", formula: "depth - 1 + 0.693" },
            ],
        ),
        bound(
            "sharper-upper",
            "m_L <= L - 1/3 + 1/(2L)",
            Relation::AtLeast,
            &[Rival { name: "1/(60L) for 1/(2L)", formula: "depth - 1/3 + 1/(60*depth)" }],
        ),
        bound(
            "series-lower",
            "m_L > L - 1/3 + 8/(405L) + 184/(25515L^2) - 6.6e-4/L^3 for L = 1..2000",
            Relation::Below,
            &[Rival { name: "remainder a thousandfold smaller", formula: concat!(series!(), " - 66/(100000000*depth^3)") }],
        ),
        bound(
            "series-upper",
            "m_L < L - 1/3 + 8/(405L) + 184/(25515L^2) + 6.6e-4/L^3 for L = 1..2000",
            Relation::Above,
            &[Rival { name: "184 -> 138", formula: "depth - 1/3 + 8/(405*depth) + 138/(25515*depth^2) + 66/(100000*depth^3)" }],
        ),
        Claim {
            part: "asymptote",
            says: "median |v| < e^(1/3) (tau/e)^L: it vanishes for every tau < e",
            quantity: "asymptote",
            relation: Relation::Above,
            expects: Expectation::Agrees,
            rivals: &[Rival { name: "e^(1/3) forgotten", formula: "exp(-depth)*tau^depth" }],
            evidence: &[Evidence::gathered(Rung::Certified, "bracketed tails", "medians between two certified tails", |_| {
                certified::layered_medians(
                    &[("1", 1), ("sqrt(3)", 2), ("2", 5), ("5/2", 15), ("3", 40)].map(network::chain::point),
                    "tau^depth*exp(-median)",
                )
            })],
        },
        Claim {
            part: "stable-tau",
            says: "the median of |v| is 1 at tau = e^(m_L/L)",
            quantity: "stable-tau",
            relation: Relation::Equal,
            expects: Expectation::Agrees,
            rivals: &[
                Rival { name: "its limit e", formula: "exp(1)" },
                Rival { name: "the variance-preserving choice", formula: "sqrt(3)" },
            ],
            evidence: &[Evidence::gathered(
                Rung::Certified,
                "bracketed tails",
                "the tau at which the bracketed median of -ln|v| + L ln(tau) makes the median of |v| one",
                |_| {
                    certified::layered_medians(
                        &[1, 2, 5, 12, 40].map(|depth| Point::new().at("depth", depth)),
                        "exp(median/depth)",
                    )
                },
            )],
        },
        Claim {
            part: "growth",
            says: "|v|^(1/L) -> tau/e almost surely",
            quantity: "growth",
            relation: Relation::Equal,
            expects: Expectation::Agrees,
            rivals: &[],
            evidence: &[Evidence::argued(
                Rung::Derived,
                "law of large numbers",
                "ln|v|/L is the mean of L independent ln|w_i|",
                &[
                    Step::derivative("u ln u - u is an antiderivative of ln u", "u", "u*ln(u) - u", "ln(u)"),
                    Step::identity(
                        "so the integral of ln u over (0, 1) is -1, and E ln|w| = ln tau - 1",
                        "let u = 1; u*ln(u) - u",
                        "-1",
                    ),
                    Step::lemma("strong law of large numbers", "ln|v|/L -> E ln|w| almost surely, since E|ln|w|| is finite"),
                    Step::identity("the limit is exp(ln tau - 1)", "claimed", "tau*exp(let u = 1; u*ln(u) - u)"),
                ],
            )],
        },
    ],
    figures: &["2", "20"],
};

/// A bound on m_L, certified for L = 1..2000.
const fn bound(part: &'static str, says: &'static str, relation: Relation, rivals: &'static [Rival]) -> Claim {
    const MEDIANS: &[Evidence] = &[Evidence::gathered(
        Rung::Certified,
        "medians to depth 2000",
        "enclosures of m_L, L = 1..2000, each a bracket of two certified tails",
        |_| certified::gamma_medians(1..=2000),
    )];
    Claim { part, says, quantity: part, relation, expects: Expectation::Agrees, rivals, evidence: MEDIANS }
}
