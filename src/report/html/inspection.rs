//! The page of `inspect`: one self-contained file with the block norms as a heat map and the spectrum.

use std::fmt::Write as _;

use super::{STYLE, fill};
use crate::claim::figure::{Axis, Drawing, Kind, Mark, Panel, Series};
use crate::formula::Scaled;
use crate::report::decimal;
use crate::report::json::{InspectDocument, Num};
use crate::report::phrase::number;
use crate::report::text::escape;
use crate::report::{Provenance, plot};

use super::heat_map::heat_map;

const TEMPLATE: &str = include_str!("inspection.html");

/// The page.
#[must_use]
pub fn render(document: &InspectDocument) -> String {
    fill(TEMPLATE, |name| match name {
        "style" => STYLE.to_owned(),
        "version" => escape(&document.version),
        "says" => document.says.iter().fold(String::new(), |html, sentence| html + "<p>" + &escape(sentence) + "</p>\n"),
        "layers" => layers(document),
        "curvature" => curvature(document),
        "convention" => escape(&document.loss_convention),
        _ => String::new(),
    })
}

fn layers(document: &InspectDocument) -> String {
    let mut html = String::from(
        "<div class=\"scroll\"><table>\n<thead><tr><th>Layer</th><th>Shape</th><th>Type</th><th>Gate</th><th>Variance</th>\
         <th>Keeps the typical norm</th><th>Factor of the typical norm</th><th>Dead</th><th>Gradient</th></tr></thead>\n<tbody>\n",
    );
    for layer in &document.layers {
        let tensor = document.tensors.iter().find(|tensor| tensor.name == layer.weight);
        let (shape, dtype) = tensor.map(|tensor| (format!("{:?}", tensor.shape), tensor.dtype.clone())).unwrap_or_default();
        let cells = [
            escape(&layer.weight),
            shape,
            escape(&dtype),
            layer.gate.clone(),
            number(Some(&layer.variance)),
            number(Some(&Num::finite(layer.stable_variance))),
            number(Some(&Num::finite(layer.factor))),
            number(layer.dead_fraction.map(Num::finite).as_ref()),
            number(document.gradient_norms.as_ref().and_then(|norms| norms.get(&layer.weight))),
        ];
        let _ = writeln!(html, "<tr><td>{}</td></tr>", cells.join("</td><td>"));
    }
    html + "</tbody></table></div>\n"
}

fn curvature(document: &InspectDocument) -> String {
    let (Some(blocks), Some(spectrum)) = (&document.weight_block_norms, &document.spectrum) else {
        return "<section><p>No data were given, so there is no loss to measure.</p></section>\n".to_owned();
    };
    let mut html = String::from("<section>\n<h2>Curvature</h2>\n<dl class=\"facts\">\n");
    let weights = document.weights_only.as_ref();
    for (name, num) in [
        ("loss", document.loss.as_ref()),
        ("trace", document.trace.as_ref()),
        ("lowest eigenvalue", document.lambda_min.as_ref()),
        ("highest eigenvalue", document.lambda_max.as_ref()),
        ("trace over weights", weights.map(|weights| &weights.trace)),
        ("lowest over weights", weights.map(|weights| &weights.lambda_min)),
        ("highest over weights", weights.map(|weights| &weights.lambda_max)),
    ] {
        let _ = writeln!(html, "<dt>{name}</dt><dd>{}</dd>", number(num));
    }
    html.push_str("</dl>\n<h3>Frobenius norms of the Hessian's blocks over the weights</h3>\n");
    let _ = write!(html, "<figure><div class=\"picture\">{}</div></figure>\n<h3>Spectrum</h3>\n", heat_map(&document.weight_names, blocks));
    let _ = writeln!(html, "<figure><div class=\"picture\">{}</div></figure>\n</section>", picture(document, spectrum));
    html
}

/// The spectrum: shares of eigenvalues against their values.
fn picture(document: &InspectDocument, spectrum: &[[f64; 2]]) -> String {
    let unit = document.spectrum_scale.as_ref().filter(|scale| scale.log != Some(0.0)).map(|scale| decimal::text(scale, 6));
    let label = unit.map_or_else(|| "eigenvalue".to_owned(), |unit| format!("eigenvalue in units of {unit}"));
    let marks = spectrum.iter().filter(|[_, share]| *share > 0.0).map(|&[x, share]| Mark { x, y: Scaled::from(share), range: None });
    let series = Series { label: "Ritz values of random directions".to_owned(), kind: Kind::Measurement, marks: marks.collect() };
    let axis = |label: &str, logarithmic| Axis { label: label.to_owned(), logarithmic };
    let panel = Panel {
        title: "The Hessian over all parameters".to_owned(),
        x: axis(&label, false),
        y: axis("share of the spectrum", true),
        series: vec![series],
    };
    let provenance = Provenance {
        figure: "spectrum".to_owned(),
        title: "Stochastic Lanczos quadrature".to_owned(),
        version: document.version.clone(),
        seed: 0,
        command: "vanishing-curvature inspect".to_owned(),
    };
    plot::render(&Drawing { panels: vec![panel], columns: 1 }, &provenance)
}
