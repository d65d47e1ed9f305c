//! Section 3 · noise helps gradient descent to escape, and not enough.
//!
//! The chain of 10 weights near 0, x = y = 1: added noise speeds gradient descent up, yet for steps η that are stable at the minimum
//! (1/100, 1/10; the limit is 2/10) and noise σ in every coordinate of the gradient it takes, in the median over starts, more than
//! 100/(1 + (50ησ)²) times the updates of RMSprop from the same start: about a hundred times while ησ stays well below 1/50.
//! As told, at every noise level, "orders of magnitude" is refuted: at σ = 1 and step 1/10 the factor is at most 20. What the paper draws
//! from it, that noise does not replace the scaling of RMSprop, rests on the quieter levels of figures 23 to 25. The plan stands in
//! `dynamics::noise`.
//!
//! Rung: sampled (medians of paired ratios by order statistics; shares of starts, Chernoff and Hoeffding's bound). Source: Section 3,
//! Figures 23-25.

use suite::prelude::*;

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "noise-escape",
    label: "Section 3 · noise helps gradient descent to escape, and not enough",
    source: "Section 3, Figures 23-25",
    says: "From weights near 0 of a chain of 10 weights, noise speeds gradient descent up, and still it takes more than 100 times the \
           updates of RMSprop, in the median over starts, while step times noise is small. As told, at every noise level, this is false: \
           noise 1 at step 1/10 closes the gap to a factor of 20.",
    reconstructed: Some(
        "starts, steps, noise levels, the loss that counts as escaped, and what orders of magnitude means: a factor of 100",
    ),
    follows_from: &["prop-7", "rmsprop-flow", "saddle"],
    quantities: &[
        Quantity::new(
            "slower",
            "a lower bound on the median over starts of the ratio of descent's updates to RMSprop's",
            "100/(1 + (50*step*noise)^2)",
            &["step", "noise"],
        )
        .requiring(&[Requirement { positive: "1/5 - step", says: "the step must lie below 1/5: descent is not stable at the minimum" }]),
        Quantity::new("every-noise", "that lower bound as told, at every noise level", "100", &[]),
        Quantity::new(
            "waiting",
            "an upper bound on the share of starts not escaped after 700 updates of step 1/10",
            "1 - noise/2",
            &["noise"],
        ),
        Quantity::new("loud", "an upper bound on the same median at noise 1 and step 1/10", "20", &[]),
    ],
    claims: &[
        Claim::new("slower", "perturbed descent takes more than 100/(1 + (50*step*noise)^2) times the updates of RMSprop")
            .related(Relation::Below)
            .against(&[rival("at every noise level", "100"), rival("a third of the noise", "100/(1 + (50*step*noise/3)^2)")])
            .by(&[Evidence::sampled("paired runs", "both rules from the same starts, at every noise level and step", |context| {
                dynamics::noise::ratios(context, 110, GRID)
            })]),
        Claim::new("every-noise", "as told: orders of magnitude at every noise level and stable step")
            .expecting(Expectation::Refuted)
            .related(Relation::Below)
            .against(&[rival("half of it", "50")])
            .by(&[Evidence::sampled("paired runs", "both rules from the same starts, with loud noise", |context| {
                dynamics::noise::ratios(context, 200, LOUD)
            })]),
        Claim::new("loud", "at noise 1 and step 1/10 descent takes at most 20 times the updates of RMSprop")
            .related(Relation::AtLeast)
            .against(&[rival("as many as RMSprop", "1"), rival("a quarter of it", "5")])
            .by(&[Evidence::sampled("paired runs", "both rules from the same starts", |context| {
                dynamics::noise::ratios(context, 200, LOUD)
            })]),
        Claim::new("waiting", "with noise more chains escape in time than without")
            .related(Relation::AtLeast)
            .against(&[rival("plain descent escapes as well", "1/2"), rival("every perturbed chain escapes", "1 - 3*noise")])
            .by(&[Evidence::sampled("runs", "700 updates from random starts", |context| dynamics::noise::waiting(context, 700, AUDIBLE))]),
    ],
    figures: &["23", "24", "25"],
};

/// Weights within the first number, step, noise.
const GRID: &[dynamics::noise::Setting] = &[
    ("0.1", "0.01", "0"),
    ("0.1", "0.01", "0.03"),
    ("0.1", "0.01", "0.1"),
    ("0.1", "0.01", "0.3"),
    ("0.1", "0.01", "1"),
    ("0.1", "0.1", "0"),
    ("0.1", "0.1", "0.03"),
    ("0.1", "0.1", "0.1"),
    ("0.1", "0.1", "0.3"),
    ("0.1", "0.1", "1"),
    ("0.5", "0.1", "0.1"),
];
const LOUD: &[dynamics::noise::Setting] = &[("0.1", "0.1", "1"), ("0.5", "0.1", "1")];
const AUDIBLE: &[dynamics::noise::Setting] = &[("0.1", "0.1", "0"), ("0.1", "0.1", "0.3"), ("0.5", "0.1", "0"), ("0.5", "0.1", "0.3")];
