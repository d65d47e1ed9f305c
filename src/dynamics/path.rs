//! Runs of many chains: iterations to escape, and the ways there.

use rayon::prelude::*;

use crate::sampled::{Generator, Streams};

use super::chain::{Chain, ascent};
use super::flow::{Flow, FlowError};
use super::optimizer::{Optimizer, Rule};

/// The number of updates until the loss of each run is at most `below`, at most `limit`; `None` where that is not reached.
/// Every run is a rule and its initial weights; run i draws its noise from stream i.
#[must_use]
pub fn escape(chain: Chain, runs: &[(Rule, Vec<f64>)], below: f64, limit: u64, streams: &Streams) -> Vec<Option<u64>> {
    let run = |(index, (rule, start)): (usize, &(Rule, Vec<f64>))| {
        let mut walk = Walk::new(chain, *rule, start.clone(), streams.chunk(index as u64));
        (0..=limit).find(|updates| {
            if *updates > 0 {
                walk.update();
            }
            chain.loss(&walk.weights) <= below
        })
    };
    runs.par_iter().enumerate().map(run).collect()
}

/// The loss before and after each of `updates` updates of a run.
#[must_use]
pub fn iterates(chain: Chain, rule: Rule, start: Vec<f64>, updates: usize, generator: Generator) -> Vec<f64> {
    let mut walk = Walk::new(chain, rule, start, generator);
    let mut losses = vec![chain.loss(&walk.weights)];
    for _ in 0..updates {
        walk.update();
        losses.push(chain.loss(&walk.weights));
    }
    losses
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
    generator: Generator,
}

impl Walk {
    fn new(chain: Chain, rule: Rule, weights: Vec<f64>, generator: Generator) -> Self {
        let (gradient, optimizer) = (vec![0.0; weights.len()], Optimizer::new(rule, weights.len()));
        Walk { chain, weights, gradient, optimizer, generator }
    }

    fn update(&mut self) {
        self.chain.gradient(&self.weights, &mut self.gradient);
        self.optimizer.update(&mut self.weights, &self.gradient, &mut self.generator);
    }
}
