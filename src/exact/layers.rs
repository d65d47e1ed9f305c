//! What one layer, and several, do to the norms of a vector: symbolic in the law's moments, the gate's probability and the
//! vector.
//!
//! # The degree argument
//!
//! W has i.i.d. symmetric entries, a is a vector, D a diagonal of independent coins. Then E‖WDa‖₂² = Σ_i E h_i²,
//! E‖WDa‖₄⁴ = Σ_i E h_i⁴ and E‖WDa‖₂⁴ = Σ_{i,j} E h_i² h_j² are sums over tuples of row indices in which only the pattern
//! of coincidences matters: the number of tuples with a given pattern is a falling factorial of the number of rows d, so the
//! expectations are polynomials in d of degree 1, 1 and 2. Column by column they are polynomials in a, of degree 2 or 4,
//! that no permutation and no change of sign of the coordinates alters: combinations of x2 = ‖a‖₂² (degree 2) or of x2² and
//! x4 = ‖a‖₄⁴ (degree 4), with coefficients that do not depend on the number of columns, since appending a coordinate 0
//! changes neither side. Two columns determine the coefficients, because x2² and x4 are linearly independent from there on.
//! What has to be trusted is this paragraph and the arithmetic of [`super::polynomial`]; every width up to the degree is
//! then expanded and compared.

use std::ops::RangeInclusive;

use super::moments::Calculus;
use super::polynomial::{Polynomial, Variable};
use crate::claim::{Extent, Gathered, Observation, Point, Truth};
use crate::formula::Node;

/// A power of a norm of a vector.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Norm {
    /// ‖·‖₂²
    TwoSquared,
    /// ‖·‖₂⁴
    TwoFourth,
    /// ‖·‖₄⁴
    FourFourth,
}

impl Norm {
    /// All of them.
    pub const ALL: [Norm; 3] = [Norm::TwoSquared, Norm::TwoFourth, Norm::FourFourth];

    /// The power of a vector of polynomials.
    #[must_use]
    pub fn of(self, vector: &[Polynomial]) -> Polynomial {
        let sum_of_powers = |exponent| vector.iter().map(|entry| entry.power(exponent)).sum::<Polynomial>();
        match self {
            Norm::TwoSquared => sum_of_powers(2),
            Norm::TwoFourth => sum_of_powers(2).power(2),
            Norm::FourFourth => sum_of_powers(4),
        }
    }

    /// The degree, in the number of rows, of its expectation over a matrix of weights.
    const fn degree_in_rows(self) -> u32 {
        match self {
            Norm::TwoSquared | Norm::FourFourth => 1,
            Norm::TwoFourth => 2,
        }
    }
}

/// Which vector of a layer is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Site {
    /// The pre-activation h.
    BeforeGate,
    /// The activation a = D h.
    AfterGate,
}

/// The coordinates of a vector as polynomials.
#[must_use]
pub fn coordinates(vector: &[Variable]) -> Vec<Polynomial> {
    vector.iter().map(|variable| Polynomial::power_of(*variable, 1)).collect()
}

/// W a
#[must_use]
pub fn weighted(weights: &[Vec<Variable>], vector: &[Polynomial]) -> Vec<Polynomial> {
    let row =
        |row: &Vec<Variable>| row.iter().zip(vector).map(|(weight, entry)| &Polynomial::power_of(*weight, 1) * entry).sum::<Polynomial>();
    weights.iter().map(row).collect()
}

/// D h
#[must_use]
pub fn gated(coins: &[Variable], vector: &[Polynomial]) -> Vec<Polynomial> {
    coins.iter().zip(vector).map(|(coin, entry)| &Polynomial::power_of(*coin, 1) * entry).collect()
}

/// What carries a vector to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LayerMap {
    /// h = W a
    Weights,
    /// a = D h
    Gates,
    /// W D h: from pre-activation to pre-activation.
    GatesThenWeights,
}

/// The expected power of the norm after one step, for each width (the number of rows), symbolic in the incoming vector
/// a1, a2, … (as long as the width, but at least 2), `variance`, `kurtosis` and `p`. The points bind `width`, and `x2` and
/// `x4` as polynomials in a1, a2, ….
#[must_use]
pub fn one_step(map: LayerMap, norm: Norm, widths: RangeInclusive<usize>) -> Gathered {
    let observations = widths.map(|width| {
        let mut calculus = Calculus::new();
        let columns = if map == LayerMap::Gates { width } else { width.max(2) };
        let vector = coordinates(&calculus.vector("a", columns));
        let truth = image(&mut calculus, map, norm, width, &vector);
        let point = invariants(&calculus, &vector).with("width", whole(width));
        Observation { point, truth: Truth::Exact(calculus.to_node(&truth)) }
    });
    let (degree, because) = match map {
        LayerMap::Gates => (0, "degree argument: in x2 and x4 the width does not appear"),
        _ => (norm.degree_in_rows(), "degree argument: sums over tuples of rows are polynomials in the width"),
    };
    let extent = vec![Extent { name: "width", order: degree + 1, because }];
    Gathered { observations: observations.collect(), extent, ..Gathered::default() }
}

/// The expected power of the norm in the last layer of a net h^ℓ = W^ℓ D^{ℓ−1} h^{ℓ−1}, h^1 = W^1 a^0, for each width and
/// depth, symbolic in x2 = ‖a^0‖₂², x4 = ‖a^0‖₄⁴, `variance`, `kurtosis` and `p`; composed of one-layer maps that the moment
/// calculus finds. The points bind `width` and `depth`.
#[must_use]
pub fn composed(norm: Norm, site: Site, widths: RangeInclusive<usize>, depths: RangeInclusive<usize>) -> Gathered {
    let order = 2 * u32::try_from(*depths.end()).unwrap_or(u32::MAX / 4) + 1;
    let mut observations = Vec::new();
    for width in widths {
        let mut calculus = Calculus::new();
        let (x2, x4) = (calculus.indeterminate("x2"), calculus.indeterminate("x4"));
        let weights = transition(&mut calculus, LayerMap::Weights, width);
        let gates = transition(&mut calculus, LayerMap::Gates, width);
        // The state (E‖·‖₂², E‖·‖₂⁴, E‖·‖₄⁴).
        let mut state = vec![Polynomial::power_of(x2, 1), Polynomial::power_of(x2, 2), Polynomial::power_of(x4, 1)];
        for depth in 1..=*depths.end() {
            let before = applied(&weights, &state);
            state = applied(&gates, &before);
            if depths.contains(&depth) {
                let seen = if site == Site::BeforeGate { &before } else { &state };
                let truth = match norm {
                    Norm::TwoSquared => &seen[0],
                    Norm::TwoFourth => &seen[1],
                    Norm::FourFourth => &seen[2],
                };
                let point = Point::new().with("width", whole(width)).with("depth", whole(depth));
                observations.push(Observation { point, truth: Truth::Exact(calculus.to_node(truth)) });
            }
        }
    }
    let extent = vec![
        Extent { name: "width", order, because: "degree argument: each layer multiplies by polynomials in the width of degree at most 2" },
        Extent { name: "depth", order: 2, because: "composition: a product of equal 2 by 2 matrices" },
    ];
    Gathered { observations, extent, ..Gathered::default() }
}

/// A matrix applied to a vector, both of polynomials.
#[must_use]
pub fn applied(matrix: &[Vec<Polynomial>], vector: &[Polynomial]) -> Vec<Polynomial> {
    matrix.iter().map(|row| row.iter().zip(vector).map(|(entry, x)| entry * x).sum()).collect()
}

/// The linear map of one step on the state (E‖·‖₂², E‖·‖₂⁴, E‖·‖₄⁴), its entries polynomials in `variance`, `kurtosis` and
/// `p`: read off the expanded expectations, which must be combinations of the state's invariants.
#[must_use]
pub fn transition(calculus: &mut Calculus, map: LayerMap, width: usize) -> Vec<Vec<Polynomial>> {
    // Two coordinates of a; two gates too, since a coordinate 0 appended to h changes nothing.
    let entries = calculus.vector("a", 2);
    let vector = coordinates(&entries);
    let width = if map == LayerMap::Gates { 2 } else { width };
    let row = |norm: Norm, calculus: &mut Calculus| {
        let expected = image(calculus, map, norm, width, &vector);
        let same_degree = |other: &Norm| (*other == Norm::TwoSquared) == (norm == Norm::TwoSquared);
        let basis: Vec<Polynomial> = Norm::ALL.iter().filter(|other| same_degree(other)).map(|other| other.of(&vector)).collect();
        let shares = expected.in_basis(&basis, &entries).expect("an even symmetric form in a is one in x2, or in x2² and x4");
        let mut shares = shares.into_iter();
        let share = |other: Norm| if same_degree(&other) { shares.next().unwrap_or_default() } else { Polynomial::zero() };
        Norm::ALL.map(share).to_vec()
    };
    Norm::ALL.into_iter().map(|norm| row(norm, calculus)).collect()
}

/// The expected power of the norm after one step.
fn image(calculus: &mut Calculus, map: LayerMap, norm: Norm, width: usize, vector: &[Polynomial]) -> Polynomial {
    let incoming = match map {
        LayerMap::Weights => vector.to_vec(),
        LayerMap::Gates | LayerMap::GatesThenWeights => gated(&calculus.coins(vector.len()), vector),
    };
    let outgoing = match map {
        LayerMap::Gates => incoming,
        LayerMap::Weights | LayerMap::GatesThenWeights => weighted(&calculus.weights(width, vector.len()), &incoming),
    };
    calculus.expectation(&norm.of(&outgoing))
}

/// The point that binds `x2` and `x4` to the power sums of a vector.
fn invariants(calculus: &Calculus, vector: &[Polynomial]) -> Point {
    let x2 = calculus.to_node(&Norm::TwoSquared.of(vector));
    let x4 = calculus.to_node(&Norm::FourFourth.of(vector));
    Point::new().with("x2", x2).with("x4", x4)
}

/// A count as a literal.
pub(super) fn whole(count: usize) -> Node {
    Node::rational(&count.into())
}
