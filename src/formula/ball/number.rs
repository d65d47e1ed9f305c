//! Balls as a number system.

use std::cmp::Ordering;

use dashu::rational::RBig;

use super::{Ball, Precision};
use crate::formula::calls;
use crate::formula::function::Function;
use crate::formula::number::{Number, Summation, Undefined};

impl Number for Ball {
    type Context = Precision;

    fn rational(value: &RBig, context: &Precision) -> Result<Self, Undefined> {
        Ok(Ball::from_rational(value, *context))
    }

    fn negate(&self, _: &Precision) -> Self {
        self.negated()
    }

    fn add(&self, other: &Self, context: &Precision) -> Result<Self, Undefined> {
        self.plus(other, *context)
    }

    fn multiply(&self, other: &Self, context: &Precision) -> Result<Self, Undefined> {
        self.times(other, *context)
    }

    fn divide(&self, other: &Self, context: &Precision) -> Result<Self, Undefined> {
        self.over(other, *context)
    }

    fn integer(&self, _: &Precision) -> Option<i64> {
        let (point, _) = self.ends();
        if !self.is_exact() || point.exponent() < 0 || (!point.is_zero() && point.order() > 62) {
            return None;
        }
        i64::try_from(point.significand() << point.exponent() as usize).ok()
    }

    fn power(&self, exponent: i64, context: &Precision) -> Result<Self, Undefined> {
        self.raised(exponent, *context)
    }

    fn real_power(&self, exponent: &Self, context: &Precision) -> Result<Self, Undefined> {
        let twice = exponent.shifted(1);
        if let Some(doubled) = twice.integer(context) {
            if self.sign() == Some(Ordering::Less) {
                return Err(negative_base());
            }
            // A half-integer power: exact where the root is.
            let guarded = context.plus(doubled.unsigned_abs().max(1).ilog2() as usize + 3);
            return calls::sqrt(self, guarded)?.raised(doubled, *context);
        }
        match self.sign() {
            Some(Ordering::Greater) => positive_power(self, exponent, *context),
            Some(Ordering::Equal) => match exponent.sign() {
                Some(Ordering::Greater) => Ok(Ball::zero()),
                Some(Ordering::Less) => Err(Undefined::DivisionByZero),
                _ => Err(Undefined::Undecided("the sign of an exponent".into())),
            },
            _ if exponent.may_be_integer() => Err(Undefined::Undecided("whether an exponent is an integer".into())),
            Some(Ordering::Less) => Err(negative_base()),
            None if self.lower.is_zero() && exponent.sign() == Some(Ordering::Greater) => {
                // 0^b = 0 is the infimum of the increasing powers.
                Ok(Ball::zero().hull(&positive_power(&Ball::point(self.upper.clone()), exponent, *context)?))
            }
            None => Err(Undefined::Undecided("whether the base of a real power is positive".into())),
        }
    }

    fn call(function: Function, arguments: &[Self], context: &Precision) -> Result<Self, Undefined> {
        calls::call(function, arguments, *context)
    }

    fn series(
        summation: &Summation<'_, Self>,
        term: &mut dyn FnMut(i64) -> Result<Self, Undefined>,
        context: &Precision,
    ) -> Result<Self, Undefined> {
        calls::series(summation.from, &summation.ratio, term, *context)
    }
}

impl Ball {
    /// Whether an integer is enclosed.
    fn may_be_integer(&self) -> bool {
        let (lower, upper) = self.ends();
        let next = lower.to_fixed(super::Rounding::Up, 0);
        super::Dyadic::new(next, 0) <= *upper
    }
}

fn negative_base() -> Undefined {
    Undefined::OutOfDomain("a negative number has no real power with a fractional exponent".into())
}

/// exp(b ln a) for a > 0.
fn positive_power(base: &Ball, exponent: &Ball, precision: Precision) -> Result<Ball, Undefined> {
    let rough = calls::ln(base, Precision(32))?.times(exponent, Precision(32))?.abs();
    let (_, largest) = rough.ends();
    // The absolute error of b ln a is the relative error of the power.
    let guarded = precision.plus(usize::try_from(largest.order().max(0)).expect("not negative") + 8);
    if largest.order() > 62 {
        return Err(Undefined::TooLarge);
    }
    calls::exp(&calls::ln(base, guarded)?.times(exponent, guarded)?, precision)
}
