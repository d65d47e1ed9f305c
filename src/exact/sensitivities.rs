//! Observations about gradients and Hessian blocks beyond their mean squares: mean norms of enumerated nets, traces, nets with a random
//! output matrix, and numbers from composed maps.

use dashu::rational::RBig;

use super::blocks::{Output, composed_gradient, composed_hessian};
use super::gather::{gradients, grid, hessians, laws, observe, uneven};
use super::law::FiniteLaw;
use super::layers::whole;
use super::net::{Gate, Layer, Net, power_sum};
use crate::claim::{Gathered, Observation, Point, Truth, Unsettled};
use crate::formula::{Environment, Node, certify, exact, parse};

/// The relative accuracy of roots, in bits.
const ACCURACY: u32 = 80;

/// A derivative of the loss ½‖y − f‖².
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sensitivity {
    /// The gradient in every layer.
    Gradient,
    /// Every block on the diagonal of the Hessian.
    Diagonal,
    /// Every block above the diagonal.
    OffDiagonal,
}

impl Sensitivity {
    /// The layers, or pairs of layers, of a net of that depth.
    fn places(self, depth: usize) -> Vec<(usize, usize)> {
        let every = 1..=depth;
        match self {
            Sensitivity::Gradient | Sensitivity::Diagonal => every.map(|layer| (layer, layer)).collect(),
            Sensitivity::OffDiagonal => every.flat_map(|layer| (layer + 1..=depth).map(move |other| (layer, other))).collect(),
        }
    }
}

/// E‖·‖_F of every such derivative of every net, from the law of its square; the target given in units of the output. The points
/// bind `layer`, `other_layer` and `y2`.
///
/// # Errors
/// As [`Net::hessian_expectation`]; or [`Unsettled::Inconclusive`] if a root has no enclosure.
pub fn mean_norms(nets: &[Net], sensitivity: Sensitivity, target: impl Fn(usize) -> Vec<i64>) -> Result<Gathered, Unsettled> {
    let mut observations = Vec::new();
    for net in nets {
        let target = target(net.layers()[net.depth() - 1].rows());
        let y2 = power_sum(&target, 2) * net.scale(0).pow(2);
        for (layer, other) in sensitivity.places(net.depth()) {
            let law = match sensitivity {
                Sensitivity::Gradient => net.gradient_law(&target, layer)?,
                _ => net.hessian_law(&target, layer, other)?,
            };
            let point = net.point().with("layer", whole(layer)).with("other_layer", whole(other)).with("y2", Node::rational(&y2));
            observations.push(Observation { point, truth: Truth::Enclosed(root_mean(&law)?) });
        }
    }
    Ok(Gathered { observations, ..Gathered::default() })
}

/// [`mean_norms`] of chains of all [`laws`] and of small nets of signs, for each gate: with a near target, a far one, and none.
///
/// # Errors
/// As [`mean_norms`].
pub fn small_mean_norms(sensitivity: Sensitivity, gates: &[Gate]) -> Result<Gathered, Unsettled> {
    let chains = grid(&laws(), gates, &[(1, 2), (1, 4)], uneven)?;
    let nets = [chains, grid(&[FiniteLaw::rademacher()], gates, &[(2, 1), (2, 2)], uneven)?].concat();
    let targets: [fn(usize) -> Vec<i64>; 3] = [uneven, |width| vec![50; width], |width| vec![0; width]];
    targets.into_iter().map(|target| mean_norms(&nets, sensitivity, target)).collect()
}

/// E√X of a finite law.
fn root_mean(law: &[(RBig, RBig)]) -> Result<crate::formula::Ball, Unsettled> {
    let sqrt = parse("sqrt(square)").map_err(|error| Unsettled::Inconclusive(error.to_string()))?;
    let term = |(square, share): &(RBig, RBig)| Node::rational(share) * sqrt.clone().given("square", Node::rational(square));
    let sum = law.iter().filter(|(square, _)| *square != RBig::ZERO).map(term).reduce(|sum, term| sum + term);
    let sum = sum.unwrap_or_else(|| Node::integer(0));
    certify(&sum, &Default::default(), ACCURACY).map_err(|error| Unsettled::Inconclusive(error.to_string()))
}

/// E tr H_kk of every layer of every net; the points bind `layer`. With `whole_net` E tr H instead.
///
/// # Errors
/// As [`Net::hessian_expectation`].
pub fn traces(nets: &[Net], whole_net: bool) -> Result<Gathered, Unsettled> {
    let mut cases = Vec::new();
    for net in nets {
        let layers = (1..=net.depth()).map(|layer| net.trace_expectation(layer)).collect::<Result<Vec<RBig>, _>>()?;
        if whole_net {
            cases.push((net.point(), layers.into_iter().fold(RBig::ZERO, |sum, trace| sum + trace)));
        } else {
            cases.extend((1..).zip(layers).map(|(layer, trace)| (net.point().with("layer", whole(layer)), trace)));
        }
    }
    Ok(observe(cases))
}

/// [`traces`] of small nets of all [`laws`].
///
/// # Errors
/// As [`traces`].
pub fn small_traces(whole_net: bool) -> Result<Gathered, Unsettled> {
    let signs = [FiniteLaw::rademacher()];
    traces(&[grid(&laws(), &Gate::ALL, &[(1, 3), (2, 1)], uneven)?, grid(&signs, &Gate::ALL, &[(2, 2)], uneven)?].concat(), whole_net)
}

/// E‖·‖_F² of every such derivative by the weights of the gated layers of small nets with an output matrix of a law of its own behind
/// them, an uneven input and an uneven target.
///
/// # Errors
/// As [`Net::new`] and [`Net::hessian_expectation`].
pub fn random_outputs(gate: Gate, sensitivity: Sensitivity) -> Result<Gathered, Unsettled> {
    let (signs, sparse, four) = (FiniteLaw::rademacher(), FiniteLaw::three_point(1, 4), FiniteLaw::four_point());
    let (third, coins) = (FiniteLaw::rademacher().scaled(&(RBig::ONE / RBig::from(3))), FiniteLaw::three_point(1, 2));
    let mut cases = vec![(&four, &sparse, 1, 3), (&sparse, &four, 1, 3), (&signs, &third, 2, 2)];
    // Second differences by pairs of weights are dear.
    if sensitivity == Sensitivity::Gradient {
        cases.extend([(&sparse, &four, 2, 1), (&signs, &coins, 2, 2)]);
    }
    let mut parts = Vec::new();
    for (law, output, width, depth) in cases {
        let gated = (0..depth).map(|_| Layer::new(law, gate, width, width));
        let net = Net::new(&uneven(width), gated.chain([Layer::new(output, Gate::Linear, width, width)]).collect())?;
        let own = Point::new()
            .with("output_variance", Node::rational(&output.variance()))
            .with("output_kurtosis", Node::rational(&output.kurtosis()));
        for (layer, other) in sensitivity.places(depth) {
            let nets = std::slice::from_ref(&net);
            let found = match sensitivity {
                Sensitivity::Gradient => gradients(nets, &uneven(width), layer)?,
                _ => hessians(nets, &uneven(width), layer, other)?,
            };
            let found = own.iter().fold(found.at("depth", depth), |found, (name, value)| found.at(name, value));
            parts.push(found);
        }
    }
    Ok(parts.into_iter().collect())
}

/// `of`, a text in the names `square`, `diagonal` and those of the point, at every point, where `square` is E‖·‖_F² of the gradient in
/// `layer` or the block of `layer` and `other_layer`, and `diagonal` that of the diagonal block of `layer`, from composed one-layer maps;
/// enclosed where it is irrational.
///
/// # Errors
/// [`Unsettled::Inconclusive`] if it has no value there.
pub fn composed_at(points: &[Point], sensitivity: Sensitivity, of: &str) -> Result<Gathered, Unsettled> {
    let maps = Composed::new();
    let observe = |point: &Point| {
        let layer = integer(point, "layer")?;
        let square = match sensitivity {
            Sensitivity::Gradient => maps.gradient(point)?,
            Sensitivity::Diagonal => maps.block(point, layer, layer)?,
            Sensitivity::OffDiagonal => maps.block(point, layer, integer(point, "other_layer")?)?,
        };
        observation(point, of, &[("square", square), ("diagonal", maps.block(point, layer, layer)?)])
    };
    Ok(Gathered { observations: points.iter().map(observe).collect::<Result<_, _>>()?, ..Gathered::default() })
}

/// `of`, a text in the name `square` and those of the point, at every point, where `square` is E‖H‖_F² over all blocks.
///
/// # Errors
/// As [`composed_at`].
pub fn over_hessians(points: &[Point], of: &str) -> Result<Gathered, Unsettled> {
    let maps = Composed::new();
    let observe = |point: &Point| {
        let depth = integer(point, "depth")?;
        let mut sum = RBig::ZERO;
        for (layer, other) in (1..=depth).flat_map(|layer| (layer..=depth).map(move |other| (layer, other))) {
            let count = if layer == other { RBig::ONE } else { RBig::from(2) };
            sum += count * maps.block(point, layer, other)?;
        }
        observation(point, of, &[("square", sum)])
    };
    Ok(Gathered { observations: points.iter().map(observe).collect::<Result<_, _>>()?, ..Gathered::default() })
}

/// Points of linear nets, and with target 0 of ReLU nets and of nets with coins of another bias as gates, of several laws; four of them
/// critical Gaussian nets of width 8, depth 8 to 512.
fn scattered() -> Vec<Point> {
    const NAMES: [&str; 9] = ["width", "depth", "layer", "variance", "kurtosis", "p", "x2", "x4", "y2"];
    const CASES: [&str; 9] = [
        "8 8 1 1/8 3 1 1 1 0",
        "8 32 1 1/8 3 1 1 1 0",
        "8 128 1 1/8 3 1 1 1 0",
        "8 512 1 1/8 3 1 1 1 0",
        "3 5 2 1/2 9/5 1/3 5 17 0",
        "4 7 6 1/3 9/5 1 2 1 1/2",
        "5 6 4 2/5 1 1/3 30 354 0",
        "2 9 4 1 4 1 1/9 1/81 1",
        "1 3 2 2 2 1/2 7 49 0",
    ];
    let point = |case: &str| NAMES.iter().zip(case.split(' ')).fold(Point::new(), |point, (name, value)| point.at(name, value));
    CASES.iter().map(|case| point(case)).collect()
}

/// [`composed_at`] the diagonal blocks of `scattered` nets.
///
/// # Errors
/// As [`composed_at`].
pub fn diagonal_squares(of: &str) -> Result<Gathered, Unsettled> {
    composed_at(&scattered(), Sensitivity::Diagonal, of)
}

/// [`composed_at`] the gradients of `scattered` nets.
///
/// # Errors
/// As [`composed_at`].
pub fn gradient_squares(of: &str) -> Result<Gathered, Unsettled> {
    composed_at(&scattered(), Sensitivity::Gradient, of)
}

/// [`composed_at`] the blocks of layers 1 and 2 of `scattered` nets, target 0.
///
/// # Errors
/// As [`composed_at`].
pub fn first_pair_squares(of: &str) -> Result<Gathered, Unsettled> {
    let points: Vec<Point> = scattered().into_iter().map(|point| point.at("layer", 1).at("other_layer", 2).at("y2", 0)).collect();
    composed_at(&points, Sensitivity::OffDiagonal, of)
}

/// The composed expectations as trees.
struct Composed {
    gradient: Node,
    diagonal: Node,
    pair: Node,
}

impl Composed {
    fn new() -> Composed {
        let trees = |gathered: Gathered| {
            let tree = |observation: Observation| match observation.truth {
                Truth::Exact(tree) => tree,
                Truth::Enclosed(_) | Truth::Interval(_) => Node::integer(0),
            };
            gathered.observations.into_iter().map(tree).collect::<Vec<_>>()
        };
        let mut trees = trees(composed_gradient(Output::Identity)).into_iter().chain(trees(composed_hessian(Output::Identity)));
        let mut next = || trees.next().unwrap_or_else(|| Node::integer(0));
        Composed { gradient: next(), diagonal: next(), pair: next() }
    }

    fn gradient(&self, point: &Point) -> Result<RBig, Unsettled> {
        number(&self.gradient, point)
    }

    fn block(&self, point: &Point, layer: i64, other: i64) -> Result<RBig, Unsettled> {
        let (layer, gap) = (layer.min(other), (layer - other).abs());
        let here = point.clone().with("layer", Node::integer(layer)).with("gap", Node::integer(gap));
        number(if gap == 0 { &self.diagonal } else { &self.pair }, &here)
    }
}

fn observation(point: &Point, of: &str, found: &[(&str, RBig)]) -> Result<Observation, Unsettled> {
    let unclear = |reason: String| Unsettled::Inconclusive(format!("at {point}: {reason}"));
    let body = parse(of).map_err(|error| unclear(error.to_string()))?;
    let names = found.iter().fold(point.clone(), |point, (name, value)| point.with(name, Node::rational(value)));
    let truth = match number(&body, &names) {
        Ok(value) => Truth::Exact(Node::rational(&value)),
        Err(_) => Truth::Enclosed(certify(&body, names.values(), ACCURACY).map_err(|error| unclear(error.to_string()))?),
    };
    Ok(Observation { point: point.clone(), truth })
}

fn number(node: &Node, point: &Point) -> Result<RBig, Unsettled> {
    let value = point.environment(&Environment::new(), &()).and_then(|names| exact(node, &names));
    value.map_err(|error| Unsettled::Inconclusive(format!("at {point} there is no value: {error}")))
}

fn integer(point: &Point, name: &str) -> Result<i64, Unsettled> {
    let missing = || Unsettled::Inconclusive(format!("{point} has no integer {name}"));
    number(point.get(name).ok_or_else(missing)?, &Point::new())?.to_string().parse().map_err(|_| missing())
}
