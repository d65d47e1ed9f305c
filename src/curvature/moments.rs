//! Sampled evidence about the gradient and the Hessian blocks of random nets: means and medians of their norms.
//!
//! Every draw is a net with its forward and backward pass; the squared norm of one gradient or block is read off. Fourth powers of
//! products have fat tails: means are those of shallow nets, by replicates (asymptotic grade); medians are by order statistics at any
//! depth (exact grade).

use std::fmt;

use crate::claim::{Context, Gathered, Point, Unsettled};
use crate::formula::{Node, Scaled};
use crate::network::evidence::{Input, Net};
use crate::network::{Gate, NetworkError};
use crate::sampled::particles::Model;
use crate::sampled::{self, Case, Generator};

use super::Span;
use super::evidence::Specimen;
use super::{Data, Layer, Loss, Network, Parameters, Pass};

/// The work of a layer of a pass beyond its weights, of a block on the diagonal, and of one off it, in random weights: candle's calls on
/// small matrices.
const WORK: [u64; 3] = [1_000, 10_000, 40_000];

/// A gradient or a Hessian block of the loss ½‖y − f‖² of a random net.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub(super) net: Net,
    pub(super) target: Option<Input>,
    output: Option<&'static str>,
    layer: usize,
    other: Option<usize>,
}

impl Place {
    /// ∂𝓛/∂W^layer with target 0 and B = I; layers count from 1.
    #[must_use]
    pub const fn gradient(net: Net, layer: usize) -> Self {
        Place { net, target: None, output: None, layer, other: None }
    }

    /// ∂²𝓛/∂W^layer ∂W^other with target 0 and B = I, layer ≤ other.
    #[must_use]
    pub const fn block(net: Net, layer: usize, other: usize) -> Self {
        Place { other: Some(other), ..Place::gradient(net, layer) }
    }

    /// The same with a target.
    #[must_use]
    pub const fn towards(self, target: Input) -> Self {
        Place { target: Some(target), ..self }
    }

    /// The same before an output matrix B of independent entries of that law, written as on the command line.
    #[must_use]
    pub const fn before_output(self, law: &'static str) -> Self {
        Place { output: Some(law), ..self }
    }

    /// The same in a net of another depth.
    pub(super) const fn at_depth(self, depth: usize) -> Self {
        Place { net: Net { depth, ..self.net }, ..self }
    }

    /// The net's point, with `layer`, `other_layer` and `y2`, and with `output_variance` and `output_kurtosis` of a random output matrix.
    pub(super) fn point(&self) -> Point {
        let whole = |count: usize| Node::rational(&count.into());
        let y2 = self.target.map_or(Node::integer(0), |target| target.power_sum(2, self.net.width));
        let point = self.net.point().with("layer", whole(self.layer)).with("y2", y2);
        let point = point.with("other_layer", whole(self.other.unwrap_or(self.layer)));
        let Some(law) = self.output else { return point };
        let own = Net { law, ..self.net }.point();
        let moments = [("variance", "output_variance"), ("kurtosis", "output_kurtosis")];
        moments
            .into_iter()
            .fold(point, |point, (name, bound)| own.get(name).cloned().into_iter().fold(point, |p, node| p.with(bound, node)))
    }

    /// The random weights whose drawing takes as long as one net and its passes.
    pub(super) fn cost(&self) -> u64 {
        let [passing, diagonal, pair] = WORK;
        let block = self.other.map_or(0, |other| if other == self.layer { diagonal } else { pair });
        self.net.depth as u64 * ((self.net.width * self.net.width) as u64 + passing) + block
    }

    /// ‖·‖_F² in one random net.
    pub(super) fn draw(&self, generator: &mut Generator) -> Result<Scaled, NetworkError> {
        let Net { width, depth, .. } = self.net;
        let (law, output) = (self.net.law(), self.output.map(|law| Net { law, ..self.net }.law()));
        let layer = |number: usize, generator: &mut Generator| {
            let mut weights = vec![0.0; width * width];
            output.filter(|_| number > depth).unwrap_or(law).sample(generator, &mut weights);
            let trained = number == self.layer || Some(number) == self.other;
            let gate = if number > depth { Gate::Linear } else { self.net.gate };
            Layer { trained, ..Layer::new(weights, width, width, gate) }
        };
        let layers = depth + usize::from(self.output.is_some());
        let network = Network::new((1..=layers).map(|number| layer(number, generator)).collect())?;
        let target = self.target.map_or(vec![0.0; width], |target| target.entries(width));
        let data = Data::new(&network, 1, self.net.input.entries(width), target)?;
        let pass = Pass::new(&network, &data, Loss::SquaredError)?;
        match self.other {
            None => Ok(pass.gradient()?.weights[0].square()),
            Some(other) => Ok(pass.block_norms(Parameters::Weights)?.square(0, usize::from(other != self.layer))),
        }
    }

    /// ‖·‖_F, and its square, in `count` random nets.
    fn draws(&self, power: Power, generator: &mut Generator, count: usize) -> Result<Vec<Scaled>, NetworkError> {
        let norm = |generator: &mut Generator| {
            let square = self.draw(generator)?;
            Ok(if power == Power::Squared { square } else { square.sqrt() })
        };
        (0..count).map(|_| norm(generator)).collect()
    }

    fn case(&self, guess: f64) -> Case<Place> {
        Case { point: self.point(), configuration: self.to_string(), setting: *self, cost: self.cost(), guess }
    }

    /// The relative variance of ‖·‖_F², or of ‖·‖_F, were its layers Gaussian, and a fifth more: a guess that costs precision where it is
    /// wrong. With a huge target every layer enters once, else twice.
    pub(super) fn spread(&self, power: Power) -> f64 {
        let open = if self.net.gate == Gate::Linear { 1.0 } else { 0.5 };
        let d = self.net.width as f64 * open;
        let one: f64 = match (power, self.target) {
            (Power::Squared, Some(Input::Huge)) => (d + 2.0) / d,
            (Power::Squared, _) => (d + 4.0) * (d + 6.0) / (d * (d + 2.0)),
            (Power::Plain, Some(Input::Huge)) => (d + 0.5) / d,
            (Power::Plain, _) => (d + 2.0) / d,
        };
        1.2 * one.powf((self.net.depth + usize::from(self.output.is_some())) as f64)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {} target", self.net.configuration(), self.target.map_or("no", Input::name))?;
        if let Some(law) = self.output {
            write!(f, ", output matrix {law}")?;
        }
        match self.other {
            None => write!(f, ", gradient of layer {}", self.layer),
            Some(other) => write!(f, ", block of layers {} and {other}", self.layer),
        }
    }
}

/// Which power of the norm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Power {
    /// ‖·‖_F
    Plain,
    /// ‖·‖_F²
    Squared,
}

/// E‖·‖_F or E‖·‖_F² at each place, by replicates of plain means: asymptotic grade.
///
/// # Errors
/// If no plan fits, or candle fails.
pub fn means(context: &Context, power: Power, places: &[Place]) -> Result<Gathered, Unsettled> {
    let cases: Vec<_> = places.iter().map(|place| place.case(place.spread(power))).collect();
    sampled::particle_means(context, &cases, |place| Ok(PlainMean { place: *place, power }))
}

/// Medians of ‖·‖_F at each place, by order statistics: exact grade.
///
/// # Errors
/// If no plan fits, or candle fails.
pub fn medians(context: &Context, places: &[Place]) -> Result<Gathered, Unsettled> {
    // The density of ln‖·‖ at its median, were it normal with a variance of a layer's 1/(2d), 2/d behind a gate, doubled.
    let density = |place: &Place| {
        let one = if place.net.gate == Gate::Linear { 1.0 } else { 4.0 };
        0.4 / (1.0 + one * place.net.depth as f64 / place.net.width as f64).sqrt()
    };
    let cases: Vec<_> = places.iter().map(|place| place.case(density(place))).collect();
    sampled::medians(context, &cases, |place, generator, count| place.draws(Power::Plain, generator, count))
}

/// max|λ| of a net in units of ‖H‖_F/√N, N the number of its weights.
#[must_use]
pub fn radius(specimen: &Specimen) -> Vec<Span> {
    vec![specimen.radius_over_root_mean_square()]
}

/// A plain mean as a system of particles with a single layer.
struct PlainMean {
    place: Place,
    power: Power,
}

impl Model for PlainMean {
    type Population = usize;

    fn layers(&self) -> usize {
        1
    }

    fn start(&self, particles: usize, _: &mut Generator) -> Result<usize, Unsettled> {
        Ok(particles)
    }

    fn step(&self, _: usize, population: &mut usize, generator: &mut Generator) -> Result<Vec<Scaled>, Unsettled> {
        self.place.draws(self.power, generator, *population).map_err(|error| Unsettled::Inconclusive(error.to_string()))
    }

    fn select(&self, _: &usize, parents: &[usize]) -> Result<usize, Unsettled> {
        Ok(parents.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The squares that occur, in ascending order.
    fn squares(place: Place) -> Vec<f64> {
        let mut generator = sampled::Streams::keyed(1, "curvature", "moments").chunk(0);
        let mut found: Vec<f64> = (0..64).map(|_| place.draw(&mut generator).expect("a chain").to_f64()).collect();
        found.sort_by(f64::total_cmp);
        found.dedup();
        found
    }

    #[test]
    fn chains_of_signs_have_the_derivatives_of_their_products() {
        let net = Net::new(1, 3, "rademacher:2", Gate::Linear).seeing(Input::Flat);
        // v = ±8: |d_1| = |v - y| 4, d_11 = 16, |d_13| = |2 v - y| 2.
        assert_eq!(squares(Place::gradient(net, 1)), [1024.0]);
        assert_eq!(squares(Place::gradient(net, 1).towards(Input::Flat)), [28.0 * 28.0, 36.0 * 36.0]);
        assert_eq!(squares(Place::block(net, 1, 1).towards(Input::Flat)), [256.0]);
        assert_eq!(squares(Place::block(net, 1, 3)), [1024.0]);
        assert_eq!(squares(Place::block(net, 1, 3).towards(Input::Flat)), [900.0, 1156.0]);
        // Before one more factor of 3 only the layers of the net are differentiated: v = ±24, d_3 = v · 12.
        assert_eq!(squares(Place::gradient(net, 3).before_output("rademacher:3")), [288.0 * 288.0]);
    }
}
