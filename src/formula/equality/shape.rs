//! The values of the recurrence reader: scalars with what is known of them as sequences, and lists.

use std::collections::HashMap;
use std::rc::Rc;

use dashu::rational::RBig;

use super::polynomial::Polynomial;
use super::sequence::Fraction;

/// Why no order could be found, in words.
pub(super) type Reason = String;

/// What is known of a scalar formula as a sequence in one integer name.
#[derive(Debug)]
pub(super) struct Scalar {
    /// Equal for equal expressions, `let` looked through.
    pub(super) label: u32,
    /// Whether the integer name occurs in it.
    pub(super) varies: bool,
    /// Its value as a polynomial in names, if it is written as one.
    pub(super) polynomial: Option<Polynomial>,
    /// Its value as a quotient of sequences.
    pub(super) fraction: Fraction,
}

/// A scalar or a list.
#[derive(Clone, Debug)]
pub(super) enum Shape {
    Scalar(Rc<Scalar>),
    List(Vec<Shape>),
}

/// The rows of a matrix.
pub(super) type Rows = Vec<Vec<Rc<Scalar>>>;

impl Shape {
    pub(super) fn scalar(&self) -> Result<Rc<Scalar>, Reason> {
        match self {
            Shape::Scalar(scalar) => Ok(Rc::clone(scalar)),
            Shape::List(_) => Err("a list stands where a number is needed".into()),
        }
    }

    pub(super) fn from_rows(rows: Rows) -> Shape {
        Shape::List(rows.into_iter().map(|row| Shape::List(row.into_iter().map(Shape::Scalar).collect())).collect())
    }

    /// The rows, if it is a matrix: rows of numbers, all of the same, non-zero length.
    pub(super) fn rows(&self) -> Option<Rows> {
        let Shape::List(rows) = self else { return None };
        let rows: Rows = rows.iter().map(Shape::vector).collect::<Option<_>>()?;
        let width = rows.first()?.len();
        (width > 0 && rows.iter().all(|row| row.len() == width)).then_some(rows)
    }

    /// The entries, if it is a list of numbers.
    pub(super) fn vector(&self) -> Option<Vec<Rc<Scalar>>> {
        let Shape::List(items) = self else { return None };
        items.iter().map(|item| item.scalar().ok()).collect()
    }

    /// Whether a scalar in it is as `test` says.
    pub(super) fn any(&self, test: &dyn Fn(&Scalar) -> bool) -> bool {
        match self {
            Shape::Scalar(scalar) => test(scalar),
            Shape::List(items) => items.iter().any(|item| item.any(test)),
        }
    }

    pub(super) fn map(&self, f: &mut dyn FnMut(&Rc<Scalar>) -> Result<Scalar, Reason>) -> Result<Shape, Reason> {
        match self {
            Shape::Scalar(scalar) => Ok(Shape::Scalar(Rc::new(f(scalar)?))),
            Shape::List(items) => Ok(Shape::List(items.iter().map(|item| item.map(f)).collect::<Result<_, _>>()?)),
        }
    }
}

/// What an expression is made of, as far as its label is concerned.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Expression {
    Number(RBig),
    Name(String),
    Polynomial(Polynomial),
    Operation(String, Vec<u32>),
}

/// Numbers for expressions: the same number exactly for the same expression.
#[derive(Debug, Default)]
pub(super) struct Labels(HashMap<Expression, u32>);

impl Labels {
    pub(super) fn number(&mut self, value: &RBig) -> u32 {
        self.label(Expression::Number(value.clone()))
    }

    pub(super) fn name(&mut self, name: &str) -> u32 {
        self.label(Expression::Name(name.to_owned()))
    }

    pub(super) fn polynomial(&mut self, polynomial: &Polynomial) -> u32 {
        self.label(Expression::Polynomial(polynomial.clone()))
    }

    pub(super) fn operation(&mut self, head: &str, parts: Vec<u32>) -> u32 {
        self.label(Expression::Operation(head.to_owned(), parts))
    }

    /// The label of a + b or a · b, whichever way round.
    pub(super) fn commutative(&mut self, head: &str, a: u32, b: u32) -> u32 {
        self.operation(head, vec![a.min(b), a.max(b)])
    }

    /// A label that nothing else has.
    pub(super) fn fresh(&mut self) -> u32 {
        self.operation("fresh", vec![self.next()])
    }

    fn label(&mut self, expression: Expression) -> u32 {
        let next = self.next();
        *self.0.entry(expression).or_insert(next)
    }

    fn next(&self) -> u32 {
        u32::try_from(self.0.len()).unwrap_or(u32::MAX)
    }
}
