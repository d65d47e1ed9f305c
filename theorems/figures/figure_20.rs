//! Figure 20, top row · the tau that keeps the median of a chain.

use suite::prelude::*;

/// The figure.
pub const FIGURE: Figure = Figure {
    id: "20",
    title: "The initialisation that keeps the typical size of a neural chain",
    caption: "Top row of the figure. Left: the median-stable tau = e^(m_L/L) against depth (line), measured as the reciprocal L-th root of \
              the median of |v| at tau = 1 (points, order-statistic intervals), beside the choices that keep mean and variance. Right: \
              median |v| against tau. Sizes are reconstructed.",
    cost,
    draw,
};

const DEPTHS: [usize; 7] = [1, 2, 4, 8, 14, 22, 32];

fn cost(_: Scale) -> String {
    format!("medians at {} depths up to {}", DEPTHS.len(), DEPTHS[DEPTHS.len() - 1])
}

fn draw(easel: &Easel) -> Result<Drawing, String> {
    let depths: Vec<_> = (1..=32).map(Node::integer).collect();
    let measured = network::chain::medians(&easel.context("figure-20", "stable tau"), &DEPTHS.map(|depth| ("1", depth)));
    let measured = measured.map_err(|reason| format!("{reason:?}"))?;
    let line = |label: &str, formula: &str| Series::prediction(label, formula, &Point::new(), "depth", &depths);
    let left = Panel {
        title: "median-stable tau".into(),
        x: Axis::linear("depth L"),
        y: Axis::linear("tau"),
        series: vec![
            line("e^(m_L/L): keeps the median", "exp(gamma_median(depth)/depth)")?,
            line("e: the limit", "exp(1)")?,
            line("2: keeps the mean", "2")?,
            line("sqrt(3): keeps the variance", "sqrt(3)")?,
            Series::measurement("measured", &measured, "depth").mapped(|mark_depth, median| Scaled::exp(-median.ln() / mark_depth)),
        ],
    };
    let scales: Vec<_> = (0..=32).map(|i| Node::integer(120 + 7 * i) / Node::integer(100)).collect();
    let against_tau = |depth: usize| {
        let label = format!("depth {depth}");
        Series::prediction(&label, "tau^depth*exp(-gamma_median(depth))", &Point::new().at("depth", depth), "tau", &scales)
    };
    let right = Panel {
        title: "median |v| against tau".into(),
        x: Axis::linear("tau"),
        y: Axis::logarithmic("median |v|"),
        series: vec![against_tau(8)?, against_tau(64)?],
    };
    Ok(Drawing { panels: vec![left, right], columns: 2 })
}
