//! Section 3 · RMSprop escapes at a speed that does not depend on depth.
//!
//! Equal weights w in (0, 1), x = y = 1, g the size of the gradient, ν a low-pass filter of g², 0 < ν(0) ≤ g(0)². The paper approximates the
//! gradient w^{L−1} − w^{2L−1} by its first term, which is exact in the limit w^L → 0, in the flow as in ν: ẇ = w^{L−1}/√ν. Then g grows along
//! the way, so ν stays below g² and ẇ ≥ 1; from w_0 to b it takes at most b − w_0, whatever the depth. For the true gradient the same
//! holds up to w* = ((L−1)/(2L−1))^{1/L}, where g is largest, and can fail beyond. The updates of RMSprop with ν = 0 at first and ε = 0
//! are at most ⌈(b − w_0)/η⌉ for b ≤ w*, at every depth; with ε > 0 the bound grows by the factor 1 + ε/g(0), and without that factor it
//! is false: η n ≥ ε ∫ w^{1−L} dw, so where g ≪ ε the wait is exponential in the depth again.
//!
//! Rungs: derived, certified, integrated. Source: Section 3, after Proposition 7.

use suite::prelude::*;

const UPWARD: Requirement = Requirement { positive: "b - w0", says: "b must lie above w0" };

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "rmsprop-flow",
    label: "Section 3 · RMSprop's flow",
    source: "Section 3, after Proposition 7",
    says: "From equal weights w0 in (0, 1) the flow of RMSprop on w^(L-1) reaches b within the time b - w0 at every depth; on the true gradient \
           for b up to w* = ((L-1)/(2L-1))^(1/L); and RMSprop with epsilon = 0 does within (b - w0)/step updates.",
    reconstructed: Some("the conditions on b and on the filter's start, the factor for epsilon > 0, and the failures beyond w*"),
    follows_from: &["prop-7"],
    quantities: &[
        Quantity::new("escape-bound", "the upper bound on the time from w0 to b", "b - w0", &["w0", "b"]).requiring(&[UPWARD]),
        Quantity::new("whole-way", "the upper bound on the first-term flow's time to any b below 1", "1 - w0", &["w0"]),
        Quantity::new("turning-point", "the weight w* at which the gradient is largest", TURNING, &["depth"]),
        Quantity::new("iteration-bound", "the upper bound on step*(n - 1) for n updates from w0 to b up to w*", ITERATIONS, DAMPED)
            .requiring(&[UPWARD, Requirement { positive: "1 - w0", says: "w0 must lie below 1" }]),
        Quantity::new("damped-bound", "a lower bound on step*n with epsilon > 0", "damping*power_integral(w0, b, 2 - depth)", DAMPED)
            .requiring(&[UPWARD]),
        Quantity::new("longer-when-deeper", "the updates that 64 layers take beyond those that 4 take", "0", &[]),
    ],
    claims: &[
        Claim::new("first-term", "the flow on the gradient's first term, w^(L-1), takes at most b - w0")
            .of("escape-bound")
            .related(Relation::AtLeast)
            .against(&[rival("half of it", "(b - w0)/2"), rival("a tenth less", "9/10*(b - w0)")])
            .by(&[
                Evidence::derived("comparison", "the filter stays below the squared gradient", SPEED),
                Evidence::integrated("flow", "the flow at many depths and filters", |_| dynamics::adaptive_times(FAR, FILTERS, false)),
            ]),
        Claim::new("whole-way", "the flow on w^(L-1) takes at most 1 - w0 to any b")
            .related(Relation::AtLeast)
            .against(&[rival("half of it", "(1 - w0)/2")])
            .by(&[Evidence::integrated("flow", "the flow at many depths and filters", |_| dynamics::adaptive_times(FAR, FILTERS, false))]),
        Claim::new("turning-point", "the gradient w^(L-1) - w^(2L-1) is largest at ((L-1)/(2L-1))^(1/L)")
            .against(&[rival("one layer less", "exp(ln((depth - 1)/(2*depth - 1))/(depth - 1))"), rival("its limit", "exp(-ln(2)/depth)")])
            .by(&[Evidence::certified("bracketed roots", "where the gradient's derivative vanishes", |_| {
                certified::roots(&Point::new().along("depth", [2, 3, 4, 8, 16, 64]), "depth - 1 - (2*depth - 1)*w^depth", "w")
            })]),
        Claim::new("true-gradient", "RMSprop's flow on the true gradient takes at most b - w0 for b up to w*")
            .of("escape-bound")
            .related(Relation::AtLeast)
            .against(&[rival("half of it", "(b - w0)/2")])
            .by(&[
                Evidence::derived("comparison", "up to w* the gradient grows along the way", SPEED),
                Evidence::integrated("flow", "the flow at many depths and filters", |_| dynamics::adaptive_times(NEAR, FILTERS, true)),
            ]),
        Claim::new("beyond", "beyond w* the bound can fail: at L = 2 from 1/2 to 0.99")
            .of("escape-bound")
            .related(Relation::Below)
            .against(&[rival("twice as long", "2*(b - w0)")])
            .by(&[Evidence::integrated("flow", "the flow with a slow filter", |_| {
                dynamics::adaptive_times(&[(2, "0.5", "0.99")], &[(1.0, 1.0)], true)
            })]),
        Claim::new("iterations", "RMSprop takes at most (b - w0)/step updates, rounded up, times the factor of epsilon")
            .of("iteration-bound")
            .related(Relation::Above)
            .against(&[rival("for every epsilon", "b - w0"), rival("half of it", "(b - w0)/2")])
            .by(&[
                Evidence::derived("induction", "every update is at least as long as the first", SPEED),
                Evidence::integrated("RMSprop", "updates at depths 4 to 64 with epsilon = 0, and with several", |_| {
                    let deep = dynamics::every_depth(4..=64, "0.3", "0.8");
                    dynamics::iterations(&[&[(&deep[..], RULES, "0")], SWEEP].concat())
                }),
            ]),
        Claim::new("depth-free", "with epsilon = 0 it takes no more updates at 64 layers than at 4")
            .of("longer-when-deeper")
            .related(Relation::AtLeast)
            .against(&[rival("an update less for each layer", "4 - 64")])
            .by(&[Evidence::integrated("RMSprop", "the difference of the numbers of updates", |_| {
                dynamics::iteration_changes(&[(4, "0.3", "0.8"), (4, "0.1", "0.5"), (4, "0.6", "0.8")], 64, RULES)
            })]),
        Claim::new("damped-bound", "epsilon > 0 makes it epsilon times as slow as gradient flow at least: 10^6 updates at 32 layers")
            .related(Relation::AtMost)
            .against(&[
                rival("one layer too many", "damping*power_integral(w0, b, 1 - depth)"),
                rival("twice that", "2*damping*power_integral(w0, b, 2 - depth)"),
            ])
            .by(&[
                Evidence::derived("left sums", "an update is at most step*w^(L-1)/epsilon long", SLOWNESS),
                Evidence::integrated("RMSprop", "updates with epsilon > 0; at 32 layers and 10^-8 from 0.3 to 0.3001", |_| {
                    dynamics::whole_iterations(SWEEP)
                }),
            ]),
    ],
    figures: &["3"],
};

const TURNING: &str = "exp(ln((depth - 1)/(2*depth - 1))/depth)";
const ITERATIONS: &str = "(b - w0)*(1 + damping/(w0^(depth-1) - w0^(2*depth-1)))";
const DAMPED: &[&str] = &["w0", "depth", "b", "damping"];
const FAR: &[dynamics::Escape] = &[(2, "0.5", "0.99"), (4, "0.3", "0.9"), (16, "0.35", "0.99"), (64, "0.4", "0.999")];
const NEAR: &[dynamics::Escape] = &[(2, "0.3", "0.57"), (4, "0.3", "0.8"), (16, "0.35", "0.95"), (64, "0.4", "0.98")];
/// Rates of the filter, and the share of the squared gradient that it starts from.
const FILTERS: &[(f64, f64)] = &[(0.5, 1.0), (10.0, 1.0), (1000.0, 1.0), (2.0, 0.25)];
/// Steps and decays.
const RULES: &[(&str, f64)] = &[("0.01", 0.9), ("0.01", 0.99), ("0.001", 0.99), ("0.001", 0.999)];

/// Escapes, rules and epsilon.
const SWEEP: &[dynamics::Sweep] = &[
    (&[(8, "0.3", "0.8")], RULES, "0.00000001"),
    (&[(8, "0.3", "0.8")], RULES, "0.0001"),
    (&[(8, "0.3", "0.8"), (12, "0.3", "0.5")], RULES, "0.001"),
    (&[(32, "0.3", "0.3001")], &[("0.01", 0.9), ("0.01", 0.99)], "0.00000001"),
];

const SLOWNESS: &[Step] = &[
    Step::identity(
        "what an update is short of w^(L-1)/damping, where g is up to w^(L-1) and r = sqrt(nu)",
        "w^(depth-1)/damping - g/(r + damping)",
        "(w^(depth-1) - g)/damping + g*r/(damping*(r + damping))",
    ),
    Step::lemma(
        "left sums",
        "the updates' lengths over w^(L-1) are up to step/damping each, and together at least the integral of w^(1-L)",
    ),
    Step::identity("the claimed bound", "claimed", "damping*power_integral(w0, b, 2 - depth)"),
];

const SPEED: &[Step] = &[
    Step::identity(
        "the rate of u = nu/g^2, where nu changes at r (g^2 - nu) and g at s >= 0: at most r (1 - u)",
        "(r*(g^2 - nu)*g^2 - 2*nu*g*s)/g^4 - r*(1 - nu/g^2)",
        "-(2*nu*s/g^3)",
    ),
    Step::identity(
        "the same in updates: an average of squares of numbers up to g is at most g^2",
        "g^2 - (decay*nu + (1 - decay)*g^2)",
        "decay*(g^2 - nu)",
    ),
    Step::lemma("comparison principle", "u starts at most at 1, where r (1 - u) stands still, and so stays there: nu <= g^2"),
    Step::identity("an update in units of its step, where nu = g^2", "g/(g + damping)", "1/(1 + damping/g)"),
    Step::lemma(
        "separation of variables",
        "g/(sqrt(nu) + epsilon) is at least 1/(1 + epsilon/g(0)), so b is reached within the claimed length",
    ),
];
