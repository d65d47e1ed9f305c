//! Certified evidence: bounds and enclosures in exact rational or outward-rounded arithmetic.

mod erlang;
mod quadrature;
mod roots;

pub use erlang::{deeper, gamma_medians, layered_cdf, layered_medians, layered_probabilities};
pub use quadrature::geometric_means;
pub use roots::{against_next, positive_root, roots};
