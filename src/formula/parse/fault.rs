//! What the parser says about a text that is no formula.

use super::token::Token;
use super::{Function, ParseError, Parser, error};

impl Parser {
    /// Two operands side by side; the next token begins the second.
    pub(super) fn implicit_product(&self) -> ParseError {
        let left = match self.tokens.text(self.previous, self.position).trim() {
            ")" => "(…)".to_owned(),
            "]" => "[…]".to_owned(),
            text => text.to_owned(),
        };
        let right = match self.token {
            Token::Sign(_) => "(…)".to_owned(),
            _ => self.tokens.text(self.position, self.end),
        };
        error(self.position, format!("two operands stand side by side; a product needs its sign, as in `{left}*{right}`"))
    }

    /// No operand where one has to be.
    pub(super) fn operand_needed(&self) -> ParseError {
        let what = "a decimal, a name, a call, a list or a bracket";
        error(
            self.position,
            match &self.token {
                Token::End => format!("the text ends where an operand is needed: {what}"),
                Token::Sign('+') => format!("`+` stands between two operands; the one before it is missing: {what}"),
                _ => format!("an operand is needed before {}: {what}", self.seen()),
            },
        )
    }

    /// Something else where `what` has to be.
    pub(super) fn needed(&self, what: &str) -> ParseError {
        error(
            self.position,
            match self.token {
                Token::End => format!("the text ends where {what} should follow"),
                _ => format!("{what} should stand before {}", self.seen()),
            },
        )
    }

    /// The bracket at `open` is not closed where it has to be.
    pub(super) fn unclosed(&self, close: char, open: usize) -> ParseError {
        let opened = format!("the `{}` at character {open}", if close == ')' { '(' } else { '[' });
        error(
            self.position,
            match self.token {
                Token::End => format!("{opened} is not closed; `{close}` is missing"),
                Token::Sign('=') => NO_EQUATION.to_owned(),
                Token::Sign(';') => NO_SEMICOLON.to_owned(),
                Token::Sign(',') => format!("{opened} holds one formula; a comma separates arguments and the entries of a list"),
                _ => format!("{opened} is closed by `{close}`, not by {}", self.seen()),
            },
        )
    }

    /// Text after the end of a formula.
    pub(super) fn trailing(&self) -> ParseError {
        error(
            self.position,
            match self.token {
                Token::Sign('=') => NO_EQUATION.to_owned(),
                Token::Sign(';') => NO_SEMICOLON.to_owned(),
                Token::Sign(',') => "a comma separates arguments and the entries of a list, and stands only inside brackets".into(),
                _ => format!("{} closes no bracket", self.seen()),
            },
        )
    }

    /// The next token as it is written.
    fn seen(&self) -> String {
        match self.token {
            Token::End => "the end of the text".into(),
            _ => format!("`{}`", self.tokens.text(self.position, self.end)),
        }
    }
}

const NO_EQUATION: &str = "a formula has no `=` but that of a `let`; it is one expression, without a second side";
const NO_SEMICOLON: &str = "`;` stands only after the value of a `let`, as in `let a = 1; 2*a`";

/// How a series begins.
pub(super) const SERIES_INDEX: &str = "the first argument of `series` is the name of its index, as in `series(k, 0, x^k, x)`";
/// What follows the index of a series.
pub(super) const AFTER_SERIES_INDEX: &str = "a comma after the index of the `series`, which is a name alone,";

/// A function's name, or a keyword, that stands without brackets.
pub(super) fn uncalled(name: &str) -> String {
    match Function::from_name(name).map(Function::arity) {
        Some(0) => format!("`{name}` is a function; its value is written `{name}()`"),
        Some(_) => format!("`{name}` is a function and needs its arguments in brackets"),
        None => format!("`{name}` is reserved; it is written `series(index, from, term, ratio)`"),
    }
}

/// A call of a name that is no function.
pub(super) fn unknown_function(name: &str) -> String {
    let known = || Function::ALL.into_iter().map(Function::name).chain(["series"]);
    let nearest = known().min_by_key(|other| strsim::damerau_levenshtein(name, other)).unwrap_or_default();
    let all = known().collect::<Vec<_>>().join(", ");
    format!("`{name}` is no function; nearest is `{nearest}`, accepted are {all}, and a product is written `{name}*(…)`")
}

/// A call with the wrong number of arguments.
pub(super) fn arity(name: &str, wanted: usize, given: usize) -> String {
    let wanted = match wanted {
        0 => "no argument".into(),
        1 => "1 argument".into(),
        _ => format!("{wanted} arguments"),
    };
    format!("`{name}` takes {wanted}, not {given}")
}
