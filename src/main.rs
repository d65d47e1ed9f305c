//! The composition root: hands the catalogue to the command line.

use std::process::ExitCode;

use vanishing_curvature::cli;
use vanishing_curvature::report::Catalogue;
use vanishing_curvature::theorems::{CATALOG, figures, lemmas};

fn main() -> ExitCode {
    let catalogue = Catalogue { theorems: CATALOG, figures: figures::FIGURES, lemmas: lemmas::LEMMAS, omissions: lemmas::OMISSIONS };
    cli::run(catalogue, std::env::args_os())
}
