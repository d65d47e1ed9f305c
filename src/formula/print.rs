//! Trees to text that parses to the same tree.

use std::fmt::{self, Write};

use super::decimal::Decimal;
use super::tree::Node;

/// How tightly a printed node holds together, from loosest to tightest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Tightness {
    Binding,
    Sum,
    Product,
    Negation,
    Power,
    Atom,
}

impl Tightness {
    fn of(node: &Node) -> Tightness {
        match node {
            Node::Let(..) => Tightness::Binding,
            Node::Sum(..) | Node::Difference(..) => Tightness::Sum,
            Node::Product(..) | Node::Quotient(..) => Tightness::Product,
            Node::Negation(_) => Tightness::Negation,
            Node::Power(..) => Tightness::Power,
            Node::Number(_) | Node::Name(_) | Node::Call(..) | Node::List(_) | Node::Index(..) | Node::Series { .. } => Tightness::Atom,
        }
    }
}

/// The formula as text: [`parse`](super::parse) returns the same tree.
///
/// Parentheses stand only where the tree needs them, and around a negation that follows another operator: `a*(-b)`, `a^-b`.
impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Printer { out: f }.whole(self)
    }
}

struct Printer<'o> {
    out: &'o mut dyn Write,
}

/// What stands before a printed node.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// A bracket, a comma, or nothing.
    Opening,
    /// An operator.
    Operator,
}

impl Printer<'_> {
    /// A node that brackets or the ends of the text delimit.
    fn whole(&mut self, node: &Node) -> fmt::Result {
        self.node(node, Tightness::Binding, Before::Opening)
    }

    /// A node where nothing looser than `loosest` may stand bare.
    fn node(&mut self, node: &Node, loosest: Tightness, before: Before) -> fmt::Result {
        let tightness = Tightness::of(node);
        if tightness < loosest || (tightness == Tightness::Negation && before == Before::Operator) {
            self.out.write_char('(')?;
            self.bare(node, Before::Opening)?;
            return self.out.write_char(')');
        }
        self.bare(node, before)
    }

    fn bare(&mut self, node: &Node, before: Before) -> fmt::Result {
        use Tightness::{Atom, Negation, Power, Product, Sum};
        match node {
            Node::Number(number) => match Decimal::of(number) {
                Some(Decimal { digits, exponent: None }) => self.out.write_str(&digits),
                Some(Decimal { digits, exponent: Some(exponent) }) => write!(self.out, "{digits}e{exponent}"),
                None => write!(self.out, "({number})"),
            },
            Node::Name(name) => self.out.write_str(name),
            Node::Negation(a) => {
                self.out.write_char('-')?;
                self.node(a, Negation, Before::Operator)
            }
            Node::Sum(a, b) => self.infix((a, Sum), " + ", (b, Product), before),
            Node::Difference(a, b) => self.infix((a, Sum), " - ", (b, Product), before),
            Node::Product(a, b) => self.infix((a, Product), "*", (b, Negation), before),
            Node::Quotient(a, b) => self.infix((a, Product), "/", (b, Negation), before),
            Node::Power(a, b) => {
                self.node(a, Atom, before)?;
                self.out.write_char('^')?;
                match &**b {
                    Node::Negation(_) => self.bare(b, Before::Operator),
                    _ => self.node(b, Power, Before::Operator),
                }
            }
            Node::Call(function, arguments) => {
                self.out.write_str(function.name())?;
                self.listed('(', arguments, ')')
            }
            Node::List(items) => self.listed('[', items, ']'),
            Node::Index(list, index) => {
                self.node(list, Atom, before)?;
                self.out.write_char('[')?;
                self.whole(index)?;
                self.out.write_char(']')
            }
            Node::Let(name, value, body) => {
                write!(self.out, "let {name} = ")?;
                self.node(value, Sum, Before::Opening)?;
                self.out.write_str("; ")?;
                self.whole(body)
            }
            Node::Series { index, from, term, ratio } => {
                write!(self.out, "series({index}")?;
                for argument in [from, term, ratio] {
                    self.out.write_str(", ")?;
                    self.whole(argument)?;
                }
                self.out.write_char(')')
            }
        }
    }

    fn infix(&mut self, left: (&Node, Tightness), sign: &str, right: (&Node, Tightness), before: Before) -> fmt::Result {
        self.node(left.0, left.1, before)?;
        self.out.write_str(sign)?;
        self.node(right.0, right.1, Before::Operator)
    }

    fn listed(&mut self, open: char, items: &[Node], close: char) -> fmt::Result {
        self.out.write_char(open)?;
        for (i, item) in items.iter().enumerate() {
            if i > 0 {
                self.out.write_str(", ")?;
            }
            self.whole(item)?;
        }
        self.out.write_char(close)
    }
}

#[cfg(test)]
mod tests {
    use dashu::rational::RBig;
    use quickcheck::QuickCheck;

    use super::super::arbitrary::{AnyTree, RationalTree};
    use super::super::parse;
    use super::*;

    /// How a text reads after parsing and printing.
    fn reprinted(text: &str) -> String {
        parse(text).unwrap().to_string()
    }

    #[test]
    fn parsing_what_was_printed_returns_the_tree() {
        fn returns(tree: &Node) -> Result<bool, String> {
            let text = tree.to_string();
            let parsed = parse(&text);
            if parsed.as_ref() == Ok(tree) { Ok(true) } else { Err(format!("{text} is parsed as {parsed:?}")) }
        }
        fn any(tree: AnyTree) -> Result<bool, String> {
            returns(&tree.0)
        }
        fn rational(tree: RationalTree) -> Result<bool, String> {
            returns(&tree.0)
        }
        QuickCheck::new().tests(10_000).quickcheck(any as fn(AnyTree) -> Result<bool, String>);
        QuickCheck::new().tests(2_000).quickcheck(rational as fn(RationalTree) -> Result<bool, String>);
    }

    #[test]
    fn canonical_texts_print_as_they_were_written() {
        for text in [
            "(tau^order/(order + 1))^depth",
            "tau^depth*exp(-gamma_median(depth))",
            "let c = kurtosis - 3; let Q = width*variance^2*[[p^2, p*(1 - p) + c*p], [3*p^2, 3*p*(1 - p)]]; (Q^(depth - 1)*[1, 2])[0]",
            "series(k, 0, power_integral(w0, b, (k - 1)*depth + 2), b^depth)",
            "-a^b",
            "(-a)^-b",
            "-a*b",
            "-(a*b)",
            "-(-a)",
            "a - (b - c) - d",
            "a/(b*c)/d",
            "a*(-b)",
            "a - (-b)*c",
            "(a^b)^c^d",
            "1 + (let a = 1; a)",
            "let a = (let b = 1; b); a",
            "0.9 + 1.5e-100",
            "[a, -b][i + 1][0]",
        ] {
            assert_eq!(reprinted(text), text);
        }
    }

    #[test]
    fn needless_parentheses_are_not_printed() {
        assert_eq!(reprinted("((a)+((b*c)))-((f0))[((0))]"), "a + b*c - f0[0]");
        assert_eq!(reprinted("((a*b)/c)^(-(d^(e)))"), "(a*b/c)^-d^e");
    }

    #[test]
    fn no_two_nearby_trees_print_alike() {
        for (one, other) in [("a - (b + c)", "a - b + c"), ("a/(b/c)", "a/b/c"), ("(a^b)^c", "a^b^c"), ("(-a)^2", "-a^2")] {
            assert_ne!(reprinted(one), reprinted(other));
        }
    }

    #[test]
    fn a_number_without_a_decimal_prints_as_a_bracketed_quotient() {
        let third = Node::Number(RBig::from_parts(1.into(), 3_u8.into()));
        assert_eq!((third.clone() * Node::name("a")).to_string(), "(1/3)*a");
        assert_eq!(third.power(Node::integer(2)).to_string(), "(1/3)^2");
    }
}
