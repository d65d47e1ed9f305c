use quickcheck::{Arbitrary, Gen, TestResult, quickcheck};

use super::*;
use crate::formula::function::Function;
use crate::formula::number::Number;

impl Arbitrary for Scaled {
    fn arbitrary(g: &mut Gen) -> Self {
        // Mantissas with few and with many bits, exponents that meet and that are far apart.
        let mantissa = if bool::arbitrary(g) { f64::from(i8::arbitrary(g)) } else { i64::arbitrary(g) as f64 };
        let spread = *g.choose(&[1, 40, 3000, 1_000_000]).unwrap();
        Scaled::new(mantissa, i64::from(i16::arbitrary(g)) * spread / 32768)
    }
}

/// Whether `found` is `exact` rounded to 53 bits: no further off than half a unit in the last place.
fn is_rounded(found: Scaled, exact: &RBig) -> bool {
    let distance = found.to_rational().unwrap() - exact;
    if found.is_zero() {
        return *exact == RBig::ZERO;
    }
    let half = Scaled::new(1.0, found.exponent() - 53).to_rational().unwrap();
    distance <= half && distance >= -half
}

fn rational(x: Scaled) -> RBig {
    x.to_rational().unwrap()
}

fn normal(x: Scaled) -> bool {
    x.is_zero() && x.exponent() == 0 || (1.0..2.0).contains(&x.mantissa().abs())
}

quickcheck! {
    fn sums_are_correctly_rounded(x: Scaled, y: Scaled) -> bool {
        normal(x + y) && is_rounded(x + y, &(rational(x) + rational(y))) && is_rounded(x - y, &(rational(x) - rational(y)))
    }

    fn products_are_correctly_rounded(x: Scaled, y: Scaled) -> bool {
        normal(x * y) && is_rounded(x * y, &(rational(x) * rational(y)))
    }

    fn quotients_are_correctly_rounded(x: Scaled, y: Scaled) -> TestResult {
        if y.is_zero() {
            return TestResult::discard();
        }
        TestResult::from_bool(normal(x / y) && is_rounded(x / y, &(rational(x) / rational(y))))
    }

    fn roots_are_correctly_rounded(x: Scaled) -> bool {
        let root = x.abs().sqrt();
        let unit = Scaled::new(1.0, root.exponent() - 52);
        let (low, high) = (rational(root) - rational(unit), rational(root) + rational(unit));
        root.is_zero() && x.is_zero() || &low * &low < rational(x.abs()) && rational(x.abs()) < &high * &high
    }

    fn order_is_that_of_the_numbers(x: Scaled, y: Scaled) -> bool {
        x.partial_cmp(&y) == Some(rational(x).cmp(&rational(y)))
    }

    fn a_double_survives_the_round_trip(value: f64) -> bool {
        let back = Scaled::from(value).to_f64();
        back == value && back.is_sign_negative() == value.is_sign_negative() || value.is_nan() && back.is_nan()
    }

    fn a_rational_is_rounded_to_the_nearest(p: i64, q: u64, order: i16) -> bool {
        let exact = RBig::from_parts(p.into(), (u128::from(q) + 1).into());
        let exact = exact * Scaled::new(1.0, i64::from(order)).to_rational().unwrap();
        is_rounded(Scaled::from_rational(&exact), &exact)
    }

    fn powers_are_within_a_unit(x: Scaled, exponent: i8) -> TestResult {
        if x.is_zero() || x.exponent().abs() > 5000 {
            return TestResult::discard();
        }
        let exact = rational(x).power(i64::from(exponent), &()).unwrap();
        let found = x.power(i64::from(exponent), &()).unwrap();
        let unit = Scaled::new(1.0, found.exponent() - 51).to_rational().unwrap();
        let distance = rational(found) - exact;
        TestResult::from_bool(distance <= unit && distance >= -unit)
    }

    fn the_exponential_undoes_the_logarithm(x: Scaled) -> TestResult {
        if x.is_zero() {
            return TestResult::discard();
        }
        let log = x.ln();
        let back = Scaled::exp(log) / x.abs();
        // The logarithm is off by a unit of its own last place, which the exponential turns into a relative error.
        let allowed = 2.0 * f64::EPSILON * (1.0 + log.abs());
        TestResult::from_bool((back.to_f64() - 1.0).abs() <= allowed)
    }

    fn the_logarithm_is_within_two_units(x: Scaled) -> TestResult {
        let exact = crate::formula::Numeral::from_scaled(x.abs());
        let Some(exact) = exact.log else { return TestResult::discard() };
        TestResult::from_bool((x.ln() - exact).abs() <= 2.0 * f64::EPSILON * exact.abs())
    }
}

#[test]
fn subnormal_doubles_are_normalised() {
    let smallest = Scaled::from(f64::from_bits(1));
    assert_eq!((smallest.mantissa(), smallest.exponent()), (1.0, -1074));
    let other = Scaled::from(-f64::from_bits(3));
    assert_eq!((other.mantissa(), other.exponent()), (-1.5, -1073));
}

#[test]
fn a_summand_two_thousand_orders_below_changes_nothing() {
    let (one, tiny) = (Scaled::ONE, Scaled::new(1.0, -2000));
    assert_eq!(one + tiny, one);
    assert_eq!(one - tiny, one);
    assert_eq!((one + tiny) - one, Scaled::ZERO);
    assert_eq!(tiny + -tiny + tiny, tiny);
}

#[test]
fn sums_are_correctly_rounded_at_every_distance() {
    for distance in 0..200 {
        let small = Scaled::new(1.75, -distance);
        for large in [Scaled::ONE, Scaled::from(1.0 + f64::EPSILON), Scaled::from(-1.999)] {
            assert!(is_rounded(large + small, &(rational(large) + rational(small))), "2^-{distance}");
            assert!(is_rounded(small - large, &(rational(small) - rational(large))), "2^-{distance}");
        }
    }
}

#[test]
fn doubles_saturate_outside_their_range() {
    assert_eq!(Scaled::new(1.5, 5000).to_f64(), f64::INFINITY);
    assert_eq!(Scaled::new(-1.5, 1024).to_f64(), f64::NEG_INFINITY);
    assert_eq!(Scaled::new(1.5, -5000).to_f64(), 0.0);
    // Just above half of the smallest subnormal rounds to it once; rounding twice would give 0.
    assert_eq!(Scaled::new(1.0 + f64::EPSILON, -1075).to_f64(), f64::from_bits(1));
}

#[test]
fn what_is_not_finite_is_carried_along() {
    let (nan, infinite) = (Scaled::from(f64::NAN), Scaled::from(f64::INFINITY));
    assert!((nan + Scaled::ONE).mantissa().is_nan() && (nan * Scaled::ZERO).mantissa().is_nan());
    assert!(nan.partial_cmp(&Scaled::ONE).is_none());
    assert_eq!((infinite + Scaled::new(1.0, 1 << 40)).mantissa(), f64::INFINITY);
    assert!((infinite - infinite).mantissa().is_nan());
    assert!(infinite > Scaled::new(1.0, 1 << 60));
    assert!(infinite.to_rational().is_err());
    assert_eq!(infinite.ln(), f64::INFINITY);
    assert_eq!(Scaled::ZERO.ln(), f64::NEG_INFINITY);
}

#[test]
fn exponents_beyond_the_range_become_infinite_or_zero() {
    let huge = Scaled::new(1.0, i64::MAX);
    assert_eq!((huge * huge).mantissa(), f64::INFINITY);
    assert!((Scaled::ONE / huge / huge).is_zero());
    assert_eq!((huge * Scaled::from(-4.0)).mantissa(), f64::NEG_INFINITY);
}

#[test]
fn exponentials_of_large_logarithms_keep_their_digits() {
    // exp(10^6) = 3.033215396802087545…e434294 (mpmath): as a quotient with a power of ten.
    let ten = Scaled::from(10.0).power(434_294, &()).unwrap();
    let found = (Scaled::exp(1e6) / ten).to_f64();
    assert!((found / 3.033_215_396_802_087_5 - 1.0).abs() < 1e-15, "{found}");
}

#[test]
fn calls_are_rounded_from_balls() {
    let call = |function, arguments: &[f64]| {
        let arguments: Vec<Scaled> = arguments.iter().map(|x| Scaled::from(*x)).collect();
        Scaled::call(function, &arguments, &()).unwrap().to_f64()
    };
    assert_eq!(call(Function::Pi, &[]), std::f64::consts::PI);
    assert_eq!(call(Function::Exp, &[1.0]), std::f64::consts::E);
    assert_eq!(call(Function::Ln, &[10.0]), std::f64::consts::LN_10);
    assert_eq!(call(Function::Sqrt, &[2.0]), std::f64::consts::SQRT_2);
    assert_eq!(call(Function::GammaMedian, &[1.0]), std::f64::consts::LN_2);
    assert_eq!(call(Function::Binomial, &[50.0, 25.0]), 126_410_606_437_752.0);
    // b^100 − a^100 cancels 80 of 64 bits at first.
    let (a, b) = (1.0, 1.0 + f64::EPSILON);
    let integral = call(Function::PowerIntegral, &[a, b, 100.0]);
    assert!((integral / f64::EPSILON - 1.0).abs() < 1e-13, "{integral}");
}
