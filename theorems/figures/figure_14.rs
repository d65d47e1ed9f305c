//! Figure 14 · orthogonal initialisation.

use suite::prelude::*;

/// The figure.
pub const FIGURE: Figure = Figure {
    id: "14",
    title: "Orthogonal weights keep norms in linear nets, not in ReLU nets",
    caption: "Medians of the squared norm of the activation over that of the input, with order-statistic intervals, at width 32 (Gaussian \
              inputs). Lines: what orthogonal weights keep in every linear net and, with gain sqrt(2), in the mean of ReLU nets. Sizes are \
              reconstructed.",
    cost,
    draw,
};

const WIDTH: usize = 32;
const DEPTHS: [usize; 7] = [1, 20, 40, 60, 80, 100, 120];

const fn nets(scale: Scale) -> u64 {
    match scale {
        Scale::Small => 99,
        Scale::Paper => 2000,
    }
}

fn cost(scale: Scale) -> String {
    format!("{} nets of width {WIDTH} and depth {} in each of four series", nets(scale), DEPTHS[DEPTHS.len() - 1])
}

fn draw(easel: &Easel<'_>) -> Result<Drawing, String> {
    let every: Vec<_> = (1..=DEPTHS[DEPTHS.len() - 1] as i64).map(Node::integer).collect();
    let panel = |title: &str, gate: network::Gate, line: &str, keys: [&'static str; 2]| {
        let measured = |label: &str, key: &'static str, drawn: trials::Drawn| {
            let found = trials::isometry(&easel.context("figure-14", key), drawn, gate, WIDTH, &DEPTHS, nets(easel.scale));
            found.map(|found| Series::measurement(label, &found, "depth")).map_err(|reason| format!("{reason:?}"))
        };
        let series = vec![
            Series::prediction(line, "1", &Point::new(), "depth", &every)?,
            measured("orthogonal, median", keys[0], trials::Drawn::Orthogonal)?,
            measured("independent uniform, median", keys[1], trials::Drawn::Independent)?,
        ];
        Ok::<_, String>(Panel { title: title.into(), x: Axis::linear("depth L"), y: Axis::logarithmic("squared norm ratio"), series })
    };
    Ok(Drawing {
        panels: vec![
            panel("linear nets", network::Gate::Linear, "kept", ["linear orthogonal", "linear independent"])?,
            panel("ReLU nets", network::Gate::Relu, "kept in the mean", ["relu orthogonal", "relu independent"])?,
        ],
        columns: 2,
    })
}
