//! Any bytes as a safetensors file: one sentence of refusal, or tensors that are what they say.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[allow(dead_code)]
#[path = "../../src/inspect/error.rs"]
mod error;
#[path = "../../src/inspect/order.rs"]
mod order;
#[allow(dead_code)]
#[path = "../../src/inspect/tensors.rs"]
mod tensors;

/// The layer below, which this target leaves out.
#[allow(dead_code)]
mod network {
    /// Stands for the error of a net that is never built here.
    #[derive(Debug, thiserror::Error)]
    #[error("no net")]
    pub struct NetworkError;
}

fuzz_target!(|bytes: &[u8]| {
    match tensors::parse("net.safetensors", bytes) {
        Ok(found) => {
            assert!(!found.is_empty());
            for tensor in found {
                assert_eq!(tensor.shape.iter().product::<usize>(), tensor.entries.len(), "{}", tensor.shape());
                assert!(!tensor.entries.is_empty() && tensor.entries.iter().all(|entry| entry.is_finite()));
            }
        }
        Err(error) => {
            let sentence = error.to_string();
            assert!(!sentence.is_empty() && !sentence.chars().any(char::is_control), "{sentence:?}");
        }
    }
});
