//! The update rules in PyTorch's conventions, ε explicit: candle's own where it has them.

use candle_core::backprop::GradStore;
use candle_core::{Tensor, Var};
use candle_nn::{AdamW, Optimizer as _, ParamsAdamW, SGD};

use crate::network::NetworkError;

/// An update rule; the rate η stands apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rule {
    /// w ← w − η g
    Sgd,
    /// m ← β m + g, w ← w − η m (Polyak 1964), m = 0 at first
    Momentum {
        /// β
        momentum: f64,
    },
    /// ν ← β ν + (1 − β) g², w ← w − η g/(√ν + ε) (Tieleman and Hinton 2012), ν = 0 at first
    RmsProp {
        /// β
        decay: f64,
        /// ε
        epsilon: f64,
    },
    /// Kingma and Ba 2015, algorithm 1, both averages corrected for their start at 0
    Adam {
        /// β₁
        first_decay: f64,
        /// β₂
        second_decay: f64,
        /// ε
        epsilon: f64,
    },
}

/// A rule with its rate, what it trains, and the averages that it keeps.
#[derive(Debug)]
pub struct Optimizer(Kind);

#[derive(Debug)]
enum Kind {
    Sgd(SGD),
    Adam(AdamW),
    Averaging { rule: Averaging, rate: f64, averages: Vec<(Var, Tensor)> },
}

/// The rules with one average, which candle lacks.
#[derive(Clone, Copy, Debug)]
enum Averaging {
    Momentum { momentum: f64 },
    RmsProp { decay: f64, epsilon: f64 },
}

impl Optimizer {
    /// The rule before its first update.
    ///
    /// # Errors
    /// If candle fails.
    pub fn new(rule: Rule, rate: f64, parameters: &[Var]) -> Result<Self, NetworkError> {
        let averaging = |rule: Averaging| {
            let averages = parameters.iter().map(|var| Ok((var.clone(), var.as_detached_tensor().zeros_like()?)));
            Ok::<_, NetworkError>(Kind::Averaging { rule, rate, averages: averages.collect::<Result<_, NetworkError>>()? })
        };
        Ok(Optimizer(match rule {
            Rule::Sgd => Kind::Sgd(SGD::new(parameters.to_vec(), rate)?),
            Rule::Adam { first_decay: beta1, second_decay: beta2, epsilon: eps } => {
                Kind::Adam(AdamW::new(parameters.to_vec(), ParamsAdamW { lr: rate, beta1, beta2, eps, weight_decay: 0.0 })?)
            }
            Rule::Momentum { momentum } => averaging(Averaging::Momentum { momentum })?,
            Rule::RmsProp { decay, epsilon } => averaging(Averaging::RmsProp { decay, epsilon })?,
        }))
    }

    /// One update.
    ///
    /// # Errors
    /// If a parameter has no gradient, which means that the graph to it was cut, or candle fails.
    pub fn update(&mut self, gradients: &GradStore) -> Result<(), NetworkError> {
        match &mut self.0 {
            Kind::Sgd(rule) => rule.step(gradients)?,
            Kind::Adam(rule) => rule.step(gradients)?,
            Kind::Averaging { rule, rate, averages } => {
                for (var, average) in averages {
                    let gradient = gradient(gradients, var)?;
                    let (next, step) = rule.step(average, &gradient)?;
                    *average = next;
                    var.set(&var.as_detached_tensor().sub(&(step * *rate)?)?)?;
                }
            }
        }
        Ok(())
    }
}

impl Averaging {
    /// The next average, and the step in units of the rate.
    fn step(self, average: &Tensor, gradient: &Tensor) -> candle_core::Result<(Tensor, Tensor)> {
        match self {
            Averaging::Momentum { momentum } => {
                let next = ((average * momentum)? + gradient)?;
                Ok((next.clone(), next))
            }
            Averaging::RmsProp { decay, epsilon } => {
                let next = ((average * decay)? + (gradient.sqr()? * (1.0 - decay))?)?;
                let step = gradient.div(&(next.sqrt()? + epsilon)?)?;
                Ok((next, step))
            }
        }
    }
}

/// The gradient of a parameter, free of its graph.
///
/// # Errors
/// If there is none: the graph was cut on the way.
pub(super) fn gradient(gradients: &GradStore, var: &Var) -> Result<Tensor, NetworkError> {
    let found = gradients.get(var).ok_or_else(|| NetworkError::Shape("a parameter has no gradient: the graph was cut".to_owned()))?;
    Ok(found.detach())
}
