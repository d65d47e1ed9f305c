//! The composition root: hands the catalogue to the command line.

use std::process::ExitCode;

use vanishing_curvature::cli;
use vanishing_curvature::report::Catalogue;
use vanishing_curvature::theorems::{CATALOG, figures, lemmas};

fn main() -> ExitCode {
    with_settings_named();
    let catalogue = Catalogue { theorems: CATALOG, figures: figures::FIGURES, lemmas: lemmas::LEMMAS, omissions: lemmas::OMISSIONS };
    cli::run(catalogue, std::env::args_os())
}

/// Starts the program again with what its libraries read from the environment, if it is not there. candle asks for the number of threads
/// at every product, and unless the environment tells it reads /proc/cpuinfo each time, 10 to 70 times the cost of a small product; glibc
/// hands freed memory back at every pass through a net and has it zeroed again, twice the cost of the pass. A program that cannot be
/// started again goes on, slowly.
#[cfg(unix)]
fn with_settings_named() {
    use std::os::unix::process::CommandExt as _;
    const THREADS: &str = "RAYON_NUM_THREADS";
    if std::env::var_os(THREADS).is_some() {
        return;
    }
    if let (Ok(program), Ok(threads)) = (std::env::current_exe(), std::thread::available_parallelism()) {
        let mut arguments = std::env::args_os();
        let name = arguments.next().unwrap_or_else(|| program.clone().into());
        let mut again = std::process::Command::new(&program);
        again.arg0(name).args(arguments).env(THREADS, threads.to_string());
        for (setting, bytes) in [("MALLOC_TRIM_THRESHOLD_", "268435456"), ("MALLOC_MMAP_THRESHOLD_", "33554432")] {
            if std::env::var_os(setting).is_none() {
                again.env(setting, bytes);
            }
        }
        let _ = again.exec();
    }
}

#[cfg(not(unix))]
fn with_settings_named() {}
