//! The trusted base of the written arguments, and what is left out. What the engine itself rests on stands with the report.

use suite::prelude::{Lemma, LemmaKind, Omission};

/// Every trusted fact.
pub static LEMMAS: &[Lemma] = &[
    // Elementary: turns a definition into algebra; allowed on the rung "proved".
    elementary(
        "independent products",
        "The expectation of a product of independent integrable variables is the product of their expectations.",
        "Williams, Probability with Martingales, 7.1",
    ),
    elementary(
        "symmetric signs",
        "If changing the sign of a variable X changes the law of nothing, every expectation that is odd in X vanishes.",
        "from the definition of a symmetric law",
    ),
    elementary(
        "symmetric determinants",
        "det(a I + b 1 1^T) = a^(L-1) (a + L b) in L dimensions: a is an eigenvalue L - 1 times, a + L b once.",
        "Horn and Johnson, Matrix Analysis, 0.8.5",
    ),
    elementary(
        "fundamental theorem of calculus",
        "A function with a continuous derivative on (a, b) is the integral of that derivative plus its limit at a.",
        "Rudin, Principles of Mathematical Analysis, 6.21",
    ),
    elementary(
        "tower property",
        "The expectation of an integrable variable is the expectation of its conditional expectation.",
        "Williams, Probability with Martingales, 9.7",
    ),
    elementary(
        "independent signs",
        "If the rows of W are independent and symmetric about 0, the signs of the non-zero entries of W a are, given a and all magnitudes, independent fair coins; a zero entry adds nothing to an even power.",
        "flip the sign of one row: the law stays",
    ),
    elementary(
        "degree argument",
        "A sum over tuples of row indices in which only the pattern of coincidences matters is a polynomial in the number of rows, of at most the degree of the tuples' length; a polynomial in a vector that permutations and sign flips keep is, at degree 2, a multiple of its squared norm, at degree 4, a combination of |a|_2^4 and |a|_4^4, whose coefficients two coordinates determine.",
        "falling factorials count the tuples of a pattern; power sums span the symmetric functions",
    ),
    elementary(
        "paired indices",
        "E w_ij w_mn = variance if i = m and j = n, else 0, for independent centred w_ij: an expectation of degree at most 2 in such a matrix sums over indices joined in pairs, and joined indices form closed lines through the other factors, that is products of traces.",
        "expand the products",
    ),
    elementary(
        "locally constant gates",
        "Around weights at which no pre-activation is 0 the gates of a ReLU net do not change, so that its output is there a polynomial in the weights, affine in each single one; a gate at 0 is a coin by convention, and not differentiated.",
        "continuity of the pre-activations",
    ),
    elementary(
        "powers of powers",
        "(x^a)^b = x^(a b) for real a, b and x > 0.",
        "Rudin, Principles of Mathematical Analysis, 1, exercise 6",
    ),
    elementary(
        "left sums",
        "The integral of a decreasing function from a to b is at most the sum over the cells of a partition, the last of which may pass b, of its value at the left end times the cell's length.",
        "Rudin, Principles of Mathematical Analysis, 6.2: it is an upper sum",
    ),
    elementary(
        "non-negative matrices",
        "Products of matrices and vectors without negative entries have none, and do not decrease when an entry of a factor grows.",
        "sums and products of non-negative numbers",
    ),
    elementary(
        "quadratic formula",
        "The roots of x^2 - t x + q, where real, are (t +- sqrt(t^2 - 4q))/2; the polynomial is negative exactly between them.",
        "completing the square",
    ),
    // Analytic: a step that no identity decides; makes an argument "derived".
    analytic(
        "central limit theorem",
        "Sums of independent variables of one law, centred and divided by their standard deviation, tend in law to a normal variable if the \
         law's third absolute moment over its variance to the power 3/2 grows more slowly than the root of their number; so do their medians.",
        "Billingsley, Probability and Measure, theorem 27.3 (Lyapounov)",
    ),
    analytic(
        "change of variables",
        "If U has density f and g is strictly monotone and differentiable, g(U) has density f(g^-1(x)) |(g^-1)'(x)|.",
        "Billingsley, Probability and Measure, 20",
    ),
    analytic(
        "independent sums",
        "The density of a sum of independent variables is the convolution of their densities.",
        "Billingsley, Probability and Measure, 20",
    ),
    analytic(
        "monotone transformation",
        "A strictly decreasing continuous map carries the event X >= x to g(X) <= g(x), and medians to medians.",
        "from the definition of a median",
    ),
    analytic(
        "sign flip",
        "Let the row w be symmetric and independent of everything else, and <w, a> almost surely not 0. Then w and -w have one law, keep |<w, a>|, and exchange the open and the closed gate: given |<w, a>| and all else, the gate is a fair coin.",
        "from the definition of a symmetric law",
    ),
    analytic(
        "Gaussian projections",
        "For W with independent N(0, s) entries and a unit vector e independent of W, W e is N(0, s I) and independent of W(I - e e^T).",
        "Anderson, An Introduction to Multivariate Statistical Analysis, 2.4",
    ),
    analytic(
        "perturbed medians",
        "If |X - Y| <= e but for a probability q, a median of X is within e of the (1/2 - q)- and (1/2 + q)-quantiles of Y.",
        "from the definition of a quantile",
    ),
    analytic(
        "block Gershgorin",
        "For a matrix in blocks and a vector v with Hv = lambda v, |lambda| ||v_k|| <= sum_l ||H_kl||_2 ||v_l||; a non-negative symmetric matrix A with |lambda| u <= A u, u >= 0 other than 0, has a spectral radius of at least |lambda|.",
        "Feingold and Varga, Pacific J. Math. 12 (1962) 1241; Horn and Johnson, Matrix Analysis, 8.3",
    ),
    analytic(
        "Courant-Fischer",
        "A symmetric form that is negative on a k-dimensional subspace (without 0) has at least k negative eigenvalues; its values at unit vectors lie between the extreme eigenvalues.",
        "Horn and Johnson, Matrix Analysis, 4.2",
    ),
    analytic(
        "positive semidefinite minors",
        "A symmetric matrix without negative eigenvalues has no negative principal minor.",
        "Horn and Johnson, Matrix Analysis, 7.1",
    ),
    analytic(
        "norms of products",
        "The Frobenius norm obeys the triangle inequality and |A B|_F <= |A|_F |B|_F; for a d by d matrix A without negative eigenvalues tr A/sqrt(d) <= |A|_F <= tr A; |A|_F^2 is the sum of the squared eigenvalues of a symmetric A.",
        "Horn and Johnson, Matrix Analysis, 5.6",
    ),
    analytic("Cauchy-Schwarz", "(E X Y)^2 <= E X^2 E Y^2 for square-integrable X and Y.", "Billingsley, Probability and Measure, 5.35"),
    analytic("power rule", "d/dw w^a = a w^(a-1) for real a and w > 0.", "Rudin, Principles of Mathematical Analysis, 8.6"),
    analytic("Markov inequality", "P(X >= t) <= E X/t for X >= 0 and t > 0.", "Billingsley, Probability and Measure, 5.31"),
    analytic("Jensen inequality", "E ln X <= ln E X for X > 0 with finite mean.", "Billingsley, Probability and Measure, 21"),
    analytic(
        "cube slicing",
        "For independent w_j uniform on [-tau, tau] and a unit vector u, <w, u> has a density of at most 1/(sqrt(2) tau).",
        "Ball, Proc. Amer. Math. Soc. 97 (1986) 465",
    ),
    analytic(
        "stochastic order",
        "If P(X <= t) <= P(U <= t) for all t, then E f(X) >= E f(U) for increasing f; independent sums keep the order.",
        "Shaked and Shanthikumar, Stochastic Orders, 1.A",
    ),
    analytic(
        "parabola below the logarithm",
        "For t >= s, 0 < s < 1, ln t >= (t - 1) - c (t - 1)^2 with c = (s - 1 - ln s)/(1 - s)^2; for t < s the right side is below ln s.",
        "(t - 1 - ln t)/(t - 1)^2 falls",
    ),
    analytic(
        "volume of the ball",
        "The unit ball in d dimensions has a volume of at most (2 pi e/d)^(d/2).",
        "pi^(d/2)/Gamma(d/2 + 1), and Gamma(x + 1) >= (x/e)^x",
    ),
    analytic(
        "Mallows inequality",
        "A median of a variable of finite variance is within one standard deviation of its mean.",
        "Mallows and Richter, Ann. Math. Statist. 40 (1969) 1922",
    ),
    analytic(
        "rotational invariance",
        "For independent standard normal entries of W and any unit vector a independent of W, W a has independent standard normal entries.",
        "Muirhead, Aspects of Multivariate Statistical Theory, 1.2",
    ),
    analytic(
        "strong law of large numbers",
        "The average of independent identically distributed integrable variables tends to their mean almost surely.",
        "Billingsley, Probability and Measure, 22.1",
    ),
    analytic(
        "comparison principle",
        "If u' = f(u) and v' <= f(v) with f locally Lipschitz and v(0) <= u(0), then v <= u as long as both exist.",
        "Walter, Ordinary Differential Equations, 9",
    ),
    analytic(
        "separation of variables",
        "A solution of w' = f(w), f continuous and positive, passes from a to b in the time that the integral of 1/f from a to b is.",
        "Walter, Ordinary Differential Equations, 1",
    ),
    analytic(
        "monotone convergence",
        "A series of non-negative functions may be integrated term by term.",
        "Rudin, Real and Complex Analysis, 1.27",
    ),
];

/// What the suite does not cover.
pub static OMISSIONS: &[Omission] =
    &[Omission { what: "Figures 10, 11 and 16", why: "their content could not be recovered from the text that this project was given" }];

const fn elementary(name: &'static str, says: &'static str, source: &'static str) -> Lemma {
    Lemma { name, says, kind: LemmaKind::Elementary, source }
}

const fn analytic(name: &'static str, says: &'static str, source: &'static str) -> Lemma {
    Lemma { name, says, kind: LemmaKind::Analytic, source }
}
