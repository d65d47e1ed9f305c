//! Formula text to tree.
//!
//! ```text
//! formula = "let" name "=" formula ";" formula  |  sum
//! sum     = product { ("+" | "-") product }
//! product = signed { ("*" | "/") signed }
//! signed  = "-" signed  |  indexed [ "^" signed ]
//! indexed = atom { "[" formula "]" }
//! atom    = decimal | name | "(" formula ")" | "[" formula { "," formula } "]"
//!         | function "(" [ formula { "," formula } ] ")"
//!         | "series" "(" name "," formula "," formula "," formula ")"
//! ```

mod fault;
mod token;

#[cfg(test)]
mod tests;

use thiserror::Error;

use self::token::{Token, Tokens};
use super::function::Function;
use super::tree::Node;

/// The longest accepted text, in characters.
const LONGEST: usize = 20_000;
/// The greatest accepted height of a tree: evaluating, printing and dropping recurse.
const TALLEST: usize = 256;
/// The greatest accepted nesting of brackets, minus signs, exponents and `let` bodies. Printing any accepted tree stays below
/// it, as a node is printed with at most two of these.
const DEEPEST: usize = 2 * TALLEST;

/// Why a text is no formula: one sentence, with the position (in characters, counted from 1) where it was noticed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("at character {position}: {message}")]
pub struct ParseError {
    /// The position, counted from 1.
    pub position: usize,
    /// What is wrong and what is accepted.
    pub message: String,
}

fn error(position: usize, message: impl Into<String>) -> ParseError {
    ParseError { position, message: message.into() }
}

/// The tree of a formula.
///
/// Texts of more than 20 000 characters and trees of more than 256 levels are refused, so that no recursion over a parsed tree
/// runs out of stack.
///
/// # Errors
/// [`ParseError`] with position and, for an unknown function, the nearest known one.
pub fn parse(text: &str) -> Result<Node, ParseError> {
    if text.chars().nth(LONGEST).is_some() {
        return Err(error(LONGEST + 1, format!("a formula has at most {LONGEST} characters")));
    }
    if text.trim().is_empty() {
        return Err(error(1, "the text is empty; a formula is needed, such as `tau^depth`"));
    }
    let mut parser = Parser::new(Tokens::new(text))?;
    let tree = parser.formula()?;
    match parser.token {
        Token::End => Ok(tree.node),
        _ => Err(parser.trailing()),
    }
}

/// Whether `word` is the name of a function or a keyword, so that no parameter or `let` may carry it.
fn is_reserved(word: &str) -> bool {
    word == "let" || word == "series" || Function::from_name(word).is_some()
}

/// A tree with its height.
struct Tall {
    node: Node,
    height: usize,
}

/// How two operands become one node.
type Operator = fn(Node, Node) -> Node;

struct Parser {
    tokens: Tokens,
    /// The token to be read next, and where it begins and ends.
    token: Token,
    position: usize,
    end: usize,
    /// Where the token before it began.
    previous: usize,
    /// How many brackets, minus signs, exponents and `let` bodies are open.
    depth: usize,
}

impl Parser {
    fn new(mut tokens: Tokens) -> Result<Parser, ParseError> {
        let (token, position, end) = tokens.read()?;
        Ok(Parser { tokens, token, position, end, previous: position, depth: 0 })
    }

    fn advance(&mut self) -> Result<Token, ParseError> {
        let (token, position, end) = self.tokens.read()?;
        self.previous = self.position;
        (self.position, self.end) = (position, end);
        Ok(std::mem::replace(&mut self.token, token))
    }

    /// Reads on if the next token is `sign`.
    fn passes(&mut self, sign: char) -> Result<bool, ParseError> {
        let passes = self.token == Token::Sign(sign);
        if passes {
            self.advance()?;
        }
        Ok(passes)
    }

    /// Runs `inner` one level deeper.
    fn deeper<T>(&mut self, inner: impl FnOnce(&mut Self) -> Result<T, ParseError>) -> Result<T, ParseError> {
        if self.depth == DEEPEST {
            return Err(error(
                self.position,
                format!("the formula is nested too deeply; brackets, minus signs and exponents may nest {DEEPEST} deep"),
            ));
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    /// `node`, noticed at `position`, over subtrees of these heights.
    fn grown(position: usize, node: Node, heights: &[usize]) -> Result<Tall, ParseError> {
        let height = 1 + heights.iter().max().copied().unwrap_or(0);
        if height > TALLEST {
            let most = TALLEST - 1;
            let message = format!(
                "the formula is too deep; at most {most} operations may act on one another's results, and each sign of a chain such \
                 as `a + b + c` counts"
            );
            return Err(error(position, message));
        }
        Ok(Tall { node, height })
    }

    fn formula(&mut self) -> Result<Tall, ParseError> {
        if self.token == Token::Name("let".into()) { self.binding() } else { self.chain(SUMS) }
    }

    fn binding(&mut self) -> Result<Tall, ParseError> {
        let start = self.position;
        self.advance()?;
        let name = self.name("`let` binds a name, as in `let a = 1; 2*a`")?;
        if !self.passes('=')? {
            return Err(self.needed("`=` and the value of the `let`"));
        }
        let value = self.deeper(Self::formula)?;
        if !self.passes(';')? {
            return Err(self.needed("`;` and the formula that uses the `let`"));
        }
        let body = self.deeper(Self::formula)?;
        Self::grown(start, body.node.given(name, value.node), &[value.height, body.height])
    }

    /// A name that is being bound.
    fn name(&mut self, usage: &str) -> Result<String, ParseError> {
        let position = self.position;
        match self.token.clone() {
            Token::Name(name) if is_reserved(&name) => Err(error(position, format!("`{name}` is reserved and cannot be bound; {usage}"))),
            Token::Name(name) => {
                self.advance()?;
                Ok(name)
            }
            _ => Err(error(position, format!("a name is needed here; {usage}"))),
        }
    }

    /// Operands joined by operators of this strength or more, grouped from the left.
    fn chain(&mut self, weakest: u8) -> Result<Tall, ParseError> {
        let mut left = self.signed()?;
        loop {
            let (strength, operator): (u8, Operator) = match self.token {
                Token::Sign('+') => (SUMS, |a, b| a + b),
                Token::Sign('-') => (SUMS, |a, b| a - b),
                Token::Sign('*') => (PRODUCTS, |a, b| a * b),
                Token::Sign('/') => (PRODUCTS, |a, b| a / b),
                Token::Number(_) | Token::Name(_) | Token::Sign('(') => return Err(self.implicit_product()),
                _ => return Ok(left),
            };
            if strength < weakest {
                return Ok(left);
            }
            let position = self.position;
            self.advance()?;
            let right = self.chain(strength + 1)?;
            left = Self::grown(position, operator(left.node, right.node), &[left.height, right.height])?;
        }
    }

    fn signed(&mut self) -> Result<Tall, ParseError> {
        let position = self.position;
        if self.passes('-')? {
            let operand = self.deeper(Self::signed)?;
            return Self::grown(position, -operand.node, &[operand.height]);
        }
        let base = self.indexed()?;
        let position = self.position;
        if !self.passes('^')? {
            return Ok(base);
        }
        let exponent = self.deeper(Self::signed)?;
        Self::grown(position, base.node.power(exponent.node), &[base.height, exponent.height])
    }

    fn indexed(&mut self) -> Result<Tall, ParseError> {
        let mut list = self.atom()?;
        loop {
            let open = self.position;
            if !self.passes('[')? {
                return Ok(list);
            }
            let index = self.deeper(Self::formula)?;
            self.close(']', open)?;
            let node = Node::Index(Box::new(list.node), Box::new(index.node));
            list = Self::grown(open, node, &[list.height, index.height])?;
        }
    }

    fn atom(&mut self) -> Result<Tall, ParseError> {
        let position = self.position;
        match self.token.clone() {
            Token::Number(number) => {
                self.advance()?;
                Self::grown(position, Node::Number(number), &[])
            }
            Token::Name(name) => self.named(name),
            Token::Sign('(') => {
                self.advance()?;
                let inner = self.deeper(Self::formula)?;
                self.close(')', position)?;
                Ok(inner)
            }
            Token::Sign('[') => {
                self.advance()?;
                let (items, heights) = self.items(']', position)?;
                if items.is_empty() {
                    return Err(error(position, "a list has at least one entry"));
                }
                Self::grown(position, Node::List(items), &heights)
            }
            _ => Err(self.operand_needed()),
        }
    }

    /// An atom that begins with a word: a name, a call, or a series.
    fn named(&mut self, name: String) -> Result<Tall, ParseError> {
        let position = self.position;
        if name == "let" {
            return Err(error(position, "`let` stands at the start of a formula or of a part in brackets"));
        }
        self.advance()?;
        let open = self.position;
        if self.token != Token::Sign('(') {
            return if is_reserved(&name) {
                Err(error(position, fault::uncalled(&name)))
            } else {
                Self::grown(position, Node::Name(name), &[])
            };
        }
        if name == "series" {
            return self.series(position);
        }
        let Some(function) = Function::from_name(&name) else { return Err(error(position, fault::unknown_function(&name))) };
        self.advance()?;
        let (arguments, heights) = self.items(')', open)?;
        if arguments.len() != function.arity() {
            return Err(error(position, fault::arity(&name, function.arity(), arguments.len())));
        }
        Self::grown(position, Node::Call(function, arguments), &heights)
    }

    fn series(&mut self, position: usize) -> Result<Tall, ParseError> {
        let open = self.position;
        self.advance()?;
        let index = self.name(fault::SERIES_INDEX)?;
        let (mut arguments, mut heights) = (Vec::new(), Vec::new());
        if self.passes(',')? {
            (arguments, heights) = self.items(')', open)?;
        } else if !self.passes(')')? {
            return Err(self.needed(fault::AFTER_SERIES_INDEX));
        }
        let given = arguments.len() + 1;
        let Ok([from, term, ratio]) = <[Node; 3]>::try_from(arguments) else {
            return Err(error(position, fault::arity("series", 4, given)));
        };
        let node = Node::Series { index, from: Box::new(from), term: Box::new(term), ratio: Box::new(ratio) };
        Self::grown(position, node, &heights)
    }

    /// Formulas separated by commas up to the closing bracket, with their heights.
    fn items(&mut self, close: char, open: usize) -> Result<(Vec<Node>, Vec<usize>), ParseError> {
        let (mut nodes, mut heights) = (Vec::new(), Vec::new());
        if self.passes(close)? {
            return Ok((nodes, heights));
        }
        loop {
            let item = self.deeper(Self::formula)?;
            nodes.push(item.node);
            heights.push(item.height);
            if !self.passes(',')? {
                self.close(close, open)?;
                return Ok((nodes, heights));
            }
        }
    }

    /// Reads on past the bracket that closes the one at `open`.
    fn close(&mut self, close: char, open: usize) -> Result<(), ParseError> {
        if self.passes(close)? { Ok(()) } else { Err(self.unclosed(close, open)) }
    }
}

const SUMS: u8 = 1;
const PRODUCTS: u8 = 2;
