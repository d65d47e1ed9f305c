//! Section 5 · RMSprop trains a deep stripped ResNet: not decided as planned.
//!
//! As told: a ResNet without batch normalisation and skips, hundreds of layers deep, is trained by RMSprop where SGD and momentum stay on the
//! plateau around the start. An experiment: settings, seeds and criterion stand in `training::deep_resnet` and were fixed before the first
//! counted run (41 maps from 8 channels, He uniform, batches of 64 handwritten digits, 500 updates, three rates a rule on a selection
//! seed, three fresh seeds). Every counted run must do as the formula says. Nothing downstream uses it.
//!
//! Outcome: SGD and momentum stay at 11.2 % on all fresh seeds, with losses within 0.007 of ln 10. RMSprop's best accuracies are 40.6 %, 26.9 %
//! and 30.2 % and its losses fall to 1.2 to 1.7: it leaves the plateau, but none of its runs reaches one half, so the criterion decides
//! nothing about it. The rival that no method trains is not refuted either.
//!
//! Rung: sampled (every counted run judged by itself; intervals for further seeds in the notes). Source: Section 5, Figure 8.

use suite::prelude::*;

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "deep-resnet-training",
    label: "Section 5 · RMSprop trains a deep stripped ResNet",
    source: "Section 5, Figure 8",
    says: "As told: RMSprop trains a deep ResNet without batch normalisation and skips, where SGD and momentum stay near chance. At 41 \
           maps and 500 updates SGD and momentum do stay near it; RMSprop's accuracies of 27 % to 41 % are neither near chance nor away from \
           it by the criterion, so the whole is not decided.",
    reconstructed: Some(
        "sizes, rates, steps and the criterion: a run leaves chance if its best accuracy reaches 1/2, and stays near chance, which is 1/10, \
         if it never exceeds 1/4",
    ),
    follows_from: &["stripped-resnets", "rmsprop-flow"],
    quantities: &[Quantity::new("leaves-chance", "1 if a run leaves chance, 0 if it stays near it, as told", "adaptive", &["adaptive"])],
    claims: &[Claim::new("leaves-chance", "RMSprop leaves chance, SGD and momentum stay near it: not decided for RMSprop")
        .expecting(Expectation::Inconclusive)
        .against(&[rival("every method trains", "1"), rival("adaptive methods are slower", "1 - adaptive")])
        .by(&[
            Evidence::sampled("recorded runs", "the counted runs as figure 8 recorded them", |_| training::deep_resnet::recorded()),
            Evidence::sampled("runs", "the same plan run again under the audit's seed", training::deep_resnet::counted),
        ])],
    figures: &["8"],
};
