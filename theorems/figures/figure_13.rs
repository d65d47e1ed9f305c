//! Figure 13 · the Hessian's spectrum at LeCun's initialisation.

use suite::prelude::*;

/// The figure.
pub const FIGURE: Figure = Figure {
    id: "13",
    title: "LeCun's uniform initialisation: the Hessian's spectrum shrinks with depth on both sides",
    caption: "Linear and ReLU nets, weights uniform of variance 1/(3 width), one Gaussian sample, the target of a teacher of one hidden \
              layer. The magnitude that a share of all eigenvalues exceeds, positive and negative ones apart, by stochastic Lanczos \
              quadrature of the whole Hessian, no block left out, one random direction for each of many nets and as many steps as its rank; \
              the others are 0: magnitudes below 10^-9 of the largest are left out as rounding. Straight lines: what a share can exceed at \
              most on average, sqrt(E||H||_F^2/(share * number of weights)), E||H||_F^2 in closed form from ext-hessian. Sizes are \
              reconstructed.",
    cost,
    draw,
};

/// Width and nets.
#[must_use]
pub fn plan(scale: Scale) -> (usize, u64) {
    match scale {
        Scale::Small => (16, 24),
        Scale::Paper => (32, 50),
    }
}

/// The depths.
pub const DEPTHS: [usize; 3] = [3, 6, 12];
const GATES: [(network::Gate, &str); 2] = [(network::Gate::Linear, "linear"), (network::Gate::Relu, "ReLU")];

/// Nets of that gate.
#[must_use]
pub const fn kind(gate: network::Gate) -> suite::theorems::figures::blocks::Initialisation {
    suite::theorems::figures::blocks::Initialisation { gate, gain: 1, over: 3 }
}

fn cost(scale: Scale) -> String {
    let (width, nets) = plan(scale);
    let portraits = GATES.iter().flat_map(|(gate, _)| DEPTHS.map(|depth| kind(*gate).portrait(width, depth)));
    portrait::plan(nets, &portraits.collect::<Vec<_>>(), portrait::Look::Spectrum)
}

/// The magnitude that a share of the eigenvalues exceeds at most on average, between the ends of what is drawn.
fn bound(kind: suite::theorems::figures::blocks::Initialisation, width: usize, depth: usize, drawn: &Series) -> Result<Series, String> {
    let mean = kind.squared_hessian(width, depth)? / Scaled::from((depth * width * width) as f64);
    let [from, to] = [drawn.marks.first(), drawn.marks.last()].map(|mark| mark.map_or(1.0, |mark| mark.x));
    let marks = [from, to].map(|x| Mark { x, y: (mean / Scaled::from(x)).sqrt(), range: None });
    Ok(Series { label: drawn.label.clone(), kind: Kind::Prediction, marks: marks.to_vec() })
}

fn draw(easel: &Easel) -> Result<Drawing, String> {
    let (width, nets) = plan(easel.scale);
    let context = easel.context("figure-13", "spectra");
    let mut panels = vec![];
    for (gate, name) in GATES {
        let spectra = DEPTHS.map(|depth| Ok::<_, String>((depth, kind(gate).portrait(width, depth).spectrum(&context, nets)?)));
        let spectra = spectra.into_iter().collect::<Result<Vec<_>, _>>()?;
        for (positive, side) in [(true, "positive"), (false, "negative")] {
            let tail =
                |(depth, spectrum): &(usize, Vec<(Scaled, f64)>)| portrait::tail(&format!("depth {depth}"), spectrum, positive, 1e-9);
            let tails: Vec<Series> = spectra.iter().map(tail).collect();
            let bounds = DEPTHS.iter().zip(&tails).map(|(depth, tail)| bound(kind(gate), width, *depth, tail));
            let bounds = bounds.collect::<Result<Vec<_>, _>>()?;
            panels.push(Panel {
                title: format!("{side} eigenvalues, {name}, width {width}"),
                x: Axis::logarithmic("share of the spectrum"),
                y: Axis::logarithmic("magnitude exceeded"),
                series: tails.into_iter().chain(bounds).collect(),
            });
        }
    }
    Ok(Drawing { panels, columns: 2 })
}
