//! Beyond the paper · what a residual block does to the mean squared activation.
//!
//! a ← a + F(a), F of m maps of i.i.d. symmetric weights with gates between them and none behind the last. The cross term vanishes, since
//! the last map is symmetric, and E‖a + F(a)‖² = (1 + dσ² s^{m−1})‖a‖², s = p d σ²: 2 for linear blocks of critical variance, 3 for ReLU
//! blocks (the last map keeps the variance 2/d of the others but has no gate to pay for), 2 again if the last map has variance 1/d.
//! Other placements of the gate have no closed form.
//!
//! Rungs: proved (degree argument), enumerated, sampled. Beyond the paper; behind Figures 17 to 19.

use suite::prelude::*;

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "ext-residual",
    label: "Beyond the paper · what a residual block does to the mean squared activation",
    source: "beyond the paper; behind Figures 17 to 19",
    says: "A residual block of m maps with gates between them and none behind the last multiplies the mean squared activation by \
           1 + d sigma^2 s^(m-1).",
    reconstructed: None,
    follows_from: &[],
    quantities: &[
        Quantity::new(
            "factor",
            "E|a + F(a)|^2/|a|^2",
            "1 + width*variance*(p*width*variance)^(maps - 1)",
            &["width", "law", "gate", "maps"],
        ),
        Quantity::new(
            "factor-last",
            "the same where the last map has variance 1/width",
            "1 + (p*width*variance)^(maps - 1)",
            &["width", "law", "gate", "maps"],
        ),
    ],
    claims: &[
        Claim::new("factor", "E|a + F(a)|^2 = (1 + d sigma^2 s^(m-1)) |a|^2")
            .against(&[
                rival("always 2", "2"),
                rival("gate behind the last map", "1 + (p*width*variance)^maps"),
                rival("gate behind the sum", "p*(1 + width*variance*(p*width*variance)^(maps - 1))"),
                rival("gate before the first map", "1 + p*width*variance*(p*width*variance)^(maps - 1)"),
                rival("gates forgotten", "1 + (width*variance)^maps"),
                rival("one map more", "1 + width*variance*(p*width*variance)^maps"),
                rival("skip forgotten", "width*variance*(p*width*variance)^(maps - 1)"),
            ])
            .by(&[
                Evidence::settled("composed moment calculus", "one-layer maps expanded for each width, then composed", |_| {
                    Ok(exact::residual_factors(1..=18, 1..=5))
                })
                .resting_on(STEPS),
                Evidence::enumerated("finite laws", "all outcomes of four laws and two gates, cross terms in place", |_| {
                    exact::enumerated_residuals()
                }),
                Evidence::sampled("residual blocks", "one to three Gaussian maps on candle, several inputs", |context| {
                    architectures::residual_factors(
                        context,
                        &[
                            nets::Net::relu(8, 3),
                            nets::Net::relu(6, 2).seeing(nets::Input::Graded),
                            nets::Net::linear(5, 2).seeing(nets::Input::Signed),
                            nets::Net::new(6, 2, "gaussian:1/2", network::Gate::Relu).seeing(nets::Input::Flat),
                        ],
                    )
                }),
            ]),
        Claim::new("factor-last", "with variance 1/d in the last map the factor is 1 + s^(m-1): 2 at critical variance")
            .against(&[rival("variance of the others", "1 + width*variance*(p*width*variance)^(maps - 1)"), rival("3 for ReLU", "1 + 1/p")])
            .by(&[Evidence::settled(
                "composed moment calculus",
                "m - 1 maps with their gates, expanded and composed, then one that keeps",
                |_| Ok(exact::residual_factors_last(1..=18, 1..=5)),
            )
            .resting_on(STEPS)]),
    ],
    figures: &[],
};

const STEPS: &[Step] = &[
    Step::lemma("symmetric signs", "the cross term is odd in the last map"),
    Step::lemma("independent signs", "the gates of a layer are independent coins, independent of the magnitudes"),
    Step::lemma("independent products", "each matrix is independent of what enters it"),
    Step::lemma("degree argument", "each layer multiplies by polynomials in the width of degree at most 2"),
];
