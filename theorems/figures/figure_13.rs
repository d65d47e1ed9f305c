//! Figure 13 · the Hessian's spectrum at LeCun's initialisation.

use suite::prelude::*;

/// The figure.
pub const FIGURE: Figure = Figure {
    id: "13",
    title: "LeCun's uniform initialisation: the Hessian's spectrum shrinks with depth on both sides",
    caption: "Linear and ReLU nets, weights uniform of variance 1/(3 width), one Gaussian sample, the target of a teacher of one hidden \
              layer. The magnitude that a share of all eigenvalues exceeds, positive and negative ones apart, by stochastic Lanczos \
              quadrature of the whole Hessian, no block left out, one random direction for each of many nets and as many steps as its rank; \
              the others are 0: magnitudes below 10^-9 of the largest are left out as rounding. Sizes are reconstructed.",
    cost,
    draw,
};

fn plan(scale: Scale) -> (usize, u64) {
    match scale {
        Scale::Small => (16, 24),
        Scale::Paper => (32, 50),
    }
}

fn cost(scale: Scale) -> String {
    let (width, nets) = plan(scale);
    let products = 12 * (2 * width - 1) + width + 2;
    format!("{nets} nets of width {width} at each of 3 depths for two gates, up to {products} Hessian-vector products each")
}

fn draw(easel: &Easel) -> Result<Drawing, String> {
    let (width, nets) = plan(easel.scale);
    let context = easel.context("figure-13", "spectra");
    let mut panels = vec![];
    for (gate, name) in [(network::Gate::Linear, "linear"), (network::Gate::Relu, "ReLU")] {
        let kind = suite::theorems::figures::blocks::Initialisation { gate, gain: 1, over: 3 };
        let spectra = [3, 6, 12].map(|depth| Ok::<_, String>((depth, kind.portrait(width, depth).spectrum(&context, nets)?)));
        let spectra = spectra.into_iter().collect::<Result<Vec<_>, _>>()?;
        for (positive, side) in [(true, "positive"), (false, "negative")] {
            let tail =
                |(depth, spectrum): &(usize, Vec<(Scaled, f64)>)| portrait::tail(&format!("depth {depth}"), spectrum, positive, 1e-9);
            panels.push(Panel {
                title: format!("{side} eigenvalues, {name}, width {width}"),
                x: Axis::logarithmic("share of the spectrum"),
                y: Axis::logarithmic("magnitude exceeded"),
                series: spectra.iter().map(tail).collect(),
            });
        }
    }
    Ok(Drawing { panels, columns: 2 })
}
