//! Where and how precisely products are computed.

use super::device;
use super::error::NetworkError;
use crate::claim;

/// The floating-point type of products.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// 32 bits: weights and states are rounded before each product.
    Single,
    /// 64 bits.
    Double,
}

/// Where and how precisely products are computed.
#[derive(Clone, Debug)]
pub struct Backend {
    /// candle's device.
    pub device: candle_core::Device,
    /// The type of products.
    pub precision: Precision,
}

impl Backend {
    /// The processor in 64 bits.
    #[must_use]
    pub fn host() -> Self {
        Backend { device: candle_core::Device::Cpu, precision: Precision::Double }
    }

    /// Whether products are those of the processor in 64 bits, which need no tensors.
    #[must_use]
    pub fn is_exact_host(&self) -> bool {
        self.device.is_cpu() && self.precision == Precision::Double
    }

    /// The device that the command line names.
    ///
    /// # Errors
    /// If it cannot be opened.
    pub fn open(device: claim::Device, precision: Precision) -> Result<Self, NetworkError> {
        Ok(Backend { device: device::open(device).map_err(NetworkError::Device)?, precision })
    }
}
