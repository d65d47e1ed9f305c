//! The section of one theorem: statement, formulas, evidence, rivals, figures.

use std::fmt::Write as _;

use crate::claim::{Claim, Evidence, Step, Theorem};
use crate::report::json::Row;
use crate::report::phrase::{found, number, point, rate, resolution, verdict};
use crate::report::standing::{fates, standing, unsettled_ground};
use crate::report::text::escape;

use super::{Page, badge, graph, link, paragraph, prose};

/// A theorem with everything known about it.
pub(super) fn section(page: &Page<'_>, theorem: &Theorem) -> String {
    let state = standing(theorem.slug, page.document);
    let slug = escape(theorem.slug);
    let mut html = format!("<article id=\"{slug}\">\n<h3>{} <code>{slug}</code></h3>\n", escape(theorem.label));
    let _ = write!(html, "<p class=\"where\"><span class=\"badge {}\">{} {}</span>", graph::class(state), state.sign(), state.name());
    let _ = write!(html, " · {}", escape(theorem.source));
    if theorem.reconstructed.is_some() {
        html.push_str(" · <a class=\"mark\" href=\"#reconstructed\">reconstructed</a>");
    }
    html.push_str("</p>\n");
    html.push_str(&paragraph("says", theorem.says));
    html.push_str(&ground(page, theorem));
    for quantity in theorem.quantities {
        let _ = writeln!(
            html,
            "<h4><code>{slug}.{}</code> {}</h4>\n<div class=\"formula\">{}</div>\n<pre><code>{}</code></pre>",
            escape(quantity.id),
            prose(quantity.says),
            (page.typeset)(quantity.formula),
            escape(quantity.formula)
        );
        for requirement in quantity.requires {
            html.push_str(&paragraph("where", requirement.says));
        }
    }
    for claim in theorem.claims {
        html.push_str(&statement(page, theorem, claim));
    }
    for figure in page.figures.iter().filter(|figure| theorem.figures.contains(&figure.id.as_str())) {
        html.push_str(&match first_shown(page, &figure.id) {
            Some(first) if first.slug != theorem.slug => {
                format!("<p><a href=\"#figure-{0}\">Figure {0}</a> stands at {1}.</p>\n", escape(&figure.id), link(first.slug))
            }
            _ => figure.html(),
        });
    }
    html + "</article>\n"
}

/// The first theorem that a figure shows: the figure stands there, the others link to it.
fn first_shown<'a>(page: &Page<'a>, figure: &str) -> Option<&'a Theorem> {
    page.catalogue.theorems.iter().copied().find(|theorem| theorem.figures.contains(&figure))
}

/// What the theorem rests on and what of that is unsettled.
fn ground(page: &Page<'_>, theorem: &Theorem) -> String {
    if theorem.follows_from.is_empty() {
        return String::new();
    }
    let links: Vec<String> = theorem.follows_from.iter().map(|slug| link(slug)).collect();
    let unsettled: Vec<String> = unsettled_ground(theorem.slug, page.catalogue, page.document).into_iter().map(link).collect();
    let warning =
        if unsettled.is_empty() { String::new() } else { format!(" · not settled among what it rests on: {}", unsettled.join(", ")) };
    format!("<p class=\"where\">Rests on {}{warning}</p>\n", links.join(", "))
}

/// A claim with its evidence and rivals.
fn statement(page: &Page<'_>, theorem: &Theorem, claim: &Claim) -> String {
    let name = format!("{}.{}", theorem.slug, claim.part);
    let relation = format!("{}.{} {} truth", theorem.slug, claim.quantity, claim.relation.sign());
    let mut html = format!("<h4 id=\"{0}\">Claim <code>{0}</code></h4>\n", escape(&name));
    html.push_str(&paragraph("says", claim.says));
    let _ = writeln!(html, "<p class=\"where\">Judged: <code>{}</code></p>", escape(&relation));
    for evidence in claim.evidence {
        let row = page.document.outcomes.iter().find(|row| {
            row.claim == theorem.slug
                && row.part == claim.part
                && row.rival.is_none()
                && row.method == evidence.method
                && row.rung == evidence.rung.name()
        });
        html.push_str(&piece(page, evidence, row));
    }
    html + &rivals(page, theorem, claim)
}

/// One piece of evidence with the verdict on it.
fn piece(page: &Page<'_>, evidence: &Evidence, row: Option<&Row>) -> String {
    let class = row.map_or("skipped", |row| row.verdict.as_str());
    let mut html = format!("<div class=\"evidence {}\">\n<p><b>{}</b> ({}) ", escape(class), escape(evidence.method), evidence.rung.name());
    match row {
        Some(row) => html.push_str(&badge(&row.verdict, &verdict(row), row.as_expected)),
        None => html.push_str("<span class=\"badge skipped\">– not judged by this audit</span>"),
    }
    html.push_str("</p>\n");
    html.push_str(&paragraph("says", evidence.says));
    if !evidence.argument.is_empty() {
        let steps: String = evidence.argument.iter().map(|each| step(page, each)).collect();
        let _ = writeln!(html, "<ul>{steps}</ul>");
    }
    if let Some(row) = row {
        html.push_str(&facts(row));
    }
    html + "</div>\n"
}

fn step(page: &Page<'_>, step: &Step) -> String {
    match step {
        Step::Lemma { name, says } => format!("<li>{} (<a href=\"#trusted\">{}</a>)</li>\n", prose(says), escape(name)),
        Step::Identity { says, left, right, differentiate } => {
            let of = differentiate.map(|name| format!("derivative in <code>{}</code> of ", escape(name))).unwrap_or_default();
            let (left, right) = ((page.typeset)(left), (page.typeset)(right));
            format!("<li>{}: {of}<div class=\"formula\">{left}</div> equals <div class=\"formula\">{right}</div></li>\n", prose(says))
        }
    }
}

/// The numbers behind a verdict.
fn facts(row: &Row) -> String {
    let mut facts: Vec<(&str, String)> = vec![("Reason", prose(&row.reason))];
    if let Some(witness) = &row.witness {
        let at = point(&witness.parameters);
        let at = if at.is_empty() { String::new() } else { format!("at <code>{}</code>: ", escape(&at)) };
        let says = format!("{at}claimed <code>{}</code>, found <code>{}</code>", escape(&witness.claimed), escape(&witness.found));
        facts.push(("Witness", says));
    }
    if row.predicted.is_some() || row.estimate.is_some() || row.interval.is_some() {
        let at = point(&row.parameters);
        let at = if at.is_empty() { String::new() } else { format!(" at <code>{}</code>", escape(&at)) };
        let (predicted, found) = (number(row.predicted.as_ref()), found(row));
        facts.push(("Shown", format!("formula {}, found {}{at}", prose(&predicted), prose(&found))));
    }
    facts.push(("Cases", row.cases.to_string()));
    if let Some(grade) = &row.grade {
        let says = format!(
            "{} draws, {} behind the case shown; resolution {}; rate {} ({})",
            row.draws,
            row.n,
            prose(&resolution(row)),
            prose(&rate(row)),
            escape(grade)
        );
        facts.push(("Chance", says));
    }
    if !row.notes.is_empty() {
        facts.push(("Notes", prose(&row.notes.join("; "))));
    }
    facts.push(("Reproduce", format!("<code>{}</code>", escape(&row.reproduce))));
    let facts: String = facts.iter().map(|(name, says)| format!("<dt>{name}</dt><dd>{says}</dd>\n")).collect();
    format!("<dl class=\"facts\">\n{facts}</dl>\n")
}

/// The rivals of a claim and who killed them.
fn rivals(page: &Page<'_>, theorem: &Theorem, claim: &Claim) -> String {
    if claim.rivals.is_empty() {
        return String::new();
    }
    let rows = page.document.outcomes.iter().filter(|row| row.claim == theorem.slug && row.part == claim.part);
    let fates = fates(rows);
    let mut html = String::from("<p>Rivals:</p>\n<ul>\n");
    for rival in claim.rivals {
        let fate = fates.iter().find(|fate| fate.rival == rival.name);
        let became = match fate {
            None => "not judged by this audit".to_owned(),
            Some(fate) if fate.killed_by.is_empty() => "not refuted".to_owned(),
            Some(fate) => format!("refuted by {}", fate.killed_by.join(", ")),
        };
        let _ = writeln!(html, "<li>{}: <code>{}</code>, {}</li>", escape(rival.name), escape(rival.formula), escape(&became));
    }
    html + "</ul>\n"
}
