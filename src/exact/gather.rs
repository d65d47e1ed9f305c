//! From enumerations to observations: nets by the grid, points in the formulas' names.

use std::collections::BTreeSet;

use dashu::rational::RBig;
use rayon::prelude::*;

use super::backward::{Conditional, Form, Past};
use super::forward::Functional;
use super::law::FiniteLaw;
use super::layers::{Norm, Site};
use super::net::{Gate, Net, power_sum};
use crate::claim::{Gathered, Observation, Point, Truth, Unsettled};
use crate::formula::Node;

/// Four laws that differ in kurtosis (1, 34/25, 2 and 4) and in whether they have an atom at 0.
#[must_use]
pub fn laws() -> Vec<FiniteLaw> {
    vec![FiniteLaw::rademacher(), FiniteLaw::four_point(), FiniteLaw::three_point(1, 2), FiniteLaw::three_point(1, 4)]
}

/// An input without repeated magnitudes: 1, −2, 3, −4, …
#[must_use]
pub fn uneven(length: usize) -> Vec<i64> {
    (1..=length).map(|i| i64::try_from(i).unwrap_or(i64::MAX) * if i % 2 == 0 { -1 } else { 1 }).collect()
}

/// Every law × gate × shape (width, depth), with the input that `input` gives for the width: a length other than the width
/// makes the first layer rectangular.
///
/// # Errors
/// As [`Net::uniform`].
pub fn grid(
    laws: &[FiniteLaw],
    gates: &[Gate],
    shapes: &[(usize, usize)],
    input: impl Fn(usize) -> Vec<i64>,
) -> Result<Vec<Net>, Unsettled> {
    let cells = laws.iter().flat_map(|law| gates.iter().flat_map(move |gate| shapes.iter().map(move |shape| (law, gate, shape))));
    cells.map(|(law, gate, (width, depth))| Net::uniform(law, *gate, *width, *depth, &input(*width))).collect()
}

/// Every law of [`laws`] × both gates × the shapes (width, depth) that are enumerated in a moment, with an [`uneven`] input.
///
/// # Errors
/// As [`Net::uniform`].
pub fn small_nets() -> Result<Vec<Net>, Unsettled> {
    grid(&laws(), &Gate::ALL, &[(1, 3), (2, 1), (2, 2), (2, 3), (3, 2)], uneven)
}

/// All [`laws`] on chains, two of them on small nets, and signs on a deeper one: nets whose derivatives are enumerated in a moment.
///
/// # Errors
/// As [`Net::uniform`].
pub fn differentiable_nets(gate: Gate) -> Result<Vec<Net>, Unsettled> {
    let nets = |laws: &[FiniteLaw], shape| grid(laws, &[gate], &[shape], uneven);
    let (signs, sparse) = (FiniteLaw::rademacher(), FiniteLaw::three_point(1, 4));
    Ok([nets(&laws(), (1, 4))?, nets(&[signs.clone(), sparse], (2, 2))?, nets(&[signs], (2, 3))?].concat())
}

/// Exact rational truths as evidence.
#[must_use]
pub fn observe(cases: impl IntoIterator<Item = (Point, RBig)>) -> Gathered {
    let exact = |(point, value): (Point, RBig)| Observation { point, truth: Truth::Exact(Node::rational(&value)) };
    Gathered { observations: cases.into_iter().map(exact).collect(), ..Gathered::default() }
}

/// E of the power of a norm of h^L or a^L. The notes tell the share of nets with a tie.
#[must_use]
pub fn norms(nets: &[Net], norm: Norm, site: Site) -> Gathered {
    Gathered { notes: tie_notes(nets), ..observe(nets.iter().map(|net| (net.point(), net.norm(norm, site)))) }
}

/// Cov((h^L_1)², (h^L_2)²).
#[must_use]
pub fn square_covariances(nets: &[Net]) -> Gathered {
    observe(nets.iter().map(|net| (net.point(), net.square_covariance())))
}

/// E form(M_k) for k = `from`, the points binding `layer` to k, and for [`Form::Direction`] also `u1` = Σ u_i and `u2` = ‖u‖₂².
#[must_use]
pub fn product_forms(nets: &[Net], from: usize, form: &Form) -> Gathered {
    let case = |net: &Net| {
        let mut point = net.point().with("layer", Node::rational(&from.into()));
        if let Form::Direction(u) = form {
            point = point.with("u1", Node::rational(&power_sum(u, 1))).with("u2", Node::rational(&power_sum(u, 2)));
        }
        (point, net.product_expectation(from, form))
    };
    Gathered { notes: tie_notes(nets), ..observe(nets.iter().map(case)) }
}

/// The probability of every possible gate pattern of all layers together.
#[must_use]
pub fn gate_patterns(nets: &[Net]) -> Gathered {
    let cases = nets.iter().flat_map(|net| net.gate_patterns().into_iter().map(|(_, share)| (net.point(), share)));
    Gathered { notes: tie_notes(nets), ..observe(cases) }
}

/// The probability of every possible gate pattern of the last layer given every past: all earlier gates and the magnitudes of
/// all pre-activations up to the last layer's. Patterns and pasts of equal probability in a net are one observation.
#[must_use]
pub fn gates_given_past(nets: &[Net]) -> Gathered {
    gates_given(nets, |_, _| true)
}

/// As [`gates_given_past`], of the pasts that `keep` keeps.
pub(super) fn gates_given(nets: &[Net], keep: impl Fn(&Net, &Past) -> bool) -> Gathered {
    let (mut cases, mut pairs) = (Vec::new(), 0);
    for net in nets {
        let kept: Vec<Conditional> = net.gates_given_past().into_iter().filter(|conditional| keep(net, &conditional.past)).collect();
        pairs += kept.len();
        let different: BTreeSet<RBig> = kept.into_iter().map(|conditional| conditional.probability).collect();
        cases.extend(different.into_iter().map(|probability| (net.point(), probability)));
    }
    let mut notes = tie_notes(nets);
    notes.push(format!("{pairs} pairs of a past and a pattern"));
    Gathered { notes, ..observe(cases) }
}

/// E of the power of a norm of D^L W^L z, z in place of the activation that sets the gates; `x2` and `x4` are those of z.
#[must_use]
pub fn modified_inputs(nets: &[Net], z: &[i64], norm: Norm) -> Gathered {
    let invariant = |exponent| Node::rational(&power_sum(z, exponent));
    let case = |net: &Net| {
        let [second, second_squared, fourth] = net.modified_input(z);
        let value = match norm {
            Norm::TwoSquared => second,
            Norm::TwoFourth => second_squared,
            Norm::FourFourth => fourth,
        };
        (net.point().with("x2", invariant(2)).with("x4", invariant(4)), value)
    };
    Gathered { notes: tie_notes(nets), ..observe(nets.iter().map(case)) }
}

/// E‖∂𝓛/∂W^layer‖_F² for 𝓛 = ½‖y − f‖², the target given in units of the output. The points bind `layer`, and `y2` = ‖y‖₂².
///
/// # Errors
/// As [`Net::gradient_expectation`].
pub fn gradients(nets: &[Net], target: &[i64], layer: usize) -> Result<Gathered, Unsettled> {
    let case = |net: &Net| Ok((targeted(net, target, layer), net.gradient_expectation(target, layer)?));
    Ok(Gathered { notes: tie_notes(nets), ..observe(nets.iter().map(case).collect::<Result<Vec<_>, _>>()?) })
}

/// E‖∂²𝓛/∂W^layer ∂W^other‖_F² for 𝓛 = ½‖y − f‖², the target given in units of the output. The points bind `layer`,
/// `other_layer`, and `y2` = ‖y‖₂².
///
/// # Errors
/// As [`Net::hessian_expectation`].
pub fn hessians(nets: &[Net], target: &[i64], layer: usize, other: usize) -> Result<Gathered, Unsettled> {
    let case = |net: &Net| {
        let point = targeted(net, target, layer).with("other_layer", Node::rational(&other.into()));
        Ok((point, net.hessian_expectation(target, layer, other)?))
    };
    Ok(Gathered { notes: tie_notes(nets), ..observe(nets.iter().map(case).collect::<Result<Vec<_>, _>>()?) })
}

/// As [`gradients`], for every layer of every net; `target` gives the target for the width of the output.
///
/// # Errors
/// As [`Net::gradient_expectation`].
pub fn every_gradient(nets: &[Net], target: impl Fn(usize) -> Vec<i64>) -> Result<Gathered, Unsettled> {
    let layers = |net: &Net| (1..=net.depth()).map(|layer| (layer, layer)).collect();
    everywhere(nets, target, layers, |net, target, (layer, _)| gradients(net, target, layer))
}

/// As [`hessians`], for every block on and above the diagonal of every net; `target` gives the target for the width of the output.
///
/// # Errors
/// As [`Net::hessian_expectation`].
pub fn every_hessian(nets: &[Net], target: impl Fn(usize) -> Vec<i64>) -> Result<Gathered, Unsettled> {
    let layers = |net: &Net| (1..=net.depth()).flat_map(|layer| (layer..=net.depth()).map(move |other| (layer, other))).collect();
    everywhere(nets, target, layers, |net, target, (layer, other)| hessians(net, target, layer, other))
}

/// What is found in every net at every pair of its layers.
fn everywhere(
    nets: &[Net],
    target: impl Fn(usize) -> Vec<i64>,
    layers: impl Fn(&Net) -> Vec<(usize, usize)>,
    find: impl Fn(&[Net], &[i64], (usize, usize)) -> Result<Gathered, Unsettled> + Sync,
) -> Result<Gathered, Unsettled> {
    let width = |net: &Net| net.layers()[net.depth() - 1].rows();
    let cases: Vec<(&Net, Vec<i64>, (usize, usize))> =
        nets.iter().flat_map(|net| layers(net).into_iter().map(|pair| (net, target(width(net)), pair)).collect::<Vec<_>>()).collect();
    let found = cases.par_iter().map(|(net, target, pair)| find(std::slice::from_ref(net), target, *pair));
    let observations = found.collect::<Result<Vec<_>, _>>()?.into_iter().flat_map(|gathered| gathered.observations);
    Ok(Gathered { observations: observations.collect(), notes: tie_notes(nets), ..Gathered::default() })
}

fn targeted(net: &Net, target: &[i64], layer: usize) -> Point {
    let y2 = power_sum(target, 2) * net.scale(0).pow(2);
    net.point().with("layer", Node::rational(&layer.into())).with("y2", Node::rational(&y2))
}

/// P(a^L ≠ 0).
#[must_use]
pub fn survival(nets: &[Net]) -> Gathered {
    Gathered { notes: tie_notes(nets), ..observe(nets.iter().map(|net| (net.point(), net.survival()))) }
}

impl Net {
    /// E of the power of a norm of h^L or a^L.
    #[must_use]
    pub fn norm(&self, norm: Norm, site: Site) -> RBig {
        self.expectation(&Functional::norm(norm, self.layers()[self.depth() - 1].rows()), site)
    }

    /// Cov((h^L_1)², (h^L_2)²)
    ///
    /// # Panics
    /// If the last layer has a single row.
    #[must_use]
    pub fn square_covariance(&self) -> RBig {
        let rows = self.layers()[self.depth() - 1].rows();
        assert!(rows > 1, "a covariance of two entries needs two rows");
        let squares = |count: [u32; 2]| {
            let exponents: Vec<u32> = count.into_iter().chain(std::iter::repeat(0)).take(rows).collect();
            self.expectation(&Functional::monomial(&exponents), Site::BeforeGate)
        };
        squares([2, 2]) - squares([2, 0]) * squares([0, 2])
    }
}

/// How often a pre-activation of a gated layer is exactly 0, over all nets; nothing where no layer is gated.
pub(super) fn tie_notes(nets: &[Net]) -> Vec<String> {
    let gated = nets.iter().filter(|net| net.layers().iter().any(|layer| layer.gate() == Gate::Relu));
    let shares: Vec<RBig> = gated.map(Net::tie_share).collect();
    let (Some(least), Some(most)) = (shares.iter().min(), shares.iter().max()) else { return Vec::new() };
    let between = if least == most { format!("{least}") } else { format!("between {least} and {most}") };
    vec![format!("a share of {between} of the ReLU nets has a pre-activation of exactly 0")]
}
