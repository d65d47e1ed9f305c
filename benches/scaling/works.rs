//! The pieces of work, at any size.

use std::hint::black_box;

use vanishing_curvature::curvature::{self, Data, Loss, Network, Parameters, Pass};
use vanishing_curvature::network::{Backend, Gate, Law, Layer, State, forward};
use vanishing_curvature::sampled::Streams;

/// How much is done.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// The width of every layer.
    pub width: usize,
    /// The number of layers.
    pub depth: usize,
    /// The number of samples, or of nets.
    pub samples: usize,
}

/// A piece of work.
pub struct Work {
    /// What it is.
    pub name: &'static str,
    /// Where the swept variables stand while another one is swept.
    pub at: Size,
    /// The widths.
    pub widths: &'static [usize],
    /// The depths.
    pub depths: &'static [usize],
    /// The numbers of samples.
    pub counts: &'static [usize],
    prepare: fn(Size) -> Box<dyn Fn()>,
}

impl Work {
    /// The work of a size, ready to be run.
    pub fn prepared(&self, size: Size) -> Box<dyn Fn()> {
        (self.prepare)(size)
    }
}

/// All pieces.
pub const WORKS: [Work; 3] = [
    Work {
        name: "norms of random ReLU nets",
        at: Size { width: 8, depth: 32, samples: 1 << 14 },
        widths: &[4, 8, 16, 32, 64],
        depths: &[8, 16, 32, 64, 128],
        counts: &[1 << 12, 1 << 13, 1 << 14, 1 << 15, 1 << 16],
        prepare: nets,
    },
    Work {
        name: "all block norms of the Hessian",
        at: Size { width: 32, depth: 32, samples: 8 },
        widths: &[16, 32, 64, 96, 128],
        depths: &[16, 32, 64, 96, 128],
        counts: &[4, 8, 16, 32, 64],
        prepare: blocks,
    },
    Work {
        name: "gradients and Hessian-vector products",
        at: Size { width: 64, depth: 64, samples: 32 },
        widths: &[32, 64, 128, 192, 256],
        depths: &[32, 64, 128, 256, 512],
        counts: &[16, 32, 64, 128, 256],
        prepare: products,
    },
];

/// Nets in chunks, each with its own stream.
fn nets(Size { width, depth, samples }: Size) -> Box<dyn Fn()> {
    let layers = vec![Layer { width, law: Law::he_gaussian(width), gate: Gate::Relu }; depth];
    let (backend, streams) = (Backend::host(), Streams::keyed(1, "bench", "scaling"));
    Box::new(move || {
        let norms = streams.map_chunks(samples as u64, 256, |generator, range| {
            let (mut norms, nets) = (Vec::new(), (range.end - range.start) as usize);
            forward(&backend, &layers, &[vec![1.0; width]], nets, generator, |layer, _, post| {
                if layer == depth {
                    norms = post.iter().map(State::norm2_pow2).collect();
                }
            })
            .expect("runs");
            norms
        });
        drop(black_box(norms));
    })
}

fn net(Size { width, depth, samples }: Size) -> (Network, Data, Vec<f64>) {
    let mut rng = Streams::keyed(1, "bench", "net").chunk(0);
    let mut draw = |law: Law, size: usize| {
        let mut numbers = vec![0.0; size];
        law.sample(&mut rng, &mut numbers);
        numbers
    };
    let gate = |k: usize| if k + 1 < depth { Gate::Relu } else { Gate::Linear };
    let layers = (0..depth).map(|k| curvature::Layer::new(draw(Law::he_gaussian(width), width * width), width, width, gate(k)));
    let network = Network::new(layers.collect()).expect("shapes chain");
    let (inputs, targets) = (draw(Law::Gaussian(1.0), samples * width), draw(Law::Gaussian(1.0), samples * width));
    let data = Data::new(&network, samples, inputs, targets).expect("fits");
    let direction = draw(Law::Gaussian(1.0), network.parameters());
    (network, data, direction)
}

fn blocks(size: Size) -> Box<dyn Fn()> {
    let (network, data, _) = net(size);
    Box::new(move || {
        let pass = Pass::new(&network, &data, Loss::SquaredError).expect("runs");
        drop(black_box(pass.block_norms(Parameters::Weights).expect("runs")));
    })
}

fn products(size: Size) -> Box<dyn Fn()> {
    let (network, data, direction) = net(size);
    Box::new(move || {
        let pass = Pass::new(&network, &data, Loss::SquaredError).expect("runs");
        drop(black_box(pass.gradient().expect("runs")));
        drop(black_box(pass.hessian_vector(&direction).expect("runs")));
    })
}
