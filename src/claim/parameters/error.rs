//! What can be wrong with a parameter: one sentence that names the argument, what is wrong, and what is accepted.

use thiserror::Error;

use crate::formula::ParseError;

/// Why a parameter's value was refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum InputError {
    /// A setting without `=`, without a name, or without a value.
    #[error("--set {0:?} is malformed: write name=value, as in --set tau=sqrt(3)")]
    Malformed(String),
    /// A name that the claim does not use.
    #[error("{owner} has no parameter `{name}`: {}", listing(.accepted))]
    Unknown {
        /// The claim or quantity.
        owner: String,
        /// The name.
        name: String,
        /// The names there are, nearest first.
        accepted: Vec<&'static str>,
    },
    /// A name that was set twice.
    #[error("--set {0} is given twice: set each parameter once")]
    Repeated(String),
    /// A value that does not parse.
    #[error("{name} = {text:?} is not a formula: {error} ({name} is {accepts})")]
    NotFormula {
        /// The parameter.
        name: &'static str,
        /// Its value.
        text: String,
        /// Where and why parsing stopped.
        error: ParseError,
        /// What is accepted.
        accepts: String,
    },
    /// A value that uses names.
    #[error("{name} = {text:?} uses the name `{free}`: a value is a formula without names, and {name} is {accepts}")]
    NotClosed {
        /// The parameter.
        name: &'static str,
        /// Its value.
        text: String,
        /// The first name that it uses.
        free: String,
        /// What is accepted.
        accepts: String,
    },
    /// A value that is no number.
    #[error("{name} = {text:?} has no value: {reason} ({name} is {accepts})")]
    NoValue {
        /// The parameter.
        name: &'static str,
        /// Its value.
        text: String,
        /// Why, in words.
        reason: String,
        /// What is accepted.
        accepts: String,
    },
    /// A number or word that the parameter does not accept.
    #[error("{name} = {text:?} is not accepted: {name} is {accepts}")]
    Outside {
        /// The parameter.
        name: &'static str,
        /// Its value.
        text: String,
        /// What is accepted.
        accepts: String,
    },
    /// Values that do not fit together, in words.
    #[error("{0}")]
    Conflict(String),
    /// A condition of the quantity on several parameters that does not hold.
    #[error("{quantity} is not defined here: {says} ({at})")]
    Requirement {
        /// The quantity's full name.
        quantity: String,
        /// The condition in words.
        says: &'static str,
        /// The parameters that it concerns, with their values.
        at: String,
    },
}

fn listing(names: &[&str]) -> String {
    if names.is_empty() { "it takes none".to_owned() } else { format!("it takes {}", names.join(", ")) }
}

/// The candidates, those nearest in spelling to `word` first; equally near ones keep their order.
#[must_use]
pub fn nearest_first<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let word = word.to_lowercase();
    let mut ranked: Vec<(usize, &str)> =
        candidates.into_iter().map(|name| (strsim::damerau_levenshtein(&word, &name.to_lowercase()), name)).collect();
    ranked.sort_by_key(|(distance, _)| *distance);
    ranked.into_iter().map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_spelling_comes_first_and_ties_keep_their_order() {
        assert_eq!(nearest_first("dept", ["tau", "order", "depth"])[0], "depth");
        assert_eq!(nearest_first("zz", ["tau", "abc", "xyz"]), ["xyz", "tau", "abc"]);
        assert_eq!(nearest_first("PROP-3", ["thm-5", "prop-3"])[0], "prop-3");
    }
}
