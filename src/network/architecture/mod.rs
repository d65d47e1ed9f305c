//! Architectures beyond the multi-layer perceptron: convolutions, batch normalisation and skips, as lists of steps.
//!
//! An image is a matrix of one row to a pixel and one column to a channel, a batch the rows of all its images; a vector is an image of one
//! pixel. Passes are written out in tensor operations of candle, convolutions as a gather of rows and a product.

mod convolved;
pub mod evidence;
mod geometry;
mod orthogonal;
mod pass;
pub mod photos;
mod plan;
mod planes;
mod residuals;

pub use geometry::{Gather, Geometry, Padding};
pub use orthogonal::orthogonal;
pub use pass::{Machine, Objective, Ranged, Slope};
pub use plan::{Architecture, EPSILON, Step, Wiring};
