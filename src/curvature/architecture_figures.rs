//! Figures of gradients and Hessian blocks against depth, in several kinds of nets.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::claim::Gathered;
use crate::claim::figure::{Axis, Drawing, Easel, Panel, Scale, Series};
use crate::formula::Scaled;
use crate::network::architecture::photos::Photos;
use crate::sampled::Streams;

use super::architecture_trials::{Kind, Measured, at_depth, measure, medians};

/// What a figure compares: kinds of nets with their labels, at several depths.
#[derive(Clone, Copy, Debug)]
pub struct Study {
    /// The kinds, each with the legend's text.
    pub kinds: &'static [(&'static str, Kind)],
    /// The depths.
    pub depths: &'static [usize],
    /// The nets behind each point.
    pub nets: u64,
}

impl Study {
    /// The plan in words: nets, multiplications, memory.
    #[must_use]
    pub fn cost(&self) -> String {
        let cells = || self.kinds.iter().flat_map(|(_, kind)| self.depths.iter().map(move |depth| (kind, kind.architecture(*depth))));
        // A gradient takes about 3 forward passes, a product with the Hessian 6 more.
        let products: f64 = cells().map(|(kind, plan)| 9.0 * (plan.cost() * kind.samples as u64 * self.nets) as f64).sum();
        let held = |(kind, plan): (&Kind, crate::network::architecture::Architecture)| {
            // Patches of both passes and of their derivatives, in double precision.
            let rows = plan.edge * plan.edge * kind.samples;
            plan.shapes().iter().map(|(fan_in, _)| 4 * 8 * rows * fan_in).sum::<usize>()
        };
        let memory = cells().map(held).max().unwrap_or(0);
        format!(
            "{} nets at each of {} depths up to {} in {} kinds: about {:.1e} multiplications, at most {:.1e} bytes held for one net",
            self.nets,
            self.depths.len(),
            self.depths.iter().max().unwrap_or(&0),
            self.kinds.len(),
            products,
            memory as f64
        )
    }

    /// The photographs of the user, or those that the program carries; the user's only where some kind sees photographs.
    fn photos(&self, easel: &Easel<'_>) -> Result<Photos, String> {
        let seen = self.kinds.iter().any(|(_, kind)| kind.sees_photographs());
        Photos::open(if seen { easel.studio.data() } else { None })
    }

    /// What is measured at one net of the first kind and depth: what a trial of a large plan runs.
    ///
    /// # Errors
    /// In words, if the net cannot be computed.
    pub fn first_point(&self, easel: &Easel<'_>, figure: &'static str) -> Result<[Scaled; 3], String> {
        let (label, kind) = self.kinds.first().ok_or("a study of nothing")?;
        let streams = Streams::of_evidence(&easel.context(figure, label), "first point");
        let depth = *self.depths.first().ok_or("a study at no depth")?;
        measure(kind, depth, &self.photos(easel)?, &mut streams.chunk(0)).map_err(|error| error.to_string())
    }

    /// What is measured at the nets of one kind and depth, or what was kept of it. Numbers always come from the kept text, so that an
    /// interrupted figure ends as one that was not.
    fn cell(
        &self,
        easel: &Easel<'_>,
        figure: &'static str,
        label: &'static str,
        kind: &Kind,
        depth: usize,
        photos: &Photos,
    ) -> Result<Vec<[Scaled; 3]>, String> {
        let seen = if kind.sees_photographs() { photos.fingerprint() } else { "none".to_owned() };
        let settings = format!("{label}: {}, depth {depth}, {} nets, photographs {seen}, seed {}", kind.name(), self.nets, easel.seed);
        let tag: String = Sha256::digest(&settings).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        let key = format!("{figure}-{tag}");
        let read = |text: &str| serde_json::from_str::<Cell>(text).ok().filter(|cell| cell.settings == settings).map(Cell::found);
        if let Some(found) = easel.studio.kept(&key).as_deref().and_then(read) {
            return Ok(found);
        }
        let found = at_depth(&easel.context(figure, label), kind, depth, self.nets, photos)?;
        let nets = found.iter().map(|found| found.map(|value| (value.mantissa(), value.exponent()))).collect();
        let text = serde_json::to_string(&Cell { settings: settings.clone(), nets }).map_err(|error| error.to_string())? + "\n";
        easel.studio.keep(&key, &text)?;
        easel.studio.say(&format!("{figure}: {label}, depth {depth}"));
        read(&text).ok_or_else(|| format!("{label}, depth {depth}: what was measured cannot be read back"))
    }

    /// One panel for each of [`Measured::ALL`], titled with `title` in front.
    ///
    /// # Errors
    /// In words, if a net cannot be computed.
    pub fn panels(&self, easel: &Easel<'_>, figure: &'static str, title: &str) -> Result<Vec<Panel>, String> {
        let photos = self.photos(easel)?;
        let measure = |(label, kind): &(&'static str, Kind)| -> Result<(&'static str, [Gathered; 3]), String> {
            easel.studio.say(&format!("figure {}: {label}", figure.trim_start_matches("figure-")));
            let cell = |depth: &usize| Ok((kind.architecture(*depth).depth(), self.cell(easel, figure, label, kind, *depth, &photos)?));
            let cells = self.depths.iter().map(cell).collect::<Result<Vec<_>, String>>()?;
            Ok((label, medians(easel.context(figure, label).rate, &cells)?))
        };
        let found = self.kinds.iter().map(measure).collect::<Result<Vec<_>, _>>()?;
        let panel = |(at, measured): (usize, Measured)| Panel {
            title: if title.is_empty() { measured.name().to_owned() } else { format!("{title}: {}", measured.name()) },
            x: Axis::linear("number of maps"),
            y: Axis::logarithmic("Frobenius norm"),
            series: found.iter().map(|(label, gathered)| Series::measurement(label, &gathered[at], "depth")).collect(),
        };
        Ok(Measured::ALL.into_iter().enumerate().map(panel).collect())
    }
}

/// One comparison at both scales.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    /// Minutes on two cores.
    pub small: Study,
    /// The paper's.
    pub paper: Study,
}

impl Sizes {
    const fn at(&self, scale: Scale) -> &Study {
        match scale {
            Scale::Small => &self.small,
            Scale::Paper => &self.paper,
        }
    }

    /// The plan in words, as [`Study::cost`].
    #[must_use]
    pub fn cost(&self, scale: Scale) -> String {
        self.at(scale).cost()
    }

    /// The figure with that name: one panel for each of [`Measured::ALL`].
    ///
    /// # Errors
    /// As [`Study::panels`].
    pub fn draw(&self, easel: &Easel<'_>, figure: &'static str) -> Result<Drawing, String> {
        Ok(Drawing { panels: self.at(easel.scale).panels(easel, figure, "")?, columns: 3 })
    }
}

/// What is kept of one kind and depth: mantissas and powers of two, net by net.
#[derive(Debug, Serialize, Deserialize)]
struct Cell {
    settings: String,
    nets: Vec<[(f64, i64); 3]>,
}

impl Cell {
    fn found(self) -> Vec<[Scaled; 3]> {
        self.nets.into_iter().map(|net| net.map(|(mantissa, exponent)| Scaled::new(mantissa, exponent))).collect()
    }
}
