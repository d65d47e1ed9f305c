//! Figure 12 · the extreme eigenvalues at initialisation.

use suite::prelude::*;

/// The figure.
pub const FIGURE: Figure = Figure {
    id: "12",
    title: "Eigenvalues of the Hessian at initialisation: of both signs at every depth, shrinking at LeCun's variance",
    caption: "Linear and ReLU nets, uniform weights, one Gaussian sample, the target of a teacher of one hidden layer. Points: the largest \
              eigenvalue, and minus the least, by Lanczos runs on the whole Hessian: medians over nets, bars: quartiles. Line: the expected \
              trace of the Hessian, L p d^2 s^(L-1), the sum of all eigenvalues: where it falls far below the largest, the others cancel it. \
              Sizes are reconstructed.",
    cost,
    draw,
};

fn plan(scale: Scale) -> (usize, Vec<usize>, u64) {
    match scale {
        Scale::Small => (12, vec![2, 3, 4, 6, 8, 12, 16, 24], 25),
        Scale::Paper => (32, vec![2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64], 101),
    }
}

fn cost(scale: Scale) -> String {
    let (width, depths, nets) = plan(scale);
    let deepest = depths[depths.len() - 1];
    format!("{nets} nets of width {width} at each of {} depths up to {deepest} for four kinds, a Lanczos run each", depths.len())
}

fn draw(easel: &Easel) -> Result<Drawing, String> {
    let (width, depths, nets) = plan(easel.scale);
    let context = easel.context("figure-12", "extremes");
    let every: Vec<Node> = (2..=depths[depths.len() - 1] as i64).map(Node::integer).collect();
    let (linear, relu) = (network::Gate::Linear, network::Gate::Relu);
    let kinds = [("Xavier, linear", linear, 1, 1), ("He, ReLU", relu, 2, 1), ("LeCun, linear", linear, 1, 3), ("LeCun, ReLU", relu, 1, 3)];
    let panels = kinds.map(|(name, gate, gain, over)| {
        let kind = suite::theorems::figures::blocks::Initialisation { gate, gain, over };
        let found = depths.iter().map(|&depth| Ok((depth as f64, kind.portrait(width, depth).extremes(&context, nets)?)));
        let found = found.collect::<Result<Vec<(f64, Vec<[Scaled; 2]>)>, String>>()?;
        let end = |index: usize, label: &str| {
            portrait::medians(label, found.iter().map(|(x, nets)| (*x, nets.iter().map(|ends| ends[index]).collect())))
        };
        let at = Point::new().at("width", width).at("gain", format!("{gain}/{over}")).at("p", if gate == linear { "1" } else { "1/2" });
        Ok(Panel {
            title: format!("{name}, width {width}"),
            x: Axis::linear("depth L"),
            y: Axis::logarithmic("eigenvalue"),
            series: vec![
                Series::prediction("expected trace", "depth*p*width^2*(p*gain)^(depth - 1)", &at, "depth", &every)?,
                end(1, "largest eigenvalue"),
                end(0, "minus the least eigenvalue"),
            ],
        })
    });
    Ok(Drawing { panels: panels.into_iter().collect::<Result<Vec<_>, String>>()?, columns: 2 })
}
