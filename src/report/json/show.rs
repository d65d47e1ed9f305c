//! The document of `show`: a card with its quantities at a point.

use serde::{Deserialize, Serialize};

use crate::claim::{Quantity, Theorem};
use crate::formula::Numeral;

use super::num::state_name;
use super::{Num, Parameters};

/// A theorem's card and the values of its quantities.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShowDocument {
    /// The document's kind and version.
    pub schema: String,
    /// The version of the suite.
    pub version: String,
    /// The theorem's slug.
    pub claim: String,
    /// Its title.
    pub label: String,
    /// Where the paper says it.
    pub source: String,
    /// The values of its parameters as text, defaults filled in.
    pub parameters: Parameters,
    /// Its closed forms.
    pub quantities: Vec<QuantityDocument>,
}

/// A closed form and its value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuantityDocument {
    /// The identifier within the theorem.
    pub id: String,
    /// What it is.
    pub says: String,
    /// The formula as text.
    pub formula: String,
    /// The formula in LaTeX.
    pub latex: String,
    /// The parameters that it takes.
    pub parameters: Vec<String>,
    /// `finite`, `zero`, `infinite` or `unset`.
    pub state: String,
    /// The value as an `f64`; null outside its normal range.
    pub value: Option<f64>,
    /// −1, 0 or 1; null if unset.
    pub sign: Option<i8>,
    /// ln |value|; null unless finite and non-zero.
    pub log: Option<f64>,
    /// The value as a fraction in lowest terms; null if irrational, unknown or too long.
    pub exact: Option<String>,
    /// Why the value is unset; null otherwise.
    pub reason: Option<String>,
}

impl ShowDocument {
    /// The document of a card.
    #[must_use]
    pub fn new(version: &str, theorem: &Theorem, parameters: Parameters, quantities: Vec<QuantityDocument>) -> Self {
        ShowDocument {
            schema: "vanishing-curvature/show/1".to_owned(),
            version: version.to_owned(),
            claim: theorem.slug.to_owned(),
            label: theorem.label.to_owned(),
            source: theorem.source.to_owned(),
            parameters,
            quantities,
        }
    }
}

impl QuantityDocument {
    /// A quantity with its LaTeX and its value; `exact` in lowest terms, `reason` where the value is unset.
    #[must_use]
    pub fn new(quantity: &Quantity, latex: String, value: &Numeral, exact: Option<String>, reason: Option<String>) -> Self {
        let num = Num::from(value);
        QuantityDocument {
            id: quantity.id.to_owned(),
            says: quantity.says.to_owned(),
            formula: quantity.formula.to_owned(),
            latex,
            parameters: quantity.parameters.iter().map(|&name| name.to_owned()).collect(),
            state: state_name(value.state).to_owned(),
            value: num.value,
            sign: num.sign,
            log: num.log,
            exact,
            reason,
        }
    }
}
