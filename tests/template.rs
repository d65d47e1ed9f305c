//! A theorem to copy: the whole of what a theorem file holds, compiled and audited.
//!
//! CONTRIBUTING.md tells the four steps. In `theorems/` the first line of code is `use suite::prelude::*;`.

use suite::prelude::*;
use vanishing_curvature as suite;

/// The card.
static THEOREM: Theorem = Theorem {
    slug: "template",
    label: "Template · the mean square of a uniform weight",
    source: "nowhere: an example",
    says: "For w ~ U[-tau, tau], E w^2 = tau^2/3.",
    reconstructed: None,
    follows_from: &[],
    quantities: &[Quantity::new("square", "E w^2", "tau^2/3", &["tau"])],
    claims: &[Claim::new("square", "E w^2 = tau^2/3").against(&[rival("the range for the deviation", "tau^2")]).by(&[
        Evidence::proved(
            "antiderivative",
            "tau E w^2 is the integral of w^2 over (0, tau)",
            &[
                Step::lemma("fundamental theorem of calculus", "tau E w^2 is the integral of w^2 over (0, tau)"),
                Step::derivative("its derivative is tau^2", "tau", "tau*claimed", "tau^2"),
                Step::identity("it vanishes at 0", "let tau = 0; tau*claimed", "0"),
            ],
        ),
        Evidence::sampled("plain mean", "the mean of (w/tau)^2, which lies in [0, 1]", by_plain_mean),
    ])],
    figures: &[],
};

fn by_plain_mean(context: &Context) -> Result<Gathered, Unsettled> {
    network::chain::moments(context, &[("sqrt(3)", 1, 2)])
}

#[test]
fn the_template_is_as_it_expects_on_every_rung_and_its_rival_dies() {
    use suite::claim::{Device, Effort};
    let options = suite::audit::Options { seed: 1, effort: Effort::Quick, device: Device::Cpu };
    let outcomes = suite::audit::run(&[&THEOREM], &options, &|_| ());
    assert_eq!(outcomes.len(), 4, "two rungs, for the claim and for its rival");
    for outcome in &outcomes {
        assert!(outcome.as_expected, "{outcome:#?}");
    }
}
