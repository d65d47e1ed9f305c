//! The exact engine: the moment calculus, enumeration, and the agreement of both with formulas computed apart.

mod backward;
mod conventions;
mod curvature;
mod forward;
mod gather;
mod growth;
mod moments;
