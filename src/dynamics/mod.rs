//! Dynamics on a neural chain's loss: gradient flows with event location, optimisers, and the times that they take to escape.
//!
//! The chain has L weights, input x = 1 and target y = 1 unless stated. It is *balanced* where all weights are equal: then they
//! stay equal under every rule here, and one number w tells them all; the rate of w is the [`ascent`] w^(L−1) − w^(2L−1).

mod chain;
mod evidence;
mod flow;
mod lines;
pub mod noise;
mod optimizer;
mod path;
#[cfg(test)]
mod tests;

pub use chain::{Chain, ascent};
pub use evidence::{
    Escape, Moment, Sweep, adaptive_times, descent_times, escape_times, every_depth, excess_times, iteration_changes, iterations, moment,
    upper_solutions, whole_iterations,
};
pub use flow::{Flow, FlowError, Passage};
pub use lines::{adaptive_line, balanced_courses, flow_line};
pub use optimizer::{Optimizer, Rule};
pub use path::{Sight, course, escape, flow_path, updates_until};
