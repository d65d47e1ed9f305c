//! Views of an audit, from plain data: JSON, Markdown, LaTeX macros, one HTML file, and figures as SVG and CSV.

mod bundle;
pub mod csv;
pub mod decimal;
#[cfg(test)]
mod demonstration;
pub mod json;
pub mod plot;
mod provenance;
pub mod standing;
mod text;
pub mod write;

pub use bundle::{Audit, Catalogue};
pub use provenance::Provenance;
