//! Figure 3 · the plateau of a deep chain, and who leaves it when.

use suite::prelude::*;

/// The figure.
pub const FIGURE: Figure = Figure {
    id: "3",
    title: "The plateau of a deep chain: gradient flow waits exponentially long, RMSprop does not",
    caption: "Equal weights w, x = y = 1. Top left: the loss along the diagonal. Top right: gradient flow from 1/2 at depth 5 (thin line, integrated), \
              the upper solution that dominates it, up to its blow-up. Bottom left: times to 0.9 from 1/2 against depth: of gradient flow (Proposition 7), \
              its lower bound, and of RMSprop (points: step times updates, epsilon 0) with its bound. Bottom right: losses along updates of \
              gradient descent and RMSprop with step 0.01 at depth 10. Sizes are reconstructed.",
    cost: |_| "a flow, and 34 runs of at most 100 000 updates of equal weights".to_owned(),
    draw,
};

fn draw(_: &Easel) -> Result<Drawing, String> {
    let slice = |depth: u32| {
        let weights: Vec<_> = (0..=105).map(|i| Node::integer(i) / Node::integer(100)).collect();
        Series::prediction(&format!("depth {depth}"), "(1 - w^depth)^2/2", &Point::new().at("depth", depth), "w", &weights)
    };
    let from = Point::new().at("depth", 5).at("w0", "1/2").at("b", "9/10");
    let times: Vec<_> = (0..=264).map(|i| Node::integer(i) / Node::integer(100)).collect();
    let depths: Vec<_> = (2..=32).map(Node::integer).collect();
    let time = |label: &str, formula: &str| Series::prediction(label, formula, &from, "depth", &depths);
    let panel = |title: &str, x: Axis, y: Axis, series: Vec<Series>| Panel { title: title.to_owned(), x, y, series };
    Ok(Drawing {
        panels: vec![
            panel("landscape", Axis::linear("w"), Axis::linear("loss"), [2, 5, 10, 20].map(slice).into_iter().collect::<Result<_, _>>()?),
            panel(
                "flow from 1/2 at depth 5",
                Axis::linear("time t"),
                Axis::linear("w"),
                vec![
                    dynamics::flow_line("gradient flow", 5, 0.5, 6.0).map_err(|error| error.to_string())?,
                    Series::prediction("upper solution", "(w0^(2 - depth) - (depth - 2)*t)^(-1/(depth - 2))", &from, "t", &times)?,
                ],
            ),
            panel(
                "time from 1/2 to 9/10",
                Axis::linear("depth L"),
                Axis::logarithmic("time"),
                vec![
                    time("gradient flow", "series(k, 0, power_integral(w0, b, (k-1)*depth + 2), b^depth)")?,
                    time("lower bound", "power_integral(w0, b, 2 - depth)")?,
                    time("RMSprop's bound", "b - w0")?,
                    dynamics::adaptive_line("RMSprop, measured", 2..=32, ("0.5", "0.9"), ("0.01", 0.99))
                        .map_err(|reason| format!("{reason:?}"))?,
                ],
            ),
            panel(
                "loss at depth 10 from 1/2, step 0.01",
                Axis::logarithmic("updates"),
                Axis::logarithmic("loss"),
                dynamics::balanced_courses(10, 0.5, 0.01, 100_000),
            ),
        ],
        columns: 2,
    })
}
