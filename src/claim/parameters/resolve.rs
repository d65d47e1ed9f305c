//! From `name=value` texts to a parameter point: defaults filled in, domains checked, names of formulas bound.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::claim::{Point, Quantity, Theorem};
use crate::formula::{Node, Undefined, parse};

use super::error::{InputError, nearest_first};
use super::law::Law;
use super::value::{certified_sign, integer, real};
use super::vector::Vector;
use super::{Domain, Fallback, PARAMETERS, Parameter, formula_names, parameter};

/// The parameters of a claim or quantity, resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The values as text, defaults filled in; each can be given back to `--set`.
    pub texts: BTreeMap<&'static str, String>,
    /// The values of the names in formulas.
    pub point: Point,
}

/// Name and value of a `name=value` text.
///
/// # Errors
/// [`InputError::Malformed`] without `=`, without a name, or without a value.
pub fn setting(text: &str) -> Result<(String, String), InputError> {
    match text.split_once('=') {
        Some((name, value)) if !name.trim().is_empty() && !value.trim().is_empty() => Ok((name.trim().to_owned(), value.trim().to_owned())),
        _ => Err(InputError::Malformed(text.to_owned())),
    }
}

/// The parameters of all quantities of a theorem; `settings` may use any of them.
///
/// # Errors
/// The first thing that is wrong with the settings.
pub fn resolve(theorem: &Theorem, settings: &[(String, String)]) -> Result<Settings, InputError> {
    let all: Vec<&str> = theorem.quantities.iter().flat_map(|quantity| quantity.parameters.iter().copied()).collect();
    Scope::new(&all, theorem.slug, settings)?.settings()
}

/// The parameters of one quantity.
///
/// # Errors
/// As [`resolve`]; also if a requirement of the quantity does not hold.
pub fn resolve_quantity(theorem: &Theorem, quantity: &Quantity, settings: &[(String, String)]) -> Result<Settings, InputError> {
    let name = format!("{}.{}", theorem.slug, quantity.id);
    Scope::new(quantity.parameters, &name, settings)?.settings()?.of(theorem, quantity)
}

impl Settings {
    /// Those of one quantity. Where it takes both layers, `layer` is bound to the lower one and `other_layer` to the upper one.
    ///
    /// # Errors
    /// [`InputError::Requirement`] if a requirement of the quantity does not hold.
    pub fn of(&self, theorem: &Theorem, quantity: &Quantity) -> Result<Settings, InputError> {
        let names = formula_names(quantity.parameters);
        let mut point =
            self.point.iter().filter(|(name, _)| names.contains(name)).fold(Point::new(), |p, (name, v)| p.with(name, v.clone()));
        if let (Some(layer), Some(other)) = (point.get("layer").cloned(), point.get("other_layer").cloned())
            && certified_sign(&(layer.clone() - other.clone())) == Ok(Ordering::Greater)
        {
            point = point.with("layer", other).with("other_layer", layer);
        }
        let texts = self.texts.iter().filter(|(name, _)| quantity.parameters.contains(name));
        let settings = Settings { texts: texts.map(|(name, text)| (*name, text.clone())).collect(), point };
        for requirement in quantity.requires {
            let condition = parse(requirement.positive)
                .unwrap_or_else(|error| panic!("the requirement `{}` of {}.{}: {error}", requirement.positive, theorem.slug, quantity.id));
            if !settings.is_positive(&condition) {
                let concerned = condition.free_names();
                let at = settings.point.iter().filter(|(name, _)| concerned.contains(*name));
                return Err(InputError::Requirement {
                    quantity: format!("{}.{}", theorem.slug, quantity.id),
                    says: requirement.says,
                    at: at.map(|(name, value)| format!("{name} = {value}")).collect::<Vec<_>>().join(", "),
                });
            }
        }
        Ok(settings)
    }

    fn is_positive(&self, condition: &Node) -> bool {
        let closed = self.point.iter().fold(condition.clone(), |body, (name, value)| body.given(name, value.clone()));
        matches!(certified_sign(&closed), Ok(Ordering::Greater))
    }
}

/// The settings of the parameters in use.
struct Scope<'a> {
    used: Vec<&'static Parameter>,
    given: BTreeMap<&'a str, &'a str>,
}

impl<'a> Scope<'a> {
    fn new(names: &[&str], owner: &str, settings: &'a [(String, String)]) -> Result<Self, InputError> {
        for name in names {
            assert!(parameter(name).is_some(), "{owner} takes `{name}`, which is not in the vocabulary of parameters");
        }
        let used: Vec<_> = PARAMETERS.iter().filter(|parameter| names.contains(&parameter.name)).collect();
        let mut given = BTreeMap::new();
        for (name, value) in settings {
            if !used.iter().any(|parameter| parameter.name == name) {
                let accepted = nearest_first(name, used.iter().map(|parameter| parameter.name));
                return Err(InputError::Unknown { owner: owner.to_owned(), name: name.clone(), accepted });
            }
            if given.insert(name.as_str(), value.as_str()).is_some() {
                return Err(InputError::Repeated(name.clone()));
            }
        }
        Ok(Scope { used, given })
    }

    /// The parameter, if in use, with the text that the user gave for it.
    fn find(&self, name: &str) -> Option<(&'static Parameter, Option<&'a str>)> {
        let parameter = self.used.iter().copied().find(|parameter| parameter.name == name)?;
        Some((parameter, self.given.get(name).copied()))
    }

    fn settings(&self) -> Result<Settings, InputError> {
        let gate = self.gate()?;
        let (input, width) = self.input_and_width()?;
        let mut settings = Settings { texts: BTreeMap::new(), point: Point::new() };
        for &parameter in &self.used {
            let given = self.given.get(parameter.name).copied();
            let text = match (given, parameter.default) {
                (Some(text), _) => text.to_owned(),
                (None, Fallback::Text(text)) => text.to_owned(),
                (None, Fallback::Width(_)) => width.map(|width| width.to_string()).unwrap_or_default(),
                (None, Fallback::CriticalLaw) => gate.critical_law().to_owned(),
                (None, Fallback::Input) => gate.target().to_owned(),
                (None, Fallback::Layer) => settings.texts.get("layer").map_or("1", String::as_str).to_owned(),
                (None, Fallback::Law) => settings.texts.get("law").map_or(gate.critical_law(), String::as_str).to_owned(),
            };
            let number = |n: i64| Node::rational(&n.into());
            let values = match parameter.domain {
                Domain::Real { .. } => vec![real(parameter, &text)?],
                Domain::Integer { .. } => vec![number(integer(parameter, &text)?)],
                Domain::Gate => vec![gate.share()],
                Domain::Law => {
                    let width = width.map(|width| number(i64::try_from(width).unwrap_or(i64::MAX)));
                    let law = Law::parse(parameter, &text, width.as_ref())?;
                    vec![law.variance, law.kurtosis]
                }
                Domain::Input => {
                    let (vector, width) = (input.as_ref().expect("read above"), width.expect("an input has a width"));
                    vec![vector.power_sum(2, width), vector.power_sum(4, width)]
                }
                Domain::Direction => direction(parameter, &text, width)?,
                Domain::Target => vec![self.target(parameter, &text, gate, input.as_ref(), width)?],
                Domain::Order => vec![order(parameter, &text, gate, width)?],
                Domain::Layer => vec![number(self.layer(parameter, &text, &settings)?)],
            };
            for (name, value) in parameter.binds.iter().zip(values) {
                settings.point = settings.point.with(name, value);
            }
            settings.texts.insert(parameter.name, text);
        }
        Ok(settings)
    }

    fn gate(&self) -> Result<Gate, InputError> {
        let Some((parameter, Some(text))) = self.find("gate") else { return Ok(Gate::Linear) };
        match text {
            "linear" => Ok(Gate::Linear),
            "relu" => Ok(Gate::Relu),
            _ => Err(InputError::Outside { name: parameter.name, text: text.to_owned(), accepts: parameter.domain.to_string() }),
        }
    }

    /// The input, if in use, and the width, if either is in use. An input of a stated length sets the width.
    fn input_and_width(&self) -> Result<(Option<Vector>, Option<usize>), InputError> {
        let stated = match self.find("width") {
            Some((parameter, Some(text))) => Some((usize::try_from(integer(parameter, text)?).unwrap_or(usize::MAX), text)),
            _ => None,
        };
        let default = match parameter("width").map(|parameter| parameter.default) {
            Some(Fallback::Width(text)) => text.parse().ok(),
            _ => None,
        };
        let Some((parameter, text)) = self.find("input") else {
            let width = self.find("width").is_some().then_some(stated.map(|(width, _)| width).or(default)).flatten();
            return Ok((None, width));
        };
        let text = text.unwrap_or(match parameter.default {
            Fallback::Text(text) => text,
            _ => "0",
        });
        let vector = Vector::parse(parameter, text)?;
        let width = match (stated, vector.len()) {
            (Some((width, written)), _) if !vector.fits(width) => {
                return Err(InputError::Conflict(format!(
                    "input = {text:?} does not have as many entries as width = {written}: give one of the two, or make them equal"
                )));
            }
            (Some((width, _)), _) => width,
            (None, Some(length)) => length,
            (None, None) => default.filter(|&width| vector.fits(width)).unwrap_or(vector.least()),
        };
        Ok((Some(vector), Some(width)))
    }

    /// ‖y‖².
    fn target(
        &self,
        parameter: &Parameter,
        text: &str,
        gate: Gate,
        input: Option<&Vector>,
        width: Option<usize>,
    ) -> Result<Node, InputError> {
        let zero = Vector::parse(parameter, "(0,...,0)")?;
        let vector = match (text, input) {
            ("input", Some(input)) => input.clone(),
            ("0", _) => zero,
            _ => Vector::parse(parameter, text)?,
        };
        let width = fitting(parameter, text, &vector, width)?;
        if gate == Gate::Relu && !vector.is_zero() && matches!(self.find("output-law"), Some((_, None))) {
            return Err(InputError::Conflict(format!(
                "target = {text:?} is not accepted with gate = relu where B = I: set target = 0, or output-law for a random output matrix B"
            )));
        }
        Ok(vector.power_sum(2, width))
    }

    fn layer(&self, parameter: &Parameter, text: &str, settings: &Settings) -> Result<i64, InputError> {
        let layer = integer(parameter, text)?;
        let depth = settings.point.get("depth").cloned().unwrap_or_else(|| Node::integer(i64::MAX));
        match certified_sign(&(depth - Node::integer(layer))) {
            Ok(Ordering::Less) | Err(Undefined::Undecided(_)) => {
                Err(InputError::Outside { name: parameter.name, text: text.to_owned(), accepts: parameter.domain.to_string() })
            }
            _ => Ok(layer),
        }
    }
}

/// Σu and ‖u‖².
fn direction(parameter: &Parameter, text: &str, width: Option<usize>) -> Result<Vec<Node>, InputError> {
    let vector = Vector::parse(parameter, text)?;
    let width = fitting(parameter, text, &vector, width)?;
    Ok(vec![vector.power_sum(1, width), vector.power_sum(2, width)])
}

/// The width, if the vector has as many entries.
fn fitting(parameter: &Parameter, text: &str, vector: &Vector, width: Option<usize>) -> Result<usize, InputError> {
    width.filter(|&width| vector.fits(width)).ok_or_else(|| {
        let width = width.map_or("unknown".to_owned(), |width| width.to_string());
        InputError::Conflict(format!(
            "{0} = {text:?} does not have as many entries as the width, {width}: {0} is {1}",
            parameter.name, parameter.domain
        ))
    })
}

/// The order of a moment, where the moment is finite.
fn order(parameter: &Parameter, text: &str, gate: Gate, width: Option<usize>) -> Result<Node, InputError> {
    let (bound, accepts) = match (width, gate) {
        (None, _) => (Node::integer(-1), "a real number above -1".to_owned()),
        (Some(width), Gate::Linear) => {
            (-Node::rational(&width.into()) / Node::integer(2), format!("a real number above -width/2, with width = {width}"))
        }
        (Some(_), Gate::Relu) => (-Node::integer(1) / Node::integer(2), "a real number above -1/2 for gate = relu".to_owned()),
    };
    let node = real(parameter, text)?;
    match certified_sign(&(node.clone() - bound)) {
        Ok(Ordering::Greater) => Ok(node),
        _ => Err(InputError::Outside { name: parameter.name, text: text.to_owned(), accepts }),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Gate {
    Linear,
    Relu,
}

impl Gate {
    /// The share of gates that are open.
    fn share(self) -> Node {
        match self {
            Gate::Linear => Node::integer(1),
            Gate::Relu => Node::integer(1) / Node::integer(2),
        }
    }

    const fn critical_law(self) -> &'static str {
        match self {
            Gate::Linear => "xavier-uniform",
            Gate::Relu => "he-uniform",
        }
    }

    const fn target(self) -> &'static str {
        match self {
            Gate::Linear => "input",
            Gate::Relu => "0",
        }
    }
}
