//! Certified evidence: bounds and enclosures in exact rational or outward-rounded arithmetic.

mod erlang;
mod quadrature;
mod roots;

pub use erlang::{gamma_medians, layered_cdf, layered_medians};
pub use quadrature::{geometric_means, weighted};
pub use roots::{against_next, positive_root, roots};
