//! Beyond the paper · what zero padding takes from every layer.
//!
//! A fully convolutional net, n × n pixels, filters of odd edge k, zero padding, weights i.i.d. symmetric of critical variance
//! 1/(p c k²), c channels, linear or ReLU. The energy of a pixel is in the mean the share 1/k² of the energies under the filter, so
//! E‖a^L‖² is the pixel sum of (T⊗T/k²)^L on the pixel energies, T the banded matrix of ones, and decays at the rate ρ(T)²/k² a layer;
//! for k = 3 that is ((1 + 2cos(π/(n+1)))/3)²: .90108 at 7 pixels, .99397 at 32. Circular padding takes nothing.
//!
//! Rungs: certified, enumerated, sampled. Beyond the paper; behind Figure 6.

use suite::prelude::*;

/// The plausible errors, of the rate to the power given.
macro_rules! errors {
    ($power:literal) => {
        &[
            rival("one dimension for two", concat!("(band_radius(pixels, (kernel - 1)/2)/kernel)", $power)),
            rival("circular padding", concat!("1", $power)),
            rival("half a kernel's edge", concat!("((2*band_radius(pixels, (kernel - 1)/2)/(kernel + 1))^2)", $power)),
            rival("one pixel more", concat!("((band_radius(pixels + 1, (kernel - 1)/2)/kernel)^2)", $power)),
        ]
    };
}

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "ext-padding",
    label: "Beyond the paper · what zero padding takes from every layer",
    source: "beyond the paper; behind Figure 6",
    says: "At critical variance zero padding multiplies the mean squared activations of a convolutional net by rho(T)^2/k^2 a layer, T the \
           banded matrix of ones of the image's edge; circular padding keeps them.",
    reconstructed: None,
    follows_from: &[],
    quantities: &[
        Quantity::new("rate", "the factor of E|a|^2 a layer", "(band_radius(pixels, (kernel - 1)/2)/kernel)^2", &["pixels", "kernel"]),
        Quantity::new(
            "energy",
            "E|a^L|^2/|a^0|^2 from an image whose pixel energies are stationary",
            "((band_radius(pixels, (kernel - 1)/2)/kernel)^2)^depth",
            &["pixels", "kernel", "depth"],
        ),
        Quantity::new("circular", "E|a^L|^2/|a^0|^2 with circular padding, from any image", "1", &["pixels", "kernel", "depth"]),
    ],
    claims: &[
        Claim::new("rate", "zero padding multiplies E|a|^2 by rho(T)^2/k^2 a layer").against(errors!("^1")).by(&[
            Evidence::certified("pixel-energy recursion", "growth of every pixel after thousands of exact steps from a flat image", |_| {
                Ok(exact::energy_recursion(&[(1, 3), (2, 3), (3, 3), (7, 3), (11, 3), (32, 3), (5, 5), (11, 5), (9, 7), (32, 9), (4, 11)]))
            }),
            Evidence::enumerated("one layer, every filter", "growth of every pixel of a nearly stationary image", |_| {
                Ok(exact::enumerated_growth(&[(1, 3), (2, 3), (3, 3), (4, 3), (1, 5), (2, 5)]))
            }),
        ]),
        Claim::new("energy", "E|a^L|^2 = (rho(T)^2/k^2)^L |a^0|^2 from a stationary image").against(errors!("^depth")).by(&[
            Evidence::certified("pixel-energy recursion", "the enclosed growth of a stationary image, layer by layer", |_| {
                Ok(exact::energy_powers(&[(3, 3, 2), (4, 3, 1), (7, 3, 16), (5, 5, 3), (11, 7, 4)]))
            }),
            Evidence::enumerated("finite laws", "all filters of all layers, where a flat image is stationary", |_| {
                Ok(exact::enumerated_energies(&[(1, 3, 1), (1, 3, 3), (2, 3, 1), (2, 3, 2), (1, 5, 2), (2, 5, 1)], exact::Padding::Zero))
            }),
            Evidence::sampled("particles, 7 x 7", PARTICLES, |context| {
                architectures::decay(context, &[architectures::Padded::linear(7, 3, 16)])
            }),
            Evidence::sampled("particles, 32 x 32", PARTICLES, |context| {
                architectures::decay(context, &[architectures::Padded::linear(32, 3, 16)])
            }),
        ]),
        Claim::new("circular", "circular padding keeps E|a|^2")
            .against(&[
                rival("zero padding", "((band_radius(pixels, (kernel - 1)/2)/kernel)^2)^depth"),
                rival("a gate's share lost", "(1/2)^depth"),
            ])
            .by(&[Evidence::enumerated("finite laws", "all filters of all layers, uneven images", |_| {
                Ok(exact::enumerated_energies(&[(1, 3, 2), (2, 3, 1), (2, 3, 2), (3, 3, 1)], exact::Padding::Circular))
            })]),
    ],
    figures: &[],
};

const PARTICLES: &str = "products of mean potentials |a|^2 over the 16 layers of convolutional nets on candle";
