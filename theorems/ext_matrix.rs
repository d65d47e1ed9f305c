//! Beyond the paper · fourth-order state of a product of layers.
//!
//! M = D^L W^L ⋯ D^1 W^1, the W^ℓ ∈ R^{d×d} with i.i.d. symmetric entries of variance σ² and kurtosis κ, the gates D^ℓ coins of
//! probability p (for ReLU nets: fair coins at ties). With G = MMᵀ the state (t, q, g) = (E (tr G)², E tr G², E Σ_i G_ii²) obeys,
//! under M ← W M, g' = dσ⁴(t + 2q + (κ−3)g), t' = g' + d(d−1)σ⁴t, q' = g' + d(d−1)σ⁴q, and under M ← D M,
//! (p²t + p(1−p)g, p²q + p(1−p)g, pg); it starts from I at (d², d, d).
//!
//! Rungs: proved (degree argument and composition), enumerated. Beyond the paper; used by Proposition 19.

use suite::prelude::*;

/// A coordinate of the state after `depth` layers; the rest are the places of plausible errors.
macro_rules! state {
    ($coordinate:literal) => {
        state!($coordinate, "kurtosis - 3", "2", "width - 1", "p*(1 - p)")
    };
    ($coordinate:literal, $excess:literal, $two:literal, $others:literal, $spread:literal) => {
        concat!(
            "let c = ",
            $excess,
            "; let n = ",
            $others,
            "; ",
            "let W = width*variance^2*[[n + 1, ",
            $two,
            ", c], [1, n + ",
            $two,
            ", c], [1, ",
            $two,
            ", c]]; ",
            "let D = [[p^2, 0, ",
            $spread,
            "], [0, p^2, ",
            $spread,
            "], [0, 0, p]]; ",
            "((D*W)^depth*[width^2, width, width])[",
            $coordinate,
            "]"
        )
    };
}

/// The plausible errors of a coordinate.
macro_rules! errors {
    ($coordinate:literal) => {
        &[
            rival("kurtosis for kurtosis - 3", state!($coordinate, "kurtosis", "2", "width - 1", "p*(1 - p)")),
            rival("Gaussian whatever the law", state!($coordinate, "0", "2", "width - 1", "p*(1 - p)")),
            rival("1 for 2", state!($coordinate, "kurtosis - 3", "1", "width - 1", "p*(1 - p)")),
            rival("d for d - 1", state!($coordinate, "kurtosis - 3", "2", "width", "p*(1 - p)")),
            rival("gates' variance forgotten", state!($coordinate, "kurtosis - 3", "2", "width - 1", "0")),
        ]
    };
}

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "ext-matrix",
    label: "Beyond the paper · fourth-order state of a product of layers",
    source: "beyond the paper; behind Appendix B.2, Proposition 19",
    says: "For a product M of random layers and G = M M^T, (E (tr G)^2, E tr G^2, E sum G_ii^2) is carried by one 3 by 3 matrix a layer.",
    reconstructed: None,
    follows_from: &["lemma-15", "prop-13"],
    quantities: &[
        Quantity::new("t", "E (tr G)^2 = E|M|_F^4", state!("0"), PARAMETERS),
        Quantity::new("q", "E tr G^2", state!("1"), PARAMETERS),
        Quantity::new("g", "E sum of squares of the diagonal of G", state!("2"), PARAMETERS),
    ],
    claims: &[
        Claim::new("t", "E (tr G)^2 by the recursion").against(errors!("0")).by(&[
            Evidence::settled("composed moment calculus", CALCULUS, |_| Ok(composed(exact::Invariant::SquaredTrace)))
                .resting_on(COMPOSITION),
            Evidence::enumerated("finite laws", NETS, |_| exact::signed_products(&exact::Form::SquaredTrace, SHAPES)),
        ]),
        Claim::new("q", "E tr G^2 by the recursion").against(errors!("1")).by(&[
            Evidence::settled("composed moment calculus", CALCULUS, |_| Ok(composed(exact::Invariant::TraceOfSquare)))
                .resting_on(COMPOSITION),
            Evidence::enumerated("finite laws", NETS, |_| exact::signed_products(&exact::Form::TraceOfSquare, SHAPES)),
        ]),
        Claim::new("g", "E sum G_ii^2 by the recursion").against(errors!("2")).by(&[
            Evidence::settled("composed moment calculus", CALCULUS, |_| Ok(composed(exact::Invariant::DiagonalSquares)))
                .resting_on(COMPOSITION),
            Evidence::enumerated("finite laws", NETS, |_| exact::signed_products(&exact::Form::DiagonalSquares, SHAPES)),
        ]),
    ],
    figures: &[],
};

const PARAMETERS: &[&str] = &["width", "depth", "law", "gate"];
const SHAPES: &[(usize, usize)] = &[(1, 1), (1, 3), (2, 1), (2, 2)];
const CALCULUS: &str = "one-factor maps expanded for each width, composed from the identity";
const NETS: &str = "all outcomes of four laws, the gates those of ReLU nets, ties as fair coins";
const COMPOSITION: &[Step] = &[
    Step::lemma("independent signs", "the gates of a layer are independent coins, independent of the magnitudes"),
    Step::lemma("degree argument", "each factor multiplies by polynomials in the width of degree at most 2"),
];

fn composed(invariant: exact::Invariant) -> Gathered {
    exact::composed_product(invariant, exact::Start::Identity, 1..=30, 1..=6)
}
