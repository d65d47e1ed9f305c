//! The trusted base: what written arguments and the engine rely on without proof, and what is left out.

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
        "fundamental theorem of calculus",
        "A function with a continuous derivative on (a, b) is the integral of that derivative plus its limit at a.",
        "Rudin, Principles of Mathematical Analysis, 6.21",
    ),
    elementary(
        "tower property",
        "The expectation of an integrable variable is the expectation of its conditional expectation.",
        "Williams, Probability with Martingales, 9.7",
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
    analytic(
        "sign flip",
        "Let the row w be symmetric and independent of everything else, and <w, a> almost surely not 0. Then w and -w have one law, keep |<w, a>|, and exchange the open and the closed gate: given |<w, a>| and all else, the gate is a fair coin.",
        "from the definition of a symmetric law",
    ),
    analytic(
        "Gaussian projections",
        "For W with independent N(0, s) entries and a unit vector e independent of W, W e is N(0, s I) and independent of W(I - e e^T).",
        "Anderson, An Introduction to Multivariate Statistical Analysis, 2.4",
    ),
    analytic("power rule", "d/dw w^a = a w^(a-1) for real a and w > 0.", "Rudin, Principles of Mathematical Analysis, 8.6"),
    analytic(
        "strong law of large numbers",
        "The average of independent identically distributed integrable variables tends to their mean almost surely.",
        "Billingsley, Probability and Measure, 22.1",
    ),
    // Foundation: what the engine rests on, whatever the claim.
    foundation(
        "Schwartz-Zippel",
        "A non-zero polynomial of degree d vanishes at a uniformly drawn point of S^n with probability at most d/|S|.",
        "Schwartz, J. ACM 27 (1980) 701; Zippel, EUROSAM 1979",
    ),
    foundation(
        "linear recurrences",
        "A sequence that obeys a linear recurrence of order k with constant coefficients and vanishes at k consecutive integers vanishes from there on; the powers of a k x k matrix obey one of order k.",
        "Cayley-Hamilton; Stanley, Enumerative Combinatorics I, 4.1",
    ),
    foundation(
        "binary floating point",
        "dashu rounds +, -, x, / and sqrt of its binary floats in the stated direction.",
        "dashu-float 0.4, directed rounding modes",
    ),
    foundation("big integers", "dashu computes integers and rationals exactly.", "dashu-int, dashu-ratio"),
    foundation(
        "random streams",
        "ChaCha8 keyed by SHA-256 of (seed, claim, configuration), one stream number a chunk, is indistinguishable from independent uniform bits for every test made here.",
        "Bernstein 2008; FIPS 180-4",
    ),
    foundation(
        "binomial tails",
        "statrs computes binomial distribution functions to a relative error far below the stated rates.",
        "statrs 0.19",
    ),
    foundation("tensor arithmetic", "candle multiplies and adds f64 tensors elementwise by IEEE 754.", "candle-core 0.11"),
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

const fn foundation(name: &'static str, says: &'static str, source: &'static str) -> Lemma {
    Lemma { name, says, kind: LemmaKind::Foundation, source }
}
