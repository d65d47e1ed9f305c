//! Any two files as a net and its data: one sentence of refusal, or a document that JSON can hold.
//!
//! The input is the length of the first file in two bytes, little end first, whose highest bit picks the loss; then both files.
#![no_main]

use std::fs;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use tempfile::TempDir;
use vanishing_curvature::curvature::Loss;
use vanishing_curvature::inspect::{Request, inspect};
use vanishing_curvature::network::Gate;
use vanishing_curvature::report::json;

static HOME: LazyLock<TempDir> = LazyLock::new(|| tempfile::tempdir().expect("a directory for the two files"));

fuzz_target!(|input: &[u8]| {
    let Some((head, files)) = input.split_first_chunk::<2>() else { return };
    let head = u16::from_le_bytes(*head);
    let (net, data) = files.split_at(files.len().min(usize::from(head & 0x7fff)));
    let paths = ["net.safetensors", "data.safetensors"].map(|name| HOME.path().join(name));
    fs::write(&paths[0], net).expect("the net is written");
    fs::write(&paths[1], data).expect("the data is written");
    let loss = if head & 0x8000 == 0 { Loss::SquaredError } else { Loss::CrossEntropy };
    let data = (!data.is_empty()).then_some(paths[1].as_path());
    let request = Request { net: &paths[0], data, gate: Gate::Relu, loss, version: "fuzz", tell: &|_| () };
    match inspect(&request) {
        Ok(document) => assert!(!json::render(&document).is_empty()),
        Err(error) => assert_eq!(error.to_string().trim_end().lines().count(), 1, "{error}"),
    }
});
