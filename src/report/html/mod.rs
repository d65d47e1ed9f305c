//! `report.html`: one file that opens offline, with everything a reviewer asks for first. Readable without JavaScript.

mod figures;
mod graph;
mod heat_map;
pub mod inspection;
mod mutants;
mod pages;
mod prose;
mod scaling;
mod table;
mod theorem;

use std::fmt::Write as _;

pub use figures::{Embedded, embed};
use prose::prose;

use super::bundle::Catalogue;
use super::decimal::share;
use super::json::{AuditDocument, MutantsDocument, ScalingDocument};
use super::phrase::plural;
use super::standing::count;
use super::text::escape;

const TEMPLATE: &str = include_str!("report.html");
const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");

/// What the page is made of.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    /// The verdicts.
    pub document: &'a AuditDocument,
    /// The cards, lemmas and omissions.
    pub catalogue: &'a Catalogue<'a>,
    /// The figures that exist.
    pub figures: &'a [Embedded],
    /// What became of planted errors, if it was counted.
    pub mutants: Option<&'a MutantsDocument>,
    /// How time and memory grow, if it was measured.
    pub scaling: Option<&'a ScalingDocument>,
    /// Formula text to MathML.
    pub typeset: fn(&str) -> String,
}

/// The page.
#[must_use]
pub fn render(page: &Page<'_>) -> String {
    fill(TEMPLATE, |name| match name {
        "style" => STYLE.to_owned(),
        "script" => SCRIPT.to_owned(),
        "version" => escape(&page.document.version),
        "summary" => summary(page.document),
        "verdicts" => table::verdicts(page),
        "errata" => pages::errata(page),
        "theorems" => page.catalogue.theorems.iter().map(|theorem| theorem::section(page, theorem)).collect(),
        "graph" => graph::render(page),
        "rivals" => pages::rivals(page),
        "mutants" => mutants::render(page),
        "scaling" => scaling::render(page),
        "disagree" => pages::disagree(page),
        "limits" => pages::limits(page),
        "reconstructed" => pages::reconstructed(page),
        "omissions" => pages::omissions(page),
        "trusted" => pages::trusted(page),
        _ => String::new(),
    })
}

/// The template with each `{{name}}` replaced; what is put in is not searched again.
fn fill(template: &str, value: impl Fn(&str) -> String) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}").expect("the template closes what it opens");
        text.push_str(before);
        text.push_str(&value(name));
        rest = after;
    }
    text + rest
}

/// Settings and counts.
fn summary(document: &AuditDocument) -> String {
    let counts = count(document);
    let mut html = String::new();
    let _ = writeln!(
        html,
        "<p>Version {} · seed {} · effort {} · device {}<br>False alarms over all exact-grade evidence at most {} · missed rivals at \
         most {}</p>\n<ul class=\"counts\">",
        escape(&document.version),
        document.seed,
        escape(&document.effort),
        escape(&document.device),
        prose(&share(document.false_alarm)),
        prose(&share(document.miss)),
    );
    let of = plural(counts.judgements, "judgement", "judgements");
    for (class, number, says) in [
        ("agrees", counts.as_expected, format!("of {of} as expected")),
        ("contradicted", counts.contradictions, "contradicting their expectation".to_owned()),
        ("inconclusive", counts.inconclusive, "inconclusive".to_owned()),
        ("skipped", counts.skipped, "skipped".to_owned()),
        ("refuted", counts.errata, "refuted, as expected".to_owned()),
        ("agrees", counts.killed, format!("of {} refuted", plural(counts.rivals, "rival", "rivals"))),
    ] {
        let quiet = if number == 0 { " quiet" } else { "" };
        let _ = writeln!(html, r#"<li class="{class}{quiet}"><b>{number}</b> {says}</li>"#);
    }
    html + "</ul>\n"
}

/// A verdict with its sign, in its colour.
fn badge(verdict: &str, says: &str, expected: bool) -> String {
    let sign = match verdict {
        "agrees" => "✓",
        "refuted" => "✗",
        "inconclusive" => "?",
        _ => "–",
    };
    let class = if expected { "" } else { " unexpected" };
    format!(r#"<span class="badge {}{class}">{sign} {}</span>"#, escape(verdict), escape(says))
}

/// A link to a theorem's section.
fn link(slug: &str) -> String {
    format!(r##"<a href="#{0}">{0}</a>"##, escape(slug))
}

/// Text in a paragraph of its own, if there is any.
fn paragraph(class: &str, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("<p class=\"{class}\">{}</p>\n", prose(text)) }
}

#[cfg(test)]
mod tests;
