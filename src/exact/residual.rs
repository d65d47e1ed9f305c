//! Residual blocks a ← a + α F(a), F of some maps with gates between them and none behind the last.

use std::ops::RangeInclusive;

use dashu::rational::RBig;

use super::forward::Functional;
use super::gather::{observe, small_nets};
use super::layers::{Norm, Site, composed, whole};
use super::net::Net;
use crate::claim::parameters::exact_number;
use crate::claim::{Gathered, Observation, Point, Truth, Unsettled};
use crate::formula::{Ball, Node, Precision};

/// Blocks over squared gain: enough for an enclosure of relative width 2^−11.
const LONG: i64 = 4096;

/// E‖a + F(a)‖²/‖a‖² for each width and number of maps, symbolic in the law and the gate: 1 more than E‖F(a)‖²/‖a‖², since the last map is
/// symmetric. The points bind `width` and `maps`.
#[must_use]
pub fn residual_factors(widths: RangeInclusive<usize>, maps: RangeInclusive<usize>) -> Gathered {
    behind(composed(Norm::TwoSquared, Site::BeforeGate, widths, maps), 0)
}

/// The same where one map more, of variance 1/width, stands behind that many maps and their gates: it keeps the mean squared norm.
#[must_use]
pub fn residual_factors_last(widths: RangeInclusive<usize>, before: RangeInclusive<usize>) -> Gathered {
    behind(composed(Norm::TwoSquared, Site::AfterGate, widths, before), 1)
}

/// 1 + E‖F‖²/‖a‖² from E‖F‖² of nets whose depth is `further` less than the number of maps.
fn behind(mut gathered: Gathered, further: i64) -> Gathered {
    for observation in &mut gathered.observations {
        if let Truth::Exact(square) = &observation.truth {
            observation.truth = Truth::Exact(Node::integer(1) + square.clone() / Node::name("x2"));
        }
        if let Some(depth) = observation.point.get("depth").and_then(|depth| exact_number(depth).ok()) {
            observation.point = observation.point.clone().with("maps", Node::rational(&(depth + RBig::from(further))));
        }
    }
    gathered.extent.iter_mut().filter(|extent| extent.name == "depth").for_each(|extent| extent.name = "maps");
    gathered
}

/// E‖a + F(a)‖²/‖a‖², all outcomes: F runs through four laws, both gates and small shapes. The cross term is enumerated too.
///
/// # Errors
/// As [`small_nets`].
pub fn enumerated_residuals() -> Result<Gathered, Unsettled> {
    let nets = small_nets()?;
    let square = nets.iter().filter(|net| net.input().len() == net.layers()[net.depth() - 1].rows());
    Ok(observe(square.map(|net| {
        let (cross, gain) = branch(net);
        (net.point().with("maps", whole(net.depth())), RBig::ONE + RBig::from(2) * cross + gain)
    })))
}

/// E‖a^L‖²/‖a^0‖² behind `depth` blocks with that α, composed of enumerated blocks: the mean of a block depends on ‖a‖² alone. The points
/// bind `alpha`, `depth`, and `gain` = E‖F(a)‖²/‖a‖².
///
/// # Errors
/// As [`small_nets`].
pub fn scaled_residuals(alphas: &[(u32, u32)], depths: RangeInclusive<usize>) -> Result<Gathered, Unsettled> {
    let mut cases = Vec::new();
    for net in small_nets()? {
        let (cross, gain) = branch(&net);
        for (top, bottom) in alphas {
            let alpha = RBig::from(*top) / RBig::from(*bottom);
            let factor = RBig::ONE + RBig::from(2) * &alpha * &cross + alpha.pow(2) * &gain;
            for depth in depths.clone() {
                let point =
                    net.point().with("alpha", Node::rational(&alpha)).with("depth", whole(depth)).with("gain", Node::rational(&gain));
                cases.push((point, factor.pow(depth as isize)));
            }
        }
    }
    Ok(observe(cases))
}

/// Σ_i a_i E F_i/‖a‖² and E‖F(a)‖²/‖a‖², enumerated.
fn branch(net: &Net) -> (RBig, RBig) {
    let rows = net.input().len();
    let mean =
        |i: usize| net.expectation(&Functional::monomial(&(0..rows).map(|j| u32::from(i == j)).collect::<Vec<_>>()), Site::BeforeGate);
    let cross = (0..rows).fold(RBig::ZERO, |sum, i| sum + mean(i) * RBig::from(net.input()[i]));
    (cross / energy(net), net.norm(Norm::TwoSquared, Site::BeforeGate) / energy(net))
}

/// ‖a‖²
fn energy(net: &Net) -> RBig {
    RBig::from(net.input().iter().map(|x| x * x).sum::<i64>())
}

/// (1 + g/L²)^L for several g and L, exactly: the points bind `gain` and `depth`.
#[must_use]
pub fn slow_growth() -> Gathered {
    let cells = [1_u32, 2, 5].into_iter().flat_map(|gain| [1_usize, 2, 7, 30, 100].map(move |depth| (gain, depth)));
    observe(cells.map(|(gain, depth)| {
        let point = Point::new().with("gain", Node::integer(i64::from(gain))).with("depth", whole(depth));
        (point, (RBig::ONE + RBig::from(gain) / RBig::from(depth).pow(2)).pow(depth as isize))
    }))
}

/// lim (1 + g/L)^L for several g, between (1 + g/L)^L and (1 + g/L)^(L + g) at a large L: the former increases and the latter decreases
/// to it, since g/(L + g) < ln(1 + g/L) < g/L.
#[must_use]
pub fn compound_growth() -> Gathered {
    let observe = |gain: i64| {
        let depth = LONG * gain * gain;
        let base = RBig::ONE + RBig::from(gain) / RBig::from(depth);
        let ball = |exponent: i64| Ball::from_rational(&base.pow(exponent as isize), Precision(128));
        Observation { point: Point::new().with("gain", Node::integer(gain)), truth: Truth::Enclosed(ball(depth).hull(&ball(depth + gain))) }
    };
    Gathered { observations: [1, 2, 3].map(observe).to_vec(), ..Gathered::default() }
}
