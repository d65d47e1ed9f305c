//! Dual numbers over any number system: a value together with its derivative in one name.

use dashu::rational::RBig;

use super::evaluate::{Environment, Value};
use super::function::Function;
use super::number::{Number, Summation, Undefined};

/// real + infinitesimal · ε with ε² = 0: evaluating a formula at x + ε gives its value and its derivative in x.
#[derive(Clone, Debug, PartialEq)]
pub struct Dual<N> {
    real: N,
    /// `None` where the value certainly does not depend on the name.
    infinitesimal: Option<N>,
}

impl<N: Number> Dual<N> {
    /// A value that does not depend on the name.
    #[must_use]
    pub fn constant(real: N) -> Self {
        Dual { real, infinitesimal: None }
    }

    /// The name itself: its derivative is 1.
    ///
    /// # Errors
    /// If the number system has no 1.
    pub fn variable(real: N, context: &N::Context) -> Result<Self, Undefined> {
        Ok(Dual { real, infinitesimal: Some(N::rational(&RBig::ONE, context)?) })
    }

    /// The value.
    #[must_use]
    pub fn real(&self) -> &N {
        &self.real
    }

    /// The derivative.
    ///
    /// # Errors
    /// If the number system has no 0.
    pub fn derivative(&self, context: &N::Context) -> Result<N, Undefined> {
        match &self.infinitesimal {
            Some(infinitesimal) => Ok(infinitesimal.clone()),
            None => N::rational(&RBig::ZERO, context),
        }
    }

    /// The environment in which `name` is the variable and every other name is constant.
    ///
    /// # Errors
    /// If `name` is bound to a list, or the number system has no 1.
    pub fn environment(names: &Environment<N>, name: &str, context: &N::Context) -> Result<Environment<Dual<N>>, Undefined> {
        let mut duals: Environment<Dual<N>> = names.iter().map(|(name, value)| (name.clone(), constant(value))).collect();
        if let Some(value) = names.get(name) {
            duals.insert(name.to_owned(), Value::Scalar(Dual::variable(value.scalar()?.clone(), context)?));
        }
        Ok(duals)
    }

    fn new(real: N, infinitesimal: Option<N>, context: &N::Context) -> Self {
        Dual { real, infinitesimal: infinitesimal.filter(|e| e.integer(context) != Some(0)) }
    }

    /// f(self), given its value and its derivative at the real part, the latter computed only where it is needed.
    fn chain(&self, real: N, slope: impl FnOnce(&N) -> Result<N, Undefined>, context: &N::Context) -> Result<Self, Undefined> {
        let infinitesimal = self.infinitesimal.as_ref().map(|e| slope(&real)?.multiply(e, context)).transpose()?;
        Ok(Dual::new(real, infinitesimal, context))
    }
}

fn constant<N: Number>(value: &Value<N>) -> Value<Dual<N>> {
    match value {
        Value::Scalar(number) => Value::Scalar(Dual::constant(number.clone())),
        Value::List(items) => Value::List(items.iter().map(constant).collect()),
    }
}

fn real_part<N: Number>(value: &Value<Dual<N>>) -> Option<Value<N>> {
    match value {
        Value::Scalar(Dual { real, infinitesimal: None }) => Some(Value::Scalar(real.clone())),
        Value::Scalar(_) => None,
        Value::List(items) => items.iter().map(real_part).collect::<Option<_>>().map(Value::List),
    }
}

/// a + b, where an absent summand is zero.
fn sum<N: Number>(a: Option<N>, b: Option<N>, context: &N::Context) -> Result<Option<N>, Undefined> {
    match (a, b) {
        (Some(a), Some(b)) => Ok(Some(a.add(&b, context)?)),
        (a, b) => Ok(a.or(b)),
    }
}

impl<N: Number> Number for Dual<N> {
    type Context = N::Context;

    fn rational(value: &RBig, context: &N::Context) -> Result<Self, Undefined> {
        Ok(Dual::constant(N::rational(value, context)?))
    }

    fn negate(&self, context: &N::Context) -> Self {
        Dual { real: self.real.negate(context), infinitesimal: self.infinitesimal.as_ref().map(|e| e.negate(context)) }
    }

    fn add(&self, other: &Self, context: &N::Context) -> Result<Self, Undefined> {
        let infinitesimal = sum(self.infinitesimal.clone(), other.infinitesimal.clone(), context)?;
        Ok(Dual::new(self.real.add(&other.real, context)?, infinitesimal, context))
    }

    fn multiply(&self, other: &Self, context: &N::Context) -> Result<Self, Undefined> {
        let left = self.infinitesimal.as_ref().map(|e| e.multiply(&other.real, context)).transpose()?;
        let right = other.infinitesimal.as_ref().map(|e| self.real.multiply(e, context)).transpose()?;
        Ok(Dual::new(self.real.multiply(&other.real, context)?, sum(left, right, context)?, context))
    }

    /// (a / b)' = (a' − (a / b) b') / b
    fn divide(&self, other: &Self, context: &N::Context) -> Result<Self, Undefined> {
        let real = self.real.divide(&other.real, context)?;
        let pull = other.infinitesimal.as_ref().map(|e| Ok(real.multiply(e, context)?.negate(context))).transpose()?;
        let top = sum(self.infinitesimal.clone(), pull, context)?;
        let infinitesimal = top.map(|top| top.divide(&other.real, context)).transpose()?;
        Ok(Dual::new(real, infinitesimal, context))
    }

    fn integer(&self, context: &N::Context) -> Option<i64> {
        if self.infinitesimal.is_some() { None } else { self.real.integer(context) }
    }

    /// (a^b)' = a^b (b' ln a + b a' / a)
    fn real_power(&self, exponent: &Self, context: &N::Context) -> Result<Self, Undefined> {
        let real = self.real.real_power(&exponent.real, context)?;
        let grow = |e: &N| N::call(Function::Ln, std::slice::from_ref(&self.real), context)?.multiply(e, context);
        let shift = |e: &N| exponent.real.multiply(e, context)?.divide(&self.real, context);
        let by_exponent = exponent.infinitesimal.as_ref().map(grow).transpose()?;
        let by_base = self.infinitesimal.as_ref().map(shift).transpose()?;
        let rate = sum(by_exponent, by_base, context)?;
        let infinitesimal = rate.map(|rate| real.multiply(&rate, context)).transpose()?;
        Ok(Dual::new(real, infinitesimal, context))
    }

    /// (a^n)' = n a^(n−1) a'
    fn power(&self, exponent: i64, context: &N::Context) -> Result<Self, Undefined> {
        let slope = |_: &N| {
            if exponent == 0 {
                return N::rational(&RBig::ZERO, context);
            }
            let lower = self.real.power(exponent.checked_sub(1).ok_or(Undefined::TooLarge)?, context)?;
            N::rational(&RBig::from(exponent), context)?.multiply(&lower, context)
        };
        self.chain(self.real.power(exponent, context)?, slope, context)
    }

    /// The chain rule for `exp`, `ln`, `sqrt`, `power_integral` in its limits and `erlang_cdf` in x > 0.
    fn call(function: Function, arguments: &[Self], context: &N::Context) -> Result<Self, Undefined> {
        let reals: Vec<N> = arguments.iter().map(|a| a.real.clone()).collect();
        let real = N::call(function, &reals, context)?;
        let moving: Vec<bool> = arguments.iter().map(|a| a.infinitesimal.is_some()).collect();
        match (function, arguments, moving.as_slice()) {
            (_, _, moving) if !moving.contains(&true) => Ok(Dual::constant(real)),
            (Function::Exp, [x], _) => x.chain(real, |value| Ok(value.clone()), context),
            (Function::Ln, [x], _) => x.chain(real, |_| N::rational(&RBig::ONE, context)?.divide(&x.real, context), context),
            (Function::Sqrt, [x], _) => {
                let slope = |root: &N| N::rational(&RBig::ONE, context)?.divide(&root.add(root, context)?, context);
                x.chain(real, slope, context)
            }
            (Function::PowerIntegral, [a, b, e], [.., false]) => {
                let integrand = |w: &N| {
                    let exponent = e.real.subtract(&N::rational(&RBig::ONE, context)?, context)?;
                    match exponent.integer(context) {
                        Some(n) => w.power(n, context),
                        None => w.real_power(&exponent, context),
                    }
                };
                let end = |w: &Dual<N>| w.infinitesimal.as_ref().map(|e| integrand(&w.real)?.multiply(e, context)).transpose();
                let infinitesimal = sum(end(b)?, end(a)?.map(|low| low.negate(context)), context)?;
                Ok(Dual::new(real, infinitesimal, context))
            }
            (Function::ErlangCdf, [n, x], [false, true]) => x.chain(real, |_| erlang_density(&n.real, &x.real, context), context),
            _ => Err(Undefined::Unavailable(format!("the derivative of {} in that argument", function.name()))),
        }
    }

    fn series(
        summation: &Summation<'_, Self>,
        term: &mut dyn FnMut(i64) -> Result<Self, Undefined>,
        context: &N::Context,
    ) -> Result<Self, Undefined> {
        let unavailable = || Undefined::Unavailable("the derivative of a series".into());
        let free = summation.free.iter().map(|(name, value)| real_part(value).map(|value| (name.clone(), value)));
        let free = free.collect::<Option<Vec<_>>>().ok_or_else(unavailable)?;
        let real = Summation { tree: summation.tree, free, from: summation.from, ratio: summation.ratio.real.clone() };
        Ok(Dual::constant(N::series(&real, &mut |k| Ok(term(k)?.real), context)?))
    }
}

/// e^(−x) x^(n−1) / (n−1)!, the density of the Gamma(n, 1) law at x > 0.
fn erlang_density<N: Number>(n: &N, x: &N, context: &N::Context) -> Result<N, Undefined> {
    let n = n.integer(context).filter(|n| (1..=1 << 16).contains(n));
    let n = n.ok_or_else(|| Undefined::Unavailable("the Erlang density with that shape".into()))?;
    let factorial = (1..n).fold(RBig::ONE, |product, i| product * RBig::from(i));
    let decay = N::call(Function::Exp, &[x.negate(context)], context)?;
    decay.multiply(&x.power(n - 1, context)?, context)?.divide(&N::rational(&factorial, context)?, context)
}

#[cfg(test)]
mod tests {
    use quickcheck::quickcheck;

    use super::*;
    use crate::formula::evaluate::evaluate_scalar;
    use crate::formula::tree::Node;

    /// Plain floating-point numbers, rounded as they come.
    #[derive(Clone, Debug, PartialEq)]
    struct Float(f64);

    impl Number for Float {
        type Context = ();

        fn rational(value: &RBig, (): &()) -> Result<Self, Undefined> {
            Ok(Float(value.to_f64().value()))
        }

        fn negate(&self, (): &()) -> Self {
            Float(-self.0)
        }

        fn add(&self, other: &Self, (): &()) -> Result<Self, Undefined> {
            Ok(Float(self.0 + other.0))
        }

        fn multiply(&self, other: &Self, (): &()) -> Result<Self, Undefined> {
            Ok(Float(self.0 * other.0))
        }

        fn divide(&self, other: &Self, (): &()) -> Result<Self, Undefined> {
            if other.0 == 0.0 { Err(Undefined::DivisionByZero) } else { Ok(Float(self.0 / other.0)) }
        }

        fn integer(&self, (): &()) -> Option<i64> {
            (self.0.fract() == 0.0 && self.0.abs() < 1e9).then_some(self.0 as i64)
        }

        fn real_power(&self, exponent: &Self, (): &()) -> Result<Self, Undefined> {
            Ok(Float(self.0.powf(exponent.0)))
        }

        fn call(function: Function, arguments: &[Self], (): &()) -> Result<Self, Undefined> {
            let x = arguments.iter().map(|a| a.0).collect::<Vec<f64>>();
            Ok(Float(match function {
                Function::Exp => x[0].exp(),
                Function::Ln => x[0].ln(),
                Function::Sqrt => x[0].sqrt(),
                Function::PowerIntegral if x[2] == 0.0 => (x[1] / x[0]).ln(),
                Function::PowerIntegral => (x[1].powf(x[2]) - x[0].powf(x[2])) / x[2],
                Function::ErlangCdf => {
                    let (mut term, mut sum) = ((-x[1]).exp(), 0.0);
                    for k in 0..x[0] as u32 {
                        sum += term;
                        term *= x[1] / f64::from(k + 1);
                    }
                    1.0 - sum
                }
                _ => return Err(Undefined::Unavailable(function.name().into())),
            }))
        }

        fn series(
            summation: &Summation<'_, Self>,
            term: &mut dyn FnMut(i64) -> Result<Self, Undefined>,
            context: &(),
        ) -> Result<Self, Undefined> {
            (summation.from..summation.from + 60).try_fold(Float(0.0), |sum, k| sum.add(&term(k)?, context))
        }
    }

    fn x() -> Node {
        Node::name("x")
    }

    fn int(value: i64) -> Node {
        Node::integer(value)
    }

    fn call<const N: usize>(function: Function, arguments: [Node; N]) -> Node {
        Node::Call(function, arguments.into())
    }

    fn names(x: f64) -> Environment<Float> {
        [("x", x), ("y", 0.7), ("n", 3.0)].into_iter().map(|(n, v)| (n.to_owned(), Value::Scalar(Float(v)))).collect()
    }

    fn value(node: &Node, x: f64) -> f64 {
        evaluate_scalar(node, &names(x), &()).expect("defined").0
    }

    fn derivative(node: &Node, x: f64) -> Result<f64, Undefined> {
        let duals = Dual::environment(&names(x), "x", &())?;
        Ok(evaluate_scalar(node, &duals, &())?.derivative(&())?.0)
    }

    #[track_caller]
    fn assert_is_slope(node: &Node, at: f64) {
        let h = 1e-5;
        let difference = (value(node, at + h) - value(node, at - h)) / (2.0 * h);
        let found = derivative(node, at).expect("differentiable");
        assert!((found - difference).abs() <= 1e-7 * (1.0 + difference.abs()), "{found} against {difference} for {node:?}");
    }

    #[test]
    fn every_rule_agrees_with_central_differences() {
        let y = || Node::name("y");
        let matrix = || Node::List(vec![Node::List(vec![x(), int(1)]), Node::List(vec![y(), x() * x()])]);
        let formulas = [
            x() * x() - y() / x(),
            -(x() + int(1)) / (x() - int(5)),
            x().power(int(7)),
            x().power(int(-3)),
            (x() + y()).power(y()),
            y().power(x()),
            x().power(x()),
            x().power(Node::name("n") / int(2)),
            call(Function::Exp, [y() * x()]),
            call(Function::Ln, [x() + x()]),
            call(Function::Sqrt, [x() * x() + int(1)]),
            call(Function::PowerIntegral, [x(), int(9), int(4)]),
            call(Function::PowerIntegral, [y() / int(2), x(), int(0)]),
            call(Function::PowerIntegral, [x(), x() * int(3), int(-2)]),
            call(Function::ErlangCdf, [int(1), x()]),
            call(Function::ErlangCdf, [Node::name("n"), x() * x()]),
            Node::Index(Box::new(Node::Index(Box::new(matrix().power(int(5))), Box::new(int(0)))), Box::new(int(1))),
            (Node::name("u") * Node::name("u")).given("u", x() + int(1)),
        ];
        for formula in &formulas {
            assert_is_slope(formula, 1.3);
            assert_is_slope(formula, 2.1);
        }
    }

    #[test]
    fn powers_have_a_derivative_at_zero() {
        assert_eq!(derivative(&x().power(int(1)), 0.0), Ok(1.0));
        assert_eq!(derivative(&x().power(int(2)), 0.0), Ok(0.0));
        assert_eq!(derivative(&x().power(int(0)), 0.0), Ok(0.0));
    }

    #[test]
    fn what_does_not_depend_on_the_name_keeps_its_value_and_serves_as_exponent() {
        let series =
            |term: Node| Node::Series { index: "k".into(), from: Box::new(int(0)), term: Box::new(term), ratio: Box::new(Node::name("y")) };
        let constant = series(Node::name("y").power(Node::name("k")));
        assert_is_slope(&(constant * x()), 1.5);
        assert!(matches!(derivative(&series(x().power(Node::name("k")) / int(9)), 0.5), Err(Undefined::Unavailable(_))));
        assert_is_slope(&x().power(Node::name("n")), 1.5);
        assert_eq!(derivative(&Node::name("y"), 1.5), Ok(0.0));
    }

    #[test]
    fn a_call_without_a_rule_has_no_derivative() {
        assert!(matches!(derivative(&call(Function::PowerIntegral, [int(1), int(2), x()]), 1.5), Err(Undefined::Unavailable(_))));
        assert!(matches!(derivative(&call(Function::ErlangCdf, [x(), int(2)]), 2.0), Err(Undefined::Unavailable(_))));
    }

    quickcheck! {
        fn polynomials_have_the_derivative_of_the_rule(coefficients: Vec<i8>, at: i8) -> bool {
            let at = f64::from(at) / 32.0;
            let terms = coefficients.iter().take(6).zip(0_i32..);
            let formula = terms.clone().fold(int(0), |sum, (c, k)| sum + int((*c).into()) * x().power(int(k.into())));
            let slope: f64 = terms.filter(|(_, k)| *k > 0).map(|(c, k)| f64::from(*c) * f64::from(k) * at.powi(k - 1)).sum();
            derivative(&formula, at).is_ok_and(|found| (found - slope).abs() <= 1e-9 * (1.0 + slope.abs()) * 1e3)
        }
    }
}
