//! The whole report of an audit.

use std::fs;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use thiserror::Error;

use crate::claim::figure::Drawing;

use super::bundle::Catalogue;
use super::html::{self, Page, embed};
use super::json::{self, AuditDocument, MutantsDocument, ScalingDocument, TimingsDocument};
use super::provenance::Provenance;
use super::write::{Rendered, WriteError, write};
use super::{csv, markdown, math, numbers, plot};

/// The name of the kill table.
pub const MUTANTS: &str = "mutants.json";

/// The name of the measurements of scaling.
pub const SCALING: &str = "scaling.json";

/// Why there is no report; one sentence.
#[derive(Debug, Error)]
pub enum ReportError {
    /// A written argument appeals to a lemma that nobody wrote down.
    #[error("the argument of {claim}.{part} appeals to `{lemma}`, which is not in the trusted base")]
    UnknownLemma {
        /// The theorem's slug.
        claim: &'static str,
        /// The claim's part.
        part: &'static str,
        /// The lemma's name.
        lemma: &'static str,
    },
    /// A file could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// The files of a report, unwritten: `claims.json`, `timings.json`, `AUDIT.md`, `TRUSTED.md`, `numbers.tex`, `report.html`.
/// The first two are the documents; all the others are views of them. Figures found in `figures` as `<id>.svg` are put into the page, marked stale where their seed or version is not the audit's,
/// and so are the kill table and the measurements of scaling beside that directory, `mutants.json` and `scaling.json`.
/// All but `timings.json` are the same bytes for the same outcomes and figures.
///
/// # Errors
/// [`ReportError::UnknownLemma`].
pub fn render_all(
    catalogue: &Catalogue<'_>,
    document: &AuditDocument,
    timings: &TimingsDocument,
    figures: &Path,
) -> Result<Vec<Rendered>, ReportError> {
    render_with(catalogue, document, timings, figures, math::typeset)
}

/// [`render_all`] with another way to set formulas.
fn render_with(
    catalogue: &Catalogue<'_>,
    document: &AuditDocument,
    timings: &TimingsDocument,
    figures: &Path,
    typeset: fn(&str) -> String,
) -> Result<Vec<Rendered>, ReportError> {
    if let Some(appeal) = catalogue.unknown_appeals().into_iter().next() {
        return Err(ReportError::UnknownLemma { claim: appeal.claim, part: appeal.part, lemma: appeal.lemma });
    }
    let known = catalogue.figures.iter();
    let embedded: Vec<_> = known
        .filter_map(|figure| {
            let svg = fs::read_to_string(figures.join(format!("{}.svg", figure.id))).ok()?;
            embed(figure, &svg, document)
        })
        .collect();
    let mutants: Option<MutantsDocument> = beside(figures, MUTANTS);
    let scaling: Option<ScalingDocument> = beside(figures, SCALING);
    let page = Page { document, catalogue, figures: &embedded, mutants: mutants.as_ref(), scaling: scaling.as_ref(), typeset };
    let [audited, trusted, macros] = render_pages(document, catalogue);
    Ok(vec![
        Rendered::new("claims.json", json::render(document)),
        Rendered::new("timings.json", json::render(timings)),
        audited,
        trusted,
        macros,
        Rendered::new("report.html", html::render(&page)),
    ])
}

/// The document of that name that lies beside the directory of figures, if one of this version does.
fn beside<T: DeserializeOwned>(figures: &Path, name: &str) -> Option<T> {
    let text = fs::read_to_string(figures.with_file_name(name)).ok()?;
    serde_json::from_str(&text).ok()
}

/// The files of a report that follow from its document alone, unwritten: `AUDIT.md`, `TRUSTED.md`, `numbers.tex`.
#[must_use]
pub fn render_pages(document: &AuditDocument, catalogue: &Catalogue<'_>) -> [Rendered; 3] {
    [
        Rendered::new("AUDIT.md", markdown::audit(document, catalogue)),
        Rendered::new("TRUSTED.md", markdown::trusted(catalogue)),
        Rendered::new("numbers.tex", numbers::render(document)),
    ]
}

/// Writes the whole report below `directory`, every file whole or none. Returns the paths written.
///
/// # Errors
/// [`ReportError`]; old files are then as they were.
pub fn write_all(
    directory: &Path,
    catalogue: &Catalogue<'_>,
    document: &AuditDocument,
    timings: &TimingsDocument,
    figures: &Path,
) -> Result<Vec<PathBuf>, ReportError> {
    Ok(write(directory, &render_all(catalogue, document, timings, figures)?)?)
}

/// The files of a figure, unwritten: `<id>.csv` and `<id>.svg`.
#[must_use]
pub fn render_figure(drawing: &Drawing, provenance: &Provenance) -> [Rendered; 2] {
    let name = |ending: &str| format!("{}.{ending}", provenance.figure);
    [Rendered::new(name("csv"), csv::render(drawing, provenance)), Rendered::new(name("svg"), plot::render(drawing, provenance))]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::Lemma;
    use crate::report::demonstration::{CATALOGUE, LEMMAS, audit, drawing, outcomes, typeset};

    fn documents(outcomes: &[crate::claim::Outcome]) -> (AuditDocument, TimingsDocument) {
        let audit = audit(outcomes);
        (AuditDocument::new(&audit, &CATALOGUE), TimingsDocument::new(&audit, &CATALOGUE))
    }

    fn written(outcomes: &[crate::claim::Outcome], out: &Path) -> Vec<Rendered> {
        let (document, timings) = documents(outcomes);
        let files = render_with(&CATALOGUE, &document, &timings, &out.join("figures"), typeset).unwrap();
        write(out, &files).unwrap();
        files
    }

    #[test]
    fn a_report_is_six_files_and_the_figures_that_lie_there() {
        let home = tempfile::tempdir().unwrap();
        let outcomes = outcomes();
        let without = written(&outcomes, home.path());
        let names: Vec<_> = without.iter().map(|file| file.name.to_str().unwrap()).collect();
        assert_eq!(names, ["claims.json", "timings.json", "AUDIT.md", "TRUSTED.md", "numbers.tex", "report.html"]);
        assert!(!without[5].text.contains("id=\"figure-21\""));

        let (drawing, provenance) = drawing();
        fs::create_dir(home.path().join("figures")).unwrap();
        fs::write(home.path().join("figures/21.svg"), plot::render(&drawing, &provenance)).unwrap();
        let with = written(&outcomes, home.path());
        assert!(with[5].text.contains("id=\"figure-21\""));
        assert_eq!(with[..5], without[..5]);
        assert_eq!(fs::read_to_string(home.path().join("report.html")).unwrap(), with[5].text);
    }

    #[test]
    fn the_same_outcomes_give_the_same_bytes_but_for_the_timings() {
        let home = tempfile::tempdir().unwrap();
        let one = written(&outcomes(), home.path());
        let mut slower = outcomes();
        slower.rotate_left(3);
        slower.iter_mut().for_each(|outcome| outcome.seconds *= 2.0);
        let other = written(&slower, home.path());
        for (one, other) in one.iter().zip(&other) {
            assert_eq!(one == other, one.name.to_str() != Some("timings.json"), "{}", one.name.display());
        }
    }

    #[test]
    fn an_argument_whose_lemma_does_not_exist_has_no_report() {
        let (document, timings) = documents(&outcomes());
        let none: &[Lemma] = &LEMMAS[1..];
        let catalogue = Catalogue { lemmas: none, ..CATALOGUE };
        let error = render_with(&catalogue, &document, &timings, Path::new("nowhere"), typeset).unwrap_err();
        assert_eq!(error.to_string(), "the argument of prop-3.moment appeals to `independence`, which is not in the trusted base");
    }
}
