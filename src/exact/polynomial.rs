//! Sparse multivariate polynomials with rational coefficients: addition, multiplication, and the change of basis that reads
//! coefficients off. No division, no simplification.

use std::collections::BTreeMap;
use std::ops::{Add, Mul, Sub};

use dashu::rational::RBig;

use crate::formula::Node;

/// A variable of an [`Alphabet`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Variable(u16);

impl Variable {
    /// The position in the alphabet.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// The names of variables, each held once.
#[derive(Clone, Debug, Default)]
pub struct Alphabet(Vec<String>);

impl Alphabet {
    /// The variable of that name, added if it is new.
    ///
    /// # Panics
    /// Beyond 65 536 names.
    pub fn variable(&mut self, name: &str) -> Variable {
        let index = self.0.iter().position(|known| known == name).unwrap_or_else(|| {
            self.0.push(name.to_owned());
            self.0.len() - 1
        });
        Variable(u16::try_from(index).expect("an alphabet has at most 65536 names"))
    }

    /// The name of a variable of this alphabet.
    #[must_use]
    pub fn name(&self, variable: Variable) -> &str {
        &self.0[variable.index()]
    }
}

/// A product of powers: variables in ascending order, each with an exponent of at least 1.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Monomial(Vec<(Variable, u32)>);

impl Monomial {
    /// Variables and exponents, in ascending order.
    pub fn factors(&self) -> impl Iterator<Item = (Variable, u32)> {
        self.0.iter().copied()
    }

    /// The sum of the exponents.
    #[must_use]
    pub fn degree(&self) -> u32 {
        self.0.iter().map(|(_, exponent)| exponent).sum()
    }

    fn times(&self, other: &Monomial) -> Monomial {
        let (mut left, mut right) = (self.0.iter().copied().peekable(), other.0.iter().copied().peekable());
        let mut factors = Vec::with_capacity(self.0.len() + other.0.len());
        while let (Some(&(x, m)), Some(&(y, n))) = (left.peek(), right.peek()) {
            if x <= y {
                left.next();
            }
            if y <= x {
                right.next();
            }
            factors.push(match x.cmp(&y) {
                std::cmp::Ordering::Less => (x, m),
                std::cmp::Ordering::Greater => (y, n),
                std::cmp::Ordering::Equal => (x, m + n),
            });
        }
        factors.extend(left);
        factors.extend(right);
        Monomial(factors)
    }

    /// The monomial as two: the part in the variables that `chosen` accepts, and the rest.
    fn split(&self, chosen: impl Fn(Variable) -> bool) -> (Monomial, Monomial) {
        let (inside, outside) = self.0.iter().partition(|(variable, _)| chosen(*variable));
        (Monomial(inside), Monomial(outside))
    }
}

/// A polynomial: no monomial has coefficient 0, so equal polynomials are equal as data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Polynomial(BTreeMap<Monomial, RBig>);

impl Polynomial {
    /// The polynomial 0.
    #[must_use]
    pub fn zero() -> Self {
        Polynomial::default()
    }

    /// A constant.
    #[must_use]
    pub fn constant(value: impl Into<RBig>) -> Self {
        let mut result = Polynomial::zero();
        result.accumulate(Monomial::default(), value.into());
        result
    }

    /// `variable ^ exponent`
    #[must_use]
    pub fn power_of(variable: Variable, exponent: u32) -> Self {
        let monomial = if exponent == 0 { Monomial::default() } else { Monomial(vec![(variable, exponent)]) };
        Polynomial(BTreeMap::from([(monomial, RBig::ONE)]))
    }

    /// Monomials and coefficients, in ascending order.
    pub fn terms(&self) -> impl Iterator<Item = (&Monomial, &RBig)> {
        self.0.iter()
    }

    /// Whether this is the polynomial 0.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    /// The largest degree of a monomial; 0 for the polynomial 0.
    #[must_use]
    pub fn degree(&self) -> u32 {
        self.0.keys().map(Monomial::degree).max().unwrap_or(0)
    }

    /// The polynomial with every coefficient multiplied by `factor`.
    #[must_use]
    pub fn scale(&self, factor: &RBig) -> Self {
        if *factor == RBig::ZERO {
            return Polynomial::zero();
        }
        Polynomial(self.0.iter().map(|(monomial, coefficient)| (monomial.clone(), coefficient * factor)).collect())
    }

    /// `self ^ exponent`
    #[must_use]
    pub fn power(&self, exponent: u32) -> Self {
        (0..exponent).fold(Polynomial::constant(RBig::ONE), |product, _| &product * self)
    }

    /// The image under the linear map that sends each monomial to a polynomial.
    #[must_use]
    pub fn map_monomials(&self, mut image: impl FnMut(&Monomial) -> Polynomial) -> Self {
        let mut result = Polynomial::zero();
        for (monomial, coefficient) in &self.0 {
            for (target, value) in image(monomial).0 {
                result.accumulate(target, value * coefficient);
            }
        }
        result
    }

    /// The coefficients α, polynomials in the other variables, with `self` = Σ α_i basis_i, where `inner` are the variables
    /// of the basis; `None` if there are none. The basis must be linearly independent over the rationals.
    #[must_use]
    pub fn in_basis(&self, basis: &[Polynomial], inner: &[Variable]) -> Option<Vec<Polynomial>> {
        let mut by_monomial = BTreeMap::<Monomial, Polynomial>::new();
        for (monomial, coefficient) in &self.0 {
            let (inside, outside) = monomial.split(|variable| inner.contains(&variable));
            by_monomial.entry(inside).or_default().accumulate(outside, coefficient.clone());
        }
        let mut result = vec![Polynomial::zero(); basis.len()];
        let mut remainder = self.clone();
        for row in reduced(basis)? {
            let share = by_monomial.get(&row.pivot).cloned().unwrap_or_default();
            remainder = &remainder - &(&share * &row.polynomial);
            for (coefficient, weight) in result.iter_mut().zip(&row.combination) {
                *coefficient = &*coefficient + &share.scale(weight);
            }
        }
        remainder.is_zero().then_some(result)
    }

    /// The polynomial as a formula's tree, its variables named by `alphabet`.
    #[must_use]
    pub fn to_node(&self, alphabet: &Alphabet) -> Node {
        let terms: Vec<Node> = self.0.iter().map(|(monomial, coefficient)| term(monomial, coefficient, alphabet)).collect();
        balanced_sum(&terms)
    }

    fn accumulate(&mut self, monomial: Monomial, value: RBig) {
        if value == RBig::ZERO {
            return;
        }
        match self.0.entry(monomial) {
            std::collections::btree_map::Entry::Vacant(entry) => {
                entry.insert(value);
            }
            std::collections::btree_map::Entry::Occupied(mut entry) => {
                *entry.get_mut() += value;
                if *entry.get() == RBig::ZERO {
                    entry.remove();
                }
            }
        }
    }
}

impl Add for &Polynomial {
    type Output = Polynomial;
    fn add(self, other: &Polynomial) -> Polynomial {
        let mut result = self.clone();
        other.0.iter().for_each(|(monomial, coefficient)| result.accumulate(monomial.clone(), coefficient.clone()));
        result
    }
}

impl Sub for &Polynomial {
    type Output = Polynomial;
    fn sub(self, other: &Polynomial) -> Polynomial {
        let mut result = self.clone();
        other.0.iter().for_each(|(monomial, coefficient)| result.accumulate(monomial.clone(), -coefficient.clone()));
        result
    }
}

impl Mul for &Polynomial {
    type Output = Polynomial;
    fn mul(self, other: &Polynomial) -> Polynomial {
        let mut result = Polynomial::zero();
        for (left, x) in &self.0 {
            for (right, y) in &other.0 {
                result.accumulate(left.times(right), x * y);
            }
        }
        result
    }
}

impl<'a> std::iter::Sum<&'a Polynomial> for Polynomial {
    fn sum<I: Iterator<Item = &'a Polynomial>>(polynomials: I) -> Polynomial {
        polynomials.flat_map(|polynomial| &polynomial.0).fold(Polynomial::zero(), |mut total, (monomial, coefficient)| {
            total.accumulate(monomial.clone(), coefficient.clone());
            total
        })
    }
}

impl std::iter::Sum for Polynomial {
    fn sum<I: Iterator<Item = Polynomial>>(polynomials: I) -> Polynomial {
        polynomials.flat_map(|polynomial| polynomial.0).fold(Polynomial::zero(), |mut total, (monomial, coefficient)| {
            total.accumulate(monomial, coefficient);
            total
        })
    }
}

/// A row of a reduced echelon form: `polynomial` = Σ combination_i basis_i has coefficient 1 at `pivot`, every other row 0.
struct Row {
    pivot: Monomial,
    polynomial: Polynomial,
    combination: Vec<RBig>,
}

/// The reduced echelon form of a linearly independent family; `None` if it is dependent.
fn reduced(basis: &[Polynomial]) -> Option<Vec<Row>> {
    let mut rows = Vec::<Row>::new();
    for (i, polynomial) in basis.iter().enumerate() {
        let unit = (0..basis.len()).map(|j| if i == j { RBig::ONE } else { RBig::ZERO }).collect();
        let mut fresh = Row { pivot: Monomial::default(), polynomial: polynomial.clone(), combination: unit };
        for row in &rows {
            fresh.eliminate(row);
        }
        let (pivot, leading) = fresh.polynomial.0.last_key_value().map(|(monomial, value)| (monomial.clone(), value.clone()))?;
        fresh.polynomial = fresh.polynomial.scale(&(RBig::ONE / &leading));
        fresh.combination.iter_mut().for_each(|weight| *weight /= &leading);
        fresh.pivot = pivot;
        rows.iter_mut().for_each(|row| row.eliminate(&fresh));
        rows.push(fresh);
    }
    Some(rows)
}

impl Row {
    /// Subtracts the multiple of `other` that clears its pivot here.
    fn eliminate(&mut self, other: &Row) {
        let Some(factor) = self.polynomial.0.get(&other.pivot).cloned() else { return };
        self.polynomial = &self.polynomial - &other.polynomial.scale(&factor);
        for (weight, subtracted) in self.combination.iter_mut().zip(&other.combination) {
            *weight -= subtracted * &factor;
        }
    }
}

fn term(monomial: &Monomial, coefficient: &RBig, alphabet: &Alphabet) -> Node {
    let powers = monomial.factors().map(|(variable, exponent)| {
        let name = Node::name(alphabet.name(variable));
        if exponent == 1 { name } else { name.power(Node::integer(i64::from(exponent))) }
    });
    let Some(product) = powers.reduce(|left, right| left * right) else { return Node::rational(coefficient) };
    if *coefficient == RBig::ONE { product } else { Node::rational(coefficient) * product }
}

/// The sum as a tree of logarithmic height, so that no recursion over a long polynomial runs deep.
fn balanced_sum(terms: &[Node]) -> Node {
    match terms {
        [] => Node::integer(0),
        [only] => only.clone(),
        _ => {
            let (left, right) = terms.split_at(terms.len().div_ceil(2));
            balanced_sum(left) + balanced_sum(right)
        }
    }
}
