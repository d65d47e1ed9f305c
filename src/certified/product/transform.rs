//! The transform E X^s of one factor.

use super::Product;
use super::complex::{Complex, log_gamma_by_lanczos, log_gamma_by_stirling};

/// Which ln Γ is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    Stirling,
    Lanczos,
}

/// s ↦ E X^s e^(−s mean) of one factor, mean = E ln X, for Re s > −1/2 (gated) or Re s > −width/2.
pub struct Transform {
    product: Product,
    shares: Vec<f64>,
    route: Route,
    /// E ln X
    pub mean: f64,
}

impl Transform {
    pub fn new(product: Product, mean: f64, route: Route) -> Self {
        Transform { product, shares: product.shares(), route, mean }
    }

    /// The least real part.
    pub fn least(&self) -> f64 {
        if self.product.gated { -0.5 } else { -(self.product.width as f64) / 2.0 }
    }

    /// ln E X^s − s mean.
    pub fn log(&self, s: Complex) -> Complex {
        let log_gamma = if self.route == Route::Stirling { log_gamma_by_stirling } else { log_gamma_by_lanczos };
        let at = |shape: f64| log_gamma(Complex::new(shape, 0.0) + s) - log_gamma(Complex::new(shape, 0.0));
        let turned = s * (2f64.ln() - self.mean);
        if !self.product.gated {
            return at(self.product.width as f64 / 2.0) + turned;
        }
        // Γ(K/2 + 1 + s)/Γ(K/2 + 1) is (1 + 2s/K) times what it is one step before.
        let mut moments = [(at(0.5) + turned).exp(), (at(1.0) + turned).exp()];
        let mut sum = Complex::new(0.0, 0.0);
        for (index, share) in self.shares.iter().enumerate() {
            let moment = &mut moments[index % 2];
            sum = sum + *moment * *share;
            *moment = *moment * (Complex::new(1.0, 0.0) + s * (2.0 / (index + 1) as f64));
        }
        sum.ln()
    }
}
