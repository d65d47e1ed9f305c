//! The figures of the paper, one file each: prediction as lines, measurement as points with intervals.

use suite::prelude::Figure;

pub mod figure_2;
pub mod figure_20;
pub mod figure_21;
pub mod figure_5;
pub mod figure_9;

/// Every figure, by its number.
pub static FIGURES: &[Figure] = &[figure_2::FIGURE, figure_5::FIGURE, figure_9::FIGURE, figure_20::FIGURE, figure_21::FIGURE];
