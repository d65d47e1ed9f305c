//! Appendix C.2 · the saddle of a neural chain at 0.
//!
//! 𝓛(w) = ½(1 − w_L ⋯ w_1)² (x = y = 1). At w = 0 every derivative of order below L vanishes, mixed or not: it leaves some weight alone,
//! and where that weight is 0 the loss is constant. The one by all L weights is −1. From there w = e·1, 0 < e ≤ 1, lowers 𝓛, and
//! the same with an odd number of signs flipped raises it: for L = 10, 𝓛(0) = ½, 𝓛(1) = 0, and 𝓛 = 2 with half of the signs flipped.
//!
//! Rungs: proved, certified. Source: Appendix C.2, Eq. (89).

use suite::prelude::*;

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "saddle",
    label: "Appendix C.2 · the saddle of a neural chain at 0",
    source: "Appendix C.2, Eq. (89)",
    says: "At w = 0 every derivative of 1/2 (1 - w_L ... w_1)^2 of order below L vanishes; equal weights lower the loss from there, and an \
           odd number of flipped signs raises it.",
    reconstructed: None,
    follows_from: &[],
    quantities: &[
        Quantity::new("down", "the loss at w_1 = ... = w_L = w0, x = y = 1", "(1 - w0^depth)^2/2", &["w0", "depth"]),
        Quantity::new("up", "the same with an odd number of signs flipped", "(1 + w0^depth)^2/2", &["w0", "depth"]),
        Quantity::new("flat", "any derivative of order 1 to L - 1 at w = 0, mixed or not", "0", &[]),
        Quantity::new("first", "the derivative by all L weights, each once, at w = 0", "-1", &[]),
        Quantity::new("saddle", "the loss at w = 0", "1/2", &[]),
    ],
    claims: &[
        Claim::new("flat", "at w = 0 every derivative of order below L vanishes")
            .against(&[rival("as that of order L", "-1"), rival("a minimum", "1")])
            .by(&[
                Evidence::proved(
                    "a weight left alone",
                    "fewer than L derivatives leave some weight w alone, and move within the plane w = 0",
                    &[
                        Step::identity("there the loss is a constant", "let w = 0; (1 - w*rest)^2/2", "1/2"),
                        Step::derivative("whose derivatives vanish", "u", "let w = 0; (1 - w*u*rest)^2/2", "claimed"),
                    ],
                ),
                Evidence::certified(
                    "differences",
                    "all derivatives of order below L, L from 2 to 6, exact for degree 2 in each weight",
                    |_| Ok(exact::chain::saddle_derivatives(2..=6, true)),
                ),
            ]),
        Claim::new("first", "the derivative by all L weights is -1: no order below L tells the ways down")
            .against(&[rival("flat to this order too", "0"), rival("the wrong sign", "1")])
            .by(&[Evidence::certified("differences", "L from 1 to 9, exact for degree 2 in each weight", |_| {
                Ok(exact::chain::saddle_derivatives(1..=9, false))
            })]),
        Claim::new("down", "the loss along the diagonal")
            .against(&[rival("the wrong sign", "(1 + w0^depth)^2/2"), rival("one factor", "(1 - w0)^2/2")])
            .by(&[
                Evidence::proved(
                    "substitution",
                    "the product of L equal weights is their power",
                    &[
                        Step::identity("the loss at v = w0^L", "claimed", "let v = w0^depth; (1 - v)^2/2"),
                        Step::identity(
                            "less the value at 0 its terms have the degrees L and 2L: no derivative of lower order survives at 0",
                            "claimed - 1/2",
                            "w0^depth*(w0^depth/2 - 1)",
                        ),
                    ],
                ),
                Evidence::certified("evaluation", "the loss of chains, in exact rationals", |_| Ok(exact::chain::losses(CASES, |_| 0))),
            ]),
        Claim::new("up", "the loss with an odd number of signs flipped").against(&[rival("the wrong sign", "(1 - w0^depth)^2/2")]).by(&[
            Evidence::proved(
                "substitution",
                "an odd number of signs changes the sign of the product",
                &[Step::identity("the loss at v = -w0^L", "claimed", "let v = -w0^depth; (1 - v)^2/2")],
            ),
            Evidence::certified("evaluation", "the loss of chains, in exact rationals", |_| Ok(exact::chain::losses(CASES, odd_half))),
        ]),
        Claim::new("lowers", "the loss at 0 lies above the loss at equal weights of at most 1")
            .of("saddle")
            .related(Relation::Above)
            .against(&[rival("a minimum", "0")])
            .by(&[Evidence::certified("evaluation", "the loss of chains, in exact rationals", |_| Ok(exact::chain::losses(CASES, |_| 0)))]),
        Claim::new("raises", "the loss at 0 lies below the loss with an odd number of signs flipped")
            .of("saddle")
            .related(Relation::Below)
            .against(&[rival("a maximum", "2")])
            .by(&[Evidence::certified("evaluation", "the loss of chains, in exact rationals", |_| {
                Ok(exact::chain::losses(CASES, odd_half))
            })]),
    ],
    figures: &[],
};

const CASES: &[(usize, (i64, i64))] =
    &[(1, (1, 2)), (2, (1, 3)), (2, (1, 1)), (3, (3, 4)), (5, (1, 5)), (6, (9, 10)), (10, (1, 1)), (10, (1, 2)), (14, (2, 3))];

/// Half of the layers, or one less to make it odd.
fn odd_half(depth: usize) -> usize {
    (depth / 2).saturating_sub(1) / 2 * 2 + 1
}
