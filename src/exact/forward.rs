//! Enumeration of the forward pass: the joint law of a layer's activations, equal vectors merged.
//!
//! Given the incoming activation the rows of a layer are independent, so one layer's conditional law is a product of laws of
//! single rows. No symmetry of the weights and no statement about gates is used. Forward quantities do not depend on the
//! convention for ties, since relu(0) = 0 either way.

use std::collections::{BTreeMap, HashMap};

use dashu::integer::IBig;
use dashu::rational::RBig;

use super::layers::{Norm, Site};
use super::net::{Gate, Layer, Net};
use super::tally::sum;

/// A polynomial in the coordinates of a vector, no exponent above 4.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Functional(Vec<(i64, Vec<u32>)>);

impl Functional {
    /// The power of a norm of a vector of that length.
    #[must_use]
    pub fn norm(norm: Norm, length: usize) -> Self {
        let power = |i: usize, exponent: u32| (0..length).map(|k| if k == i { exponent } else { 0 }).collect::<Vec<u32>>();
        let pairs = (0..length).flat_map(|i| (0..i).map(move |j| (i, j)));
        Functional(match norm {
            Norm::TwoSquared => (0..length).map(|i| (1, power(i, 2))).collect(),
            Norm::FourFourth => (0..length).map(|i| (1, power(i, 4))).collect(),
            Norm::TwoFourth => {
                let mixed = |(i, j)| (2, power(i, 2).iter().zip(power(j, 2)).map(|(x, y)| x + y).collect());
                (0..length).map(|i| (1, power(i, 4))).chain(pairs.map(mixed)).collect()
            }
        })
    }

    /// Π_i h_i^{exponents_i}
    ///
    /// # Panics
    /// If an exponent is above 4.
    #[must_use]
    pub fn monomial(exponents: &[u32]) -> Self {
        assert!(exponents.iter().all(|exponent| *exponent <= 4), "moments of a coordinate are held up to order 4");
        Functional(vec![(1, exponents.to_vec())])
    }
}

impl Net {
    /// E functional(h^L) before the gate of the last layer, or E functional(a^L) after it.
    ///
    /// # Panics
    /// If the functional has another number of coordinates than the last layer has rows.
    #[must_use]
    pub fn expectation(&self, functional: &Functional, site: Site) -> RBig {
        let last = &self.layers()[self.depth() - 1];
        assert!(functional.0.iter().all(|(_, exponents)| exponents.len() == last.rows()), "one exponent a coordinate");
        let mut sums = vec![IBig::ZERO; functional.0.len()];
        for (incoming, weight) in self.activations(self.depth() - 1) {
            let moments: Vec<[i128; 5]> = rows(last, &incoming, site).iter().map(|row| moments(row)).collect();
            for (sum, (_, exponents)) in sums.iter_mut().zip(&functional.0) {
                let factors = exponents.iter().zip(&moments).map(|(exponent, row)| row[*exponent as usize]);
                *sum += factors.fold(IBig::from(weight), |product, factor| product * IBig::from(factor));
            }
        }
        let (scale, outcomes) = (self.scale(0), RBig::from(self.outcomes(self.depth())));
        let terms = sums.into_iter().zip(&functional.0).map(|(sum, (coefficient, exponents))| {
            let degree = exponents.iter().sum::<u32>();
            RBig::from(sum) * RBig::from(*coefficient) * scale.pow(degree as isize)
        });
        sum(terms) / outcomes
    }

    /// The law of a^depth, in units: each vector with its weight; the weights sum to [`Net::outcomes`].
    #[must_use]
    pub fn activations(&self, depth: usize) -> BTreeMap<Vec<i64>, u128> {
        self.filtered_activations(depth, |_| true)
    }

    /// P(a^L ≠ 0)
    #[must_use]
    pub fn survival(&self) -> RBig {
        let dead = self.last_rows(self.activations(self.depth() - 1), Site::AfterGate, |value| value == 0);
        RBig::ONE - dead / RBig::from(self.outcomes(self.depth()))
    }

    /// The share of nets in which some pre-activation of a gated layer is exactly 0. Every net that dies before the last
    /// layer is among them.
    #[must_use]
    pub fn tie_share(&self) -> RBig {
        let untied = self.filtered_activations(self.depth() - 1, |h| h != 0);
        let gated = self.layers()[self.depth() - 1].gate() == Gate::Relu;
        let untied = self.last_rows(untied, Site::BeforeGate, |h| h != 0 || !gated);
        RBig::ONE - untied / RBig::from(self.outcomes(self.depth()))
    }

    /// The weight of the outcomes in which every row of the last layer satisfies `accept`, given the law of its incoming
    /// activation.
    fn last_rows(&self, incoming: BTreeMap<Vec<i64>, u128>, site: Site, accept: impl Fn(i64) -> bool) -> RBig {
        let layer = &self.layers()[self.depth() - 1];
        let mut total = 0_u128;
        for (vector, weight) in incoming {
            let accepted = |row: &Vec<(i64, u128)>| row.iter().filter(|(value, _)| accept(*value)).map(|(_, w)| w).sum::<u128>();
            total += rows(layer, &vector, site).iter().map(accepted).fold(weight, |product, share| product * share);
        }
        RBig::from(total)
    }

    /// The law of a^depth restricted to the outcomes whose pre-activations in gated layers all satisfy `keep`.
    fn filtered_activations(&self, depth: usize, keep: impl Fn(i64) -> bool) -> BTreeMap<Vec<i64>, u128> {
        let mut law = HashMap::from([(self.input().to_vec(), 1_u128)]);
        for layer in &self.layers()[..depth] {
            let mut next = HashMap::new();
            for (incoming, weight) in law {
                let mut rows = rows(layer, &incoming, Site::BeforeGate);
                if layer.gate() == Gate::Relu {
                    rows.iter_mut().for_each(|row| {
                        row.retain(|(value, _)| keep(*value));
                        *row = rectified(row);
                    });
                }
                product(&rows, weight, &mut Vec::with_capacity(rows.len()), &mut next);
            }
            law = next;
        }
        law.into_iter().collect()
    }
}

/// Adds the product law of independent rows, times `weight`, to `law`.
fn product(rows: &[Vec<(i64, u128)>], weight: u128, prefix: &mut Vec<i64>, law: &mut HashMap<Vec<i64>, u128>) {
    let Some(row) = rows.get(prefix.len()) else {
        match law.get_mut(prefix) {
            Some(total) => *total += weight,
            None => {
                law.insert(prefix.clone(), weight);
            }
        }
        return;
    };
    for (value, share) in row {
        prefix.push(*value);
        product(rows, weight * share, prefix, law);
        prefix.pop();
    }
}

/// The law of each row of W a, or of relu(W a): values with weights.
fn rows(layer: &Layer, incoming: &[i64], site: Site) -> Vec<Vec<(i64, u128)>> {
    let mut laws = Vec::<Vec<(i64, u128)>>::with_capacity(layer.rows());
    for row in 0..layer.rows() {
        let twin = layer.first_like(row);
        laws.push(if twin < row {
            laws[twin].clone()
        } else {
            let before = row_law(layer, row, incoming);
            if site == Site::AfterGate && layer.gate() == Gate::Relu { rectified(&before) } else { before }
        });
    }
    laws
}

/// The law of ⟨w, a⟩ for one row w, equal values merged.
fn row_law(layer: &Layer, row: usize, incoming: &[i64]) -> Vec<(i64, u128)> {
    let mut law = BTreeMap::from([(0_i64, 1_u128)]);
    for (entry, a) in layer.row(row).iter().zip(incoming) {
        let mut next = BTreeMap::new();
        for (sum, weight) in &law {
            for (value, share) in entry.outcomes() {
                *next.entry(sum + value * a).or_default() += weight * u128::from(*share);
            }
        }
        law = next;
    }
    law.into_iter().collect()
}

/// The law of relu(h), from that of h in ascending order.
fn rectified(law: &[(i64, u128)]) -> Vec<(i64, u128)> {
    let closed: u128 = law.iter().filter(|(value, _)| *value <= 0).map(|(_, weight)| weight).sum();
    let open = law.iter().filter(|(value, _)| *value > 0).copied();
    (closed > 0).then_some((0, closed)).into_iter().chain(open).collect()
}

/// Σ weight · value^k for k = 0..4.
fn moments(law: &[(i64, u128)]) -> [i128; 5] {
    let mut sums = [0_i128; 5];
    for (value, weight) in law {
        let (h, weight) = (i128::from(*value), weight.cast_signed());
        for (sum, power) in sums.iter_mut().zip([1, h, h * h, h * h * h, h * h * h * h]) {
            *sum += weight * power;
        }
    }
    sums
}
