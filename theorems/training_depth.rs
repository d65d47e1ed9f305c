//! Section 5 · adaptive methods train deep narrow nets.
//!
//! In a ReLU perceptron much deeper than wide, RMSprop and Adam leave the plateau around the start where SGD and momentum stay; in one
//! as wide as deep all four train. An experiment: settings, seeds and criterion stand in `training::deep` and were fixed before the first
//! counted run (64 layers of 16 and of 64 units, He uniform, batches of 128 handwritten digits, 2000 updates, three rates a rule on a
//! selection seed, five fresh seeds). Every counted run must do as the formula says.
//!
//! Rung: sampled (every counted run judged by itself; intervals for further seeds in the notes). Source: Section 5, Figures 5 and 9.

use suite::prelude::*;

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "training-depth",
    label: "Section 5 · adaptive methods train deep narrow nets",
    source: "Section 5, Figures 5 and 9",
    says: "Of deep ReLU perceptrons with He uniform weights, RMSprop and Adam train the narrow one, where SGD and momentum stay near chance; \
           all four train the one that is as wide as deep.",
    reconstructed: Some(
        "sizes, rates, steps and the criterion: a run leaves chance if its best accuracy reaches 1/2, and stays near chance, which is 1/10, \
         if it never exceeds 1/4",
    ),
    follows_from: &["prop-7", "thm-9"],
    quantities: &[Quantity::new(
        "leaves-chance",
        "1 if a run leaves chance, 0 if it stays near it",
        "1 - (1 - adaptive)*(1 - wide)",
        &["adaptive", "wide"],
    )],
    claims: &[
        Claim::new("leaves-chance", "adaptive methods leave chance at every width, the others in the wide net only")
            .against(&[
                rival("every method trains", "1"),
                rival("depth defeats all", "wide"),
                rival("width does not matter", "adaptive"),
                rival("adaptive methods are slower", "wide*(1 - adaptive)"),
            ])
            .by(&[
                Evidence::sampled("recorded runs", "the counted runs as figures 5 and 9 recorded them", |_| {
                    training::outcome::recorded(&[training::deep::Shape::Narrow, training::deep::Shape::Wide])
                }),
                Evidence::sampled("runs", "the same plan run again under the audit's seed", |context| {
                    training::outcome::counted(context, &[training::deep::Shape::Narrow, training::deep::Shape::Wide])
                }),
            ]),
        Claim::new("without-biases", "the same of the narrow net without biases").of("leaves-chance").by(&[
            Evidence::sampled("recorded runs", "the counted runs as they were recorded", |_| {
                training::outcome::recorded(&[training::deep::Shape::Homogeneous])
            }),
            Evidence::sampled("runs", "the same plan run again under the audit's seed", |context| {
                training::outcome::counted(context, &[training::deep::Shape::Homogeneous])
            }),
        ]),
    ],
    figures: &["5", "9"],
};
