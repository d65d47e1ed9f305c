//! Measuring: shortest times, and the machine's own rates.

use std::hint::black_box;
use std::time::Instant;

use candle_core::{Device, Tensor};

use crate::measure::threads;

/// The shortest of several runs, in seconds: what others on the machine take from a run only makes it longer.
pub fn shortest(times: usize, mut work: impl FnMut()) -> f64 {
    let seconds = (0..times).map(|_| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64()
    });
    seconds.fold(f64::INFINITY, f64::min)
}

/// Floating-point operations a second in a square product of 512 rows.
pub fn product_rate() -> f64 {
    let matrix = Tensor::from_vec(vec![0.5f64; 512 * 512], (512, 512), &Device::Cpu).expect("fits");
    2.0 * 512f64.powi(3) / shortest(20, || drop(black_box(matrix.matmul(&matrix).expect("fits"))))
}

/// Bytes a second in a copy of 64 MiB, as many again written as read.
pub fn copy_rate() -> f64 {
    let (from, mut to) = (vec![1u8; 1 << 26], vec![0u8; 1 << 26]);
    from.len() as f64 / shortest(10, || black_box(&mut to).copy_from_slice(black_box(&from)))
}

/// Starts the program again with that many threads in its environment: candle asks for the number at every product, and reads
/// /proc/cpuinfo each time unless the environment tells.
#[cfg(unix)]
pub fn with_threads_named() {
    use std::os::unix::process::CommandExt as _;
    const THREADS: &str = "RAYON_NUM_THREADS";
    if std::env::var_os(THREADS).is_some() {
        return;
    }
    if let Ok(program) = std::env::current_exe() {
        let arguments = std::env::args_os().skip(1);
        let _ = std::process::Command::new(program).args(arguments).env(THREADS, threads().to_string()).exec();
    }
}

#[cfg(not(unix))]
pub fn with_threads_named() {}
