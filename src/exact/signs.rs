//! Nets fed by fair signs of fixed magnitudes, and activations given the past: what gates and matrices do where only |h| is
//! given.

use std::collections::{BTreeMap, BTreeSet};

use dashu::rational::RBig;

use super::backward::{Form, Past};
use super::gather::{laws, observe};
use super::law::FiniteLaw;
use super::layers::{Norm, Site};
use super::net::{Gate, Layer, Net, power_sum};
use super::tally::sum;
use crate::claim::{Gathered, Point, Unsettled};
use crate::formula::Node;

/// h^1 = (±m_1, ±m_2, …) with independent fair signs, gated by `first`, then `depth` square layers of the law, gated by `gate`.
///
/// # Errors
/// As [`Net::new`].
///
/// # Panics
/// If there is no magnitude, or one is negative.
pub fn fed_by_signs(magnitudes: &[i64], first: Gate, law: &FiniteLaw, gate: Gate, depth: usize) -> Result<Net, Unsettled> {
    let width = magnitudes.len();
    let signs = Layer::with_entries(magnitudes.iter().map(|magnitude| vec![FiniteLaw::sign_of(*magnitude)]).collect(), first);
    Net::new(&[1], std::iter::once(signs).chain((0..depth).map(|_| Layer::new(law, gate, width, width))).collect())
}

/// E of the power of a norm of W D h, h of fair signs and the magnitudes m: every law of [`laws`] × both gates × every vector m.
/// The points bind `x2` and `x4` to those of m.
///
/// # Errors
/// As [`Net::new`].
pub fn gated_then_weighted(norm: Norm, vectors: &[&[i64]]) -> Result<Gathered, Unsettled> {
    let cells = laws().into_iter().flat_map(|law| Gate::ALL.map(|gate| (law.clone(), gate)));
    let cells = cells.flat_map(|(law, gate)| vectors.iter().map(move |vector| (law.clone(), gate, *vector)));
    let case = |(law, gate, vector): (FiniteLaw, Gate, &[i64])| {
        let net = fed_by_signs(vector, gate, &law, Gate::Linear, 1)?;
        Ok((point(&law, gate, vector, 1), net.norm(norm, Site::BeforeGate)))
    };
    Ok(observe(cells.map(case).collect::<Result<Vec<_>, _>>()?))
}

/// E form(D^L W^L ⋯ D^1 W^1) for every law of [`laws`] × both gates × (width, depth), the gates those of a net that is fed by
/// signs. The points bind `width`, `depth` and the law.
///
/// # Errors
/// As [`Net::new`].
pub fn products(form: &Form, shapes: &[(usize, usize)]) -> Result<Gathered, Unsettled> {
    let cells = laws().into_iter().flat_map(|law| Gate::ALL.map(|gate| (law.clone(), gate)));
    let cells = cells.flat_map(|(law, gate)| shapes.iter().map(move |shape| (law.clone(), gate, *shape)));
    let case = |(law, gate, (width, depth)): (FiniteLaw, Gate, (usize, usize))| {
        let magnitudes: Vec<i64> = (1..).take(width).collect();
        let net = fed_by_signs(&magnitudes, Gate::Linear, &law, gate, depth)?;
        Ok((point(&law, gate, &magnitudes, depth), net.product_expectation(1, form)))
    };
    Ok(observe(cells.map(case).collect::<Result<Vec<_>, _>>()?))
}

/// E of the power of a norm of a^L given all earlier gates and all magnitudes |h^1|, …, |h^L|, for every possible past of every
/// net. The points bind `x2` and `x4` to those of h^L.
#[must_use]
pub fn activations_given_past(nets: &[Net], norm: Norm) -> Gathered {
    observe(nets.iter().flat_map(|net| {
        let rows = net.layers()[net.depth() - 1].rows();
        let mut pasts = BTreeMap::<Past, Vec<RBig>>::new();
        for conditional in net.gates_given_past() {
            let magnitudes = &conditional.past.magnitudes[conditional.past.magnitudes.len() - rows..];
            let open: Vec<i64> = magnitudes.iter().zip(&conditional.gates).map(|(h, open)| if *open { *h } else { 0 }).collect();
            let value = power_of_norm(norm, &open) * conditional.probability;
            pasts.entry(conditional.past).or_default().push(value);
        }
        let (second, fourth) = (net.scale(0).pow(2), net.scale(0).pow(4));
        let degree = if norm == Norm::TwoSquared { second.clone() } else { fourth.clone() };
        // Pasts that agree in the norms of |h^L| and in the expectation are one observation.
        let different: BTreeSet<[RBig; 3]> = pasts
            .into_iter()
            .map(|(past, values)| {
                let h = &past.magnitudes[past.magnitudes.len() - rows..];
                [power_sum(h, 2) * &second, power_sum(h, 4) * &fourth, sum(values.into_iter()) * &degree]
            })
            .collect();
        different.into_iter().map(|[x2, x4, value]| (net.point().with("x2", Node::rational(&x2)).with("x4", Node::rational(&x4)), value))
    }))
}

fn power_of_norm(norm: Norm, vector: &[i64]) -> RBig {
    match norm {
        Norm::TwoSquared => power_sum(vector, 2),
        Norm::TwoFourth => power_sum(vector, 2).pow(2),
        Norm::FourFourth => power_sum(vector, 4),
    }
}

fn point(law: &FiniteLaw, gate: Gate, vector: &[i64], depth: usize) -> Point {
    let rational = |value: RBig| Node::rational(&value);
    Point::new()
        .with("width", rational(vector.len().into()))
        .with("depth", rational(depth.into()))
        .with("variance", rational(law.variance()))
        .with("kurtosis", rational(law.kurtosis()))
        .with("p", rational(gate.probability()))
        .with("x2", rational(power_sum(vector, 2)))
        .with("x4", rational(power_sum(vector, 4)))
}
