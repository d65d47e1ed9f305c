//! Sequences n ↦ Σ P_j(n) λ_j^n and their quotients, with only the number of ratios λ_j and the degrees of the P_j kept.
//!
//! Such a sum obeys a linear recurrence with constant coefficients of order Σ (deg P_j + 1). The ratios are formal: equal ratios
//! under different labels are counted twice, which only makes the bound larger. The eigenvalues of a matrix are ratios of
//! polynomial degree 0 even where they coincide: a bound on the order is the vanishing of Hankel determinants, polynomials in the
//! entries of the matrix, so it carries over from matrices with distinct eigenvalues to all.

use std::collections::BTreeMap;

/// A formal ratio: a product of atoms with multiplicities, sorted, none zero. The empty product is 1.
type Ratio = Vec<(u32, i64)>;

/// More ratios than this are too many to count.
const MOST_RATIOS: usize = 1024;

/// Σ P_j(n) λ_j^n: the degree of P_j for each ratio λ_j.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Terms(BTreeMap<Ratio, u32>);

impl Terms {
    /// A polynomial in n of that degree.
    pub(super) fn polynomial(degree: u32) -> Self {
        Terms(BTreeMap::from([(Ratio::new(), degree)]))
    }

    /// Σ c_i λ_i^n over the given atoms λ_i, each to `multiplicity`.
    pub(super) fn geometric(atoms: impl IntoIterator<Item = u32>, multiplicity: i64) -> Self {
        let ratio = |atom| if multiplicity == 0 { Ratio::new() } else { vec![(atom, multiplicity)] };
        Terms(atoms.into_iter().map(|atom| (ratio(atom), 0)).collect())
    }

    /// The order of the recurrence.
    pub(super) fn order(&self) -> u32 {
        self.0.values().fold(0, |order, degree| order.saturating_add(degree.saturating_add(1)))
    }

    /// The degree, if it is a polynomial.
    pub(super) fn degree(&self) -> Option<u32> {
        self.0.get(&Ratio::new()).copied().filter(|_| self.0.len() == 1)
    }

    /// The ratio, if it is c·λ^n.
    pub(super) fn single_ratio(&self) -> Option<&Ratio> {
        self.0.first_key_value().filter(|(_, degree)| self.0.len() == 1 && **degree == 0).map(|(ratio, _)| ratio)
    }

    fn add(mut self, other: &Self) -> Option<Self> {
        for (ratio, degree) in &other.0 {
            let entry = self.0.entry(ratio.clone()).or_insert(0);
            *entry = (*entry).max(*degree);
        }
        self.checked()
    }

    fn multiply(&self, other: &Self) -> Option<Self> {
        let mut product = BTreeMap::<Ratio, u32>::new();
        for (left, a) in &self.0 {
            for (right, b) in &other.0 {
                let degree = product.entry(multiply_ratios(left, right)?).or_insert(0);
                *degree = (*degree).max(a.checked_add(*b)?);
            }
            if product.len() > MOST_RATIOS {
                return None;
            }
        }
        Some(Terms(product))
    }

    fn power(&self, exponent: u32) -> Option<Self> {
        let scaled = |ratio: &Ratio| ratio.iter().map(|(a, m)| Some((*a, m.checked_mul(exponent.into())?))).collect::<Option<Ratio>>();
        match self.0.first_key_value() {
            Some((ratio, degree)) if self.0.len() == 1 => Some(Terms(BTreeMap::from([(scaled(ratio)?, degree.checked_mul(exponent)?)]))),
            _ => (0..exponent).try_fold(Terms::polynomial(0), |power, _| power.multiply(self)),
        }
    }

    /// d/dx of Σ P_j λ_j^n, where x moves P_j and λ_j: (λ^n)' = n λ' λ^(n−1) raises each degree by one.
    fn derivative(mut self) -> Option<Self> {
        for degree in self.0.values_mut() {
            *degree = degree.checked_add(1)?;
        }
        Some(self)
    }

    fn checked(self) -> Option<Self> {
        (self.0.len() <= MOST_RATIOS).then_some(self)
    }
}

fn multiply_ratios(a: &Ratio, b: &Ratio) -> Option<Ratio> {
    let mut product: BTreeMap<u32, i64> = a.iter().copied().collect();
    for (atom, multiplicity) in b {
        let entry = product.entry(*atom).or_insert(0);
        *entry = entry.checked_add(*multiplicity)?;
    }
    Some(product.into_iter().filter(|(_, multiplicity)| *multiplicity != 0).collect())
}

/// A quotient of two sequences, the denominator as a product of labelled factors.
///
/// A factor c·λ^n never stays in the denominator: where it may be divided by, 1/(c·λ^n) is such a sequence itself.
/// All operations return `None` where the count grows out of hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fraction {
    pub(super) numerator: Terms,
    denominator: BTreeMap<u32, (Terms, u32)>,
}

impl Fraction {
    pub(super) fn new(numerator: Terms) -> Self {
        Fraction { numerator, denominator: BTreeMap::new() }
    }

    pub(super) fn constant() -> Self {
        Fraction::new(Terms::polynomial(0))
    }

    /// The numerator, if nothing stands below it.
    pub(super) fn whole(&self) -> Option<&Terms> {
        self.denominator.is_empty().then_some(&self.numerator)
    }

    /// The order of the denominator's recurrence.
    pub(super) fn denominator_order(&self) -> Option<u32> {
        Some(self.expanded(|_, multiplicity| multiplicity, Terms::polynomial(0))?.order())
    }

    pub(super) fn add(&self, other: &Self) -> Option<Self> {
        let mut denominator = self.denominator.clone();
        for (label, (factor, multiplicity)) in &other.denominator {
            let entry = denominator.entry(*label).or_insert_with(|| (factor.clone(), 0));
            entry.1 = entry.1.max(*multiplicity);
        }
        let common = Fraction { numerator: Terms::polynomial(0), denominator };
        let lift = |side: &Fraction| common.expanded(|label, m| m - side.multiplicity(label), side.numerator.clone());
        Some(Fraction { numerator: lift(self)?.add(&lift(other)?)?, denominator: common.denominator })
    }

    pub(super) fn multiply(&self, other: &Self) -> Option<Self> {
        let mut denominator = self.denominator.clone();
        for (label, (factor, multiplicity)) in &other.denominator {
            let entry = denominator.entry(*label).or_insert_with(|| (factor.clone(), 0));
            entry.1 = entry.1.checked_add(*multiplicity)?;
        }
        Some(Fraction { numerator: self.numerator.multiply(&other.numerator)?, denominator })
    }

    /// The reciprocal; `label` names the numerator as a factor.
    pub(super) fn invert(&self, label: u32) -> Option<Self> {
        let numerator = self.expanded(|_, multiplicity| multiplicity, Terms::polynomial(0))?;
        match self.numerator.single_ratio() {
            Some(ratio) => {
                let inverse = ratio.iter().map(|(atom, m)| Some((*atom, m.checked_neg()?))).collect::<Option<Ratio>>()?;
                Some(Fraction::new(numerator.multiply(&Terms(BTreeMap::from([(inverse, 0)])))?))
            }
            None => Some(Fraction { numerator, denominator: BTreeMap::from([(label, (self.numerator.clone(), 1))]) }),
        }
    }

    /// The power with an exponent of at least 0.
    pub(super) fn power(&self, exponent: u32) -> Option<Self> {
        let raised = |(label, (factor, m)): (&u32, &(Terms, u32))| Some((*label, (factor.clone(), m.checked_mul(exponent)?)));
        let denominator = self.denominator.iter().map(raised).collect::<Option<BTreeMap<_, _>>>()?;
        let mut power = Fraction { numerator: self.numerator.power(exponent)?, denominator };
        power.denominator.retain(|_, (_, multiplicity)| *multiplicity > 0);
        Some(power)
    }

    /// The derivative in another name: (N/D)' = (N'·D − N·D') / D², with D₁D₂… for D where D = D₁^a D₂^b….
    pub(super) fn derivative(&self) -> Option<Self> {
        let numerator = self.expanded(|_, _| 1, self.numerator.clone())?.derivative()?;
        let raised = |(label, (factor, m)): (&u32, &(Terms, u32))| Some((*label, (factor.clone(), m.checked_add(1)?)));
        Some(Fraction { numerator, denominator: self.denominator.iter().map(raised).collect::<Option<_>>()? })
    }

    fn multiplicity(&self, label: u32) -> u32 {
        self.denominator.get(&label).map_or(0, |(_, multiplicity)| *multiplicity)
    }

    /// `start` times every factor of the denominator, each to the power that `count` makes of its label and multiplicity.
    fn expanded(&self, count: impl Fn(u32, u32) -> u32, start: Terms) -> Option<Terms> {
        self.denominator
            .iter()
            .try_fold(start, |product, (label, (factor, multiplicity))| product.multiply(&factor.power(count(*label, *multiplicity))?))
    }
}
