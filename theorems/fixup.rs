//! Fixup · residual branches small enough for their depth.
//!
//! a ← a + αF(a), E‖F(a)‖² = g‖a‖² (ext-residual), L blocks. E‖a^L‖² = (1 + α²g)^L‖a^0‖²: with α = 1/L it tends to ‖a^0‖², from above and
//! below e^{g/L}; with α = 1/√L it tends to e^g‖a^0‖²; with α = 1 it explodes.
//!
//! Rungs: enumerated, certified, sampled. Source: Section 5, on skip connections without normalisation.

use suite::prelude::*;

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "fixup",
    label: "Fixup · residual branches small enough for their depth",
    source: "Section 5, on skip connections without normalisation",
    says: "Behind L residual blocks a + alpha F(a), E|F(a)|^2 = g |a|^2, the mean squared activation is (1 + alpha^2 g)^L times the input's.",
    reconstructed: Some("the formula"),
    follows_from: &["ext-residual"],
    quantities: &[
        Quantity::new("energy", "E|a^L|^2/|a^0|^2", "(1 + alpha^2*gain)^depth", &["alpha", "gain", "depth"]),
        Quantity::new("bound", "what bounds it for alpha = 1/L", "exp(gain/depth)", &["gain", "depth"]),
        Quantity::new("limit", "its limit for alpha = 1/sqrt(L)", "exp(gain)", &["gain"]),
    ],
    claims: &[
        Claim::new("energy", "E|a^L|^2 = (1 + alpha^2 g)^L |a^0|^2")
            .against(&[
                rival("alpha for alpha^2", "(1 + alpha*gain)^depth"),
                rival("cross term kept", "(1 + alpha*gain^(1/2))^(2*depth)"),
                rival("sum for product", "1 + depth*alpha^2*gain"),
                rival("skip forgotten", "(alpha^2*gain)^depth"),
            ])
            .by(&[
                Evidence::enumerated("finite laws", "all outcomes of four laws and two gates, block by block", |_| {
                    exact::scaled_residuals(&[(1, 1), (1, 2), (2, 3)], 1..=3)
                }),
                Evidence::sampled("residual nets", "four and eight blocks of Gaussian maps on candle", |context| {
                    let nets =
                        [(nets::Net::relu(8, 2), (1, 2), 4), (nets::Net::linear(6, 1), (1, 2), 4), (nets::Net::relu(8, 2), (1, 8), 8)];
                    architectures::residual_energies(
                        context,
                        &nets.map(|(branch, alpha, blocks)| architectures::Residual::scaled(branch, alpha, blocks)),
                    )
                }),
            ]),
        Claim::new("bound", "with alpha = 1/L, E|a^L|^2/|a^0|^2 < e^(g/L), which tends to 1")
            .related(Relation::Above)
            .against(&[rival("no growth at all", "1"), rival("half of it", "exp(gain/(2*depth))")])
            .by(&[Evidence::certified("powers", "(1 + g/L^2)^L in exact rationals", |_| Ok(exact::slow_growth()))]),
        Claim::new("limit", "with alpha = 1/sqrt(L), E|a^L|^2/|a^0|^2 tends to e^g")
            .against(&[rival("its first two terms", "1 + gain"), rival("no growth", "1"), rival("half the exponent", "exp(gain/2)")])
            .by(&[Evidence::certified("powers", "between (1 + g/L)^L and (1 + g/L)^(L + g) at large L, in exact rationals", |_| {
                Ok(exact::compound_growth())
            })]),
    ],
    figures: &[],
};
