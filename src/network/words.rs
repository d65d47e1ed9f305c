//! Random words in bulk: the very words that `next_u64` gives one by one, without the bookkeeping of each.

use std::convert::Infallible;

use rand::{Rng, TryRng};

/// Words that are asked for at once: some blocks of the generator.
const AT_ONCE: usize = 64;

/// What `of` makes of the next word, for every place.
pub fn fill<R: Rng + ?Sized, T>(rng: &mut R, places: &mut [T], of: impl Fn(u64) -> T) {
    let mut bytes = [0; 8 * AT_ONCE];
    for places in places.chunks_mut(AT_ONCE) {
        let bytes = &mut bytes[..8 * places.len()];
        rng.fill_bytes(bytes);
        for (place, word) in places.iter_mut().zip(bytes.chunks_exact(8)) {
            *place = of(word_of(word));
        }
    }
}

/// A generator of which a number of words is asked for beforehand. Who takes fewer leaves the generator beneath further on than it
/// would be; who takes more gets them from beneath, one by one.
pub struct Ahead<'a, R: ?Sized> {
    rng: &'a mut R,
    /// Words that are still to be asked for in bulk.
    due: usize,
    bytes: [u8; 8 * AT_ONCE],
    at: usize,
    end: usize,
}

impl<'a, R: Rng + ?Sized> Ahead<'a, R> {
    /// `rng`, of which at least that many words will be taken.
    pub fn new(rng: &'a mut R, words: usize) -> Self {
        Ahead { rng, due: words, bytes: [0; 8 * AT_ONCE], at: 0, end: 0 }
    }

    #[inline(always)]
    fn word(&mut self) -> u64 {
        if self.at == self.end && !self.refilled() {
            return self.rng.next_u64();
        }
        let word = word_of(&self.bytes[self.at..self.at + 8]);
        self.at += 8;
        word
    }

    /// Asks for the next words in bulk, if any are due.
    #[inline(never)]
    fn refilled(&mut self) -> bool {
        let words = self.due.min(AT_ONCE);
        (self.at, self.end) = (0, 8 * words);
        self.due -= words;
        self.rng.fill_bytes(&mut self.bytes[..self.end]);
        words > 0
    }
}

/// Narrower draws take a whole word.
impl<R: Rng + ?Sized> TryRng for Ahead<'_, R> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(self.word() as u32)
    }

    #[inline(always)]
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.word())
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        bytes.chunks_mut(8).for_each(|chunk| chunk.copy_from_slice(&self.word().to_le_bytes()[..chunk.len()]));
        Ok(())
    }
}

fn word_of(bytes: &[u8]) -> u64 {
    u64::from_le_bytes(bytes.try_into().expect("eight bytes"))
}

#[cfg(test)]
mod tests {
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::SeedableRng;

    use super::*;

    #[test]
    fn words_in_bulk_are_the_words_one_by_one_and_leave_the_generator_where_those_do() {
        for (before, count) in [(0, 0), (0, 1), (1, 63), (5, 64), (31, 65), (2, 1000)] {
            let mut one_by_one = ChaCha8Rng::seed_from_u64(9);
            let mut bulk = one_by_one.clone();
            // An odd number of half words puts every word astride two of the generator's.
            (0..before).for_each(|_| assert_eq!(one_by_one.next_u32(), bulk.next_u32()));
            let mut filled = vec![0; count];
            fill(&mut bulk, &mut filled, |word| word);
            assert_eq!(filled, (0..count).map(|_| one_by_one.next_u64()).collect::<Vec<_>>());
            let mut ahead = Ahead::new(&mut bulk, count);
            // A few more than were announced.
            (0..count + before).for_each(|_| assert_eq!(ahead.next_u64(), one_by_one.next_u64()));
            assert_eq!(bulk.next_u32(), one_by_one.next_u32());
        }
    }
}
