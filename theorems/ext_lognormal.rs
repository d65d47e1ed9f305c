//! Beyond the paper · the log-normal limit of Gaussian nets, and how far the law is from it.
//!
//! Critical Gaussian weights, d → ∞ with L/d fixed: ln‖a^L‖² of live nets tends to a normal law of mean −L/d and variance 2L/d (linear),
//! −5L/(2d) and 5L/d (ReLU); the next terms are −L/(3d²), 2L/d² and −49L/(12d²), 37L/(2d²). The linear mean lies between its second-order
//! value and 2L/(15d⁴) more, the linear variance between its own and 4L/(3d³) more; for ReLU the rests are within 12 to 18 L/d³ and 85 to
//! 143 L/d³, d = 16..1000. The distribution function is within (√(L/d) + 1 + √(d/L))/(8d) of the limit (eight times that for ReLU), so at
//! fixed width the limit is not the law.
//!
//! Rungs: certified (cumulants), integrated (distance of the laws), sampled (whole distribution).

use suite::prelude::*;

const NET: &[&str] = &["width", "depth", "gate"];
const LINEAR: &[&str] = &["width", "depth"];

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "ext-lognormal",
    label: "Extension · the log-normal limit of wide and deep nets",
    source: "beyond the paper; behind Theorem 9",
    says: "At critical variance ln||a^L||^2 of live nets tends to a normal law as d grows with L/d fixed; at fixed width it does not.",
    reconstructed: None,
    follows_from: &["ext-radial", "ext-lyapunov"],
    quantities: &[
        Quantity::new("mean-lower", "below E ln||a^L||^2, linear", "depth*(-1/width - 1/(3*width^2))", LINEAR),
        Quantity::new("mean-upper", "above it", "depth*(-1/width - 1/(3*width^2) + 2/(15*width^4))", LINEAR),
        Quantity::new("variance-lower", "below Var ln||a^L||^2, linear", "depth*(2/width + 2/width^2)", LINEAR),
        Quantity::new("variance-upper", "above it", "depth*(2/width + 2/width^2 + 4/(3*width^3))", LINEAR),
        Quantity::new("relu-mean-lower", "below E ln||a^L||^2, ReLU", "depth*(-5/(2*width) - 49/(12*width^2) - 18/width^3)", LINEAR),
        Quantity::new("relu-mean-upper", "above it", "depth*(-5/(2*width) - 49/(12*width^2) - 12/width^3)", LINEAR),
        Quantity::new("relu-variance-lower", "below Var ln||a^L||^2, ReLU", "depth*(5/width + 37/(2*width^2) + 85/width^3)", LINEAR),
        Quantity::new("relu-variance-upper", "above it", "depth*(5/width + 37/(2*width^2) + 143/width^3)", LINEAR),
        Quantity::new(
            "distance",
            "above sup|P(ln||a^L||^2 <= s) - normal limit|",
            "(1 + 14*(1 - p))*(sqrt(depth/width) + 1 + sqrt(width/depth))/(8*width)",
            NET,
        ),
        Quantity::new("law", "P(F(ln||a^L||^2) <= at), F the inverted distribution function", "at", &["at"]),
        Quantity::new("normal-limit", "P(F(ln||a^L||^2) <= at), F that of the normal limit", "at", &["at"]),
    ],
    claims: &[
        Claim::new("mean-lower", "E ln||a^L||^2 > -L/d - L/(3d^2), linear")
            .related(Relation::Below)
            .against(&[rival("first order", "-depth/width"), rival("1/4 for 1/3", "depth*(-1/width - 1/(4*width^2))")])
            .by(MEAN),
        Claim::new("mean-upper", "E ln||a^L||^2 < -L/d - L/(3d^2) + 2L/(15d^4), linear")
            .related(Relation::Above)
            .against(&[rival("second order", "depth*(-1/width - 1/(3*width^2))")])
            .by(MEAN),
        Claim::new("variance-lower", "Var ln||a^L||^2 > 2L/d + 2L/d^2, linear")
            .related(Relation::Below)
            .against(&[rival("3 for 2", "depth*(2/width + 3/width^2)")])
            .by(VARIANCE),
        Claim::new("variance-upper", "Var ln||a^L||^2 < 2L/d + 2L/d^2 + 4L/(3d^3), linear")
            .related(Relation::Above)
            .against(&[rival("second order", "depth*(2/width + 2/width^2)"), rival("first order", "2*depth/width")])
            .by(VARIANCE),
        Claim::new("relu-mean-lower", "E ln||a^L||^2 > -5L/(2d) - 49L/(12d^2) - 18L/d^3, ReLU, d >= 16")
            .related(Relation::Below)
            .against(&[rival("second order", "depth*(-5/(2*width) - 49/(12*width^2))")])
            .by(MEAN_RELU),
        Claim::new("relu-mean-upper", "E ln||a^L||^2 < -5L/(2d) - 49L/(12d^2) - 12L/d^3, ReLU, d >= 16")
            .related(Relation::Above)
            .against(&[rival("48 for 49", "depth*(-5/(2*width) - 48/(12*width^2) - 18/width^3) - depth/(9*width^2)")])
            .by(MEAN_RELU),
        Claim::new("relu-variance-lower", "Var ln||a^L||^2 > 5L/d + 37L/(2d^2) + 85L/d^3, ReLU, d >= 16")
            .related(Relation::Below)
            .against(&[rival("39 for 37", "depth*(5/width + 39/(2*width^2) + 85/width^3)")])
            .by(VARIANCE_RELU),
        Claim::new("relu-variance-upper", "Var ln||a^L||^2 < 5L/d + 37L/(2d^2) + 143L/d^3, ReLU, d >= 16")
            .related(Relation::Above)
            .against(&[rival("second order", "depth*(5/width + 37/(2*width^2))"), rival("the mean's count only", "4*depth/width")])
            .by(VARIANCE_RELU),
        Claim::new("distance", "the law is within (sqrt(L/d) + 1 + sqrt(d/L))/(8d) of its normal limit, 8 times that for ReLU")
            .related(Relation::AtLeast)
            .against(&[
                rival("a quarter", "(1 + 14*(1 - p))*(sqrt(depth/width) + 1 + sqrt(width/depth))/(32*width)"),
                rival("free of the width", "1/1000"),
            ])
            .by(&[Evidence::integrated("inversion", "the largest gap between the inverted law and the normal one", |_| {
                certified::normal_distances(&points(&[(16, 4), (16, 64), (32, 32), (64, 16), (64, 256), (128, 128)], &["1", "1/2"]))
            })]),
        Claim::new("law", "nets have the inverted law, here at width 4 and less")
            .against(&[rival("a twentieth off in the middle", "at + at*(1 - at)/5"), rival("upper for lower tail", "1 - at")])
            .by(&[Evidence::sampled(
                "whole distribution",
                "a simultaneous band, live nets on candle, carried by the inverted law",
                |context| {
                    nets::transformed(
                        context,
                        &[nets::Net::linear(4, 12), nets::Net::relu(4, 8), nets::Net::linear(1, 5)],
                        certified::inverted_law,
                    )
                },
            )]),
        Claim::new("normal-limit", "at width 4 nets have the normal limit's law: false").expecting(Expectation::Refuted).by(&[
            Evidence::sampled("whole distribution", "a simultaneous band, nets on candle, carried by the normal limit", |context| {
                nets::transformed(context, &[nets::Net::linear(4, 12)], certified::normal_limit)
            }),
        ]),
    ],
    figures: &[],
};

const MEAN: &[Evidence] = &[Evidence::certified("moments of tiny order", "E ln X between ln E X^-q/-q and ln E X^q/q", |_| {
    certified::log_means(&points(&[(1, 1), (2, 3), (5, 4), (16, 2), (40, 40), (100, 10)], &["1"]), "depth*(log_mean - ln(p*width))")
})];
const MEAN_RELU: &[Evidence] = &[Evidence::certified("moments of tiny order", "E ln X between ln E X^-q/-q and ln E X^q/q", |_| {
    certified::log_means(&points(WIDE, &["1/2"]), "depth*(log_mean - ln(p*width))")
})];
const VARIANCE: &[Evidence] = &[Evidence::certified("law of total variance", "from pi^2/2 and pi^2/6 by differences 4/K^2", |_| {
    certified::log_variances(&points(&[(1, 1), (2, 3), (5, 4), (16, 2), (40, 40), (100, 10)], &["1"]), "depth*log_variance")
})];
const VARIANCE_RELU: &[Evidence] = &[Evidence::certified("law of total variance", "from pi^2/2 and pi^2/6 by differences 4/K^2", |_| {
    certified::log_variances(&points(WIDE, &["1/2"]), "depth*log_variance")
})];
const WIDE: &[(u32, u32)] = &[(16, 1), (17, 3), (20, 2), (32, 32), (64, 7), (150, 20), (400, 1), (1000, 3)];

/// Widths and depths with each gate.
fn points(cases: &[(u32, u32)], gates: &[&str]) -> Vec<Point> {
    let point = |(width, depth): &(u32, u32), p: &str| Point::new().at("width", width).at("depth", depth).at("p", p);
    gates.iter().flat_map(|p| cases.iter().map(move |case| point(case, p))).collect()
}
