use dashu::rational::RBig;
use vanishing_curvature::exact::backward::Form;
use vanishing_curvature::exact::gather::laws;
use vanishing_curvature::exact::law::FiniteLaw;
use vanishing_curvature::exact::net::{Gate, Layer, Net, Ties, power_sum};

use super::forward::ratio;

fn four_point(ties: Ties) -> Net {
    Net::uniform(&FiniteLaw::four_point(), Gate::Relu, 2, 2, &[5, 7]).unwrap().with_ties(ties)
}

#[test]
fn the_gradient_along_a_fixed_direction_is_not_what_is_claimed() {
    let growth = ratio(5, 2);
    for (direction, ties, expected) in [
        ([1, 1], Ties::Closed, 1.306_396_484_375),
        ([1, 1], Ties::CoinFlip, 1.325_927_734_375),
        ([1, -1], Ties::Closed, 0.654_541_015_625),
        ([1, -1], Ties::CoinFlip, 0.674_072_265_625),
    ] {
        let truth = four_point(ties).product_expectation(1, &Form::Direction(direction.to_vec()));
        let claimed = RBig::from(2) * ratio(1, 2) * &growth;
        assert_eq!(truth / claimed, RBig::try_from(expected).unwrap(), "u = {direction:?}, {ties:?}");
    }
}

#[test]
fn on_average_over_directions_the_gradient_is_what_is_claimed() {
    for law in laws() {
        let net = Net::uniform(&law, Gate::Relu, 2, 3, &[2, 9]).unwrap();
        let growth = law.variance();
        for from in 1..=3_u8 {
            let claimed = RBig::from(2) * ratio(1, 2) * growth.pow(3 - isize::from(from));
            assert_eq!(net.product_expectation(from.into(), &Form::FrobeniusSquared), claimed, "{} from {from}", law.name());
        }
    }
}

/// The state (t, q, g) of D M from that of M.
pub fn matrix_gates(p: &RBig, [t, q, g]: [RBig; 3]) -> [RBig; 3] {
    let mixed = p * (RBig::ONE - p) * &g;
    [p.pow(2) * t + &mixed, p.pow(2) * q + mixed, p * g]
}

/// The state (t, q, g) of W M, W of `rows` rows, from that of M.
pub fn matrix_weights(law: &FiniteLaw, rows: usize, [t, q, g]: [RBig; 3]) -> [RBig; 3] {
    let (m, square) = (RBig::from(rows), law.variance().pow(2));
    let excess = law.moment(4) - RBig::from(3) * &square;
    let diagonal = &m * (&square * (&t + RBig::from(2) * &q) + excess * g);
    let pairs = &m * (&m - RBig::ONE) * square;
    [&diagonal + &pairs * t, &diagonal + pairs * q, diagonal]
}

/// The state (t, q, g) of a product D W ⋯ D with `steps` factors W.
fn state(law: &FiniteLaw, p: &RBig, width: usize, steps: usize) -> [RBig; 3] {
    let m = RBig::from(width);
    let start = matrix_gates(p, [m.pow(2), m.clone(), m]);
    (0..steps).fold(start, |state, _| matrix_gates(p, matrix_weights(law, width, state)))
}

#[test]
fn matrix_products_follow_the_second_and_fourth_order_recursion() {
    for law in laws() {
        for gate in Gate::ALL {
            let net = Net::uniform(&law, gate, 2, 2, &[5, 7]).unwrap();
            for from in [1, 2] {
                let forms = [Form::SquaredTrace, Form::TraceOfSquare, Form::DiagonalSquares];
                let found = forms.map(|form| net.product_expectation(from, &form));
                assert_eq!(found, state(&law, &gate.probability(), 2, 2 - from), "{} {} from {from}", law.name(), gate.name());
            }
        }
    }
}

#[test]
fn matrix_products_of_three_layers_follow_the_recursion_under_coin_flips_only() {
    let law = FiniteLaw::rademacher();
    let net = Net::uniform(&law, Gate::Relu, 2, 3, &[1, 1]).unwrap();
    let expected = &state(&law, &ratio(1, 2), 2, 2)[1];
    assert_eq!(&net.product_expectation(1, &Form::TraceOfSquare), expected);
    assert_ne!(&net.with_ties(Ties::Closed).product_expectation(1, &Form::TraceOfSquare), expected);
}

#[test]
fn a_middle_product_is_the_product_of_a_shorter_net() {
    let law = FiniteLaw::three_point(1, 2);
    let net = Net::uniform(&law, Gate::Relu, 2, 3, &[2, 9]).unwrap();
    let middle = net.truncated(2).product_expectation(1, &Form::SquaredTrace);
    assert_eq!(middle, state(&law, &ratio(1, 2), 2, 1)[0]);
}

#[test]
fn scaled_laws_scale_products() {
    let net = |law| Net::uniform(&law, Gate::Relu, 2, 3, &[2, 9]).unwrap();
    let plain = net(FiniteLaw::rademacher()).product_expectation(1, &Form::TraceOfSquare);
    let halved = net(FiniteLaw::rademacher().scaled(&ratio(1, 2))).product_expectation(1, &Form::TraceOfSquare);
    assert_eq!(plain, halved * RBig::from(256));
}

fn distinct_signs() -> Net {
    let layer = |m: [[i64; 2]; 2]| {
        let laws = m.map(|row| row.map(FiniteLaw::sign_of).to_vec()).to_vec();
        Layer::with_entries(laws, Gate::Relu)
    };
    Net::new(&[2, 9], vec![layer([[3, 7], [11, 20]]), layer([[5, 13], [17, 41]])]).unwrap()
}

#[test]
fn gates_of_living_nets_are_fair_coins_when_magnitudes_are_distinct() {
    let net = distinct_signs().with_ties(Ties::Closed);
    let patterns = net.gate_patterns();
    let (dead, alive): (Vec<_>, Vec<_>) = patterns.into_iter().partition(|(gates, _)| !gates[0] && !gates[1]);
    assert_eq!(dead, [(vec![false; 4], ratio(1, 4))]);
    assert_eq!(alive.len(), 12);
    assert!(alive.iter().all(|(_, share)| *share == ratio(1, 16)));
    assert_eq!(net.openness(), ratio(1, 2) * ratio(3, 4));
}

#[test]
fn under_coin_flips_gates_are_fair_coins_given_the_past_and_all_magnitudes() {
    let rademacher = Net::uniform(&FiniteLaw::rademacher(), Gate::Relu, 3, 2, &[1, 1, 1]).unwrap();
    for net in [distinct_signs(), four_point(Ties::CoinFlip), rademacher] {
        let fair = RBig::ONE / RBig::from(1_u32 << net.layers()[1].rows());
        let conditionals = net.gates_given_past();
        assert!(conditionals.iter().all(|conditional| conditional.probability == fair), "{}", net.describe());
        let pasts = conditionals.iter().map(|conditional| &conditional.past);
        assert!(pasts.clone().any(|past| past.gates.contains(&true)) && pasts.clone().any(|past| past.magnitudes.contains(&0)));
    }
}

#[test]
fn gates_depend_on_the_magnitudes_of_later_layers() {
    let net = distinct_signs();
    let later = |open: bool| {
        let start = (Vec::new(), Vec::new());
        let law = net.law_of(start, |(gates, _): &(Vec<bool>, Vec<i64>), passage| {
            let gates = if passage.layer == 1 { passage.open.to_vec() } else { gates.clone() };
            (gates, passage.outputs.iter().map(|h| h.abs()).collect())
        });
        law.into_iter().filter(|((gates, h), _)| gates[0] == open && *h == [0, 0]).map(|(_, share)| share).collect::<Vec<_>>()
    };
    assert_ne!(later(true), later(false));
}

#[test]
fn strict_conventions_bound_the_hypothesis_of_atomlessness() {
    let net = Net::uniform(&FiniteLaw::rademacher(), Gate::Relu, 2, 1, &[1, 1]).unwrap();
    assert_eq!(net.clone().with_ties(Ties::Closed).openness(), ratio(1, 4));
    assert_eq!(net.clone().with_ties(Ties::Open).openness(), ratio(3, 4));
    assert_eq!(net.openness(), ratio(1, 2));
}

#[test]
fn gates_set_by_another_vector_act_as_coins() {
    let z = [3, -4];
    for law in laws() {
        let net = Net::uniform(&law, Gate::Relu, 2, 1, &[2, 9]).unwrap();
        let linear = Net::uniform(&law, Gate::Linear, 2, 1, &[2, 9]).unwrap();
        let ([two, second, fourth], [all_two, all_second, all_fourth]) = (net.modified_input(&z), linear.modified_input(&z));
        assert_eq!(all_two, RBig::from(2) * law.variance() * power_sum(&z, 2));
        assert_eq!(two, ratio(1, 2) * all_two);
        assert_eq!(second, ratio(1, 4) * all_second + ratio(1, 4) * &all_fourth);
        assert_eq!(fourth, ratio(1, 2) * all_fourth);
    }
}

#[test]
fn under_strict_gates_a_product_counts_only_where_the_layers_below_are_alive() {
    let net = distinct_signs().with_ties(Ties::Closed);
    assert_eq!(net.product_expectation(2, &Form::FrobeniusSquared), ratio(3, 4));
    assert_eq!(distinct_signs().product_expectation(2, &Form::FrobeniusSquared), RBig::ONE);
    // Entries of W² have different variances here: E‖D² W² D¹‖_F² = (5² + 13² + 17² + 41²) / 4, dead or alive.
    for net in [net, distinct_signs()] {
        assert_eq!(net.product_expectation(1, &Form::FrobeniusSquared), ratio(2164, 4));
    }
}

#[test]
fn a_direction_picks_rows_of_the_product() {
    let along = |u: [i64; 2]| distinct_signs().product_expectation(1, &Form::Direction(u.to_vec()));
    assert_eq!(along([1, 0]), ratio(25 + 169, 4));
    assert_eq!(along([0, 3]), ratio(9 * (289 + 1681), 4));
}
