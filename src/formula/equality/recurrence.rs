//! Bounds on the order of the recurrence that a formula obeys in one of its integer names.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use dashu::rational::RBig;

use crate::formula::function::Function;
use crate::formula::tree::Node;

use super::polynomial::Polynomial;
use super::sequence::{Fraction, Terms};
use super::shape::{Labels, Reason, Scalar, Shape};

/// Integer names with fixed values.
pub(super) type Grid = BTreeMap<String, i64>;

/// The names that stand in exponents, indices, bounds of series and integer arguments, and the exponents in which they stand.
#[derive(Clone, Debug, Default)]
pub(super) struct Survey {
    pub(super) integers: BTreeSet<String>,
    pub(super) exponents: Vec<Polynomial>,
}

/// The integer names and the exponents of several formulas.
pub(super) fn survey<'a>(nodes: impl IntoIterator<Item = &'a Node>) -> Result<Survey, Reason> {
    let (mut labels, grid) = (Labels::default(), Grid::new());
    let mut reader = Reader::new(None, &grid, &mut labels);
    nodes.into_iter().try_for_each(|node| reader.shape(node).map(drop))?;
    Ok(reader.survey)
}

/// The value of a formula as a polynomial in its names, if it is written as one.
pub(super) fn polynomial(node: &Node) -> Option<Polynomial> {
    let (mut labels, grid) = (Labels::default(), Grid::new());
    Reader::new(None, &grid, &mut labels).scalar(node).ok()?.polynomial.clone()
}

/// The formula as a quotient of sequences in `name`, the names of `grid` at their values, all others arbitrary but fixed.
pub(super) fn fraction(node: &Node, name: &str, grid: &Grid, labels: &mut Labels) -> Result<Fraction, Reason> {
    Ok(Reader::new(Some(name), grid, labels).scalar(node)?.fraction.clone())
}

/// Reads a tree as a sequence in a name, or in none.
pub(super) struct Reader<'a> {
    name: Option<&'a str>,
    grid: &'a Grid,
    pub(super) labels: &'a mut Labels,
    scope: Vec<(String, Shape)>,
    survey: Survey,
}

impl<'a> Reader<'a> {
    fn new(name: Option<&'a str>, grid: &'a Grid, labels: &'a mut Labels) -> Self {
        Reader { name, grid, labels, scope: vec![], survey: Survey::default() }
    }

    pub(super) fn shape(&mut self, node: &Node) -> Result<Shape, Reason> {
        match node {
            Node::Number(value) => Ok(self.known(value)),
            Node::Name(name) => Ok(self.named(name)),
            Node::Negation(a) => self.shape(a)?.map(&mut |x| Ok(self.negate(x))),
            Node::Sum(a, b) => self.sum(a, b, false),
            Node::Difference(a, b) => self.sum(a, b, true),
            Node::Product(a, b) => {
                let (left, right) = (self.shape(a)?, self.shape(b)?);
                self.multiply(&left, &right)
            }
            Node::Quotient(a, b) => {
                let (top, bottom) = (self.shape(a)?, self.scalar(b)?);
                top.map(&mut |x| self.divide(x, &bottom))
            }
            Node::Power(a, b) => {
                let (base, exponent) = (self.shape(a)?, self.scalar(b)?);
                self.note_integer(&exponent);
                self.survey.exponents.extend(exponent.polynomial.clone());
                match base.rows() {
                    Some(rows) => self.matrix_power(&rows, &exponent),
                    None => Ok(Shape::Scalar(Rc::new(self.power(&*base.scalar()?, &exponent)?))),
                }
            }
            Node::Call(function, arguments) => {
                let arguments = arguments.iter().map(|a| self.scalar(a)).collect::<Result<Vec<_>, _>>()?;
                Ok(Shape::Scalar(Rc::new(self.call(*function, &arguments)?)))
            }
            Node::List(items) => Ok(Shape::List(items.iter().map(|item| self.shape(item)).collect::<Result<_, _>>()?)),
            Node::Index(list, index) => {
                let (list, index) = (self.shape(list)?, self.scalar(index)?);
                self.note_integer(&index);
                self.item(&list, &index)
            }
            Node::Let(name, value, body) => {
                let value = self.shape(value)?;
                self.bound(name, value, |reader| reader.shape(body))
            }
            Node::Series { index, from, term, ratio } => self.series(node, index, [from, term, ratio]),
        }
    }

    pub(super) fn scalar(&mut self, node: &Node) -> Result<Rc<Scalar>, Reason> {
        self.shape(node)?.scalar()
    }

    fn bound<T>(&mut self, name: &str, value: Shape, body: impl FnOnce(&mut Self) -> T) -> T {
        self.scope.push((name.to_owned(), value));
        let result = body(self);
        self.scope.pop();
        result
    }

    pub(super) fn known(&mut self, value: &RBig) -> Shape {
        let (label, polynomial) = (self.labels.number(value), Some(Polynomial::constant(value.clone())));
        Shape::Scalar(Rc::new(Scalar { label, varies: false, polynomial, fraction: Fraction::constant() }))
    }

    /// The name of the sequence; no value varies without one.
    pub(super) fn varying_name(&self) -> &'a str {
        self.name.unwrap_or_default()
    }

    fn named(&mut self, name: &str) -> Shape {
        if let Some((_, value)) = self.scope.iter().rev().find(|(bound, _)| bound == name) {
            return value.clone();
        }
        if let Some(value) = self.grid.get(name) {
            return self.known(&RBig::from(*value));
        }
        let varies = self.name == Some(name);
        let fraction = Fraction::new(Terms::polynomial(u32::from(varies)));
        let (label, polynomial) = (self.labels.name(name), Some(Polynomial::name(name)));
        Shape::Scalar(Rc::new(Scalar { label, varies, polynomial, fraction }))
    }

    fn note_integer(&mut self, scalar: &Scalar) {
        self.survey.integers.extend(scalar.polynomial.iter().flat_map(Polynomial::names));
    }

    fn item(&mut self, list: &Shape, index: &Scalar) -> Result<Shape, Reason> {
        let Shape::List(items) = list else { return Err("only a list can be indexed".into()) };
        match index.polynomial.as_ref().and_then(Polynomial::integer) {
            Some(i) => {
                let item = usize::try_from(i).ok().and_then(|i| items.get(i)).cloned();
                item.ok_or_else(|| format!("index {i} is outside a list of {}", items.len()))
            }
            None if self.name.is_none() => Ok(self.opaque(false)),
            None => Err("an index is not fixed".into()),
        }
    }

    fn opaque(&mut self, varies: bool) -> Shape {
        let label = self.labels.fresh();
        Shape::Scalar(Rc::new(Scalar { label, varies, polynomial: None, fraction: Fraction::constant() }))
    }

    fn series(&mut self, node: &Node, index: &str, [from, term, ratio]: [&Node; 3]) -> Result<Shape, Reason> {
        let from = self.scalar(from)?;
        self.note_integer(&from);
        self.scalar(ratio)?;
        if self.name.is_none() {
            let outer = std::mem::take(&mut self.survey);
            let inner = Polynomial::name(index);
            let label = self.labels.fresh();
            let value = Scalar { label, varies: false, polynomial: Some(inner), fraction: Fraction::constant() };
            let result = self.bound(index, Shape::Scalar(Rc::new(value)), |reader| reader.scalar(term));
            let mut inside = std::mem::replace(&mut self.survey, outer);
            inside.integers.remove(index);
            self.survey.integers.extend(inside.integers);
            result?;
        }
        let varies = node.free_names().iter().any(|name| self.named(name).any(&|scalar| scalar.varies));
        if varies { Err("a series depends on it".into()) } else { Ok(self.opaque(false)) }
    }

    fn call(&mut self, function: Function, arguments: &[Rc<Scalar>]) -> Result<Scalar, Reason> {
        for position in integer_arguments(function) {
            self.note_integer(&arguments[*position]);
        }
        let label = self.labels.operation(function.name(), arguments.iter().map(|a| a.label).collect());
        if arguments.iter().all(|a| !a.varies) {
            return Ok(Scalar { label, varies: false, polynomial: None, fraction: Fraction::constant() });
        }
        let degree = |a: &Scalar| a.fraction.whole().and_then(Terms::degree);
        let fraction = match (function, arguments) {
            (Function::Exp, [x]) if degree(x).is_some_and(|d| d <= 1) => Some(Terms::geometric([label], 1)),
            (Function::Binomial, [n, k]) => {
                let k = k.polynomial.as_ref().and_then(Polynomial::integer).and_then(|k| u32::try_from(k.max(0)).ok());
                degree(n).zip(k).and_then(|(n, k)| n.checked_mul(k)).map(Terms::polynomial)
            }
            _ => None,
        };
        let fraction = fraction.map(Fraction::new).ok_or_else(|| format!("{} depends on it", function.name()))?;
        Ok(Scalar { label, varies: true, polynomial: None, fraction })
    }
}

/// The positions of the arguments that have to be integers.
const fn integer_arguments(function: Function) -> &'static [usize] {
    match function {
        Function::Binomial | Function::BandRadius => &[0, 1],
        Function::GammaMedian | Function::ErlangCdf | Function::ChiSquareMoment => &[0],
        Function::ChiSquareLogCumulant => &[0, 2],
        Function::PowerIntegral => &[2],
        _ => &[],
    }
}
