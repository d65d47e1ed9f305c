//! Gradients and products against central differences, estimated norms against exact ones, on one small net of every architecture.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::{Distribution, StandardNormal};

use super::*;
use crate::network::architecture::{Padding, Wiring, orthogonal};
use crate::network::{Gate, Law};

fn normals(count: usize, rng: &mut ChaCha8Rng) -> Vec<f64> {
    (0..count).map(|_| StandardNormal.sample(rng)).collect()
}

/// Every architecture of the figures, tiny.
fn architectures() -> Vec<(&'static str, Architecture)> {
    let perceptron = |wiring| Architecture::perceptron(3, 12, 2, 6, Gate::Relu, wiring);
    let convolutional = |padding, wiring| Architecture::convolutional(4, 2, 4, 5, 3, padding, wiring);
    let resnet = |kernel, wiring| Architecture::resnet(8, 1, 4, 1, kernel, 3, wiring);
    vec![
        ("perceptron", perceptron(Wiring::STRIPPED)),
        ("normalised perceptron", perceptron(Wiring::NORMALISED)),
        ("perceptron with skips of one", perceptron(Wiring::skipping(1))),
        ("perceptron with skips of three", perceptron(Wiring::skipping(3))),
        ("normalised perceptron with skips", perceptron(Wiring::both(3))),
        ("convolutional, zero padding", convolutional(Padding::Zero, Wiring::STRIPPED)),
        ("convolutional, circular padding", convolutional(Padding::Circular, Wiring::STRIPPED)),
        ("convolutional, both", convolutional(Padding::Zero, Wiring::both(3))),
        ("stripped resnet", resnet(3, Wiring::STRIPPED)),
        ("stripped resnet, big filters", resnet(5, Wiring::STRIPPED)),
        ("resnet, normalised alone", resnet(3, Wiring::NORMALISED)),
        ("resnet, skips alone", resnet(3, Wiring::skipping(3))),
        ("resnet, both", resnet(3, Wiring::both(3))),
    ]
}

fn site(architecture: &Architecture, classes: bool, rng: &mut ChaCha8Rng) -> Site {
    let samples = 5;
    let weights = architecture.draw(rng, Law::he_gaussian);
    let images = normals(samples * architecture.edge * architecture.edge * architecture.channels, rng);
    let silent = Objective::Squares(Tensor::new(0.0, &Device::Cpu).unwrap());
    let mut site = Site::new(architecture, weights, samples, images, silent).unwrap();
    let output = site.machine.output(&site.weights, &site.images).unwrap().tensor;
    let (rows, columns) = output.dims2().unwrap();
    site.objective = if classes {
        let hot = (0..rows * columns).map(|at| f64::from(u8::from(at % columns == (at / columns) % columns))).collect::<Vec<_>>();
        Objective::CrossEntropy(Tensor::from_vec(hot, (rows, columns), &Device::Cpu).unwrap())
    } else {
        Objective::Squares(Tensor::from_vec(normals(rows * columns, rng), (rows, columns), &Device::Cpu).unwrap())
    };
    site
}

fn shifted(site: &Site, direction: &[Vec<f64>], step: f64) -> Site {
    let shift = |(weights, part): (&Tensor, &Vec<f64>)| {
        let part = Tensor::from_vec(part.clone(), weights.shape(), &Device::Cpu).unwrap();
        (weights + (part * step).unwrap()).unwrap()
    };
    Site { weights: site.weights.iter().zip(direction).map(shift).collect(), ..site.clone() }
}

fn dot(x: &[Vec<f64>], y: &[Vec<f64>]) -> f64 {
    x.iter().zip(y).flat_map(|(x, y)| x.iter().zip(y)).map(|(x, y)| x * y).sum()
}

fn length(x: &[Vec<f64>]) -> f64 {
    dot(x, x).sqrt()
}

/// Differences of fourth order: the truncation at this step is below the rounding of the sixth digit.
fn difference(at: impl Fn(f64) -> Vec<f64>, step: f64) -> Vec<f64> {
    let [a, b, c, d] = [-2.0, -1.0, 1.0, 2.0].map(|factor| at(factor * step));
    (0..a.len()).map(|i| (a[i] - 8.0 * b[i] + 8.0 * c[i] - d[i]) / (12.0 * step)).collect()
}

#[test]
fn gradients_and_products_agree_with_central_differences_on_every_architecture() {
    for (index, (name, architecture)) in architectures().into_iter().enumerate() {
        for classes in [false, true] {
            let rng = &mut ChaCha8Rng::seed_from_u64(40 + index as u64);
            let site = site(&architecture, classes, rng);
            let mut direction: Vec<Vec<f64>> = site.sizes().into_iter().map(|size| normals(size, rng)).collect();
            let size = length(&direction);
            direction.iter_mut().flatten().for_each(|x| *x /= size);
            let (gradient, product) = site.bent(|bend| Ok((bend.gradient()?, bend.product(&direction)?))).unwrap();
            let slope = difference(|step| vec![shifted(&site, &direction, step).loss().unwrap()], 1e-4)[0];
            let expected = dot(&gradient, &direction);
            assert!((slope - expected).abs() <= 1e-6 * length(&gradient), "{name}: slope {expected}, difference {slope}");
            let bend = |step| shifted(&site, &direction, step).bent(Bend::gradient).unwrap().concat();
            let bent = difference(bend, 1e-4);
            let off: Vec<f64> = bent.iter().zip(product.concat()).map(|(x, y)| x - y).collect();
            let (off, size) = (length(&[off]), length(&product));
            assert!(size > 0.0 && off <= 1e-6 * size, "{name}: the product of length {size} is {off} off the difference");
        }
    }
}

#[test]
fn estimated_norms_of_blocks_meet_exact_ones_and_blocks_are_symmetric() {
    let rng = &mut ChaCha8Rng::seed_from_u64(7);
    let architecture = Architecture::convolutional(3, 1, 2, 4, 3, Padding::Zero, Wiring::both(1));
    let site = site(&architecture, false, rng);
    let depth = architecture.depth();
    let columns: Vec<Column> = site.bent(|bend| (0..depth).map(|map| bend.column(map)).collect()).unwrap();
    for k in 0..depth {
        for l in 0..k {
            let (one, other) = (columns[k].squares[l], columns[l].squares[k]);
            assert!((one - other).abs() <= 1e-9 * one, "{one} against {other}");
        }
    }
    let estimated = site.bent(|bend| bend.estimated_column(1, 400, 1e-6, &mut ChaCha8Rng::seed_from_u64(8))).unwrap();
    for (exact, (low, high)) in columns[1].squares.iter().zip(estimated.intervals.unwrap()) {
        assert!(low <= *exact && *exact <= high && high < 1.9 * low, "{exact} in [{low}, {high}]");
    }
}

#[test]
fn powers_of_two_carry_a_homogeneous_net_beyond_the_range_of_f64() {
    let rng = &mut ChaCha8Rng::seed_from_u64(9);
    let architecture = Architecture::convolutional(4, 1, 2, 6, 3, Padding::Circular, Wiring::STRIPPED);
    let mut site = site(&architecture, false, rng);
    let squares = site.gradient_squares().unwrap();
    let plain = Site { machine: site.machine.plain(), ..site.clone() };
    for (ranged, plain) in squares.iter().zip(plain.gradient_squares().unwrap()) {
        assert!(((*ranged / plain).to_f64() - 1.0).abs() < 1e-12);
    }
    // The output is 0 beside the targets, and each of six factors is smaller by 2^−300.
    site.weights = site.weights.iter().map(|w| (w * 2f64.powi(-300)).unwrap()).collect();
    let (last, first) = (site.gradient_squares().unwrap()[5], site.gradient_squares().unwrap()[0]);
    assert!(last.exponent() < -2900 && first.exponent() < -2900, "{last}, {first}");
    assert!(!last.is_zero() && !first.is_zero());
}

#[test]
fn extreme_eigenvalues_are_those_of_the_dense_hessian() {
    let rng = &mut ChaCha8Rng::seed_from_u64(11);
    let architecture = Architecture::perceptron(2, 2, 1, 4, Gate::Relu, Wiring::both(1));
    let site = site(&architecture, false, rng);
    let sizes = site.sizes();
    let count: usize = sizes.iter().sum();
    let unit = |index: usize| (0..count).map(|other| f64::from(u8::from(other == index))).collect::<Vec<_>>();
    let (dense, run) = site
        .bent(|bend| {
            let rows = (0..count).map(|index| Ok(bend.product(&split(&unit(index), &sizes))?.concat()));
            Ok((rows.collect::<Result<Vec<_>, NetworkError>>()?, bend.extremes(count, 1e-10, &mut ChaCha8Rng::seed_from_u64(12))?))
        })
        .unwrap();
    let eigenvalues = super::super::symmetric::eigenvalues(dense);
    let (low, high) = (run.ritz[0].value, run.ritz[run.ritz.len() - 1].value);
    let size = eigenvalues[count - 1].abs();
    assert!((low - eigenvalues[0]).abs() < 1e-8 * size && (high - eigenvalues[count - 1]).abs() < 1e-8 * size);
}

#[test]
fn an_orthogonal_linear_net_keeps_every_norm() {
    let rng = &mut ChaCha8Rng::seed_from_u64(13);
    let architecture = Architecture::perceptron(6, 6, 6, 40, Gate::Linear, Wiring::STRIPPED);
    let weights = architecture.shapes().iter().map(|_| orthogonal(6, rng)).collect();
    let images = normals(6, rng);
    let square: f64 = images.iter().map(|x| x * x).sum();
    let silent = Objective::Squares(Tensor::new(0.0, &Device::Cpu).unwrap());
    let site = Site::new(&architecture, weights, 1, images, silent).unwrap();
    let found = site.machine.output(&site.weights, &site.images).unwrap().square().unwrap();
    assert!((found.to_f64() / square - 1.0).abs() < 1e-12);
}
