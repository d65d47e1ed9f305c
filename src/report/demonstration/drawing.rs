//! A hand-built drawing.

use crate::claim::figure::{Axis, Drawing, Kind, Mark, Panel, Series};
use crate::formula::Scaled;

use crate::report::provenance::Provenance;

/// mantissa · 10^exponent.
fn power_of_ten(mantissa: f64, exponent: f64) -> Scaled {
    let bits = exponent * std::f64::consts::LOG2_10;
    Scaled::new(mantissa * (bits - bits.floor()).exp2(), bits.floor() as i64)
}

/// Three panels: magnitudes down to 1e-200 with intervals, a zero on a logarithmic axis, a band, paths, and a linear axis.
pub(in crate::report) fn drawing() -> (Drawing, Provenance) {
    let depths = || (1..=10).map(|i| f64::from(i) * 40.0);
    let line = |label: &str, rate: f64| Series {
        label: label.into(),
        kind: Kind::Prediction,
        marks: depths().map(|x| Mark { x, y: power_of_ten(1.0, -rate * x), range: None }).collect(),
    };
    let points = |label: &str, rate: f64| Series {
        label: label.into(),
        kind: Kind::Measurement,
        marks: depths()
            .map(|x| Mark {
                x,
                y: power_of_ten(1.3, -rate * x),
                range: Some((power_of_ten(1.0, -rate * x - 6.0), power_of_ten(1.0, -rate * x + 4.0))),
            })
            .collect(),
    };
    let deep = Panel {
        title: "Chain of depth L, weights uniform on [−√3, √3]".into(),
        x: Axis { label: "depth L".into(), logarithmic: false },
        y: Axis { label: "|v|, the product of all weights".into(), logarithmic: true },
        series: vec![
            line("median of |v|", 0.52),
            points("median of |v|", 0.52),
            line("mean of |v|", 0.062),
            points("mean of |v|", 0.062),
            line("√ of mean v²", 0.0),
        ],
    };
    let mut dead = points("share of nets alive", 0.002);
    dead.marks.last_mut().expect("ten marks").y = Scaled::new(0.0, 0);
    let narrow = Panel {
        title: "Width 4: a title that is long enough to need a second line under the first".into(),
        x: Axis { label: "depth L".into(), logarithmic: true },
        y: Axis { label: "share".into(), logarithmic: true },
        series: vec![
            line("share of nets alive", 0.002),
            Series { marks: dead.marks.iter().map(|m| Mark { range: None, ..*m }).collect(), ..dead },
        ],
    };
    let band = Series {
        label: "Mallows: mean ± sd".into(),
        kind: Kind::Band,
        marks: depths()
            .map(|x| Mark { x, y: Scaled::from(1.0), range: Some((Scaled::from(1.0 - x / 500.0), Scaled::from(1.0 + x / 500.0))) })
            .collect(),
    };
    let path = |shift: f64| Series {
        label: "single nets".into(),
        kind: Kind::Path,
        marks: depths().map(|x| Mark { x, y: Scaled::from(1.0 + shift * (x / 90.0).sin()), range: None }).collect(),
    };
    let plain = Panel {
        title: "Width 256".into(),
        x: Axis { label: "depth L".into(), logarithmic: false },
        y: Axis { label: "‖a‖² / ‖x‖²".into(), logarithmic: false },
        series: vec![band, path(0.3), path(-0.4), path(0.7), line("√ of mean v²", 0.0)],
    };
    let provenance = Provenance {
        figure: "21".into(),
        title: "Mean against median <of> |v| & friends".into(),
        version: "0.1.0".into(),
        seed: 20_210_603,
        command: "cargo run -- figure 21 --scale small --seed 20210603".into(),
    };
    (Drawing { panels: vec![deep, narrow, plain], columns: 3 }, provenance)
}
