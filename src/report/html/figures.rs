//! Figures inside the page.

use crate::report::json::AuditDocument;
use crate::report::text::escape;

use super::prose;

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
    if id != escape(figure.id) || !opening.starts_with("<svg") || !is_plain(svg) {
        return None;
    }
    let now = (document.seed.to_string(), escape(&document.version));
    let stale =
        ((seed, version) != (&now.0, &now.1)).then(|| format!("Stale: drawn by version {version} with seed {seed}, not by this audit's."));
    Some(Embedded {
        id: figure.id.to_owned(),
        title: figure.title.to_owned(),
        caption: figure.caption.to_owned(),
        svg: svg.to_owned(),
        stale,
    })
}

/// Whether the picture holds only the elements that the plotting of this suite writes, and nothing that runs or refers elsewhere.
fn is_plain(svg: &str) -> bool {
    const ELEMENTS: [&str; 9] = ["svg", "title", "rect", "text", "g", "path", "polygon", "circle", "clipPath"];
    svg.split('<').skip(1).all(|rest| {
        let tag = rest.split('>').next().unwrap_or(rest);
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        ELEMENTS.contains(&name) && !tag.contains(" on") && !tag.contains("href") && !tag.contains("style=")
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
            prose(&self.caption)
        )
    }
}
