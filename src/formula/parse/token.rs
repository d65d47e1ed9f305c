//! Formula text to tokens, one at a time.

use dashu::rational::RBig;

use super::{ParseError, error};
use crate::formula::decimal::{Decimal, LARGEST_EXPONENT};

/// A word of formula text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    /// A decimal.
    Number(RBig),
    /// A name, a function's name, or a keyword.
    Name(String),
    /// An operator, bracket or separator, in ASCII.
    Sign(char),
    /// The end of the text.
    End,
}

/// The rest of a text, as tokens.
pub(super) struct Tokens {
    characters: Vec<char>,
    next: usize,
}

impl Tokens {
    pub fn new(text: &str) -> Tokens {
        Tokens { characters: text.chars().collect(), next: 0 }
    }

    /// The characters from one position (counted from 1) up to another.
    pub fn text(&self, from: usize, to: usize) -> String {
        self.characters[from - 1..to - 1].iter().collect()
    }

    /// The next token, the position of its first character, and that after its last.
    pub fn read(&mut self) -> Result<(Token, usize, usize), ParseError> {
        self.take_while(char::is_whitespace);
        let position = self.next + 1;
        let token = match self.peek(0) {
            None => Token::End,
            Some(c) if c.is_ascii_digit() => self.number(position)?,
            Some(c) if c.is_ascii_alphabetic() || c == '_' => Token::Name(self.take_while(|c| c.is_ascii_alphanumeric() || c == '_')),
            Some(c) => {
                let sign = sign(c, self.peek(1)).map_err(|message| error(position, message))?;
                self.next += 1;
                Token::Sign(sign)
            }
        };
        Ok((token, position, self.next + 1))
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.characters.get(self.next + ahead).copied()
    }

    fn take_while(&mut self, accepted: impl Fn(char) -> bool) -> String {
        let taken: String = self.characters[self.next..].iter().copied().take_while(|c| accepted(*c)).collect();
        self.next += taken.chars().count();
        taken
    }

    fn number(&mut self, position: usize) -> Result<Token, ParseError> {
        let whole = self.take_while(|c| c.is_ascii_digit());
        let mut fraction = String::new();
        if self.peek(0) == Some('.') {
            self.next += 1;
            fraction = self.take_while(|c| c.is_ascii_digit());
            if fraction.is_empty() {
                return Err(error(self.next, format!("the point of a decimal is followed by digits, as in `{whole}.0`")));
            }
            if self.peek(0) == Some('.') {
                return Err(error(self.next + 1, "a decimal has one point"));
            }
        }
        let exponent = self.exponent()?;
        Decimal::number(&whole, &fraction, exponent)
            .map(Token::Number)
            .ok_or_else(|| error(position, "a decimal is written with the digits 0 to 9"))
    }

    /// The exponent after the digits of a decimal; 0 if none is written.
    fn exponent(&mut self) -> Result<i32, ParseError> {
        let signed = usize::from(matches!(self.peek(1), Some('+' | '-' | '−')));
        let written = matches!(self.peek(0), Some('e' | 'E')) && self.peek(1 + signed).is_some_and(|c| c.is_ascii_digit());
        if !written {
            return Ok(0);
        }
        let (position, negative) = (self.next + 1, matches!(self.peek(1), Some('-' | '−')));
        self.next += 1 + signed;
        let size = self.take_while(|c| c.is_ascii_digit()).parse::<i32>().ok().filter(|size| *size <= LARGEST_EXPONENT);
        let outside = || {
            let message = format!("the exponent of a decimal lies between -{LARGEST_EXPONENT} and {LARGEST_EXPONENT}");
            error(position, message)
        };
        size.map(|size| if negative { -size } else { size }).ok_or_else(outside)
    }
}

/// The ASCII sign that a character stands for, or what to write in its place.
fn sign(character: char, following: Option<char>) -> Result<char, String> {
    match (character, following) {
        ('*', Some('*')) => Err("`**` is no operator; a power is written with `^`".into()),
        ('=', Some('=')) | ('<' | '>' | '!', Some('=')) => {
            Err(format!("a formula has no comparison `{character}=`; it is one expression, without a second side"))
        }
        ('<' | '>' | '≤' | '≥' | '≠' | '≈', _) => {
            Err(format!("a formula has no comparison `{character}`; it is one expression, without a second side"))
        }
        ('+' | '-' | '*' | '/' | '^' | '(' | ')' | '[' | ']' | ',' | ';' | '=', _) => Ok(character),
        ('−', _) => Ok('-'),
        ('×' | '·' | '⋅', _) => Ok('*'),
        ('÷', _) => Ok('/'),
        ('.', _) => Err("a decimal begins with a digit, as in `0.5`".into()),
        ('{' | '}', _) => Err(format!("`{character}` is no bracket of a formula; `(` `)` group and `[` `]` make lists")),
        ('²' | '³', _) => Err(format!("`{character}` is not accepted; a power is written `^{}`", if character == '²' { 2 } else { 3 })),
        ('√', _) => Err("`√` is not accepted; a square root is written `sqrt(x)`".into()),
        ('π', _) => Err("`π` is not accepted; the number is written `pi()`".into()),
        _ if character.is_alphabetic() => Err(match spelled(character) {
            Some(name) => format!("names are made of ASCII letters, digits and `_`; write `{name}` for `{character}`"),
            None => format!("names are made of ASCII letters, digits and `_`, not `{character}`"),
        }),
        _ => {
            Err(format!("{character:?} has no meaning in a formula; accepted are decimals, names, `+ - * / ^`, brackets, `,`, `;` and `=`"))
        }
    }
}

fn spelled(greek: char) -> Option<&'static str> {
    Some(match greek {
        'τ' => "tau",
        'σ' => "sigma",
        'ε' => "epsilon",
        'η' => "eta",
        'κ' => "kurtosis",
        _ => return None,
    })
}
