//! The composition root: hands the catalogue to the command line.

use std::process::ExitCode;

use vanishing_curvature::cli;
use vanishing_curvature::report::Catalogue;
use vanishing_curvature::theorems::{CATALOG, figures, lemmas};

fn main() -> ExitCode {
    with_threads_named();
    let catalogue = Catalogue { theorems: CATALOG, figures: figures::FIGURES, lemmas: lemmas::LEMMAS, omissions: lemmas::OMISSIONS };
    cli::run(catalogue, std::env::args_os())
}

/// Starts the program again with the number of threads in its environment, if it is not there: candle asks for that number at every
/// product, and unless the environment tells it reads /proc/cpuinfo each time, 10 to 70 times the cost of a small product. A program
/// that cannot be started again goes on, slowly.
#[cfg(unix)]
fn with_threads_named() {
    use std::os::unix::process::CommandExt as _;
    const THREADS: &str = "RAYON_NUM_THREADS";
    if std::env::var_os(THREADS).is_some() {
        return;
    }
    if let (Ok(program), Ok(threads)) = (std::env::current_exe(), std::thread::available_parallelism()) {
        let mut arguments = std::env::args_os();
        let name = arguments.next().unwrap_or_else(|| program.clone().into());
        let _ = std::process::Command::new(&program).arg0(name).args(arguments).env(THREADS, threads.to_string()).exec();
    }
}

#[cfg(not(unix))]
fn with_threads_named() {}
