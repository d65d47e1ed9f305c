//! Small nets with finite weight laws, ready to be enumerated without overflow.

use dashu::integer::IBig;
use dashu::rational::RBig;

use super::law::FiniteLaw;
use crate::claim::{Point, Unsettled};
use crate::formula::Node;

/// The gate of a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gate {
    /// D = I
    Linear,
    /// D = diag(1\[h > 0\]), ties by the net's convention.
    Relu,
}

impl Gate {
    /// Both.
    pub const ALL: [Gate; 2] = [Gate::Linear, Gate::Relu];

    /// The name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Gate::Linear => "linear",
            Gate::Relu => "relu",
        }
    }

    /// P(open) for an atomless symmetric pre-activation: 1 or 1/2.
    #[must_use]
    pub fn probability(self) -> RBig {
        match self {
            Gate::Linear => RBig::ONE,
            Gate::Relu => RBig::ONE / RBig::from(2),
        }
    }
}

/// What a gate does at a pre-activation of exactly 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ties {
    /// An independent fair coin: both branches, weight 1/2.
    CoinFlip,
    /// Closed: relu'(0) = 0.
    Closed,
    /// Open: relu'(0) = 1.
    Open,
}

/// A layer h = W a, a' = D h with independent entries W_ij.
#[derive(Clone, Debug)]
pub struct Layer {
    rows: usize,
    columns: usize,
    laws: Vec<FiniteLaw>,
    first_like: Vec<usize>,
    gate: Gate,
}

impl Layer {
    /// A layer of `rows` × `columns` i.i.d. weights.
    ///
    /// # Panics
    /// If a side is 0.
    #[must_use]
    pub fn new(law: &FiniteLaw, gate: Gate, rows: usize, columns: usize) -> Self {
        Layer::with_entries(vec![vec![law.clone(); columns]; rows], gate)
    }

    /// A layer whose entries have laws of their own, given row by row.
    ///
    /// # Panics
    /// If rows differ in length or are empty, or the laws differ in unit.
    #[must_use]
    pub fn with_entries(laws: Vec<Vec<FiniteLaw>>, gate: Gate) -> Self {
        let (rows, columns) = (laws.len(), laws.first().map_or(0, Vec::len));
        assert!(columns > 0 && laws.iter().all(|row| row.len() == columns), "a matrix has rows of the same positive length");
        let first_like = laws.iter().map(|row| laws.iter().position(|other| other == row).unwrap_or(0)).collect();
        let laws: Vec<FiniteLaw> = laws.into_iter().flatten().collect();
        assert!(laws.iter().all(|law| law.unit() == laws[0].unit()), "the laws of a layer have one unit");
        Layer { rows, columns, laws, first_like, gate }
    }

    /// The number of rows: the layer's width.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The number of columns: the length of the incoming vector.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The gate.
    #[must_use]
    pub fn gate(&self) -> Gate {
        self.gate
    }

    /// The laws of the entries of one row (counted from 0).
    #[must_use]
    pub fn row(&self, row: usize) -> &[FiniteLaw] {
        &self.laws[row * self.columns..(row + 1) * self.columns]
    }

    /// The first row whose entries have the same laws as those of `row`.
    #[must_use]
    pub fn first_like(&self, row: usize) -> usize {
        self.first_like[row]
    }

    /// The laws of all entries, row by row.
    #[must_use]
    pub fn entries(&self) -> &[FiniteLaw] {
        &self.laws
    }

    /// The number that integer weights count.
    #[must_use]
    pub fn unit(&self) -> &RBig {
        self.laws[0].unit()
    }

    fn largest(&self) -> i64 {
        self.laws.iter().map(FiniteLaw::largest).max().unwrap_or(0)
    }
}

/// A net with finite weight laws and an integer input, small enough that counts of its outcomes and fourth powers of its
/// outputs fit 127 bits.
#[derive(Clone, Debug)]
pub struct Net {
    input: Vec<i64>,
    layers: Vec<Layer>,
    ties: Ties,
    bound: u128,
}

impl Net {
    /// The net of those layers, ties as coins.
    ///
    /// # Errors
    /// [`Unsettled::Skipped`] if its numbers could overflow.
    ///
    /// # Panics
    /// If there is no layer, or shapes do not fit.
    pub fn new(input: &[i64], layers: Vec<Layer>) -> Result<Self, Unsettled> {
        assert!(!layers.is_empty(), "a net has a layer");
        assert_eq!(layers[0].columns, input.len(), "the input has as many entries as the first layer has columns");
        assert!(layers.windows(2).all(|pair| pair[0].rows == pair[1].columns), "each layer fits the one before");
        let mut net = Net { input: input.to_vec(), layers, ties: Ties::CoinFlip, bound: 0 };
        let too_large = || Unsettled::Skipped("the net is too large to be enumerated in 127-bit integers".into());
        net.bound = net.bounded().ok_or_else(too_large)?;
        Ok(net)
    }

    /// `depth` layers of `width` rows with i.i.d. weights; the first has as many columns as the input has entries.
    ///
    /// # Errors
    /// As [`Net::new`].
    ///
    /// # Panics
    /// If a size is 0.
    pub fn uniform(law: &FiniteLaw, gate: Gate, width: usize, depth: usize, input: &[i64]) -> Result<Self, Unsettled> {
        let columns = std::iter::once(input.len()).chain(std::iter::repeat(width));
        Net::new(input, columns.take(depth).map(|columns| Layer::new(law, gate, width, columns)).collect())
    }

    /// The same net under another convention for ties.
    #[must_use]
    pub fn with_ties(mut self, ties: Ties) -> Self {
        self.ties = ties;
        self
    }

    /// The first `depth` layers.
    ///
    /// # Panics
    /// If `depth` is 0 or larger than the net's.
    #[must_use]
    pub fn truncated(&self, depth: usize) -> Self {
        assert!((1..=self.layers.len()).contains(&depth), "a net of depth {} has no part of depth {depth}", self.layers.len());
        Net { layers: self.layers[..depth].to_vec(), ..self.clone() }
    }

    /// The input.
    #[must_use]
    pub fn input(&self) -> &[i64] {
        &self.input
    }

    /// The layers.
    #[must_use]
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// The number of layers.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.layers.len()
    }

    /// The convention for ties.
    #[must_use]
    pub fn ties(&self) -> Ties {
        self.ties
    }

    /// The total weight of all outcomes of the first `depth` layers.
    #[must_use]
    pub fn outcomes(&self, depth: usize) -> u128 {
        self.layers[..depth].iter().flat_map(Layer::entries).map(|law| u128::from(law.total())).product()
    }

    /// The product of the units of the layers after the first `from`: the scale of a product of their integer weights.
    #[must_use]
    pub fn scale(&self, from: usize) -> RBig {
        self.layers[from..].iter().fold(RBig::ONE, |scale, layer| scale * layer.unit())
    }

    /// The parameters of the net as formulas name them: `width` (rows of the last layer), `depth`, `variance` and `kurtosis`
    /// (of the first layer's first law), `p` (of the first gate), and `x2` = ‖x‖₂², `x4` = ‖x‖₄⁴.
    #[must_use]
    pub fn point(&self) -> Point {
        let law = &self.layers[0].laws[0];
        let whole = |count: usize| Node::rational(&count.into());
        Point::new()
            .with("width", whole(self.layers[self.depth() - 1].rows))
            .with("depth", whole(self.depth()))
            .with("variance", Node::rational(&law.variance()))
            .with("kurtosis", Node::rational(&law.kurtosis()))
            .with("p", Node::rational(&self.layers[0].gate.probability()))
            .with("x2", Node::rational(&power_sum(&self.input, 2)))
            .with("x4", Node::rational(&power_sum(&self.input, 4)))
    }

    /// The net in words: law, gate, shape and input.
    #[must_use]
    pub fn describe(&self) -> String {
        let first = &self.layers[0];
        let shape: Vec<String> = self.layers.iter().map(|layer| layer.rows.to_string()).collect();
        format!("{}, {}, widths {}, input {:?}", first.laws[0].name(), first.gate.name(), shape.join(", "), self.input)
    }

    /// A bound on the absolute entries of all vectors and matrix products of the net, in units.
    #[must_use]
    pub fn bound(&self) -> u128 {
        self.bound
    }

    /// The bound of [`Net::bound`], if every count and every power sum that enumeration forms stays below 2¹²⁶.
    fn bounded(&self) -> Option<u128> {
        let limit = 1_u128 << 126;
        let below = |value: Option<u128>| value.filter(|value| *value < limit);
        let mut largest = u128::from(self.input.iter().map(|x| x.unsigned_abs()).max()?.max(1));
        let mut outcomes = 1_u128;
        let widest = self.layers.iter().map(|layer| layer.rows.max(layer.columns)).max()?;
        let sides = u128::try_from(widest).ok()?.checked_pow(4)?;
        for layer in &self.layers {
            let growth = u128::try_from(layer.columns).ok()?.checked_mul(layer.largest().max(1).unsigned_abs().into())?;
            largest = largest.checked_mul(growth)?;
            for law in &layer.laws {
                outcomes = below(outcomes.checked_mul(law.total().into()))?;
            }
            // One branch a tie: a gate's coin doubles the weight.
            outcomes = below(outcomes.checked_mul(1_u128.checked_shl(u32::try_from(layer.rows).ok()?)?))?;
            let row_outcomes = |row| layer.row(row).iter().map(|law| u128::from(law.total())).product::<u128>();
            let row_outcomes = (0..layer.rows).map(row_outcomes).max()?;
            below(largest.checked_pow(4)?.checked_mul(sides.max(row_outcomes)))?;
        }
        Some(largest)
    }
}

/// Σ x_i^exponent
#[must_use]
pub fn power_sum(vector: &[i64], exponent: usize) -> RBig {
    RBig::from(vector.iter().map(|x| IBig::from(*x).pow(exponent)).sum::<IBig>())
}
