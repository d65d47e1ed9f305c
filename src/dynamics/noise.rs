//! Perturbed gradient descent against RMSprop on the deep chain near its saddle: evidence, and curves.
//!
//! **Plan.** The chain of 10 weights, x = y = 1, weights uniform on [−a, a]; a run has escaped when its loss is at most 1/20, a tenth of
//! that at the saddle. RMSprop has step 1/100, decay 0.99 and ε = 0; perturbed descent w ← w − η (g + σ ξ) has the steps and noise levels
//! that the claim names, all stable at the minimum (η < 2/10). Both start from the same weights, and the ratio of their numbers of
//! updates is cut at a stated height, so that no run is endless.

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
/// Where the ratio to RMSprop's updates is cut.
const SLOWEST: u64 = 200;
/// Where the ratio of plain to perturbed descent is cut.
const FASTEST: u64 = 4;
/// The most updates of a run that others are compared with.
const PATIENCE: u64 = 100_000;
/// The work of an update of all weights, noise included, in random weights.
const UPDATE: u64 = 60;
const CHAIN: Chain = Chain { x: 1.0, y: 1.0 };
const RMSPROP: Rule = Rule::RmsProp { step: 0.01, decay: 0.99, epsilon: 0.0 };

/// Half-width a of the initial law, step η and noise σ, decimals.
pub type Setting = (&'static str, &'static str, &'static str);

/// The median over starts of (updates of perturbed descent)/(updates of RMSprop), ratios above 200 counted as 200; exact grade.
///
/// # Errors
/// If a text is no decimal, or no plan fits.
pub fn slowdowns(context: &Context, settings: &[Setting]) -> Result<Gathered, Unsettled> {
    ratios(context, settings, 20 * SLOWEST, |start, noisy, generator| {
        let least = updates_until(CHAIN, RMSPROP, start, ESCAPED, PATIENCE, generator).unwrap_or(PATIENCE);
        let most = SLOWEST * least;
        updates_until(CHAIN, noisy, start, ESCAPED, most, generator).unwrap_or(most) as f64 / least as f64
    })
}

/// The median over starts of (updates of plain descent)/(updates of perturbed descent), ratios above 4 counted as 4; exact grade.
///
/// # Errors
/// If a text is no decimal, or no plan fits.
pub fn speedups(context: &Context, settings: &[Setting]) -> Result<Gathered, Unsettled> {
    ratios(context, settings, 2000 * FASTEST, |start, noisy, generator| {
        let least = updates_until(CHAIN, noisy, start, ESCAPED, PATIENCE, generator).unwrap_or(PATIENCE);
        let most = FASTEST * least;
        let plain = match noisy {
            Rule::PerturbedGradientDescent { step, .. } => Rule::GradientDescent { step },
            other => other,
        };
        updates_until(CHAIN, plain, start, ESCAPED, most, generator).unwrap_or(most) as f64 / least as f64
    })
}

/// Medians of a ratio over random starts; `updates` is the typical number of updates behind one.
fn ratios(
    context: &Context,
    settings: &[Setting],
    updates: u64,
    ratio: impl Fn(&[f64], Rule, &mut Generator) -> f64 + Sync,
) -> Result<Gathered, Unsettled> {
    let case = |&(start, step, noise): &Setting| {
        let rule = Rule::PerturbedGradientDescent { step: decimal(step)?, noise: decimal(noise)? };
        Ok(Case {
            point: Point::new().at("start", start).at("step", step).at("noise", noise),
            configuration: format!("weights within {start}, step {step}, noise {noise}"),
            setting: (decimal(start)?, rule),
            cost: updates * UPDATE,
            guess: 0.5,
        })
    };
    let cases: Vec<_> = settings.iter().map(case).collect::<Result<_, Unsettled>>()?;
    sampled::medians(context, &cases, |(half_width, rule), generator, draws| {
        let draw = |_| Scaled::from(ratio(&weights(*half_width, generator), *rule, generator));
        Ok::<_, Unsettled>((0..draws).map(draw).collect::<Vec<_>>()).map_err(|reason| format!("{reason:?}"))
    })
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
