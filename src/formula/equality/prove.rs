//! The proof of an equation: integer names on a grid that their recurrences make sufficient, real names at random.

use std::collections::{BTreeMap, BTreeSet};

use dashu::rational::RBig;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use sha2::{Digest, Sha256};

use crate::formula::tree::Node;

use super::recurrence::{Grid, Survey, fraction, survey};
use super::sequence::Fraction;
use super::shape::{Labels, Reason};
use super::symbols::Replacement;
use super::trial::{Finding, Side, Trial};

/// The largest number of comparisons for one answer.
const MOST_COMPARISONS: u32 = 4096;

/// The largest number of integers without a value that a run of consecutive integers may be preceded by.
const MOST_GAPS: u32 = 8;

/// How deep equality of arguments may rest on equality of arguments.
const DEEPEST_LEVEL: u32 = 3;

/// The smallest value of an integer name, unless stated otherwise.
const FIRST: i64 = 1;

/// What a proof covers.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Proof {
    /// The integer names and the values from which on it holds.
    pub(super) starts: Grid,
    /// The number of consecutive values tried of each.
    pub(super) tried: BTreeMap<String, u32>,
    /// The probability that the random points were unlucky.
    pub(super) error: f64,
}

impl Proof {
    /// Both proofs together: the later starts, the longer runs, the sum of the errors.
    pub(super) fn absorb(&mut self, other: &Proof) {
        for (name, start) in &other.starts {
            let entry = self.starts.entry(name.clone()).or_insert(*start);
            *entry = (*entry).max(*start);
        }
        for (name, count) in &other.tried {
            let entry = self.tried.entry(name.clone()).or_insert(0);
            *entry = (*entry).max(*count);
        }
        self.error += other.error;
    }

    /// Drops a name.
    pub(super) fn forget(&mut self, name: &str) {
        self.tried.remove(name);
        self.starts.remove(name);
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &String> {
        self.starts.keys()
    }
}

/// Why there is no proof.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Failure {
    /// The sides differ at a point.
    Different { opaque: bool },
    /// The method does not apply.
    Undecided(Reason),
}

/// The random stream and the budget of one answer.
pub(super) struct Engine {
    random: ChaCha8Rng,
    budget: u32,
}

impl Engine {
    /// The engine for an equation: its points follow from the text of the equation.
    pub(super) fn new(left: &Side, right: &Side) -> Self {
        let seed = Sha256::digest(format!("{left:?} = {right:?}"));
        Engine { random: ChaCha8Rng::from_seed(seed.into()), budget: MOST_COMPARISONS }
    }

    /// Proves the equation for all values of its names, integer names from `starts` (else 1) on.
    pub(super) fn prove(&mut self, left: &Side, right: &Side, starts: &Grid, level: u32) -> Result<Proof, Failure> {
        if left == right {
            return Ok(Proof::default());
        }
        if let Some(proof) = self.for_real_names(left, right) {
            return Ok(proof);
        }
        if level > DEEPEST_LEVEL {
            return Err(Failure::Undecided("calls are nested too deeply".into()));
        }
        let mut equation = Equation { left: left.clone(), right: right.clone(), starts: starts.clone() };
        let survey = equation.measure_differences().map_err(Failure::Undecided)?;
        let variable = left.variable().or(right.variable());
        if variable.is_some_and(|name| survey.integers.contains(name)) {
            return Err(Failure::Undecided("the name of differentiation stands in an exponent".into()));
        }
        let mut replacement = Replacement::new(self, &survey.integers, &equation.starts, variable, level);
        let rewritten = [&equation.left, &equation.right].map(|side| side.with_node(replacement.rewrite(side.node())));
        let symbols: BTreeSet<String> = replacement.names().cloned().collect();
        let (divisors, arguments) = (replacement.divisors, replacement.proof);
        let [left, right] = rewritten;
        let free: BTreeSet<String> = left.node().free_names().union(&right.node().free_names()).cloned().collect();
        let (integers, reals) = free.into_iter().partition(|name| survey.integers.contains(name));
        let mut search = Search { engine: self, equation: &equation, all: &survey.integers, left, right, divisors, reals, symbols };
        let mut proof = search.over(&integers, &mut Grid::new())?;
        proof.absorb(&arguments);
        Ok(proof)
    }

    /// The proof that takes no name for an integer, and powers with names in the exponent for symbols.
    fn for_real_names(&mut self, left: &Side, right: &Side) -> Option<Proof> {
        let (divisors, integers) = (&[], &Grid::new());
        let reals = &left.node().free_names().union(&right.node().free_names()).cloned().collect();
        match (Trial { left, right, divisors, integers, reals }).run(&mut self.random) {
            Finding::Equal(error) => Some(Proof { error, ..Proof::default() }),
            _ => None,
        }
    }
}

/// An equation and the first values of its integer names.
struct Equation {
    left: Side,
    right: Side,
    starts: Grid,
}

impl Equation {
    fn survey(&self) -> Result<Survey, Reason> {
        survey([self.left.node(), self.right.node()])
    }

    /// Where an exponent is a difference a − b + …, measures a from b: the new name `a - b` counts from 0. Negative powers of
    /// matrices have no value, so nothing can be said of b beyond a.
    fn measure_differences(&mut self) -> Result<Survey, Reason> {
        loop {
            let survey = self.survey()?;
            let variable = self.left.variable().or(self.right.variable());
            let difference = survey.exponents.iter().find_map(|exponent| {
                let larger = exponent.names_with_coefficient(&RBig::ONE).into_iter().find(|name| Some(*name) != variable)?;
                let smaller = *exponent.names_with_coefficient(&-RBig::ONE).first()?;
                Some((larger.to_owned(), smaller.to_owned()))
            });
            let Some((larger, smaller)) = difference else { return Ok(survey) };
            let gap = format!("{larger} - {smaller}");
            let value = Node::name(smaller) + Node::name(gap.clone());
            for side in [&mut self.left, &mut self.right] {
                *side = side.with_node(side.node().clone().given(larger.clone(), value.clone()));
            }
            self.starts.insert(gap, 0);
        }
    }

    fn start(&self, name: &str) -> i64 {
        self.starts.get(name).copied().unwrap_or(FIRST)
    }
}

/// The search for a proof on a grid of integers.
struct Search<'a> {
    engine: &'a mut Engine,
    equation: &'a Equation,
    /// The integer names, those within indeterminates included.
    all: &'a BTreeSet<String>,
    /// The sides with indeterminates.
    left: Side,
    right: Side,
    divisors: Vec<Node>,
    reals: BTreeSet<String>,
    symbols: BTreeSet<String>,
}

/// The result on a part of the grid.
enum Step {
    Proved(Proof),
    Undefined(Reason),
}

impl Search<'_> {
    fn over(&mut self, names: &BTreeSet<String>, grid: &mut Grid) -> Result<Proof, Failure> {
        match self.step(names, grid)? {
            Step::Proved(proof) => Ok(proof),
            Step::Undefined(reason) => Err(Failure::Undecided(reason)),
        }
    }

    /// Proves the equation for all values of `names`, those of `grid` fixed.
    ///
    /// One name at a time: both sides obey recurrences in it whose orders do not depend on the values of the other names. If the
    /// difference of the sides, cleared of denominators, obeys one of order K, and vanishes at K consecutive integers for all
    /// values of the other names, then it vanishes from there on for all of them.
    fn step(&mut self, names: &BTreeSet<String>, grid: &mut Grid) -> Result<Step, Failure> {
        if names.is_empty() {
            return self.compare(grid);
        }
        let (name, order) = match self.shortest(names, grid) {
            Ok(found) => found,
            Err(reason) => return Err(self.probe(grid).unwrap_or(Failure::Undecided(reason))),
        };
        let rest: BTreeSet<String> = names.iter().filter(|other| **other != name).cloned().collect();
        let (mut proof, mut run, mut gaps, mut value) = (Proof::default(), 0, 0, self.equation.start(&name));
        while run < order {
            grid.insert(name.clone(), value);
            let step = self.step(&rest, grid);
            grid.remove(&name);
            match step? {
                Step::Proved(inner) => {
                    proof.absorb(&inner);
                    run += 1;
                }
                Step::Undefined(reason) if gaps == MOST_GAPS => return Ok(Step::Undefined(reason)),
                Step::Undefined(_) => (proof, run, gaps) = (Proof { error: proof.error, ..Proof::default() }, 0, gaps + 1),
            }
            value += 1;
        }
        proof.absorb(&Proof {
            starts: Grid::from([(name.clone(), value - i64::from(order))]),
            tried: BTreeMap::from([(name, order)]),
            error: 0.0,
        });
        Ok(Step::Proved(proof))
    }

    /// The name in which the shortest run of values suffices, and its length.
    fn shortest(&self, names: &BTreeSet<String>, grid: &Grid) -> Result<(String, u32), Reason> {
        let mut reasons = vec![];
        let mut found = None::<(String, u32)>;
        for name in names {
            match self.order(name, grid) {
                Ok(order) if found.as_ref().is_none_or(|(_, least)| order < *least) => found = Some((name.clone(), order)),
                Ok(_) => {}
                Err(reason) => reasons.push(format!("{name}: {reason}")),
            }
        }
        found.ok_or_else(|| format!("no recurrence was found in {}", reasons.join("; ")))
    }

    fn order(&self, name: &str, grid: &Grid) -> Result<u32, Reason> {
        let mut labels = Labels::default();
        let mut read = |side: &Side| {
            let fraction = fraction(side.node(), name, grid, &mut labels)?;
            let fraction = if side.variable().is_some() { fraction.derivative() } else { Some(fraction) };
            fraction.ok_or_else(|| Reason::from("the recurrence is too long to count"))
        };
        let (left, right): (Fraction, Fraction) = (read(&self.left)?, read(&self.right)?);
        let difference = left.add(&right).ok_or_else(|| Reason::from("the recurrence is too long to count"))?;
        Ok(difference.numerator.order())
    }

    fn compare(&mut self, grid: &Grid) -> Result<Step, Failure> {
        let found = self.trial(&self.left.clone(), &self.right.clone(), grid, &self.reals.clone())?;
        match found {
            Finding::Equal(error) => Ok(Step::Proved(Proof { error, ..Proof::default() })),
            Finding::Undefined(reason) => Ok(Step::Undefined(reason)),
            Finding::Unsettled(reason) => Err(Failure::Undecided(reason)),
            Finding::Different { opaque } if self.symbols.is_empty() => Err(Failure::Different { opaque }),
            Finding::Different { .. } => {
                let difference = self.differ_as_written(grid).or_else(|| self.probe(&Grid::new()));
                let undecided = || Failure::Undecided("calls that depend on an integer name hide an equality, or a difference".into());
                Err(difference.unwrap_or_else(undecided))
            }
        }
    }

    /// Compares the sides without indeterminates: at real points, so a difference is one, but for symbols.
    fn differ_as_written(&mut self, grid: &Grid) -> Option<Failure> {
        let mut full = grid.clone();
        for name in self.all {
            full.entry(name.clone()).or_insert_with(|| self.equation.start(name) + 1);
        }
        let sides = [&self.equation.left, &self.equation.right];
        let free: BTreeSet<String> = sides.iter().flat_map(|side| side.node().free_names()).collect();
        let reals = free.into_iter().filter(|name| !full.contains_key(name)).collect();
        match self.trial(sides[0], sides[1], &full, &reals) {
            Ok(Finding::Different { opaque }) => Some(Failure::Different { opaque }),
            _ => None,
        }
    }

    /// Looks for a difference at a few points, where nothing can be proved.
    fn probe(&mut self, grid: &Grid) -> Option<Failure> {
        (0..4).find_map(|step| {
            let mut point = grid.clone();
            for (name, i) in self.all.iter().zip(0..) {
                point.entry(name.clone()).or_insert_with(|| self.equation.start(name) + step + i % 2);
            }
            self.differ_as_written(&point)
        })
    }

    fn trial(&mut self, left: &Side, right: &Side, integers: &Grid, reals: &BTreeSet<String>) -> Result<Finding, Failure> {
        let budget = self.engine.budget.checked_sub(1);
        self.engine.budget = budget.ok_or_else(|| Failure::Undecided("the proof needs too many comparisons".into()))?;
        let divisors = &self.divisors;
        Ok(Trial { left, right, divisors, integers, reals }.run(&mut self.engine.random))
    }
}
