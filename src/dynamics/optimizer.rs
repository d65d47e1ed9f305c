//! The update rules, as published, with ε explicit everywhere.

use rand_distr::{Distribution, StandardNormal};

use crate::sampled::Generator;

/// An update rule. Steps, decay rates, noise and ε are dimensionless numbers; ε may be 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rule {
    /// w ← w − η g
    GradientDescent {
        /// η
        step: f64,
    },
    /// w ← w − η (g + σ ξ), ξ standard normal in every coordinate
    PerturbedGradientDescent {
        /// η
        step: f64,
        /// σ
        noise: f64,
    },
    /// m ← β m + g, w ← w − η m (Polyak 1964), m = 0 at first
    Momentum {
        /// η
        step: f64,
        /// β
        momentum: f64,
    },
    /// ν ← β ν + (1 − β) g², w ← w − η g/(√ν + ε) (Tieleman and Hinton 2012), ν = 0 at first
    RmsProp {
        /// η
        step: f64,
        /// β
        decay: f64,
        /// ε
        epsilon: f64,
    },
    /// m ← β₁ m + (1 − β₁) g, ν ← β₂ ν + (1 − β₂) g², w ← w − η m̂/(√ν̂ + ε), m̂ = m/(1 − β₁^k), ν̂ = ν/(1 − β₂^k) in update k
    /// (Kingma and Ba 2015, algorithm 1)
    Adam {
        /// η
        step: f64,
        /// β₁
        first_decay: f64,
        /// β₂
        second_decay: f64,
        /// ε
        epsilon: f64,
    },
}

/// A rule with the averages that it keeps.
#[derive(Clone, Debug)]
pub struct Optimizer {
    rule: Rule,
    updates: i32,
    first: Vec<f64>,
    second: Vec<f64>,
}

/// g/(√ν + ε), and no movement where nothing but zero gradients was ever seen and ε = 0.
fn normalised(gradient: f64, square: f64, epsilon: f64) -> f64 {
    let size = square.sqrt() + epsilon;
    if size == 0.0 { 0.0 } else { gradient / size }
}

impl Optimizer {
    /// The rule for that many weights, before its first update.
    #[must_use]
    pub fn new(rule: Rule, weights: usize) -> Self {
        Optimizer { rule, updates: 0, first: vec![0.0; weights], second: vec![0.0; weights] }
    }

    /// The averages of squared gradients (RMSprop, Adam), otherwise zeros.
    #[must_use]
    pub fn squares(&self) -> &[f64] {
        &self.second
    }

    /// One update. Only perturbed descent draws from the generator: one normal number a weight.
    pub fn update(&mut self, weights: &mut [f64], gradient: &[f64], generator: &mut Generator) {
        self.updates += 1;
        let averages = self.first.iter_mut().zip(&mut self.second);
        for ((weight, &g), (m, v)) in weights.iter_mut().zip(gradient).zip(averages) {
            *weight -= match self.rule {
                Rule::GradientDescent { step } => step * g,
                Rule::PerturbedGradientDescent { step, noise } => {
                    let normal: f64 = StandardNormal.sample(generator);
                    step * (g + noise * normal)
                }
                Rule::Momentum { step, momentum } => {
                    *m = momentum * *m + g;
                    step * *m
                }
                Rule::RmsProp { step, decay, epsilon } => {
                    *v = decay * *v + (1.0 - decay) * g * g;
                    step * normalised(g, *v, epsilon)
                }
                Rule::Adam { step, first_decay, second_decay, epsilon } => {
                    *m = first_decay * *m + (1.0 - first_decay) * g;
                    *v = second_decay * *v + (1.0 - second_decay) * g * g;
                    let correction = |decay: f64| 1.0 - decay.powi(self.updates);
                    step * normalised(*m / correction(first_decay), *v / correction(second_decay), epsilon)
                }
            };
        }
    }
}
