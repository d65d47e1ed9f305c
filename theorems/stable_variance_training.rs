//! Beyond the paper · what the typical variance buys in training.
//!
//! A ReLU perceptron of 32 layers of 6 units, Gaussian weights of the variance that keeps the typical size (ext-lyapunov) or of He's,
//! trained by SGD and RMSprop. An experiment: settings, seeds and criterion stand in `training::typical` and were fixed before the first
//! counted run; what is judged is whether a number is larger at the typical variance, over all pairs of counted runs. By that criterion nothing is
//! decided, which is the expected verdict since.
//!
//! Rung: sampled (the counted runs of the plan).

use suite::prelude::*;

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "stable-variance-training",
    label: "Experiment · training from the typical variance",
    source: "beyond the paper; Section 5 and ext-lyapunov",
    says: "Hypothesis: in a ReLU perceptron of 32 layers of 6 units the variance that keeps the typical size gives larger gradients and \
           curvature at the start than He's, and better accuracy under SGD and RMSprop. The counted runs decide none of it: nets this narrow \
           die at the start whatever the variance, and no run leaves chance.",
    reconstructed: None,
    follows_from: &["ext-lyapunov", "training-depth"],
    quantities: &[
        Quantity::new("gradient", "1 if the gradient at the start is larger at the typical variance, 0 if smaller", "1", &[]),
        Quantity::new("curvature", "the same of the Hessian's largest eigenvalue", "1", &[]),
        Quantity::new("sgd", "the same of the best accuracy under SGD", "1", &[]),
        Quantity::new("rmsprop", "the same of the best accuracy under RMSprop", "1", &[]),
    ],
    claims: &[
        Claim::new("gradient", "the gradient at the start is larger: not decided")
            .expecting(Expectation::Inconclusive)
            .by(&[Evidence::sampled("recorded runs", RECORDED, |_| training::typical::recorded(training::typical::Compared::Gradient))]),
        Claim::new("curvature", "the Hessian's largest eigenvalue at the start is larger: not decided")
            .expecting(Expectation::Inconclusive)
            .by(&[Evidence::sampled("recorded runs", RECORDED, |_| training::typical::recorded(training::typical::Compared::Curvature))]),
        Claim::new("sgd", "SGD reaches a better accuracy: not decided, none leaves chance")
            .expecting(Expectation::Inconclusive)
            .by(&[Evidence::sampled("recorded runs", RECORDED, |_| training::typical::recorded(training::typical::Compared::Sgd))]),
        Claim::new("rmsprop", "RMSprop reaches a better accuracy: not decided, none leaves chance")
            .expecting(Expectation::Inconclusive)
            .by(&[Evidence::sampled("recorded runs", RECORDED, |_| training::typical::recorded(training::typical::Compared::RmsProp))]),
    ],
    figures: &["stable-variance"],
};

const RECORDED: &str = "the counted runs of the plan, as they were recorded";
