//! Figure 20 · the initialisation that keeps the typical size: chain, linear and ReLU nets, and its price.

use suite::prelude::*;

/// The figure.
pub const FIGURE: Figure = Figure {
    id: "20",
    title: "The initialisation that keeps the typical size, against width and depth",
    caption: "Top: the chain. Left: the median-stable tau = e^(m_L/L), measured at tau = 1 (points), beside its limit e, sqrt(3) and 2. Right: median |v| against tau. Rows 2 and 3: width times variance for linear and ReLU nets (given alive). Lines: the \
              typical variance exp(-E ln chi^2), what keeps the median at the stated depth (inverted law, Gaussian), Xavier or He. Points: \
              Gaussian nets on candle (medians, order statistics) and uniform nets (exponents, asymptotic intervals). Shaded: more than half \
              of the ReLU nets are dead. Bottom: the price, E||a^L||^2 at the typical variance. Sizes are reconstructed.",
    cost,
    draw,
};

const DEPTHS: [usize; 7] = [1, 2, 4, 8, 14, 22, 32];
/// The depth of nets that are shown against their width.
const DEEP: usize = 16;
const WIDTHS: [usize; 8] = [1, 2, 3, 4, 6, 8, 16, 32];

const TYPICAL: &str = "keeps the mean logarithm";
const MEDIAN: &str = "keeps the median at that depth";
const SQUARE: &str = "keeps the mean square (Xavier, He)";

fn cost(_: Scale) -> String {
    format!("medians of chains, linear and ReLU nets at {} depths and {} widths, exponents of uniform nets", DEPTHS.len(), WIDTHS.len())
}

fn draw(easel: &Easel<'_>) -> Result<Drawing, String> {
    let mut panels = chain(easel)?;
    for gate in [network::Gate::Linear, network::Gate::Relu] {
        panels.extend([against_width(easel, gate)?, against_depth(easel, gate)?]);
    }
    panels.extend([price("linear", "1")?, price("ReLU", "1/2")?]);
    Ok(Drawing { panels, columns: 2 })
}

fn chain(easel: &Easel<'_>) -> Result<Vec<Panel>, String> {
    let depths: Vec<_> = (1..=32).map(Node::integer).collect();
    let measured = network::chain::medians(&easel.context("figure-20", "stable tau"), &DEPTHS.map(|depth| ("1", depth)));
    let measured = measured.map_err(|reason| format!("{reason:?}"))?;
    let line = |label: &str, formula: &str| Series::prediction(label, formula, &Point::new(), "depth", &depths);
    let left = Panel {
        title: "chain: median-stable tau".into(),
        x: Axis::linear("depth L"),
        y: Axis::linear("tau"),
        series: vec![
            line(TYPICAL, "exp(1)")?,
            line(MEDIAN, "exp(gamma_median(depth)/depth)")?,
            line(SQUARE, "sqrt(3)")?,
            line("keeps the mean modulus", "2")?,
            Series::measurement("chain, measured", &measured, "depth").mapped(|mark_depth, median| Scaled::exp(-median.ln() / mark_depth)),
        ],
    };
    let scales: Vec<_> = (0..=32).map(|i| Node::integer(120 + 7 * i) / Node::integer(100)).collect();
    let against_tau = |depth: usize| {
        let label = format!("chain of depth {depth}");
        Series::prediction(&label, "tau^depth*exp(-gamma_median(depth))", &Point::new().at("depth", depth), "tau", &scales)
    };
    let right = Panel {
        title: "chain: median |v| against tau".into(),
        x: Axis::linear("tau"),
        y: Axis::logarithmic("median |v|"),
        series: vec![against_tau(8)?, against_tau(64)?],
    };
    Ok(vec![left, right])
}

/// Gaussian nets of variance 1.
fn net(width: usize, depth: usize, gate: network::Gate) -> nets::Net {
    nets::Net::new(width, depth, "gaussian:1", gate)
}

/// d exp(-median/L) of the inverted law at every place, a width and a depth shown at x.
fn inverted(label: &str, gate: network::Gate, places: impl Iterator<Item = (f64, usize, usize)>) -> Result<Series, String> {
    let mark = |(x, width, depth): (f64, usize, usize)| {
        let median = certified::Product::at(&net(width, depth, gate).point()).and_then(certified::Product::median);
        let median = median.map_err(|reason| format!("{reason:?}"))?;
        Ok(Mark { x, y: Scaled::exp((width as f64).ln() - median / depth as f64), range: None })
    };
    Ok(Series { label: label.into(), kind: Kind::Prediction, marks: places.map(mark).collect::<Result<_, String>>()? })
}

/// d over the measured median growth of Gaussian nets.
fn measured(easel: &Easel<'_>, name: &'static str, along: &str, all: &[nets::Net], width: Option<f64>) -> Result<Series, String> {
    let found = nets::typical_growths(&easel.context("figure-20", name), all, |_| Ok(0.0)).map_err(|reason| format!("{reason:?}"))?;
    let series = Series::measurement("Gaussian nets, measured", &found, along);
    Ok(series.mapped(|x, growth| Scaled::from(width.unwrap_or(x)) / growth))
}

/// Where more than half of the nets are dead, between two heights.
fn dead(places: impl Iterator<Item = f64>, height: f64) -> Series {
    let mark = |x| Mark { x, y: Scaled::from(0.0), range: Some((Scaled::from(0.0), Scaled::from(height))) };
    Series { label: "more than half of the nets are dead".into(), kind: Kind::Band, marks: places.map(mark).collect() }
}

fn against_width(easel: &Easel<'_>, gate: network::Gate) -> Result<Panel, String> {
    let relu = gate == network::Gate::Relu;
    let (name, p, series) = if relu { ("ReLU", "1/2", "ReLU widths") } else { ("linear", "1", "linear widths") };
    let widths: Vec<_> = (1..=32).map(Node::integer).collect();
    let at = Point::new().at("p", p);
    let line = |label: &str, formula: &str| Series::prediction(label, formula, &at, "width", &widths);
    let uniform = WIDTHS.map(|width| nets::Net::new(width, 1, "uniform:1", gate));
    let exponents = nets::exponents(&easel.context("figure-20", series), &uniform).map_err(|reason| format!("{reason:?}"))?;
    let exponents = Series::measurement("uniform nets, measured", &exponents, "width");
    let gaussian: Vec<_> = WIDTHS.iter().filter(|width| !relu || **width > 1).map(|&width| net(width, DEEP, gate)).collect();
    // (1 − 2^−d)^L < 1/2
    let end = -(1.0 - 0.5f64.powf(1.0 / DEEP as f64)).log2();
    Ok(Panel {
        title: format!("{name} nets of depth {DEEP}: what keeps the size"),
        x: Axis::logarithmic("width d"),
        y: Axis::linear("width times variance"),
        series: relu
            .then(|| dead([1.0, end].into_iter(), 6.0))
            .into_iter()
            .chain([
                line(TYPICAL, "width*exp(-chi_square_log_cumulant(width, p, 1))")?,
                inverted(MEDIAN, gate, (1..=32).map(|width| (width as f64, width, DEEP)))?,
                line(SQUARE, "1/p")?,
                measured(easel, series, "width", &gaussian, None)?,
                exponents.mapped(|width, rate| Scaled::exp((width / 3.0).ln() - rate.to_f64())),
            ])
            .collect(),
    })
}

fn against_depth(easel: &Easel<'_>, gate: network::Gate) -> Result<Panel, String> {
    let relu = gate == network::Gate::Relu;
    let (name, p, series) = if relu { ("ReLU", "1/2", "ReLU depths") } else { ("linear", "1", "linear depths") };
    let depths: Vec<_> = (1..=32).map(Node::integer).collect();
    let at = Point::new().at("p", p).at("width", 4);
    let line = |label: &str, formula: &str| Series::prediction(label, formula, &at, "depth", &depths);
    let all: Vec<_> = DEPTHS.iter().map(|&depth| net(4, depth, gate)).collect();
    let start = -std::f64::consts::LN_2 / (1.0 - 0.5f64.powi(4)).ln();
    Ok(Panel {
        title: format!("{name} nets of width 4: what keeps the size"),
        x: Axis::linear("depth L"),
        y: Axis::linear("width times variance"),
        series: relu
            .then(|| dead([start, 32.0].into_iter(), 4.0))
            .into_iter()
            .chain([
                line(TYPICAL, "width*exp(-chi_square_log_cumulant(width, p, 1))")?,
                inverted(MEDIAN, gate, (1..=32).map(|depth| (depth as f64, 4, depth)))?,
                line(SQUARE, "1/p")?,
                measured(easel, series, "depth", &all, Some(4.0))?,
            ])
            .collect(),
    })
}

fn price(name: &str, p: &str) -> Result<Panel, String> {
    let depths: Vec<_> = (0..=16).map(|i| Node::integer(1 + 6 * i)).collect();
    let of = |width: usize| {
        let at = Point::new().at("width", width).at("p", p);
        Series::prediction(&format!("width {width}"), "(p*width*exp(-chi_square_log_cumulant(width, p, 1)))^depth", &at, "depth", &depths)
    };
    Ok(Panel {
        title: format!("{name} nets: the price of the typical variance"),
        x: Axis::linear("depth L"),
        y: Axis::logarithmic("E||a^L||^2 for a unit input"),
        series: [2, 4, 8, 32].into_iter().map(of).collect::<Result<_, String>>()?,
    })
}
