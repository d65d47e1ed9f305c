//! The training loop, and what is recorded along the way.

use candle_core::{DType, Tensor};
use candle_nn::loss::cross_entropy;
use rayon::{ThreadPool, ThreadPoolBuilder};
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

use super::data::{Dataset, Split};
use super::model::{Model, Phase};
use super::optimizer::{Optimizer, Rule, gradient};
use super::order::Order;
use super::perceptron::dtype;
use crate::curvature::{Data, Loss, Pass, extreme_eigenvalues};
use crate::network::{Backend, NetworkError};
use crate::sampled::Streams;

/// The most examples that accuracies are measured on: the first ones.
const JUDGED: usize = 2048;
/// The most examples that loss and gradient norm are measured on.
const PROBED: usize = 512;
/// The most examples that the Hessian's eigenvalue is measured on.
const CURVED: usize = 64;
/// Lanczos steps, and the relative residual that ends them early.
const LANCZOS: (usize, f64) = (40, 1e-2);
/// candle walks and drops graphs recursively: a stack for graphs of some hundred thousand operations.
const STACK: usize = 1 << 29;

/// How a network is trained.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recipe {
    /// The update rule.
    pub rule: Rule,
    /// Its rate η.
    pub rate: f64,
    /// The number of examples in a batch; `None` for all.
    pub batch: Option<usize>,
    /// The number of updates.
    pub steps: usize,
    /// Updates between records.
    pub every: usize,
    /// Records between measurements of the Hessian's eigenvalue; `None` for none.
    pub curvature_every: Option<usize>,
}

/// The state of training after some updates. Numbers that are not finite are left out.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The number of updates made.
    pub step: usize,
    /// The cross-entropy on (at most 512) training examples.
    pub loss: Option<f64>,
    /// The share of (at most 2048) training examples that are classified rightly.
    pub accuracy: f64,
    /// The same of held-out examples.
    pub held_out: f64,
    /// The norm of the gradient of `loss`.
    pub gradient_norm: Option<f64>,
    /// The largest eigenvalue of the Hessian on (at most 64) training examples, where it was measured, to about 1 %.
    pub largest_eigenvalue: Option<f64>,
}

/// Examples where the tensors live.
#[derive(Debug)]
pub struct Examples {
    inputs: Tensor,
    labels: Tensor,
    judged: [(Tensor, Tensor); 2],
    curved: (Vec<f64>, Vec<f64>),
}

impl Examples {
    /// Uploads a data set.
    ///
    /// # Errors
    /// If candle fails.
    pub fn upload(data: &Dataset, backend: &Backend) -> Result<Self, NetworkError> {
        let upload = |split: &Split, most: usize| {
            let count = split.labels.len().min(most);
            let inputs = split.inputs[..count * data.features()].to_vec();
            let inputs = Tensor::from_vec(inputs, (count, data.features()), &candle_core::Device::Cpu)?;
            let labels = Tensor::from_vec(split.labels[..count].to_vec(), count, &backend.device)?;
            Ok::<_, NetworkError>((inputs.to_dtype(dtype(backend.precision))?.to_device(&backend.device)?, labels))
        };
        let (inputs, labels) = upload(&data.training, usize::MAX)?;
        let count = data.training.labels.len().min(CURVED);
        let one_hot = |label: u32| (0..data.classes).map(move |class| f64::from(u8::from(class == label as usize)));
        let targets = data.training.labels[..count].iter().copied().flat_map(one_hot).collect();
        let curved = (data.training.inputs[..count * data.features()].to_vec(), targets);
        Ok(Examples { inputs, labels, judged: [upload(&data.training, JUDGED)?, upload(&data.held_out, JUDGED)?], curved })
    }

    /// The number of training examples.
    ///
    /// # Errors
    /// If candle fails.
    pub fn count(&self) -> Result<usize, NetworkError> {
        Ok(self.labels.dims1()?)
    }
}

/// A network in training.
pub struct Trainer<'a> {
    model: &'a dyn Model,
    examples: &'a Examples,
    recipe: Recipe,
    optimizer: Optimizer,
    order: Order,
    streams: &'a Streams,
}

impl<'a> Trainer<'a> {
    /// The network before its first update; `streams` give the order of the examples.
    ///
    /// # Errors
    /// If candle fails.
    pub fn new(model: &'a dyn Model, examples: &'a Examples, recipe: Recipe, streams: &'a Streams) -> Result<Self, NetworkError> {
        let optimizer = Optimizer::new(recipe.rule, recipe.rate, model.parameters())?;
        let order = Order::new(examples.count()?, recipe.batch, streams.clone());
        Ok(Trainer { model, examples, recipe, optimizer, order, streams })
    }

    /// All updates of the recipe, with a record before the first, after every so many, and after the last. A loss that is no
    /// longer finite ends the run: its last record says so.
    ///
    /// # Errors
    /// If candle fails, or the graph to a parameter is cut.
    pub fn run(mut self) -> Result<Vec<Record>, NetworkError> {
        let mut records = vec![self.record(0, true)?];
        for step in 1..=self.recipe.steps {
            self.update()?;
            if step.is_multiple_of(self.recipe.every) || step == self.recipe.steps {
                let number = records.len();
                let curved = self.recipe.curvature_every.is_some_and(|every| number.is_multiple_of(every));
                records.push(self.record(step, curved)?);
                if records[number].loss.is_none() {
                    break;
                }
            }
        }
        Ok(records)
    }

    /// One update on the next batch.
    ///
    /// # Errors
    /// As [`Trainer::run`].
    pub fn update(&mut self) -> Result<(), NetworkError> {
        let batch = self.order.next_batch();
        let indices = Tensor::from_slice(batch, batch.len(), self.examples.inputs.device())?;
        let inputs = self.examples.inputs.index_select(&indices, 0)?;
        let labels = self.examples.labels.index_select(&indices, 0)?;
        let loss = cross_entropy(&self.model.forward(&inputs, Phase::Training)?, &labels)?;
        self.optimizer.update(&loss.backward()?)
    }

    /// The state after `step` updates.
    fn record(&self, step: usize, curved: bool) -> Result<Record, NetworkError> {
        let (inputs, labels) = &self.examples.judged[0];
        let count = labels.dims1()?.min(PROBED);
        let logits = self.model.forward(&inputs.narrow(0, 0, count)?, Phase::Evaluation)?;
        let loss = cross_entropy(&logits, &labels.narrow(0, 0, count)?)?;
        let gradients = loss.backward()?;
        let mut square = 0.0;
        for var in self.model.parameters() {
            square += gradient(&gradients, var)?.to_dtype(DType::F64)?.sqr()?.sum_all()?.to_scalar::<f64>()?;
        }
        let loss = finite(loss.to_dtype(DType::F64)?.to_scalar()?);
        let curved = curved && self.recipe.curvature_every.is_some() && loss.is_some();
        let [accuracy, held_out] = [self.accuracy(0)?, self.accuracy(1)?];
        let largest_eigenvalue = if curved { self.largest_eigenvalue(step)? } else { None };
        Ok(Record { step, loss, accuracy, held_out, gradient_norm: finite(square.sqrt()), largest_eigenvalue })
    }

    /// The share of rightly classified examples.
    fn accuracy(&self, split: usize) -> Result<f64, NetworkError> {
        let (inputs, labels) = &self.examples.judged[split];
        let found = self.model.forward(inputs, Phase::Evaluation)?.argmax(1)?;
        let right = found.eq(labels)?.to_dtype(DType::F64)?.sum_all()?.to_scalar::<f64>()?;
        Ok(right / labels.dims1()? as f64)
    }

    fn largest_eigenvalue(&self, step: usize) -> Result<Option<f64>, NetworkError> {
        let Some(network) = self.model.network()? else { return Ok(None) };
        let (inputs, targets) = &self.examples.curved;
        let data = Data::new(&network, inputs.len() / network.input_width(), inputs.clone(), targets.clone())?;
        let pass = Pass::on(self.examples.inputs.device(), &network, &data, Loss::CrossEntropy)?;
        // A stream that no epoch uses.
        let mut generator = self.streams.chunk(u64::MAX - step as u64);
        let [_, largest] = extreme_eigenvalues(&pass, LANCZOS.0, LANCZOS.1, &mut generator)?;
        Ok(finite(largest.value.to_f64()))
    }
}

fn finite(number: f64) -> Option<f64> {
    number.is_finite().then_some(number)
}

/// Does the work on threads whose stacks hold the graphs of deep networks; parallel iterators in it use these threads too.
///
/// # Panics
/// If the system cannot start threads.
pub fn on_large_stacks<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    static POOL: OnceLock<ThreadPool> = OnceLock::new();
    let start = || ThreadPoolBuilder::new().stack_size(STACK).build().unwrap_or_else(|error| panic!("threads cannot be started: {error}"));
    POOL.get_or_init(start).install(work)
}
