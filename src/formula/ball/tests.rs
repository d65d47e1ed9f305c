use std::cmp::Ordering;

use dashu::rational::RBig;
use quickcheck::{Arbitrary, Gen, TestResult, quickcheck};

use super::*;
use crate::formula::evaluate::{Environment, evaluate_scalar};
use crate::formula::number::Number;
use crate::formula::tree::Node;

/// A closed tree of rational numbers and arithmetic.
#[derive(Clone, Debug)]
struct Tree(Node);

fn tree(g: &mut Gen, height: usize) -> Node {
    if height == 0 {
        return Node::Number(RBig::from_parts((u16::arbitrary(g) % 50).into(), (u8::arbitrary(g) % 9 + 1).into()));
    }
    let (a, b) = (tree(g, height - 1), tree(g, height - 1));
    match u8::arbitrary(g) % 7 {
        0 => a + b,
        1 => a - b,
        2 => a * b,
        3 | 4 => a / b,
        5 => a.power(Node::integer(i64::from(i8::arbitrary(g)) % 9)),
        _ => -a,
    }
}

impl Arbitrary for Tree {
    fn arbitrary(g: &mut Gen) -> Self {
        let height = usize::arbitrary(g) % 5;
        Tree(tree(g, height))
    }
}

/// Two numbers, the ball between them, and a number in it.
#[derive(Clone, Debug)]
struct Inside {
    ball: Ball,
    number: RBig,
}

impl Arbitrary for Inside {
    fn arbitrary(g: &mut Gen) -> Self {
        let mut point = || RBig::from_parts((i16::arbitrary(g) % 40).into(), (1_u64 << (u8::arbitrary(g) % 5)).into());
        let (a, b) = (point(), point());
        // Often an end itself: there a wrong rounding shows.
        let weight = RBig::from_parts((*g.choose(&[0_u8, 0, 8, 8, 3, 5]).unwrap()).into(), 8_u8.into());
        let number = &a + &weight * (&b - &a);
        let ends = [a, b].map(|end| Ball::from_rational(&end, Precision(40)));
        Inside { ball: ends[0].hull(&ends[1]), number }
    }
}

fn ratio(p: i64, q: u64) -> RBig {
    RBig::from_parts(p.into(), q.into())
}

fn enclosed(p: i64, q: u64, bits: usize) -> Ball {
    Ball::from_rational(&ratio(p, q), Precision(bits))
}

fn between(low: i64, high: i64) -> Ball {
    Ball::from_integer(low).hull(&Ball::from_integer(high))
}

quickcheck! {
    fn a_ball_contains_the_rational(tree: Tree, bits: u8) -> TestResult {
        let precision = Precision(usize::from(bits) + 2);
        let exact = evaluate_scalar::<RBig>(&tree.0, &Environment::new(), &());
        let ball = evaluate_scalar::<Ball>(&tree.0, &Environment::new(), &precision);
        match (exact, ball) {
            (Ok(exact), Ok(ball)) => TestResult::from_bool(ball.contains(&exact)),
            (Ok(_), Err(Undefined::Undecided(_))) => TestResult::discard(),
            (Err(Undefined::DivisionByZero), Err(Undefined::DivisionByZero | Undefined::Undecided(_))) => TestResult::passed(),
            (Err(Undefined::TooLarge), _) => TestResult::discard(),
            (exact, ball) => TestResult::error(format!("{exact:?} against {ball:?}")),
        }
    }

    fn the_ball_is_narrow_where_nothing_cancels(tree: Tree) -> TestResult {
        fn cancels(node: &Node) -> bool {
            matches!(node, Node::Difference(..) | Node::Negation(_)) || node.children().into_iter().any(cancels)
        }
        let node = &tree.0;
        // An exponent is written as a negation where it is negative; such trees are left out too.
        let Ok(ball) = evaluate_scalar::<Ball>(node, &Environment::new(), &Precision(100)) else { return TestResult::discard() };
        if cancels(node) {
            return TestResult::discard();
        }
        // Each of at most 16 leaves is off by a unit, each power multiplies that by at most 8, four deep.
        TestResult::from_bool(ball.accuracy().is_some_and(|bits| bits >= 100 - 20))
    }

    fn sums_and_differences_of_balls_are_inclusive(x: Inside, y: Inside, bits: u8) -> bool {
        let precision = Precision(usize::from(bits) % 20 + 2);
        x.ball.plus(&y.ball, precision).unwrap().contains(&(&x.number + &y.number))
            && x.ball.minus(&y.ball, precision).unwrap().contains(&(&x.number - &y.number))
    }

    fn products_of_balls_are_inclusive(x: Inside, y: Inside, bits: u8) -> bool {
        let precision = Precision(usize::from(bits) % 20 + 2);
        x.ball.times(&y.ball, precision).unwrap().contains(&(&x.number * &y.number))
    }

    fn quotients_of_balls_are_inclusive(x: Inside, y: Inside, bits: u8) -> bool {
        let precision = Precision(usize::from(bits) % 20 + 2);
        match x.ball.over(&y.ball, precision) {
            Ok(quotient) => quotient.contains(&(&x.number / &y.number)),
            Err(Undefined::DivisionByZero) => y.ball.is_exact() && y.number == RBig::ZERO,
            Err(_) => y.ball.contains_zero(),
        }
    }

    fn powers_of_balls_are_inclusive(x: Inside, exponent: i8, bits: u8) -> bool {
        let (exponent, precision) = (i64::from(exponent) % 12, Precision(usize::from(bits) % 20 + 2));
        match x.ball.raised(exponent, precision) {
            Ok(power) => power.contains(&x.number.power(exponent, &()).unwrap()),
            Err(_) => exponent < 0 && x.ball.contains_zero(),
        }
    }

    fn powers_without_guard_bits_are_inclusive(x: Inside, exponent: u8, bits: u8) -> bool {
        let (exponent, precision) = (u64::from(exponent) % 12, Precision(usize::from(bits) % 20 + 2));
        let power = x.ball.raised_unsigned(exponent, precision).unwrap();
        power.contains(&x.number.power(exponent as i64, &()).unwrap())
    }

    fn more_precision_stays_inside(tree: Tree) -> TestResult {
        let at = |bits| evaluate_scalar::<Ball>(&tree.0, &Environment::new(), &Precision(bits));
        let (Ok(coarse), Ok(fine)) = (at(64), at(512)) else { return TestResult::discard() };
        TestResult::from_bool(coarse.encloses(&Ball::point(fine.middle())))
    }

    fn comparison_is_never_wrong(x: Inside, y: Inside) -> bool {
        let order = x.number.cmp(&y.number);
        let decided = x.ball.compare(&y.ball);
        decided.is_none_or(|found| found == order) && (decided.is_some() || x.ball.overlaps(&y.ball))
    }

    fn a_real_power_squared_is_the_odd_power(p: u16, q: u8, exponent: i8) -> TestResult {
        if p == 0 {
            return TestResult::discard();
        }
        let precision = Precision(80);
        let base = enclosed(i64::from(p), u64::from(q) + 1, 100);
        // By exp(b ln a) with a third, so that nothing is a root.
        let third = enclosed(i64::from(exponent), 3, 120);
        let power = base.real_power(&third, &precision).unwrap();
        let exact = ratio(i64::from(p), u64::from(q) + 1).power(i64::from(exponent), &()).unwrap();
        let cube = power.raised(3, precision).unwrap();
        TestResult::from_bool(cube.contains(&exact) && cube.accuracy().unwrap() > 68)
    }
}

#[test]
fn an_even_power_around_zero_starts_at_zero() {
    let square = between(-3, 2).raised(2, Precision(53)).unwrap();
    assert_eq!((square.lower(), square.upper()), (RBig::ZERO, ratio(9, 1)));
    let cube = between(-3, 2).raised(3, Precision(53)).unwrap();
    assert_eq!((cube.lower(), cube.upper()), (ratio(-27, 1), ratio(8, 1)));
    assert!(between(-3, 2).raised(-2, Precision(53)).is_err());
    assert!(Ball::zero().raised(0, Precision(53)).unwrap().contains(&RBig::ONE));
}

#[test]
fn a_division_by_zero_is_told_from_an_undecided_one() {
    let one = Ball::from_integer(1);
    assert_eq!(one.over(&Ball::zero(), Precision(53)).unwrap_err(), Undefined::DivisionByZero);
    assert!(matches!(one.over(&between(0, 1), Precision(53)), Err(Undefined::Undecided(_))));
}

#[test]
fn huge_powers_keep_their_accuracy() {
    // (1 + 2^-20)^(2^20 · 10) against exp(10 · 2^20 · ln(1 + 2^-20)), and a power far beyond doubles.
    let precision = Precision(100);
    let base = Ball::from_scaled(Scaled::from(1.0 + 2_f64.powi(-20)));
    let power = base.raised(10 << 20, precision).unwrap();
    let log = crate::formula::calls::ln(&base, precision.plus(40)).unwrap();
    let other = crate::formula::calls::exp(&log.times(&Ball::from_integer(10 << 20), precision.plus(40)).unwrap(), precision);
    assert!(power.overlaps(&other.unwrap()) && power.accuracy().unwrap() >= 96, "{:?}", power.accuracy());
    let tiny = enclosed(3, 10, 100).raised(1_000_000_000, Precision(64)).unwrap();
    assert!(tiny.accuracy().unwrap() >= 60);
    assert_eq!(&tiny.decimal()[tiny.decimal().len() - 11..], "e-522878746");
    assert_eq!(Ball::from_integer(3).raised(i64::MAX, Precision(64)).unwrap_err(), Undefined::TooLarge);
}

#[test]
fn half_integer_powers_are_exact_where_the_root_is() {
    let power = Ball::from_integer(4).real_power(&enclosed(-3, 2, 53), &Precision(53)).unwrap();
    assert!(power.is_exact() && power.contains(&ratio(1, 8)));
}

#[test]
fn real_powers_know_their_domain() {
    let (third, precision) = (enclosed(1, 3, 64), Precision(64));
    assert!(Ball::zero().real_power(&third, &precision).unwrap().contains(&RBig::ZERO));
    assert_eq!(Ball::zero().real_power(&third.negated(), &precision).unwrap_err(), Undefined::DivisionByZero);
    assert!(matches!(Ball::from_integer(-8).real_power(&third, &precision), Err(Undefined::OutOfDomain(_))));
    let from_zero = between(0, 8).real_power(&third, &precision).unwrap();
    assert!(from_zero.contains(&RBig::ZERO) && from_zero.contains(&ratio(2, 1)) && !from_zero.contains(&ratio(201, 100)));
    // 3 · (1/3) may be the integer 1: more precision never tells, so it must not be called out of the domain.
    let one = third.times(&Ball::from_integer(3), precision).unwrap();
    assert!(matches!(Ball::from_integer(-8).real_power(&one, &precision), Err(Undefined::Undecided(_))));
}

#[test]
fn only_an_exact_integer_is_an_integer() {
    let precision = Precision(64);
    assert_eq!(Ball::from_integer(-7).integer(&precision), Some(-7));
    assert_eq!(Ball::zero().integer(&precision), Some(0));
    assert_eq!(enclosed(7, 2, 64).integer(&precision), None);
    assert_eq!(enclosed(1, 3, 64).times(&Ball::from_integer(3), precision).unwrap().integer(&precision), None);
    assert_eq!(Ball::from_integer(i64::MIN).integer(&precision), None, "its absolute value is no i64");
    assert_eq!(Ball::from_integer(i64::MAX).integer(&precision), Some(i64::MAX));
    assert_eq!(Ball::from_integer(2).raised(70, precision).unwrap().integer(&precision), None);
}

#[test]
fn accuracy_is_the_relative_width() {
    assert_eq!(between(1, 2).accuracy(), Some(0));
    assert_eq!(between(-9, -8).accuracy(), Some(3));
    assert_eq!(between(8, 11).accuracy(), Some(1));
    assert_eq!(between(-1, 1).accuracy(), None);
    assert_eq!(Ball::zero().accuracy(), Some(i64::MAX));
    assert_eq!(enclosed(1, 3, 64).accuracy(), Some(64 - 1));
}

#[test]
fn comparisons_with_the_infinite_are_decided() {
    let ball = between(-1, 1);
    assert_eq!(ball.compare_scaled(Scaled::from(f64::INFINITY)), Some(Ordering::Less));
    assert_eq!(ball.compare_scaled(Scaled::from(f64::NEG_INFINITY)), Some(Ordering::Greater));
    assert_eq!(ball.compare_scaled(Scaled::from(f64::NAN)), None);
    assert_eq!(ball.compare_scaled(Scaled::from(1.5)), Some(Ordering::Less));
    assert_eq!(ball.compare_scaled(Scaled::from(0.5)), None);
}

#[test]
fn exact_numbers_are_written_in_full() {
    let written = |value: f64| Ball::from_scaled(value.into()).decimal();
    assert_eq!(written(1.306396484375), "1.306396484375");
    assert_eq!(written(-0.5), "-0.5");
    assert_eq!(written(0.0), "0");
    assert_eq!(written(1200.0), "1200");
    assert_eq!(written(100.0), "100");
    assert_eq!(written(0.0009765625), "0.0009765625");
    assert_eq!(written(2_f64.powi(-20)), "9.5367431640625e-7");
    assert_eq!(written(1.0), "1");
}

#[test]
fn the_digits_written_are_certified() {
    assert_eq!(enclosed(1, 3, 64).decimal(), "0.3333333333333333333(…)");
    assert_eq!(enclosed(-2, 3, 20).decimal(), "-0.66667(…)");
    assert_eq!(enclosed(1, 3, 53).times(&Ball::from_integer(3), Precision(53)).unwrap().decimal(), "1.000000000000000(…)");
    let tiny = Ball::from_integer(10).raised(-4000, Precision(64)).unwrap();
    assert_eq!(tiny.times(&enclosed(10, 3, 24), Precision(64)).unwrap().decimal(), "3.333333(…)e-4000");
    assert_eq!(Ball::from_integer(10).raised(30, Precision(64)).unwrap().decimal(), "1.0000000000000000000(…)e30");
    assert_eq!(between(-1, 2).decimal(), "[-1, 2]");
    assert_eq!(between(1, 2).decimal(), "[1, 2]");
    assert_eq!(between(130, 131).decimal(), "1.3(…)e2");
}

quickcheck! {
    fn the_decimal_is_within_one_unit_of_its_last_digit(p: i32, q: u16, order: i8, bits: u8) -> TestResult {
        let scale = RBig::from(10).power(i64::from(order), &()).unwrap();
        let exact = ratio(i64::from(p), u64::from(q) + 1) * scale;
        let text = Ball::from_rational(&exact, Precision(usize::from(bits) % 100 + 10)).decimal();
        let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let digits = digits.trim_end_matches("(…)");
        let places = digits.split_once('.').map_or(0, |(_, fraction)| fraction.len() as i64);
        let ten = |n: i64| RBig::from(10).power(n, &()).unwrap();
        let shift = exponent.parse::<i64>().unwrap() - places;
        let significand: i128 = digits.replace('.', "").parse().unwrap();
        let distance = RBig::from(significand) * ten(shift) - exact;
        let unit = ten(shift);
        TestResult::from_bool(distance <= unit && distance >= -unit)
    }
}

#[test]
fn balls_around_powers_of_ten_are_written_out() {
    for power in [-1, 0, 1, 2, 5, 30] {
        for bits in 20..400 {
            for (below, above) in [(1, 1), (3, 1), (7, 2), (1, 3)] {
                let precision = Precision(bits + 120);
                let centre = Ball::from_integer(10).raised(power, precision).unwrap();
                let end = |by: i64| Ball::from_integer(1).plus(&Ball::from_integer(by).shifted(-(bits as i64)), precision).unwrap();
                let ball = centre.times(&end(-below).hull(&end(above)), precision).unwrap();
                let read: f64 = ball.decimal().replace("(…)", "").parse().unwrap();
                assert!((read / 10f64.powi(power as i32) - 1.0).abs() < 1e-3, "10^{power}, {bits} bits: {}", ball.decimal());
            }
        }
    }
}
