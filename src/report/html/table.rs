//! The verdict table and its filter.

use std::fmt::Write as _;

use crate::report::json::Row;
use crate::report::phrase::{found, number, point, verdict};
use crate::report::text::escape;

use super::{Page, badge, prose};

/// The values of a column that occur, each once, in order of appearance.
fn occurring<'a>(rows: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    rows.fold(Vec::new(), |mut values, value| {
        if !values.contains(&value) {
            values.push(value);
        }
        values
    })
}

fn choice(label: &str, name: &str, values: &[&str]) -> String {
    let options: String = values.iter().map(|value| format!("<option>{}</option>", escape(value))).collect();
    format!(r#"<label>{label} <select name="{name}"><option value="">any</option>{options}</select></label>{}"#, "\n")
}

/// The table of all judgements of claims, after a filter that shows itself only where scripts run.
pub(super) fn verdicts(page: &Page<'_>) -> String {
    let rows: Vec<&Row> = page.document.outcomes.iter().filter(|row| row.rival.is_none()).collect();
    let mut html = String::from("<form class=\"filters\" id=\"filters\" hidden>\n");
    html.push_str(&choice("Verdict", "verdict", &occurring(rows.iter().map(|row| row.verdict.as_str()))));
    html.push_str(&choice("Rung", "rung", &occurring(rows.iter().map(|row| row.rung.as_str()))));
    html.push_str(
        "<label>Text <input type=\"search\" name=\"text\" placeholder=\"claim, method, parameter…\"></label>\n\
         <label><input type=\"checkbox\" name=\"surprising\"> only unexpected</label>\n\
         <button type=\"reset\">Clear</button>\n<output id=\"shown\"></output>\n</form>\n",
    );
    html.push_str("<div class=\"scroll\"><table class=\"cards\" id=\"verdict-table\">\n<thead><tr>");
    for name in ["Claim", "Evidence", "Verdict", "At", "Formula gives", "Found", "n", "Reproduce"] {
        let _ = write!(html, "<th scope=\"col\">{name}</th>");
    }
    html.push_str("</tr></thead>\n<tbody>\n");
    for row in rows {
        html.push_str(&line(page, row));
    }
    html + "</tbody></table></div>\n"
}

fn line(page: &Page<'_>, row: &Row) -> String {
    let expected = if row.as_expected { "yes" } else { "no" };
    let mut html = format!(r#"<tr data-verdict="{}" data-rung="{}" data-expected="{expected}">"#, escape(&row.verdict), escape(&row.rung));
    let anchor = if page.catalogue.theorem(&row.claim).is_some() {
        format!("<a href=\"#{0}.{1}\">{0}.{1}</a>", escape(&row.claim), escape(&row.part))
    } else {
        escape(&row.name())
    };
    let n = if row.n == 0 { "—".to_owned() } else { row.n.to_string() };
    let at = point(&row.parameters);
    for (label, class, cell) in [
        ("Claim", "", anchor),
        ("Evidence", "", format!("{} <span class=\"faint\">({})</span>", escape(&row.method), escape(&row.rung))),
        ("Verdict", "", badge(&row.verdict, &verdict(row), row.as_expected)),
        ("At", "wide", escape(if at.is_empty() { "—" } else { &at })),
        ("Formula gives", "number", prose(&number(row.predicted.as_ref()))),
        ("Found", "number", prose(&found(row))),
        ("n", "number", n),
        ("Reproduce", "", format!("<details><summary>run</summary><code>{}</code></details>", escape(&row.reproduce))),
    ] {
        let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
        let _ = write!(html, "<td{class} data-label=\"{label}\"><span>{cell}</span></td>");
    }
    html + "</tr>\n"
}
