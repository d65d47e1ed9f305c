//! Formulas as MathML.

use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::{Parser, Storage, push_mathml};

use crate::formula::{latex, parse};

use super::text::escape;

/// A formula's text as MathML; as code where it does not parse or cannot be set.
#[must_use]
pub fn typeset(formula: &str) -> String {
    let mathml = parse(formula).ok().and_then(|tree| mathml(&latex(&tree)));
    mathml.unwrap_or_else(|| format!("<code>{}</code>", escape(formula)))
}

/// LaTeX as MathML, display style; `None` if it is not understood.
#[must_use]
pub fn mathml(latex: &str) -> Option<String> {
    let storage = Storage::new();
    let events: Vec<_> = Parser::new(latex, &storage).collect::<Result<_, _>>().ok()?;
    let config = RenderConfig { display_mode: DisplayMode::Block, ..RenderConfig::default() };
    let mut text = String::new();
    push_mathml(&mut text, events.into_iter().map(Ok::<_, std::convert::Infallible>), config).ok()?;
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latex_becomes_mathml() {
        let text = mathml(r"\left(\frac{\tau^{k}}{k+1}\right)^{L} \cdot \sum_{k=0}^{\infty} \mathrm{gamma\_median}\left(L\right)").unwrap();
        assert!(text.starts_with("<math") && text.contains("<mfrac>") && text.contains("<msup>") && text.ends_with("</math>"), "{text}");
        assert!(mathml(r"\begin{bmatrix} a & b \\ c & d \end{bmatrix}").unwrap().contains("<mtable"));
    }

    #[test]
    fn broken_latex_is_refused_not_shown_in_red() {
        assert_eq!(mathml(r"\frac{1"), None);
        assert_eq!(mathml(r"\nonsense{x}"), None);
    }
}
