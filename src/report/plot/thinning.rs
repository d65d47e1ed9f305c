//! Polylines without the points that no eye can miss.

/// How far the thinned line may pass from a point that it leaves out, in pixels: a ninth of the thinnest line's width.
const TOLERANCE: f64 = 0.11;

/// The polyline through as few of its points as pass every other one within [`TOLERANCE`] (Ramer 1972, Douglas and Peucker 1973),
/// the first and the last among them. Points are rounded to a tenth of a pixel, as they are written.
pub(super) fn thinned(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let points: Vec<(f64, f64)> = points.iter().map(|&(x, y)| ((x * 10.0).round() / 10.0, (y * 10.0).round() / 10.0)).collect();
    let mut kept = vec![false; points.len()];
    let mut spans = if points.is_empty() { vec![] } else { vec![(0, points.len() - 1)] };
    while let Some((first, last)) = spans.pop() {
        (kept[first], kept[last]) = (true, true);
        let away = |i: &usize| distance(points[*i], points[first], points[last]);
        let farthest = (first + 1..last).max_by(|i, j| away(i).total_cmp(&away(j)));
        if let Some(middle) = farthest.filter(|i| away(i) > TOLERANCE) {
            spans.extend([(first, middle), (middle, last)]);
        }
    }
    points.into_iter().zip(kept).filter_map(|(point, kept)| kept.then_some(point)).collect()
}

/// How far a point lies from a segment.
fn distance(point: (f64, f64), from: (f64, f64), to: (f64, f64)) -> f64 {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (x, y) = (point.0 - from.0, point.1 - from.1);
    let length = dx * dx + dy * dy;
    let share = if length > 0.0 { ((x * dx + y * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
    (x - share * dx).hypot(y - share * dy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_point_left_out_lies_on_the_line_and_every_corner_stays() {
        let wave: Vec<(f64, f64)> = (0..2000).map(|i| (f64::from(i) / 5.0, 100.0 * (f64::from(i) / 100.0).sin())).collect();
        let thin = thinned(&wave);
        assert!(thin.len() < 400, "{}", thin.len());
        let apart = |point: &(f64, f64)| thin.windows(2).map(|ends| distance(*point, ends[0], ends[1])).fold(f64::INFINITY, f64::min);
        let worst = wave.iter().map(apart).fold(0.0, f64::max);
        assert!(worst <= TOLERANCE + 0.08, "{worst}: the tolerance, and half the diagonal of a tenth of a pixel");
        assert_eq!(
            thinned(&[(0.0, 0.0), (1.0, 0.0), (2.0, 0.0), (2.0, 3.0), (2.0, 0.0)]),
            [(0.0, 0.0), (2.0, 0.0), (2.0, 3.0), (2.0, 0.0)]
        );
        assert_eq!(thinned(&[(1.0, 2.0)]), [(1.0, 2.0)]);
        assert_eq!(thinned(&[]), []);
    }
}
