//! Section 5 · adaptive methods train deep narrow nets: refuted as planned in the narrow net.
//!
//! As told: in a ReLU perceptron much deeper than wide, RMSprop and Adam leave the plateau around the start where SGD and momentum stay; in
//! one as wide as deep all four train. An experiment: settings, seeds and criterion stand in `training::deep` and were fixed before the
//! first counted run (64 layers of 16 and of 64 units, He uniform, batches of 128 handwritten digits, 2000 updates, three rates a rule on
//! a selection seed, five fresh seeds). Every counted run must do as the formula says.
//!
//! Outcome in the narrow net: Adam leaves chance on five seeds of five (best accuracies 66 % to 89 %), RMSprop on three (one stays at 11 %),
//! momentum on three too (46 % to 76 %), SGD on none (11 % to 28 %). So the division into adaptive and other methods is refuted at this
//! size; Adam and SGD alone fall on the told sides. Nothing downstream uses it: prop-7 and rmsprop-flow are about chains. Without
//! biases no rule leaves chance (all twenty best accuracies are below 38 %), though losses fall. In the net as wide as deep
//! all four rules leave chance on all seeds (74 % to 100 %).
//!
//! Rung: sampled (every counted run judged by itself; intervals for further seeds in the notes). Source: Section 5, Figures 5 and 9.

use suite::prelude::*;

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "training-depth",
    label: "Section 5 · adaptive methods train deep narrow nets",
    source: "Section 5, Figures 5 and 9",
    says: "As told: of deep ReLU perceptrons with He uniform weights, RMSprop and Adam train the narrow one, where SGD and momentum stay near \
           chance; all four train the one that is as wide as deep. At 64 layers of 16 units momentum leaves chance as well, and RMSprop not \
           from every start.",
    reconstructed: Some(
        "sizes, rates, steps and the criterion: a run leaves chance if its best accuracy reaches 1/2, and stays near chance, which is 1/10, \
         if it never exceeds 1/4",
    ),
    follows_from: &["prop-7", "thm-9"],
    quantities: &[Quantity::new(
        "leaves-chance",
        "1 if a run leaves chance, 0 if it stays near it, as told",
        "1 - (1 - adaptive)*(1 - wide)",
        &["adaptive", "wide"],
    )],
    claims: &[
        Claim::new("narrow", "in the narrow net adaptive methods leave chance and the others stay near it")
            .of("leaves-chance")
            .expecting(Expectation::Refuted)
            .against(&[
                rival("every method trains", "1"),
                rival("no method trains", "0"),
                rival("adaptive methods are slower", "1 - adaptive"),
            ])
            .by(&[
                Evidence::sampled("recorded runs", "the counted runs as figure 5 recorded them", |_| {
                    training::outcome::recorded(&[training::deep::Shape::Narrow])
                }),
                Evidence::sampled("runs", "the same plan run again under the audit's seed", |context| {
                    training::outcome::counted(context, &[training::deep::Shape::Narrow])
                }),
            ]),
        Claim::new("without-biases", "the same of the narrow net without biases")
            .of("leaves-chance")
            .expecting(Expectation::Refuted)
            .against(&[rival("every method trains", "1"), rival("adaptive methods are slower", "1 - adaptive")])
            .by(&[
                Evidence::sampled("recorded runs", "the counted runs as figure 5 recorded them", |_| {
                    training::outcome::recorded(&[training::deep::Shape::Homogeneous])
                }),
                Evidence::sampled("runs", "the same plan run again under the audit's seed", |context| {
                    training::outcome::counted(context, &[training::deep::Shape::Homogeneous])
                }),
            ]),
        Claim::new("wide", "in the net as wide as deep all four leave chance")
            .of("leaves-chance")
            .against(&[rival("only adaptive methods train", "adaptive"), rival("no method trains", "0")])
            .by(&[
                Evidence::sampled("recorded runs", "the counted runs as figure 9 recorded them", |_| {
                    training::outcome::recorded(&[training::deep::Shape::Wide])
                }),
                Evidence::sampled("runs", "the plan run under the audit's seed", |context| {
                    training::outcome::counted(context, &[training::deep::Shape::Wide])
                }),
            ]),
    ],
    figures: &["5", "9"],
};
