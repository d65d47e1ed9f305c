//! Enumeration of small convolutional nets with shared weights: the joint law of a layer's pixels, equal images merged.
//!
//! A layer carries `channels` images of edge × edge pixels to as many: every output channel has a filter of its own, kernel × kernel
//! weights for each input channel, which slides over the image. Given the incoming images the output channels are independent.

use std::collections::{BTreeMap, HashMap};

use dashu::integer::IBig;
use dashu::rational::RBig;

use super::law::FiniteLaw;
use super::net::Gate;
use crate::claim::Point;
use crate::formula::Node;

/// What a filter sees beyond the edge of an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Padding {
    /// Zeros.
    Zero,
    /// The opposite edge.
    Circular,
}

/// For every pixel of an image, row by row, the pixels under each place of a filter of odd edge, row by row; nothing where that is
/// outside a zero-padded image.
#[must_use]
pub fn windows(edge: usize, kernel: usize, padding: Padding) -> Vec<Vec<Option<usize>>> {
    let (n, half) = (edge as i64, kernel as i64 / 2);
    let coordinate = |at: i64| match padding {
        Padding::Zero => (0..n).contains(&at).then_some(at),
        Padding::Circular => Some(at.rem_euclid(n)),
    };
    let pixel = |row: i64, column: i64| Some((coordinate(row)? * n + coordinate(column)?) as usize);
    let places = || (-half..=half).flat_map(|down| (-half..=half).map(move |right| (down, right)));
    let window = |row, column| places().map(|(down, right)| pixel(row + down, column + right)).collect();
    (0..n).flat_map(|row| (0..n).map(move |column| (row, column))).map(|(row, column)| window(row, column)).collect()
}

/// A convolutional net with a finite weight law and integer images.
#[derive(Clone, Debug)]
pub struct ConvNet {
    /// The edge of an image, in pixels.
    pub edge: usize,
    /// The edge of a filter, in pixels; odd.
    pub kernel: usize,
    /// What a filter sees beyond the edge.
    pub padding: Padding,
    /// The number of output channels of every layer.
    pub channels: usize,
    /// The number of layers.
    pub depth: usize,
    /// The law of a weight.
    pub law: FiniteLaw,
    /// The gate behind each layer but, for pre-activations, the last.
    pub gate: Gate,
    /// The input: the pixels of each channel, row by row.
    pub input: Vec<Vec<i64>>,
}

/// Images, each the pixels of all its channels; with the number of outcomes of each.
type ImageLaw = HashMap<Vec<Vec<i64>>, IBig>;

impl ConvNet {
    /// E‖h‖₂² of each pixel over all channels in the last layer: before its gate, or after it.
    #[must_use]
    pub fn pixel_energies(&self, gated: bool) -> Vec<RBig> {
        let channel = |law: &[(Vec<i64>, IBig)], pixel: usize| {
            let energy = |h: i64| if gated { self.gated(h) * self.gated(h) } else { h * h };
            law.iter().map(|(image, weight)| IBig::from(energy(image[pixel])) * weight).sum::<IBig>()
        };
        let pixels = self.edge * self.edge;
        let sums = self.over_images(|law| (0..pixels).map(|pixel| channel(law, pixel)).collect());
        sums.into_iter().map(|sum| sum * self.unit().pow(2 * self.depth as isize) * RBig::from(self.channels)).collect()
    }

    /// E‖h‖₂⁴ over all pixels and channels of the last layer, before its gate.
    #[must_use]
    pub fn norm2_pow4(&self) -> RBig {
        let power = |law: &[(Vec<i64>, IBig)], exponent: usize| {
            let energy = |image: &Vec<i64>| IBig::from(image.iter().map(|h| h * h).sum::<i64>());
            law.iter().map(|(image, weight)| energy(image).pow(exponent) * weight).sum::<IBig>()
        };
        // Of equal independent channels: c E s² + c (c − 1) (E s)².
        let c = IBig::from(self.channels);
        let sums = self.over_images(|law| {
            let first = power(law, 1);
            vec![&c * power(law, 2) * self.filters() + &c * (&c - IBig::ONE) * &first * &first]
        });
        let total = sums.into_iter().fold(RBig::ZERO, |sum, term| sum + term);
        total * self.unit().pow(4 * self.depth as isize) / RBig::from(self.filters())
    }

    /// ‖input‖₂²
    #[must_use]
    pub fn input_energy(&self) -> RBig {
        RBig::from(self.input.iter().flatten().map(|x| x * x).sum::<i64>())
    }

    /// The net in the names of formulas: `pixels`, `kernel`, `width` (of channels), `depth`, `variance`, `kurtosis`, `p`.
    #[must_use]
    pub fn point(&self) -> Point {
        let whole = |count: usize| Node::rational(&count.into());
        Point::new()
            .with("pixels", whole(self.edge))
            .with("kernel", whole(self.kernel))
            .with("width", whole(self.channels))
            .with("depth", whole(self.depth))
            .with("variance", Node::rational(&self.law.variance()))
            .with("kurtosis", Node::rational(&self.law.kurtosis()))
            .with("p", Node::rational(&self.gate.probability()))
    }

    /// Σ over the images before the last layer of their probability times `value` of the law of one channel behind them, the latter in
    /// numbers of outcomes, divided by the number of filters.
    fn over_images(&self, value: impl Fn(&[(Vec<i64>, IBig)]) -> Vec<IBig>) -> Vec<RBig> {
        let mut images: ImageLaw = HashMap::from([(self.input.clone(), IBig::ONE)]);
        for _ in 1..self.depth {
            images = self.layer(&images);
        }
        let outcomes: IBig = images.values().sum();
        let mut sums = Vec::<IBig>::new();
        for (image, weight) in &images {
            let found = value(&self.channel(image));
            sums.resize(found.len(), IBig::ZERO);
            sums.iter_mut().zip(found).for_each(|(sum, term)| *sum += term * weight);
        }
        let total = RBig::from(outcomes * self.filters());
        sums.into_iter().map(|sum| RBig::from(sum) / &total).collect()
    }

    /// The law of the activations behind one more layer.
    fn layer(&self, images: &ImageLaw) -> ImageLaw {
        let mut next = ImageLaw::new();
        for (image, weight) in images {
            let mut channel = HashMap::<Vec<i64>, IBig>::new();
            for (pre, share) in self.channel(image) {
                *channel.entry(pre.into_iter().map(|h| self.gated(h)).collect()).or_default() += share;
            }
            let mut joint = vec![(vec![], weight.clone())];
            for _ in 0..self.channels {
                let extended = joint.iter().flat_map(|(prefix, weight)| {
                    channel.iter().map(move |(image, share)| ([prefix.clone(), vec![image.clone()]].concat(), weight * share))
                });
                joint = extended.collect();
            }
            for (image, weight) in joint {
                *next.entry(image).or_default() += weight;
            }
        }
        next
    }

    /// The law of the pre-activations of one output channel, in units: its weights one after the other, equal partial sums merged.
    fn channel(&self, images: &[Vec<i64>]) -> Vec<(Vec<i64>, IBig)> {
        let windows = windows(self.edge, self.kernel, self.padding);
        let mut law = BTreeMap::from([(vec![0_i64; windows.len()], 1_u128)]);
        for image in images {
            for place in 0..self.kernel * self.kernel {
                let shifted: Vec<i64> = windows.iter().map(|window| window[place].map_or(0, |pixel| image[pixel])).collect();
                let mut next = BTreeMap::new();
                for (sums, weight) in &law {
                    for (value, share) in self.law.outcomes() {
                        let sum = sums.iter().zip(&shifted).map(|(sum, x)| sum + value * x).collect();
                        *next.entry(sum).or_default() += weight * u128::from(*share);
                    }
                }
                law = next;
            }
        }
        law.into_iter().map(|(image, weight)| (image, IBig::from(weight))).collect()
    }

    fn gated(&self, h: i64) -> i64 {
        if self.gate == Gate::Relu { h.max(0) } else { h }
    }

    fn unit(&self) -> &RBig {
        self.law.unit()
    }

    /// The number of filters of one output channel of the last layer, weighted.
    fn filters(&self) -> IBig {
        let inputs = if self.depth == 1 { self.input.len() } else { self.channels };
        IBig::from(self.law.total()).pow(self.kernel * self.kernel * inputs)
    }
}
