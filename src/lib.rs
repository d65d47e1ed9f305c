//! A verification suite for *Vanishing Curvature and the Power of Adaptive Methods in Randomly Initialized Deep Networks*.
//!
//! A theorem pairs its closed form with evidence gathered by code that never sees the form; one function judges the two.
extern crate self as suite;

pub mod audit;
pub mod certified;
pub mod claim;
pub mod cli;
pub mod curvature;
pub mod dynamics;
pub mod exact;
pub mod formula;
pub mod inspect;
pub mod network;
pub mod prelude;
pub mod report;
pub mod sampled;
pub mod training;

#[path = "../theorems/mod.rs"]
pub mod theorems;
