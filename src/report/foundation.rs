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
        "Ends of enclosures are dyadic numbers over big integers; every operation computes exactly or rounds outward, so the ball of a \
         result contains the result of all contained arguments. Series end with a proved bound on their tail.",
        "Johansson, Arb: efficient arbitrary-precision midpoint-radius interval arithmetic, IEEE Trans. Comput. 66 (2017)",
    ),
    foundation(
        "Schwartz–Zippel",
        "A non-zero polynomial of total degree D vanishes at a point drawn uniformly from N^m with probability at most D/N; formulas \
         are compared exactly at random 128-bit integers, calls standing for symbols, and the bound is printed with the verdict.",
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
        "binomial tails and quantiles",
        "Binomial tails by the saddle-point expansion, and Student and normal quantiles, are accurate beyond the digits that ranks and \
         sample sizes depend on.",
        "Loader, Fast and accurate computation of binomial probabilities (2000); statrs",
    ),
    foundation("tensor arithmetic", "Sums and products of f64 tensors follow IEEE 754, elementwise.", "candle"),
    foundation(
        "union bound",
        "The probability that any of several intervals misses is at most the sum of their rates, whatever their dependence.",
        "Boole's inequality",
    ),
];
