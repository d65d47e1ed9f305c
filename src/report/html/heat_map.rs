//! A matrix of norms as a picture: one square a block, coloured by its logarithm.

use std::f64::consts::LN_10;
use std::fmt::Write as _;

use crate::report::decimal;
use crate::report::json::Num;
use crate::report::text::escape;

/// The most squares along a side; a larger matrix is pooled by maxima.
const SQUARES: usize = 128;
/// The side of the picture of the matrix, in pixels.
const SIDE: f64 = 460.0;
/// The space left of and above it.
const MARGIN: f64 = 150.0;
/// The most names along a side.
const NAMES: usize = 32;
/// Colours from the smallest to the largest norm: dark to light at even steps of lightness, safe for colour-blind readers.
const COLOURS: [[f64; 3]; 6] =
    [[68.0, 1.0, 84.0], [65.0, 68.0, 135.0], [42.0, 120.0, 142.0], [34.0, 168.0, 132.0], [122.0, 209.0, 81.0], [253.0, 231.0, 37.0]];
/// Zero, which has no logarithm.
const ZERO: &str = "#d9d9d9";

/// The picture; each square tells its block and its norm when pointed at.
pub(super) fn heat_map(names: &[String], norms: &[Vec<Num>]) -> String {
    let pool = names.len().div_ceil(SQUARES);
    let squares = names.len().div_ceil(pool);
    let step = SIDE / squares as f64;
    let logs = norms.iter().flatten().filter_map(|num| num.log);
    let (low, high) = logs.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), log| (low.min(log), high.max(log)));
    let (width, height) = (MARGIN + SIDE + 80.0, MARGIN + SIDE + 60.0);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" height=\"{height:.0}\" role=\"img\" \
         font-family=\"Helvetica, Arial, sans-serif\" font-size=\"11\" fill=\"#1b1f24\">\n<title>Frobenius norms of the blocks of the Hessian</title>\n\
         <rect width=\"{width:.0}\" height=\"{height:.0}\" fill=\"#ffffff\"/>\n"
    );
    for (i, j) in (0..squares).flat_map(|i| (0..squares).map(move |j| (i, j))) {
        let (k, l, norm) = largest(norms, i * pool, j * pool, pool);
        let share = |log: f64| if high > low { (log - low) / (high - low) } else { 1.0 };
        let colour = norm.log.map_or_else(|| ZERO.to_owned(), |log| colour(share(log)));
        let (x, y) = (MARGIN + j as f64 * step, MARGIN + i as f64 * step);
        let _ = writeln!(
            svg,
            r#"<rect x="{x:.2}" y="{y:.2}" width="{step:.2}" height="{step:.2}" fill="{colour}"><title>{}, {}: {}</title></rect>"#,
            escape(&names[k]),
            escape(&names[l]),
            decimal::text(norm, 4)
        );
    }
    label(&mut svg, names, pool, step);
    legend(&mut svg, low, high, pool);
    svg + "</svg>"
}

/// The largest norm of a pool of blocks and where it stands.
fn largest(norms: &[Vec<Num>], k: usize, l: usize, pool: usize) -> (usize, usize, &Num) {
    let ends = |from: usize| from..(from + pool).min(norms.len());
    let size = |num: &Num| num.log.unwrap_or(f64::NEG_INFINITY);
    let all = ends(k).flat_map(|k| ends(l).map(move |l| (k, l)));
    let (k, l) = all.max_by(|a, b| size(&norms[a.0][a.1]).total_cmp(&size(&norms[b.0][b.1]))).unwrap_or((k, l));
    (k, l, &norms[k][l])
}

fn label(svg: &mut String, names: &[String], pool: usize, step: f64) {
    let every = names.len().div_ceil(pool).div_ceil(NAMES);
    for (i, name) in names.iter().step_by(pool).enumerate().step_by(every) {
        let text = if name.chars().count() > 22 { format!("…{}", tail(name, 21)) } else { name.clone() };
        let centre = MARGIN + (i as f64 + 0.5) * step;
        let edge = MARGIN - 6.0;
        let _ = writeln!(svg, r#"<text x="{edge:.1}" y="{:.1}" text-anchor="end">{}</text>"#, centre + 4.0, escape(&text));
        let _ = writeln!(svg, r#"<text transform="translate({:.1},{edge:.1}) rotate(-60)">{}</text>"#, centre + 3.0, escape(&text));
    }
}

fn tail(name: &str, characters: usize) -> String {
    name.chars().skip(name.chars().count() - characters).collect()
}

fn legend(svg: &mut String, low: f64, high: f64, pool: usize) {
    let top = MARGIN + SIDE + 16.0;
    let pooled = if pool > 1 { format!(", the largest of {pool} × {pool} blocks in each square") } else { String::new() };
    if low > high {
        let _ = writeln!(svg, r#"<text x="{MARGIN}" y="{:.1}">every block is 0</text>"#, top + 11.0);
        return;
    }
    for i in 0..64 {
        let x = MARGIN + f64::from(i) * SIDE / 64.0;
        let _ = writeln!(
            svg,
            r#"<rect x="{x:.2}" y="{top:.1}" width="{:.2}" height="12" fill="{}"/>"#,
            SIDE / 64.0 + 0.3,
            colour(f64::from(i) / 63.0)
        );
    }
    let (low, high) = (low / LN_10, high / LN_10);
    let below = top + 26.0;
    let _ = writeln!(svg, r#"<text x="{MARGIN}" y="{below:.1}">{low:.1}</text>"#);
    let _ = writeln!(svg, r#"<text x="{:.1}" y="{below:.1}" text-anchor="end">{high:.1}</text>"#, MARGIN + SIDE);
    let _ = writeln!(
        svg,
        r#"<text x="{:.1}" y="{below:.1}" text-anchor="middle">log10 of the norm; grey is 0{pooled}</text>"#,
        MARGIN + SIDE / 2.0
    );
}

/// The colour of a share of the range.
fn colour(share: f64) -> String {
    let position = share.clamp(0.0, 1.0) * (COLOURS.len() - 1) as f64;
    let below = (position.floor() as usize).min(COLOURS.len() - 2);
    let part = position - below as f64;
    let mix = |channel: usize| (COLOURS[below][channel] * (1.0 - part) + COLOURS[below + 1][channel] * part).round() as u8;
    format!("#{:02x}{:02x}{:02x}", mix(0), mix(1), mix(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matrix(size: usize, log: impl Fn(usize, usize) -> f64) -> (Vec<String>, Vec<Vec<Num>>) {
        let names = (0..size).map(|k| format!("net.{k}.weight")).collect();
        (names, (0..size).map(|k| (0..size).map(|l| Num::from_log(1, log(k, l))).collect()).collect())
    }

    #[test]
    fn every_block_has_a_square_coloured_by_its_logarithm_at_any_magnitude() {
        let (names, norms) = matrix(3, |k, l| -2000.0 * (k + 2 * l) as f64);
        let svg = heat_map(&names, &norms);
        assert_eq!(svg.matches("<rect x=").count(), 9 + 64);
        assert!(svg.contains(r##"fill="#fde725"><title>net.0.weight, net.0.weight: 1<"##), "{svg}");
        assert!(svg.contains(r##"fill="#440154"><title>net.2.weight, net.2.weight: "##) && svg.contains("⁻⁵²¹²"), "{svg}");
    }

    #[test]
    fn a_large_matrix_is_pooled_by_maxima_and_says_so() {
        let (names, norms) = matrix(300, |k, l| if (k, l) == (299, 1) { 5.0 } else { 0.0 });
        let svg = heat_map(&names, &norms);
        assert_eq!(svg.matches("<rect x=").count(), 100 * 100 + 64);
        assert!(svg.contains("net.299.weight, net.1.weight: 148") && svg.contains("3 × 3 blocks"));
    }

    #[test]
    fn zeros_and_hostile_names_are_drawn() {
        let svg = heat_map(&["<b>".to_owned()], &[vec![Num::finite(0.0)]]);
        assert!(svg.contains("every block is 0") && svg.contains("&lt;b&gt;") && !svg.contains("<b>"), "{svg}");
    }
}
