use super::*;
use crate::report::demonstration::{drawing, page};

#[test]
fn the_page_asks_for_nothing_from_elsewhere() {
    let html = page();
    for needle in ["src=", "@import", "url(http", "<link rel=\"stylesheet\"", "<iframe", "fetch(", "XMLHttpRequest"] {
        assert!(!html.contains(needle), "{needle}");
    }
    // The only addresses are names of namespaces.
    for address in html.match_indices("http").map(|(at, _)| &html[at..]) {
        assert!(address.starts_with("http-equiv") || address.starts_with("http://www.w3.org/"), "{}", &address[..40]);
    }
    assert!(html.contains("default-src 'none'"));
}

#[test]
fn text_of_cards_cannot_become_markup() {
    let html = page();
    assert!(html.contains("nothing &lt;else&gt; &amp; no more") && !html.contains("<else>"));
}

#[test]
fn every_judgement_has_a_row_with_its_number_and_its_command() {
    let html = page();
    let table = html.split("id=\"verdict-table\"").nth(1).and_then(|rest| rest.split("</table>").next()).unwrap();
    assert_eq!(table.matches("<tr data-").count(), 5, "five judgements of claims, none of rivals");
    assert!(table.contains("4.02718·10<sup>−888</sup>"), "the prediction below f64");
    assert_eq!(table.matches("cargo run -- audit ").count(), 5);
    assert_eq!(table.matches("data-expected=\"no\"").count(), 1);
    assert!(table.contains("inconclusive, expected agrees"));
}

#[test]
fn links_inside_the_page_lead_somewhere() {
    let html = page();
    for target in html.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(html.contains(&format!("id=\"{target}\"")), "#{target}");
    }
}

#[test]
fn identifiers_are_unique() {
    let html = page();
    let mut seen = std::collections::BTreeSet::new();
    for id in html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(seen.insert(id), "{id} twice");
    }
}

#[test]
fn what_rests_on_an_open_theorem_says_so() {
    let html = page();
    let article = html.split("<article id=\"lemma-12\">").nth(1).unwrap();
    let article = article.split("</article>").next().unwrap();
    assert!(article.contains("erratum shown") && article.contains("not settled among what it rests on: <a href=\"#thm-5\">"));
    let median = html.split("<article id=\"thm-5\">").nth(1).unwrap();
    assert!(median.split("</article>").next().unwrap().contains("? open"));
}

#[test]
fn formulas_are_mathml_and_figures_are_inside() {
    let html = page();
    assert!(html.contains("<mfrac>") && html.contains("<figure id=\"figure-21\">") && html.contains("data-figure=\"21\""));
    assert!(html.contains("not drawn yet: <code>cargo run -- figure 1</code>"));
    assert!(!html.contains("Stale:"));
}

#[test]
fn a_figure_of_another_seed_or_version_is_marked_stale() {
    let document = crate::report::demonstration::document();
    let (drawing, provenance) = drawing();
    let figure = &crate::report::demonstration::FIGURES[0];
    let svg = crate::report::plot::render(&drawing, &provenance);
    assert!(!embed(figure, &svg, &document).unwrap().html().contains("Stale"));
    for (from, to) in [("data-seed=\"20210603\"", "data-seed=\"7\""), ("data-version=\"0.1.0\"", "data-version=\"0.0.9\"")] {
        assert!(embed(figure, &svg.replace(from, to), &document).unwrap().html().contains("Stale: drawn by version"));
    }
}

#[test]
fn a_picture_that_is_not_ours_stays_out() {
    let document = crate::report::demonstration::document();
    let (drawing, provenance) = drawing();
    let figure = &crate::report::demonstration::FIGURES[0];
    let svg = crate::report::plot::render(&drawing, &provenance);
    for foreign in [
        svg.replace("</svg>", "<script>alert(1)</script></svg>"),
        svg.replace("<svg ", "<svg onload=\"alert(1)\" "),
        svg.replace("data-figure=\"21\"", "data-figure=\"22\""),
        "<svg></svg>".to_owned(),
        String::new(),
    ] {
        assert_eq!(embed(figure, &foreign, &document), None, "{}", &foreign[..foreign.len().min(60)]);
    }
}

#[test]
fn planted_errors_have_a_page_with_their_fates() {
    use crate::report::demonstration::{CATALOGUE, document, typeset};
    use crate::report::json::{MutantRow, MutantsDocument, RungRow};
    assert!(page().contains("cargo run -- mutants --out reports"), "without a table the page says how to make it");
    let row = |killed_by: Option<&str>, error_bits| MutantRow {
        claim: "prop-3".into(),
        quantity: "moment".into(),
        change: "1 becomes 2".into(),
        mutant: "2".into(),
        killed_by: killed_by.map(str::to_owned),
        equivalent: error_bits == Some(120),
        error_bits,
        below_resolution: false,
        reason: "at depth = 1 it gives <2>, the evidence 1".into(),
    };
    let rungs = vec![RungRow { rung: "proved".into(), refuted: 1, seconds: 0.25 }];
    let mutants = MutantsDocument::new(rungs, vec![row(Some("proved: antiderivative"), None), row(None, Some(120)), row(None, None)]);
    let html =
        render(&Page { document: &document(), catalogue: &CATALOGUE, figures: &[], mutants: Some(&mutants), scaling: None, typeset });
    let section = html.split("<section id=\"mutants\">").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(section.contains("3 small errors") && section.contains("1 refuted, 1 shown to be the same function"));
    assert!(section.contains("proved: antiderivative") && section.contains("2<sup>−120</sup>") && section.contains("<b>survives</b>"));
    assert!(section.contains("&lt;2&gt;"));
}
