//! Beyond the paper · the radial law of Gaussian nets.
//!
//! Gaussian weights of variance σ²: the growths ‖h^ℓ‖²/(σ²‖a^{ℓ−1}‖²) of a linear net are independent χ²_d variables, so ‖h^L‖² is in law
//! ‖x‖² Π σ²χ²_d; so are those of a ReLU net up to the layer where it dies, and ‖a^L‖² is in law ‖x‖² Π σ²χ²_{K_ℓ}, K_ℓ ~ Bin(d, 1/2).
//! Half the sum of the L growths has the Gamma(L d/2, 1) law.
//!
//! Rungs: derived (rotational invariance), sampled (whole distribution).

use suite::prelude::*;

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "ext-radial",
    label: "Extension · the radial law of Gaussian nets",
    source: "beyond the paper; Section 4",
    says: "The growths ||h^l||^2/(sigma^2 ||a^(l-1)||^2) of a living Gaussian net are independent chi^2_d variables: half their sum over L \
           layers has the Gamma(L d/2, 1) law.",
    reconstructed: None,
    follows_from: &[],
    quantities: &[Quantity::new(
        "growth-cdf",
        "P(half the sum of the growths of all layers <= at), for even width times depth",
        "erlang_cdf(depth*width/2, at)",
        &["width", "depth", "at"],
    )],
    claims: &[Claim::new("growth-cdf", "half the sum of the growths has the Gamma(L d/2, 1) law, in linear and in living ReLU nets")
        .against(&[
            rival("two rows too many", "erlang_cdf(depth*(width + 2)/2, at)"),
            rival("one layer too many", "erlang_cdf((depth + 1)*width/2, at)"),
            rival("one layer's growth, scaled", "erlang_cdf(width/2, at/depth)"),
            rival("upper for lower tail", "1 - erlang_cdf(depth*width/2, at)"),
        ])
        .by(&[
            Evidence::derived(
                "rotational invariance",
                "given the past the entries of h^l are independent Gaussian variables of one variance",
                &[
                    Step::lemma("rotational invariance", "W a/(sigma ||a||) has independent standard normal entries whatever a is"),
                    Step::lemma("independent sums", "L independent chi^2_d variables add up to a chi^2 variable of L d degrees of freedom"),
                    Step::identity("half of it has shape L d/2", "claimed", "erlang_cdf(width*depth/2, at)"),
                ],
            ),
            Evidence::sampled(
                "whole distribution",
                "a simultaneous band around the empirical distribution function, nets on candle",
                |context| {
                    nets::growths(
                        context,
                        &[nets::Net::linear(2, 1), nets::Net::linear(4, 6), nets::Net::relu(2, 3), nets::Net::relu(4, 8)],
                    )
                },
            ),
        ])],
    figures: &[],
};
