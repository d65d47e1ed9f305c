//! How time and memory grow with width, depth, samples and threads: `cargo bench --bench scaling`.
//!
//! Every size is measured by a process of its own, so that its memory is its own. `-- --write` commits `reports/scaling.json`, which the
//! next report shows as a page.

#[path = "../measure/mod.rs"]
mod measure;
mod works;

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use vanishing_curvature::report::SCALING;
use vanishing_curvature::report::json::{Exponent, ScalingDocument, SizeRow, SweepRow, WorkRow, render};

use works::{Size, WORKS, Work};

/// Runs of one size.
const RUNS: usize = 7;

/// The first argument of the process that measures one size.
const ONE: &str = "one-size";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [one, name, numbers @ ..] = arguments.as_slice()
        && one == ONE
    {
        let work = WORKS.iter().find(|work| work.name == name).expect("a piece of work");
        let numbers: Vec<usize> = numbers.iter().map(|number| number.parse().expect("a number")).collect();
        println!(
            "{}",
            serde_json::to_string(&measured(work, Size { width: numbers[0], depth: numbers[1], samples: numbers[2] })).expect("JSON")
        );
        return;
    }
    let document = ScalingDocument::new(env!("CARGO_PKG_VERSION"), measure::processor(), WORKS.iter().map(sweeps).collect());
    if arguments.iter().any(|argument| argument == "--write") {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("reports").join(SCALING);
        std::fs::write(path, render(&document)).expect("reports/scaling.json can be written");
    }
}

/// One size in this process: its shortest and median time, and what memory it took.
fn measured(work: &Work, size: Size) -> SizeRow {
    let before = measure::peak();
    let run = work.prepared(size);
    let mut seconds: Vec<f64> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed().as_secs_f64()
        })
        .collect();
    seconds.sort_by(f64::total_cmp);
    let mebibytes = before.and_then(|before| Some(measure::peak()? - before));
    SizeRow { size: 0.0, shortest: seconds[0], median: seconds[RUNS / 2], mebibytes }
}

/// One size in a process of its own, with that many threads.
fn alone(work: &Work, size: Size, threads: usize, at: usize) -> SizeRow {
    let Size { width, depth, samples } = size;
    let numbers = [width, depth, samples].map(|number| number.to_string());
    let child = Command::new(std::env::current_exe().expect("this program"))
        .arg(ONE)
        .arg(work.name)
        .args(numbers)
        .env("RAYON_NUM_THREADS", threads.to_string())
        .output()
        .expect("this program starts again");
    assert!(child.status.success(), "{}", String::from_utf8_lossy(&child.stderr));
    let row: SizeRow = serde_json::from_slice(&child.stdout).expect("a size");
    SizeRow { size: at as f64, ..row }
}

fn sweeps(work: &Work) -> WorkRow {
    println!("{}", work.name);
    let Size { width, depth, samples } = work.at;
    let swept = |against: &str, held: String, sizes: &[usize], size: &dyn Fn(usize) -> (Size, usize)| {
        let one = |at: &usize| {
            let (size, threads) = size(*at);
            alone(work, size, threads, *at)
        };
        let points: Vec<SizeRow> = sizes.iter().map(one).collect();
        let times: Vec<(f64, f64)> = points.iter().map(|point| (point.size, point.shortest)).collect();
        let memory: Option<Vec<(f64, f64)>> = points.iter().map(|point| Some((point.size, point.mebibytes?))).collect();
        let time = Exponent::fitted(&times).expect("times are positive");
        let memory = memory.and_then(|pairs| Exponent::fitted(&pairs));
        let shown = |exponent: &Exponent| match (exponent.low, exponent.high) {
            (Some(low), Some(high)) => format!("{:.2} [{low:.2}, {high:.2}]", exponent.estimate),
            _ => format!("{:.2}", exponent.estimate),
        };
        let of_memory = memory.as_ref().map_or_else(String::new, |exponent| format!(", memory {}", shown(exponent)));
        println!("  against {against} ({held}): time {}{of_memory}", shown(&time));
        SweepRow { against: against.to_owned(), held, points, time, memory }
    };
    let at = work.at;
    let threads = measure::threads();
    let sweeps = vec![
        swept("width", format!("depth {depth}, {samples} samples"), work.widths, &|width| (Size { width, ..at }, threads)),
        swept("depth", format!("width {width}, {samples} samples"), work.depths, &|depth| (Size { depth, ..at }, threads)),
        swept("samples", format!("width {width}, depth {depth}"), work.counts, &|samples| (Size { samples, ..at }, threads)),
        swept("threads", format!("width {width}, depth {depth}, {samples} samples"), &[1, 2], &|threads| (at, threads)),
    ];
    WorkRow { work: work.name.to_owned(), sweeps }
}
