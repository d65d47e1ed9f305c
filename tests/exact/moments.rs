use dashu::rational::RBig;
use quickcheck::quickcheck;
use vanishing_curvature::claim::{Gathered, Observation, Truth};
use vanishing_curvature::exact::layers::{self, LayerMap, Norm, Site, composed, one_step};
use vanishing_curvature::exact::moments::Calculus;
use vanishing_curvature::exact::polynomial::{Alphabet, Polynomial, Variable};
use vanishing_curvature::exact::products::{self, Factor, Invariant, Start, composed_product, one_factor};
use vanishing_curvature::formula::{Environment, Function, Node, Number, Summation, Undefined, Value, evaluate_scalar};

use super::forward::ratio;

/// Rationals, for evaluating what was gathered.
#[derive(Clone, Debug, PartialEq)]
struct Rational(RBig);

impl Number for Rational {
    type Context = ();
    fn rational(value: &RBig, (): &()) -> Result<Self, Undefined> {
        Ok(Rational(value.clone()))
    }
    fn negate(&self, (): &()) -> Self {
        Rational(-self.0.clone())
    }
    fn add(&self, other: &Self, (): &()) -> Result<Self, Undefined> {
        Ok(Rational(&self.0 + &other.0))
    }
    fn multiply(&self, other: &Self, (): &()) -> Result<Self, Undefined> {
        Ok(Rational(&self.0 * &other.0))
    }
    fn divide(&self, other: &Self, (): &()) -> Result<Self, Undefined> {
        if other.0 == RBig::ZERO { Err(Undefined::DivisionByZero) } else { Ok(Rational(&self.0 / &other.0)) }
    }
    fn integer(&self, (): &()) -> Option<i64> {
        i64::try_from(self.0.clone()).ok()
    }
    fn real_power(&self, _: &Self, (): &()) -> Result<Self, Undefined> {
        Err(Undefined::Unavailable("a root".into()))
    }
    fn call(_: Function, _: &[Self], (): &()) -> Result<Self, Undefined> {
        Err(Undefined::Unavailable("a call".into()))
    }
    fn series(_: &Summation<'_, Self>, _: &mut dyn FnMut(i64) -> Result<Self, Undefined>, (): &()) -> Result<Self, Undefined> {
        Err(Undefined::Unavailable("a series".into()))
    }
}

/// Some value for every name that truths and points leave free.
fn symbols() -> Environment<Rational> {
    let named = [("variance", (2, 3)), ("kurtosis", (11, 5)), ("p", (3, 7)), ("x2", (5, 2)), ("x4", (9, 8))];
    let vector = (1..=7).map(|i| (format!("a{i}"), (2 * i - 5, 3)));
    let matrix = (1..=5).flat_map(|i| (1..=2).map(move |j| (format!("m{i}_{j}"), (3 * i - 4 * j, 5))));
    let all = named.map(|(name, value)| (name.to_owned(), value)).into_iter().chain(vector).chain(matrix);
    all.map(|(name, (top, bottom))| (name, Value::Scalar(Rational(ratio(top, bottom))))).collect()
}

/// The truth of an observation, and the values of the names at its point.
fn case(observation: &Observation) -> (RBig, impl Fn(&str) -> RBig) {
    let environment = observation.point.environment(&symbols(), &()).unwrap();
    let Truth::Exact(node) = &observation.truth else { panic!("the moment calculus is exact") };
    let truth = evaluate_scalar(node, &environment, &()).unwrap().0;
    (truth, move |name| environment[name].scalar().unwrap().0.clone())
}

/// Checks a formula, given as a function of the values of the names, against every observation.
fn agrees(gathered: &Gathered, formula: impl Fn(&dyn Fn(&str) -> RBig) -> RBig) {
    assert!(!gathered.observations.is_empty());
    for observation in &gathered.observations {
        let (truth, names) = case(observation);
        assert_eq!(truth, formula(&names), "width {}", names("width"));
    }
}

fn int(value: i64) -> RBig {
    RBig::from(value)
}

#[test]
fn lemma_15_holds_symbolically() {
    let step = |norm| one_step(LayerMap::Weights, norm, 1..=5);
    agrees(&step(Norm::TwoSquared), |v| v("width") * v("variance") * v("x2"));
    let excess = |v: &dyn Fn(&str) -> RBig| v("width") * v("variance").pow(2) * (v("kurtosis") - int(3)) * v("x4");
    agrees(&step(Norm::FourFourth), |v| excess(v) + int(3) * v("width") * v("variance").pow(2) * v("x2").pow(2));
    agrees(&step(Norm::TwoFourth), |v| excess(v) + v("width") * (v("width") + int(2)) * v("variance").pow(2) * v("x2").pow(2));
}

#[test]
fn proposition_13_holds_symbolically() {
    let step = |norm| one_step(LayerMap::Gates, norm, 1..=5);
    agrees(&step(Norm::TwoSquared), |v| v("p") * v("x2"));
    agrees(&step(Norm::FourFourth), |v| v("p") * v("x4"));
    agrees(&step(Norm::TwoFourth), |v| v("p").pow(2) * v("x2").pow(2) + v("p") * (int(1) - v("p")) * v("x4"));
}

/// One step of Theorem 17 on (E‖h‖₂⁴, E‖h‖₄⁴).
fn layer(v: &dyn Fn(&str) -> RBig, p: &RBig, (second, fourth): (RBig, RBig)) -> (RBig, RBig) {
    let (d, c) = (v("width"), v("kurtosis") - int(3));
    let (second, fourth) = (p.pow(2) * second + p * (int(1) - p) * &fourth, p * fourth);
    let scale = &d * v("variance").pow(2);
    (&scale * ((d + int(2)) * &second + &c * &fourth), scale * (int(3) * second + c * fourth))
}

#[test]
fn corollary_16_holds_symbolically() {
    let start = |v: &dyn Fn(&str) -> RBig| (v("x2").pow(2), v("x4"));
    let step = |norm| one_step(LayerMap::GatesThenWeights, norm, 1..=4);
    agrees(&step(Norm::TwoFourth), |v| layer(v, &v("p"), start(v)).0);
    agrees(&step(Norm::FourFourth), |v| layer(v, &v("p"), start(v)).1);
    agrees(&step(Norm::TwoSquared), |v| v("width") * v("variance") * v("p") * v("x2"));
}

#[test]
fn theorem_17_holds_symbolically_by_composition() {
    let deep = |v: &dyn Fn(&str) -> RBig| {
        let depth = i64::try_from(v("depth")).unwrap();
        (1..depth).fold(layer(v, &int(1), (v("x2").pow(2), v("x4"))), |state, _| layer(v, &v("p"), state))
    };
    agrees(&composed(Norm::TwoFourth, Site::BeforeGate, 1..=9, 1..=4), |v| deep(v).0);
    agrees(&composed(Norm::FourFourth, Site::BeforeGate, 1..=9, 1..=4), |v| deep(v).1);
    agrees(&composed(Norm::FourFourth, Site::AfterGate, 1..=3, 2..=3), |v| v("p") * deep(v).1);
    agrees(&composed(Norm::TwoSquared, Site::AfterGate, 1..=3, 1..=3), |v| {
        let growth = v("p") * v("width") * v("variance");
        growth.pow(isize::try_from(v("depth")).unwrap()) * v("x2")
    });
}

fn through_weights(v: &dyn Fn(&str) -> RBig, [t, q, g]: [RBig; 3]) -> [RBig; 3] {
    let (m, square) = (v("width"), v("variance").pow(2));
    let diagonal = &m * &square * (&t + int(2) * &q + (v("kurtosis") - int(3)) * g);
    let pairs = &m * (&m - int(1)) * square;
    [&diagonal + &pairs * t, &diagonal + pairs * q, diagonal]
}

fn through_gates(v: &dyn Fn(&str) -> RBig, [t, q, g]: [RBig; 3]) -> [RBig; 3] {
    let (p, mixed) = (v("p"), v("p") * (int(1) - v("p")) * &g);
    [p.pow(2) * t + &mixed, p.pow(2) * q + mixed, p * g]
}

#[test]
fn the_state_of_a_matrix_product_moves_as_claimed_entry_by_entry() {
    for (position, invariant) in Invariant::ALL.into_iter().enumerate() {
        let state = |v: &dyn Fn(&str) -> RBig| [v("t"), v("q"), v("g")];
        agrees(&one_factor(Factor::Weights, invariant, 1..=4), |v| through_weights(v, state(v))[position].clone());
        agrees(&one_factor(Factor::Gates, invariant, 1..=4), |v| through_gates(v, state(v))[position].clone());
    }
}

#[test]
fn the_state_of_a_matrix_product_composes() {
    for (position, invariant) in Invariant::ALL.into_iter().enumerate() {
        for start in [Start::Identity, Start::Gates] {
            agrees(&composed_product(invariant, start, 1..=4, 0..=3), |v| {
                let identity = [v("width").pow(2), v("width"), v("width")];
                let begun = if start == Start::Gates { through_gates(v, identity) } else { identity };
                let depth = i64::try_from(v("depth")).unwrap();
                let end = (0..depth).fold(begun, |state, _| through_gates(v, through_weights(v, state)));
                end[position].clone()
            });
        }
    }
}

#[test]
fn the_calculus_knows_moments_only_of_its_weights() {
    let mut calculus = Calculus::new();
    let (w, coin) = (calculus.weights(1, 2), calculus.coins(1)[0]);
    let named = |name: &str, calculus: &mut Calculus| Polynomial::power_of(calculus.indeterminate(name), 1);
    let expectation = |exponents: [u32; 3], calculus: &mut Calculus| {
        let factors = [w[0][0], w[0][1], coin].into_iter().zip(exponents);
        let product = factors.fold(Polynomial::constant(1), |product, (x, n)| &product * &Polynomial::power_of(x, n));
        calculus.expectation(&product)
    };
    assert_eq!(expectation([1, 1, 0], &mut calculus), Polynomial::zero());
    assert_eq!(expectation([3, 2, 1], &mut calculus), Polynomial::zero());
    assert_eq!(expectation([0, 0, 5], &mut calculus), named("p", &mut calculus));
    assert_eq!(expectation([6, 0, 0], &mut calculus), named("moment6", &mut calculus));
    let (variance, kurtosis) = (named("variance", &mut calculus), named("kurtosis", &mut calculus));
    assert_eq!(expectation([4, 2, 0], &mut calculus), &variance.power(3) * &kurtosis);
}

#[test]
fn a_polynomial_outside_a_basis_is_refused() {
    let mut alphabet = Alphabet::default();
    let vector: Vec<Variable> = ["a1", "a2"].map(|name| alphabet.variable(name)).to_vec();
    let entries = layers::coordinates(&vector);
    let basis = [Norm::TwoFourth.of(&entries), Norm::FourFourth.of(&entries)];
    let other = Polynomial::power_of(alphabet.variable("c"), 1);
    let inside = &(&basis[0] * &other) + &basis[1].scale(&ratio(2, 3));
    assert_eq!(inside.in_basis(&basis, &vector), Some(vec![other.clone(), Polynomial::constant(ratio(2, 3))]));
    let asymmetric = entries[0].power(4);
    assert_eq!((&inside + &asymmetric).in_basis(&basis, &vector), None);
    assert_eq!(basis[0].in_basis(&[basis[0].clone(), basis[0].clone()], &vector), None, "a dependent basis");
}

#[test]
fn gathered_extents_name_the_degree_argument() {
    let gathered = one_step(LayerMap::Weights, Norm::TwoFourth, 1..=3);
    assert_eq!(gathered.extent.iter().map(|extent| (extent.name, extent.order)).collect::<Vec<_>>(), [("width", 3)]);
    let orders = |gathered: Gathered| gathered.extent.iter().map(|extent| (extent.name, extent.order)).collect::<Vec<_>>();
    assert_eq!(orders(composed(Norm::TwoFourth, Site::BeforeGate, 1..=2, 1..=3)), [("width", 7), ("depth", 2)]);
    assert_eq!(orders(composed_product(Invariant::SquaredTrace, Start::Identity, 1..=2, 1..=3)), [("width", 9), ("depth", 3)]);
}

/// A polynomial in three variables from small numbers: terms (coefficient, exponents).
fn polynomial(terms: &[(i8, u8, u8, u8)], alphabet: &mut Alphabet) -> Polynomial {
    let variables = ["x", "y", "z"].map(|name| alphabet.variable(name));
    let term = |(coefficient, x, y, z): &(i8, u8, u8, u8)| {
        let powers = variables.iter().zip([x, y, z]).map(|(variable, n)| Polynomial::power_of(*variable, u32::from(n % 3)));
        powers.fold(Polynomial::constant(*coefficient), |product, power| &product * &power)
    };
    terms.iter().take(6).map(term).sum()
}

fn value(polynomial: &Polynomial, alphabet: &Alphabet) -> RBig {
    let names = [("x", 2), ("y", -3), ("z", 5)].map(|(name, value)| (name.to_owned(), Value::Scalar(Rational(int(value)))));
    evaluate_scalar(&polynomial.to_node(alphabet), &names.into(), &()).unwrap().0
}

type Terms = Vec<(i8, u8, u8, u8)>;

quickcheck! {
    fn polynomials_form_a_ring(left: Terms, middle: Terms, right: Terms) -> bool {
        let mut alphabet = Alphabet::default();
        let [a, b, c] = [left, middle, right].map(|terms| polynomial(&terms, &mut alphabet));
        &a * &(&b + &c) == &(&a * &b) + &(&a * &c) && &a * &b == &b * &a && (&a - &a).is_zero() && &(&a - &b) + &b == a
            && &(&a * &b) * &c == &a * &(&b * &c)
    }

    fn trees_of_polynomials_have_the_polynomial_s_values(left: Terms, right: Terms) -> bool {
        let mut alphabet = Alphabet::default();
        let [a, b] = [left, right].map(|terms| polynomial(&terms, &mut alphabet));
        value(&(&a * &b), &alphabet) == value(&a, &alphabet) * value(&b, &alphabet)
            && value(&(&a - &b), &alphabet) == value(&a, &alphabet) - value(&b, &alphabet)
    }

    fn degrees_add_under_multiplication(left: Terms, right: Terms) -> bool {
        let mut alphabet = Alphabet::default();
        let [a, b] = [left, right].map(|terms| polynomial(&terms, &mut alphabet));
        a.is_zero() || b.is_zero() || (&a * &b).degree() == a.degree() + b.degree()
    }
}

#[test]
fn long_polynomials_become_shallow_trees() {
    let mut alphabet = Alphabet::default();
    let sum: Polynomial = (0..1000).map(|i| Polynomial::power_of(alphabet.variable(&format!("x{i}")), 1)).sum();
    assert!(sum.to_node(&alphabet).height() < 16);
    assert_eq!(Polynomial::zero().to_node(&alphabet), Node::integer(0));
}

#[test]
fn maps_read_off_small_cases_agree_with_larger_ones() {
    let mut calculus = Calculus::new();
    let weights = layers::transition(&mut calculus, LayerMap::Weights, 3);
    assert!(weights[0][1].is_zero() && weights[1][0].is_zero() && !weights[2][1].is_zero());
    let gates = products::transition(&mut calculus, Factor::Gates, 5);
    assert!(gates[2][0].is_zero() && gates[0][1].is_zero() && !gates[0][2].is_zero());
}
