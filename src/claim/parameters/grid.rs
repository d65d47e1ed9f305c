//! A deterministic grid of small points over the parameters of a quantity, the smallest first.

use crate::claim::{Quantity, Theorem};

use super::resolve::{Settings, resolve_quantity};

/// The points that are tried at most.
const MOST_POINTS: usize = 2000;

/// The values that a parameter takes on the grid, the simplest first.
fn ladder(name: &str) -> &'static [&'static str] {
    match name {
        "tau" => &["1", "2", "1/2", "3", "5/4", "2/3"],
        "gate" => &["linear", "relu"],
        "width" => &["1", "2", "3", "4", "5"],
        "depth" => &["1", "2", "3", "4", "5", "7"],
        "law" | "output-law" => &["rademacher:1", "gaussian:1", "uniform:1", "moments:2,5/2", "three-point:1,1/4"],
        "input" => &["(1,0,...,0)", "(1,1,...,1)", "(2,1,...,1)"],
        "target" => &["input", "0", "(1,0,...,0)", "(3,1,...,1)"],
        "direction" => &["(1,0,...,0)", "(1,1,...,1)", "(2,1,...,1)"],
        "layer" | "other-layer" => &["1", "2", "3"],
        "order" => &["1", "2", "0", "3", "4", "1/2", "-1/2"],
        "at" => &["1/2", "1", "1/10", "2"],
        "x" => &["1", "2", "-1", "1/2", "0"],
        "w0" => &["1/2", "1/4", "2/3"],
        "b" => &["3/4", "9/10", "4/5"],
        "t" => &["1", "1/2", "2", "0"],
        "epsilon" => &["1/2", "1", "1/4", "2"],
        "pixels" => &["1", "2", "3", "4"],
        "kernel" => &["1", "3", "5"],
        "maps" => &["1", "2", "3"],
        "damping" => &["0", "1/10", "1/1000"],
        "noise" => &["0", "1/4", "1/2"],
        "step" => &["1/10", "1/100"],
        "adaptive" | "wide" => &["0", "1"],
        "alpha" | "gain" => &["1", "1/2", "2", "1/3"],
        "patches" | "overlap" | "diagonal" => &["1", "2", "3", "5/2"],
        "rank" => &["1", "2", "3"],
        _ => &[],
    }
}

/// Points of the quantity's domain with the `fixed` settings: rational wherever the fixed ones are, in order of the sum of their
/// steps away from the simplest point. Points that the quantity does not admit are left out.
pub fn grid<'a>(theorem: &'a Theorem, quantity: &'a Quantity, fixed: &'a [(String, String)]) -> impl Iterator<Item = Settings> + 'a {
    let is_fixed = |name: &str| fixed.iter().any(|(other, _)| other == name);
    let input_fixed = is_fixed("input");
    let free: Vec<&'static str> =
        quantity.parameters.iter().copied().filter(|&name| !(is_fixed(name) || name == "width" && input_fixed)).collect();
    let lengths: Vec<usize> = free.iter().map(|name| ladder(name).len().max(1)).collect();
    let most: usize = lengths.iter().map(|length| length - 1).sum();
    let steps = (0..=most).flat_map(move |sum| compositions(sum, &lengths));
    steps.take(MOST_POINTS).filter_map(move |steps| {
        let chosen = free.iter().zip(steps).filter_map(|(&name, step)| Some((name.to_owned(), (*ladder(name).get(step)?).to_owned())));
        let settings: Vec<(String, String)> = fixed.iter().cloned().chain(chosen).collect();
        resolve_quantity(theorem, quantity, &settings).ok()
    })
}

/// Every way to write `sum` as one step a parameter, each step below its length.
fn compositions(sum: usize, lengths: &[usize]) -> Vec<Vec<usize>> {
    let Some((&length, rest)) = lengths.split_first() else {
        return if sum == 0 { vec![Vec::new()] } else { Vec::new() };
    };
    let reach: usize = rest.iter().map(|length| length - 1).sum();
    let mut found = Vec::new();
    for step in sum.saturating_sub(reach)..length.min(sum + 1) {
        for mut tail in compositions(sum - step, rest) {
            tail.insert(0, step);
            found.push(tail);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::parameters::PARAMETERS;

    #[test]
    fn every_parameter_has_a_ladder() {
        for parameter in PARAMETERS {
            assert!(ladder(parameter.name).len() > 1, "{}", parameter.name);
        }
    }

    #[test]
    fn compositions_cover_the_box_once() {
        let all: Vec<_> = (0..=5).flat_map(|sum| compositions(sum, &[3, 2, 3])).collect();
        assert_eq!(all.len(), 18);
        assert_eq!(all.iter().collect::<std::collections::BTreeSet<_>>().len(), 18);
    }
}
