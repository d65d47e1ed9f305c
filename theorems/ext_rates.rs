//! Beyond the paper · the typical growth of nets under other laws than the Gaussian: bounds from moments, and measured rates.
//!
//! The rate is lim (1/L) E(ln‖a^L‖² | alive). *Above*, for every symmetric law: E‖a^L‖² = (p d σ²)^L‖x‖², and a pre-activation is not 0
//! with probability 1/(2κ) at least: P(w ≠ 0) ≥ 1/κ, and ⟨w, u⟩ has at 0 no larger atom than one of the w_j u_j. *Below*, for
//! uniform weights on [−τ, τ]: ⟨w, u⟩ has a density of at most 1/(√2 τ) for every unit vector u. So |⟨w, u⟩| is in law above |U|, U
//! uniform up to τ/√2, whose E ln U² = ln(3σ²/2) − 2; and in linear nets ln t ≥ (t − 1) − c(t − 1)², t ≥ 1/4, gives a bound from the second and
//! fourth moment, (3 + (κ − 3)‖u‖₄⁴)σ⁴ a row, less what lies in small balls. Laws with atoms have no such bound below: two moments
//! do not keep ⟨w, u⟩ from being small. Of them a net is dead where a^L = 0; ties close gates.
//!
//! Rungs: enumerated, certified, derived, sampled (asymptotic).

use suite::prelude::*;

const LAYER: &[&str] = &["width", "law", "gate"];
const UNIFORM: &[Requirement] = &[Requirement {
    positive: "1 - 10^100*(kurtosis - 9/5)^2",
    says: "the law must be uniform (uniform:TAU, xavier-uniform, he-uniform): other laws may have small pre-activations more often",
}];

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "ext-rates",
    label: "Extension · typical size under other laws",
    source: "beyond the paper; the outlook's question for the optimal variance of narrow nets",
    says: "The rate of ln||a||^2 per layer, given alive, is below ln(p d sigma^2) - ln(1 - (1 - p/(2 kurtosis))^d) for every symmetric law; for \
           uniform weights it is at most 2 - ln(3/2) below the Gaussian one.",
    reconstructed: None,
    follows_from: &["ext-lyapunov"],
    quantities: &[
        Quantity::new("upper", "above the rate of any symmetric law", "ln(p*width*variance) - ln(1 - (1 - p/(2*kurtosis))^width)", LAYER),
        Quantity::new(
            "uniform-lower",
            "below that of uniform weights",
            "chi_square_log_cumulant(width, p, 1) + ln(3*variance/2) - 2",
            LAYER,
        )
        .requiring(UNIFORM),
        Quantity::new(
            "linear-lower",
            "below that of uniform weights in linear nets, from their moments",
            "ln(width*variance) - 16/9*(ln(4) - 3/4)*(2 - 6/(5*width))/width - 2/width*exp(width/2*ln(pi()*exp(1)/12))",
            &["width", "law"],
        )
        .requiring(UNIFORM),
    ],
    claims: &[
        Claim::new("upper", "the rate, and any mean over L layers, is below ln(p d sigma^2) - ln(1 - (1 - p/(2 kurtosis))^d)")
            .related(Relation::Above)
            .against(&[
                rival("nets never die", "ln(p*width*variance)"),
                rival("a quarter", "ln(p*width*variance/4) - ln(1 - (1 - p/(2*kurtosis))^width)"),
            ])
            .by(&[
                Evidence::enumerated("finite laws", "E(ln||a^L||^2 | alive)/L, all outcomes, from two inputs", |_| {
                    let from = |input: fn(usize) -> Vec<i64>| exact::grid(&exact::laws(), &exact::Gate::ALL, SHAPES, input);
                    exact::log_growths(&[from(exact::uneven)?, from(|width| vec![1; width])?].concat())
                }),
                Evidence::derived(
                    "Jensen",
                    "given alive, the mean of the square is E||a^L||^2/P(alive)",
                    &[
                        Step::lemma("Jensen inequality", "E(ln||a^L||^2 | alive) <= ln E||a^L||^2 - ln P(alive)"),
                        Step::lemma(
                            "Cauchy-Schwarz",
                            "(E w^2)^2 <= E w^4 P(w != 0), so that P(w = 0) <= 1 - 1/kurtosis; other atoms are at most 1/2",
                        ),
                        Step::lemma(
                            "independent signs",
                            "a gate opens with half the probability that <w, u> != 0, that is 1/(4 kurtosis) at least",
                        ),
                        Step::identity("a layer", "claimed + ln(1 - (1 - p/(2*kurtosis))^width)", "ln(p*width*variance)"),
                    ],
                ),
                Evidence::sampled("replicates with Gaussian twins", "signs and three-point weights, dead chains replaced", |context| {
                    let (signs, three) = ("rademacher:1", "three-point:2,1/2");
                    let net = |width, law, gate| nets::Net::new(width, 1, law, gate);
                    let relu = network::Gate::Relu;
                    nets::exponents(context, &[net(4, signs, network::Gate::Linear), net(8, signs, relu), net(8, three, relu)])
                }),
            ]),
        Claim::new("uniform-lower", "with uniform weights the rate is at most 2 - ln(3/2) below that of Gaussian ones")
            .related(Relation::Below)
            .against(&[rival("2 forgotten", "chi_square_log_cumulant(width, p, 1) + ln(3*variance/2)")])
            .by(&[
                ONE_UNIT,
                Evidence::derived(
                    "cube slicing",
                    "squares in law above those of uniform variables",
                    &[
                        Step::lemma("independent signs", "K squares are kept, K ~ Bin(d, p) given K >= 1, whatever the magnitudes"),
                        Step::lemma("cube slicing", "P(|<w, u>| <= t) <= sqrt(2) t/tau"),
                        Step::lemma("stochastic order", "E ln <w, u>^2 >= E ln U^2 = ln(tau^2/2) - 2, and tau^2 = 3 sigma^2"),
                        Step::lemma("Jensen inequality", "ln of a mean of K squares >= the mean of their ln; E ln K >= E ln chi^2_K"),
                        Step::identity("together", "claimed - chi_square_log_cumulant(width, p, 1)", "ln(3*variance/2) - 2"),
                    ],
                ),
                MEASURED,
            ]),
        Claim::new("linear-lower", "with uniform weights, linear: the rate is within O(1/d) below ln(d sigma^2)")
            .related(Relation::Below)
            .against(&[
                rival("Jensen's bound", "ln(width*variance)"),
                rival("an eighth of it", "ln(width*variance) - 2/9*(ln(4) - 3/4)*(2 - 6/(5*width))/width"),
            ])
            .by(&[
                ONE_UNIT,
                Evidence::derived(
                    "second and fourth moment",
                    "t = ||W u||^2/(d sigma^2) has mean 1 and variance (2 - 6||u||_4^4/5)/d",
                    &[
                        Step::lemma("parabola below the logarithm", "E ln t >= -c Var t - E(ln(1/(4t)); t < 1/4), c = 16(ln 4 - 3/4)/9"),
                        Step::lemma("Cauchy-Schwarz", "||u||_4^4 >= 1/d"),
                        Step::lemma("cube slicing", "the density of W u is at most (sqrt(2) tau)^-d"),
                        Step::lemma(
                            "volume of the ball",
                            "P(t <= s) <= (pi e s/3)^(d/2), whose integral ds/s up to 1/4 is 2/d (pi e/12)^(d/2)",
                        ),
                        Step::identity(
                            "together",
                            "claimed - ln(width*variance)",
                            "-16/9*(ln(4) - 3/4)*(2 - 6/(5*width))/width - 2/width*exp(width/2*ln(pi()*exp(1)/12))",
                        ),
                    ],
                ),
                Evidence::sampled("replicates with Gaussian twins", "linear nets, controls of known mean", |context| {
                    let net = |width| nets::Net::new(width, 1, "uniform:9/10", network::Gate::Linear);
                    nets::exponents(context, &[net(2), net(8)])
                }),
            ]),
    ],
    figures: &["20"],
};

const SHAPES: &[(usize, usize)] = &[(1, 3), (2, 1), (2, 2), (2, 3), (3, 1)];
const ONE_UNIT: Evidence = Evidence::certified("one unit", "E ln w^2 by Riemann sums", |_| certified::uniform_rates(&["1", "3/2"]));
const MEASURED: Evidence = Evidence::sampled("replicates with Gaussian twins", "uniform nets, controls of known mean", |context| {
    let net = |width| nets::Net::new(width, 1, "uniform:9/10", network::Gate::Relu);
    nets::exponents(context, &[net(2), net(4)])
});
