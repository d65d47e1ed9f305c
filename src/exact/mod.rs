//! The exact rungs: rational arithmetic without rounding.
//!
//! Two independent routes to the same expectations. The *moment calculus* ([`moments`], [`layers`], [`products`]) expands
//! polynomials in symbolic weights and gates and replaces powers by moments: what it finds holds for every symmetric law.
//! *Enumeration* ([`law`], [`net`], [`forward`], [`passage`], [`backward`], [`curvature`]) sums over all outcomes of a finite law: what it
//! finds holds for that law and net, with every dependence between gates and weights in place.

pub mod backward;
pub mod conventions;
pub mod curvature;
pub mod forward;
pub mod gather;
pub mod law;
pub mod layers;
pub mod moments;
pub mod net;
pub mod passage;
pub mod polynomial;
pub mod products;
pub mod squares;
mod tally;

pub use backward::{Conditional, Form, Past};
pub use conventions::{
    direction_ratios, odd_moments, gates_given_later, gates_given_living_past, mean_activations, norm_ratios, openness,
    products_between, random_outputs, shares_of_coin_flips, tied, living_patterns, closed_patterns, untied,
};
pub use forward::Functional;
pub use gather::{
    gate_patterns, gates_given_past, gradients, grid, hessians, laws, modified_inputs, norms, observe, product_forms, square_covariances,
    survival, uneven,
};
pub use law::FiniteLaw;
pub use layers::{LayerMap, Norm, Site, composed, one_step};
pub use net::{Gate, Layer, Net, Ties};
pub use products::{Factor, Invariant, Start, composed_product, one_factor};
pub use squares::{composed_square_covariance, conditional_square_covariance};
