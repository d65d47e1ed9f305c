//! Expectations of long products, E Π_l g_l(x_{l−1}, x_l), by interacting particles.
//!
//! In each layer all particles move, the mean of their potentials multiplies the estimate, and the next generation is drawn in
//! proportion to the potentials. The product of the means is unbiased for any number of particles; its relative variance grows
//! like depth / particles, where that of a plain mean grows exponentially in the depth.
//! Source: P. Del Moral, *Feynman–Kac Formulae*, 2004, theorem 7.4.2 and section 9.4; systematic resampling:
//! J. Carpenter, P. Clifford and P. Fearnhead, *Improved particle filter for nonlinear problems*, 1999.

use rand::RngExt;

use crate::claim::{Interval, Resolution, Unsettled};
use crate::formula::Scaled;

use super::streams::{Generator, Streams};
use super::summation;
use super::{finite, replicates};

/// A Markov chain with potentials, moved as a whole population.
pub trait Model: Sync {
    /// The states of all particles.
    type Population;

    /// The number of layers.
    fn layers(&self) -> usize;

    /// `particles` initial states.
    ///
    /// # Errors
    /// If they cannot be made.
    fn start(&self, particles: usize, generator: &mut Generator) -> Result<Self::Population, Unsettled>;

    /// Moves every particle through the layer (counted from 1); returns their potentials, non-negative, in the order of the
    /// particles.
    ///
    /// # Errors
    /// If the layer cannot be computed.
    fn step(&self, layer: usize, population: &mut Self::Population, generator: &mut Generator) -> Result<Vec<Scaled>, Unsettled>;

    /// The population whose i-th particle is a copy of the particle numbered `parents[i]`; `parents` is ascending.
    ///
    /// # Errors
    /// If it cannot be made.
    fn select(&self, population: &Self::Population, parents: &[usize]) -> Result<Self::Population, Unsettled>;
}

/// A model that moves its particles one by one: `step(layer, state, generator)` returns the next state and the potential.
#[derive(Clone, Copy, Debug)]
pub struct OneByOne<S, F> {
    /// The initial state of all particles.
    pub start: S,
    /// The number of layers.
    pub layers: usize,
    /// The move.
    pub step: F,
}

impl<S, F> Model for OneByOne<S, F>
where
    S: Clone + Sync,
    F: Fn(usize, &S, &mut Generator) -> (S, Scaled) + Sync,
{
    type Population = Vec<S>;

    fn layers(&self) -> usize {
        self.layers
    }

    fn start(&self, particles: usize, _: &mut Generator) -> Result<Vec<S>, Unsettled> {
        Ok(vec![self.start.clone(); particles])
    }

    fn step(&self, layer: usize, population: &mut Vec<S>, generator: &mut Generator) -> Result<Vec<Scaled>, Unsettled> {
        let advance = |state: &mut S| {
            let (next, potential) = (self.step)(layer, state, generator);
            *state = next;
            potential
        };
        Ok(population.iter_mut().map(advance).collect())
    }

    fn select(&self, population: &Vec<S>, parents: &[usize]) -> Result<Vec<S>, Unsettled> {
        Ok(parents.iter().map(|parent| population[*parent].clone()).collect())
    }
}

/// One estimate and its health.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Π of the mean potentials: unbiased for the expectation.
    pub product: Scaled,
    /// The least effective sample size (Σg)²/Σg² over the layers; 0 if all particles died.
    pub effective: f64,
    /// The number of initial particles with descendants of positive potential in the last layer.
    pub ancestors: usize,
}

/// One estimate with that many particles.
///
/// # Errors
/// If the model fails, or a potential is negative or not finite.
pub fn estimate<M: Model>(model: &M, particles: usize, generator: &mut Generator) -> Result<Estimate, Unsettled> {
    let mut population = model.start(particles, generator)?;
    let mut ancestry: Vec<usize> = (0..particles).collect();
    let mut found = Estimate { product: Scaled::from(1.0), effective: particles as f64, ancestors: particles };
    for layer in 1..=model.layers() {
        let potentials = model.step(layer, &mut population, generator)?;
        let (shares, top) = relative(&potentials, particles, layer)?;
        let total: f64 = shares.iter().sum();
        found.product *= Scaled::new(total / particles as f64, top);
        if total == 0.0 {
            return Ok(Estimate { product: Scaled::from(0.0), effective: 0.0, ancestors: 0 });
        }
        found.effective = found.effective.min(total * total / shares.iter().map(|share| share * share).sum::<f64>());
        let parents = systematic(&shares, total, generator.random());
        ancestry = parents.iter().map(|parent| ancestry[*parent]).collect();
        population = model.select(&population, &parents)?;
    }
    // Parents ascend, so equal ancestors are neighbours.
    ancestry.dedup();
    found.ancestors = ancestry.len();
    Ok(found)
}

/// Estimates from independent replicates, in the order of their streams.
#[derive(Clone, Debug, PartialEq)]
pub struct Replicated {
    /// The estimates.
    pub estimates: Vec<Estimate>,
    /// The particles of each.
    pub particles: usize,
}

/// `replicates` independent estimates, each with its own stream.
///
/// # Errors
/// As [`estimate`].
pub fn replicated<M: Model>(model: &M, particles: usize, replicates: usize, streams: &Streams) -> Result<Replicated, Unsettled> {
    let run = |generator: &mut Generator, _| estimate(model, particles, generator);
    let estimates = streams.map_chunks(replicates as u64, 1, run).into_iter().collect::<Result<_, _>>()?;
    Ok(Replicated { estimates, particles })
}

impl Replicated {
    /// The interval for the expectation, of asymptotic grade: the logarithms of the estimates are normal in the limit.
    ///
    /// # Errors
    /// As [`replicates::log_normal_interval`].
    pub fn interval(&self, rate: f64, resolution: Resolution) -> Result<Interval, Unsettled> {
        replicates::log_normal_interval(&self.products(), rate, resolution)
    }

    /// The estimates themselves, each unbiased.
    #[must_use]
    pub fn products(&self) -> Vec<Scaled> {
        self.estimates.iter().map(|estimate| estimate.product).collect()
    }

    /// The least effective sample size of all layers and replicates.
    #[must_use]
    pub fn effective(&self) -> f64 {
        self.estimates.iter().map(|estimate| estimate.effective).fold(self.particles as f64, f64::min)
    }

    /// The least number of surviving ancestors of all replicates.
    #[must_use]
    pub fn ancestors(&self) -> usize {
        self.estimates.iter().map(|estimate| estimate.ancestors).min().unwrap_or(0)
    }
}

/// The potentials relative to the greatest power of two among them, and its exponent.
fn relative(potentials: &[Scaled], particles: usize, layer: usize) -> Result<(Vec<f64>, i64), Unsettled> {
    finite(potentials)?;
    if potentials.len() != particles || potentials.iter().any(|potential| potential.mantissa() < 0.0) {
        return Err(Unsettled::Inconclusive(format!("layer {layer} needs {particles} non-negative potentials")));
    }
    let top = summation::top(potentials);
    Ok((potentials.iter().map(|potential| summation::relative(*potential, top)).collect(), top))
}

/// As many parents as shares, in proportion to the shares: the i-th is where the cumulated share passes (i + u)/n.
fn systematic(shares: &[f64], total: f64, u: f64) -> Vec<usize> {
    let n = shares.len();
    let (mut parents, mut cumulated, spacing) = (Vec::with_capacity(n), 0.0, total / n as f64);
    let mut next = u * spacing;
    let last = shares.iter().rposition(|share| *share > 0.0).unwrap_or(0);
    for (index, share) in shares.iter().enumerate() {
        cumulated += share;
        while parents.len() < n && (index == last || next < cumulated) {
            parents.push(index);
            next = (parents.len() as f64 + u) * spacing;
        }
    }
    parents
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn systematic_resampling_copies_each_particle_within_one_of_its_expected_number() {
        let shares = [0.5, 0.0, 3.25, 0.0, 1.0, 0.25, 0.0];
        for u in [0.0, 0.3, 0.999_999] {
            let parents = systematic(&shares, 5.0, u);
            assert_eq!(parents.len(), shares.len());
            for (index, share) in shares.iter().enumerate() {
                let copies = parents.iter().filter(|parent| **parent == index).count() as f64;
                assert!((copies - share / 5.0 * 7.0).abs() < 1.0, "{copies} copies of share {share}");
            }
        }
        let offsets = 10_000;
        for (index, share) in shares.iter().enumerate() {
            let copied = |i: i32| systematic(&shares, 5.0, f64::from(i) / f64::from(offsets)).iter().filter(|p| **p == index).count();
            let mean = (0..offsets).map(copied).sum::<usize>() as f64 / f64::from(offsets);
            assert!((mean - share / 5.0 * 7.0).abs() < 1e-3, "{mean} copies of share {share} over all offsets");
        }
    }

    /// x is one of two sticky states, of high and of low potential: who survives matters for long.
    fn two_states(layers: usize) -> (impl Model, f64) {
        let potential = |from: usize, to: usize| [[2.0, 0.4], [1.5, 0.1]][from][to];
        let moves = [[0.8, 0.2], [0.1, 0.9]];
        let step = move |_: usize, from: &usize, generator: &mut Generator| {
            let to = usize::from(generator.random::<f64>() >= moves[*from][0]);
            (to, Scaled::from(potential(*from, to)))
        };
        // The row vector of E[Π g; x_L] from state 0.
        let next = |row: [f64; 2]| [0, 1].map(|to| (0..2).map(|from| row[from] * moves[from][to] * potential(from, to)).sum());
        let expected: f64 = (0..layers).fold([1.0, 0.0], |row, _| next(row)).iter().sum();
        (OneByOne { start: 0, layers, step }, expected)
    }

    #[test]
    fn the_product_of_mean_potentials_is_unbiased_even_for_few_particles() {
        for (particles, replicates) in [(2, 60_000), (7, 20_000)] {
            let (model, expected) = two_states(12);
            let streams = Streams::keyed(3, "particles", &format!("two states, {particles}"));
            let found = replicated(&model, particles, replicates, &streams).unwrap();
            let interval = replicates::interval(&found.products(), 1e-9, 0.1).unwrap();
            let (low, high) = (interval.low.to_f64(), interval.high.to_f64());
            assert!(low < expected && expected < high, "{low} {expected} {high}");
            assert!(high / low < 1.3, "the interval tells little: {low} {high}");
        }
    }

    #[test]
    fn a_deep_product_of_heavy_tails_is_found_beyond_the_range_of_f64() {
        // E Π w² = 3^(−L) for w uniform on (−1, 1); a plain mean has relative variance (9/5)^L = 10^255.
        let step = |_: usize, (): &(), generator: &mut Generator| {
            let w = Scaled::from(2.0 * generator.random::<f64>() - 1.0);
            ((), w * w)
        };
        let model = OneByOne { start: (), layers: 1000, step };
        let found = replicated(&model, 500, 64, &Streams::keyed(4, "particles", "chain")).unwrap();
        let interval = found.interval(1e-9, Resolution::PerLayer { layers: 1000, share: 0.01 }).unwrap();
        assert!((interval.high / interval.low).ln() < 10.0);
        let expected = Scaled::exp(-1000.0 * 3f64.ln());
        assert!(interval.low < expected && expected < interval.high);
        // One layer has relative variance 4/5, so a replicate has about e^(0.8·1000/500) − 1 = 4.
        assert!(found.effective() > 200.0 && found.ancestors() >= 1 && found.ancestors() < 100);
    }

    #[test]
    fn a_population_that_dies_estimates_zero() {
        let model = OneByOne { start: (), layers: 3, step: |_: usize, (): &(), _: &mut Generator| ((), Scaled::from(0.0)) };
        let found = estimate(&model, 10, &mut Streams::keyed(5, "particles", "dead").chunk(0)).unwrap();
        assert_eq!(found, Estimate { product: Scaled::from(0.0), effective: 0.0, ancestors: 0 });
    }

    #[test]
    fn potentials_that_are_negative_or_no_numbers_are_refused() {
        for bad in [-1.0, f64::NAN, f64::INFINITY] {
            let model = OneByOne { start: (), layers: 1, step: move |_: usize, (): &(), _: &mut Generator| ((), Scaled::from(bad)) };
            assert!(estimate(&model, 10, &mut Streams::keyed(6, "particles", "bad").chunk(0)).is_err());
        }
    }
}
