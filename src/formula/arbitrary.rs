//! Random trees for property tests.

use dashu::integer::UBig;
use dashu::rational::RBig;
use quickcheck::{Arbitrary, Gen};

use super::function::Function;
use super::tree::Node;

/// Any tree that a text can write: every kind of node, every function, nested at most [`HEIGHT`] levels. Rarely has a value.
#[derive(Clone, Debug)]
pub(crate) struct AnyTree(pub Node);

/// A tree of rational arithmetic on numbers: the free names are among [`SYMBOLS`], exponents are small integers, names bound by
/// `let` are used in its body, lists are indexed within their length, nothing is called. Its value may divide by zero.
#[derive(Clone, Debug)]
pub(crate) struct RationalTree(pub Node);

/// The names that a [`RationalTree`] may leave free.
pub(crate) const SYMBOLS: [&str; 3] = ["x", "y", "z"];

const HEIGHT: usize = 6;
const NAMES: [&str; 16] =
    ["p", "variance", "kurtosis", "width", "depth", "tau", "x2", "w0", "e", "E1", "_", "lets", "series_2", "other_layer", "Q", "k"];

impl Arbitrary for AnyTree {
    fn arbitrary(g: &mut Gen) -> Self {
        let height = 1 + below(g, HEIGHT);
        AnyTree(any(g, height))
    }

    fn shrink(&self) -> Box<dyn Iterator<Item = Self>> {
        Box::new(smaller(&self.0).into_iter().chain(smaller_below(&self.0)).map(AnyTree))
    }
}

impl Arbitrary for RationalTree {
    fn arbitrary(g: &mut Gen) -> Self {
        let height = 1 + below(g, HEIGHT);
        RationalTree(rational(g, height, &mut Vec::new()))
    }

    fn shrink(&self) -> Box<dyn Iterator<Item = Self>> {
        let symbols = |node: &Node| node.free_names().iter().all(|name| SYMBOLS.contains(&name.as_str()));
        let whole = |node: &Node| !matches!(node, Node::List(_));
        Box::new(smaller(&self.0).into_iter().filter(move |node| symbols(node) && whole(node)).map(RationalTree))
    }
}

/// The subtrees of a tree.
fn smaller(node: &Node) -> Vec<Node> {
    node.children().into_iter().cloned().collect()
}

/// The tree with one subtree replaced by a smaller one.
fn smaller_below(node: &Node) -> Vec<Node> {
    let mut found = Vec::new();
    for (index, child) in node.children().into_iter().enumerate() {
        for less in smaller(child).into_iter().chain(smaller_below(child)) {
            let mut children: Vec<Node> = node.children().into_iter().cloned().collect();
            children[index] = less;
            found.push(node.with_children(children));
        }
    }
    found
}

fn below(g: &mut Gen, bound: usize) -> usize {
    usize::arbitrary(g) % bound
}

fn name(g: &mut Gen) -> String {
    (*g.choose(&NAMES).unwrap()).to_owned()
}

/// A literal: mostly a small integer, else a decimal of any accepted size.
fn literal(g: &mut Gen) -> Node {
    let digits = RBig::from(u32::arbitrary(g) >> below(g, 32));
    let power = |exponent: usize| RBig::from(UBig::from(10_u8).pow(exponent));
    Node::Number(match below(g, 8) {
        0 | 1 => digits / power(below(g, 12)),
        2 => digits / power(below(g, 380)),
        3 => digits * power(below(g, 380)),
        _ => RBig::from(below(g, 5)),
    })
}

fn any(g: &mut Gen, height: usize) -> Node {
    if height <= 1 {
        return if bool::arbitrary(g) { literal(g) } else { Node::Name(name(g)) };
    }
    let child = |g: &mut Gen| {
        let height = 1 + below(g, height - 1);
        any(g, height)
    };
    match below(g, 14) {
        0 | 1 => -child(g),
        2 => child(g) + child(g),
        3 => child(g) - child(g),
        4 => child(g) * child(g),
        5 => child(g) / child(g),
        6 | 7 => child(g).power(child(g)),
        8 => {
            let function = *g.choose(&Function::ALL).unwrap();
            Node::Call(function, (0..function.arity()).map(|_| child(g)).collect())
        }
        9 => Node::List((0..=below(g, 3)).map(|_| child(g)).collect()),
        10 => Node::Index(Box::new(child(g)), Box::new(child(g))),
        11 | 12 => child(g).given(name(g), child(g)),
        _ => Node::Series { index: name(g), from: Box::new(child(g)), term: Box::new(child(g)), ratio: Box::new(child(g)) },
    }
}

fn rational(g: &mut Gen, height: usize, bound: &mut Vec<String>) -> Node {
    if height <= 1 {
        let names: Vec<&str> = SYMBOLS.into_iter().chain(bound.iter().map(String::as_str)).collect();
        return match below(g, 3) {
            0 => Node::integer(i64::try_from(below(g, 7)).unwrap()),
            1 => Node::Number(RBig::from(below(g, 100)) / RBig::from(10_u8)),
            _ => Node::name(*g.choose(&names).unwrap()),
        };
    }
    let child = |g: &mut Gen, bound: &mut Vec<String>| {
        let height = 1 + below(g, height - 1);
        rational(g, height, bound)
    };
    match below(g, 9) {
        0 => -child(g, bound),
        1 => child(g, bound) + child(g, bound),
        2 => child(g, bound) - child(g, bound),
        3 | 4 => child(g, bound) * child(g, bound),
        5 => child(g, bound) / child(g, bound),
        6 => child(g, bound).power(Node::integer(i64::try_from(below(g, 7)).unwrap() - 3)),
        7 => {
            let items: Vec<Node> = (0..=below(g, 3)).map(|_| child(g, bound)).collect();
            let index = Node::integer(i64::try_from(below(g, items.len())).unwrap());
            Node::Index(Box::new(Node::List(items)), Box::new(index))
        }
        _ => {
            let value = child(g, bound);
            let name = format!("a{}", below(g, 3));
            bound.push(name.clone());
            let body = child(g, bound);
            bound.pop();
            body.given(name, value)
        }
    }
}
