//! Whole laws and medians of deep nets: exact grade at any depth.

use super::{Net, backend};
use crate::claim::{Context, Gathered, Point, Unsettled};
use crate::formula::{Node, Scaled};
use crate::network::{Gate, NetworkError, State, forward};
use crate::sampled::plan::normal_quantile;
use crate::sampled::{self, Case, Generator};

/// Medians of ‖a^L‖₂² by order statistics, dead nets included: exact grade.
///
/// # Errors
/// If the device is not there, fails, or no plan fits.
pub fn medians(context: &Context, nets: &[Net]) -> Result<Gathered, Unsettled> {
    let backend = backend(context)?;
    let case = |net: &Net| Case { guess: log_density(net), ..case(net) };
    sampled::medians(context, &nets.iter().map(case).collect::<Vec<_>>(), |net, generator, draws| {
        let mut found = Vec::new();
        visit(net, &backend, generator, draws, |layer, _, post| {
            if layer == net.depth {
                found = post.map(State::norm2_pow2).collect();
            }
        })?;
        Ok::<_, NetworkError>(found)
    })
}

/// The distribution function, in the name `at`, of the sum of the growths ‖h^ℓ‖²/(2σ²‖a^{ℓ−1}‖²) of all layers, given that a^{L−1} is
/// alive, by a simultaneous band: exact grade.
///
/// # Errors
/// If the device is not there, fails, or no plan fits.
pub fn growths(context: &Context, nets: &[Net]) -> Result<Gathered, Unsettled> {
    let backend = backend(context)?;
    let cases: Vec<_> = nets.iter().map(case).collect();
    let unit = |_: &Net| Some(Node::integer(1));
    sampled::distributions(context, &cases, "at", unit, |net, generator, draws| {
        let mut alive = Vec::with_capacity(draws);
        while alive.len() < draws {
            alive.extend(growth_sums(net, &backend, generator, draws - alive.len())?);
        }
        Ok::<_, NetworkError>(alive)
    })
}

/// Σ_ℓ ‖h^ℓ‖²/(2σ²‖a^{ℓ−1}‖²) of those of the nets whose a^{L−1} is alive.
fn growth_sums(net: &Net, backend: &crate::network::Backend, generator: &mut Generator, nets: usize) -> Result<Vec<Scaled>, NetworkError> {
    let start = Scaled::from(net.input.units(net.width).iter().map(|x| x * x).sum::<f64>());
    let start = start * Scaled::new(1.0, 2 * net.input.exponent());
    let unit = Scaled::from(2.0 * net.law().variance());
    let (mut before, mut sums) = (vec![start; nets], vec![Scaled::from(0.0); nets]);
    visit(net, backend, generator, nets, |_, pre, post| {
        for (((h, a), before), sum) in pre.zip(post).zip(&mut before).zip(&mut sums) {
            // A dead net has no growth: not a number, and left out below.
            *sum = if before.is_zero() { Scaled::from(f64::NAN) } else { *sum + h.norm2_pow2() / (unit * *before) };
            *before = a.norm2_pow2();
        }
    })?;
    Ok(sums.into_iter().filter(|sum| sum.is_finite()).collect())
}

/// Draws nets and hands layer number, pre-activations and activations of each layer to `see`.
fn visit(
    net: &Net,
    backend: &crate::network::Backend,
    generator: &mut Generator,
    nets: usize,
    mut see: impl FnMut(usize, &mut dyn ExactSizeIterator<Item = State<'_>>, &mut dyn ExactSizeIterator<Item = State<'_>>),
) -> Result<(), NetworkError> {
    let layers = vec![net.layer(); net.depth];
    forward(backend, &layers, &[net.input.entries(net.width)], nets, generator, |layer, pre, post| {
        see(layer, &mut pre.iter(), &mut post.iter());
    })
}

fn case(net: &Net) -> Case<Net> {
    let point: Point = net.point();
    Case { point, configuration: net.configuration(), setting: *net, cost: net.cost(), guess: 0.0 }
}

/// The density of ln‖a^L‖² at its median, were it normal for live nets, from below: its variance is about 2/d + 2/d² + … in each linear
/// layer and 5/d + … in each ReLU layer of critical Gaussian weights, and no larger for lighter tails. Where nets die, the median is a
/// lower quantile of the live ones.
fn log_density(net: &Net) -> f64 {
    let (d, depth) = (net.width as f64, net.depth as f64);
    let one = if net.gate == Gate::Linear { 2.0 / d + 2.0 / (d * d) + 1.5 / d.powi(3) } else { 5.0 / d + 20.0 / (d * d) };
    let alive = if net.gate == Gate::Linear { 1.0 } else { (1.0 - 0.5f64.powf(d)).powf(depth) };
    // Where most nets are dead the median is 0, and any guess is right.
    if alive < 0.45 {
        return 0.3;
    }
    let below = (1.0 - 0.5 / alive).max(0.0);
    let off = if below > 0.0 { normal_quantile(below) } else { 0.0 };
    0.3 * alive * (-0.5 * off * off).exp() / (depth * one).sqrt()
}
