//! The only door through which a theorem file sees the engine.

pub use crate::claim::figure::{Axis, Drawing, Easel, Figure, Kind, Mark, Panel, Scale, Series};
pub use crate::claim::{
    Claim, Context, Effort, Evidence, Expectation, Extent, Gathered, Lemma, LemmaKind, Observation, Omission, Point, Quantity, Relation,
    Requirement, Rival, Rung, Step, Theorem, Truth, Unsettled, rival,
};
pub use crate::curvature::evidence::{Reading, Specimen, every_net};
pub use crate::formula::{Node, Scaled};
pub use crate::network::chain::Entry;
pub use crate::network::evidence as nets;
pub use crate::{certified, dynamics, exact, network, sampled, training};
