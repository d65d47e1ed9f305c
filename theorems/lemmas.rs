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
    analytic(
        "block Gershgorin",
        "For a matrix in blocks and a vector v with Hv = lambda v, |lambda| ||v_k|| <= sum_l ||H_kl||_2 ||v_l||; a non-negative symmetric matrix A with |lambda| u <= A u, u >= 0 other than 0, has a spectral radius of at least |lambda|.",
        "Feingold and Varga, Pacific J. Math. 12 (1962) 1241; Horn and Johnson, Matrix Analysis, 8.3",
    ),
    analytic(
        "Courant-Fischer",
        "A symmetric form that is negative on a k-dimensional subspace (without 0) has at least k negative eigenvalues; its values at unit vectors lie between the extreme eigenvalues.",
        "Horn and Johnson, Matrix Analysis, 4.2",
    ),
    analytic(
        "positive semidefinite minors",
        "A symmetric matrix without negative eigenvalues has no negative principal minor.",
        "Horn and Johnson, Matrix Analysis, 7.1",
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
