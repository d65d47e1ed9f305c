//! Ready-made sampled evidence about the fourth moments behind Gaussian convolutions.

use candle_core::Tensor;

use super::residuals::{ALLOWANCE, SPREAD, STEP};
use super::{Architecture, Gather, Geometry, Machine, Padding, Step};
use crate::claim::{Context, Gathered, Point, Unsettled};
use crate::formula::{Node, Scaled};
use crate::network::evidence::Net;
use crate::network::{Backend, Gate, Law, NetworkError, Precision};
use crate::sampled::{self, Case, Generator};

/// One convolution of an uneven image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Convolved {
    /// The edge of the image, in pixels.
    pub edge: usize,
    /// The edge of the filter, in pixels.
    pub kernel: usize,
    /// Incoming channels.
    pub inputs: usize,
    /// Outgoing channels.
    pub channels: usize,
    /// What the filter sees beyond the edge.
    pub padding: Padding,
}

impl Convolved {
    /// The image, pixel by pixel, its channels side by side: small whole numbers in no order.
    fn image(&self) -> Vec<i64> {
        (0..(self.edge * self.edge * self.inputs) as i64).map(|at| (at * at * 3 + at * 5) % 7 - 2).collect()
    }

    /// What the filter sees at each pixel, by the definition of a convolution.
    fn patches(&self) -> Vec<Vec<i64>> {
        let (image, n, half) = (self.image(), self.edge as i64, self.kernel as i64 / 2);
        let at = |row: i64, column: i64, channel: usize| {
            let outside = !(0..n).contains(&row) || !(0..n).contains(&column);
            let pixel = (row.rem_euclid(n) * n + column.rem_euclid(n)) as usize;
            if outside && self.padding == Padding::Zero { 0 } else { image[pixel * self.inputs + channel] }
        };
        let places = || (-half..=half).flat_map(move |down| (-half..=half).map(move |right| (down, right)));
        let seen = |row: i64, column: i64| {
            places()
                .flat_map(|(down, right)| (0..self.inputs).map(move |c| (row + down, column + right, c)))
                .map(|(r, k, c)| at(r, k, c))
                .collect()
        };
        (0..n * n).map(|pixel| seen(pixel / n, pixel % n)).collect()
    }

    /// In the names of formulas: `width` counts outgoing channels; of the Gram matrix of the patches, `patches` is the trace, `overlap` the
    /// squared norm, `diagonal` that of the diagonal.
    fn point(&self) -> Point {
        let patches = self.patches();
        let inner = |x: &[i64], y: &[i64]| x.iter().zip(y).map(|(x, y)| x * y).sum::<i64>();
        let trace: i64 = patches.iter().map(|u| inner(u, u)).sum();
        let overlap: i64 = patches.iter().flat_map(|u| patches.iter().map(move |v| inner(u, v).pow(2))).sum();
        let diagonal: i64 = (0..patches[0].len()).map(|j| patches.iter().map(|u| u[j] * u[j]).sum::<i64>().pow(2)).sum();
        let whole = |count: usize| Node::rational(&count.into());
        Point::new()
            .with("width", whole(self.channels))
            .with("variance", Node::integer(1) / whole(self.fan_in()))
            .with("kurtosis", Node::integer(3))
            .with("patches", Node::integer(trace))
            .with("overlap", Node::integer(overlap))
            .with("diagonal", Node::integer(diagonal))
    }

    fn fan_in(&self) -> usize {
        self.kernel * self.kernel * self.inputs
    }

    fn case(&self) -> Case<Self> {
        let c = self.channels as f64;
        // ‖h‖² = Σ_i λ_i χ²_c, so its norm of order 4 is at most Σ_i λ_i times that of χ²_c, while E‖h‖⁴ ≥ (E‖h‖²)².
        let spread = (1.0 + 2.0 / c) * (1.0 + 4.0 / c) * (1.0 + 6.0 / c) * (1.0 + ALLOWANCE) - 1.0;
        Case {
            point: self.point(),
            configuration: format!("{self:?}"),
            setting: *self,
            cost: (self.fan_in() * self.channels * (1 + self.edge * self.edge / 20)) as u64,
            guess: spread,
        }
    }

    /// ‖h‖⁴ behind that many filters: one product for all.
    fn draw(&self, backend: &Backend, generator: &mut Generator, draws: usize) -> Result<Vec<Scaled>, NetworkError> {
        let geometry = Geometry { edge: self.edge, kernel: self.kernel, stride: 1, padding: self.padding };
        let image: Vec<f64> = self.image().into_iter().map(|x| x as f64).collect();
        let image = Tensor::from_vec(image, (self.edge * self.edge, self.inputs), &backend.device)?;
        let patches = Gather::new(geometry, 1, &backend.device)?.patches(&image)?;
        let mut weights = vec![0.0; draws * self.channels * self.fan_in()];
        Law::Gaussian((1.0 / self.fan_in() as f64).sqrt()).sample(generator, &mut weights);
        let weights = Tensor::from_vec(weights, (draws * self.channels, self.fan_in()), &backend.device)?;
        let squares: Vec<f64> = patches.matmul(&weights.t()?)?.sqr()?.sum(0)?.to_vec1()?;
        Ok(squares.chunks_exact(self.channels).map(|part| Scaled::from(part.iter().sum::<f64>().powi(2))).collect())
    }
}

/// E‖h‖₂⁴ over all pixels and channels behind single convolutions, by Catoni's influence function: exact grade.
///
/// # Errors
/// If the device is not there, fails, or no plan fits.
pub fn convolved_norms(context: &Context, nets: &[Convolved]) -> Result<Gathered, Unsettled> {
    let backend = backend(context)?;
    let cases: Vec<_> = nets.iter().map(Convolved::case).collect();
    sampled::means(context, &cases, SPREAD, |net, generator, draws| net.draw(&backend, generator, draws))
}

/// E‖h^L‖₂⁴ at a pixel of constant images behind circular convolutions with that many channels, for every (edge, kernel, net), likewise.
/// The law is that of a weight times the kernel's edge; the points are those of the net, with `kernel`.
///
/// # Errors
/// As [`convolved_norms`].
pub fn constant_images(context: &Context, nets: &[(usize, usize, Net)]) -> Result<Gathered, Unsettled> {
    let backend = backend(context)?;
    let case = |&(edge, kernel, net): &(usize, usize, Net)| {
        let steps = 2 * net.depth;
        let weights = net.depth * net.width * net.width * kernel * kernel;
        Case {
            point: net.point().with("kernel", Node::rational(&kernel.into())),
            configuration: format!("{}, {edge} x {edge} pixels, kernel {kernel}", net.configuration()),
            setting: (edge, kernel, net),
            cost: (weights * (1 + edge * edge / 20) + STEP * steps) as u64,
            guess: spread(&net),
        }
    };
    let cases: Vec<_> = nets.iter().map(case).collect();
    sampled::means(context, &cases, SPREAD, |(edge, kernel, net), generator, draws| {
        let geometry = Geometry { edge: *edge, kernel: *kernel, stride: 1, padding: Padding::Circular };
        let mut steps = [Step::Map(geometry, net.width), Step::Gate(net.gate)].repeat(net.depth);
        steps.pop();
        let architecture = Architecture { edge: *edge, channels: net.width, steps };
        let machine = Machine::new(&architecture, 1, &backend.device)?;
        let image = Tensor::from_vec(net.input.units(net.width).repeat(edge * edge), (edge * edge, net.width), &backend.device)?;
        let one = |_| -> Result<Scaled, NetworkError> {
            let tensor = |(mut entries, shape): (Vec<f64>, (usize, usize))| {
                entries.iter_mut().for_each(|w| *w /= *kernel as f64);
                Tensor::from_vec(entries, shape, &backend.device)
            };
            let weights = architecture.draw(generator, |_| net.law()).into_iter().zip(architecture.shapes());
            let weights: Vec<Tensor> = weights.map(tensor).collect::<Result<_, _>>()?;
            let output = machine.output(&weights, &image)?;
            let square: f64 = output.tensor.get(0)?.sqr()?.sum_all()?.to_scalar()?;
            Ok(Scaled::new(square * square, 4 * (output.exponent + net.input.exponent())))
        };
        (0..draws).map(one).collect::<Result<Vec<_>, NetworkError>>()
    })
}

/// E X²/(E X)² − 1 of X = ‖h^L‖⁴ of a Gaussian perceptron: ‖h^L‖² is ‖x‖² times independent χ²_K, K the number of open gates of a layer,
/// and at last χ²_d.
fn spread(net: &Net) -> f64 {
    let d = net.width as i64;
    let moment = |k: i64, order: i64| (0..order).map(|q| (k + 2 * q) as f64).product::<f64>();
    let mut pattern = 1.0;
    let mut gated = [0.0; 2];
    for open in 0..=d {
        for (sum, order) in gated.iter_mut().zip([2, 4]) {
            *sum += pattern * moment(open, order) / 2f64.powi(d as i32);
        }
        pattern *= (d - open) as f64 / (open + 1) as f64;
    }
    let plain = moment(d, 4) / moment(d, 2).powi(2);
    let inner = if net.gate == Gate::Relu { gated[1] / (gated[0] * gated[0]) } else { plain };
    inner.powi(net.depth as i32 - 1) * plain * (1.0 + ALLOWANCE) - 1.0
}

fn backend(context: &Context) -> Result<Backend, Unsettled> {
    Backend::open(context.device, Precision::Double).map_err(|error| Unsettled::Skipped(error.to_string()))
}
