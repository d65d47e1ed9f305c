//! Figures as SVG: predictions as lines, measurements as points with intervals, bands shaded, single runs thin.
//!
//! Laid out by hand, in tenths of a pixel, so that the same drawing gives the same bytes. Logarithmic axes work on log10 and
//! reach any magnitude. Fonts are left as text; the background is white, so a figure reads on a dark page too.

mod axis;
mod legend;
mod palette;
mod panel;

use std::fmt::Write as _;

use crate::claim::figure::Drawing;

use super::provenance::Provenance;
use super::text::{escape, wrap};

/// The width of one panel with its axis labels, in pixels.
const PANEL_WIDTH: f64 = 400.0;
/// The height of one panel with its title and axis labels, in pixels.
const PANEL_HEIGHT: f64 = 300.0;
/// The margin around the picture, in pixels.
const MARGIN: f64 = 12.0;
/// The average width of a character as a share of the font size, with room to spare.
const CHARACTER: f64 = 0.56;

/// The picture of a drawing that is part of a page, which says where it comes from. `identifier` is unique on the page.
#[must_use]
pub fn bare(drawing: &Drawing, figure: &str, title: &str) -> String {
    let identifier = identifier(figure);
    picture(drawing, &identifier, title, "", "")
}

/// The picture of a drawing. The root element carries `data-figure`, `data-seed` and `data-version`.
#[must_use]
pub fn render(drawing: &Drawing, provenance: &Provenance) -> String {
    let Provenance { figure, version, seed, .. } = provenance;
    let data = format!(r#" data-figure="{}" data-seed="{seed}" data-version="{}""#, escape(figure), escape(version));
    picture(drawing, &identifier(figure), &provenance.title, &data, &provenance.line())
}

/// `data` are further attributes of the root element, `line` stands below the picture.
fn picture(drawing: &Drawing, identifier: &str, title: &str, data: &str, line: &str) -> String {
    let columns = drawing.columns.clamp(1, drawing.panels.len().max(1));
    let rows = drawing.panels.len().div_ceil(columns);
    let width = columns as f64 * PANEL_WIDTH + 2.0 * MARGIN;
    let heading = wrap(title, fit(width, 16.0));
    let header = MARGIN + 22.0 * heading.len() as f64 + 4.0;
    let styles = palette::styles(drawing);
    let legend = legend::layout(drawing, &styles, width - 2.0 * MARGIN);
    let below = header + rows as f64 * PANEL_HEIGHT + 8.0;
    let footer = wrap(line, fit(width, 10.0));
    let height = below + legend.height + 14.0 * footer.len() as f64 + MARGIN;

    let mut svg = String::new();
    let _ = writeln!(
        svg,
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0} {height:.0}" width="{width:.0}" height="{height:.0}" role="img" font-family="Helvetica, Arial, sans-serif" font-size="12" fill="{ink}"{data}>"#,
        ink = palette::INK,
    );
    let _ = writeln!(svg, "<title>{}</title>", escape(title));
    let _ = writeln!(svg, r##"<rect width="{width:.0}" height="{height:.0}" fill="#ffffff"/>"##);
    for (i, line) in heading.iter().enumerate() {
        let y = MARGIN + 16.0 + 22.0 * i as f64;
        let _ = writeln!(svg, r#"<text x="{MARGIN}" y="{y:.1}" font-size="16" font-weight="bold">{}</text>"#, escape(line));
    }
    for (i, panel) in drawing.panels.iter().enumerate() {
        let left = MARGIN + (i % columns) as f64 * PANEL_WIDTH;
        let top = header + (i / columns) as f64 * PANEL_HEIGHT;
        let clip = format!("clip-{identifier}-{i}");
        panel::draw(&mut svg, panel, &styles, (left, top), &clip);
    }
    legend.draw(&mut svg, MARGIN, below);
    for (i, line) in footer.iter().enumerate() {
        let y = below + legend.height + 12.0 + 14.0 * i as f64;
        let _ = writeln!(svg, r#"<text x="{MARGIN}" y="{y:.1}" font-size="10" fill="{}">{}</text>"#, palette::FAINT, escape(line));
    }
    svg.push_str("</svg>\n");
    svg
}

/// How many characters of that font size fit between the margins.
fn fit(width: f64, font_size: f64) -> usize {
    ((width - 2.0 * MARGIN) / (CHARACTER * font_size)) as usize
}

/// Letters, digits and hyphens only.
fn identifier(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::figure::{Axis, Kind, Mark, Panel, Series};
    use crate::formula::Scaled;
    use crate::report::demonstration;

    fn picture() -> String {
        let (drawing, provenance) = demonstration::drawing();
        render(&drawing, &provenance)
    }

    #[test]
    fn a_figure_carries_its_seed_version_and_command() {
        let svg = picture();
        for needle in [r#"data-seed="20210603""#, r#"data-version="0.1.0""#, "figure 21 --scale small", "Mean against median &lt;of&gt;"] {
            assert!(svg.contains(needle), "{needle}");
        }
    }

    #[test]
    fn nothing_unplottable_reaches_the_picture() {
        let svg = picture();
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "coordinates are finite");
        assert!(svg.contains("▽"), "the zero on the logarithmic axis is shown and explained");
    }

    #[test]
    fn every_label_has_one_legend_entry_below_the_data() {
        let (drawing, _) = demonstration::drawing();
        let svg = picture();
        let below: f64 = PANEL_HEIGHT;
        for style in palette::styles(&drawing) {
            let entry = format!(">{}</text>", escape(&style.label));
            let lines: Vec<&str> = svg.lines().filter(|line| line.ends_with(&entry)).collect();
            assert_eq!(lines.len(), 1, "{}", style.label);
            let y: f64 = lines[0].split("y=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().parse().unwrap();
            assert!(y > below);
        }
    }

    #[test]
    fn a_drawing_without_data_is_still_a_picture() {
        let axis = || Axis { label: "x".into(), logarithmic: true };
        let marks = vec![Mark { x: f64::NAN, y: Scaled::from(f64::NAN), range: None }];
        let series = vec![Series { label: "nothing".into(), kind: Kind::Measurement, marks }];
        let panel = Panel { title: "empty".into(), x: axis(), y: axis(), series };
        let (_, provenance) = demonstration::drawing();
        assert!(render(&Drawing { panels: vec![panel], columns: 0 }, &provenance).contains("no data"));
        assert!(render(&Drawing::default(), &provenance).ends_with("</svg>\n"));
    }
}
