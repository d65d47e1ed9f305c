//! Damaged data sets in IDX form, from outside: one sentence that names the file, exit code 2, and no figure.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

/// A file in IDX form.
fn idx(magic: u32, sizes: &[u32], bytes: &[u8]) -> Vec<u8> {
    [magic].iter().chain(sizes).flat_map(|word| word.to_be_bytes()).chain(bytes.iter().copied()).collect()
}

/// Four images of 2 × 2 pixels to train on, two held out.
fn write_whole(directory: &Path) {
    for (name, count) in [("train", 4), ("t10k", 2)] {
        fs::write(directory.join(format!("{name}-images-idx3-ubyte")), idx(0x803, &[count, 2, 2], &vec![7; 4 * count as usize])).unwrap();
        fs::write(directory.join(format!("{name}-labels-idx1-ubyte")), idx(0x801, &[count], &vec![1; count as usize])).unwrap();
    }
}

/// What figure 5 at the paper's size says of a damaged data set.
fn refusal(damage: impl Fn(&Path)) -> String {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("garments");
    fs::create_dir(&data).unwrap();
    write_whole(&data);
    damage(&data);
    let output = Command::cargo_bin("vanishing-curvature")
        .unwrap()
        .current_dir(home.path())
        .args(["figure", "5", "--scale", "paper", "--data", "garments", "--out", "figures"])
        .output()
        .unwrap();
    let sentence = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{sentence}");
    assert_eq!(sentence.trim_end().lines().count(), 1, "{sentence}");
    assert!(!home.path().join("figures").exists(), "{sentence}");
    sentence.trim_end().to_owned()
}

#[test]
fn another_magic_number_is_refused() {
    let wrong = refusal(|data| fs::write(data.join("train-images-idx3-ubyte"), idx(0x0d03, &[4, 2, 2], &[0; 16])).unwrap());
    insta::assert_snapshot!(wrong, @"error: figure 5 cannot be drawn: garments/train-images-idx3-ubyte: starts with 0x00000d03, and images in IDX form start with 0x00000803");
}

#[test]
fn a_truncated_file_is_refused() {
    let short = refusal(|data| fs::write(data.join("t10k-images-idx3-ubyte"), idx(0x803, &[2, 2, 2], &[0; 5])).unwrap());
    insta::assert_snapshot!(short, @"error: figure 5 cannot be drawn: garments/t10k-images-idx3-ubyte: 5 bytes stand where the form wants 8: the file is truncated");
}

#[test]
fn a_missing_split_is_refused() {
    let missing = refusal(|data| fs::remove_file(data.join("t10k-labels-idx1-ubyte")).unwrap());
    insta::assert_snapshot!(missing, @"error: figure 5 cannot be drawn: garments: there is no file `t10k-labels-idx1-ubyte` or `t10k-labels-idx1-ubyte.gz`; the four files of an IDX data set are needed");
}

#[test]
fn a_directory_that_is_not_there_is_refused() {
    let missing = refusal(|data| fs::remove_dir_all(data).unwrap());
    insta::assert_snapshot!(missing, @"error: figure 5 cannot be drawn: garments: there is no file `train-images-idx3-ubyte` or `train-images-idx3-ubyte.gz`; the four files of an IDX data set are needed");
}
