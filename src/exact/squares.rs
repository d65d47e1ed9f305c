//! The joint moments of two squared entries of h = W a, symbolic in the law's moments: given a, and through all layers.

use std::ops::RangeInclusive;

use super::layers::{LayerMap, Norm, applied, coordinates, transition, weighted, whole};
use super::moments::Calculus;
use super::polynomial::{Polynomial, Variable};
use crate::claim::{Extent, Gathered, Observation, Point, Truth};

/// Cov(h_1², h_2² | a) of h = W a, symbolic in a: the points bind `x2` and `x4` to polynomials in a.
#[must_use]
pub fn conditional_square_covariance() -> Gathered {
    let mut calculus = Calculus::new();
    let (entries, h) = two_rows(&mut calculus);
    let vector = coordinates(&entries);
    let [first, second] = [&h[0], &h[1]].map(|entry| entry.power(2));
    let product = &calculus.expectation(&first) * &calculus.expectation(&second);
    let covariance = &calculus.expectation(&(&first * &second)) - &product;
    let invariant = |norm: Norm| calculus.to_node(&norm.of(&vector));
    let point = Point::new().with("x2", invariant(Norm::TwoSquared)).with("x4", invariant(Norm::FourFourth));
    let truth = Truth::Exact(calculus.to_node(&covariance));
    let extent = vec![Extent { name: "width", order: 1, because: "two rows are looked at, whatever the number of rows" }];
    let observe = |width| Observation { point: point.clone().with("width", whole(width)), truth: truth.clone() };
    Gathered { observations: (2..=4).map(observe).collect(), extent, ..Gathered::default() }
}

/// Cov((h^L_1)², (h^L_2)²) in a net h^ℓ = W^ℓ D^{ℓ−1} h^{ℓ−1}, h^1 = W^1 a^0, for each width and depth, symbolic in
/// x2 = ‖a^0‖₂², x4 = ‖a^0‖₄⁴, `variance`, `kurtosis` and `p`; composed of one-layer maps that the moment calculus finds. The
/// points bind `width` and `depth`.
#[must_use]
pub fn composed_square_covariance(widths: RangeInclusive<usize>, depths: RangeInclusive<usize>) -> Gathered {
    let order = 2 * u32::try_from(*depths.end()).unwrap_or(u32::MAX / 4) - 1;
    let mut observations = Vec::new();
    for width in widths {
        let mut calculus = Calculus::new();
        let (x2, x4) = (calculus.indeterminate("x2"), calculus.indeterminate("x4"));
        let weights = transition(&mut calculus, LayerMap::Weights, width);
        let gates = transition(&mut calculus, LayerMap::Gates, width);
        let (single, both) = last_layer(&mut calculus);
        let mut state = vec![Polynomial::power_of(x2, 1), Polynomial::power_of(x2, 2), Polynomial::power_of(x4, 1)];
        for depth in 1..=*depths.end() {
            if depths.contains(&depth) {
                let mean = &single * &state[0];
                let mixed = &(&both[0] * &state[1]) + &(&both[1] * &state[2]);
                let truth = Truth::Exact(calculus.to_node(&(&mixed - &mean.power(2))));
                let point = Point::new().with("width", whole(width)).with("depth", whole(depth));
                observations.push(Observation { point, truth });
            }
            state = applied(&gates, &applied(&weights, &state));
        }
    }
    let because = "degree argument: each layer before the last multiplies by polynomials in the width of degree at most 2";
    let extent = vec![
        Extent { name: "width", order, because },
        Extent { name: "depth", order: 3, because: "composition: a product of equal 2 by 2 matrices, less a power" },
    ];
    Gathered { observations, extent, ..Gathered::default() }
}

/// E h_1² = single · ‖a‖₂² and E h_1² h_2² = both · (‖a‖₂⁴, ‖a‖₄⁴), read off the expanded expectations.
fn last_layer(calculus: &mut Calculus) -> (Polynomial, Vec<Polynomial>) {
    let (entries, h) = two_rows(calculus);
    let vector = coordinates(&entries);
    let squares = [&h[0], &h[1]].map(|entry| entry.power(2));
    let one = calculus.expectation(&squares[0]);
    let two = calculus.expectation(&(&squares[0] * &squares[1]));
    let even = "an even symmetric form in a is one in x2, or in x2² and x4";
    let single = one.in_basis(&[Norm::TwoSquared.of(&vector)], &entries).expect(even).remove(0);
    let both = two.in_basis(&[Norm::TwoFourth.of(&vector), Norm::FourFourth.of(&vector)], &entries).expect(even);
    (single, both)
}

/// Two coordinates of a, and two rows of W a.
fn two_rows(calculus: &mut Calculus) -> (Vec<Variable>, Vec<Polynomial>) {
    let entries = calculus.vector("a", 2);
    let weights = calculus.weights(2, 2);
    let h = weighted(&weights, &coordinates(&entries));
    (entries, h)
}
