use dashu::rational::RBig;
use vanishing_curvature::exact::forward::Functional;
use vanishing_curvature::exact::gather::{grid, laws, uneven};
use vanishing_curvature::exact::law::FiniteLaw;
use vanishing_curvature::exact::layers::{Norm, Site};
use vanishing_curvature::exact::net::{Gate, Layer, Net, Ties, power_sum};

pub fn ratio(top: i64, bottom: i64) -> RBig {
    RBig::from(top) / RBig::from(bottom)
}

/// (E‖h^L‖₂⁴, E‖h^L‖₄⁴) by the recursion of Theorem 17.
fn recursion(net: &Net) -> (RBig, RBig) {
    let law = &net.layers()[0].entries()[0];
    let (variance, excess, p) = (law.variance(), law.kurtosis() - RBig::from(3), net.layers()[0].gate().probability());
    let (x2, x4) = (power_sum(net.input(), 2), power_sum(net.input(), 4));
    let weights = |layer: &Layer, second: RBig, fourth: RBig| {
        let (d, three) = (RBig::from(layer.rows()), RBig::from(3));
        let scale = &d * variance.pow(2);
        (&scale * ((d + RBig::from(2)) * &second + &excess * &fourth), scale * (three * second + &excess * fourth))
    };
    let mut state = weights(&net.layers()[0], x2.pow(2), x4);
    for layer in &net.layers()[1..] {
        let (u, v) = state;
        state = weights(layer, p.pow(2) * &u + &p * (RBig::ONE - &p) * &v, &p * v);
    }
    state
}

#[test]
fn theorem_17_agrees_with_enumeration_for_four_laws_and_two_gates() {
    for net in grid(&laws(), &Gate::ALL, &[(1, 3), (2, 1), (2, 2), (2, 3), (3, 2)], uneven).unwrap() {
        let (second, fourth) = recursion(&net);
        assert_eq!(net.norm(Norm::TwoFourth, Site::BeforeGate), second, "{}", net.describe());
        assert_eq!(net.norm(Norm::FourFourth, Site::BeforeGate), fourth, "{}", net.describe());
    }
}

#[test]
fn theorem_17_agrees_with_enumeration_of_rectangular_nets() {
    for law in laws().into_iter().map(|law| law.scaled(&ratio(2, 3))) {
        for gate in Gate::ALL {
            let layers = vec![Layer::new(&law, gate, 1, 3), Layer::new(&law, gate, 3, 1), Layer::new(&law, gate, 2, 3)];
            let net = Net::new(&[3, -1, 5], layers).unwrap();
            let (second, fourth) = recursion(&net);
            assert_eq!(net.norm(Norm::TwoFourth, Site::BeforeGate), second);
            assert_eq!(net.norm(Norm::FourFourth, Site::BeforeGate), fourth);
        }
    }
}

#[test]
fn the_variance_multiplies_by_p_d_sigma_squared_per_layer() {
    for net in grid(&laws(), &Gate::ALL, &[(2, 3), (3, 2)], |_| vec![2, 7]).unwrap() {
        let layer = &net.layers()[1];
        let growth = layer.gate().probability() * RBig::from(layer.rows()) * layer.entries()[0].variance();
        let expected = growth.pow(net.depth().cast_signed()) * power_sum(net.input(), 2);
        assert_eq!(net.norm(Norm::TwoSquared, Site::AfterGate), expected, "{}", net.describe());
    }
}

#[test]
fn squared_entries_are_correlated_beyond_the_first_layer() {
    let net = |gate, depth| Net::uniform(&FiniteLaw::four_point(), gate, 2, depth, &[5, 7]).unwrap();
    assert_eq!(net(Gate::Linear, 1).square_covariance(), RBig::ZERO);
    assert_eq!(net(Gate::Linear, 2).square_covariance(), ratio(1_871_675, 4));
    assert_eq!(net(Gate::Relu, 2).square_covariance(), ratio(681_825, 2));
}

#[test]
fn the_law_of_the_activations_gives_the_same_moments_as_the_rows() {
    for net in grid(&laws(), &Gate::ALL, &[(2, 2), (3, 1)], uneven).unwrap() {
        let total = RBig::from(net.outcomes(net.depth()));
        let law = net.activations(net.depth());
        let direct = law.iter().map(|(a, weight)| power_sum(a, 2).pow(2) * RBig::from(*weight)).fold(RBig::ZERO, |x, y| x + y);
        assert_eq!(net.norm(Norm::TwoFourth, Site::AfterGate), direct / &total);
        assert_eq!(RBig::from(law.values().sum::<u128>()), total);
    }
}

#[test]
fn atoms_lower_the_survival_probability() {
    let counterexample = Net::uniform(&FiniteLaw::rademacher(), Gate::Relu, 2, 1, &[1, 1]).unwrap();
    assert_eq!(counterexample.survival(), ratio(7, 16));
    assert_eq!(counterexample.tie_share(), ratio(3, 4));
    let untied = Net::uniform(&FiniteLaw::rademacher(), Gate::Relu, 2, 1, &[2, 9]).unwrap();
    assert_eq!(untied.survival(), ratio(3, 4));
    assert_eq!(untied.tie_share(), RBig::ZERO);
    let linear = Net::uniform(&FiniteLaw::rademacher(), Gate::Linear, 2, 2, &[1, 1]).unwrap();
    assert_eq!(linear.tie_share(), RBig::ZERO);
}

#[test]
fn dead_nets_stay_dead() {
    let net = |depth| Net::uniform(&FiniteLaw::three_point(1, 2), Gate::Relu, 2, depth, &[1, 3]).unwrap();
    let alive: Vec<RBig> = (1..=4).map(|depth| net(depth).survival()).collect();
    assert!(alive.windows(2).all(|pair| pair[1] < pair[0]), "{alive:?}");
    let dead = net(1).activations(1)[&vec![0, 0]];
    assert_eq!(RBig::ONE - &alive[0], RBig::from(dead) / RBig::from(net(1).outcomes(1)));
}

#[test]
fn mixed_moments_of_odd_order_vanish() {
    let net = Net::uniform(&FiniteLaw::four_point(), Gate::Relu, 2, 2, &[5, 7]).unwrap();
    for exponents in [[1, 0], [1, 2], [3, 1], [1, 1]] {
        assert_eq!(net.expectation(&Functional::monomial(&exponents), Site::BeforeGate), RBig::ZERO);
    }
    assert_ne!(net.expectation(&Functional::monomial(&[1, 1]), Site::AfterGate), RBig::ZERO);
}

#[test]
fn a_net_that_could_overflow_is_refused() {
    assert!(Net::uniform(&FiniteLaw::four_point(), Gate::Linear, 2, 40, &[5, 7]).is_err());
    assert!(Net::uniform(&FiniteLaw::rademacher(), Gate::Linear, 2, 2, &[i64::MAX, 1]).is_err());
    let one = |input| Net::uniform(&FiniteLaw::rademacher(), Gate::Linear, 1, 1, &[input]);
    assert!(one(1 << 33).is_err());
    let fourth = one(1 << 30).unwrap().norm(Norm::FourFourth, Site::BeforeGate);
    assert_eq!(fourth, RBig::from(1_u128 << 120));
}

#[test]
fn conventions_for_ties_do_not_reach_the_forward_pass() {
    let net = Net::uniform(&FiniteLaw::rademacher(), Gate::Relu, 2, 2, &[1, 1]).unwrap();
    let moment = |ties| net.clone().with_ties(ties).norm(Norm::TwoFourth, Site::AfterGate);
    assert_eq!(moment(Ties::Open), moment(Ties::Closed));
}

#[test]
fn finite_laws_have_the_moments_of_their_definition() {
    assert_eq!((FiniteLaw::four_point().variance(), FiniteLaw::four_point().kurtosis()), (ratio(5, 2), ratio(34, 25)));
    assert_eq!((FiniteLaw::three_point(1, 4).variance(), FiniteLaw::three_point(1, 4).kurtosis()), (ratio(1, 4), ratio(4, 1)));
    let scaled = FiniteLaw::three_point(2, 3).scaled(&ratio(5, 7));
    assert_eq!((scaled.variance(), scaled.kurtosis(), scaled.moment(3)), (ratio(50, 147), ratio(3, 2), RBig::ZERO));
}
