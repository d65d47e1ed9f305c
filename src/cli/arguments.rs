//! Arguments that several subcommands share: seeds, devices, efforts, settings, directories.

use std::collections::hash_map::RandomState;
use std::fmt;
use std::hash::{BuildHasher as _, Hasher as _};
use std::path::Path;
use std::str::FromStr;

use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::claim::parameters::setting;
use crate::claim::{Device, Effort};

use super::exit::Failure;

/// The seed when nobody chooses one: the paper's number, written once before the first audit.
pub(super) const DEFAULT_SEED: u64 = 2106;

/// A seed: a number, or `random`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seed {
    Fixed(u64),
    Random,
}

impl Seed {
    /// The number; a fresh one if random.
    pub fn draw(self) -> u64 {
        match self {
            Seed::Fixed(seed) => seed,
            // The standard library keys its hashers from the system's randomness.
            Seed::Random => RandomState::new().build_hasher().finish(),
        }
    }
}

impl fmt::Display for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Seed::Fixed(seed) => seed.fmt(f),
            Seed::Random => f.write_str("random"),
        }
    }
}

impl FromStr for Seed {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "random" {
            return Ok(Seed::Random);
        }
        text.parse().map(Seed::Fixed).map_err(|_| format!("a seed is an integer from 0 to {} or `random`", u64::MAX))
    }
}

/// Reads `cpu` or `cuda:N`.
pub(super) fn device(text: &str) -> Result<Device, String> {
    match text.split_once(':') {
        None if text == "cpu" => Ok(Device::Cpu),
        Some(("cuda", number)) => match number.parse() {
            Ok(number) if cfg!(feature = "cuda") => Ok(Device::Cuda(number)),
            Ok(_) => Err("this program was built without CUDA: build it with `--features cuda`".to_owned()),
            Err(_) => Err("a device is `cpu` or `cuda:N` with the number N of a GPU".to_owned()),
        },
        _ => Err("a device is `cpu` or `cuda:N` with the number N of a GPU".to_owned()),
    }
}

/// Refuses a device that is not there.
pub(super) fn require_device(wanted: Device) -> Result<(), Failure> {
    crate::network::device::open(wanted).map(drop).map_err(|why| Failure::new(format!("--device: {why}")))
}

/// Reads an effort.
pub(super) fn effort() -> impl TypedValueParser<Value = Effort> {
    PossibleValuesParser::new(["quick", "standard", "thorough"]).map(|name| match name.as_str() {
        "quick" => Effort::Quick,
        "thorough" => Effort::Thorough,
        _ => Effort::Standard,
    })
}

/// Splits every `name=value`.
pub(super) fn settings(texts: &[String]) -> Result<Vec<(String, String)>, Failure> {
    texts.iter().map(|text| setting(text).map_err(Failure::from)).collect()
}

/// Fails now if files could not be written below `directory` later. Leaves no trace where it fails.
pub(super) fn require_writable(directory: &Path) -> Result<(), Failure> {
    let existing = directory.ancestors().find(|ancestor| ancestor.exists() && !ancestor.as_os_str().is_empty());
    let probe = existing.unwrap_or_else(|| Path::new("."));
    let failure = |why: &dyn fmt::Display| {
        Failure::new(format!("cannot write to --out {}: {why}; choose a directory that you may write to", directory.display()))
    };
    if !probe.is_dir() {
        return Err(failure(&format_args!("{} is not a directory", probe.display())));
    }
    tempfile::tempfile_in(probe).map(|_| ()).map_err(|error| failure(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeds_are_numbers_or_random() {
        assert_eq!("7".parse(), Ok(Seed::Fixed(7)));
        assert_eq!("random".parse(), Ok(Seed::Random));
        for text in ["-1", "1.5", "", "18446744073709551616", "Random"] {
            assert!(text.parse::<Seed>().is_err(), "{text}");
        }
    }

    #[test]
    fn random_seeds_differ() {
        assert_ne!(Seed::Random.draw(), Seed::Random.draw());
    }

    #[test]
    fn devices_are_the_processor_or_a_numbered_gpu() {
        assert_eq!(device("cpu"), Ok(Device::Cpu));
        for text in ["gpu", "cuda", "cuda:", "cuda:x", "cpu:0", ""] {
            assert!(device(text).is_err(), "{text}");
        }
        assert_eq!(device("cuda:1").is_ok(), cfg!(feature = "cuda"));
        assert!(require_device(Device::Cpu).is_ok());
        let failure = require_device(Device::Cuda(4095)).unwrap_err().to_string();
        assert!(failure.starts_with("--device: CUDA device 4095 "), "{failure}");
    }

    #[test]
    fn a_directory_below_a_file_is_not_writable() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("taken");
        std::fs::write(&file, "").unwrap();
        for out in [file.clone(), file.join("below")] {
            let failure = require_writable(&out).unwrap_err().to_string();
            assert!(failure.contains("--out") && failure.contains("not a directory"), "{failure}");
        }
        assert_eq!(require_writable(&home.path().join("a/b")), Ok(()));
        assert!(!home.path().join("a").exists());
    }
}
