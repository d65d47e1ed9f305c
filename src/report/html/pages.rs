//! The pages around the theorems: errata, rivals, how to disagree, limits, reconstructed, not covered, trusted base.

use std::fmt::Write as _;

use crate::report::foundation::FOUNDATION;
use crate::report::json::Row;
use crate::report::phrase::{plural, point, rate, resolution};
use crate::report::standing::{fates, is_erratum, leaves_open};
use crate::report::text::escape;

use super::{Page, badge, link, paragraph, prose};

/// A table whose cells are HTML already; `class="cards"` turns rows into cards on a narrow page.
pub(super) fn table<const N: usize>(names: [&str; N], rows: &[[String; N]]) -> String {
    if rows.is_empty() {
        return "<p>Nothing.</p>\n".to_owned();
    }
    let mut html = String::from("<div class=\"scroll\"><table class=\"cards\">\n<thead><tr>");
    for name in names {
        let _ = write!(html, "<th scope=\"col\">{name}</th>");
    }
    html.push_str("</tr></thead>\n<tbody>\n");
    for row in rows {
        html.push_str("<tr>");
        for (name, cell) in names.iter().zip(row) {
            let _ = write!(html, "<td data-label=\"{name}\"><span>{cell}</span></td>");
        }
        html.push_str("</tr>\n");
    }
    html + "</tbody></table></div>\n"
}

pub(super) fn code(text: &str) -> String {
    format!("<code>{}</code>", escape(text))
}

pub(super) fn errata(page: &Page<'_>) -> String {
    let mut html = String::new();
    for theorem in page.catalogue.theorems {
        for claim in theorem.claims {
            let rows: Vec<&Row> = page
                .document
                .outcomes
                .iter()
                .filter(|row| row.claim == theorem.slug && row.part == claim.part && is_erratum(row))
                .collect();
            if rows.is_empty() {
                continue;
            }
            let name = format!("{}.{}", theorem.slug, claim.part);
            let _ = writeln!(html, "<h4><a href=\"#{0}\">{0}</a> {1}</h4>", escape(&name), escape(theorem.source));
            html.push_str(&paragraph("says", claim.says));
            html.push_str(&erratum(rows[0]));
            if rows.len() > 1 {
                let others: String = rows[1..].iter().map(|row| erratum(row)).collect();
                let _ = writeln!(html, "<details><summary>{} more</summary>\n{others}</details>", rows.len() - 1);
            }
        }
    }
    if html.is_empty() { "<p>None shown by this audit.</p>\n".to_owned() } else { html }
}

/// What refutes a statement: the witness, or the reason where there is none, and the command that shows it.
fn erratum(row: &Row) -> String {
    let says = match &row.witness {
        Some(witness) => {
            let at = point(&witness.parameters);
            let at = if at.is_empty() { String::new() } else { format!("At {}: ", code(&at)) };
            let decimal = row.witness_decimal().map(|value| format!(" ({value})")).unwrap_or_default();
            format!("Witness: {at}claimed {}, found {}{decimal}.", code(&witness.claimed), code(&witness.found))
        }
        None => prose(&row.reason),
    };
    format!(
        "<div class=\"evidence refuted\"><p>{} by {} ({}). {says}</p><pre><code>{}</code></pre></div>\n",
        badge("refuted", "refuted", true),
        escape(&row.method),
        escape(&row.rung),
        escape(&row.reproduce)
    )
}

pub(super) fn rivals(page: &Page<'_>) -> String {
    let rows: Vec<[String; 4]> = fates(&page.document.outcomes)
        .iter()
        .map(|fate| {
            let or_dash = |list: Vec<String>| if list.is_empty() { "—".to_owned() } else { escape(&list.join(", ")) };
            let killed = fate.killed_by.iter().map(|&method| method.to_owned()).collect();
            let spared = fate.spared_by.iter().map(|(method, verdict)| format!("{method} ({verdict})")).collect();
            [format!("{}.{}", link(fate.claim), escape(fate.part)), escape(fate.rival), or_dash(killed), or_dash(spared)]
        })
        .collect();
    table(["Claim", "Rival", "Refuted by", "Not refuted by"], &rows)
}

pub(super) fn disagree(page: &Page<'_>) -> String {
    let quantity = page.catalogue.theorems.iter().find_map(|theorem| theorem.quantities.first().map(|quantity| (theorem, quantity)));
    let Some((theorem, quantity)) = quantity else { return "<p>This report holds no formula.</p>\n".to_owned() };
    let name = format!("{}.{}", theorem.slug, quantity.id);
    let steps = [
        (
            "If you think that a formula is wrong, write yours. It is judged by the same evidence: equal, refuted with a point that separates the two, or not refuted and what it would take.",
            format!("cargo run -- check {name} --formula \"{}\"", quantity.formula.split_whitespace().collect::<Vec<_>>().join(" ")),
        ),
        (
            "If you doubt a number, ask for it at your own point. Values may be formulas, as in --set tau=\"sqrt(3)\".",
            format!("cargo run -- show {}", theorem.slug),
        ),
        (
            "If you suspect luck, take another seed. Verdicts must not change; estimates may, inside their intervals.",
            format!("cargo run -- audit {} --seed random", theorem.slug),
        ),
        (
            "If you suspect that the evidence would accept anything, see which wrong formulas it refutes.",
            format!("cargo run -- mutants {}", theorem.slug),
        ),
        ("If you doubt an argument, read what it rests on.", format!("cargo run -- why {}", theorem.slug)),
    ];
    let steps: String =
        steps.iter().map(|(says, command)| format!("<li>{}<pre><code>{}</code></pre></li>\n", escape(says), escape(command))).collect();
    format!("<ol>\n{steps}</ol>\n")
}

pub(super) fn limits(page: &Page<'_>) -> String {
    let rows = || page.document.outcomes.iter();
    let claim = |row: &Row| format!("{}.{}", link(&row.claim), escape(&row.part));
    let mut html = String::from(
        "<h4>What sampled evidence cannot see</h4>\n<p>A formula nearer to the truth than the resolution may pass. Asymptotic rates rest on a limit theorem; such evidence never refutes alone.</p>\n",
    );
    let sampled: Vec<[String; 6]> = rows()
        .filter(|row| row.rival.is_none() && row.grade.is_some())
        .map(|row| {
            [
                claim(row),
                escape(&row.method),
                escape(row.grade.as_deref().unwrap_or_default()),
                prose(&resolution(row)),
                prose(&rate(row)),
                row.n.to_string(),
            ]
        })
        .collect();
    html.push_str(&table(["Claim", "Method", "Grade", "Resolution", "Rate", "n"], &sampled));

    html.push_str("<h4>Misses</h4>\n<p>Wrong formulas that a piece of evidence did not refute.</p>\n");
    let missed: Vec<[String; 5]> = rows()
        .filter(|row| row.rival.is_some() && row.verdict != "refuted")
        .map(|row| {
            [claim(row), escape(row.rival.as_deref().unwrap_or_default()), escape(&row.method), escape(&row.verdict), prose(&row.reason)]
        })
        .collect();
    html.push_str(&table(["Claim", "Rival", "Method", "Verdict", "Why"], &missed));

    html.push_str("<h4>Left open</h4>\n");
    let open: Vec<[String; 4]> = rows()
        .filter(|row| leaves_open(row) || (row.rival.is_none() && row.verdict == "inconclusive"))
        .map(|row| [claim(row), escape(&row.method), badge(&row.verdict, &row.verdict, row.as_expected), prose(&row.reason)])
        .collect();
    html + &table(["Claim", "Method", "Verdict", "Why"], &open)
}

/// A list of `what: why`.
fn list(items: impl Iterator<Item = (String, String)>) -> String {
    let items: String = items.map(|(what, why)| format!("<li><b>{what}</b>: {why}</li>\n")).collect();
    if items.is_empty() { "<p>Nothing.</p>\n".to_owned() } else { format!("<ul>\n{items}</ul>\n") }
}

pub(super) fn reconstructed(page: &Page<'_>) -> String {
    let told = page.catalogue.theorems.iter().filter_map(|theorem| theorem.reconstructed.map(|what| (link(theorem.slug), prose(what))));
    list(told)
}

pub(super) fn omissions(page: &Page<'_>) -> String {
    let drawn = |id: &str| page.figures.iter().any(|figure| figure.id == id);
    let figures = page.catalogue.figures.iter().filter(|figure| !drawn(figure.id));
    let undrawn = figures.map(|figure| {
        let why = format!("not drawn yet: <code>cargo run -- figure {}</code>", escape(figure.id));
        (format!("Figure {}", escape(figure.id)), why)
    });
    list(page.catalogue.omissions.iter().map(|omission| (escape(omission.what), prose(omission.why))).chain(undrawn))
}

pub(super) fn trusted(page: &Page<'_>) -> String {
    let lemmas = FOUNDATION.iter().chain(page.catalogue.lemmas);
    list(lemmas.map(|lemma| {
        let uses = page.catalogue.appeals().filter(|appeal| appeal.lemma == lemma.name).count();
        let uses = if uses == 0 { String::new() } else { format!(" Used by {}.", plural(uses, "step", "steps")) };
        (escape(lemma.name), format!("{} <span class=\"faint\">{}</span>{uses}", prose(lemma.says), escape(lemma.source)))
    }))
}
