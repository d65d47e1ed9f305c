//! Hand-built cards: one that stands, one that is open, one that shows an erratum, one unjudged.

use crate::claim::figure::{Drawing, Figure};
use crate::claim::{Claim, Evidence, Expectation, Lemma, LemmaKind, Omission, Quantity, Relation, Rival, Rung, Step, Theorem};

const BARE: Evidence = Evidence { rung: Rung::Sampled, method: "", says: "", argument: &[], gather: None, expects: None };

static CHAIN: Theorem = Theorem {
    slug: "prop-3",
    label: "Proposition 3 · chain moments",
    source: "Section 3, Eq. 2",
    says: "For w_i uniform on [−τ, τ] and v = w_L ⋯ w_1, E|v|^k = (τ^k/(k+1))^L for every k > −1; nothing <else> & no more.",
    reconstructed: None,
    follows_from: &[],
    quantities: &[Quantity {
        id: "moment",
        says: "E|v|^order",
        formula: "(tau^order/(order+1))^depth",
        parameters: &["tau", "depth", "order"],
        requires: &[],
    }],
    claims: &[Claim {
        part: "moment",
        says: "The moment of that order is the product of one-layer moments.",
        quantity: "moment",
        relation: Relation::Equal,
        expects: Expectation::Agrees,
        rivals: &[
            Rival { name: "k+1 → k+2", formula: "(tau^order/(order+2))^depth" },
            Rival { name: "one layer fewer", formula: "(tau^order/(order+1))^(depth-1)" },
        ],
        evidence: &[
            Evidence {
                rung: Rung::Proved,
                method: "one-layer integral",
                says: "The integral of w^k over [0, τ], composed over layers.",
                argument: &[
                    Step::Identity { says: "the antiderivative of w^k", left: "w^(k+1)/(k+1)", right: "w^k", differentiate: Some("w") },
                    Step::Lemma { name: "independence", says: "The expectation of the product is the product of expectations." },
                ],
                ..BARE
            },
            Evidence { method: "particles", says: "Deep moments by resampled particles.", ..BARE },
        ],
    }],
    figures: &["21"],
};

static MEDIAN: Theorem = Theorem {
    slug: "thm-5",
    label: "Theorem 5 · median",
    source: "Section 3",
    says: "median|v| = τ^L e^{−m_L}, m_L the median of Gamma(L, 1).",
    reconstructed: Some("The constant e^{1/3} of the asymptotic form."),
    follows_from: &["prop-3"],
    quantities: &[Quantity {
        id: "median",
        says: "median |v|",
        formula: "tau^depth * exp(-gamma_median(depth))",
        parameters: &["tau", "depth"],
        requires: &[],
    }],
    claims: &[Claim {
        part: "median",
        says: "The median of |v|.",
        quantity: "median",
        relation: Relation::Equal,
        expects: Expectation::Agrees,
        rivals: &[Rival { name: "mean for median", formula: "(tau/2)^depth" }],
        evidence: &[
            Evidence { method: "order statistics", says: "Exact intervals from the ranks of independent draws.", ..BARE },
            Evidence { rung: Rung::Certified, method: "finite sums", says: "Erlang tails in outward-rounded sums.", ..BARE },
        ],
    }],
    figures: &[],
};

static SQUARES: Theorem = Theorem {
    slug: "lemma-12",
    label: "Lemma 12 · squared entries",
    source: "Appendix B.1",
    says: "As told, squared entries of one layer are uncorrelated. False beyond layer one.",
    reconstructed: Some("The wording of part (iii)."),
    follows_from: &["prop-3", "thm-5"],
    quantities: &[Quantity { id: "covariance", says: "Cov(h_1², h_2²)", formula: "0", parameters: &["depth"], requires: &[] }],
    claims: &[Claim {
        part: "uncorrelated",
        says: "Squared entries are uncorrelated.",
        quantity: "covariance",
        relation: Relation::Equal,
        expects: Expectation::Refuted,
        rivals: &[],
        evidence: &[Evidence { rung: Rung::Enumerated, method: "all weights", says: "Every outcome of a four-point law.", ..BARE }],
    }],
    figures: &[],
};

static WIDE: Theorem = Theorem {
    slug: "thm-9",
    label: "Theorem 9 · wide nets are stable",
    source: "Section 4, Eq. 7",
    says: "Not part of this audit.",
    reconstructed: None,
    follows_from: &["lemma-12"],
    quantities: &[],
    claims: &[],
    figures: &["1", "21"],
};

/// The cards, in order.
pub(in crate::report) static THEOREMS: &[&Theorem] = &[&CHAIN, &MEDIAN, &SQUARES, &WIDE];

/// The figures that the cards name.
pub(in crate::report) static FIGURES: &[Figure] = &[
    Figure {
        id: "21",
        title: "mean against median",
        caption: "Lines are closed forms, points are medians of 2000 nets with exact 99.9 % intervals.",
        cost: |_| "2000 draws".into(),
        draw: |_| Ok(Drawing::default()),
    },
    Figure { id: "1", title: "depth and width", caption: "Never drawn here.", cost: |_| String::new(), draw: |_| Ok(Drawing::default()) },
];

/// The lemmas that the cards use, and one that they do not.
pub(in crate::report) static LEMMAS: &[Lemma] = &[
    Lemma {
        name: "independence",
        says: "E f(X)g(Y) = E f(X) E g(Y) for independent X and Y and integrable f(X), g(Y).",
        kind: LemmaKind::Analytic,
        source: "Fubini",
    },
    Lemma {
        name: "law of large numbers",
        says: "Averages of independent copies of an integrable variable tend to its mean almost surely.",
        kind: LemmaKind::Analytic,
        source: "Kolmogorov",
    },
];

/// What is not covered.
pub(in crate::report) static OMISSIONS: &[Omission] =
    &[Omission { what: "Figures 10, 11 and 16", why: "their content could not be recovered" }];
