//! The only door through which a theorem file sees the engine.

pub use crate::claim::figure::{Axis, Drawing, Easel, Figure, Kind, Mark, Panel, Scale, Series};
pub use crate::claim::{
    Claim, Context, Effort, Evidence, Expectation, Extent, Gathered, Lemma, LemmaKind, Observation, Omission, Point, Quantity, Relation,
    Requirement, Rival, Rung, Step, Theorem, Truth, Unsettled, rival,
};
pub use crate::curvature::architecture_figures::{Sizes, Study};
pub use crate::curvature::architecture_trials as trials;
pub use crate::curvature::evidence::{Reading, Specimen, every_net};
pub use crate::curvature::portrait::{self, Portrait, Sample};
pub use crate::curvature::{autodiff, moments as blocks, rates};
pub use crate::formula::{Node, Scaled};
pub use crate::network::architecture::evidence as architectures;
pub use crate::network::architecture::{Padding, Wiring};
pub use crate::network::chain::Entry;
pub use crate::network::evidence as nets;
pub use crate::{certified, dynamics, exact, network, sampled, training};
