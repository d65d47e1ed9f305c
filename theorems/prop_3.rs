//! Proposition 3 · moments of a neural chain.
//!
//! v = w_L ⋯ w_1 with w_i ~ U[−τ, τ] independent, τ > 0. For real k > −1, E|v|^k = (τ^k/(k+1))^L (Eq. 2), so
//! Var|v| = (τ²/3)^L − (τ²/4)^L. The k-th moment is stable in depth (k ≠ 0) only at τ_k = (k+1)^{1/k}, which strictly decreases in
//! k: no two moments are stable together. E v⁴/(E v²)² = (9/5)^L and the Berry–Esseen ratio (E|v|³)²/(E v²)³ = (27/16)^L are free
//! of τ: fat tails for τ = √3 and τ = 2 alike. By Mallows |mean − median| ≤ standard deviation.
//!
//! Rungs: proved (integer k), derived (real k), certified, sampled (plain means at small depth, single layers, particles).
//! Source: Section 3, Proposition 3, Eq. (2).

use suite::prelude::*;

/// E|v|^order, once.
macro_rules! moment {
    () => {
        "(tau^order/(order + 1))^depth"
    };
}

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "prop-3",
    label: "Proposition 3 · moments of a neural chain",
    source: "Section 3, Proposition 3, Eq. (2)",
    says: "For v = w_L ... w_1 with independent w_i ~ U[-tau, tau], E|v|^k = (tau^k/(k+1))^L for every real k > -1; no two moments are stable in depth together.",
    reconstructed: None,
    follows_from: &[],
    quantities: &[
        Quantity::new("moment", "E|v|^order", moment!(), &["tau", "depth", "order"]),
        Quantity::new("variance", "Var|v|", "(tau^2/3)^depth - (tau^2/4)^depth", &["tau", "depth"]),
        Quantity::new("stable-tau", "the tau at which E|v|^order does not depend on depth", "(order + 1)^(1/order)", &["order"])
            .requiring(&[Requirement { positive: "order^2", says: "order must not be 0: every tau keeps the zeroth moment" }]),
        Quantity::new("kurtosis", "E v^4/(E v^2)^2", "(9/5)^depth", &["depth"]),
        Quantity::new(
            "berry-esseen-pow2",
            "(E|v|^3)^2/(E v^2)^3, the square of the Berry-Esseen ratio",
            "(27/16)^depth",
            &["depth"],
        ),
        Quantity::new(
            "mallows-lower",
            "E|v| - sqrt(Var|v|)",
            "(tau/2)^depth - sqrt((tau^2/3)^depth - (tau^2/4)^depth)",
            &["tau", "depth"],
        ),
        Quantity::new(
            "mallows-upper",
            "E|v| + sqrt(Var|v|)",
            "(tau/2)^depth + sqrt((tau^2/3)^depth - (tau^2/4)^depth)",
            &["tau", "depth"],
        ),
    ],
    claims: &[
        Claim {
            part: "moment",
            says: "E|v|^k = (tau^k/(k+1))^L",
            quantity: "moment",
            relation: Relation::Equal,
            expects: Expectation::Agrees,
            rivals: &[
                Rival { name: "k for k + 1", formula: "(tau^order/order)^depth" },
                Rival { name: "k + 2 for k + 1", formula: "(tau^order/(order + 2))^depth" },
                Rival { name: "power of the mean", formula: "(tau/2)^(order*depth)" },
                Rival { name: "one layer only", formula: "tau^(order*depth)/(order + 1)" },
            ],
            evidence: &[
                Evidence::argued(
                    Rung::Proved,
                    "antiderivative and independence",
                    "for integer k: E|w|^k is the mean of w^k over (0, tau); factors multiply",
                    PRODUCT,
                ),
                Evidence::argued(
                    Rung::Derived,
                    "real orders",
                    "the same argument with the power rule for real exponents k > -1",
                    REAL,
                ),
                Evidence::gathered(
                    Rung::Sampled,
                    "plain means",
                    "means of (|v|/tau^L)^k, which lies in [0, 1], at small depth; chains on candle",
                    |context| network::chain::moments(context, &[("sqrt(3)", 1, 1), ("2", 2, 1), ("sqrt(3)", 2, 2), ("2", 3, 2)]),
                ),
                Evidence::gathered(
                    Rung::Sampled,
                    "single layers",
                    "means of |w a|^k/|a|^k one layer at a time: depth L then follows by independence",
                    |context| network::chain::moments(context, &[("sqrt(3)", 1, 2), ("2", 1, 3), ("sqrt(3)", 1, 4)]),
                ),
                Evidence::gathered(
                    Rung::Sampled,
                    "particles",
                    "products over layers of mean potentials |w|^k: unbiased, relative variance of order L/N, at depth 200 and beyond",
                    |context| {
                        network::chain::particle_moments(context, &[("sqrt(3)", 200, 2), ("2", 200, 1), ("sqrt(3)", 400, 4)])
                    },
                ),
                Evidence::gathered(
                    Rung::Sampled,
                    "plain mean at depth 200",
                    "the mean of v^2 over chains of depth 200 is carried by draws that nobody sees",
                    |context| network::chain::plain_mean(context, ("sqrt(3)", 200, 2), 1.8),
                )
                .expecting(Expectation::Inconclusive),
            ],
        },
        composed(
            "variance",
            "Var|v| = (tau^2/3)^L - (tau^2/4)^L",
            &[Evidence::argued(
                Rung::Proved,
                "composition",
                "the definition, the proved moments put in",
                &[Step::identity(
                    "Var|v| = (tau^2/3)^L - (tau^2/4)^L",
                    "claimed",
                    concat!("(let order = 2; ", moment!(), ") - (let order = 1; ", moment!(), ")^2"),
                )],
            )],
            &[
                Rival { name: "square of the mean forgotten", formula: "(tau^2/3)^depth" },
                Rival { name: "variance of one layer to the L", formula: "(tau^2/12)^depth" },
            ],
        ),
        composed(
            "kurtosis",
            "E v^4/(E v^2)^2 = (9/5)^L for every tau",
            &[Evidence::argued(
                Rung::Proved,
                "composition",
                "the definition, the proved moments put in",
                &[Step::identity(
                    "E v^4/(E v^2)^2 = (9/5)^L for every tau",
                    "claimed",
                    concat!("(let order = 4; ", moment!(), ")/(let order = 2; ", moment!(), ")^2"),
                )],
            )],
            &[Rival { name: "Gaussian factors", formula: "3^depth" }],
        ),
        composed(
            "berry-esseen-pow2",
            "(E|v|^3)^2/(E v^2)^3 = (27/16)^L for every tau",
            &[Evidence::argued(
                Rung::Proved,
                "composition",
                "the definition, the proved moments put in",
                &[Step::identity(
                    "(E|v|^3)^2/(E v^2)^3 = (27/16)^L for every tau",
                    "claimed",
                    concat!("(let order = 3; ", moment!(), ")^2/(let order = 2; ", moment!(), ")^3"),
                )],
            )],
            &[Rival { name: "one factor 3/4 too few", formula: "(9/4)^depth" }],
        ),
        Claim {
            part: "stable-tau",
            says: "E|w|^k = 1 exactly at tau_k = (k+1)^(1/k)",
            quantity: "stable-tau",
            relation: Relation::Equal,
            expects: Expectation::Agrees,
            rivals: &[
                Rival { name: "k for k + 1", formula: "(order + 2)^(1/(order + 1))" },
                Rival { name: "its limit e", formula: "exp(1)" },
            ],
            evidence: &[Evidence::gathered(
                Rung::Certified,
                "bracketed roots",
                "the tau where the mean of (tau u)^k over u in (0, 1) crosses 1, for integer and fractional k",
                |_| stable_scales(),
            )],
        },
        Claim {
            part: "decreasing",
            says: "tau_k strictly decreases in k: no two moments are stable together",
            quantity: "stable-tau",
            relation: Relation::Above,
            expects: Expectation::Agrees,
            rivals: &[Rival { name: "constant", formula: "sqrt(3)" }],
            evidence: &[Evidence::gathered(
                Rung::Certified,
                "bracketed roots",
                "tau_k against the bracketed root for the next larger order",
                |_| stable_scales().map(certified::against_next),
            )],
        },
        mallows(
            "mallows-lower",
            "median >= mean - standard deviation",
            Relation::AtMost,
            &[Rival {
                name: "a quarter of the standard deviation",
                formula: "(tau/2)^depth - sqrt((tau^2/3)^depth - (tau^2/4)^depth)/4",
            }],
        ),
        mallows(
            "mallows-upper",
            "median <= mean + standard deviation",
            Relation::AtLeast,
            &[Rival {
                name: "a quarter of it below the mean",
                formula: "(tau/2)^depth - sqrt((tau^2/3)^depth - (tau^2/4)^depth)/4",
            }],
        ),
    ],
    figures: &["2", "21"],
};

const PRODUCT: &[Step] = &[
    Step::lemma("fundamental theorem of calculus", "tau E|w|^k is the integral of w^k over (0, tau)"),
    Step::derivative("its derivative in tau is tau^k", "tau", "let depth = 1; tau*claimed", "tau^order"),
    Step::identity("it vanishes at tau = 0", "let tau = 0; let depth = 1; tau*claimed", "0"),
    Step::lemma("independent products", "the mean of a product of independent factors is the product of their means"),
    Step::identity(
        "one more layer multiplies by the moment of one layer",
        "let depth = depth + 1; claimed",
        "claimed*(let depth = 1; claimed)",
    ),
];

const REAL: &[Step] = &[
    Step::lemma("power rule", "the derivative of w^(k+1) is (k+1) w^k for real k > -1 and w > 0"),
    Step::lemma(
        "fundamental theorem of calculus",
        "the integral of w^k over (0, tau) is tau^(k+1)/(k+1), improper at 0 for k < 0",
    ),
    Step::lemma("independent products", "the mean of a product of independent factors is the product of their means"),
    Step::identity(
        "one more layer multiplies by the moment of one layer",
        "let depth = depth + 1; claimed",
        "claimed*(let depth = 1; claimed)",
    ),
    Step::identity("the moment of one layer", "let depth = 1; claimed", "tau^order/(order + 1)"),
];

/// A quantity composed of proved moments: the claim is the identity with that composition.
const fn composed(part: &'static str, says: &'static str, evidence: &'static [Evidence], rivals: &'static [Rival]) -> Claim {
    Claim { part, says, quantity: part, relation: Relation::Equal, expects: Expectation::Agrees, rivals, evidence }
}

/// One side of Mallows' inequality |mean − median| ≤ standard deviation.
const fn mallows(part: &'static str, says: &'static str, relation: Relation, rivals: &'static [Rival]) -> Claim {
    const BRACKETS: &[Evidence] =
        &[Evidence::gathered(Rung::Certified, "bracketed tails", "medians of |v| between two certified tails", |_| {
            let cases = [("sqrt(3)", 1), ("2", 2), ("sqrt(3)", 3), ("2", 8), ("5/2", 25)];
            certified::layered_medians(&cases.map(network::chain::point), "tau^depth*exp(-median)")
        })];
    Claim { part, says, quantity: part, relation, expects: Expectation::Agrees, rivals, evidence: BRACKETS }
}

/// The tau_k of single layers, for increasing orders.
fn stable_scales() -> Result<Gathered, Unsettled> {
    let orders = ["-9/10", "-1/2", "-1/10", "1/10", "1/2", "1", "3/2", "2", "3", "4", "7", "20"];
    certified::roots(&orders.map(|order| Point::new().at("order", order)), "order*(1 - tau^order/(order + 1))", "tau")
}
