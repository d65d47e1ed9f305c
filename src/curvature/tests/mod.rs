//! Curvature against dense Hessians, against identities, and against itself at other scales.

mod dense;

use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::*;
use crate::formula::Scaled;
use crate::network::{Gate, Law};
use dense::dense;

/// The parameters of each trained layer: those of W, and all.
fn ranges(network: &Network) -> Vec<[std::ops::Range<usize>; 2]> {
    let mut start = 0;
    let mut ranges = Vec::new();
    for layer in network.layers().iter().filter(|layer| layer.trained) {
        let end = start + layer.parameters();
        ranges.push([start..start + layer.weights.len(), start..end]);
        start = end;
    }
    ranges
}

fn number(value: Scaled) -> f64 {
    value.mantissa() * 2f64.powi(i32::try_from(value.exponent()).expect("an ordinary exponent"))
}

fn close(found: f64, expected: f64, tolerance: f64, what: &str) {
    assert!((found - expected).abs() <= tolerance * expected.abs(), "{what}: {found:e} instead of {expected:e}");
}

fn draw(rng: &mut impl Rng, law: Law, count: usize) -> Vec<f64> {
    let mut numbers = vec![0.0; count];
    law.sample(rng, &mut numbers);
    numbers
}

/// A net of those widths; bit k of `biased` and `frozen` tells of layer k.
fn random_net(rng: &mut impl Rng, widths: &[usize], gates: impl Fn(usize) -> Gate, biased: usize, frozen: usize) -> Network {
    let layers = widths.windows(2).enumerate().map(|(k, pair)| Layer {
        weights: draw(rng, Law::Gaussian((1.5 / pair[0] as f64).sqrt()), pair[0] * pair[1]),
        biases: (biased >> k & 1 == 1).then(|| draw(rng, Law::Gaussian(0.3), pair[1])),
        trained: frozen >> k & 1 == 0,
        ..Layer::new(Vec::new(), pair[1], pair[0], gates(k))
    });
    Network::new(layers.collect()).expect("shapes chain")
}

fn random_data(rng: &mut impl Rng, network: &Network, count: usize) -> Data {
    let inputs = draw(rng, Law::Gaussian(1.0), count * network.input_width());
    let targets = draw(rng, Law::Gaussian(1.0), count * network.output_width());
    Data::new(network, count, inputs, targets).expect("fits")
}

/// Twenty nets of mixed shapes, gates, biases and batch sizes, some with frozen layers; the last eight with probabilities as targets.
fn zoo() -> Vec<(Network, Data, Loss)> {
    let mut rng = ChaCha8Rng::seed_from_u64(2);
    let nets = (0..28usize).map(|case| {
        let depth = 1 + case % 5;
        let mut widths: Vec<usize> = (0..=depth).map(|_| rng.random_range(1..=4)).collect();
        let last = depth - 1;
        if case >= 20 {
            widths[depth] += 1;
        }
        let gates = |k| if case % 4 == 0 || (k == last && case % 4 != 1) { Gate::Linear } else { Gate::Relu };
        let frozen = if depth > 2 && case % 3 == 0 { 1 << (case % depth) } else { 0 };
        let network = random_net(&mut rng, &widths, gates, case * 5, frozen);
        let data = random_data(&mut rng, &network, [1, 2, 5, 9, 1, 4][case / 5]);
        if case < 20 {
            return (network, data, Loss::SquaredError);
        }
        let probabilities = data.targets().chunks_exact(network.output_width()).flat_map(|row| {
            let total: f64 = row.iter().map(|y| y * y).sum();
            row.iter().map(move |y| y * y / total)
        });
        let data = Data::new(&network, data.count(), data.inputs().to_vec(), probabilities.collect()).expect("fits");
        (network, data, Loss::CrossEntropy)
    });
    nets.collect()
}

#[test]
fn block_norms_gradients_and_traces_equal_those_of_the_dense_hessian() {
    let mut nonzero = 0;
    for (network, data, criterion) in zoo() {
        let (pass, twin) = (Pass::new(&network, &data, criterion).expect("runs"), dense(&network, &data, criterion));
        close(number(pass.loss()), twin.loss, 1e-13, "loss");
        let size = twin.gradient.iter().map(|x| x * x).sum::<f64>().sqrt();
        let (entries, exponent) = pass.gradient().expect("runs").flatten();
        for (found, expected) in entries.iter().zip(&twin.gradient) {
            assert!((found * 2f64.powi(exponent as i32) - expected).abs() <= 1e-13 * size);
        }
        let ranges = ranges(&network);
        for (choice, parameters) in [Parameters::Weights, Parameters::All].into_iter().enumerate() {
            let found = pass.block_norms(parameters).expect("runs");
            let traces = pass.block_traces(parameters).expect("runs");
            let mut total = 0.0;
            for k in 0..ranges.len() {
                for l in 0..ranges.len() {
                    let (rows, columns) = (ranges[k][choice].clone(), ranges[l][choice].clone());
                    let expected: f64 =
                        rows.flat_map(|i| columns.clone().map(move |j| (i, j))).map(|(i, j)| twin.hessian[i][j].powi(2)).sum();
                    close(number(found.square(k, l)).sqrt(), expected.sqrt(), 1e-10, &format!("block {k} {l}"));
                    nonzero += usize::from(k != l && expected > 0.0);
                }
                let trace = ranges[k][choice].clone().map(|i| twin.hessian[i][i]).sum::<f64>();
                close(number(traces[k]), trace, 1e-12, "the trace of a block");
                total += trace;
            }
            close(number(pass.trace(parameters).expect("runs")), total, 1e-12, "trace");
        }
    }
    assert!(nonzero > 100, "{nonzero} off-diagonal blocks that are not 0");
}

#[test]
fn hessian_vector_products_equal_the_dense_hessian_times_the_vector() {
    let mut rng = ChaCha8Rng::seed_from_u64(4);
    for (network, data, criterion) in zoo() {
        let (pass, twin) = (Pass::new(&network, &data, criterion).expect("runs"), dense(&network, &data, criterion));
        let direction = draw(&mut rng, Law::Gaussian(1.0), network.parameters());
        let found = pass.hessian_vector(&direction).expect("runs").in_units_of(0);
        let expected: Vec<f64> = twin.hessian.iter().map(|row| row.iter().zip(&direction).map(|(h, v)| h * v).sum()).collect();
        let size = expected.iter().map(|x| x * x).sum::<f64>().sqrt();
        for (found, expected) in found.iter().zip(&expected) {
            assert!((found - expected).abs() <= 1e-12 * size, "{found} instead of {expected}");
        }
    }
}

/// Eigenvalues by Jacobi rotations, ascending.
fn by_rotations(mut a: Vec<Vec<f64>>) -> Vec<f64> {
    let n = a.len();
    for _ in 0..60 {
        for p in 0..n {
            for q in p + 1..n {
                if a[p][q] == 0.0 {
                    continue;
                }
                let theta = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
                let t = 1.0f64.copysign(theta) / (theta.abs() + theta.hypot(1.0));
                let (c, s) = (1.0 / t.hypot(1.0), t / t.hypot(1.0));
                for row in &mut a {
                    (row[p], row[q]) = (c * row[p] - s * row[q], s * row[p] + c * row[q]);
                }
                let (head, tail) = a.split_at_mut(q);
                for (x, y) in head[p].iter_mut().zip(&mut tail[0]) {
                    (*x, *y) = (c * *x - s * *y, s * *x + c * *y);
                }
            }
        }
    }
    let mut values: Vec<f64> = (0..n).map(|i| a[i][i]).collect();
    values.sort_by(f64::total_cmp);
    values
}

#[test]
fn extreme_eigenvalues_equal_those_of_the_dense_hessian() {
    let mut rng = ChaCha8Rng::seed_from_u64(6);
    for (network, data, criterion) in zoo() {
        let pass = Pass::new(&network, &data, criterion).expect("runs");
        let expected = by_rotations(dense(&network, &data, criterion).hessian);
        let (low, high) = (expected[0], expected[expected.len() - 1]);
        let size = low.abs().max(high.abs());
        let found = extreme_eigenvalues(&pass, 200, 1e-10, &mut rng).expect("runs");
        for (found, expected) in found.iter().zip([low, high]) {
            assert!((number(found.value) - expected).abs() <= 1e-9 * size, "{} instead of {expected}", number(found.value));
            assert!(number(found.residual) <= 1e-9 * size);
        }
    }
}

#[test]
fn spectral_densities_have_the_moments_of_the_hessian() {
    let mut rng = ChaCha8Rng::seed_from_u64(8);
    let network = random_net(&mut rng, &[3, 5, 4, 2], |_| Gate::Linear, 0b010, 0);
    let data = random_data(&mut rng, &network, 6);
    let pass = Pass::new(&network, &data, Loss::SquaredError).expect("runs");
    let density = spectral_density(&pass, 400, 30, &mut rng).expect("runs");
    assert!((density.iter().map(|(_, weight)| weight).sum::<f64>() - 1.0).abs() < 1e-12);
    let mean: f64 = density.iter().map(|&(value, weight)| number(value) * weight).sum();
    let second: f64 = density.iter().map(|&(value, weight)| number(value).powi(2) * weight).sum();
    let count = network.parameters() as f64;
    let norms = pass.block_norms(Parameters::All).expect("runs");
    let square: f64 = (0..3).flat_map(|k| (0..3).map(move |l| (k, l))).map(|(k, l)| number(norms.square(k, l))).sum();
    let slack = 6.0 * (2.0 * square / count / 400.0 / count).sqrt() * count.sqrt();
    assert!((mean - number(pass.trace(Parameters::All).expect("runs")) / count).abs() < slack, "{mean}, slack {slack}");
    assert!((second / (square / count) - 1.0).abs() < 0.5, "{second} against {}", square / count);
}

/// ⟨∂_k, W^k⟩ = Ψ and E_kᵀ H E_l = Φ + (1 − δ_kl) Ψ for nets without biases.
#[test]
fn homogeneous_nets_obey_euler() {
    let mut rng = ChaCha8Rng::seed_from_u64(10);
    let network = random_net(&mut rng, &[4, 6, 5, 6, 3], |k| if k < 3 { Gate::Relu } else { Gate::Linear }, 0, 0);
    let data = random_data(&mut rng, &network, 5);
    let pass = Pass::new(&network, &data, Loss::SquaredError).expect("runs");
    let (phi, psi) = (number(pass.phi().expect("runs")), number(pass.psi()));
    let ranges = ranges(&network);
    let gradient = pass.gradient().expect("runs").in_units_of(0);
    for (k, own) in ranges.iter().enumerate() {
        let weights = &network.layers()[k].weights;
        let mut direction = vec![0.0; network.parameters()];
        direction[own[0].clone()].copy_from_slice(weights);
        let along: f64 = gradient[own[0].clone()].iter().zip(weights).map(|(g, w)| g * w).sum();
        close(along, psi, 1e-12, "the gradient along W");
        let product = pass.hessian_vector(&direction).expect("runs").in_units_of(0);
        for (l, other) in ranges.iter().enumerate() {
            let found: f64 = product[other[0].clone()].iter().zip(&network.layers()[l].weights).map(|(h, w)| h * w).sum();
            close(found, if k == l { phi } else { phi + psi }, 1e-12, "the Hessian between two W");
        }
    }
}

fn scaled(network: &Network, factor: impl Fn(usize) -> f64) -> Network {
    let layers = network
        .layers()
        .iter()
        .enumerate()
        .map(|(k, layer)| Layer { weights: layer.weights.iter().map(|w| w * factor(k)).collect(), ..layer.clone() });
    Network::new(layers.collect()).expect("the same shapes")
}

/// Multiplying B and y by 2^−450 multiplies the loss by 2^−900.
#[test]
fn multiplying_the_loss_by_a_power_of_two_changes_no_digit() {
    let mut rng = ChaCha8Rng::seed_from_u64(12);
    let network = random_net(&mut rng, &[3, 5, 4, 4, 2], |k| if k < 3 { Gate::Relu } else { Gate::Linear }, 0b0101, 0b1000);
    let data = random_data(&mut rng, &network, 4);
    let small = scaled(&network, |k| if k == 3 { 2f64.powi(-450) } else { 1.0 });
    let targets = data.targets().iter().map(|y| y * 2f64.powi(-450)).collect();
    let small_data = Data::new(&small, 4, data.inputs().to_vec(), targets).expect("fits");
    let (pass, small_pass) =
        (Pass::new(&network, &data, Loss::SquaredError).expect("runs"), Pass::new(&small, &small_data, Loss::SquaredError).expect("runs"));
    let shifted = |plain: Scaled, tiny: Scaled, power: i64| {
        let wanted = Scaled::new(plain.mantissa(), plain.exponent() + power);
        assert_eq!(tiny, wanted);
    };
    shifted(pass.loss(), small_pass.loss(), -900);
    shifted(pass.trace(Parameters::All).expect("runs"), small_pass.trace(Parameters::All).expect("runs"), -900);
    let (norms, small_norms) = (pass.block_norms(Parameters::All).expect("runs"), small_pass.block_norms(Parameters::All).expect("runs"));
    for (k, l) in (0..3).flat_map(|k| (0..3).map(move |l| (k, l))) {
        shifted(norms.square(k, l), small_norms.square(k, l), -1800);
    }
    let seed = || ChaCha8Rng::seed_from_u64(1);
    let ends = extreme_eigenvalues(&pass, 80, 1e-10, &mut seed()).expect("runs");
    let small_ends = extreme_eigenvalues(&small_pass, 80, 1e-10, &mut seed()).expect("runs");
    for (plain, tiny) in ends.iter().zip(&small_ends) {
        shifted(plain.value, tiny.value, -900);
    }
}

/// Halving every weight and dividing y by 2^L divides f by 2^L, and a second derivative by W^k and W^l by 2^(2L − 2).
#[test]
fn norms_far_below_the_range_of_f64_keep_their_digits() {
    let mut rng = ChaCha8Rng::seed_from_u64(14);
    let depth = 700;
    let mut layers: Vec<Layer> = (0..=depth).map(|_| Layer::new(draw(&mut rng, Law::xavier_gaussian(3), 9), 3, 3, Gate::Linear)).collect();
    // Most layers frozen: the blocks between a few suffice.
    layers.iter_mut().enumerate().for_each(|(k, layer)| layer.trained = [0, 1, 350, 699].contains(&k));
    let network = Network::new(layers).expect("shapes chain");
    let small = scaled(&network, |k| if k < depth { 0.5 } else { 1.0 });
    let data = |network: &Network, factor: f64| {
        let targets = [1.0, -0.5, 2.0, 0.25, 3.0, -1.0].map(|y| y * factor).to_vec();
        Data::new(network, 2, vec![1.0, 2.0, 3.0, -1.0, 0.5, 4.0], targets).expect("fits")
    };
    let (plain, tiny) = (data(&network, 1.0), data(&small, 2f64.powi(-(depth as i32))));
    let norms = |network: &Network, data: &Data| {
        Pass::new(network, data, Loss::SquaredError).expect("runs").block_norms(Parameters::Weights).expect("runs")
    };
    let (plain, tiny) = (norms(&network, &plain), norms(&small, &tiny));
    for (k, l) in (0..4).flat_map(|k| (0..4).map(move |l| (k, l))) {
        let (plain, tiny) = (plain.square(k, l), tiny.square(k, l));
        assert_eq!(tiny, Scaled::new(plain.mantissa(), plain.exponent() - 4 * depth as i64 + 4));
        assert!(tiny.mantissa() > 0.0 && tiny.exponent() < -2600, "‖H‖ is below 1e-391");
    }
}

/// A chain of L gated halves on x = 1 and on x = −1, which dies; y = 0: ∂_kk = 2^(1 − 2L), ∂_kl = 2^(2 − 2L).
#[test]
fn dead_samples_do_not_drown_the_others_at_any_scale() {
    for depth in [3i64, 900] {
        let mut layers: Vec<Layer> = (0..depth).map(|_| Layer::new(vec![0.5], 1, 1, Gate::Relu)).collect();
        layers.iter_mut().enumerate().for_each(|(k, layer)| layer.trained = k == 0 || k == 2);
        let network = Network::new(layers).expect("shapes chain");
        let data = Data::new(&network, 2, vec![-1.0, 1.0], vec![0.0; 2]).expect("fits");
        let pass = Pass::new(&network, &data, Loss::SquaredError).expect("runs");
        let norms = pass.block_norms(Parameters::Weights).expect("runs");
        let log2 = |value: Scaled| value.mantissa().log2() + value.exponent() as f64;
        assert_eq!(log2(norms.square(0, 0)), (2 - 4 * depth) as f64);
        assert_eq!(log2(norms.square(1, 1)), (2 - 4 * depth) as f64);
        assert_eq!(log2(norms.square(0, 1)), (4 - 4 * depth) as f64);
        assert_eq!(log2(pass.trace(Parameters::Weights).expect("runs")), (2 - 2 * depth) as f64);
        assert_eq!(log2(pass.gradient().expect("runs").weights[0].square()), (-4 * depth) as f64);
        let ends = extreme_eigenvalues(&pass, 10, 1e-12, &mut ChaCha8Rng::seed_from_u64(0)).expect("runs");
        for (end, expected) in ends.iter().zip([-1.0, 3.0]) {
            let unit = Scaled::new(1.0, 1 - 2 * depth);
            let found = end.value.mantissa() * 2f64.powi((end.value.exponent() - unit.exponent()) as i32);
            close(found, expected, 1e-12, "an eigenvalue");
        }
    }
}

#[test]
fn a_dead_net_has_no_curvature_and_no_gradient() {
    let first = Layer::new(vec![-1.0, -2.0, -3.0, -1.0], 2, 2, Gate::Relu);
    let network = Network::new(vec![first, Layer::new(vec![1.0, 1.0], 1, 2, Gate::Linear)]).expect("shapes chain");
    let data = Data::new(&network, 1, vec![1.0, 1.0], vec![2.0]).expect("fits");
    let pass = Pass::new(&network, &data, Loss::SquaredError).expect("runs");
    assert_eq!(number(pass.loss()), 2.0);
    assert_eq!(pass.closed(), [Some(1.0), None]);
    assert_eq!(pass.output(0), (&[0.0][..], 0));
    assert!(pass.gradient().expect("runs").flatten().0.iter().all(|&g| g == 0.0));
    let norms = pass.block_norms(Parameters::All).expect("runs");
    assert!((0..2).all(|k| (0..2).all(|l| norms.square(k, l).mantissa() == 0.0)));
    let ends = extreme_eigenvalues(&pass, 10, 1e-10, &mut ChaCha8Rng::seed_from_u64(0)).expect("runs");
    assert!(ends.iter().all(|end| end.value.mantissa() == 0.0));
}

/// Logits of 2^600 and of 2^−600: the softmax is a corner, or the centre, of the simplex.
#[test]
fn cross_entropy_is_right_at_every_scale_of_the_logits() {
    let network = |factor: f64| Network::new(vec![Layer::new(vec![3.0 * factor, factor], 2, 1, Gate::Linear)]).expect("fits");
    let (large, small) = (network(2f64.powi(600)), network(2f64.powi(-600)));
    let data = Data::new(&large, 1, vec![1.0], vec![0.0, 1.0]).expect("fits");
    let pass = Pass::new(&large, &data, Loss::CrossEntropy).expect("runs");
    assert_eq!(number(pass.loss()), 2f64.powi(601));
    assert_eq!(pass.gradient().expect("runs").in_units_of(0), [1.0, -1.0]);
    assert_eq!(number(pass.trace(Parameters::All).expect("runs")), 0.0);
    let pass = Pass::new(&small, &data, Loss::CrossEntropy).expect("runs");
    close(number(pass.loss()), std::f64::consts::LN_2, 1e-15, "the loss");
    assert_eq!(pass.gradient().expect("runs").in_units_of(0), [0.5, -0.5]);
    close(number(pass.trace(Parameters::All).expect("runs")), 0.5, 1e-15, "the trace");
}

#[test]
fn unfit_networks_and_data_are_refused_in_words() {
    let refusal = |layers: Vec<Layer>| Network::new(layers).expect_err("unfit").to_string();
    assert!(refusal(vec![]).contains("at least one layer"));
    assert!(refusal(vec![Layer::new(vec![1.0; 5], 2, 3, Gate::Linear)]).contains("layer 1 has 5 weights, not 2 × 3"));
    let pair = vec![Layer::new(vec![1.0; 6], 2, 3, Gate::Relu), Layer::new(vec![1.0; 3], 1, 3, Gate::Linear)];
    assert!(refusal(pair).contains("layer 2 takes 3 numbers, layer 1 gives 2"));
    assert!(refusal(vec![Layer { biases: Some(vec![0.0]), ..Layer::new(vec![1.0; 6], 2, 3, Gate::Relu) }]).contains("2 rows and 1 biases"));
    assert!(refusal(vec![Layer::new(vec![f64::NAN], 1, 1, Gate::Relu)]).contains("not finite"));
    let network = Network::new(vec![Layer::new(vec![1.0; 6], 2, 3, Gate::Linear)]).expect("fits");
    let refusal = |count, inputs: usize, targets: usize| {
        Data::new(&network, count, vec![1.0; inputs], vec![1.0; targets]).expect_err("unfit").to_string()
    };
    assert!(refusal(0, 0, 0).contains("no sample"));
    assert!(refusal(2, 5, 4).contains("inputs hold 5 numbers"));
    assert!(refusal(2, 6, 3).contains("targets hold 3 numbers"));
    let data = random_data(&mut ChaCha8Rng::seed_from_u64(0), &network, 2);
    assert!(Pass::new(&network, &data, Loss::SquaredError).expect("runs").hessian_vector(&[1.0]).is_err());
    let refusal = Pass::new(&network, &data, Loss::CrossEntropy).expect_err("unfit").to_string();
    assert!(refusal.contains("sample 1 are no probabilities"));
}
