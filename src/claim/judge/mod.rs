//! The judge: one function that compares a formula with what was found. It knows no theorem and takes no tolerance.

mod argument;
mod observed;
#[cfg(test)]
mod tests;

use crate::formula::Node;

use super::card::{Relation, Rung, Step};
use super::observation::{Gathered, Observation, Truth, Unsettled};
use super::reach;
use super::verdict::{Judgement, Shown, Verdict, Witness};
use argument::follow;
use observed::observe;

pub use observed::resolvable;

/// What is judged: a formula, its relation to the truth, and the rung of the evidence.
#[derive(Clone, Copy, Debug)]
pub struct Statement<'a> {
    /// The formula.
    pub formula: &'a Node,
    /// `formula RELATION truth`.
    pub relation: Relation,
    /// The rung that the evidence claims to reach.
    pub rung: Rung,
}

/// Judges a formula by a written argument (may be empty) and by gathered observations (may be none).
///
/// Refutation needs one contradicting case; agreement needs every case to agree, at least one case, intervals as narrow as
/// planned, and on the rung *proved* an identity or an extent that covers the whole domain. Everything else is inconclusive.
#[must_use]
pub fn judge(statement: Statement<'_>, argument: &[Step], gathered: Option<&Result<Gathered, Unsettled>>) -> Judgement {
    let mut tally = Tally::default();
    match gathered {
        Some(Err(Unsettled::Inconclusive(reason))) => {
            return verdict(Verdict::Inconclusive(reason.clone()), reason.clone(), 0, None);
        }
        Some(Err(Unsettled::Skipped(reason))) => return verdict(Verdict::Skipped(reason.clone()), reason.clone(), 0, None),
        Some(Ok(gathered)) => {
            for observation in &gathered.observations {
                tally.add(observe(statement, observation, gathered.grade));
            }
            if tally.refutation.is_none() && tally.doubt.is_none() {
                tally.doubt = reach::shortfall(statement.formula, statement.relation, gathered);
            }
        }
        None => {}
    }
    for step in argument {
        if let Some(case) = follow(statement, step) {
            tally.add(case);
        }
    }
    let whole_domain = argument.iter().any(|step| matches!(step, Step::Identity { .. }))
        || matches!(gathered, Some(Ok(gathered)) if !gathered.extent.is_empty() || reach::is_general(statement.formula, gathered));
    tally.verdict(statement.rung == Rung::Proved && !whole_domain)
}

/// The first case found that contradicts the formula, numbers first, identities next, functions last; `None` if none does.
///
/// It is [`judge`] where only a refutation counts: it finds a witness exactly if that does, though perhaps another.
#[must_use]
pub fn refutation(statement: Statement<'_>, argument: &[Step], gathered: Option<&Gathered>) -> Option<Witness> {
    let observations =
        || gathered.into_iter().flat_map(|found| found.observations.iter().map(move |observation| (observation, found.grade)));
    let at = |symbolic: bool| {
        let chosen = observations().filter(move |(observation, _)| is_symbolic(statement.formula, observation) == symbolic);
        chosen.map(|(observation, grade)| observe(statement, observation, grade))
    };
    let mut cases = at(false).chain(argument.iter().filter_map(|step| follow(statement, step))).chain(at(true));
    cases.find_map(|case| match case.finding {
        Finding::Contradicts(witness) => Some(witness),
        Finding::Agrees | Finding::Unclear(_) => None,
    })
}

/// Whether formula or truth is a function of names that the point leaves free.
fn is_symbolic(formula: &Node, Observation { point, truth }: &Observation) -> bool {
    let free = || formula.free_names().iter().any(|name| point.get(name).is_none());
    matches!(truth, Truth::Exact(truth) if point.is_symbolic() || !truth.free_names().is_empty() || free())
}

/// What one observation or identity says.
struct Case {
    finding: Finding,
    shown: Option<Shown>,
    /// How near the case is to refutation; the largest is shown.
    tension: f64,
}

enum Finding {
    Agrees,
    Contradicts(Witness),
    Unclear(String),
}

#[derive(Default)]
struct Tally {
    cases: usize,
    refutation: Option<(Witness, Option<Shown>)>,
    doubt: Option<String>,
    tense: Option<(f64, Shown)>,
}

impl Tally {
    fn add(&mut self, case: Case) {
        self.cases += 1;
        match case.finding {
            Finding::Agrees => {}
            Finding::Contradicts(witness) if self.refutation.is_none() => self.refutation = Some((witness, case.shown.clone())),
            Finding::Contradicts(_) => {}
            Finding::Unclear(reason) => {
                self.doubt.get_or_insert(reason);
            }
        }
        if let Some(shown) = case.shown
            && self.tense.as_ref().is_none_or(|(tension, _)| case.tension > *tension)
        {
            self.tense = Some((case.tension, shown));
        }
    }

    fn verdict(self, pointwise_only: bool) -> Judgement {
        let shown = self.tense.map(|(_, shown)| shown);
        if let Some((witness, at)) = self.refutation {
            let reason = format!("at {} the formula gives {}, the evidence {}", witness.parameters, witness.claimed, witness.found);
            return verdict(Verdict::Refuted(witness), reason, self.cases, at.or(shown));
        }
        let doubt = self.doubt.or_else(|| match self.cases {
            0 => Some("zero observations".to_owned()),
            _ if pointwise_only => Some("agreement at single points proves nothing beyond them".to_owned()),
            _ => None,
        });
        match doubt {
            Some(reason) => verdict(Verdict::Inconclusive(reason.clone()), reason, self.cases, shown),
            None if self.cases == 1 => verdict(Verdict::Agrees, "agrees in the only case".to_owned(), 1, shown),
            None => verdict(Verdict::Agrees, format!("agrees in all of {} cases", self.cases), self.cases, shown),
        }
    }
}

fn verdict(verdict: Verdict, reason: String, cases: usize, shown: Option<Shown>) -> Judgement {
    Judgement { verdict, reason, cases, shown }
}

fn unclear(reason: impl Into<String>) -> Case {
    Case { finding: Finding::Unclear(reason.into()), shown: None, tension: 0.0 }
}
