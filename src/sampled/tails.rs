//! Refusing the plain mean where its tails do not support it.
//!
//! A mean carried by draws that a sample does not hold looks precise and is wrong. Whether a plan supports a mean is decided
//! by the exact relative variance where it is known; otherwise by three symptoms: the relative variance of the sample, the
//! largest share of one draw in the sum, and the Hill index of the tail
//! (B. M. Hill, *A simple general approach to inference about the tail of a distribution*, Annals of Statistics 3, 1975).

use crate::claim::Unsettled;
use crate::formula::Scaled;

use super::order_statistics::ascending;
use super::plan::{Budget, normal_quantile};
use super::summation::{mean, sum};
use super::{finite, percent};

/// The fewest order statistics that the tail index rests on.
const TOP: usize = 10;

/// What a sample of non-negative draws says of its upper tail.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tails {
    /// The number of draws.
    pub draws: u64,
    /// The sample variance over the squared mean.
    pub relative_variance: Scaled,
    /// The largest share of one draw in the sum; 0 if all draws are 0.
    pub largest_share: f64,
    /// The Hill index of the √n largest draws: moments of higher order look infinite. Infinite itself if those draws are equal,
    /// `None` if they are too few, or some of them are 0.
    pub index: Option<f64>,
}

impl Tails {
    /// The tails of a sample, which is sorted.
    ///
    /// # Errors
    /// If there is none, or one is negative or not finite.
    pub fn of(draws: &mut [Scaled]) -> Result<Tails, Unsettled> {
        finite(draws)?;
        draws.sort_unstable_by(ascending);
        let zero = Scaled::from(0.0);
        let (Some(least), Some(largest)) = (draws.first(), draws.last()) else {
            return Err(Unsettled::Inconclusive("no draws".to_owned()));
        };
        if *least < zero {
            return Err(Unsettled::Inconclusive("invalid tails: a plain mean needs non-negative draws".into()));
        }
        if *largest == zero {
            let relative_variance = Scaled::from(f64::INFINITY);
            return Ok(Tails { draws: draws.len() as u64, relative_variance, largest_share: 0.0, index: None });
        }
        let average = mean(draws);
        let squares: Vec<Scaled> = draws.iter().map(|x| (*x - average) * (*x - average)).collect();
        Ok(Tails {
            draws: draws.len() as u64,
            relative_variance: mean(&squares) / (average * average),
            largest_share: (*largest / sum(draws)).to_f64(),
            index: hill(draws),
        })
    }

    /// Whether a plain mean over `draws` draws supports the relative resolution, given the exact relative variance of a draw or
    /// else by the sample's symptoms.
    ///
    /// # Errors
    /// `Unsettled::Inconclusive`, beginning with `invalid tails`, with the numbers that speak against it.
    pub fn support(&self, exact: Option<Scaled>, draws: u64, resolution: f64, budget: Budget) -> Result<(), Unsettled> {
        let variance = exact.unwrap_or(self.relative_variance);
        let needed = draws_for(variance, resolution, budget);
        let shown = match self.largest_share {
            0.0 => "all are 0".to_owned(),
            share => {
                let index = self.index.map_or("unknown".to_owned(), |index| format!("{index:.2}"));
                format!("the largest one is {} of the sum and the tail index is {index}", percent(share))
            }
        };
        let symptoms = exact.is_none() && (self.largest_share > resolution || self.index.is_none_or(|index| index <= 2.0));
        if needed <= Scaled::from(draws as f64) && !symptoms {
            return Ok(());
        }
        Err(Unsettled::Inconclusive(format!(
            "invalid tails: at {} {relative} relative variance {} a mean needs {} draws and the plan has {draws}; in {} draws \
             {shown}",
            percent(resolution),
            power_of_ten(variance),
            power_of_ten(needed),
            self.draws,
            relative = if exact.is_some() { "and exact" } else { "and sample" },
        )))
    }
}

/// The draws that a plain mean takes by the normal approximation: (z_rate + z_miss)² · relative variance / resolution².
#[must_use]
pub fn draws_for(relative_variance: Scaled, resolution: f64, budget: Budget) -> Scaled {
    let deviations = normal_quantile(budget.rate / 2.0) + normal_quantile(budget.miss);
    relative_variance * Scaled::from((deviations / resolution).powi(2))
}

/// 1 / mean(ln X_(n−i+1) − ln X_(n−k)) over i = 1..k, k = ⌊√n⌋, of sorted draws.
fn hill(sorted: &[Scaled]) -> Option<f64> {
    let top = sorted.len().isqrt();
    if top < TOP {
        return None;
    }
    let base = sorted[sorted.len() - top - 1];
    if base <= Scaled::from(0.0) {
        return None;
    }
    let base = base.ln();
    let excess = sorted[sorted.len() - top..].iter().map(|x| x.ln() - base).sum::<f64>() / top as f64;
    Some(1.0 / excess)
}

/// A positive number in a few characters: `1.7·10^55`.
fn power_of_ten(x: Scaled) -> String {
    if !x.mantissa().is_finite() {
        return "∞".to_owned();
    }
    let plain = x.to_f64();
    if x.mantissa() == 0.0 || (1e-3..1e7).contains(&plain) {
        return format!("{}", if plain >= 100.0 { plain.round() } else { (plain * 1e3).round() / 1e3 });
    }
    let log = x.ln() / std::f64::consts::LN_10;
    format!("{:.1}·10^{}", 10f64.powf(log - log.floor()), log.floor())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sampled::Streams;
    use rand::RngExt;

    const BUDGET: Budget = Budget { rate: 1e-9, miss: 1e-9 };

    /// v² of chains, v a product of `depth` uniform variables.
    fn squares(depth: u32, draws: usize) -> Vec<Scaled> {
        let mut generator = Streams::keyed(1, "tails", &depth.to_string()).chunk(0);
        let factor = |g: &mut crate::sampled::Generator| Scaled::from(g.random::<f64>() + 2f64.powi(-60));
        (0..draws)
            .map(|_| {
                let product = (0..depth).fold(Scaled::from(1.0), |product, _| product * factor(&mut generator));
                product * product
            })
            .collect()
    }

    #[test]
    fn the_mean_square_of_a_deep_chain_is_refused_by_exact_variance_and_by_symptoms() {
        let tails = Tails::of(&mut squares(200, 20_000)).unwrap();
        let exact = Scaled::exp(200.0 * 1.8f64.ln());
        for known in [Some(exact), None] {
            let Err(Unsettled::Inconclusive(reason)) = tails.support(known, 1_000_000, 0.1, BUDGET) else { panic!("accepted") };
            assert!(reason.starts_with("invalid tails: "), "{reason}");
        }
        let Err(Unsettled::Inconclusive(reason)) = tails.support(Some(exact), 1_000_000, 0.1, BUDGET) else { panic!("accepted") };
        // (9/5)^200 · (5.998 + 6.109)² / 0.01 = 1.74·10^55.
        assert!(reason.contains("needs 1.7·10^55 draws"), "{reason}");
    }

    #[test]
    fn the_mean_square_of_a_shallow_chain_is_accepted_with_enough_draws_only() {
        let tails = Tails::of(&mut squares(1, 20_000)).unwrap();
        let exact = Scaled::from(1.8 - 1.0);
        assert_eq!(tails.support(Some(exact), 20_000, 0.1, BUDGET), Ok(()));
        assert_eq!(tails.support(None, 20_000, 0.1, BUDGET), Ok(()));
        assert!(tails.support(Some(exact), 20_000, 0.01, BUDGET).is_err());
        assert!(tails.support(None, 20_000, 0.01, BUDGET).is_err());
    }

    #[test]
    fn the_index_of_a_power_law_is_its_exponent() {
        let mut generator = Streams::keyed(2, "tails", "power law").chunk(0);
        let mut draws: Vec<Scaled> = (0..160_000).map(|_| Scaled::from(generator.random::<f64>().powf(-1.0 / 1.5))).collect();
        let tails = Tails::of(&mut draws).unwrap();
        // The index has the relative deviation 1/√400.
        assert!((tails.index.unwrap() / 1.5 - 1.0).abs() < 0.3, "{tails:?}");
        assert!(tails.support(None, u64::MAX, 0.5, BUDGET).is_err(), "its variance is infinite");
    }
}
