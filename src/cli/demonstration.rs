//! A small catalogue and a captured console for tests of the command line.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use crate::claim::figure::{Axis, Drawing, Easel, Figure, Kind, Mark, Panel, Series};
use crate::claim::{Claim, Evidence, Expectation, Quantity, Relation, Requirement, Rival, Rung, Step, Theorem};
use crate::formula::Scaled;
use crate::report::Catalogue;

use super::console::Console;
use super::exit::{Exit, Failure};

/// Three theorems without gatherers.
pub(super) fn catalogue() -> Catalogue<'static> {
    Catalogue { theorems: THEOREMS, figures: FIGURES, lemmas: &[], omissions: &[] }
}

/// Runs the command line over [`catalogue`]; returns how it ended and what it printed.
pub(super) fn call(arguments: &[&str]) -> (Result<Exit, Failure>, String) {
    let captured = Captured::default();
    let console = Console::to(captured.clone());
    let arguments = std::iter::once("vanishing-curvature").chain(arguments.iter().copied()).map(Into::into);
    let exit = super::dispatch(catalogue(), &console, arguments);
    let text = String::from_utf8(captured.0.borrow().clone()).expect("the command line prints text");
    (exit, text)
}

#[derive(Clone, Default)]
struct Captured(Rc<RefCell<Vec<u8>>>);

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

static THEOREMS: &[&Theorem] = &[&CHAIN, &MEDIAN, &FLOW];

static CHAIN: Theorem = Theorem {
    slug: "prop-3",
    label: "Proposition 3 · chain moments",
    source: "Section 3, Eq. (2)",
    says: "E|v|^k = (tau^k/(k+1))^L for k > -1.",
    reconstructed: None,
    follows_from: &[],
    quantities: &[
        Quantity {
            id: "moment",
            says: "E|v|^order",
            formula: "(tau^order/(order+1))^depth",
            parameters: &["tau", "depth", "order"],
            requires: &[],
        },
        Quantity {
            id: "variance",
            says: "Var|v|",
            formula: "(tau^2/3)^depth - (tau^2/4)^depth",
            parameters: &["tau", "depth"],
            requires: &[],
        },
        Quantity {
            id: "stable-tau",
            says: "the half-width that keeps E|v|^order",
            formula: "(order+1)^(1/order)",
            parameters: &["order"],
            requires: &[],
        },
    ],
    claims: &[Claim {
        part: "moment",
        says: "the moment has this closed form",
        quantity: "moment",
        relation: Relation::Equal,
        expects: Expectation::Agrees,
        rivals: &[Rival { name: "k+1 for k", formula: "(tau^order/order)^depth" }],
        evidence: &[Evidence {
            rung: Rung::Proved,
            method: "derivative in the depth",
            says: "the integral of w^k over the law",
            argument: &[
                Step::Identity { says: "one factor", left: "claimed", right: "claimed", differentiate: None },
                Step::Lemma { name: "independence", says: "the factors are independent" },
            ],
            gather: None,
            expects: None,
        }],
    }],
    figures: &["21"],
};

static MEDIAN: Theorem = Theorem {
    slug: "thm-5",
    label: "Theorem 5 · median",
    source: "Section 3",
    says: "The median of |v| vanishes for tau < e.",
    reconstructed: Some("the constant"),
    follows_from: &["prop-3"],
    quantities: &[Quantity {
        id: "median",
        says: "the median of |v|",
        formula: "tau^depth * exp(-gamma_median(depth))",
        parameters: &["tau", "depth"],
        requires: &[],
    }],
    claims: &[],
    figures: &["2"],
};

static FLOW: Theorem = Theorem {
    slug: "prop-7",
    label: "Proposition 7 · escape of gradient flow",
    source: "Section 3",
    says: "Escape takes exponential time.",
    reconstructed: None,
    follows_from: &["thm-5"],
    quantities: &[
        Quantity {
            id: "escape-bound",
            says: "a lower bound for the time to b",
            formula: "power_integral(w0, b, 2-depth)",
            parameters: &["w0", "depth", "b"],
            requires: &[Requirement { positive: "b - w0", says: "b must lie above w0" }],
        },
        Quantity {
            id: "blow-up",
            says: "the time of blow-up",
            formula: "1/((depth-2)*w0^(depth-2))",
            parameters: &["w0", "depth"],
            requires: &[Requirement { positive: "depth - 1", says: "depth must be at least 2" }],
        },
    ],
    claims: &[],
    figures: &[],
};

static FIGURES: &[Figure] = &[FIGURE, Figure { id: "2", ..FIGURE }];

const FIGURE: Figure =
    Figure { id: "21", title: "Mean against median", caption: "a line", cost: |_| "nothing to speak of".to_owned(), draw };

fn draw(easel: &Easel) -> Result<Drawing, String> {
    let axis = |label: &str| Axis { label: label.to_owned(), logarithmic: false };
    let marks = vec![Mark { x: 1.0, y: Scaled::new(1.0, 0), range: None }, Mark { x: 2.0, y: Scaled::new(1.5, 0), range: None }];
    let series = vec![Series { label: format!("seed {}", easel.seed), kind: Kind::Prediction, marks }];
    let panel = Panel { title: "panel".to_owned(), x: axis("depth"), y: axis("mean"), series };
    Ok(Drawing { panels: vec![panel], columns: 1 })
}
