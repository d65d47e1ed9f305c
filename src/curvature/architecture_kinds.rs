//! Kinds of random nets: what is built at a depth, and what it sees.

use candle_core::{Device, Tensor};
use rand_distr::{Distribution, StandardNormal};

use super::architecture::Site;
use crate::network::architecture::photos::{CLASSES, COLOURS, Photos};
use crate::network::architecture::{Architecture, Objective, Padding, Wiring};
use crate::network::{Gate, Law, NetworkError};
use crate::sampled::Generator;

/// What is built at a depth, and what it sees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Family {
    /// A ReLU perceptron of that width on Gaussian inputs and targets.
    Perceptron(usize),
    /// A fully convolutional ReLU net that should reproduce photographs.
    Convolutional {
        /// The edge of an image, in pixels.
        edge: usize,
        /// The channels of a layer; where that grows, of every fourth of the depth.
        channels: usize,
        /// Whether there are as many channels as a fourth of the depth, times `channels`.
        growing: bool,
        /// The edge of a filter.
        kernel: usize,
        /// What a filter sees beyond the edge.
        padding: Padding,
    },
    /// A ResNet of four stages that should tell photographs apart (cross-entropy).
    Resnet {
        /// The edge of an image, in pixels.
        edge: usize,
        /// The channels of the first stage.
        channels: usize,
        /// The edge of a filter.
        kernel: usize,
    },
}

/// A family with its wiring.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kind {
    /// The family.
    pub family: Family,
    /// Batch normalisation and skips.
    pub wiring: Wiring,
    /// The number of samples of a batch.
    pub samples: usize,
}

impl Kind {
    /// The same with batches of that many samples.
    #[must_use]
    pub const fn seeing(self, samples: usize) -> Self {
        Kind { samples, ..self }
    }

    /// A perceptron of that width and wiring, 32 samples.
    #[must_use]
    pub const fn perceptron(width: usize, wiring: Wiring) -> Self {
        Kind { family: Family::Perceptron(width), wiring, samples: 32 }
    }

    /// A convolutional net with filters of edge 3 and that many channels, 8 samples.
    #[must_use]
    pub const fn convolutional(edge: usize, channels: usize, padding: Padding, wiring: Wiring) -> Self {
        Kind { family: Family::Convolutional { edge, channels, growing: false, kernel: 3, padding }, wiring, samples: 8 }
    }

    /// A convolutional net whose channels grow with the depth: a fourth of it.
    #[must_use]
    pub const fn growing(edge: usize, padding: Padding) -> Self {
        Kind {
            family: Family::Convolutional { edge, channels: 1, growing: true, kernel: 3, padding },
            wiring: Wiring::STRIPPED,
            samples: 8,
        }
    }

    /// A ResNet of four stages on images of that edge, 8 samples.
    #[must_use]
    pub const fn resnet(edge: usize, channels: usize, kernel: usize, wiring: Wiring) -> Self {
        Kind { family: Family::Resnet { edge, channels, kernel }, wiring, samples: 8 }
    }

    /// Whether its inputs are photographs.
    #[must_use]
    pub const fn sees_photographs(&self) -> bool {
        !matches!(self.family, Family::Perceptron(_))
    }

    /// The net of about that many maps: a ResNet has 5 and 12 for each block of a stage.
    #[must_use]
    pub fn architecture(&self, depth: usize) -> Architecture {
        match self.family {
            Family::Perceptron(width) => Architecture::perceptron(width, width, width, depth, Gate::Relu, self.wiring),
            Family::Convolutional { edge, channels, growing, kernel, padding } => {
                let channels = if growing { (channels * depth).div_ceil(4) } else { channels };
                Architecture::convolutional(edge, COLOURS, channels, depth, kernel, padding, self.wiring)
            }
            Family::Resnet { edge, channels, kernel } => {
                Architecture::resnet(edge, COLOURS, channels, (depth.saturating_sub(5) / 12).max(1), kernel, CLASSES, self.wiring)
            }
        }
    }

    /// A net of that depth with He uniform weights, at a batch of its own.
    ///
    /// # Errors
    /// If candle fails.
    pub fn draw(&self, depth: usize, photos: &Photos, generator: &mut Generator) -> Result<Site, NetworkError> {
        let architecture = self.architecture(depth);
        let weights = architecture.draw(generator, Law::he_uniform);
        let tensor = |entries: Vec<f64>, columns: usize| {
            let rows = entries.len() / columns;
            Tensor::from_vec(entries, (rows, columns), &Device::Cpu)
        };
        let (images, objective) = match self.family {
            Family::Perceptron(width) => {
                let mut normals = || (0..self.samples * width).map(|_| StandardNormal.sample(generator)).collect::<Vec<f64>>();
                let (inputs, targets) = (normals(), normals());
                (inputs, Objective::Squares(tensor(targets, width)?))
            }
            Family::Convolutional { edge, .. } => {
                let (_, images) = photos.batch(self.samples, edge, generator);
                (images.clone(), Objective::Squares(tensor(images, COLOURS)?))
            }
            Family::Resnet { edge, .. } => {
                let (labels, images) = photos.batch(self.samples, edge, generator);
                let hot = labels.iter().flat_map(|label| (0..CLASSES).map(move |class| f64::from(u8::from(class == *label)))).collect();
                (images, Objective::CrossEntropy(tensor(hot, CLASSES)?))
            }
        };
        Site::new(&architecture, weights, self.samples, images, objective)
    }

    /// What keys the streams of its nets.
    pub(super) fn name(&self) -> String {
        format!("{:?}, {:?}, {} samples", self.family, self.wiring, self.samples)
    }
}
