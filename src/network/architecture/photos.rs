//! Photographs in CIFAR-10's binary format: records of a label and the red, green and blue planes of 32 × 32 pixels.

use std::fs;
use std::path::Path;

use rand::{Rng, RngExt};
use sha2::{Digest, Sha256};

/// The edge of a stored image, in pixels.
const EDGE: usize = 32;
/// The colours of a stored image.
pub const COLOURS: usize = 3;
/// The number of labels.
pub const CLASSES: usize = 10;
/// The bytes of a record.
const RECORD: usize = 1 + COLOURS * EDGE * EDGE;

/// Patches of four photographs that are free of rights; `fixtures/README.md` names them.
const PATCHES: &[u8] = include_bytes!("../../../fixtures/patches/data_batch_1.bin");

/// Labelled photographs, each colour with mean 0 and variance 1 over all of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Photos {
    labels: Vec<usize>,
    /// Image by image, pixel by pixel (row by row), its colours side by side.
    pixels: Vec<f64>,
}

impl Photos {
    /// All files `data_batch_*.bin` of a directory, or, without one, the patches that the program carries.
    ///
    /// # Errors
    /// In one sentence that names the file, if there is none, one cannot be read, or one is not in the format.
    pub fn open(directory: Option<&Path>) -> Result<Self, String> {
        let Some(directory) = directory else { return Photos::parse(PATCHES, "the patches that the program carries") };
        let entries = fs::read_dir(directory).map_err(|error| format!("{} cannot be read as a directory: {error}", directory.display()))?;
        let mut files: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| is_batch(path)).collect();
        files.sort();
        if files.is_empty() {
            return Err(format!("{} holds no file data_batch_*.bin of CIFAR-10's binary version", directory.display()));
        }
        let mut bytes = Vec::new();
        for file in files {
            let found = fs::read(&file).map_err(|error| format!("{} cannot be read: {error}", file.display()))?;
            checked(&found, &file.display().to_string())?;
            bytes.extend(found);
        }
        Photos::parse(&bytes, &directory.display().to_string())
    }

    /// Records in the format; `name` is what errors call them.
    ///
    /// # Errors
    /// As [`open`](Self::open).
    pub fn parse(bytes: &[u8], name: &str) -> Result<Self, String> {
        checked(bytes, name)?;
        let labels = bytes.chunks_exact(RECORD).map(|record| usize::from(record[0])).collect();
        let area = EDGE * EDGE;
        let interleaved = |record: &[u8]| {
            let planes = record[1..].to_vec();
            (0..area).flat_map(move |pixel| [0, 1, 2].map(|colour| f64::from(planes[colour * area + pixel]))).collect::<Vec<_>>()
        };
        let mut pixels: Vec<f64> = bytes.chunks_exact(RECORD).flat_map(interleaved).collect();
        for colour in 0..COLOURS {
            let count = (pixels.len() / COLOURS) as f64;
            let of = |pixels: &[f64]| pixels.iter().skip(colour).step_by(COLOURS).copied().collect::<Vec<_>>();
            let mean = of(&pixels).iter().sum::<f64>() / count;
            let deviation = (of(&pixels).iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / count).sqrt();
            if deviation == 0.0 {
                return Err(format!("{name} has a colour that is the same in every pixel"));
            }
            pixels.iter_mut().skip(colour).step_by(COLOURS).for_each(|x| *x = (*x - mean) / deviation);
        }
        Ok(Photos { labels, pixels })
    }

    /// The number of photographs.
    #[must_use]
    pub fn count(&self) -> usize {
        self.labels.len()
    }

    /// SHA-256 over labels and pixels, as 16 hexadecimal digits: what tells data sets apart.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        self.labels.iter().for_each(|label| hash.update((*label as u64).to_le_bytes()));
        self.pixels.iter().for_each(|pixel| hash.update(pixel.to_le_bytes()));
        hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }

    /// That many different photographs chosen at random (all in turn before one comes again), at edge × edge pixels: labels, and pixels with
    /// their colours side by side. A smaller image is the middle, in means of square blocks.
    ///
    /// # Panics
    /// If the edge is 0 or above 32.
    pub fn batch<R: Rng + ?Sized>(&self, count: usize, edge: usize, rng: &mut R) -> (Vec<usize>, Vec<f64>) {
        assert!((1..=EDGE).contains(&edge), "photographs have 32 x 32 pixels");
        let mut left: Vec<usize> = Vec::new();
        let (mut labels, mut pixels) = (Vec::new(), Vec::new());
        for _ in 0..count {
            if left.is_empty() {
                left = (0..self.count()).collect();
            }
            let chosen = left.swap_remove(rng.random_range(0..left.len()));
            labels.push(self.labels[chosen]);
            pixels.extend(self.shrunk(chosen, edge));
        }
        (labels, pixels)
    }

    fn shrunk(&self, image: usize, edge: usize) -> Vec<f64> {
        let block = EDGE / edge;
        let margin = (EDGE - block * edge) / 2;
        let pixel = |row: usize, column: usize, colour: usize| self.pixels[((image * EDGE + row) * EDGE + column) * COLOURS + colour];
        let mean = |row: usize, column: usize, colour: usize| {
            let inside = (0..block).flat_map(|down| (0..block).map(move |right| (down, right)));
            let sum: f64 = inside.map(|(down, right)| pixel(margin + row * block + down, margin + column * block + right, colour)).sum();
            sum / (block * block) as f64
        };
        let places = (0..edge).flat_map(|row| (0..edge).map(move |column| (row, column)));
        places.flat_map(|(row, column)| [0, 1, 2].map(|colour| mean(row, column, colour))).collect()
    }
}

fn is_batch(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
    name.starts_with("data_batch_") && path.extension().is_some_and(|ending| ending == "bin")
}

/// Refuses what is not whole records with labels from 0 to 9.
fn checked(bytes: &[u8], name: &str) -> Result<(), String> {
    if bytes.is_empty() || !bytes.len().is_multiple_of(RECORD) {
        return Err(format!(
            "{name} has {} bytes, which is no positive multiple of {RECORD}, the length of a CIFAR-10 record",
            bytes.len()
        ));
    }
    match bytes.chunks_exact(RECORD).position(|record| usize::from(record[0]) >= CLASSES) {
        Some(at) => Err(format!("{name} has the label {} in record {}, where CIFAR-10 has 0 to 9", bytes[at * RECORD], at + 1)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    #[test]
    fn the_patches_are_those_of_the_fixture() {
        let digest: String = Sha256::digest(PATCHES).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(digest, "68a2fa06900fd8391c3d896c0211bd3b5422b5ede58e4777280854a602156513");
        let photos = Photos::open(None).unwrap();
        assert_eq!(photos.count(), 64);
        let mean = photos.pixels.iter().sum::<f64>() / photos.pixels.len() as f64;
        let square = photos.pixels.iter().map(|x| x * x).sum::<f64>() / photos.pixels.len() as f64;
        assert!(mean.abs() < 1e-12 && (square - 1.0).abs() < 1e-12);
    }

    #[test]
    fn one_reader_serves_a_directory_too_and_planes_become_pixels() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("data_batch_1.bin"), PATCHES).unwrap();
        fs::write(home.path().join("readme.html"), "no pictures").unwrap();
        assert_eq!(Photos::open(Some(home.path())), Photos::open(None));
        // Red grows along the rows, green down the columns, blue is a checkerboard: three records that differ in nothing else.
        let plane = |value: &dyn Fn(usize, usize) -> u8| (0..EDGE * EDGE).map(|at| value(at / EDGE, at % EDGE)).collect::<Vec<_>>();
        let record = [vec![3], plane(&|_, x| x as u8), plane(&|y, _| y as u8), plane(&|y, x| ((x + y) % 2) as u8)].concat();
        let photos = Photos::parse(&record, "made").unwrap();
        let (labels, pixels) = photos.batch(1, EDGE, &mut rand_chacha::ChaCha8Rng::seed_from_u64(0));
        assert_eq!(labels, [3]);
        let at = |row: usize, column: usize, colour: usize| pixels[(row * EDGE + column) * COLOURS + colour];
        assert!(at(0, 31, 0) > at(31, 0, 0) && at(31, 0, 1) > at(0, 31, 1) && at(0, 1, 2) == -at(0, 0, 2));
    }

    #[test]
    fn what_is_no_data_set_is_refused_in_one_sentence() {
        let home = tempfile::tempdir().unwrap();
        let error = |path: &Path| Photos::open(Some(path)).unwrap_err();
        assert!(error(&home.path().join("nowhere")).contains("nowhere cannot be read as a directory"));
        assert!(error(home.path()).ends_with("holds no file data_batch_*.bin of CIFAR-10's binary version"));
        fs::write(home.path().join("data_batch_2.bin"), &PATCHES[..4000]).unwrap();
        assert!(error(home.path()).contains("data_batch_2.bin has 4000 bytes"));
        let mut wrong = PATCHES[..2 * RECORD].to_vec();
        wrong[RECORD] = 10;
        fs::write(home.path().join("data_batch_2.bin"), wrong).unwrap();
        assert!(error(home.path()).contains("has the label 10 in record 2"));
    }
}
