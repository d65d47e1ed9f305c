//! How widely a norm behind one random layer spreads: exact second moments, which sample sizes and intervals rest on.
//!
//! With h = W a the entries h_i are independent copies of Σ_j w_j a_j, whose even moments up to order 8 follow from those of w by
//! binomial sums; those of Σ_i h_i² follow in the same way. A gate keeps each h_i with probability p, since h_i is symmetric.

use super::Norm;
use crate::network::{Gate, Law};

/// 1, E z, …, E z⁴ of some z ≥ 0.
type Moments = [f64; 5];

/// The order of a layer's two maps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// W a: a layer's pre-activation.
    Matrix,
    /// D W a: a layer's activation.
    MatrixThenGate,
    /// D h, |h| given and its signs random: what gates do to a pre-activation.
    Gate,
    /// W D h, the gates D being those of h with random signs: from one layer's pre-activation to the next one's.
    GateThenMatrix,
}

/// E X²/(E X)² − 1 of the norm X behind a layer of `rows` rows. All sums are of positive terms; the rounding is rounded up.
pub(super) fn relative_variance(norm: Norm, stage: Stage, law: Law, gate: Gate, input: &[f64], rows: usize) -> f64 {
    let open = if gate == Gate::Linear { 1.0 } else { 0.5 };
    let (first, second) = match stage {
        Stage::Matrix => behind(norm, &squared_entry(law, input.iter().copied()), rows),
        Stage::MatrixThenGate => behind(norm, &kept(squared_entry(law, input.iter().copied()), open), rows),
        Stage::Gate => over_patterns(gate, input, |kept| {
            let value = of_vector(norm, kept);
            (value, value * value)
        }),
        Stage::GateThenMatrix => over_patterns(gate, input, |kept| behind(norm, &squared_entry(law, kept.iter().copied()), rows)),
    };
    second / (first * first) * (1.0 + super::ALLOWANCE) - 1.0
}

/// The means of both numbers over all patterns of gates, given what each keeps of the input.
fn over_patterns(gate: Gate, input: &[f64], of: impl Fn(&[f64]) -> (f64, f64)) -> (f64, f64) {
    if gate == Gate::Linear {
        return of(input);
    }
    let patterns = 1u64 << input.len();
    let sums = (0..patterns).map(|pattern| {
        let kept: Vec<f64> = input.iter().enumerate().filter(|(index, _)| pattern >> index & 1 == 1).map(|(_, a)| *a).collect();
        of(&kept)
    });
    let (first, second) = sums.fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    (first / patterns as f64, second / patterns as f64)
}

/// That power of the norm of a vector.
fn of_vector(norm: Norm, vector: &[f64]) -> f64 {
    let sum = |power: i32| vector.iter().map(|x| x.powi(power)).sum::<f64>();
    match norm {
        Norm::TwoSquared => sum(2),
        Norm::TwoFourth => sum(2).powi(2),
        Norm::FourFourth => sum(4),
    }
}

/// The moments of h² for h = Σ_j w_j a_j: E h^2n = Σ_k C(2n, 2k) E s^2k E t^(2n−2k) for symmetric independent s + t.
fn squared_entry(law: Law, input: impl Iterator<Item = f64>) -> Moments {
    input.fold([1.0, 0.0, 0.0, 0.0, 0.0], |sum, a| {
        let term: [f64; 5] = std::array::from_fn(|n| law.moment(2 * n as u32) * (a * a).powi(n as i32));
        std::array::from_fn(|n| (0..=n).map(|k| binomial(2 * n, 2 * k) * sum[k] * term[n - k]).sum())
    })
}

/// The moments of z kept with probability `open`, else 0.
fn kept(z: Moments, open: f64) -> Moments {
    std::array::from_fn(|n| if n == 0 { 1.0 } else { open * z[n] })
}

/// E X and E X² of the norm X of `rows` entries whose squares have these moments.
fn behind(norm: Norm, square: &Moments, rows: usize) -> (f64, f64) {
    let added = |sum: Moments, _| std::array::from_fn(|n| (0..=n).map(|k| binomial(n, k) * sum[k] * square[n - k]).sum());
    let sum = || (0..rows).fold([1.0, 0.0, 0.0, 0.0, 0.0], added);
    let d = rows as f64;
    match norm {
        Norm::TwoSquared => (sum()[1], sum()[2]),
        Norm::TwoFourth => (sum()[2], sum()[4]),
        Norm::FourFourth => (d * square[2], d * square[4] + d * (d - 1.0) * square[2] * square[2]),
    }
}

fn binomial(n: usize, k: usize) -> f64 {
    (1..=k).fold(1.0, |product, i| product * (n - k + i) as f64 / i as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(norm: Norm, stage: Stage, law: Law, gate: Gate, input: &[f64], rows: usize) -> f64 {
        relative_variance(norm, stage, law, gate, input, rows)
    }

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-9 * (1.0 + expected), "{found} instead of {expected}");
    }

    #[test]
    fn gaussian_norms_spread_as_chi_squared_variables_do() {
        // E (χ²_d)^n = d (d + 2) ⋯ (d + 2n − 2), whatever the direction.
        let (law, input) = (Law::Gaussian(0.3), [1.0, -2.0, 0.5]);
        close(at(Norm::TwoSquared, Stage::Matrix, law, Gate::Linear, &input, 5), 2.0 / 5.0);
        close(at(Norm::TwoFourth, Stage::Matrix, law, Gate::Linear, &input, 5), 9.0 * 11.0 / (5.0 * 7.0) - 1.0);
        // E h⁸/(E h⁴)² = 105/9.
        close(at(Norm::FourFourth, Stage::Matrix, law, Gate::Linear, &input, 5), (105.0 / 9.0 - 1.0) / 5.0);
    }

    #[test]
    fn all_signs_of_a_small_net_give_the_same_spread() {
        let (law, input) = (Law::Rademacher(2.0), [1.0, -2.0, 4.0]);
        let entry = |signs: u32| (0..3).map(|j| if signs >> j & 1 == 1 { input[j] } else { -input[j] }).sum::<f64>();
        let all = |norm: &dyn Fn(f64, f64) -> f64| {
            let draws: Vec<f64> = (0..64u32).map(|signs| norm(entry(signs & 7), entry(signs >> 3))).collect();
            let mean = |power: i32| draws.iter().map(|x| x.powi(power)).sum::<f64>() / 64.0;
            mean(2) / mean(1).powi(2) - 1.0
        };
        let relu = |h: f64| h.max(0.0);
        let spread = |norm, stage| at(norm, stage, law, Gate::Relu, &input, 2);
        close(spread(Norm::TwoFourth, Stage::Matrix), all(&|a, b| (a * a + b * b).powi(2)));
        close(spread(Norm::TwoSquared, Stage::MatrixThenGate), all(&|a, b| relu(a).powi(2) + relu(b).powi(2)));
        close(spread(Norm::TwoFourth, Stage::MatrixThenGate), all(&|a, b| (relu(a).powi(2) + relu(b).powi(2)).powi(2)));
        close(spread(Norm::FourFourth, Stage::MatrixThenGate), all(&|a, b| relu(a).powi(4) + relu(b).powi(4)));
    }

    #[test]
    fn gates_before_the_matrix_are_fair_coins() {
        // One input entry: its gate is open in half of the nets.
        let law = Law::Uniform(1.0);
        let open = at(Norm::TwoFourth, Stage::Matrix, law, Gate::Relu, &[3.0], 2);
        close(at(Norm::TwoFourth, Stage::GateThenMatrix, law, Gate::Relu, &[3.0], 2), 2.0 * (open + 1.0) - 1.0);
        close(at(Norm::TwoFourth, Stage::GateThenMatrix, law, Gate::Linear, &[3.0], 2), open);
        // ‖Dh‖₂² of h = (1, 2) is 0, 1, 4 or 5.
        close(
            at(Norm::TwoFourth, Stage::Gate, law, Gate::Relu, &[1.0, 2.0], 2),
            (1.0 + 256.0 + 625.0) * 4.0 / (1.0 + 16.0 + 25.0f64).powi(2) - 1.0,
        );
        close(at(Norm::FourFourth, Stage::Gate, law, Gate::Linear, &[1.0, 2.0], 2), 0.0);
    }
}
