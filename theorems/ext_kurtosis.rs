//! Beyond the paper · fourth moments increase with the kurtosis of the weights.
//!
//! In the coordinates w = E‖h‖₂⁴ − E‖h‖₄⁴ and v = E‖h‖₄⁴ a matrix carries w' = d(d−1)σ⁴(w + v), v' = dσ⁴(3w + κv), and a gate
//! (p²w, pv): no coefficient is negative, and κ stands alone in one of them, so E‖h^L‖₂⁴ = w + v strictly increases in κ for every
//! d, L, gate and input other than 0. Among all symmetric laws of a variance, Rademacher's gives the least fourth moments, and
//! every law with κ ≤ 3 no more than the Gaussian: for d = 4, L = 10, a flat unit input and critical linear layers, 13.5, 23.3,
//! 57.7, 711.6 at κ = 1, 1.8, 3, 6.
//!
//! Rungs: proved, enumerated. Beyond the paper; used by Theorem 9.

use suite::prelude::*;

use suite::prelude::exact::FiniteLaw;

/// The sum of the coordinates at `depth`, for the maps W and D.
macro_rules! coordinates {
    () => {
        "let state = (W*D)^(depth - 1)*W*[x2^2 - x4, x4]; state[0] + state[1]"
    };
}

/// E‖h^L‖₂⁴ in the coordinates (w, v); the rest are the places of plausible errors.
macro_rules! sum {
    () => {
        sum!("width - 1", "kurtosis", "p^2")
    };
    ($others:literal, $kurtosis:literal, $square:literal) => {
        concat!(
            "let W = width*variance^2*[[",
            $others,
            ", ",
            $others,
            "], [3, ",
            $kurtosis,
            "]]; let D = [[",
            $square,
            ", 0], [0, p]]; ",
            coordinates!()
        )
    };
}

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "ext-kurtosis",
    label: "Beyond the paper · fourth moments increase with the kurtosis",
    source: "beyond the paper; behind Theorem 9",
    says: "At given variance, width, depth, gate and input, E|h^L|_2^4 strictly increases with the kurtosis of the weights.",
    reconstructed: None,
    follows_from: &["thm-17"],
    quantities: &[Quantity::new("norm2-pow4", "E|h^L|_2^4", sum!(), &["width", "depth", "law", "gate", "input"])],
    claims: &[
        Claim::new("norm2-pow4", "E|h^L|_2^4 in coordinates in which no coefficient is negative")
            .against(&[
                rival("kurtosis - 3 for kurtosis", sum!("width - 1", "kurtosis - 3", "p^2")),
                rival("d for d - 1", sum!("width", "kurtosis", "p^2")),
                rival("p for p^2", sum!("width - 1", "kurtosis", "p")),
                rival("Gaussian whatever the law", sum!("width - 1", "3", "p^2")),
            ])
            .by(&[
                Evidence::settled("composed moment calculus", "one-layer maps expanded for each width, then composed", |_| {
                    Ok(exact::composed(exact::Norm::TwoFourth, exact::Site::BeforeGate, 1..=18, 1..=4))
                })
                .resting_on(&[
                    Step::lemma("independent signs", "the gates of a layer are independent coins, independent of the magnitudes"),
                    Step::lemma("degree argument", "each layer multiplies by polynomials in the width of degree at most 2"),
                ]),
                Evidence::enumerated("finite laws", "all outcomes of four laws and two gates", |_| {
                    Ok(exact::norms(&exact::small_nets()?, exact::Norm::TwoFourth, exact::Site::BeforeGate))
                }),
            ]),
        Claim::new("increasing", "E|h^L|_2^4 strictly increases with the kurtosis")
            .of("norm2-pow4")
            .related(Relation::Below)
            .against(&[
                rival("Gaussian whatever the law", sum!("width - 1", "3", "p^2")),
                rival("decreasing", sum!("width - 1", "9/kurtosis", "p^2")),
                rival("kurtosis + 4 for kurtosis", sum!("width - 1", "kurtosis + 4", "p^2")),
            ])
            .by(&[
                Evidence::proved(
                    "non-negative coefficients",
                    "width 1 + m: entries without sign, one of which the kurtosis is",
                    INCREASING,
                ),
                Evidence::enumerated("next kurtosis", "kurtosis 1 against 4, and 4 against 9, at variance 1", |_| next_kurtosis()),
            ]),
    ],
    figures: &[],
};

const INCREASING: &[Step] = &[
    Step::identity(
        "in m = d - 1 no coefficient is negative, and the kurtosis stands alone in one",
        "let width = 1 + m; claimed",
        concat!("let W = (1 + m)*variance^2*[[m, m], [3, kurtosis]]; let D = [[p^2, 0], [0, p]]; ", coordinates!()),
    ),
    Step::lemma("non-negative matrices", "w + v does not decrease, since x2^2 >= x4 >= 0, 0 < p <= 1 and m >= 0"),
    Step::identity(
        "one layer: a strict increase",
        "let depth = 1; (let kurtosis = kurtosis + j; claimed) - claimed",
        "width*variance^2*j*x4",
    ),
    Step::identity(
        "a further layer carries an increase (0, v) on to a positive one",
        "let W = (1 + m)*variance^2*[[m, m], [3, kurtosis]]; let D = [[p^2, 0], [0, p]]; (W*D*[0, v])[1]",
        "(1 + m)*variance^2*kurtosis*p*v",
    ),
];

/// Every width, depth and gate with three laws of variance 1, each against the next.
fn next_kurtosis() -> Result<Gathered, Unsettled> {
    let laws = [FiniteLaw::rademacher(), FiniteLaw::three_point(1, 4).scaled(&2.into()), FiniteLaw::three_point(1, 9).scaled(&3.into())];
    let shapes = [(1, 3), (2, 1), (2, 2), (2, 3), (3, 2)].map(|shape| exact::Gate::ALL.map(|gate| (shape, gate)));
    let observe = |(shape, gate)| {
        let nets = exact::grid(&laws, &[gate], &[shape], exact::uneven)?;
        Ok(certified::against_next(exact::norms(&nets, exact::Norm::TwoFourth, exact::Site::BeforeGate)))
    };
    shapes.into_iter().flatten().map(observe).collect()
}
