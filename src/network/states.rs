//! Batches of vectors of any magnitude.

use super::error::NetworkError;
use super::gate::Gate;
use super::power;
use crate::formula::Scaled;

/// A batch of vectors of one width, each with its own power of two: vector i is `entries` · 2^exponent.
///
/// In a batch that several inputs share with one net, states are ordered net by net.
#[derive(Clone, Debug, PartialEq)]
pub struct States {
    width: usize,
    entries: Vec<f64>,
    exponents: Vec<i64>,
}

/// One vector of a batch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct State<'a> {
    /// The entries up to the common power of two.
    pub entries: &'a [f64],
    /// The power of two.
    pub exponent: i64,
}

impl States {
    /// The given vectors, `copies` times over: the inputs of `copies` nets.
    ///
    /// # Errors
    /// If there is no vector, lengths differ, one is empty, or an entry is not finite.
    pub fn repeat(vectors: &[Vec<f64>], copies: usize) -> Result<Self, NetworkError> {
        let width = vectors.first().map_or(0, Vec::len);
        if width == 0 {
            return Err(NetworkError::Shape("a network needs at least one input with at least one entry".to_owned()));
        }
        if let Some(other) = vectors.iter().find(|vector| vector.len() != width) {
            return Err(NetworkError::Shape(format!("inputs of lengths {width} and {} cannot share a network", other.len())));
        }
        if vectors.iter().flatten().any(|x| !x.is_finite()) {
            return Err(NetworkError::NotFinite("an entry of an input".to_owned()));
        }
        let entries = vectors.concat().repeat(copies);
        Ok(Self::normalised(width, entries, vec![0; vectors.len() * copies]))
    }

    /// Vectors of `width` entries each, times 2^exponents, brought into range.
    pub(super) fn normalised(width: usize, mut entries: Vec<f64>, mut exponents: Vec<i64>) -> Self {
        for (vector, exponent) in entries.chunks_exact_mut(width).zip(&mut exponents) {
            *exponent += power::normalise(vector).unwrap_or(0);
        }
        States { width, entries, exponents }
    }

    /// The number of vectors.
    #[must_use]
    pub fn count(&self) -> usize {
        self.exponents.len()
    }

    /// The length of each vector.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// The vector of that index.
    ///
    /// # Panics
    /// If `index` is not below [`count`](Self::count).
    #[must_use]
    pub fn state(&self, index: usize) -> State<'_> {
        State { entries: &self.entries[index * self.width..(index + 1) * self.width], exponent: self.exponents[index] }
    }

    /// The vectors in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = State<'_>> {
        self.entries.chunks_exact(self.width).zip(&self.exponents).map(|(entries, &exponent)| State { entries, exponent })
    }

    /// The vectors behind a gate.
    #[must_use]
    pub fn gated(&self, gate: Gate) -> Self {
        States { entries: self.entries.iter().map(|&h| gate.apply(h)).collect(), ..self.clone_shape() }
    }

    /// The vectors of those indices, in that order: what resampling does to a population.
    ///
    /// # Panics
    /// If an index is not below [`count`](Self::count).
    #[must_use]
    pub fn select(&self, indices: &[usize]) -> Self {
        let mut entries = Vec::with_capacity(indices.len() * self.width);
        for &index in indices {
            entries.extend_from_slice(self.state(index).entries);
        }
        States { width: self.width, entries, exponents: indices.iter().map(|&index| self.exponents[index]).collect() }
    }

    pub(super) fn entries(&self) -> &[f64] {
        &self.entries
    }

    pub(super) fn exponents(&self) -> &[i64] {
        &self.exponents
    }

    fn clone_shape(&self) -> Self {
        States { width: self.width, entries: Vec::new(), exponents: self.exponents.clone() }
    }
}

impl State<'_> {
    /// ‖·‖₂²
    #[must_use]
    pub fn norm2_pow2(self) -> Scaled {
        Scaled::new(self.entries.iter().map(|x| x * x).sum(), 2 * self.exponent)
    }

    /// ‖·‖₂⁴
    #[must_use]
    pub fn norm2_pow4(self) -> Scaled {
        let square: f64 = self.entries.iter().map(|x| x * x).sum();
        Scaled::new(square * square, 4 * self.exponent)
    }

    /// ‖·‖₄⁴
    #[must_use]
    pub fn norm4_pow4(self) -> Scaled {
        Scaled::new(self.entries.iter().map(|x| (x * x) * (x * x)).sum(), 4 * self.exponent)
    }

    /// The entry of that index.
    ///
    /// # Panics
    /// If `index` is not below the width.
    #[must_use]
    pub fn entry(self, index: usize) -> Scaled {
        Scaled::new(self.entries[index], self.exponent)
    }

    /// Whether any entry is not 0: of an activation, whether the net is alive.
    #[must_use]
    pub fn is_alive(self) -> bool {
        self.entries.iter().any(|&x| x != 0.0)
    }

    /// Which gates this pre-activation opens, the first entry in the lowest bit.
    ///
    /// # Panics
    /// If the width exceeds 64.
    #[must_use]
    pub fn pattern(self, gate: Gate) -> u64 {
        assert!(self.entries.len() <= 64, "a gate pattern holds at most 64 gates");
        self.entries.iter().enumerate().fold(0, |pattern, (i, &h)| pattern | u64::from(gate.is_open(h)) << i)
    }
}
