//! What a figure over many random nets costs, before the first draw.

use super::portrait::{Portrait, STEPS};

/// The floating-point operations a second of small products on two cores, and the seconds that a layer of a net takes beside them: what a
/// plan reckons with.
const RATE: f64 = 6e9;
const SECONDS_A_LAYER: f64 = 2e-5;

/// What figures look at in each net of a [`Portrait`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// [`Portrait::norms`]
    Norms,
    /// [`Portrait::extremes`]
    Extremes,
    /// [`Portrait::spectrum`]
    Spectrum,
}

impl Look {
    /// The floating-point operations of one net, and the bytes that it holds, by counting the leading terms: two products of L matrices
    /// for the norms; products with the Hessian at six of a pass each, and two orthogonalisations against all former vectors, for a run.
    fn of(self, portrait: &Portrait) -> [f64; 2] {
        let (width, depth) = (portrait.width as f64, portrait.depth as f64);
        let parameters = depth * width * width;
        let steps = match self {
            Look::Norms => return [4.0 * parameters * (width + 4.0), 32.0 * parameters],
            Look::Extremes => STEPS.min(portrait.depth * portrait.width * portrait.width),
            Look::Spectrum => portrait.rank(),
        } as f64;
        [steps * parameters * (12.0 + 4.0 * steps), 8.0 * steps * parameters]
    }
}

/// The plan of a figure in words: draws, operations, memory and time.
#[must_use]
pub fn plan(nets: u64, portraits: &[Portrait], look: Look) -> String {
    let all: Vec<[f64; 2]> = portraits.iter().map(|portrait| look.of(portrait)).collect();
    let operations = nets as f64 * all.iter().map(|[operations, _]| operations).sum::<f64>();
    let held = all.iter().map(|[_, bytes]| *bytes).fold(0.0, f64::max);
    let overhead = nets as f64 * portraits.iter().map(|portrait| portrait.depth as f64).sum::<f64>() * SECONDS_A_LAYER;
    let minutes = (operations / RATE + overhead) / 60.0;
    let time = if minutes < 1.0 { "less than a minute".to_owned() } else { format!("about {minutes:.0} minutes") };
    let megabytes = (held / 1e6).max(1.0);
    format!(
        "{nets} nets at each of {} settings, about {operations:.0e} floating-point operations, at most {megabytes:.0} MB held for a net and \
         thread, {time} on two cores",
        portraits.len()
    )
}
