//! Proposition 7 · the escape of gradient flow.
//!
//! For the loss ½(1 − w_L ⋯ w_1)² (x = y = 1) and equal weights w_i = w in (0, 1), gradient flow is ẇ = w^{L−1} − w^{2L−1} ≤ w^{L−1}. So w
//! stays below w̄(t) = (w_0^{−(L−2)} − (L−2) t)^{−1/(L−2)} (w_0 e^t at L = 2), which blows up at w_0^{−(L−2)}/(L−2) for L > 2 and never
//! for L ≤ 2; the time to b is at least ∫_{w_0}^b w^{1−L} dw, and exactly Σ_{k≥0} ∫_{w_0}^b w^{(k−1)L+1} dw, 0 < w_0 < b < 1. What the
//! bound misses is at most (b² − w_0²)/(2(1 − b^L)), bounded in L.
//!
//! Rungs: proved, derived, certified, integrated. Source: Section 3, Proposition 7.

use suite::prelude::*;

const BELOW_ONE: Requirement = Requirement { positive: "1 - w0", says: "w0 must lie below 1, where the flow stands still" };
const UPWARD: Requirement = Requirement { positive: "b - w0", says: "b must lie above w0" };

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "prop-7",
    label: "Proposition 7 · the escape of gradient flow",
    source: "Section 3, Proposition 7",
    says: "From equal weights w0 in (0, 1), x = y = 1, gradient flow takes the time sum over k >= 0 of the integral of w^((k-1)L+1) over \
           (w0, b) to reach b < 1: exponential in the depth L.",
    reconstructed: Some("the statement for general w0 and b; the text's special initial value is read as w0 = 1/e"),
    follows_from: &["saddle"],
    quantities: &[
        Quantity::new("escape-time", "the time of gradient flow from w0 to b", TIME, ESCAPE).requiring(&[UPWARD]),
        Quantity::new("escape-bound", "the lower bound on that time", "power_integral(w0, b, 2 - depth)", ESCAPE).requiring(&[UPWARD]),
        Quantity::new("blow-up", "when the upper solution is infinite: never at depths 1 and 2", BLOW_UP, FROM).requiring(&[BELOW_ONE]),
        Quantity::new("upper-solution", "the solution of dw/dt = w^(L-1) from w0, before its blow-up", UPPER, &["w0", "depth", "t"])
            .requiring(&[BELOW_ONE, Requirement { positive: "w0^(2 - depth) - (depth - 2)*t", says: "t must lie before the blow-up" }]),
        Quantity::new("power-solution", "the same, for depths other than 2", POWER, &["w0", "depth", "t"])
            .requiring(&[Requirement { positive: "(depth - 2)^2", says: "the depth must not be 2" }]),
        Quantity::new("tightness", "the most that the lower bound misses", "(b^2 - w0^2)/(2*(1 - b^depth))", ESCAPE).requiring(&[UPWARD]),
    ],
    claims: &[
        Claim::new("escape-time", "the time to b is the sum over k of the integrals of w^((k-1)L+1)")
            .against(&[
                rival("first term only", "power_integral(w0, b, 2 - depth)"),
                rival("one layer too many", "series(k, 0, power_integral(w0, b, (k-1)*depth + 1), b^depth)"),
                rival("second term's sign", "series(k, 0, (-1)^k*power_integral(w0, b, (k-1)*depth + 2), b^depth)"),
            ])
            .by(&[
                Evidence::certified("lower and upper sums", "the integral of 1/(1 - w^L) by w^(1-L) dw", |_| delayed(UNDELAYED)),
                Evidence::derived("geometric series", "time is the integral of 1/rate, term by term", SERIES),
                Evidence::integrated("flow", "gradient flow by an eighth-order method, to eight digits", |_| {
                    dynamics::escape_times(&[NEAR, &dynamics::every_depth(2..=64, "0.35", "0.97")].concat())
                }),
                Evidence::integrated("gradient descent", "iterations times step, extrapolated to step 0", |context| {
                    dynamics::descent_times(context, NEAR)
                }),
            ]),
        Claim::new("escape-bound", "the time to b is at least the integral of w^(1-L)")
            .related(Relation::AtMost)
            .against(&[rival("one layer too many", "power_integral(w0, b, 1 - depth)")])
            .by(&[
                Evidence::certified("lower and upper sums", "the time itself, enclosed", |_| delayed(UNDELAYED)),
                Evidence::derived("domination", "the rate is at most w^(L-1)", DOMINATION),
                Evidence::integrated("flow", "the time of the flow", |_| dynamics::escape_times(NEAR)),
            ]),
        Claim::new("tightness", "the bound misses at most (b^2 - w0^2)/(2 (1 - b^L)), which does not grow with L")
            .related(Relation::AtLeast)
            .against(&[rival("ratio forgotten", "(b^2 - w0^2)/2"), rival("half of it", "(b^2 - w0^2)/(4*(1 - b^depth))")])
            .by(&[
                Evidence::certified("lower and upper sums", "the delay, the integral of w/(1 - w^L)", |_| delayed("w^2/2")),
                Evidence::integrated("flow", "the delay, integrated along the flow", |_| dynamics::excess_times(NEAR)),
            ]),
        Claim::new("power-solution", "(w0^-(L-2) - (L-2) t)^(-1/(L-2)) solves dw/dt = w^(L-1) from w0, for every L but 2")
            .against(&[
                rival("L - 1 for L - 2", "(w0^(1 - depth) - (depth - 1)*t)^(-1/(depth - 1))"),
                rival("factor forgotten", "(w0^(2 - depth) - t)^(-1/(depth - 2))"),
            ])
            .by(&[
                Evidence::proved("substitution", "the derivative in t, and the value at t = 0", SOLUTION),
                Evidence::certified("bracketed roots", "the w up to which the integral of w^(1-L) is t", |_| passed(|depth| depth != 2)),
            ]),
        Claim::new("upper-solution", "the upper solution at every depth, 2 among them")
            .against(&[rival("L - 1 for L - 2", "(w0^(1 - depth) - (depth - 1)*t)^(-1/(depth - 1))"), rival("always depth 2", "w0*exp(t)")])
            .by(&[
                Evidence::certified("bracketed roots", "the w up to which the integral of w^(1-L) is t", |_| passed(|_| true)),
                Evidence::integrated("flow", "the flow dw/dt = w^(L-1)", |_| dynamics::upper_solutions(TIMES, false)),
            ]),
        Claim::new("domination", "gradient flow stays below the upper solution")
            .of("upper-solution")
            .related(Relation::AtLeast)
            .against(&[rival("a straight line", "w0 + t*(w0^(depth - 1) - w0^(2*depth - 1))")])
            .by(&[
                Evidence::derived("comparison", "the rate is at most that of the upper solution", DOMINATION),
                Evidence::integrated("flow", "gradient flow", |_| dynamics::upper_solutions(TIMES, true)),
            ]),
        Claim::new("blow-up", "the upper solution is infinite at w0^-(L-2)/(L-2), for L > 2")
            .against(&[rival("L - 1 for L - 2", "w0^(2 - depth)/(depth - 1)"), rival("one layer too many", "w0^(1 - depth)/(depth - 2)")])
            .by(&[Evidence::certified("bracketed roots", "where the upper solution's base w0^-(L-2) - (L-2) t vanishes", |_| {
                certified::roots(&Point::new().at("w0", "0.35").along("depth", [3, 4, 5, 8, 16, 33]), "w0^(2 - depth) - (depth - 2)*t", "t")
            })]),
    ],
    figures: &["3"],
};

const ESCAPE: &[&str] = &["w0", "depth", "b"];
const FROM: &[&str] = &["w0", "depth"];
const TIME: &str = "series(k, 0, power_integral(w0, b, (k-1)*depth + 2), b^depth)";
/// The last factor is 0 at depth 1, where the upper solution w0 + t is never infinite, and 1 at the others.
const BLOW_UP: &str = "w0^(2 - depth)/((depth - 2)*(1 - binomial(0, depth - 1)))";
const UPPER: &str = "let two = binomial(0, depth - 2); let a = depth - 2 + two; [(w0^(-a) - a*t*(1 - two))^(-1/a), w0*exp(t*two)][two]";
const POWER: &str = "(w0^(2 - depth) - (depth - 2)*t)^(-1/(depth - 2))";
const NEAR: &[dynamics::Escape] = &[(2, "0.5", "0.9"), (5, "0.5", "0.93"), (16, "0.6", "0.9"), (40, "0.8", "0.95")];
const TIMES: &[dynamics::Moment] =
    &[(1, "0.2", "0.5"), (2, "0.3", "1"), (2, "0.5", "2"), (3, "0.5", "1.1"), (5, "0.4", "4"), (8, "0.6", "3"), (20, "0.8", "2.5")];

const SERIES: &[Step] = &[
    Step::lemma("separation of variables", "the time from w0 to b is the integral of 1/(w^(L-1) - w^(2L-1))"),
    Step::identity("one term less", "1/(w^(depth-1) - w^(2*depth-1))", "w^(1-depth) + w^depth/(w^(depth-1) - w^(2*depth-1))"),
    Step::derivative("each term is an integral", "b", "power_integral(w0, b, (k-1)*depth + 2)", "b^((k-1)*depth + 1)"),
    Step::lemma("monotone convergence", "the terms w^((k-1)L+1) are positive: the series is integrated term by term"),
    Step::identity("the claimed sum", "claimed", "series(k, 0, power_integral(w0, b, (k-1)*depth + 2), b^depth)"),
];

const DOMINATION: &[Step] = &[
    Step::identity("the second term of the rate", "w^(depth-1) - (w^(depth-1) - w^(2*depth-1))", "w^(2*depth-1)"),
    Step::lemma("comparison principle", "from the same start the flow with the larger rate is ahead at every time, and first at every b"),
];

const SOLUTION: &[Step] = &[
    Step::derivative("at L = 3", "t", "let depth = 3; claimed", "let depth = 3; claimed^2"),
    Step::identity("at L = 3 it starts at w0", "let depth = 3; let t = 0; claimed", "w0"),
    Step::derivative("its derivative, for every L", "t", "claimed", "claimed/(w0^(2 - depth) - (depth - 2)*t)"),
    Step::lemma("powers of powers", "the divisor is claimed^-(L-2), so the derivative is claimed^(L-1), and claimed is w0 at t = 0"),
];

/// What 1/(1 - w^L) is integrated against to give the time: an antiderivative of w^(1-L).
const UNDELAYED: &str = "let two = binomial(0, depth - 2); let a = 2 - depth - two; [w^a/a, ln(w)][two]";

/// The w up to which the integral of w^(1-L) is t, at the depths of [`TIMES`] that are asked for.
fn passed(depths: fn(u32) -> bool) -> Result<Gathered, Unsettled> {
    let passed = "let two = binomial(0, depth - 2); let a = 2 - depth - two; t - [(w^a - w0^a)/a, ln(w/w0)][two]";
    certified::roots(&TIMES.iter().filter(|moment| depths(moment.0)).map(dynamics::moment).collect::<Vec<_>>(), passed, "w")
}

/// The integral of 1/(1 - w^L) against a weight.
fn delayed(weight: &str) -> Result<Gathered, Unsettled> {
    let points = Point::new().at("w0", "0.5").at("b", "0.9").along("depth", [1, 2, 3, 5, 8]);
    certified::weighted(&points, weight, "1/(1 - w^depth)", "w", ("w0", "b"))
}
