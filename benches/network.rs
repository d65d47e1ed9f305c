//! Random layers against the time of drawing their weights alone. `cargo bench --profile dev --bench network`

use std::time::Instant;

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use vanishing_curvature::network::{Backend, Gate, Law, Layer, States};

const WEIGHTS: usize = 1 << 20;
const AT_ONCE: usize = 1 << 15;

fn shortest(mut work: impl FnMut()) -> f64 {
    let seconds = (0..9).map(|_| {
        let start = Instant::now();
        work();
        start.elapsed().as_secs_f64()
    });
    seconds.fold(f64::INFINITY, f64::min)
}

fn main() {
    let (mut rng, backend) = (ChaCha8Rng::seed_from_u64(1), Backend::host());
    println!("time over that of drawing the weights alone");
    println!("{:>6} {:>28} {:>12} {:>10} {:>10} {:>10}", "width", "law", "draw ns", "one input", "six inputs", "particles");
    for width in [2, 4, 8, 16, 64] {
        for law in [Law::Gaussian(1.0), Law::Uniform(1.0), Law::Rademacher(1.0)] {
            let layer = Layer { width, law, gate: Gate::Relu };
            let mut weights = vec![0.0; AT_ONCE];
            let drawing = shortest(|| (0..WEIGHTS / AT_ONCE).for_each(|_| law.sample(&mut rng, &mut weights)));
            let mut sum = 0.0;
            let mut sampling = |count: usize| {
                let inputs: Vec<Vec<f64>> = (0..count).map(|i| (0..width).map(|j| 0.3 + i as f64 - j as f64).collect()).collect();
                let inputs = States::repeat(&inputs, 1).expect("valid");
                let draws = WEIGHTS / (width * width);
                let norms = || layer.norms(&backend, &inputs, draws, &mut rng, |_, norms| sum += norms.post_norm2_pow2).expect("runs");
                shortest(norms) / drawing
            };
            let (one, six) = (sampling(1), sampling(6));
            let states = States::repeat(&[vec![1.0; width]], AT_ONCE / (width * width)).expect("valid");
            let particles = shortest(|| {
                for _ in 0..WEIGHTS / AT_ONCE {
                    std::hint::black_box(layer.step(&backend, &states, &mut rng).expect("runs"));
                }
            });
            let (nanoseconds, particles) = (drawing * 1e9 / WEIGHTS as f64, particles / drawing);
            println!("{width:>6} {:>28} {nanoseconds:>12.2} {one:>10.2} {six:>10.2} {particles:>10.2}", format!("{law:?}"));
            assert!(sum > 0.0);
        }
    }
}
