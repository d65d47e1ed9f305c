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

/// Width, depths and nets.
#[must_use]
pub fn plan(scale: Scale) -> (usize, Vec<usize>, u64) {
    match scale {
        Scale::Small => (12, vec![2, 3, 4, 6, 8, 12, 16, 24], 25),
        Scale::Paper => (32, vec![2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64], 101),
    }
}

/// Gate, and the variance of a weight times the width.
const KINDS: [(&str, network::Gate, u32, u32); 4] = [
    ("Xavier, linear", network::Gate::Linear, 1, 1),
    ("He, ReLU", network::Gate::Relu, 2, 1),
    ("LeCun, linear", network::Gate::Linear, 1, 3),
    ("LeCun, ReLU", network::Gate::Relu, 1, 3),
];

/// The nets of that width and depth, kind by kind.
#[must_use]
pub fn portraits(width: usize, depth: usize) -> [Portrait; 4] {
    KINDS.map(|(_, gate, gain, over)| suite::theorems::figures::blocks::Initialisation { gate, gain, over }.portrait(width, depth))
}

fn cost(scale: Scale) -> String {
    let (width, depths, nets) = plan(scale);
    let all: Vec<Portrait> = depths.iter().flat_map(|&depth| portraits(width, depth)).collect();
    portrait::plan(nets, &all, portrait::Look::Extremes)
}

fn draw(easel: &Easel) -> Result<Drawing, String> {
    let (width, depths, nets) = plan(easel.scale);
    let context = easel.context("figure-12", "extremes");
    let every: Vec<Node> = (2..=depths[depths.len() - 1] as i64).map(Node::integer).collect();
    let linear = network::Gate::Linear;
    let panels = KINDS.iter().enumerate().map(|(index, &(name, gate, gain, over))| {
        let found = depths.iter().map(|&depth| Ok((depth as f64, portraits(width, depth)[index].extremes(&context, nets)?)));
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
    Ok(Drawing { panels: panels.collect::<Result<Vec<_>, String>>()?, columns: 2 })
}
