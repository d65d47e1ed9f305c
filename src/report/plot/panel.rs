//! One pair of axes with its data.

use std::fmt::Write as _;

use crate::claim::figure::{Axis, Kind, Mark, Panel, Series};
use crate::formula::Scaled;
use crate::report::decimal::{log10, to_f64};
use crate::report::text::{escape, wrap};

use super::axis::{Ruler, Tick};
use super::palette::{FAINT, GRID, INK, Style, style};
use super::thinning::thinned;
use super::{CHARACTER, PANEL_HEIGHT, PANEL_WIDTH};

/// The space left of the data, for the vertical axis.
const LEFT: f64 = 78.0;
/// The space right of the data.
const RIGHT: f64 = 16.0;
/// The space above the data, for the title (two lines).
const TOP: f64 = 40.0;
/// The space below the data, for the horizontal axis.
const BOTTOM: f64 = 48.0;

/// The data area in pixels, and the rulers along it.
struct Frame {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
    x: Ruler,
    y: Ruler,
    x_logarithmic: bool,
    y_logarithmic: bool,
}

/// A value as the ruler measures it: log10 on a logarithmic axis, where zero and negative numbers have no place (−∞).
fn measure(value: Scaled, axis: &Axis) -> f64 {
    if !axis.logarithmic {
        to_f64(value)
    } else if value.mantissa() > 0.0 {
        log10(value)
    } else if value.mantissa().is_nan() {
        f64::NAN
    } else {
        f64::NEG_INFINITY
    }
}

fn measure_x(value: f64, axis: &Axis) -> f64 {
    if axis.logarithmic { value.log10() } else { value }
}

/// All ordinates of a series, ends of ranges included.
fn ordinates(series: &Series) -> impl Iterator<Item = Scaled> {
    let value = move |mark: &Mark| (series.kind != Kind::Band).then_some(mark.y);
    series.marks.iter().flat_map(move |mark| value(mark).into_iter().chain(mark.range.into_iter().flat_map(|(low, high)| [low, high])))
}

impl Frame {
    fn of(panel: &Panel, (left, top): (f64, f64)) -> Option<Self> {
        let xs = panel.series.iter().flat_map(|series| &series.marks).map(|mark| measure_x(mark.x, &panel.x));
        let ys = panel.series.iter().flat_map(ordinates).map(|value| measure(value, &panel.y));
        Some(Frame {
            left: left + LEFT,
            top: top + TOP,
            width: PANEL_WIDTH - LEFT - RIGHT,
            height: PANEL_HEIGHT - TOP - BOTTOM,
            x: Ruler::over(xs, panel.x.logarithmic)?,
            y: Ruler::over(ys, panel.y.logarithmic)?,
            x_logarithmic: panel.x.logarithmic,
            y_logarithmic: panel.y.logarithmic,
        })
    }

    fn horizontal(&self, share: f64) -> f64 {
        self.left + self.width * share
    }

    /// Pixels grow downwards; far outside values stay just outside, where the clip path hides them.
    fn vertical(&self, share: f64) -> f64 {
        self.top + self.height * (1.0 - share.clamp(-1.0, 2.0))
    }

    fn x(&self, mark: &Mark) -> f64 {
        self.horizontal(self.x.share(if self.x_logarithmic { mark.x.log10() } else { mark.x }))
    }

    fn y(&self, value: Scaled) -> f64 {
        let axis = Axis { label: String::new(), logarithmic: self.y_logarithmic };
        self.vertical(self.y.share(measure(value, &axis)))
    }

    fn bottom(&self) -> f64 {
        self.top + self.height
    }
}

/// Draws a panel with its upper left corner at `corner`.
pub(super) fn draw(svg: &mut String, panel: &Panel, styles: &[Style], corner: (f64, f64), clip: &str) {
    let centre = corner.0 + LEFT + (PANEL_WIDTH - LEFT - RIGHT) / 2.0;
    let title = wrap(&panel.title, ((PANEL_WIDTH - 20.0) / (CHARACTER * 13.0)) as usize);
    for (i, line) in title.iter().take(2).enumerate() {
        let y = corner.1 + TOP - 9.0 - 15.0 * (title.len().min(2) - 1 - i) as f64;
        let _ = writeln!(
            svg,
            r#"<text x="{centre:.1}" y="{y:.1}" font-size="13" font-weight="bold" text-anchor="middle">{}</text>"#,
            escape(line)
        );
    }
    let Some(frame) = Frame::of(panel, corner) else {
        let y = corner.1 + PANEL_HEIGHT / 2.0;
        let _ = writeln!(svg, r#"<text x="{centre:.1}" y="{y:.1}" text-anchor="middle" fill="{FAINT}">no data</text>"#);
        return;
    };
    axes(svg, panel, &frame);
    let Frame { left, top, width, height, .. } = frame;
    let _ = writeln!(svg, r#"<clipPath id="{clip}"><rect x="{left:.1}" y="{top:.1}" width="{width:.1}" height="{height:.1}"/></clipPath>"#);
    let _ = writeln!(svg, r#"<g clip-path="url(#{clip})">"#);
    for series in &panel.series {
        let style = style(styles, &series.label);
        match series.kind {
            Kind::Band => band(svg, series, style, &frame),
            Kind::Path => line(svg, series, style, &frame, r#"stroke-width="1" stroke-opacity="0.7""#),
            Kind::Prediction => {
                let dash = if style.dash.is_empty() { String::new() } else { format!(r#" stroke-dasharray="{}""#, style.dash) };
                line(svg, series, style, &frame, &format!(r#"stroke-width="1.8"{dash}"#));
            }
            Kind::Measurement => {}
        }
    }
    // Points above all lines.
    for series in panel.series.iter().filter(|series| series.kind == Kind::Measurement) {
        points(svg, series, style(styles, &series.label), &frame);
    }
    svg.push_str("</g>\n");
}

fn axes(svg: &mut String, panel: &Panel, frame: &Frame) {
    let (left, top, bottom, right) = (frame.left, frame.top, frame.bottom(), frame.left + frame.width);
    for Tick { at, label } in frame.x.ticks(5) {
        let x = frame.horizontal(frame.x.share(at));
        let _ =
            writeln!(svg, r#"<path d="M{x:.1} {top:.1}V{bottom:.1}" stroke="{GRID}"/><path d="M{x:.1} {bottom:.1}v4" stroke="{INK}"/>"#);
        let _ = writeln!(svg, r#"<text x="{x:.1}" y="{:.1}" font-size="11" text-anchor="middle">{label}</text>"#, bottom + 16.0);
    }
    for Tick { at, label } in frame.y.ticks(6) {
        let y = frame.vertical(frame.y.share(at));
        let _ = writeln!(svg, r#"<path d="M{left:.1} {y:.1}H{right:.1}" stroke="{GRID}"/><path d="M{left:.1} {y:.1}h-4" stroke="{INK}"/>"#);
        let _ = writeln!(svg, r#"<text x="{:.1}" y="{:.1}" font-size="11" text-anchor="end">{label}</text>"#, left - 7.0, y + 3.8);
    }
    let _ = writeln!(
        svg,
        r#"<rect x="{left:.1}" y="{top:.1}" width="{:.1}" height="{:.1}" fill="none" stroke="{INK}"/>"#,
        frame.width, frame.height
    );
    let (x, y) = (left + frame.width / 2.0, bottom + 35.0);
    let _ = writeln!(svg, r#"<text x="{x:.1}" y="{y:.1}" text-anchor="middle">{}</text>"#, escape(&panel.x.label));
    let (x, y) = (left - LEFT + 14.0, top + frame.height / 2.0);
    let size = (frame.height * 1.1 / (CHARACTER * panel.y.label.chars().count().max(1) as f64)).clamp(8.0, 12.0);
    let label = escape(&panel.y.label);
    let _ = writeln!(
        svg,
        r#"<text transform="translate({x:.1} {y:.1}) rotate(-90)" font-size="{size:.1}" text-anchor="middle">{label}</text>"#
    );
}

/// A polyline through the marks, broken where a value has no place on the axis.
fn line(svg: &mut String, series: &Series, style: &Style, frame: &Frame, attributes: &str) {
    let places: Vec<(f64, f64)> = series.marks.iter().map(|mark| (frame.x(mark), frame.y(mark.y))).collect();
    let mut path = String::new();
    for run in places.split(|(x, y)| !(x.is_finite() && y.is_finite())) {
        for (i, (x, y)) in thinned(run).into_iter().enumerate() {
            let _ = write!(path, "{}{x:.1} {y:.1}", if i == 0 { 'M' } else { 'L' });
        }
    }
    let _ = writeln!(svg, r#"<path d="{path}" fill="none" stroke="{}" {attributes}/>"#, style.colour);
}

fn band(svg: &mut String, series: &Series, style: &Style, frame: &Frame) {
    let ends: Vec<(f64, f64, f64)> = series
        .marks
        .iter()
        .filter_map(|mark| mark.range.map(|(low, high)| (frame.x(mark), frame.y(low), frame.y(high))))
        .filter(|(x, low, high)| x.is_finite() && low.is_finite() && high.is_finite())
        .collect();
    let upper = ends.iter().map(|(x, _, high)| (x, high));
    let lower = ends.iter().rev().map(|(x, low, _)| (x, low));
    let points: Vec<String> = upper.chain(lower).map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
    let _ = writeln!(svg, r#"<polygon points="{}" fill="{}" fill-opacity="0.18" stroke="none"/>"#, points.join(" "), style.colour);
}

fn points(svg: &mut String, series: &Series, style: &Style, frame: &Frame) {
    for mark in &series.marks {
        let x = frame.x(mark);
        if !x.is_finite() || mark.y.mantissa().is_nan() {
            continue;
        }
        if let Some((low, high)) = mark.range {
            let (low, high) = (frame.y(low), frame.y(high));
            let (from, to) = (x - 3.0, x + 3.0);
            let _ = writeln!(
                svg,
                r#"<path d="M{x:.1} {low:.1}V{high:.1}M{from:.1} {low:.1}H{to:.1}M{from:.1} {high:.1}H{to:.1}" stroke="{}" stroke-width="1.2"/>"#,
                style.colour
            );
        }
        if frame.y_logarithmic && mark.y.mantissa() <= 0.0 {
            style.mark_off_scale(svg, x, frame.bottom());
        } else {
            style.mark(svg, x, frame.y(mark.y));
        }
    }
}
