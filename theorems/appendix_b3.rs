//! Appendix B.3 · the gradient and its bound.
//!
//! 𝓛 = 1/(2n) Σ‖y − f‖², f = B D^L W^L ⋯ D^1 W^1 A x: ∂𝓛/∂W^k = (1/n) Σ M_kᵀ r (a^{k−1})ᵀ with r = f − y, wherever no pre-activation is 0. For
//! n = 1, A = B = I, by submultiplicativity and Cauchy–Schwarz E‖∂_k‖_F² ≤ 2(p d s^{L−1}‖x‖²‖y‖² + (t_k E‖a^{k−1}‖₂⁴ E‖a^L‖₂⁴)^{1/2}) with
//! t_k = E‖M_k‖_F⁴: all factors come from powers of the matrices of Theorem 17 and ext-matrix. The exact value is that of ext-gradient.
//!
//! Rungs: proved, certified (differences; bound), sampled (autodiff). Source: Appendix B.3, Eqs. (55)–(69).

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
    slug: "appendix-b3",
    label: "Appendix B.3 · the gradient and its bound",
    source: "Appendix B.3, Eqs. (55)-(69)",
    says: "The gradient of a layer is the mean of M_k^T (f - y) (a^(k-1))^T, and its mean square is bounded through powers of the moment \
           matrices.",
    reconstructed: Some("the constants of the bound"),
    follows_from: &["thm-17", "ext-matrix"],
    quantities: &[
        Quantity::new("gradient", "dL/dW^k in units of (1/n) sum M_k^T (f - y) (a^(k-1))^T", "1", &[]),
        Quantity::new(
            "bound",
            "a bound on E||dL/dW^k||_F^2",
            with!("2*(p*width*s^(depth-1)*x2*y2 + sqrt((T^(depth-layer)*S)[0]*(V^(layer-1)*[x2^2, x4])[0]*(V^depth*[x2^2, x4])[0]))"),
            &["width", "depth", "law", "gate", "input", "target", "layer"],
        ),
    ],
    claims: &[
        Claim::new("gradient", "dL/dW^k = (1/n) sum M_k^T (f - y) (a^(k-1))^T")
            .against(&[rival("a half forgotten", "2"), rival("the sign", "-1")])
            .by(&[
                Evidence::proved(
                    "along a direction",
                    "f moves by t M_k U a^(k-1) =: t u when W^k moves by t U, the gates staying as they are",
                    DIRECTION,
                ),
                Evidence::certified("central differences", "all entries of integer nets of six shapes, batches included", |_| {
                    Ok(exact::gradients_by_differences())
                }),
                Evidence::sampled("autodiff", "candle's backward pass on random ReLU nets", autodiff::backward_passes),
            ]),
        Claim::new("bound", "E||dL/dW^k||_F^2 is at most the bound")
            .related(Relation::AtLeast)
            .against(&[
                rival("the target alone", with!("2*p*width*s^(depth-1)*x2*y2")),
                rival("second moments for fourth ones", with!("2*(p*width*s^(depth-1)*x2*y2 + p*width*s^(2*depth-1)*x2^2)")),
            ])
            .by(&[
                Evidence::certified("composed maps", "the exact mean squares, to depth 512: the slack shows", |_| {
                    exact::gradient_squares("square")
                }),
                Evidence::derived("norms", "the norm of a product, and one Cauchy-Schwarz", NORMS),
            ]),
    ],
    figures: &[],
};

const DIRECTION: &[Step] = &[
    Step::lemma("locally constant gates", "M_k and a^(k-1) do not move with W^k"),
    Step::derivative("the loss of a sample", "t", "(r_r + 2*t*r_u + t^2*u_u)/2", "r_u + t*u_u"),
    Step::identity("at t = 0: <r, M_k U a> = <M_k^T r a^T, U>", "let t = 0; r_u + t*u_u", "claimed*r_u"),
];
const NORMS: &[Step] = &[
    Step::lemma("norms of products", "||dL/dW^k||_F^2 <= 2 ||M_k||_F^2 ||a^(k-1)||^2 (||y||^2 + ||f||^2)"),
    Step::lemma("Cauchy-Schwarz", "(E ||M_k||_F^2 ||a||^2 ||f||^2)^2 <= t_k E||a||_2^4 E||f||_2^4"),
    Step::identity(
        "at depth 1, both parts",
        "let depth = 1; let layer = 1; claimed",
        with!("2*p*width*x2*y2 + 2*sqrt(S[0]*x2^2*(V*[x2^2, x4])[0])"),
    ),
];
