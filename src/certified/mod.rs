//! Certified evidence: bounds and enclosures in exact rational or outward-rounded arithmetic.

mod chi_square;
mod erlang;
mod log_chi_square;
mod mean_logarithm;
pub mod product;
mod quadrature;
mod roots;

pub use chi_square::{layer_medians, layer_moments, mean_lengths};
pub use erlang::{deeper, gamma_medians, layered_cdf, layered_medians, layered_probabilities};
pub use log_chi_square::{log_means, log_variances};
pub use mean_logarithm::mean_logarithms;
pub use product::{Product, bracketed_medians, inverted_law, inverted_medians, normal_distances, normal_limit};
pub use quadrature::{geometric_means, uniform_rates, weighted};
pub use roots::{against_next, positive_root, roots};
