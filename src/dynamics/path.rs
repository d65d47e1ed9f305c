//! Runs of many chains: iterations to escape, and the ways there.

use rayon::prelude::*;

use crate::curvature::symmetric;
use crate::sampled::{Generator, Streams};

use super::chain::{Chain, ascent};
use super::flow::{Flow, FlowError};
use super::optimizer::{Optimizer, Rule};

/// The decay of the average of squared gradients that [`course`] shows of every rule.
const DECAY: f64 = 0.99;
/// The least ratio of successive numbers of updates at which [`course`] looks, beyond the first few.
const APART: f64 = 1.07;

/// The number of updates until the loss of a run is at most `below`, at most `limit`; `None` where that is not reached.
#[must_use]
pub fn updates_until(chain: Chain, rule: Rule, start: &[f64], below: f64, limit: u64, generator: &mut Generator) -> Option<u64> {
    let mut walk = Walk::new(chain, rule, start.to_vec());
    (0..=limit).find(|updates| {
        if *updates > 0 {
            walk.update(generator);
        }
        chain.loss(&walk.weights) <= below
    })
}

/// [`updates_until`] for every run, a rule and its initial weights; run i draws its noise from stream i.
#[must_use]
pub fn escape(chain: Chain, runs: &[(Rule, Vec<f64>)], below: f64, limit: u64, streams: &Streams) -> Vec<Option<u64>> {
    let run = |(index, (rule, start)): (usize, &(Rule, Vec<f64>))| {
        updates_until(chain, *rule, start, below, limit, &mut streams.chunk(index as u64))
    };
    runs.par_iter().enumerate().map(run).collect()
}

/// What is seen of a run after some updates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sight {
    /// The number of updates made.
    pub updates: u64,
    /// The loss.
    pub loss: f64,
    /// The average of squared gradients with decay 0.99, from 0 at first, in the mean over the weights.
    pub square: f64,
    /// The largest eigenvalue of the Hessian.
    pub largest: f64,
}

/// A run of `updates` updates, seen before the first, after each of the first few, and then at numbers that grow geometrically.
#[must_use]
pub fn course(chain: Chain, rule: Rule, start: Vec<f64>, updates: u64, mut generator: Generator) -> Vec<Sight> {
    let mut walk = Walk::new(chain, rule, start);
    let (mut squares, mut sights, mut next) = (0.0, Vec::new(), 0.0);
    for made in 0..=updates {
        if made as f64 >= next {
            let largest = symmetric::eigenvalues(chain.hessian(&walk.weights)).last().copied().unwrap_or(f64::NAN);
            sights.push(Sight { updates: made, loss: chain.loss(&walk.weights), square: squares, largest });
            next = (made as f64 * APART).max(made as f64 + 1.0);
        }
        walk.update(&mut generator);
        let fresh = walk.gradient.iter().map(|g| g * g).sum::<f64>() / walk.gradient.len() as f64;
        squares = DECAY * squares + (1.0 - DECAY) * fresh;
    }
    sights
}

/// The weight of a balanced chain along the gradient flow from `start` up to time `end`, at the solver's steps.
///
/// # Errors
/// If the solver gives up.
pub fn flow_path(depth: u32, start: f64, end: f64) -> Result<Vec<(f64, f64)>, FlowError> {
    let unit = start / ascent(depth, start);
    let flow = Flow { rates: |[w]: &[f64; 1]| [ascent(depth, *w)], scales: [start], unit };
    Ok(flow.path([start], end, 1e-10)?.into_iter().map(|(time, [w])| (time, w)).collect())
}

struct Walk {
    chain: Chain,
    weights: Vec<f64>,
    gradient: Vec<f64>,
    optimizer: Optimizer,
}

impl Walk {
    fn new(chain: Chain, rule: Rule, weights: Vec<f64>) -> Self {
        let (gradient, optimizer) = (vec![0.0; weights.len()], Optimizer::new(rule, weights.len()));
        Walk { chain, weights, gradient, optimizer }
    }

    fn update(&mut self, generator: &mut Generator) {
        self.chain.gradient(&self.weights, &mut self.gradient);
        self.optimizer.update(&mut self.weights, &self.gradient, generator);
    }
}
