//! The whole report of an audit.

use std::fs;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::bundle::{Audit, Catalogue};
use super::html::{self, Page, embed};
use super::json::{self, AuditDocument, TimingsDocument};
use super::write::{Rendered, WriteError, write};
use super::{markdown, math, numbers};

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
/// Figures found in `figures` as `<id>.svg` are put into the page, marked stale where their seed or version is not the audit's.
/// All but `timings.json` are the same bytes for the same outcomes and figures.
///
/// # Errors
/// [`ReportError::UnknownLemma`].
pub fn render_all(catalogue: &Catalogue<'_>, audit: &Audit<'_>, figures: &Path) -> Result<Vec<Rendered>, ReportError> {
    render_with(catalogue, audit, figures, math::typeset)
}

/// [`render_all`] with another way to set formulas.
fn render_with(
    catalogue: &Catalogue<'_>,
    audit: &Audit<'_>,
    figures: &Path,
    typeset: fn(&str) -> String,
) -> Result<Vec<Rendered>, ReportError> {
    if let Some(appeal) = catalogue.unknown_appeals().into_iter().next() {
        return Err(ReportError::UnknownLemma { claim: appeal.claim, part: appeal.part, lemma: appeal.lemma });
    }
    let document = &AuditDocument::new(audit, catalogue);
    let known = catalogue.theorems.iter().flat_map(|theorem| theorem.figures);
    let figures: Vec<_> = known
        .filter_map(|figure| {
            let svg = fs::read_to_string(figures.join(format!("{}.svg", figure.id))).ok()?;
            embed(figure, &svg, document)
        })
        .collect();
    let page = Page { document, catalogue, figures: &figures, typeset };
    Ok(vec![
        Rendered::new("claims.json", json::render(document)),
        Rendered::new("timings.json", json::render(&TimingsDocument::new(audit, catalogue))),
        Rendered::new("AUDIT.md", markdown::audit(document, catalogue)),
        Rendered::new("TRUSTED.md", markdown::trusted(catalogue)),
        Rendered::new("numbers.tex", numbers::render(document)),
        Rendered::new("report.html", html::render(&page)),
    ])
}

/// Writes the whole report below `directory`, every file whole or none. Returns the paths written.
///
/// # Errors
/// [`ReportError`]; old files are then as they were.
pub fn write_all(
    directory: &Path,
    catalogue: &Catalogue<'_>,
    audit: &Audit<'_>,
    figures: &Path,
) -> Result<Vec<PathBuf>, ReportError> {
    Ok(write(directory, &render_all(catalogue, audit, figures)?)?)
}
