//! Random numbers, and what is made of them, beside the time of drawing them.

use std::hint::black_box;

use candle_core::Device;
use rand::Rng;
use vanishing_curvature::network::{Backend, Gate, Law, Layer, States, chain};
use vanishing_curvature::sampled::Streams;

use crate::Bench;
use crate::rates::shortest;

const WEIGHTS: usize = 1 << 20;
const AT_ONCE: usize = 1 << 15;
const TIMES: usize = 9;

pub fn rows(bench: &mut Bench) {
    let mut rng = Streams::keyed(1, "bench", "random").chunk(0);
    let mut bytes = vec![0; 8 * AT_ONCE];
    let word = shortest(TIMES, || (0..WEIGHTS / AT_ONCE).for_each(|_| rng.fill_bytes(black_box(&mut bytes)))) / WEIGHTS as f64;
    let (backend, mut sum) = (Backend::host(), 0.0);
    for (name, law, words) in
        [("Gaussian", Law::Gaussian(1.0), 1.0), ("uniform", Law::Uniform(1.0), 1.0), ("Rademacher", Law::Rademacher(1.0), 1.0 / 64.0)]
    {
        let mut weights = vec![0.0; AT_ONCE];
        let drawing = shortest(TIMES, || (0..WEIGHTS / AT_ONCE).for_each(|_| law.sample(&mut rng, black_box(&mut weights))));
        let floor = (word * words * WEIGHTS as f64, "the generator's words");
        bench.row(&format!("draw 2^20 {name} weights"), drawing, floor, None);
        let floor = (drawing, "drawing the weights");
        for width in [2, 4, 8, 16, 64] {
            let layer = Layer { width, law, gate: Gate::Relu };
            let input: Vec<f64> = (0..width).map(|j| 0.3 - j as f64).collect();
            let inputs = States::repeat(&[input], 1).expect("valid");
            let draws = WEIGHTS / (width * width);
            let seconds = shortest(TIMES, || {
                layer.norms(&backend, &inputs, draws, &mut rng, |_, norms| sum += norms.post_norm2_pow2).expect("runs");
            });
            bench.row(&format!("one {name} layer of width {width}"), seconds, floor, Some(2.0));
        }
        for width in [4, 16] {
            let layer = Layer { width, law, gate: Gate::Relu };
            let states = States::repeat(&[vec![1.0; width]], AT_ONCE / (width * width)).expect("valid");
            let seconds = shortest(TIMES, || {
                for _ in 0..WEIGHTS / AT_ONCE {
                    black_box(layer.step(&backend, &states, &mut rng).expect("runs"));
                }
            });
            bench.row(&format!("particles in {name} layers of width {width}"), seconds, floor, Some(2.0));
        }
    }
    assert!(sum > 0.0, "norms are positive");
    let chains = AT_ONCE / 16;
    let seconds = shortest(TIMES, || {
        black_box(chain::products(&Device::Cpu, &[WEIGHTS / chains], chains, &mut rng).expect("runs"));
    });
    bench.row("neural chains", seconds, (word * WEIGHTS as f64, "the generator's words"), Some(2.0));
}
