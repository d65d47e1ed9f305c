//! A dense Hessian from hyper-dual numbers: exact second derivatives of the loss, without any backward pass.

use std::ops::{Add, Mul, Sub};

use crate::curvature::{Data, Loss, Network};
use crate::network::Gate;

/// v + a ε₁ + b ε₂ + c ε₁ε₂ with ε₁² = ε₂² = 0.
#[derive(Clone, Copy, Default)]
struct HyperDual {
    v: f64,
    a: f64,
    b: f64,
    c: f64,
}

impl Add for HyperDual {
    type Output = HyperDual;
    fn add(self, o: HyperDual) -> HyperDual {
        HyperDual { v: self.v + o.v, a: self.a + o.a, b: self.b + o.b, c: self.c + o.c }
    }
}

impl Sub for HyperDual {
    type Output = HyperDual;
    fn sub(self, o: HyperDual) -> HyperDual {
        HyperDual { v: self.v - o.v, a: self.a - o.a, b: self.b - o.b, c: self.c - o.c }
    }
}

impl Mul for HyperDual {
    type Output = HyperDual;
    fn mul(self, o: HyperDual) -> HyperDual {
        HyperDual {
            v: self.v * o.v,
            a: self.a * o.v + self.v * o.a,
            b: self.b * o.v + self.v * o.b,
            c: self.c * o.v + self.a * o.b + self.b * o.a + self.v * o.c,
        }
    }
}

impl HyperDual {
    /// g(x) from g, g' and g'' at the real part.
    fn through(self, value: f64, first: f64, second: f64) -> HyperDual {
        HyperDual { v: value, a: first * self.a, b: first * self.b, c: first * self.c + second * self.a * self.b }
    }

    fn exp(self) -> HyperDual {
        let e = self.v.exp();
        self.through(e, e, e)
    }

    fn ln(self) -> HyperDual {
        self.through(self.v.ln(), 1.0 / self.v, -1.0 / (self.v * self.v))
    }
}

fn constant(v: f64) -> HyperDual {
    HyperDual { v, ..HyperDual::default() }
}

/// The loss with parameter i moved by ε₁ and parameter j by ε₂.
fn loss(network: &Network, data: &Data, loss: Loss, i: usize, j: usize) -> HyperDual {
    let mut total = constant(0.0);
    let (inputs, outputs) = (network.input_width(), network.output_width());
    for (x, y) in data.inputs().chunks_exact(inputs).zip(data.targets().chunks_exact(outputs)) {
        let mut state: Vec<HyperDual> = x.iter().map(|&x| constant(x)).collect();
        let mut index = 0;
        for layer in network.layers() {
            let mut moved = |value: f64| {
                let own = if layer.trained { Some(index) } else { None };
                index += usize::from(layer.trained);
                let moves = |wanted| f64::from(u8::from(own == Some(wanted)));
                HyperDual { v: value, a: moves(i), b: moves(j), c: 0.0 }
            };
            let weights: Vec<HyperDual> = layer.weights.iter().map(|&w| moved(w)).collect();
            let biases: Vec<HyperDual> = layer.biases.iter().flatten().map(|&b| moved(b)).collect();
            let pre = weights.chunks_exact(layer.columns).enumerate().map(|(row, weights)| {
                let start = biases.get(row).copied().unwrap_or_default();
                weights.iter().zip(&state).fold(start, |sum, (&w, &a)| sum + w * a)
            });
            let kept: Vec<HyperDual> = pre.map(|h| if layer.gate == Gate::Relu && h.v <= 0.0 { constant(0.0) } else { h }).collect();
            state = kept;
        }
        let log_total = state.iter().fold(constant(0.0), |sum, f| sum + f.exp()).ln();
        for (f, &y) in state.into_iter().zip(y) {
            let r = f - constant(y);
            total = total
                + match loss {
                    Loss::SquaredError => r * r * constant(0.5),
                    Loss::CrossEntropy => (log_total - f) * constant(y),
                };
        }
    }
    total * constant(1.0 / data.count() as f64)
}

/// All first and second derivatives of the loss.
pub struct Dense {
    pub loss: f64,
    pub gradient: Vec<f64>,
    pub hessian: Vec<Vec<f64>>,
}

/// The dense gradient and Hessian, one pair of parameters at a time.
pub fn dense(network: &Network, data: &Data, criterion: Loss) -> Dense {
    let count = network.parameters();
    let mut hessian = vec![vec![0.0; count]; count];
    let mut gradient = vec![0.0; count];
    for (i, j) in (0..count).flat_map(|i| (0..=i).map(move |j| (i, j))) {
        let value = loss(network, data, criterion, i, j);
        (gradient[i], hessian[i][j], hessian[j][i]) = (value.a, value.c, value.c);
    }
    Dense { loss: loss(network, data, criterion, 0, 0).v, gradient, hessian }
}
