//! Gates: what an activation keeps of its pre-activation.

/// What an activation keeps of its pre-activation: a = D h with D diagonal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gate {
    /// D = I.
    Linear,
    /// `D = diag(1[h > 0])`: closed at 0, with derivative 0 there.
    Relu,
}

impl Gate {
    /// Whether the gate lets the pre-activation `h` through.
    #[must_use]
    pub fn is_open(self, h: f64) -> bool {
        match self {
            Gate::Linear => true,
            Gate::Relu => h > 0.0,
        }
    }

    /// The activation D h. Not-a-number stays so.
    #[must_use]
    pub fn apply(self, h: f64) -> f64 {
        match self {
            Gate::Relu if h <= 0.0 => 0.0,
            _ => h,
        }
    }
}
