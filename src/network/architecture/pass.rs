//! Forward and backward passes written out in tensor operations, so that the gradient is an expression that can be differentiated again.

use candle_core::{D, Device, Tensor};

use super::geometry::Gather;
use super::plan::{Architecture, EPSILON, Step};
use crate::network::power::exponent;
use crate::network::{Gate, NetworkError};

/// What the output is compared with.
#[derive(Clone, Debug)]
pub enum Objective {
    /// 1/(2n) Σ‖y − f‖², y of the shape of the output.
    Squares(Tensor),
    /// The mean over samples of −ln softmax(f) at the class: rows that are 1 there and else 0.
    CrossEntropy(Tensor),
}

/// An architecture made ready for batches of one size.
#[derive(Clone, Debug)]
pub struct Machine {
    steps: Vec<(Step, Option<Gather>)>,
    samples: usize,
    homogeneous: bool,
}

/// A matrix times a power of two.
#[derive(Clone, Debug)]
pub struct Ranged {
    /// The mantissas.
    pub tensor: Tensor,
    /// The power of two.
    pub exponent: i64,
}

/// What a step leaves for the way back.
enum Trace {
    Map { patches: Ranged, weight: usize },
    Normalise { output: Tensor, scale: Tensor },
    Gate(Option<Tensor>),
    Keep,
    Add,
    Average(usize),
}

/// Value and slope of the objective.
#[derive(Clone, Debug)]
pub struct Slope {
    /// The objective.
    pub loss: Tensor,
    /// Its derivative by every weight matrix.
    pub gradient: Vec<Ranged>,
}

impl Machine {
    /// The architecture for batches of that many samples.
    ///
    /// # Errors
    /// If candle fails.
    pub fn new(architecture: &Architecture, samples: usize, device: &Device) -> Result<Self, NetworkError> {
        let gather = |step: &Step| match step {
            Step::Map(geometry, _) => Gather::new(*geometry, samples, device).map(Some),
            _ => Ok(None),
        };
        let steps = architecture.steps.iter().map(|step| Ok((*step, gather(step)?))).collect::<Result<_, NetworkError>>()?;
        Ok(Machine { steps, samples, homogeneous: architecture.is_homogeneous() })
    }

    /// The output, one row to a pixel.
    ///
    /// # Errors
    /// If shapes do not fit, or candle fails.
    pub fn output(&self, weights: &[Tensor], images: &Tensor) -> Result<Ranged, NetworkError> {
        Ok(self.forward(weights, images, |_, _| Ok(()))?.0)
    }

    /// The output, with every pre-activation and activation handed to `see`: the number of the step, counted from 0, and the matrix.
    ///
    /// # Errors
    /// What `see` returns; if shapes do not fit, or candle fails.
    pub fn watch(
        &self,
        weights: &[Tensor],
        images: &Tensor,
        see: impl FnMut(usize, &Ranged) -> Result<(), NetworkError>,
    ) -> Result<Ranged, NetworkError> {
        Ok(self.forward(weights, images, see)?.0)
    }

    /// Value and slope. In a homogeneous net every matrix carries a power of two, so that nothing leaves the range; elsewhere, and where
    /// `plain` asks for it, exponents are 0.
    ///
    /// # Errors
    /// If shapes do not fit, or candle fails.
    pub fn slope(&self, weights: &[Tensor], images: &Tensor, objective: &Objective) -> Result<Slope, NetworkError> {
        let (output, traces) = self.forward(weights, images, |_, _| Ok(()))?;
        let (loss, residual) = self.objective(&output, objective)?;
        let gradient = self.backward(weights, traces, residual)?;
        Ok(Slope { loss, gradient })
    }

    /// The same machine without powers of two: what is differentiated again.
    #[must_use]
    pub fn plain(&self) -> Self {
        Machine { homogeneous: false, ..self.clone() }
    }

    fn forward(
        &self,
        weights: &[Tensor],
        images: &Tensor,
        mut see: impl FnMut(usize, &Ranged) -> Result<(), NetworkError>,
    ) -> Result<(Ranged, Vec<Trace>), NetworkError> {
        let mut a = self.ranged(Ranged { tensor: images.clone(), exponent: 0 })?;
        let (mut kept, mut traces, mut map) = (Vec::<Tensor>::new(), Vec::with_capacity(self.steps.len()), 0);
        for (index, (step, gather)) in self.steps.iter().enumerate() {
            let (next, trace) = match (step, gather) {
                (Step::Map(..), Some(gather)) => {
                    let patches = Ranged { tensor: gather.patches(&a.tensor)?, exponent: a.exponent };
                    let weight = weights.get(map).ok_or_else(|| NetworkError::Shape(format!("no weights for map {}", map + 1)))?;
                    let h = self.ranged(Ranged { tensor: patches.tensor.matmul(weight)?, exponent: a.exponent })?;
                    map += 1;
                    (h, Trace::Map { patches, weight: map - 1 })
                }
                (Step::Normalise, _) => {
                    let centred = a.tensor.broadcast_sub(&a.tensor.mean_keepdim(0)?)?;
                    let scale = (centred.sqr()?.mean_keepdim(0)? + EPSILON)?.sqrt()?.recip()?;
                    let output = centred.broadcast_mul(&scale)?;
                    (Ranged { tensor: output.clone(), exponent: 0 }, Trace::Normalise { output, scale })
                }
                (Step::Gate(Gate::Linear), _) => (a, Trace::Gate(None)),
                (Step::Gate(Gate::Relu), _) => {
                    let open = a.tensor.detach().gt(0.0)?.to_dtype(a.tensor.dtype())?;
                    (Ranged { tensor: (&a.tensor * &open)?, exponent: a.exponent }, Trace::Gate(Some(open)))
                }
                (Step::Keep, _) => {
                    kept.push(a.tensor.clone());
                    (a, Trace::Keep)
                }
                (Step::Add, _) => {
                    let skip = kept.pop().ok_or_else(|| NetworkError::Shape("nothing was kept to be added".to_owned()))?;
                    (Ranged { tensor: (&a.tensor + &skip)?, exponent: a.exponent }, Trace::Add)
                }
                (Step::Average(pixels), _) => {
                    let channels = a.tensor.dim(1)?;
                    let mean = a.tensor.reshape((self.samples, *pixels, channels))?.mean(1)?;
                    (Ranged { tensor: mean, exponent: a.exponent }, Trace::Average(*pixels))
                }
                (Step::Map(..), None) => return Err(NetworkError::Shape("a map without a geometry".to_owned())),
            };
            a = next;
            see(index, &a)?;
            traces.push(trace);
        }
        Ok((a, traces))
    }

    /// The objective and its derivative by the output.
    fn objective(&self, output: &Ranged, objective: &Objective) -> Result<(Tensor, Ranged), NetworkError> {
        let n = self.samples as f64;
        let f = (&output.tensor * crate::network::power::shift(1.0, output.exponent))?;
        let (loss, residual) = match objective {
            Objective::Squares(y) => {
                let r = (f - y)?;
                ((r.sqr()?.sum_all()? / (2.0 * n))?, (r / n)?)
            }
            Objective::CrossEntropy(y) => {
                let f = f.broadcast_sub(&f.detach().max_keepdim(D::Minus1)?)?;
                let powers = f.exp()?;
                let total = powers.sum_keepdim(D::Minus1)?;
                let log = f.broadcast_sub(&total.log()?)?;
                ((log * y)?.sum_all()?.affine(-1.0 / n, 0.0)?, ((powers.broadcast_div(&total)? - y)? / n)?)
            }
        };
        Ok((loss, self.ranged(Ranged { tensor: residual, exponent: 0 })?))
    }

    fn backward(&self, weights: &[Tensor], traces: Vec<Trace>, residual: Ranged) -> Result<Vec<Ranged>, NetworkError> {
        let mut delta = residual;
        let (mut kept, mut gradient) = (Vec::<Tensor>::new(), Vec::new());
        for ((_, gather), trace) in self.steps.iter().zip(traces).rev() {
            delta = match trace {
                Trace::Map { patches, weight } => {
                    let slope = patches.tensor.t()?.matmul(&delta.tensor)?;
                    gradient.push(Ranged { tensor: slope, exponent: patches.exponent + delta.exponent });
                    if weight == 0 {
                        break;
                    }
                    let gather = gather.as_ref().ok_or_else(|| NetworkError::Shape("a map without a geometry".to_owned()))?;
                    let returned = gather.returned(&delta.tensor)?.matmul(&gather.turned(&weights[weight])?)?;
                    self.ranged(Ranged { tensor: returned, exponent: delta.exponent })?
                }
                Trace::Normalise { output, scale } => {
                    let d = &delta.tensor;
                    let along = (d * &output)?.mean_keepdim(0)?;
                    let inner = (d.broadcast_sub(&d.mean_keepdim(0)?)? - output.broadcast_mul(&along)?)?;
                    Ranged { tensor: inner.broadcast_mul(&scale)?, exponent: delta.exponent }
                }
                Trace::Gate(None) => delta,
                Trace::Gate(Some(open)) => Ranged { tensor: (&delta.tensor * &open)?, exponent: delta.exponent },
                Trace::Add => {
                    kept.push(delta.tensor.clone());
                    delta
                }
                Trace::Keep => {
                    let skip = kept.pop().ok_or_else(|| NetworkError::Shape("nothing was added that was kept".to_owned()))?;
                    Ranged { tensor: (&delta.tensor + &skip)?, exponent: delta.exponent }
                }
                Trace::Average(pixels) => {
                    let channels = delta.tensor.dim(1)?;
                    let spread = delta.tensor.reshape((self.samples, 1, channels))?.broadcast_as((self.samples, pixels, channels))?;
                    let spread = spread.contiguous()?.reshape((self.samples * pixels, channels))?;
                    Ranged { tensor: (spread / pixels as f64)?, exponent: delta.exponent }
                }
            };
        }
        gradient.reverse();
        Ok(gradient)
    }

    /// The same matrix with mantissas of ordinary size, in a homogeneous net.
    fn ranged(&self, matrix: Ranged) -> Result<Ranged, NetworkError> {
        if !self.homogeneous {
            return Ok(matrix);
        }
        let largest = matrix.tensor.abs()?.max_all()?.to_dtype(candle_core::DType::F64)?.to_scalar::<f64>()?;
        if largest == 0.0 || !largest.is_finite() {
            return Ok(matrix);
        }
        let taken = exponent(largest);
        Ok(Ranged { tensor: (matrix.tensor * crate::network::power::shift(1.0, -taken))?, exponent: matrix.exponent + taken })
    }
}

impl Ranged {
    /// ‖·‖_F²
    ///
    /// # Errors
    /// If candle fails.
    pub fn square(&self) -> Result<crate::formula::Scaled, NetworkError> {
        let sum = self.tensor.detach().to_dtype(candle_core::DType::F64)?.sqr()?.sum_all()?.to_scalar::<f64>()?;
        Ok(crate::formula::Scaled::new(sum, 2 * self.exponent))
    }
}
