//! The committed table, and what is told where a run falls behind it.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

/// A ratio to the floor that is worse by this factor is told.
pub const REGRESSION: f64 = 2.0;

/// Ratios of times to their floors on a named machine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// The processor.
    pub processor: String,
    /// The threads.
    pub threads: usize,
    /// The rows, in the order of the bench.
    pub rows: Vec<Row>,
}

/// One piece of work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// What was done.
    pub work: String,
    /// What the floor is made of.
    pub floor: String,
    /// The time, in seconds.
    pub seconds: f64,
    /// The time over that of the floor.
    pub ratio: f64,
    /// The ratio that is aimed at, if any.
    pub aim: Option<f64>,
}

impl Table {
    /// What is told of a row beside the committed table, if its ratio is worse by [`REGRESSION`] or more.
    pub fn regression(&self, row: &Row) -> Option<String> {
        let committed = self.rows.iter().find(|committed| committed.work == row.work)?;
        let worse = row.ratio / committed.ratio;
        (worse >= REGRESSION).then(|| format!("slower than the committed table by {worse:.1}×"))
    }

    /// The table in Markdown.
    pub fn markdown(&self) -> String {
        let mut text = format!("{}, {} threads:\n\n", self.processor, self.threads);
        text.push_str("| work | time | over its floor | aim | floor |\n|---|---|---|---|---|\n");
        for Row { work, floor, seconds, ratio, aim } in &self.rows {
            let aim = aim.map_or_else(String::new, |aim| format!("{aim}×"));
            let _ = writeln!(text, "| {work} | {} | {ratio:.2}× | {aim} | {floor} |", time(*seconds));
        }
        text
    }
}

/// Seconds with three digits, in the unit that suits.
pub fn time(seconds: f64) -> String {
    let (scaled, unit) = match seconds {
        s if s >= 1.0 => (s, "s"),
        s if s >= 1e-3 => (s * 1e3, "ms"),
        s if s >= 1e-6 => (s * 1e6, "µs"),
        s => (s * 1e9, "ns"),
    };
    format!("{scaled:.prec$} {unit}", prec = if scaled < 10.0 { 2 } else { usize::from(scaled < 100.0) })
}
