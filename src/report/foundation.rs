//! What every verdict rests on, whatever the claim.

use crate::claim::{Lemma, LemmaKind};

const fn foundation(name: &'static str, says: &'static str, source: &'static str) -> Lemma {
    Lemma { name, says, kind: LemmaKind::Foundation, source }
}

/// The trusted base of the engine.
pub const FOUNDATION: &[Lemma] = &[
    foundation("rational arithmetic", "Sums, products and quotients of big integers and rationals are exact.", "dashu"),
    foundation(
        "ball arithmetic",
        "Every operation on enclosures is rounded outward, so the ball of a result contains the result of all contained arguments; \
         an enclosure that is not finite or too wide decides nothing.",
        "dashu's directed rounding; Johansson, Arb: efficient arbitrary-precision midpoint-radius interval arithmetic, IEEE Trans. \
         Comput. 66 (2017)",
    ),
    foundation(
        "Schwartz–Zippel",
        "A polynomial of total degree D that is not zero modulo the prime p = 2^61 − 1 vanishes at a uniformly random point with \
         probability at most D/p; independent points multiply the bound, which is printed with each verdict.",
        "Schwartz, J. ACM 27 (1980); Zippel, EUROSAM 1979",
    ),
    foundation(
        "linear recurrences",
        "Two sequences that obey linear recurrences with constant coefficients of orders m and n and agree at m + n successive places \
         agree everywhere: their difference obeys a recurrence of order m + n. Powers of a k × k matrix obey one of order k.",
        "Cayley–Hamilton",
    ),
    foundation(
        "polynomial identity",
        "Two polynomials in one name of degree at most D that agree at D + 1 places are equal.",
        "a non-zero polynomial of degree D has at most D roots",
    ),
    foundation(
        "keyed streams",
        "ChaCha keystreams under keys derived from (seed, claim, configuration, chunk) by SHA-256 behave as independent uniform bits.",
        "Bernstein, ChaCha (2008); RFC 8439; FIPS 180-4",
    ),
    foundation(
        "transformed draws",
        "The samplers have the laws that they name, up to the rounding of f64.",
        "rand_distr; tested against closed-form distribution functions",
    ),
    foundation(
        "rounding of simulations",
        "A forward pass in f64 with exact powers of two set apart differs from the real one by a relative error many orders of \
         magnitude below every stated resolution.",
        "Higham, Accuracy and Stability of Numerical Algorithms, ch. 3",
    ),
    foundation(
        "quantiles",
        "Quantiles of the binomial, beta and Student laws are accurate beyond the digits that sample sizes and ranks depend on.",
        "statrs",
    ),
    foundation(
        "union bound",
        "The probability that any of several intervals misses is at most the sum of their rates, whatever their dependence.",
        "Boole's inequality",
    ),
];
