//! Proposition 18 · the moment matrix at large width.
//!
//! At the critical variance pdσ² = 1 the matrix of Theorem 17 is
//! Q = (1/d) `[[d+2, (d+2)(1−p)/p + (κ−3)/p], [3, 3(1−p)/p + (κ−3)/p]]`: linear (p = 1) `[[1+2/d, (κ−3)/d], [3/d, (κ−3)/d]]`, ReLU
//! (p = 1/2) `[[1+2/d, 1+2/d+2(κ−3)/d], [3/d, 3/d+2(κ−3)/d]]`, with the limits `[[1,0],[0,0]]` and `[[1,1],[0,0]]`. Its spectral
//! radius is ρ = 1 + 2/d + 3(κ−3)/d² + O(d⁻³) and 1 + 5/d + 12(κ−3)/d² + O(d⁻³): it tends to 1, yet d² det(I−Q) = −(2d+κ−3) and
//! −(5d+2κ−6) show ρ > 1 for all κ ≥ 1 and d ≥ 2 (linear), d ≥ 1 (ReLU). Larger κ, and ReLU, make it larger.
//!
//! Rungs: proved, certified. Source: Appendix B.2, Proposition 18, Eqs. (47)–(50).

use suite::prelude::*;

use suite::prelude::exact::Gate::{Linear, Relu};

/// ρ(Q), the larger root of the characteristic polynomial.
macro_rules! radius {
    ($($given:literal)?) => {
        concat!(
            $($given,)?
            "let c = kurtosis - 3; let trace = (width + 2 + (3*(1 - p) + c)/p)/width; let det = (width - 1)*c/(p*width^2); ",
            "(trace + sqrt(trace^2 - 4*det))/2"
        )
    };
}

/// Q at critical variance, its trace and determinant.
macro_rules! with_q {
    ($body:literal) => {
        concat!(
            "let c = (kurtosis - 3)/p; let r = (1 - p)/p; let Q = [[width + 2, (width + 2)*r + c], [3, 3*r + c]]/width; ",
            "let trace = Q[0][0] + Q[1][1]; let det = Q[0][0]*Q[1][1] - Q[0][1]*Q[1][0]; ",
            $body
        )
    };
}

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "prop-18",
    label: "Proposition 18 · the moment matrix at large width",
    source: "Appendix B.2, Proposition 18, Eqs. (47)-(50)",
    says: "At critical variance the spectral radius of Q exceeds 1 at every finite width, for every law and both gates, and tends to 1 \
           like 1 + 2/d (linear) and 1 + 5/d (ReLU).",
    reconstructed: Some("the word proposition, and the matrices, from the prose and the proofs"),
    follows_from: &["thm-17"],
    quantities: &[
        Quantity::new("spectral-radius", "rho(Q) at critical variance; of the law, its kurtosis counts", radius!(), PARAMETERS),
        Quantity::new("determinant", "-d^2 det(I - Q) at critical variance", "2*width + (3*width*(1 - p) + kurtosis - 3)/p", PARAMETERS),
        Quantity::new(
            "expansion",
            "rho(Q) at critical variance up to a remainder of order d^-3",
            "1 + (3/p - 1)/width + 3*(kurtosis - 3)/(p^2*width^2)",
            PARAMETERS,
        ),
        Quantity::new("one", "1: the spectral radius that would keep fourth moments", "1", &[]),
    ],
    claims: &[
        Claim::new("spectral-radius", "rho(Q) is the larger root of the characteristic polynomial")
            .against(&[
                rival("kurtosis for kurtosis - 3", radius!("let kurtosis = kurtosis + 3; ")),
                rival("Gaussian whatever the law", radius!("let kurtosis = 3; ")),
                rival("gate forgotten", radius!("let p = 1; ")),
                rival("trace alone", "(width + 2 + (3*(1 - p) + kurtosis - 3)/p)/width"),
                rival("wide limit", "1"),
            ])
            .by(&[
                Evidence::certified("Collatz-Wielandt", BRACKETS, |_| brackets()),
                Evidence::proved(
                    "quadratic formula",
                    "the roots of the characteristic polynomial of Q (thm-17)",
                    &[
                        Step::lemma("quadratic formula", "the roots of x^2 - trace x + det; the larger rules, as trace > 0"),
                        Step::identity("with the trace and determinant of Q", "claimed", with_q!("(trace + sqrt(trace^2 - 4*det))/2")),
                    ],
                ),
            ]),
        Claim::new("determinant", "-d^2 det(I - Q) = 2d + (3d(1-p) + kappa - 3)/p")
            .against(&[
                rival("gate forgotten", "2*width + kurtosis - 3"),
                rival("kurtosis for kurtosis - 3", "2*width + (3*width*(1 - p) + kurtosis)/p"),
                rival("4 for 5", "2*width + (2*width*(1 - p) + kurtosis - 3)/p"),
            ])
            .by(&[Evidence::settled("moment calculus", "Q expanded in symbols for each width, at critical variance", |_| {
                Ok(exact::determinants(1..=6))
            })
            .resting_on(&[Step::lemma("degree argument", "the entries of d Q are polynomials in d of degree 1")])]),
        Claim::new("above-one", "rho(Q) > 1 for every width, law and gate (d >= 2 in linear nets)")
            .of("one")
            .related(Relation::Below)
            .against(&[rival("supercritical by a half", "3/2"), rival("the linear expansion's 5/d", "1 + 5/width")])
            .by(&[
                Evidence::proved("between the roots", "the characteristic polynomial of Q (thm-17) at 1", ABOVE),
                Evidence::certified("Collatz-Wielandt", BRACKETS, |_| brackets()),
            ]),
        Claim::new("kurtosis", "rho(Q) strictly increases with the kurtosis")
            .of("spectral-radius")
            .related(Relation::Below)
            .against(&[
                rival("Gaussian whatever the law", radius!("let kurtosis = 3; ")),
                rival("decreasing", radius!("let kurtosis = 9/kurtosis; ")),
                rival("kurtosis + 6 for kurtosis", radius!("let kurtosis = kurtosis + 6; ")),
            ])
            .by(&[Evidence::certified("Collatz-Wielandt", "rho against the bracket for the next larger kurtosis", |_| {
                let chains = [(2, Linear), (2, Relu), (9, Linear), (9, Relu)];
                chains
                    .into_iter()
                    .map(|(width, gate)| exact::growth_rates(&[width], &[gate], KURTOSES).map(certified::against_next))
                    .collect()
            })]),
        Claim::new("gate", "rho(Q) is larger for ReLU than for linear gates")
            .of("spectral-radius")
            .related(Relation::Below)
            .against(&[rival("constant", "2"), rival("two gates for none", radius!("let p = 1/4; "))])
            .by(&[Evidence::certified("Collatz-Wielandt", "rho of linear nets against the bracket for ReLU", |_| {
                KURTOSES.iter().map(|k| exact::growth_rates(&[5], &[Linear, Relu], &[*k]).map(certified::against_next)).collect()
            })]),
        Claim::new("expansion", "rho(Q) = 1 + (3/p - 1)/d + 3(kappa - 3)/(p d)^2 + O(d^-3)")
            .against(&[
                rival("linear for both gates", "1 + 2/width + 3*(kurtosis - 3)/width^2"),
                rival("first order", "1 + (3/p - 1)/width"),
                rival("6 for 12", "1 + (3/p - 1)/width + 3*(kurtosis - 3)/(p*width^2)"),
            ])
            .by(&[Evidence::proved("residual", "put into the characteristic polynomial it leaves terms of order d^-3", RESIDUAL)]),
    ],
    figures: &[],
};

const PARAMETERS: &[&str] = &["width", "law", "gate"];
const BRACKETS: &str = "rational brackets from a power iteration with the matrix that the moment calculus finds";
const KURTOSES: &[(u32, u32)] = &[(1, 1), (9, 5), (3, 1), (6, 1), (20, 1)];

const ABOVE: &[Step] = &[
    Step::lemma("quadratic formula", "1 lies below the larger root where the characteristic polynomial is negative at 1"),
    Step::identity(
        "linear, d = 2 + m, kappa = 1 + j: negative for all m, j >= 0",
        concat!("let p = 1; let width = 2 + m; let kurtosis = 1 + j; ", with_q!("width^2*(claimed^2 - trace*claimed + det)")),
        "-(2*m + j + 2)",
    ),
    Step::identity(
        "ReLU, d = 1 + m, kappa = 1 + j: negative for all m, j >= 0",
        concat!("let p = 1/2; let width = 1 + m; let kurtosis = 1 + j; ", with_q!("width^2*(claimed^2 - trace*claimed + det)")),
        "-(5*m + 2*j + 1)",
    ),
];

const RESIDUAL: &[Step] = &[
    Step::lemma("quadratic formula", "the residual is (x - rho)(x - other), and other -> 0"),
    Step::identity(
        "the residual at the expansion",
        with_q!("claimed^2 - trace*claimed + det"),
        "let b = 3*(kurtosis - 3)/p^2; b*((3/p - 1 - (kurtosis - 3)/p)/width^3 + b/width^4)",
    ),
    Step::identity("the trace is 1 and terms of order 1/d", with_q!("trace - 1"), "(3/p - 1 + (kurtosis - 3)/p)/width"),
];

fn brackets() -> Result<Gathered, Unsettled> {
    exact::growth_rates(&[2, 3, 5, 9, 16], &[Linear, Relu], KURTOSES)
}
