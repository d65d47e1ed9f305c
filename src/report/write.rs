//! Files are written whole or not at all.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempPath};
use thiserror::Error;

/// A file that could not be written; one sentence.
#[derive(Debug, Error)]
#[error("cannot write `{}`: {source}; choose another directory with --out", path.display())]
pub struct WriteError {
    /// The file or directory.
    pub path: PathBuf,
    /// What the system said.
    #[source]
    pub source: io::Error,
}

/// A rendered file: where it goes, below the directory of the report, and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The path relative to the directory.
    pub name: PathBuf,
    /// The content.
    pub text: String,
}

impl Rendered {
    /// A file of that name and content.
    #[must_use]
    pub fn new(name: impl Into<PathBuf>, text: String) -> Self {
        Rendered { name: name.into(), text }
    }
}

/// Writes files below `directory`, which is made if it is missing. All are written beside their destination first and only then
/// renamed, so that a failure leaves every old file as it was and nothing new behind. Returns the paths written.
///
/// # Errors
/// [`WriteError`] for the first file that cannot be written.
pub fn write(directory: &Path, files: &[Rendered]) -> Result<Vec<PathBuf>, WriteError> {
    let staged: Vec<(TempPath, PathBuf)> = files.iter().map(|file| stage(directory, file)).collect::<Result<_, _>>()?;
    let mut written = Vec::with_capacity(staged.len());
    for (temporary, path) in staged {
        temporary.persist(&path).map_err(|error| WriteError { path: path.clone(), source: error.error })?;
        written.push(path);
    }
    Ok(written)
}

/// Writes one file beside its destination.
fn stage(directory: &Path, file: &Rendered) -> Result<(TempPath, PathBuf), WriteError> {
    let path = directory.join(&file.name);
    let fail = |source| WriteError { path: path.clone(), source };
    let parent = path.parent().unwrap_or(directory);
    fs::create_dir_all(parent).map_err(fail)?;
    if path.is_dir() {
        return Err(fail(io::Error::new(io::ErrorKind::IsADirectory, "it is a directory")));
    }
    let mut temporary = beside(parent).map_err(fail)?;
    temporary.write_all(file.text.as_bytes()).and_then(|()| temporary.as_file().sync_all()).map_err(fail)?;
    Ok((temporary.into_temp_path(), path))
}

/// A temporary file with the permissions of an ordinary one.
fn beside(parent: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".report-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(parent)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(directory: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn files_land_whole_below_a_directory_that_did_not_exist() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("a/b");
        let files = [Rendered::new("one.txt", "1".into()), Rendered::new("figures/two.svg", "2".into())];
        let written = write(&out, &files).unwrap();
        assert_eq!(written, [out.join("one.txt"), out.join("figures/two.svg")]);
        assert_eq!(fs::read_to_string(&written[1]).unwrap(), "2");
        assert_eq!(names(&out), ["figures", "one.txt"]);
    }

    #[test]
    fn one_failure_leaves_every_old_file_and_no_litter() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("one.txt"), "old").unwrap();
        fs::create_dir(home.path().join("two.txt")).unwrap();
        let error = write(home.path(), &[Rendered::new("one.txt", "new".into()), Rendered::new("two.txt", "x".into())]).unwrap_err();
        assert_eq!(fs::read_to_string(home.path().join("one.txt")).unwrap(), "old");
        assert_eq!(names(home.path()), ["one.txt", "two.txt"]);
        assert!(error.to_string().contains("two.txt") && error.to_string().contains("--out"), "{error}");
    }

    #[test]
    fn a_file_in_the_place_of_the_directory_is_one_sentence_naming_out() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("taken");
        fs::write(&out, "mine").unwrap();
        let error = write(&out, &[Rendered::new("one.txt", "1".into())]).unwrap_err().to_string();
        assert!(error.contains("--out") && !error.contains('\n'), "{error}");
        assert_eq!(fs::read_to_string(&out).unwrap(), "mine");
    }

    #[cfg(unix)]
    #[test]
    fn reports_are_as_readable_as_any_new_file() {
        use std::os::unix::fs::PermissionsExt as _;
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("plain"), "").unwrap();
        write(home.path(), &[Rendered::new("report", String::new())]).unwrap();
        let mode = |name| fs::metadata(home.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode("report"), mode("plain"));
    }
}
