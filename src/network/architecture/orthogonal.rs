//! Orthogonal matrices of Haar's law.

use rand::Rng;
use rand_distr::{Distribution, StandardNormal};

/// A random orthogonal matrix of Haar's law, row by row: Gaussian columns made orthonormal one after the other (each twice against all
/// former ones). The triangular factor then has a positive diagonal, which makes the law Haar's; an orthogonal factor of another sign
/// convention would not have it. Source: F. Mezzadri, *How to generate random matrices from the classical compact groups*, Notices AMS 54
/// (2007).
pub fn orthogonal<R: Rng + ?Sized>(size: usize, rng: &mut R) -> Vec<f64> {
    let mut columns: Vec<Vec<f64>> = Vec::with_capacity(size);
    while columns.len() < size {
        let mut column: Vec<f64> = (0..size).map(|_| StandardNormal.sample(rng)).collect();
        for _ in 0..2 {
            for former in &columns {
                let share: f64 = former.iter().zip(&column).map(|(x, y)| x * y).sum();
                column.iter_mut().zip(former).for_each(|(y, x)| *y -= share * x);
            }
        }
        let length = column.iter().map(|x| x * x).sum::<f64>().sqrt();
        if length > 0.0 {
            column.iter_mut().for_each(|x| *x /= length);
            columns.push(column);
        }
    }
    (0..size).flat_map(|row| columns.iter().map(move |column| column[row])).collect()
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    #[test]
    fn rows_are_orthonormal_and_diagonal_entries_have_either_sign() {
        let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(5);
        let mut negative = 0;
        for _ in 0..200 {
            let q = orthogonal(5, &mut rng);
            for i in 0..5 {
                for j in 0..=i {
                    let inner: f64 = (0..5).map(|k| q[5 * i + k] * q[5 * j + k]).sum();
                    assert!((inner - f64::from(u8::from(i == j))).abs() < 1e-14, "rows {i} and {j}: {inner}");
                }
            }
            negative += usize::from(q[0] < 0.0);
        }
        // Householder factors without a sign fix have one sign there always.
        assert!((60..140).contains(&negative), "{negative} of 200");
    }
}
