//! From the device that the command line names to candle's.

use crate::claim;

/// candle's device for `device`.
///
/// # Errors
/// If the device is a GPU and cannot be opened, in words.
pub fn open(device: claim::Device) -> Result<candle_core::Device, String> {
    match device {
        claim::Device::Cpu => Ok(candle_core::Device::Cpu),
        claim::Device::Cuda(ordinal) => {
            candle_core::Device::new_cuda(ordinal).map_err(|error| format!("CUDA device {ordinal} cannot be used: {error}"))
        }
    }
}
