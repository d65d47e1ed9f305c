//! Beyond the paper · the fourth moment of one convolution.
//!
//! A convolution with c output channels, i.i.d. symmetric weights of variance σ² and kurtosis κ; u_p is what the filter sees at pixel p and
//! G = Σ_p u_p u_pᵀ. Then E‖h‖⁴ = σ⁴[c²(tr G)² + 2c‖G‖_F² + c(κ − 3)Σ_j G_jj²], where tr G = Σ_p‖u_p‖² and ‖G‖_F² = Σ_{p,q}⟨u_p, u_q⟩².
//! For Gaussian weights the excess E‖h‖⁴/(E‖h‖²)² − 1 therefore lies between 2/(c·rank) and 2/c, the rank of the patches being at most
//! the number of pixels and of weights of a filter: shared weights fluctuate more than a layer of the same number of units.
//!
//! Rungs: proved (degree argument), enumerated, sampled, derived. Beyond the paper.

use suite::prelude::*;

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "ext-conv",
    label: "Beyond the paper · the fourth moment of one convolution",
    source: "beyond the paper; behind the effective width of convolutional nets",
    says: "E|h|^4 of a convolution is a quadratic in the Gram matrix of the patches that the filter sees; for Gaussian weights its excess \
           lies between 2/(c rank) and 2/c.",
    reconstructed: None,
    follows_from: &["lemma-15"],
    quantities: &[
        Quantity::new(
            "norm2-pow4",
            "E|h|_2^4 over all pixels and output channels (their number is the width)",
            "variance^2*(width^2*patches^2 + 2*width*overlap + width*(kurtosis - 3)*diagonal)",
            &["width", "law", "patches", "overlap", "diagonal"],
        ),
        Quantity::new("excess", "Gaussian E|h|^4/(E|h|^2)^2 - 1", "2*overlap/(width*patches^2)", &["width", "patches", "overlap"]),
        Quantity::new("excess-least", "the least Gaussian excess of patches of that rank", "2/(width*rank)", &["width", "rank"]),
        Quantity::new("excess-most", "the largest Gaussian excess", "2/width", &["width"]),
    ],
    claims: &[
        Claim::new("norm2-pow4", "E|h|^4 = sigma^4 (c^2 (tr G)^2 + 2 c |G|_F^2 + c (kappa - 3) sum G_jj^2)")
            .against(&[
                rival("independent weights at every pixel", "variance^2*(width^2*patches^2 + 2*width*diagonal)"),
                rival("Gaussian whatever the law", "variance^2*(width^2*patches^2 + 2*width*overlap)"),
                rival("kurtosis for kurtosis - 3", "variance^2*(width^2*patches^2 + 2*width*overlap + width*kurtosis*diagonal)"),
                rival("one channel's", "variance^2*(patches^2 + 2*overlap + (kurtosis - 3)*diagonal)"),
                rival("square of the mean", "(variance*width*patches)^2"),
            ])
            .by(&[
                Evidence::settled("moment calculus", "two symbolic patches that share two symbolic weights, channel by channel", |_| {
                    Ok(exact::shared_weights(1..=6))
                })
                .resting_on(&[
                    Step::lemma("independent products", "the mean of a monomial in the weights is the product of their moments"),
                    Step::lemma("degree argument", "sums over pairs of channels, of patches, and of weights"),
                ]),
                Evidence::enumerated("circular padding", "all filters of small images, one and two channels in and out", |_| {
                    Ok(exact::convolved_norms(exact::Padding::Circular))
                }),
                Evidence::enumerated("zero padding", "all filters of small images, one and two channels in and out", |_| {
                    Ok(exact::convolved_norms(exact::Padding::Zero))
                }),
                Evidence::sampled("Gaussian filters", "four channels behind uneven images, on candle", |context| {
                    let net = |edge, kernel, inputs, padding| architectures::Convolved { edge, kernel, inputs, channels: 4, padding };
                    architectures::convolved_norms(
                        context,
                        &[net(5, 3, 2, Padding::Circular), net(6, 3, 1, Padding::Zero), net(4, 5, 1, Padding::Zero)],
                    )
                }),
            ]),
        Claim::new("excess", "the Gaussian excess is 2 |G|_F^2/(c (tr G)^2)")
            .against(&[rival("a width of units", "2/width"), rival("channels forgotten", "2*overlap/patches^2")])
            .by(&[Evidence::proved("from the moments", "the proved fourth moment over the squared mean, at kurtosis 3", EXCESS)]),
        Claim::new("excess-least", "the Gaussian excess is at least 2/(c rank)")
            .related(Relation::AtMost)
            .against(&[rival("the rank forgotten", "3/width")])
            .by(&[Evidence::enumerated("kurtosis 3", "all filters of a finite law of kurtosis 3", |_| Ok(exact::convolved_excess()))]),
        Claim::new("excess-most", "the Gaussian excess is at most 2/c")
            .related(Relation::AtLeast)
            .against(&[rival("all weights independent", "2/(9*width)")])
            .by(&[Evidence::enumerated("kurtosis 3", "all filters of a finite law of kurtosis 3", |_| Ok(exact::convolved_excess()))]),
    ],
    figures: &[],
};

const EXCESS: &[Step] = &[Step::identity(
    "the definition, the proved moments put in",
    "claimed",
    "(let kurtosis = 3; variance^2*(width^2*patches^2 + 2*width*overlap + width*(kurtosis - 3)*diagonal))/(variance*width*patches)^2 - 1",
)];
