//! Hand-built cards, outcomes and drawings for the tests of this layer.

mod cards;
mod drawing;
mod outcomes;

pub(super) use cards::{FIGURES, LEMMAS, OMISSIONS, THEOREMS};
pub(super) use drawing::drawing;
pub(super) use outcomes::{document, outcomes};

use crate::claim::{Device, Effort, Outcome};

use super::bundle::{Audit, Catalogue};
use super::html::{self, Page, embed};

/// The catalogue of the demonstration.
pub(super) const CATALOGUE: Catalogue<'static> = Catalogue { theorems: THEOREMS, figures: FIGURES, lemmas: LEMMAS, omissions: OMISSIONS };

/// An audit of the demonstration.
pub(super) fn audit(outcomes: &[Outcome]) -> Audit<'_> {
    Audit {
        version: "0.1.0",
        seed: 20_210_603,
        effort: Effort::Quick,
        device: Device::Cpu,
        false_alarm: 1e-6,
        miss: 1e-6,
        shard: None,
        outcomes,
        seconds: 1.25,
        threads: 4,
    }
}

/// Formulas by hand-written LaTeX, as the formula layer would write it.
pub(super) fn typeset(formula: &str) -> String {
    let latex = match formula {
        "(tau^order/(order+1))^depth" => r"\left(\frac{\tau^{\mathrm{order}}}{\mathrm{order}+1}\right)^{\mathrm{depth}}",
        "tau^depth * exp(-gamma_median(depth))" => {
            r"\tau^{\mathrm{depth}} \cdot \exp\left(-\operatorname{gamma\_median}\left(\mathrm{depth}\right)\right)"
        }
        _ => {
            r"\begin{bmatrix} 1+\frac{2}{d} & \frac{\kappa-3}{d} \\ \frac{3}{d} & \frac{\kappa-3}{d} \end{bmatrix}^{L-1} \cdot \sum_{k=0}^{\infty} w_{0}^{k}"
        }
    };
    super::math::mathml(latex).expect("the LaTeX of the demonstration is well-formed")
}

/// The page of the demonstration, with its figure.
pub(super) fn page() -> String {
    let document = document();
    let (drawing, provenance) = drawing();
    let svg = super::plot::render(&drawing, &provenance);
    let figures: Vec<_> = FIGURES.iter().filter_map(|figure| embed(figure, &svg, &document)).collect();
    html::render(&Page { document: &document, catalogue: &CATALOGUE, figures: &figures, mutants: None, scaling: None, typeset })
}
