//! Training of networks on candle: data, models, published update rules, and runs that are recorded along the way.
//!
//! Everything random (weights, the order of the examples) comes from keyed streams, so a run depends on its seed alone. A new
//! architecture implements [`Model`]; the loop, the rules and the records are the same for all.

mod data;
pub mod deep;
pub mod deep_resnet;
mod experiment;
mod idx;
mod model;
mod optimizer;
mod order;
pub mod outcome;
mod perceptron;
mod run;
mod stripped;
#[cfg(test)]
mod tests;
pub mod typical;

pub use data::{DataError, Dataset, Split};
pub use experiment::{Build, Experiment, METHODS, Method, Plan, Run, Trial};
pub use model::{Model, Phase, relu};
pub use optimizer::{Optimizer, Rule};
pub use order::Order;
pub use perceptron::{Biases, Perceptron};
pub use run::{Examples, Recipe, Record, Trainer, on_large_stacks};
pub use stripped::Stripped;
