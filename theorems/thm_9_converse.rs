//! Theorem 9, converse · narrow nets vanish.
//!
//! Gaussian weights at critical variance 1/(p d), linear (p = 1) or ReLU (p = 1/2). With r the mean of ‖a^ℓ‖/‖a^{ℓ−1}‖,
//! r = √(2/d) Γ((d+1)/2)/Γ(d/2) linear and √(4/d) 2^{−d} Σ_{K≥1} C(d, K) Γ((K+1)/2)/Γ(K/2) ReLU, median‖a^L‖² ≤ 4 r^{2L}‖x‖². For linear
//! nets −d ln r lies in [.2257, 1/4], d = 1..1000: the median vanishes whenever d = o(L). In between, at d = cL, it tends to e^{−1/c}, in
//! ReLU nets to e^{−5/(2c)}; what is compared at finite width is the prediction with the next order in 1/d.
//!
//! Rungs: derived (Markov), certified, sampled. Source: the abstract's claim that narrow nets vanish; the bound is the suite's own.

use suite::prelude::*;

/// r
macro_rules! rate {
    () => {
        "(chi_square_moment(width, p, 1/2)/sqrt(p*width))"
    };
}

/// e^(mean of ln||a^L||^2 - third cumulant/(6 variance)); s and t are d times and d^2 times the variance and the third cumulant of the
/// growth ||a^l||^2/||a^(l-1)||^2.
macro_rules! median {
    () => {
        median!("s/(2*width) - (t/3 - 3*s^2/4)/width^2", "(t - 3*s^2)/(6*s*width)")
    };
    ($rate:literal, $skew:literal) => {
        concat!("let s = 3/p - 1; let t = 15/p^2 - 9/p + 2; exp(-depth*(", $rate, ") - ", $skew, ")")
    };
}

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "thm-9-converse",
    label: "Theorem 9, converse · narrow nets vanish",
    source: "Abstract; Section 4 after Theorem 9",
    says: "For critical Gaussian weights the median of ||a^L||^2 is at most 4 r^(2L) ||x||^2 with r < 1: it vanishes whenever d = o(L).",
    reconstructed: Some("The paper states that narrow nets vanish; this bound and its constants were derived for the suite."),
    follows_from: &[],
    quantities: &[
        Quantity::new(
            "bound",
            "an upper bound on the median of ||a^L||_2^2",
            concat!("4*", rate!(), "^(2*depth)*x2"),
            &["width", "depth", "gate", "input"],
        ),
        Quantity::new(
            "median",
            "the median of ||a^L||_2^2 at ||x|| = 1, to second order in 1/d at L of order d",
            median!(),
            &["width", "depth", "gate"],
        ),
        Quantity::new("rate", "r, the mean of ||a^l||/||a^(l-1)||", rate!(), &["width", "gate"]),
        Quantity::new("rate-upper", "an upper bound on r in linear nets of width up to 1000", "exp(-2257/(10000*width))", &["width"]),
        Quantity::new("rate-lower", "a lower bound on r in linear nets of width up to 1000", "exp(-1/(4*width))", &["width"]),
    ],
    claims: &[
        Claim::new("bound", "median ||a^L||^2 <= 4 r^(2L) ||x||^2")
            .related(Relation::AtLeast)
            .against(&[
                rival("ReLU's r in linear nets", "4*(chi_square_moment(width, 1/2, 1/2)*sqrt(2/width))^(2*depth)*x2"),
                rival("r^6 for r^2", concat!("4*", rate!(), "^(6*depth)*x2")),
            ])
            .by(&[
                Evidence::derived(
                    "Markov",
                    "half of the nets are at or above the median, so the mean of ||a^L|| is at least half its root",
                    &[
                        Step::lemma(
                            "independent products",
                            "the mean of ||a^L|| is r^L ||x||: given a^(l-1) the growth does not depend on it",
                        ),
                        Step::lemma("Markov inequality", "1/2 <= P(||a^L|| >= m) <= r^L ||x||/m at the median m of ||a^L||"),
                        Step::lemma("monotone transformation", "the median of ||a^L||^2 is m^2"),
                        Step::identity("so m^2 <= (2 r^L ||x||)^2", "claimed", concat!("(2*", rate!(), "^depth)^2*x2")),
                    ],
                ),
                Evidence::sampled("order statistics", "medians of nets at fixed width, nets on candle", |context| {
                    nets::medians(context, &[nets::Net::linear(2, 40), nets::Net::linear(4, 24), nets::Net::relu(4, 8)])
                }),
            ]),
        Claim::new(
            "median",
            "at L = d/c the median of ||a^L||^2 tends to e^(-1/c), in ReLU nets to e^(-5/(2c)); here with its next order in 1/d",
        )
        .against(&[
            rival("mean for median", "1"),
            rival("gate forgotten", "exp(-depth/width)"),
            rival("variance for half of it", median!("s/width", "0")),
            rival("narrow nets do not vanish", "1/2"),
        ])
        .by(&[
            Evidence::derived("central limit theorem", "the logarithm is a sum of L independent terms, L = d/c", LIMIT),
            Evidence::sampled(
                "order statistics",
                "medians at L = d/c of nets on candle, against the finite width's prediction",
                |context| {
                    let net = |gate, law, width, depth| nets::Net::new(width, depth, law, gate);
                    let [linear, relu] = [(network::Gate::Linear, "xavier-gaussian"), (network::Gate::Relu, "he-gaussian")];
                    let nets = [(linear, 16, 16), (linear, 16, 8), (relu, 16, 8), (relu, 24, 12)];
                    nets::medians(context, &nets.map(|((gate, law), width, depth)| net(gate, law, width, depth)))
                },
            ),
        ]),
        Claim::new("rate", "r is the mean length of d gated Gaussian entries over its root mean square")
            .against(&[
                rival("gate forgotten", "chi_square_moment(width, 1, 1/2)/sqrt(width)"),
                rival("root mean square for mean", "1"),
                rival("its asymptote", "exp(-(1 + 3*(1 - p)/(2*p))/(4*width))"),
            ])
            .by(&[
                Evidence::certified("recursion, linear", "E chi_d E chi_(d+1) = d from E chi_1 = sqrt(2/pi), up to d = 1000", |_| {
                    certified::mean_lengths([1, 2, 3, 4, 5, 9, 32, 100, 333, 1000], "1", "length/sqrt(width)")
                }),
                Evidence::certified("recursion, ReLU", "the same lengths mixed over the open gates, up to d = 256", |_| {
                    certified::mean_lengths([1, 2, 3, 8, 32, 256], "1/2", "length*sqrt(2/width)")
                }),
            ]),
        Claim::new("rate-upper", "r <= exp(-.2257/d) in linear nets, d = 1..1000")
            .related(Relation::AtLeast)
            .against(&[rival(".2258 for .2257", "exp(-2258/(10000*width))"), rival("a quarter", "exp(-1/(4*width))")])
            .by(LINEAR),
        Claim::new("rate-lower", "r >= exp(-1/(4d)) in linear nets, d = 1..1000")
            .related(Relation::AtMost)
            .against(&[rival(".2499 for 1/4", "exp(-2499/(10000*width))"), rival("no loss", "1")])
            .by(LINEAR),
    ],
    figures: &["width-depth"],
};

const LIMIT: &[Step] = &[
    Step::lemma("independent products", "ln||a^L||^2 is a sum of independent terms, one a layer"),
    Step::lemma(
        "central limit theorem",
        "its deviations are of order 1 and normal in the limit, so its median tends to the limit of its mean",
    ),
    Step::identity(
        "the prediction at L = d/c, u = 1/d",
        "let width = 1/u; let depth = 1/(c*u); let p = 1; claimed",
        "exp(-1/c - u/(3*c) + u/3)",
    ),
];

const LINEAR: &[Evidence] = &[Evidence::certified("widths to 1000", "r by E chi_d E chi_(d+1) = d from E chi_1, d = 1..1000", |_| {
    certified::mean_lengths(1..=1000, "1", "length/sqrt(width)")
})];
