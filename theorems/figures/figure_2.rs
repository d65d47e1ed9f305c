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
const DEPTHS: [usize; 6] = [3, 6, 10, 16, 23, 32];

/// Chains backpropagated at each depth.
const CHAINS: u64 = 400;

fn cost(_: Scale) -> String {
    format!(
        "medians of four entries at {} depths up to {}, and {CHAINS} chains backpropagated at each",
        DEPTHS.len(),
        DEPTHS[DEPTHS.len() - 1]
    )
}

fn draw(easel: &Easel) -> Result<Drawing, String> {
    let every: Vec<_> = (1..=32).map(Node::integer).collect();
    let at = Point::new().at("tau", "sqrt(3)");
    let panel = |entry: Entry, norm: Option<portrait::Norm>, title: &str, lines: &[(&str, &str)]| {
        let context = easel.context("figure-2", entry.name());
        let measured = network::chain::entry_medians(&context, entry, TAU, &DEPTHS);
        let measured = measured.map_err(|reason| format!("{reason:?}"))?;
        let mut series = network::chain::paths(&context, entry, TAU, 32, 6);
        for (label, formula) in lines {
            series.push(Series::prediction(label, formula, &at, "depth", &every)?);
        }
        series.push(Series::measurement("median, measured", &measured, "depth"));
        if let Some(norm) = norm {
            let kept = DEPTHS.map(|depth| {
                let sample = Sample::Ones;
                let chain = Portrait { width: 1, depth, law: network::Law::Uniform(TAU), gate: network::Gate::Linear, sample };
                Ok::<_, String>((depth as f64, chain.norms(&context, CHAINS, &[norm])?.concat()))
            });
            let kept = kept.into_iter().collect::<Result<Vec<_>, _>>()?;
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
