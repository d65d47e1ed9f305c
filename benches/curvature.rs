//! Curvature at one net against the machine's own rate of products. `cargo bench --profile dev --bench curvature`

use std::time::Instant;

use candle_core::{Device, Tensor};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use vanishing_curvature::curvature::{Data, Layer, Loss, Network, Parameters, Pass};
use vanishing_curvature::network::{Gate, Law};

fn shortest(times: usize, mut work: impl FnMut()) -> f64 {
    let seconds = (0..times).map(|_| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64()
    });
    seconds.fold(f64::INFINITY, f64::min)
}

/// Floating-point operations a second in a square product of 512 rows.
fn rate() -> f64 {
    let matrix = Tensor::from_vec(vec![0.5f64; 512 * 512], (512, 512), &Device::Cpu).expect("fits");
    2.0 * 512f64.powi(3) / shortest(20, || drop(std::hint::black_box(matrix.matmul(&matrix).expect("fits"))))
}

/// The most memory that this process has held so far, in MiB, where the system tells.
fn peak() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<f64>().ok()? / 1024.0)
}

fn main() {
    let (mut rng, rate) = (ChaCha8Rng::seed_from_u64(1), rate());
    println!("{:.0} GFLOP/s in a square product of 512 rows", rate / 1e9);
    println!("aims: blocks at width 32, depth 32, 32 samples in 4 times their products and 250 ms on two cores; at width 64, depth 100,");
    println!("      one sample in 10 s; a Hessian-vector product in 2.5 gradients, one-shot in 3.5; memory of order L^2 + n L d^2");
    for (width, depth, count) in [(16usize, 20usize, 4usize), (64, 100, 1), (32, 32, 32), (64, 32, 64)] {
        let before = peak();
        let mut draw = |law: Law, size: usize| {
            let mut numbers = vec![0.0; size];
            law.sample(&mut rng, &mut numbers);
            numbers
        };
        let gate = |k: usize| if k + 1 < depth { Gate::Relu } else { Gate::Linear };
        let layers = (0..depth).map(|k| Layer::new(draw(Law::he_gaussian(width), width * width), width, width, gate(k)));
        let network = Network::new(layers.collect()).expect("shapes chain");
        let (inputs, targets) = (draw(Law::Gaussian(1.0), count * width), draw(Law::Gaussian(1.0), count * width));
        let data = Data::new(&network, count, inputs, targets).expect("fits");
        let direction = draw(Law::Gaussian(1.0), network.parameters());
        let run = || Pass::new(&network, &data, Loss::SquaredError).expect("runs");
        let pass = run();

        let gradient = shortest(9, || drop(run().gradient().expect("runs")));
        let product = shortest(9, || drop(pass.hessian_vector(&direction).expect("runs")));
        let one_shot = shortest(9, || drop(run().hessian_vector(&direction).expect("runs")));
        let blocks = shortest(5, || drop(pass.block_norms(Parameters::Weights).expect("runs")));
        // Per pair of layers: P, A, its Gram matrix and that of P, and the two factors of the cross term.
        let pairs = (depth * (depth - 1) / 2) as f64;
        let (d, n) = (width as f64, count as f64);
        let floor = pairs * 2.0 * (2.0 * n * d.powi(3) + 4.0 * n * n * d * d) / rate;
        println!("width {width}, depth {depth}, {count} samples:");
        println!(
            "  gradient {:.2} ms; Hessian-vector product {:.1} gradients, one-shot {:.1}",
            gradient * 1e3,
            product / gradient,
            one_shot / gradient
        );
        println!("  all block norms {:.0} ms, {:.1} times their products at the rate above", blocks * 1e3, blocks / floor);
        if let (Some(before), Some(after)) = (before, peak()) {
            let unit = (depth * depth + count * depth * width * width) as f64 * 8.0 / f64::from(1 << 20);
            println!("  peak memory {after:.0} MiB, {before:.0} before; L^2 + n L d^2 numbers take {unit:.1} MiB");
        }
    }
}
