//! The exact rungs: rational arithmetic without rounding.
//!
//! Two independent routes to the same expectations. The *moment calculus* ([`moments`], [`layers`], [`products`]) expands
//! polynomials in symbolic weights and gates and replaces powers by moments: what it finds holds for every symmetric law.
//! *Enumeration* ([`law`], [`net`], [`forward`], [`passage`], [`backward`], [`curvature`]) sums over all outcomes of a finite law: what it
//! finds holds for that law and net, with every dependence between gates and weights in place.

pub mod backward;
pub mod blocks;
pub mod chain;
pub mod conventions;
pub mod convolution;
pub mod curvature;
pub mod forward;
pub mod gather;
pub mod growth;
pub mod images;
pub mod law;
pub mod layers;
pub mod lifetimes;
pub mod logarithms;
pub mod moments;
pub mod net;
pub mod passage;
pub mod perceptron;
pub mod polynomial;
pub mod products;
pub mod residual;
pub mod sensitivities;
pub mod signs;
pub mod squares;
mod tally;

pub use backward::{Conditional, Form, Past};
pub use blocks::{COMPOSED, Output, composed_gradient, composed_hessian, composed_trace};
pub use chain::{Chain, Derivative};
pub use conventions::{
    closed_patterns, collisions, direction_ratios, direction_through_random_output, gates_given_later, gates_given_living_past,
    living_patterns, mean_activations, norm_ratios, odd_moments, openness, products_between, shallow_nets, shares_of_coin_flips, strict,
    tied, untied, weighted_shares_of_coin_flips,
};
pub use convolution::Padding;
pub use forward::Functional;
pub use gather::{
    differentiable_nets, every_gradient, every_hessian, gate_patterns, gates_given_past, gradients, grid, hessians, laws, modified_inputs,
    norms, observe, product_forms, small_nets, square_covariances, survival, uneven,
};
pub use growth::{determinants, growth_rates};
pub use images::{
    constant_images, convolved_excess, convolved_norms, energy_powers, energy_recursion, enumerated_energies, enumerated_growth,
    shared_weights,
};
pub use law::FiniteLaw;
pub use layers::{LayerMap, Norm, Site, composed, one_step};
pub use lifetimes::longest_lives;
pub use logarithms::log_growths;
pub use net::{Gate, Layer, Net, Ties};
pub use perceptron::{commutation_squares, gradients_by_differences, hessians_by_differences};
pub use products::{Factor, Invariant, Start, composed_product, one_factor};
pub use residual::{compound_growth, enumerated_residuals, residual_factors, residual_factors_last, scaled_residuals, slow_growth};
pub use sensitivities::{
    Sensitivity, composed_at, diagonal_squares, first_pair_squares, gradient_squares, mean_norms, over_hessians, random_outputs,
    small_mean_norms, small_traces, traces,
};
pub use signs::{activations_given_past, fed_by_signs, gated_then_weighted, products as signed_products};
pub use squares::{composed_square_covariance, conditional_square_covariance};
