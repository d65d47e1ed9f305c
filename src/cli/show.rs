//! `show`: a claim's card, its formulas, and their values at a point.

use clap::Args;

use crate::claim::parameters::{Settings, parameter, resolve};
use crate::claim::{Quantity, Theorem};
use crate::formula::{Node, State, latex, parse};
use crate::report::decimal;
use crate::report::json::{Num, Parameters, QuantityDocument, ShowDocument};

use super::exit::{Exit, Failure};
use super::valuation::Valuation;
use super::{Session, arguments, select};

#[derive(Debug, Args)]
pub(super) struct Show {
    /// The claim's identifier, as `list` shows it
    claim: String,
    /// A parameter's value, a formula without names: tau=sqrt(3)
    #[arg(long = "set", value_name = "NAME=VALUE")]
    set: Vec<String>,
}

impl Show {
    pub fn run(&self, session: &Session<'_>) -> Result<Exit, Failure> {
        let theorem = select::theorem(&session.catalogue, &self.claim)?;
        let settings = resolve(theorem, &arguments::settings(&self.set)?)?;
        let quantities = theorem.quantities.iter().map(|quantity| document(theorem, quantity, &settings)).collect();
        let parameters: Parameters = settings.texts.iter().map(|(name, text)| ((*name).to_owned(), text.clone())).collect();
        let document = ShowDocument::new(super::VERSION, theorem, parameters, quantities);
        if session.json {
            session.console.document(&document)?;
        } else {
            print(session, theorem, &document)?;
        }
        Ok(Exit::AsExpected)
    }
}

/// The tree of a quantity's formula.
///
/// # Panics
/// If the theorem file writes something that is no formula.
pub(super) fn formula(theorem: &Theorem, quantity: &Quantity) -> Node {
    parse(quantity.formula).unwrap_or_else(|error| panic!("the formula of {}.{}: {error}", theorem.slug, quantity.id))
}

fn document(theorem: &Theorem, quantity: &Quantity, settings: &Settings) -> QuantityDocument {
    let formula = formula(theorem, quantity);
    let valuation = match settings.of(theorem, quantity) {
        Ok(settings) => Valuation::of(&formula, &settings.point),
        Err(error) => Valuation::unset(error.to_string()),
    };
    QuantityDocument::new(quantity, latex(&formula), &valuation.numeral, valuation.exact, valuation.reason)
}

fn print(session: &Session<'_>, theorem: &Theorem, document: &ShowDocument) -> Result<(), Failure> {
    let console = session.console;
    console.line(format_args!("{}  ({})", theorem.label, theorem.slug))?;
    console.line(format_args!("  source: {}", theorem.source))?;
    if let Some(reconstructed) = theorem.reconstructed {
        console.line(format_args!("  reconstructed: {reconstructed}"))?;
    }
    console.line(format_args!("\n  {}", theorem.says.replace('\n', "\n  ")))?;
    if !document.parameters.is_empty() {
        console.line("\nParameters")?;
    }
    for (name, text) in &document.parameters {
        let says = parameter(name).map(|parameter| parameter.says).unwrap_or_default();
        console.line(format_args!("  {name} = {text}  ({says})"))?;
    }
    for quantity in &document.quantities {
        console.line(format_args!("\n{}.{}  {}", document.claim, quantity.id, quantity.says))?;
        console.line(format_args!("  formula  {}", quantity.formula))?;
        console.line(format_args!("  value    {}", value(quantity)))?;
        if let Some(log) = quantity.log {
            console.line(format_args!("  ln|·|    {}", full(log)))?;
        }
        if let Some(exact) = &quantity.exact {
            console.line(format_args!("  exact    {exact}"))?;
        }
    }
    Ok(())
}

/// The value in full, or why there is none.
fn value(quantity: &QuantityDocument) -> String {
    match (quantity.value, quantity.state == state_name(State::Unset)) {
        (Some(value), _) => full(value),
        (None, true) => format!("unset: {}", quantity.reason.as_deref().unwrap_or("no reason is known")),
        (None, false) => {
            let state = (quantity.state != state_name(State::Finite)).then(|| quantity.state.clone());
            decimal::text(&Num { state, value: None, sign: quantity.sign, log: quantity.log }, 17)
        }
    }
}

/// The shortest decimal that reads back to the same number.
fn full(value: f64) -> String {
    if value == 0.0 || (1e-5..1e17).contains(&value.abs()) { value.to_string() } else { format!("{value:e}") }
}

const fn state_name(state: State) -> &'static str {
    match state {
        State::Finite => "finite",
        State::Zero => "zero",
        State::Infinite => "infinite",
        State::Unset => "unset",
    }
}
