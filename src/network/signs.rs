//! Products of matrices of random signs with fixed vectors: 64 signs come from one word, and eight at a time from a table.

use rand::Rng;

use super::states::States;

/// Signs that one look-up sums.
const AT_ONCE: usize = 8;

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
        (0..weights.div_ceil(64)).map(|_| rng.next_u64()).chain([0]).collect()
    }

    /// The entry of W a in that row of all drawn rows, a being the vector of that index.
    #[inline]
    pub fn product(&self, words: &[u64], row: usize, vector: usize) -> f64 {
        let groups = self.columns.div_ceil(AT_ONCE);
        let tables = &self.tables[vector * groups..(vector + 1) * groups];
        let first = row * self.columns;
        let sum = |(group, table): (usize, &[f64; 1 << AT_ONCE])| {
            let at = first + AT_ONCE * group;
            let (word, shift) = (at / 64, at % 64);
            // Two shifts: by 64 in one would be none.
            let bits = words[word] >> shift | words[word + 1] << (63 - shift) << 1;
            let count = (self.columns - AT_ONCE * group).min(AT_ONCE);
            table[(bits & ((1 << count) - 1)) as usize]
        };
        tables.iter().enumerate().map(sum).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::Law;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

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
