//! Beyond the paper · negative curvature in every homogeneous net.
//!
//! A linear or ReLU net without biases, of any shapes, on any batch: f is homogeneous of degree 1 in each W^k. With E_k = W^k in block k,
//! Φ = mean‖f‖², Ψ = mean⟨f − y, f⟩: ⟨∂_k, W^k⟩ = Ψ and E_kᵀHE_l = Φ + (1 − δ_kl)Ψ. So on the span of the E_k the Hessian is
//! Φ 11ᵀ + Ψ(11ᵀ − I): at least L − 1 negative eigenvalues if Ψ > 0, at least one if LΦ + (L−1)Ψ < 0.
//!
//! Rungs: proved (the identities), derived, sampled (every net checked with outward rounding). Source: this suite.

use suite::prelude::*;

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "ext-euler",
    label: "Beyond the paper · negative curvature in every homogeneous net",
    source: "beyond the paper; explains Figure 12",
    says: "In a linear or ReLU net without biases <dL/dW^k, W^k> = Psi and W^k' H_kl W^l = Phi + (1 - delta_kl) Psi, so that the Hessian has \
           at least L - 1 negative eigenvalues if Psi > 0, and one if L Phi + (L-1) Psi < 0.",
    reconstructed: None,
    follows_from: &[],
    quantities: &[
        Quantity::new("gradient", "<dL/dW^k, W^k> in units of Psi", "1", &[]),
        Quantity::new("diagonal", "W^k' H_kk W^k in units of Phi", "1", &[]),
        Quantity::new("pairs", "W^k' H_kl W^l in units of Phi + Psi, k other than l", "1", &[]),
        Quantity::new("negative-eigenvalues", "a lower bound on their number if Psi > 0", "depth - 1", &["depth"]),
        Quantity::new("least-eigenvalue", "a strict upper bound on it if L Phi + (L-1) Psi < 0", "0", &[]),
    ],
    claims: &[
        Claim::new("gradient", "<dL/dW^k, W^k> = Psi for every layer")
            .against(&[rival("a half forgotten", "2"), rival("one layer's share", "1/depth")])
            .by(&[
                Evidence::proved(
                    "scaling one layer",
                    "the loss along (1 + t) W^k is a quadratic polynomial in 1 + t",
                    &[
                        Step::derivative("slope", "t", "(y_y - 2*(1+t)*f_y + (1+t)^2*f_f)/2", "(1+t)*f_f - f_y"),
                        Step::identity("at t = 0 it is Psi = mean<f, f> - mean<f, y>", "let t = 0; (1+t)*f_f - f_y", "claimed*(f_f - f_y)"),
                    ],
                ),
                Evidence::sampled("every net", "gradients of random nets along their weights", |context| {
                    every_net(context, Reading::Whole, Specimen::euler_gradients)
                }),
            ]),
        Claim::new("diagonal", "W^k' H_kk W^k = Phi for every layer")
            .against(&[rival("a half forgotten", "2"), rival("one layer's share", "1/depth")])
            .by(&[
                Evidence::proved(
                    "scaling one layer",
                    "the loss along (1 + t) W^k is a quadratic polynomial in 1 + t",
                    &[Step::derivative("second slope", "t", "(1+t)*f_f - f_y", "f_f"), Step::identity("it is Phi", "f_f", "claimed*f_f")],
                ),
                Evidence::sampled("every net", "dense Hessians of random nets along their weights", |context| {
                    every_net(context, Reading::Whole, Specimen::euler_diagonals)
                }),
            ]),
        Claim::new("pairs", "W^k' H_kl W^l = Phi + Psi for every two layers")
            .against(&[rival("a half forgotten", "2"), rival("one layer's share", "1/depth")])
            .by(&[
                Evidence::proved(
                    "scaling two layers",
                    "the loss along (1 + t) W^k and (1 + u) W^l depends on (1 + t)(1 + u)",
                    &[
                        Step::derivative(
                            "slope",
                            "t",
                            "(y_y - 2*(1+t)*(1+u)*f_y + ((1+t)*(1+u))^2*f_f)/2",
                            "(1+t)*(1+u)^2*f_f - (1+u)*f_y",
                        ),
                        Step::derivative("mixed slope", "u", "(1+t)*(1+u)^2*f_f - (1+u)*f_y", "2*(1+t)*(1+u)*f_f - f_y"),
                        Step::identity("at t = u = 0", "let t = 0; let u = 0; 2*(1+t)*(1+u)*f_f - f_y", "claimed*(f_f + (f_f - f_y))"),
                    ],
                ),
                Evidence::sampled("every net", "dense Hessians of random nets along their weights", |context| {
                    every_net(context, Reading::Whole, Specimen::euler_pairs)
                }),
            ]),
        Claim::new("negative-eigenvalues", "Psi > 0: at least L - 1 negative eigenvalues")
            .related(Relation::AtMost)
            .against(&[rival("one more", "depth")])
            .by(&[
                Evidence::derived(
                    "the span of the weights",
                    "on sums c_k E_k with sum c_k = 0 the form is -Psi sum c_k^2",
                    &[
                        Step::identity(
                            "the form",
                            "(f_f + psi)*sum^2 - psi*squares",
                            "let sum_of_pairs = sum^2 - squares; f_f*sum^2 + psi*sum_of_pairs",
                        ),
                        Step::lemma("Courant-Fischer", "a form that is negative on L - 1 dimensions has L - 1 negative eigenvalues"),
                    ],
                ),
                Evidence::sampled("every net with Psi > 0", "eigenvalues of dense Hessians", |context| {
                    every_net(context, Reading::Whole, Specimen::negative_where_psi_is_positive)
                }),
            ]),
        Claim::new("least-eigenvalue", "L Phi + (L-1) Psi < 0: a negative eigenvalue")
            .related(Relation::Above)
            .against(&[rival("at least half of the size", "-1/2")])
            .by(&[
                Evidence::derived(
                    "all layers together",
                    "the form on the sum of all E_k",
                    &[
                        Step::identity("the form", "depth*phi + depth*(depth-1)*(phi + psi)", "depth*(depth*phi + (depth-1)*psi)"),
                        Step::lemma("Courant-Fischer", "a form that is negative somewhere has a negative eigenvalue"),
                    ],
                ),
                Evidence::sampled("every net with L Phi + (L-1) Psi < 0", "eigenvalues of dense Hessians", |context| {
                    every_net(context, Reading::Whole, Specimen::least_where_the_output_opposes)
                }),
            ]),
    ],
    figures: &["12"],
};
