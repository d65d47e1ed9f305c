//! Views of an audit, from plain data: JSON, Markdown, LaTeX macros, one HTML file, and figures as SVG and CSV.

mod bundle;
pub mod csv;
pub mod decimal;
#[cfg(test)]
mod demonstration;
pub mod foundation;
pub mod html;
pub mod json;
pub mod markdown;
pub mod math;
pub mod numbers;
mod phrase;
pub mod plot;
mod provenance;
pub mod shard;
pub mod standing;
mod text;
mod whole;
pub mod write;

pub use bundle::{Audit, Catalogue};
pub use provenance::Provenance;
pub use whole::{MUTANTS, ReportError, SCALING, render_all, render_figure, render_pages, write_all};
