//! Ready-made evidence about balanced chains: how long flows and optimisers take, with the error controlled.
//!
//! **Error control.** Every flow is integrated at two tolerances, [`FINE`] and [`COARSE`]. Their difference is the error of the
//! coarse result up to that of the fine one, which is about a hundredth of it; eight times the difference, and an allowance for
//! rounding, is the half-width of the enclosure around the fine result. One relatively wider than [`WIDEST`] is refused.

use std::ops::RangeInclusive;

use dashu::rational::RBig;
use rayon::prelude::*;

use crate::claim::{Context, Effort, Gathered, Observation, Point, Truth, Unsettled};
use crate::formula::{Ball, Node, Scaled, parse};
use crate::sampled::{ROUNDING, Streams};

use super::chain::ascent;
use super::flow::{Flow, FlowError};
use super::optimizer::{Optimizer, Rule};

/// The relative tolerances of a step.
const FINE: f64 = 1e-13;
const COARSE: f64 = 1e-11;
/// The largest relative half-width of an enclosure of a flow's time: below 10⁻⁸.
const WIDEST: f64 = 1.0 / (1u64 << 27) as f64;
/// Flows are followed until far beyond any escape: the horizon, in units of the time of change at the start.
const HORIZON: f64 = 1e9;
/// The relative half-width that an extrapolation to step 0 must not exceed: below the judge's 2^−10.
const EXTRAPOLATED: f64 = 1e-4;
/// The most updates of an optimiser that is watched for its escape.
const PATIENCE: u64 = 2_000_000;

/// An escape of a balanced chain: its depth, and the weights that it starts from and is to reach, decimals in (0, 1).
pub type Escape = (u32, &'static str, &'static str);

/// A moment along a flow: the depth, the weight at the start, and the time, decimals.
pub type Moment = (u32, &'static str, &'static str);

/// The same escape at every depth.
#[must_use]
pub fn every_depth(depths: RangeInclusive<u32>, start: &'static str, level: &'static str) -> Vec<Escape> {
    depths.map(|depth| (depth, start, level)).collect()
}

fn point(&(depth, start, level): &Escape) -> Point {
    Point::new().at("depth", depth).at("w0", start).at("b", level)
}

/// The depth, the start and the level as numbers.
fn numbers(&(depth, start, level): &Escape) -> Result<(u32, f64, f64), Unsettled> {
    Ok((depth, decimal(start)?, decimal(level)?))
}

pub(super) fn decimal(text: &str) -> Result<f64, Unsettled> {
    text.parse().map_err(|_| Unsettled::Inconclusive(format!("{text} is no decimal")))
}

/// The time that the gradient flow ẇ = w^(L−1) − w^(2L−1) takes from w0 to b.
///
/// # Errors
/// If the solver gives up or its error is out of control.
pub fn escape_times(escapes: &[Escape]) -> Result<Gathered, Unsettled> {
    integrated(escapes, point, |escape, tolerance| ascend(escape, tolerance).map(|(time, _)| time))
}

/// The time by which the flow is later at b than the flow ẇ = w^(L−1) is: the integral of 1 − ẇ/w^(L−1) = w^L along the flow.
///
/// # Errors
/// As [`escape_times`].
pub fn excess_times(escapes: &[Escape]) -> Result<Gathered, Unsettled> {
    integrated(escapes, point, |escape, tolerance| ascend(escape, tolerance).map(|(_, excess)| excess))
}

/// The time at b, and the excess there.
fn ascend(escape: &Escape, tolerance: f64) -> Result<(f64, f64), Unsettled> {
    let (depth, start, level) = numbers(escape)?;
    let unit = start / ascent(depth, start);
    let flow = Flow { rates: |[w, _]: &[f64; 2]| [ascent(depth, *w), w.powi(depth as i32)], scales: [start, start * start], unit };
    let passage = flow.passage([start, 0.0], 0, level, HORIZON * unit, tolerance).map_err(failed)?;
    Ok((passage.time, passage.state[1]))
}

/// The point (depth, w0, t) of a moment along a flow.
#[must_use]
pub fn moment(&(depth, start, time): &Moment) -> Point {
    Point::new().at("depth", depth).at("w0", start).at("t", time)
}

/// The weight w(t) of the flow from w0, with or without the second term of its rate: at (depth, w0, t), t a decimal.
///
/// # Errors
/// As [`escape_times`].
pub fn upper_solutions(cases: &[Moment], second_term: bool) -> Result<Gathered, Unsettled> {
    integrated(cases, moment, |&(depth, start, time), tolerance| {
        let (start, time) = (decimal(start)?, decimal(time)?);
        let rate = |w: f64| if second_term { ascent(depth, w) } else { w.powi(depth as i32 - 1) };
        let flow = Flow { rates: |[w]: &[f64; 1]| [rate(*w)], scales: [start], unit: start / rate(start) };
        flow.at([start], time, tolerance).map(|[w]| w).map_err(failed)
    })
}

/// The time that the flow of RMSprop takes from w0 to b: ẇ = g/√ν, ν̇ = r (g² − ν), ν(0) = s g(0)², for every filter rate r and
/// share s of `filters`. The gradient g is w^(L−1), or with its second term w^(L−1) − w^(2L−1).
///
/// # Errors
/// As [`escape_times`].
pub fn adaptive_times(escapes: &[Escape], filters: &[(f64, f64)], second_term: bool) -> Result<Gathered, Unsettled> {
    let cases: Vec<_> = escapes.iter().flat_map(|escape| filters.iter().map(|filter| (*escape, *filter))).collect();
    integrated(
        &cases,
        |(escape, _)| point(escape),
        |(escape, (rate, share)), tolerance| {
            let (depth, start, level) = numbers(escape)?;
            let gradient = |w: f64| if second_term { ascent(depth, w) } else { w.powi(depth as i32 - 1) };
            let first = gradient(start);
            // ln(ν/g(0)²) for ν: positive whatever the solver tries.
            let rates = |[w, log]: &[f64; 2]| {
                let g = gradient(*w) / first;
                [g * (-log / 2.0).exp(), rate * (g * g * (-log).exp() - 1.0)]
            };
            let flow = Flow { rates, scales: [start, 1.0], unit: start * share.sqrt() };
            let passage = flow.passage([start, share.ln()], 0, level, 1e3 / share, tolerance).map_err(failed)?;
            Ok(passage.time)
        },
    )
}

/// The time η · n that gradient descent takes from w0 to b, n its updates with the last one counted in part, in the limit of
/// step 0: extrapolated from four steps, each half of the one before. Escapes that would take too many updates are left out.
///
/// The polygon's time is T + cη + O(η²), so T(η/8) twice less T(η/4) is free of the first error; what it moves against the
/// extrapolation from the pair before bounds what is left, and twice that is the half-width of the enclosure.
///
/// # Errors
/// If no escape fits, or an extrapolation has not settled.
pub fn descent_times(context: &Context, escapes: &[Escape]) -> Result<Gathered, Unsettled> {
    let most = if context.effort == Effort::Quick { 1e6 } else { 1e7 };
    let mut gathered = Gathered::default();
    for escape in escapes {
        let (depth, start, level) = numbers(escape)?;
        let slope = f64::from(depth) * (1.0 + level.powi(depth as i32));
        let step = 1.0 / (64.0 * slope);
        // Of step η, η/2, η/4 and η/8 together.
        let planned = ascend(escape, COARSE)?.0 / step * 15.0;
        if planned > most {
            gathered.notes.push(format!("{}: {planned:.1e} updates are not run", point(escape)));
            continue;
        }
        let times: Vec<f64> = (0..4).map(|halving| polygon(depth, start, level, step / f64::from(1 << halving))).collect();
        let [_, a, b, c] = times[..] else { continue };
        let (before, last) = (2.0 * b - a, 2.0 * c - b);
        let ratios: Vec<String> = times.iter().map(|time| format!("{:.6}", time / last)).collect();
        gathered.notes.push(format!("{}: times at four steps over their limit: {}", point(escape), ratios.join(", ")));
        let truth = enclosure(last, 2.0 * (last - before).abs(), EXTRAPOLATED)?;
        gathered.observations.push(Observation { point: point(escape), truth });
    }
    if gathered.observations.is_empty() {
        return Err(Unsettled::Inconclusive(format!("every escape takes more than {most:.0e} updates")));
    }
    Ok(gathered)
}

/// The time at which the polygon of gradient descent passes the level.
fn polygon(depth: u32, start: f64, level: f64, step: f64) -> f64 {
    let (mut w, mut updates) = (start, 0u64);
    loop {
        let next = w + step * ascent(depth, w);
        if next >= level {
            return step * (updates as f64 + (level - w) / (next - w));
        }
        w = next;
        updates += 1;
    }
}

/// Escapes; the rules of RMSprop with ν = 0 at first that each is made with, step η (a decimal) and decay β; and ε, a decimal.
pub type Sweep<'a> = (&'a [Escape], &'a [(&'static str, f64)], &'static str);

/// The length η (n − 1), n the updates from w0 to b.
///
/// # Errors
/// If a text is no decimal, or two million updates do not suffice.
pub fn iterations(sweeps: &[Sweep<'_>]) -> Result<Gathered, Unsettled> {
    sweeps.iter().map(|sweep| lengths(*sweep, 1)).collect()
}

/// The same with the last update, which passes b: the length η n.
///
/// # Errors
/// As [`iterations`].
pub fn whole_iterations(sweeps: &[Sweep<'_>]) -> Result<Gathered, Unsettled> {
    sweeps.iter().map(|sweep| lengths(*sweep, 0)).collect()
}

/// Step times updates, the last few `uncounted`.
fn lengths((escapes, rules, damping): Sweep<'_>, uncounted: u64) -> Result<Gathered, Unsettled> {
    let cases: Vec<_> = escapes.iter().flat_map(|escape| rules.iter().map(|rule| (*escape, *rule))).collect();
    let observe = |(escape, rule @ (step, decay)): &(Escape, (&'static str, f64))| {
        let updates = adaptive_updates(escape, *rule, decimal(damping)?)?;
        let counted = RBig::from(updates.saturating_sub(uncounted));
        let step = parse(step).map_err(|error| Unsettled::Inconclusive(error.to_string()))?;
        let point = point(escape).at("damping", damping);
        let note = format!("{point}, step {step}, decay {decay}: {updates} updates");
        Ok((Observation { point, truth: Truth::Exact(step * Node::rational(&counted)) }, note))
    };
    let (observations, notes) = cases.par_iter().map(observe).collect::<Result<Vec<_>, Unsettled>>()?.into_iter().unzip();
    Ok(Gathered { observations, notes, ..Gathered::default() })
}

/// By how many updates the same rules with ε = 0 take longer at the depth `deep` than at the escape's own; at every (w0, b).
///
/// # Errors
/// If a text is no decimal.
pub fn iteration_changes(escapes: &[Escape], deep: u32, rules: &[(&'static str, f64)]) -> Result<Gathered, Unsettled> {
    let cases: Vec<_> = escapes.iter().flat_map(|escape| rules.iter().map(|rule| (*escape, *rule))).collect();
    let observe = |(escape, rule): &(Escape, (&'static str, f64))| {
        let [own, other] = [escape.0, deep].map(|depth| adaptive_updates(&(depth, escape.1, escape.2), *rule, 0.0));
        let change = RBig::from(other?) - RBig::from(own?);
        Ok(Observation { point: point(escape), truth: Truth::Exact(Node::rational(&change)) })
    };
    Ok(Gathered { observations: cases.par_iter().map(observe).collect::<Result<_, Unsettled>>()?, ..Gathered::default() })
}

/// The updates of RMSprop with that step and decay from the start to the level: an error beyond [`PATIENCE`], for a count that stopped
/// early says nothing about an upper bound.
pub(super) fn adaptive_updates(escape: &Escape, (step, decay): (&'static str, f64), epsilon: f64) -> Result<u64, Unsettled> {
    let (depth, start, level) = numbers(escape)?;
    let rule = Rule::RmsProp { step: decimal(step)?, decay, epsilon };
    let (mut optimizer, mut unused) = (Optimizer::new(rule, 1), Streams::keyed(0, "unused", "").chunk(0));
    let (mut w, mut updates) = ([start], 0);
    while w[0] < level && updates < PATIENCE {
        let gradient = [-ascent(depth, w[0])];
        optimizer.update(&mut w, &gradient, &mut unused);
        updates += 1;
    }
    if w[0] < level {
        return Err(Unsettled::Inconclusive(format!("{}: {PATIENCE} updates do not suffice", point(escape))));
    }
    Ok(updates)
}

/// Observations of what `compute` finds at every case, at both tolerances.
fn integrated<C: Sync>(
    cases: &[C],
    point: impl Fn(&C) -> Point + Sync,
    compute: impl Fn(&C, f64) -> Result<f64, Unsettled> + Sync,
) -> Result<Gathered, Unsettled> {
    let observe = |case: &C| {
        let (fine, coarse) = (compute(case, FINE)?, compute(case, COARSE)?);
        Ok(Observation { point: point(case), truth: enclosure(fine, 8.0 * (fine - coarse).abs(), WIDEST)? })
    };
    Ok(Gathered { observations: cases.par_iter().map(observe).collect::<Result<_, Unsettled>>()?, ..Gathered::default() })
}

/// The enclosure of that half-width, widened by rounding, unless it is relatively wider than `widest`.
fn enclosure(value: f64, error: f64, widest: f64) -> Result<Truth, Unsettled> {
    let half = error + ROUNDING * value.abs();
    if half <= widest * value.abs() {
        let end = |x: f64| Ball::from_scaled(Scaled::from(x));
        Ok(Truth::Enclosed(end(value - half).hull(&end(value + half))))
    } else {
        Err(Unsettled::Inconclusive(format!("{value} is known to {half:e} only: the error is not under control")))
    }
}

fn failed(error: FlowError) -> Unsettled {
    Unsettled::Inconclusive(error.to_string())
}
