//! The vocabulary: theorems, claims, evidence, observations and verdicts, as plain data; and the one judge.
//!
//! A [`Claim`] asserts the formula of a [`Quantity`]; [`Evidence`] gathers [`Observation`]s by code that has no access to the
//! formula; the judge compares the two. Nobody sets a verdict by hand.

mod card;
pub mod figure;
pub mod judge;
mod lemma;
mod observation;
pub mod parameters;
mod point;
mod reach;
mod separate;
mod verdict;

pub use card::{
    Claim, Context, Device, Effort, Evidence, Expectation, Gather, Quantity, Relation, Requirement, Rival, Rung, Step, Theorem, rival,
};
pub use lemma::{Lemma, LemmaKind, Omission};
pub use observation::{Extent, Gathered, Grade, Interval, Ladder, Observation, Resolution, Truth, Unsettled};
pub use point::Point;
pub use verdict::{Judgement, Outcome, Shown, Verdict, Witness};
