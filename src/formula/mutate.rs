//! Mutants: small errors planted in a formula.

use std::collections::{HashMap, HashSet};

use dashu::rational::RBig;

use super::tree::Node;

/// A formula with one planted error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mutant {
    /// What was changed and where, in words; no two mutants of a formula share them.
    pub change: String,
    /// The wrong formula.
    pub formula: Node,
}

/// Every mutant of a formula, without repeats, in a stable order.
///
/// Planted are: each integer literal and each exponent one larger and one smaller; each term of a sum, factor, numerator and
/// divisor left out; each negation left out; `p` and `1 - p` exchanged, at each place and everywhere; `variance` doubled, at each
/// place and everywhere; each free name replaced everywhere by the next in alphabetical order. Mutants that are the original, or
/// one another, but for a `+ 0`, `* 1`, `/ 1` or `^ 1` are left out. A mutant may lack a value where the original has one.
#[must_use]
pub fn mutants(formula: &Node) -> Vec<Mutant> {
    let mut planted = Planter::default().planted(formula, Place { parent: None, index: 0 });
    planted.extend(everywhere(formula));
    let mut seen = HashSet::from([plain(formula)]);
    planted.retain(|mutant| mutant.formula != *formula && seen.insert(plain(&mutant.formula)));
    let mut times: HashMap<String, usize> = HashMap::new();
    for mutant in &mut planted {
        let count = times.entry(mutant.change.clone()).and_modify(|count| *count += 1).or_insert(1);
        if *count > 1 {
            mutant.change = format!("{} (occurrence {count})", mutant.change);
        }
    }
    planted
}

/// Where a node stands.
#[derive(Clone, Copy)]
struct Place<'n> {
    parent: Option<&'n Node>,
    /// Its number among the children of its parent.
    index: usize,
}

/// The errors of one place each.
#[derive(Default)]
struct Planter<'n> {
    /// The names bound around the current place.
    bound: Vec<&'n str>,
}

impl<'n> Planter<'n> {
    /// The mutants with an error at `node` or below.
    fn planted(&mut self, node: &'n Node, place: Place<'n>) -> Vec<Mutant> {
        let mut found = self.here(node, place);
        for (index, child) in node.children().into_iter().enumerate() {
            let name = binds(node, index);
            self.bound.extend(name);
            let below = self.planted(child, Place { parent: Some(node), index });
            self.bound.truncate(self.bound.len() - usize::from(name.is_some()));
            found.extend(below.into_iter().map(|m| Mutant { change: m.change, formula: with_child(node, index, m.formula) }));
        }
        found
    }

    /// The errors at `node` itself.
    fn here(&self, node: &Node, place: Place) -> Vec<Mutant> {
        let mut found = Vec::new();
        let around = |text: &str| match place.parent {
            Some(parent) => format!("{text} in `{}`", brief(parent)),
            None => text.to_owned(),
        };
        let mut plant = |change: String, formula: Node| found.push(Mutant { change, formula });
        match node {
            Node::Number(number) if number.is_int() => {
                let is_index = place.index == 1 && matches!(place.parent, Some(Node::Index(..)));
                for step in [1, -1].map(RBig::from) {
                    let next = number + step;
                    if next >= RBig::ZERO || !is_index {
                        let next = Node::rational(&next);
                        plant(around(&format!("{node} becomes {next}")), next);
                    }
                }
            }
            Node::Name(name) if self.is_free(name, "variance") => {
                plant(around("`variance` doubled"), Node::integer(2) * node.clone());
            }
            Node::Name(name) if self.is_free(name, "p") => {
                let beside_one = place.parent.is_some_and(is_one_minus_p);
                if !beside_one {
                    plant(around("`p` becomes `1 - p`"), one_minus_p());
                }
            }
            Node::Negation(a) => plant(format!("the negation dropped from `{}`", brief(node)), (**a).clone()),
            Node::Sum(a, b) | Node::Difference(a, b) => {
                if is_one_minus_p(node) && self.is_free("p", "p") {
                    plant(around("`1 - p` becomes `p`"), Node::name("p"));
                }
                plant(left_out("term", b, node), (**a).clone());
                if !matches!(**a, Node::Sum(..) | Node::Difference(..)) {
                    let rest = (**b).clone();
                    plant(left_out("term", a, node), if matches!(node, Node::Sum(..)) { rest } else { -rest });
                }
            }
            Node::Product(a, b) => {
                plant(left_out("factor", b, node), (**a).clone());
                if !matches!(**a, Node::Product(..)) {
                    plant(left_out("factor", a, node), (**b).clone());
                }
            }
            Node::Quotient(a, b) => {
                plant(left_out("divisor", b, node), (**a).clone());
                plant(left_out("numerator", a, node), Node::integer(1) / (**b).clone());
            }
            Node::Power(a, b) => {
                for next in neighbours(b) {
                    let change = format!("the exponent `{}` becomes `{}` in `{}`", brief(b), brief(&next), brief(node));
                    plant(change, (**a).clone().power(next));
                }
            }
            _ => {}
        }
        found
    }

    fn is_free(&self, name: &str, wanted: &str) -> bool {
        name == wanted && !self.bound.contains(&wanted)
    }
}

fn left_out(what: &str, part: &Node, node: &Node) -> String {
    format!("the {what} `{}` dropped from `{}`", brief(part), brief(node))
}

/// The exponents one above and one below; none where changing an integer literal of the exponent does the same.
fn neighbours(exponent: &Node) -> Vec<Node> {
    let integer = |node: &Node| matches!(node, Node::Number(number) if number.is_int());
    match exponent {
        Node::Number(number) if number.is_int() => Vec::new(),
        Node::Sum(a, b) if integer(a) || integer(b) => Vec::new(),
        Node::Difference(a, b) if integer(a) || integer(b) => Vec::new(),
        Node::Negation(a) if integer(a) => Vec::new(),
        _ => vec![exponent.clone() + Node::integer(1), exponent.clone() - Node::integer(1)],
    }
}

/// The errors that change all places of one kind at once.
fn everywhere(formula: &Node) -> Vec<Mutant> {
    let mut found = Vec::new();
    let free: Vec<String> = formula.free_names().into_iter().collect();
    let mut plant = |change: String, formula: Node| found.push(Mutant { change, formula });
    if free.iter().any(|name| name == "p") {
        plant("`p` and `1 - p` exchanged everywhere".into(), exchanged(formula));
    }
    if free.iter().any(|name| name == "variance") {
        let doubled = Node::integer(2) * Node::name("variance");
        plant("`variance` doubled everywhere".into(), replaced(formula, "variance", &doubled));
    }
    for (name, next) in free.iter().zip(free.iter().cycle().skip(1)) {
        plant(format!("`{name}` becomes `{next}` everywhere"), replaced(formula, name, &Node::name(next)));
    }
    found
}

/// The formula with every free `name` replaced, save where that would bind a name of `by`.
fn replaced(node: &Node, name: &str, by: &Node) -> Node {
    if matches!(node, Node::Name(other) if other == name) {
        return by.clone();
    }
    let hidden = |index| binds(node, index).is_some_and(|bound| bound == name || by.free_names().contains(bound));
    let children = node.children().into_iter().enumerate();
    node.with_children(children.map(|(i, child)| if hidden(i) { child.clone() } else { replaced(child, name, by) }).collect())
}

/// The formula with `p` and `1 - p` exchanged wherever `p` is free.
fn exchanged(node: &Node) -> Node {
    if is_one_minus_p(node) {
        return Node::name("p");
    }
    if matches!(node, Node::Name(name) if name == "p") {
        return one_minus_p();
    }
    let children = node.children().into_iter().enumerate();
    node.with_children(children.map(|(i, c)| if binds(node, i) == Some("p") { c.clone() } else { exchanged(c) }).collect())
}

fn one_minus_p() -> Node {
    Node::integer(1) - Node::name("p")
}

fn is_one_minus_p(node: &Node) -> bool {
    matches!(node, Node::Difference(a, b) if matches!(&**a, Node::Number(one) if one.is_one()) && matches!(&**b, Node::Name(p) if p == "p"))
}

/// The name that a node binds in its child of that number.
fn binds(node: &Node, index: usize) -> Option<&str> {
    match node {
        Node::Let(name, ..) | Node::Series { index: name, .. } if index == 1 => Some(name),
        _ => None,
    }
}

fn with_child(node: &Node, index: usize, child: Node) -> Node {
    let mut child = Some(child);
    let children = node.children().into_iter().enumerate();
    node.with_children(children.map(|(i, other)| child.take_if(|_| i == index).unwrap_or_else(|| other.clone())).collect())
}

/// The same formula without `+ 0`, `- 0`, `* 1`, `/ 1` and `^ 1`: what tells mutants apart.
fn plain(node: &Node) -> Node {
    let node = node.with_children(node.children().into_iter().map(plain).collect());
    let is = |node: &Node, value: RBig| matches!(node, Node::Number(number) if *number == value);
    match &node {
        Node::Sum(a, b) | Node::Difference(a, b) if is(b, RBig::ZERO) => (**a).clone(),
        Node::Sum(a, b) if is(a, RBig::ZERO) => (**b).clone(),
        Node::Difference(a, b) if is(a, RBig::ZERO) => -(**b).clone(),
        Node::Product(a, b) | Node::Quotient(a, b) | Node::Power(a, b) if is(b, RBig::ONE) => (**a).clone(),
        Node::Product(a, b) if is(a, RBig::ONE) => (**b).clone(),
        _ => node,
    }
}

/// A subterm as text, its middle left out where it is long.
fn brief(node: &Node) -> String {
    const LONGEST: usize = 72;
    let text: Vec<char> = node.to_string().chars().collect();
    if text.len() <= LONGEST {
        return text.into_iter().collect();
    }
    let (head, tail) = (&text[..LONGEST / 2], &text[text.len() - LONGEST / 2..]);
    head.iter().chain(&['…']).chain(tail).collect()
}

#[cfg(test)]
mod tests {
    use quickcheck::QuickCheck;

    use super::super::arbitrary::AnyTree;
    use super::super::parse;
    use super::*;

    fn table(text: &str) -> String {
        let mutants = mutants(&parse(text).unwrap());
        mutants.iter().map(|m| format!("{}\n    {}", m.formula, m.change)).collect::<Vec<_>>().join("\n")
    }

    fn formulas(text: &str) -> Vec<String> {
        mutants(&parse(text).unwrap()).iter().map(|m| m.formula.to_string()).collect()
    }

    #[test]
    fn the_chain_moment_has_these_mutants() {
        insta::assert_snapshot!(table("(tau^order/(order + 1))^depth"));
    }

    #[test]
    fn the_coupled_recursion_has_these_mutants() {
        insta::assert_snapshot!(table("let c = kurtosis - 3; width*variance^2*[(width + 2)*p^2*x4, 3*p*(1 - p) + c*p][0]"));
    }

    #[test]
    fn small_formulas_have_exactly_their_mutants() {
        assert_eq!(formulas("3"), ["4", "2"]);
        assert_eq!(formulas("0"), ["1", "-1"]);
        assert_eq!(formulas("0.5"), [""; 0]);
        assert_eq!(formulas("p"), ["1 - p"]);
        assert_eq!(formulas("variance"), ["2*variance"]);
        assert_eq!(formulas("1 - p"), ["p", "1", "-p", "2 - p"]);
        assert_eq!(formulas("a + b + c"), ["a + b", "a + c", "b + c", "b + b + c", "a + c + c", "a + b + a"]);
        assert_eq!(formulas("a - b"), ["a", "-b", "b - b", "a - a"]);
        assert_eq!(formulas("-a"), ["a"]);
        assert_eq!(formulas("a[0]"), ["a[1]"]);
        assert_eq!(formulas("a^b"), ["a^(b + 1)", "a^(b - 1)", "b^b", "a^a"]);
        assert_eq!(formulas("a^-2"), ["a^2", "a^-3", "a^-1"]);
        let found = formulas("exp(x)^(k - 1)");
        assert_eq!(found, ["exp(x)^k", "exp(x)^-1", "exp(x)^(k - 2)", "exp(x)^(x - 1)", "exp(k)^(k - 1)"]);
        assert_eq!(formulas("a/b"), ["a", "1/b", "b/b", "a/a"]);
    }

    #[test]
    fn bound_names_keep_their_meaning() {
        for text in ["let p = 2; p", "let variance = 2; variance", "series(p, 0, p, 0)"] {
            assert!(formulas(text).iter().all(|m| !m.contains("1 - p") && !m.contains("*variance")), "{text}");
        }
        assert!(formulas("(let p = 2; p) + p*p").contains(&"(let p = 2; p) + (1 - p)*p".to_owned()));
        assert_eq!(formulas("let a = p; a").iter().filter(|m| m.contains("1 - p")).count(), 1);
        assert_eq!(replaced(&parse("(let b = a; a*b) + a").unwrap(), "a", &Node::name("b")).to_string(), "(let b = b; a*b) + b");
    }

    #[test]
    fn a_change_at_one_place_and_everywhere_are_two_mutants() {
        let found = formulas("variance*variance^p");
        for wanted in ["2*variance*variance^p", "variance*(2*variance)^p", "2*variance*(2*variance)^p"] {
            assert!(found.iter().any(|m| m == wanted), "{wanted} is not among {found:?}");
        }
        assert!(formulas("p*(1 - p)/p").contains(&"(1 - p)*p/(1 - p)".to_owned()));
    }

    #[test]
    fn mutants_are_well_formed_and_differ_from_the_original_and_one_another() {
        fn distinct(tree: AnyTree) -> bool {
            let found = mutants(&tree.0);
            let trees: HashSet<&Node> = found.iter().map(|m| &m.formula).collect();
            let changes: HashSet<&str> = found.iter().map(|m| m.change.as_str()).collect();
            trees.len() == found.len()
                && changes.len() == found.len()
                && !trees.contains(&tree.0)
                && found.iter().all(|m| parse(&m.formula.to_string()).as_ref() == Ok(&m.formula))
                && found == mutants(&tree.0)
        }
        QuickCheck::new().tests(300).quickcheck(distinct as fn(AnyTree) -> bool);
    }
}
