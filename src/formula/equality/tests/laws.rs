//! Laws that hold for every formula, on random ones.

use dashu::rational::RBig;
use quickcheck::{Arbitrary, Gen, quickcheck};

use super::super::exact::Exact;
use super::*;
use crate::formula::evaluate::{Environment, Value, evaluate_scalar};
use crate::formula::number::Number;
use crate::formula::{Dual, Modular, Symbols};

/// A formula in the real names x, y and the integer name n, without calls.
#[derive(Clone, Debug)]
struct Formula(Node);

impl Formula {
    /// `divisors`: whether sums that depend on n may be divided by.
    fn generate(g: &mut Gen, height: u32, divisors: bool) -> Node {
        let leaves = [name("x"), name("y"), name("n"), int(2), Node::Number(RBig::from(3) / RBig::from(10)), int(1)];
        if height == 0 {
            return g.choose(&leaves).expect("leaves").clone();
        }
        let side = |g: &mut Gen| Formula::generate(g, height - 1, divisors);
        let fixed = |g: &mut Gen| g.choose(&[name("x"), name("y"), int(2)]).expect("leaves").clone();
        match u32::arbitrary(g) % 9 {
            0 => side(g) + side(g),
            1 => side(g) - side(g),
            2 => side(g) * side(g),
            3 if divisors => side(g) / (side(g) * side(g) + int(1)),
            3 => side(g) / fixed(g),
            4 => -side(g),
            5 => side(g).power(int(i64::from(u8::arbitrary(g) % 3))),
            6 => (fixed(g) + fixed(g)).power(name("n") * int(2) - int(1)),
            7 => {
                let matrix = list([list([fixed(g), fixed(g)]), list([int(1), fixed(g)])]);
                at(at(matrix.power(name("n")), 0), i64::from(bool::arbitrary(g)))
            }
            _ => (side(g) + name("z")).given("z", side(g)),
        }
    }

    /// The same function, written differently.
    fn shuffled(node: &Node, g: &mut Gen) -> Node {
        let children: Vec<Node> = node.children().into_iter().map(|child| Formula::shuffled(child, g)).collect();
        let node = node.with_children(children);
        if bool::arbitrary(g) {
            return node;
        }
        match node {
            Node::Sum(a, b) => *b + *a,
            Node::Product(a, b) if !matches!((&*a, &*b), (Node::List(_), _) | (_, Node::List(_))) => *b * *a,
            Node::Difference(a, b) => -(*b - *a),
            Node::Quotient(a, b) => *a * (int(1) / *b),
            Node::Negation(a) => int(0) - *a,
            Node::Name(n) => (name(&n) + int(1)) - int(1),
            other => other,
        }
    }
}

/// Operands as simpler cases; without a shrinker a failure would not even be shown.
fn operands(node: &Node) -> Vec<Node> {
    match node {
        Node::Negation(_) | Node::Sum(..) | Node::Difference(..) | Node::Product(..) | Node::Quotient(..) => {
            node.children().into_iter().filter(|child| !child.free_names().contains("z")).cloned().collect()
        }
        _ => vec![],
    }
}

impl Arbitrary for Formula {
    fn arbitrary(g: &mut Gen) -> Self {
        Formula(Formula::generate(g, 3, true))
    }

    fn shrink(&self) -> Box<dyn Iterator<Item = Self>> {
        Box::new(operands(&self.0).into_iter().map(Formula))
    }
}

/// A formula without divisors that depend on n.
#[derive(Clone, Debug)]
struct Whole(Node);

impl Arbitrary for Whole {
    fn arbitrary(g: &mut Gen) -> Self {
        Whole(Formula::generate(g, 3, false))
    }

    fn shrink(&self) -> Box<dyn Iterator<Item = Self>> {
        Box::new(operands(&self.0).into_iter().map(Whole))
    }
}

quickcheck! {
    fn a_formula_equals_itself_written_differently(formula: Formula) -> bool {
        let shuffled = Formula::shuffled(&formula.0, &mut Gen::new(10));
        !matches!(compare(&formula.0, &shuffled), Equality::Different { .. })
    }

    fn a_formula_without_poles_is_proved_equal_to_itself_written_differently(formula: Whole) -> bool {
        let shuffled = Formula::shuffled(&formula.0, &mut Gen::new(10));
        matches!(compare(&formula.0, &shuffled), Equality::Equal { .. })
    }

    fn a_formula_differs_from_itself_plus_one(formula: Formula) -> bool {
        !matches!(compare(&formula.0, &(formula.0.clone() + int(1))), Equality::Equal { .. })
    }

    fn a_sequence_obeys_a_recurrence_of_the_stated_order(formula: Whole) -> bool {
        let Some((order, 1)) = recurrence_order(&formula.0, "n") else { return false };
        order > 40 || obeys_recurrence(&formula.0, order, false)
    }

    fn a_derivative_obeys_a_recurrence_of_the_stated_order(formula: Whole) -> bool {
        let fraction = recurrence::fraction(&formula.0, "n", &Grid::new(), &mut Labels::default()).expect("whole");
        let order = fraction.derivative().expect("short").numerator.order();
        order > 40 || obeys_recurrence(&formula.0, order, true)
    }

    fn evaluation_modulo_the_prime_is_the_reduced_rational(formula: Formula, x: u64, y: u64, n: u8) -> bool {
        reduces(&formula.0, x, y, n)
    }
}

fn environment<N: Number<Context = Symbols>>(x: N, y: N, n: i64, symbols: &Symbols) -> Environment<N> {
    let n = N::rational(&RBig::from(n), symbols).expect("small");
    [("x", x), ("y", y), ("n", n)].into_iter().map(|(name, value)| (name.to_owned(), Value::Scalar(value))).collect()
}

/// Whether the Hankel matrix of order + 1 is singular, and so its first columns dependent.
fn obeys_recurrence(formula: &Node, order: u32, differentiated: bool) -> bool {
    let symbols = Symbols::default();
    let size = order as usize + 1;
    let value = |n: usize| {
        let (x, y) = (Modular::unknown(0x0123_4567_89ab_cdef), Modular::unknown(0x0fed_cba9_8765_4321));
        let names = environment(x, y, n as i64 + 1, &symbols);
        if differentiated {
            let duals = Dual::environment(&names, "x", &symbols).expect("bound");
            return evaluate_scalar(formula, &duals, &symbols).expect("whole").derivative(&symbols).expect("exists");
        }
        evaluate_scalar(formula, &names, &symbols).expect("whole")
    };
    let values: Vec<Modular> = (0..2 * size).map(|n| Modular::unknown(value(n).residue())).collect();
    let mut rows: Vec<Vec<Modular>> = (0..size).map(|i| values[i..i + size].to_vec()).collect();
    let mut rank = 0;
    for column in 0..size {
        let Some(pivot) = (rank..size).find(|i| rows[*i][column].residue() != 0) else { continue };
        rows.swap(rank, pivot);
        let (above, below) = rows.split_at_mut(rank + 1);
        for row in below {
            let factor = row[column].divide(&above[rank][column], &symbols).expect("pivot");
            for (entry, pivot) in row.iter_mut().zip(&above[rank]) {
                let product = factor.multiply(pivot, &symbols).expect("field");
                *entry = entry.subtract(&product, &symbols).expect("field");
            }
        }
        rank += 1;
    }
    rank < size
}

fn reduces(formula: &Node, x: u64, y: u64, n: u8) -> bool {
    let symbols = Symbols::default();
    let n = i64::from(n % 8) + 1;
    let exact = environment(Exact::unknown(x.into()), Exact::unknown(y.into()), n, &symbols);
    let residues = environment(Modular::unknown(x), Modular::unknown(y), n, &symbols);
    match (evaluate_scalar(formula, &exact, &symbols), evaluate_scalar(formula, &residues, &symbols)) {
        (Ok(exact), Ok(residue)) => Modular::rational(&exact.value, &symbols).expect("no pole").residue() == residue.residue(),
        (exact, residue) => exact.is_err() == residue.is_err(),
    }
}
