//! The entries of the matrix that carries (E‖h‖₂⁴, E‖h‖₄⁴) through gates and the next layer, each by draws of its own.
//!
//! The power N of a norm of W D h is a form of degree four in h whose mean is Q₁‖h‖₂⁴ + Q₂‖h‖₄⁴ in each row of the matrix. Polarised,
//! P = ((N(e₁ + e₂) + N(e₁ − e₂))/2 − N(e₁) − N(e₂))/2 has the mean Q₁, and (N(e₁) + N(e₂))/2 − P the mean Q₂. All vectors meet the same
//! gates and weights; flipping the sign of a column of W changes no law.

use rand::Rng;

use super::{Net, Norm, backend};
use crate::claim::{Context, Gathered, Unsettled};
use crate::formula::Scaled;
use crate::network::{Backend, Gate, Law, NetworkError, States};
use crate::sampled::{self, Case, Generator};

/// The variance that plans and intervals rest on.
const SPREAD: &str = "exact moments of order 8 of two columns";

/// Which entry of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    /// Q₁, what ‖h‖₂⁴ contributes: x2 = 1, x4 = 0.
    Square,
    /// Q₂, what ‖h‖₄⁴ contributes: x2 = 0, x4 = 1.
    Fourth,
}

/// Both entries of the row of that norm, for each net (depths and inputs do not matter; entries must be positive): exact grade.
///
/// The points have x2 = 1, x4 = 0 for the first entry and x2 = 0, x4 = 1 for the second.
///
/// # Errors
/// If the device is not there, fails, or no plan fits.
pub fn matrix_row(context: &Context, norm: Norm, nets: &[Net]) -> Result<Gathered, Unsettled> {
    let backend = backend(context)?;
    let cases = nets.iter().flat_map(|net| {
        [(Column::Square, 1, 0), (Column::Fourth, 0, 1)].map(|(column, x2, x4)| {
            let net = Net { depth: 1, ..*net };
            let configuration = format!("{}, entry at x2 = {x2}, x4 = {x4}", net.configuration());
            let point = net.point().at("x2", x2).at("x4", x4);
            Case { point, configuration, setting: (net, column), cost: net.cost(), guess: spread(&net, norm, column) }
        })
    });
    let cases: Vec<_> = cases.collect();
    sampled::means(context, &cases, SPREAD, |(net, column), generator, draws| entries(&backend, net, norm, *column, generator, draws))
}

fn entries(
    backend: &Backend,
    net: &Net,
    norm: Norm,
    column: Column,
    generator: &mut Generator,
    draws: usize,
) -> Result<Vec<Scaled>, NetworkError> {
    let vector = |first: f64, second: f64| [[first, second].as_slice(), &vec![0.0; net.width - 2]].concat();
    let inputs = States::repeat(&[vector(1.0, 1.0), vector(1.0, -1.0), vector(1.0, 0.0), vector(0.0, 1.0)], 1)?;
    let words: Vec<u64> = (0..draws).map(|_| generator.next_u64()).collect();
    let (mut found, mut seen) = (Vec::with_capacity(draws), [0.0; 4]);
    net.layer().norms(backend, &inputs, draws, generator, |input, norms| {
        seen[input] = match norm {
            Norm::TwoSquared => norms.pre_norm2_pow2,
            Norm::TwoFourth => norms.pre_norm2_pow2 * norms.pre_norm2_pow2,
            Norm::FourFourth => norms.pre_norm4_pow4,
        };
        if input + 1 == seen.len() {
            // The signs of h decide its gates.
            let word = words[found.len()];
            let [first, second] = [word, word >> 1].map(|word| net.gate.is_open(if word & 1 == 1 { 1.0 } else { -1.0 }));
            let kept = |open: bool, value: f64| if open { value } else { 0.0 };
            let polar = kept(first && second, ((seen[0] + seen[1]) / 2.0 - seen[2] - seen[3]) / 2.0);
            found.push(Scaled::from(match column {
                Column::Square => polar,
                Column::Fourth => (kept(first, seen[2]) + kept(second, seen[3])) / 2.0 - polar,
            }));
        }
    })?;
    Ok(found)
}

/// E Z²/(E Z)² − 1 of the draws Z of an entry, rounded up.
fn spread(net: &Net, norm: Norm, column: Column) -> f64 {
    let open = if net.gate == Gate::Linear { 1.0 } else { 0.5 };
    let (first, second) = match norm {
        Norm::FourFourth => fours(net.law(), open, net.width, column),
        _ => squares(net.law(), open, net.width, column),
    };
    second / (first * first) * (1.0 + super::ALLOWANCE) - 1.0
}

/// E Z and E Z² behind ‖·‖₄⁴, a sum over independent rows given the gates.
fn fours(law: Law, open: f64, rows: usize, column: Column) -> (f64, f64) {
    let m = |order| law.moment(order);
    let d = rows as f64;
    let row = match column {
        Column::Square => vec![(open * open, 3.0 * m(2) * m(2), 9.0 * m(4) * m(4))],
        Column::Fourth => vec![
            (open * open, m(4) - 3.0 * m(2) * m(2), (m(8) + m(4) * m(4)) / 2.0 - 6.0 * m(6) * m(2) + 9.0 * m(4) * m(4)),
            (2.0 * open * (1.0 - open), m(4) / 2.0, m(8) / 4.0),
        ],
    };
    let first = row.iter().map(|(weight, mean, _)| weight * d * mean).sum();
    let second = row.iter().map(|(weight, mean, square)| weight * (d * square + d * (d - 1.0) * mean * mean)).sum();
    (first, second)
}

/// E Z and E Z² behind ‖·‖₂⁴: with A, B the squared lengths of two columns and C their inner product, P = AB + 2C² if both gates are open.
fn squares(law: Law, open: f64, rows: usize, column: Column) -> (f64, f64) {
    let e = columns(law, rows);
    let both = open * open;
    let polar = (both * (e[1][1][0] + 2.0 * e[0][0][2]), both * (e[2][2][0] + 4.0 * e[1][1][2] + 4.0 * e[0][0][4]));
    match column {
        Column::Square => polar,
        Column::Fourth => {
            let own = (open * e[4][0][0] + both * e[2][2][0]) / 2.0;
            let cross = 2.0 * both * (e[3][1][0] + 2.0 * e[2][0][2]);
            (open * e[2][0][0] - polar.0, own - cross + polar.1)
        }
    }
}

/// E A^a B^b C^c at [a][b][c], a + b + c ≤ 4, for two columns of that many independent entries.
fn columns(law: Law, rows: usize) -> [[[f64; 5]; 5]; 5] {
    let choose = |n: usize, k: usize| {
        [[1., 0., 0., 0., 0.], [1., 1., 0., 0., 0.], [1., 2., 1., 0., 0.], [1., 3., 3., 1., 0.], [1., 4., 6., 4., 1.]][n][k]
    };
    let one = |a: usize, b: usize, c: usize| law.moment((2 * a + c) as u32) * law.moment((2 * b + c) as u32);
    let mut sums = [[[0.0; 5]; 5]; 5];
    sums[0][0][0] = 1.0;
    let powers = || (0..5).flat_map(|a| (0..5 - a).flat_map(move |b| (0..5 - a - b).map(move |c| (a, b, c))));
    for _ in 0..rows {
        let before = sums;
        for (a, b, c) in powers() {
            let parts = (0..=a).flat_map(|i| (0..=b).flat_map(move |j| (0..=c).map(move |k| (i, j, k))));
            let part = |(i, j, k)| choose(a, i) * choose(b, j) * choose(c, k) * before[i][j][k] * one(a - i, b - j, c - k);
            sums[a][b][c] = parts.map(part).sum();
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mean and mean square of an entry's draws over all signs of a 2 × 2 Rademacher matrix and all gates.
    fn enumerated(norm: Norm, column: Column, scale: f64) -> (f64, f64) {
        let power = |first: f64, second: f64, weights: &[f64; 4]| {
            let h = [weights[0] * first + weights[1] * second, weights[2] * first + weights[3] * second];
            match norm {
                Norm::FourFourth => h[0].powi(4) + h[1].powi(4),
                _ => (h[0] * h[0] + h[1] * h[1]).powi(2),
            }
        };
        let draw = |bits: u32| {
            let weights = std::array::from_fn(|i| if bits >> i & 1 == 1 { scale } else { -scale });
            let [a, b] = [4, 5].map(|i| f64::from(bits >> i & 1));
            let n = |first: f64, second: f64| power(a * first, b * second, &weights);
            let polar = ((n(1.0, 1.0) + n(1.0, -1.0)) / 2.0 - n(1.0, 0.0) - n(0.0, 1.0)) / 2.0;
            if column == Column::Square { polar } else { (n(1.0, 0.0) + n(0.0, 1.0)) / 2.0 - polar }
        };
        let mean = |order: i32| (0..64).map(|bits| draw(bits).powi(order)).sum::<f64>() / 64.0;
        (mean(1), mean(2))
    }

    #[test]
    fn the_moments_of_every_entry_are_those_of_all_outcomes() {
        for column in [Column::Square, Column::Fourth] {
            for (norm, found) in [
                (Norm::TwoFourth, squares(Law::Rademacher(1.5), 0.5, 2, column)),
                (Norm::FourFourth, fours(Law::Rademacher(1.5), 0.5, 2, column)),
            ] {
                let expected = enumerated(norm, column, 1.5);
                assert!((found.0 - expected.0).abs() < 1e-9, "{norm:?} {column:?}: {found:?} instead of {expected:?}");
                assert!((found.1 - expected.1).abs() < 1e-9, "{norm:?} {column:?}: {found:?} instead of {expected:?}");
            }
        }
    }
}
