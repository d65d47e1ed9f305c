//! Given perceptrons in integers: gradients and Hessian blocks by differences against their closed forms, entry by entry.
//!
//! f = B D^L W^L ⋯ D^1 W^1 x, rectangular layers, several samples, 2n𝓛 = Σ‖f − y‖². With the gates held, 2n𝓛 is quadratic in each
//! weight, and central differences with step 1 are its derivatives, exactly.

use dashu::rational::RBig;

use super::layers::whole;
use crate::claim::{Extent, Gathered, Observation, Point, Truth};
use crate::formula::Node;

/// A matrix, row by row.
type Matrix = Vec<Vec<i128>>;
/// A weight: its layer, from 0, its row and its column.
type Slot = (usize, usize, usize);

/// Widths of input, layers and output, whether the layers are gated, and the number of samples.
const SHAPES: [(&[usize], bool, usize); 6] = [
    (&[1, 1, 1, 1], false, 1),
    (&[2, 2, 2, 2], false, 1),
    (&[3, 2, 3, 2], false, 2),
    (&[2, 3, 3, 2], true, 3),
    (&[2, 3, 2, 3, 2], true, 2),
    (&[3, 4, 3, 3, 1], true, 4),
];

struct Perceptron {
    /// W^1, …, W^L, B.
    layers: Vec<Matrix>,
    /// Inputs and targets.
    samples: Vec<(Vec<i128>, Vec<i128>)>,
    /// D^1, …, D^L of each sample.
    gates: Vec<Vec<Vec<bool>>>,
}

impl Perceptron {
    /// Entries between −3 and 3 without a pattern; no pre-activation of a gated layer is 0.
    fn new((widths, gated, samples): (&[usize], bool, usize)) -> Perceptron {
        let mut state = widths.iter().fold(17_u64, |state, width| state * 31 + *width as u64);
        let mut entry = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            i128::from((state >> 33) % 7) - 3
        };
        let mut vector = |length: usize| (0..length).map(|_| entry()).collect::<Vec<i128>>();
        let layers: Vec<Matrix> = widths.windows(2).map(|pair| (0..pair[1]).map(|_| vector(pair[0])).collect()).collect();
        let samples = (0..samples).map(|_| (vector(widths[0]), vector(widths[widths.len() - 1]))).collect();
        let mut net = Perceptron { layers, samples, gates: Vec::new() };
        net.gates = net.samples.iter().map(|(x, _)| net.gates_at(x, gated)).collect();
        net
    }

    fn gates_at(&self, input: &[i128], gated: bool) -> Vec<Vec<bool>> {
        let mut state = input.to_vec();
        let mut gates = Vec::new();
        for layer in &self.layers[..self.depth()] {
            state = times(layer, &state);
            gates.push(state.iter().map(|h| !gated || *h > 0).collect::<Vec<bool>>());
            state = gate(state, &gates[gates.len() - 1]);
        }
        gates
    }

    fn depth(&self) -> usize {
        self.layers.len() - 1
    }

    fn slots(&self, layer: usize) -> Vec<Slot> {
        let (rows, columns) = (self.layers[layer].len(), self.layers[layer][0].len());
        (0..rows).flat_map(|i| (0..columns).map(move |j| (layer, i, j))).collect()
    }

    /// a^0, …, a^L and f of a sample, some weights shifted.
    fn states(&self, sample: usize, shifts: &[(Slot, i128)]) -> Vec<Vec<i128>> {
        let mut states = vec![self.samples[sample].0.clone()];
        for (index, layer) in self.layers.iter().enumerate() {
            let before = &states[index];
            let mut image = times(layer, before);
            for ((_, row, column), amount) in shifts.iter().filter(|((layer, ..), _)| *layer == index) {
                image[*row] += amount * before[*column];
            }
            states.push(if index < self.depth() { gate(image, &self.gates[sample][index]) } else { image });
        }
        states
    }

    /// 2n𝓛
    fn loss(&self, shifts: &[(Slot, i128)]) -> i128 {
        let term = |(sample, (_, y)): (usize, &(Vec<i128>, Vec<i128>))| {
            let output = self.states(sample, shifts).pop().unwrap_or_default();
            output.iter().zip(y).map(|(f, y)| (f - y).pow(2)).sum::<i128>()
        };
        self.samples.iter().enumerate().map(term).sum()
    }

    /// The product D^{to−1} W^{to−1} ⋯ W^{from+1} D^from of a sample, layers from 0; with `to` = L + 1 layers, B on top.
    fn product(&self, sample: usize, from: usize, to: usize) -> Matrix {
        let width = self.layers[from].len();
        let open = |i: usize, j: usize| i128::from(i == j && self.gates[sample][from][i]);
        let mut columns: Vec<Vec<i128>> = (0..width).map(|j| (0..width).map(|i| open(i, j)).collect()).collect();
        for index in from + 1..to {
            let pass = |column: &Vec<i128>| {
                let image = times(&self.layers[index], column);
                if index < self.depth() { gate(image, &self.gates[sample][index]) } else { image }
            };
            columns = columns.iter().map(pass).collect();
        }
        transposed(&columns)
    }

    /// 2n ∂𝓛 by the entries of a layer: by differences, and by 2 Σ M_kᵀ r (a^{k−1})ᵀ.
    fn gradient(&self, k: usize) -> Vec<(i128, i128)> {
        let parts: Vec<(Vec<i128>, Vec<i128>)> = (0..self.samples.len()).map(|sample| self.adjoint(sample, k)).collect();
        let entry = |slot: Slot| {
            let closed = parts.iter().map(|(adjoint, input)| 2 * adjoint[slot.1] * input[slot.2]).sum();
            ((self.loss(&[(slot, 1)]) - self.loss(&[(slot, -1)])) / 2, closed)
        };
        self.slots(k).into_iter().map(entry).collect()
    }

    /// M_kᵀ r and a^{k−1} of a sample.
    fn adjoint(&self, sample: usize, k: usize) -> (Vec<i128>, Vec<i128>) {
        let states = self.states(sample, &[]);
        let residual: Vec<i128> = states[states.len() - 1].iter().zip(&self.samples[sample].1).map(|(f, y)| f - y).collect();
        (times(&transposed(&self.product(sample, k, self.layers.len())), &residual), states[k].clone())
    }

    /// 2n ∂²𝓛 by the entries of layers k ≤ l: by differences, and by 2 Σ (⟨M_l U a^{l−1}, M_k V a^{k−1}⟩ + ⟨r, M_l U P_{l,k} V a^{k−1}⟩), the
    /// second term absent for k = l, for unit matrices V, U.
    fn hessian(&self, k: usize, l: usize) -> Vec<(i128, i128)> {
        let part = |sample: usize| {
            let [upper, lower] = [l, k].map(|layer| self.product(sample, layer, self.layers.len()));
            let path = if k < l { self.product(sample, k, l) } else { Vec::new() };
            let ((adjoint, above), (_, below)) = (self.adjoint(sample, l), self.adjoint(sample, k));
            (times_matrix(&transposed(&upper), &lower), path, adjoint, above, below)
        };
        let parts: Vec<_> = (0..self.samples.len()).map(part).collect();
        let entry = |(v, u): (Slot, Slot)| {
            let term = |(gram, path, adjoint, above, below): &(Matrix, Matrix, Vec<i128>, Vec<i128>, Vec<i128>)| {
                let second = if k < l { adjoint[u.1] * path[u.2][v.1] } else { 0 };
                2 * below[v.2] * (gram[u.1][v.1] * above[u.2] + second)
            };
            let q = |s: i128, t: i128| self.loss(&[(v, s), (u, t)]);
            ((q(1, 1) - q(1, -1) - q(-1, 1) + q(-1, -1)) / 4, parts.iter().map(term).sum())
        };
        let pairs = self.slots(k).into_iter().flat_map(|v| self.slots(l).into_iter().map(move |u| (v, u)));
        pairs.map(entry).collect()
    }
}

/// What differences give in units of the closed form, for every layer of the nets of `SHAPES`: ⟨D, C⟩/⟨C, C⟩ and ⟨D, D⟩/⟨C, C⟩, which
/// are both 1 only if D = C.
#[must_use]
pub fn gradients_by_differences() -> Gathered {
    let nets = SHAPES.map(Perceptron::new);
    let places = nets.iter().flat_map(|net| (0..net.depth()).map(move |k| net.gradient(k)));
    Gathered { observations: places.flat_map(|pairs| compared(&pairs)).collect(), ..Gathered::default() }
}

/// The same for the blocks on the diagonal of the Hessian, or above it.
#[must_use]
pub fn hessians_by_differences(diagonal: bool) -> Gathered {
    let nets = SHAPES.map(Perceptron::new);
    let pairs = |net: &Perceptron| -> Vec<(usize, usize)> {
        let every = 0..net.depth();
        if diagonal { every.map(|k| (k, k)).collect() } else { every.flat_map(|k| (k + 1..net.depth()).map(move |l| (k, l))).collect() }
    };
    let places = nets.iter().flat_map(|net| pairs(net).into_iter().map(move |(k, l)| net.hessian(k, l)));
    Gathered { observations: places.flat_map(|pairs| compared(&pairs)).collect(), ..Gathered::default() }
}

/// ‖K‖_F² for the matrix K of X ↦ Xᵀ on d × d matrices, written out for each width.
#[must_use]
pub fn commutation_squares() -> Gathered {
    let observe = |width: usize| {
        let size = width * width;
        let entry = |row: usize, column: usize| i128::from((row / width, row % width) == (column % width, column / width));
        let square: i128 = (0..size).flat_map(|row| (0..size).map(move |column| entry(row, column).pow(2))).sum();
        let truth = Truth::Exact(Node::rational(&RBig::from(square)));
        Observation { point: Point::new().with("width", whole(width)), truth }
    };
    let because = "degree argument: a sum over quadruples of indices is a polynomial in the width of degree at most 4";
    let extent = vec![Extent { name: "width", order: 5, because }];
    Gathered { observations: (1..=8).map(observe).collect(), extent, ..Gathered::default() }
}

fn compared(pairs: &[(i128, i128)]) -> Vec<Observation> {
    let product = |term: fn(&(i128, i128)) -> i128| RBig::from(pairs.iter().map(term).sum::<i128>());
    let [differences, mixed, closed] = [product(|(d, _)| d * d), product(|(d, c)| d * c), product(|(_, c)| c * c)];
    // Where the closed form vanishes, 1 more than the squared differences: 1 only if they vanish too.
    let truths = if closed == RBig::ZERO { vec![differences + RBig::ONE] } else { vec![mixed / &closed, differences / &closed] };
    truths.into_iter().map(|truth| Observation { point: Point::new(), truth: Truth::Exact(Node::rational(&truth)) }).collect()
}

fn times(matrix: &Matrix, vector: &[i128]) -> Vec<i128> {
    matrix.iter().map(|row| row.iter().zip(vector).map(|(w, a)| w * a).sum()).collect()
}

fn times_matrix(left: &Matrix, right: &Matrix) -> Matrix {
    transposed(&transposed(right).iter().map(|column| times(left, column)).collect())
}

fn transposed(matrix: &Matrix) -> Matrix {
    (0..matrix[0].len()).map(|j| matrix.iter().map(|row| row[j]).collect()).collect()
}

fn gate(vector: Vec<i128>, open: &[bool]) -> Vec<i128> {
    vector.into_iter().zip(open).map(|(h, open)| if *open { h } else { 0 }).collect()
}
