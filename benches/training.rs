//! A step of training against candle's bare forward and backward pass and against the machine's own rate of products; memory over 10⁴
//! steps. `cargo bench --profile dev --bench training`

use std::hint::black_box;
use std::time::Instant;

use candle_core::{Device, Tensor};
use candle_nn::loss::cross_entropy;
use vanishing_curvature::network::{Backend, Gate, Law};
use vanishing_curvature::sampled::Streams;
use vanishing_curvature::training::{
    Biases, Dataset, Examples, METHODS, Model as _, Perceptron, Phase, Recipe, Rule, Trainer, on_large_stacks,
};

const BATCH: usize = 128;

fn shortest(times: usize, mut work: impl FnMut()) -> f64 {
    let seconds = (0..times).map(|_| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64()
    });
    seconds.fold(f64::INFINITY, f64::min)
}

/// Floating-point operations a second in a square product of 512 rows, on one thread.
fn rate() -> f64 {
    let matrix = Tensor::from_vec(vec![0.5f64; 512 * 512], (512, 512), &Device::Cpu).expect("fits");
    2.0 * 512f64.powi(3) / shortest(20, || drop(black_box(matrix.matmul(&matrix).expect("fits"))))
}

/// The memory of this process that is held, in MiB; nothing where the system does not tell.
fn held() -> Option<f64> {
    let pages: f64 = std::fs::read_to_string("/proc/self/statm").ok()?.split_whitespace().nth(1)?.parse().ok()?;
    Some(pages * 4096.0 / f64::from(1 << 20))
}

fn recipe(rule: Rule) -> Recipe {
    Recipe { rule, rate: 1e-4, batch: Some(BATCH), steps: 0, every: 1, curvature_every: None }
}

fn report(data: &Dataset, examples: &Examples, depth: usize, width: usize, rate: f64) {
    let (backend, streams) = (Backend::host(), Streams::keyed(1, "bench", "training"));
    let mut widths = vec![width; depth + 1];
    (widths[0], widths[depth]) = (data.features(), data.classes);
    let draw = || Perceptron::draw(&widths, Gate::Relu, Biases::Absent, Law::he_uniform, &backend, &mut streams.chunk(0)).expect("draws");
    let model = draw();
    let inputs = data.training.inputs[..BATCH * data.features()].to_vec();
    let inputs = Tensor::from_vec(inputs, (BATCH, data.features()), &Device::Cpu).expect("fits");
    let labels = Tensor::from_vec(data.training.labels[..BATCH].to_vec(), BATCH, &Device::Cpu).expect("fits");
    let forward = || cross_entropy(&model.forward(&inputs, Phase::Training).expect("runs"), &labels).expect("runs");
    let ahead = shortest(30, || drop(black_box(forward())));
    let bare = shortest(30, || drop(black_box(forward().backward().expect("runs"))));
    // Three products a layer, the first without the gradient of its input.
    let weights: usize = widths.windows(2).map(|pair| pair[0] * pair[1]).sum();
    let floor = 2.0 * BATCH as f64 * (3 * weights - widths[0] * widths[1]) as f64 / rate;
    println!("depth {depth}, width {width}, batch {BATCH}:");
    println!(
        "  products at the rate above {:.2} ms; candle: forward {:.2} ms, with backward {:.2} ms",
        floor * 1e3,
        ahead * 1e3,
        bare * 1e3
    );
    for method in METHODS {
        let model = draw();
        let mut trainer = Trainer::new(&model, examples, recipe(method.rule), &streams).expect("starts");
        let step = shortest(30, || trainer.update().expect("updates"));
        println!("  step of {:<8} {:.2} ms: {:.2} times candle's bare pass", method.name, step * 1e3, step / bare);
    }
}

fn main() {
    let data = Dataset::digits().expect("the program carries the digits");
    let examples = Examples::upload(&data, &Backend::host()).expect("fits");
    on_large_stacks(|| {
        let rate = rate();
        println!("{:.0} GFLOP/s in a square product of 512 rows", rate / 1e9);
        [(64, 16), (64, 64), (128, 32)].into_iter().for_each(|(depth, width)| report(&data, &examples, depth, width, rate));
        let streams = Streams::keyed(1, "bench", "memory");
        let model =
            Perceptron::draw(&[64, 32, 32, 10], Gate::Relu, Biases::Absent, Law::he_uniform, &Backend::host(), &mut streams.chunk(0));
        let model = model.expect("draws");
        let mut trainer = Trainer::new(&model, &examples, recipe(METHODS[3].rule), &streams).expect("starts");
        let mut after = |steps: usize| {
            (0..steps).for_each(|_| trainer.update().expect("updates"));
            held()
        };
        if let (Some(early), Some(late)) = (after(1000), after(10_000)) {
            println!("memory after 1000 steps {early:.1} MiB, after 10 000 more {late:.1} MiB");
        }
    });
}
