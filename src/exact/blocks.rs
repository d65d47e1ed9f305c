//! The mean squared gradient and Hessian blocks of a random net, composed of parts that the moment calculus finds one by one.
//!
//! f = M W P V a: W is layer l, V layer k < l, a = a^{k−1}, P = P_{l,k}, M = M_l (for a gradient or a diagonal block f = M W a). The loss
//! ½‖y − f‖² is differentiated as a polynomial in the entries of W and V, its squared derivatives are summed, and the expectation over W
//! and V is taken. What is left has degree 4 in the other factors; their moments follow from the one-layer maps of [`super::layers`]
//! (vectors, and y backward through transposes) and [`super::products`] (matrices).
//!
//! # Why two rows and one column are enough
//!
//! In every squared derivative W and V have degree at most 2, so only E W_ij W_mn = σ² 1\[i = m\] 1\[j = n\] enters, which joins indices in
//! pairs, as the sums over entries do. Joined indices form closed lines through the fixed factors: products of traces, here the
//! invariants of `terms`. Appending zeros to M, P, a or y changes neither a derivative that is not 0 nor a trace, so the coefficients do
//! not depend on the shapes, and the shapes below, where the traces are linearly independent, determine them.
//! The maps of one layer are polynomials in the width of degree at most 2: three widths determine them, two more are compared.

use dashu::rational::RBig;

use super::layers::{self, LayerMap};
use super::moments::Calculus;
use super::polynomial::{Polynomial, Variable};
use super::products::{self, Factor, Invariant};
use crate::claim::{Gathered, Observation, Point, Step, Truth};
use crate::formula::{Node, parse};

/// What the expectations of this file rest on, beside the arithmetic of polynomials.
pub const COMPOSED: &[Step] = &[
    Step::lemma("locally constant gates", "f = M_l W^l P W^k a with a = a^(k-1), P = P_(l,k); M_l, P and a do not move with W^k and W^l"),
    Step::lemma("independent signs", "gates are independent coins, independent of magnitudes: weights, M_l^T M_l, P and a are independent"),
    Step::lemma("independent products", "so the moments of these factors multiply, and so do those of successive layers"),
    Step::lemma("paired indices", "two rows and one column determine the expected derivatives, squared or summed"),
    Step::lemma("degree argument", "each layer acts by polynomials in the width of degree at most 2"),
];

/// The matrix behind the last layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// B = I
    Identity,
    /// B with independent entries of a law of its own, `output_variance` and `output_kurtosis`.
    Random,
}

/// The widths that determine a map of one layer.
const WIDTHS: [usize; 3] = [1, 2, 3];
/// The widths at which it is compared.
const FURTHER: [usize; 2] = [4, 5];

/// The states: of a vector (E‖·‖₂², E‖·‖₂⁴, E‖·‖₄⁴), of a matrix (t, q, g). In the names of the maps, V and T are a layer, W then D.
const STATES: &str = "let below = V^(layer-1)*[x2, x2^2, x4]; let back = (V^(depth-upper)*(Dv*(Bv*[y2, 0, 0])))[0]; \
                      let above = BT*(T^(depth-upper)*(Dm*[width^2, width, width])); ";
/// The states of P_{l,k}.
const BETWEEN: &str = "let reach = (V^(gap-1)*(Dv*[width, 0, 0]))[0]; let path = T^(gap-1)*(Dm*[width^2, width, width]); ";

/// E‖∂𝓛/∂W^layer‖_F² of every net: one observation, symbolic in all names.
///
/// # Panics
/// If what is expanded is not a combination of the invariants, or not a polynomial in the width: never, by the argument above.
#[must_use]
pub fn composed_gradient(output: Output) -> Gathered {
    let mut maps = Maps::new(output);
    let [target, squared, quartic] = one_layer(&mut maps.calculus, Order::First);
    let text = format!("{STATES} target*below[0]*back + squared*below[1]*above[0] + quartic*below[1]*above[1]");
    let found = maps.observe(&text, Point::new(), &[("target", target), ("squared", squared), ("quartic", quartic)], "layer");
    covering(vec![found], "every layer of every net")
}

/// E‖∂²𝓛/∂W^layer ∂W^other_layer‖_F² of every net with layer ≤ other_layer: on the diagonal, and off it with `gap` ≥ 1 layers between,
/// symbolic in all names.
///
/// # Panics
/// As [`composed_gradient`].
#[must_use]
pub fn composed_hessian(output: Output) -> Gathered {
    let mut maps = Maps::new(output);
    let [target, squared, quartic] = one_layer(&mut maps.calculus, Order::Second);
    let text = format!("{STATES} target*below[0]*back + squared*below[1]*above[0] + quartic*below[1]*above[1]");
    let point = Point::new().at("other_layer", "layer");
    let diagonal = maps.observe(&text, point, &[("target", target), ("squared", squared), ("quartic", quartic)], "layer");

    let [target, tt, tq, qt, qq] = two_layers(&mut maps.calculus);
    let text = format!(
        "{STATES} {BETWEEN} target*below[0]*reach*back + \
         below[1]*(tt*above[0]*path[0] + tq*above[0]*path[1] + qt*above[1]*path[0] + qq*above[1]*path[1])"
    );
    let terms = [("target", target), ("tt", tt), ("tq", tq), ("qt", qt), ("qq", qq)];
    let pair = maps.observe(&text, Point::new().at("other_layer", "layer + gap"), &terms, "(layer + gap)");
    covering(vec![diagonal, pair], "every two layers of every net, equal or apart")
}

/// `of`, a text in the name `trace`, the expected trace of the diagonal block of `layer`: one observation, symbolic in all names.
///
/// # Panics
/// As [`composed_gradient`], or if the text is no formula.
#[must_use]
pub fn composed_trace(of: &str) -> Gathered {
    let mut maps = Maps::new(Output::Identity);
    let share = trace(&mut maps.calculus);
    let text = format!("let trace = share*(V^(layer-1)*[x2, x2^2, x4])[0]*(V^(depth-layer)*(Dv*[width, 0, 0]))[0]; {of}");
    let found = maps.observe(&text, Point::new(), &[("share", share)], "layer");
    covering(vec![found], "every layer of every net")
}

/// The coefficient of ‖a‖²‖M‖_F² in the sum of unmixed second derivatives of ½‖y − M W a‖² by the entries of W.
fn trace(calculus: &mut Calculus) -> Polynomial {
    let weights = calculus.weights(2, 1);
    let (m, y, a) = (calculus.matrix("m", 2, 2), calculus.vector("y", 2), calculus.vector("a", 1));
    let (outer, target, input) = (matrix(&m), layers::coordinates(&y), layers::coordinates(&a));
    let loss = loss(&target, &layers::applied(&outer, &layers::weighted(&weights, &input)));
    let sum: Polynomial = weights.iter().flatten().map(|w| derivative(&derivative(&loss, *w), *w)).sum();
    let square = |entries: &mut dyn Iterator<Item = &Polynomial>| entries.map(|entry| entry.power(2)).sum::<Polynomial>();
    let term = &square(&mut outer.iter().flatten()) * &square(&mut input.iter());
    let inner: Vec<Variable> = m.into_iter().flatten().chain(y).chain(a).collect();
    let found = calculus.expectation(&sum).in_basis(&[term], &inner).expect("a sum over joined indices is a combination of traces");
    found.into_iter().next().expect("one coefficient a term")
}

fn covering(observations: Vec<Observation>, covers: &'static str) -> Gathered {
    Gathered { observations, covers: Some(covers), ..Gathered::default() }
}

/// How often the loss is differentiated by the entries of one layer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    First,
    Second,
}

/// The coefficients of ‖a‖²‖Mᵀy‖², ‖a‖⁴ (tr MᵀM)² and ‖a‖⁴ tr (MᵀM)² in the expected sum of squared derivatives of ½‖y − M W a‖² by the
/// entries of W.
fn one_layer(calculus: &mut Calculus, order: Order) -> [Polynomial; 3] {
    let weights = calculus.weights(2, 1);
    let (m, y, a) = (calculus.matrix("m", 2, 2), calculus.vector("y", 2), calculus.vector("a", 1));
    let (outer, target, input) = (matrix(&m), layers::coordinates(&y), layers::coordinates(&a));
    let loss = loss(&target, &layers::applied(&outer, &layers::weighted(&weights, &input)));
    let entries: Vec<Variable> = weights.into_iter().flatten().collect();
    let slopes: Vec<Polynomial> = match order {
        Order::First => entries.iter().map(|w| derivative(&loss, *w)).collect(),
        Order::Second => entries.iter().flat_map(|w| entries.iter().map(|v| derivative(&derivative(&loss, *w), *v))).collect(),
    };
    let terms = terms(&outer, &target, &input);
    let inner: Vec<Variable> = m.into_iter().flatten().chain(y).chain(a).collect();
    coefficients(calculus, &slopes, &terms, &inner)
}

/// The coefficients of ‖a‖²‖P‖_F²‖Mᵀy‖² and of ‖a‖⁴ times (tr MᵀM)² or tr (MᵀM)² times (tr PPᵀ)² or tr (PPᵀ)² in the expected sum of
/// squared mixed derivatives of ½‖y − M W P V a‖² by the entries of W and V.
fn two_layers(calculus: &mut Calculus) -> [Polynomial; 5] {
    let weights = calculus.weights(4, 2);
    let (upper, lower): (Vec<Vec<Variable>>, Vec<Vec<Variable>>) =
        (weights[..2].to_vec(), weights[2..].iter().map(|row| row[..1].to_vec()).collect());
    let (m, p) = (calculus.matrix("m", 2, 2), calculus.matrix("path", 2, 2));
    let (y, a) = (calculus.vector("y", 2), calculus.vector("a", 1));
    let (outer, path, target, input) = (matrix(&m), matrix(&p), layers::coordinates(&y), layers::coordinates(&a));
    let between = layers::applied(&path, &layers::weighted(&lower, &input));
    let loss = loss(&target, &layers::applied(&outer, &layers::weighted(&upper, &between)));
    let slopes: Vec<Polynomial> = upper
        .iter()
        .flatten()
        .flat_map(|w| lower.iter().flatten().map(|v| derivative(&derivative(&loss, *w), *v)).collect::<Vec<_>>())
        .collect();
    let [first, squared, quartic] = terms(&outer, &target, &input);
    let reach = path.iter().flatten().map(|entry| entry.power(2)).sum::<Polynomial>();
    let [t, q] = [Invariant::SquaredTrace, Invariant::TraceOfSquare].map(|invariant| invariant.of(&path));
    let terms = [&first * &reach, &squared * &t, &squared * &q, &quartic * &t, &quartic * &q];
    let inner: Vec<Variable> = m.into_iter().chain(p).flatten().chain(y).chain(a).collect();
    coefficients(calculus, &slopes, &terms, &inner)
}

/// ‖a‖²‖Mᵀy‖², ‖a‖⁴ (tr MᵀM)², ‖a‖⁴ tr (MᵀM)²
fn terms(outer: &[Vec<Polynomial>], target: &[Polynomial], input: &[Polynomial]) -> [Polynomial; 3] {
    let square = |vector: &[Polynomial]| vector.iter().map(|entry| entry.power(2)).sum::<Polynomial>();
    let columns: Vec<Vec<Polynomial>> = (0..2).map(|j| outer.iter().map(|row| row[j].clone()).collect()).collect();
    let (back, length) = (square(&layers::applied(&columns, target)), square(input));
    let [t, q] = [Invariant::SquaredTrace, Invariant::TraceOfSquare].map(|invariant| invariant.of(outer));
    [&length * &back, &length.power(2) * &t, &length.power(2) * &q]
}

fn coefficients<const N: usize>(
    calculus: &mut Calculus,
    slopes: &[Polynomial],
    terms: &[Polynomial; N],
    inner: &[Variable],
) -> [Polynomial; N] {
    let expected: Polynomial = slopes.iter().map(|slope| calculus.expectation(&slope.power(2))).sum();
    let found = expected.in_basis(terms, inner).expect("a sum over joined indices is a combination of traces");
    found.try_into().expect("one coefficient a term")
}

/// ½‖y − f‖²
fn loss(target: &[Polynomial], output: &[Polynomial]) -> Polynomial {
    let squares = target.iter().zip(output).map(|(y, f)| (y - f).power(2)).sum::<Polynomial>();
    squares.scale(&(RBig::ONE / RBig::from(2)))
}

/// ∂/∂variable
fn derivative(polynomial: &Polynomial, variable: Variable) -> Polynomial {
    polynomial.map_monomials(|monomial| {
        let Some((_, exponent)) = monomial.factors().find(|(other, _)| *other == variable) else { return Polynomial::zero() };
        let lowered = |(other, power): (Variable, u32)| Polynomial::power_of(other, power - u32::from(other == variable));
        let product = monomial.factors().map(lowered).fold(Polynomial::constant(RBig::ONE), |product, factor| &product * &factor);
        product.scale(&RBig::from(exponent))
    })
}

fn matrix(entries: &[Vec<Variable>]) -> Vec<Vec<Polynomial>> {
    entries.iter().map(|row| layers::coordinates(row)).collect()
}

/// The maps of one layer, their entries polynomials in `width`, `variance`, `kurtosis` and `p`.
struct Maps {
    calculus: Calculus,
    named: Vec<(&'static str, Node)>,
}

impl Maps {
    fn new(output: Output) -> Maps {
        let mut calculus = Calculus::new();
        let vector = |map: LayerMap| move |calculus: &mut Calculus, width: usize| layers::transition(calculus, map, width);
        let product = |factor: Factor| move |calculus: &mut Calculus, width: usize| products::transition(calculus, factor, width);
        let [weights, gates] = [LayerMap::Weights, LayerMap::Gates].map(|map| every_width(&mut calculus, vector(map)));
        let [factor, coins] = [Factor::Weights, Factor::Gates].map(|factor| every_width(&mut calculus, product(factor)));
        let one = Node::integer(1);
        let (behind, on_top) = match output {
            Output::Identity => (one.clone(), one),
            Output::Random => (renamed(&weights), renamed(&factor)),
        };
        let named = vec![
            ("V", gates.clone() * weights),
            ("Dv", gates),
            ("Bv", behind),
            ("T", coins.clone() * factor),
            ("Dm", coins),
            ("BT", on_top),
        ];
        Maps { calculus, named }
    }

    /// What `text` says of these maps and terms; `upper` is the layer that M starts from.
    fn observe(&self, text: &str, point: Point, terms: &[(&str, Polynomial)], upper: &str) -> Observation {
        let text = text.replace("upper", upper);
        let body = parse(&text).unwrap_or_else(|error| panic!("`{text}`: {error}"));
        let terms = terms.iter().map(|(name, polynomial)| (*name, self.calculus.to_node(polynomial)));
        let truth = self.named.iter().cloned().chain(terms).fold(body, |node, (name, value)| node.given(name, value));
        Observation { point, truth: Truth::Exact(truth) }
    }
}

/// The map of a layer of weights as that of the output matrix.
fn renamed(map: &Node) -> Node {
    let own = |map: Node, name: &str| map.replace_name(name, &Node::name(format!("output_{name}")));
    own(own(map.clone(), "variance"), "kurtosis")
}

/// A map of one layer as a function of `width`: the polynomial of degree 2 through three widths, compared at two more.
fn every_width(calculus: &mut Calculus, find: impl Fn(&mut Calculus, usize) -> Vec<Vec<Polynomial>>) -> Node {
    let name = calculus.indeterminate("width");
    let width = Polynomial::power_of(name, 1);
    let found = WIDTHS.map(|width| find(calculus, width));
    let away = |from: usize| &width - &Polynomial::constant(from);
    let basis = WIDTHS.map(|own| {
        let others = || WIDTHS.into_iter().filter(move |other| *other != own);
        let product = others().fold(Polynomial::constant(RBig::ONE), |product, other| &product * &away(other));
        let divisor = others().fold(RBig::ONE, |product, other| product * (RBig::from(own) - RBig::from(other)));
        product.scale(&(RBig::ONE / divisor))
    });
    let entry = |i: usize, j: usize| found.iter().zip(&basis).map(|(map, share)| &map[i][j] * share).sum::<Polynomial>();
    let size = found[0].len();
    let general: Vec<Vec<Polynomial>> = (0..size).map(|i| (0..size).map(|j| entry(i, j)).collect()).collect();
    for further in FURTHER {
        let expected = find(calculus, further);
        let at = |polynomial: &Polynomial| {
            polynomial.map_monomials(|monomial| {
                let power = |(variable, exponent)| match variable == name {
                    true => Polynomial::constant(RBig::from(further).pow(exponent as isize)),
                    false => Polynomial::power_of(variable, exponent),
                };
                monomial.factors().map(power).fold(Polynomial::constant(RBig::ONE), |product, factor| &product * &factor)
            })
        };
        let here: Vec<Vec<Polynomial>> = general.iter().map(|row| row.iter().map(at).collect()).collect();
        assert_eq!(here, expected, "a map of one layer has degree 2 in the width");
    }
    let row = |row: &Vec<Polynomial>| Node::List(row.iter().map(|entry| calculus.to_node(entry)).collect());
    Node::List(general.iter().map(row).collect())
}
