//! Perturbed gradient descent against RMSprop on the deep chain near its saddle: evidence, and curves.
//!
//! **Plan.** The chain of 10 weights, x = y = 1, weights uniform on [−a, a]; a run has escaped when its loss is at most 1/20, a tenth of
//! that at the saddle. RMSprop has step 1/100, decay 0.99 and ε = 0; perturbed descent w ← w − η (g + σ ξ) has the steps and noise levels
//! that the claim names, all stable at the minimum (η < 2/10). From every start both rules run, and their numbers of updates have a
//! ratio. Descent is followed for no more than a multiple, the *cut*, of RMSprop's updates, and the ratio of a run that has not escaped by
//! then counts as the cut, which it is at least: so the median over starts is that of the ratio, cut. Its interval is made of order
//! statistics.

use crate::claim::figure::{Axis, Drawing, Easel, Kind, Mark, Panel, Scale, Series};
use crate::claim::{Context, Effort, Gathered, Point, Unsettled};
use crate::formula::Scaled;
use crate::network::Law;
use crate::sampled::{self, Case, Generator, Streams};

use super::chain::Chain;
use super::evidence::decimal;
use super::optimizer::Rule;
use super::path::{Sight, course, updates_until};

/// The number of weights.
const DEPTH: usize = 10;
/// The loss of an escaped chain.
const ESCAPED: f64 = 0.05;
/// The updates in which RMSprop escapes.
const PATIENCE: u64 = 100_000;
/// RMSprop's updates, in the mean over starts.
const TYPICAL: f64 = 28.0;
/// What plans assume of the density of a ratio's logarithm at its median, and of the share of chains that wait.
const DENSITY: f64 = 0.4;
const WAITING: f64 = 0.55;
/// The work of an update of all weights in random weights, and of its noise.
const UPDATE: u64 = 10;
const NOISE: u64 = 40;
/// The most work of a start at the effort `quick`.
const QUICK: u64 = 40_000;
const CHAIN: Chain = Chain { x: 1.0, y: 1.0 };
const RMSPROP: Rule = Rule::RmsProp { step: 0.01, decay: 0.99, epsilon: 0.0 };

/// Half-width a of the initial law, step η and noise σ, decimals.
pub type Setting = (&'static str, &'static str, &'static str);

/// The median over starts of the ratio of perturbed descent's updates to RMSprop's from the same start, cut; exact grade. At the effort
/// `quick` settings whose starts take too long are left out.
///
/// # Errors
/// If a text is no decimal, no plan fits, or RMSprop does not escape.
pub fn ratios(context: &Context, cut: u64, settings: &[Setting]) -> Result<Gathered, Unsettled> {
    // The ratio is about 1/(3ησ)².
    let updates = |step: f64, noise: f64| TYPICAL * (3.0 * step * noise).powi(-2).min(cut as f64);
    let fits = |case: &Case<_>| context.effort != Effort::Quick || case.cost <= QUICK;
    let (made, left): (Vec<_>, Vec<_>) = cases(settings, updates, DENSITY)?.into_iter().partition(fits);
    let mut gathered = sampled::medians(context, &made, |(half_width, noisy), generator, draws| {
        let ratio = |_| {
            let start = weights(*half_width, generator);
            let adaptive = updates_until(CHAIN, RMSPROP, &start, ESCAPED, PATIENCE, generator);
            let adaptive = adaptive.ok_or_else(|| format!("RMSprop does not escape in {PATIENCE} updates"))?.max(1);
            let limit = cut * adaptive;
            let updates = updates_until(CHAIN, *noisy, &start, ESCAPED, limit, generator).unwrap_or(limit);
            Ok(Scaled::from(updates as f64 / adaptive as f64))
        };
        (0..draws).map(ratio).collect::<Result<Vec<_>, String>>()
    })?;
    gathered.notes.extend(left.iter().map(|case| format!("{}: left out at the effort quick", case.configuration)));
    Ok(gathered)
}

/// The share of starts from which perturbed descent has not escaped after so many updates; exact grade.
///
/// # Errors
/// If a text is no decimal, or no plan fits.
pub fn waiting(context: &Context, updates: u64, settings: &[Setting]) -> Result<Gathered, Unsettled> {
    sampled::bounded_means(
        context,
        &cases(settings, |_, _| updates as f64, WAITING)?,
        |_| Scaled::from(1.0),
        |(half_width, noisy), generator, draws| {
            let draw = |_| {
                let waits = updates_until(CHAIN, *noisy, &weights(*half_width, generator), ESCAPED, updates, generator).is_none();
                Scaled::from(f64::from(u8::from(waits)))
            };
            Ok::<_, std::convert::Infallible>((0..draws).map(draw).collect::<Vec<_>>())
        },
    )
}

/// The settings as cases, each the half-width of the initial law and perturbed descent's rule. A start takes so many `updates` at a step
/// and noise, and the plan assumes `guess`.
fn cases(settings: &[Setting], updates: impl Fn(f64, f64) -> f64, guess: f64) -> Result<Vec<Case<(f64, Rule)>>, Unsettled> {
    let case = |&(start, step, noise): &Setting| {
        let (half_width, eta, sigma) = (decimal(start)?, decimal(step)?, decimal(noise)?);
        let work = UPDATE + if sigma > 0.0 { NOISE } else { 0 };
        Ok(Case {
            point: Point::new().at("start", start).at("step", step).at("noise", noise),
            configuration: format!("weights within {start}, step {step}, noise {noise}"),
            setting: (half_width, descent(eta, sigma)),
            cost: updates(eta, sigma) as u64 * work,
            guess,
        })
    };
    settings.iter().map(case).collect()
}

/// Perturbed descent; without noise nothing is drawn.
fn descent(step: f64, noise: f64) -> Rule {
    if noise > 0.0 { Rule::PerturbedGradientDescent { step, noise } } else { Rule::GradientDescent { step } }
}

fn weights(half_width: f64, generator: &mut Generator) -> Vec<f64> {
    let mut weights = vec![0.0; DEPTH];
    Law::Uniform(half_width).sample(generator, &mut weights);
    weights
}

/// The steps and noise levels of the figures.
const STEPS: [f64; 2] = [0.01, 0.1];
const NOISES: [f64; 4] = [0.0, 0.03, 0.1, 0.3];
/// The starts that each rule is shown from.
const STARTS: u64 = 3;

/// What a panel shows of a run.
pub type View = (&'static str, &'static str, fn(&Sight) -> f64);

/// The loss.
pub const LOSS: View = ("loss", "1/2 (1 - w_1 ... w_10)^2", |sight| sight.loss);
/// The average of squared gradients.
pub const SQUARE: View = ("average of squared gradients", "decay 0.99, mean over the weights", |sight| sight.square);
/// The largest eigenvalue.
pub const LARGEST: View = ("Hessian", "largest eigenvalue", |sight| sight.largest);

/// The number of updates of a run in a figure.
const fn shown_updates(scale: Scale) -> u64 {
    match scale {
        Scale::Small => 100_000,
        Scale::Paper => 3_000_000,
    }
}

/// What [`courses`] cost, in words.
#[must_use]
pub fn cost(scale: Scale) -> String {
    let runs = STEPS.len() * (NOISES.len() + 1) * STARTS as usize;
    format!("{runs} runs of {} updates of {DEPTH} weights", shown_updates(scale))
}

/// Perturbed descent at every noise level, and RMSprop, from three starts with weights uniform on [−half_width, half_width]: a panel
/// for every step and view.
#[must_use]
pub fn courses(easel: &Easel<'_>, figure: &'static str, half_width: f64, views: &[View]) -> Drawing {
    let updates = shown_updates(easel.scale);
    let run = |rule: Rule, name: &str, start: u64| {
        let streams = |what: &str| Streams::new(&easel.context(figure, "courses"), what);
        let weights = weights(half_width, &mut streams("weights").chunk(start));
        course(CHAIN, rule, weights, updates, streams(name).chunk(start))
    };
    let panels = STEPS.iter().flat_map(|step| {
        let noisy = NOISES.map(|noise| (descent(*step, noise), format!("descent, noise {noise}")));
        let rules = noisy.into_iter().chain([(RMSPROP, "RMSprop, step 0.01".to_owned())]);
        let runs: Vec<(String, Vec<Sight>)> = rules
            .flat_map(|(rule, label)| (0..STARTS).map(move |start| (rule, label.clone(), start)))
            .map(|(rule, label, start)| {
                let sights = run(rule, &format!("{label}, step {step}"), start);
                (label, sights)
            })
            .collect();
        let panel = move |(title, label, value): &View| {
            let series = runs.iter().map(|(label, sights)| {
                let seen = sights.iter().filter(|sight| sight.updates > 0);
                let mark = |sight: &Sight| Mark { x: sight.updates as f64, y: Scaled::from(value(sight)), range: None };
                Series { label: label.clone(), kind: Kind::Path, marks: seen.map(mark).collect() }
            });
            let title = format!("{title}, descent with step {step}");
            Panel { title, x: Axis::logarithmic("updates"), y: Axis::logarithmic(label), series: series.collect() }
        };
        views.iter().map(panel).collect::<Vec<_>>()
    });
    Drawing { panels: panels.collect(), columns: 2 }
}
