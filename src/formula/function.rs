//! The functions that a formula may call. Each is certified: its ball encloses the value.

/// A callable function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Function {
    /// `exp(x)`
    Exp,
    /// `ln(x)`, x > 0
    Ln,
    /// `sqrt(x)`, x ≥ 0
    Sqrt,
    /// `pi()`
    Pi,
    /// `binomial(n, k)`, integers, n ≥ 0; 0 outside 0 ≤ k ≤ n
    Binomial,
    /// `gamma_median(n)`: the median of the Gamma(n, 1) law, integer n ≥ 1
    GammaMedian,
    /// `erlang_cdf(n, x)`: P(Gamma(n, 1) ≤ x), the lower regularised incomplete gamma P(n, x), integer n ≥ 1; 0 for x ≤ 0
    ErlangCdf,
    /// `digamma(x)`, x a positive multiple of one half
    Digamma,
    /// `trigamma(x)`, x a positive multiple of one half
    Trigamma,
    /// `power_integral(a, b, e)` = ∫ from a to b of w^(e−1) dw, 0 < a ≤ b, integer e; ln(b/a) at e = 0
    PowerIntegral,
    /// `chi_square_moment(d, p, q)`: the q-th moment of the sum of those of d squared standard normal variables that independent
    /// coins of bias p keep, and 0 if they keep none; integer d ≥ 1. It is 2^q Γ(d/2 + q)/Γ(d/2) for p = 1, q > −d/2, and
    /// 2^−d Σ_{K≥1} C(d, K) 2^q Γ(K/2 + q)/Γ(K/2) for p = 1/2, q > −1/2
    ChiSquareMoment,
    /// `chi_square_log_cumulant(d, p, n)`: the cumulant of order n of the logarithm of that sum, given that the coins keep one; integers
    /// d ≥ 1 and 1 ≤ n ≤ 5. It is that of ln χ²_d for p = 1, ψ(d/2) + ln 2 and the derivatives of ψ at d/2, and of the mixture of the
    /// ln χ²_K with weights C(d, K)/(2^d − 1) for p = 1/2
    ChiSquareLogCumulant,
    /// `band_radius(n, m)`: the spectral radius of the n by n matrix with ones where |i − j| ≤ m and zeros elsewhere; integers
    /// n ≥ 1, m ≥ 0
    BandRadius,
}

impl Function {
    /// Every function, in the order of the documentation.
    pub const ALL: [Function; 13] = [
        Function::Exp,
        Function::Ln,
        Function::Sqrt,
        Function::Pi,
        Function::Binomial,
        Function::GammaMedian,
        Function::ErlangCdf,
        Function::Digamma,
        Function::Trigamma,
        Function::PowerIntegral,
        Function::ChiSquareMoment,
        Function::ChiSquareLogCumulant,
        Function::BandRadius,
    ];

    /// The name in formula text.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Function::Exp => "exp",
            Function::Ln => "ln",
            Function::Sqrt => "sqrt",
            Function::Pi => "pi",
            Function::Binomial => "binomial",
            Function::GammaMedian => "gamma_median",
            Function::ErlangCdf => "erlang_cdf",
            Function::Digamma => "digamma",
            Function::Trigamma => "trigamma",
            Function::PowerIntegral => "power_integral",
            Function::ChiSquareMoment => "chi_square_moment",
            Function::ChiSquareLogCumulant => "chi_square_log_cumulant",
            Function::BandRadius => "band_radius",
        }
    }

    /// The number of arguments.
    #[must_use]
    pub const fn arity(self) -> usize {
        match self {
            Function::Pi => 0,
            Function::Exp | Function::Ln | Function::Sqrt | Function::GammaMedian | Function::Digamma | Function::Trigamma => 1,
            Function::Binomial | Function::ErlangCdf | Function::BandRadius => 2,
            Function::PowerIntegral | Function::ChiSquareMoment | Function::ChiSquareLogCumulant => 3,
        }
    }

    /// The function of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Function> {
        Function::ALL.into_iter().find(|f| f.name() == name)
    }
}
