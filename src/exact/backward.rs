//! Enumeration of products inside the net, M_k = D^L W^L ⋯ W^{k+1} D^k, and of gate patterns.

use std::collections::BTreeMap;

use dashu::rational::RBig;

use super::net::{Net, power_sum};
use super::passage::{Passage, dot};
use super::tally::sum;

/// A quadratic or quartic functional of a matrix M, with G = M Mᵀ.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// ‖M‖_F²
    FrobeniusSquared,
    /// ‖Mᵀu‖² for a fixed u.
    Direction(Vec<i64>),
    /// t = ‖M‖_F⁴ = (tr G)²
    SquaredTrace,
    /// q = tr G² = tr (MᵀM)²
    TraceOfSquare,
    /// g = Σ_i G_ii²
    DiagonalSquares,
}

impl Form {
    pub(super) const fn degree(&self) -> isize {
        match self {
            Form::FrobeniusSquared | Form::Direction(_) => 2,
            Form::SquaredTrace | Form::TraceOfSquare | Form::DiagonalSquares => 4,
        }
    }

    /// The value at a matrix given by its rows.
    pub(super) fn at(&self, rows: &[Vec<i64>]) -> i128 {
        let gram = |x: &[i64], y: &[i64]| -> i128 { x.iter().zip(y).map(|(x, y)| i128::from(*x) * i128::from(*y)).sum() };
        let trace = || rows.iter().map(|row| gram(row, row)).sum::<i128>();
        match self {
            Form::FrobeniusSquared => trace(),
            Form::SquaredTrace => trace().pow(2),
            Form::DiagonalSquares => rows.iter().map(|row| gram(row, row).pow(2)).sum(),
            Form::TraceOfSquare => rows.iter().flat_map(|x| rows.iter().map(|y| gram(x, y).pow(2))).sum(),
            Form::Direction(direction) => {
                let columns = rows.first().map_or(0, Vec::len);
                let entry =
                    |j: usize| -> i128 { rows.iter().zip(direction).map(|(row, u)| i128::from(row[j]) * i128::from(*u)).sum::<i128>() };
                (0..columns).map(|j| entry(j).pow(2)).sum()
            }
        }
    }
}

/// What precedes the gates of a net's last layer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Past {
    /// |h^1|, …, |h^L|, one after the other, in units.
    pub magnitudes: Vec<i64>,
    /// The gates of the layers before the last, in the same order.
    pub gates: Vec<bool>,
}

/// The probability of the last layer's gates given the past.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conditional {
    /// The past.
    pub past: Past,
    /// The gates of the last layer.
    pub gates: Vec<bool>,
    /// P(gates | past)
    pub probability: RBig,
}

impl Net {
    /// E form(M_k), M_k from the pre-activation of layer `from` to the activation of the last layer. With
    /// [`Net::truncated`] at l − 1 this is P_{l,k}.
    ///
    /// # Panics
    /// If there is no such layer, or a direction has another length than M_k has rows, or an entry beyond 2³¹.
    #[must_use]
    pub fn product_expectation(&self, from: usize, form: &Form) -> RBig {
        assert!((1..=self.depth()).contains(&from), "there is no layer {from}");
        if let Form::Direction(direction) = form {
            assert_eq!(direction.len(), self.layers()[self.depth() - 1].rows(), "the direction has one entry a row");
            assert!(direction.iter().all(|entry| i32::try_from(*entry).is_ok()), "a direction's entries have 32 bits");
        }
        let step = |product: &Vec<Vec<i64>>, passage: &Passage| extended(product, passage, from);
        self.fold(Vec::new(), step, |product| form.at(product)) * self.scale(from).pow(form.degree())
    }

    /// The joint law of the gates of all layers, layer by layer.
    #[must_use]
    pub fn gate_patterns(&self) -> Vec<(Vec<bool>, RBig)> {
        self.law_of(Vec::new(), |gates: &Vec<bool>, passage| [gates, passage.open].concat())
    }

    /// The law of the last layer's gates given its past (all earlier gates, and the absolute pre-activations |h^1|, …, |h^L|
    /// of all layers): one entry for every possible pair.
    #[must_use]
    pub fn gates_given_past(&self) -> Vec<Conditional> {
        let step = |(past, last): &(Past, Vec<bool>), passage: &Passage| {
            let fresh = passage.outputs.iter().map(|h| h.abs());
            let magnitudes = past.magnitudes.iter().copied().chain(fresh).collect();
            (Past { magnitudes, gates: [&past.gates[..], last].concat() }, passage.open.to_vec())
        };
        let law = self.law_of((Past::default(), Vec::new()), step);
        let mut marginal = BTreeMap::<Past, RBig>::new();
        for ((past, _), share) in &law {
            *marginal.entry(past.clone()).or_insert(RBig::ZERO) += share;
        }
        let given = |((past, gates), share): ((Past, Vec<bool>), RBig)| {
            let probability = share / &marginal[&past];
            Conditional { past, gates, probability }
        };
        law.into_iter().map(given).collect()
    }

    /// P(gate open) for the first gate of the last layer.
    #[must_use]
    pub fn openness(&self) -> RBig {
        self.fold(false, |_, passage| passage.open[0], |open| i128::from(*open))
    }

    /// E of (‖z'‖₂², ‖z'‖₂⁴, ‖z'‖₄⁴), z' = D^L W^L z: the last layer's weights and gates applied to another vector than the
    /// activation that sets the gates.
    ///
    /// # Panics
    /// If z has another length than the last layer has columns, or an entry beyond 2³¹.
    #[must_use]
    pub fn modified_input(&self, z: &[i64]) -> [RBig; 3] {
        let columns = self.layers()[self.depth() - 1].columns();
        assert_eq!(columns, z.len(), "the modified input has one entry a column");
        assert!(z.iter().all(|entry| i32::try_from(*entry).is_ok()), "a modified input's entries have 32 bits");
        let image = |passage: &Passage| -> Vec<i64> {
            let rows = passage.weights.chunks(columns).zip(passage.open);
            rows.map(|(row, open)| if *open { dot(row, z) } else { 0 }).collect()
        };
        let step = |_: &Vec<i64>, passage: &Passage| if passage.layer == self.depth() { image(passage) } else { Vec::new() };
        let unit = self.scale(self.depth() - 1);
        let law = self.law_of(Vec::new(), step);
        let expect = |value: &dyn Fn(&[i64]) -> RBig| sum(law.iter().map(|(vector, share)| value(vector) * share));
        [
            expect(&|vector| power_sum(vector, 2)) * unit.pow(2),
            expect(&|vector| power_sum(vector, 2).pow(2)) * unit.pow(4),
            expect(&|vector| power_sum(vector, 4)) * unit.pow(4),
        ]
    }
}

/// The product after one more layer: nothing below layer `from`, then D^from, then D W times what was there. A closed gate
/// makes a row of zeros.
pub(super) fn extended(product: &[Vec<i64>], passage: &Passage, from: usize) -> Vec<Vec<i64>> {
    let width = passage.open.len();
    if passage.layer < from {
        return Vec::new();
    }
    if passage.layer == from {
        return (0..width).map(|i| (0..width).map(|j| i64::from(i == j && passage.open[i])).collect()).collect();
    }
    let columns = product.first().map_or(0, Vec::len);
    let row = |weights: &[i64]| -> Vec<i64> {
        (0..columns).map(|j| weights.iter().zip(product).map(|(weight, below)| weight * below[j]).sum()).collect()
    };
    let rows = passage.weights.chunks(passage.incoming.len()).zip(passage.open);
    rows.map(|(weights, open)| if *open { row(weights) } else { vec![0; columns] }).collect()
}
