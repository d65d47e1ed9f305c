//! Figures as plain data: panels of predictions (lines) and measurements (points with intervals).

use std::fmt;
use std::path::Path;

use crate::formula::{Environment, Node, Scaled, certify, exact, parse};

use super::card::{Context, Device, Effort};
use super::observation::{Gathered, Truth};
use super::point::Point;

/// The relative accuracy of drawn predictions, in bits.
const ACCURACY: u32 = 64;
/// The probability that any interval of one drawn series misses its truth.
const RATE: f64 = 1e-3;

/// A figure of the paper.
#[derive(Debug)]
pub struct Figure {
    /// The paper's number (`21`), and the file stem.
    pub id: &'static str,
    /// The title.
    pub title: &'static str,
    /// What is drawn, what is prediction and what is measurement, and what was reconstructed.
    pub caption: &'static str,
    /// What drawing costs, in words with numbers (draws, settings), printed before the work starts.
    pub cost: fn(Scale) -> String,
    /// Measures and predicts.
    pub draw: fn(&Easel<'_>) -> Result<Drawing, String>,
}

/// The size of a figure's simulation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Minutes on two cores.
    Small,
    /// The paper's sizes.
    Paper,
}

/// What the work on a figure leans on, beyond plain numbers.
pub trait Studio: fmt::Debug + Sync {
    /// The directory with the user's data set; `None` for the one that the program carries.
    fn data(&self) -> Option<&Path>;

    /// What was kept under a key by an earlier, interrupted drawing.
    fn kept(&self, key: &str) -> Option<String>;

    /// Keeps a finished part under a key, whole or not at all.
    ///
    /// # Errors
    /// In words, if it cannot be kept.
    fn keep(&self, key: &str, text: &str) -> Result<(), String>;

    /// Hears how far the work is.
    fn say(&self, what: &str);
}

/// What a figure may know.
#[derive(Clone, Copy, Debug)]
pub struct Easel<'a> {
    /// The seed.
    pub seed: u64,
    /// The size.
    pub scale: Scale,
    /// Where tensors live.
    pub device: Device,
    /// Data, finished parts, progress.
    pub studio: &'a dyn Studio,
}

/// The content of a figure.
#[derive(Clone, Debug, Default)]
pub struct Drawing {
    /// The panels, row by row.
    pub panels: Vec<Panel>,
    /// The number of panels in a row.
    pub columns: usize,
}

/// One pair of axes.
#[derive(Clone, Debug)]
pub struct Panel {
    /// The title.
    pub title: String,
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis.
    pub y: Axis,
    /// What is drawn, in drawing order.
    pub series: Vec<Series>,
}

/// An axis.
#[derive(Clone, Debug)]
pub struct Axis {
    /// The label, with units.
    pub label: String,
    /// Whether the axis is logarithmic.
    pub logarithmic: bool,
}

/// A line, a row of points, or a band.
#[derive(Clone, Debug)]
pub struct Series {
    /// The legend's text; series with the same label share colour and legend entry.
    pub label: String,
    /// How it is drawn.
    pub kind: Kind,
    /// The data, by ascending x.
    pub marks: Vec<Mark>,
}

/// How a series is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// From a formula: a line.
    Prediction,
    /// From draws: points with intervals.
    Measurement,
    /// Single runs: thin lines.
    Path,
    /// Between `low` and `high`: a shaded band.
    Band,
}

/// One datum. Magnitudes may lie far outside the range of `f64`.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    /// The abscissa.
    pub x: f64,
    /// The ordinate.
    pub y: Scaled,
    /// The interval or band around it, if any.
    pub range: Option<(Scaled, Scaled)>,
}

impl Easel<'_> {
    /// The context in which a series of this figure is measured; `series` keys its random streams.
    #[must_use]
    pub const fn context(&self, figure: &'static str, series: &'static str) -> Context {
        let effort = match self.scale {
            Scale::Small => Effort::Quick,
            Scale::Paper => Effort::Thorough,
        };
        Context { seed: self.seed, slug: figure, part: "figure", method: series, effort, rate: RATE, miss: RATE, device: self.device }
    }
}

impl Axis {
    /// A linear axis.
    #[must_use]
    pub fn linear(label: &str) -> Self {
        Axis { label: label.to_owned(), logarithmic: false }
    }

    /// A logarithmic axis.
    #[must_use]
    pub fn logarithmic(label: &str) -> Self {
        Axis { label: label.to_owned(), logarithmic: true }
    }
}

impl Series {
    /// A formula along the values of one name, the others fixed; values where it has none are left out.
    ///
    /// # Errors
    /// If the text is no formula.
    pub fn prediction(label: &str, formula: &str, fixed: &Point, name: &str, values: &[Node]) -> Result<Self, String> {
        let formula = parse(formula).map_err(|error| error.to_string())?;
        let mark = |value: &Node| {
            let y = certify(&formula, fixed.clone().with(name, value.clone()).values(), ACCURACY).ok()?.to_scaled();
            Some(Mark { x: abscissa(value)?, y, range: None })
        };
        Ok(Series { label: label.to_owned(), kind: Kind::Prediction, marks: values.iter().filter_map(mark).collect() })
    }

    /// The estimates and intervals of random observations, along the values of one name of their points.
    #[must_use]
    pub fn measurement(label: &str, gathered: &Gathered, name: &str) -> Self {
        let marks = gathered.observations.iter().filter_map(|observation| {
            let Truth::Interval(interval) = &observation.truth else { return None };
            Some(Mark { x: abscissa(observation.point.get(name)?)?, y: interval.estimate, range: Some((interval.low, interval.high)) })
        });
        Series { label: label.to_owned(), kind: Kind::Measurement, marks: marks.collect() }
    }
}

impl Series {
    /// The same series with every ordinate (and interval end) carried through a function of it and the abscissa. A decreasing
    /// function swaps the ends of intervals.
    #[must_use]
    pub fn mapped(mut self, carry: impl Fn(f64, Scaled) -> Scaled) -> Self {
        for mark in &mut self.marks {
            mark.y = carry(mark.x, mark.y);
            mark.range = mark.range.map(|(low, high)| {
                let (a, b) = (carry(mark.x, low), carry(mark.x, high));
                if a <= b { (a, b) } else { (b, a) }
            });
        }
        self
    }
}

/// A closed rational tree as a number on an axis.
fn abscissa(value: &Node) -> Option<f64> {
    exact(value, &Environment::new()).ok().map(|x| x.to_f64().value())
}
