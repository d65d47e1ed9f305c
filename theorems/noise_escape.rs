//! Section 3 · noise helps gradient descent to escape, and not enough.
//!
//! The chain of 10 weights near 0, x = y = 1: added noise speeds gradient descent up, yet for stable steps (1/100, 1/10; the limit is 2/10) and
//! noise up to 1/10 in every coordinate of the gradient it takes more than a hundred times the updates of RMSprop from the same weights.
//! Louder noise narrows the gap: at noise 1 it is below a hundred, which bounds the statement "at every noise level". The
//! plan stands in `dynamics::noise`.
//!
//! Rung: sampled (medians of paired ratios, order statistics). Source: Section 3, Figures 23-25.

use suite::prelude::*;

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "noise-escape",
    label: "Section 3 · noise helps gradient descent to escape, and not enough",
    source: "Section 3, Figures 23-25",
    says: "From weights near 0 of a chain of 10 weights, noise up to 1/10 speeds gradient descent up, and still it takes more than 100 times the \
           updates of RMSprop, in the median over starts, at every stable step.",
    reconstructed: Some(
        "starts, steps, noise levels, the loss that counts as escaped, and what orders of magnitude means: a factor of 100",
    ),
    follows_from: &["prop-7", "rmsprop-flow", "saddle"],
    quantities: &[
        Quantity::new("slowdown", "the least median of (updates of perturbed descent)/(updates of RMSprop)", "100", &[]),
        Quantity::new("speed-up", "the least median of (updates of plain descent)/(updates of perturbed descent)", "1", &[]),
    ],
    claims: &[
        Claim::new("slowdown", "perturbed descent takes more than 100 times the updates of RMSprop")
            .related(Relation::Below)
            .against(&[rival("more than 1000 times, cut at 200", "1000")])
            .by(&[Evidence::sampled("order statistics", "paired ratios, cut at 200", |context| {
                dynamics::noise::slowdowns(context, QUIET)
            })]),
        Claim::new("speed-up", "noise speeds gradient descent up")
            .related(Relation::Below)
            .against(&[rival("more than tenfold, cut at 4", "10")])
            .by(&[Evidence::sampled("order statistics", "paired ratios, cut at 4", |context| dynamics::noise::speedups(context, AUDIBLE))]),
        Claim::new("loud", "at noise 1 and step 1/10 the factor is below 100")
            .of("slowdown")
            .related(Relation::Above)
            .against(&[rival("as fast as RMSprop", "1")])
            .by(&[Evidence::sampled("order statistics", "paired ratios, cut at 200", |context| dynamics::noise::slowdowns(context, LOUD))]),
    ],
    figures: &["23", "24", "25"],
};

/// Weights within the first number, step, noise.
const QUIET: &[dynamics::noise::Setting] = &[
    ("0.1", "0.01", "0"),
    ("0.1", "0.01", "0.1"),
    ("0.1", "0.1", "0.03"),
    ("0.1", "0.1", "0.1"),
    ("0.5", "0.01", "0.1"),
    ("0.5", "0.1", "0.1"),
];
const AUDIBLE: &[dynamics::noise::Setting] = &[("0.1", "0.1", "0.1"), ("0.5", "0.1", "0.1")];
const LOUD: &[dynamics::noise::Setting] = &[("0.1", "0.1", "1"), ("0.5", "0.1", "1")];
