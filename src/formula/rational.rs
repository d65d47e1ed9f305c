//! Exact rationals as a number system.

use std::cmp::Ordering;

use dashu::base::{BitTest, EstimatedLog2, Sign, UnsignedAbs};
use dashu::integer::{IBig, UBig};
use dashu::rational::RBig;

use super::calls::{exact_band_radius, exact_binomial, exact_chi_square_moment, exact_gated_chi_square_moment};
use super::function::Function;
use super::number::{Number, Summation, Undefined};

/// The most bits that numerator and denominator together may have.
const LARGEST: usize = 4_000_000;

impl Number for RBig {
    type Context = ();

    fn rational(value: &RBig, (): &()) -> Result<Self, Undefined> {
        Ok(value.clone())
    }

    fn negate(&self, (): &()) -> Self {
        -self
    }

    fn add(&self, other: &Self, (): &()) -> Result<Self, Undefined> {
        allowed(length(self) + length(other))?;
        Ok(self + other)
    }

    fn multiply(&self, other: &Self, (): &()) -> Result<Self, Undefined> {
        allowed(length(self) + length(other))?;
        Ok(self * other)
    }

    fn divide(&self, other: &Self, (): &()) -> Result<Self, Undefined> {
        if *other == RBig::ZERO {
            return Err(Undefined::DivisionByZero);
        }
        allowed(length(self) + length(other))?;
        Ok(self / other)
    }

    fn integer(&self, (): &()) -> Option<i64> {
        self.denominator().is_one().then(|| i64::try_from(self.numerator().clone()).ok()).flatten()
    }

    fn power(&self, exponent: i64, (): &()) -> Result<Self, Undefined> {
        let unit = self.denominator().is_one() && self.numerator().clone().unsigned_abs().is_one();
        if *self == RBig::ZERO || unit {
            // Never long, however large the exponent.
            return match (exponent.cmp(&0), exponent % 2 == 0) {
                (Ordering::Less, _) if *self == RBig::ZERO => Err(Undefined::DivisionByZero),
                (Ordering::Equal, _) => Ok(RBig::ONE),
                (_, true) => Ok(self * self),
                (_, false) => Ok(self.clone()),
            };
        }
        // |p^n| + |q^n| has about n (log2 |p| + log2 q) bits.
        let bits = (self.numerator().log2_bounds().0 + self.denominator().log2_bounds().0) as f64;
        if bits * exponent.unsigned_abs() as f64 > LARGEST as f64 {
            return Err(Undefined::TooLarge);
        }
        let power = self.pow(isize::try_from(exponent.unsigned_abs()).map_err(|_| Undefined::TooLarge)?);
        Ok(if exponent < 0 { RBig::ONE / power } else { power })
    }

    fn real_power(&self, exponent: &Self, (): &()) -> Result<Self, Undefined> {
        if *self < RBig::ZERO {
            return Err(Undefined::OutOfDomain("a negative number has no real power with a fractional exponent".into()));
        }
        if *self == RBig::ZERO {
            return if *exponent > RBig::ZERO { Ok(RBig::ZERO) } else { Err(Undefined::DivisionByZero) };
        }
        let unavailable = || Undefined::Unavailable("a power with a fractional exponent".into());
        let degree = usize::try_from(exponent.denominator().clone()).map_err(|_| unavailable())?;
        let root = root(self, degree).ok_or_else(unavailable)?;
        root.power(i64::try_from(exponent.numerator().clone()).map_err(|_| Undefined::TooLarge)?, &())
    }

    fn call(function: Function, arguments: &[Self], (): &()) -> Result<Self, Undefined> {
        let unavailable = || Err(Undefined::Unavailable(format!("the function {}", function.name())));
        match (function, arguments) {
            (Function::Exp, [x]) if *x == RBig::ZERO => Ok(RBig::ONE),
            (Function::Ln, [x]) if *x <= RBig::ZERO => Err(Undefined::OutOfDomain("only a positive number has a logarithm".into())),
            (Function::Ln, [x]) if *x == RBig::ONE => Ok(RBig::ZERO),
            (Function::Sqrt, [x]) if *x < RBig::ZERO => Err(Undefined::OutOfDomain("a negative number has no square root".into())),
            (Function::Sqrt, [x]) => root(x, 2).map_or_else(unavailable, Ok),
            (Function::Binomial, [n, k]) => binomial(n, k),
            (Function::ErlangCdf, [n, x]) => match n.integer(&()) {
                Some(n) if n >= 1 && *x <= RBig::ZERO => Ok(RBig::ZERO),
                Some(n) if n >= 1 => unavailable(),
                _ => Err(Undefined::OutOfDomain("n of erlang_cdf(n, x) must be an integer of at least 1".into())),
            },
            (Function::PowerIntegral, [a, b, e]) => power_integral(a, b, e),
            (Function::BandRadius, [n, m]) => match (n.integer(&()), m.integer(&())) {
                (Some(n), Some(m)) if n >= 1 && m >= 0 => {
                    exact_band_radius(n.unsigned_abs(), m.unsigned_abs()).map_or_else(unavailable, |whole| Ok(RBig::from(whole)))
                }
                _ => Err(Undefined::OutOfDomain("band_radius(n, m) takes integers n of at least 1 and m of at least 0".into())),
            },
            (Function::ChiSquareMoment, [d, p, q]) => chi_square_moment(d, p, q)?.map_or_else(unavailable, Ok),
            _ => unavailable(),
        }
    }

    fn series(_: &Summation<'_, Self>, _: &mut dyn FnMut(i64) -> Result<Self, Undefined>, (): &()) -> Result<Self, Undefined> {
        Err(Undefined::Unavailable("an infinite sum".into()))
    }
}

/// The bits of numerator and denominator together.
fn length(value: &RBig) -> usize {
    value.numerator().bit_len() + value.denominator().bit_len()
}

fn allowed(bits: usize) -> Result<(), Undefined> {
    if bits > LARGEST { Err(Undefined::TooLarge) } else { Ok(()) }
}

/// The root of that degree of a number that is not negative, if it is rational.
fn root(value: &RBig, degree: usize) -> Option<RBig> {
    let (sign, top) = value.numerator().clone().into_parts();
    debug_assert!(sign == Sign::Positive, "not negative");
    let part = |whole: UBig| {
        if whole.is_zero() || whole.is_one() {
            return Some(whole);
        }
        if degree >= whole.bit_len() {
            return None;
        }
        let root = whole.nth_root(degree);
        (root.pow(degree) == whole).then_some(root)
    };
    Some(RBig::from_parts(IBig::from(part(top)?), part(value.denominator().clone())?))
}

fn binomial(n: &RBig, k: &RBig) -> Result<RBig, Undefined> {
    let integer =
        |x: &RBig, name: &str| x.integer(&()).ok_or_else(|| Undefined::OutOfDomain(format!("{name} of binomial(n, k) must be an integer")));
    let (n, k) = (integer(n, "n")?, integer(k, "k")?);
    let outside = || Undefined::OutOfDomain(format!("n of binomial(n, k) must be at least 0, not {n}"));
    let n = u64::try_from(n).map_err(|_| outside())?;
    let Some(k) = u64::try_from(k).ok().filter(|k| *k <= n).map(|k| k.min(n - k)) else { return Ok(RBig::ZERO) };
    // C(n, k) < 2^n and ≤ n^k.
    allowed(usize::try_from(n.min(k.saturating_mul(64))).map_err(|_| Undefined::TooLarge)?)?;
    Ok(RBig::from(exact_binomial(n, k)))
}

/// The moment of integer order; `None` at other orders, where it is irrational or rational by accident.
fn chi_square_moment(d: &RBig, p: &RBig, q: &RBig) -> Result<Option<RBig>, Undefined> {
    let outside = |says: &str| Undefined::OutOfDomain(format!("chi_square_moment(d, p, q) takes {says}"));
    let freedom = d.integer(&()).and_then(|d| u64::try_from(d).ok()).filter(|d| (1..=1_000_000_000).contains(d));
    let freedom = freedom.ok_or_else(|| outside("an integer d from 1 to 10^9"))?;
    let gated = *p != RBig::ONE;
    if gated && p * RBig::from(2) != RBig::ONE {
        return Err(outside("p = 1 or p = 1/2"));
    }
    if q * RBig::from(2) <= -(if gated { RBig::ONE } else { d.clone() }) {
        return Err(outside(if gated { "q above -1/2 for p = 1/2" } else { "q above -d/2 for p = 1" }));
    }
    let Some(order) = q.integer(&()) else { return Ok(None) };
    let exact = if gated { exact_gated_chi_square_moment } else { exact_chi_square_moment };
    exact(freedom, order).map(Some).ok_or(Undefined::TooLarge)
}

fn power_integral(a: &RBig, b: &RBig, e: &RBig) -> Result<RBig, Undefined> {
    if *a <= RBig::ZERO || a > b {
        return Err(Undefined::OutOfDomain("power_integral(a, b, e) takes 0 < a <= b".into()));
    }
    let outside = || Undefined::OutOfDomain("e of power_integral(a, b, e) must be an integer".into());
    let exponent = e.integer(&()).ok_or_else(outside)?;
    if a == b {
        return Ok(RBig::ZERO);
    }
    if exponent == 0 {
        return Err(Undefined::Unavailable("a logarithm".into()));
    }
    b.power(exponent, &())?.subtract(&a.power(exponent, &())?, &())?.divide(e, &())
}

#[cfg(test)]
mod tests {
    use quickcheck::quickcheck;

    use super::*;

    fn ratio(p: i64, q: u64) -> RBig {
        RBig::from_parts(p.into(), q.into())
    }

    fn call(function: Function, arguments: &[RBig]) -> Result<RBig, Undefined> {
        RBig::call(function, arguments, &())
    }

    #[test]
    fn powers_of_integers_and_their_inverses() {
        assert_eq!(ratio(-2, 3).power(3, &()), Ok(ratio(-8, 27)));
        assert_eq!(ratio(-2, 3).power(-3, &()), Ok(ratio(-27, 8)));
        assert_eq!(RBig::ZERO.power(0, &()), Ok(RBig::ONE));
        assert_eq!(RBig::ZERO.power(-1, &()), Err(Undefined::DivisionByZero));
        assert_eq!(RBig::ZERO.power(7, &()), Ok(RBig::ZERO));
        assert_eq!(ratio(-1, 1).power(i64::MAX, &()), Ok(ratio(-1, 1)));
        assert_eq!(ratio(-1, 1).power(i64::MIN, &()), Ok(RBig::ONE));
    }

    #[test]
    fn results_that_would_be_too_long_are_refused_at_once() {
        assert_eq!(ratio(3, 1).power(1 << 40, &()), Err(Undefined::TooLarge));
        assert_eq!(ratio(1, 3).power(-(1 << 40), &()), Err(Undefined::TooLarge));
        assert_eq!(ratio(2, 1).power(i64::MIN, &()), Err(Undefined::TooLarge));
        assert!(ratio(2, 1).power(1_000_000, &()).is_ok());
        assert_eq!(call(Function::Binomial, &[ratio(1 << 40, 1), ratio(1 << 39, 1)]), Err(Undefined::TooLarge));
        let long = ratio(2, 1).power(3_000_000, &()).unwrap();
        assert_eq!(long.multiply(&long, &()), Err(Undefined::TooLarge));
    }

    #[test]
    fn fractional_powers_exist_where_the_root_is_rational() {
        assert_eq!(ratio(8, 27).real_power(&ratio(2, 3), &()), Ok(ratio(4, 9)));
        assert_eq!(ratio(8, 27).real_power(&ratio(-2, 3), &()), Ok(ratio(9, 4)));
        assert!(matches!(ratio(2, 1).real_power(&ratio(1, 2), &()), Err(Undefined::Unavailable(_))));
        assert!(matches!(ratio(-8, 1).real_power(&ratio(1, 3), &()), Err(Undefined::OutOfDomain(_))));
        assert_eq!(RBig::ZERO.real_power(&ratio(1, 3), &()), Ok(RBig::ZERO));
        assert_eq!(RBig::ZERO.real_power(&ratio(-1, 3), &()), Err(Undefined::DivisionByZero));
        assert!(matches!(ratio(2, 1).real_power(&ratio(1, 1 << 60), &()), Err(Undefined::Unavailable(_))));
    }

    #[test]
    fn calls_are_exact_where_they_are_rational() {
        assert_eq!(call(Function::Exp, &[RBig::ZERO]), Ok(RBig::ONE));
        assert_eq!(call(Function::Ln, &[RBig::ONE]), Ok(RBig::ZERO));
        assert_eq!(call(Function::Sqrt, &[ratio(9, 16)]), Ok(ratio(3, 4)));
        assert_eq!(call(Function::ErlangCdf, &[ratio(3, 1), ratio(-1, 2)]), Ok(RBig::ZERO));
        assert_eq!(call(Function::PowerIntegral, &[ratio(1, 2), ratio(3, 2), ratio(2, 1)]), Ok(RBig::ONE));
        assert_eq!(call(Function::PowerIntegral, &[ratio(1, 2), ratio(3, 2), ratio(-1, 1)]), Ok(ratio(4, 3)));
        assert_eq!(call(Function::PowerIntegral, &[ratio(1, 2), ratio(1, 2), RBig::ZERO]), Ok(RBig::ZERO));
        for (function, arguments) in [
            (Function::Exp, vec![RBig::ONE]),
            (Function::Ln, vec![ratio(2, 1)]),
            (Function::Sqrt, vec![ratio(2, 1)]),
            (Function::Pi, vec![]),
            (Function::GammaMedian, vec![RBig::ONE]),
            (Function::PowerIntegral, vec![ratio(1, 2), ratio(3, 2), RBig::ZERO]),
        ] {
            assert!(matches!(call(function, &arguments), Err(Undefined::Unavailable(_))), "{function:?}");
        }
        assert!(matches!(call(Function::Sqrt, &[ratio(-1, 1)]), Err(Undefined::OutOfDomain(_))));
        assert!(matches!(call(Function::PowerIntegral, &[RBig::ZERO, RBig::ONE, RBig::ONE]), Err(Undefined::OutOfDomain(_))));
    }

    #[test]
    fn binomials_outside_their_triangle_are_zero() {
        let binomial = |n, k| call(Function::Binomial, &[ratio(n, 1), ratio(k, 1)]);
        assert_eq!(binomial(5, 2), Ok(ratio(10, 1)));
        assert_eq!((binomial(5, 6), binomial(5, -1)), (Ok(RBig::ZERO), Ok(RBig::ZERO)));
        assert!(matches!(binomial(-1, 0), Err(Undefined::OutOfDomain(_))));
        assert!(matches!(call(Function::Binomial, &[ratio(5, 2), RBig::ONE]), Err(Undefined::OutOfDomain(_))));
    }

    quickcheck! {
        fn the_rule_of_pascal_holds(n: u8, k: u8) -> bool {
            let binomial = |n: i64, k: i64| call(Function::Binomial, &[ratio(n, 1), ratio(k, 1)]).unwrap();
            let (n, k) = (i64::from(n) + 1, i64::from(k));
            binomial(n, k) == binomial(n - 1, k) + binomial(n - 1, k - 1)
        }

        fn powers_add_their_exponents(p: i8, q: u8, m: i8, n: i8) -> bool {
            let (base, m, n) = (ratio(i64::from(p), u64::from(q) + 1), i64::from(m), i64::from(n));
            if p == 0 {
                return true;
            }
            base.power(m, &()).unwrap() * base.power(n, &()).unwrap() == base.power(m + n, &()).unwrap()
        }
    }
}
