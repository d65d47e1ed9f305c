//! The page of scaling: time and memory against width, depth, samples and threads.

use std::fmt::Write as _;

use crate::claim::figure::{Axis, Drawing, Kind, Mark, Panel, Series};
use crate::formula::Scaled;
use crate::report::json::{Exponent, ScalingDocument, SizeRow, SweepRow, WorkRow};
use crate::report::plot;
use crate::report::text::escape;

use super::Page;
use super::pages::table;

/// The tables and pictures, or how to make them.
pub(super) fn render(page: &Page<'_>) -> String {
    let Some(document) = page.scaling else {
        return "<p>Not in this report: <code>cargo bench --bench scaling -- --write</code>, then audit again.</p>\n".to_owned();
    };
    let mut html = format!(
        "<p>Measured on {} by version {}: times are the shortest of several runs, memory is what the peak of a fresh process grew by. An \
         exponent is the slope of a line through the logarithms, with its interval of 95 %.</p>\n",
        escape(&document.processor),
        escape(&document.version),
    );
    html.push_str(&exponents(document));
    for work in &document.works {
        let _ = writeln!(html, "<h4>{}</h4>", escape(&work.work));
        let _ = writeln!(html, "<figure><div class=\"picture\">\n{}</div></figure>", picture(work));
        html.push_str(&sizes(work));
    }
    html
}

fn exponents(document: &ScalingDocument) -> String {
    let rows = document.works.iter().flat_map(|work| work.sweeps.iter().map(move |sweep| (work, sweep)));
    let rows: Vec<[String; 5]> = rows
        .map(|(work, sweep)| {
            let memory = sweep.memory.as_ref().map_or_else(|| "—".to_owned(), exponent);
            [escape(&work.work), escape(&sweep.against), escape(&sweep.held), exponent(&sweep.time), memory]
        })
        .collect();
    table(["Work", "Against", "Held", "Exponent of time", "Exponent of memory"], &rows)
}

fn exponent(exponent: &Exponent) -> String {
    match (exponent.low, exponent.high) {
        (Some(low), Some(high)) => format!("{:.2} [{low:.2}, {high:.2}]", exponent.estimate),
        _ => format!("{:.2} (two sizes)", exponent.estimate),
    }
}

fn sizes(work: &WorkRow) -> String {
    let rows = work.sweeps.iter().flat_map(|sweep| sweep.points.iter().map(move |point| (sweep, point)));
    let rows: Vec<[String; 4]> = rows
        .map(|(sweep, point)| {
            let memory = point.mebibytes.map_or_else(|| "—".to_owned(), |mebibytes| format!("{mebibytes:.1} MiB"));
            let milliseconds = |seconds: f64| format!("{:.3} ms", seconds * 1e3);
            [format!("{} {}", escape(&sweep.against), point.size), milliseconds(point.shortest), milliseconds(point.median), memory]
        })
        .collect();
    format!("<details><summary>All sizes</summary>\n{}</details>\n", table(["Size", "Shortest", "Median", "Memory"], &rows))
}

/// One panel a sweep: times above, memory below.
fn picture(work: &WorkRow) -> String {
    let swept: Vec<&SweepRow> = work.sweeps.iter().filter(|sweep| sweep.points.len() > 2).collect();
    let times = swept.iter().map(|sweep| {
        let mark = |point: &SizeRow| Some((point.size, point.shortest, Some(point.median)));
        panel(sweep, "seconds", mark, Some(&sweep.time))
    });
    let memories = swept.iter().map(|sweep| {
        let mark = |point: &SizeRow| point.mebibytes.map(|mebibytes| (point.size, mebibytes, None));
        panel(sweep, "MiB", mark, sweep.memory.as_ref())
    });
    let drawing = Drawing { panels: times.chain(memories).collect(), columns: swept.len() };
    plot::bare(&drawing, &format!("scaling-{}", work.work), &work.work)
}

fn panel(sweep: &SweepRow, unit: &str, mark: impl Fn(&SizeRow) -> Option<(f64, f64, Option<f64>)>, fit: Option<&Exponent>) -> Panel {
    let measured = sweep.points.iter().filter_map(mark).map(|(x, y, upper)| Mark {
        x,
        y: Scaled::from(y),
        range: upper.map(|upper| (Scaled::from(y), Scaled::from(upper))),
    });
    let measured = Series { label: "measured, shortest to median".into(), kind: Kind::Measurement, marks: measured.collect() };
    let fitted = fit.map(|fit| {
        let at = |point: &SizeRow| Mark { x: point.size, y: Scaled::from(fit.unit * point.size.powf(fit.estimate)), range: None };
        Series { label: "fitted power".into(), kind: Kind::Prediction, marks: sweep.points.iter().map(at).collect() }
    });
    Panel {
        title: format!("{unit} against {}, {}", sweep.against, sweep.held),
        x: Axis::logarithmic(&sweep.against),
        y: Axis::logarithmic(unit),
        series: fitted.into_iter().chain([measured]).collect(),
    }
}
