//! Where a perceptron stands, in sentences.

use super::measure::Measure;
use super::perceptron::Perceptron;
use super::standing::{Standing, VANISHED};
use crate::formula::Scaled;
use crate::network::Gate;
use crate::report::decimal;
use crate::report::json::Num;

/// The digits of numbers in sentences.
const DIGITS: usize = 3;

pub(super) fn number(value: Scaled) -> String {
    decimal::text(&Num::from(value), DIGITS)
}

fn log(value: f64) -> String {
    number(Scaled::exp(value))
}

/// What the weights say: growth, width against depth, the variance that would keep the typical norm.
pub(super) fn by_weights(perceptron: &Perceptron, standing: &Standing) -> Vec<String> {
    let layers = perceptron.network.layers();
    let (depth, total) = (standing.inner.len(), standing.log_total());
    let gated = standing.inner.iter().any(|&k| layers[k].gate == Gate::Relu);
    let (gate, of) = if gated { ("ReLU", "2/width") } else { ("linear", "1/width") };
    let inner = if depth == 1 { "one inner layer".to_owned() } else { format!("{depth} inner layers") };
    let fate = match total {
        total if total < VANISHED.ln() => "the typical signal vanishes",
        total if total > -VANISHED.ln() => "the typical signal explodes",
        _ => "the typical signal keeps its scale",
    };
    let mut says = vec![format!(
        "Through {inner} ({gate}, width {}) {fate}: by the variance of its weights a layer multiplies the typical norm by {}, all of them by {}.",
        number(standing.width.into()),
        log(total / depth as f64),
        log(total),
    )];
    let gap = standing.log_typical_over_mean();
    let width = if gap >= -std::f64::consts::LN_2 { "suffices for this depth" } else { "is too narrow for this depth" };
    says.push(format!(
        "The width {width}: at the variance that keeps the mean square ({of}) the typical squared norm would still be {} of the mean.",
        log(gap)
    ));
    let mean = standing.inner.iter().map(|&k| standing.layers[k].variance.ln()).sum::<f64>() / depth as f64;
    says.push(format!(
        "Weights of variance {} would keep the typical norm; they have {}.",
        number(standing.stable_variance().into()),
        log(mean)
    ));
    if layers.iter().any(|layer| layer.biases.iter().flatten().any(|&b| b != 0.0)) {
        says.push("These figures leave the biases out, which hold the signal up where the weights let it vanish.".to_owned());
    }
    says
}

/// What gates do on the inputs that were tried.
pub(super) fn by_gates(dead: usize, units: usize, ties: usize, inputs: &str) -> Option<String> {
    let none = if ties == 0 { String::new() } else { format!("; {ties} pre-activations are exactly 0 and count as closed") };
    (units > 0).then(|| format!("{dead} of {units} gated units open for none of {inputs}{none}."))
}

/// What the curvature says.
pub(super) fn by_curvature(measure: &Measure, plateau: bool) -> Vec<String> {
    let [all, _] = measure.extremes;
    let sharp = |value: Scaled| value.abs() > all.residual;
    let point = match (sharp(all.lowest) && all.lowest < Scaled::ZERO, sharp(all.highest) && all.highest > Scaled::ZERO) {
        (true, true) => "curves both ways",
        (true, false) => "curves downwards only",
        (false, true) => "shows no negative curvature",
        (false, false) => "shows no curvature at all",
    };
    let mut says = vec![format!(
        "The loss {} has a gradient of norm {} and {point}: its Hessian has trace {} and eigenvalues from {} to {}.",
        number(measure.loss),
        number(measure.gradient_square().sqrt()),
        number(measure.traces[0]),
        number(all.lowest),
        number(all.highest),
    )];
    let reach = log(measure.log_reach());
    if measure.loss.is_zero() {
        says.push("The loss is 0: the net stands at a global minimum.".to_owned());
    } else if plateau {
        says.push(format!(
            "It stands on a plateau: even a step of the first layer as long as its weights shifts the loss by no more than {reach} of its value."
        ));
    } else {
        says.push(format!(
            "It stands on no plateau: a step of the first layer as long as its weights can shift the loss by {reach} times its value."
        ));
    }
    says
}

/// What the weights say about a plateau where there are no data.
pub(super) fn plateau_by_weights(plateau: bool) -> String {
    let verdict = if plateau { "It stands on a plateau" } else { "Nothing says that it stands on a plateau" };
    format!("{verdict}, judged by the typical signal alone; data would tell gradient, curvature and spectrum.")
}
