//! Lemma 12 · symmetry, gates and squared entries.
//!
//! h^ℓ = W^ℓ a^{ℓ−1}, W^ℓ of independent entries symmetric about 0, of one variance σ² and kurtosis κ. (i) h has the law of −h: every
//! moment of odd order in an entry vanishes. (ii) A gate is open with probability 1/2 if P(⟨w, a⟩ = 0) = 0. (iii) as told, the squared
//! entries of h are uncorrelated.
//!
//! *Erratum.* (iii) is false beyond the first layer: Cov((h^L_1)², (h^L_2)²) = σ⁴ Var‖a^{L−1}‖², positive where the norm is random. Given
//! a^{L−1} the entries are independent and their squares uncorrelated: the corrected statement. Nothing downstream breaks: thm-17 needs
//! only that the sign of each row is free.
//!
//! Rungs: proved, enumerated, sampled. Source: Appendix B.1, Lemma 12.

use suite::prelude::*;

/// The covariance, E‖a^{L−1}‖₂⁴ by the recursion on activations; the arguments are the places of plausible errors.
macro_rules! covariance {
    () => {
        covariance!("kurtosis - 3", "p^2", "p*(1 - p)", "depth - 1", "variance^2")
    };
    ($excess:literal, $square:literal, $spread:literal, $steps:literal, $scale:literal) => {
        concat!(
            "let c = ",
            $excess,
            "; let step = width*variance^2*[[",
            $square,
            ", ",
            $spread,
            "], [0, p]]*[[width + 2, c], [3, c]]; ",
            $scale,
            "*((step^(",
            $steps,
            ")*[x2^2, x4])[0] - ((p*width*variance)^(",
            $steps,
            ")*x2)^2)"
        )
    };
}

/// One piece of the erratum: the covariance of the witness net, for one gate.
macro_rules! witness {
    ($method:literal, $gate:ident) => {
        Evidence::enumerated($method, "the law -2, -1, 1, 2, d = 2, x = (5, 7), layer 2", |_| {
            let net = exact::Net::uniform(&exact::FiniteLaw::four_point(), exact::Gate::$gate, 2, 2, &[5, 7])?;
            Ok(exact::square_covariances(&[net]))
        })
    };
}

/// One piece of the counterexample to (ii) without its hypothesis.
macro_rules! convention {
    ($method:literal, $ties:ident) => {
        Evidence::enumerated($method, "signs +-1, a = (1, 1): the pre-activation is 0 with probability 1/2", |_| {
            Ok(exact::openness(&[exact::tied(exact::Ties::$ties)?]))
        })
    };
}

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "lemma-12",
    label: "Lemma 12 · symmetry, gates and squared entries",
    source: "Appendix B.1, Lemma 12",
    says: "Pre-activations are symmetric, and gates open with probability 1/2 where <w, a> is almost surely not 0. Squared entries of one \
           pre-activation are uncorrelated given the activation below only: without it their covariance is sigma^4 Var|a|^2.",
    reconstructed: Some("the wording of part (iii): \"squared entries are uncorrelated\""),
    follows_from: &["lemma-15", "prop-13"],
    quantities: &[
        Quantity::new("odd-moment", "E h_1^i h_2^j in any layer, i odd", "0", &[]),
        Quantity::new("open-probability", "P(h > 0) where h is almost surely not 0", "1/2", &[]),
        Quantity::new("square-covariance", "Cov((h^L_1)^2, (h^L_2)^2)", covariance!(), &["width", "depth", "law", "gate", "input"])
            .requiring(&[Requirement {
                positive: "width - 1",
                says: "width must be at least 2: a covariance of two entries needs two rows",
            }]),
        Quantity::new("conditional-square-covariance", "Cov(h_1^2, h_2^2) given the activation below, the input", "0", &[]),
        Quantity::new("uncorrelated", "Cov((h^L_1)^2, (h^L_2)^2), as told", "0", &[]),
    ],
    claims: &[
        Claim::new("odd-moment", "(i) h has the law of -h: odd moments vanish")
            .against(&[
                rival("the mean behind the gate", "variance*x2*(1 - p)/width + variance"),
                rival("symmetric at layer 1 only", "depth - 1"),
            ])
            .by(&[Evidence::enumerated("finite laws", "E h_1, E h_1^3, E h_1 h_2^2 and E h_1^3 h_2^2, four laws, two gates", |_| {
                Ok(exact::odd_moments(&exact::grid(&exact::laws(), &exact::Gate::ALL, &[(2, 1), (2, 2), (2, 3), (3, 2)], exact::uneven)?))
            })]),
        Claim::new("open-probability", "(ii) a gate is open with probability 1/2 where its pre-activation is almost surely not 0")
            .against(&[rival("ties closed", "1/4"), rival("ties open", "3/4")])
            .by(&[
                Evidence::enumerated("signs of distinct magnitudes", "first layers without ties", |_| {
                    let first: Vec<exact::Net> = exact::untied()?.into_iter().filter(|net| net.depth() == 1).collect();
                    Ok(exact::openness(&first))
                }),
                Evidence::sampled("share of open gates", "first layers of Gaussian and uniform nets on candle", |context| {
                    nets::gate_openings(context, &[nets::Net::relu(3, 1), nets::Net::new(5, 1, "he-uniform", network::Gate::Relu)])
                }),
            ]),
        Claim::new("ties", "(ii) without its hypothesis: ties bias a gate under either strict convention")
            .of("open-probability")
            .expecting(Expectation::Refuted)
            .by(&[convention!("closed at 0", Closed), convention!("open at 0", Open)]),
        Claim::new("square-covariance", "Cov((h^L_1)^2, (h^L_2)^2) = sigma^4 Var|a^(L-1)|^2")
            .against(&[
                rival("uncorrelated, as told", "0"),
                rival("gate forgotten", covariance!("kurtosis - 3", "1", "0", "depth - 1", "variance^2")),
                rival("gates' variance forgotten", covariance!("kurtosis - 3", "p^2", "0", "depth - 1", "variance^2")),
                rival("kurtosis for kurtosis - 3", covariance!("kurtosis", "p^2", "p*(1 - p)", "depth - 1", "variance^2")),
                rival("a layer too many", covariance!("kurtosis - 3", "p^2", "p*(1 - p)", "depth", "variance^2")),
                rival("sigma^2 for sigma^4", covariance!("kurtosis - 3", "p^2", "p*(1 - p)", "depth - 1", "variance")),
            ])
            .by(&[
                Evidence::settled("moment calculus", "one-layer expectations and E h_1^2 h_2^2, expanded and composed", |_| {
                    Ok(exact::composed_square_covariance(1..=22, 1..=6))
                })
                .resting_on(COMPOSITION),
                Evidence::enumerated("finite laws", "four laws, two gates, ties and dead nets included", |_| {
                    Ok(exact::square_covariances(&exact::grid(&exact::laws(), &exact::Gate::ALL, SHAPES, exact::uneven)?))
                }),
            ]),
        Claim::new("conditional-square-covariance", "corrected (iii): given the activation below, squared entries are uncorrelated")
            .against(&[rival("the kurtosis left over", "(kurtosis - 3)*variance^2*x4"), rival("two rows' pairing", "2*variance^2*x2^2")])
            .by(&[
                Evidence::settled("moment calculus", "E h_1^2 h_2^2 - E h_1^2 E h_2^2, symbolic in the activation", |_| {
                    Ok(exact::conditional_square_covariance())
                })
                .resting_on(COMPOSITION),
                Evidence::enumerated("finite laws", "one layer from fixed activations, four laws", |_| {
                    let nets = exact::grid(&exact::laws(), &[exact::Gate::Linear], &[(2, 1), (3, 1)], exact::uneven)?;
                    Ok(exact::square_covariances(&nets))
                }),
            ]),
        Claim::new("uncorrelated", "(iii) as told: the squared entries of a pre-activation are uncorrelated")
            .expecting(Expectation::Refuted)
            .by(&[witness!("second layer, linear", Linear), witness!("second layer, ReLU", Relu)]),
    ],
    figures: &[],
};

const SHAPES: &[(usize, usize)] = &[(2, 1), (2, 2), (2, 3), (3, 2)];
const COMPOSITION: &[Step] = &[
    Step::lemma("independent signs", "gates are independent coins, independent of the magnitudes"),
    Step::lemma("degree argument", "each layer multiplies by polynomials in the width of degree at most 2"),
];
