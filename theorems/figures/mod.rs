//! The figures of the paper, one file each: prediction as lines, measurement as points with intervals.

use suite::prelude::Figure;

pub mod blocks;
pub mod figure_1;
pub mod figure_12;
pub mod figure_13;
pub mod figure_14;
pub mod figure_15;
pub mod figure_17;
pub mod figure_18;
pub mod figure_19;
pub mod figure_2;
pub mod figure_20;
pub mod figure_21;
pub mod figure_22;
pub mod figure_23;
pub mod figure_24;
pub mod figure_25;
pub mod figure_3;
pub mod figure_4;
pub mod figure_5;
pub mod figure_6;
pub mod figure_7;
pub mod figure_8;
pub mod figure_9;
pub mod figure_stable_variance;
pub mod figure_width_depth;

/// Every figure, by its number.
pub static FIGURES: &[Figure] = &[
    figure_1::FIGURE,
    figure_2::FIGURE,
    figure_3::FIGURE,
    figure_4::FIGURE,
    figure_5::FIGURE,
    figure_6::FIGURE,
    figure_7::FIGURE,
    figure_8::FIGURE,
    figure_9::FIGURE,
    figure_12::FIGURE,
    figure_13::FIGURE,
    figure_14::FIGURE,
    figure_15::FIGURE,
    figure_17::FIGURE,
    figure_18::FIGURE,
    figure_19::FIGURE,
    figure_20::FIGURE,
    figure_21::FIGURE,
    figure_22::FIGURE,
    figure_23::FIGURE,
    figure_24::FIGURE,
    figure_25::FIGURE,
    figure_stable_variance::FIGURE,
    figure_width_depth::FIGURE,
];
