//! Figures as CSV: the numbers behind the picture, with a comment header that says where they come from.

use std::fmt::Write as _;

use crate::claim::figure::{Drawing, Kind};
use crate::formula::Scaled;

use super::decimal::{log10, machine};
use super::provenance::Provenance;

/// The names of the columns. `y`, `low` and `high` are decimals of nine significant digits and any exponent; their `log10_` twins
/// (of the absolute value, empty at zero) stay readable where `f64` ends.
pub const COLUMNS: &str = "panel,series,kind,x,y,log10_y,low,high,log10_low,log10_high";

/// A drawing as CSV, one line a mark, panels and series in drawing order. Lines that start with `#` are comments.
#[must_use]
pub fn render(drawing: &Drawing, provenance: &Provenance) -> String {
    let Provenance { figure, title, version, seed, command } = provenance;
    let mut text = String::new();
    for (name, value) in [("figure", figure), ("title", title), ("version", version), ("seed", &seed.to_string()), ("command", command)] {
        let _ = writeln!(text, "# {name}: {}", value.replace(['\n', '\r'], " "));
    }
    let _ = writeln!(text, "{COLUMNS}");
    for panel in &drawing.panels {
        for series in &panel.series {
            for mark in &series.marks {
                let (low, high) = mark.range.unzip();
                let fields = [
                    quoted(&panel.title),
                    quoted(&series.label),
                    kind_name(series.kind).to_owned(),
                    machine(Scaled::from(mark.x)),
                    machine(mark.y),
                    logarithm(mark.y),
                    low.map(machine).unwrap_or_default(),
                    high.map(machine).unwrap_or_default(),
                    low.map(logarithm).unwrap_or_default(),
                    high.map(logarithm).unwrap_or_default(),
                ];
                let _ = writeln!(text, "{}", fields.join(","));
            }
        }
    }
    text
}

/// log10 |value| to nine decimals; empty at zero and where not finite.
fn logarithm(value: Scaled) -> String {
    let log10 = log10(value);
    if log10.is_finite() { format!("{log10:.9}") } else { String::new() }
}

const fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Prediction => "prediction",
        Kind::Measurement => "measurement",
        Kind::Path => "path",
        Kind::Band => "band",
    }
}

/// A field, quoted where CSV needs it.
fn quoted(field: &str) -> String {
    if field.contains([',', '"', '\n', '\r']) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::demonstration;

    #[test]
    fn every_mark_is_a_line_with_every_column() {
        let (drawing, provenance) = demonstration::drawing();
        let text = render(&drawing, &provenance);
        let mut lines = text.lines().filter(|line| !line.starts_with('#'));
        assert_eq!(lines.next(), Some(COLUMNS));
        let marks: usize = drawing.panels.iter().flat_map(|panel| &panel.series).map(|series| series.marks.len()).sum();
        let rows: Vec<&str> = lines.collect();
        assert_eq!(rows.len(), marks);
        assert!(rows.iter().all(|row| row.split(',').count() >= COLUMNS.split(',').count()));
        assert!(!text.contains("NaN") && !text.contains("inf"));
        assert!(text.starts_with("# figure: 21\n") && text.contains("# seed: 20210603\n"));
    }

    #[test]
    fn commas_and_quotes_stay_inside_their_field() {
        assert_eq!(quoted("a, \"b\""), "\"a, \"\"b\"\"\"");
        assert_eq!(quoted("plain"), "plain");
    }
}
