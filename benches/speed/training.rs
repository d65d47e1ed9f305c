//! A step of training beside its products.

use std::hint::black_box;

use candle_core::{Device, Tensor};
use candle_nn::loss::cross_entropy;
use vanishing_curvature::network::{Backend, Gate, Law};
use vanishing_curvature::sampled::Streams;
use vanishing_curvature::training::{Biases, Dataset, Examples, METHODS, Model as _, Perceptron, Phase, Recipe, Trainer, on_large_stacks};

use crate::rates::shortest;
use crate::{Bench, Machine};

const BATCH: usize = 128;

pub fn rows(bench: &mut Bench, machine: &Machine) {
    let data = Dataset::digits().expect("the program carries the digits");
    let examples = Examples::upload(&data, &Backend::host()).expect("fits");
    on_large_stacks(|| {
        for (depth, width) in [(64, 16), (128, 32)] {
            steps(bench, machine, &data, &examples, depth, width);
        }
    });
}

fn steps(bench: &mut Bench, machine: &Machine, data: &Dataset, examples: &Examples, depth: usize, width: usize) {
    let (backend, streams) = (Backend::host(), Streams::keyed(1, "bench", "training"));
    let mut widths = vec![width; depth + 1];
    (widths[0], widths[depth]) = (data.features(), data.classes);
    let draw = || Perceptron::draw(&widths, Gate::Relu, Biases::Absent, Law::he_uniform, &backend, &mut streams.chunk(0)).expect("draws");
    let model = draw();
    let inputs = data.training.inputs[..BATCH * data.features()].to_vec();
    let inputs = Tensor::from_vec(inputs, (BATCH, data.features()), &Device::Cpu).expect("fits");
    let labels = Tensor::from_vec(data.training.labels[..BATCH].to_vec(), BATCH, &Device::Cpu).expect("fits");
    let loss = || cross_entropy(&model.forward(&inputs, Phase::Training).expect("runs"), &labels).expect("runs");
    let bare = shortest(20, || drop(black_box(loss().backward().expect("runs"))));
    // Three products a layer, the first without the gradient of its input.
    let weights: usize = widths.windows(2).map(|pair| pair[0] * pair[1]).sum();
    let floor = 2.0 * BATCH as f64 * (3 * weights - widths[0] * widths[1]) as f64 / machine.products;
    let net = format!("depth {depth}, width {width}, batch {BATCH}");
    bench.row(&format!("candle's bare pass, {net}"), bare, (floor, "its products"), None);
    for method in METHODS {
        let model = draw();
        let recipe = Recipe { rule: method.rule, rate: 1e-4, batch: Some(BATCH), steps: 0, every: 1, curvature_every: None };
        let mut trainer = Trainer::new(&model, examples, recipe, &streams).expect("starts");
        let step = shortest(20, || trainer.update().expect("updates"));
        bench.row(&format!("training step of {}, {net}", method.name), step, (bare, "candle's bare pass"), None);
    }
}
