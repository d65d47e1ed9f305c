//! The panels that figures 1, 4 and 15 share: gradient, diagonal and off-diagonal block of the Hessian against depth.

use suite::prelude::*;

/// The formula of a quantity of the catalogue (`ext-hessian.frobenius-pow2`).
///
/// # Errors
/// If there is no such quantity.
pub fn formula(id: &str) -> Result<&'static str, String> {
    let found = id.split_once('.').and_then(|(slug, quantity)| {
        let theorem = suite::theorems::CATALOG.iter().find(|theorem| theorem.slug == slug)?;
        theorem.quantities.iter().find(|known| known.id == quantity)
    });
    found.map(|quantity| quantity.formula).ok_or_else(|| format!("there is no quantity {id}"))
}

/// A uniform law of a given variance times width.
#[derive(Clone, Copy, Debug)]
pub struct Initialisation {
    /// The gate.
    pub gate: network::Gate,
    /// The variance of a weight times the width.
    pub gain: u32,
    /// What that is divided by.
    pub over: u32,
}

impl Initialisation {
    /// Nets of that width and depth at one sample of a teacher.
    #[must_use]
    pub fn portrait(self, width: usize, depth: usize) -> Portrait {
        let law = network::Law::Uniform((3.0 * f64::from(self.gain) / f64::from(self.over) / width as f64).sqrt());
        Portrait { width, depth, law, gate: self.gate, sample: Sample::Teacher }
    }

    /// The root of a formula of ext-gradient or ext-hessian at the layers 1 and `other`, over nets of that width (both formulas in depth)
    /// and over the samples of a teacher: ‖x‖² ‖y‖² and ‖x‖⁴ have the mean d(d + 2), ‖x‖₄⁴ has 3d, and a target's direction is independent of the net.
    #[must_use]
    pub fn over_samples(self, width: &str, other: &str, formula: &str) -> String {
        let Initialisation { gate, gain, over } = self;
        let open = if gate == network::Gate::Linear { "1" } else { "1/2" };
        format!(
            "let width = {width}; let variance = {gain}/{over}/width; let kurtosis = 9/5; let p = {open}; let x2 = sqrt(width*(width + 2)); \
             let y2 = x2; let x4 = 3*width; let layer = 1; let other_layer = {other}; sqrt(({formula}))"
        )
    }
}

/// The panels of figures 1, 4 and 15: gradient, diagonal and off-diagonal block of the Hessian against depth, one row a width.
///
/// # Errors
/// If a formula has no value, or candle fails.
pub fn blocks(easel: &Easel, context: &Context, kind: Initialisation, widths: &[Option<usize>]) -> Result<Drawing, String> {
    let (depths, nets) = plan(easel.scale);
    let every: Vec<Node> = (2..=depths[depths.len() - 1] as i64).step_by(2).map(Node::integer).collect();
    let mut panels = vec![];
    for width in widths {
        let measured = depths
            .iter()
            .map(|&depth| Ok((depth as f64, kind.portrait(width.unwrap_or(depth), depth).norms(context, nets, &portrait::Norm::ALL)?)));
        let measured = measured.collect::<Result<Vec<(f64, Vec<Vec<Scaled>>)>, String>>()?;
        let says = width.map_or("width = depth".to_owned(), |width| format!("width {width}"));
        let text = width.map_or("depth".to_owned(), |width| width.to_string());
        let kinds = [
            ("gradient of layer 1", "ext-gradient.frobenius-pow2", "1"),
            ("Hessian block (1, 1)", "ext-hessian.frobenius-pow2", "1"),
            ("Hessian block (1, L)", "ext-hessian.frobenius-pow2", "depth"),
        ];
        for (index, (title, quantity, other)) in kinds.into_iter().enumerate() {
            let line = kind.over_samples(&text, other, formula(quantity)?);
            let draws = measured.iter().map(|(x, nets)| (*x, nets.iter().map(|norms| norms[index]).collect()));
            panels.push(Panel {
                title: format!("{title}, {says}"),
                x: Axis::linear("depth L"),
                y: Axis::logarithmic("Frobenius norm"),
                series: vec![
                    Series::prediction("root mean square, closed form", &line, &Point::new(), "depth", &every)?,
                    portrait::medians("median and quartiles over nets", draws),
                ],
            });
        }
    }
    Ok(Drawing { panels, columns: 3 })
}

/// The depths of [`blocks()`], and the nets drawn at each.
#[must_use]
pub fn plan(scale: Scale) -> (Vec<usize>, u64) {
    match scale {
        Scale::Small => (vec![2, 4, 8, 12, 16, 24, 32, 48, 64], 101),
        Scale::Paper => (vec![2, 4, 8, 16, 24, 32, 48, 64, 80, 96, 112, 128], 401),
    }
}

/// What [`blocks()`] costs, in words.
#[must_use]
pub fn cost_of_blocks(scale: Scale) -> String {
    let (depths, nets) = plan(scale);
    format!("{nets} nets at each of {} depths up to {} for every row of panels", depths.len(), depths[depths.len() - 1])
}
