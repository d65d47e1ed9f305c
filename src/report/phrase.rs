//! Phrases that every view of a row uses, so that Markdown and HTML say the same.

use super::decimal::{share, text};
use super::json::{Num, Parameters, Row};

/// The digits of numbers in tables.
const DIGITS: usize = 6;

/// A number of a table; a dash if there is none.
pub(super) fn number(num: Option<&Num>) -> String {
    num.map_or_else(|| "—".to_owned(), |num| text(num, DIGITS))
}

/// `0.3333 in [0.3331, 0.3335]`; a dash if nothing was found.
pub(super) fn found(row: &Row) -> String {
    let interval = row.interval.as_ref().map(|[low, high]| format!("[{}, {}]", text(low, DIGITS), text(high, DIGITS)));
    match (row.estimate.as_ref(), interval) {
        (Some(estimate), Some(interval)) => format!("{} in {interval}", text(estimate, DIGITS)),
        (Some(estimate), None) => text(estimate, DIGITS),
        (None, Some(interval)) => interval,
        (None, None) => "—".to_owned(),
    }
}

/// `depth = 8, tau = sqrt(3)`; empty if there are none.
pub(super) fn point(parameters: &Parameters) -> String {
    parameters.iter().map(|(name, value)| format!("{name} = {value}")).collect::<Vec<_>>().join(", ")
}

/// `±0.01` of the value, or in its unit, or a factor where orders of magnitude are told; a dash if nothing was planned.
pub(super) fn resolution(row: &Row) -> String {
    match (row.resolution, row.resolution_kind.as_deref()) {
        (Some(value), Some("relative")) if value >= 1.0 => format!("a factor of {}", share(1.0 + value)),
        (Some(value), Some("relative")) => format!("±{} of the value", share(value)),
        (Some(value), Some("per layer")) => format!("±{} of the growth per layer", share(value)),
        (Some(value), _) => format!("±{}", share(value)),
        (None, _) => "—".to_owned(),
    }
}

/// The probability of a false alarm; a dash where nothing is random.
pub(super) fn rate(row: &Row) -> String {
    if row.rate > 0.0 { share(row.rate) } else { "—".to_owned() }
}

/// `agrees`; `refuted, as expected`; `inconclusive, expected agrees`.
pub(super) fn verdict(row: &Row) -> String {
    match (row.as_expected, row.verdict == row.expected) {
        (true, true) if row.expected == "agrees" => row.verdict.clone(),
        (true, _) => format!("{}, as expected", row.verdict),
        (false, _) => format!("{}, expected {}", row.verdict, row.expected),
    }
}

/// `1 rival`, `2 rivals`.
pub(super) fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
