//! Figures inside the page.

use crate::report::json::AuditDocument;
use crate::report::text::escape;

/// A figure ready to be put into the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Embedded {
    /// The figure's identifier.
    pub id: String,
    title: String,
    caption: String,
    svg: String,
    stale: Option<String>,
}

/// A figure from the text of its SVG file, marked stale where its seed or version is not the audit's. `None` if the file is not
/// one that this suite wrote.
#[must_use]
pub fn embed(figure: &crate::claim::figure::Figure, svg: &str, document: &AuditDocument) -> Option<Embedded> {
    let (opening, _) = svg.split_once('>')?;
    let attribute =
        |name: &str| opening.split_once(&format!("{name}=\"")).and_then(|(_, rest)| rest.split_once('"')).map(|(value, _)| value);
    let (id, seed, version) = (attribute("data-figure")?, attribute("data-seed")?, attribute("data-version")?);
    let foreign = ["<script", "<foreignObject", "href=", "<!ENTITY", "<image"].iter().any(|tag| svg.contains(tag));
    if id != escape(figure.id) || !opening.starts_with("<svg") || foreign {
        return None;
    }
    let now = (document.seed.to_string(), escape(&document.version));
    let stale = ((seed, version) != (&now.0, &now.1))
        .then(|| format!("Stale: drawn by version {version} with seed {seed}, not by this audit's."));
    Some(Embedded {
        id: figure.id.to_owned(),
        title: figure.title.to_owned(),
        caption: figure.caption.to_owned(),
        svg: svg.to_owned(),
        stale,
    })
}

impl Embedded {
    pub(super) fn html(&self) -> String {
        let stale = self.stale.as_ref().map(|says| format!("<p class=\"stale\">{says}</p>\n")).unwrap_or_default();
        format!(
            "<figure id=\"figure-{}\">\n{stale}<div class=\"picture\">\n{}</div>\n<figcaption><b>Figure {}: {}.</b> {}</figcaption>\n</figure>\n",
            escape(&self.id),
            self.svg,
            escape(&self.id),
            escape(&self.title),
            escape(&self.caption)
        )
    }
}
