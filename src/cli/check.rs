//! `check`: a reviewer's formula for a quantity, judged against the suite's.

use clap::Args;

use crate::claim::parameters::{formula_names, grid, nearest_first, resolve_quantity};
use crate::claim::{Expectation, Quantity, Relation, Rung, Theorem};
use crate::formula::equality::{Equality, compare};
use crate::formula::{Node, Undefined, parse};
use crate::report::json::{CheckDocument, CheckVerdict, WitnessDocument};

use super::console::Tone;
use super::exit::{Exit, Failure};
use super::separate::{Separation, separate};
use super::valuation::enclosure_at;
use super::{Session, arguments, select, show};

/// Enough bits to find out whether a formula's value is a number at all.
const SHAPE_ACCURACY: u32 = 16;

#[derive(Debug, Args)]
pub(super) struct Check {
    /// The quantity, as in prop-3.moment
    quantity: String,
    /// The formula to judge, in the names of the quantity's formula; `<= TEXT` and `>= TEXT` judge a bound for the quantity
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    formula: String,
    /// Judge at this value only, a formula without names: depth=3
    #[arg(long = "set", value_name = "NAME=VALUE")]
    set: Vec<String>,
}

impl Check {
    pub fn run(&self, session: &Session<'_>) -> Result<Exit, Failure> {
        let (theorem, quantity) = select::quantity(&session.catalogue, &self.quantity)?;
        let (relation, text) = self.relation()?;
        let claimed = self.claimed(quantity, &text)?;
        let fixed = arguments::settings(&self.set)?;
        let document = self.judge((theorem, quantity), (&claimed, relation), &fixed)?;
        if session.json {
            session.console.document(&document)?;
        } else {
            print(session, &document)?;
        }
        Ok(match document.verdict {
            CheckVerdict::Equal | CheckVerdict::Holds => Exit::AsExpected,
            CheckVerdict::Refuted => Exit::Contradicted,
            CheckVerdict::NotRefuted => Exit::Open,
        })
    }

    /// How the reviewer's formula is to relate to the quantity, and its text, blanks in place of the sign: `<= TEXT` says
    /// that it is at least as large.
    fn relation(&self) -> Result<(Relation, String), Failure> {
        let text = self.formula.trim_start();
        let bound = [("<=", Relation::AtLeast), (">=", Relation::AtMost)];
        match bound.into_iter().find_map(|(sign, relation)| Some((relation, text.strip_prefix(sign)?))) {
            // Positions in error messages stay those of what was typed.
            Some((relation, rest)) => Ok((relation, " ".repeat(self.formula.len() - rest.len()) + rest)),
            None if text.starts_with(['<', '>', '=']) => Err(Failure::new(
                "--formula begins with a sign that is not judged: write a formula for an equality, `<= TEXT` or `>= TEXT` for a bound",
            )),
            None => Ok((Relation::Equal, self.formula.clone())),
        }
    }

    /// The reviewer's formula, which may use the names of the quantity only.
    fn claimed(&self, quantity: &Quantity, text: &str) -> Result<Node, Failure> {
        let claimed = parse(text).map_err(|error| Failure::new(format!("--formula is not a formula: {error}")))?;
        let names = formula_names(quantity.parameters);
        match claimed.free_names().into_iter().find(|name| !names.contains(&name.as_str())) {
            None => Ok(claimed),
            Some(name) => {
                let known = nearest_first(&name, names).join(", ");
                Err(Failure::new(format!("--formula uses the name `{name}`, but {} is a formula in {known}", self.quantity)))
            }
        }
    }

    fn judge(
        &self,
        (theorem, quantity): (&Theorem, &Quantity),
        (claimed, relation): (&Node, Relation),
        fixed: &[(String, String)],
    ) -> Result<CheckDocument, Failure> {
        let reference = show::formula(theorem, quantity);
        // Settings that are wrong are refused, even where no point is needed; defaults that the quantity does not admit are no fault of
        // the reviewer's.
        let settings = match resolve_quantity(theorem, quantity, fixed) {
            Ok(settings) => settings,
            Err(error) => grid(theorem, quantity, fixed).next().ok_or(error)?,
        };
        if let Err(Undefined::Shape(why)) = enclosure_at(claimed, &settings.point, SHAPE_ACCURACY) {
            return Err(Failure::new(format!("--formula has no value: {why}")));
        }
        let at_fixed = |formula: &Node| {
            let bound = formula_names(&decided(fixed)).into_iter().filter_map(|name| Some((name, settings.point.get(name)?)));
            bound.fold(formula.clone(), |body, (name, value)| body.given(name, value.clone()))
        };
        let document = |verdict, rung: Option<Rung>, witness, reason| CheckDocument {
            schema: CheckDocument::SCHEMA.to_owned(),
            quantity: self.quantity.clone(),
            formula: self.formula.clone(),
            against: quantity.formula.to_owned(),
            verdict,
            rung: rung.map(|rung| rung.name().to_owned()),
            witness,
            reason: format!("{reason}{}", standing(theorem, quantity)),
        };
        let doubt = match compare(&at_fixed(claimed), &at_fixed(&reference)) {
            Equality::Equal { error_bits, scope } => {
                let reason = format!("the formulas agree exactly at random points: {scope}; fooled with probability below 2^-{error_bits}");
                let verdict = if relation == Relation::Equal { CheckVerdict::Equal } else { CheckVerdict::Holds };
                return Ok(document(verdict, Some(Rung::Proved), None, reason));
            }
            Equality::Different { opaque: false } => "they differ as symbols".to_owned(),
            Equality::Different { opaque: true } => {
                "they differ as symbols while calls count as unknowns, so that an identity between calls may be hidden".to_owned()
            }
            Equality::Undecided(why) => format!("they were not compared as symbols: {why}"),
        };
        let bound = relation != Relation::Equal;
        let whole_point = quantity.parameters.iter().all(|name| fixed.iter().any(|(other, _)| other == name));
        Ok(match separate((theorem, quantity), (claimed, relation, &reference), fixed) {
            Separation::Found(settings, witness, rung) => {
                let set: Vec<String> = settings.texts.iter().map(|(name, text)| format!("--set '{name}={text}'")).collect();
                let what = if bound { "the bound fails" } else { "the values differ" };
                let reason = format!("{what}; `show {} {}` gives the suite's", theorem.slug, set.join(" "));
                document(CheckVerdict::Refuted, Some(rung), Some(WitnessDocument::from(&witness)), reason)
            }
            Separation::Nothing { held: Some(rung), .. } if bound && whole_point => {
                document(CheckVerdict::Holds, Some(rung), None, "the bound holds at the point that was set".to_owned())
            }
            Separation::Nothing { compared: 0, .. } => {
                let reason = format!(
                    "{doubt}, and no point of the grid gives both a value: it would take a point in the domain of both, given by --set"
                );
                document(CheckVerdict::NotRefuted, None, None, reason)
            }
            Separation::Nothing { compared, .. } if bound => {
                let reason = format!(
                    "the bound holds at all of {compared} points of the grid, as far as enclosures tell: it would take a proof for all points, \
                     or a point where it fails, given by --set"
                );
                document(CheckVerdict::NotRefuted, None, None, reason)
            }
            Separation::Nothing { compared, .. } => {
                let reason = format!(
                    "{doubt}, yet their values agree at {compared} points: it would take a proof of equality, or a separating point given by \
                     --set"
                );
                document(CheckVerdict::NotRefuted, None, None, reason)
            }
        })
    }
}

/// A warning where the suite's formula for the quantity is one that it refutes itself: an erratum's.
fn standing(theorem: &Theorem, quantity: &Quantity) -> String {
    let mut claims = theorem.claims.iter().filter(|claim| claim.quantity == quantity.id && claim.relation == Relation::Equal).peekable();
    let refuted = claims.peek().is_some() && claims.all(|claim| claim.expects == Expectation::Refuted);
    if refuted {
        format!("; the suite's formula is the paper's, which the suite refutes (see `why {}`)", theorem.slug)
    } else {
        String::new()
    }
}

/// The fixed parameters whose values in formulas no other parameter can change: a law may depend on the width, and `layer` and
/// `other-layer` may trade places.
fn decided(fixed: &[(String, String)]) -> Vec<&str> {
    let names: Vec<&str> = fixed.iter().map(|(name, _)| name.as_str()).collect();
    let hold = |needed: &[&str]| needed.iter().all(|name| names.contains(name));
    let depends = |name: &str| match name {
        "law" | "input" => !hold(&["width"]),
        "target" => !hold(&["width", "input"]),
        "layer" | "other-layer" => !hold(&["layer", "other-layer"]),
        _ => false,
    };
    names.iter().copied().filter(|name| !depends(name)).collect()
}

fn print(session: &Session<'_>, document: &CheckDocument) -> Result<(), Failure> {
    let console = session.console;
    let (word, tone) = match document.verdict {
        CheckVerdict::Equal => ("equal", Tone::Good),
        CheckVerdict::Holds => ("holds", Tone::Good),
        CheckVerdict::Refuted => ("refuted", Tone::Bad),
        CheckVerdict::NotRefuted => ("not refuted", Tone::Unsure),
    };
    let rung = document.rung.as_ref().map(|rung| format!(" ({rung})")).unwrap_or_default();
    console.line(format_args!("{}{rung}: {}", console.paint(word, tone), document.quantity))?;
    console.line(format_args!("  claimed  {}", document.formula))?;
    console.line(format_args!("  against  {}", document.against))?;
    if let Some(witness) = &document.witness {
        let at: Vec<String> = witness.parameters.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        console.line(format_args!("  witness  {}", at.join(", ")))?;
        console.line(format_args!("           claimed {}", witness.claimed))?;
        console.line(format_args!("           found   {}", witness.found))?;
    }
    console.line(format_args!("  reason   {}", document.reason))
}
