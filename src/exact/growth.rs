//! The growth of fourth moments per layer at critical variance, from the matrix that the moment calculus finds.
//!
//! Q carries (E‖h‖₂⁴, E‖h‖₄⁴) one layer on; at the critical variance 1/(p d) it keeps E‖h‖₂². On the state (w, v) = (E‖h‖₂⁴ −
//! E‖h‖₄⁴, E‖h‖₄⁴) it is a matrix B without negative entries, and positive for d ≥ 2. By Collatz and Wielandt
//! min (Bx)_i/x_i ≤ ρ(B) ≤ max (Bx)_i/x_i for every positive x; the x of a power iteration make the bracket narrow.

use std::ops::RangeInclusive;

use dashu::rational::RBig;

use super::layers::{LayerMap, transition, whole};
use super::moments::Calculus;
use super::net::Gate;
use crate::claim::{Extent, Gathered, Observation, Point, Truth, Unsettled};
use crate::formula::{Ball, Environment, Node, Precision, exact};

/// Steps of the power iteration: brackets of rates of growth are narrower than 2^−32 long before.
const STEPS: usize = 400;
/// A bracket is narrowed to a relative width of 2^−64.
const NARROW: usize = 64;
/// The coordinates of x are multiples of 2^−128.
const GRAIN: usize = 128;

/// Q at the critical variance for that width, symbolic in `kurtosis` and `p`.
fn critical(width: usize) -> Vec<Vec<Node>> {
    let mut calculus = Calculus::new();
    let state = transition(&mut calculus, LayerMap::GatesThenWeights, width);
    let variance = Node::integer(1) / (Node::name("p") * whole(width));
    // The first coordinate of the state is E‖h‖₂², which the fourth moments do not meet.
    let entry = |polynomial| calculus.to_node(polynomial).given("variance", variance.clone());
    state[1..].iter().map(|row| row[1..].iter().map(entry).collect()).collect()
}

/// −d² det(I − Q) at critical variance for each width, symbolic in `kurtosis` and `p`.
#[must_use]
pub fn determinants(widths: RangeInclusive<usize>) -> Gathered {
    let observe = |width: usize| {
        let q = critical(width);
        let less = |i: usize, j: usize| Node::integer(i64::from(i == j)) - q[i][j].clone();
        let determinant = less(0, 0) * less(1, 1) - less(0, 1) * less(1, 0);
        let truth = Truth::Exact(-(determinant * whole(width * width)));
        Observation { point: Point::new().with("width", whole(width)), truth }
    };
    let because = "degree argument: the entries of Q at critical variance, times the width, are polynomials in it of degree 1";
    let extent = vec![Extent { name: "width", order: 3, because }];
    Gathered { observations: widths.map(observe).collect(), extent, ..Gathered::default() }
}

/// ρ(Q) at critical variance, bracketed, for every width × gate × kurtosis, the kurtosis changing fastest.
///
/// # Errors
/// [`Unsettled::Inconclusive`] if a bracket stays wide; [`Unsettled::Skipped`] where B is not positive.
pub fn growth_rates(widths: &[usize], gates: &[Gate], kurtoses: &[(u32, u32)]) -> Result<Gathered, Unsettled> {
    let mut observations = Vec::new();
    for &width in widths {
        let q = critical(width);
        for gate in gates {
            for &(top, bottom) in kurtoses {
                let values = Point::new()
                    .with("kurtosis", Node::rational(&(RBig::from(top) / RBig::from(bottom))))
                    .with("p", Node::rational(&gate.probability()));
                let point = values.clone().with("width", whole(width));
                let number = |node: &Node| {
                    let value = exact(&values.bind(node.clone()), &Environment::new());
                    value.map_err(|error| Unsettled::Inconclusive(format!("at {point} the matrix has no value: {error}")))
                };
                let [[a, b], [c, e]] = [[number(&q[0][0])?, number(&q[0][1])?], [number(&q[1][0])?, number(&q[1][1])?]];
                // u = w + v, so w' = u' − v' and v' in (w, v).
                let positive = [[&a - &c, &a + &b - &c - &e], [c.clone(), &c + &e]];
                let truth = radius(&positive).map_err(|reason| Unsettled::Inconclusive(format!("at {point} {reason}")))?;
                observations.push(Observation { point, truth: Truth::Enclosed(truth) });
            }
        }
    }
    Ok(Gathered { observations, ..Gathered::default() })
}

/// The spectral radius of a positive matrix, between the least and the largest of (Bx)_i/x_i.
fn radius(matrix: &[[RBig; 2]; 2]) -> Result<Ball, String> {
    if matrix.iter().flatten().any(|entry| *entry <= RBig::ZERO) {
        return Err("the matrix is not positive".into());
    }
    let grain = RBig::from(2).pow(-GRAIN.cast_signed());
    let narrow = RBig::from(2).pow(-NARROW.cast_signed());
    let mut x = [RBig::ONE, RBig::ONE];
    for _ in 0..STEPS {
        let image = [0, 1].map(|i| &matrix[i][0] * &x[0] + &matrix[i][1] * &x[1]);
        let (first, second) = (&image[0] / &x[0], &image[1] / &x[1]);
        let (low, high) = if first <= second { (first, second) } else { (second, first) };
        if &high - &low <= &high * &narrow {
            let precision = Precision(128);
            return Ok(Ball::from_rational(&low, precision).hull(&Ball::from_rational(&high, precision)));
        }
        let total = &image[0] + &image[1];
        x = image.map(|entry| RBig::from(((entry / &total) / &grain).floor() + dashu::integer::IBig::ONE) * &grain);
    }
    Err("the bracket of the spectral radius stays wide".into())
}
