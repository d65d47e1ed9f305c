//! What convolutional layers do to the energies of images: enumerated nets, exact recursions, and symbolic patches, as evidence.

use dashu::base::UnsignedAbs;
use dashu::integer::{IBig, UBig};
use dashu::rational::RBig;

use super::convolution::{ConvNet, Padding, windows};
use super::gather::{laws, observe};
use super::law::FiniteLaw;
use super::layers::{coordinates, weighted, whole};
use super::moments::Calculus;
use super::net::Gate;
use super::polynomial::Polynomial;
use crate::claim::{Extent, Gathered, Observation, Point, Truth};
use crate::formula::{Ball, Node, Precision};

/// Steps of the recursion from a flat image, after which the growth of every pixel is nearly the same.
const STEPS: usize = 4000;
/// Bits to which pixels are kept: truncation costs nothing, since any positive image brackets the rate.
const BITS: usize = 96;
/// The largest pixel of an image that is nearly stationary.
const LARGEST: u64 = 100_000;

/// Brackets of the growth of pixel energies under zero padding at critical variance, for (edge, kernel): of the image that many steps of
/// the pixel-energy recursion make of a flat one, the least and the largest growth of a pixel enclose the rate.
#[must_use]
pub fn energy_recursion(shapes: &[(usize, usize)]) -> Gathered {
    let observations = shapes.iter().map(|&(edge, kernel)| {
        let (low, high) = bracket(edge, kernel);
        enclosed(place(edge, kernel), &low, &high)
    });
    Gathered { observations: observations.collect(), ..Gathered::default() }
}

/// The same brackets to the power of the depth, for (edge, kernel, depth): what that many layers do to a stationary image.
#[must_use]
pub fn energy_powers(shapes: &[(usize, usize, usize)]) -> Gathered {
    let observations = shapes.iter().map(|&(edge, kernel, depth)| {
        let (low, high) = bracket(edge, kernel);
        let power = |end: &RBig| end.pow(depth as isize);
        enclosed(place(edge, kernel).with("depth", whole(depth)), &power(&low), &power(&high))
    });
    Gathered { observations: observations.collect(), ..Gathered::default() }
}

/// Between which the rate lies: the growth of the pixels of an image, least and largest.
fn bracket(edge: usize, kernel: usize) -> (RBig, RBig) {
    let row = stationary(edge, kernel);
    let (low, high) = growth(&row, &spread(&row, kernel));
    let share = RBig::ONE / RBig::from(kernel).pow(2);
    (low.pow(2) * &share, high.pow(2) * &share)
}

/// The same brackets from enumerated layers: exact energies of every pixel behind one random layer, over those of an image that is nearly
/// stationary, divided by what the variance carries without padding. Two laws and both gates.
#[must_use]
pub fn enumerated_growth(shapes: &[(usize, usize)]) -> Gathered {
    let mut observations = Vec::new();
    for net in shapes.iter().flat_map(|&(edge, kernel)| images(edge, kernel, Padding::Zero, 1)) {
        let before: Vec<UBig> = net.input[0].iter().map(|x| UBig::from(x.unsigned_abs()).pow(2)).collect();
        let after = net.pixel_energies(true);
        let growth: Vec<RBig> =
            after.iter().zip(&before).map(|(after, before)| after / RBig::from(before.clone()) / critical(&net)).collect();
        let (low, high) = (growth.iter().min().expect("a pixel"), growth.iter().max().expect("a pixel"));
        observations.push(enclosed(place(net.edge, net.kernel), low, high));
    }
    Gathered { observations, ..Gathered::default() }
}

/// E‖a^L‖²/‖a^0‖² at critical variance for every (edge, kernel, depth), two laws and both gates, enumerated. Under zero padding the input
/// is flat, which is stationary where the filter covers the image from everywhere; under circular padding it is uneven.
#[must_use]
pub fn enumerated_energies(shapes: &[(usize, usize, usize)], padding: Padding) -> Gathered {
    let nets = shapes.iter().flat_map(|&(edge, kernel, depth)| images(edge, kernel, padding, depth));
    observe(nets.map(|mut net| {
        let pixels = net.input[0].len();
        net.input = vec![if padding == Padding::Zero { vec![1; pixels] } else { super::gather::uneven(pixels) }];
        let total = net.pixel_energies(true).into_iter().fold(RBig::ZERO, |sum, energy| sum + energy);
        (net.point(), total / net.input_energy() / critical(&net).pow(net.depth as isize))
    }))
}

/// E‖h‖₂⁴ behind one convolution of small uneven images, for 1 and 2 input and output channels and three laws, enumerated. The points bind
/// the invariants of the patches.
#[must_use]
pub fn convolved_norms(padding: Padding) -> Gathered {
    observe(small_convolutions(padding).into_iter().map(|net| {
        let patches = patches(&net).into_iter().map(|patch| patch.into_iter().map(Polynomial::constant).collect());
        let point = net.point().over(&Calculus::new(), &patches.collect::<Vec<Vec<_>>>());
        (point, net.norm2_pow4())
    }))
}

/// E‖h‖₂⁴/(E‖h‖₂²)² − 1 behind one convolution of small uneven images with circular padding, for a law of kurtosis 3, under which it is what
/// it is for Gaussian weights. The points bind `rank`, the lesser of the number of pixels and of weights of a filter.
#[must_use]
pub fn convolved_excess() -> Gathered {
    let nets = small_convolutions(Padding::Circular).into_iter().filter(|net| net.law.kurtosis() == RBig::from(3));
    observe(nets.map(|net| {
        let mean = net.pixel_energies(false).into_iter().fold(RBig::ZERO, |sum, energy| sum + energy);
        let rank = (net.edge * net.edge).min(net.input.len() * net.kernel * net.kernel);
        (net.point().with("rank", whole(rank)), net.norm2_pow4() / mean.pow(2) - RBig::ONE)
    }))
}

/// E‖h‖₂⁴ over `width` channels of weights that all patches share, for any two patches of two pixels: symbolic in the patches and the law.
#[must_use]
pub fn shared_weights(channels: std::ops::RangeInclusive<usize>) -> Gathered {
    let observations = channels.map(|rows| {
        let mut calculus = Calculus::new();
        let patches: Vec<Vec<Polynomial>> = calculus.matrix("u", 2, 2).iter().map(|patch| coordinates(patch)).collect();
        let weights = calculus.weights(rows, 2);
        let energy: Polynomial = patches.iter().flat_map(|patch| weighted(&weights, patch)).map(|h| h.power(2)).sum();
        let truth = calculus.expectation(&energy.power(2));
        let point = Point::new().with("width", whole(rows)).over(&calculus, &patches);
        Observation { point, truth: Truth::Exact(calculus.to_node(&truth)) }
    });
    let because =
        "degree argument: sums over pairs of channels are polynomials in their number, over pairs of patches and of weights in these";
    let extent = vec![Extent { name: "width", order: 3, because }];
    Gathered { observations: observations.collect(), extent, ..Gathered::default() }
}

/// E‖h^L‖₂⁴/(number of pixels)² of nets that see a constant image with circular padding, enumerated, for every (edge, kernel, width, depth).
/// A weight is drawn as `law` over the kernel's edge. The points bind `x2` and `x4` of a pixel.
#[must_use]
pub fn constant_images(shapes: &[(usize, usize, usize, usize)]) -> Gathered {
    let cells =
        shapes.iter().flat_map(|shape| laws().into_iter().take(1).chain([FiniteLaw::three_point(1, 2)]).map(move |law| (shape, law)));
    let cells = cells.flat_map(|cell| Gate::ALL.map(|gate| (cell.clone(), gate)));
    observe(cells.map(|((&(edge, kernel, channels, depth), law), gate)| {
        let pixel = super::gather::uneven(channels);
        let input = pixel.iter().map(|x| vec![*x; edge * edge]).collect();
        let scaled = law.clone().scaled(&(RBig::ONE / RBig::from(kernel)));
        let net = ConvNet { edge, kernel, padding: Padding::Circular, channels, depth, law: scaled, gate, input };
        let power = |exponent| Node::integer(pixel.iter().map(|x: &i64| x.pow(exponent)).sum());
        let point = net.point().with("variance", Node::rational(&law.variance())).with("x2", power(2)).with("x4", power(4));
        (point, net.norm2_pow4() / RBig::from(edge).pow(4))
    }))
}

/// Single convolutions of uneven images: three laws, three shapes, one and two output channels.
fn small_convolutions(padding: Padding) -> Vec<ConvNet> {
    let laws = [FiniteLaw::rademacher(), FiniteLaw::three_point(1, 2), FiniteLaw::three_point(1, 3)];
    let shapes = [(1, 3, 2), (2, 3, 1), (3, 1, 2)];
    let cells = laws.into_iter().flat_map(|law| shapes.map(|shape| (law.clone(), shape)));
    let net = |((law, (edge, kernel, inputs)), channels)| {
        let flat: Vec<i64> = super::gather::uneven(inputs * edge * edge);
        let input = flat.chunks(edge * edge).map(<[i64]>::to_vec).collect();
        ConvNet { edge, kernel, padding, channels, depth: 1, law, gate: Gate::Linear, input }
    };
    cells.flat_map(|cell| [1, 2].map(|channels| (cell.clone(), channels))).map(net).collect()
}

/// Nets of one channel with a nearly stationary image: both gates, and two laws where the outcomes are few.
fn images(edge: usize, kernel: usize, padding: Padding, depth: usize) -> Vec<ConvNet> {
    let row = stationary(edge, kernel);
    let top = row.iter().max().cloned().unwrap_or(IBig::ONE).unsigned_abs();
    let pixel = |x: &IBig, y: &IBig| {
        let square = (x * y).unsigned_abs() * UBig::from(LARGEST).pow(2) / (&top * &top);
        i64::try_from(dashu::base::SquareRoot::sqrt(&square)).unwrap_or(i64::MAX)
    };
    let input: Vec<i64> = row.iter().flat_map(|x| row.iter().map(move |y| pixel(x, y))).collect();
    let mut laws = vec![FiniteLaw::rademacher()];
    if edge <= 2 && depth == 1 {
        laws.push(FiniteLaw::three_point(1, 2));
    }
    let cells = laws.into_iter().flat_map(|law| Gate::ALL.map(|gate| (law.clone(), gate)));
    let net = |(law, gate)| ConvNet { edge, kernel, padding, channels: 1, depth, law, gate, input: vec![input.clone()] };
    cells.map(net).collect()
}

/// p c k² σ²: what one layer does to an energy that padding takes nothing from.
fn critical(net: &ConvNet) -> RBig {
    net.gate.probability() * RBig::from(net.channels * net.kernel * net.kernel) * net.law.variance()
}

/// The window sums of a row of pixels that zeros continue.
fn spread(row: &[IBig], kernel: usize) -> Vec<IBig> {
    let half = kernel / 2;
    (0..row.len()).map(|i| row[i.saturating_sub(half)..row.len().min(i + half + 1)].iter().sum()).collect()
}

/// A row that window sums carry nearly into a multiple of itself.
fn stationary(edge: usize, kernel: usize) -> Vec<IBig> {
    let mut row = vec![IBig::ONE << BITS; edge];
    for _ in 0..STEPS {
        row = spread(&row, kernel);
        let spare = row.iter().map(dashu::base::BitTest::bit_len).max().unwrap_or(0).saturating_sub(BITS);
        row.iter_mut().for_each(|x| *x = &*x >> spare);
    }
    row
}

/// The least and the largest quotient of entries.
fn growth(before: &[IBig], after: &[IBig]) -> (RBig, RBig) {
    let quotients: Vec<RBig> = before.iter().zip(after).map(|(x, y)| RBig::from(y.clone()) / RBig::from(x.clone())).collect();
    (quotients.iter().min().cloned().unwrap_or(RBig::ZERO), quotients.iter().max().cloned().unwrap_or(RBig::ZERO))
}

fn place(edge: usize, kernel: usize) -> Point {
    Point::new().with("pixels", whole(edge)).with("kernel", whole(kernel))
}

fn enclosed(point: Point, low: &RBig, high: &RBig) -> Observation {
    let ball = |end: &RBig| Ball::from_rational(end, Precision(128));
    Observation { point, truth: Truth::Enclosed(ball(low).hull(&ball(high))) }
}

/// What the filter sees at each pixel: the entries of all input channels.
fn patches(net: &ConvNet) -> Vec<Vec<i64>> {
    let seen = |window: &Vec<Option<usize>>| {
        net.input.iter().flat_map(|image| window.iter().map(|place| place.map_or(0, |pixel| image[pixel]))).collect()
    };
    windows(net.edge, net.kernel, net.padding).iter().map(seen).collect()
}

/// The invariants of patches u_p, with G = Σ_p u_p u_pᵀ.
trait Over {
    /// Binds `patches` = tr G = Σ_p ‖u_p‖², `overlap` = ‖G‖_F² = Σ_{p,q} ⟨u_p, u_q⟩² and `diagonal` = Σ_j G_jj².
    fn over(self, calculus: &Calculus, patches: &[Vec<Polynomial>]) -> Self;
}

impl Over for Point {
    fn over(self, calculus: &Calculus, patches: &[Vec<Polynomial>]) -> Self {
        let inner = |x: &Vec<Polynomial>, y: &Vec<Polynomial>| x.iter().zip(y).map(|(x, y)| x * y).sum::<Polynomial>();
        let trace: Polynomial = patches.iter().map(|u| inner(u, u)).sum();
        let overlap: Polynomial = patches.iter().flat_map(|u| patches.iter().map(move |v| inner(u, v).power(2))).sum();
        let column = |j: usize| patches.iter().map(|u| u[j].power(2)).sum::<Polynomial>().power(2);
        let diagonal: Polynomial = (0..patches[0].len()).map(column).sum();
        self.with("patches", calculus.to_node(&trace))
            .with("overlap", calculus.to_node(&overlap))
            .with("diagonal", calculus.to_node(&diagonal))
    }
}
