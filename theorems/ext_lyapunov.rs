//! Beyond the paper · the typical size of Gaussian nets, and the variance that keeps it.
//!
//! Gaussian weights of variance σ², X = χ²_d (linear) or χ²_K, K ~ Bin(d, 1/2) given K ≥ 1 (ReLU, given alive): ln‖a^L‖² − ln‖x‖² is a sum
//! of L independent ln X + ln σ². So it grows by κ₁ + ln σ² a layer, κ₁ = E ln X = ψ(d/2) + ln 2 or its mixture over K, with variance
//! κ₂ = Var ln X, which for ReLU includes the mixture's. σ² = e^{−κ₁} keeps the typical size at every depth: it depends on d alone. Under
//! any other atomless law the rate stays below ln(p d σ²) − ln P(a layer lives).
//!
//! Rungs: certified, derived, sampled.

use suite::prelude::*;

const LAYER: &[&str] = &["width", "law", "gate"];
const GAUSSIAN: &[Requirement] = &[Requirement {
    positive: "1 - 10^100*(kurtosis - 3)^2",
    says: "the law must be Gaussian (gaussian:SIGMA, xavier-gaussian, he-gaussian): no other has this closed form",
}];

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "ext-lyapunov",
    label: "Extension · typical size, and the variance that keeps it",
    source: "beyond the paper; the outlook's question for the optimal variance of narrow nets",
    says: "In live Gaussian nets ln||a^L||^2 grows by E ln chi^2 + ln sigma^2 a layer; sigma^2 = exp(-E ln chi^2) keeps the typical size.",
    reconstructed: None,
    follows_from: &["ext-radial"],
    quantities: &[
        Quantity::new("rate", "growth of ln||a||^2 per layer, given alive", "chi_square_log_cumulant(width, p, 1) + ln(variance)", LAYER)
            .requiring(GAUSSIAN),
        Quantity::new("log-variance", "its variance in one layer", "chi_square_log_cumulant(width, p, 2)", LAYER).requiring(GAUSSIAN),
        Quantity::new(
            "typical-variance",
            "the variance that keeps E ln||a||^2, given alive",
            "exp(-chi_square_log_cumulant(width, p, 1))",
            &["width", "gate"],
        ),
        Quantity::new("rate-upper", "above the rate of any atomless law", "ln(p*width*variance/(1 - (1 - p)^width))", LAYER),
    ],
    claims: &[
        Claim::new("rate", "ln||a||^2 grows by E ln chi^2 + ln sigma^2 a layer, given alive")
            .against(&[
                rival("logarithm of the mean", "ln(p*width*variance)"),
                rival("gate forgotten", "chi_square_log_cumulant(width, 1, 1) + ln(variance)"),
                rival("ln 2 forgotten", "chi_square_log_cumulant(width, p, 1) - ln(2) + ln(variance)"),
            ])
            .by(&[
                Evidence::certified("moments of tiny order", "E ln X between ln E X^-q/-q and ln E X^q/q, q = 2^-40", |_| {
                    certified::log_means(&layers(), "log_mean + ln(variance)")
                }),
                Evidence::derived(
                    "sum over layers",
                    "ln||a^L||^2 is a sum of independent ln(sigma^2 X)",
                    &[
                        Step::lemma(
                            "rotational invariance",
                            "W a/||a|| has independent Gaussian entries, whose signs open gates like coins",
                        ),
                        Step::lemma("strong law of large numbers", "the average over layers tends to E ln X + ln sigma^2"),
                        Step::identity("which is the rate", "claimed - ln(variance)", "chi_square_log_cumulant(width, p, 1)"),
                    ],
                ),
                Evidence::sampled("replicates", "mean growth of live Gaussian nets, without a control", |context| {
                    let narrow = nets::Net::new(3, 1, "gaussian:1/3", network::Gate::Relu);
                    nets::exponents(context, &[nets::Net::linear(2, 1), narrow, nets::Net::relu(4, 1)])
                }),
            ]),
        Claim::new("log-variance", "the variance of ln X, X a gated chi^2 that lives")
            .against(&[
                rival("gate forgotten", "trigamma(width/2)"),
                rival("variance of the mixture's means forgotten", "let q = 2*p - 1; (2 + 2*(1 - q))/width + (2 + 10*(1 - q))/width^2"),
                rival("first order", "(2 + 3*(1 - p)/p)/width"),
            ])
            .by(&[Evidence::certified("law of total variance", "from pi^2/2 and pi^2/6 by differences 4/K^2", |_| {
                certified::log_variances(&layers(), "log_variance")
            })]),
        Claim::new("typical-variance", "sigma^2 = exp(-E ln X)")
            .against(&[
                rival("critical variance", "1/(p*width)"),
                rival("gate forgotten", "exp(-chi_square_log_cumulant(width, 1, 1))"),
                rival("keeps the mean of the length", "chi_square_moment(width, p, 1/2)^(-2)"),
            ])
            .by(&[Evidence::certified("moments of tiny order", "the variance at which the bracketed rate vanishes", |_| {
                certified::log_means(&layers(), "exp(-log_mean)")
            })]),
        Claim::new("rate-upper", "the rate is below ln(p d sigma^2) - ln P(a layer lives) under any atomless law")
            .related(Relation::Above)
            .against(&[
                rival("a quarter of the Gaussian loss", "ln(p*width*variance/(1 - (1 - p)^width)) - (1 + 3*(1 - p))/width"),
                rival("one gate less", "ln(p*(width - p)*variance) - 1/(2*width)"),
            ])
            .by(&[
                Evidence::certified("moments of tiny order, Gaussian", "the bracketed rate of Gaussian nets", |_| {
                    certified::log_means(&layers(), "log_mean + ln(variance)")
                }),
                Evidence::derived(
                    "Jensen",
                    "the mean of a logarithm is below the logarithm of the mean",
                    &[
                        Step::lemma("independent signs", "a layer lives with probability 1 - (1 - p)^d whatever came before"),
                        Step::lemma("Jensen inequality", "E(ln(||a'||^2/||a||^2) | alive) <= ln E(||a'||^2/||a||^2 | alive)"),
                        Step::identity(
                            "the mean growth over live layers",
                            "exp(claimed)*(1 - (1 - p)^width)",
                            "exp(ln(p*width*variance/(1 - (1 - p)^width)))*(1 - (1 - p)^width)",
                        ),
                    ],
                ),
                Evidence::sampled("replicates with Gaussian twins", "exponents of uniform nets, controls of known mean", |context| {
                    let uniform = |width, gate| nets::Net::new(width, 1, "uniform:9/10", gate);
                    nets::exponents(context, &[uniform(2, network::Gate::Linear), uniform(4, network::Gate::Relu)])
                }),
            ]),
    ],
    figures: &["20"],
};

/// Widths, gates and variances of single layers.
fn layers() -> Vec<Point> {
    let cases = [(1, "1"), (2, "1"), (5, "1"), (100, "1"), (1, "1/2"), (2, "1/2"), (6, "1/2"), (33, "1/2")];
    let point = |(width, p)| Point::new().at("width", width).at("p", p).at("variance", format!("3/(2*{p}*{width})"));
    cases.map(point).to_vec()
}
