//! Section 3 · noise helps gradient descent to escape, and not enough.
//!
//! The chain of 10 weights near 0, x = y = 1: added noise speeds gradient descent up, yet for stable steps (1/100, 1/10; the limit is 2/10) and
//! noise up to 1/10 in every coordinate of the gradient it takes more than a hundred times the updates of RMSprop from most starts.
//! Louder noise narrows the gap: at noise 1 the factor is at most 20, which bounds the statement "at every noise level". The
//! plan stands in `dynamics::noise`.
//!
//! Rung: sampled (shares of random starts, Chernoff and Hoeffding's bound). Source: Section 3, Figures 23-25.

use suite::prelude::*;

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "noise-escape",
    label: "Section 3 · noise helps gradient descent to escape, and not enough",
    source: "Section 3, Figures 23-25",
    says: "From weights near 0 of a chain of 10 weights, noise up to 1/10 speeds gradient descent up, and still it takes more than 100 times the \
           updates of RMSprop from most starts, at every stable step; noise 1 closes the gap to a factor of 20.",
    reconstructed: Some(
        "starts, steps, noise levels, the loss that counts as escaped, and what orders of magnitude means: a factor of 100",
    ),
    follows_from: &["prop-7", "rmsprop-flow", "saddle"],
    quantities: &[
        Quantity::new("slower", "a lower bound on the share of starts with more than 100 times RMSprop's updates", "1/2", &[]),
        Quantity::new(
            "waiting",
            "an upper bound on the share of starts not escaped after 700 updates of step 1/10",
            "1 - noise/2",
            &["noise"],
        ),
        Quantity::new("loud", "a lower bound on the share of starts with at most 20 times RMSprop's updates", "1/2", &[]),
    ],
    claims: &[
        Claim::new("slower", "from most starts perturbed descent takes more than 100 times the updates of RMSprop")
            .related(Relation::Below)
            .against(&[rival("from every start", "1")])
            .by(&[Evidence::sampled("paired runs", "both rules from the same random starts", |context| {
                dynamics::noise::beyond(context, 100, QUIET)
            })]),
        Claim::new("waiting", "with noise more chains escape in time than without")
            .related(Relation::AtLeast)
            .against(&[rival("plain descent escapes as well", "1/2"), rival("every perturbed chain escapes", "1 - 10/3*noise")])
            .by(&[Evidence::sampled("runs", "700 updates from random starts", |context| dynamics::noise::waiting(context, 700, AUDIBLE))]),
        Claim::new("loud", "at noise 1 and step 1/10 descent takes at most 20 times the updates of RMSprop from most starts")
            .related(Relation::Below)
            .against(&[rival("from every start", "1")])
            .by(&[Evidence::sampled("paired runs", "both rules from the same random starts", |context| {
                dynamics::noise::within(context, 20, LOUD)
            })]),
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
const AUDIBLE: &[dynamics::noise::Setting] = &[("0.1", "0.1", "0"), ("0.1", "0.1", "0.3"), ("0.5", "0.1", "0"), ("0.5", "0.1", "0.3")];
const LOUD: &[dynamics::noise::Setting] = &[("0.1", "0.1", "1"), ("0.5", "0.1", "1")];
