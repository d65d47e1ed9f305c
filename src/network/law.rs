//! Symmetric laws of a single weight: exact moments and fast sampling.

use rand::Rng;
use rand_distr::{Distribution, StandardNormal};

use super::words::{self, Ahead};

/// The law of one weight, symmetric about 0.
///
/// Densities and atoms: `Uniform(τ)` on [−τ, τ]; `Gaussian(σ)`; `Rademacher(s)`: ±s; `ThreePoint`: ±s with probability q/2 each, else 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Law {
    /// Uniform on [−τ, τ]; the field is τ > 0.
    Uniform(f64),
    /// Normal with mean 0; the field is the standard deviation σ > 0.
    Gaussian(f64),
    /// ±s with probability 1/2 each; the field is s > 0.
    Rademacher(f64),
    /// ±s with probability q/2 each, 0 with probability 1 − q.
    ThreePoint {
        /// The magnitude s > 0 of a weight that is not 0.
        magnitude: f64,
        /// The probability q in (0, 1] that a weight is not 0.
        occupancy: f64,
    },
}

impl Law {
    /// LeCun's uniform law as the paper and PyTorch have it: σ² = 1/(3·width).
    #[must_use]
    pub fn lecun_uniform(width: usize) -> Self {
        Law::Uniform((1.0 / width as f64).sqrt())
    }

    /// Xavier's uniform law: σ² = 1/width.
    #[must_use]
    pub fn xavier_uniform(width: usize) -> Self {
        Law::Uniform((3.0 / width as f64).sqrt())
    }

    /// Xavier's Gaussian law: σ² = 1/width.
    #[must_use]
    pub fn xavier_gaussian(width: usize) -> Self {
        Law::Gaussian((1.0 / width as f64).sqrt())
    }

    /// He's uniform law: σ² = 2/width.
    #[must_use]
    pub fn he_uniform(width: usize) -> Self {
        Law::Uniform((6.0 / width as f64).sqrt())
    }

    /// He's Gaussian law: σ² = 2/width.
    #[must_use]
    pub fn he_gaussian(width: usize) -> Self {
        Law::Gaussian((2.0 / width as f64).sqrt())
    }

    /// The variance σ².
    #[must_use]
    pub fn variance(self) -> f64 {
        match self {
            Law::Uniform(half_width) => half_width * half_width / 3.0,
            Law::Gaussian(deviation) => deviation * deviation,
            Law::Rademacher(magnitude) => magnitude * magnitude,
            Law::ThreePoint { magnitude, occupancy } => occupancy * magnitude * magnitude,
        }
    }

    /// The kurtosis κ = E w⁴ / σ⁴.
    #[must_use]
    pub fn kurtosis(self) -> f64 {
        match self {
            Law::Uniform(_) => 9.0 / 5.0,
            Law::Gaussian(_) => 3.0,
            Law::Rademacher(_) => 1.0,
            Law::ThreePoint { occupancy, .. } => 1.0 / occupancy,
        }
    }

    /// E w^order for an even order, exact up to rounding: τ^k/(k+1), (k−1)!! σ^k, s^k and q s^k; odd moments are 0.
    #[must_use]
    pub fn moment(self, order: u32) -> f64 {
        if order == 0 || !order.is_multiple_of(2) {
            return f64::from(u8::from(order == 0));
        }
        let power = |scale: f64| scale.powi(order as i32);
        match self {
            Law::Uniform(half_width) => power(half_width) / f64::from(order + 1),
            Law::Gaussian(deviation) => power(deviation) * (1..order).step_by(2).map(f64::from).product::<f64>(),
            Law::Rademacher(magnitude) => power(magnitude),
            Law::ThreePoint { magnitude, occupancy } => occupancy * power(magnitude),
        }
    }

    /// Whether no value has positive probability, so that ties at 0 do not occur.
    #[must_use]
    pub fn is_atomless(self) -> bool {
        matches!(self, Law::Uniform(_) | Law::Gaussian(_))
    }

    /// Fills `weights` with independent draws.
    ///
    /// Every sampled law is exactly symmetric in floating point. Uniform draws lie on 2⁵³ equally spaced points, none of them 0; the
    /// occupancy of the three-point law is held to 2⁻⁶³.
    pub fn sample<R: Rng + ?Sized>(self, rng: &mut R, weights: &mut [f64]) {
        match self {
            Law::Uniform(half_width) => {
                let step = half_width * 2f64.powi(-52);
                words::fill(rng, weights, |word| (((word as i64) >> 11) as f64 + 0.5) * step);
            }
            Law::Gaussian(deviation) => {
                // A normal number takes one word, rarely more.
                let mut rng = Ahead::new(rng, weights.len());
                for weight in weights {
                    let normal: f64 = StandardNormal.sample(&mut rng);
                    *weight = deviation * normal;
                }
            }
            Law::Rademacher(magnitude) => {
                let bits = magnitude.to_bits();
                for block in weights.chunks_mut(64) {
                    let word = rng.next_u64();
                    for (k, weight) in block.iter_mut().enumerate() {
                        *weight = f64::from_bits(bits | ((word >> k) << 63));
                    }
                }
            }
            Law::ThreePoint { magnitude, occupancy } => {
                let (bits, threshold) = (magnitude.to_bits(), (occupancy * 2f64.powi(63)) as u64);
                words::fill(rng, weights, |word| {
                    let occupied = u64::from(word >> 1 < threshold).wrapping_neg();
                    f64::from_bits(occupied & (bits | (word << 63)))
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;
    use statrs::distribution::{Continuous, ContinuousCDF, Normal, Uniform};

    const LAWS: [Law; 5] = [
        Law::Uniform(0.9),
        Law::Gaussian(0.7),
        Law::Rademacher(1.5),
        Law::ThreePoint { magnitude: 2.0, occupancy: 0.3 },
        Law::ThreePoint { magnitude: 0.4, occupancy: 1.0 },
    ];
    const RATE: f64 = 1e-9;

    fn draws(law: Law, count: usize) -> Vec<f64> {
        let mut weights = vec![0.0; count];
        law.sample(&mut ChaCha8Rng::seed_from_u64(7), &mut weights);
        weights
    }

    fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
        let count = values.len() as f64;
        values.sum::<f64>() / count
    }

    #[test]
    fn named_laws_have_their_variance() {
        for (law, variance) in [
            (Law::lecun_uniform(8), 1.0 / 24.0),
            (Law::xavier_uniform(8), 0.125),
            (Law::xavier_gaussian(8), 0.125),
            (Law::he_uniform(8), 0.25),
            (Law::he_gaussian(8), 0.25),
        ] {
            assert!((law.variance() / variance - 1.0).abs() < 1e-15, "{law:?}");
        }
    }

    /// Hoeffding: a mean of n values in [0, c] is within c·√(ln(2/rate)/2n) of its expectation.
    #[test]
    fn second_and_fourth_moments_of_bounded_laws_are_as_stated() {
        for law in LAWS {
            let bound = match law {
                Law::Gaussian(_) => continue,
                Law::Uniform(bound) | Law::Rademacher(bound) | Law::ThreePoint { magnitude: bound, .. } => bound,
            };
            let weights = draws(law, 400_000);
            let slack = ((2.0 / RATE).ln() / (2.0 * weights.len() as f64)).sqrt() + 1e-9;
            assert!(weights.iter().all(|w| w.abs() <= bound), "{law:?}");
            let second = mean(weights.iter().map(|w| w.powi(2))) - law.variance();
            let fourth = mean(weights.iter().map(|w| w.powi(4))) - law.kurtosis() * law.variance().powi(2);
            assert!(second.abs() <= slack * bound.powi(2), "{law:?}: {second}");
            assert!(fourth.abs() <= slack * bound.powi(4), "{law:?}: {fourth}");
            let first = mean(weights.iter().copied());
            assert!(first.abs() <= 2.0 * slack * bound, "{law:?}: {first}");
        }
    }

    /// Dvoretzky, Kiefer, Wolfowitz, Massart: the largest gap of distribution functions exceeds √(ln(2/rate)/2n) at that rate.
    #[test]
    fn whole_laws_of_continuous_weights_are_as_stated() {
        let normal = Normal::new(0.0, 0.7).expect("valid");
        let uniform = Uniform::new(-0.9, 0.9).expect("valid");
        assert!(normal.pdf(0.0) > uniform.pdf(0.0), "the two laws differ where the test looks");
        for (law, cdf) in [
            (Law::Gaussian(0.7), Box::new(move |x| normal.cdf(x)) as Box<dyn Fn(f64) -> f64>),
            (Law::Uniform(0.9), Box::new(move |x| uniform.cdf(x))),
        ] {
            let mut weights = draws(law, 300_000);
            weights.sort_by(f64::total_cmp);
            let n = weights.len() as f64;
            let slack = ((2.0 / RATE).ln() / (2.0 * n)).sqrt();
            let gap = weights.iter().enumerate().map(|(i, &w)| (cdf(w) - (i as f64 + 0.5) / n).abs()).fold(0.0, f64::max);
            assert!(gap <= slack, "{law:?}: {gap} > {slack}");
        }
    }

    /// Laurent and Massart: |χ²_n/n − 1| ≤ 2√(t/n) + 2t/n with probability at least 1 − 2e^(−t).
    #[test]
    fn the_variance_of_gaussian_weights_is_as_stated() {
        let law = Law::Gaussian(0.7);
        let weights = draws(law, 2_000_000);
        let share = (2.0 / RATE).ln() / weights.len() as f64;
        let ratio = mean(weights.iter().map(|w| w * w)) / law.variance();
        assert!((ratio - 1.0).abs() <= 2.0 * share.sqrt() + 2.0 * share, "{ratio}");
    }

    #[test]
    fn neighbouring_weights_are_uncorrelated_at_every_lag_within_a_word() {
        for law in [Law::Rademacher(1.0), Law::ThreePoint { magnitude: 1.0, occupancy: 0.5 }] {
            let weights = draws(law, 200_000);
            let slack = 2.0 * ((2.0 * 130.0 / RATE).ln() / (2.0 * 199_000.0)).sqrt();
            for lag in 1..=130 {
                let products = weights.iter().zip(&weights[lag..]).map(|(a, b)| a * b).collect::<Vec<_>>();
                assert!(mean(products.into_iter()).abs() <= slack, "{law:?} at lag {lag}");
            }
        }
    }

    #[test]
    fn no_atomless_law_draws_zero_and_signs_are_balanced() {
        for law in LAWS.into_iter().filter(|law| law.is_atomless()) {
            let weights = draws(law, 400_000);
            let negative = weights.iter().filter(|&&w| w < 0.0).count() as f64 / weights.len() as f64;
            assert!(weights.iter().all(|&w| w != 0.0), "{law:?}");
            assert!((negative - 0.5).abs() <= ((2.0 / RATE).ln() / (2.0 * weights.len() as f64)).sqrt(), "{law:?}: {negative}");
        }
    }

    /// A generator that repeats one word.
    struct Constant(u64);

    impl rand::TryRng for Constant {
        type Error = std::convert::Infallible;
        fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
            Ok(self.0 as u32)
        }
        fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
            Ok(self.0)
        }
        fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
            bytes.iter_mut().zip(self.0.to_le_bytes().into_iter().cycle()).for_each(|(byte, own)| *byte = own);
            Ok(())
        }
    }

    #[test]
    fn complementary_words_give_opposite_weights() {
        for law in [Law::Uniform(0.9), Law::Rademacher(0.4)] {
            for word in [0, 1, 0x7ff, 0x800, 1 << 62, u64::MAX >> 1, 0x1234_5678_9abc_def0] {
                let (mut weight, mut opposite) = ([0.0], [0.0]);
                law.sample(&mut Constant(word), &mut weight);
                law.sample(&mut Constant(!word), &mut opposite);
                assert_eq!(weight[0], -opposite[0], "{law:?}, {word:x}");
                assert!(weight[0] != 0.0 && weight[0].abs() <= 0.9, "{law:?}, {word:x}");
            }
        }
    }
}
