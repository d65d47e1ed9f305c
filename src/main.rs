//! The composition root: hands the catalogue to the command line.

use std::process::ExitCode;

use vanishing_curvature::cli;
use vanishing_curvature::report::Catalogue;

fn main() -> ExitCode {
    let catalogue = Catalogue { theorems: &[], lemmas: &[], omissions: &[] };
    cli::run(catalogue, std::env::args_os())
}
