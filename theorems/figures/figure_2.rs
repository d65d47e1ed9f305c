//! Figure 2 · the chain's output, gradient and Hessian entries at the variance-preserving tau.

use suite::prelude::*;

/// The figure.
pub const FIGURE: Figure = Figure {
    id: "2",
    title: "Output, gradient and Hessian of a neural chain vanish with depth (tau = sqrt(3))",
    caption: "x = y = 1, tau = sqrt(3). Lines: mean and median from closed forms (the medians of gradient and off-diagonal entries to \
              leading order in depth, from Theorem 6). Points: measured medians with order-statistic intervals; thin lines: single chains. \
              \"Median, measured\" evaluates the closed form of the chain's loss, \"backpropagated\" are entries of the engine's gradient and \
              Hessian blocks, medians and quartiles over chains of their own. Sizes are reconstructed.",
    cost,
    draw,
};

/// √3: keeps the variance.
const TAU: f64 = 1.732_050_807_568_877_2;

/// Depths, and the chains backpropagated at each.
#[must_use]
pub fn plan(scale: Scale) -> (Vec<usize>, u64) {
    match scale {
        Scale::Small => (vec![3, 6, 10, 16, 23, 32], 400),
        Scale::Paper => (vec![3, 6, 10, 16, 23, 32, 45, 64, 100], 4000),
    }
}

/// Chains of that depth at x = y = 1.
#[must_use]
pub const fn chain(depth: usize) -> Portrait {
    Portrait { width: 1, depth, law: network::Law::Uniform(TAU), gate: network::Gate::Linear, sample: Sample::Ones }
}

fn cost(scale: Scale) -> String {
    let (depths, chains) = plan(scale);
    let backpropagated = [1, 2, 3].into_iter().flat_map(|_| depths.iter().map(|&depth| chain(depth)));
    format!(
        "medians of four entries at each of {} depths up to {}; and {}",
        depths.len(),
        depths[depths.len() - 1],
        portrait::plan(chains, &backpropagated.collect::<Vec<_>>(), portrait::Look::Norms)
    )
}

fn draw(easel: &Easel) -> Result<Drawing, String> {
    let (depths, chains) = plan(easel.scale);
    let deepest = depths[depths.len() - 1];
    let every: Vec<_> = (1..=deepest as i64).map(Node::integer).collect();
    let at = Point::new().at("tau", "sqrt(3)");
    let panel = |entry: Entry, norm: Option<portrait::Norm>, title: &str, lines: &[(&str, &str)]| {
        let context = easel.context("figure-2", entry.name());
        let measured = network::chain::entry_medians(&context, entry, TAU, &depths);
        let measured = measured.map_err(|reason| format!("{reason:?}"))?;
        let mut series = network::chain::paths(&context, entry, TAU, deepest, 6);
        for (label, formula) in lines {
            series.push(Series::prediction(label, formula, &at, "depth", &every)?);
        }
        series.push(Series::measurement("median, measured", &measured, "depth"));
        if let Some(norm) = norm {
            let kept = depths.iter().map(|&depth| Ok::<_, String>((depth as f64, chain(depth).norms(&context, chains, &[norm])?.concat())));
            let kept = kept.collect::<Result<Vec<_>, _>>()?;
            series.push(portrait::medians("median and quartiles of backpropagated entries", kept.into_iter()));
        }
        Ok::<_, String>(Panel { title: title.into(), x: Axis::linear("depth L"), y: Axis::logarithmic("absolute value"), series })
    };
    Ok(Drawing {
        panels: vec![
            panel(Entry::Output, None, "|v|", &[("mean", "(tau/2)^depth"), ("median", "tau^depth*exp(-gamma_median(depth))")])?,
            panel(Entry::Gradient, Some(portrait::Norm::Gradient), "gradient entry", &[("median", "(tau*exp(-1))^(depth - 1)*exp(1/3)")])?,
            panel(
                Entry::Diagonal,
                Some(portrait::Norm::Diagonal),
                "Hessian diagonal entry",
                &[("mean", "(tau^2/3)^(depth - 1)"), ("median", "tau^(2*(depth - 1))*exp(-2*gamma_median(depth - 1))")],
            )?,
            panel(
                Entry::OffDiagonal,
                Some(portrait::Norm::OffDiagonal),
                "Hessian off-diagonal entry",
                &[("median", "(tau*exp(-1))^(depth - 2)*exp(1/3)")],
            )?,
        ],
        columns: 2,
    })
}
