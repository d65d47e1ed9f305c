use dashu::rational::RBig;
use vanishing_curvature::exact::{FiniteLaw, Gate, Layer, Net, Norm, Site, Ties, laws};

use super::backward::{matrix_gates, matrix_weights};
use super::forward::ratio;

/// (E‖a^{k−1}‖₂², E‖a^{k−1}‖₂⁴)
fn incoming(net: &Net, layer: usize) -> (RBig, RBig) {
    if layer == 1 {
        let square: RBig = net.input().iter().map(|x| RBig::from(x * x)).fold(RBig::ZERO, |x, y| x + y);
        return (square.clone(), square.pow(2));
    }
    let below = net.truncated(layer - 1);
    (below.norm(Norm::TwoSquared, Site::AfterGate), below.norm(Norm::TwoFourth, Site::AfterGate))
}

/// What the closed forms need besides: the law, the gate's probability, the hidden width and depth, and the output matrix.
struct Setting {
    law: FiniteLaw,
    p: RBig,
    width: usize,
    depth: usize,
    output: Option<(FiniteLaw, usize)>,
}

impl Setting {
    fn growth(&self) -> RBig {
        &self.p * RBig::from(self.width) * self.law.variance()
    }

    /// (t, q, g) of D W ⋯ D with `steps` factors W, from D.
    fn middle(&self, steps: usize) -> [RBig; 3] {
        let d = RBig::from(self.width);
        let start = matrix_gates(&self.p, [d.pow(2), d.clone(), d]);
        (0..steps).fold(start, |state, _| matrix_gates(&self.p, matrix_weights(&self.law, self.width, state)))
    }

    /// E tr((M_kᵀM_k)²), M_k up to the output.
    fn q(&self, layer: usize) -> RBig {
        let state = self.middle(self.depth - layer);
        let state = match &self.output {
            Some((law, rows)) => matrix_weights(law, *rows, state),
            None => state,
        };
        state[1].clone()
    }

    /// E‖M_kᵀy‖² / ‖y‖²
    fn backward(&self, layer: usize) -> RBig {
        let steps = self.growth().pow((self.depth - layer).cast_signed());
        match &self.output {
            Some((law, _)) => law.variance() * &self.p * RBig::from(self.width) * steps,
            None => &self.p * steps,
        }
    }

    fn gradient(&self, (second, fourth): (RBig, RBig), layer: usize, y2: &RBig) -> RBig {
        second * self.backward(layer) * y2 + self.law.variance() * self.q(layer) * fourth
    }

    fn block(&self, (second, fourth): (RBig, RBig), layer: usize, other: usize, y2: &RBig) -> RBig {
        if layer == other {
            return self.q(layer) * fourth;
        }
        let [t, q, _] = self.middle(other - 1 - layer);
        let middle = &self.p * RBig::from(self.width) * self.growth().pow((other - 1 - layer).cast_signed());
        second * middle * self.backward(other) * y2 + RBig::from(2) * self.law.variance().pow(2) * self.q(other) * fourth * (t + q)
    }

    /// Compares every gradient and block of a net with the closed forms.
    fn compare(&self, net: &Net, target: &[i64]) {
        let y2 = RBig::from(target.iter().map(|y| y * y).sum::<i64>());
        for layer in 1..=self.depth {
            let a = || incoming(net, layer);
            assert_eq!(net.gradient_expectation(target, layer).unwrap(), self.gradient(a(), layer, &y2), "{}", net.describe());
            for other in layer..=self.depth {
                let found = net.hessian_expectation(target, layer, other).unwrap();
                assert_eq!(found, self.block(a(), layer, other, &y2), "{} {layer} {other}", net.describe());
                if other > layer && self.depth < 3 {
                    assert_eq!(found, net.hessian_expectation(target, other, layer).unwrap(), "the Hessian is symmetric");
                }
            }
        }
    }
}

fn setting(law: &FiniteLaw, gate: Gate, depth: usize) -> Setting {
    Setting { law: law.clone(), p: gate.probability(), width: 2, depth, output: None }
}

#[test]
fn gradient_and_hessian_of_linear_nets_have_their_closed_form() {
    for law in laws() {
        let net = Net::uniform(&law, Gate::Linear, 2, 2, &[3]).unwrap();
        setting(&law, Gate::Linear, 2).compare(&net, &[4, -7]);
    }
    let law = FiniteLaw::rademacher();
    setting(&law, Gate::Linear, 2).compare(&Net::uniform(&law, Gate::Linear, 2, 2, &[3, -1, 2]).unwrap(), &[4, -7]);
    setting(&law, Gate::Linear, 3).compare(&Net::uniform(&law, Gate::Linear, 2, 3, &[1, 2]).unwrap(), &[1, 5]);
}

#[test]
fn gradient_and_hessian_of_relu_nets_have_their_closed_form_at_target_zero() {
    for law in laws() {
        let net = Net::uniform(&law, Gate::Relu, 2, 2, &[3]).unwrap();
        setting(&law, Gate::Relu, 2).compare(&net, &[0, 0]);
    }
    let law = FiniteLaw::rademacher();
    setting(&law, Gate::Relu, 2).compare(&Net::uniform(&law, Gate::Relu, 2, 2, &[1, 2]).unwrap(), &[0, 0]);
    setting(&law, Gate::Relu, 3).compare(&Net::uniform(&law, Gate::Relu, 2, 3, &[1, 2]).unwrap(), &[0, 0]);
}

#[test]
fn a_random_output_matrix_admits_any_target_in_relu_nets() {
    let (law, output) = (FiniteLaw::three_point(1, 2), FiniteLaw::rademacher());
    let layers = vec![Layer::new(&law, Gate::Relu, 2, 1), Layer::new(&law, Gate::Relu, 2, 2), Layer::new(&output, Gate::Linear, 1, 2)];
    let net = Net::new(&[3], layers).unwrap();
    let setting = Setting { output: Some((output, 1)), ..setting(&law, Gate::Relu, 2) };
    setting.compare(&net, &[5]);
}

#[test]
fn strict_gates_and_fixed_targets_break_the_closed_form() {
    let law = FiniteLaw::rademacher();
    let net = Net::uniform(&law, Gate::Relu, 2, 3, &[1, 1]).unwrap().with_ties(Ties::Closed);
    let form = setting(&law, Gate::Relu, 3);
    let share = |other| {
        let found = net.hessian_expectation(&[0, 0], 1, other).unwrap();
        let claimed = form.block(incoming(&net, 1), 1, other, &RBig::ZERO);
        (found / claimed).to_f64().value()
    };
    assert!((share(1) - 0.357).abs() < 5e-4, "{}", share(1));
    assert!((share(2) - 0.819).abs() < 5e-4, "{}", share(2));

    let net = Net::uniform(&law, Gate::Relu, 2, 2, &[2, 9]).unwrap();
    let form = setting(&law, Gate::Relu, 2);
    assert_ne!(net.gradient_expectation(&[1, 5], 1).unwrap(), form.gradient(incoming(&net, 1), 1, &RBig::from(26)));
}

#[test]
fn scaling_weights_and_target_scales_gradient_and_hessian() {
    let net = |law| Net::uniform(&law, Gate::Linear, 2, 2, &[1, 3]).unwrap();
    let (plain, halved) = (net(FiniteLaw::rademacher()), net(FiniteLaw::rademacher().scaled(&ratio(1, 2))));
    let gradients = [&plain, &halved].map(|net| net.gradient_expectation(&[2, 5], 1).unwrap());
    assert_eq!(gradients[0], &gradients[1] * RBig::from(64));
    let blocks = [&plain, &halved].map(|net| net.hessian_expectation(&[2, 5], 1, 2).unwrap());
    assert_eq!(blocks[0], &blocks[1] * RBig::from(16));
}

#[test]
fn second_differences_that_could_overflow_are_refused() {
    let net = Net::uniform(&FiniteLaw::rademacher(), Gate::Linear, 2, 2, &[1, 1]).unwrap();
    assert!(net.hessian_expectation(&[1 << 40, 0], 1, 2).is_err());
}
