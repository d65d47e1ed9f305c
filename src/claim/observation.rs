//! What gatherers return: points, truths, and what is known of their precision.

use crate::formula::{Ball, Node, Scaled};

use super::point::Point;

/// The truth at a point, as found by code that never sees the formula.
#[derive(Clone, Debug)]
pub struct Observation {
    /// Where. Values may be symbolic: names that the point leaves free stand for any number.
    pub point: Point,
    /// What was found there.
    pub truth: Truth,
}

/// A found value.
#[derive(Clone, Debug)]
pub enum Truth {
    /// Exact, as a tree: a rational number, or symbolic in the names that the point leaves free.
    Exact(Node),
    /// An enclosure in outward-rounded arithmetic.
    Enclosed(Ball),
    /// A random interval.
    Interval(Interval),
}

/// A random interval for a number.
#[derive(Clone, Copy, Debug)]
pub struct Interval {
    /// Lower end.
    pub low: Scaled,
    /// Upper end.
    pub high: Scaled,
    /// The point estimate.
    pub estimate: Scaled,
    /// The planned precision: a formula further from the truth than this is refuted, up to the stated miss probability; an
    /// interval wider than this decides nothing.
    pub resolution: Resolution,
    /// The number of independent draws or replicates behind it.
    pub n: u64,
}

/// A planned precision.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Resolution {
    /// As a share of the value.
    Relative(f64),
    /// In the value's own unit (for probabilities).
    Absolute(f64),
    /// As a share of the growth per layer of a value that is a product over layers: its L-th root, L = `layers`.
    PerLayer {
        /// The number of layers.
        layers: u64,
        /// The share.
        share: f64,
    },
}

/// What the rate of an interval rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grade {
    /// A finite-sample guarantee.
    Exact,
    /// A limit theorem. Never refutes alone.
    Asymptotic,
}

impl Grade {
    /// The name in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Grade::Exact => "exact",
            Grade::Asymptotic => "asymptotic",
        }
    }
}

/// How far observations on a finite range reach: the truth, as a sequence in one integer name, obeys a linear recurrence with
/// constant coefficients of at most this order (a polynomial of degree D has order D + 1).
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    /// The integer name.
    pub name: &'static str,
    /// The order of the truth's recurrence in that name.
    pub order: u32,
    /// Why, naming the lemma of the trusted base.
    pub because: &'static str,
}

/// Order statistics of the draws behind a quantile's interval: what a claimed quantile's p-value is read from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ladder {
    /// Order statistics in rising order, each with the probability that fewer draws than its rank lie below the true quantile.
    pub rungs: Vec<(Scaled, f64)>,
}

impl Ladder {
    /// Two probabilities between which a uniformly chosen number is itself uniform over (0, 1), if `claimed` is the true quantile
    /// of a continuous law: the one-sided p-value, up to its randomisation.
    #[must_use]
    pub fn bracket(&self, claimed: Scaled) -> (f64, f64) {
        let above = self.rungs.partition_point(|(statistic, _)| *statistic < claimed);
        let low = above.checked_sub(1).map_or(0.0, |index| self.rungs[index].1);
        (low, self.rungs.get(above).map_or(1.0, |(_, probability)| *probability))
    }
}

/// Everything that one piece of evidence found.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// The observations.
    pub observations: Vec<Observation>,
    /// What the rates rest on; `None` where nothing is random.
    pub grade: Option<Grade>,
    /// The probability, over all observations together, that any interval misses its truth; 0 where nothing is random.
    pub rate: f64,
    /// The number of random draws made.
    pub draws: u64,
    /// How far the observations reach beyond their points.
    pub extent: Vec<Extent>,
    /// In words, the whole domain, if the points leave every name of the formula arbitrary and together make it up.
    pub covers: Option<&'static str>,
    /// Facts worth reporting (effective sample size, share of ties, …), in words.
    pub notes: Vec<String>,
    /// For each observation of a quantile by few enough draws, its number among the observations, and the ladder of its draws.
    pub ladders: Vec<(usize, Ladder)>,
}

/// Observations without chance, from several sources, as one body of evidence.
impl FromIterator<Gathered> for Gathered {
    fn from_iter<I: IntoIterator<Item = Gathered>>(parts: I) -> Self {
        let mut whole = Gathered::default();
        for part in parts {
            whole.observations.extend(part.observations);
            whole.notes.extend(part.notes);
        }
        whole
    }
}

impl Gathered {
    /// The same, every point with `name` bound to the value that `text` writes.
    ///
    /// # Panics
    /// As [`Point::at`].
    #[must_use]
    pub fn at(mut self, name: &str, text: impl std::fmt::Display) -> Self {
        let text = text.to_string();
        self.observations.iter_mut().for_each(|observation| observation.point = observation.point.clone().at(name, &text));
        self
    }
}

/// Why evidence came to no observation that can be judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsettled {
    /// It looked and cannot tell; the reason in words.
    Inconclusive(String),
    /// It did not look; the reason in words.
    Skipped(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ladder_brackets_a_claimed_quantile_by_the_rungs_around_it() {
        let ladder = Ladder { rungs: [(1.0, 0.2), (2.0, 0.5), (2.0, 0.6), (4.0, 0.9)].map(|(at, p)| (Scaled::from(at), p)).to_vec() };
        let bracket = |claimed: f64| ladder.bracket(Scaled::from(claimed));
        assert_eq!([0.5, 1.0, 1.5, 2.0, 3.0, 5.0].map(bracket), [(0.0, 0.2), (0.0, 0.2), (0.2, 0.5), (0.2, 0.5), (0.6, 0.9), (0.9, 1.0)]);
        assert_eq!(Ladder::default().bracket(Scaled::from(1.0)), (0.0, 1.0));
    }
}
