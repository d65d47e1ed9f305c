//! Comparisons of update rules: rates are searched on a selection seed and judged on fresh ones, and finished runs are kept.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::data::Dataset;
use super::model::Model;
use super::optimizer::Rule;
use super::run::{Examples, Recipe, Record, Trainer, on_large_stacks};
use crate::claim::figure::{Scale, Studio};
use crate::network::{Backend, NetworkError};
use crate::sampled::{Generator, Streams};

/// An update rule and the rates among which its own is searched.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Method {
    /// The name in legends.
    pub name: &'static str,
    /// Whether steps are divided by the size of recent gradients.
    pub adaptive: bool,
    /// The rule.
    pub rule: Rule,
    /// The rates.
    pub rates: &'static [f64],
}

/// SGD, momentum, RMSprop and Adam with the customary decay rates and ε = 10⁻⁸, each at three rates, a factor of ten apart.
pub const METHODS: &[Method] = &[
    Method { name: "SGD", adaptive: false, rule: Rule::Sgd, rates: &[0.001, 0.01, 0.1] },
    Method { name: "momentum", adaptive: false, rule: Rule::Momentum { momentum: 0.9 }, rates: &[0.0001, 0.001, 0.01] },
    Method { name: "RMSprop", adaptive: true, rule: Rule::RmsProp { decay: 0.99, epsilon: 1e-8 }, rates: &[1e-4, 1e-3, 1e-2] },
    Method {
        name: "Adam",
        adaptive: true,
        rule: Rule::Adam { first_decay: 0.9, second_decay: 0.999, epsilon: 1e-8 },
        rates: &[1e-4, 1e-3, 1e-2],
    },
];

/// Everything about a comparison that is fixed before its first run, its networks apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// Keys the random streams.
    pub slug: &'static str,
    /// The rules.
    pub methods: &'static [Method],
    /// The number of examples in a batch.
    pub batch: usize,
    /// The number of updates of a run.
    pub steps: usize,
    /// Updates between records.
    pub every: usize,
    /// Records between measurements of the Hessian's eigenvalue, on fresh seeds.
    pub curvature_every: usize,
    /// The number of fresh seeds.
    pub seeds: u64,
}

/// Which draw of weights and order a run uses. All rules see the same ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Trial {
    /// The draw on which rates are chosen: it is not counted.
    Selection,
    /// A fresh draw, numbered from 1.
    Fresh(u64),
}

/// A finished run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// Everything that it depends on, but for the version of the program.
    pub settings: String,
    /// The rule's name.
    pub method: String,
    /// The rate.
    pub rate: f64,
    /// The draw.
    pub trial: Trial,
    /// What was recorded.
    pub records: Vec<Record>,
}

impl Run {
    /// The best recorded accuracy on the training examples.
    #[must_use]
    pub fn best(&self) -> f64 {
        self.records.iter().map(|record| record.accuracy).fold(0.0, f64::max)
    }

    /// The last recorded loss; infinite where it was none.
    pub(super) fn last_loss(&self) -> f64 {
        self.records.last().and_then(|record| record.loss).unwrap_or(f64::INFINITY)
    }
}

/// How a network of the comparison is drawn.
pub type Build<'a> = dyn Fn(&mut Generator) -> Result<Box<dyn Model>, NetworkError> + Sync + 'a;

/// What a comparison is made with, whatever its networks.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    /// The size of the plan.
    pub scale: Scale,
    /// The seed of every stream.
    pub seed: u64,
    /// The images.
    pub data: &'a Dataset,
    /// Where tensors live.
    pub backend: &'a Backend,
    /// Where finished runs are kept.
    pub studio: &'a dyn Studio,
}

/// A comparison with everything that it needs.
#[derive(Clone, Copy)]
pub struct Experiment<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The networks in words, part of the settings.
    pub architecture: &'a str,
    /// Draws a network.
    pub build: &'a Build<'a>,
    /// The images.
    pub data: &'a Dataset,
    /// Where tensors live.
    pub backend: &'a Backend,
    /// The seed of every stream.
    pub seed: u64,
    /// Where finished runs are kept.
    pub studio: &'a dyn Studio,
}

impl Plan {
    /// The number of runs, those of the selection among them.
    #[must_use]
    pub fn runs(&self) -> usize {
        self.methods.iter().map(|method| method.rates.len() + self.seeds as usize).sum()
    }
}

impl Experiment<'_> {
    /// All runs on fresh seeds at the chosen rates, method by method. Of a method's rates the one with the smallest last
    /// loss on the selection seed is chosen.
    ///
    /// # Errors
    /// In words, if candle fails or a finished run cannot be kept.
    pub fn conduct(&self) -> Result<Vec<Run>, String> {
        let examples = Examples::upload(self.data, self.backend).map_err(|error| error.to_string())?;
        let jobs = |rates: &dyn Fn(&Method) -> Vec<f64>, trials: &[Trial]| -> Vec<(Method, f64, Trial)> {
            let of = |method: &Method| {
                let pairs = rates(method).into_iter().flat_map(|rate| trials.iter().map(move |trial| (rate, *trial)));
                pairs.map(|(rate, trial)| (*method, rate, trial)).collect::<Vec<_>>()
            };
            self.plan.methods.iter().flat_map(of).collect()
        };
        let all = |jobs: &[(Method, f64, Trial)]| -> Result<Vec<Run>, String> {
            on_large_stacks(|| jobs.par_iter().map(|(method, rate, trial)| self.run(&examples, method, *rate, *trial)).collect())
        };
        let searched = all(&jobs(&|method| method.rates.to_vec(), &[Trial::Selection]))?;
        let chosen = |method: &Method| {
            let tried = searched.iter().filter(|run| run.method == method.name);
            tried.min_by(|a, b| a.last_loss().total_cmp(&b.last_loss())).map(|run| run.rate).into_iter().collect()
        };
        let fresh: Vec<Trial> = (1..=self.plan.seeds).map(Trial::Fresh).collect();
        all(&jobs(&chosen, &fresh))
    }

    /// What every run of this comparison depends on, but for the version of the program.
    #[must_use]
    pub fn settings(&self) -> String {
        let (plan, precision) = (self.plan, self.backend.precision);
        let data = format!("{} {}", self.data.name, self.data.fingerprint());
        format!("{}; {plan:?}; data {data}; {precision:?} precision; seed {}", self.architecture, self.seed)
    }

    /// One run, or what was kept of it. Records always come from the kept text, so that an interrupted comparison ends as one
    /// that was not.
    pub(super) fn run(&self, examples: &Examples, method: &Method, rate: f64, trial: Trial) -> Result<Run, String> {
        let settings = self.settings();
        let what = format!("{} at rate {rate}, {trial:?}", method.name);
        let hash = Sha256::digest(format!("{settings}; {what}"));
        let tag: String = hash.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        let key = format!("{}-{}-{tag}", self.plan.slug, method.name.to_lowercase());
        let same = |run: &Run| run.settings == settings && run.method == method.name && run.rate == rate && run.trial == trial;
        let read = |text: &str| serde_json::from_str::<Run>(text).ok().filter(same);
        if let Some(run) = self.studio.kept(&key).as_deref().and_then(read) {
            return Ok(run);
        }
        let records = self.train(examples, method, rate, trial).map_err(|error| format!("{what}: {error}"))?;
        let run = Run { settings: settings.clone(), method: method.name.to_owned(), rate, trial, records };
        let text = serde_json::to_string(&run).map_err(|error| error.to_string())? + "\n";
        self.studio.keep(&key, &text)?;
        self.studio.say(&format!("{}: {what}: best accuracy {:.0} %", self.architecture, 100.0 * run.best()));
        read(&text).ok_or_else(|| format!("{what}: the run cannot be read back"))
    }

    /// One run's training.
    pub(super) fn train(&self, examples: &Examples, method: &Method, rate: f64, trial: Trial) -> Result<Vec<Record>, NetworkError> {
        let plan = self.plan;
        let streams = |what: &str| Streams::keyed(self.seed, plan.slug, &format!("{}, {trial:?}, {what}", self.architecture));
        let model = (self.build)(&mut streams("weights").chunk(0))?;
        let recipe = Recipe {
            rule: method.rule,
            rate,
            batch: Some(plan.batch),
            steps: plan.steps,
            every: plan.every,
            curvature_every: (trial != Trial::Selection).then_some(plan.curvature_every),
        };
        Trainer::new(model.as_ref(), examples, recipe, &streams("order"))?.run()
    }
}
