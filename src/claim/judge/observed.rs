//! How a formula stands to one observed truth.

use std::cmp::Ordering;

use crate::formula::equality::{self, Equality};
use crate::formula::{Ball, Environment, Node, Numeral, Scaled, Undefined, certify, enclose, exact};

use super::super::card::Relation;
use super::super::observation::{Gathered, Grade, Interval, Observation, Resolution, Truth};
use super::super::point::Point;
use super::super::separate::separate;
use super::super::verdict::{Shown, Witness};
use super::{Case, Finding, Statement, is_symbolic, unclear};

/// The relative accuracy, in bits, at which formulas are evaluated for comparison and display.
const ACCURACY: u32 = 96;
/// The relative accuracy beyond which a formula's value is not chased, in bits: an exact truth asks for any.
const FINEST: u32 = 512;
/// An enclosure counts towards agreement only if it is relatively narrower than 2^−10.
const ENCLOSURE_BITS: i64 = 10;

/// How the formula stands to one observed truth.
pub(super) fn observe(statement: Statement<'_>, observation: &Observation, grade: Option<Grade>) -> Case {
    let point = &observation.point;
    match &observation.truth {
        Truth::Exact(truth) if is_symbolic(statement.formula, observation) => symbolic(statement, point, truth),
        Truth::Exact(truth) => rational(statement, point, truth).unwrap_or_else(|| irrational(statement, point, truth)),
        Truth::Enclosed(truth) => enclosed(statement, point, truth),
        Truth::Interval(interval) => sampled(statement, point, interval, grade),
    }
}

/// Equality as functions of the names that the point leaves free.
fn symbolic(statement: Statement<'_>, point: &Point, truth: &Node) -> Case {
    if statement.relation != Relation::Equal {
        return unclear("an inequality cannot be judged at a symbolic point");
    }
    let here = point.bind(statement.formula.clone());
    let finding = match equality::compare(&here, truth) {
        Equality::Equal { .. } => Finding::Agrees,
        unequal => match (separate(&here, truth), unequal) {
            (Some(witness), _) => Finding::Contradicts(Witness { parameters: merge(point, &witness.parameters), ..witness }),
            (None, Equality::Undecided(why)) => Finding::Unclear(format!("at {point}: {why}")),
            (None, Equality::Different { opaque: true }) => {
                Finding::Unclear(format!("at {point}: a call hides whether the two sides are equal"))
            }
            (None, _) => Finding::Contradicts(Witness {
                parameters: point.clone(),
                claimed: statement.formula.to_string(),
                found: truth.to_string(),
            }),
        },
    };
    Case { finding, shown: None, tension: 0.0 }
}

/// The symbolic point with the separating values of its free names put in front.
fn merge(point: &Point, values: &Point) -> Point {
    values.iter().fold(point.clone(), |merged, (name, value)| merged.with(name, value.clone()))
}

/// Exact comparison, if both sides are rational.
fn rational(statement: Statement<'_>, point: &Point, truth: &Node) -> Option<Case> {
    let names = point.environment(&Environment::new(), &()).ok()?;
    let found = exact(truth, &Environment::new()).ok()?;
    let claimed = exact(statement.formula, &names).ok()?;
    let finding = if statement.relation.holds(claimed.cmp(&found)) {
        Finding::Agrees
    } else {
        Finding::Contradicts(Witness { parameters: point.clone(), claimed: claimed.to_string(), found: found.to_string() })
    };
    let numerals = (Numeral::from_rational(&claimed), Numeral::from_rational(&found));
    Some(Case { finding, shown: Some(show(point, numerals.0, numerals.1, None)), tension: 0.0 })
}

/// Comparison of closed values of which one is irrational: separation by enclosures, equality as trees.
fn irrational(statement: Statement<'_>, point: &Point, truth: &Node) -> Case {
    let found = match certify(truth, &Default::default(), ACCURACY) {
        Ok(found) => found,
        Err(error) => return unclear(format!("the observed value has no enclosure: {error}")),
    };
    let case = enclosed(statement, point, &found);
    let separated = matches!(case.finding, Finding::Contradicts(_));
    if !separated && let Equality::Equal { .. } = equality::compare(&point.bind(statement.formula.clone()), truth) {
        let finding = match statement.relation {
            Relation::Equal | Relation::AtMost | Relation::AtLeast => Finding::Agrees,
            Relation::Below | Relation::Above => {
                Finding::Contradicts(Witness { parameters: point.clone(), claimed: found.decimal(), found: found.decimal() })
            }
        };
        return Case { finding, shown: Some(show(point, found.numeral(), found.numeral(), None)), tension: 0.0 };
    }
    match (&case.finding, statement.relation) {
        (Finding::Agrees, Relation::Equal) => Case {
            finding: Finding::Unclear(format!("at {point} the two sides agree to {ACCURACY} bits, but are not shown equal")),
            ..case
        },
        _ => case,
    }
}

fn enclosed(statement: Statement<'_>, point: &Point, truth: &Ball) -> Case {
    let accuracy =
        truth.accuracy().map_or(ACCURACY, |bits| u32::try_from(bits.max(0)).unwrap_or(u32::MAX).saturating_add(8).clamp(ACCURACY, FINEST));
    let claimed = match value(statement, point, accuracy) {
        Ok(claimed) => claimed,
        Err(case) => return *case,
    };
    let disagreement = || Finding::Contradicts(Witness { parameters: point.clone(), claimed: claimed.decimal(), found: truth.decimal() });
    let finding = match (claimed.compare(truth), statement.relation) {
        (Some(ordering), relation) => match relation.holds(ordering) {
            true => Finding::Agrees,
            false => disagreement(),
        },
        (None, Relation::Equal) if narrow(truth) && narrow(&claimed) => Finding::Agrees,
        (None, Relation::Equal) if narrow(truth) => too_wide(point, &claimed),
        (None, _) => Finding::Unclear(format!("at {point} the enclosure {} of the truth is too wide", truth.decimal())),
    };
    Case { finding, shown: Some(show(point, claimed.numeral(), truth.numeral(), Some(truth))), tension: 0.0 }
}

/// Whether an enclosure is narrow enough to count towards agreement.
fn narrow(ball: &Ball) -> bool {
    ball.accuracy().is_some_and(|bits| bits >= ENCLOSURE_BITS)
}

fn too_wide(point: &Point, claimed: &Ball) -> Finding {
    Finding::Unclear(format!("at {point} the formula's value is only known to be {}", claimed.decimal()))
}

/// The formula's enclosure at a point, or the case that says why there is none: a formula that certainly has no value where the
/// truth has one is wrong; one whose value could not be computed is not judged. Where the value cancels too far for any relative
/// accuracy, as at zero, the enclosure is as wide as it comes.
fn value(statement: Statement<'_>, point: &Point, accuracy: u32) -> Result<Ball, Box<Case>> {
    let values = point.values();
    let ball = certify(statement.formula, values, accuracy).or_else(|error| match error {
        Undefined::Undecided(_) => enclose(statement.formula, values, FINEST).map_err(|_| error),
        _ => Err(error),
    });
    ball.map_err(|error| {
        let certain = match error {
            Undefined::UnknownName(_) | Undefined::DivisionByZero | Undefined::OutOfDomain(_) | Undefined::Shape(_) => true,
            Undefined::Unavailable(_) | Undefined::Undecided(_) | Undefined::TooLarge => false,
        };
        let no_value = format!("no value ({error})");
        let witness = Witness { parameters: point.clone(), claimed: no_value, found: "a number".to_owned() };
        Box::new(match certain {
            true => Case { finding: Finding::Contradicts(witness), shown: None, tension: 0.0 },
            false => unclear(format!("at {point} the formula has no value: {error}")),
        })
    })
}

fn sampled(statement: Statement<'_>, point: &Point, interval: &Interval, grade: Option<Grade>) -> Case {
    let Interval { low, high, estimate, resolution, n } = *interval;
    if ![low, high, estimate].iter().all(|end| end.mantissa().is_finite()) || low > high {
        return unclear(format!("at {point} the interval is not a pair of numbers"));
    }
    let claimed = match value(statement, point, ACCURACY) {
        Ok(claimed) => claimed,
        Err(case) => return *case,
    };
    let (lower, upper) = (Ball::from_scaled(low), Ball::from_scaled(high));
    let below = claimed.compare(&lower) == Some(Ordering::Less);
    let above = claimed.compare(&upper) == Some(Ordering::Greater);
    let contradicted = match statement.relation {
        Relation::Equal => below || above,
        Relation::Below | Relation::AtMost => above,
        Relation::Above | Relation::AtLeast => below,
    };
    let wide = width(low, high, estimate, resolution) > 1.0;
    let finding = match (contradicted, grade) {
        (true, Some(Grade::Exact)) => Finding::Contradicts(Witness {
            parameters: point.clone(),
            claimed: claimed.decimal(),
            found: format!("between {low} and {high}"),
        }),
        (true, _) => Finding::Unclear(format!(
            "at {point} the formula gives {}, outside [{low}, {high}]; asymptotic evidence never refutes alone",
            claimed.decimal()
        )),
        (false, _) if wide => Finding::Unclear(format!("at {point} the interval [{low}, {high}] is wider than the planned resolution")),
        (false, _) if !narrow(&claimed) => too_wide(point, &claimed),
        (false, _) => Finding::Agrees,
    };
    let centre = claimed.to_scaled();
    let tension = (((centre - estimate) / (high - low)).to_f64()).abs();
    let shown = Shown {
        parameters: point.clone(),
        predicted: Some(claimed.numeral()),
        estimate: Some(Numeral::from_scaled(estimate)),
        interval: Some((Numeral::from_scaled(low), Numeral::from_scaled(high))),
        n,
        resolution: Some(resolution),
    };
    Case { finding, shown: Some(shown), tension: if tension.is_finite() { tension } else { 0.0 } }
}

/// The width of an interval in units of its planned resolution: above one, it is too wide.
fn width(low: Scaled, high: Scaled, estimate: Scaled, resolution: Resolution) -> f64 {
    match resolution {
        Resolution::Absolute(size) => (high - low).to_f64() / size,
        Resolution::Relative(share) => {
            let ratio = ((high - low) / estimate).to_f64().abs() / share;
            if ratio.is_nan() { f64::INFINITY } else { ratio }
        }
        Resolution::PerLayer { layers, share } => {
            let ratio = (high / low).ln() / (layers as f64 * share.ln_1p());
            if ratio.is_nan() { f64::INFINITY } else { ratio }
        }
    }
}

/// Whether a formula differs from another by more than the planned resolution of some interval: then that interval owes a
/// refutation of the one if the other is true.
#[must_use]
pub fn resolvable(formula: &Node, other: &Node, gathered: &Gathered) -> bool {
    gathered.observations.iter().any(|observation| match &observation.truth {
        Truth::Interval(interval) => {
            let values = observation.point.values();
            let (Ok(a), Ok(b)) = (certify(formula, values, ACCURACY), certify(other, values, ACCURACY)) else { return false };
            let (a, b) = (a.to_scaled(), b.to_scaled());
            match interval.resolution {
                Resolution::Absolute(size) => (a - b).to_f64().abs() > size,
                Resolution::Relative(share) => ((a - b) / b).to_f64().abs() > share,
                Resolution::PerLayer { layers, share } => (a / b).ln().abs() > layers as f64 * share.ln_1p(),
            }
        }
        Truth::Exact(_) | Truth::Enclosed(_) => true,
    })
}

fn show(point: &Point, predicted: Numeral, estimate: Numeral, enclosure: Option<&Ball>) -> Shown {
    let interval = enclosure.map(|ball| {
        let end = |value| Numeral::from_rational(&value);
        (end(ball.lower()), end(ball.upper()))
    });
    Shown { parameters: point.clone(), predicted: Some(predicted), estimate: Some(estimate), interval, n: 0, resolution: None }
}
