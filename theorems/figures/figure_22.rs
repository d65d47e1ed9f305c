//! Figure 22 · the recursion of fourth moments against simulation, to depth 1000.

use suite::prelude::*;

use suite::prelude::nets::{Net, Norm};
use suite::prelude::network::Gate;

/// The figure.
pub const FIGURE: Figure = Figure {
    id: "22",
    title: "Fourth moments at critical variance grow exponentially with depth",
    caption: "E|h^L|_2^4 of nets of width 4 and the input (1, 0, 0, 0) by the recursion of Theorem 17 (lines) and by particles (points; 64 \
              replicates, log-normal intervals, of asymptotic grade). Right: the same to depth 40. The law \
              and the gate alone set the rate: Rademacher weights have kurtosis 1, uniform ones 9/5, Gaussian ones 3. Sizes are \
              reconstructed.",
    cost,
    draw,
};

/// Label, law, gate, and the greatest depth that is measured at the small scale.
const LAWS: [(&str, &str, Gate, usize); 4] = [
    ("linear, Rademacher", "rademacher:1/2", Gate::Linear, 1000),
    ("linear, uniform", "xavier-uniform", Gate::Linear, 500),
    ("linear, Gaussian", "xavier-gaussian", Gate::Linear, 500),
    ("ReLU, uniform", "he-uniform", Gate::Relu, 250),
];
const DEEP: [usize; 4] = [125, 250, 500, 1000];
const SHALLOW: [usize; 5] = [1, 5, 10, 20, 40];

fn cost(_: Scale) -> String {
    format!("particles for {} laws at {} depths up to {}", LAWS.len(), DEEP.len() + SHALLOW.len(), DEEP[DEEP.len() - 1])
}

fn draw(easel: &Easel) -> Result<Drawing, String> {
    let context = easel.context("figure-22", "fourth moments");
    let panel = |title: &str, depths: &[usize], lines: Vec<i64>| {
        let lines: Vec<Node> = lines.into_iter().map(Node::integer).collect();
        let mut series = Vec::new();
        for (label, law, gate, deepest) in LAWS {
            let net = |depth: usize| Net::new(4, depth, law, gate);
            let recursion = "let W = width*variance^2*[[width + 2, kurtosis - 3], [3, kurtosis - 3]]; let G = [[p^2, p*(1 - p)], [0, p]]; \
                             ((W*G)^(depth - 1)*W*[x2^2, x4])[0]";
            series.push(Series::prediction(label, recursion, &net(1).point(), "depth", &lines)?);
            for depth in depths.iter().filter(|depth| easel.scale == Scale::Paper || **depth <= deepest) {
                let measured = nets::particles(&context, Norm::TwoFourth, &[net(*depth)]).map_err(|reason| format!("{reason:?}"))?;
                series.push(Series::measurement(label, &measured, "depth"));
            }
        }
        Ok::<_, String>(Panel { title: title.into(), x: Axis::linear("depth L"), y: Axis::logarithmic("E|h^L|_2^4"), series })
    };
    let deep = panel("to depth 1000", &DEEP, (0..=40).map(|i| (25 * i).max(1)).collect())?;
    Ok(Drawing { panels: vec![deep, panel("to depth 40", &SHALLOW, (1..=40).collect())?], columns: 2 })
}
