//! Ready-made sampled evidence about residual blocks a ← a + α F(a), F of Gaussian maps with gates between them and none behind the last.

use candle_core::Tensor;

use super::{Architecture, Geometry, Machine, Step};
use crate::claim::{Context, Gathered, Point, Unsettled};
use crate::formula::{Node, Scaled};
use crate::network::evidence::Net;
use crate::network::{Backend, Gate, Law, NetworkError, Precision};
use crate::sampled::{self, Case, Generator};

/// The work of a step on tensors, in random weights drawn.
pub(super) const STEP: usize = 200;
/// What rounding may add to a variance computed in double precision, relative.
pub(super) const ALLOWANCE: f64 = 1.0 / (1u64 << 36) as f64;
/// What plans and intervals rest on.
pub(super) const SPREAD: &str = "moments of order 4 of squared norms of Gaussian vectors";

/// Some residual blocks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Residual {
    /// The branch F: its depth is the number of maps, its law is Gaussian.
    pub branch: Net,
    /// α, as a fraction.
    pub alpha: (i64, i64),
    /// The number of blocks.
    pub blocks: usize,
}

impl Residual {
    /// One block with α = 1.
    #[must_use]
    pub const fn block(branch: Net) -> Self {
        Residual { branch, alpha: (1, 1), blocks: 1 }
    }

    /// That many blocks with that α.
    #[must_use]
    pub const fn scaled(branch: Net, alpha: (i64, i64), blocks: usize) -> Self {
        Residual { branch, alpha, blocks }
    }

    fn alpha(&self) -> f64 {
        self.alpha.0 as f64 / self.alpha.1 as f64
    }

    fn architecture(&self) -> Architecture {
        let map = Step::Map(Geometry::POINT, self.branch.width);
        let mut block = vec![Step::Keep, map];
        (1..self.branch.depth).for_each(|_| block.extend([Step::Gate(self.branch.gate), map]));
        block.push(Step::Add);
        Architecture { edge: 1, channels: self.branch.width, steps: block.repeat(self.blocks) }
    }

    /// E X²/(E X)² − 1 of X = ‖a^L‖²/‖a^0‖². The input of the last map has the squared norm ‖a‖²B, B a product of squared norms of gated
    /// Gaussian vectors; given B, the branch is Gaussian: E‖a + αF‖⁴ = ‖a‖⁴(1 + (2 + 4/d)t + (1 + 2/d)t²), t = α²dσ²B.
    fn relative_variance(&self) -> f64 {
        let (d, open) = (self.branch.width as f64, if self.branch.gate == Gate::Relu { 0.5 } else { 1.0 });
        let unit = d * self.branch.law().variance();
        let inner = self.branch.depth as i32 - 1;
        let (mean, square) = ((open * unit).powi(inner), (unit * unit * (3.0 * open / d + open * open * (1.0 - 1.0 / d))).powi(inner));
        let gain = self.alpha() * self.alpha() * unit;
        let (t, t2) = (gain * mean, gain * gain * square);
        let block = (1.0 + (2.0 + 4.0 / d) * t + (1.0 + 2.0 / d) * t2) / ((1.0 + t) * (1.0 + t));
        block.powi(self.blocks as i32) * (1.0 + ALLOWANCE) - 1.0
    }

    fn case(&self, point: Point) -> Case<Self> {
        let steps = self.architecture().steps.len();
        Case {
            point,
            configuration: format!("{}, alpha {}/{}, {} blocks", self.branch.configuration(), self.alpha.0, self.alpha.1, self.blocks),
            setting: *self,
            cost: (self.blocks * self.branch.depth * self.branch.width * self.branch.width + STEP * steps) as u64,
            guess: self.relative_variance(),
        }
    }

    /// ‖a^L‖²/‖a^0‖² of that many nets.
    fn draw(&self, backend: &Backend, generator: &mut Generator, draws: usize) -> Result<Vec<Scaled>, NetworkError> {
        let architecture = self.architecture();
        let machine = Machine::new(&architecture, 1, &backend.device)?;
        let input = self.branch.input.units(self.branch.width);
        let before: f64 = input.iter().map(|x| x * x).sum();
        let input = Tensor::from_vec(input, (1, self.branch.width), &backend.device)?;
        let one = |_| -> Result<Scaled, NetworkError> {
            let weights = architecture.draw(generator, |_| self.branch.law());
            let scale = |map: usize| if (map + 1).is_multiple_of(self.branch.depth) { self.alpha() } else { 1.0 };
            let tensor = |(map, mut entries): (usize, Vec<f64>)| {
                entries.iter_mut().for_each(|w| *w *= scale(map));
                Tensor::from_vec(entries, (self.branch.width, self.branch.width), &backend.device)
            };
            let weights: Vec<Tensor> = weights.into_iter().enumerate().map(tensor).collect::<Result<_, _>>()?;
            Ok(machine.output(&weights, &input)?.square()? / Scaled::from(before))
        };
        (0..draws).map(one).collect()
    }
}

/// E‖a + F(a)‖²/‖a‖² of single blocks, by Catoni's influence function: exact grade. The points are those of the branch, with `maps`.
///
/// # Errors
/// If the device is not there, fails, or no plan fits.
pub fn residual_factors(context: &Context, branches: &[Net]) -> Result<Gathered, Unsettled> {
    let case = |branch: &Net| Residual::block(*branch).case(branch.point().with("maps", Node::rational(&branch.depth.into())));
    grown(context, branches.iter().map(case).collect())
}

/// E‖a^L‖²/‖a^0‖² behind several blocks, likewise. The points bind `alpha`, `depth` to the number of blocks, and `gain` to
/// E‖F(a)‖²/‖a‖².
///
/// # Errors
/// As [`residual_factors`].
pub fn residual_energies(context: &Context, nets: &[Residual]) -> Result<Gathered, Unsettled> {
    let case = |net: &Residual| {
        let whole = |count: usize| Node::rational(&count.into());
        let branch = net.branch.point();
        let of = |name: &str| branch.get(name).cloned().unwrap_or_else(|| Node::integer(1));
        let unit = whole(net.branch.width) * of("variance");
        let gain = (1..net.branch.depth).fold(unit.clone(), |gain, _| gain * of("p") * unit.clone());
        let alpha = Node::integer(net.alpha.0) / Node::integer(net.alpha.1);
        net.case(Point::new().with("alpha", alpha).with("depth", whole(net.blocks)).with("gain", gain))
    };
    grown(context, nets.iter().map(case).collect())
}

fn grown(context: &Context, cases: Vec<Case<Residual>>) -> Result<Gathered, Unsettled> {
    if let Some(case) = cases.iter().find(|case| !matches!(case.setting.branch.law(), Law::Gaussian(_))) {
        return Err(Unsettled::Inconclusive(format!("{}: the spread is known for Gaussian weights alone", case.configuration)));
    }
    let backend = Backend::open(context.device, Precision::Double).map_err(|error| Unsettled::Skipped(error.to_string()))?;
    sampled::means(context, &cases, SPREAD, |net, generator, draws| net.draw(&backend, generator, draws))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sampled::Streams;

    #[test]
    fn the_spread_behind_residual_blocks_is_that_of_many_nets() {
        for (branch, blocks) in [(Net::linear(3, 1), 1), (Net::relu(4, 2), 1), (Net::relu(3, 2), 3), (Net::linear(2, 3), 1)] {
            let net = Residual::scaled(branch, (1, 2), blocks);
            let draws = net.draw(&Backend::host(), &mut Streams::keyed(3, "residuals", "spread").chunk(0), 40_000).unwrap();
            let draws: Vec<f64> = draws.iter().map(|draw| draw.to_f64()).collect();
            let mean = |power: i32| draws.iter().map(|x| x.powi(power)).sum::<f64>() / draws.len() as f64;
            let found = mean(2) / (mean(1) * mean(1)) - 1.0;
            assert!((found / net.relative_variance() - 1.0).abs() < 0.2, "{net:?}: {found} for {}", net.relative_variance());
        }
    }
}
