//! Keyed streams of random numbers: what is drawn depends on what is asked, never on threads, order or device.

use std::ops::Range;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::claim::Context;

/// The generator of every stream: ChaCha with 8 rounds, a counter-based generator with 2^64 streams under each key
/// (D. J. Bernstein, *ChaCha, a variant of Salsa20*, 2008).
pub type Generator = ChaCha8Rng;

/// What the keys of this layout begin with: another layout takes another text, and so other draws.
const LAYOUT: &str = "vanishing-curvature streams 1";

/// The streams of one configuration: one for each chunk of draws.
///
/// The key is SHA-256 of (layout, seed, slug, configuration), each text preceded by its length, so that distinct
/// configurations have distinct keys; the chunk is the generator's stream number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Streams {
    key: [u8; 32],
}

impl Streams {
    /// The streams of a configuration of the evidence in `context`. Of the context only seed and slug enter: two pieces of
    /// evidence share draws exactly if they name the same configuration.
    #[must_use]
    pub fn new(context: &Context, configuration: &str) -> Self {
        Streams::keyed(context.seed, context.slug, configuration)
    }

    /// The streams that belong to one piece of evidence alone: the configuration is preceded by the claim's part and the
    /// evidence's method.
    #[must_use]
    pub fn of_evidence(context: &Context, configuration: &str) -> Self {
        Streams::new(context, &format!("{}/{}/{configuration}", context.part, context.method))
    }

    /// The streams of a configuration under a seed and a permanent slug.
    #[must_use]
    pub fn keyed(seed: u64, slug: &str, configuration: &str) -> Self {
        let mut hash = Sha256::new();
        hash.update(seed.to_le_bytes());
        for text in [LAYOUT, slug, configuration] {
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text.as_bytes());
        }
        Streams { key: hash.finalize().into() }
    }

    /// The stream of a chunk, at its beginning.
    #[must_use]
    pub fn chunk(&self, index: u64) -> Generator {
        let mut generator = Generator::from_seed(self.key);
        generator.set_stream(index);
        generator
    }

    /// Splits `draws` draws into chunks of `size` (the last may be smaller) and maps each with its own stream, in parallel.
    ///
    /// `map` gets the stream and the range of draws; the results come in the order of the chunks, whatever the number of
    /// threads.
    ///
    /// # Panics
    /// If `size` is 0.
    pub fn map_chunks<T: Send>(&self, draws: u64, size: u64, map: impl Fn(&mut Generator, Range<u64>) -> T + Sync) -> Vec<T> {
        assert!(size > 0, "a chunk holds at least one draw");
        (0..draws.div_ceil(size))
            .into_par_iter()
            .map(|index| map(&mut self.chunk(index), index * size..draws.min((index + 1) * size)))
            .collect()
    }
}
