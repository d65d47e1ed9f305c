//! The one evaluator: a tree, an environment and a number system to a value.

use std::collections::BTreeMap;

use dashu::rational::RBig;

use super::number::{Number, Summation, Undefined};
use super::tree::Node;

/// What a formula evaluates to: a number, or a list of values.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<N> {
    /// A number.
    Scalar(N),
    /// A list; a list of lists of equal length is a matrix, row by row.
    List(Vec<Value<N>>),
}

impl<N> Value<N> {
    /// The number, if it is one.
    ///
    /// # Errors
    /// [`Undefined::Shape`] if the value is a list.
    pub fn scalar(&self) -> Result<&N, Undefined> {
        match self {
            Value::Scalar(number) => Ok(number),
            Value::List(list) => Err(Undefined::Shape(format!("a number is needed here, not a list of {}", list.len()))),
        }
    }
}

/// The values of the names in scope.
pub type Environment<N> = BTreeMap<String, Value<N>>;

/// The value of `node`, its names taken from `environment`.
///
/// # Errors
/// The first reason, innermost first, why there is no value.
pub fn evaluate<N: Number>(node: &Node, environment: &Environment<N>, context: &N::Context) -> Result<Value<N>, Undefined> {
    Scope { names: environment.clone(), context }.value(node)
}

/// The value of `node` where it has to be a number.
///
/// # Errors
/// As [`evaluate`]; a list is an error.
pub fn evaluate_scalar<N: Number>(node: &Node, environment: &Environment<N>, context: &N::Context) -> Result<N, Undefined> {
    evaluate(node, environment, context)?.scalar().cloned()
}

struct Scope<'c, N: Number> {
    names: Environment<N>,
    context: &'c N::Context,
}

impl<N: Number> Scope<'_, N> {
    fn value(&mut self, node: &Node) -> Result<Value<N>, Undefined> {
        let context = self.context;
        match node {
            Node::Number(number) => Ok(Value::Scalar(N::rational(number, context)?)),
            Node::Name(name) => self.names.get(name).cloned().ok_or_else(|| Undefined::UnknownName(name.clone())),
            Node::Negation(a) => negate(&self.value(a)?, context),
            Node::Sum(a, b) => elementwise(&self.value(a)?, &self.value(b)?, "add", &|x, y| x.add(y, context)),
            Node::Difference(a, b) => elementwise(&self.value(a)?, &self.value(b)?, "subtract", &|x, y| x.subtract(y, context)),
            Node::Product(a, b) => multiply(&self.value(a)?, &self.value(b)?, context),
            Node::Quotient(a, b) => {
                let (top, bottom) = (self.value(a)?, self.scalar(b)?);
                scale(&top, &|x| x.divide(&bottom, context))
            }
            Node::Power(a, b) => {
                let (base, exponent) = (self.value(a)?, self.scalar(b)?);
                power(&base, &exponent, context)
            }
            Node::Call(function, arguments) => {
                let arguments = arguments.iter().map(|a| self.scalar(a)).collect::<Result<Vec<_>, _>>()?;
                Ok(Value::Scalar(N::call(*function, &arguments, context)?))
            }
            Node::List(items) => Ok(Value::List(items.iter().map(|a| self.value(a)).collect::<Result<_, _>>()?)),
            Node::Index(list, index) => {
                let (list, index) = (self.value(list)?, self.scalar(index)?);
                let Value::List(items) = list else { return Err(Undefined::Shape("only a list can be indexed".into())) };
                let index = index.integer(context).ok_or_else(|| Undefined::OutOfDomain("an index must be an integer".into()))?;
                let found = usize::try_from(index).ok().and_then(|i| items.get(i));
                found.cloned().ok_or_else(|| Undefined::Shape(format!("index {index} is outside a list of {}", items.len())))
            }
            Node::Let(name, value, body) => {
                let value = self.value(value)?;
                self.bound(name, value, |scope| scope.value(body))
            }
            Node::Series { index, from, term, ratio } => self.series(index, from, term, ratio).map(Value::Scalar),
        }
    }

    fn scalar(&mut self, node: &Node) -> Result<N, Undefined> {
        self.value(node)?.scalar().cloned()
    }

    /// Runs `body` with `name` bound to `value`, and restores the outer binding.
    fn bound<T>(&mut self, name: &str, value: Value<N>, body: impl FnOnce(&mut Self) -> T) -> T {
        let outer = self.names.insert(name.to_owned(), value);
        let result = body(self);
        match outer {
            Some(outer) => self.names.insert(name.to_owned(), outer),
            None => self.names.remove(name),
        };
        result
    }

    fn series(&mut self, index: &str, from: &Node, term: &Node, ratio: &Node) -> Result<N, Undefined> {
        let context = self.context;
        let from = self.scalar(from)?.integer(context).ok_or_else(|| Undefined::OutOfDomain("a series starts at an integer".into()))?;
        let ratio = self.scalar(ratio)?;
        let mut used = term.free_names();
        used.remove(index);
        let free = used.into_iter().filter_map(|name| self.names.get(&name).cloned().map(|value| (name, value))).collect();
        let summation = Summation { tree: term, free, from, ratio };
        let mut evaluate = |k: i64| {
            let k = Value::Scalar(N::rational(&RBig::from(k), context)?);
            self.bound(index, k, |scope| scope.scalar(term))
        };
        N::series(&summation, &mut evaluate, context)
    }
}

fn negate<N: Number>(value: &Value<N>, context: &N::Context) -> Result<Value<N>, Undefined> {
    scale(value, &|x| Ok(x.negate(context)))
}

fn scale<N: Number>(value: &Value<N>, f: &dyn Fn(&N) -> Result<N, Undefined>) -> Result<Value<N>, Undefined> {
    match value {
        Value::Scalar(x) => Ok(Value::Scalar(f(x)?)),
        Value::List(items) => Ok(Value::List(items.iter().map(|v| scale(v, f)).collect::<Result<_, _>>()?)),
    }
}

fn elementwise<N: Number>(
    a: &Value<N>,
    b: &Value<N>,
    verb: &str,
    f: &dyn Fn(&N, &N) -> Result<N, Undefined>,
) -> Result<Value<N>, Undefined> {
    match (a, b) {
        (Value::Scalar(x), Value::Scalar(y)) => Ok(Value::Scalar(f(x, y)?)),
        (Value::List(xs), Value::List(ys)) if xs.len() == ys.len() => {
            Ok(Value::List(xs.iter().zip(ys).map(|(x, y)| elementwise(x, y, verb, f)).collect::<Result<_, _>>()?))
        }
        _ => Err(Undefined::Shape(format!("cannot {verb} {} and {}", shape(a), shape(b)))),
    }
}

fn shape<N>(value: &Value<N>) -> String {
    match value {
        Value::Scalar(_) => "a number".into(),
        Value::List(items) => match items.first() {
            Some(Value::List(row)) => format!("a {} x {} matrix", items.len(), row.len()),
            _ => format!("a list of {}", items.len()),
        },
    }
}

/// A matrix as rows of numbers; every row of the same, non-zero length.
fn matrix<N: Number>(value: &Value<N>) -> Option<Vec<Vec<&N>>> {
    let Value::List(rows) = value else { return None };
    let rows: Vec<Vec<&N>> = rows
        .iter()
        .map(|row| match row {
            Value::List(entries) => entries.iter().map(|e| e.scalar().ok()).collect::<Option<Vec<_>>>(),
            Value::Scalar(_) => None,
        })
        .collect::<Option<_>>()?;
    let width = rows.first()?.len();
    (width > 0 && rows.iter().all(|row| row.len() == width)).then_some(rows)
}

fn dot<'a, N: Number + 'a>(pairs: impl Iterator<Item = (&'a N, &'a N)>, context: &N::Context) -> Result<N, Undefined> {
    let mut total = None::<N>;
    for (x, y) in pairs {
        let product = x.multiply(y, context)?;
        total = Some(match total {
            None => product,
            Some(sum) => sum.add(&product, context)?,
        });
    }
    total.ok_or_else(|| Undefined::Shape("an empty list has no product".into()))
}

fn multiply<N: Number>(a: &Value<N>, b: &Value<N>, context: &N::Context) -> Result<Value<N>, Undefined> {
    match (a, b) {
        (Value::Scalar(x), other) | (other, Value::Scalar(x)) => scale(other, &|y| x.multiply(y, context)),
        (Value::List(_), Value::List(items)) => {
            let misfit = || Undefined::Shape(format!("cannot multiply {} and {}", shape(a), shape(b)));
            let left = matrix(a).ok_or_else(misfit)?;
            if let Some(right) = matrix(b) {
                if left[0].len() != right.len() {
                    return Err(misfit());
                }
                let entry =
                    |row: &[&N], column: usize| dot(row.iter().copied().zip(right.iter().map(|r| r[column])), context).map(Value::Scalar);
                let rows = left.iter().map(|row| Ok(Value::List((0..right[0].len()).map(|j| entry(row, j)).collect::<Result<_, _>>()?)));
                return Ok(Value::List(rows.collect::<Result<_, _>>()?));
            }
            let vector = items.iter().map(Value::scalar).collect::<Result<Vec<_>, _>>()?;
            if left[0].len() != vector.len() {
                return Err(misfit());
            }
            let rows = left.iter().map(|row| dot(row.iter().copied().zip(vector.iter().copied()), context).map(Value::Scalar));
            Ok(Value::List(rows.collect::<Result<_, _>>()?))
        }
    }
}

fn power<N: Number>(base: &Value<N>, exponent: &N, context: &N::Context) -> Result<Value<N>, Undefined> {
    match base {
        Value::Scalar(x) => Ok(Value::Scalar(match exponent.integer(context) {
            Some(n) => x.power(n, context)?,
            None => x.real_power(exponent, context)?,
        })),
        Value::List(_) => {
            let size = matrix(base).filter(|rows| rows.len() == rows[0].len()).map(|rows| rows.len());
            let size = size.ok_or_else(|| Undefined::Shape(format!("only square matrices have powers, not {}", shape(base))))?;
            let n = exponent.integer(context).and_then(|n| u64::try_from(n).ok());
            let mut n = n.ok_or_else(|| Undefined::OutOfDomain("the power of a matrix must be an integer of at least 0".into()))?;
            let unit = |i: usize, j: usize| N::rational(&RBig::from(u8::from(i == j)), context).map(Value::Scalar);
            let row = |i: usize| (0..size).map(|j| unit(i, j)).collect::<Result<_, _>>().map(Value::List);
            let mut result = Value::List((0..size).map(row).collect::<Result<_, _>>()?);
            let mut square = base.clone();
            while n > 0 {
                if n & 1 == 1 {
                    result = multiply(&result, &square, context)?;
                }
                n >>= 1;
                if n > 0 {
                    square = multiply(&square, &square, context)?;
                }
            }
            Ok(result)
        }
    }
}
