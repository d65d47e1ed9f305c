//! A parameter point: the values of a formula's names.

use std::collections::BTreeMap;
use std::fmt;

use crate::formula::{Environment, Node, Number, Undefined, evaluate, parse};

/// The values of a formula's names, each a tree: closed (`sqrt(3)`), or symbolic in names that stand for any number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Point(BTreeMap<String, Node>);

impl Point {
    /// The empty point.
    #[must_use]
    pub fn new() -> Self {
        Point::default()
    }

    /// The point with `name` at the value that `text` writes.
    ///
    /// # Panics
    /// If `text` is no formula: points are written by theorem files, not by users.
    #[must_use]
    pub fn at(self, name: &str, text: impl fmt::Display) -> Self {
        let text = text.to_string();
        let node = parse(&text).unwrap_or_else(|error| panic!("the value `{text}` of {name}: {error}"));
        self.with(name, node)
    }

    /// The points with `name` at each of the values, in their order.
    ///
    /// # Panics
    /// As [`Point::at`].
    #[must_use]
    pub fn along<T: fmt::Display>(&self, name: &str, values: impl IntoIterator<Item = T>) -> Vec<Self> {
        values.into_iter().map(|value| self.clone().at(name, value)).collect()
    }

    /// The point with `name` at `value`.
    #[must_use]
    pub fn with(mut self, name: &str, value: Node) -> Self {
        self.0.insert(name.to_owned(), value);
        self
    }

    /// The value of `name`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Node> {
        self.0.get(name)
    }

    /// Names and values, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Node)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Names and values as a map.
    #[must_use]
    pub fn values(&self) -> &BTreeMap<String, Node> {
        &self.0
    }

    /// Whether some value is symbolic.
    #[must_use]
    pub fn is_symbolic(&self) -> bool {
        self.0.values().any(|value| !value.free_names().is_empty())
    }

    /// `node` with every name of the point bound to its value.
    #[must_use]
    pub fn bind(&self, node: Node) -> Node {
        let used = node.free_names();
        let fresh = |name: &str| format!("{name}_at_point");
        let clash = self.0.values().any(|value| value.free_names().iter().any(|name| self.0.contains_key(name)));
        if !clash {
            return self
                .0
                .iter()
                .filter(|(name, _)| used.contains(*name))
                .fold(node, |node, (name, value)| node.given(name, value.clone()));
        }
        // A value mentions a name that the point binds too: pass through fresh names, so that all are bound at once.
        let renamed = self.0.iter().fold(node, |node, (name, _)| node.given(name, Node::name(fresh(name))));
        self.0.iter().fold(renamed, |node, (name, value)| node.given(fresh(name), value.clone()))
    }

    /// The point's values in a number system; names that the values leave free are taken from `symbols`, and `symbols` itself
    /// is in scope wherever the point does not bind the name.
    ///
    /// # Errors
    /// If a value does not exist in that system.
    pub fn environment<N: Number>(&self, symbols: &Environment<N>, context: &N::Context) -> Result<Environment<N>, Undefined> {
        let mut names = symbols.clone();
        for (name, value) in &self.0 {
            names.insert(name.clone(), evaluate(value, symbols, context)?);
        }
        Ok(names)
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, (name, value)) in self.iter().enumerate() {
            write!(f, "{}{name} = {value}", if i == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}
