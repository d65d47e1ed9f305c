use dashu::rational::RBig;
use vanishing_curvature::exact::{Form, Gate, Ties, grid, laws, shares_of_coin_flips, tied, untied};

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
