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
}

impl Function {
    /// Every function, in the order of the documentation.
    pub const ALL: [Function; 10] = [
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
        }
    }

    /// The number of arguments.
    #[must_use]
    pub const fn arity(self) -> usize {
        match self {
            Function::Pi => 0,
            Function::Exp | Function::Ln | Function::Sqrt | Function::GammaMedian | Function::Digamma | Function::Trigamma => 1,
            Function::Binomial | Function::ErlangCdf => 2,
            Function::PowerIntegral => 3,
        }
    }

    /// The function of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Function> {
        Function::ALL.into_iter().find(|f| f.name() == name)
    }
}
