//! Enumeration of whole weight matrices and gate patterns: a fold over the layers, equal states merged.

use std::collections::HashMap;
use std::hash::Hash;

use dashu::rational::RBig;

use super::net::{Gate, Layer, Net, Ties};
use super::tally::Tally;

/// One outcome of one layer.
#[derive(Clone, Copy, Debug)]
pub struct Passage<'a> {
    /// The layer, counted from 1.
    pub layer: usize,
    /// Its weights in units, row by row.
    pub weights: &'a [i64],
    /// The incoming activation.
    pub incoming: &'a [i64],
    /// The pre-activation.
    pub outputs: &'a [i64],
    /// Which gates are open.
    pub open: &'a [bool],
}

impl Net {
    /// E value(state), where the state starts as `start` and every layer turns it into `step(state, passage)`. States that
    /// are equal, with equal activations, are merged, so a state should hold what is needed and no more.
    #[must_use]
    pub fn fold<S: Clone + Eq + Hash>(&self, start: S, step: impl Fn(&S, &Passage) -> S, value: impl Fn(&S) -> i128) -> RBig {
        let mut tally = Tally::default();
        self.visit(start, step, |state, weight| tally.add(value(state), weight));
        tally.total() / RBig::from(self.visits())
    }

    /// The law of the last state.
    #[must_use]
    pub fn law_of<S: Clone + Eq + Hash + Ord>(&self, start: S, step: impl Fn(&S, &Passage) -> S) -> Vec<(S, RBig)> {
        let mut law = std::collections::BTreeMap::<S, u128>::new();
        self.visit(start, step, |state, weight| *law.entry(state.clone()).or_default() += weight);
        let total = RBig::from(self.visits());
        law.into_iter().map(|(state, weight)| (state, RBig::from(weight) / &total)).collect()
    }

    /// The total weight that [`Net::visit`] hands out.
    fn visits(&self) -> u128 {
        self.layers().iter().filter(|layer| self.flips(layer)).fold(self.outcomes(self.depth()), |total, layer| total << layer.rows())
    }

    /// Whether ties in that layer are coins.
    fn flips(&self, layer: &Layer) -> bool {
        layer.gate() == Gate::Relu && self.ties() == Ties::CoinFlip
    }

    /// Hands every last state with its weight to `last`.
    fn visit<S: Clone + Eq + Hash>(&self, start: S, step: impl Fn(&S, &Passage) -> S, mut last: impl FnMut(&S, u128)) {
        let mut states = HashMap::from([((start, self.input().to_vec()), 1_u128)]);
        for (index, layer) in self.layers().iter().enumerate() {
            let matrices = matrices(layer);
            let is_last = index + 1 == self.depth();
            let mut next = HashMap::new();
            for ((state, incoming), weight) in &states {
                for (weights, share) in &matrices {
                    let outputs: Vec<i64> = weights.chunks(layer.columns()).map(|row| dot(row, incoming)).collect();
                    self.patterns(layer, &outputs, |open, branches| {
                        let passage = Passage { layer: index + 1, weights, incoming, outputs: &outputs, open };
                        let (state, weight) = (step(state, &passage), weight * share * branches);
                        if is_last {
                            last(&state, weight);
                        } else {
                            let activation = outputs.iter().zip(open).map(|(h, open)| if *open { *h } else { 0 }).collect();
                            *next.entry((state, activation)).or_insert(0) += weight;
                        }
                    });
                }
            }
            states = next;
        }
    }

    /// Calls `branch` with every gate pattern that these pre-activations allow, and its weight: where ties are coins the
    /// weights sum to 2^rows, otherwise there is one pattern of weight 1.
    fn patterns(&self, layer: &Layer, outputs: &[i64], mut branch: impl FnMut(&[bool], u128)) {
        let at_tie = layer.gate() == Gate::Linear || self.ties() == Ties::Open;
        let mut open: Vec<bool> = outputs.iter().map(|h| layer.gate() == Gate::Linear || *h > 0 || (*h == 0 && at_tie)).collect();
        if !self.flips(layer) {
            return branch(&open, 1);
        }
        let ties: Vec<usize> = (0..outputs.len()).filter(|i| outputs[*i] == 0).collect();
        for choice in 0..1_usize << ties.len() {
            for (bit, tie) in ties.iter().enumerate() {
                open[*tie] = choice >> bit & 1 == 1;
            }
            branch(&open, 1 << (outputs.len() - ties.len()));
        }
    }
}

/// Every weight matrix of a layer, row by row, with its weight.
fn matrices(layer: &Layer) -> Vec<(Vec<i64>, u128)> {
    let mut matrices = vec![(Vec::with_capacity(layer.entries().len()), 1_u128)];
    for entry in layer.entries() {
        let extended = matrices.iter().flat_map(|(prefix, weight)| {
            entry.outcomes().iter().map(move |(value, share)| {
                let mut weights = prefix.clone();
                weights.push(*value);
                (weights, weight * u128::from(*share))
            })
        });
        matrices = extended.collect();
    }
    matrices
}

pub(super) fn dot(left: &[i64], right: &[i64]) -> i64 {
    left.iter().zip(right).map(|(x, y)| x * y).sum()
}
