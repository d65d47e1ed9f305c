//! The claim graph: who rests on whom, with standings computed from the verdicts.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::report::bundle::Catalogue;
use crate::report::standing::{Standing, standing, unsettled_ground};
use crate::report::text::escape;

use super::{Page, link};

const BOX: (f64, f64) = (192.0, 30.0);
const GAP: (f64, f64) = (48.0, 14.0);

/// The class of a standing in the style sheet.
pub(super) const fn class(standing: Standing) -> &'static str {
    match standing {
        Standing::Stands => "stands agrees",
        Standing::Erratum => "erratum refuted",
        Standing::Open => "open inconclusive",
        Standing::Unjudged => "unjudged skipped",
        Standing::Contradicted => "contradicted",
    }
}

/// The picture, and the same as a list.
pub(super) fn render(page: &Page<'_>) -> String {
    let mut html = String::from(
        "<p>An arrow leads from a statement to what uses it. ✓ stands · ✗ shows an erratum · ? open · – not judged · ! contradicted.</p>\n",
    );
    let _ = writeln!(html, "<div class=\"graph scroll\">\n{}</div>\n<details><summary>As a list</summary>\n<ul>", picture(page));
    for theorem in page.catalogue.theorems {
        let state = standing(theorem.slug, page.document);
        let ground: Vec<String> = theorem.follows_from.iter().map(|slug| link(slug)).collect();
        let ground = if ground.is_empty() { String::new() } else { format!(", rests on {}", ground.join(", ")) };
        let unsettled: Vec<String> = unsettled_ground(theorem.slug, page.catalogue, page.document).into_iter().map(link).collect();
        let unsettled = if unsettled.is_empty() { String::new() } else { format!("; not settled: {}", unsettled.join(", ")) };
        let _ = writeln!(html, "<li>{} {} {}{ground}{unsettled}</li>", state.sign(), link(theorem.slug), state.name());
    }
    html + "</ul></details>\n"
}

/// The column of each theorem: one right of the last that it rests on. A circle in the cards ends at the number of theorems.
fn columns<'a>(catalogue: &Catalogue<'a>) -> BTreeMap<&'a str, usize> {
    let mut columns: BTreeMap<&str, usize> = catalogue.theorems.iter().map(|theorem| (theorem.slug, 0)).collect();
    for _ in catalogue.theorems {
        for theorem in catalogue.theorems {
            let after = theorem.follows_from.iter().filter_map(|slug| columns.get(slug)).map(|column| column + 1).max().unwrap_or(0);
            let after = after.min(catalogue.theorems.len());
            columns.insert(theorem.slug, after);
        }
    }
    columns
}

fn picture(page: &Page<'_>) -> String {
    let columns = columns(page.catalogue);
    let mut rows: BTreeMap<usize, usize> = BTreeMap::new();
    let mut places: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for theorem in page.catalogue.theorems {
        let column = columns[theorem.slug];
        let row = rows.entry(column).or_default();
        places.insert(theorem.slug, (4.0 + column as f64 * (BOX.0 + GAP.0), 4.0 + *row as f64 * (BOX.1 + GAP.1)));
        *row += 1;
    }
    let width = places.values().map(|place| place.0 + BOX.0 + 4.0).fold(0.0, f64::max);
    let height = places.values().map(|place| place.1 + 2.0 * BOX.1 + GAP.1).fold(0.0, f64::max);
    let mut svg = format!(
        "<svg width=\"{width:.0}\" height=\"{height:.0}\" viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\" aria-label=\"claim graph\">\n"
    );
    svg.push_str("<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0L8 4L0 8\"/></marker></defs>\n");
    for theorem in page.catalogue.theorems {
        let (x, y) = places[theorem.slug];
        for from in theorem.follows_from.iter().filter_map(|slug| places.get(slug)) {
            let (start, end) = ((from.0 + BOX.0, from.1 + BOX.1 / 2.0), (x, y + BOX.1 / 2.0));
            let bend = (end.0 - start.0) / 2.0;
            // An arrow that passes a column swings below its boxes.
            let sag = if bend > BOX.0 / 2.0 { BOX.1 + GAP.1 } else { 0.0 };
            let (low, high) = (start.1 + sag, end.1 + sag);
            let curve = [(start.0 + bend, low), (end.0 - bend, high), end].map(|(x, y)| format!("{x:.0} {y:.0}")).join(" ");
            let _ = writeln!(svg, "<path d=\"M{:.0} {:.0}C{curve}\" marker-end=\"url(#arrow)\"/>", start.0, start.1);
        }
    }
    for theorem in page.catalogue.theorems {
        let (x, y) = places[theorem.slug];
        let state = standing(theorem.slug, page.document);
        let slug = escape(theorem.slug);
        let _ = writeln!(
            svg,
            "<a href=\"#{slug}\"><g class=\"{}\"><title>{}: {}</title><rect x=\"{x:.0}\" y=\"{y:.0}\" width=\"{:.0}\" height=\"{:.0}\" rx=\"5\"/><text x=\"{:.0}\" y=\"{:.0}\">{} {slug}</text></g></a>",
            class(state),
            escape(theorem.label),
            state.name(),
            BOX.0,
            BOX.1,
            x + 9.0,
            y + 20.0,
            state.sign()
        );
    }
    svg + "</svg>\n"
}
