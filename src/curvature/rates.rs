//! How the law of a norm changes with depth: the factor per layer of its root mean square, its mean, or its median, by regression of the
//! logarithm over depth, once in each of many replicates: asymptotic grade.

use crate::claim::{Context, Gathered, Grade, Observation, Truth, Unsettled};
use crate::formula::{Node, Scaled};
use crate::network::device;
use crate::sampled::plan::{self, Budget, Kind};
use crate::sampled::{Streams, replicates};

use super::moments::{Place, Power};

/// What of the law of ‖·‖_F changes with depth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Statistic {
    /// √E‖·‖_F²
    RootMeanSquare,
    /// E‖·‖_F
    Mean,
    /// The median of ‖·‖_F.
    Median,
}

impl Statistic {
    /// The name in reports.
    const fn name(self) -> &'static str {
        match self {
            Statistic::RootMeanSquare => "root mean square",
            Statistic::Mean => "mean",
            Statistic::Median => "median",
        }
    }

    /// Its logarithm in a sample of squares.
    fn ln(self, squares: &[Scaled]) -> f64 {
        let ln_mean = |values: &mut dyn Iterator<Item = Scaled>| {
            values.fold(Scaled::from(0.0), |sum, value| sum + value).ln() - (squares.len() as f64).ln()
        };
        match self {
            Statistic::RootMeanSquare => 0.5 * ln_mean(&mut squares.iter().copied()),
            Statistic::Mean => ln_mean(&mut squares.iter().map(|square| square.sqrt())),
            Statistic::Median => {
                let mut logarithms: Vec<f64> = squares.iter().map(|square| square.ln()).collect();
                logarithms.sort_unstable_by(f64::total_cmp);
                // The mean of the two middle ones where there are two.
                let middle = logarithms.len() / 2;
                0.25 * (logarithms[middle] + logarithms[(logarithms.len() - 1) / 2])
            }
        }
    }

    /// The variance of the logarithm in a sample, times its size: a guess.
    fn spread(self, place: &Place) -> f64 {
        match self {
            Statistic::RootMeanSquare => place.spread(Power::Squared) / 4.0,
            Statistic::Mean => place.spread(Power::Plain),
            Statistic::Median => 2.0 * place.spread(Power::Plain).ln_1p(),
        }
    }
}

/// The factor per layer of a statistic of ‖·‖_F between the depths (at least two) of an otherwise equal net; the points are those of the
/// deepest net. The sampling error of the logarithm is taken as centred, which holds up to its square over the size of a sample.
///
/// # Errors
/// If the device is not there, no plan fits, or candle fails.
pub fn factors(context: &Context, statistic: Statistic, places: &[Place], depths: &[usize]) -> Result<Gathered, Unsettled> {
    let budget = Budget::of(context, places.len());
    let runs = replicates::LEAST;
    let device = device::open(context.device).map_err(Unsettled::Skipped)?;
    let mut all = Gathered { grade: Some(Grade::Asymptotic), rate: context.rate, ..Gathered::default() };
    for place in places {
        let deep: Vec<Place> = depths.iter().map(|depth| place.at_depth(*depth)).collect();
        let weights = slope_weights(depths);
        let cost: u64 = deep.iter().map(Place::cost).sum();
        let limit = plan::work(context.effort) / places.len() as u64 / cost;
        let variance: f64 = deep.iter().zip(&weights).map(|(place, weight)| statistic.spread(place) * weight * weight).sum();
        let size = |resolution| {
            let nets = variance / replicates::relative_variance_for(runs, resolution, budget.rate, budget.miss);
            (nets < 1e12).then(|| nets.max(16.0).ceil() as u64 * runs as u64)
        };
        let plan = plan::affordable(plan::resolution(context.effort, Kind::Mean), limit, size).map_err(|needed| {
            Unsettled::Inconclusive(format!("{place}: the plan needs {needed:?} nets of each depth, and {limit} are affordable"))
        })?;
        let nets = plan.draws / runs as u64;
        let streams = Streams::of_evidence(context, &format!("{place}, depths {depths:?}"));
        let slopes = streams.map_chunks(runs as u64, 1, |generator, _| {
            let mut slope = 0.0;
            for (place, weight) in deep.iter().zip(&weights) {
                let squares = (0..nets).map(|_| place.draw(&device, generator)).collect::<Result<Vec<_>, _>>();
                slope += weight * statistic.ln(&squares.map_err(|error| Unsettled::Inconclusive(error.to_string()))?);
            }
            Ok(Scaled::exp(slope))
        });
        let slopes = slopes.into_iter().collect::<Result<Vec<_>, Unsettled>>()?;
        let interval = replicates::interval(&slopes, budget.rate, plan.resolution)?;
        let deepest = depths.iter().max().map_or(Node::integer(0), |depth| Node::rational(&(*depth).into()));
        all.observations.push(Observation { point: place.point().with("depth", deepest), truth: Truth::Interval(interval) });
        all.draws += plan.draws * depths.len() as u64;
        all.notes.push(format!("{place}: {runs} replicates of {nets} nets at each of the depths {depths:?}"));
    }
    Ok(all)
}

/// The factors of all three statistics, root mean square, mean and median, in this order.
///
/// # Errors
/// As [`factors`].
pub fn all_factors(context: &Context, places: &[Place], depths: &[usize]) -> Result<Gathered, Unsettled> {
    let third = Context { rate: context.rate / 3.0, miss: context.miss / 3.0, ..*context };
    let mut all = Gathered { grade: Some(Grade::Asymptotic), rate: context.rate, ..Gathered::default() };
    for statistic in [Statistic::RootMeanSquare, Statistic::Mean, Statistic::Median] {
        let found = factors(&third, statistic, places, depths)?;
        all.observations.extend(found.observations);
        all.draws += found.draws;
        all.notes.extend(found.notes.into_iter().map(|note| format!("{}: {note}", statistic.name())));
    }
    Ok(all)
}

/// The weights of the values at these depths in the least-squares slope.
fn slope_weights(depths: &[usize]) -> Vec<f64> {
    let mean = depths.iter().sum::<usize>() as f64 / depths.len() as f64;
    let square: f64 = depths.iter().map(|depth| (*depth as f64 - mean).powi(2)).sum();
    depths.iter().map(|depth| (*depth as f64 - mean) / square).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_its_slope_and_a_constant_none() {
        let depths = [2, 3, 5, 9];
        let slope = |value: &dyn Fn(f64) -> f64| depths.iter().zip(slope_weights(&depths)).map(|(d, w)| w * value(*d as f64)).sum::<f64>();
        assert!((slope(&|depth| 0.75 * depth - 4.0) - 0.75).abs() < 1e-12);
        assert!(slope(&|_| 7.0).abs() < 1e-12);
    }

    #[test]
    fn the_three_statistics_of_a_sample_are_those_of_its_roots() {
        let squares = [16.0, 1.0, 4.0, 81.0].map(Scaled::from);
        assert!((Statistic::RootMeanSquare.ln(&squares) - (102.0f64 / 4.0).sqrt().ln()).abs() < 1e-12);
        assert!((Statistic::Mean.ln(&squares) - (16.0f64 / 4.0).ln()).abs() < 1e-12);
        assert!((Statistic::Median.ln(&squares) - (2.0f64.ln() + 4.0f64.ln()) / 2.0).abs() < 1e-12);
    }
}
