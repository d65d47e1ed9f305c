//! The curvature of the loss at any architecture: Hessian-vector products, norms of blocks, extreme eigenvalues.
//!
//! The gradient is an expression in tensor operations ([`Machine::slope`]); H v is the derivative of ⟨gradient, v⟩, by one backward pass of
//! candle over that expression. Graphs are walked recursively, so this happens on a thread with a large stack.

use candle_core::{Device, Tensor, Var};
use rand::Rng;

use super::lanczos::{Lanczos, lanczos};
use crate::claim::Unsettled;
use crate::formula::Scaled;
use crate::network::NetworkError;
use crate::network::architecture::{Architecture, Machine, Objective};
use crate::sampled::replicates;

/// Bytes of stack for graphs of up to about a hundred thousand operations.
const STACK: usize = 1 << 29;

/// An architecture with weights, data and a loss.
#[derive(Clone, Debug)]
pub struct Site {
    /// The passes.
    pub machine: Machine,
    /// The weights, row by row, of every map.
    pub weights: Vec<Tensor>,
    /// The images, one row to a pixel.
    pub images: Tensor,
    /// What the output is compared with.
    pub objective: Objective,
}

impl Site {
    /// Weights of the given architecture at a batch of `samples` images, in double precision on the processor.
    ///
    /// # Errors
    /// If sizes do not fit, or candle fails.
    pub fn new(
        architecture: &Architecture,
        weights: Vec<Vec<f64>>,
        samples: usize,
        images: Vec<f64>,
        objective: Objective,
    ) -> Result<Self, NetworkError> {
        let device = Device::Cpu;
        let shapes = architecture.shapes();
        let tensors = weights.into_iter().zip(&shapes).map(|(entries, shape)| Tensor::from_vec(entries, *shape, &device));
        let pixels = samples * architecture.edge * architecture.edge;
        Ok(Site {
            machine: Machine::new(architecture, samples, &device)?,
            weights: tensors.collect::<Result<_, _>>()?,
            images: Tensor::from_vec(images, (pixels, architecture.channels), &device)?,
            objective,
        })
    }

    /// The objective.
    ///
    /// # Errors
    /// If candle fails.
    pub fn loss(&self) -> Result<f64, NetworkError> {
        Ok(self.machine.slope(&self.weights, &self.images, &self.objective)?.loss.to_scalar()?)
    }

    /// ‖∂𝓛/∂W‖_F² of every map.
    ///
    /// # Errors
    /// If candle fails.
    pub fn gradient_squares(&self) -> Result<Vec<Scaled>, NetworkError> {
        self.machine.slope(&self.weights, &self.images, &self.objective)?.gradient.iter().map(|slope| slope.square()).collect()
    }

    /// The numbers of weights of every map.
    #[must_use]
    pub fn sizes(&self) -> Vec<usize> {
        self.weights.iter().map(Tensor::elem_count).collect()
    }

    /// A differentiable gradient, on a thread with a large stack, handed to `work` for as many products as it wants.
    ///
    /// # Errors
    /// What `work` returns, or if candle fails.
    pub fn bent<T: Send>(&self, work: impl FnOnce(&Bend) -> Result<T, NetworkError> + Send) -> Result<T, NetworkError> {
        // A pool of its own: what waits here must not keep the threads busy that products are shared among.
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).stack_size(STACK).build();
        let pool = pool.map_err(|error| NetworkError::Device(format!("no thread for a backward pass: {error}")))?;
        pool.install(|| work(&Bend::new(self)?))
    }
}

/// A gradient that can be differentiated again.
#[derive(Debug)]
pub struct Bend {
    variables: Vec<Var>,
    gradient: Vec<Tensor>,
}

impl Bend {
    fn new(site: &Site) -> Result<Self, NetworkError> {
        let variables = site.weights.iter().map(Var::from_tensor).collect::<Result<Vec<_>, _>>()?;
        let weights: Vec<Tensor> = variables.iter().map(|variable| variable.as_tensor().clone()).collect();
        let slope = site.machine.plain().slope(&weights, &site.images, &site.objective)?;
        Ok(Bend { variables, gradient: slope.gradient.into_iter().map(|part| part.tensor).collect() })
    }

    /// The gradient, map by map.
    ///
    /// # Errors
    /// If candle fails.
    pub fn gradient(&self) -> Result<Vec<Vec<f64>>, NetworkError> {
        self.gradient.iter().map(|part| Ok(part.detach().flatten_all()?.to_vec1()?)).collect()
    }

    /// H v, map by map; `direction` has the entries of each map that moves, and none of the others.
    ///
    /// # Errors
    /// If sizes do not fit, or candle fails.
    pub fn product(&self, direction: &[Vec<f64>]) -> Result<Vec<Vec<f64>>, NetworkError> {
        let mut along: Option<Tensor> = None;
        for (part, entries) in self.gradient.iter().zip(direction).filter(|(_, entries)| !entries.is_empty()) {
            let v = Tensor::from_vec(entries.clone(), part.shape(), part.device())?;
            let term = (part * v)?.sum_all()?;
            along = Some(match along {
                Some(sum) => (sum + term)?,
                None => term,
            });
        }
        let along = along.ok_or_else(|| NetworkError::Shape("a direction that moves nothing".to_owned()))?;
        let products = along.backward()?;
        let of = |variable: &Var| match products.get(variable.as_tensor()) {
            Some(found) => Ok(found.detach().flatten_all()?.to_vec1()?),
            // A map that no moving part of the gradient depends on: its block of H is 0.
            None => Ok(vec![0.0; variable.elem_count()]),
        };
        self.variables.iter().map(of).collect()
    }
}

/// The Frobenius norms of the blocks of the Hessian that one map's weights make: of H_kl for every k, at one l.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// The squared norms, exact or estimated.
    pub squares: Vec<f64>,
    /// Intervals for them, none where they are exact.
    pub intervals: Option<Vec<(f64, f64)>>,
}

impl Bend {
    /// ‖H_kl‖_F² for every k, exactly: one product to a weight of map l.
    ///
    /// # Errors
    /// If candle fails.
    pub fn column(&self, map: usize) -> Result<Column, NetworkError> {
        let mut squares = vec![0.0; self.variables.len()];
        for index in 0..self.variables[map].elem_count() {
            let unit = (0..self.variables[map].elem_count()).map(|other| f64::from(u8::from(other == index))).collect();
            add_squares(&mut squares, &self.product(&self.alone(map, unit))?);
        }
        Ok(Column { squares, intervals: None })
    }

    /// ‖H_kl v‖² for every k, v of independent signs on map l: each unbiased for ‖H_kl‖_F².
    ///
    /// # Errors
    /// If candle fails.
    pub fn probed_column<R: Rng + ?Sized>(&self, map: usize, rng: &mut R) -> Result<Vec<f64>, NetworkError> {
        let signs = (0..self.variables[map].elem_count()).map(|_| if rng.next_u32() & 1 == 0 { 1.0 } else { -1.0 }).collect();
        Ok(self.product(&self.alone(map, signs))?.iter().map(|part| part.iter().map(|x| x * x).sum()).collect())
    }

    /// ‖H_kl‖_F² = E‖H_kl v‖² for every k, v of independent signs on map l: unbiased, with Student's interval at that rate (asymptotic).
    ///
    /// # Errors
    /// If there are too few probes for an interval, or candle fails.
    pub fn estimated_column<R: Rng + ?Sized>(&self, map: usize, probes: usize, rate: f64, rng: &mut R) -> Result<Column, NetworkError> {
        let mut found: Vec<Vec<Scaled>> = vec![Vec::with_capacity(probes); self.variables.len()];
        for _ in 0..probes {
            for (found, square) in found.iter_mut().zip(self.probed_column(map, rng)?) {
                found.push(Scaled::from(square));
            }
        }
        let interval = |found: &Vec<Scaled>| {
            replicates::interval(found, rate, 1.0).map_err(|reason| match reason {
                Unsettled::Inconclusive(text) | Unsettled::Skipped(text) => NetworkError::Shape(text),
            })
        };
        let intervals = found.iter().map(interval).collect::<Result<Vec<_>, _>>()?;
        Ok(Column {
            squares: intervals.iter().map(|interval| interval.estimate.to_f64()).collect(),
            intervals: Some(intervals.iter().map(|interval| (interval.low.to_f64(), interval.high.to_f64())).collect()),
        })
    }

    /// A Lanczos run on the whole Hessian, until both extreme residuals are below `tolerance` of the largest Ritz magnitude or `steps` are
    /// done.
    ///
    /// # Errors
    /// If candle fails.
    pub fn extremes<R: Rng + ?Sized>(&self, steps: usize, tolerance: f64, rng: &mut R) -> Result<Lanczos, NetworkError> {
        let sizes: Vec<usize> = self.variables.iter().map(|variable| variable.elem_count()).collect();
        lanczos(sizes.iter().sum(), steps, tolerance, rng, |flat| Ok(self.product(&split(flat, &sizes))?.concat()))
    }

    /// The direction that moves one map alone.
    fn alone(&self, map: usize, entries: Vec<f64>) -> Vec<Vec<f64>> {
        let mut direction = vec![Vec::new(); self.variables.len()];
        direction[map] = entries;
        direction
    }
}

/// A vector in parameter space, map by map.
fn split(flat: &[f64], sizes: &[usize]) -> Vec<Vec<f64>> {
    let mut rest = flat;
    let part = |size: &usize| {
        let (part, behind) = rest.split_at(*size);
        rest = behind;
        part.to_vec()
    };
    sizes.iter().map(part).collect()
}

fn add_squares(sums: &mut [f64], parts: &[Vec<f64>]) {
    sums.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part.iter().map(|x| x * x).sum::<f64>());
}

#[cfg(test)]
#[path = "architecture_tests.rs"]
mod tests;
