//! Theorem 9 · wide nets are stable.
//!
//! Gaussian weights at critical variance 1/(p d), ‖x‖ = 1, linear (p = 1) or ReLU (p = 1/2): E‖a^L‖² = 1 and
//! Var‖a^L‖² = (1 + (2 + 3(1−p)/p)/d)^L − 1, that is (1 + 2/d)^L − 1 and (1 + 5/d)^L − 1 (Eq. 7). By Mallows |median − 1| ≤ √Var, so the
//! median of ‖a^L‖² lies in [1 − ε, 1 + ε] once d ≥ (2 + 3(1−p)/p)/((1 + ε²)^{1/L} − 1): d = Ω(L) is enough.
//!
//! Rungs: proved (variance), certified, derived (Mallows), sampled. Source: Section 4, Theorem 9, Eq. (7).

use suite::prelude::*;

/// 1 + (excess of one layer)/d, to the L.
macro_rules! fourth {
    () => {
        "(1 + (2 + 3*(1 - p)/p)/width)^depth"
    };
}

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "thm-9",
    label: "Theorem 9 · wide nets are stable",
    source: "Section 4, Theorem 9, Eq. (7)",
    says: "For critical Gaussian weights and a unit input Var||a^L||^2 = (1 + 2/d)^L - 1 in linear and (1 + 5/d)^L - 1 in ReLU nets, so the \
           median of ||a^L||^2 stays near 1 once the width grows like the depth.",
    reconstructed: None,
    follows_from: &[],
    quantities: &[
        Quantity::new("variance", "Var||a^L||_2^2 at ||x|| = 1", concat!(fourth!(), " - 1"), &["width", "depth", "gate"]),
        Quantity::new(
            "width",
            "the width from which the standard deviation of ||a^L||_2^2 is at most epsilon",
            "(2 + 3*(1 - p)/p)/((1 + epsilon^2)^(1/depth) - 1)",
            &["depth", "epsilon", "gate"],
        ),
        Quantity::new("norm2-pow4", "E||a^L||_2^4 at ||x|| = 1", fourth!(), &["width", "depth", "gate"]),
        Quantity::new(
            "mallows-lower",
            "1 less the standard deviation",
            concat!("1 - sqrt(", fourth!(), " - 1)"),
            &["width", "depth", "gate"],
        ),
        Quantity::new(
            "mallows-upper",
            "1 plus the standard deviation",
            concat!("1 + sqrt(", fourth!(), " - 1)"),
            &["width", "depth", "gate"],
        ),
    ],
    claims: &[
        Claim::new("variance", "Var||a^L||^2 = (1 + (2 + 3(1-p)/p)/d)^L - 1")
            .against(&[
                rival("gate forgotten", "(1 + 2/width)^depth - 1"),
                rival("first order only", "(2 + 3*(1 - p)/p)*depth/width"),
                rival("d + 2 for d", "(1 + (2 + 3*(1 - p)/p)/(width + 2))^depth - 1"),
                rival("second moment not taken off", fourth!()),
            ])
            .by(&[Evidence::proved(
                "composition of layers",
                "one layer by the fourth moments of Gaussian rows; layers multiply",
                VARIANCE,
            )]),
        Claim::new("norm2-pow4", "E||a^L||_2^4 = (1 + (2 + 3(1-p)/p)/d)^L")
            .against(&[rival("gate forgotten", "(1 + 2/width)^depth"), rival("one layer too many", concat!(fourth!(), "*(1 + 2/width)"))])
            .by(&[
                Evidence::proved(
                    "variance and mean",
                    "the fourth power's mean is the variance and the squared mean, 1",
                    &[Step::identity("the definition", "claimed - 1", concat!(fourth!(), " - 1"))],
                ),
                Evidence::sampled("one layer", "means of ||a^1||_2^4 of layers on candle", |context| {
                    nets::one_layer(
                        context,
                        nets::Norm::TwoFourth,
                        nets::Stage::MatrixThenGate,
                        &[nets::Net::linear(2, 1), nets::Net::relu(2, 1)],
                    )
                }),
                Evidence::sampled("particles", "products of mean potentials over the layers of linear nets", |context| {
                    nets::particles(context, nets::Norm::TwoFourth, &[nets::Net::linear(4, 24)])
                }),
                Evidence::sampled(
                    "plain mean at depth 200",
                    "the mean of the fourth power is carried by nets that nobody sees: refused",
                    |c| nets::plain_mean(c, nets::Net::relu(4, 200)),
                )
                .expecting(Expectation::Inconclusive),
            ]),
        Claim::new("width", "at that width the standard deviation is epsilon")
            .against(&[
                rival("gate forgotten", "2/((1 + epsilon^2)^(1/depth) - 1)"),
                rival("epsilon for its square", "(2 + 3*(1 - p)/p)/((1 + epsilon)^(1/depth) - 1)"),
                rival("first order only", "(2 + 3*(1 - p)/p)*depth/epsilon^2"),
            ])
            .by(&[Evidence::certified("bracketed roots", "the width where the variance falls to epsilon^2", |_| {
                let cases = [(1, "1", "1"), (8, "1/10", "1/2"), (100, "1/2", "1"), (1000, "1/100", "1/2")];
                let point = |(depth, epsilon, p)| Point::new().at("depth", depth).at("epsilon", epsilon).at("p", p);
                certified::roots(&cases.map(point), concat!(fourth!(), " - 1 - epsilon^2"), "width")
            })]),
        Claim::new("mallows-lower", "median ||a^L||^2 >= 1 - standard deviation")
            .related(Relation::AtMost)
            .against(&[rival("a quarter of it", concat!("1 - sqrt(", fourth!(), " - 1)/4"))])
            .by(BAND),
        Claim::new("mallows-upper", "median ||a^L||^2 <= 1 + standard deviation")
            .related(Relation::AtLeast)
            .against(&[rival("half of it below", concat!("1 - sqrt(", fourth!(), " - 1)/2"))])
            .by(BAND),
    ],
    figures: &["1", "15", "21", "width-depth"],
};

const VARIANCE: &[Step] = &[
    Step::lemma("independent products", "given a^(l-1), the mean of ||a^l||^4 is a factor, free of a^(l-1), times ||a^(l-1)||^4"),
    Step::identity("critical variance keeps the mean of ||a||^2", "let variance = 1/(p*width); p*width*variance", "1"),
    Step::identity(
        "one layer: p^2 E||h||_2^4 + p(1-p) E||h||_4^4 of d independent Gaussian entries",
        "let depth = 1; 1 + claimed",
        "let variance = 1/(p*width); p^2*width*(width + 2)*variance^2 + p*(1 - p)*3*width*variance^2",
    ),
    Step::identity("one more layer is one more factor", "let depth = depth + 1; 1 + claimed", "(1 + claimed)*(let depth = 1; 1 + claimed)"),
];

const BAND: &[Evidence] = &[
    Evidence::certified("one layer", "the median of chi^2_d/d between two certified tails", |_| certified::layer_medians(&[2, 4, 10, 64])),
    Evidence::derived(
        "Mallows",
        "a median is within a standard deviation of the mean",
        &[
            Step::lemma("Mallows inequality", "the mean of ||a^L||^2 is 1 and its variance finite"),
            Step::identity("the bound is one deviation away", "(claimed - 1)^2", concat!("sqrt(", fourth!(), " - 1)^2")),
        ],
    ),
    Evidence::sampled("order statistics", "distribution-free intervals from binomial ranks, nets on candle", |context| {
        nets::medians(context, &[nets::Net::linear(2, 1), nets::Net::linear(8, 4), nets::Net::relu(8, 2)])
    }),
];
