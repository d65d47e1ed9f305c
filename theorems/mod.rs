//! The theorems, one file a statement, and the catalogue.
//!
//! | paper | statement | file |
//! |---|---|---|
//! | Section 3, Proposition 3, Eq. (2) | moments of a neural chain | [`prop_3`] |
//! | Section 3, Theorem 4 | the log-law of a neural chain | [`thm_4`] |
//! | Section 3, Theorem 5 | the median of a neural chain | [`thm_5`] |
//! | Section 4, Theorem 9, Eq. (7) | wide nets are stable | [`thm_9`] |
//! | Abstract; Section 4 after Theorem 9 | narrow nets vanish | [`thm_9_converse`] |
//! | beyond, Section 4 | the radial law of Gaussian nets | [`ext_radial`] |
//! | beyond, Section 4 | moments of every order of Gaussian nets | [`ext_moments`] |
//! | beyond, Appendix B.3 | the mean squared gradient of a layer | [`ext_gradient`] |
//! | beyond, Appendix B.4 | the mean squared Hessian block of two layers | [`ext_hessian`] |

use suite::prelude::Theorem;

pub mod ext_gradient;
pub mod ext_hessian;
pub mod ext_moments;
pub mod ext_radial;
pub mod figures;
pub mod lemmas;
pub mod prop_3;
pub mod thm_4;
pub mod thm_5;
pub mod thm_9;
pub mod thm_9_converse;

/// Every theorem, in the order of the paper.
pub static CATALOG: &[&Theorem] = &[
    &prop_3::THEOREM,
    &thm_4::THEOREM,
    &thm_5::THEOREM,
    &thm_9::THEOREM,
    &thm_9_converse::THEOREM,
    &ext_gradient::THEOREM,
    &ext_hessian::THEOREM,
    &ext_radial::THEOREM,
    &ext_moments::THEOREM,
];
