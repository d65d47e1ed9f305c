//! Proposition 3 · moments of a neural chain.
//!
//! v = w_L ⋯ w_1 with w_i ~ U[−τ, τ] independent, τ > 0. For real k > −1, E|v|^k = (τ^k/(k+1))^L (Eq. 2), so
//! Var|v| = (τ²/3)^L − (τ²/4)^L. The k-th moment is stable in depth (k ≠ 0) only at τ_k = (k+1)^{1/k}, which strictly decreases in
//! k: no two moments are stable together. E v⁴/(E v²)² = (9/5)^L and the Berry–Esseen ratio (E|v|³)²/(E v²)³ = (27/16)^L are free
//! of τ: fat tails for τ = √3 and τ = 2 alike. By Mallows |mean − median| ≤ standard deviation.
//!
//! Rungs: proved (integer k), derived (real k), certified, sampled. Source: Section 3, Proposition 3, Eq. (2).

use suite::prelude::*;

/// E|v|^order, once; at a given order, as a formula.
macro_rules! moment {
    () => {
        "(tau^order/(order + 1))^depth"
    };
    ($order:literal) => {
        concat!("(let order = ", $order, "; ", moment!(), ")")
    };
}

/// The proof that a quantity is that composition of moments.
macro_rules! composed {
    ($($text:expr),+) => {
        &[Evidence::proved("composition", "the definition, the proved moments put in", &[Step::identity("the definition", "claimed", concat!($($text),+))])]
    };
}

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "prop-3",
    label: "Proposition 3 · moments of a neural chain",
    source: "Section 3, Proposition 3, Eq. (2)",
    says: "For v = w_L ... w_1 with independent w_i ~ U[-tau, tau], E|v|^k = (tau^k/(k+1))^L for every real k > -1; no two moments are \
           stable in depth together.",
    reconstructed: None,
    follows_from: &[],
    quantities: &[
        Quantity::new("moment", "E|v|^order", moment!(), &["tau", "depth", "order"]),
        Quantity::new("variance", "Var|v|", "(tau^2/3)^depth - (tau^2/4)^depth", &["tau", "depth"]),
        Quantity::new("stable-tau", "the tau at which E|v|^order does not depend on depth", "(order + 1)^(1/order)", &["order"])
            .requiring(&[Requirement { positive: "order^2", says: "order must not be 0: every tau keeps the zeroth moment" }]),
        Quantity::new("kurtosis", "E v^4/(E v^2)^2", "(9/5)^depth", &["depth"]),
        Quantity::new("berry-esseen-pow2", "(E|v|^3)^2/(E v^2)^3, the squared Berry-Esseen ratio", "(27/16)^depth", &["depth"]),
        Quantity::new("mallows-lower", "E|v| - sd|v|", "(tau/2)^depth - sqrt((tau^2/3)^depth - (tau^2/4)^depth)", &["tau", "depth"]),
        Quantity::new("mallows-upper", "E|v| + sd|v|", "(tau/2)^depth + sqrt((tau^2/3)^depth - (tau^2/4)^depth)", &["tau", "depth"]),
    ],
    claims: &[
        Claim::new("moment", "E|v|^k = (tau^k/(k+1))^L")
            .against(&[
                rival("k for k + 1", "(tau^order/order)^depth"),
                rival("k + 2 for k + 1", "(tau^order/(order + 2))^depth"),
                rival("power of the mean", "(tau/2)^(order*depth)"),
                rival("one layer only", "tau^(order*depth)/(order + 1)"),
            ])
            .by(&[
                Evidence::proved(
                    "antiderivative and independence",
                    "integer k: one layer's moment is an integral; factors multiply",
                    PRODUCT,
                ),
                Evidence::derived("real orders", "the same argument with the power rule for real exponents k > -1", REAL),
                Evidence::sampled(
                    "plain means",
                    "means of (|v|/tau^L)^k, which lies in [0, 1], at small depth; chains on candle",
                    |context| network::chain::moments(context, &[("sqrt(3)", 1, 1), ("2", 2, 1), ("sqrt(3)", 2, 2), ("2", 3, 2)]),
                ),
                Evidence::sampled("single layers", "means of (|w|/tau)^k: deeper moments then follow by independence", |context| {
                    network::chain::moments(context, &[("sqrt(3)", 1, 2), ("2", 1, 3), ("sqrt(3)", 1, 4)])
                }),
                Evidence::sampled(
                    "particles",
                    "products of mean potentials |w|^k over 200 layers: unbiased, variance of order L/N",
                    |context| network::chain::particle_moments(context, &[("2", 200, 1)]),
                ),
                Evidence::sampled("plain mean at depth 200", "the mean of v^2 is carried by draws that nobody sees: refused", |context| {
                    network::chain::plain_mean(context, ("sqrt(3)", 200, 2), 1.8)
                })
                .expecting(Expectation::Inconclusive),
            ]),
        Claim::new("variance", "Var|v| = (tau^2/3)^L - (tau^2/4)^L")
            .against(&[rival("square of the mean forgotten", "(tau^2/3)^depth"), rival("one layer's, to the L", "(tau^2/12)^depth")])
            .by(composed!(moment!(2), " - ", moment!(1), "^2")),
        Claim::new("kurtosis", "E v^4/(E v^2)^2 = (9/5)^L for every tau").against(&[rival("Gaussian factors", "3^depth")]).by(composed!(
            moment!(4),
            "/",
            moment!(2),
            "^2"
        )),
        Claim::new("berry-esseen-pow2", "(E|v|^3)^2/(E v^2)^3 = (27/16)^L for every tau")
            .against(&[rival("a factor 3/4 too few", "(9/4)^depth")])
            .by(composed!(moment!(3), "^2/", moment!(2), "^3")),
        Claim::new("stable-tau", "E|w|^k = 1 exactly at tau_k = (k+1)^(1/k)")
            .against(&[rival("k for k + 1", "(order + 2)^(1/(order + 1))"), rival("its limit e", "exp(1)")])
            .by(&[Evidence::certified("bracketed roots", "the tau where the mean of (tau u)^k over u in (0, 1) crosses 1", |_| {
                stable_scales()
            })]),
        Claim::new("decreasing", "tau_k strictly decreases in k: no two moments are stable together")
            .of("stable-tau")
            .related(Relation::Above)
            .against(&[rival("constant", "sqrt(3)")])
            .by(&[Evidence::certified("bracketed roots", "tau_k against the bracketed root for the next larger order", |_| {
                stable_scales().map(certified::against_next)
            })]),
        Claim::new("mallows-lower", "median >= mean - standard deviation")
            .related(Relation::AtMost)
            .against(&[rival("a quarter of it", "(tau/2)^depth - sqrt((tau^2/3)^depth - (tau^2/4)^depth)/4")])
            .by(MEDIANS),
        Claim::new("mallows-upper", "median <= mean + standard deviation")
            .related(Relation::AtLeast)
            .against(&[rival("a quarter of it below", "(tau/2)^depth - sqrt((tau^2/3)^depth - (tau^2/4)^depth)/4")])
            .by(MEDIANS),
    ],
    figures: &["2", "21"],
};

const INDEPENDENCE: Step =
    Step::lemma("independent products", "the mean of a product of independent factors is the product of their means");
const LAYER: Step =
    Step::identity("one more layer is one more factor", "let depth = depth + 1; claimed", "claimed*(let depth = 1; claimed)");

const PRODUCT: &[Step] = &[
    Step::lemma("fundamental theorem of calculus", "tau E|w|^k is the integral of w^k over (0, tau)"),
    Step::derivative("its derivative in tau is tau^k", "tau", "let depth = 1; tau*claimed", "tau^order"),
    Step::identity("it vanishes at tau = 0", "let tau = 0; let depth = 1; tau*claimed", "0"),
    INDEPENDENCE,
    LAYER,
];

const REAL: &[Step] = &[
    Step::lemma("power rule", "the derivative of w^(k+1) is (k+1) w^k for real k > -1 and w > 0"),
    Step::lemma("fundamental theorem of calculus", "the integral of w^k over (0, tau) is tau^(k+1)/(k+1), improper at 0 for k < 0"),
    INDEPENDENCE,
    LAYER,
    Step::identity("the moment of one layer", "let depth = 1; claimed", "tau^order/(order + 1)"),
];

const MEDIANS: &[Evidence] = &[Evidence::certified("bracketed tails", "medians of |v| between two certified tails", |_| {
    let chains = [("sqrt(3)", 1), ("2", 2), ("sqrt(3)", 3), ("2", 8), ("5/2", 25)];
    certified::layered_medians(&chains.map(network::chain::point), "tau^depth*exp(-median)")
})];

/// The tau_k of single layers, for increasing orders.
fn stable_scales() -> Result<Gathered, Unsettled> {
    let orders = ["-9/10", "-1/2", "-1/10", "1/10", "1/2", "1", "3/2", "2", "3", "4", "7", "20"];
    certified::roots(&orders.map(|order| Point::new().at("order", order)), "order*(1 - tau^order/(order + 1))", "tau")
}
