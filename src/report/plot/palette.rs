//! Colours and markers: Okabe and Ito's palette, distinguishable without colour vision, and a marker and a dash for each.

use std::fmt::Write as _;

use crate::claim::figure::{Drawing, Kind};

/// Of text and axes.
pub(super) const INK: &str = "#1a1a1a";
/// Of grid lines.
pub(super) const GRID: &str = "#e3e3e3";
/// Of footers.
pub(super) const FAINT: &str = "#5c5c5c";

/// Okabe and Ito's colours without yellow, which white swallows.
const COLOURS: [&str; 7] = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000"];
/// Dashes of the lines, solid first.
const DASHES: [&str; 4] = ["", "7 3", "2 3", "9 3 2 3"];

/// How the series of one label are drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) label: String,
    pub(super) colour: &'static str,
    pub(super) dash: &'static str,
    marker: usize,
    /// The kinds that the label appears with.
    pub(super) kinds: Vec<Kind>,
}

/// One style a label, in order of appearance.
pub(super) fn styles(drawing: &Drawing) -> Vec<Style> {
    let mut styles: Vec<Style> = Vec::new();
    for series in drawing.panels.iter().flat_map(|panel| &panel.series) {
        let next = styles.len();
        let at = styles.iter().position(|style| style.label == series.label).unwrap_or_else(|| {
            styles.push(Style {
                label: series.label.clone(),
                colour: COLOURS[next % COLOURS.len()],
                dash: DASHES[(next + next / COLOURS.len()) % DASHES.len()],
                marker: next,
                kinds: Vec::new(),
            });
            next
        });
        if !styles[at].kinds.contains(&series.kind) {
            styles[at].kinds.push(series.kind);
        }
    }
    styles
}

/// The style of a label.
pub(super) fn style<'a>(styles: &'a [Style], label: &str) -> &'a Style {
    styles.iter().find(|style| style.label == label).expect("styles are made from the labels of the same drawing")
}

impl Style {
    /// The label's marker, centred at (x, y).
    pub(super) fn mark(&self, svg: &mut String, x: f64, y: f64) {
        let polygon =
            |points: &[(f64, f64)]| points.iter().map(|(dx, dy)| format!("{:.1},{:.1}", x + dx, y + dy)).collect::<Vec<_>>().join(" ");
        let shape = match self.marker % 7 {
            0 => format!(r#"<circle cx="{x:.1}" cy="{y:.1}" r="3.4""#),
            1 => format!(r#"<rect x="{:.1}" y="{:.1}" width="6.2" height="6.2""#, x - 3.1, y - 3.1),
            2 => format!(r#"<polygon points="{}""#, polygon(&[(0.0, -4.3), (4.0, 3.0), (-4.0, 3.0)])),
            3 => format!(r#"<polygon points="{}""#, polygon(&[(0.0, -4.6), (4.6, 0.0), (0.0, 4.6), (-4.6, 0.0)])),
            4 => format!(
                r#"<polygon points="{}""#,
                polygon(&[
                    (-4.5, -1.5),
                    (-1.5, -1.5),
                    (-1.5, -4.5),
                    (1.5, -4.5),
                    (1.5, -1.5),
                    (4.5, -1.5),
                    (4.5, 1.5),
                    (1.5, 1.5),
                    (1.5, 4.5),
                    (-1.5, 4.5),
                    (-1.5, 1.5),
                    (-4.5, 1.5)
                ])
            ),
            5 => format!(r#"<polygon points="{}""#, polygon(&[(-3.8, 0.0), (3.2, -4.1), (3.2, 4.1)])),
            _ => format!(r#"<polygon points="{}""#, polygon(&[(-4.0, -4.0), (4.0, -4.0), (-4.0, 4.0), (4.0, 4.0)])),
        };
        let _ = writeln!(svg, r##"{shape} fill="{}" stroke="#ffffff" stroke-width="0.7"/>"##, self.colour);
    }

    /// The sign of a value that a logarithmic axis cannot show: a hollow triangle on the lower edge.
    pub(super) fn mark_off_scale(&self, svg: &mut String, x: f64, y: f64) {
        let _ = writeln!(
            svg,
            r##"<polygon points="{:.1},{:.1} {:.1},{:.1} {x:.1},{:.1}" fill="#ffffff" stroke="{}" stroke-width="1.3"/>"##,
            x - 4.0,
            y - 8.0,
            x + 4.0,
            y - 8.0,
            y - 1.0,
            self.colour
        );
    }
}
