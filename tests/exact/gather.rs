use dashu::rational::RBig;
use vanishing_curvature::claim::{Gathered, Truth};
use vanishing_curvature::exact::{
    FiniteLaw, Form, Gate, Norm, Site, gate_patterns, gates_given_past, gradients, grid, hessians, laws, modified_inputs, norms,
    product_forms, square_covariances, survival, uneven,
};
use vanishing_curvature::formula::Node;

use super::forward::ratio;

fn truths(gathered: &Gathered) -> Vec<Node> {
    let exact = |truth: &Truth| match truth {
        Truth::Exact(node) => node.clone(),
        other => panic!("enumeration is exact, not {other:?}"),
    };
    gathered.observations.iter().map(|observation| exact(&observation.truth)).collect()
}

#[test]
fn points_bind_the_parameters_of_the_net() {
    let nets = grid(&[FiniteLaw::four_point()], &[Gate::Relu], &[(2, 3)], |_| vec![1, -2, 3]).unwrap();
    let gathered = norms(&nets, Norm::TwoSquared, Site::BeforeGate);
    let point = &gathered.observations[0].point;
    let expected = [
        ("width", (2, 1)),
        ("depth", (3, 1)),
        ("variance", (5, 2)),
        ("kurtosis", (34, 25)),
        ("p", (1, 2)),
        ("x2", (14, 1)),
        ("x4", (98, 1)),
    ];
    for (name, (top, bottom)) in expected {
        assert_eq!(point.get(name), Some(&Node::rational(&ratio(top, bottom))), "{name}");
    }
    // dσ²(p d σ²)²‖x‖² = 5 · (5/2)² · 14
    assert_eq!(truths(&gathered), [Node::rational(&ratio(875, 2))]);
}

#[test]
fn ties_are_reported_for_gated_nets_only() {
    let noted = |gate| {
        let nets = grid(&laws(), &[gate], &[(2, 2)], |_| vec![1, 1]).unwrap();
        norms(&nets, Norm::TwoSquared, Site::BeforeGate).notes
    };
    assert!(noted(Gate::Linear).is_empty());
    assert_eq!(noted(Gate::Relu).len(), 1);
}

#[test]
fn every_gatherer_observes_every_net() {
    let nets = grid(&laws(), &Gate::ALL, &[(2, 1), (2, 2)], |_| uneven(1)).unwrap();
    let target = [0, 0];
    let all = [
        square_covariances(&nets),
        product_forms(&nets, 1, &Form::SquaredTrace),
        survival(&nets),
        modified_inputs(&nets[..1], &[7], Norm::FourFourth),
        gradients(&nets, &target, 1).unwrap(),
        hessians(&nets, &target, 1, 1).unwrap(),
    ];
    assert_eq!(all.map(|gathered| gathered.observations.len()), [16, 16, 16, 1, 16, 16]);
}

#[test]
fn directions_and_targets_enter_the_points() {
    let nets = grid(&[FiniteLaw::rademacher().scaled(&ratio(1, 2))], &[Gate::Relu], &[(2, 2)], |_| vec![2, 9]).unwrap();
    let along = product_forms(&nets, 1, &Form::Direction(vec![3, -1]));
    let point = &along.observations[0].point;
    let whole = |value: i64| Node::rational(&RBig::from(value));
    assert_eq!([point.get("u1"), point.get("u2"), point.get("layer")], [Some(&whole(2)), Some(&whole(10)), Some(&whole(1))]);
    let blocks = hessians(&nets, &[4, 8], 1, 2).unwrap();
    let point = &blocks.observations[0].point;
    assert_eq!([point.get("y2"), point.get("other_layer")], [Some(&whole(5)), Some(&whole(2))]);
}

#[test]
fn patterns_of_linear_nets_are_certain() {
    let nets = grid(&[FiniteLaw::rademacher()], &[Gate::Linear], &[(2, 2)], |_| vec![1, 1]).unwrap();
    assert_eq!(truths(&gate_patterns(&nets)), [Node::integer(1)]);
    assert!(truths(&gates_given_past(&nets)).iter().all(|truth| *truth == Node::integer(1)));
}
