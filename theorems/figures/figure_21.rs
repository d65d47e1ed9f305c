//! Figure 21 · mean against median: the chain, and nets.

use suite::prelude::*;

/// The figure.
pub const FIGURE: Figure = Figure {
    id: "21",
    title: "Mean and median drift apart, in chains and in nets",
    caption: "Top: E|v|, the Mallows bound E|v| + sd, and median |v| of a chain (lines, closed forms) against depth, with measured medians \
              (points, order-statistic intervals) at the variance-preserving tau = sqrt(3) and the mean-preserving tau = 2. Bottom: ||a^L||^2 \
              of critical Gaussian nets of width 16: its mean, the Mallows band of Theorem 9, the bound of its converse, and the prediction \
              of the median to second order in 1/d. Sizes are reconstructed.",
    cost,
    draw,
};

const DEPTHS: [usize; 8] = [1, 2, 4, 7, 12, 18, 25, 32];

/// The depths of nets.
const NETS: [usize; 6] = [1, 2, 4, 8, 12, 16];

fn cost(_: Scale) -> String {
    format!(
        "medians at {} depths up to {} for two values of tau, and at {} for two nets",
        DEPTHS.len(),
        DEPTHS[DEPTHS.len() - 1],
        NETS.len()
    )
}

/// The panel of nets of width 16.
fn of_nets(easel: &Easel, title: &'static str, p: &str, net: fn(usize, usize) -> nets::Net) -> Result<Panel, String> {
    let at = Point::new().at("width", 16).at("p", p);
    let every: Vec<_> = (0..=16).map(Node::integer).collect();
    let line = |label: &str, formula: &str| Series::prediction(label, formula, &at, "depth", &every);
    let measured = nets::medians(&easel.context("figure-21", title), &NETS.map(|depth| net(16, depth)));
    let measured = measured.map_err(|reason| format!("{reason:?}"))?;
    let expansion = "let s = 3/p - 1; let t = 15/p^2 - 9/p + 2; \
                     exp(-depth*(s/(2*width) - (t/3 - 3*s^2/4)/width^2) - (t - 3*s^2)/(6*s*width))";
    let series = vec![
        line("mean + sd (Mallows bound)", "1 + sqrt((1 + (3/p - 1)/width)^depth - 1)")?,
        line("mean", "1")?,
        line("mean - sd (Mallows bound), where positive", "exp(ln(1 - sqrt((1 + (3/p - 1)/width)^depth - 1)))")?,
        line("bound of the converse", "4*(chi_square_moment(width, p, 1/2)/sqrt(p*width))^(2*depth)")?,
        line("median, predicted", expansion)?,
        Series::measurement("median, measured", &measured, "depth"),
    ];
    Ok(Panel { title: title.into(), x: Axis::linear("depth L"), y: Axis::logarithmic("||a^L||^2"), series })
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
                    "mean + sd (Mallows bound)",
                    "(tau/2)^depth + sqrt((tau^2/3)^depth - (tau^2/4)^depth)",
                    &at,
                    "depth",
                    &every,
                )?,
                Series::prediction("mean", "(tau/2)^depth", &at, "depth", &every)?,
                Series::prediction("median, predicted", "tau^depth*exp(-gamma_median(depth))", &at, "depth", &every)?,
                Series::measurement("median, measured", &measured, "depth"),
            ],
        })
    };
    Ok(Drawing {
        panels: vec![
            panel("sqrt(3)", "sqrt(3)")?,
            panel("2", "2")?,
            of_nets(easel, "linear nets, width 16", "1", nets::Net::linear)?,
            of_nets(easel, "ReLU nets, width 16", "1/2", nets::Net::relu)?,
        ],
        columns: 2,
    })
}
