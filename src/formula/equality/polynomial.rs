//! Polynomials with rational coefficients: exponents as functions of the integer names in them.

use std::collections::{BTreeMap, BTreeSet};

use dashu::rational::RBig;

/// A polynomial in names; monomials with coefficient zero are left out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Polynomial(BTreeMap<Monomial, RBig>);

/// The names of a product, with multiplicity.
type Monomial = BTreeMap<String, u32>;

/// Exponents with more monomials than this count as no polynomials.
const LONGEST: usize = 32;

impl Polynomial {
    pub(super) fn constant(value: RBig) -> Self {
        Polynomial(BTreeMap::from([(Monomial::new(), value)])).trimmed()
    }

    pub(super) fn name(name: &str) -> Self {
        Polynomial(BTreeMap::from([(Monomial::from([(name.to_owned(), 1)]), RBig::ONE)]))
    }

    pub(super) fn negate(&self) -> Self {
        Polynomial(self.0.iter().map(|(monomial, c)| (monomial.clone(), -c.clone())).collect())
    }

    pub(super) fn add(&self, other: &Self) -> Option<Self> {
        let mut sum = self.clone();
        for (monomial, c) in &other.0 {
            *sum.0.entry(monomial.clone()).or_insert(RBig::ZERO) += c;
        }
        sum.checked()
    }

    pub(super) fn multiply(&self, other: &Self) -> Option<Self> {
        let mut product = BTreeMap::new();
        for (left, a) in &self.0 {
            for (right, b) in &other.0 {
                let mut monomial = left.clone();
                for (name, count) in right {
                    let power = monomial.entry(name.clone()).or_insert(0);
                    *power = power.checked_add(*count)?;
                }
                *product.entry(monomial).or_insert(RBig::ZERO) += a * b;
            }
        }
        Polynomial(product).checked()
    }

    /// The quotient by a constant that is not zero.
    pub(super) fn divide(&self, other: &Self) -> Option<Self> {
        let divisor = other.value().filter(|c| !c.is_zero())?;
        Some(Polynomial(self.0.iter().map(|(monomial, c)| (monomial.clone(), c / &divisor)).collect()))
    }

    pub(super) fn power(&self, exponent: i64) -> Option<Self> {
        (0..u64::try_from(exponent).ok().filter(|e| *e <= 16)?).try_fold(Polynomial::constant(RBig::ONE), |power, _| power.multiply(self))
    }

    /// The value, if it is a constant.
    pub(super) fn value(&self) -> Option<RBig> {
        match self.0.first_key_value() {
            None => Some(RBig::ZERO),
            Some((monomial, c)) if monomial.is_empty() && self.0.len() == 1 => Some(c.clone()),
            Some(_) => None,
        }
    }

    /// The value, if it is a constant integer.
    pub(super) fn integer(&self) -> Option<i64> {
        self.value().filter(RBig::is_int).and_then(|value| i64::try_from(value.into_parts().0).ok())
    }

    pub(super) fn names(&self) -> BTreeSet<String> {
        self.0.keys().flat_map(|monomial| monomial.keys().cloned()).collect()
    }

    pub(super) fn degree_in(&self, name: &str) -> u32 {
        self.0.keys().filter_map(|monomial| monomial.get(name).copied()).max().unwrap_or(0)
    }

    /// The coefficient of the first power of `name`, in the other names.
    pub(super) fn slope(&self, name: &str) -> Self {
        let linear = self.0.iter().filter(|(monomial, _)| monomial.get(name) == Some(&1));
        let without = linear.map(|(monomial, c)| {
            let mut rest = monomial.clone();
            rest.remove(name);
            (rest, c.clone())
        });
        Polynomial(without.collect())
    }

    /// Whether it certainly never falls as the names rise from zero: no monomial with a name has a negative coefficient.
    pub(super) fn rises(&self) -> bool {
        self.0.iter().all(|(monomial, c)| monomial.is_empty() || *c > RBig::ZERO)
    }

    /// Whether it is certainly at least zero where the names are.
    pub(super) fn is_non_negative(&self) -> bool {
        self.0.values().all(|c| *c > RBig::ZERO)
    }

    /// The names that stand alone with coefficient `c`.
    pub(super) fn names_with_coefficient(&self, c: &RBig) -> Vec<&str> {
        let linear = self.0.iter().filter(|(monomial, coefficient)| monomial.values().sum::<u32>() == 1 && *coefficient == c);
        linear.filter_map(|(monomial, _)| monomial.keys().next().map(String::as_str)).collect()
    }

    fn trimmed(mut self) -> Self {
        self.0.retain(|_, c| !c.is_zero());
        self
    }

    fn checked(self) -> Option<Self> {
        Some(self.trimmed()).filter(|p| p.0.len() <= LONGEST)
    }
}
