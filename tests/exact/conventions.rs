use dashu::rational::RBig;
use vanishing_curvature::exact::{
    Form, Gate, Ties, collisions, grid, laws, longest_lives, products_between, shares_of_coin_flips, tied, untied,
    weighted_shares_of_coin_flips,
};

use super::forward::ratio;

#[test]
fn untied_nets_meet_a_zero_only_where_they_are_dead() {
    for net in untied().unwrap() {
        let dead_below = if net.depth() == 1 { RBig::ZERO } else { RBig::ONE - net.truncated(net.depth() - 1).survival() };
        assert_eq!(net.tie_share(), dead_below, "{}", net.describe());
        assert_eq!(net.ties(), Ties::Closed);
    }
}

#[test]
fn untied_nets_have_several_widths_and_depths() {
    let shapes: Vec<(usize, usize)> = untied().unwrap().iter().map(|net| (net.layers()[0].rows(), net.depth())).collect();
    assert_eq!(shapes, [(2, 1), (2, 2), (2, 3), (3, 1), (3, 2)]);
}

#[test]
fn a_tied_layer_opens_its_gates_as_the_convention_says() {
    let open = [Ties::Closed, Ties::CoinFlip, Ties::Open].map(|ties| tied(ties).unwrap().openness());
    assert_eq!(open, [ratio(1, 4), ratio(1, 2), ratio(3, 4)]);
}

#[test]
fn coins_are_their_own_share() {
    let nets = grid(&laws(), &Gate::ALL, &[(2, 2)], |_| vec![1, 1]).unwrap();
    let gathered = shares_of_coin_flips(&nets, &Form::TraceOfSquare);
    assert_eq!(gathered.observations.len(), 2 * nets.len());
    let one = vanishing_curvature::formula::Node::integer(1);
    assert!(gathered.observations.iter().all(|o| matches!(&o.truth, vanishing_curvature::claim::Truth::Exact(node) if *node == one)));
}

#[test]
fn without_ties_the_layers_below_must_live_unless_their_norm_multiplies() {
    let nets: Vec<_> = untied().unwrap().into_iter().filter(|net| net.depth() > 1).collect();
    let values = |gathered: vanishing_curvature::claim::Gathered| -> Vec<String> {
        gathered.observations.iter().map(|o| format!("{}: {:?}", o.point.get("layer").unwrap(), exact_value(o))).collect()
    };
    let shares = values(shares_of_coin_flips(&nets[..2], &Form::FrobeniusSquared));
    let expected: Vec<String> =
        [(1, 1, 1), (2, 3, 4), (1, 1, 1), (2, 3, 4), (3, 9, 16)].iter().map(|(k, n, d)| format!("{k}: {:?}", ratio(*n, *d))).collect();
    assert_eq!(shares, expected);
    for form in [Form::FrobeniusSquared, Form::DiagonalSquares] {
        let weighted = weighted_shares_of_coin_flips(&nets, &form);
        assert!(weighted.observations.iter().all(|o| exact_value(o) == RBig::ONE));
    }
}

#[test]
fn products_between_layers_are_those_of_the_truncated_net() {
    let nets = grid(&laws()[1..2], &[Gate::Relu], &[(2, 2)], |_| vec![1, -2]).unwrap();
    let found = products_between(&nets, &Form::Direction(vec![1, 2]));
    let expected = [(1, 1), (2, 1), (2, 2)].map(|(to, from)| nets[0].truncated(to).product_expectation(from, &Form::Direction(vec![1, 2])));
    assert_eq!(found.observations.iter().map(exact_value).collect::<Vec<_>>(), expected);
    let between: Vec<String> = found.observations.iter().map(|o| o.point.get("depth").unwrap().to_string()).collect();
    assert_eq!(between, ["0", "1", "0"]);
    assert_eq!(found.observations[0].point.get("u1").unwrap().to_string(), "3");
}

#[test]
fn two_living_nets_collide_as_often_as_patterns_are_few() {
    let one: Vec<_> = untied().unwrap().into_iter().filter(|net| net.depth() == 1).collect();
    assert_eq!(collisions(&one).observations.iter().map(exact_value).collect::<Vec<_>>(), [ratio(1, 4), ratio(1, 8)]);
    // Ties at (1, 1) close both gates with probability 9/16: the shares are 9, 3, 3 and 1 sixteenths.
    let tied = collisions(&[tied(Ties::Closed).unwrap()]);
    assert_eq!(exact_value(&tied.observations[0]), ratio(81 + 9 + 9 + 1, 256));
}

#[test]
fn lives_are_as_long_as_powers_say() {
    let found = longest_lives(1..=3, 0);
    // 1/2; (3/4)² ≥ 1/2 > (3/4)³; (7/8)⁵ = 0.51 and (7/8)⁶ = 0.45.
    assert_eq!(found.observations.iter().map(exact_value).collect::<Vec<_>>(), [ratio(1, 1), ratio(2, 1), ratio(5, 1)]);
    assert_eq!(exact_value(&longest_lives(3..=3, 1).observations[0]), ratio(6, 1));
}

fn exact_value(observation: &vanishing_curvature::claim::Observation) -> RBig {
    let vanishing_curvature::claim::Truth::Exact(node) = &observation.truth else { panic!("an exact truth") };
    vanishing_curvature::formula::exact(node, &vanishing_curvature::formula::Environment::new()).unwrap()
}
