//! What an architecture is made of, step by step, and the families of the paper.

use rand::Rng;

use super::geometry::{Geometry, Padding};
use crate::network::{Gate, Law};

/// One step of a forward pass.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// h = W patches(a): the next weights, sliding by that geometry, to that many channels.
    Map(Geometry, usize),
    /// Each channel less its mean over the batch and all pixels, over the root of its variance plus [`EPSILON`]: batch normalisation in
    /// training mode, without trained scale and shift.
    Normalise,
    /// The gate.
    Gate(Gate),
    /// Keeps the activation for the next [`Step::Add`].
    Keep,
    /// Adds the activation that was kept last.
    Add,
    /// The mean over the pixels of each image.
    Average(usize),
}

/// What batch normalisation adds to a variance: that of PyTorch and candle.
pub const EPSILON: f64 = 1e-5;

/// A feed-forward architecture on square images (or vectors, images of one pixel).
#[derive(Clone, Debug, PartialEq)]
pub struct Architecture {
    /// The edge of the input, in pixels.
    pub edge: usize,
    /// The channels of the input.
    pub channels: usize,
    /// The steps.
    pub steps: Vec<Step>,
}

/// How layers are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Wiring {
    /// Whether every map is followed by batch normalisation.
    pub normalised: bool,
    /// The number of maps that a skip connection spans; none without.
    pub skip: Option<usize>,
}

impl Wiring {
    /// Neither: a stripped net.
    pub const STRIPPED: Wiring = Wiring { normalised: false, skip: None };
    /// Batch normalisation alone.
    pub const NORMALISED: Wiring = Wiring { normalised: true, skip: None };

    /// Skips over that many maps alone.
    #[must_use]
    pub const fn skipping(maps: usize) -> Self {
        Wiring { normalised: false, skip: Some(maps) }
    }

    /// Both.
    #[must_use]
    pub const fn both(maps: usize) -> Self {
        Wiring { normalised: true, skip: Some(maps) }
    }
}

/// The maps of a block of a ResNet.
const BLOCK: usize = 3;

impl Architecture {
    /// A multi-layer perceptron: `depth` maps from `inputs` to `width` … to `outputs`, a gate behind each but the last. Skips span hidden maps
    /// that keep the width, with the gate of the last behind the sum.
    #[must_use]
    pub fn perceptron(inputs: usize, width: usize, outputs: usize, depth: usize, gate: Gate, wiring: Wiring) -> Self {
        let mut plan = Architecture { edge: 1, channels: inputs, steps: Vec::new() };
        plan.hidden(Geometry::POINT, width, gate, wiring);
        plan.blocks(Geometry::POINT, width, depth.saturating_sub(2), gate, wiring);
        plan.steps.push(Step::Map(Geometry::POINT, outputs));
        plan
    }

    /// A fully convolutional net from images of `inputs` channels to images of as many: `depth` maps, `channels` in between.
    #[must_use]
    pub fn convolutional(
        edge: usize,
        inputs: usize,
        channels: usize,
        depth: usize,
        kernel: usize,
        padding: Padding,
        wiring: Wiring,
    ) -> Self {
        let geometry = Geometry { edge, kernel, stride: 1, padding };
        let mut plan = Architecture { edge, channels: inputs, steps: Vec::new() };
        plan.hidden(geometry, channels, Gate::Relu, wiring);
        plan.blocks(geometry, channels, depth.saturating_sub(2), Gate::Relu, wiring);
        plan.steps.push(Step::Map(geometry, inputs));
        plan
    }

    /// A residual net of four stages, each of `blocks` blocks of three maps; every stage after the first halves the image and doubles the
    /// channels by a map of its own. Then the mean over the pixels, and a map to `classes`. Without skips it is stripped.
    #[must_use]
    pub fn resnet(edge: usize, inputs: usize, channels: usize, blocks: usize, kernel: usize, classes: usize, wiring: Wiring) -> Self {
        let mut plan = Architecture { edge, channels: inputs, steps: Vec::new() };
        let (mut edge, mut width) = (edge, channels);
        for stage in 0..4 {
            let stride = if stage == 0 { 1 } else { 2 };
            let entry = Geometry { edge, kernel, stride, padding: Padding::Zero };
            plan.hidden(entry, width, Gate::Relu, wiring);
            edge = entry.outgoing();
            plan.blocks(Geometry { edge, stride: 1, ..entry }, width, BLOCK * blocks, Gate::Relu, wiring);
            width *= 2;
        }
        plan.steps.extend([Step::Average(edge * edge), Step::Map(Geometry::POINT, classes)]);
        plan
    }

    /// The rows and columns of every weight matrix: places of the filter times incoming channels, by outgoing channels.
    #[must_use]
    pub fn shapes(&self) -> Vec<(usize, usize)> {
        let mut channels = self.channels;
        let mut shapes = Vec::new();
        for step in &self.steps {
            if let Step::Map(geometry, next) = step {
                shapes.push((geometry.places() * channels, *next));
                channels = *next;
            }
        }
        shapes
    }

    /// The number of maps.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.steps.iter().filter(|step| matches!(step, Step::Map(..))).count()
    }

    /// Whether the net is homogeneous in each weight matrix: neither normalised nor with skips.
    #[must_use]
    pub fn is_homogeneous(&self) -> bool {
        !self.steps.iter().any(|step| matches!(step, Step::Normalise | Step::Add))
    }

    /// The multiplications of one forward pass of one image.
    #[must_use]
    pub fn cost(&self) -> u64 {
        let mut channels = self.channels;
        let mut cost = 0;
        for step in &self.steps {
            if let Step::Map(geometry, next) = step {
                cost += (geometry.outgoing().pow(2) * geometry.places() * channels * next) as u64;
                channels = *next;
            }
        }
        cost
    }

    /// Weights drawn layer by layer, `law(fan-in)` each: fan-in is the number of rows.
    pub fn draw<R: Rng + ?Sized>(&self, rng: &mut R, law: impl Fn(usize) -> Law) -> Vec<Vec<f64>> {
        let weights = self.shapes().into_iter().map(|(rows, columns)| {
            let mut weights = vec![0.0; rows * columns];
            law(rows).sample(rng, &mut weights);
            weights
        });
        weights.collect()
    }

    /// A map with what follows it.
    fn hidden(&mut self, geometry: Geometry, channels: usize, gate: Gate, wiring: Wiring) {
        self.steps.push(Step::Map(geometry, channels));
        self.steps.extend(wiring.normalised.then_some(Step::Normalise));
        self.steps.push(Step::Gate(gate));
    }

    /// That many maps which keep the shape, in blocks that skips span; a last shorter block has no skip.
    fn blocks(&mut self, geometry: Geometry, channels: usize, maps: usize, gate: Gate, wiring: Wiring) {
        let span = wiring.skip.unwrap_or(usize::MAX);
        for map in 0..maps {
            let skipped = map / span < maps / span;
            if skipped && map.is_multiple_of(span) {
                self.steps.push(Step::Keep);
            }
            self.hidden(geometry, channels, gate, wiring);
            if skipped && (map + 1).is_multiple_of(span) {
                let last = self.steps.len() - 1;
                self.steps.insert(last, Step::Add);
            }
        }
    }
}
