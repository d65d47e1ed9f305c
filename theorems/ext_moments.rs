//! Beyond the paper · moments of every order of Gaussian nets.
//!
//! Gaussian weights of variance σ², linear (p = 1) or ReLU (p = 1/2): E‖a^L‖^{2q} = [(2σ²)^q Γ(d/2 + q)/Γ(d/2)]^L ‖x‖^{2q} for q > −d/2,
//! and for ReLU, over live nets, [(2σ²)^q 2^{−d} Σ_{K≥1} C(d, K) Γ(K/2 + q)/Γ(K/2)]^L ‖x‖^{2q}, q > −1/2. One value of dσ² stabilises one
//! order only, and it strictly decreases in q: at d = 4 it is 1.1318, 1, .8165, .6934 for q = 1/2, 1, 2, 3.
//!
//! Rungs: certified (integer orders, and one half), derived, sampled.

use suite::prelude::*;

/// The moment of one layer on a unit input.
macro_rules! layer {
    () => {
        "(variance^order*chi_square_moment(width, p, order))"
    };
}

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "ext-moments",
    label: "Extension · moments of every order of Gaussian nets",
    source: "beyond the paper; Section 4",
    says: "For Gaussian weights E||a^L||^(2q) is the L-th power of sigma^(2q) times the q-th moment of a (gated) chi^2_d law.",
    reconstructed: None,
    follows_from: &[],
    quantities: &[
        Quantity::new(
            "moment",
            "E||a^L||_2^(2 order), over live nets where order <= 0",
            concat!(layer!(), "^depth*x2^order"),
            &["width", "depth", "law", "gate", "order", "input"],
        )
        .requiring(&[Requirement {
            positive: "1 - 10^100*(kurtosis - 3)^2",
            says: "the law must be Gaussian (gaussian:SIGMA, xavier-gaussian, he-gaussian): no other has this closed form",
        }]),
        Quantity::new(
            "stable-variance",
            "width times the variance that keeps E||a^L||_2^(2 order)",
            "width*chi_square_moment(width, p, order)^(-1/order)",
            &["width", "gate", "order"],
        )
        .requiring(&[Requirement { positive: "order^2", says: "order must not be 0: that moment is the share of live nets" }]),
    ],
    claims: &[
        Claim::new("moment", "E||a^L||^(2q) = [sigma^(2q) E(chi^2_d)^q]^L ||x||^(2q)")
            .against(&[
                rival("gate forgotten", "(variance^order*chi_square_moment(width, 1, order))^depth*x2^order"),
                rival("power of the mean", "(p*width*variance)^(order*depth)*x2^order"),
                rival("one layer only", concat!(layer!(), "*x2^order")),
                rival("one row too many", "(variance^order*chi_square_moment(width + 1, p, order))^depth*x2^order"),
            ])
            .by(&[
                Evidence::certified("integer orders", "exact moments of sums of gated squares, by binomial sums", |_| {
                    certified::layer_moments(&points(), "(variance^order*moment)^depth*x2^order")
                }),
                Evidence::certified("order one half", "E chi_d E chi_(d+1) = d from E chi_1 = sqrt(2/pi), up to d = 100", |_| {
                    let found = certified::mean_lengths([1, 2, 3, 7, 30, 100], "1", "length^3/8*sqrt(7)")?;
                    Ok(found.at("depth", 3).at("variance", "1/4").at("order", "1/2").at("x2", 7))
                }),
                Evidence::derived(
                    "products of chi-squared variables",
                    "each layer multiplies the squared norm by an independent sigma^2 chi^2",
                    &[
                        Step::lemma("rotational invariance", "W a/||a|| has independent Gaussian entries whatever a is"),
                        Step::lemma("independent products", "the mean of the product over layers is the product of means"),
                        Step::identity(
                            "one more layer is one more factor",
                            "let depth = depth + 1; claimed",
                            concat!("claimed*", layer!()),
                        ),
                        Step::identity("the moment of one layer", "let depth = 1; claimed", concat!(layer!(), "*x2^order")),
                    ],
                ),
                Evidence::sampled("one layer, order one", "means of ||a||_2^2, layers on candle", |context| {
                    let nets = [nets::Net::linear(3, 1), nets::Net::new(2, 1, "gaussian:1/2", network::Gate::Relu)];
                    Ok(nets::one_layer(context, nets::Norm::TwoSquared, nets::Stage::MatrixThenGate, &nets)?.at("order", 1))
                }),
                Evidence::sampled("one layer, order two", "means of ||a||_2^4, layers on candle", |context| {
                    let nets = [nets::Net::linear(3, 1), nets::Net::new(2, 1, "gaussian:1/2", network::Gate::Relu)];
                    Ok(nets::one_layer(context, nets::Norm::TwoFourth, nets::Stage::MatrixThenGate, &nets)?.at("order", 2))
                }),
            ]),
        Claim::new("stable-variance", "d sigma^2 = d (E(chi^2_d)^q)^(-1/q) keeps the q-th moment")
            .against(&[
                rival("the critical variance", "1/p"),
                rival("gate forgotten", "width*chi_square_moment(width, 1, order)^(-1/order)"),
            ])
            .by(&[Evidence::certified("integer orders", "the variance at which the exact moment of one layer is one", |_| {
                certified::layer_moments(&points(), "width*moment^(-1/order)")
            })]),
    ],
    figures: &[],
};

/// Widths, depths, gates, variances and orders.
fn points() -> [Point; 7] {
    let cases = [
        (1, 1, "1", "1", 1, "1"),
        (4, 2, "1", "1/4", 2, "5"),
        (4, 1, "1/2", "1/2", 3, "1"),
        (3, 40, "1/2", "2/3", 2, "1/9"),
        (16, 300, "1", "1/10", 5, "2"),
        (7, 3, "1/2", "9/4", 1, "14"),
        (100, 5, "1", "1/100", 3, "1"),
    ];
    cases.map(|(width, depth, p, variance, order, x2)| {
        let net = Point::new().at("width", width).at("depth", depth).at("p", p);
        net.at("variance", variance).at("order", order).at("x2", x2)
    })
}
