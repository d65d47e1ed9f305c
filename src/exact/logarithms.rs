//! Growth of ln ‖·‖² in nets with finite laws, given that they live.

use std::collections::BTreeMap;

use dashu::rational::RBig;
use rayon::prelude::*;

use super::net::{Net, power_sum};
use crate::claim::{Gathered, Observation, Truth, Unsettled};
use crate::formula::{Ball, Function, Node, Precision, certify};

/// The relative accuracy of a logarithm, in bits.
const ACCURACY: u32 = 96;

/// E(ln(‖a^L‖²/‖x‖²) | a^L ≠ 0)/L of every net: outcomes counted, logarithms enclosed.
///
/// # Errors
/// If a net never lives, or its input is 0.
pub fn log_growths(nets: &[Net]) -> Result<Gathered, Unsettled> {
    let observe = |net: &Net| {
        let found = log_growth(net).map_err(|reason| Unsettled::Inconclusive(format!("{}: {reason}", net.describe())))?;
        Ok(Observation { point: net.point(), truth: Truth::Enclosed(found) })
    };
    Ok(Gathered { observations: nets.par_iter().map(observe).collect::<Result<_, Unsettled>>()?, ..Gathered::default() })
}

fn log_growth(net: &Net) -> Result<Ball, String> {
    let mut squares: BTreeMap<RBig, u128> = BTreeMap::new();
    for (vector, weight) in net.activations(net.depth()) {
        *squares.entry(power_sum(&vector, 2)).or_default() += weight;
    }
    squares.remove(&RBig::ZERO);
    let alive: u128 = squares.values().sum();
    let start = power_sum(net.input(), 2);
    if alive == 0 || start == RBig::ZERO {
        return Err("no outcome lives".to_owned());
    }
    let unit = net.scale(0).pow(2) / start;
    let precision = Precision(ACCURACY as usize + 32);
    let share = |weight: u128| RBig::from(weight) / (RBig::from(alive) * RBig::from(net.depth()));
    squares.into_iter().try_fold(Ball::zero(), |sum, (square, weight)| {
        let log = Node::Call(Function::Ln, vec![Node::rational(&(square * &unit))]);
        let log = certify(&log, &Default::default(), ACCURACY).map_err(|error| error.to_string())?;
        let term = log.times(&Ball::from_rational(&share(weight), precision), precision);
        term.and_then(|term| sum.plus(&term, precision)).map_err(|error| error.to_string())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::{FiniteLaw, Gate};

    #[test]
    fn signs_of_width_two_grow_as_counted_by_hand() {
        // From (1, 1) each sum is −2, 0, 0, 2. Linear: squares 4 in 8 of 16 outcomes and 8 in 4; ReLU: 4 in 6 (one sum is 2, the
        // other at most 0) and 8 in 1.
        let net = |gate| Net::uniform(&FiniteLaw::rademacher(), gate, 2, 1, &[1, 1]).unwrap();
        for (gate, expected) in
            [(Gate::Linear, (8.0 * 2f64.ln() + 4.0 * 4f64.ln()) / 12.0), (Gate::Relu, (6.0 * 2f64.ln() + 4f64.ln()) / 7.0)]
        {
            let found = log_growth(&net(gate)).unwrap().to_scaled().to_f64();
            assert!((found - expected).abs() < 1e-14, "{gate:?}: {found} for {expected}");
        }
    }
}
