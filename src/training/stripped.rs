//! Stripped ResNets in training: maps, biases and gates, with neither batch normalisation nor skips.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use candle_core::{Tensor, Var};

use super::model::{Model, Phase, relu};
use super::perceptron::dtype;
use crate::network::architecture::{Architecture, Gather, Geometry, Step, Wiring};
use crate::network::{Backend, Gate, Law, NetworkError};
use crate::sampled::Generator;

/// The most images that are evaluated at once.
const AT_ONCE: usize = 512;

/// A ResNet of four stages ([`Architecture::resnet`]) without batch normalisation and skips; every map has biases, 0 at first.
#[derive(Debug)]
pub struct Stripped {
    architecture: Architecture,
    /// W^1, b^1, W^2, …; matrices as [`Architecture::shapes`] has them.
    parameters: Vec<Var>,
    /// What filters see, by geometry and number of images.
    gathers: Mutex<HashMap<(Geometry, usize), Gather>>,
}

impl Stripped {
    /// That net for images of the given channels and edge: `width` channels in the first stage, `blocks` blocks of three maps a stage,
    /// filters of edge 3, weights drawn map by map, `law(fan-in)` each.
    ///
    /// # Errors
    /// If candle fails.
    pub fn draw(
        (channels, edge): (usize, usize),
        width: usize,
        blocks: usize,
        classes: usize,
        law: impl Fn(usize) -> Law,
        backend: &Backend,
        generator: &mut Generator,
    ) -> Result<Self, NetworkError> {
        let architecture = Architecture::resnet(edge, channels, width, blocks, 3, classes, Wiring::STRIPPED);
        let mut parameters = Vec::new();
        for ((rows, columns), entries) in architecture.shapes().into_iter().zip(architecture.draw(generator, law)) {
            let matrix = Tensor::from_vec(entries, (rows, columns), &candle_core::Device::Cpu)?;
            parameters.push(Var::from_tensor(&matrix.to_dtype(dtype(backend.precision))?.to_device(&backend.device)?)?);
            parameters.push(Var::zeros(columns, dtype(backend.precision), &backend.device)?);
        }
        Ok(Stripped { architecture, parameters, gathers: Mutex::default() })
    }

    fn patches(&self, geometry: Geometry, samples: usize, images: &Tensor) -> Result<Tensor, NetworkError> {
        let mut known = self.gathers.lock().unwrap_or_else(PoisonError::into_inner);
        let gather = match known.get(&(geometry, samples)) {
            Some(gather) => gather.clone(),
            None => {
                let gather = Gather::new(geometry, samples, images.device())?;
                known.insert((geometry, samples), gather.clone());
                gather
            }
        };
        drop(known);
        gather.patches(images)
    }

    /// The logits of images that are evaluated at once.
    fn pass(&self, inputs: &Tensor) -> Result<Tensor, NetworkError> {
        let (samples, edge, channels) = (inputs.dim(0)?, self.architecture.edge, self.architecture.channels);
        let mut state = inputs.reshape((samples, channels, edge * edge))?.transpose(1, 2)?.contiguous()?.reshape(((), channels))?;
        let mut parameters = self.parameters.chunks_exact(2);
        for step in &self.architecture.steps {
            state = match (step, parameters.len()) {
                (Step::Map(geometry, _), 1..) => {
                    let layer = parameters.next().unwrap_or(&[]);
                    self.patches(*geometry, samples, &state)?.matmul(&layer[0])?.broadcast_add(&layer[1])?
                }
                (Step::Gate(Gate::Relu), _) => relu(&state)?,
                (Step::Gate(Gate::Linear), _) => state,
                (Step::Average(pixels), _) => {
                    let channels = state.dim(1)?;
                    state.reshape((samples, *pixels, channels))?.mean(1)?
                }
                _ => return Err(NetworkError::Shape(format!("{step:?} is no step of a stripped ResNet"))),
            };
        }
        Ok(state)
    }
}

impl Model for Stripped {
    fn parameters(&self) -> &[Var] {
        &self.parameters
    }

    fn forward(&self, inputs: &Tensor, _: Phase) -> Result<Tensor, NetworkError> {
        let count = inputs.dim(0)?;
        let part = |from: usize| self.pass(&inputs.narrow(0, from, AT_ONCE.min(count - from))?);
        let parts = (0..count).step_by(AT_ONCE).map(part).collect::<Result<Vec<_>, _>>()?;
        Ok(Tensor::cat(&parts, 0)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Precision;
    use crate::network::architecture::Machine;
    use crate::sampled::Streams;

    #[test]
    fn a_stripped_resnet_that_trains_is_the_one_whose_curvature_is_known() {
        let backend = Backend { precision: Precision::Double, ..Backend::host() };
        let mut generator = Streams::keyed(1, "stripped", "nets").chunk(0);
        let model = Stripped::draw((2, 8), 3, 1, 5, Law::he_uniform, &backend, &mut generator).unwrap();
        let pixels: Vec<f64> = (0..700 * 128).map(|at| f64::from(at * 37 % 101) / 50.0 - 1.0).collect();
        let inputs = Tensor::from_vec(pixels, (700, 128), &backend.device).unwrap();
        let found = model.forward(&inputs, Phase::Evaluation).unwrap();
        assert_eq!(found.dims(), [700, 5]);
        let weights: Vec<Tensor> = model.parameters.iter().step_by(2).map(|var| var.as_tensor().clone()).collect();
        let machine = Machine::new(&model.architecture, 700, &backend.device).unwrap().plain();
        let images = inputs.reshape((700, 2, 64)).unwrap().transpose(1, 2).unwrap().contiguous().unwrap().reshape(((), 2)).unwrap();
        let expected = machine.output(&weights, &images).unwrap().tensor;
        let size = expected.abs().unwrap().max_all().unwrap().to_scalar::<f64>().unwrap();
        let off = (found - expected).unwrap().abs().unwrap().max_all().unwrap().to_scalar::<f64>().unwrap();
        assert!(size > 0.0 && off <= 1e-12 * size, "{off} of {size}");
        // The biases of the last map move the logits, and nothing else does.
        let last = model.parameters.last().unwrap();
        last.set(&Tensor::ones(5, candle_core::DType::F64, &backend.device).unwrap()).unwrap();
        let lifted = model.forward(&inputs, Phase::Training).unwrap();
        let least = (lifted - machine.output(&weights, &images).unwrap().tensor).unwrap().min_all().unwrap().to_scalar::<f64>().unwrap();
        assert!((least - 1.0).abs() < 1e-12);
    }
}
