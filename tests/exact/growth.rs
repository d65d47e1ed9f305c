use vanishing_curvature::claim::Truth;
use vanishing_curvature::exact::{FiniteLaw, Form, Gate, Norm, activations_given_past, determinants, growth_rates, signed_products};
use vanishing_curvature::exact::{gated_then_weighted, grid};
use vanishing_curvature::formula::{Environment, Node, exact};

use super::forward::ratio;

#[test]
fn gaussian_linear_layers_grow_by_one_plus_two_over_the_width() {
    let found = growth_rates(&[2, 5, 8], &[Gate::Linear], &[(3, 1)]).unwrap();
    for (observation, width) in found.observations.iter().zip([2, 5, 8]) {
        let Truth::Enclosed(ball) = &observation.truth else { panic!("not an enclosure") };
        assert!(ball.contains(&ratio(width + 2, width)), "{width}");
        assert!(ball.accuracy().is_some_and(|bits| bits >= 60), "{width}");
    }
}

#[test]
fn a_width_without_a_positive_matrix_is_declined() {
    assert!(growth_rates(&[1], &[Gate::Linear], &[(3, 1)]).is_err());
}

#[test]
fn the_characteristic_polynomial_at_one_follows_the_law_and_the_gate() {
    let found = determinants(3..=3);
    let Truth::Exact(truth) = &found.observations[0].truth else { panic!("not exact") };
    let at = |kurtosis: i64, p: (i64, i64)| {
        let closed = truth.clone().given("kurtosis", Node::integer(kurtosis)).given("p", Node::rational(&ratio(p.0, p.1)));
        exact(&closed, &Environment::new()).unwrap()
    };
    assert_eq!([at(3, (1, 1)), at(1, (1, 1)), at(3, (1, 2)), at(9, (1, 2))], [6, 4, 15, 27].map(|value| ratio(value, 1)));
}

#[test]
fn fair_signs_pass_the_gates_in_half_of_the_nets() {
    let found = gated_then_weighted(Norm::TwoSquared, &[&[3]]).unwrap();
    let truth = |gate: Gate| {
        let point = |name: &str, value| Some(Node::rational(&value)) == found.observations[0].point.get(name).cloned();
        assert!(point("x2", ratio(9, 1)) && point("kurtosis", ratio(1, 1)));
        let at = found.observations.iter().find(|o| o.point.get("p") == Some(&Node::rational(&gate.probability()))).unwrap();
        let Truth::Exact(truth) = &at.truth else { panic!("not exact") };
        exact(truth, &Environment::new()).unwrap()
    };
    assert_eq!([truth(Gate::Linear), truth(Gate::Relu)], [ratio(9, 1), ratio(9, 2)]);
}

#[test]
fn a_product_of_one_weight_and_its_gate_has_the_weight_s_fourth_moment() {
    let found = signed_products(&Form::SquaredTrace, &[(1, 1)]).unwrap();
    // Rademacher, linear and ReLU; then the four-point law with E w⁴ = 17/2.
    let first: Vec<_> = found.observations.iter().take(4).map(|observation| observation.truth.clone()).collect();
    for (truth, expected) in first.iter().zip([ratio(1, 1), ratio(1, 2), ratio(17, 2), ratio(17, 4)]) {
        let Truth::Exact(truth) = truth else { panic!("not exact") };
        assert_eq!(exact(truth, &Environment::new()).unwrap(), expected);
    }
}

#[test]
fn given_the_past_dead_layers_give_zero_and_live_ones_half() {
    let nets = grid(&[FiniteLaw::rademacher()], &[Gate::Relu], &[(1, 2)], |_| vec![5]).unwrap();
    let found = activations_given_past(&nets, Norm::FourFourth);
    let truths: Vec<_> = found.observations.iter().map(|o| format!("{:?} {:?}", o.point.get("x4"), o.truth)).collect();
    let expected = [(0, ratio(0, 1)), (625, ratio(625, 2))]
        .map(|(x4, value)| format!("{:?} {:?}", Some(Node::rational(&ratio(x4, 1))), Truth::Exact(Node::rational(&value))));
    assert_eq!(truths, expected);
}
