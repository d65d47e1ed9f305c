//! The distribution function of one ln X in double precision.

/// The distribution function of ln X at x, the shares of K = 1, …, width given: within 2⁻⁴⁰.
///
/// P(χ²_1 ≤ y) is the series e^(−y/2) √(2y/π) Σ_n y^n/(1·3⋯(2n+1)) of positive terms, P(χ²_2 ≤ y) = 1 − e^(−y/2), and
/// P(χ²_{K+2} ≤ y) = P(χ²_K ≤ y) − (y/2)^(K/2) e^(−y/2)/Γ(K/2 + 1): a thousand operations, each off by some units of 2⁻⁵³, would be
/// off by less than 2⁻⁴⁰ together.
pub fn log_cdf(x: f64, shares: &[f64]) -> f64 {
    let y = x.exp();
    let decay = (-y / 2.0).exp();
    let root = (2.0 * y / std::f64::consts::PI).sqrt();
    // 1 − P(χ²_1 ≤ 120) < 10⁻²⁶.
    let one = if y > 120.0 { 1.0 } else { decay * root * odd_series(y) };
    let mut cdf = [one, -(-y / 2.0).exp_m1()];
    // (y/2)^(K/2) e^(−y/2)/Γ(K/2 + 1)
    let mut term = [decay * root, decay * y / 2.0];
    let mut sum = 0.0;
    for (index, share) in shares.iter().enumerate() {
        let parity = index % 2;
        sum += share * cdf[parity].clamp(0.0, 1.0);
        cdf[parity] -= term[parity];
        term[parity] *= y / (index + 3) as f64;
    }
    sum
}

/// Σ_n y^n/(1·3⋯(2n+1))
fn odd_series(y: f64) -> f64 {
    let (mut term, mut sum) = (1.0, 1.0);
    let mut odd = 3.0;
    while term > sum * 1e-18 {
        term *= y / odd;
        sum += term;
        odd += 2.0;
    }
    sum
}
