//! What one factor, and several, do to the second- and fourth-order state of a matrix product M, symbolic in the entries of M
//! and in the law's moments.
//!
//! With G = M Mᵀ the state is t = (tr G)², q = tr G², g = Σ G_ii². The expectations of t, q, g after M ← W M or M ← D M are
//! quadratic in G and unaltered by permutations and changes of sign of the rows of M, hence combinations of t, q, g; at most
//! two rows of M meet in a monomial, so two rows determine the coefficients. In the number m of rows of W they are sums over
//! ordered pairs of rows, polynomials in m of degree at most 2.

use std::ops::RangeInclusive;

use super::layers::{applied, whole};
use super::moments::Calculus;
use super::polynomial::{Polynomial, Variable};
use crate::claim::{Extent, Gathered, Observation, Point, Truth};

/// An invariant of a matrix product M, with G = M Mᵀ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Invariant {
    /// t = (tr G)² = ‖M‖_F⁴
    SquaredTrace,
    /// q = tr G²
    TraceOfSquare,
    /// g = Σ_i G_ii²
    DiagonalSquares,
}

impl Invariant {
    /// All of them, in the order of the state (t, q, g).
    pub const ALL: [Invariant; 3] = [Invariant::SquaredTrace, Invariant::TraceOfSquare, Invariant::DiagonalSquares];

    /// The invariant of a matrix of polynomials.
    #[must_use]
    pub fn of(self, matrix: &[Vec<Polynomial>]) -> Polynomial {
        let gram = |i: usize, j: usize| matrix[i].iter().zip(&matrix[j]).map(|(x, y)| x * y).sum::<Polynomial>();
        let rows = 0..matrix.len();
        match self {
            Invariant::SquaredTrace => rows.map(|i| gram(i, i)).sum::<Polynomial>().power(2),
            Invariant::TraceOfSquare => {
                rows.clone().flat_map(|i| rows.clone().map(move |j| (i, j))).map(|(i, j)| gram(i, j).power(2)).sum()
            }
            Invariant::DiagonalSquares => rows.map(|i| gram(i, i).power(2)).sum(),
        }
    }

    const fn position(self) -> usize {
        match self {
            Invariant::SquaredTrace => 0,
            Invariant::TraceOfSquare => 1,
            Invariant::DiagonalSquares => 2,
        }
    }
}

/// A new leftmost factor of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Factor {
    /// M ← W M
    Weights,
    /// M ← D M
    Gates,
}

/// What a product starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Start {
    /// The identity.
    Identity,
    /// One gate matrix D, as in M_k and P_{l,k}.
    Gates,
}

/// The expected invariant of W M or D M for each number of rows (`width`), entry by entry: symbolic in the entries of M (2
/// columns; `width` rows under D, and under W 2 rows, or 3 where the width is 3 or more), `variance`, `kurtosis` and `p`. The points bind `width`, and `t`, `q` and
/// `g` to the invariants of M.
#[must_use]
pub fn one_factor(factor: Factor, invariant: Invariant, widths: RangeInclusive<usize>) -> Gathered {
    let observe = |width: usize| {
        let mut calculus = Calculus::new();
        let rows = if factor == Factor::Gates { width } else { width.clamp(2, 3) };
        let matrix = symbolic(&calculus.matrix("m", rows, 2));
        let truth = expected(&mut calculus, factor, invariant, width, &matrix);
        let mut point = Point::new().with("width", whole(width));
        for (name, invariant) in ["t", "q", "g"].into_iter().zip(Invariant::ALL) {
            point = point.with(name, calculus.to_node(&invariant.of(&matrix)));
        }
        Observation { point, truth: Truth::Exact(calculus.to_node(&truth)) }
    };
    let (order, because) = match factor {
        Factor::Weights => (3, "degree argument: sums over pairs of rows are polynomials in the width of degree at most 2"),
        Factor::Gates => (1, "degree argument: in t, q and g the width does not appear"),
    };
    let extent = vec![Extent { name: "width", order, because }];
    Gathered { observations: widths.map(observe).collect(), extent, ..Gathered::default() }
}

/// The expected invariant of D W ⋯ D W M⁰ with `depth` pairs of square factors, for each width and depth, symbolic in
/// `variance`, `kurtosis` and `p`. The points bind `width` and `depth`.
#[must_use]
pub fn composed_product(invariant: Invariant, start: Start, widths: RangeInclusive<usize>, depths: RangeInclusive<usize>) -> Gathered {
    let order = 2 * u32::try_from(*depths.end()).unwrap_or(u32::MAX / 4) + 3;
    let mut observations = Vec::new();
    for width in widths {
        let mut calculus = Calculus::new();
        let weights = transition(&mut calculus, Factor::Weights, width);
        let gates = transition(&mut calculus, Factor::Gates, width);
        let constant = |value: usize| Polynomial::constant(value);
        let mut state = vec![constant(width * width), constant(width), constant(width)];
        if start == Start::Gates {
            state = applied(&gates, &state);
        }
        for depth in 0..=*depths.end() {
            if depth > 0 {
                state = applied(&gates, &applied(&weights, &state));
            }
            if depths.contains(&depth) {
                let point = Point::new().with("width", whole(width)).with("depth", whole(depth));
                let truth = Truth::Exact(calculus.to_node(&state[invariant.position()]));
                observations.push(Observation { point, truth });
            }
        }
    }
    let extent = vec![
        Extent { name: "width", order, because: "degree argument: each factor multiplies by polynomials in the width of degree at most 2" },
        Extent { name: "depth", order: 3, because: "composition: a product of equal 3 by 3 matrices" },
    ];
    Gathered { observations, extent, ..Gathered::default() }
}

/// The linear map of one factor on the expected state (t, q, g), with `width` rows after it: read off the expanded
/// expectations, which must be combinations of the invariants.
#[must_use]
pub fn transition(calculus: &mut Calculus, factor: Factor, width: usize) -> Vec<Vec<Polynomial>> {
    // A gate matrix keeps the number of rows; that a third row changes nothing is what `one_factor` shows.
    let entries = calculus.matrix("m", 2, 2);
    let inner: Vec<Variable> = entries.iter().flatten().copied().collect();
    let matrix = symbolic(&entries);
    let basis = Invariant::ALL.map(|invariant| invariant.of(&matrix));
    let rows = if factor == Factor::Gates { 2 } else { width };
    let row = |invariant| {
        let expected = expected(calculus, factor, invariant, rows, &matrix);
        expected.in_basis(&basis, &inner).expect("a quadratic form in G that row signs and permutations keep is one in t, q, g")
    };
    Invariant::ALL.into_iter().map(row).collect()
}

fn symbolic(entries: &[Vec<Variable>]) -> Vec<Vec<Polynomial>> {
    entries.iter().map(|row| row.iter().map(|entry| Polynomial::power_of(*entry, 1)).collect()).collect()
}

fn expected(calculus: &mut Calculus, factor: Factor, invariant: Invariant, width: usize, matrix: &[Vec<Polynomial>]) -> Polynomial {
    let product: Vec<Vec<Polynomial>> = match factor {
        Factor::Weights => {
            let columns: Vec<Vec<Polynomial>> = (0..matrix[0].len()).map(|j| matrix.iter().map(|row| row[j].clone()).collect()).collect();
            let weights = calculus.weights(width, matrix.len());
            let weights: Vec<Vec<Polynomial>> = symbolic(&weights);
            weights.iter().map(|row| applied(&columns, row)).collect()
        }
        Factor::Gates => {
            let coins = calculus.coins(matrix.len());
            let gated = |(coin, row): (&Variable, &Vec<Polynomial>)| -> Vec<Polynomial> {
                row.iter().map(|entry| &Polynomial::power_of(*coin, 1) * entry).collect()
            };
            coins.iter().zip(matrix).map(gated).collect()
        }
    };
    calculus.expectation(&invariant.of(&product))
}
