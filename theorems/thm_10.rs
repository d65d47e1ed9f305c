//! Theorem 10 · gradient and Hessian of a random net.
//!
//! 𝓛 = ½‖y − f‖², f = D^L W^L ⋯ D^1 W^1 x (n = 1, A = B = I), any i.i.d. symmetric law, linear or ReLU, any y; s = p d σ². Then
//! E‖∂_k‖_F ≤ √(pd)‖x‖ s^{(L−1)/2}(‖y‖ + s^{L/2}‖x‖); p√d s^{L−1}‖x‖² ≤ E‖H_kk‖_F ≤ E tr H_kk = p d s^{L−1}‖x‖² (lower bound and
//! equality: atomless law, or ties as fair coins); E‖H_kl‖_F ≤ p d(2 s^{L−1}‖x‖² + s^{L/2−1}‖x‖‖y‖), k ≠ l. So the diagonal falls twice as
//! fast as the rest if s ≤ 1, y ≠ 0. At s = 1 first moments stay bounded in L; RMS‖H_kk‖_F grows exponentially with L/d.
//!
//! Rungs: derived, enumerated, certified, sampled; E tr H_kk proved. Source: Section 4, Theorem 10.

use suite::prelude::*;

/// After s.
macro_rules! s {
    ($formula:literal) => {
        concat!("let s = p*width*variance; ", $formula)
    };
}

/// After the moments of one layer, V on (‖·‖₂⁴, ‖·‖₄⁴) of a vector and T on (t, q, g) of a matrix, which starts from S.
macro_rules! with {
    ($formula:literal) => {
        concat!(
            "let c = kurtosis - 3; let V = width*variance^2*[[p^2, p*(1-p)], [0, p]]*[[width+2, c], [3, c]]; let D = [[p^2, 0, p*(1-p)], \
             [0, p^2, p*(1-p)], [0, 0, p]]; let S = D*[width^2, width, width]; \
             let T = width*variance^2*D*[[width, 2, c], [1, width+1, c], [1, 2, c]]; ",
            $formula
        )
    };
}

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "thm-10",
    label: "Theorem 10 · gradient and Hessian of a random net",
    source: "Section 4, Theorem 10",
    says: "For s <= 1 and a target mean norms of gradient and off-diagonal blocks fall like s^(L/2), of diagonal blocks like s^(L-1).",
    reconstructed: Some("the inequalities with their constants, and the conditions s <= 1 and a target other than 0"),
    follows_from: &["ext-gradient", "ext-hessian"],
    quantities: &[
        Quantity::new("gradient", "a bound on E||dL/dW^k||_F", s!("sqrt(p*width*x2*s^(depth-1))*(sqrt(y2) + sqrt(s^depth*x2))"), NET),
        Quantity::new("diagonal-lower", "a lower bound on E||H_kk||_F", s!("p*sqrt(width)*s^(depth-1)*x2"), INPUT),
        Quantity::new("trace", "E tr H_kk, an upper bound on E||H_kk||_F", s!("p*width*s^(depth-1)*x2"), INPUT),
        Quantity::new("pair", "a bound on E||H_kl||_F, k other than l", s!("p*width*(2*s^(depth-1)*x2 + sqrt(s^(depth-2)*x2*y2))"), NET),
        Quantity::new("rms-diagonal", "(E||H_kk||_F^2)^(1/2)", with!("sqrt((T^(depth-layer)*S)[1]*(V^(layer-1)*[x2^2, x4])[0])"), LAYER),
        Quantity::new("flat-ratio", "E||H_12||_F^2/E||H_11||_F^2 at target 0", FLAT, LAW).requiring(TWO),
        Quantity::new("rate", "a bound on the factor per layer of the gradient's norm", s!("sqrt(s)"), &["width", "law", "gate"]),
    ],
    claims: &[
        Claim::new("gradient", "E||dL/dW^k||_F <= sqrt(p d) ||x|| s^((L-1)/2) (||y|| + s^(L/2) ||x||)")
            .related(Relation::AtLeast)
            .against(&[rival("no output", s!("sqrt(p*x2*s^(depth-1)*y2)")), rival("the trace/4", s!("p*width*s^(depth-1)*x2/4"))])
            .by(&[
                Evidence::derived("two factors", "the norm of a product, and Cauchy-Schwarz between the factors", GRADIENT),
                Evidence::enumerated("small nets", LAWS, |_| exact::small_mean_norms(exact::Sensitivity::Gradient, &exact::Gate::ALL)),
                Evidence::sampled("nets", NETS, |context| blocks::means(context, blocks::Power::Plain, &GRADIENTS)),
            ]),
        Claim::new("diagonal-lower", "E||H_kk||_F >= p sqrt(d) s^(L-1) ||x||^2, with equality for k = L in linear nets")
            .related(Relation::AtMost)
            .against(&[rival("the trace", s!("p*width*s^(depth-1)*x2"))])
            .by(&[
                Evidence::derived("rank", "H_kk = a a^T (x) M_k^T M_k, and ||M^T M||_F >= tr M^T M/sqrt(d)", LOWER),
                Evidence::enumerated("small ReLU nets", LAWS, |_| exact::small_mean_norms(exact::Sensitivity::Diagonal, RELU)),
            ]),
        Claim::new("diagonal", "E||H_kk||_F <= p d s^(L-1) ||x||^2")
            .of("trace")
            .related(Relation::AtLeast)
            .against(&[rival("one layer more", s!("p*width*s^depth*x2")), rival("the lower bound", s!("p*sqrt(width)*s^(depth-1)*x2"))])
            .by(&[
                Evidence::derived("trace", "the norm of a matrix without negative eigenvalues is at most its trace", UPPER),
                Evidence::enumerated("small nets", LAWS, |_| exact::small_mean_norms(exact::Sensitivity::Diagonal, &exact::Gate::ALL)),
                Evidence::sampled("nets", NETS, |context| blocks::means(context, blocks::Power::Plain, &DIAGONALS)),
            ]),
        Claim::new("trace", "E tr H_kk = p d s^(L-1) ||x||^2, the same for every layer")
            .against(&[rival("gate forgotten", s!("width*s^(depth-1)*x2")), rival("one layer more", s!("p*width*s^depth*x2"))])
            .by(&[
                Evidence::settled("composed moment calculus", "second derivatives of a polynomial", |_| Ok(exact::composed_trace("trace")))
                    .resting_on(exact::COMPOSED),
                Evidence::enumerated("small nets", "second differences of the loss", |_| exact::small_traces(false)),
            ]),
        Claim::new("pair", "E||H_kl||_F <= p d (2 s^(L-1) ||x||^2 + s^(L/2-1) ||x|| ||y||), k other than l")
            .related(Relation::AtLeast)
            .against(&[
                rival("O(s^(L/2)) for s > 1 too", s!("p*width*sqrt(s^depth)*(2*x2 + sqrt(x2*y2)/s)")),
                rival("hollow at target 0", s!("p*width*sqrt(s^(depth-2)*x2*y2)")),
                rival("the output's part alone", s!("2*p*width*s^(depth-1)*x2")),
            ])
            .by(&[
                Evidence::derived("three terms", "norms of products, and Cauchy-Schwarz between two independent parts", PAIR),
                Evidence::enumerated("small nets", LAWS, |_| exact::small_mean_norms(exact::Sensitivity::OffDiagonal, &exact::Gate::ALL)),
                Evidence::sampled("nets", NETS, |context| blocks::means(context, blocks::Power::Plain, &PAIRS)),
            ]),
        Claim::new("rms-diagonal", "(E||H_kk||_F^2)^(1/2) grows with L/d at s = 1, where E tr H_kk = d")
            .against(&[rival("mean for root mean square", s!("p*width*s^(depth-1)*x2"))])
            .by(&[Evidence::certified("composed maps", MAPS, |_| exact::diagonal_squares("sqrt(square)"))]),
        Claim::new("flat-ratio", "with target 0 the Hessian is not hollow: E||H_12||_F^2/E||H_11||_F^2 does not fall with depth")
            .against(&[rival("hollow", s!("1/s^depth"))])
            .by(&[Evidence::certified("composed maps", MAPS, |_| exact::first_pair_squares("square/diagonal"))]),
        Claim::new("rate", "per layer the gradient's norm changes by sqrt(s) at most: its mean and median by less")
            .related(Relation::AtLeast)
            .against(&[rival("the diagonal's rate", s!("s")), rival("half of it", s!("sqrt(s)/2"))])
            .by(&[
                Evidence::certified("mean lengths", "E||W^T u|| of Gaussian layers", |_| {
                    Ok(certified::mean_lengths([1, 2, 3, 8, 30], "1", "length/6")?.at("variance", "1/36"))
                }),
                Evidence::sampled("slopes", SLOPES, |context| rates::all_factors(context, &AIMED, &[2, 4, 6])),
            ]),
    ],
    figures: &["1", "4", "15"],
};

const FLAT: &str = with!("2*variance^2*(T^(depth-2)*S)[1]*(S[0]+S[1])/(T^(depth-1)*S)[1]");
const NET: &[&str] = &["width", "depth", "law", "gate", "input", "target"];
const INPUT: &[&str] = &["width", "depth", "law", "gate", "input"];
const LAW: &[&str] = &["width", "depth", "law", "gate"];
const LAYER: &[&str] = &["width", "depth", "law", "gate", "input", "layer"];
const LAWS: &str = "all outcomes of finite laws and coins at ties, by differences of the loss, in outward-rounded roots";
const NETS: &str = "mean norms in shallow random nets on candle";
const MAPS: &str = "exact second moments from composed one-layer maps, to depth 512";
const SLOPES: &str = "slopes over depth of the logarithm of root mean square, mean and median, random nets on candle far from their target";
const RELU: &[exact::Gate] = &[exact::Gate::Relu];
const TWO: &[Requirement] = &[Requirement { positive: "depth - 1", says: "depth must be at least 2: there are no two layers" }];
const AIMED: [blocks::Place; 1] = [blocks::Place::gradient(nets::Net::linear(8, 2), 1).towards(nets::Input::Huge)];
const GRADIENTS: [blocks::Place; 1] = [blocks::Place::gradient(nets::Net::relu(8, 2), 1).towards(nets::Input::Flat)];
const DIAGONALS: [blocks::Place; 1] = [blocks::Place::block(nets::Net::relu(8, 2), 2, 2)];
const PAIRS: [blocks::Place; 1] = [blocks::Place::block(nets::Net::linear(8, 2), 1, 2).towards(nets::Input::Signed)];
const GRADIENT: &[Step] = &[
    Step::lemma("norms of products", "||dL/dW^k||_F <= X (||y|| + ||f||), X = ||M_k||_F ||a^(k-1)||"),
    Step::lemma("Cauchy-Schwarz", "E X ||f|| <= (E X^2 E||f||^2)^(1/2); E X^2 = p d s^(L-1) ||x||^2, E||f||^2 = s^L ||x||^2"),
    Step::identity("put in", "claimed", s!("let X = sqrt(p*width*x2*s^(depth-1)); X*sqrt(y2) + X*sqrt(s^depth*x2)")),
];
const LOWER: &[Step] = &[
    Step::lemma("norms of products", "||H_kk||_F = ||a||^2 ||M^T M||_F, and ||A||_F >= tr A/sqrt(d) for d by d matrices"),
    Step::identity("the trace over sqrt(d)", "claimed*sqrt(width)", s!("p*s^(depth-1)*x2*sqrt(width)^2")),
];
const UPPER: &[Step] = &[
    Step::lemma("norms of products", "||H_kk||_F = ||a||^2 ||M^T M||_F <= ||a||^2 ||M||_F^2 = tr H_kk"),
    Step::identity("E tr H_kk below, in and above the layer", "claimed", s!("s^(layer-1)*x2*p*width*s^(depth-layer)")),
];
const PAIR: &[Step] = &[
    Step::lemma("norms of products", "||H_kl||_F <= ||a^(k-1)|| (||M_l||_F ||M_k||_F ||a^(l-1)|| + ||M_l||_F (||f|| + ||y||) ||P||_F)"),
    Step::lemma(
        "Cauchy-Schwarz",
        "mean squares: p d s^(L-1) ||x||^2 of ||a|| ||M|| twice, (p d)^2 s^(L-2) ||x||^2 of ||a|| ||M|| ||P||, s^L ||x||^2",
    ),
    Step::identity(
        "the products of their roots",
        "claimed",
        s!("p*width*s^(depth-1)*x2 + p*width*(s^(depth-1)*x2 + sqrt(s^(depth-2)*x2*y2))"),
    ),
];
