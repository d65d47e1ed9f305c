//! Curves of balanced chains for figures.

use std::ops::RangeInclusive;

use crate::claim::Unsettled;
use crate::claim::figure::{Kind, Mark, Series};
use crate::formula::Scaled;
use crate::sampled::Streams;

use super::chain::Chain;
use super::evidence::{adaptive_updates, decimal};
use super::flow::FlowError;
use super::optimizer::Rule;
use super::path::{course, flow_path};

fn mark(x: f64, y: f64) -> Mark {
    Mark { x, y: Scaled::from(y), range: None }
}

/// The weight along the gradient flow, at the solver's steps.
///
/// # Errors
/// If the solver gives up.
pub fn flow_line(label: &str, depth: u32, start: f64, end: f64) -> Result<Series, FlowError> {
    let marks = flow_path(depth, start, end)?.into_iter().map(|(time, w)| mark(time, w)).collect();
    Ok(Series { label: label.to_owned(), kind: Kind::Path, marks })
}

/// Step times updates that RMSprop with ε = 0 takes from the first to the second weight, against depth.
///
/// # Errors
/// If a text is no decimal.
pub fn adaptive_line(
    label: &str,
    depths: RangeInclusive<u32>,
    (start, level): (&'static str, &'static str),
    rule: (&'static str, f64),
) -> Result<Series, Unsettled> {
    let step = decimal(rule.0)?;
    let marks = depths.map(|depth| Ok(mark(f64::from(depth), step * adaptive_updates(&(depth, start, level), rule, 0.0)? as f64)));
    Ok(Series { label: label.to_owned(), kind: Kind::Measurement, marks: marks.collect::<Result<_, Unsettled>>()? })
}

/// The losses of gradient descent and of RMSprop with ε = 0 along updates with the same step, from equal weights.
#[must_use]
pub fn balanced_courses(depth: usize, start: f64, step: f64, updates: u64) -> Vec<Series> {
    let rules = [("gradient descent", Rule::GradientDescent { step }), ("RMSprop", Rule::RmsProp { step, decay: 0.99, epsilon: 0.0 })];
    let line = |(label, rule): (&str, Rule)| {
        let unused = Streams::keyed(0, "unused", "").chunk(0);
        let sights = course(Chain { x: 1.0, y: 1.0 }, rule, vec![start; depth], updates, unused);
        let marks = sights.iter().filter(|sight| sight.updates > 0).map(|sight| mark(sight.updates as f64, sight.loss)).collect();
        Series { label: label.to_owned(), kind: Kind::Path, marks }
    };
    rules.map(line).into_iter().collect()
}
