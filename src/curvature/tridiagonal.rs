//! Eigenvalues of symmetric tridiagonal matrices.

/// An eigenvalue of a tridiagonal matrix, with the ends of its normalised eigenvector.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ritz {
    /// The eigenvalue.
    pub value: f64,
    /// The first component of the eigenvector; its square is the weight of Gauss quadrature.
    pub first: f64,
    /// The last component; times the next off-diagonal entry of a Lanczos run it is the residual.
    pub last: f64,
}

/// The eigenvalues, ascending, of the symmetric matrix with that diagonal and that off-diagonal (one entry shorter), by QL
/// iterations with implicit shifts. Convergence is judged relative to neighbouring diagonal entries, at any scale.
///
/// # Panics
/// If the lengths do not fit, or an entry is not finite.
#[must_use]
pub fn ritz(diagonal: &[f64], off_diagonal: &[f64]) -> Vec<Ritz> {
    let n = diagonal.len();
    assert!(off_diagonal.len() + 1 == n.max(1), "the off-diagonal is one entry shorter than the diagonal");
    assert!(diagonal.iter().chain(off_diagonal).all(|x| x.is_finite()), "entries are finite");
    let mut d = diagonal.to_vec();
    let mut e = [off_diagonal, &[0.0]].concat();
    let mut ends: Vec<[f64; 2]> = (0..n).map(|i| [f64::from(u8::from(i == 0)), f64::from(u8::from(i + 1 == n))]).collect();
    for l in 0..n {
        while let Some(m) = block_end(&d, &e, l) {
            implicit_step(&mut d, &mut e, &mut ends, l, m);
        }
    }
    let mut values: Vec<Ritz> = d.iter().zip(&ends).map(|(&value, &[first, last])| Ritz { value, first, last }).collect();
    values.sort_by(|a, b| a.value.total_cmp(&b.value));
    values
}

/// The end of the unreduced block that starts at `l`, or none if its first off-diagonal entry is negligible.
fn block_end(d: &[f64], e: &[f64], l: usize) -> Option<usize> {
    let negligible = |m: &usize| {
        let size = d[*m].abs() + d[*m + 1].abs();
        size + e[*m].abs() == size
    };
    let m = (l..d.len() - 1).find(negligible).unwrap_or(d.len() - 1);
    (m > l).then_some(m)
}

/// One QL sweep over rows l..=m with Wilkinson's shift.
fn implicit_step(d: &mut [f64], e: &mut [f64], ends: &mut [[f64; 2]], l: usize, m: usize) {
    let g = (d[l + 1] - d[l]) / (2.0 * e[l]);
    let mut g = d[m] - d[l] + e[l] / (g + g.hypot(1.0).copysign(g));
    let (mut sine, mut cosine, mut p) = (1.0, 1.0, 0.0);
    for i in (l..m).rev() {
        let (f, b) = (sine * e[i], cosine * e[i]);
        let r = f.hypot(g);
        e[i + 1] = r;
        if r == 0.0 {
            d[i + 1] -= p;
            e[m] = 0.0;
            return;
        }
        (sine, cosine) = (f / r, g / r);
        let shifted = d[i + 1] - p;
        let r = (d[i] - shifted) * sine + 2.0 * cosine * b;
        p = sine * r;
        d[i + 1] = shifted + p;
        g = cosine * r - b;
        let (upper, lower) = (ends[i], ends[i + 1]);
        ends[i] = [0, 1].map(|end| cosine * upper[end] - sine * lower[end]);
        ends[i + 1] = [0, 1].map(|end| sine * upper[end] + cosine * lower[end]);
    }
    d[l] -= p;
    e[l] = g;
    e[m] = 0.0;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The path graph: diagonal 2, off-diagonal −1, eigenvalues 2 − 2cos(kπ/(n+1)), eigenvectors √(2/(n+1)) sin(jkπ/(n+1)).
    #[test]
    fn the_spectrum_of_the_path_graph_comes_out_at_every_scale() {
        let n = 60;
        let step = std::f64::consts::PI / (n + 1) as f64;
        for scale in [1.0, 1e-140, 1e140] {
            let found = ritz(&vec![2.0 * scale; n], &vec![-scale; n - 1]);
            for (k, found) in found.iter().enumerate() {
                let angle = (k + 1) as f64 * step;
                assert!((found.value / scale - (2.0 - 2.0 * angle.cos())).abs() < 1e-13, "{k}");
                let end = (2.0 / (n + 1) as f64).sqrt() * angle.sin();
                assert!((found.first.abs() - end).abs() < 1e-13 && (found.last.abs() - end).abs() < 1e-13, "{k}");
            }
        }
    }

    #[test]
    fn unequal_entries_and_reducible_matrices_are_solved() {
        let found = ritz(&[1.0, 4.0, 7.0], &[2.0, 0.0]);
        let root = (2.25f64 + 4.0).sqrt();
        for (found, expected) in found.iter().zip([2.5 - root, 2.5 + root, 7.0]) {
            assert!((found.value - expected).abs() < 1e-14);
        }
        assert_eq!(found[2].first, 0.0);
        assert_eq!(ritz(&[3.0], &[]), vec![Ritz { value: 3.0, first: 1.0, last: 1.0 }]);
        assert!(ritz(&[0.0, 0.0], &[1.0]).iter().zip([-1.0, 1.0]).all(|(found, expected)| (found.value - expected).abs() < 1e-15));
    }
}
