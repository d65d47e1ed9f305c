//! Evidence about nets against closed forms that hold by independence and symmetry alone.

use super::*;
use crate::claim::{Device, Effort, Gathered, Truth};
use crate::formula::{certify, parse};
use crate::sampled::budget;

fn context(method: &'static str) -> Context {
    let budget = budget(4);
    Context {
        seed: 1,
        slug: "network",
        part: "evidence",
        method,
        effort: Effort::Quick,
        rate: budget.rate,
        miss: budget.miss,
        device: Device::Cpu,
    }
}

/// Whether every interval holds the formula's value at its point and none is wider than `width` of its lower end.
fn agree(gathered: &Gathered, formula: &str, width: f64) {
    assert!(!gathered.observations.is_empty());
    for observation in &gathered.observations {
        let Truth::Interval(interval) = observation.truth else { panic!("not an interval") };
        let value = certify(&parse(formula).unwrap(), observation.point.values(), 60).unwrap().to_scaled();
        let shown = || format!("{}: {:?} without {value:?}; {:?}", observation.point, interval, gathered.notes);
        assert!(interval.low <= value && value <= interval.high, "{}", shown());
        assert!((interval.high / interval.low).to_f64() <= 1.0 + width, "{}", shown());
    }
}

fn nets() -> Vec<Net> {
    let laws = ["gaussian:1/2", "uniform:9/10", "rademacher:3", "three-point:1,1/2"];
    laws.iter().zip(Input::ALL).map(|(law, input)| Net::new(2, 1, law, Gate::Relu).seeing(input)).collect()
}

#[test]
fn one_layer_from_adversarial_inputs_has_the_moments_of_independent_rows() {
    let four = "width*((kurtosis-3)*variance^2*x4 + 3*variance^2*x2^2)";
    let two = "width*(kurtosis-3)*variance^2*x4 + width*(width+2)*variance^2*x2^2";
    let found = one_layer(&context("squares"), Norm::TwoSquared, Stage::Matrix, &nets()).unwrap();
    agree(&found, "width*variance*x2", 0.05);
    let found = one_layer(&context("fourth"), Norm::FourFourth, Stage::MatrixThenGate, &nets()).unwrap();
    agree(&found, &format!("p*{four}"), 0.5);
    let found = one_layer(&context("square"), Norm::TwoFourth, Stage::MatrixThenGate, &nets()).unwrap();
    agree(&found, &format!("p^2*({two}) + p*(1-p)*{four}"), 0.5);
}

#[test]
fn gates_before_the_matrix_act_as_coins_on_given_magnitudes() {
    let (u, v) = ("(p^2*x2^2 + p*(1-p)*x4)", "p*x4");
    let nets: Vec<Net> = nets().into_iter().take(2).chain([Net::new(3, 1, "gaussian:1", Gate::Linear).seeing(Input::Tiny)]).collect();
    let found = one_layer(&context("composed"), Norm::FourFourth, Stage::GateThenMatrix, &nets).unwrap();
    agree(&found, &format!("width*variance^2*((kurtosis-3)*{v} + 3*{u})"), 0.5);
}

#[test]
fn particles_find_the_fourth_power_of_a_gaussian_net() {
    let found = particles(&context("particles"), Norm::TwoFourth, &[Net::linear(4, 10).seeing(Input::Huge)]).unwrap();
    agree(&found, "(width*(width+2)*variance^2)^depth*x2^2", 1.0);
    let found = particles(&context("fours"), Norm::FourFourth, &[Net::linear(4, 6)]).unwrap();
    agree(&found, "3*width*variance^2*(width*(width+2)*variance^2)^(depth-1)*x2^2", 1.0);
    assert!(found.notes[0].contains("surviving ancestors"), "{:?}", found.notes);
}

#[test]
fn the_plain_mean_at_depth_is_refused_with_the_numbers_that_say_why() {
    let Err(Unsettled::Inconclusive(reason)) = plain_mean(&context("plain"), Net::relu(4, 200)) else { panic!("not refused") };
    assert!(reason.starts_with("invalid tails"), "{reason}");
}

#[test]
fn medians_of_one_layer_are_those_of_chi_squared_variables() {
    // χ²_2 is twice a unit exponential, and χ²_4 twice a sum of two.
    let found = medians(&context("medians"), &[Net::linear(2, 1), Net::linear(4, 1).seeing(Input::Signed)]).unwrap();
    agree(&found, "2*variance*x2*gamma_median(width/2)", 0.05);
}

#[test]
fn growths_add_up_to_a_gamma_law_in_linear_and_in_living_relu_nets() {
    let found = growths(&context("growths"), &[Net::linear(4, 5), Net::relu(2, 3)]).unwrap();
    for observation in &found.observations {
        let Truth::Interval(interval) = observation.truth else { panic!("not an interval") };
        let height = parse("erlang_cdf(width*depth/2, at)").unwrap();
        let value = certify(&height, observation.point.values(), 60).unwrap().to_scaled();
        assert!(interval.low <= value && value <= interval.high, "{}", observation.point);
    }
}

#[test]
fn gates_open_and_nets_die_as_fair_coins_decide() {
    let nets = [Net::relu(2, 4), Net::new(3, 2, "he-uniform", Gate::Relu).seeing(Input::Graded)];
    agree(&survival(&context("survival"), &nets).unwrap(), "(1 - 2^(-width))^depth", 0.1);
    agree(&gate_openings(&context("openings"), &nets).unwrap(), "(1 - 2^(-width))^(depth-1)/2", 0.1);
    let patterns = gate_patterns(&context("patterns"), &nets).unwrap();
    assert_eq!(patterns.observations.len(), 4 + 8);
    agree(&patterns, "2^(-width)", 0.2);
}

#[test]
fn products_inside_nets_have_the_norms_of_independent_gates_and_weights() {
    let nets = [Net::relu(3, 2), Net::new(2, 3, "uniform:9/10", Gate::Linear), Net::new(9, 2, "he-uniform", Gate::Relu)];
    agree(&product_norms(&context("products"), &nets).unwrap(), "p*width*(p*width*variance)^depth", 0.5);
}

#[test]
fn one_layer_of_gates_sends_back_half_of_a_direction_in_every_living_net() {
    // M_L = D^L: half of |u|^2 where the layers below live.
    let vectors = [Backward::new(Net::relu(2, 1), 1, &[1, -3]), Backward::new(Net::relu(2, 3), 3, &[2, 1])];
    agree(&backward_norms(&context("back"), &vectors).unwrap(), "(1 - 2^(-width))^(layer - 1)*u2/2", 0.5);
}

#[test]
fn living_nets_share_all_gates_as_often_as_coins_do() {
    let nets = [Net::relu(2, 2), Net::new(3, 1, "he-uniform", Gate::Relu).seeing(Input::Flat)];
    agree(&gate_collisions(&context("collisions"), &nets).unwrap(), "1/((2^width - 1)^(depth - 1)*2^width)", 0.2);
}
