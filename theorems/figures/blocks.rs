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

    /// A formula of thm-10, ext-gradient or ext-hessian at two layers, over nets of that width (all three are formulas in depth) and over
    /// the samples of a teacher: ‖x‖² ‖y‖² and ‖x‖⁴ have the mean d(d + 2), which is no less than the squared means of ‖x‖² and ‖x‖ ‖y‖;
    /// ‖x‖₄⁴ has 3d, and a target's direction is independent of the net.
    #[must_use]
    pub fn over_samples(self, width: &str, [layer, other]: [&str; 2], formula: &str) -> String {
        let Initialisation { gate, gain, over } = self;
        let open = if gate == network::Gate::Linear { "1" } else { "1/2" };
        format!(
            "let width = {width}; let variance = {gain}/{over}/width; let kurtosis = 9/5; let p = {open}; let x2 = sqrt(width*(width + 2)); \
             let y2 = x2; let x4 = 3*width; let layer = {layer}; let other_layer = {other}; {formula}"
        )
    }

    /// E‖H‖_F², over the samples of a teacher.
    ///
    /// # Errors
    /// If the formula has no value.
    pub fn squared_hessian(self, width: usize, depth: usize) -> Result<Scaled, String> {
        let at = Point::new().at("depth", depth);
        let square = |layer: usize, other: usize| {
            let line = self.over_samples(&width.to_string(), ["layer_k", "layer_l"], formula("ext-hessian.frobenius-pow2")?);
            let at = at.clone().at("layer_k", layer);
            let found = Series::prediction("", &line, &at, "layer_l", &[Node::integer(other as i64)])?;
            found.marks.first().map(|mark| mark.y).ok_or_else(|| format!("no value at layers {layer} and {other}"))
        };
        let blocks = (1..=depth).flat_map(|layer| (layer..=depth).map(move |other| (layer, other)));
        blocks.map(|(layer, other)| Ok(square(layer, other)? * Scaled::from(if layer == other { 1.0 } else { 2.0 }))).sum()
    }
}

/// The panels of figures 1, 4 and 15: gradient, diagonal and off-diagonal block of the Hessian against depth, one row a width, at the
/// depths and with the nets of a plan.
///
/// # Errors
/// If a formula has no value, or candle fails.
pub fn blocks(
    context: &Context,
    kind: Initialisation,
    widths: &[Option<usize>],
    (depths, nets): (Vec<usize>, u64),
) -> Result<Drawing, String> {
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
            ("gradient of layer 1", "ext-gradient.frobenius-pow2", "thm-10.gradient", "1"),
            ("Hessian block (1, 1)", "ext-hessian.frobenius-pow2", "thm-10.trace", "1"),
            ("Hessian block (1, L)", "ext-hessian.frobenius-pow2", "thm-10.pair", "depth"),
        ];
        for (index, (title, square, bound, other)) in kinds.into_iter().enumerate() {
            let line = format!("sqrt(({}))", kind.over_samples(&text, ["1", other], formula(square)?));
            let mean = kind.over_samples(&text, ["1", other], formula(bound)?);
            let draws = measured.iter().map(|(x, nets)| (*x, nets.iter().map(|norms| norms[index]).collect()));
            panels.push(Panel {
                title: format!("{title}, {says}"),
                x: Axis::linear("depth L"),
                y: Axis::logarithmic("Frobenius norm"),
                series: vec![
                    Series::prediction("root mean square, closed form", &line, &Point::new(), "depth", &every)?,
                    Series::prediction("bound on the mean, Theorem 10", &mean, &Point::new(), "depth", &every)?,
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
pub fn cost_of_blocks(kind: Initialisation, widths: &[Option<usize>], scale: Scale) -> String {
    let (depths, nets) = plan(scale);
    let portraits = widths.iter().flat_map(|width| depths.iter().map(|&depth| kind.portrait(width.unwrap_or(depth), depth)));
    portrait::plan(nets, &portraits.collect::<Vec<_>>(), portrait::Look::Norms)
}
