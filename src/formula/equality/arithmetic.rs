//! Arithmetic of the recurrence reader: how the orders of sums, products, quotients and powers follow from those of their parts.

use std::rc::Rc;

use dashu::rational::RBig;

use crate::formula::tree::Node;

use super::polynomial::Polynomial;
use super::recurrence::Reader;
use super::sequence::{Fraction, Terms};
use super::shape::{Reason, Rows, Scalar, Shape};

/// Powers of matrices that depend on the name are multiplied out up to this exponent.
const LARGEST_MATRIX_EXPONENT: i64 = 64;

fn too_many() -> Reason {
    "the recurrence is too long to count".into()
}

impl Reader<'_> {
    /// The scalar with that value; a polynomial in which the name cancels does not vary.
    fn scalar_of(
        &self,
        label: u32,
        varies: bool,
        polynomial: Option<Polynomial>,
        fraction: impl FnOnce() -> Option<Fraction>,
    ) -> Result<Scalar, Reason> {
        let varies = varies && polynomial.as_ref().is_none_or(|p| p.degree_in(self.varying_name()) > 0);
        let fraction = if varies { fraction().ok_or_else(too_many)? } else { Fraction::constant() };
        Ok(Scalar { label, varies, polynomial, fraction })
    }

    pub(super) fn negate(&mut self, a: &Scalar) -> Scalar {
        let label = self.labels.operation("negation", vec![a.label]);
        let polynomial = a.polynomial.as_ref().map(Polynomial::negate);
        Scalar { label, varies: a.varies, polynomial, fraction: a.fraction.clone() }
    }

    pub(super) fn sum(&mut self, a: &Node, b: &Node, negated: bool) -> Result<Shape, Reason> {
        let (left, mut right) = (self.shape(a)?, self.shape(b)?);
        if negated {
            right = right.map(&mut |x| Ok(self.negate(x)))?;
        }
        self.add_shapes(&left, &right)
    }

    fn add_shapes(&mut self, a: &Shape, b: &Shape) -> Result<Shape, Reason> {
        match (a, b) {
            (Shape::Scalar(x), Shape::Scalar(y)) => Ok(Shape::Scalar(Rc::new(self.add(x, y)?))),
            (Shape::List(xs), Shape::List(ys)) if xs.len() == ys.len() => {
                Ok(Shape::List(xs.iter().zip(ys).map(|(x, y)| self.add_shapes(x, y)).collect::<Result<_, _>>()?))
            }
            _ => Err("lists of different shapes are added".into()),
        }
    }

    fn add(&mut self, a: &Scalar, b: &Scalar) -> Result<Scalar, Reason> {
        let label = self.labels.commutative("sum", a.label, b.label);
        let varies = a.varies || b.varies;
        let polynomial = a.polynomial.as_ref().zip(b.polynomial.as_ref()).and_then(|(p, q)| p.add(q));
        self.scalar_of(label, varies, polynomial, || a.fraction.add(&b.fraction))
    }

    fn times(&mut self, a: &Scalar, b: &Scalar) -> Result<Scalar, Reason> {
        let label = self.labels.commutative("product", a.label, b.label);
        let varies = a.varies || b.varies;
        let polynomial = a.polynomial.as_ref().zip(b.polynomial.as_ref()).and_then(|(p, q)| p.multiply(q));
        self.scalar_of(label, varies, polynomial, || a.fraction.multiply(&b.fraction))
    }

    pub(super) fn divide(&mut self, a: &Scalar, b: &Scalar) -> Result<Scalar, Reason> {
        let label = self.labels.operation("quotient", vec![a.label, b.label]);
        let below = self.labels.operation("numerator", vec![b.label]);
        let varies = a.varies || b.varies;
        let polynomial = a.polynomial.as_ref().zip(b.polynomial.as_ref()).and_then(|(p, q)| p.divide(q));
        self.scalar_of(label, varies, polynomial, || a.fraction.multiply(&b.fraction.invert(below)?))
    }

    pub(super) fn multiply(&mut self, a: &Shape, b: &Shape) -> Result<Shape, Reason> {
        match (a, b) {
            (Shape::Scalar(x), other) | (other, Shape::Scalar(x)) => other.map(&mut |y| self.times(x, y)),
            (Shape::List(_), Shape::List(_)) => {
                let misfit = || Reason::from("lists whose shapes do not fit are multiplied");
                let left = a.rows().ok_or_else(misfit)?;
                if let Some(right) = b.rows() {
                    return Ok(Shape::from_rows(self.matrix_product(&left, &right)?));
                }
                let vector = b.vector().filter(|vector| vector.len() == left[0].len()).ok_or_else(misfit)?;
                let entries = left.iter().map(|row| Ok(Shape::Scalar(self.dot(row, &vector)?)));
                Ok(Shape::List(entries.collect::<Result<_, Reason>>()?))
            }
        }
    }

    fn matrix_product(&mut self, left: &Rows, right: &Rows) -> Result<Rows, Reason> {
        if left[0].len() != right.len() {
            return Err("matrices whose shapes do not fit are multiplied".into());
        }
        let columns: Rows = (0..right[0].len()).map(|j| right.iter().map(|row| Rc::clone(&row[j])).collect()).collect();
        left.iter().map(|row| columns.iter().map(|column| self.dot(row, column)).collect()).collect()
    }

    fn dot(&mut self, a: &[Rc<Scalar>], b: &[Rc<Scalar>]) -> Result<Rc<Scalar>, Reason> {
        let mut total = None::<Scalar>;
        for (x, y) in a.iter().zip(b) {
            let product = self.times(x, y)?;
            total = Some(match total {
                None => product,
                Some(sum) => self.add(&sum, &product)?,
            });
        }
        total.map(Rc::new).ok_or_else(|| "an empty list has no product".into())
    }

    /// base^exponent.
    ///
    /// - An integer power of a quotient of sequences is one again.
    /// - A base without the name, to an exponent linear in it, is geometric: λ^(mn+c) = λ^c (λ^m)^n.
    /// - (c λ^n)^e with e fixed is geometric.
    pub(super) fn power(&mut self, base: &Scalar, exponent: &Scalar) -> Result<Scalar, Reason> {
        let label = self.labels.operation("power", vec![base.label, exponent.label]);
        let fixed = exponent.polynomial.as_ref().and_then(Polynomial::integer);
        let polynomial = fixed.and_then(|e| base.polynomial.as_ref()?.power(e));
        let varies = base.varies || exponent.varies;
        let fraction = match (base.varies, exponent.varies) {
            (false, false) => Fraction::constant(),
            (true, true) => return Err("it stands in the base and the exponent of one power".into()),
            (false, true) => {
                let (slope, multiplicity) = self.slope(exponent)?;
                Fraction::new(Terms::geometric([self.labels.operation("ratio", vec![base.label, slope])], multiplicity))
            }
            (true, false) => match fixed {
                Some(e) => {
                    let below = self.labels.operation("numerator", vec![base.label]);
                    let side = if e < 0 { base.fraction.invert(below) } else { Some(base.fraction.clone()) };
                    let size = u32::try_from(e.unsigned_abs()).ok();
                    side.zip(size).and_then(|(side, size)| side.power(size)).ok_or_else(too_many)?
                }
                None if base.fraction.whole().is_some_and(|terms| terms.single_ratio().is_some()) => {
                    Fraction::new(Terms::geometric([label], 1))
                }
                None => return Err("it stands in the base of a power whose exponent is no fixed integer".into()),
            },
        };
        Ok(Scalar { label, varies, polynomial, fraction })
    }

    /// The factor of the name in an exponent linear in it, as a label and a multiplicity.
    fn slope(&mut self, exponent: &Scalar) -> Result<(u32, i64), Reason> {
        let name = self.varying_name();
        let linear = exponent.polynomial.as_ref().filter(|p| p.degree_in(name) == 1);
        let slope = linear.ok_or_else(|| Reason::from("an exponent is not linear in it"))?.slope(name);
        Ok(match slope.integer() {
            Some(multiplicity) => (self.labels.polynomial(&Polynomial::constant(RBig::ONE)), multiplicity),
            None => (self.labels.polynomial(&slope), 1),
        })
    }

    /// M^exponent. The entries of M^(mn+c) with m ≥ 0 are combinations of the n-th powers of the eigenvalues of M^m.
    pub(super) fn matrix_power(&mut self, rows: &Rows, exponent: &Scalar) -> Result<Shape, Reason> {
        let size = rows.len();
        if rows[0].len() != size {
            return Err("only square matrices have powers".into());
        }
        let fixed = exponent.polynomial.as_ref().and_then(Polynomial::integer);
        let entries: Vec<u32> = rows.iter().flatten().map(|entry| entry.label).collect();
        let terms = match (rows.iter().flatten().any(|entry| entry.varies), exponent.varies) {
            (false, false) => Terms::polynomial(0),
            (false, true) => {
                let (slope, multiplicity) = self.slope(exponent)?;
                let name = self.varying_name();
                if !exponent.polynomial.as_ref().is_some_and(|p| p.slope(name).is_non_negative()) {
                    return Err("the exponent of a matrix may fall below zero".into());
                }
                let parts: Vec<u32> = entries.iter().copied().chain([slope]).collect();
                let eigenvalue = |i: usize| self.labels.operation(&format!("eigenvalue {i}"), parts.clone());
                Terms::geometric((0..size).map(eigenvalue).collect::<Vec<_>>(), multiplicity)
            }
            (true, _) => {
                let exponent = fixed.filter(|e| (0..=LARGEST_MATRIX_EXPONENT).contains(e));
                let exponent = exponent.ok_or_else(|| Reason::from("a matrix that depends on it has no small fixed exponent"))?;
                return self.repeated_product(rows, exponent).map(Shape::from_rows);
            }
        };
        let parts: Vec<u32> = entries.into_iter().chain([exponent.label]).collect();
        let entry = |i: usize, j: usize| Scalar {
            label: self.labels.operation(&format!("entry {i} {j}"), parts.clone()),
            varies: exponent.varies,
            polynomial: None,
            fraction: Fraction::new(terms.clone()),
        };
        let mut entry = entry;
        Ok(Shape::from_rows((0..size).map(|i| (0..size).map(|j| Rc::new(entry(i, j))).collect()).collect()))
    }

    fn repeated_product(&mut self, rows: &Rows, exponent: i64) -> Result<Rows, Reason> {
        let size = rows.len();
        let unit = |i, j| self.known(&RBig::from(u8::from(i == j)));
        let mut unit = unit;
        let identity = (0..size).map(|i| (0..size).map(|j| unit(i, j).scalar()).collect()).collect::<Result<Rows, _>>()?;
        (0..exponent).try_fold(identity, |power, _| self.matrix_product(&power, rows))
    }
}
