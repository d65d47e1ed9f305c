//! Proposition 19 · products inside the net.
//!
//! M_k = D^L W^L ⋯ W^{k+1} D^k and P_{l,k} = D^{l−1} W^{l−1} ⋯ W^{k+1} D^k are products of n weight matrices and n + 1 gate matrices
//! (n = L − k, n = l − 1 − k). With s = p d σ², E‖·‖_F² = p d s^n, and with G = MMᵀ the state (t, q, g) = (E (tr G)², E tr G², E Σ G_ii²)
//! follows ext-matrix from D. This holds where the gates are coins: linear nets, and ReLU nets with ties as fair coins. For atomless laws
//! and strict gates all of it is multiplied by π^{k−1}, π = 1 − 2^{−d}, the probability that the layers below k live; not where
//! ‖a^{k−1}‖² multiplies, which is 0 for the others.
//! Rungs: proved (degree argument and composition), enumerated, sampled. Source: Appendix B.2, Proposition 19, Eqs. (51)–(54).

use suite::prelude::*;

/// A coordinate of the state after D and `depth` times W and D; the rest are the places of plausible errors.
macro_rules! state {
    ($coordinate:literal) => {
        state!($coordinate, "let c = kurtosis - 3; let two = 2; let v = p*(1 - p); ", "D*[width^2, width, width]")
    };
    ($coordinate:literal, $names:literal, $start:literal) => {
        concat!(
            $names,
            "let W = width*variance^2*[[width, two, c], [1, width - 1 + two, c], [1, two, c]]; \
             let D = [[p^2, 0, v], [0, p^2, v], [0, 0, p]]; ((D*W)^depth*(",
            $start,
            concat!("))[", $coordinate, "]")
        )
    };
}

/// The claim about a coordinate.
macro_rules! coordinate {
    ($part:literal, $says:literal, $index:literal, $invariant:ident) => {
        Claim::new($part, $says)
            .against(&[
                rival(
                    "first gate forgotten",
                    state!($index, "let c = kurtosis - 3; let two = 2; let v = p*(1 - p); ", "[width^2, width, width]"),
                ),
                rival(
                    "kurtosis for kurtosis - 3",
                    state!($index, "let c = kurtosis; let two = 2; let v = p*(1 - p); ", "D*[width^2, width, width]"),
                ),
                rival("1 for 2", state!($index, "let c = kurtosis - 3; let two = 1; let v = p*(1 - p); ", "D*[width^2, width, width]")),
                rival(
                    "gates' variance forgotten",
                    state!($index, "let c = kurtosis - 3; let two = 2; let v = 0; ", "D*[width^2, width, width]"),
                ),
            ])
            .by(&[
                Evidence::settled("moment calculus", "one-factor maps expanded for each width, composed from a gate matrix", |_| {
                    Ok(exact::composed_product(exact::Invariant::$invariant, exact::Start::Gates, 1..=30, 1..=6))
                })
                .resting_on(COMPOSITION),
                Evidence::enumerated("finite laws", NETS, |_| {
                    Ok(exact::products_between(&exact::shallow_nets()?, &exact::Form::$invariant))
                }),
            ])
    };
}

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "prop-19",
    label: "Proposition 19 · products inside the net",
    source: "Appendix B.2, Proposition 19, Eqs. (51)-(54)",
    says: "Second- and fourth-order moments of the products M_k and P_{l,k} follow the recursions of vectors and matrices from one gate \
           matrix; with strict gates they are multiplied by the probability that the layers below k live.",
    reconstructed: Some("the formulas, from the prose and the proofs; the factor of strict gates is added"),
    follows_from: &["ext-matrix", "cor-14"],
    quantities: &[
        Quantity::new("frobenius-pow2", "E|M|_F^2, depth weight matrices in M", "p*width*(p*width*variance)^depth", PARAMETERS),
        Quantity::new("t", "E (tr M M^T)^2, depth weight matrices in M", state!("0"), PARAMETERS),
        Quantity::new("q", "E tr (M M^T)^2, depth weight matrices in M", state!("1"), PARAMETERS),
        Quantity::new("g", "E sum of squares of the diagonal of M M^T", state!("2"), PARAMETERS),
        Quantity::new("strict-share", "a moment of M_k, strict gates over coins", "(1 - 2^(-width))^(layer - 1)", &["width", "layer"]),
        Quantity::new("weighted-share", "E |a^(k-1)|^2 f(M_k) under strict gates over E|a^(k-1)|^2 E f(M_k) under coins", "1", &[]),
    ],
    claims: &[
        Claim::new("frobenius-pow2", "E|M|_F^2 = p d s^n")
            .against(&[
                rival("gate forgotten", "width*(width*variance)^depth"),
                rival("first gate forgotten", "width*(p*width*variance)^depth"),
                rival("width forgotten", "p*(p*width*variance)^depth"),
            ])
            .by(&[
                Evidence::proved(
                    "recursion",
                    "columns of M are vectors that gates and matrices carry on",
                    &[
                        Step::lemma("independent signs", "given everything below and |h|, a gate is open with probability p"),
                        Step::lemma("independent products", "E|D W v|^2 = p d sigma^2 |v|^2 for v independent of D and W"),
                        Step::identity("one gate matrix", "let depth = 0; claimed", "p*width"),
                        Step::identity("one more layer", "let depth = depth + 1; claimed", "p*width*variance*claimed"),
                    ],
                ),
                Evidence::enumerated("finite laws", NETS, |_| {
                    Ok(exact::products_between(&exact::shallow_nets()?, &exact::Form::FrobeniusSquared))
                }),
                Evidence::sampled("products of drawn layers", "M_1 of nets on candle, medians of means", |context| {
                    nets::product_norms(context, &DRAWN)
                }),
            ]),
        coordinate!("t", "E (tr G)^2 by the recursion of ext-matrix from D", "0", SquaredTrace),
        coordinate!("q", "E tr G^2 by the recursion of ext-matrix from D", "1", TraceOfSquare),
        coordinate!("g", "E sum G_ii^2 by the recursion of ext-matrix from D", "2", DiagonalSquares),
        Claim::new("strict-share", "strict gates, no ties: times the probability pi^(k-1) that the layers below k live")
            .against(&[rival("none", "1"), rival("layer k too", "(1 - 2^(-width))^layer"), rival("half of the nets", "2^(1 - layer)")])
            .by(&[
                Evidence::derived(
                    "sign flip",
                    "given that a^(k-1) is not 0, all gates from k on are those of the coin net",
                    &[
                        Step::lemma("sign flip", "gates at or above k are fair coins unless a^(k-1) = 0; then all are closed"),
                        Step::identity("no layer below", "let layer = 1; claimed", "1"),
                        Step::identity("one more layer below", "let layer = layer + 1; claimed", "(1 - 2^(-width))*claimed"),
                    ],
                ),
                Evidence::enumerated("signs of distinct magnitudes", "nets without ties: E|M_k|_F^2 and E tr G^2, every k", |_| {
                    let nets = exact::untied()?;
                    let forms = [exact::Form::FrobeniusSquared, exact::Form::SquaredTrace, exact::Form::TraceOfSquare];
                    Ok(forms.iter().map(|form| exact::shares_of_coin_flips(&nets, form)).collect())
                }),
            ]),
        Claim::new("weighted-share", "no such factor where |a^(k-1)|^2 multiplies")
            .against(&[rival("times the probability of life", "(1 - 2^(-width))^(layer - 1)")])
            .by(&[Evidence::enumerated("signs of distinct magnitudes", "nets without ties, every k", |_| {
                let nets = exact::untied()?;
                let forms = [exact::Form::FrobeniusSquared, exact::Form::TraceOfSquare];
                Ok(forms.iter().map(|form| exact::weighted_shares_of_coin_flips(&nets, form)).collect())
            })]),
        Claim::new("atoms", "strict gates and laws with atoms: the share is another, the hypothesis is needed")
            .of("strict-share")
            .expecting(Expectation::Refuted)
            .by(&[Evidence::enumerated("signs at (1, 1)", "a pre-activation of 0 closes its gate", |_| {
                Ok(exact::shares_of_coin_flips(&[exact::tied(exact::Ties::Closed)?], &exact::Form::FrobeniusSquared))
            })]),
    ],
    figures: &[],
};

const PARAMETERS: &[&str] = &["width", "depth", "law", "gate"];
const NETS: &str = "M_k and P_{l,k} of all outcomes of four laws and two gates, ties as fair coins";
const COMPOSITION: &[Step] = &[
    Step::lemma("independent signs", "the gates of a layer are independent coins, independent of the magnitudes"),
    Step::lemma("degree argument", "each factor multiplies by polynomials in the width of degree at most 2"),
];
const DRAWN: [nets::Net; 3] = [
    nets::Net::relu(3, 2),
    nets::Net::new(4, 3, "he-uniform", network::Gate::Relu).seeing(nets::Input::Signed),
    nets::Net::new(3, 3, "uniform:9/10", network::Gate::Linear),
];
