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
