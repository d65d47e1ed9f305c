//! Beyond the paper · what the typical variance buys at the start and in training.
//!
//! A ReLU perceptron of 64 layers of 16 units, Gaussian weights of the variance that keeps the typical size (ext-lyapunov) or of He's, in pairs
//! of the same draws. *At the start*: by positive homogeneity the logits of a pair differ by the factor (σ²_typ/σ²_He)^{63/2} = e^{5.6};
//! gradient and largest eigenvalue are larger at the typical variance. These are facts about the initialisation, not about
//! training. *In training* by SGD and RMSprop, at rates chosen for either variance on other draws, best accuracies are not decided by the
//! criterion, a sign test over fourteen pairs. Settings, seeds and criterion stand in `training::typical` and were fixed before the first counted
//! run. A first plan (32 layers of 6 units, no biases, unpaired) decided nothing at all: no run left chance.
//!
//! Rung: sampled (the recorded runs of the plan; the starts also under the audit's seed).

use suite::prelude::*;

use suite::prelude::training::typical::{self, Compared};

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "stable-variance-training",
    label: "Experiment · starts and training from the typical variance",
    source: "beyond the paper; Section 5 and ext-lyapunov",
    says: "In a ReLU perceptron of 64 layers of 16 units the variance that keeps the typical size gives larger gradients and curvature at the \
           start than He's. Whether it trains better is not decided: of fourteen pairs its accuracy is better in 4 under SGD, in 9 under \
           RMSprop.",
    reconstructed: Some(
        "sizes, rates, steps and the criterion: at least 12 of 14 pairs; a first plan with 32 layers of 6 units without biases decided nothing",
    ),
    follows_from: &["ext-lyapunov", "training-depth"],
    quantities: &[
        Quantity::new("gradient", "1 if the gradient at the start is larger at the typical variance, 0 if smaller", "1", &[]),
        Quantity::new("curvature", "the same of the Hessian's largest eigenvalue", "1", &[]),
        Quantity::new("sgd", "the same of the best accuracy under SGD", "1", &[]),
        Quantity::new("rmsprop", "the same of the best accuracy under RMSprop", "1", &[]),
    ],
    claims: &[
        Claim::new("gradient", "initialisation: the gradient at the start is larger").against(&[rival("smaller", "0")]).by(&[
            Evidence::sampled("recorded runs", RECORDED, |_| typical::recorded(Compared::Gradient)),
            Evidence::sampled("starts", STARTS, |context| typical::starts(context, Compared::Gradient)),
        ]),
        Claim::new("curvature", "initialisation: the Hessian's largest eigenvalue at the start is larger")
            .against(&[rival("smaller", "0")])
            .by(&[
                Evidence::sampled("recorded runs", RECORDED, |_| typical::recorded(Compared::Curvature)),
                Evidence::sampled("starts", STARTS, |context| typical::starts(context, Compared::Curvature)),
            ]),
        Claim::new("sgd", "training: SGD reaches a better accuracy: not decided, 4 pairs of 14")
            .expecting(Expectation::Inconclusive)
            .by(&[Evidence::sampled("recorded runs", RECORDED, |_| typical::recorded(Compared::Sgd))]),
        Claim::new("rmsprop", "training: RMSprop reaches a better accuracy: not decided, 9 pairs of 14")
            .expecting(Expectation::Inconclusive)
            .by(&[Evidence::sampled("recorded runs", RECORDED, |_| typical::recorded(Compared::RmsProp))]),
    ],
    figures: &["stable-variance"],
};

const RECORDED: &str = "the counted runs of the plan, as figure stable-variance recorded them";
const STARTS: &str = "the same nets before their first update, under the audit's seed";
