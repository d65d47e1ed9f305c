//! What nets with orthogonal weights do to the norm of their input.

use dashu::rational::RBig;
use rand_distr::{Distribution, StandardNormal};

use super::architecture_trials::{NETS, PRECISION, median};
use crate::claim::{Context, Gathered, Grade, Observation, Point, Truth, Unsettled};
use crate::formula::{Ball, Node, Precision, Scaled};
use crate::network::architecture::orthogonal;
use crate::network::{Gate, Law, NetworkError};
use crate::sampled::{self, Case, Generator, Streams};

/// What the squared length of a product of orthogonal matrices may be off by, relative, for each unit and layer.
const ROUNDING: f64 = 1e-14;

/// How the weights of a perceptron are drawn for [`isometry`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawn {
    /// Orthogonal, of Haar's law; behind ReLU gates times √2.
    Orthogonal,
    /// Independent, of He's or Xavier's uniform law.
    Independent,
}

/// ‖a^L‖²/‖a^0‖² of square nets of that width and gate at each depth, the deeper continuing the shallower, from a Gaussian input.
///
#[must_use]
pub fn lengths(drawn: Drawn, gate: Gate, width: usize, depths: &[usize], generator: &mut Generator) -> Vec<Scaled> {
    let gain = if gate == Gate::Relu { 2.0f64 } else { 1.0 };
    let mut a: Vec<f64> = (0..width).map(|_| StandardNormal.sample(generator)).collect();
    let (mut exponent, mut found) = (0, Vec::with_capacity(depths.len()));
    let square = |a: &[f64]| a.iter().map(|x| x * x).sum::<f64>();
    let start = square(&a);
    for layer in 1..=depths.last().copied().unwrap_or(0) {
        let mut weights = match drawn {
            Drawn::Orthogonal => orthogonal(width, generator),
            Drawn::Independent => {
                let mut weights = vec![0.0; width * width];
                Law::xavier_uniform(width).sample(generator, &mut weights);
                weights
            }
        };
        weights.iter_mut().for_each(|w| *w *= gain.sqrt());
        let h = weights.chunks_exact(width).map(|row| row.iter().zip(&a).map(|(w, a)| w * a).sum::<f64>());
        a = h.map(|h| gate.apply(h)).collect();
        exponent += crate::network::power::normalise(&mut a).unwrap_or(0);
        if depths.contains(&layer) {
            found.push(Scaled::new(square(&a), 2 * exponent) / Scaled::from(start));
        }
    }
    found
}

/// Medians of [`lengths`] over that many nets; the points bind `width` and `depth`.
///
/// # Errors
/// If candle fails.
pub fn isometry(context: &Context, drawn: Drawn, gate: Gate, width: usize, depths: &[usize], nets: u64) -> Result<Gathered, Unsettled> {
    let streams = Streams::of_evidence(context, &format!("{drawn:?}, {gate:?}, width {width}, depths {depths:?}"));
    let runs = streams.map_chunks(nets, 1, |generator, _| lengths(drawn, gate, width, depths, generator));
    let rate = context.rate / depths.len() as f64;
    let mut gathered = Gathered { grade: Some(Grade::Exact), rate: context.rate, draws: nets, ..Gathered::default() };
    for (at, depth) in depths.iter().enumerate() {
        let interval = median(runs.iter().map(|run| Ok(run[at])).collect(), rate, PRECISION)?;
        let whole = |count: usize| Node::rational(&count.into());
        let point = Point::new().with("width", whole(width)).with("depth", whole(*depth));
        gathered.observations.push(Observation { point, truth: Truth::Interval(interval) });
    }
    Ok(gathered)
}

/// ‖a^L‖²/‖a^0‖² of single linear nets with orthogonal weights of Haar's law, every net by itself: enclosed to within the rounding of its
/// products. The points bind `width` and `depth`.
///
/// # Errors
/// If candle fails.
pub fn linear_lengths(context: &Context, shapes: &[(usize, usize)]) -> Result<Gathered, Unsettled> {
    let mut gathered = Gathered::default();
    for (width, depth) in shapes {
        let streams = Streams::of_evidence(context, &format!("width {width}, depth {depth}"));
        for found in streams.map_chunks(NETS, 1, |generator, _| lengths(Drawn::Orthogonal, Gate::Linear, *width, &[*depth], generator)) {
            let found = found[0].to_f64();
            let error = (*width * *depth) as f64 * ROUNDING;
            let end = |x: f64| Ball::from_rational(&RBig::try_from(x).unwrap_or(RBig::ZERO), Precision(128));
            let whole = |count: usize| Node::rational(&count.into());
            let point = Point::new().with("width", whole(*width)).with("depth", whole(*depth));
            gathered.observations.push(Observation { point, truth: Truth::Enclosed(end(found - error).hull(&end(found + error))) });
        }
        gathered.draws += NETS;
    }
    Ok(gathered)
}

/// E‖a^L‖²/‖a^0‖² of ReLU nets with orthogonal weights (no gain), which lies in [0, 1]: exact grade. The points bind `width` and `depth`.
///
/// # Errors
/// If no plan fits, or candle fails.
pub fn gated_lengths(context: &Context, shapes: &[(usize, usize)]) -> Result<Gathered, Unsettled> {
    let case = |&(width, depth): &(usize, usize)| {
        let whole = |count: usize| Node::rational(&count.into());
        Case {
            point: Point::new().with("width", whole(width)).with("depth", whole(depth)),
            configuration: format!("width {width}, depth {depth}"),
            setting: (width, depth),
            // Making columns orthonormal takes about as many products for every weight, and as long again to start.
            cost: (depth * (width * width * (1 + width) + 100)) as u64,
            guess: 0.5f64.powi(depth as i32),
        }
    };
    let cases: Vec<_> = shapes.iter().map(case).collect();
    sampled::bounded_means(
        context,
        &cases,
        |_| Scaled::from(1.0),
        |(width, depth), generator, draws| {
            let one = |_| -> Result<Scaled, NetworkError> {
                let found = lengths(Drawn::Orthogonal, Gate::Relu, *width, &[*depth], generator)[0];
                // The gain of √2 in each layer taken out again; rounding may lift an open net by a last digit.
                let share = (found * Scaled::new(1.0, -(*depth as i64))).to_f64();
                Ok(Scaled::from(share.min(1.0)))
            };
            (0..draws).map(one).collect()
        },
    )
}
