//! The JSON documents of the command line, field by field as published; their schemas lie in `schema/`.
//!
//! Every other view of an audit (Markdown, HTML, LaTeX macros) is made from [`AuditDocument`], so that no view can say what the
//! document does not. A document holds no seconds and no thread counts: the same seed gives the same bytes.

mod audit;
mod calibrate;
mod check;
mod inspect;
mod mutants;
mod num;
mod scaling;
pub mod schema;
mod show;
mod timings;

use std::collections::BTreeMap;

use serde::Serialize;

pub use audit::{AuditDocument, Row, WitnessDocument};
pub use calibrate::{CalibrationDocument, CalibrationRow, UniformityRow};
pub use check::{CheckDocument, CheckVerdict};
pub use inspect::{InspectDocument, LayerRow, TensorRow, WeightsOnly, WidthDepth};
pub use mutants::{MutantRow, MutantsDocument, RungRow};
pub use num::Num;
pub use scaling::{Exponent, ScalingDocument, SizeRow, SweepRow, WorkRow};
pub use show::{QuantityDocument, ShowDocument};
pub use timings::{TimingRow, TimingsDocument};

use crate::claim::Point;

/// Names and values, as text that the formula parser reads back.
pub type Parameters = BTreeMap<String, String>;

/// The names and values of a point, as text.
#[must_use]
pub fn parameters(point: &Point) -> Parameters {
    point.iter().map(|(name, value)| (name.to_owned(), value.to_string())).collect()
}

/// A document as text: two-space indentation, fields in the published order, a final line break.
///
/// # Panics
/// Never for the documents of this module: they hold nothing that JSON cannot.
#[must_use]
pub fn render(document: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(document).expect("documents hold only strings, finite numbers, lists and maps");
    text.push('\n');
    text
}

#[cfg(test)]
mod tests;
