//! Scaled numbers as a number system: arithmetic rounds once an operation; powers and calls are rounded from balls.

use dashu::rational::RBig;

use super::Scaled;
use crate::formula::ball::{Ball, Precision};
use crate::formula::calls;
use crate::formula::function::Function;
use crate::formula::number::{Number, Summation, Undefined};

/// The precision of the balls behind powers and calls: 11 bits more than the mantissa has.
const BALL: Precision = Precision(64);

/// Up to here repeated multiplication is as good as a ball.
const SMALL_POWER: u64 = 4;

impl Number for Scaled {
    type Context = ();

    fn rational(value: &RBig, (): &()) -> Result<Self, Undefined> {
        Ok(Scaled::from_rational(value))
    }

    fn negate(&self, (): &()) -> Self {
        -*self
    }

    fn add(&self, other: &Self, (): &()) -> Result<Self, Undefined> {
        Ok(*self + *other)
    }

    fn multiply(&self, other: &Self, (): &()) -> Result<Self, Undefined> {
        Ok(*self * *other)
    }

    fn divide(&self, other: &Self, (): &()) -> Result<Self, Undefined> {
        if other.is_zero() { Err(Undefined::DivisionByZero) } else { Ok(*self / *other) }
    }

    fn integer(&self, (): &()) -> Option<i64> {
        Ball::try_from_scaled(*self).ok()?.integer(&BALL)
    }

    fn power(&self, exponent: i64, (): &()) -> Result<Self, Undefined> {
        if (0..=SMALL_POWER).contains(&exponent.unsigned_abs()) && exponent >= 0 {
            return self.power_unsigned(exponent.unsigned_abs(), &Scaled::ONE, &());
        }
        Ok(Ball::try_from_scaled(*self)?.raised(exponent, BALL)?.to_scaled())
    }

    fn real_power(&self, exponent: &Self, (): &()) -> Result<Self, Undefined> {
        Ok(Ball::try_from_scaled(*self)?.real_power(&Ball::try_from_scaled(*exponent)?, &BALL)?.to_scaled())
    }

    fn call(function: Function, arguments: &[Self], (): &()) -> Result<Self, Undefined> {
        let arguments = arguments.iter().map(|x| Ball::try_from_scaled(*x)).collect::<Result<Vec<_>, _>>()?;
        // The arguments are exact, so a result that is too wide (by cancellation) narrows at a higher precision.
        let mut precision = BALL;
        loop {
            let value = calls::call(function, &arguments, precision)?;
            if value.accuracy().is_some_and(|bits| bits >= 60) || precision.0 >= 4096 {
                return Ok(value.to_scaled());
            }
            precision = Precision(precision.0 * 2);
        }
    }

    fn series(summation: &Summation<'_, Self>, term: &mut dyn FnMut(i64) -> Result<Self, Undefined>, (): &()) -> Result<Self, Undefined> {
        let mut enclosed = |k| term(k).and_then(Ball::try_from_scaled);
        Ok(calls::series(summation.from, &Ball::try_from_scaled(summation.ratio)?, &mut enclosed, BALL)?.to_scaled())
    }
}
