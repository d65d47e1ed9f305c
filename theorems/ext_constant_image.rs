//! Beyond the paper · a constant image sees a net as wide as it has channels.
//!
//! With circular padding a constant image stays constant: every filter acts through the sum of its k² weights for each input channel. A net
//! of c channels with weights w/k, w i.i.d. symmetric of variance σ² and kurtosis κ, is on such an image a multi-layer perceptron of width c
//! whose weights have variance σ² and kurtosis 3 + (κ − 3)/k²: the same at every pixel, whatever the kernel, and exactly so for Gaussian
//! weights. Its effective width is c, not c k².
//!
//! Rungs: enumerated, sampled. Beyond the paper.

use suite::prelude::*;

/// E‖h^L‖₂⁴ at a pixel; the rest are the places of plausible errors.
macro_rules! pixel {
    () => {
        pixel!("kernel^2", "width")
    };
    ($summed:literal, $width:literal) => {
        concat!(
            "let effective = 3 + (kurtosis - 3)/(",
            $summed,
            "); let c = ",
            $width,
            "; let W = c*(width/c)^2*variance^2*[[c - 1, c - 1], [3, effective]]; let D = [[p^2, 0], [0, p]]; ",
            "let state = (W*D)^(depth - 1)*W*[x2^2 - x4, x4]; state[0] + state[1]"
        )
    };
}

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "ext-constant-image",
    label: "Beyond the paper · a constant image sees a net as wide as it has channels",
    source: "beyond the paper; behind the effective width of convolutional nets",
    says: "On a constant image a convolutional net with circular padding is, at every pixel, a perceptron as wide as it has channels, \
           whatever the kernel: its weights have kurtosis 3 + (kappa - 3)/k^2.",
    reconstructed: None,
    follows_from: &["thm-17"],
    quantities: &[Quantity::new(
        "norm2-pow4",
        "E|h^L|_2^4 at one pixel of a constant image; the width counts channels, the law is that of a weight times the kernel's edge, the \
         input that of a pixel",
        pixel!(),
        &["width", "depth", "law", "gate", "input", "kernel"],
    )],
    claims: &[Claim::new(
        "norm2-pow4",
        "at a pixel of a constant image the net is a perceptron of width c with kurtosis 3 + (kappa - 3)/k^2",
    )
    .against(&[
        rival("effective width c k^2", pixel!("kernel^2", "width*kernel^2")),
        rival("kurtosis of a single weight", pixel!("1", "width")),
        rival("the kernel's edge for its area", pixel!("kernel", "width")),
        rival(
            "Gaussian whatever the law",
            "let W = width*variance^2*[[width - 1, width - 1], [3, 3]]; let D = [[p^2, 0], [0, p]]; \
                   let state = (W*D)^(depth - 1)*W*[x2^2 - x4, x4]; state[0] + state[1]",
        ),
    ])
    .by(&[
        Evidence::enumerated("finite laws", "all filters of all layers, constant images of one and two channels", |_| {
            Ok(exact::constant_images(&[(1, 1, 2, 1), (2, 3, 1, 1), (3, 3, 1, 2), (2, 3, 2, 1), (2, 3, 2, 2), (3, 5, 1, 1)]))
        }),
        Evidence::sampled("Gaussian filters", "two layers behind constant images, on candle", |context| {
            architectures::constant_images(
                context,
                &[
                    (4, 3, nets::Net::linear(6, 2).seeing(nets::Input::Graded)),
                    (3, 3, nets::Net::relu(8, 2).seeing(nets::Input::Signed)),
                    (5, 5, nets::Net::linear(4, 1).seeing(nets::Input::Flat)),
                ],
            )
        }),
    ])],
    figures: &[],
};
