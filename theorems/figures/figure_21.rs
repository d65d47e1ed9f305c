//! Figure 21 · mean against median: the chain.

use suite::prelude::*;

/// The figure.
pub const FIGURE: Figure = Figure {
    id: "21",
    title: "Mean and median of a neural chain drift apart",
    caption: "E|v|, the Mallows bound E|v| + sd, and median |v| (lines, closed forms) against depth, with measured medians (points, \
              order-statistic intervals) at the variance-preserving tau = sqrt(3) and the mean-preserving tau = 2. Sizes are reconstructed.",
    cost,
    draw,
};

const DEPTHS: [usize; 8] = [1, 2, 4, 7, 12, 18, 25, 32];

fn cost(_: Scale) -> String {
    format!("medians at {} depths up to {} for two values of tau", DEPTHS.len(), DEPTHS[DEPTHS.len() - 1])
}

fn draw(easel: &Easel) -> Result<Drawing, String> {
    let panel = |tau: &'static str, series: &'static str| {
        let at = Point::new().at("tau", tau);
        let every: Vec<_> = (1..=32).map(Node::integer).collect();
        let measured = network::chain::medians(&easel.context("figure-21", series), &DEPTHS.map(|depth| (tau, depth)));
        let measured = measured.map_err(|reason| format!("{reason:?}"))?;
        Ok::<_, String>(Panel {
            title: format!("tau = {tau}"),
            x: Axis::linear("depth L"),
            y: Axis::logarithmic("|v|"),
            series: vec![
                Series::prediction(
                    "E|v| + sd (Mallows bound)",
                    "(tau/2)^depth + sqrt((tau^2/3)^depth - (tau^2/4)^depth)",
                    &at,
                    "depth",
                    &every,
                )?,
                Series::prediction("E|v|", "(tau/2)^depth", &at, "depth", &every)?,
                Series::prediction("median |v|", "tau^depth*exp(-gamma_median(depth))", &at, "depth", &every)?,
                Series::measurement("median |v|, measured", &measured, "depth"),
            ],
        })
    };
    Ok(Drawing { panels: vec![panel("sqrt(3)", "sqrt(3)")?, panel("2", "2")?], columns: 2 })
}
