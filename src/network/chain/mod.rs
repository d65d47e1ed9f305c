//! Neural chains: v = w_L ⋯ w_1 with independent weights uniform on [−τ, τ], many chains at once.
//!
//! By homogeneity v/τ^L is the chain of τ = 1, which is what is drawn; τ^L is a factor of its own ([`scale`]).
//!
//! Rounding: a product of L weights carries a relative error of at most (L − 1)·2⁻⁵³ up to second order, and no more: blocks of
//! at most 16 weights stay above 2⁻⁸⁴⁸, and between blocks the power of two is split off exactly.

mod entries;
mod evidence;
mod hessian;

pub use entries::{Entry, entry_medians, paths};
pub(super) use evidence::value;
pub use evidence::{Chain, Moment, distributions, medians, moments, particle_moments, plain_mean, point};
pub use hessian::{definite, diagonal_medians, flat_ratios, indefinite};

use candle_core::{Device, Result, Tensor};
use rand::Rng;

use crate::formula::Scaled;
use crate::network::words;

/// The layers between renormalisations: each weight is at least 2⁻⁵³ in absolute value.
const BLOCK: usize = 16;

/// v/τ^L of `chains` independent chains at each of the ascending `depths`, the deeper continuing the shallower.
///
/// Weights are drawn on the host, layer by layer; `device` multiplies them.
///
/// # Errors
/// If the device fails.
///
/// # Panics
/// If the depths do not ascend.
pub fn products(device: &Device, depths: &[usize], chains: usize, generator: &mut impl Rng) -> Result<Vec<Vec<Scaled>>> {
    let mut product = vec![Scaled::from(1.0); chains];
    let mut layer = 0;
    let mut found = Vec::with_capacity(depths.len());
    for depth in depths {
        assert!(layer <= *depth, "the depths ascend");
        while layer < *depth {
            let layers = BLOCK.min(depth - layer);
            let block = block(device, layers, chains, generator)?;
            for (product, factor) in product.iter_mut().zip(block) {
                *product = Scaled::new(product.mantissa() * factor, product.exponent());
            }
            layer += layers;
        }
        found.push(product.clone());
    }
    Ok(found)
}

/// |v|/τ^L of `chains` independent chains of that depth.
///
/// # Errors
/// If the device fails.
pub fn magnitudes(device: &Device, depth: usize, chains: usize, generator: &mut impl Rng) -> Result<Vec<Scaled>> {
    let product = products(device, &[depth], chains, generator)?.swap_remove(0);
    Ok(product.into_iter().map(|v| Scaled::new(v.mantissa().abs(), v.exponent())).collect())
}

/// τ^depth, by repeated squaring: relative error at most 2·depth·2⁻⁵³ up to second order.
#[must_use]
pub fn scale(tau: f64, depth: usize) -> Scaled {
    let (mut power, mut square, mut rest) = (Scaled::from(1.0), Scaled::from(tau), depth);
    while rest > 0 {
        if rest & 1 == 1 {
            power *= square;
        }
        square *= square;
        rest >>= 1;
    }
    power
}

/// The products of `layers` ≤ [`BLOCK`] weights of each chain: a tensor [layers, chains], halved until one row is left.
fn block(device: &Device, layers: usize, chains: usize, generator: &mut impl Rng) -> Result<Vec<f64>> {
    let mut weights = vec![0.0; layers * chains];
    words::fill(generator, &mut weights, weight_of);
    let mut rows = Tensor::from_vec(weights, (layers, chains), device)?;
    let mut count = layers;
    while count > 1 {
        let half = count / 2;
        let products = (rows.narrow(0, 0, half)? * rows.narrow(0, half, half)?)?;
        rows = if count.is_multiple_of(2) { products } else { Tensor::cat(&[&products, &rows.narrow(0, count - 1, 1)?], 0)? };
        count = count.div_ceil(2);
    }
    rows.squeeze(0)?.to_vec1()
}

/// A weight uniform on the odd multiples of 2⁻⁵³ in (−1, 1): symmetric, and never 0.
fn weight(generator: &mut impl Rng) -> f64 {
    weight_of(generator.next_u64())
}

fn weight_of(word: u64) -> f64 {
    let odd = ((word >> 10) | 1) as i64;
    (odd - (1 << 53)) as f64 * (1.0 / (1u64 << 53) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sampled::Streams;
    use statrs::distribution::{ContinuousCDF, Gamma};

    #[test]
    fn weights_are_the_odd_multiples_in_the_open_interval() {
        struct Fixed(u64);
        impl rand::TryRng for Fixed {
            type Error = std::convert::Infallible;
            fn try_next_u32(&mut self) -> std::result::Result<u32, Self::Error> {
                Ok(self.0 as u32)
            }
            fn try_next_u64(&mut self) -> std::result::Result<u64, Self::Error> {
                Ok(self.0)
            }
            fn try_fill_bytes(&mut self, _: &mut [u8]) -> std::result::Result<(), Self::Error> {
                Ok(())
            }
        }
        let step = 2f64.powi(-53);
        assert_eq!(weight(&mut Fixed(0)), step - 1.0);
        assert_eq!(weight(&mut Fixed(u64::MAX)), 1.0 - step);
        assert_eq!(weight(&mut Fixed(1 << 63)), step);
        assert_eq!(weight(&mut Fixed((1 << 63) - 1)), -step);
    }

    #[test]
    fn blocks_of_every_length_multiply_all_their_weights() {
        let streams = Streams::keyed(1, "chain", "blocks");
        for layers in 1..=BLOCK {
            let found = block(&Device::Cpu, layers, 5, &mut streams.chunk(0)).unwrap();
            let mut generator = streams.chunk(0);
            let weights: Vec<f64> = (0..layers * 5).map(|_| weight(&mut generator)).collect();
            for (chain, product) in found.into_iter().enumerate() {
                let expected: f64 = (0..layers).map(|layer| weights[layer * 5 + chain]).product();
                assert!((product / expected - 1.0).abs() < 1e-14, "{layers} layers, chain {chain}");
            }
        }
    }

    #[test]
    fn minus_the_logarithm_has_the_gamma_law_at_every_depth() {
        for depth in [1, 3, 17, 60] {
            let streams = Streams::keyed(2, "chain", &format!("depth {depth}"));
            let draws = magnitudes(&Device::Cpu, depth, 20_000, &mut streams.chunk(0)).unwrap();
            let law = Gamma::new(depth as f64, 1.0).unwrap();
            let mut heights: Vec<f64> = draws.iter().map(|v| law.cdf(-v.ln())).collect();
            heights.sort_by(f64::total_cmp);
            let n = heights.len() as f64;
            let gap = heights.iter().enumerate().map(|(i, u)| (u - i as f64 / n).max((i + 1) as f64 / n - u));
            // Dvoretzky–Kiefer–Wolfowitz at rate 1e-9.
            let allowed = (2e9f64.ln() / (2.0 * n)).sqrt();
            let largest = gap.fold(0.0, f64::max);
            assert!(largest < allowed, "depth {depth}: {largest} above {allowed}");
        }
    }

    #[test]
    fn five_thousand_layers_neither_vanish_nor_lose_digits() {
        let streams = Streams::keyed(3, "chain", "deep");
        let draws = magnitudes(&Device::Cpu, 5000, 64, &mut streams.chunk(0)).unwrap();
        let mean = draws.iter().map(|v| -v.ln()).sum::<f64>() / 64.0;
        // Gamma(5000·64, 1)/64: deviation √5000/8 = 8.8.
        assert!((mean - 5000.0).abs() < 60.0, "{mean}");
        // Against the sum of logarithms of the same weights.
        let mut generator = streams.chunk(0);
        let mut logs = vec![0.0; 64];
        let mut rest = 5000;
        while rest > 0 {
            let layers = BLOCK.min(rest);
            for _ in 0..layers {
                logs.iter_mut().for_each(|log| *log += weight(&mut generator).abs().ln());
            }
            rest -= layers;
        }
        for (v, log) in draws.iter().zip(logs) {
            assert!((v.ln() - log).abs() < 1e-8, "{} against {log}", v.ln());
        }
    }

    #[test]
    fn a_deeper_product_continues_the_shallower_and_signs_are_fair() {
        let streams = Streams::keyed(4, "chain", "depths");
        let found = products(&Device::Cpu, &[0, 2, 2, 5], 4096, &mut streams.chunk(0)).unwrap();
        assert!(found[0].iter().all(|v| *v == Scaled::from(1.0)));
        assert_eq!(found[1], found[2]);
        assert!(found[3].iter().zip(&found[2]).all(|(deep, shallow)| (*deep / *shallow).to_f64().abs() < 1.0));
        let negative = found[3].iter().filter(|v| v.mantissa() < 0.0).count();
        // Six deviations of 4096 fair coins.
        assert!(negative.abs_diff(2048) < 192, "{negative} negative of 4096");
    }

    #[test]
    fn the_scale_is_the_power_of_tau() {
        assert_eq!(scale(2.0, 5000), Scaled::new(1.0, 5000));
        assert_eq!(scale(0.5, 0), Scaled::from(1.0));
        let expected = 2500.0 * 3f64.ln();
        assert!((scale(3f64.sqrt(), 5000).ln() / expected - 1.0).abs() < 1e-14);
    }
}
