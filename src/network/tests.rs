//! Nets against plain loops over the same weights.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

use super::*;
use crate::formula::Scaled;

fn generator(seed: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}

fn ln(value: Scaled) -> f64 {
    value.mantissa().ln() + value.exponent() as f64 * std::f64::consts::LN_2
}

fn stack(widths: &[usize], law: Law, gate: Gate) -> Vec<Layer> {
    widths.iter().map(|&width| Layer { width, law, gate }).collect()
}

/// One net as textbooks write it, dividing by the largest entry (no power of two) after each layer: ln ‖h^ℓ‖₂² and ln ‖a^ℓ‖₂² of
/// every layer, for every net and input.
fn by_plain_loops(layers: &[Layer], inputs: &[Vec<f64>], nets: usize, seed: u64) -> Vec<Vec<(f64, f64)>> {
    let mut rng = generator(seed);
    let mut states: Vec<(Vec<f64>, f64)> = (0..nets).flat_map(|_| inputs.iter().map(|x| (x.clone(), 0.0))).collect();
    let mut norms = Vec::new();
    for layer in layers {
        let columns = states[0].0.len();
        let mut weights = vec![0.0; nets * layer.width * columns];
        layer.law.sample(&mut rng, &mut weights);
        let mut record = Vec::new();
        for (index, (a, log_scale)) in states.iter_mut().enumerate() {
            let matrix = &weights[index / inputs.len() * layer.width * columns..];
            let h: Vec<f64> = (0..layer.width).map(|i| (0..columns).map(|j| matrix[i * columns + j] * a[j]).sum()).collect();
            let kept: Vec<f64> = h.iter().map(|&h| if layer.gate == Gate::Relu { h.max(0.0) } else { h }).collect();
            let log_norm = |v: &[f64]| v.iter().map(|x| x * x).sum::<f64>().ln() + 2.0 * *log_scale;
            record.push((log_norm(&h), log_norm(&kept)));
            let largest = kept.iter().fold(0.0, |m: f64, x| m.max(x.abs()));
            *a = if largest > 0.0 { kept.iter().map(|x| x / largest).collect() } else { kept };
            *log_scale += if largest > 0.0 { largest.ln() } else { 0.0 };
        }
        norms.push(record);
    }
    norms
}

fn by_nets(backend: &Backend, layers: &[Layer], inputs: &[Vec<f64>], nets: usize, seed: u64) -> Vec<Vec<(f64, f64)>> {
    let mut norms = Vec::new();
    forward(backend, layers, inputs, nets, &mut generator(seed), |layer, pre, post| {
        assert_eq!(layer, norms.len() + 1);
        norms.push(pre.iter().zip(post.iter()).map(|(h, a)| (ln(h.norm2_pow2()), ln(a.norm2_pow2()))).collect());
    })
    .expect("a valid net");
    norms
}

fn agree(found: &[Vec<(f64, f64)>], expected: &[Vec<(f64, f64)>], tolerance: f64) {
    assert_eq!(found.len(), expected.len());
    for (layer, (found, expected)) in found.iter().zip(expected).enumerate() {
        assert_eq!(found.len(), expected.len());
        for (found, expected) in found.iter().zip(expected) {
            for (found, expected) in [(found.0, expected.0), (found.1, expected.1)] {
                let close = found == expected || (found - expected).abs() <= tolerance * expected.abs().max(1.0);
                assert!(close, "layer {}: {found} instead of {expected}", layer + 1);
            }
        }
    }
}

#[test]
fn nets_of_every_shape_agree_with_plain_loops() {
    let inputs = vec![vec![1.0, -2.0, 0.5], vec![3e-200, 0.0, -1e-200], vec![-1e150, 2e150, 7e149]];
    for gate in [Gate::Linear, Gate::Relu] {
        for law in [Law::Uniform(0.8), Law::Gaussian(0.5)] {
            for widths in [&[2usize, 5, 3, 1][..], &[16, 12, 33, 7]] {
                let layers = stack(widths, law, gate);
                let expected = by_plain_loops(&layers, &inputs, 6, 11);
                agree(&by_nets(&Backend::host(), &layers, &inputs, 6, 11), &expected, 1e-13);
            }
        }
    }
}

/// With integer weights and inputs every sum is exact, so a pre-activation that cancels is 0 and its gate is closed.
#[test]
fn integer_nets_agree_with_integer_arithmetic_ties_included() {
    let law = Law::ThreePoint { magnitude: 1.0, occupancy: 0.7 };
    for (input, widths) in [(vec![3i64, -2, 1], [3usize, 4, 3, 2]), ((1..=10).collect(), [12, 9, 14, 11])] {
        let (nets, mut rng) = (200, generator(21));
        let mut states = vec![input.clone(); nets];
        let (mut ties, mut expected) = (0, Vec::new());
        for &width in &widths {
            let mut weights = vec![0.0; nets * width * states[0].len()];
            law.sample(&mut rng, &mut weights);
            for (matrix, state) in weights.chunks_exact(width * states[0].len()).zip(&mut states) {
                let row = |row: &[f64]| row.iter().zip(state.iter()).map(|(&w, a)| w as i64 * a).sum::<i64>();
                let pre: Vec<i64> = matrix.chunks_exact(state.len()).map(row).collect();
                ties += pre.iter().filter(|&&h| h == 0).count();
                *state = pre.into_iter().map(|h| h.max(0)).collect();
            }
            expected.push(states.clone());
        }
        assert!(ties > 100, "{ties} ties");
        let input = vec![input.iter().map(|&x| x as f64).collect()];
        forward(&Backend::host(), &stack(&widths, law, Gate::Relu), &input, nets, &mut generator(21), |layer, _, post| {
            for (found, expected) in post.iter().zip(&expected[layer - 1]) {
                let found: Vec<i64> = found.entries.iter().map(|&a| power::shift(a, found.exponent) as i64).collect();
                assert_eq!(&found, expected);
            }
        })
        .expect("a valid net");
    }
}

#[test]
fn depth_five_thousand_neither_vanishes_nor_explodes() {
    let inputs = vec![vec![1.0, 2.0, -3.0, 4.0]];
    for (law, gate, low, high) in [
        (Law::lecun_uniform(4), Gate::Linear, -f64::MAX, -3000.0),
        (Law::xavier_gaussian(4), Gate::Linear, -3000.0, 0.0),
        (Law::Gaussian(20.0), Gate::Linear, 15000.0, f64::MAX),
    ] {
        let layers = stack(&[4; 5000], law, gate);
        let found = by_nets(&Backend::host(), &layers, &inputs, 2, 3);
        agree(&found, &by_plain_loops(&layers, &inputs, 2, 3), 1e-12);
        let last = found[4999][0].0;
        assert!((low..high).contains(&last), "{law:?}: {last}");
    }
    let layers = stack(&[24; 5000], Law::he_gaussian(24), Gate::Relu);
    let found = by_nets(&Backend::host(), &layers, &[(0..24).map(f64::from).collect()], 1, 3);
    agree(&found, &by_plain_loops(&layers, &[(0..24).map(f64::from).collect()], 1, 3), 1e-12);
    assert!(found[4999][0].1.is_finite());
}

#[test]
fn powers_of_two_change_no_digit() {
    let layers = stack(&[5, 9, 20, 4], Law::Uniform(0.4), Gate::Relu);
    let input = [0.3, -1.7, 2.9];
    let states = |factor: f64| {
        let mut last = None;
        let scaled = vec![input.iter().map(|x| x * factor).collect()];
        forward(&Backend::host(), &layers, &scaled, 3, &mut generator(5), |_, pre, _| last = Some(pre.clone())).expect("a valid net");
        last.expect("four layers")
    };
    let (plain, tiny) = (states(1.0), states(2f64.powi(-900)));
    for (plain, tiny) in plain.iter().zip(tiny.iter()) {
        assert_eq!(plain.entries, tiny.entries);
        assert_eq!(plain.exponent, tiny.exponent + 900);
    }
}

#[test]
fn results_do_not_depend_on_the_number_of_threads() {
    let layers = stack(&[40, 64, 3], Law::Gaussian(0.3), Gate::Relu);
    let inputs: Vec<Vec<f64>> = (0..30).map(|i| (0..50).map(|j| f64::from(i * j % 17 - 8)).collect()).collect();
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| (0..6u64).into_par_iter().map(|chunk| by_nets(&Backend::host(), &layers, &inputs, 5, chunk)).collect::<Vec<_>>())
    };
    assert_eq!(with(1), with(4));
}

#[test]
fn single_precision_sees_the_same_weights() {
    let backend = Backend { precision: Precision::Single, ..Backend::host() };
    let inputs = vec![vec![1.0, -2.0, 0.5, 1.5]];
    let layers = stack(&[8; 300], Law::lecun_uniform(8), Gate::Linear);
    let (single, double) = (by_nets(&backend, &layers, &inputs, 4, 2), by_nets(&Backend::host(), &layers, &inputs, 4, 2));
    agree(&single, &double, 1e-4);
    assert_ne!(single, double);
    assert!(double[299][0].0 < -2.0 * 127.0 * std::f64::consts::LN_2, "deep enough to leave the range of 32 bits");
}

#[test]
fn norms_behind_one_layer_agree_with_states_behind_it() {
    let vectors = vec![vec![1.0, 0.0, 0.0], vec![1e-170, 2e-170, -3e-170], vec![5.0, 5.0, 5.0]];
    let inputs = States::repeat(&vectors, 1).expect("valid");
    let layer = Layer { width: 5, law: Law::Gaussian(0.6), gate: Gate::Relu };
    let draws = (1 << 15) / 15 + 100;
    let mut found = vec![Vec::new(); 3];
    layer.norms(&Backend::host(), &inputs, draws, &mut generator(4), |input, norms| found[input].push(*norms)).expect("valid");
    assert!(found.iter().all(|norms| norms.len() == draws));

    let repeated = States::repeat(&vectors, draws).expect("valid");
    let pre = layer.forward(&Backend::host(), &repeated, 3, &mut generator(4)).expect("valid");
    let post = pre.gated(Gate::Relu);
    for (index, (h, a)) in pre.iter().zip(post.iter()).enumerate() {
        let (norms, unit) = (found[index % 3][index / 3], inputs.state(index % 3).exponent);
        for (norm, power, state) in [
            (norms.pre_norm2_pow2, 2, h.norm2_pow2()),
            (norms.pre_norm4_pow4, 4, h.norm4_pow4()),
            (norms.post_norm2_pow2, 2, a.norm2_pow2()),
            (norms.post_norm4_pow4, 4, a.norm4_pow4()),
        ] {
            let (found, expected) = (ln(Scaled::new(norm, power * unit)), ln(state));
            assert!(found == expected || (found - expected).abs() < 1e-12, "{found} instead of {expected}");
        }
    }
}

#[test]
fn potentials_multiply_to_the_fourth_power_of_the_norm() {
    let layer = Layer { width: 6, law: Law::he_gaussian(6), gate: Gate::Relu };
    let start = States::repeat(&[vec![3.0, -4.0]], 500).expect("valid");
    let mut states = start.clone();
    let mut logs = vec![0.0; 500];
    let mut rng = generator(9);
    for _ in 0..20 {
        let (next, potentials) = layer.step(&Backend::host(), &states, &mut rng).expect("valid");
        logs.iter_mut().zip(&potentials).for_each(|(log, potential)| *log += ln(*potential));
        states = next;
    }
    let dead = states.iter().filter(|state| !state.is_alive()).count();
    assert!(dead > 0 && dead < 500, "{dead} dead");
    for (state, log) in states.iter().zip(&logs) {
        let expected = ln(state.norm2_pow4()) - 4.0 * 5f64.ln();
        assert!(*log == expected || (log - expected).abs() < 1e-11, "{log} instead of {expected}");
    }
}

#[test]
fn selected_states_are_those_of_the_indices() {
    let states = States::repeat(&[vec![1.0, 2.0], vec![-24.0, 8.0]], 2).expect("valid");
    let selected = states.select(&[3, 0, 3]);
    assert_eq!(selected.count(), 3);
    for (found, index) in selected.iter().zip([3, 0, 3]) {
        assert_eq!(found, states.state(index));
    }
    assert_eq!(ln(selected.state(0).norm2_pow2()), 640f64.ln());
}

#[test]
fn relu_gates_are_closed_at_zero_and_patterns_read_from_the_lowest_bit() {
    let states = States::repeat(&[vec![1.0, 0.0, -3.0, 2.0]], 1).expect("valid");
    assert_eq!(states.state(0).pattern(Gate::Relu), 0b1001);
    assert_eq!(states.state(0).pattern(Gate::Linear), 0b1111);
    let activation = states.gated(Gate::Relu);
    assert!(activation.state(0).is_alive());
    assert!(!States::repeat(&[vec![-1.0, 0.0]], 1).expect("valid").gated(Gate::Relu).state(0).is_alive());
    assert!(Gate::Relu.apply(f64::NAN).is_nan());
}

#[test]
fn unfit_inputs_are_refused_in_words() {
    let refusal = |vectors: &[Vec<f64>]| States::repeat(vectors, 1).expect_err("unfit").to_string();
    assert!(refusal(&[]).contains("at least one input"));
    assert!(refusal(&[vec![]]).contains("at least one entry"));
    assert!(refusal(&[vec![1.0], vec![1.0, 2.0]]).contains("lengths 1 and 2"));
    assert!(refusal(&[vec![f64::INFINITY]]).contains("not finite"));
    let states = States::repeat(&[vec![1.0]], 3).expect("valid");
    let layer = Layer { width: 1, law: Law::Rademacher(1.0), gate: Gate::Linear };
    assert!(layer.forward(&Backend::host(), &states, 2, &mut generator(0)).is_err());
}
