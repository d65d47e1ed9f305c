use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::sync::Mutex;

use candle_core::{Device, Tensor, Var};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;
use crate::claim::figure::Studio;
use crate::network::{Backend, Gate, Law};
use crate::sampled::{Generator, Streams};

fn streams(configuration: &str) -> Streams {
    Streams::keyed(1, "training", configuration)
}

#[test]
fn the_rules_follow_the_published_recursions() {
    let document: serde_json::Value = serde_json::from_str(include_str!("../../fixtures/optimizers/traces.json")).unwrap();
    let number = |value: &serde_json::Value| value.as_str().unwrap().parse::<f64>().unwrap();
    let numbers = |value: &serde_json::Value| value.as_array().unwrap().iter().map(number).collect::<Vec<f64>>();
    let rules = [
        ("sgd", Rule::Sgd),
        ("momentum", Rule::Momentum { momentum: 0.9 }),
        ("rmsprop", Rule::RmsProp { decay: 0.99, epsilon: 1e-8 }),
        ("adam", Rule::Adam { first_decay: 0.9, second_decay: 0.999, epsilon: 1e-8 }),
    ];
    for (name, rule) in rules {
        let var = Var::new(numbers(&document["start"]), &Device::Cpu).unwrap();
        let mut optimizer = Optimizer::new(rule, number(&document["rate"]), std::slice::from_ref(&var)).unwrap();
        for (before, expected) in document["traces"][name].as_array().unwrap().iter().enumerate() {
            let time = before as i32 + 1;
            let slopes: Vec<f64> = (0..3).map(|i| f64::from(i + 1)).collect();
            let shifts: Vec<f64> = (0..3).map(|i| f64::from((-1i32).pow(time as u32)) / f64::from(i + time)).collect();
            // The loss whose gradient is (i + 1) w_i − (−1)^t/(i + t).
            let half = ((var.sqr().unwrap() * Tensor::new(slopes, &Device::Cpu).unwrap()).unwrap() / 2.0).unwrap();
            let loss = (half - (var.as_tensor() * Tensor::new(shifts, &Device::Cpu).unwrap()).unwrap()).unwrap().sum_all().unwrap();
            optimizer.update(&loss.backward().unwrap()).unwrap();
            for (found, expected) in var.to_vec1::<f64>().unwrap().into_iter().zip(numbers(expected)) {
                assert!((found - expected).abs() <= 2e-12 * expected.abs(), "{name}, update {time}: {found} for {expected}");
            }
        }
    }
}

#[test]
fn a_cut_graph_is_an_error_and_no_silent_standstill() {
    let vars: Vec<Var> = [1.0, 2.0].map(|x| Var::new(&[x], &Device::Cpu).unwrap()).to_vec();
    let loss = vars[0].sqr().unwrap().sum_all().unwrap();
    let mut rule = Optimizer::new(Rule::Momentum { momentum: 0.9 }, 0.1, &vars).unwrap();
    assert!(rule.update(&loss.backward().unwrap()).unwrap_err().to_string().contains("the graph was cut"));
}

#[test]
fn the_rectifier_has_derivative_zero_at_zero_and_shows_what_is_no_number() {
    let x = Var::new(&[-1.0, 0.0, 2.0], &Device::Cpu).unwrap();
    let gradients = relu(&x).unwrap().sum_all().unwrap().backward().unwrap();
    assert_eq!(gradients.get(&x).unwrap().to_vec1::<f64>().unwrap(), [0.0, 0.0, 1.0]);
    assert!(relu(&Tensor::new(&[f64::NAN], &Device::Cpu).unwrap()).unwrap().to_vec1::<f64>().unwrap()[0].is_nan());
}

#[test]
fn the_digits_are_whole_and_standardised() {
    let data = Dataset::digits().unwrap();
    assert_eq!((data.training.labels.len(), data.held_out.labels.len(), data.features(), data.classes), (1438, 359, 64, 10));
    let (n, sum): (usize, f64) = (data.training.inputs.len(), data.training.inputs.iter().sum());
    let squares: f64 = data.training.inputs.iter().map(|x| x * x).sum();
    assert_eq!(n, 1438 * 64);
    assert!((sum / n as f64).abs() < 1e-12 && (squares / n as f64 - 1.0).abs() < 1e-12);
    // Of the first image (a zero), pixels 2 and 3 of the first row are 5 and 13 of 16: the same two numbers move and scale all.
    let unit = (data.training.inputs[3] - data.training.inputs[2]) / 8.0;
    assert!((data.training.inputs[2] - data.training.inputs[0] - 5.0 * unit).abs() < 1e-12);
    // Classes are nearly balanced: chance is a tenth.
    assert!((0..10).all(|class| (120..=165).contains(&data.training.labels.iter().filter(|label| **label == class).count())));
}

#[test]
fn an_epoch_shows_every_example_once_and_in_a_new_order() {
    let mut order = Order::new(10, Some(3), streams("order"));
    let mut epoch = || -> Vec<u32> { (0..3).flat_map(|_| order.next_batch().to_vec()).collect() };
    let (first, second) = (epoch(), epoch());
    assert_ne!(first, second);
    for mut seen in [first.clone(), second] {
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 9);
    }
    let mut again = Order::new(10, Some(3), streams("order"));
    assert_eq!((0..3).flat_map(|_| again.next_batch().to_vec()).collect::<Vec<_>>(), first);
    assert_eq!(Order::new(4, None, streams("order")).next_batch(), [0, 1, 2, 3]);
}

fn train(recipe: Recipe, widths: &[usize]) -> Vec<Record> {
    let backend = Backend::host();
    let examples = Examples::upload(&Dataset::digits().unwrap(), &backend).unwrap();
    let model = Perceptron::draw(widths, Gate::Relu, Biases::Zero, Law::he_uniform, &backend, &mut streams("weights").chunk(0)).unwrap();
    let order = streams("order");
    on_large_stacks(|| Trainer::new(&model, &examples, recipe, &order).unwrap().run().unwrap())
}

const RECIPE: Recipe = Recipe { rule: Rule::Sgd, rate: 0.1, batch: Some(128), steps: 40, every: 20, curvature_every: Some(2) };

#[test]
fn a_wide_shallow_net_learns_the_digits_and_says_so_along_the_way() {
    let records = train(RECIPE, &[64, 32, 10]);
    assert_eq!(records.iter().map(|record| record.step).collect::<Vec<_>>(), [0, 20, 40]);
    assert!(records[0].accuracy < 0.3 && records[2].accuracy > 0.8 && records[2].held_out > 0.8, "{records:?}");
    assert!(records[2].loss < records[0].loss);
    assert_eq!(records.iter().map(|record| record.largest_eigenvalue.is_some()).collect::<Vec<_>>(), [true, false, true]);
    assert_eq!(records, train(RECIPE, &[64, 32, 10]));
}

#[test]
fn gradient_norm_and_eigenvalue_are_those_of_the_curvature_engine() {
    // With 60 examples every measurement sees the same ones.
    let mut data = Dataset::digits().unwrap();
    data.training.inputs.truncate(60 * 64);
    data.training.labels.truncate(60);
    let backend = Backend::host();
    let examples = Examples::upload(&data, &backend).unwrap();
    let model =
        Perceptron::draw(&[64, 6, 5, 10], Gate::Relu, Biases::Zero, Law::he_uniform, &backend, &mut streams("weights").chunk(1)).unwrap();
    let order = streams("order");
    let record = Trainer::new(&model, &examples, Recipe { steps: 0, ..RECIPE }, &order).unwrap().run().unwrap()[0];

    let network = model.network().unwrap().unwrap();
    let targets = data.training.labels.iter().flat_map(|label| (0..10).map(|class| f64::from(u8::from(class == *label)))).collect();
    let curved = crate::curvature::Data::new(&network, 60, data.training.inputs.clone(), targets).unwrap();
    let pass = crate::curvature::Pass::new(&network, &curved, crate::curvature::Loss::CrossEntropy).unwrap();
    let gradient = |pass: &crate::curvature::Pass<'_>| pass.gradient().unwrap().in_units_of(0);
    let norm = gradient(&pass).iter().map(|x| x * x).sum::<f64>().sqrt();
    assert!((record.gradient_norm.unwrap() / norm - 1.0).abs() < 1e-10);
    assert!((record.loss.unwrap() / pass.loss().to_f64() - 1.0).abs() < 1e-12);
    // Power iteration on H + 10, whose largest eigenvalue is also the largest in magnitude.
    let mut direction = vec![1.0; network.parameters()];
    let mut value = 0.0;
    for _ in 0..3000 {
        let product = pass.hessian_vector(&direction).unwrap().in_units_of(0);
        let next: Vec<f64> = product.iter().zip(&direction).map(|(h, v)| h + 10.0 * v).collect();
        value = next.iter().map(|x| x * x).sum::<f64>().sqrt();
        direction = next.iter().map(|x| x / value).collect();
    }
    assert!((record.largest_eigenvalue.unwrap() / (value - 10.0) - 1.0).abs() < 1e-2, "{record:?} for {}", value - 10.0);
}

#[test]
fn a_run_that_blows_up_ends_with_a_record_that_says_so() {
    let records = train(Recipe { rate: 1e200, ..RECIPE }, &[64, 32, 10]);
    assert_eq!(records.len(), 2);
    assert_eq!((records[1].loss, records[1].gradient_norm), (None, None));
}

#[test]
fn a_net_of_five_thousand_layers_trains_without_exhausting_the_stack() {
    let mut widths = vec![2; 5001];
    (widths[0], widths[5000]) = (64, 10);
    let records = train(Recipe { steps: 2, every: 2, batch: Some(4), curvature_every: None, ..RECIPE }, &widths);
    assert_eq!(records.len(), 2);
}

/// Keeps in memory, and breaks when it has kept so many parts.
#[derive(Debug, Default)]
struct Desk {
    kept: Mutex<BTreeMap<String, String>>,
    breaks_at: Option<usize>,
}

impl Studio for Desk {
    fn data(&self) -> Option<&Path> {
        None
    }
    fn kept(&self, key: &str) -> Option<String> {
        self.kept.lock().unwrap().get(key).cloned()
    }
    fn keep(&self, key: &str, text: &str) -> Result<(), String> {
        let mut kept = self.kept.lock().unwrap();
        if self.breaks_at.is_some_and(|most| kept.len() >= most) {
            return Err("no room".to_owned());
        }
        assert!(kept.insert(key.to_owned(), text.to_owned()).is_none(), "a finished run is made again");
        Ok(())
    }
    fn say(&self, _: &str) {}
}

fn small_experiment(desk: &Desk, seed: u64) -> Result<Vec<Run>, String> {
    let (data, backend) = (Dataset::digits().unwrap(), Backend::host());
    let plan = Plan { slug: "training", methods: METHODS, batch: 32, steps: 6, every: 3, curvature_every: 1, seeds: 2 };
    let draw = |generator: &mut Generator| {
        let model = Perceptron::draw(&[64, 8, 10], Gate::Relu, Biases::Absent, Law::he_uniform, &Backend::host(), generator)?;
        Ok(Box::new(model) as Box<dyn Model>)
    };
    let (architecture, build, data, backend, studio) = ("small perceptron", &draw, &data, &backend, desk);
    Experiment { plan: &plan, architecture, build, data, backend, seed, studio }.conduct()
}

#[test]
fn an_interrupted_comparison_goes_on_from_the_last_finished_run_and_ends_the_same() {
    let whole = Desk::default();
    let expected = small_experiment(&whole, 1).unwrap();
    assert_eq!((expected.len(), whole.kept.lock().unwrap().len()), (8, 20));
    let torn = Desk { breaks_at: Some(15), ..Desk::default() };
    assert!(small_experiment(&torn, 1).unwrap_err().contains("no room"));
    let again = Desk { breaks_at: None, ..torn };
    assert_eq!(again.kept.lock().unwrap().len(), 15);
    assert_eq!(small_experiment(&again, 1).unwrap(), expected);
    assert_eq!(*again.kept.lock().unwrap(), *whole.kept.lock().unwrap());
    // What was kept under another seed is not taken for this one's.
    assert_ne!(small_experiment(&again, 2).unwrap(), expected);
}

#[test]
fn every_rule_sees_the_same_weights_and_rates_are_chosen_by_the_last_loss() {
    let desk = Desk::default();
    let counted = small_experiment(&desk, 3).unwrap();
    let first = |run: &Run| run.records[0].loss;
    assert!(counted.iter().all(|run| counted.iter().all(|other| (run.trial == other.trial) == (first(run) == first(other)))));
    let kept: Vec<Run> = desk.kept.lock().unwrap().values().map(|text| serde_json::from_str(text).unwrap()).collect();
    for run in counted {
        let last = |run: &Run| run.records[2].loss.unwrap();
        let tried = kept.iter().filter(|other| other.trial == Trial::Selection && other.method == run.method);
        let best = tried.min_by(|a, b| last(a).total_cmp(&last(b))).unwrap();
        assert_eq!(run.rate, best.rate, "{}", run.method);
        assert!(best.records.iter().all(|record| record.largest_eigenvalue.is_none()));
        assert!(run.records.iter().all(|record| record.largest_eigenvalue.is_some()));
    }
}

/// A file in IDX form.
pub(super) fn idx(magic: u32, sizes: &[u32], bytes: &[u8]) -> Vec<u8> {
    [magic].iter().chain(sizes).flat_map(|word| word.to_be_bytes()).chain(bytes.iter().copied()).collect()
}

pub(super) fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Three images of 1 × 2 pixels to train on, plain, and one held out, compressed.
fn fashion(directory: &Path) {
    fs::write(directory.join("train-images-idx3-ubyte"), idx(0x803, &[3, 1, 2], &[0, 0, 0, 255, 255, 255])).unwrap();
    fs::write(directory.join("train-labels-idx1-ubyte"), idx(0x801, &[3], &[2, 0, 1])).unwrap();
    fs::write(directory.join("t10k-images-idx3-ubyte.gz"), packed(&idx(0x803, &[1, 1, 2], &[0, 255]))).unwrap();
    fs::write(directory.join("t10k-labels-idx1-ubyte.gz"), packed(&idx(0x801, &[1], &[2]))).unwrap();
}

#[test]
fn a_directory_in_idx_form_is_read_plain_or_compressed() {
    let home = tempfile::tempdir().unwrap();
    fashion(home.path());
    let data = Dataset::open(Some(home.path())).unwrap();
    assert_eq!((data.shape, data.classes), ([1, 1, 2], 3));
    assert_eq!(data.training, Split { inputs: vec![-1.0, -1.0, -1.0, 1.0, 1.0, 1.0], labels: vec![2, 0, 1] });
    assert_eq!(data.held_out, Split { inputs: vec![-1.0, 1.0], labels: vec![2] });
    assert_ne!(data.fingerprint(), Dataset::digits().unwrap().fingerprint());
}

#[test]
fn damaged_data_are_refused_in_one_sentence_that_names_the_file() {
    let refusal = |damage: &dyn Fn(&Path)| {
        let home = tempfile::tempdir().unwrap();
        fashion(home.path());
        damage(home.path());
        Dataset::open(Some(home.path())).unwrap_err().to_string().replace(&home.path().display().to_string(), "DIR")
    };
    let rewrite = |name: &'static str, bytes: Vec<u8>| move |home: &Path| fs::write(home.join(name), &bytes).unwrap();
    let found = [
        refusal(&|home| fs::remove_file(home.join("t10k-labels-idx1-ubyte.gz")).unwrap()),
        refusal(&rewrite("train-images-idx3-ubyte", idx(0x801, &[3], &[2, 0, 1]))),
        refusal(&rewrite("train-images-idx3-ubyte", idx(0x803, &[3, 1, 2], &[0, 0, 0, 255, 255]))),
        refusal(&rewrite("train-images-idx3-ubyte", idx(0x803, &[3, 1, 2], &[0; 7]))),
        refusal(&rewrite("train-labels-idx1-ubyte", vec![0, 0, 8])),
        refusal(&rewrite("train-labels-idx1-ubyte", idx(0x801, &[2], &[2, 0]))),
        refusal(&rewrite("t10k-images-idx3-ubyte.gz", packed(&idx(0x803, &[1, 2, 2], &[0; 4])))),
        refusal(&|home| {
            let whole = fs::read(home.join("t10k-images-idx3-ubyte.gz")).unwrap();
            fs::write(home.join("t10k-images-idx3-ubyte.gz"), &whole[..whole.len() / 2]).unwrap();
        }),
    ];
    insta::assert_snapshot!(found.join("\n"));
}
