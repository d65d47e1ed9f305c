//! Perturbed gradient descent against RMSprop on the deep chain near its saddle: evidence, and curves.
//!
//! **Plan.** The chain of 10 weights, x = y = 1, weights uniform on [−a, a]; a run has escaped when its loss is at most 1/20, a tenth of
//! that at the saddle. RMSprop has step 1/100, decay 0.99 and ε = 0; perturbed descent w ← w − η (g + σ ξ) has the steps and noise levels
//! that the claim names, all stable at the minimum (η < 2/10). Both start from the same weights; a run is followed for a multiple of
//! RMSprop's updates from there, or for a fixed number of updates. Sampled are shares of starts: a share above 1/2 says where the
//! median of the ratio lies.

use crate::claim::figure::{Axis, Drawing, Easel, Kind, Mark, Panel, Scale, Series};
use crate::claim::{Context, Gathered, Point, Unsettled};
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
/// The most updates of a run that others are compared with.
const PATIENCE: u64 = 100_000;
/// RMSprop's updates, in the mean over starts.
const TYPICAL: u64 = 30;
/// What plans assume of a share.
const GUESS: f64 = 0.65;
/// The work of an update of all weights, noise included, in random weights.
const UPDATE: u64 = 60;
const CHAIN: Chain = Chain { x: 1.0, y: 1.0 };
const RMSPROP: Rule = Rule::RmsProp { step: 0.01, decay: 0.99, epsilon: 0.0 };

/// Half-width a of the initial law, step η and noise σ, decimals.
pub type Setting = (&'static str, &'static str, &'static str);

/// The share of starts from which perturbed descent takes more than `factor` times RMSprop's updates; exact grade.
///
/// # Errors
/// If a text is no decimal, or no plan fits.
pub fn beyond(context: &Context, factor: u64, settings: &[Setting]) -> Result<Gathered, Unsettled> {
    shares(context, settings, TYPICAL * factor, |start, noisy, generator| !overtakes(factor, start, noisy, generator))
}

/// The share of starts from which perturbed descent takes at most `factor` times RMSprop's updates; exact grade.
///
/// # Errors
/// As [`beyond`].
pub fn within(context: &Context, factor: u64, settings: &[Setting]) -> Result<Gathered, Unsettled> {
    shares(context, settings, TYPICAL * factor, |start, noisy, generator| overtakes(factor, start, noisy, generator))
}

fn overtakes(factor: u64, start: &[f64], noisy: Rule, generator: &mut Generator) -> bool {
    let least = updates_until(CHAIN, RMSPROP, start, ESCAPED, PATIENCE, generator).unwrap_or(PATIENCE);
    updates_until(CHAIN, noisy, start, ESCAPED, factor * least, generator).is_some()
}

/// The share of starts from which perturbed descent has not escaped after so many updates; exact grade.
///
/// # Errors
/// As [`beyond`].
pub fn waiting(context: &Context, updates: u64, settings: &[Setting]) -> Result<Gathered, Unsettled> {
    shares(context, settings, updates, |start, noisy, generator| updates_until(CHAIN, noisy, start, ESCAPED, updates, generator).is_none())
}

/// The share of random starts at which an event occurs; `updates` is the typical number of updates that it takes to see.
fn shares(
    context: &Context,
    settings: &[Setting],
    updates: u64,
    event: impl Fn(&[f64], Rule, &mut Generator) -> bool + Sync,
) -> Result<Gathered, Unsettled> {
    let case = |&(start, step, noise): &Setting| {
        let rule = Rule::PerturbedGradientDescent { step: decimal(step)?, noise: decimal(noise)? };
        Ok(Case {
            point: Point::new().at("start", start).at("step", step).at("noise", noise),
            configuration: format!("weights within {start}, step {step}, noise {noise}"),
            setting: (decimal(start)?, rule),
            cost: updates * UPDATE,
            guess: GUESS,
        })
    };
    let cases: Vec<_> = settings.iter().map(case).collect::<Result<_, Unsettled>>()?;
    sampled::bounded_means(
        context,
        &cases,
        |_| Scaled::from(1.0),
        |(half_width, rule), generator, draws| {
            let draw = |_| Scaled::from(f64::from(u8::from(event(&weights(*half_width, generator), *rule, generator))));
            Ok::<_, std::convert::Infallible>((0..draws).map(draw).collect::<Vec<_>>())
        },
    )
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
#[must_use]
pub const fn shown_updates(scale: Scale) -> u64 {
    match scale {
        Scale::Small => 100_000,
        Scale::Paper => 3_000_000,
    }
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
        let noisy = NOISES.map(|noise| (Rule::PerturbedGradientDescent { step: *step, noise }, format!("descent, noise {noise}")));
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
