//! Beyond the paper · medians of Gaussian nets at every depth, and the variance that keeps them.
//!
//! With κ_n the cumulants of ln X (ext-lyapunov), live nets have 0 > ln median‖a^L‖² − L(κ₁ + ln σ²) − ln‖x‖² + κ₃/(6κ₂) > −1/L: the median
//! is e^{−κ₃/(6κ₂)} times the typical size, 1.77 at d = 1. At depth L it is kept by ln σ² = −κ₁ + κ₃/(6κ₂L), up to 1/L² more: for large L
//! by a variance that depends on the width alone. The price at σ² = e^{−κ₁} is a mean E‖a^L‖² = (p d e^{−κ₁})^L‖x‖².
//!
//! Rungs: certified (lattices), integrated (two inversions), sampled (order statistics at any depth).

use suite::prelude::*;

/// e^(L(κ₁ + ln σ²)), the shift of the median, times a share, and a rest in the exponent.
macro_rules! size {
    ($share:literal, $rest:literal) => {
        concat!(
            "exp(depth*(chi_square_log_cumulant(width, p, 1) + ln(variance)) - ",
            $share,
            "*chi_square_log_cumulant(width, p, 3)/(6*chi_square_log_cumulant(width, p, 2))",
            $rest,
            ")*x2"
        )
    };
}
/// The variance that keeps the median at depth L, to second order, with a rest in the exponent.
macro_rules! stable {
    ($rest:literal) => {
        concat!(
            "exp(-chi_square_log_cumulant(width, p, 1) + ",
            "chi_square_log_cumulant(width, p, 3)/(6*chi_square_log_cumulant(width, p, 2)*depth)",
            $rest,
            ")"
        )
    };
}

const NET: &[&str] = &["width", "depth", "law", "gate", "input"];
const DEEP: &[&str] = &["width", "depth", "gate"];
const GAUSSIAN: &[Requirement] = &[Requirement {
    positive: "1 - 10^100*(kurtosis - 3)^2",
    says: "the law must be Gaussian (gaussian:SIGMA, xavier-gaussian, he-gaussian)",
}];

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "ext-stable-variance",
    label: "Extension · the variance that keeps the median",
    source: "beyond the paper; the outlook's question for the optimal variance of narrow nets",
    says: "The median of ||a^L||^2 over live Gaussian nets is exp(-kappa3/(6 kappa2)) times the typical size, up to a factor exp(-1/L).",
    reconstructed: None,
    follows_from: &["ext-radial", "ext-lyapunov"],
    quantities: &[
        Quantity::new("median-upper", "above median||a^L||^2, given alive", size!("1", ""), NET).requiring(GAUSSIAN),
        Quantity::new("median-lower", "below median||a^L||^2, given alive", size!("1", " - 1/depth"), NET).requiring(GAUSSIAN),
        Quantity::new("median-growth", "the L-th root of median||a^L||^2 over that of the inverted law", "1", &[]),
        Quantity::new("stable-variance-lower", "below the variance that keeps the median", stable!(""), DEEP),
        Quantity::new("stable-variance-upper", "above the variance that keeps the median", stable!(" + 1/depth^2"), DEEP),
        Quantity::new(
            "price",
            "E||a^L||^2 at the typical variance",
            "(p*width*exp(-chi_square_log_cumulant(width, p, 1)))^depth*x2",
            &["width", "depth", "gate", "input"],
        ),
    ],
    claims: &[
        Claim::new("median-upper", "median||a^L||^2 < exp(-kappa3/(6 kappa2)) times the typical size")
            .related(Relation::Above)
            .against(&[
                rival("typical size", size!("0", "")),
                rival("half the shift", size!("1/2", "")),
                rival("exp(-1/(20 L)) of it", size!("1", " - 1/(20*depth)")),
            ])
            .by(MEDIANS),
        Claim::new("median-lower", "median||a^L||^2 > exp(-kappa3/(6 kappa2) - 1/L) times the typical size")
            .related(Relation::Below)
            .against(&[rival("1/L forgotten", size!("1", "")), rival("1/(3L) for 1/L", size!("1", " - 1/(3*depth)"))])
            .by(MEDIANS),
        Claim::new(
            "median-growth",
            "nets have the median of the inverted law: widths 1, 2, 3, 8, 32, linear to depth 1000; ReLU to 6, 16, 40, 600, 1000",
        )
        .against(&[
            rival("typical size for median", "exp(chi_square_log_cumulant(width, p, 3)/(6*chi_square_log_cumulant(width, p, 2)*depth))"),
            rival("mean for median", "p*width*exp(-chi_square_log_cumulant(width, p, 1))"),
        ])
        .by(&[
            Evidence::sampled("order statistics", "distribution-free intervals, live nets of up to 8 units on candle", |context| {
                growths(context, NARROW, QUICK)
            }),
            Evidence::sampled("order statistics, width 32", "the same of wider ones", |context| {
                growths(context, &[[32, 1000, 0], [32, 1000, 1]], &[[32, 10, 0], [32, 10, 1]])
            }),
        ]),
        Claim::new("stable-variance-lower", "the variance that keeps the median at depth L is above its second order")
            .related(Relation::Below)
            .against(&[
                rival("typical variance", "exp(-chi_square_log_cumulant(width, p, 1))"),
                rival("1/(20 L^2) more", stable!(" + 1/(20*depth^2)")),
            ])
            .by(KEPT),
        Claim::new("stable-variance-upper", "and below e^(1/L^2) times that: for large L it depends on the width alone")
            .related(Relation::Above)
            .against(&[rival("1/L^2 forgotten", stable!("")), rival("a third of it", stable!(" + 1/(3*depth^2)"))])
            .by(KEPT),
        Claim::new("price", "E||a^L||^2 = (p d exp(-E ln X))^L ||x||^2 at the typical variance")
            .against(&[rival("no price", "x2"), rival("gate forgotten", "(p*width*exp(-chi_square_log_cumulant(width, 1, 1)))^depth*x2")])
            .by(&[Evidence::certified("moments of tiny order", "the mean's factor p d sigma^2 at the bracketed variance", |_| {
                certified::log_means(&points(DEEPER), "(p*width*exp(-log_mean))^depth*x2")
            })]),
    ],
    figures: &["20"],
};

const LATTICE: [(u32, u32, &str); 9] =
    [(1, 1, "1"), (1, 4, "1"), (2, 4, "1"), (3, 2, "1"), (8, 1, "1"), (2, 2, "1/2"), (3, 4, "1/2"), (8, 5, "1/2"), (32, 2, "1/2")];
const DEEPER_LATTICE: [(u32, u32, &str); 4] = [(1, 12, "1"), (2, 8, "1"), (8, 12, "1/2"), (9, 12, "1/2")];
const DEEPER: &[(u32, u32, &str)] =
    &[(1, 1000, "1"), (3, 300, "1"), (8, 1000, "1"), (32, 100, "1"), (2, 16, "1/2"), (8, 300, "1/2"), (10, 1000, "1/2"), (32, 1000, "1/2")];
const MEDIANS: &[Evidence] = &[
    Evidence::certified("lattices", "stochastic bounds on either side, by exact convolution", |context| {
        certified::bracketed_medians(&lattices(context), "exp(log_median + depth*ln(variance))*x2")
    }),
    Evidence::integrated("two inversions", "characteristic function and contour, which agree to 1e-9", |_| {
        certified::inverted_medians(&points(&[&LATTICE[..], DEEPER].concat()), "exp(log_median + depth*ln(variance))*x2")
    }),
];
const KEPT: &[Evidence] = &[Evidence::certified("lattices", "exp(-median/L) of the bracketed median at variance 1", |context| {
    certified::bracketed_medians(&lattices(context), "exp(-log_median/depth)")
})];

/// Widths, depths and gates, at critical variance.
fn points(cases: &[(u32, u32, &str)]) -> Vec<Point> {
    let point = |(width, depth, p): &(u32, u32, &str)| {
        Point::new().at("width", width).at("depth", depth).at("p", p).at("variance", format!("1/({p}*{width})")).at("x2", 3)
    };
    cases.iter().map(point).collect()
}

fn lattices(context: &Context) -> Vec<Point> {
    points(&if context.effort == Effort::Quick { LATTICE.to_vec() } else { [&LATTICE[..], &DEEPER_LATTICE].concat() })
}

/// Width, depth and 1 for a gate: linear nets to depth 1000, ReLU nets as deep as one in a hundred lives (at width 8 one in ten).
const NARROW: &[[usize; 3]] =
    &[[1, 1, 0], [1, 1000, 0], [2, 8, 0], [2, 1000, 0], [3, 1000, 0], [8, 1000, 0], [1, 6, 1], [2, 16, 1], [3, 40, 1], [8, 600, 1]];
const QUICK: &[[usize; 3]] = &[[1, 1000, 0], [2, 8, 0], [3, 100, 0], [8, 100, 0], [2, 16, 1], [8, 40, 1]];

fn growths(context: &Context, all: &[[usize; 3]], quick: &[[usize; 3]]) -> Result<Gathered, Unsettled> {
    let net = |&[width, depth, gate]: &[usize; 3]| if gate == 1 { nets::Net::relu(width, depth) } else { nets::Net::linear(width, depth) };
    let nets: Vec<_> = if context.effort == Effort::Quick { quick } else { all }.iter().map(net).collect();
    nets::typical_growths(context, &nets, |point| certified::Product::at(point)?.median())
}
