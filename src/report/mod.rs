//! Views of an audit, from plain data: JSON, Markdown, LaTeX macros, one HTML file, and figures as SVG and CSV.

mod bundle;
pub mod json;

pub use bundle::{Audit, Catalogue};
