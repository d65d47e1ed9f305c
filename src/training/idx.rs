//! Data sets in IDX form (LeCun, Cortes and Burges, *The MNIST database*): four files, plain or compressed by gzip.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;

use super::data::{DataError, Dataset, Split};

/// Unsigned bytes in three dimensions: count, rows, columns.
const IMAGES: u32 = 0x0000_0803;
/// Unsigned bytes in one dimension: count.
const LABELS: u32 = 0x0000_0801;

/// An array of unsigned bytes.
struct Array {
    path: PathBuf,
    sizes: Vec<usize>,
    bytes: Vec<u8>,
}

/// The data set in a directory: `train-images-idx3-ubyte`, `train-labels-idx1-ubyte`, and the two with `t10k` for `train`.
pub(super) fn read(directory: &Path) -> Result<Dataset, DataError> {
    let pair = |images: &'static str, labels: &'static str| {
        Ok((array(directory, images, IMAGES, "images")?, array(directory, labels, LABELS, "labels")?))
    };
    let training = pair("train-images-idx3-ubyte", "train-labels-idx1-ubyte")?;
    let held_out = pair("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte")?;
    let [rows, columns] = [training.0.sizes[1], training.0.sizes[2]];
    let images = &held_out.0;
    if images.sizes[1..] != [rows, columns] {
        let says = format!("images of {} × {} pixels, and those to train on have {rows} × {columns}", images.sizes[1], images.sizes[2]);
        return Err(DataError::Mismatch { path: images.path.clone(), says });
    }
    let (training, held_out) = (split(training)?, split(held_out)?);
    let classes = training.labels.iter().chain(&held_out.labels).max().map_or(0, |most| *most as usize + 1);
    let name = directory.file_name().map_or_else(|| "images".to_owned(), |name| name.to_string_lossy().into_owned());
    Ok(Dataset { name, shape: [1, rows, columns], classes, training, held_out }.standardised())
}

fn split((images, labels): (Array, Array)) -> Result<Split, DataError> {
    let (count, labelled) = (images.sizes[0], labels.sizes[0]);
    if count != labelled || images.bytes.is_empty() {
        let says = format!("{labelled} labels for {count} images of {} × {} pixels", images.sizes[1], images.sizes[2]);
        return Err(DataError::Mismatch { path: labels.path, says });
    }
    let inputs = images.bytes.iter().copied().map(f64::from).collect();
    Ok(Split { inputs, labels: labels.bytes.iter().copied().map(u32::from).collect() })
}

/// The array in the file of that name, or of that name and `.gz`; its dimensions follow from the magic number.
fn array(directory: &Path, name: &'static str, magic: u32, what: &'static str) -> Result<Array, DataError> {
    let (path, bytes) = contents(directory, name)?;
    let word = |index: usize| bytes.get(4 * index..4 * index + 4).map(|word| u32::from_be_bytes([word[0], word[1], word[2], word[3]]));
    let short = |found: usize, wanted: u64| DataError::Length { path: path.clone(), found: found as u64, wanted };
    let found = word(0).ok_or_else(|| short(bytes.len(), 4))?;
    if found != magic {
        return Err(DataError::Magic { path, what, found, wanted: magic });
    }
    let dimensions = (magic & 0xff) as usize;
    let header = 4 + 4 * dimensions;
    let sizes: Option<Vec<u32>> = (1..=dimensions).map(word).collect();
    let sizes = sizes.ok_or_else(|| short(bytes.len(), header as u64))?;
    let (found, wanted) = ((bytes.len() - header) as u64, sizes.iter().map(|size| u64::from(*size)).product::<u64>());
    if found != wanted {
        return Err(DataError::Length { path, found, wanted });
    }
    Ok(Array { sizes: sizes.into_iter().map(|size| size as usize).collect(), bytes: bytes[header..].to_vec(), path })
}

fn contents(directory: &Path, name: &'static str) -> Result<(PathBuf, Vec<u8>), DataError> {
    let (plain, packed) = (directory.join(name), directory.join(format!("{name}.gz")));
    let (path, read): (_, io::Result<Vec<u8>>) = if plain.exists() {
        let read = fs::read(&plain);
        (plain, read)
    } else if packed.exists() {
        let unpack = |file: File| {
            let mut bytes = Vec::new();
            GzDecoder::new(file).read_to_end(&mut bytes).map(|_| bytes)
        };
        let read = File::open(&packed).and_then(unpack);
        (packed, read)
    } else {
        return Err(DataError::Missing { directory: directory.to_owned(), name });
    };
    match read {
        Ok(bytes) => Ok((path, bytes)),
        Err(source) => Err(DataError::Unreadable { path, source }),
    }
}
