//! Products of matrices of random signs with fixed vectors: 64 signs come from one word, and eight at a time from a table.

use rand::Rng;

use super::layer::{Layer, Norms};
use super::states::States;
use super::words;

/// Signs that one look-up sums.
const AT_ONCE: usize = 8;

/// Signs of a whole matrix that one look-up reads at most: its table stays in a core's cache.
const WHOLE: usize = 9;

/// Σ_j ±s a_j for every pattern of eight signs, for each vector a of a batch.
#[derive(Clone, Debug)]
pub struct SignedSums {
    /// [vector, group of eight columns, pattern]
    tables: Vec<[f64; 1 << AT_ONCE]>,
    columns: usize,
}

impl SignedSums {
    /// The sums of the entries of each vector, times `magnitude`.
    pub fn new(magnitude: f64, vectors: &States) -> Self {
        let table = |group: &[f64]| {
            std::array::from_fn(|pattern| {
                let signed = |(j, a): (usize, &f64)| if pattern >> j & 1 == 1 { -magnitude * a } else { magnitude * a };
                group.iter().enumerate().map(signed).sum()
            })
        };
        let tables = vectors.iter().flat_map(|vector| vector.entries.chunks(AT_ONCE).map(table).collect::<Vec<_>>()).collect();
        SignedSums { tables, columns: vectors.width() }
    }

    /// The signs of that many weights, from the words that [`super::Law::sample`] takes for them, and an empty word behind.
    pub fn draw<R: Rng + ?Sized>(rng: &mut R, weights: usize) -> Vec<u64> {
        let mut signs = vec![0; weights.div_ceil(64) + 1];
        let behind = signs.len() - 1;
        words::fill(rng, &mut signs[..behind], |word| word);
        signs
    }

    /// The entry of W a in that row of all drawn rows, a being the vector of that index.
    #[inline]
    pub fn product(&self, words: &[u64], row: usize, vector: usize) -> f64 {
        let groups = self.columns.div_ceil(AT_ONCE);
        let tables = &self.tables[vector * groups..(vector + 1) * groups];
        let first = row * self.columns;
        let sum = |(group, table): (usize, &[f64; 1 << AT_ONCE])| {
            table[pattern(words, first + AT_ONCE * group, (self.columns - AT_ONCE * group).min(AT_ONCE))]
        };
        tables.iter().enumerate().map(sum).sum()
    }
}

/// The norms behind every pattern of a narrow layer's signs: of one row, or of the whole matrix.
#[derive(Clone, Debug)]
pub struct SignedNorms {
    /// [vector][pattern]
    tables: Vec<Vec<Norms>>,
    /// The signs that one look-up reads.
    signs: usize,
    /// The look-ups of a matrix.
    parts: usize,
}

impl SignedNorms {
    /// The norms behind matrices of ±`magnitude`, one table to a vector; `None` where the layer is too wide for tables.
    pub fn new(layer: &Layer, magnitude: f64, vectors: &States) -> Option<Self> {
        let columns = vectors.width();
        let rows = if layer.width * columns <= WHOLE { layer.width } else { 1 };
        if columns > AT_ONCE {
            return None;
        }
        let table = |vector: &[f64]| {
            let product = |pattern: usize| {
                let signed = |(j, a): (usize, &f64)| if pattern >> j & 1 == 1 { -magnitude * a } else { magnitude * a };
                vector.iter().enumerate().map(signed).sum::<f64>()
            };
            let norms = |pattern: usize| Norms::of((0..rows).map(|row| product(pattern >> (row * columns))), layer.gate);
            (0..1 << (rows * columns)).map(norms).collect()
        };
        let tables = vectors.iter().map(|vector| table(vector.entries)).collect();
        Some(SignedNorms { tables, signs: rows * columns, parts: layer.width / rows })
    }

    /// The norms behind the matrix of that index of all drawn matrices, of the vector of that index.
    #[inline]
    pub fn of(&self, words: &[u64], matrix: usize, vector: usize) -> Norms {
        let table = &self.tables[vector];
        let part = |part: usize| &table[pattern(words, (matrix * self.parts + part) * self.signs, self.signs)];
        (0..self.parts).fold(Norms::default(), |sum, at| sum.plus(part(at)))
    }
}

/// `count` signs from place `at` on, the first in the lowest bit.
#[inline]
fn pattern(words: &[u64], at: usize, count: usize) -> usize {
    let (word, shift) = (at / 64, at % 64);
    // Two shifts: by 64 in one would be none.
    let bits = words[word] >> shift | words[word + 1] << (63 - shift) << 1;
    (bits & ((1 << count) - 1)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{Gate, Law};
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    #[test]
    fn tables_of_norms_are_the_norms_of_the_products() {
        for (width, columns) in [(1, 1), (2, 2), (3, 3), (4, 4), (5, 8), (2, 7)] {
            for gate in [Gate::Linear, Gate::Relu] {
                let layer = Layer { width, law: Law::Rademacher(0.7), gate };
                let vectors: Vec<Vec<f64>> = (0..3).map(|i| (0..columns).map(|j| 0.3 + f64::from(i) - j as f64).collect()).collect();
                let states = States::repeat(&vectors, 1).unwrap();
                let words = SignedSums::draw(&mut ChaCha8Rng::seed_from_u64(5), 50 * width * columns);
                let sums = SignedSums::new(0.7, &states);
                let norms = SignedNorms::new(&layer, 0.7, &states).unwrap();
                for matrix in 0..50 {
                    for input in 0..3 {
                        let column = (matrix * width..(matrix + 1) * width).map(|row| sums.product(&words, row, input));
                        assert_eq!(norms.of(&words, matrix, input), Norms::of(column, gate), "{width} rows, {columns} columns");
                    }
                }
            }
        }
        let wide = States::repeat(&[vec![1.0; 9]], 1).unwrap();
        let layer = Layer { width: 9, law: Law::Rademacher(1.0), gate: Gate::Relu };
        assert!(SignedNorms::new(&layer, 1.0, &wide).is_none());
    }

    #[test]
    fn tables_give_the_products_of_the_weights_that_are_drawn() {
        for columns in [1, 3, 8, 9, 21, 64, 70] {
            let vectors: Vec<Vec<f64>> = (0..3).map(|i| (0..columns).map(|j| 0.3 + f64::from(i) - j as f64).collect()).collect();
            let states = States::repeat(&vectors, 1).unwrap();
            let (rows, mut weights) = (37, vec![0.0; 37 * columns]);
            Law::Rademacher(0.7).sample(&mut ChaCha8Rng::seed_from_u64(5), &mut weights);
            let words = SignedSums::draw(&mut ChaCha8Rng::seed_from_u64(5), weights.len());
            let sums = SignedSums::new(0.7, &states);
            for row in 0..rows {
                for (index, state) in states.iter().enumerate() {
                    let expected: f64 = weights[row * columns..][..columns].iter().zip(state.entries).map(|(w, a)| w * a).sum();
                    let found = sums.product(&words, row, index);
                    assert!((found - expected).abs() < 1e-12, "{columns} columns, row {row}: {found} instead of {expected}");
                }
            }
        }
    }
}
