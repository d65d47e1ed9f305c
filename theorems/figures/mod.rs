//! The figures of the paper, one file each: prediction as lines, measurement as points with intervals.

use suite::prelude::Figure;

pub mod figure_2;
pub mod figure_20;
pub mod figure_21;
pub mod figure_22;
pub mod figure_width_depth;

/// Every figure, by its number.
pub static FIGURES: &[Figure] = &[figure_2::FIGURE, figure_20::FIGURE, figure_21::FIGURE, figure_22::FIGURE, figure_width_depth::FIGURE];
