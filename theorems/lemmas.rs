//! The trusted base of the written arguments, and what is left out. What the engine itself rests on stands with the report.

use suite::prelude::{Lemma, LemmaKind, Omission};

/// Every trusted fact.
pub static LEMMAS: &[Lemma] = &[
    // Elementary: turns a definition into algebra; allowed on the rung "proved".
    elementary(
        "independent products",
        "The expectation of a product of independent integrable variables is the product of their expectations.",
        "Williams, Probability with Martingales, 7.1",
    ),
    elementary(
        "symmetric signs",
        "If changing the sign of a variable X changes the law of nothing, every expectation that is odd in X vanishes.",
        "from the definition of a symmetric law",
    ),
    elementary(
        "symmetric determinants",
        "det(a I + b 1 1^T) = a^(L-1) (a + L b) in L dimensions: a is an eigenvalue L - 1 times, a + L b once.",
        "Horn and Johnson, Matrix Analysis, 0.8.5",
    ),
    elementary(
        "fundamental theorem of calculus",
        "A function with a continuous derivative on (a, b) is the integral of that derivative plus its limit at a.",
        "Rudin, Principles of Mathematical Analysis, 6.21",
    ),
    // Analytic: a step that no identity decides; makes an argument "derived".
    analytic(
        "change of variables",
        "If U has density f and g is strictly monotone and differentiable, g(U) has density f(g^-1(x)) |(g^-1)'(x)|.",
        "Billingsley, Probability and Measure, 20",
    ),
    analytic(
        "independent sums",
        "The density of a sum of independent variables is the convolution of their densities.",
        "Billingsley, Probability and Measure, 20",
    ),
    analytic(
        "monotone transformation",
        "A strictly decreasing continuous map carries the event X >= x to g(X) <= g(x), and medians to medians.",
        "from the definition of a median",
    ),
    analytic("power rule", "d/dw w^a = a w^(a-1) for real a and w > 0.", "Rudin, Principles of Mathematical Analysis, 8.6"),
    analytic("Markov inequality", "P(X >= t) <= E X/t for X >= 0 and t > 0.", "Billingsley, Probability and Measure, 5.31"),
    analytic(
        "Mallows inequality",
        "A median of a variable of finite variance is within one standard deviation of its mean.",
        "Mallows and Richter, Ann. Math. Statist. 40 (1969) 1922",
    ),
    analytic(
        "rotational invariance",
        "For independent standard normal entries of W and any unit vector a independent of W, W a has independent standard normal entries.",
        "Muirhead, Aspects of Multivariate Statistical Theory, 1.2",
    ),
    analytic(
        "strong law of large numbers",
        "The average of independent identically distributed integrable variables tends to their mean almost surely.",
        "Billingsley, Probability and Measure, 22.1",
    ),
];

/// What the suite does not cover.
pub static OMISSIONS: &[Omission] =
    &[Omission { what: "Figures 10, 11 and 16", why: "their content could not be recovered from the text that this project was given" }];

const fn elementary(name: &'static str, says: &'static str, source: &'static str) -> Lemma {
    Lemma { name, says, kind: LemmaKind::Elementary, source }
}

const fn analytic(name: &'static str, says: &'static str, source: &'static str) -> Lemma {
    Lemma { name, says, kind: LemmaKind::Analytic, source }
}
