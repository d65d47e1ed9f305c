//! The only door through which a theorem file sees the engine.

pub use crate::certified;
pub use crate::claim::{
    Claim, Context, Effort, Evidence, Expectation, Extent, Gathered, Observation, Point, Quantity, Relation, Requirement, Rival, Rung, Step, Theorem,
    Truth, Unsettled,
};
pub use crate::network;
pub use crate::sampled;
