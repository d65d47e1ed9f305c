//! From the device that the command line names to candle's.

use crate::claim;

/// candle's device for `device`. There is no fallback to another one.
///
/// # Errors
/// In words, if the device is a GPU and this binary was built without CUDA or the GPU cannot be opened.
pub fn open(device: claim::Device) -> Result<candle_core::Device, String> {
    match device {
        claim::Device::Cpu => Ok(candle_core::Device::Cpu),
        claim::Device::Cuda(number) if cfg!(feature = "cuda") => {
            candle_core::Device::new_cuda(number).map_err(|error| format!("CUDA device {number} cannot be used: {error}"))
        }
        claim::Device::Cuda(number) => {
            Err(format!("CUDA device {number} was asked for, and this binary was built without the feature `cuda`"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_that_is_not_there_is_an_error_and_never_the_processor() {
        assert!(open(claim::Device::Cpu).unwrap().is_cpu());
        let error = open(claim::Device::Cuda(4095)).unwrap_err();
        assert!(error.starts_with("CUDA device 4095 "), "{error}");
    }
}
