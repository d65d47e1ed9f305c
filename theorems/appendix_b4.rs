//! Appendix B.4 · the blocks of the Hessian and their bounds.
//!
//! With the net of Appendix B.3, H_kk is the mean of (a^{k−1}a^{k−1ᵀ}) ⊗ M_kᵀM_k, and for k < l, H_kl[U, V] that of
//! ⟨M_l U a^{l−1}, M_l W^l P V a^{k−1}⟩ plus ⟨r, M_l U P V a^{k−1}⟩, P = P_{l,k}, r = f − y. The matrix of X ↦ Xᵀ has norm d. For n = 1,
//! A = B = I, E‖H_kk‖_F² ≤ t_k E‖a^{k−1}‖₂⁴ and E‖H_kl‖_F² ≤ 2σ⁴(t_l + q_l) t_P E‖a^{k−1}‖₂⁴ plus 2‖x‖²‖y‖² p²d s^{L−2}, through
//! (u + v)² ≤ 2(u² + v²) alone: the long route of (84)–(86) is not needed. The exact values are those of ext-hessian.
//!
//! Rungs: proved, certified. Source: Appendix B.4, Eqs. (70)–(88).

use suite::prelude::*;

/// After s and the moments of one layer, V on (‖·‖₂⁴, ‖·‖₄⁴) of a vector and T on (t, q, g) of a matrix, which starts from S.
macro_rules! with {
    ($formula:literal) => {
        concat!(
            "let s = p*width*variance; let c = kurtosis - 3; \
             let V = width*variance^2*[[p^2, p*(1-p)], [0, p]]*[[width+2, c], [3, c]]; \
             let D = [[p^2, 0, p*(1-p)], [0, p^2, p*(1-p)], [0, 0, p]]; let S = D*[width^2, width, width]; \
             let T = width*variance^2*D*[[width, 2, c], [1, width+1, c], [1, 2, c]]; ",
            $formula
        )
    };
}

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "appendix-b4",
    label: "Appendix B.4 · the blocks of the Hessian and their bounds",
    source: "Appendix B.4, Eqs. (70)-(88)",
    says: "Every block of the Hessian is a sum of two tensor products of matrices of the net, bounded through powers of the moment matrices.",
    reconstructed: Some("the constants of the bounds"),
    follows_from: &["thm-17", "ext-matrix", "appendix-b3"],
    quantities: &[
        Quantity::new("diagonal", "H_kk in units of (1/n) sum (a a^T) (x) M_k^T M_k", "1", &[]),
        Quantity::new("pair", "H_kl[U, V] in units of (1/n) sum <M_l U a', M_l W^l P V a> + <r, M_l U P V a>", "1", &[]),
        Quantity::new("commutation", "the squared Frobenius norm of the matrix of X -> X^T", "width^2", &["width"]),
        Quantity::new("diagonal-bound", "a bound on E||H_kk||_F^2", with!("(T^(depth-layer)*S)[0]*(V^(layer-1)*[x2^2, x4])[0]"), LAYER),
        Quantity::new("pair-bound", "a bound on E||H_kl||_F^2, l = other-layer", PAIR_BOUND, PAIR).requiring(NO_TARGET),
    ],
    claims: &[
        Claim::new("diagonal", "H_kk = (1/n) sum (a a^T) (x) M_k^T M_k").against(&[rival("a half forgotten", "2")]).by(&[
            Evidence::proved("along a direction", "f moves by t u, u = M_k U a, when W^k moves by t U", DIAGONAL),
            Evidence::certified("second differences", "all entries of integer nets of six shapes", |_| {
                Ok(exact::hessians_by_differences(true))
            }),
        ]),
        Claim::new("pair", "H_kl is the sum of the two tensor products").against(&[rival("twice", "2")]).by(&[
            Evidence::proved("along two directions", "f moves by t u + w v + t w z as W^l moves by t U and W^k by w V", TWO),
            Evidence::certified("mixed differences", "all entries of integer nets of six shapes", |_| {
                Ok(exact::hessians_by_differences(false))
            }),
        ]),
        Claim::new("commutation", "the matrix of X -> X^T has the norm d")
            .against(&[rival("of the identity on vectors", "width"), rival("all entries", "width^4")])
            .by(&[Evidence::settled("written out", "all entries for widths 1 to 8", |_| Ok(exact::commutation_squares()))
                .resting_on(&[Step::lemma("degree argument", "the sum over quadruples of indices has degree at most 4 in the width")])]),
        Claim::new("diagonal-bound", "E||H_kk||_F^2 <= t_k E||a^(k-1)||_2^4")
            .related(Relation::AtLeast)
            .against(&[rival("the squared mean", with!("(p*sqrt(width)*s^(depth-1)*x2)^2/2"))])
            .by(&[
                Evidence::certified("composed maps", SLACK, |_| exact::diagonal_squares("square")),
                Evidence::derived("norms", "||M^T M||_F <= ||M||_F^2", DIAGONAL_NORMS),
            ]),
        Claim::new("pair-bound", "E||H_kl||_F^2 is at most the bound")
            .related(Relation::AtLeast)
            .against(&[rival("second moments for fourth ones", with!("2*(p*width*s^(depth-1)*x2)^2 + 2*x2*y2*p^2*width*s^(depth-2)"))])
            .by(&[
                Evidence::certified("composed maps", SLACK, |_| exact::first_pair_squares("square")),
                Evidence::derived("norms", "the square of a sum of two, and independence of W^l and W^k", PAIR_NORMS),
            ]),
    ],
    figures: &[],
};

const NO_TARGET: &[Requirement] = &[Requirement {
    positive: "1 + sqrt(-(1 - p)*y2)",
    says: "a ReLU net's target must be 0: a bound on its part in a fixed direction is not known",
}];
const LAYER: &[&str] = &["width", "depth", "law", "gate", "input", "layer"];
const PAIR: &[&str] = &["width", "depth", "law", "gate", "input", "target", "layer", "other-layer"];
const SLACK: &str = "the exact mean squares, to depth 512: the slack shows";
const PAIR_BOUND: &str = with!(
    "let M = T^(depth-other_layer)*S; let P = T^(other_layer-layer-1)*S; \
     2*variance^2*(M[0] + M[1])*P[0]*(V^(layer-1)*[x2^2, x4])[0] + 2*x2*y2*p^2*width*s^(depth-2)"
);
const DIAGONAL: &[Step] = &[
    Step::lemma("locally constant gates", "M_k and a^(k-1) do not move with W^k"),
    Step::derivative("slope", "t", "(r_r + 2*t*r_u + t^2*u_u)/2", "r_u + t*u_u"),
    Step::derivative("second slope: ||M_k U a||^2", "t", "r_u + t*u_u", "u_u"),
    Step::identity("which is the tensor product's form", "u_u", "claimed*u_u"),
];
const TWO: &[Step] = &[
    Step::lemma("locally constant gates", "u = M_l U a^(l-1), v = M_l W^l P V a^(k-1), z = M_l U P V a^(k-1)"),
    Step::derivative(
        "slope of ||r + t u + w v + t w z||^2/2 in t",
        "t",
        "(r_r + t^2*u_u + w^2*v_v + (t*w)^2*z_z + 2*t*r_u + 2*w*r_v + 2*t*w*r_z + 2*t*w*u_v + 2*t^2*w*u_z + 2*t*w^2*v_z)/2",
        "t*u_u + t*w^2*z_z + r_u + w*r_z + w*u_v + 2*t*w*u_z + w^2*v_z",
    ),
    Step::derivative("slope of that in w at t = 0", "w", "r_u + w*r_z + w*u_v + w^2*v_z", "r_z + u_v + 2*w*v_z"),
    Step::identity("at w = 0", "let w = 0; r_z + u_v + 2*w*v_z", "claimed*(u_v + r_z)"),
];
const DIAGONAL_NORMS: &[Step] = &[
    Step::lemma("norms of products", "||H_kk||_F = ||a||^2 ||M_k^T M_k||_F <= ||a||^2 ||M_k||_F^2"),
    Step::identity(
        "at the last layer t is (p d)^2 + p(1-p)d",
        "let depth = 1; let layer = 1; claimed",
        "(p^2*width^2 + p*(1-p)*width)*x2^2",
    ),
];
const PAIR_NORMS: &[Step] = &[
    Step::lemma("norms of products", "||H_kl||_F <= ||a^(k-1)|| (||M_l||_F ||M_l W^l P||_F ||P W^k a^(k-1)|| + ||M_l^T r|| ||P||_F)"),
    Step::lemma(
        "independent products",
        "given the rest W^l and W^k have mean squares variance ||M_l||^2 ||P||^2 and variance ||P||^2 ||a||^2",
    ),
    Step::identity("without an input there is no output", "let x4 = 0; let x2 = 0; claimed", "0"),
];
