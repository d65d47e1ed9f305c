//! Ready-made sampled evidence about convolutional and residual nets.

use candle_core::Tensor;
use rand::Rng;

pub use super::convolved::{Convolved, constant_images, convolved_norms};
use super::planes::{Image, Planes};
pub use super::residuals::{Residual, residual_energies, residual_factors};
use super::{Gather, Geometry, Padding};
use crate::claim::{Context, Gathered, Point, Unsettled};
use crate::formula::{Node, Scaled};
use crate::network::{Backend, Law, NetworkError, Precision, power};
use crate::sampled::particles::Model;
use crate::sampled::{self, Case, Generator};

/// The output channels of every layer.
const CHANNELS: usize = 3;
/// Steps of window sums from a flat row: enough for edges up to a hundred.
const STEPS: usize = 20_000;
/// Multiplications that take as long as drawing a weight.
const PRODUCTS: u64 = 20;

/// A zero-padded fully convolutional linear net of critical Gaussian layers, fed by an image whose pixel energies are stationary.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Padded {
    /// The edge of the image, in pixels.
    pub edge: usize,
    /// The edge of the filter, in pixels.
    pub kernel: usize,
    /// The number of layers.
    pub depth: usize,
}

impl Padded {
    /// That net.
    #[must_use]
    pub const fn linear(edge: usize, kernel: usize, depth: usize) -> Self {
        Padded { edge, kernel, depth }
    }

    /// The entries of an image whose pixel energies zero-padded window sums carry into a multiple of themselves, under random signs: they
    /// change no energy and keep the patches apart. One row to a pixel.
    fn start(&self, generator: &mut Generator) -> Vec<f64> {
        let mut signed = |x: f64| if generator.next_u32() & 1 == 0 { x } else { -x };
        let pixels = stationary(self.edge, self.kernel).into_iter();
        pixels.flat_map(|x| std::array::from_fn::<f64, CHANNELS, _>(|_| signed(x))).collect()
    }

    /// The filters of one layer, [place · channel in, channel out].
    fn filter(&self, generator: &mut Generator) -> Vec<f64> {
        let places = self.geometry().places();
        let mut weights = vec![0.0; places * CHANNELS * CHANNELS];
        Law::Gaussian((1.0 / (places * CHANNELS) as f64).sqrt()).sample(generator, &mut weights);
        weights
    }

    fn geometry(&self) -> Geometry {
        Geometry { edge: self.edge, kernel: self.kernel, stride: 1, padding: Padding::Zero }
    }

    fn case(&self) -> Case<Self> {
        let whole = |count: usize| Node::rational(&count.into());
        let (pixels, filter) = (self.edge * self.edge, self.kernel * self.kernel * CHANNELS);
        let point = Point::new().with("pixels", whole(self.edge)).with("kernel", whole(self.kernel)).with("depth", whole(self.depth));
        // Between 2/(c rank) and 2/c in a linear layer (ext-conv), near the former for patches of random signs.
        let spread = 8.0 / (CHANNELS * pixels.min(filter)) as f64;
        Case {
            point,
            configuration: format!("{0} x {0} pixels, kernel {1}, depth {2}, {3} channels", self.edge, self.kernel, self.depth, CHANNELS),
            setting: *self,
            cost: (self.depth * filter * CHANNELS) as u64 * (1 + pixels as u64 / PRODUCTS),
            guess: self.depth as f64 * spread,
        }
    }
}

/// E‖a^L‖²/‖a^0‖² by particles with potentials ‖a^ℓ‖²/‖a^{ℓ−1}‖²: asymptotic grade. The points bind `pixels`, `kernel` and `depth`.
///
/// # Errors
/// If the device is not there, fails, or no plan fits.
pub fn decay(context: &Context, nets: &[Padded]) -> Result<Gathered, Unsettled> {
    let backend = Backend::open(context.device, Precision::Double).map_err(|error| Unsettled::Skipped(error.to_string()))?;
    let cases: Vec<_> = nets.iter().map(Padded::case).collect();
    if backend.is_exact_host() {
        return sampled::particle_means(context, &cases, |net| Ok(OnHost { net: *net, planes: Planes::new(net.edge, net.kernel) }));
    }
    sampled::particle_means(context, &cases, |net| {
        let gather = Gather::new(net.geometry(), 1, &backend.device).map_err(|error| failed(&error))?;
        Ok(Images { net: *net, gather, backend: backend.clone() })
    })
}

fn failed(error: &NetworkError) -> Unsettled {
    Unsettled::Inconclusive(error.to_string())
}

/// Convolutional layers as a particle model on the processor: every particle is an image, with filters of its own in every layer.
struct OnHost {
    net: Padded,
    planes: Planes<CHANNELS>,
}

impl Model for OnHost {
    type Population = Vec<Image>;

    fn layers(&self) -> usize {
        self.net.depth
    }

    fn start(&self, particles: usize, generator: &mut Generator) -> Result<Vec<Image>, Unsettled> {
        Ok(vec![self.planes.image(&self.net.start(generator)); particles])
    }

    fn step(&self, _: usize, population: &mut Vec<Image>, generator: &mut Generator) -> Result<Vec<Scaled>, Unsettled> {
        let advance = |image: &mut Image| {
            let before = image.square;
            let (next, after) = self.planes.behind(image, &self.net.filter(generator));
            *image = next;
            Scaled::from(after) / Scaled::from(before)
        };
        Ok(population.iter_mut().map(advance).collect())
    }

    fn select(&self, population: &Vec<Image>, parents: &[usize]) -> Result<Vec<Image>, Unsettled> {
        Ok(parents.iter().map(|parent| population[*parent].clone()).collect())
    }
}

/// The same in tensors, on any device.
struct Images {
    net: Padded,
    gather: Gather,
    backend: Backend,
}

impl Images {
    /// The image behind a new layer, its mantissas of ordinary size, and what its squared norm grew by.
    fn behind(&self, image: &Tensor, generator: &mut Generator) -> Result<(Tensor, Scaled), NetworkError> {
        let patches = self.gather.patches(image)?;
        let weights = Tensor::from_vec(self.net.filter(generator), (patches.dim(1)?, CHANNELS), &self.backend.device)?;
        let post = patches.matmul(&weights)?;
        let square = |image: &Tensor| -> Result<f64, NetworkError> { Ok(image.sqr()?.sum_all()?.to_scalar::<f64>()?) };
        let (before, after) = (square(image)?, square(&post)?);
        let taken = if after > 0.0 { power::exponent(after) / 2 } else { 0 };
        Ok(((post * power::shift(1.0, -taken))?, Scaled::from(after) / Scaled::from(before)))
    }
}

impl Model for Images {
    type Population = Vec<Tensor>;

    fn layers(&self) -> usize {
        self.net.depth
    }

    fn start(&self, particles: usize, generator: &mut Generator) -> Result<Vec<Tensor>, Unsettled> {
        let image = Tensor::from_vec(self.net.start(generator), (self.net.edge * self.net.edge, CHANNELS), &self.backend.device);
        Ok(vec![image.map_err(|error| failed(&error.into()))?; particles])
    }

    fn step(&self, _: usize, population: &mut Vec<Tensor>, generator: &mut Generator) -> Result<Vec<Scaled>, Unsettled> {
        let advance = |image: &mut Tensor| {
            let (next, growth) = self.behind(image, generator)?;
            *image = next;
            Ok(growth)
        };
        population.iter_mut().map(advance).collect::<Result<_, NetworkError>>().map_err(|error| failed(&error))
    }

    fn select(&self, population: &Vec<Tensor>, parents: &[usize]) -> Result<Vec<Tensor>, Unsettled> {
        Ok(parents.iter().map(|parent| population[*parent].clone()).collect())
    }
}

/// An image whose pixel energies zero-padded window sums carry into a multiple of themselves.
fn stationary(edge: usize, kernel: usize) -> Vec<f64> {
    let half = kernel / 2;
    let mut row = vec![1.0f64; edge];
    for _ in 0..STEPS {
        row = (0..edge).map(|i| row[i.saturating_sub(half)..edge.min(i + half + 1)].iter().sum()).collect();
        let largest = row.iter().fold(0.0f64, |largest, x| largest.max(*x));
        row.iter_mut().for_each(|x| *x /= largest);
    }
    row.iter().flat_map(|x| row.iter().map(move |y| (x * y).sqrt())).collect()
}
