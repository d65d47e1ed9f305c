//! The tree of a formula: a number, a name, arithmetic, calls of certified functions, lists, `let` and `series`.

use std::collections::BTreeSet;

use dashu::rational::RBig;

use super::function::Function;

/// A formula as a tree.
///
/// Lists nest: a list of lists of equal length is a matrix, row by row. Arithmetic acts on scalars; `+` and `-` also act on
/// lists of the same shape, `*` on scalar × list, matrix × vector and matrix × matrix, `^` on square matrices.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Node {
    /// A non-negative literal. Decimals are exact: `0.9` is 9/10. The denominator divides a power of ten.
    Number(RBig),
    /// A parameter, or a name bound by an enclosing `let` or `series`.
    Name(String),
    /// `-a`
    Negation(Box<Node>),
    /// `a + b`
    Sum(Box<Node>, Box<Node>),
    /// `a - b`
    Difference(Box<Node>, Box<Node>),
    /// `a * b`
    Product(Box<Node>, Box<Node>),
    /// `a / b`
    Quotient(Box<Node>, Box<Node>),
    /// `a ^ b`: exact for integer `b`; otherwise `exp(b ln a)`, in the number systems that have it.
    Power(Box<Node>, Box<Node>),
    /// `f(a, …)`
    Call(Function, Vec<Node>),
    /// `[a, …]`
    List(Vec<Node>),
    /// `a[i]`, counted from 0.
    Index(Box<Node>, Box<Node>),
    /// `let name = value; body`
    Let(String, Box<Node>, Box<Node>),
    /// `series(index, from, term, ratio)`: Σ over `index = from, from + 1, …` of `term`, where `ratio` bounds the quotient of
    /// successive absolute terms, and so the tail.
    Series {
        /// The summation index, a name that only `term` sees.
        index: String,
        /// The first index.
        from: Box<Node>,
        /// The term, in `index` and the names in scope.
        term: Box<Node>,
        /// A bound below one on |term(k+1)| / |term(k)|.
        ratio: Box<Node>,
    },
}

impl Node {
    /// An integer literal (a negative one as a negation).
    #[must_use]
    pub fn integer(value: i64) -> Self {
        let literal = Node::Number(RBig::from(value.unsigned_abs()));
        if value < 0 { -literal } else { literal }
    }

    /// A rational as a tree: a literal, or a quotient of two.
    #[must_use]
    pub fn rational(value: &RBig) -> Self {
        let (sign, magnitude) = (value < &RBig::ZERO, if value < &RBig::ZERO { -value.clone() } else { value.clone() });
        let (numerator, denominator) = magnitude.into_parts();
        let top = Node::Number(RBig::from(numerator));
        let node = if denominator.is_one() { top } else { top / Node::Number(RBig::from(denominator)) };
        if sign { -node } else { node }
    }

    /// A name.
    #[must_use]
    pub fn name(name: impl Into<String>) -> Self {
        Node::Name(name.into())
    }

    /// `let name = value; self`
    #[must_use]
    pub fn given(self, name: impl Into<String>, value: Node) -> Self {
        Node::Let(name.into(), Box::new(value), Box::new(self))
    }

    /// `self ^ exponent`
    #[must_use]
    pub fn power(self, exponent: Node) -> Self {
        Node::Power(Box::new(self), Box::new(exponent))
    }

    /// The direct subtrees, in the order in which they are written.
    #[must_use]
    pub fn children(&self) -> Vec<&Node> {
        match self {
            Node::Number(_) | Node::Name(_) => vec![],
            Node::Negation(a) => vec![a],
            Node::Sum(a, b)
            | Node::Difference(a, b)
            | Node::Product(a, b)
            | Node::Quotient(a, b)
            | Node::Power(a, b)
            | Node::Index(a, b)
            | Node::Let(_, a, b) => vec![a, b],
            Node::Call(_, list) | Node::List(list) => list.iter().collect(),
            Node::Series { from, term, ratio, .. } => vec![from, term, ratio],
        }
    }

    /// The same node over other subtrees, given in the order of [`Node::children`].
    ///
    /// # Panics
    /// If `children` has another length than [`Node::children`].
    #[must_use]
    pub fn with_children(&self, children: Vec<Node>) -> Node {
        assert_eq!(children.len(), self.children().len(), "a node keeps its number of subtrees");
        let mut rest = children.into_iter().map(Box::new);
        let mut next = || rest.next().expect("counted above");
        match self {
            Node::Number(_) | Node::Name(_) => self.clone(),
            Node::Negation(_) => Node::Negation(next()),
            Node::Sum(..) => Node::Sum(next(), next()),
            Node::Difference(..) => Node::Difference(next(), next()),
            Node::Product(..) => Node::Product(next(), next()),
            Node::Quotient(..) => Node::Quotient(next(), next()),
            Node::Power(..) => Node::Power(next(), next()),
            Node::Index(..) => Node::Index(next(), next()),
            Node::Let(name, ..) => Node::Let(name.clone(), next(), next()),
            Node::Call(function, _) => Node::Call(*function, rest.map(|b| *b).collect()),
            Node::List(_) => Node::List(rest.map(|b| *b).collect()),
            Node::Series { index, .. } => Node::Series { index: index.clone(), from: next(), term: next(), ratio: next() },
        }
    }

    /// The names that the tree uses without binding them.
    #[must_use]
    pub fn free_names(&self) -> BTreeSet<String> {
        match self {
            Node::Name(name) => BTreeSet::from([name.clone()]),
            Node::Let(name, value, body) => {
                let mut names = body.free_names();
                names.remove(name);
                names.extend(value.free_names());
                names
            }
            Node::Series { index, from, term, ratio } => {
                let mut names = term.free_names();
                names.remove(index);
                names.extend(from.free_names());
                names.extend(ratio.free_names());
                names
            }
            _ => self.children().into_iter().flat_map(Node::free_names).collect(),
        }
    }

    /// The tree with every occurrence of the name `name` replaced by `tree`, whose own names are then read in the scope of the
    /// place (so `let depth = 1; claimed` is the formula `claimed` at depth one).
    #[must_use]
    pub fn replace_name(&self, name: &str, tree: &Node) -> Node {
        match self {
            Node::Name(here) if here == name => tree.clone(),
            _ => self.with_children(self.children().into_iter().map(|child| child.replace_name(name, tree)).collect()),
        }
    }

    /// The number of nodes on the longest path from the root to a leaf.
    #[must_use]
    pub fn height(&self) -> usize {
        1 + self.children().into_iter().map(Node::height).max().unwrap_or(0)
    }
}

macro_rules! operator {
    ($trait:ident, $method:ident, $variant:ident) => {
        impl std::ops::$trait for Node {
            type Output = Node;
            fn $method(self, other: Node) -> Node {
                Node::$variant(Box::new(self), Box::new(other))
            }
        }
    };
}
operator!(Add, add, Sum);
operator!(Sub, sub, Difference);
operator!(Mul, mul, Product);
operator!(Div, div, Quotient);

impl std::ops::Neg for Node {
    type Output = Node;
    fn neg(self) -> Node {
        Node::Negation(Box::new(self))
    }
}
