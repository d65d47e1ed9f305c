//! Exact sums of many small products.

use dashu::integer::IBig;
use dashu::rational::RBig;

/// A running sum Σ value · weight: in 128 bits while that is exact, spilled into a big integer before it is not.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    small: i128,
    large: IBig,
}

impl Tally {
    /// Adds `value · weight`.
    pub fn add(&mut self, value: i128, weight: u128) {
        let product = i128::try_from(weight).ok().and_then(|weight| value.checked_mul(weight));
        match product.and_then(|product| self.small.checked_add(product)) {
            Some(sum) => self.small = sum,
            None => self.large += IBig::from(value) * IBig::from(weight),
        }
    }

    /// The sum.
    #[must_use]
    pub fn total(&self) -> RBig {
        RBig::from(&self.large + IBig::from(self.small))
    }
}

/// The sum of rationals.
pub(super) fn sum(terms: impl Iterator<Item = RBig>) -> RBig {
    terms.fold(RBig::ZERO, |total, term| total + term)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tally_beyond_128_bits_stays_exact() {
        let mut tally = Tally::default();
        let weight = u128::MAX / 2;
        for _ in 0..5 {
            tally.add(i128::MAX, weight);
            tally.add(i128::MAX, 1);
            tally.add(-3, 7);
        }
        let expected = (IBig::from(i128::MAX) * (IBig::from(weight) + IBig::ONE) - IBig::from(21)) * IBig::from(5);
        assert_eq!(tally.total(), RBig::from(expected));
    }
}
