//! The theorems, one file a statement, and the catalogue.
//!
//! | paper | statement | file |
//! |---|---|---|
//! | Section 3, Proposition 3, Eq. (2) | moments of a neural chain | [`prop_3`] |
//! | Section 3, Theorem 4 | the log-law of a neural chain | [`thm_4`] |
//! | Section 3, Theorem 5 | the median of a neural chain | [`thm_5`] |
//! | Section 3, Theorem 6 | gradient and Hessian of a neural chain | [`thm_6`] |
//! | Section 4, Corollary 11 | Gershgorin's theorem for blocks | [`cor_11`] |
//! | Appendix C.2, Eq. (89) | the saddle of a neural chain at 0 | [`saddle`] |
//! | beyond, Theorem 6 | the signs of a neural chain's Hessian | [`ext_chain_inertia`] |
//! | beyond, Appendix B.3 | the mean squared gradient of a layer | [`ext_gradient`] |
//! | beyond, Appendix B.4 | the mean squared Hessian block of two layers | [`ext_hessian`] |
//! | beyond, Figure 12 | negative curvature in every homogeneous net | [`ext_euler`] |
//! | beyond, Theorem 10 | certificates of negative curvature | [`ext_certificates`] |

use suite::prelude::Theorem;

pub mod cor_11;
pub mod ext_certificates;
pub mod ext_chain_inertia;
pub mod ext_euler;
pub mod ext_gradient;
pub mod ext_hessian;
pub mod figures;
pub mod lemmas;
pub mod prop_3;
pub mod saddle;
pub mod thm_4;
pub mod thm_5;
pub mod thm_6;

/// Every theorem, in the order of the paper.
pub static CATALOG: &[&Theorem] = &[
    &prop_3::THEOREM,
    &thm_4::THEOREM,
    &thm_5::THEOREM,
    &thm_6::THEOREM,
    &cor_11::THEOREM,
    &saddle::THEOREM,
    &ext_chain_inertia::THEOREM,
    &ext_gradient::THEOREM,
    &ext_hessian::THEOREM,
    &ext_euler::THEOREM,
    &ext_certificates::THEOREM,
];
