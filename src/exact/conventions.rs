//! Gates at pre-activations of exactly 0: nets that never meet one while they live, and what the conventions for ties change.

use dashu::rational::RBig;
use rayon::prelude::*;

use super::backward::{Form, extended};
use super::forward::Functional;
use super::gather::{gates_given, grid, laws, observe, tie_notes, uneven};
use super::law::FiniteLaw;
use super::layers::{Norm, Site};
use super::net::{Gate, Layer, Net, Ties, power_sum};
use super::passage::Passage;
use super::tally::sum;
use crate::claim::{Gathered, Point, Unsettled};
use crate::formula::Node;

/// Magnitudes of the weights of layers of width 2.
const PAIRS: [[[i64; 2]; 2]; 3] = [[[3, 7], [11, 20]], [[5, 13], [17, 41]], [[2, 9], [19, 50]]];
/// Magnitudes of the weights of layers of width 3.
const TRIPLES: [[[i64; 3]; 3]; 2] = [[[3, 7, 15], [11, 20, 45], [23, 51, 101]], [[5, 13, 29], [17, 41, 77], [2, 97, 211]]];

/// ReLU nets of widths 2 and 3 whose weights have random signs and distinct magnitudes. No pre-activation is 0 but in layers
/// whose incoming activation is 0, where gates are closed.
///
/// # Errors
/// As [`Net::new`].
pub fn untied() -> Result<Vec<Net>, Unsettled> {
    let layers = |magnitudes: Vec<Vec<i64>>| {
        let laws = magnitudes.into_iter().map(|row| row.into_iter().map(FiniteLaw::sign_of).collect()).collect();
        Layer::with_entries(laws, Gate::Relu)
    };
    let pairs = PAIRS.map(|matrix| layers(matrix.map(Vec::from).to_vec()));
    let triples = TRIPLES.map(|matrix| layers(matrix.map(Vec::from).to_vec()));
    let nets = (1..=pairs.len()).map(|depth| Net::new(&[2, 9], pairs[..depth].to_vec()));
    let wider = (1..=triples.len()).map(|depth| Net::new(&[2, 9, 31], triples[..depth].to_vec()));
    nets.chain(wider).map(|net| Ok(net?.with_ties(Ties::Closed))).collect()
}

/// One ReLU layer of two rows of signs ±1 at the input (1, 1): each pre-activation is 0 with probability 1/2.
///
/// # Errors
/// As [`Net::new`].
pub fn tied(ties: Ties) -> Result<Net, Unsettled> {
    Ok(Net::uniform(&FiniteLaw::rademacher(), Gate::Relu, 2, 1, &[1, 1])?.with_ties(ties))
}

/// ReLU layers of two rows of signs ±1 at the input (1, 1), gates closed at ties.
///
/// # Errors
/// As [`Net::new`].
pub fn strict(depth: usize) -> Result<Vec<Net>, Unsettled> {
    Ok(vec![Net::uniform(&FiniteLaw::rademacher(), Gate::Relu, 2, depth, &[1, 1])?.with_ties(Ties::Closed)])
}

/// Nets whose products of weight matrices are enumerated in a moment: every law of [`laws`] and both gates, and signs at depth 3.
///
/// # Errors
/// As [`Net::new`].
pub fn shallow_nets() -> Result<Vec<Net>, Unsettled> {
    let deeper = grid(&[FiniteLaw::rademacher()], &Gate::ALL, &[(2, 3)], uneven)?;
    Ok([grid(&laws(), &Gate::ALL, &[(1, 3), (2, 2)], uneven)?, deeper].concat())
}

/// P(gate open) for the first gate of the last layer.
#[must_use]
pub fn openness(nets: &[Net]) -> Gathered {
    Gathered { notes: tie_notes(nets), ..observe(nets.iter().map(|net| (net.point(), net.openness()))) }
}

/// As [`super::gates_given_past`], of the pasts with a living activation before the last layer.
#[must_use]
pub fn gates_given_living_past(nets: &[Net]) -> Gathered {
    gates_given(nets, |net, past| {
        let width = net.layers()[net.depth() - 1].rows();
        past.magnitudes[past.magnitudes.len() - width..].iter().any(|h| *h != 0)
    })
}

/// The probability of every pattern of the first layer's gates given the magnitudes of the last layer's pre-activations.
#[must_use]
pub fn gates_given_later(nets: &[Net]) -> Gathered {
    let cases = nets.iter().flat_map(|net| {
        let law = net.law_of((Vec::new(), Vec::new()), |(gates, _): &(Vec<bool>, Vec<i64>), passage| {
            let gates = if passage.layer == 1 { passage.open.to_vec() } else { gates.clone() };
            (gates, passage.outputs.iter().map(|h| h.abs()).collect())
        });
        let given = |later: &[i64]| law.iter().filter(|((_, h), _)| h == later).fold(RBig::ZERO, |sum, (_, share)| sum + share);
        law.iter().map(|((_, later), share)| (net.point(), share / given(later))).collect::<Vec<_>>()
    });
    observe(cases)
}

/// The probability of every pattern of all gates in which no layer before the last is closed altogether.
#[must_use]
pub fn living_patterns(nets: &[Net]) -> Gathered {
    patterns(nets, lives)
}

/// Whether no layer before the last is closed altogether.
fn lives(net: &Net, gates: &[bool]) -> bool {
    layers(net, gates)[..net.depth() - 1].iter().all(|layer| layer.contains(&true))
}

/// The probability that all gates of all layers are closed.
#[must_use]
pub fn closed_patterns(nets: &[Net]) -> Gathered {
    patterns(nets, |_, gates| !gates.contains(&true))
}

fn patterns(nets: &[Net], keep: impl Fn(&Net, &[bool]) -> bool) -> Gathered {
    let kept = |net: &Net| net.gate_patterns().into_iter().filter(|(gates, _)| keep(net, gates)).collect::<Vec<_>>();
    let cases = nets.iter().flat_map(|net| kept(net).into_iter().map(|(_, share)| (net.point(), share)));
    Gathered { notes: tie_notes(nets), ..observe(cases) }
}

/// The probability that two nets which live before their last layers have the same gates in all layers.
#[must_use]
pub fn collisions(nets: &[Net]) -> Gathered {
    let collision = |net: &Net| {
        let shares: Vec<RBig> = net.gate_patterns().into_iter().filter(|(gates, _)| lives(net, gates)).map(|(_, share)| share).collect();
        let total = sum(shares.iter().cloned());
        sum(shares.iter().map(|share| share * share)) / (&total * &total)
    };
    Gathered { notes: tie_notes(nets), ..observe(nets.iter().map(|net| (net.point(), collision(net)))) }
}

/// A pattern of all gates, layer by layer.
fn layers<'a>(net: &Net, mut gates: &'a [bool]) -> Vec<&'a [bool]> {
    let split = |layer: &Layer| {
        let (this, rest) = gates.split_at(layer.rows());
        gates = rest;
        this
    };
    net.layers().iter().map(split).collect()
}

/// E form(M_k) under the nets' convention for ties as a share of that under fair coins, for every k; the points bind `layer`.
#[must_use]
pub fn shares_of_coin_flips(nets: &[Net], form: &Form) -> Gathered {
    let cases = nets.iter().flat_map(|net| {
        let coins = net.clone().with_ties(Ties::CoinFlip);
        let share = move |from: usize| {
            let value = net.product_expectation(from, form) / coins.product_expectation(from, form);
            (net.point().with("layer", Node::rational(&from.into())), value)
        };
        (1..=net.depth()).map(share)
    });
    Gathered { notes: tie_notes(nets), ..observe(cases) }
}

/// E form of D^l W^l ⋯ W^{k+1} D^k for all k ≤ l; the points bind `depth` to l − k and `layer` to k, and for [`Form::Direction`]
/// also `u1` = Σ u_i and `u2` = ‖u‖₂².
#[must_use]
pub fn products_between(nets: &[Net], form: &Form) -> Gathered {
    let ends = |net: &Net| (1..=net.depth()).flat_map(|to| (1..=to).map(move |from| (from, to))).collect::<Vec<_>>();
    let places: Vec<(&Net, (usize, usize))> = nets.iter().flat_map(|net| ends(net).into_iter().map(move |ends| (net, ends))).collect();
    let case =
        |(net, (from, to)): &(&Net, (usize, usize))| (between(net, form, *from, *to), net.truncated(*to).product_expectation(*from, form));
    Gathered { notes: tie_notes(nets), ..observe(places.par_iter().map(case).collect::<Vec<_>>()) }
}

/// E‖a^{k−1}‖₂² form(M_k) under the nets' convention for ties, as a share of the product of E‖a^{k−1}‖₂² and of E form(M_k) under fair
/// coins, for every k; the points bind `layer`.
#[must_use]
pub fn weighted_shares_of_coin_flips(nets: &[Net], form: &Form) -> Gathered {
    let cases = nets.iter().flat_map(|net| {
        let coins = net.clone().with_ties(Ties::CoinFlip);
        let share = move |from: usize| {
            let step = |(square, product): &(i128, Vec<Vec<i64>>), passage: &Passage| {
                let here = passage.layer == from;
                let square = if here { passage.incoming.iter().map(|a| i128::from(*a).pow(2)).sum() } else { *square };
                (square, extended(product, passage, from))
            };
            let joint = net.fold((0, Vec::new()), step, |(square, product)| square * form.at(product));
            let incoming = match from {
                1 => power_sum(net.input(), 2),
                _ => net.truncated(from - 1).norm(Norm::TwoSquared, Site::AfterGate),
            };
            let units = (net.scale(0) / net.scale(from - 1)).pow(2) * net.scale(from).pow(form.degree());
            let value = joint * units / (incoming * coins.product_expectation(from, form));
            (net.point().with("layer", Node::rational(&from.into())), value)
        };
        (1..=net.depth()).map(share)
    });
    Gathered { notes: tie_notes(nets), ..observe(cases) }
}

/// The point of the product from layer `from` to layer `to` of a net.
fn between(net: &Net, form: &Form, from: usize, to: usize) -> Point {
    let whole = |count: usize| Node::rational(&count.into());
    let point = net.point().with("depth", whole(to - from)).with("layer", whole(from));
    match form {
        Form::Direction(u) => directed(point, u),
        _ => point,
    }
}

/// The point with `u1` = Σ u_i and `u2` = ‖u‖₂².
fn directed(point: Point, direction: &[i64]) -> Point {
    let [u1, u2] = [1, 2].map(|power| Node::rational(&power_sum(direction, power)));
    point.with("u1", u1).with("u2", u2)
}

/// E‖M_1ᵀu‖² as a multiple of p (p d σ²)^{L−1} ‖u‖²; the points bind `u1` = Σ u_i and `u2` = ‖u‖₂².
#[must_use]
pub fn direction_ratios(nets: &[Net], direction: &[i64]) -> Gathered {
    let case = |net: &Net| {
        let layer = &net.layers()[net.depth() - 1];
        let open = layer.gate().probability();
        let growth = &open * RBig::from(layer.columns()) * layer.entries()[0].variance();
        let told = open * growth.pow((net.depth() - 1).cast_signed()) * power_sum(direction, 2);
        (directed(net.point(), direction), net.product_expectation(1, &Form::Direction(direction.to_vec())) / told)
    };
    Gathered { notes: tie_notes(nets), ..observe(nets.iter().map(case)) }
}

/// E‖(B M_1)ᵀu‖² with a linear layer B of the last layer's law behind the net; `depth` counts the layers before B, and the points
/// bind `u1` and `u2`.
///
/// # Errors
/// As [`Net::new`].
pub fn direction_through_random_output(nets: &[Net], direction: &[i64]) -> Result<Gathered, Unsettled> {
    let case = |net: &Net| {
        let last = &net.layers()[net.depth() - 1];
        let output = Layer::new(&last.entries()[0], Gate::Linear, direction.len(), last.rows());
        let whole = Net::new(net.input(), [net.layers(), &[output]].concat())?.with_ties(net.ties());
        Ok((directed(net.point(), direction), whole.product_expectation(1, &Form::Direction(direction.to_vec()))))
    };
    Ok(Gathered { notes: tie_notes(nets), ..observe(nets.par_iter().map(case).collect::<Result<Vec<_>, _>>()?) })
}

/// E of the first entry of a^L.
#[must_use]
pub fn mean_activations(nets: &[Net]) -> Gathered {
    let mean = |net: &Net| {
        let unit = net.scale(0);
        net.fold(0_i64, |_, passage| if passage.open[0] { passage.outputs[0] } else { 0 }, |h| i128::from(*h)) * unit
    };
    observe(nets.iter().map(|net| (net.point(), mean(net))))
}

/// E‖h^L‖₂⁴/(E‖h^L‖₂²)².
#[must_use]
pub fn norm_ratios(nets: &[Net], site: Site) -> Gathered {
    let case = |net: &Net| (net.point(), net.norm(Norm::TwoFourth, site) / net.norm(Norm::TwoSquared, site).pow(2));
    Gathered { notes: tie_notes(nets), ..observe(nets.iter().map(case)) }
}

/// E h_1, E h_1³, E h_1 h_2² and E h_1³ h_2² of the last layer's pre-activation.
#[must_use]
pub fn odd_moments(nets: &[Net]) -> Gathered {
    let cases = nets.iter().flat_map(|net| {
        let rows = net.layers()[net.depth() - 1].rows();
        [[1, 0], [3, 0], [1, 2], [3, 2]].map(|powers| {
            let exponents: Vec<u32> = powers.into_iter().chain(std::iter::repeat(0)).take(rows).collect();
            (net.point(), net.expectation(&Functional::monomial(&exponents), Site::BeforeGate))
        })
    });
    observe(cases)
}
