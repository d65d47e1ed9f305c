//! Ready-made evidence about the Hessian of the chain's loss ½(y − v x)², from draws on candle.

use candle_core::Tensor;

use crate::claim::{Context, Gathered, Unsettled};
use crate::formula::Scaled;
use crate::network::device;
use crate::sampled::{self, Case};

use super::entries::Entry;
use super::evidence::{Chain, case};
use super::{products, scale, weight};

/// Medians of the Hessian's diagonal entry at x = 1 for depths of at least 2, by order statistics, exact grade.
///
/// # Errors
/// If the device is not there, fails, or no plan fits.
pub fn diagonal_medians(context: &Context, chains: &[Chain]) -> Result<Gathered, Unsettled> {
    let device = device::open(context.device).map_err(Unsettled::Skipped)?;
    // A square doubles the spread of the logarithm.
    let cases = chains.iter().map(|chain| case(*chain)).map(|case| Case { point: case.point.at("x", 1), guess: case.guess / 2.0, ..case });
    sampled::medians(context, &cases.collect::<Vec<_>>(), |(tau, depth), generator, chains| {
        let (above, unit) = (products(&device, &[depth - 2], chains, generator)?.swap_remove(0), scale(*tau, depth - 2));
        let draw = |product: Scaled| Entry::Diagonal.of(product * unit, tau * weight(generator), tau * weight(generator));
        Ok::<_, candle_core::Error>(above.into_iter().map(draw).collect())
    })
}

/// Medians of |∂_12|/∂_11 at x = 1 and y = 0, the entries from the products of the other weights, by order statistics, exact grade.
///
/// # Errors
/// If the device is not there, fails, or no plan fits.
pub fn flat_ratios(context: &Context, chains: &[Chain]) -> Result<Gathered, Unsettled> {
    let device = device::open(context.device).map_err(Unsettled::Skipped)?;
    // The logarithm of a ratio of two uniform weights has the density ½ at its median.
    let cases = chains.iter().map(|chain| Case { guess: 0.45, ..case(*chain) });
    sampled::medians(context, &cases.collect::<Vec<_>>(), |(tau, depth), generator, chains| {
        let (above, unit) = (products(&device, &[depth - 2], chains, generator)?.swap_remove(0), scale(*tau, depth - 2));
        let draw = |product: Scaled| {
            let (above, first, second) = (product * unit, tau * weight(generator), tau * weight(generator));
            let others = above * Scaled::from(second);
            let output = others * Scaled::from(first);
            (Scaled::from(2.0) * output * above).abs() / (others * others)
        };
        Ok::<_, candle_core::Error>(above.into_iter().map(draw).collect())
    })
}

/// The probability that the Hessian is positive definite at x = y = 1, for depths of at most 16: the share of chains all of whose
/// pivots are positive, exact grade. The device multiplies the weights.
///
/// # Errors
/// If the device is not there, fails, or no plan fits.
pub fn definite(context: &Context, chains: &[Chain]) -> Result<Gathered, Unsettled> {
    shares(context, chains, 0.02, |signs| !signs.negative)
}

/// The probability that the Hessian has eigenvalues of both signs at x = y = 1: the share of chains with pivots of both signs, exact
/// grade. The device multiplies the weights.
///
/// # Errors
/// If the device is not there, fails, or no plan fits.
pub fn indefinite(context: &Context, chains: &[Chain]) -> Result<Gathered, Unsettled> {
    shares(context, chains, 0.8, |signs| signs.negative && signs.positive)
}

/// The share of chains with such pivots, `guess` a bound on it from below.
fn shares(context: &Context, chains: &[Chain], guess: f64, event: fn(Signs) -> bool) -> Result<Gathered, Unsettled> {
    let device = device::open(context.device).map_err(Unsettled::Skipped)?;
    // Two pivots settle most chains.
    let cases = chains.iter().map(|chain| Case { guess, cost: 4 * (chain.1 as u64).pow(2), ..case(*chain) });
    let unit = |_: &(f64, usize)| Scaled::from(1.0);
    sampled::bounded_means(context, &cases.collect::<Vec<_>>(), unit, |(tau, depth), generator, chains| {
        let weights: Vec<f64> = (0..depth * chains).map(|_| tau * weight(generator)).collect();
        let rows = Tensor::from_vec(weights.clone(), (chains, *depth), &device)?;
        let mut outputs = rows.narrow(1, 0, 1)?;
        for layer in 1..*depth {
            outputs = (outputs * rows.narrow(1, layer, 1)?)?;
        }
        let outputs: Vec<f64> = outputs.squeeze(1)?.to_vec1()?;
        let share = |(weights, v): (&[f64], f64)| Scaled::from(f64::from(u8::from(event(Signs::of(weights, v)))));
        Ok::<_, candle_core::Error>(weights.chunks_exact(*depth).zip(outputs).map(share).collect())
    })
}

/// Which signs the pivots of a Hessian have; by Sylvester's law those of its eigenvalues.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Signs {
    negative: bool,
    positive: bool,
}

impl Signs {
    /// Of the Hessian at x = y = 1: entries (v/w_i)² and (2v − 1)v/(w_i w_j). No more pivots are found once both signs are there.
    ///
    /// That is what makes it stable: for v outside (1/3, 1) the first two pivots differ in sign; inside, none is small against its row.
    fn of(weights: &[f64], v: f64) -> Self {
        let size = weights.len();
        let entry = |i: usize, j: usize| if i == j { (v / weights[i]).powi(2) } else { (2.0 * v - 1.0) * v / (weights[i] * weights[j]) };
        let mut matrix: Vec<f64> = (0..size * size).map(|index| entry(index / size, index % size)).collect();
        let mut signs = Signs::default();
        for k in 0..size {
            let pivot = matrix[k * size + k];
            signs.negative |= pivot < 0.0;
            signs.positive |= pivot > 0.0;
            if signs.negative && signs.positive {
                break;
            }
            for i in k + 1..size {
                let factor = matrix[i * size + k] / pivot;
                for j in k + 1..size {
                    matrix[i * size + j] -= factor * matrix[k * size + j];
                }
            }
        }
        signs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definite_chains_have_an_output_between_the_two_ends_and_others_both_signs() {
        for (weights, definite) in [
            (vec![0.9, 0.8], true),
            (vec![0.5, 0.5], false),
            (vec![0.6, 0.6], true),
            (vec![-0.9, 0.8], false),
            (vec![-0.9, -0.8], true),
            (vec![1.2, 1.0], false),
            (vec![0.9, 0.9, 0.5], true),
            (vec![0.9, 0.9, 0.45], false),
            (vec![1e-3; 40], false),
        ] {
            let signs = Signs::of(&weights, weights.iter().product());
            assert_eq!(signs, Signs { negative: !definite, positive: true }, "{weights:?}");
        }
    }
}
