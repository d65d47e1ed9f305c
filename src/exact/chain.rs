//! Neural chains with given rational weights: the loss ½(y − w_L ⋯ w_1 x)² and its derivatives by differences.
//!
//! In each single weight the loss is a polynomial of degree 2, so central differences with step 1 are derivatives, exactly. No
//! formula for gradient or Hessian is used.

use std::cmp::Ordering;

use dashu::rational::RBig;
use rayon::prelude::*;

use crate::claim::{Gathered, Point, Unsettled};
use crate::formula::{Environment, Node, exact, parse};

use super::gather::observe;

/// A chain at one sample.
#[derive(Clone, Debug, PartialEq)]
pub struct Chain {
    weights: Vec<RBig>,
    input: RBig,
    target: RBig,
}

/// The number of eigenvalues of each sign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Inertia {
    /// Below 0.
    pub negative: usize,
    /// Exactly 0.
    pub zero: usize,
    /// Above 0.
    pub positive: usize,
}

/// A derivative of the loss by two weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Derivative {
    /// ∂_1
    First,
    /// ∂_11
    Diagonal,
    /// ∂_12
    OffDiagonal,
}

impl Chain {
    /// The chain of those weights, first to last, with its input and target.
    ///
    /// # Panics
    /// If there is no weight.
    #[must_use]
    pub fn new(weights: Vec<RBig>, input: RBig, target: RBig) -> Self {
        assert!(!weights.is_empty(), "a chain has a weight");
        Chain { weights, input, target }
    }

    /// The number of layers.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.weights.len()
    }

    /// w_L ⋯ w_1 x
    #[must_use]
    pub fn output(&self) -> RBig {
        self.weights.iter().fold(self.input.clone(), |product, weight| product * weight)
    }

    /// ½(y − w_L ⋯ w_1 x)²
    #[must_use]
    pub fn loss(&self) -> RBig {
        (&self.target - self.output()).pow(2) / RBig::from(2)
    }

    /// The loss with some weights moved.
    fn moved(&self, moves: &[(usize, i64)]) -> RBig {
        let mut chain = self.clone();
        for (index, amount) in moves {
            chain.weights[*index] += RBig::from(*amount);
        }
        chain.loss()
    }

    /// ∂𝓛/∂w_i, i counted from 0.
    #[must_use]
    pub fn first(&self, i: usize) -> RBig {
        (self.moved(&[(i, 1)]) - self.moved(&[(i, -1)])) / RBig::from(2)
    }

    /// ∂²𝓛/∂w_i ∂w_j, i and j counted from 0.
    #[must_use]
    pub fn second(&self, i: usize, j: usize) -> RBig {
        let at = |a: i64, b: i64| self.moved(&[(i, a), (j, b)]);
        if i == j {
            at(1, 0) - RBig::from(2) * at(0, 0) + at(-1, 0)
        } else {
            (at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / RBig::from(4)
        }
    }

    /// The Hessian.
    #[must_use]
    pub fn hessian(&self) -> Vec<Vec<RBig>> {
        (0..self.depth()).map(|i| (0..self.depth()).map(|j| self.second(i, j)).collect()).collect()
    }

    /// f/y, the name of formulas: the output in units of the target.
    fn ratio(&self) -> RBig {
        self.output() / &self.target
    }

    fn point(&self) -> Point {
        Point::new().with("depth", Node::rational(&self.depth().into())).with("x", Node::rational(&self.ratio()))
    }
}

/// Symmetric elimination: the determinant of a symmetric matrix, and the signs of its eigenvalues by Sylvester's law.
#[must_use]
pub fn eliminate(mut matrix: Vec<Vec<RBig>>) -> (RBig, Inertia) {
    let (mut determinant, mut inertia) = (RBig::ONE, Inertia::default());
    while !matrix.is_empty() {
        let size = matrix.len();
        if let Some(pivot) = (0..size).find(|i| matrix[*i][*i] != RBig::ZERO) {
            let value = matrix[pivot][pivot].clone();
            match value.cmp(&RBig::ZERO) {
                Ordering::Less => inertia.negative += 1,
                _ => inertia.positive += 1,
            }
            let row = matrix[pivot].clone();
            matrix = rest(&matrix, pivot, |i, j, entry| entry - &row[i] * &row[j] / &value);
            determinant *= value;
        } else if let Some((i, j)) = (0..size).flat_map(|i| (0..i).map(move |j| (i, j))).find(|(i, j)| matrix[*i][*j] != RBig::ZERO) {
            // All of the diagonal is 0: adding row and column j to i is a congruence of determinant 1 and makes an entry there.
            let row = matrix[j].clone();
            matrix[i].iter_mut().zip(&row).for_each(|(x, y)| *x += y);
            for row in &mut matrix {
                let other = row[j].clone();
                row[i] += other;
            }
        } else {
            inertia.zero += size;
            return (RBig::ZERO, inertia);
        }
    }
    (determinant, inertia)
}

/// The matrix without a row and the column of the same number, each entry replaced.
fn rest(matrix: &[Vec<RBig>], without: usize, entry: impl Fn(usize, usize, &RBig) -> RBig) -> Vec<Vec<RBig>> {
    let kept = || (0..matrix.len()).filter(|i| *i != without);
    kept().map(|i| kept().map(|j| entry(i, j, &matrix[i][j])).collect()).collect()
}

/// Every chain of 2 to `deepest` weights out of −3/2, −1/3, 2/3 and 7/5, with input 1 and target −1 or 1/4, that is not singular:
/// f is neither y nor (L−1)/(2L−1) y.
#[must_use]
pub fn chains(deepest: usize) -> Vec<Chain> {
    let ratio = |(top, bottom): (i64, i64)| RBig::from(top) / RBig::from(bottom);
    let values = [(-3, 2), (-1, 3), (2, 3), (7, 5)].map(ratio);
    let mut layers = vec![vec![]];
    let mut all = vec![];
    for depth in 1..=deepest {
        layers = layers.iter().flat_map(|chain: &Vec<RBig>| values.iter().map(|w| [chain.clone(), vec![w.clone()]].concat())).collect();
        if depth > 1 {
            let targets = [(-1, 1), (1, 4)].map(ratio);
            all.extend(layers.iter().flat_map(|chain| targets.iter().map(|y| Chain::new(chain.clone(), RBig::ONE, y.clone()))));
        }
    }
    all
}

/// det(diag(w) H diag(w)) in units of the target: det H Π w_i² / y^(2L). The points bind `depth`, and `x` to f/y.
#[must_use]
pub fn determinants(chains: &[Chain]) -> Gathered {
    let case = |chain: &Chain| {
        let squares = chain.weights.iter().fold(RBig::ONE, |product, w| product * w / &chain.target).pow(2);
        (chain.point(), eliminate(chain.hessian()).0 * squares)
    };
    observe(chains.par_iter().map(case).collect::<Vec<_>>())
}

/// The number of negative eigenvalues of the Hessian of those chains whose f/y, in the name `x`, makes both formulas positive; the
/// points bind `depth` and `x`.
///
/// # Errors
/// [`Unsettled::Inconclusive`] if a formula has no value.
pub fn negative_eigenvalues(chains: &[Chain], conditions: &[&str]) -> Result<Gathered, Unsettled> {
    let failed = |reason: String| Unsettled::Inconclusive(reason);
    let conditions = conditions.iter().map(|text| parse(text).map_err(|e| failed(e.to_string()))).collect::<Result<Vec<_>, _>>()?;
    let case = |chain: &Chain| {
        let point = chain.point();
        let names = point.environment(&Environment::new(), &()).map_err(|e| failed(e.to_string()))?;
        for condition in &conditions {
            if exact(condition, &names).map_err(|e| failed(e.to_string()))? <= RBig::ZERO {
                return Ok(None);
            }
        }
        Ok(Some((point, RBig::from(eliminate(chain.hessian()).1.negative))))
    };
    let found = chains.par_iter().map(case).collect::<Result<Vec<_>, Unsettled>>()?;
    Ok(observe(found.into_iter().flatten()))
}

/// A derivative of the loss of some chains with equal weights and target 1; the points bind `depth`, `w0`, `x`.
#[must_use]
pub fn derivatives(derivative: Derivative) -> Gathered {
    /// Depth, weight, input.
    const CASES: [(usize, (i64, i64), i64); 5] = [(2, (1, 2), 1), (3, (2, 3), 2), (4, (-3, 5), 3), (7, (5, 4), -1), (10, (-1, 3), 5)];
    let case = |(depth, (top, bottom), input): &(usize, (i64, i64), i64)| {
        let weight = RBig::from(*top) / RBig::from(*bottom);
        let chain = Chain::new(vec![weight.clone(); *depth], RBig::from(*input), RBig::ONE);
        let point = Point::new().with("depth", Node::rational(&(*depth).into())).with("w0", Node::rational(&weight)).at("x", input);
        let value = match derivative {
            Derivative::First => chain.first(0),
            Derivative::Diagonal => chain.second(0, 0),
            Derivative::OffDiagonal => chain.second(0, 1),
        };
        (point, value)
    };
    observe(CASES.iter().map(case))
}

/// The derivatives of the loss at w = 0, x = y = 1, of chains of those depths, by every choice of at most two derivatives in each weight
/// whose total is between 1 and L − 1 (`below`), or by one in each weight; the points bind `depth`.
///
/// In each weight the loss is a polynomial of degree 2, so products of central differences with step 1 are derivatives, exactly, and
/// those of a third or higher order in one weight vanish.
#[must_use]
pub fn saddle_derivatives(depths: std::ops::RangeInclusive<usize>, below: bool) -> Gathered {
    let case = |depth: usize| {
        let choices =
            (0..3usize.pow(depth as u32)).map(move |code| (0..depth).map(|i| code / 3usize.pow(i as u32) % 3).collect::<Vec<_>>());
        let wanted = move |orders: &Vec<usize>| {
            let total: usize = orders.iter().sum();
            if below { (1..depth).contains(&total) } else { orders.iter().all(|order| *order == 1) }
        };
        let origin = Chain::new(vec![RBig::ZERO; depth], RBig::ONE, RBig::ONE);
        choices.filter(wanted).map(move |orders| {
            let point = Point::new().with("depth", Node::rational(&depth.into()));
            (point, difference(&origin, &orders, &mut Vec::new()))
        })
    };
    observe(depths.flat_map(case))
}

/// The product of central differences of those orders, one a weight, applied to the loss around a chain.
fn difference(chain: &Chain, orders: &[usize], moves: &mut Vec<(usize, i64)>) -> RBig {
    let index = moves.len();
    let Some(order) = orders.get(index) else { return chain.moved(moves) };
    let mut at = |step: i64| {
        moves.push((index, step));
        let value = difference(chain, orders, moves);
        moves.pop();
        value
    };
    match order {
        0 => at(0),
        1 => (at(1) - at(-1)) / RBig::from(2),
        _ => at(1) - RBig::from(2) * at(0) + at(-1),
    }
}

/// The loss at x = y = 1 of chains of those (depth, weight), all weights equal but for the sign of the first `flipped(depth)`; the
/// points bind `depth` and `w0`.
#[must_use]
pub fn losses(cases: &[(usize, (i64, i64))], flipped: impl Fn(usize) -> usize) -> Gathered {
    let case = |(depth, (top, bottom)): &(usize, (i64, i64))| {
        let weight = RBig::from(*top) / RBig::from(*bottom);
        let weights = (0..*depth).map(|i| if i < flipped(*depth) { -weight.clone() } else { weight.clone() });
        let chain = Chain::new(weights.collect(), RBig::ONE, RBig::ONE);
        (Point::new().with("depth", Node::rational(&(*depth).into())).with("w0", Node::rational(&weight)), chain.loss())
    };
    observe(cases.iter().map(case))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matrix<const N: usize>(rows: [[i64; N]; N]) -> Vec<Vec<RBig>> {
        rows.iter().map(|row| row.iter().map(|x| RBig::from(*x)).collect()).collect()
    }

    #[test]
    fn elimination_finds_determinant_and_signs_with_and_without_a_diagonal() {
        let signs = |negative, zero, positive| Inertia { negative, zero, positive };
        assert_eq!(eliminate(matrix([[2, 1], [1, -3]])), (RBig::from(-7), signs(1, 0, 1)));
        assert_eq!(eliminate(matrix([[0, 2], [2, 0]])), (RBig::from(-4), signs(1, 0, 1)));
        assert_eq!(eliminate(matrix([[0, 1, 2], [1, 0, 3], [2, 3, 0]])), (RBig::from(12), signs(2, 0, 1)));
        assert_eq!(eliminate(matrix([[1, 1], [1, 1]])), (RBig::ZERO, signs(0, 1, 1)));
        assert_eq!(eliminate(matrix([[0, 0], [0, 0]])), (RBig::ZERO, signs(0, 2, 0)));
        assert_eq!(eliminate(matrix([[-4]])), (RBig::from(-4), signs(1, 0, 0)));
    }

    #[test]
    fn at_zero_the_loss_is_flat_up_to_the_order_of_its_depth() {
        let values = |depth: usize, below| {
            let found = saddle_derivatives(depth..=depth, below).observations.into_iter();
            found.map(|observation| format!("{:?}", observation.truth)).collect::<Vec<_>>()
        };
        // Orders of 1 and 2 in three weights: 3 single, 3 double, 3 pairs.
        assert_eq!((values(3, true).len(), values(3, false).len()), (9, 1));
        assert!(values(3, true).iter().all(|value| *value == values(3, true)[0]) && values(3, true)[0] != values(3, false)[0]);
        // Away from 0 the same differences see a slope: ∂_1∂_2 of ½(1 − w_2 w_1)² at (1, 1) is 1.
        let ones = Chain::new(vec![RBig::ONE; 2], RBig::ONE, RBig::ONE);
        assert_eq!(difference(&ones, &[1, 1], &mut Vec::new()), ones.second(0, 1));
    }

    #[test]
    fn differences_are_the_derivatives_of_the_loss() {
        // ½(5 − 2·3·w)² at w = −1: f = −6, 𝓛 = 121/2.
        let whole = |value: i64| RBig::from(value);
        let chain = Chain::new(vec![whole(3), whole(-1)], whole(2), whole(5));
        assert_eq!((chain.output(), chain.loss()), (whole(-6), whole(121) / whole(2)));
        assert_eq!([chain.first(0), chain.first(1)], [whole(22), whole(-66)]);
        // ∂_11 = (x w_2)², ∂_12 = x(2vx − y).
        assert_eq!([chain.second(0, 0), chain.second(0, 1), chain.second(1, 0)], [whole(4), whole(-34), whole(-34)]);
    }
}
