//! Products inside drawn ReLU nets, M_k = D^L W^L ⋯ W^{k+1} D^k: exact grade, since a product's fourth-order state is known exactly.

use super::{ALLOWANCE, Net, backend};
use crate::claim::{Context, Gathered, Unsettled};
use crate::formula::{Node, Scaled};
use crate::network::{Backend, Gate, NetworkError, State, States};
use crate::sampled::{self, Case, Generator};

/// The variance that plans and intervals rest on.
const SPREAD: &str = "ext-matrix.t";

/// E‖M_1‖_F² of each net, by the median of means: exact grade. The points bind `depth` to the number L − 1 of weight matrices in M_1,
/// and `layer` to 1.
///
/// # Errors
/// If the device is not there, fails, or no plan fits.
pub fn product_norms(context: &Context, nets: &[Net]) -> Result<Gathered, Unsettled> {
    let backend = backend(context)?;
    let case = |net: &Net| {
        let [t, _, mean_pow2] = orders(net, 1);
        let point = net.point().with("depth", whole(net.depth - 1)).with("layer", whole(1));
        Case { point, configuration: net.configuration(), setting: *net, cost: cost(net), guess: t / mean_pow2 * (1.0 + ALLOWANCE) - 1.0 }
    };
    let cases: Vec<_> = nets.iter().map(case).collect();
    sampled::means(context, &cases, SPREAD, |net, generator, draws| {
        products(&backend, net, 1, generator, draws, |columns| columns.iter().map(|column| column.norm2_pow2()).sum())
    })
}

/// A layer k of a Gaussian ReLU net, and a direction u of its output.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Backward {
    /// The net; its laws are Gaussian.
    pub net: Net,
    /// k
    pub layer: usize,
    /// u
    pub direction: &'static [i64],
}

impl Backward {
    /// The backward vector M_kᵀu of a net.
    #[must_use]
    pub const fn new(net: Net, layer: usize, direction: &'static [i64]) -> Self {
        Backward { net, layer, direction }
    }

    fn sum(&self, power: u32) -> i64 {
        self.direction.iter().map(|u| u.pow(power)).sum()
    }

    /// A bound on E X²/(E X)² − 1 for X = ‖M_kᵀu‖².
    ///
    /// X ≤ ‖u‖² σ_max(M_k)², so that E X² ≤ ‖u‖⁴ E tr (M_kᵀM_k)². The diagonal of M_k M_kᵀ has the mean s^n/2 each, n = L − k, and an
    /// entry off it is, given what lies below the last layer, σ²/(2π) times the squared length of a vector Nᵀe with |e| = 1: between 0
    /// and σ²/(2π) E‖N‖_F² = s^n/(2π) in the mean, where k = 1. Dead layers below k divide the ratio by the probability of life.
    fn spread(&self) -> f64 {
        let [_, q, mean_pow2] = orders(&self.net, self.layer);
        let (squares, cross) = (self.sum(2) as f64, (self.sum(1).pow(2) - self.sum(2)) as f64);
        let s_pow_n = 2.0 * mean_pow2.sqrt() / self.net.width as f64;
        let least = s_pow_n * (squares / 2.0 + cross.min(0.0) / std::f64::consts::TAU);
        q * squares * squares / (least * least) / alive(&self.net, self.layer - 1) * (1.0 + ALLOWANCE) - 1.0
    }
}

/// E‖M_kᵀu‖², by the median of means: exact grade. The points bind `layer` to k, `u1` to Σ u_i and `u2` to ‖u‖₂².
///
/// # Errors
/// If the device is not there, fails, or no plan fits.
///
/// # Panics
/// If a direction has another length than its net is wide.
pub fn backward_norms(context: &Context, vectors: &[Backward]) -> Result<Gathered, Unsettled> {
    let backend = backend(context)?;
    let case = |vector: &Backward| {
        let Backward { net, layer, direction } = vector;
        assert_eq!(net.width, direction.len(), "a direction has as many entries as the net is wide");
        let point = net.point().with("layer", whole(*layer));
        let point = point.with("u1", Node::integer(vector.sum(1))).with("u2", Node::integer(vector.sum(2)));
        let configuration = format!("{}, layer {layer}, direction {direction:?}", net.configuration());
        Case { point, configuration, setting: *vector, cost: cost(net), guess: vector.spread() }
    };
    let cases: Vec<_> = vectors.iter().map(case).collect();
    let bound = "ext-matrix.q and the mean's diagonal part";
    sampled::means(context, &cases, bound, |vector, generator, draws| {
        products(&backend, &vector.net, vector.layer, generator, draws, |columns| {
            let along = |column: &State<'_>| column.entries.iter().zip(vector.direction).map(|(entry, u)| entry * *u as f64).sum::<f64>();
            columns.iter().map(|column| Scaled::new(along(column).powi(2), 2 * column.exponent)).sum()
        })
    })
}

/// What `of` makes of the columns M_k e_1, …, M_k e_d of drawn nets, one value a net.
fn products(
    backend: &Backend,
    net: &Net,
    layer: usize,
    generator: &mut Generator,
    nets: usize,
    of: impl Fn(&[State<'_>]) -> Scaled,
) -> Result<Vec<Scaled>, NetworkError> {
    let mut group = States::repeat(&[net.input.entries(net.width)], nets)?;
    for index in 1..=net.depth {
        let sharing = group.count() / nets;
        let pre = net.layer().forward(backend, &group, sharing, generator)?;
        group = gated_by_first(&pre, sharing, net.gate, index == layer);
    }
    let states: Vec<State<'_>> = group.iter().collect();
    Ok(states.chunks_exact(net.width + 1).map(|group| of(&group[1..])).collect())
}

/// Each group of vectors behind the gates of its first one; where `fresh`, the group is its first vector alone, and the columns of the
/// gate matrix follow it.
fn gated_by_first(pre: &States, sharing: usize, gate: Gate, fresh: bool) -> States {
    let width = pre.width();
    let vectors = pre.count() + if fresh { pre.count() / sharing * width } else { 0 };
    let (mut entries, mut exponents) = (Vec::with_capacity(vectors * width), Vec::with_capacity(vectors));
    for first in (0..pre.count()).step_by(sharing) {
        let gates = pre.state(first).entries;
        for vector in (first..first + sharing).map(|index| pre.state(index)) {
            entries.extend(vector.entries.iter().zip(gates).map(|(entry, h)| if gate.is_open(*h) { *entry } else { 0.0 }));
            exponents.push(vector.exponent);
        }
        if fresh {
            let diagonal = |(row, column): (usize, usize)| if row == column && gate.is_open(gates[row]) { 1.0 } else { 0.0 };
            entries.extend((0..width * width).map(|place| diagonal((place / width, place % width))));
            exponents.extend(std::iter::repeat_n(0, width));
        }
    }
    States::normalised(width, entries, exponents)
}

/// E ‖M‖_F⁴, E tr (MᵀM)² and (E‖M‖_F²)² of a product of fair gates and L − k weight matrices that starts with one gate matrix, by the
/// recursion of ext-matrix.
fn orders(net: &Net, layer: usize) -> [f64; 3] {
    let (d, law) = (net.width as f64, net.law());
    let (variance_pow2, fourth) = (law.moment(2).powi(2), law.moment(4));
    let p = if net.gate == Gate::Linear { 1.0 } else { 0.5 };
    let gated = |[t, q, g]: [f64; 3]| [p * p * t + p * (1.0 - p) * g, p * p * q + p * (1.0 - p) * g, p * g];
    let weighted = |[t, q, g]: [f64; 3]| {
        let g = d * (variance_pow2 * (t + 2.0 * q) + (fourth - 3.0 * variance_pow2) * g);
        [g + d * (d - 1.0) * variance_pow2 * t, g + d * (d - 1.0) * variance_pow2 * q, g]
    };
    let steps = net.depth - layer;
    let [t, q, _] = (0..steps).fold(gated([d * d, d, d]), |state, _| gated(weighted(state)));
    [t, q, (p * d * (p * d * law.moment(2)).powi(steps as i32)).powi(2)]
}

/// The probability that the first `layers` layers live.
fn alive(net: &Net, layers: usize) -> f64 {
    if net.gate == Gate::Linear { 1.0 } else { (1.0 - 0.5f64.powi(net.width as i32)).powi(layers as i32) }
}

/// The work of one draw: the weights, and their products with the activation and with the columns.
fn cost(net: &Net) -> u64 {
    net.cost() * 2 + (net.depth * net.width * (net.width + 1)) as u64
}

fn whole(count: usize) -> Node {
    Node::rational(&count.into())
}
