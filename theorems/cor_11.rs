//! Corollary 11 · Gershgorin's theorem for blocks.
//!
//! Every eigenvalue λ of the Hessian of every net obeys |λ| ≤ max_k Σ_l ‖H_kl‖_F, and |λ| ≤ ρ of the matrix of the ‖H_kl‖_F, which is
//! sharper. Equality occurs: one layer with one output at one sample, where H = x xᵀ. Every eigenvalue also lies in a scalar disc,
//! |λ − H_ii| ≤ Σ_{j≠i} |H_ij| for some i. Hypotheses: none (any net, loss, data).
//!
//! Rungs: derived, sampled (every net checked with outward rounding). Source: Section 4, Corollary 11.

use suite::prelude::*;

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "cor-11",
    label: "Corollary 11 · Gershgorin's theorem for blocks",
    source: "Section 4, Corollary 11",
    says: "Every eigenvalue of the Hessian is at most the largest sum of Frobenius norms along a row of blocks, in absolute value, and at \
           most the spectral radius of the matrix of these norms; and it lies in a scalar disc.",
    reconstructed: None,
    follows_from: &[],
    quantities: &[
        Quantity::new("gershgorin", "a bound on max|eigenvalue| in units of max_k sum_l ||H_kl||_F", "1", &[]),
        Quantity::new("discs", "a bound on the factor of the radii with which scalar discs cover every eigenvalue", "1", &[]),
        Quantity::new("radius", "a bound on max|eigenvalue| in units of the spectral radius of (||H_kl||_F)", "1", &[]),
    ],
    claims: &[
        Claim::new("gershgorin", "max|eigenvalue| <= max_k sum_l ||H_kl||_F")
            .related(Relation::AtLeast)
            .against(&[rival("the diagonal of one layer's share", "1/depth"), rival("a tenth less", "9/10")])
            .by(&[
                Evidence::derived(
                    "triangle inequality",
                    "of an eigenvector take the block of largest norm",
                    &[
                        Step::lemma("block Gershgorin", "|lambda| ||v_k|| <= sum_l ||H_kl||_2 ||v_l|| and ||.||_2 <= ||.||_F"),
                        Step::identity("in its own units", "claimed", "1"),
                    ],
                ),
                Evidence::sampled("every net", "eigenvalues of dense Hessians against norms by the factored form", |context| {
                    every_net(context, Reading::Low, Specimen::gershgorin)
                }),
            ]),
        Claim::new("radius", "max|eigenvalue| <= the spectral radius of the matrix of block norms")
            .related(Relation::AtLeast)
            .against(&[rival("one layer's share", "1/depth"), rival("a tenth less", "9/10")])
            .by(&[
                Evidence::derived(
                    "norms of blocks",
                    "the block norms of an eigenvector",
                    &[
                        Step::lemma(
                            "block Gershgorin",
                            "with u_l = ||v_l||, |lambda| u <= (||H_kl||) u entrywise, so |lambda| is at most its radius",
                        ),
                        Step::identity("in its own units", "claimed", "1"),
                    ],
                ),
                Evidence::sampled("every net", "eigenvalues of dense Hessians against norms by the factored form", |context| {
                    every_net(context, Reading::Low, Specimen::block_radius)
                }),
            ]),
        Claim::new("equality", "one layer, one output, one sample: max|eigenvalue| = max_k sum_l ||H_kl||_F")
            .of("gershgorin")
            .against(&[rival("never reached", "9/10"), rival("an eigenvalue for each entry", "1/2")])
            .by(&[
                Evidence::derived(
                    "rank one",
                    "H = x x' has the eigenvector x, and a single block",
                    &[
                        Step::identity("H x = |x|^2 x", "x1*(x1*u + x2*v)", "x1^2*u + x1*x2*v"),
                        Step::identity("||x x'||_F = |x|^2, here in two coordinates", "x1^4 + 2*x1^2*x2^2 + x2^4", "(x1^2 + x2^2)^2"),
                        Step::identity("in its own units", "claimed", "1"),
                    ],
                ),
                Evidence::sampled("every such net", "eigenvalues of dense Hessians against norms by the factored form", |context| {
                    every_net(context, Reading::Whole, Specimen::gershgorin_of_one_output)
                }),
            ]),
        Claim::new("discs", "every eigenvalue lies within sum_(j != i) |H_ij| of some H_ii")
            .related(Relation::AtLeast)
            .against(&[rival("half of the radius", "1/2"), rival("one layer's share", "1/depth")])
            .by(&[
                Evidence::derived(
                    "triangle inequality",
                    "of an eigenvector take the largest entry",
                    &[
                        Step::lemma(
                            "block Gershgorin",
                            "with blocks of one entry: (lambda - H_ii) v_i = sum_(j != i) H_ij v_j, |v_j| <= |v_i|",
                        ),
                        Step::identity("in its own units", "claimed", "1"),
                    ],
                ),
                Evidence::sampled("every net", "eigenvalues and entries of dense Hessians", |context| {
                    every_net(context, Reading::Low, Specimen::discs)
                }),
            ]),
    ],
    figures: &["12"],
};
