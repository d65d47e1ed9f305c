//! Width against depth · where the typical size of a net survives.

use suite::prelude::*;

use suite::prelude::nets::Net;

/// The figure.
pub const FIGURE: Figure = Figure {
    id: "width-depth",
    title: "The median of ||a^L||^2 survives below one line and is lost above another",
    caption: "Critical Gaussian nets with a unit input. Points: the measured median of ||a^L||^2, by the class that its order-statistic \
              interval lies in; a point whose interval straddles a boundary is not decided, and one that no affordable number of nets \
              would decide is left out. Lower line: up to this depth Theorem 9 keeps \
              the median within [1/2, 3/2]. Upper line: beyond this depth the converse keeps it below 1/10. Middle line: where it falls to \
              1/10 by the wide-net limit e^(-L/d), in ReLU nets e^(-5L/(2d)).",
    cost,
    draw,
};

const WIDTHS: [usize; 5] = [2, 4, 8, 16, 32];
const DEPTHS: [usize; 8] = [1, 2, 4, 8, 16, 32, 64, 128];
/// The most weights of a net that is measured.
const LARGEST: usize = 16 * 32 * 32;

const CLASSES: [(&str, f64, f64); 4] =
    [("above 1/2", 0.5, f64::INFINITY), ("1/10 to 1/2", 0.1, 0.5), ("below 1/10", 0.0, 0.1), ("not decided", 0.0, f64::INFINITY)];

fn cost(_: Scale) -> String {
    format!("medians of two kinds of nets at up to {} widths and depths", sizes().len())
}

fn sizes() -> Vec<(usize, usize)> {
    let all = WIDTHS.into_iter().flat_map(|width| DEPTHS.map(|depth| (width, depth)));
    all.filter(|(width, depth)| width * width * depth <= LARGEST).collect()
}

fn draw(easel: &Easel) -> Result<Drawing, String> {
    let widths: Vec<_> = (4..=64).map(|i| Node::integer(i) / Node::integer(2)).collect();
    let whole: Vec<_> = (2..=32).map(Node::integer).collect();
    let panel = |title: &str, p: &str, series: &'static str, net: fn(usize, usize) -> Net| {
        let context = easel.context("figure-width-depth", series);
        let at = Point::new().at("p", p);
        let line = |label: &str, formula: &str, widths: &[Node]| Series::prediction(label, formula, &at, "width", widths);
        let mut series = vec![
            line("Theorem 9: within [1/2, 3/2] below", "ln(5/4)/ln(1 + (3/p - 1)/width)", &widths)?,
            line("limit: 1/10 at this depth", "2*width*ln(10)/(3/p - 1)", &widths)?,
            line("converse: below 1/10 above", "ln(40)/(-2*ln(chi_square_moment(width, p, 1/2)/sqrt(p*width)))", &whole)?,
        ];
        let mut classes = CLASSES.map(|(label, ..)| Series { label: format!("median {label}"), kind: Kind::Measurement, marks: vec![] });
        for (width, depth) in sizes() {
            let Ok(found) = nets::medians(&context, &[net(width, depth)]) else { continue };
            for mark in Series::measurement("", &found, "width").marks {
                let (low, high) = mark.range.map_or((mark.y, mark.y), |range| range);
                let inside = |(_, from, to): &(&str, f64, f64)| low >= Scaled::from(*from) && high <= Scaled::from(*to);
                let class = CLASSES.iter().position(inside).ok_or("a median without a class")?;
                classes[class].marks.push(Mark { y: Scaled::from(depth as f64), range: None, ..mark });
            }
        }
        series.extend(classes.into_iter().filter(|class| !class.marks.is_empty()));
        Ok::<_, String>(Panel { title: title.into(), x: Axis::logarithmic("width d"), y: Axis::logarithmic("depth L"), series })
    };
    Ok(Drawing { panels: vec![panel("linear", "1", "linear", Net::linear)?, panel("ReLU", "1/2", "ReLU", Net::relu)?], columns: 2 })
}
