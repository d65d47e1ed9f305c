//! Beyond the paper · certificates of negative and of large curvature from block norms.
//!
//! For the Hessian of any net: ‖H_kl‖_F² > tr H_kk tr H_ll, or ‖H‖_F > tr H, implies λ_min < 0; λ_max ≥ ‖H_kl‖₂ and
//! λ_min ≤ max(‖H_kk‖₂, ‖H_ll‖₂) − ‖H_kl‖₂ for k ≠ l, where λ_max ≥ ‖H_kl‖₂ needs the diagonal blocks to be positive semidefinite, as
//! those of a linear or ReLU net with squared error are.
//!
//! Rungs: derived, sampled (every net checked with outward rounding). Source: this suite.

use suite::prelude::*;

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "ext-certificates",
    label: "Beyond the paper · certificates of negative curvature",
    source: "beyond the paper; for Theorem 10 and Figure 12",
    says: "Block norms and traces certify negative curvature, and off-diagonal blocks bound both ends of the spectrum.",
    reconstructed: None,
    follows_from: &[],
    quantities: &[
        Quantity::new(
            "block-against-traces",
            "a strict upper bound on the least eigenvalue where ||H_kl||_F^2 > tr H_kk tr H_ll",
            "0",
            &[],
        ),
        Quantity::new("norm-against-trace", "a strict upper bound on the least eigenvalue where ||H||_F > tr H", "0", &[]),
        Quantity::new("largest", "a lower bound on the largest eigenvalue in units of ||H_kl||_2", "1", &[]),
        Quantity::new("least", "an upper bound on (least eigenvalue + ||H_kl||_2 - max(||H_kk||_2, ||H_ll||_2))/||H||_F", "0", &[]),
    ],
    claims: &[
        Claim::new("block-against-traces", "||H_kl||_F^2 > tr H_kk tr H_ll: a negative eigenvalue")
            .related(Relation::Above)
            .against(&[rival("at least half of the size", "-1/2")])
            .by(&[
                Evidence::derived(
                    "contraposition",
                    "for positive semidefinite H, H_ij^2 <= H_ii H_jj; summed over both blocks",
                    &[
                        Step::lemma("positive semidefinite minors", "the 2 by 2 minors of a positive semidefinite matrix are not negative"),
                        Step::identity("the sum of products is the product of the sums", "(a + b)*(c + d)", "a*c + a*d + b*c + b*d"),
                    ],
                ),
                Evidence::sampled("every such net", "eigenvalues of dense Hessians", |context| {
                    every_net(context, Reading::Whole, Specimen::least_where_a_block_exceeds_traces)
                }),
            ]),
        Claim::new("norm-against-trace", "||H||_F > tr H: a negative eigenvalue")
            .related(Relation::Above)
            .against(&[rival("at least half of the size", "-1/2")])
            .by(&[
                Evidence::derived(
                    "contraposition",
                    "the 2-norm of non-negative eigenvalues is at most their sum",
                    &[Step::identity("the difference of the squares", "(a + b)^2 - (a^2 + b^2)", "2*a*b")],
                ),
                Evidence::sampled("every such net", "eigenvalues of dense Hessians", |context| {
                    every_net(context, Reading::Whole, Specimen::least_where_the_norm_exceeds_the_trace)
                }),
            ]),
        Claim::new("always", "without a condition there need be no negative eigenvalue")
            .of("norm-against-trace")
            .related(Relation::Above)
            .expecting(Expectation::Refuted)
            .by(&[Evidence::sampled("every net", "eigenvalues of dense Hessians", |context| {
                every_net(context, Reading::Low, Specimen::least_always)
            })]),
        Claim::new("largest", "the largest eigenvalue is at least ||H_kl||_2")
            .related(Relation::AtMost)
            .against(&[rival("twice it", "2"), rival("half more", "3/2")])
            .by(&[
                Evidence::derived(
                    "two unit vectors",
                    "the form on (u, v), u and v the singular vectors of H_kl",
                    &[
                        Step::identity("the form", "(a + b + 2*norm)/2", "norm + (a + b)/2"),
                        Step::lemma(
                            "Courant-Fischer",
                            "a and b, values of H_kk and H_ll, are not negative; the form is at most the largest eigenvalue",
                        ),
                    ],
                ),
                Evidence::sampled("every two layers", "eigenvalues of dense Hessians and of their blocks", |context| {
                    every_net(context, Reading::High, Specimen::largest_over_blocks)
                }),
            ]),
        Claim::new("least", "the least eigenvalue is at most max(||H_kk||_2, ||H_ll||_2) - ||H_kl||_2")
            .related(Relation::AtLeast)
            .against(&[rival("a tenth of the size below", "-1/10")])
            .by(&[
                Evidence::derived(
                    "two unit vectors",
                    "the form on (u, -v), u and v the singular vectors of H_kl",
                    &[
                        Step::identity("the form", "(a + b - 2*norm)/2", "(a + b)/2 - norm"),
                        Step::lemma("Courant-Fischer", "a and b, values of H_kk and H_ll, are at most their norms"),
                    ],
                ),
                Evidence::sampled("every two layers", "eigenvalues of dense Hessians and of their blocks", |context| {
                    every_net(context, Reading::Low, Specimen::least_against_blocks)
                }),
            ]),
    ],
    figures: &["12"],
};
