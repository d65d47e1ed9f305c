//! Theorem 10 · gradient and Hessian of a random net.
//!
//! 𝓛 = ½‖y − f‖², f = D^L W^L ⋯ D^1 W^1 x (n = 1, A = B = I), any i.i.d. symmetric law, linear or ReLU, any y; s = p d σ². Then
//! E‖∂_k‖_F ≤ √(pd)‖x‖ s^{(L−1)/2}(‖y‖ + s^{L/2}‖x‖); p√d s^{L−1}‖x‖² ≤ E‖H_kk‖_F ≤ E tr H_kk = p d s^{L−1}‖x‖² (lower bound and
//! equality: atomless law, or ties as fair coins); E‖H_kl‖_F ≤ p d(2 s^{L−1}‖x‖² + s^{L/2−1}‖x‖‖y‖), k ≠ l. So for s ≤ 1 and y ≠ 0 the
//! diagonal falls twice as fast as the rest; for s > 1 the rest is not O(s^{L/2}), and for y = 0 the Hessian is not hollow.
//! At s = 1 first moments stay bounded in L; second ones do not: RMS‖H_kk‖_F grows exponentially with L/d.
//!
//! Rungs: derived, enumerated, certified, sampled; E tr H_kk proved. Source: Section 4, Theorem 10.

use suite::prelude::*;

/// After s.
macro_rules! s {
    ($formula:literal) => {
        concat!("let s = p*width*variance; ", $formula)
    };
}

/// After the moments of one layer: on (‖·‖₂⁴, ‖·‖₄⁴) of a vector and on (t, q, g) of a matrix.
macro_rules! with {
    ($formula:literal) => {
        concat!(
            "let c = kurtosis - 3; let vectors = width*variance^2*[[p^2, p*(1-p)], [0, p]]*[[width+2, c], [3, c]]; \
             let gates = [[p^2, 0, p*(1-p)], [0, p^2, p*(1-p)], [0, 0, p]]; \
             let matrices = width*variance^2*gates*[[width, 2, c], [1, width+1, c], [1, 2, c]]; \
             let start = gates*[width^2, width, width]; ",
            $formula
        )
    };
}

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "thm-10",
    label: "Theorem 10 · gradient and Hessian of a random net",
    source: "Section 4, Theorem 10",
    says: "In a random linear or ReLU net the mean norms of gradient and off-diagonal blocks fall like s^(L/2) (s <= 1, a target other than 0), \
           those of diagonal blocks like s^(L-1): the Hessian turns hollow. Root mean squares grow with L/d even at s = 1.",
    reconstructed: Some("the inequalities with their constants, and the conditions s <= 1 and y other than 0"),
    follows_from: &["ext-gradient", "ext-hessian"],
    quantities: &[
        Quantity::new("gradient", "a bound on E||dL/dW^k||_F", s!("sqrt(p*width*x2*s^(depth-1))*(sqrt(y2) + sqrt(s^depth*x2))"), NET),
        Quantity::new("diagonal-lower", "a lower bound on E||H_kk||_F", s!("p*sqrt(width)*s^(depth-1)*x2"), INPUT),
        Quantity::new("diagonal", "an upper bound on E||H_kk||_F", s!("p*width*s^(depth-1)*x2"), INPUT),
        Quantity::new("trace", "E tr H_kk", s!("p*width*s^(depth-1)*x2"), INPUT),
        Quantity::new("pair", "a bound on E||H_kl||_F, k other than l", s!("p*width*(2*s^(depth-1)*x2 + sqrt(s^(depth-2)*x2*y2))"), NET),
        Quantity::new(
            "rms-diagonal",
            "the root mean square of ||H_kk||_F",
            with!("sqrt((matrices^(depth-layer)*start)[1]*(vectors^(layer-1)*[x2^2, x4])[0])"),
            &["width", "depth", "law", "gate", "input", "layer"],
        ),
        Quantity::new(
            "flat-ratio",
            "E||H_12||_F^2/E||H_11||_F^2 at target 0",
            with!("2*variance^2*(matrices^(depth-2)*start)[1]*(start[0] + start[1])/(matrices^(depth-1)*start)[1]"),
            &["width", "depth", "law", "gate"],
        )
        .requiring(&[Requirement { positive: "depth - 1", says: "depth must be at least 2: there are no two layers" }]),
        Quantity::new("rate", "a bound on the factor per layer of the gradient's norm", s!("sqrt(s)"), &["width", "law", "gate"]),
    ],
    claims: &[
        Claim::new("gradient", "E||dL/dW^k||_F <= sqrt(p d) ||x|| s^((L-1)/2) (||y|| + s^(L/2) ||x||)")
            .related(Relation::AtLeast)
            .against(&[
                rival("the target alone", s!("sqrt(p*x2*s^(depth-1)*y2)")),
                rival("as small as the diagonal", s!("p*width*s^(depth-1)*x2/4")),
            ])
            .by(&[
                Evidence::derived("two factors", "the norm of a product, and Cauchy-Schwarz between the factors", GRADIENT),
                Evidence::enumerated("small nets", LAWS, |_| exact::mean_norms(&small()?, exact::Sensitivity::Gradient, exact::uneven)),
                Evidence::enumerated("small nets, far target", LAWS, |_| {
                    exact::mean_norms(&small()?, exact::Sensitivity::Gradient, |width| vec![50; width])
                }),
                Evidence::enumerated("small nets, no target", LAWS, |_| {
                    exact::mean_norms(&small()?, exact::Sensitivity::Gradient, |width| vec![0; width])
                }),
                Evidence::sampled("nets", NETS, |context| blocks::means(context, blocks::Power::Plain, &GRADIENTS)),
            ]),
        Claim::new("diagonal-lower", "E||H_kk||_F >= p sqrt(d) s^(L-1) ||x||^2")
            .related(Relation::AtMost)
            .against(&[rival("the trace", s!("p*width*s^(depth-1)*x2"))])
            .by(&[
                Evidence::derived("rank", "H_kk = a a^T (x) M_k^T M_k, and ||M^T M||_F >= tr M^T M/sqrt(d)", LOWER),
                Evidence::enumerated("small nets", LAWS, |_| exact::mean_norms(&small()?, exact::Sensitivity::Diagonal, exact::uneven)),
                Evidence::sampled("nets", NETS, |context| blocks::means(context, blocks::Power::Plain, &DIAGONALS)),
            ]),
        Claim::new("diagonal", "E||H_kk||_F <= p d s^(L-1) ||x||^2")
            .related(Relation::AtLeast)
            .against(&[rival("one layer more", s!("p*width*s^depth*x2")), rival("the lower bound", s!("p*sqrt(width)*s^(depth-1)*x2"))])
            .by(&[
                Evidence::derived("trace", "the norm of a matrix without negative eigenvalues is at most its trace", UPPER),
                Evidence::enumerated("small nets", LAWS, |_| exact::mean_norms(&small()?, exact::Sensitivity::Diagonal, exact::uneven)),
                Evidence::sampled("nets", NETS, |context| blocks::means(context, blocks::Power::Plain, &DIAGONALS)),
            ]),
        Claim::new("trace", "E tr H_kk = p d s^(L-1) ||x||^2, the same for every layer")
            .against(&[
                rival("gate forgotten", s!("width*s^(depth-1)*x2")),
                rival("one layer more", s!("p*width*s^depth*x2")),
                rival("one output", s!("p*s^(depth-1)*x2")),
            ])
            .by(&[
                Evidence::settled(
                    "composed moment calculus",
                    "the loss differentiated twice as a polynomial; one-layer maps below and above",
                    |_| Ok(exact::composed_trace("trace")),
                )
                .resting_on(COMPOSITION),
                Evidence::enumerated("small nets", "second differences of the loss", |_| exact::traces(&small()?, false)),
            ]),
        Claim::new("pair", "E||H_kl||_F <= p d (2 s^(L-1) ||x||^2 + s^(L/2-1) ||x|| ||y||), k other than l")
            .related(Relation::AtLeast)
            .against(&[
                rival("O(s^(L/2)) for s > 1 too", s!("p*width*sqrt(s^depth)*(2*x2 + sqrt(x2*y2)/s)")),
                rival("hollow at target 0: the target's part alone", s!("p*width*sqrt(s^(depth-2)*x2*y2)")),
                rival("hollow the other way: the output's part alone", s!("2*p*width*s^(depth-1)*x2")),
            ])
            .by(&[
                Evidence::derived("three terms", "norms of products, and Cauchy-Schwarz between two independent parts", PAIR),
                Evidence::enumerated("small nets", LAWS, |_| exact::mean_norms(&small()?, exact::Sensitivity::OffDiagonal, exact::uneven)),
                Evidence::enumerated("small nets, far target", LAWS, |_| {
                    exact::mean_norms(&small()?, exact::Sensitivity::OffDiagonal, |width| vec![50; width])
                }),
                Evidence::enumerated("small nets, no target", LAWS, |_| {
                    exact::mean_norms(&small()?, exact::Sensitivity::OffDiagonal, |width| vec![0; width])
                }),
                Evidence::sampled("nets", NETS, |context| blocks::means(context, blocks::Power::Plain, &PAIRS)),
            ]),
        Claim::new("rms-diagonal", "(E||H_kk||_F^2)^(1/2) grows with L/d at s = 1, where E tr H_kk = d")
            .against(&[
                rival("mean for root mean square", s!("p*width*s^(depth-1)*x2")),
                rival("t for q", with!("sqrt((matrices^(depth-layer)*start)[0]*(vectors^(layer-1)*[x2^2, x4])[0])")),
            ])
            .by(&[Evidence::certified("composed maps", "exact second moments from composed one-layer maps, to depth 512", |_| {
                exact::composed_at(&points(), exact::Sensitivity::Diagonal, "sqrt(square)")
            })]),
        Claim::new("flat-ratio", "with target 0 the Hessian is not hollow: E||H_12||_F^2/E||H_11||_F^2 does not fall with depth")
            .against(&[
                rival("hollow", s!("1/s^depth")),
                rival(
                    "one of two equal terms",
                    with!("variance^2*(matrices^(depth-2)*start)[1]*(start[0] + start[1])/(matrices^(depth-1)*start)[1]"),
                ),
            ])
            .by(&[Evidence::certified("composed maps", "exact second moments from composed one-layer maps, to depth 512", |_| {
                let points: Vec<Point> = points().into_iter().map(|point| point.at("layer", 1).at("other_layer", 2).at("y2", 0)).collect();
                exact::composed_at(&points, exact::Sensitivity::OffDiagonal, "square/diagonal")
            })]),
        Claim::new("rate", "per layer the gradient's norm changes by sqrt(s) at most: its mean and median by less")
            .related(Relation::AtLeast)
            .against(&[rival("the diagonal's rate", s!("s")), rival("half of it", s!("sqrt(s)/2"))])
            .by(&[
                Evidence::certified("mean lengths", "E||W^T u|| of Gaussian layers, from E chi_d E chi_(d+1) = d", |_| {
                    Ok(certified::mean_lengths([1, 2, 3, 8, 30], "1", "length/6")?.at("variance", "1/36"))
                }),
                Evidence::sampled("slope of the root mean square", SLOPE, |c| {
                    rates::factors(c, rates::Statistic::RootMeanSquare, &AIMED, &DEPTHS)
                }),
                Evidence::sampled("slope of the mean", SLOPE, |c| rates::factors(c, rates::Statistic::Mean, &AIMED, &DEPTHS)),
                Evidence::sampled("slope of the median", SLOPE, |c| rates::factors(c, rates::Statistic::Median, &AIMED, &DEPTHS)),
            ]),
    ],
    figures: &[],
};

const NET: &[&str] = &["width", "depth", "law", "gate", "input", "target"];
const INPUT: &[&str] = &["width", "depth", "law", "gate", "input"];
const LAWS: &str = "mean norms from all outcomes of finite laws and coins at ties, by differences of the loss, in outward-rounded roots";
const NETS: &str = "mean norms in shallow random nets on candle";
const SLOPE: &str = "the logarithm against depth in random nets on candle, far from their target";
const DEPTHS: [usize; 3] = [2, 4, 6];
const AIMED: [blocks::Place; 1] = [blocks::Place::gradient(nets::Net::linear(8, 2), 1).towards(nets::Input::Huge)];
const GRADIENTS: [blocks::Place; 2] = [
    blocks::Place::gradient(nets::Net::linear(4, 2), 2).towards(nets::Input::Signed),
    blocks::Place::gradient(nets::Net::relu(8, 2), 1).towards(nets::Input::Flat),
];
const DIAGONALS: [blocks::Place; 2] =
    [blocks::Place::block(nets::Net::linear(4, 2), 1, 1), blocks::Place::block(nets::Net::relu(8, 2), 2, 2)];
const PAIRS: [blocks::Place; 2] =
    [blocks::Place::block(nets::Net::linear(4, 2), 1, 2).towards(nets::Input::Signed), blocks::Place::block(nets::Net::relu(8, 2), 1, 2)];

/// Chains of all laws, and nets of two.
fn small() -> Result<Vec<exact::Net>, Unsettled> {
    let chains = exact::grid(&exact::laws(), &exact::Gate::ALL, &[(1, 2), (1, 4)], exact::uneven)?;
    Ok([chains, exact::grid(&[exact::FiniteLaw::rademacher()], &exact::Gate::ALL, &[(2, 1), (2, 2)], exact::uneven)?].concat())
}

/// Width, depth, layer, variance, kurtosis, p, x2, x4.
fn points() -> Vec<Point> {
    const NAMES: [&str; 8] = ["width", "depth", "layer", "variance", "kurtosis", "p", "x2", "x4"];
    let cases = [
        "8 8 1 1/8 3 1 1 1",
        "8 32 1 1/8 3 1 1 1",
        "8 128 1 1/8 3 1 1 1",
        "8 512 1 1/8 3 1 1 1",
        "3 5 2 1/2 9/5 1/2 5 17",
        "4 7 6 1/3 9/5 1 2 1",
        "5 6 6 2/5 1 1/2 30 354",
        "2 9 4 1 4 1/2 1/9 1/81",
        "1 3 2 2 2 1/2 7 49",
    ];
    let point = |case: &str| NAMES.iter().zip(case.split(' ')).fold(Point::new(), |point, (name, value)| point.at(name, value));
    cases.map(point).to_vec()
}

const GRADIENT: &[Step] = &[
    Step::lemma("norms of products", "||dL/dW^k||_F <= ||M_k||_F ||a^(k-1)|| (||y|| + ||f||)"),
    Step::lemma("Cauchy-Schwarz", "E X <= (E X^2)^(1/2), E X ||f|| <= (E X^2 E||f||^2)^(1/2) for X = ||M_k||_F ||a^(k-1)||"),
    Step::lemma("independent signs", "E X^2 = p d s^(L-k) s^(k-1) ||x||^2 and E||f||^2 = s^L ||x||^2"),
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
        "between ||a^(k-1)|| ||M_k||_F and ||a^(l-1)|| ||M_l||_F; between ||a^(k-1)|| ||M_l||_F ||P||_F and ||f||",
    ),
    Step::lemma("independent signs", "the mean squares are p d s^(L-1) ||x||^2 twice, (p d)^2 s^(L-2) ||x||^2, and s^L ||x||^2"),
    Step::identity(
        "the products of their roots",
        "claimed",
        s!("p*width*s^(depth-1)*x2 + p*width*(s^(depth-1)*x2 + sqrt(s^(depth-2)*x2*y2))"),
    ),
];
const COMPOSITION: &[Step] = &[
    Step::lemma("locally constant gates", "f = M_k W^k a^(k-1), and M_k, a^(k-1) do not move with W^k"),
    Step::lemma("independent signs", "the gates are independent coins, independent of the magnitudes"),
    Step::lemma("independent products", "so the moments of ||a^(k-1)||^2 and ||M_k||_F^2 multiply"),
    Step::lemma("paired indices", "two rows and one column determine the sum"),
    Step::lemma("degree argument", "each layer acts by polynomials in the width of degree at most 2"),
];
