//! Beyond the paper · which ReLU nets live.
//!
//! A ReLU net of width d lives at depth L if a^L ≠ 0. For symmetric weights without atoms and x ≠ 0 each layer kills what lives with
//! probability 2^{−d}: P(alive) = (1 − 2^{−d})^L. Laws with atoms live with at most that probability (ties close gates). From the depth
//! ln 2/(−ln(1 − 2^{−d})) on less than half of the nets live, and every median of a norm is 0.
//!
//! Rungs: derived (sign flip), enumerated, certified, sampled. Beyond the paper; behind Section 4 and Figure 21.

use suite::prelude::*;

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "ext-survival",
    label: "Beyond the paper · which ReLU nets live",
    source: "beyond the paper; Section 4",
    says: "A ReLU net whose weights have a symmetric law without atoms lives with probability (1 - 2^-d)^L, with atoms at most so. Past the \
           depth ln 2/(-ln(1 - 2^-d)) the median of every norm is 0.",
    reconstructed: None,
    follows_from: &["cor-14"],
    quantities: &[
        Quantity::new(
            "probability",
            "P(a^L is not 0) for a law without atoms and an input other than 0",
            "(1 - 2^(-width))^depth",
            &["width", "depth"],
        ),
        Quantity::new("half-life", "the depth past which less than half of the nets live", "ln(2)/(-ln(1 - 2^(-width)))", &["width"]),
    ],
    claims: &[
        Claim::new("probability", "laws without atoms: P(a^L != 0) = (1 - 2^-d)^L")
            .against(&[
                rival("one layer fewer", "(1 - 2^(-width))^(depth - 1)"),
                rival("one chance for the whole net", "1 - 2^(-width)"),
                rival("union bound", "1 - depth*2^(-width)"),
                rival("all gates of the net", "1 - 2^(-width*depth)"),
                rival("one gate a layer", "(1/2)^depth"),
            ])
            .by(&[
                Evidence::derived(
                    "sign flip",
                    "given what lives below, the gates of a layer are fair coins",
                    &[
                        Step::lemma(
                            "sign flip",
                            "the d gates of a layer that sees a vector other than 0 are all closed with probability 2^-d",
                        ),
                        Step::lemma("tower property", "condition on the layers below"),
                        Step::identity("an input other than 0 lives", "let depth = 0; claimed", "1"),
                        Step::identity("one more layer", "let depth = depth + 1; claimed", "(1 - 2^(-width))*claimed"),
                    ],
                ),
                Evidence::enumerated("signs of distinct magnitudes", "nets without ties, all outcomes", |_| {
                    Ok(exact::survival(&exact::untied()?))
                }),
                Evidence::sampled("share of living nets", "Gaussian and uniform nets on candle", |context| nets::survival(context, &NETS)),
            ]),
        Claim::new("atoms", "laws with atoms: P(a^L != 0) <= (1 - 2^-d)^L")
            .of("probability")
            .related(Relation::AtLeast)
            .against(&[rival("one gate fewer", "(1 - 2^(1 - width))^depth"), rival("one layer more", "(1 - 2^(-width))^(depth + 1)")])
            .by(&[Evidence::enumerated("finite laws", "four laws, with ties and without, from two inputs", |_| {
                let shapes = &[(2, 1), (2, 2), (2, 3), (3, 1), (3, 2)];
                let from = |input: fn(usize) -> Vec<i64>| exact::grid(&exact::laws(), &[exact::Gate::Relu], shapes, input);
                Ok(exact::survival(&[from(exact::uneven)?, from(|width| vec![1; width])?].concat()))
            })]),
        Claim::new("equality with atoms", "the same as an equality for laws with atoms: false")
            .of("probability")
            .expecting(Expectation::Refuted)
            .by(&[Evidence::enumerated("signs at (1, 1)", "d = 2, L = 1: 7/16 of the nets live, not 3/4", |_| {
                Ok(exact::survival(&[exact::tied(exact::Ties::CoinFlip)?]))
            })]),
        Claim::new("half-life", "the deepest net that lives with probability 1/2 or more has at most ln 2/(-ln(1 - 2^-d)) layers")
            .related(Relation::Above)
            .against(&[rival("rarely dying", "ln(2)*(2^width - 1)"), rival("per gate", "ln(2)*2^width/width")])
            .by(&[
                Evidence::certified("powers", "powers of 1 - 2^-d in integers, widths 2 to 10", |_| Ok(exact::longest_lives(2..=10, 0))),
                Evidence::derived("logarithm", "the probability falls strictly with the depth", HALVED),
            ]),
        Claim::new("half-life reached", "one layer more, and less than half of the nets live")
            .of("half-life")
            .related(Relation::Below)
            .against(&[rival("often dying", "ln(2)*2^width"), rival("base two", "2^width")])
            .by(&[
                Evidence::certified("powers", "powers of 1 - 2^-d in integers, widths 2 to 10", |_| Ok(exact::longest_lives(2..=10, 1))),
                Evidence::derived("logarithm", "the probability falls strictly with the depth", HALVED),
            ]),
    ],
    figures: &[],
};

const HALVED: &[Step] = &[
    Step::lemma("monotone transformation", "the logarithm of P(alive) is a decreasing function of the depth"),
    Step::identity("at the half-life the logarithm of P(alive) is -ln 2", "claimed*ln(1 - 2^(-width))", "-ln(2)"),
];

const NETS: [nets::Net; 3] =
    [nets::Net::relu(2, 4), nets::Net::new(3, 6, "he-uniform", network::Gate::Relu).seeing(nets::Input::Graded), nets::Net::relu(5, 20)];
