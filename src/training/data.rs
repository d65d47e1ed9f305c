//! Labelled images: the handwritten digits that the program carries, or a directory in IDX form.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::idx;

/// 1797 lines of 64 pixels from 0 to 16 and a label.
const DIGITS: &[u8] = include_bytes!("../../fixtures/digits/digits.csv.gz");
/// Of the digits, which have no customary split, every fifth is held out.
const HELD_OUT: usize = 5;

/// Images and their labels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Split {
    /// The pixels, image by image.
    pub inputs: Vec<f64>,
    /// The class of each image, counted from 0.
    pub labels: Vec<u32>,
}

/// Images to train on, and images held out. Pixels are standardised: the training pixels, all together, have mean 0 and
/// variance 1, and the held-out ones are moved and scaled by the same two numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Dataset {
    /// What it is, for captions.
    pub name: String,
    /// Channels, rows, columns of an image.
    pub shape: [usize; 3],
    /// The number of classes.
    pub classes: usize,
    /// To train on.
    pub training: Split,
    /// To test on.
    pub held_out: Split,
}

/// Why data cannot be used. Each names the file.
#[derive(Debug, Error)]
pub enum DataError {
    /// None of the names under which a file may go is there.
    #[error("{}: there is no file `{name}` or `{name}.gz`; the four files of an IDX data set are needed", .directory.display())]
    Missing {
        /// The directory.
        directory: PathBuf,
        /// The wanted name.
        name: &'static str,
    },
    /// A file cannot be read or decompressed.
    #[error("{}: {source}", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file is no IDX file of the wanted kind.
    #[error("{}: starts with {found:#010x}, and {what} in IDX form start with {wanted:#010x}", .path.display())]
    Magic {
        /// The file.
        path: PathBuf,
        /// What it should hold.
        what: &'static str,
        /// Its first four bytes.
        found: u32,
        /// What they should be.
        wanted: u32,
    },
    /// A file has another length than its header says.
    #[error("{}: {found} bytes stand where the form wants {wanted}: the file is {}", .path.display(), if found < wanted { "truncated" } else { "too long" })]
    Length {
        /// The file.
        path: PathBuf,
        /// The bytes that are there.
        found: u64,
        /// The bytes that its header announces.
        wanted: u64,
    },
    /// Contents that do not fit each other, in words.
    #[error("{}: {says}", .path.display())]
    Mismatch {
        /// The file.
        path: PathBuf,
        /// What does not fit.
        says: String,
    },
}

impl Dataset {
    /// The data set in `directory`, or without one the handwritten digits.
    ///
    /// # Errors
    /// If the directory holds no data set in IDX form.
    pub fn open(directory: Option<&Path>) -> Result<Self, DataError> {
        directory.map_or_else(Dataset::digits, idx::read)
    }

    /// The handwritten digits of the UCI repository: 1438 images of 8 × 8 pixels to train on and 359 held out.
    ///
    /// # Errors
    /// If the fixture that the program was built with is damaged.
    pub fn digits() -> Result<Self, DataError> {
        let path = || PathBuf::from("fixtures/digits/digits.csv.gz");
        let damaged = |says: String| DataError::Mismatch { path: path(), says };
        let mut text = String::new();
        GzDecoder::new(DIGITS).read_to_string(&mut text).map_err(|source| DataError::Unreadable { path: path(), source })?;
        let (mut training, mut held_out) = (Split::default(), Split::default());
        for (index, line) in text.lines().enumerate() {
            let numbers: Result<Vec<u32>, _> = line.split(',').map(str::parse).collect();
            let numbers = numbers.map_err(|error| damaged(format!("line {}: {error}", index + 1)))?;
            let Some((label, pixels)) = numbers.split_last().filter(|(label, pixels)| pixels.len() == 64 && **label < 10) else {
                return Err(damaged(format!("line {} is no image of 64 pixels with a digit", index + 1)));
            };
            let split = if index % HELD_OUT == HELD_OUT - 1 { &mut held_out } else { &mut training };
            split.inputs.extend(pixels.iter().copied().map(f64::from));
            split.labels.push(*label);
        }
        Ok(Dataset { name: "handwritten digits".to_owned(), shape: [1, 8, 8], classes: 10, training, held_out }.standardised())
    }

    /// The number of pixels of an image, all channels together.
    #[must_use]
    pub fn features(&self) -> usize {
        self.shape.iter().product()
    }

    /// SHA-256 over shape, pixels and labels, as 16 hexadecimal digits: what tells data sets apart.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        self.shape.iter().for_each(|size| hash.update((*size as u64).to_le_bytes()));
        for split in [&self.training, &self.held_out] {
            split.inputs.iter().for_each(|pixel| hash.update(pixel.to_le_bytes()));
            split.labels.iter().for_each(|label| hash.update(label.to_le_bytes()));
        }
        hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }

    /// The same images, moved and scaled so that the training pixels have mean 0 and variance 1; all equal, they become 0.
    pub(super) fn standardised(mut self) -> Self {
        let pixels = &self.training.inputs;
        let count = pixels.len() as f64;
        let mean = pixels.iter().sum::<f64>() / count;
        let variance = pixels.iter().map(|pixel| (pixel - mean).powi(2)).sum::<f64>() / count;
        let scale = if variance > 0.0 { variance.sqrt() } else { 1.0 };
        for split in [&mut self.training, &mut self.held_out] {
            split.inputs.iter_mut().for_each(|pixel| *pixel = (*pixel - mean) / scale);
        }
        self
    }
}
