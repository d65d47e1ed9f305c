//! Figures as plain data: panels of predictions (lines) and measurements (points with intervals).

use crate::formula::Scaled;

use super::card::Device;

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
    pub draw: fn(&Easel) -> Result<Drawing, String>,
}

/// The size of a figure's simulation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Minutes on two cores.
    Small,
    /// The paper's sizes.
    Paper,
}

/// What a figure may know.
#[derive(Clone, Copy, Debug)]
pub struct Easel {
    /// The seed.
    pub seed: u64,
    /// The size.
    pub scale: Scale,
    /// Where tensors live.
    pub device: Device,
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
