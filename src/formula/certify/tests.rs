//! Values from mpmath 1.3 at 120 digits or more.

use super::*;
use crate::formula::evaluate::Value;
use crate::formula::function::Function;

fn integer(value: i64) -> Node {
    Node::integer(value)
}

fn decimal(p: u64, q: u64) -> Node {
    Node::Number(RBig::from_parts(p.into(), q.into()))
}

fn call(function: Function, arguments: Vec<Node>) -> Node {
    Node::Call(function, arguments)
}

/// `tau^depth * exp(-gamma_median(depth))`
fn median() -> Node {
    let depth = || Node::name("depth");
    Node::name("tau").power(depth()) * call(Function::Exp, vec![-call(Function::GammaMedian, vec![depth()])])
}

fn median_of_the_chain() -> Node {
    median().given("tau", decimal(11, 5)).given("depth", integer(5000))
}

fn values(pairs: &[(&str, Node)]) -> BTreeMap<String, Node> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

fn certified(node: &Node, accuracy: u32) -> Ball {
    certify(node, &BTreeMap::new(), accuracy).unwrap_or_else(|error| panic!("{node:?}: {error}"))
}

#[test]
fn the_median_at_depth_five_thousand_is_certified() {
    let names = values(&[("tau", decimal(11, 5)), ("depth", integer(5000))]);
    for accuracy in [50, 120, 300] {
        let ball = certify(&median(), &names, accuracy).unwrap();
        assert!(ball.accuracy().unwrap() >= i64::from(accuracy));
        assert_eq!(&ball.decimal()[..14], &"6.106012741566904352259545460807314330689e-460"[..14]);
    }
    // 40 digits: the ends of what rounds to them.
    let digits: u128 = "6.106012741566904352259545460807314330689e-460"[..36].replace('.', "").parse().unwrap();
    let ball = certify(&median(), &names, 400).unwrap();
    let unit = RBig::from(10).pow(460 + 34);
    let scaled = (ball.lower() * &unit, ball.upper() * &unit);
    assert!(RBig::from(digits) <= scaled.1 && scaled.0 <= RBig::from(digits + 1), "{}", ball.decimal());
}

#[test]
fn values_and_logarithms_are_within_two_units() {
    let within = |found: f64, exact: f64| (found - exact).abs() <= 2.0 * f64::EPSILON * exact.abs() / 2.0;
    for (name, node, value, log) in [
        // name, formula, value in the normal range of doubles, logarithm
        ("3^-8400", integer(3).power(integer(-8400)), None, -9228.34322481212),
        ("7^5000/10^9000", integer(7).power(integer(5000)) / integer(10).power(integer(9000)), None, -10993.715091669845),
        ("-sqrt(3)/2^13000", -(call(Function::Sqrt, vec![integer(3)]) / integer(2).power(integer(13000))), None, -9010.364041134955),
        ("1+2^-40", integer(1) + integer(2).power(integer(-40)), Some(1.0000000000009095), 9.094947017725146e-13),
        ("1-3^-50", integer(1) - integer(3).power(integer(-50)), Some(1.0), -1.3929555690985384e-24),
        ("1+3^-400", integer(1) + integer(3).power(integer(-400)), Some(1.0), 1.417418549953858e-191),
        ("2/3", integer(2) / integer(3), Some(0.6666666666666666), -0.4054651081081644),
        ("exp(700)", call(Function::Exp, vec![integer(700)]), Some(1.0142320547350045e+304), 700.0),
        ("exp(720)", call(Function::Exp, vec![integer(720)]), None, 720.0),
        ("exp(-709)", call(Function::Exp, vec![integer(-709)]), None, -709.0),
        ("median of the chain", median_of_the_chain(), None, -1057.3798687962217),
    ] {
        let found = numeral(&node, &BTreeMap::new()).unwrap();
        match (found.value, value) {
            (Some(found), Some(exact)) => assert!(within(found, exact), "{name}: {found} against {exact}"),
            (found, exact) => assert_eq!(found, exact, "{name}"),
        }
        assert!(within(found.log.unwrap(), log), "{name}: {:?} against {log}", found.log);
        assert_eq!(found.sign, Some(if name.starts_with('-') { -1 } else { 1 }));
    }
}

#[test]
fn a_number_that_no_precision_tells_from_one_has_logarithm_zero() {
    let third = integer(1) / integer(3);
    let found = numeral(&(third * integer(3)), &BTreeMap::new()).unwrap();
    assert_eq!((found.value, found.log), (Some(1.0), Some(0.0)));
}

#[test]
fn cancellation_is_cured_by_precision() {
    // 1 − erlang_cdf(5, 400): the cdf is 1 to 160 digits; against the other tail, Σ_{k<5} 400^k/k! e^-400.
    let tail = integer(1) - call(Function::ErlangCdf, vec![integer(5), integer(400)]);
    let polynomial = (0..5).map(|k| integer(400).power(integer(k)) / integer((1..=k).product::<i64>().max(1)));
    let sum = polynomial.reduce(|a, b| a + b).unwrap() * call(Function::Exp, vec![integer(-400)]);
    let (found, direct) = (certified(&tail, 100), certified(&sum, 100));
    assert!(found.overlaps(&direct), "{} against {}", found.decimal(), direct.decimal());
}

#[test]
fn a_value_of_zero_is_certified_only_where_it_is_exact() {
    assert!(certified(&(integer(2) - integer(2)), 100).is_exact());
    let zero = call(Function::Ln, vec![integer(6)]) - call(Function::Ln, vec![integer(2)]) - call(Function::Ln, vec![integer(3)]);
    assert!(matches!(certify(&zero, &BTreeMap::new(), 20), Err(Undefined::Undecided(_))));
}

#[test]
fn the_reason_for_no_value_comes_through() {
    let none = BTreeMap::new();
    assert_eq!(certify(&(integer(1) / (integer(1) - integer(1))), &none, 53).unwrap_err(), Undefined::DivisionByZero);
    assert_eq!(certify(&Node::name("tau"), &none, 53).unwrap_err(), Undefined::UnknownName("tau".into()));
    let fraction = call(Function::GammaMedian, vec![decimal(1, 2)]);
    assert!(matches!(certify(&fraction, &none, 53), Err(Undefined::OutOfDomain(_))));
    assert!(matches!(certify(&Node::List(vec![integer(1)]), &none, 53), Err(Undefined::Shape(_))));
    assert_eq!(certify(&integer(3).power(integer(i64::MAX)), &none, 53).unwrap_err(), Undefined::TooLarge);
}

#[test]
fn a_formula_with_a_series_is_certified() {
    // series(k, 0, x^k / (k + 1), x) = -ln(1 - x)/x
    let (x, k) = (|| Node::name("x"), || Node::name("k"));
    let series = Node::Series {
        index: "k".into(),
        from: Box::new(integer(0)),
        term: Box::new(x().power(k()) / (k() + integer(1))),
        ratio: Box::new(x()),
    };
    let closed = -(call(Function::Ln, vec![integer(1) - x()]) / x());
    let names = values(&[("x", decimal(3, 10))]);
    let (sum, direct) = (certify(&series, &names, 150).unwrap(), certify(&closed, &names, 150).unwrap());
    assert!(sum.overlaps(&direct), "{} against {}", sum.decimal(), direct.decimal());
}

#[test]
fn matrices_of_balls_are_bound_anew_at_each_precision() {
    // ([[1/3, 1], [1, 0]]^30 [1, 0])[0] by recurrence over the rationals.
    let matrix = |precision: Precision| {
        let third = Ball::from_rational(&RBig::from_parts(1.into(), 3_u8.into()), precision);
        let row = |a, b| Value::List(vec![Value::Scalar(a), Value::Scalar(b)]);
        let matrix = Value::List(vec![row(third, Ball::from_integer(1)), row(Ball::from_integer(1), Ball::zero())]);
        Ok(Environment::from([("m".to_owned(), matrix)]))
    };
    let first = Node::List(vec![integer(1), integer(0)]);
    let node = Node::Index(Box::new(Node::name("m").power(integer(30)) * first), Box::new(integer(0)));
    let ball = certify_with(&node, matrix, 90).unwrap();
    let (mut a, mut b) = (RBig::ONE, RBig::ZERO);
    for _ in 0..30 {
        (a, b) = (&a / RBig::from(3) + b, a);
    }
    assert!(ball.contains(&a));
}

#[test]
fn exact_values_are_rational_or_refused() {
    let none = Environment::new();
    let root = call(Function::Sqrt, vec![decimal(9, 4)]);
    assert_eq!(exact(&(root + decimal(1, 10)), &none).unwrap(), RBig::from_parts(8.into(), 5_u8.into()));
    assert!(matches!(exact(&call(Function::Sqrt, vec![integer(2)]), &none), Err(Undefined::Unavailable(_))));
    assert_eq!(exact(&integer(3).power(integer(10_000_000)), &none).unwrap_err(), Undefined::TooLarge);
}
