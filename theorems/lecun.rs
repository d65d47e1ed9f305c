//! LeCun's initialisation · its consequences.
//!
//! σ² = 1/(3d) (PyTorch's U[−1/√d, 1/√d]), n = 1, A = B = I, y ≠ 0, s = p d σ². E tr H = L p d s^{L−1}‖x‖² in linear and ReLU nets. In
//! linear nets, s = 1/3: ‖x‖²‖y‖² s^{L−1} ≤ E‖∂_k‖_F² ≤ (‖y‖² + ‖x‖²)‖x‖² s^{L−1}, so the root mean square falls by √s a layer; means and
//! medians fall strictly faster, with Gaussian weights by E χ_d/√(3d) and e^{E ln χ_d}/√(3d) a layer; (E tr H)²/E‖H‖_F² ≤
//! L d s^L‖x‖²/((L−1)‖y‖²) → 0; and max|λ| ≥ ‖H‖_F/(d√L) in every net. (In ReLU nets y enters with its direction: see ext-gradient.)
//!
//! Rungs: proved, enumerated, certified, derived, sampled. Source: Section 4, after Theorem 10.

use suite::prelude::*;

/// The card.
pub static THEOREM: Theorem = Theorem {
    slug: "lecun",
    label: "LeCun's initialisation · its consequences",
    source: "Section 4, after Theorem 10",
    says: "With variance 1/(3d) the gradient of a linear net falls by sqrt(1/3) a layer in root mean square and faster in mean and median, the \
           diagonal of the Hessian by 1/3: its trace vanishes against its norm, and eigenvalues of both signs remain.",
    reconstructed: Some("the rates, which the text states in words"),
    follows_from: &["thm-10", "ext-gradient", "ext-hessian"],
    quantities: &[
        Quantity::new("trace", "E tr H, all layers together", "depth*p*width*(p*width*variance)^(depth-1)*x2", NET),
        Quantity::new(
            "trace-share",
            "a bound on (E tr H)^2/E||H||_F^2",
            "depth*width*(width*variance)^depth*x2/((depth-1)*y2)",
            &["width", "depth", "law", "input", "target"],
        )
        .requiring(&[Requirement { positive: "depth - 1", says: "depth must be at least 2: there is no off-diagonal block" }]),
        Quantity::new("gradient-lower", "a lower bound on E||dL/dW^k||_F^2", "(1/3)^(depth-1)*x2*y2", LECUN),
        Quantity::new("gradient-upper", "an upper bound on E||dL/dW^k||_F^2", "(1/3)^(depth-1)*x2*(y2 + x2)", LECUN),
        Quantity::new("rms-rate", "the factor per layer of the gradient's root mean square in linear nets", "1/sqrt(3)", &[]),
        Quantity::new("mean-rate", "that of its mean, Gaussian weights", "chi_square_moment(width, 1, 1/2)/sqrt(3*width)", &["width"]),
        Quantity::new("median-rate", "that of its median, Gaussian weights", "exp((digamma(width/2) + ln(2))/2)/sqrt(3*width)", &["width"]),
        Quantity::new("radius", "a lower bound on max|eigenvalue| in units of ||H||_F/sqrt(number of weights)", "1", &[]),
    ],
    claims: &[
        Claim::new("trace", "E tr H = L p d s^(L-1) ||x||^2")
            .against(&[
                rival("one layer's", "p*width*(p*width*variance)^(depth-1)*x2"),
                rival("gate forgotten", "depth*width*(p*width*variance)^(depth-1)*x2"),
                rival("one layer more", "depth*p*width*(p*width*variance)^depth*x2"),
            ])
            .by(&[
                Evidence::settled("composed moment calculus", "the same for every layer", |_| Ok(exact::composed_trace("depth*trace")))
                    .resting_on(exact::COMPOSED),
                Evidence::enumerated("small nets", "second differences of the loss", |_| exact::small_traces(true)),
            ]),
        Claim::new("trace-share", "(E tr H)^2/E||H||_F^2 <= L d s^L ||x||^2/((L-1) ||y||^2)")
            .related(Relation::AtLeast)
            .against(&[
                rival("the norm of its largest block", "width*(width*variance)^depth*x2/(2*depth*y2)"),
                rival("a layer's trace for the whole", "width*(width*variance)^depth*x2/(depth*(depth-1)*y2)"),
            ])
            .by(&[
                Evidence::certified("composed maps", "E||H||_F^2 over all blocks, exactly", |_| {
                    exact::over_hessians(&points(&[2, 3, 6, 12]), "(depth*width*(width*variance)^(depth-1)*x2)^2/square")
                }),
                Evidence::derived("the target's part", "the L(L-1) off-diagonal blocks are at least their parts of the target", SHARE),
            ]),
        Claim::new("gradient-lower", "E||dL/dW^k||_F^2 >= p s^(L-1) ||x||^2 ||y||^2")
            .related(Relation::AtMost)
            .against(&[rival("not vanishing", "x2*y2"), rival("1/2 for 1/3", "(1/2)^(depth-1)*x2*y2")])
            .by(&[GRADIENTS]),
        Claim::new("gradient-upper", "E||dL/dW^k||_F^2 <= p s^(L-1) ||x||^2 (||y||^2 + ||x||^2): so it is of the order s^(L-1)")
            .related(Relation::AtLeast)
            .against(&[rival("the diagonal's rate", "(1/9)^(depth-1)*x2*(y2 + x2)"), rival("the output alone", "(1/3)^(2*depth-1)*x2^2")])
            .by(&[GRADIENTS]),
        Claim::new("rms-rate", "the root mean square falls by 1/sqrt(3) a layer")
            .against(&[rival("the diagonal's rate", "1/3"), rival("Keras' variance 1/d", "1")])
            .by(&[
                Evidence::certified("chi-squared moments", "the second moment of a Gaussian layer with variance 1/(3d)", |_| {
                    let point = |width| Point::new().at("width", width).at("order", 1).at("p", 1);
                    certified::layer_moments(&[1, 3, 12, 40].map(point), "sqrt(moment/(3*width))")
                }),
                Evidence::sampled("slope", SLOPE, |context| rates::factors(context, rates::Statistic::RootMeanSquare, &AIMED, &DEPTHS)),
            ]),
        Claim::new("mean-rate", "the mean falls by E chi_d/sqrt(3d) a layer")
            .against(&[rival("root mean square for mean", "1/sqrt(3)"), rival("the diagonal's rate", "1/3")])
            .by(&[
                Evidence::certified("mean lengths", "E chi_d E chi_(d+1) = d from E chi_1, d to 300", |_| {
                    certified::mean_lengths([1, 2, 3, 12, 40, 300], "1", "length/sqrt(3*width)")
                }),
                Evidence::sampled("slope", SLOPE, |context| rates::factors(context, rates::Statistic::Mean, &AIMED, &DEPTHS)),
            ]),
        Claim::new("median-rate", "the median falls by exp(E ln chi_d)/sqrt(3d) a layer")
            .against(&[
                rival("mean for median", "chi_square_moment(width, 1, 1/2)/sqrt(3*width)"),
                rival("root mean square for median", "1/sqrt(3)"),
            ])
            .by(&[
                Evidence::certified("mean logarithms", "E ln chi^2_d at even d from bounds on Euler's constant", |_| {
                    certified::mean_logarithms(&[2, 4, 12, 40, 300], "exp(mean_log/2)/sqrt(3*width)")
                }),
                Evidence::sampled("slope", SLOPE, |context| rates::factors(context, rates::Statistic::Median, &AIMED, &DEPTHS)),
            ]),
        Claim::new("mean-below-rms", "the mean falls strictly faster than the root mean square")
            .of("rms-rate")
            .related(Relation::Above)
            .against(&[rival("the diagonal's rate", "1/3")])
            .by(&[LENGTHS]),
        Claim::new("median-below-mean", "the median falls strictly faster than the mean")
            .of("median-rate")
            .related(Relation::Below)
            .against(&[rival("the root mean square's rate", "1/sqrt(3)")])
            .by(&[LENGTHS]),
        Claim::new("radius", "max|eigenvalue| >= ||H||_F/sqrt(number of weights), which is d sqrt(L)")
            .related(Relation::AtMost)
            .against(&[rival("half of the weights", "sqrt(2)")])
            .by(&[
                Evidence::derived("mean of squares", "the squared norm is the sum of the squared eigenvalues", RADIUS),
                Evidence::sampled("every net", "eigenvalues of dense Hessians", |c| every_net(c, Reading::High, blocks::radius)),
            ]),
    ],
    figures: &["4", "12", "13"],
};

const NET: &[&str] = &["width", "depth", "law", "gate", "input"];
const LECUN: &[&str] = &["width", "depth", "input", "target"];
const SLOPE: &str = "the logarithm against depth in linear random nets on candle with Gaussian weights, far from their target";
const DEPTHS: [usize; 3] = [2, 4, 6];
const NETS: nets::Net = nets::Net::new(12, 2, "gaussian:1/6", network::Gate::Linear);
const AIMED: [blocks::Place; 1] = [blocks::Place::gradient(NETS, 1).towards(nets::Input::Huge)];
const GRADIENTS: Evidence = Evidence::certified("composed maps", "exact second moments for uniform weights, depth to 64", |_| {
    exact::composed_at(&points(&[1, 2, 5, 64]), exact::Sensitivity::Gradient, "square")
});

const LENGTHS: Evidence = Evidence::certified("mean lengths", "the mean's rate, widths 1 to 200", |_| {
    certified::mean_lengths(1..=200, "1", "length/sqrt(3*width)")
});
/// LeCun's uniform law in linear nets; the first, a middle or the last layer.
fn points(depths: &[usize]) -> Vec<Point> {
    let shapes = |depth: usize| [(1, "1", 1), (2, "3", depth), (3, "2", depth.div_ceil(2)), (8, "1/10", depth), (8, "20", 1)];
    let point = |depth: usize, (width, y2, layer): (usize, &str, usize)| {
        let law = Point::new().at("variance", format!("1/{}", 3 * width)).at("kurtosis", "9/5").at("p", 1).at("x2", 2).at("x4", 2);
        law.at("width", width).at("depth", depth).at("layer", layer).at("y2", y2)
    };
    depths.iter().flat_map(|depth| shapes(*depth).map(|shape| point(*depth, shape))).collect()
}

const SHARE: &[Step] = &[
    Step::lemma("symmetric signs", "a block's mean square is the target's part and a part without negative terms"),
    Step::identity(
        "the squared trace over the target's parts",
        "let s = width*variance; claimed*depth*(depth-1)*width*s^(depth-2)*x2*y2",
        "let s = width*variance; (depth*width*s^(depth-1)*x2)^2",
    ),
];
const RADIUS: &[Step] =
    &[Step::lemma("norms of products", "||H||_F^2 <= N max|eigenvalue|^2, N = L d^2"), Step::identity("in its own units", "claimed", "1")];
