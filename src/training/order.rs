//! The order in which examples are seen: every epoch a new permutation from a stream of its own.

use rand::seq::SliceRandom;

use crate::sampled::Streams;

/// Batches without replacement within an epoch; what an epoch leaves that fills no batch is dropped.
#[derive(Clone, Debug)]
pub struct Order {
    streams: Streams,
    batch: usize,
    epoch: u64,
    permutation: Vec<u32>,
    position: usize,
}

impl Order {
    /// The order of `count` examples; epoch e is permuted by stream e. A batch of `None`, or one as large as the whole, is the
    /// whole, in its own order.
    #[must_use]
    pub fn new(count: usize, batch: Option<usize>, streams: Streams) -> Self {
        let permutation = (0..u32::try_from(count).unwrap_or(u32::MAX)).collect();
        Order { streams, batch: batch.unwrap_or(count).clamp(1, count.max(1)), epoch: 0, permutation, position: count }
    }

    /// The next batch: indices of examples.
    pub fn next_batch(&mut self) -> &[u32] {
        if self.batch >= self.permutation.len() {
            return &self.permutation;
        }
        if self.position + self.batch > self.permutation.len() {
            self.permutation.sort_unstable();
            self.permutation.shuffle(&mut self.streams.chunk(self.epoch));
            self.epoch += 1;
            self.position = 0;
        }
        let start = self.position;
        self.position += self.batch;
        &self.permutation[start..self.position]
    }
}
