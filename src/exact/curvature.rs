//! Enumeration of gradients and Hessian blocks of 𝓛 = ½‖y − f‖², f the output of the net.
//!
//! With the gates fixed, f is affine in each single weight and 2𝓛 a polynomial of degree at most 2 in it, so central
//! differences with step 1 are derivatives, exactly: (q₊ − q₋)/4 with q = 2𝓛, (q₊₊ − q₊₋ − q₋₊ + q₋₋)/8 for two weights, and
//! (q₊ − 2q + q₋)/2 for a weight with itself. No formula for gradients or Hessians is used.
//!
//! An output matrix B is a last linear layer of the net; without one, B = I.

use std::collections::BTreeMap;

use dashu::rational::RBig;

use super::net::Net;
use super::passage::{Passage, dot};
use crate::claim::Unsettled;

/// The largest width that differences are taken at: vectors of this length live on the stack.
const WIDEST: usize = 8;

/// Weights and gates of all layers so far, one layer after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Realised {
    weights: Vec<i64>,
    open: Vec<bool>,
}

/// One more layer.
fn realised(net: &Realised, passage: &Passage) -> Realised {
    Realised { weights: [&net.weights, passage.weights].concat(), open: [&net.open, passage.open].concat() }
}

/// A weight: its layer, counted from 0, and its position in the matrix, row by row.
type Slot = (usize, usize);

impl Net {
    /// E‖∂𝓛/∂W^layer‖_F², the target given in units of the output ([`Net::scale`] at 0).
    ///
    /// # Errors
    /// [`Unsettled::Skipped`] if numbers could overflow, or a width exceeds 8.
    ///
    /// # Panics
    /// If there is no such layer, or the target does not fit the output.
    pub fn gradient_expectation(&self, target: &[i64], layer: usize) -> Result<RBig, Unsettled> {
        self.differentiable(target, &[layer])?;
        let sum = self.expected_realisation(|net| self.squared_gradient(net, target, layer));
        Ok(sum * self.gradient_unit(layer))
    }

    /// E‖∂²𝓛/∂W^layer ∂W^other‖_F², the target given in units of the output ([`Net::scale`] at 0).
    ///
    /// # Errors
    /// [`Unsettled::Skipped`] if numbers could overflow, or a width exceeds 8.
    ///
    /// # Panics
    /// If there is no such layer, or the target does not fit the output.
    pub fn hessian_expectation(&self, target: &[i64], layer: usize, other: usize) -> Result<RBig, Unsettled> {
        self.differentiable(target, &[layer, other])?;
        let sum = self.expected_realisation(|net| self.squared_hessian(net, target, layer, other));
        Ok(sum * self.hessian_unit(layer, other))
    }

    /// E tr H_kk of that layer; the target does not enter.
    ///
    /// # Errors
    /// As [`Net::hessian_expectation`].
    ///
    /// # Panics
    /// If there is no such layer.
    pub fn trace_expectation(&self, layer: usize) -> Result<RBig, Unsettled> {
        let target = vec![0; self.layers()[self.depth() - 1].rows()];
        self.differentiable(&target, &[layer])?;
        let sum = self.expected_realisation(|net| self.slots(layer).map(|slot| self.second(net, &target, slot, slot)).sum());
        let unit = self.scale(0) / self.layers()[layer - 1].unit();
        Ok(sum / RBig::from(8) * unit.pow(2))
    }

    /// The law of ‖∂𝓛/∂W^layer‖_F², the target given in units of the output.
    ///
    /// # Errors
    /// As [`Net::gradient_expectation`].
    ///
    /// # Panics
    /// As [`Net::gradient_expectation`].
    pub fn gradient_law(&self, target: &[i64], layer: usize) -> Result<Vec<(RBig, RBig)>, Unsettled> {
        self.differentiable(target, &[layer])?;
        Ok(self.law_of_squares(&self.gradient_unit(layer), |net| self.squared_gradient(net, target, layer)))
    }

    /// The law of ‖∂²𝓛/∂W^layer ∂W^other‖_F², the target given in units of the output.
    ///
    /// # Errors
    /// As [`Net::hessian_expectation`].
    ///
    /// # Panics
    /// As [`Net::hessian_expectation`].
    pub fn hessian_law(&self, target: &[i64], layer: usize, other: usize) -> Result<Vec<(RBig, RBig)>, Unsettled> {
        self.differentiable(target, &[layer, other])?;
        Ok(self.law_of_squares(&self.hessian_unit(layer, other), |net| self.squared_hessian(net, target, layer, other)))
    }

    fn law_of_squares(&self, unit: &RBig, value: impl Fn(&Realised) -> i128) -> Vec<(RBig, RBig)> {
        let mut law = BTreeMap::<i128, RBig>::new();
        for (net, share) in self.law_of(Realised::default(), realised) {
            *law.entry(value(&net)).or_insert(RBig::ZERO) += share;
        }
        law.into_iter().map(|(square, share)| (RBig::from(square) * unit, share)).collect()
    }

    /// Σ (q₊ − q₋)² over the weights of a layer.
    fn squared_gradient(&self, net: &Realised, target: &[i64], layer: usize) -> i128 {
        let difference = |slot: Slot| self.shifted(net, target, &[(slot, 1)]) - self.shifted(net, target, &[(slot, -1)]);
        self.slots(layer).map(|slot| difference(slot).pow(2)).sum()
    }

    /// What [`Net::squared_gradient`] counts.
    fn gradient_unit(&self, layer: usize) -> RBig {
        (self.scale(0).pow(2) / self.layers()[layer - 1].unit()).pow(2) / RBig::from(16)
    }

    /// 8 ∂²𝓛 by two weights.
    fn second(&self, net: &Realised, target: &[i64], slot: Slot, twin: Slot) -> i128 {
        let q = |shift: i64, twin_shift: i64| self.shifted(net, target, &[(slot, shift), (twin, twin_shift)]);
        if slot == twin { 4 * (q(1, 0) - 2 * q(0, 0) + q(-1, 0)) } else { q(1, 1) - q(1, -1) - q(-1, 1) + q(-1, -1) }
    }

    /// Σ (8 ∂²𝓛)² over the pairs of weights of two layers.
    fn squared_hessian(&self, net: &Realised, target: &[i64], layer: usize, other: usize) -> i128 {
        let pairs = self.slots(layer).flat_map(|slot| self.slots(other).map(move |twin| (slot, twin)));
        pairs.map(|(slot, twin)| self.second(net, target, slot, twin).pow(2)).sum()
    }

    /// What [`Net::squared_hessian`] counts.
    fn hessian_unit(&self, layer: usize, other: usize) -> RBig {
        let weights = self.layers()[layer - 1].unit() * self.layers()[other - 1].unit();
        (self.scale(0).pow(2) / weights).pow(2) / RBig::from(64)
    }

    /// The weights of a layer, counted from 1.
    fn slots(&self, layer: usize) -> impl Iterator<Item = Slot> {
        (0..self.layers()[layer - 1].entries().len()).map(move |position| (layer - 1, position))
    }

    fn expected_realisation(&self, value: impl Fn(&Realised) -> i128) -> RBig {
        self.fold(Realised::default(), realised, value)
    }

    /// 2𝓛 after adding the shifts, the gates as they were.
    fn shifted(&self, net: &Realised, target: &[i64], shifts: &[(Slot, i64)]) -> i128 {
        let mut vector = [0_i64; WIDEST];
        vector[..self.input().len()].copy_from_slice(self.input());
        let (mut weights, mut open) = (&net.weights[..], &net.open[..]);
        for (index, layer) in self.layers().iter().enumerate() {
            let (matrix, gates, columns) = (&weights[..layer.entries().len()], &open[..layer.rows()], layer.columns());
            let mut image = [0_i64; WIDEST];
            for (entry, row) in image.iter_mut().zip(matrix.chunks(columns)) {
                *entry = dot(row, &vector[..columns]);
            }
            for ((_, position), amount) in shifts.iter().filter(|((layer, _), _)| *layer == index) {
                image[position / columns] += amount * vector[position % columns];
            }
            image.iter_mut().zip(gates).filter(|(_, open)| !**open).for_each(|(entry, _)| *entry = 0);
            (weights, open, vector) = (&weights[matrix.len()..], &open[gates.len()..], image);
        }
        vector.iter().zip(target).map(|(f, y)| i128::from(f - y).pow(2)).sum()
    }

    /// Checks that the layers exist, that the target fits the output, and that sums of squared second differences stay below
    /// 2¹²⁶.
    fn differentiable(&self, target: &[i64], layers: &[usize]) -> Result<(), Unsettled> {
        assert!(layers.iter().all(|layer| (1..=self.depth()).contains(layer)), "the layers are 1 to {}", self.depth());
        assert_eq!(target.len(), self.layers()[self.depth() - 1].rows(), "the target has one entry a row of the last layer");
        let largest = target.iter().map(|y| u128::from(y.unsigned_abs())).max().unwrap_or(0).max(self.bound());
        let widest = self.layers().iter().map(|layer| layer.rows().max(layer.columns())).max().unwrap_or(0);
        if largest < 1 << 22 && widest <= WIDEST {
            Ok(())
        } else {
            Err(Unsettled::Skipped("the second differences of this net could overflow".into()))
        }
    }
}
