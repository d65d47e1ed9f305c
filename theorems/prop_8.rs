//! Proposition 8 · no joint stabilisation of the second and fourth moment.
//!
//! h^ℓ = W^ℓ a^{ℓ−1}, W^ℓ ∈ R^{d×d} i.i.d. symmetric of variance σ² and kurtosis κ, gates of probability p, x ≠ 0. The ratio
//! E‖h^L‖₂⁴/(E‖h^L‖₂²)² is free of σ²: no variance stabilises both moments unless the ratio itself is bounded. It is the recursion of
//! thm-17 divided by (p d σ²)² a layer. For Gaussian linear nets E‖h^L‖² = (dσ²)^L‖x‖², E‖h^L‖⁴ = (d(d+2)σ⁴)^L‖x‖⁴ and the ratio is
//! (1 + 2/d)^L, bounded iff L/d is. In general it grows like the L-th power of the matrix's spectral radius at critical variance, above
//! 1 except for d = 1, linear, κ = 1 (prop-18).
//!
//! Rungs: proved, enumerated. Source: Section 4, Proposition 8, Eqs. (4)–(6).

use suite::prelude::*;

/// The ratio; the arguments are the places of plausible errors.
macro_rules! ratio {
    () => {
        ratio!("kurtosis - 3", "width + 2", "3", "p", "1 - p", "depth - 1")
    };
    ($excess:literal, $pair:literal, $three:literal, $open:literal, $closed:literal, $steps:literal) => {
        concat!(
            "let c = ",
            $excess,
            "; let d = ",
            $pair,
            "; let e = ",
            $three,
            "; let p = ",
            $open,
            "; let n = ",
            $closed,
            "; ",
            "let step = 1/(p*width)*[[d*p, d*n + c], [e*p, e*n + c]]; ",
            "let first = 1/width*[d + c*x4/x2^2, e + c*x4/x2^2]; (step^(",
            $steps,
            ")*first)[0]"
        )
    };
}

/// E‖h^L‖₂⁴ by the recursion of thm-17.
macro_rules! fourth {
    () => {
        "(let c = kurtosis - 3; \
         let Q = width*variance^2*[[(width + 2)*p^2, (width + 2)*p*(1 - p) + c*p], [3*p^2, 3*p*(1 - p) + c*p]]; \
         let first = width*variance^2*[(width + 2)*x2^2 + c*x4, 3*x2^2 + c*x4]; (Q^(depth - 1)*first)[0])"
    };
}

/// E‖h^L‖₂² (prop-2).
macro_rules! second {
    () => {
        "(width*variance*(p*width*variance)^(depth - 1)*x2)"
    };
}

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "prop-8",
    label: "Proposition 8 · no joint stabilisation of the second and fourth moment",
    source: "Section 4, Proposition 8, Eqs. (4)-(6)",
    says: "E|h^L|^4/(E|h^L|^2)^2 does not depend on the variance of the weights; for Gaussian linear nets it is (1 + 2/d)^L, bounded if and \
           only if L/d is: no variance stabilises the second and the fourth moment together at fixed width.",
    reconstructed: Some("the formulas, from the prose and the proof"),
    follows_from: &["prop-2", "thm-17"],
    quantities: &[
        Quantity::new("ratio", "E|h^L|_2^4/(E|h^L|_2^2)^2", ratio!(), &["width", "depth", "law", "gate", "input"])
            .requiring(&[Requirement { positive: "x2", says: "the input must not be 0" }]),
        Quantity::new(
            "gaussian-linear-ratio",
            "the same for Gaussian weights and linear gates",
            "(1 + 2/width)^depth",
            &["width", "depth"],
        ),
        Quantity::new(
            "gaussian-linear-norm2-pow4",
            "E|h^L|_2^4 for Gaussian weights and linear gates",
            "(width*(width + 2)*variance^2)^depth*x2^2",
            &["width", "depth", "law", "input"],
        ),
    ],
    claims: &[
        Claim::new("ratio", "E|h^L|^4/(E|h^L|^2)^2 by the recursion of Theorem 17 over the square of Proposition 2's factor")
            .against(&[
                rival("gate forgotten", ratio!("kurtosis - 3", "width + 2", "3", "1", "0", "depth - 1")),
                rival("d + 1 for d + 2", ratio!("kurtosis - 3", "width + 1", "3", "p", "1 - p", "depth - 1")),
                rival("2 for 3", ratio!("kurtosis - 3", "width + 2", "2", "p", "1 - p", "depth - 1")),
                rival("Gaussian whatever the law", ratio!("0", "width + 2", "3", "p", "1 - p", "depth - 1")),
                rival("one layer more", ratio!("kurtosis - 3", "width + 2", "3", "p", "1 - p", "depth")),
                rival("both moments stable", "1"),
            ])
            .by(&[
                Evidence::proved(
                    "composition",
                    "the definition, the proved moments of thm-17 and prop-2 put in",
                    &[Step::identity("the definition", "claimed", concat!(fourth!(), "/", second!(), "^2"))],
                ),
                Evidence::enumerated("finite laws", "all outcomes of four laws, two gates: both moments of the same nets", |_| {
                    Ok(exact::norm_ratios(&exact::small_nets()?, exact::Site::BeforeGate))
                }),
            ]),
        Claim::new("gaussian-linear-ratio", "Gaussian linear: (1 + 2/d)^L, bounded if and only if L/d is")
            .against(&[
                rival("1 for 2", "(1 + 1/width)^depth"),
                rival("the ReLU rate", "(1 + 5/width)^depth"),
                rival("one layer fewer", "(1 + 2/width)^(depth - 1)"),
                rival("stable", "1"),
            ])
            .by(&[Evidence::proved(
                "composition",
                "the recursion of thm-17 at kurtosis 3 and p = 1",
                &[Step::identity("the definition", "claimed", concat!("let kurtosis = 3; let p = 1; ", fourth!(), "/", second!(), "^2"))],
            )]),
        Claim::new("gaussian-linear-norm2-pow4", "Gaussian linear: E|h^L|^4 = (d(d+2) sigma^4)^L |x|^4")
            .against(&[
                rival("square of the second moment", "(width*variance)^(2*depth)*x2^2"),
                rival("sum of fourth powers", "(3*width*variance^2)^depth*x2^2"),
            ])
            .by(&[Evidence::proved(
                "composition",
                "the recursion of thm-17 at kurtosis 3 and p = 1",
                &[Step::identity(
                    "the recursion's first coordinate decouples",
                    "claimed",
                    concat!("let kurtosis = 3; let p = 1; ", fourth!()),
                )],
            )]),
    ],
    figures: &[],
};
