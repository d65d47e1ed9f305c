//! Tensors from a safetensors file, widened to 64 bits.

use std::fs;
use std::path::Path;

use safetensors::{Dtype, SafeTensors};

use super::error::InspectError;
use super::order::natural;

/// How to write a file that this reads, for error messages.
const EXPORT: &str = "export the model with `safetensors.torch.save_file(model.state_dict(), \"net.safetensors\")`";

/// A tensor of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Tensor {
    /// The name in the file.
    pub name: String,
    /// The shape.
    pub shape: Vec<usize>,
    /// The type in the file, as safetensors spells it.
    pub dtype: String,
    /// The entries in row-major order; all finite.
    pub entries: Vec<f64>,
}

impl Tensor {
    /// The shape as people write it: `[32, 4]`.
    pub fn shape(&self) -> String {
        format!("{:?}", self.shape)
    }
}

/// The tensors of a file in the natural order of their names.
///
/// # Errors
/// If the file cannot be read, is empty, damaged or of another format, or a tensor is not of a floating-point type, is empty, or holds
/// a number that is not finite.
pub fn read(path: &Path) -> Result<Vec<Tensor>, InspectError> {
    parse(&path.display().to_string(), &contents(path)?)
}

/// As [`read`], but only what is wrong with the tensors of those names is an error: others that cannot be read are passed over.
pub fn read_for(path: &Path, names: &[&str]) -> Result<Vec<Tensor>, InspectError> {
    every(&path.display().to_string(), &contents(path)?, |name| names.contains(&name))
}

fn contents(path: &Path) -> Result<Vec<u8>, InspectError> {
    fs::read(path).map_err(|error| InspectError::new(format!("cannot read `{}`: {error}; give a safetensors file", path.display())))
}

/// As [`read`], of the bytes of a file of that name.
pub fn parse(file: &str, bytes: &[u8]) -> Result<Vec<Tensor>, InspectError> {
    every(file, bytes, |_| true)
}

/// The tensors of a file, without those that are not wanted and cannot be read.
fn every(file: &str, bytes: &[u8], wanted: impl Fn(&str) -> bool) -> Result<Vec<Tensor>, InspectError> {
    let views = SafeTensors::deserialize(bytes).map_err(|error| diagnose(file, bytes, &error.to_string()))?;
    let mut views: Vec<(String, _)> = views.tensors();
    if views.is_empty() {
        return Err(InspectError::new(format!("`{file}` holds no tensor: {EXPORT}")));
    }
    views.sort_by(|(a, _), (b, _)| natural(a, b));
    let tensors = views.into_iter().map(|(name, view)| {
        let wanted = wanted(&name);
        (wanted, tensor(file, name, view.dtype(), view.shape(), view.data()))
    });
    tensors.filter(|(wanted, tensor)| *wanted || tensor.is_ok()).map(|(_, tensor)| tensor).collect()
}

fn tensor(file: &str, name: String, dtype: Dtype, shape: &[usize], data: &[u8]) -> Result<Tensor, InspectError> {
    let entries = widen(dtype, data).ok_or_else(|| {
        let accepted = "only F16, BF16, F32 and F64 are read";
        let advice = match dtype {
            Dtype::I64 | Dtype::I32 if name == "y" && shape.len() == 1 => "save class labels as `torch.nn.functional.one_hot(y).float()`",
            _ => "convert it with `.float()` or leave it out of the file",
        };
        InspectError::new(format!("tensor `{name}` in `{file}` is of type {dtype}, but {accepted}: {advice}"))
    })?;
    let tensor = Tensor { name, shape: shape.to_vec(), dtype: dtype.to_string(), entries };
    refuse_what_is_no_number(file, &tensor)?;
    Ok(tensor)
}

fn refuse_what_is_no_number(file: &str, tensor: &Tensor) -> Result<(), InspectError> {
    let name = &tensor.name;
    if tensor.entries.is_empty() {
        let shape = tensor.shape();
        return Err(InspectError::new(format!("tensor `{name}` in `{file}` is empty (shape {shape}): leave it out of the file")));
    }
    let Some(flat) = tensor.entries.iter().position(|x| !x.is_finite()) else { return Ok(()) };
    let strides = (0..tensor.shape.len()).map(|axis| tensor.shape[axis + 1..].iter().product::<usize>());
    let index: Vec<usize> = strides.zip(&tensor.shape).map(|(stride, size)| flat / stride % size).collect();
    let value = tensor.entries[flat];
    Err(InspectError::new(format!(
        "tensor `{name}` in `{file}` holds {value} at {index:?}: export a checkpoint from before the training diverged"
    )))
}

/// Why the bytes are no safetensors file.
fn diagnose(file: &str, bytes: &[u8], error: &str) -> InspectError {
    let sentence = if bytes.is_empty() {
        format!("`{file}` is empty: {EXPORT}")
    } else if bytes.starts_with(b"PK") || bytes[0] == 0x80 {
        format!("`{file}` is a PyTorch pickle (`.pt`), which can run code when it is opened and is not read here: {EXPORT}")
    } else if let Some(name) = cut(bytes) {
        format!("`{file}` ends before the data of tensor `{name}` do: copy or export the file again")
    } else {
        format!("`{file}` is damaged or no safetensors file ({error}): copy it again, or {EXPORT}")
    };
    InspectError::new(sentence)
}

/// The first tensor whose data reach beyond the end of the file.
fn cut(bytes: &[u8]) -> Option<String> {
    let length = usize::try_from(u64::from_le_bytes(bytes.get(..8)?.try_into().ok()?)).ok()?;
    let start = length.checked_add(8)?;
    let header: serde_json::Value = serde_json::from_slice(bytes.get(8..start)?).ok()?;
    let held = (bytes.len() - start) as u64;
    let ends = header.as_object()?.iter().filter_map(|(name, tensor)| Some((tensor.get("data_offsets")?.get(1)?.as_u64()?, name)));
    ends.filter(|(end, _)| *end > held).min().map(|(_, name)| name.clone())
}

/// The numbers in those little-endian bytes; none if the type is not floating-point.
fn widen(dtype: Dtype, data: &[u8]) -> Option<Vec<f64>> {
    fn numbers<const N: usize>(data: &[u8], number: impl Fn([u8; N]) -> f64) -> Option<Vec<f64>> {
        let (chunks, _) = data.as_chunks::<N>();
        Some(chunks.iter().map(|&bytes| number(bytes)).collect())
    }
    match dtype {
        Dtype::F64 => numbers(data, f64::from_le_bytes),
        Dtype::F32 => numbers(data, |bytes| f32::from_le_bytes(bytes).into()),
        Dtype::BF16 => numbers(data, |bytes| f32::from_bits(u32::from(u16::from_le_bytes(bytes)) << 16).into()),
        Dtype::F16 => numbers(data, |bytes| half(u16::from_le_bytes(bytes))),
        _ => None,
    }
}

/// An IEEE half-precision number: 1 bit of sign, 5 of exponent, 10 of fraction.
fn half(bits: u16) -> f64 {
    let (exponent, fraction) = (i32::from(bits >> 10 & 31), f64::from(bits & 1023));
    let size = match exponent {
        0 => fraction * 2f64.powi(-24),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (1024.0 + fraction) * 2f64.powi(exponent - 25),
    };
    if bits >> 15 == 1 { -size } else { size }
}

#[cfg(test)]
mod tests;
