//! Random networks on candle.

pub mod chain;
pub mod device;
