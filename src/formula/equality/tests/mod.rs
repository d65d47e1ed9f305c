//! Identities in disguise, near misses and attempts to fool the test.

use std::time::Instant;

mod laws;

use super::*;
use crate::formula::function::Function;

fn name(name: &str) -> Node {
    Node::name(name)
}

fn int(value: i64) -> Node {
    Node::integer(value)
}

fn list<const N: usize>(items: [Node; N]) -> Node {
    Node::List(items.into())
}

fn at(list: Node, index: i64) -> Node {
    Node::Index(Box::new(list), Box::new(int(index)))
}

fn call<const N: usize>(function: Function, arguments: [Node; N]) -> Node {
    Node::Call(function, arguments.into())
}

fn depth() -> Node {
    name("depth")
}

fn order() -> Node {
    name("order")
}

fn tau() -> Node {
    name("tau")
}

#[track_caller]
fn assert_equal(left: &Node, right: &Node) -> String {
    match compare(left, right) {
        Equality::Equal { error_bits, scope } => {
            assert!(error_bits > 100, "{error_bits} bits");
            scope
        }
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn assert_different(left: &Node, right: &Node) {
    assert_eq!(compare(left, right), Equality::Different { opaque: false });
}

#[track_caller]
fn assert_apparently_different(left: &Node, right: &Node) {
    assert_eq!(compare(left, right), Equality::Different { opaque: true });
}

#[track_caller]
fn assert_undecided(left: &Node, right: &Node) {
    let found = compare(left, right);
    assert!(matches!(found, Equality::Undecided(_)), "{found:?}");
}

/// (tau^order / (order + 1))^depth
fn moment() -> Node {
    (tau().power(order()) / (order() + int(1))).power(depth())
}

#[test]
fn powers_distribute_over_quotients() {
    let right = tau().power(order() * depth()) / (order() + int(1)).power(depth());
    let scope = assert_equal(&moment(), &right);
    assert!(scope.contains("every integer depth >= 1") && scope.contains("every integer order >= 1"), "{scope}");
    assert!(scope.contains("all tau"), "{scope}");
}

#[test]
fn a_factor_may_be_split_off_a_power() {
    let step = tau().power(order()) / (int(1) + order());
    assert_equal(&moment(), &(step.clone().power(depth() - int(1)) * step));
}

#[test]
fn a_missing_layer_is_noticed() {
    let step = tau().power(order()) / (int(1) + order());
    assert_different(&moment(), &step.power(depth() - int(1)));
}

/// The coupled recursion: the fourth-order state after `depth` layers.
fn coupled() -> Node {
    let (d, p, c, v) = (|| name("width"), || name("p"), || name("c"), || name("variance"));
    let two = || d() + int(2);
    let scale = || d() * v().power(int(2));
    let rest = |k: Node| k * p() * (int(1) - p()) + c() * p();
    let matrix = scale() * list([list([two() * p().power(int(2)), rest(two())]), list([int(3) * p().power(int(2)), rest(int(3))])]);
    let (x2, x4) = (|| name("x2"), || name("x4"));
    let first = scale() * list([two() * x2().power(int(2)) + c() * x4(), int(3) * x2().power(int(2)) + c() * x4()]);
    at(name("Q").power(depth() - int(1)) * name("first"), 0).given("first", first).given("Q", matrix).given("c", name("kurtosis") - int(3))
}

/// The same, each layer split into gate and matrix, the scale taken out.
fn coupled_in_steps() -> Node {
    let (d, p, v, k) = (|| name("width"), || name("p"), || name("variance"), || name("kurtosis"));
    let weights = list([list([d() + int(2), k() - int(3)]), list([int(3), k() - int(3)])]);
    let gate = list([list([p() * p(), p() - p() * p()]), list([int(0), p()])]);
    let state = list([name("x2") * name("x2"), name("x4")]);
    let product = (name("W") * name("G")).power(depth() - int(1)) * (name("W") * state);
    (at(product, 0) * (d() * v() * v()).power(depth())).given("G", gate).given("W", weights)
}

#[test]
fn matrix_recursions_are_compared_through_their_writings() {
    let scope = assert_equal(&coupled(), &coupled_in_steps());
    assert!(scope.contains("by consecutive values: 4 of depth"), "{scope}");
}

#[test]
fn a_comparison_of_matrix_recursions_is_quick() {
    let (left, right) = (coupled(), coupled_in_steps());
    let start = Instant::now();
    for _ in 0..10 {
        assert_equal(&left, &right);
    }
    let seconds = start.elapsed().as_secs_f64() / 10.0;
    assert!(seconds < 0.1, "{seconds} s");
}

#[test]
fn a_cubic_that_vanishes_at_the_first_three_depths_is_not_zero() {
    let cubic = depth().power(int(3)) - int(6) * depth().power(int(2)) + int(11) * depth() - int(6);
    assert_different(&cubic, &int(0));
    assert_different(&(cubic * tau().power(depth())), &int(0));
}

#[test]
fn a_parabola_through_the_first_fibonacci_numbers_is_not_the_sequence() {
    let fibonacci = at(at(list([list([int(1), int(1)]), list([int(1), int(0)])]).power(depth()), 0), 1);
    let parabola = (depth() * depth() - int(3) * depth() + int(4)) / int(2);
    assert_different(&fibonacci, &parabola);
}

#[test]
fn fibonacci_numbers_obey_the_double_index_identity() {
    let f = |n: Node| at(at(list([list([int(1), int(1)]), list([int(1), int(0)])]).power(n), 0), 1);
    let right = f(depth()) * (int(2) * f(depth() + int(1)) - f(depth()));
    let scope = assert_equal(&f(int(2) * depth()), &right);
    assert!(scope.contains("every integer depth >= 1"), "{scope}");
}

#[test]
fn multiples_of_the_prime_do_not_pass_for_zero() {
    let prime = || int(i64::try_from(crate::formula::Modular::PRIME).expect("61 bits"));
    let x = || name("x");
    assert_different(&(x() + prime()), &x());
    assert_different(&(x() * (prime() + int(1))), &x());
    assert_different(&(x() / prime()), &x());
    assert_different(&(x() + prime() * prime() * tau().power(depth())), &x());
    assert_equal(&(x() / prime()), &(x() * (int(2) / (prime() + prime()))));
}

#[test]
fn the_fermat_power_is_not_the_identity() {
    let prime = int(i64::try_from(crate::formula::Modular::PRIME).expect("61 bits"));
    assert_undecided(&name("x").power(prime), &name("x"));
}

#[test]
fn inner_bindings_hide_outer_ones() {
    let (x, y) = (|| name("x"), || name("y"));
    let shadowed = (x() * x()).given("x", x() + int(1)).given("x", y() * y());
    assert_equal(&shadowed, &(y().power(int(2)) + int(1)).power(int(2)));
    let exponent = tau().power(x()).given("x", x() - int(1)).given("x", depth());
    assert_equal(&exponent, &(tau().power(depth()) / tau()));
    assert_different(&exponent, &tau().power(depth()));
}

#[test]
fn names_that_only_bindings_take_into_exponents_are_integers() {
    let left = tau().power(name("n")).given("n", int(2) * depth());
    let scope = assert_equal(&left, &(tau() * tau()).power(depth()));
    assert!(scope.contains("every integer depth >= 1"), "{scope}");
}

#[test]
fn a_call_of_an_integer_name_is_an_indeterminate() {
    let median = |n: Node| call(Function::GammaMedian, [n]);
    let left = tau().power(depth()) * call(Function::Exp, [-median(depth())]);
    let right = call(Function::Exp, [int(0) - median(int(2) * depth() - depth())]) * (tau() * tau()).power(depth()) / tau().power(depth());
    assert_equal(&left, &right);
    assert_apparently_different(&left, &(tau().power(depth()) * call(Function::Exp, [median(depth())])));
    assert_apparently_different(&left, &(tau().power(depth()) * call(Function::Exp, [-median(depth() * depth())])));
}

#[test]
fn calls_that_agree_at_the_first_integers_only_are_told_apart() {
    let root = |x: Node| call(Function::Sqrt, [x]);
    let cubic = (depth() - int(1)) * (depth() - int(2)) * (depth() - int(3));
    let left = tau().power(depth()) * root(name("x") + depth());
    let right = tau().power(depth()) * root(name("x") + depth() + cubic);
    assert_apparently_different(&left, &right);
}

#[test]
fn opaque_calls_hide_equalities_but_invent_none() {
    let root = |x: Node| call(Function::Sqrt, [x]);
    let (x, y) = (|| name("x"), || name("y"));
    assert_apparently_different(&(root(x()) * root(x())), &x());
    assert_equal(&(root(x() * y()) + root(y() * x())), &(int(2) * root(x() * y())));
    assert_equal(&root(root(x() + y())), &root(root(y() + x())));
    assert_equal(&root(int(9) / int(4)), &(int(3) / int(2)));
    assert_equal(&call(Function::Exp, [x() * int(0)]), &int(1));
    assert_equal(&(x() * x().power(int(1) / int(2))), &x().power(int(3) / int(2)));
    assert_equal(&x().power(int(1) / int(2)), &root(x()));
}

#[test]
fn an_exponential_of_a_multiple_of_the_depth_is_a_geometric_sequence() {
    let (x, exp) = (|| name("x"), |x: Node| call(Function::Exp, [x]));
    let left = exp(x() * depth() - x()) * tau().power(depth());
    let right = exp((depth() - int(1)) * x()) * (tau() * int(2)).power(depth()) / int(2).power(depth());
    assert_equal(&left, &right);
}

#[test]
fn binomial_coefficients_are_polynomials() {
    let choose = |k: i64| call(Function::Binomial, [name("width"), int(k)]);
    let d = || name("width");
    assert_equal(&choose(2), &(d() * (d() - int(1)) / int(2)));
    assert_different(&choose(3), &(choose(3) * d() / d() + (d() - int(1)) * (d() - int(2)) * (d() - int(3)) * (d() - int(4))));
    let half = || d() / int(2);
    assert_undecided(&call(Function::Binomial, [half(), int(2)]), &(half() * (half() - int(1)) / int(2)));
}

fn series(index: &str, from: i64, term: Node) -> Node {
    let (from, term, ratio) = (Box::new(int(from)), Box::new(term), Box::new(name("r")));
    Node::Series { index: index.into(), from, term, ratio }
}

#[test]
fn series_are_known_by_their_terms() {
    let (b, k) = (|| name("b"), |k: &str| name(k));
    let term = |k: Node| b().power(k.clone() * depth()) / (k + int(1));
    let left = series("k", 0, term(k("k")));
    assert_equal(&left, &series("j", 0, term(k("j"))));
    assert_equal(&left, &series("k", 1, term(k("k") - int(1))));
    assert_equal(&left, &series("k", 0, b().power(depth()).power(k("k")) / (int(1) + k("k"))));
    assert_apparently_different(&left, &series("k", 1, term(k("k"))));
    assert_apparently_different(&left, &series("k", 0, term(k("k") + int(1))));
}

#[test]
fn indices_of_nested_series_are_kept_apart() {
    let double = |x: &str, y: &str| {
        let term = name(x).power(name("k")) * name(y).power(name("j")) / (name("k") + int(1));
        series("k", 0, series("j", 0, term))
    };
    assert_equal(&double("x", "y"), &(double("x", "y") + int(1) - int(1)));
    assert_apparently_different(&double("x", "y"), &double("y", "x"));
    let renamed = name("x").power(name("j")) * name("y").power(name("k")) / (int(1) + name("j"));
    assert_equal(&double("x", "y"), &series("j", 0, series("k", 0, renamed)));
}

#[test]
fn the_escape_time_is_compared_term_by_term() {
    let (w, b, k) = (|| name("w0"), || name("b"), || name("k"));
    let time = |e: Node| series("k", 0, call(Function::PowerIntegral, [w(), b(), e]));
    let left = time((k() - int(1)) * depth() + int(2));
    assert_equal(&left, &time(k() * depth() + int(2) - depth()));
    assert_apparently_different(&left, &time(k() * depth() + int(2)));
}

#[test]
fn exponents_in_the_distance_of_two_layers_are_measured_from_it() {
    let (layer, q) = (|| name("layer"), || list([list([name("a"), name("b")]), list([name("c"), int(0)])]));
    let entry = |m: Node| at(at(m, 0), 0);
    let left = entry(q().power(depth() - layer()) * q().power(layer() - int(1)));
    let scope = assert_equal(&left, &entry(q().power(depth() - int(1))));
    assert!(scope.contains("every integer depth - layer >= 0") && scope.contains("every integer layer >= 1"), "{scope}");
    assert_different(&left, &entry(q().power(depth())));
}

#[test]
fn three_layers_are_measured_from_each_other() {
    let q = || list([list([name("a"), name("b")]), list([name("b"), int(0)])]);
    let (k, l) = (|| name("other"), || name("layer"));
    let parts = q().power(depth() - l()) * q() * q().power(l() - int(1) - k()) * q().power(k() - int(1));
    assert_equal(&at(at(parts, 1), 0), &at(at(q().power(depth() - int(1)), 0), 1));
}

/// The squared norm of the gradient of one layer: the fourth-order states of the input below and of the matrix product above.
fn gradient(gate_first: bool) -> Node {
    let (d, v, p, k, layer) = (|| name("width"), || name("variance"), || name("p"), || name("kurtosis"), || name("layer"));
    let weights = list([
        list([d() * (d() - int(1)) + d(), int(2) * d(), (k() - int(3)) * d()]),
        list([d(), d() * (d() - int(1)) + int(2) * d(), (k() - int(3)) * d()]),
        list([d(), int(2) * d(), (k() - int(3)) * d()]),
    ]);
    let rest = || p() * (int(1) - p());
    let gate = list([list([p().power(int(2)), int(0), rest()]), list([int(0), p() * p(), p() - p() * p()]), list([int(0), int(0), p()])]);
    let start = name("G") * list([d() * d(), d(), d()]);
    let above = if gate_first {
        (name("G") * name("W")).power(depth() - layer()) * start
    } else {
        name("G") * ((name("W") * name("G")).power(depth() - layer()) * list([d() * d(), d(), d()]))
    };
    let s = || p() * d() * v();
    let linear = s().power(layer() - int(1)) * p() * s().power(depth() - layer()) * name("y2");
    let below = coupled().given("depth", layer());
    let fourth = v().power(int(1)) * v().power(int(2) * (depth() - layer())) * at(above, 1) * below;
    (linear + fourth).given("W", weights).given("G", gate)
}

#[test]
fn gradients_of_all_layers_are_compared_at_once() {
    let start = Instant::now();
    let scope = assert_equal(&gradient(true), &gradient(false));
    assert!(scope.contains("every integer depth - layer >= 0 and every integer layer >= 1"), "{scope}");
    assert!(start.elapsed().as_secs_f64() < 2.0, "{:?}", start.elapsed());
    assert_different(&gradient(true), &gradient(false).given("p", name("p") + int(1)));
}

#[test]
fn a_nilpotent_matrix_to_a_falling_exponent_is_not_zero() {
    let nilpotent = list([list([int(0), int(1)]), list([int(0), int(0)])]);
    assert_undecided(&at(at(nilpotent.power(int(50) - depth()), 0), 1), &int(0));
    let vanishing = name("x") - name("x");
    assert_undecided(&vanishing.power(int(50) - depth()), &int(0));
}

#[test]
fn a_pole_at_a_small_integer_moves_the_start() {
    let pole = |n: Node| tau().power(n.clone()) / (n - int(2));
    let right = (tau() * tau()).power(depth()) / tau().power(depth()) + int(2) * pole(depth());
    let scope = assert_equal(&(depth() * pole(depth())), &right);
    assert!(scope.contains("every integer depth >= 3"), "{scope}");
}

#[test]
fn a_name_in_base_and_exponent_obeys_no_recurrence() {
    let wild = |factor: i64| (int(factor) * depth()).power(depth());
    assert_undecided(&wild(2), &(int(2).power(depth()) * wild(1)));
    assert_different(&wild(1), &(wild(1) + int(1)));
    assert_equal(&(wild(1) * int(2)), &(wild(1) + wild(1)));
}

#[test]
fn a_division_by_nothing_is_not_decided() {
    let x = || name("x");
    assert_undecided(&(int(1) / (x() - x())), &int(1));
    assert_undecided(&list([x()]), &list([x() + int(0)]));
}

#[test]
fn half_integer_exponents_follow_the_depth() {
    let s = || name("s");
    let half = |n: Node| s().power(n / int(2));
    assert_equal(&(half(depth() - int(2)) * s()), &half(depth()));
    assert_apparently_different(&half(depth()), &half(depth() + int(1)));
}

#[test]
fn derivatives_are_compared_for_all_depths() {
    let x = || name("x");
    let equal = |left: Node, right: Node| {
        let found = compare_derivative(&left, "x", &right);
        assert!(matches!(found, Equality::Equal { .. }), "{found:?}");
    };
    equal(x().power(depth()), depth() * x().power(depth() - int(1)));
    equal(int(1) / (int(1) + x()).power(depth()), -depth() / (int(1) + x()).power(depth() + int(1)));
    let power = |corner: Node| list([list([x(), corner]), list([int(0), x()])]).power(depth());
    equal(at(at(power(int(0)), 0), 0), at(at(power(int(1)), 0), 1));
    equal(call(Function::Sqrt, [x() * x() + int(1)]), x() / call(Function::Sqrt, [int(1) + x() * x()]));
    equal(call(Function::Ln, [x()]) * x(), call(Function::Ln, [x()]) + int(1));
    equal(x().power(int(2) - depth()), (int(2) - depth()) * x().power(int(1) - depth()));
    equal(name("y"), int(0));
}

#[test]
fn what_holds_for_real_exponents_is_not_restricted_to_integers() {
    let (x, y) = (|| name("x"), || name("y"));
    let scope = assert_equal(&(x() + x().power(y() + int(1))), &(x().power(int(1) + y()) + x()));
    assert_eq!(scope, "all x, y where both sides are defined");
    let found = compare_derivative(&y().power(x()), "x", &(call(Function::Ln, [y()]) * y().power(x())));
    assert!(matches!(found, Equality::Equal { .. }), "{found:?}");
}

#[test]
fn the_comparison_flow_solves_its_equation_at_every_depth() {
    let excess = || depth() - int(2);
    let inside = || name("w0").power(-excess()) - excess() * name("t");
    let solution = || inside().power(int(-1) / excess());
    let found = compare_derivative(&solution(), "t", &(solution() / inside()));
    assert!(matches!(found, Equality::Equal { .. }), "{found:?}");
    let found = compare_derivative(&solution(), "t", &solution());
    assert!(!matches!(found, Equality::Equal { .. }), "{found:?}");
}

#[test]
fn names_hidden_in_an_indeterminate_need_no_value() {
    let excess = || depth() - int(2);
    let root = |a: Node| (name("w0").power(-excess()) - a).power(int(-1) / excess());
    let left = root(excess() * name("t")) * tau().power(depth());
    let right = root(name("t") * depth() - int(2) * name("t")) * (tau() * int(3)).power(depth()) / int(3).power(depth());
    assert_equal(&left, &right);
}

#[test]
fn wrong_derivatives_are_noticed() {
    let x = || name("x");
    let found = compare_derivative(&x().power(depth()), "x", &(depth() * x().power(depth())));
    assert_eq!(found, Equality::Different { opaque: false });
    let found = compare_derivative(&tau().power(depth()), "depth", &tau());
    assert!(matches!(found, Equality::Undecided(_)), "{found:?}");
    let found = compare_derivative(&call(Function::GammaMedian, [x()]), "x", &int(1));
    assert!(matches!(found, Equality::Undecided(_)), "{found:?}");
}

#[test]
fn a_call_that_moves_with_the_variable_is_no_indeterminate() {
    let moving = call(Function::Sqrt, [name("x") * depth()]) * tau().power(depth());
    let found = compare_derivative(&moving, "x", &int(0));
    assert!(!matches!(found, Equality::Equal { .. }), "{found:?}");
}

#[test]
fn orders_follow_degrees_and_matrix_sizes() {
    let d = || name("width");
    assert_eq!(recurrence_order(&(d() * (d() + int(2))).power(int(3)), "width"), Some((7, 1)));
    assert_eq!(recurrence_order(&(int(1) + int(2) / d()).power(int(4)), "width"), Some((5, 5)));
    assert_eq!(recurrence_order(&coupled(), "depth"), Some((2, 1)));
    assert_eq!(recurrence_order(&coupled(), "width"), None);
    assert_eq!(recurrence_order(&coupled().given("depth", int(3)), "width"), Some((7, 1)));
    assert_eq!(recurrence_order(&(int(1) - int(1) / int(2).power(d())).power(int(2)), "width"), Some((3, 1)));
    assert_eq!(recurrence_order(&call(Function::GammaMedian, [depth()]), "depth"), None);
    assert_eq!(recurrence_order(&name("x"), "depth"), Some((1, 1)));
}
