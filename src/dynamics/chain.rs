//! The loss ½(y − x w_L ⋯ w_1)² of a neural chain on one example, and its gradient.

/// The example (x, y) of a chain's loss.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chain {
    /// The input.
    pub x: f64,
    /// The wanted output.
    pub y: f64,
}

impl Chain {
    /// ½(y − x Π w)².
    #[must_use]
    pub fn loss(&self, weights: &[f64]) -> f64 {
        let residual = self.y - self.x * weights.iter().product::<f64>();
        residual * residual / 2.0
    }

    /// Writes ∂_i = −(y − x Π w) x Π_{j≠i} w_j, the products from left and right: no weight is divided by.
    pub fn gradient(&self, weights: &[f64], gradient: &mut [f64]) {
        let mut left = 1.0;
        for (entry, weight) in gradient.iter_mut().zip(weights) {
            *entry = left;
            left *= weight;
        }
        let factor = (self.x * left - self.y) * self.x;
        let mut right = factor;
        for (entry, weight) in gradient.iter_mut().zip(weights).rev() {
            *entry *= right;
            right *= weight;
        }
    }

    /// ∂_ii = x² Π_{j≠i} w_j² and ∂_ij = x (2 x Π w − y) Π_{k≠i,j} w_k, row by row; no weight is divided by.
    #[must_use]
    pub fn hessian(&self, weights: &[f64]) -> Vec<Vec<f64>> {
        let without = |i: usize, j: usize| {
            let kept = weights.iter().enumerate().filter(|(k, _)| *k != i && *k != j);
            kept.map(|(_, weight)| weight).product::<f64>()
        };
        let factor = self.x * (2.0 * self.x * weights.iter().product::<f64>() - self.y);
        let entry = |i: usize, j: usize| if i == j { (self.x * without(i, i)).powi(2) } else { factor * without(i, j) };
        (0..weights.len()).map(|i| (0..weights.len()).map(|j| entry(i, j)).collect()).collect()
    }
}

/// w^(L−1) − w^(2L−1): minus the derivative of the loss in each weight of a balanced chain, x = y = 1.
#[must_use]
pub fn ascent(depth: u32, w: f64) -> f64 {
    // Depths stay far below 2^31.
    let power = w.powi(depth as i32 - 1);
    power - power * power * w
}
