//! The legend: below the panels, clear of the data.

use std::fmt::Write as _;

use crate::claim::figure::{Drawing, Kind};
use crate::report::text::escape;

use super::CHARACTER;
use super::palette::{FAINT, Style};

/// The height of one row of entries.
const ROW: f64 = 20.0;
/// The width of the sample left of an entry's text.
const SAMPLE: f64 = 34.0;

/// Entries with their places, relative to the legend's upper left corner.
pub(super) struct Legend<'a> {
    entries: Vec<(f64, f64, &'a Style)>,
    /// A line about values off the scale, with its place, if there are any.
    remark: Option<f64>,
    pub(super) height: f64,
}

/// Flows the entries into rows of that width.
pub(super) fn layout<'a>(drawing: &Drawing, styles: &'a [Style], width: f64) -> Legend<'a> {
    let (mut x, mut y) = (0.0, 0.0);
    let mut entries = Vec::new();
    for style in styles {
        let needed = SAMPLE + style.label.chars().count() as f64 * CHARACTER * 12.0 + 18.0;
        if x > 0.0 && x + needed > width {
            (x, y) = (0.0, y + ROW);
        }
        entries.push((x, y, style));
        x += needed;
    }
    let mut height = if entries.is_empty() { 0.0 } else { y + ROW };
    let remark = off_scale(drawing).then_some(height);
    if remark.is_some() {
        height += ROW;
    }
    Legend { entries, remark, height }
}

/// Whether a measurement on a logarithmic axis is zero or negative.
fn off_scale(drawing: &Drawing) -> bool {
    drawing.panels.iter().filter(|panel| panel.y.logarithmic).any(|panel| {
        let measured = panel.series.iter().filter(|series| series.kind == Kind::Measurement);
        measured.flat_map(|series| &series.marks).any(|mark| mark.y.mantissa() <= 0.0)
    })
}

impl Legend<'_> {
    /// Draws the entries with the legend's upper left corner at (left, top).
    pub(super) fn draw(&self, svg: &mut String, left: f64, top: f64) {
        for &(x, y, style) in &self.entries {
            let (x, y) = (left + x, top + y + ROW / 2.0);
            sample(svg, style, x, y);
            let _ = writeln!(svg, r#"<text x="{:.1}" y="{:.1}">{}</text>"#, x + SAMPLE, y + 4.2, escape(&style.label));
        }
        if let Some(y) = self.remark {
            let y = top + y + ROW / 2.0 + 4.0;
            let says = "▽ on the lower edge: zero or negative, without a place on a logarithmic axis";
            let _ = writeln!(svg, r#"<text x="{left:.1}" y="{y:.1}" font-size="11" fill="{FAINT}">{says}</text>"#);
        }
    }
}

/// What the label's series look like.
fn sample(svg: &mut String, style: &Style, x: f64, y: f64) {
    let (end, colour) = (x + 26.0, style.colour);
    let shows = |kind| style.kinds.contains(&kind);
    if shows(Kind::Band) {
        let _ = writeln!(svg, r#"<rect x="{x:.1}" y="{:.1}" width="26" height="10" fill="{colour}" fill-opacity="0.18"/>"#, y - 5.0);
    }
    if shows(Kind::Path) {
        let _ = writeln!(svg, r#"<path d="M{x:.1} {y:.1}H{end:.1}" stroke="{colour}" stroke-width="1" stroke-opacity="0.7"/>"#);
    }
    if shows(Kind::Prediction) {
        let dash = if style.dash.is_empty() { String::new() } else { format!(r#" stroke-dasharray="{}""#, style.dash) };
        let _ = writeln!(svg, r#"<path d="M{x:.1} {y:.1}H{end:.1}" stroke="{colour}" stroke-width="1.8"{dash}/>"#);
    }
    if shows(Kind::Measurement) {
        style.mark(svg, x + 13.0, y);
    }
}
