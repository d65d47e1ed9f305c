//! The README says what the catalogue says.

use vanishing_curvature::report::markdown;
use vanishing_curvature::theorems::CATALOG;

#[test]
fn the_table_of_claims_is_that_of_the_catalogue() {
    let readme = include_str!("../README.md");
    let table = readme.split("<!-- claims: `cargo run -- list --markdown` -->\n").nth(1).and_then(|rest| rest.split("<!-- end").next());
    assert_eq!(table.expect("the README marks the table"), markdown::claims(CATALOG), "put in what `cargo run -- list --markdown` prints");
}

#[test]
fn every_subcommand_of_the_readme_exists() {
    let readme = include_str!("../README.md");
    let help =
        String::from_utf8(assert_cmd::Command::cargo_bin("vanishing-curvature").unwrap().arg("--help").output().unwrap().stdout).unwrap();
    let known: Vec<&str> = help.lines().filter_map(|line| line.strip_prefix("  ")?.split_whitespace().next()).collect();
    let mut seen = 0;
    for name in readme.split("cargo run -- ").skip(1).filter_map(|rest| rest.split(|c: char| !c.is_ascii_lowercase()).next()) {
        assert!(known.contains(&name), "`{name}` is not among {known:?}");
        seen += 1;
    }
    assert!(seen > 8, "the README shows {seen} commands only");
}

#[test]
fn the_export_of_the_readme_is_what_made_the_fixture() {
    let readme = include_str!("../README.md");
    let lines = readme.split("```python\n").nth(1).and_then(|rest| rest.split("```").next()).expect("the README shows an export");
    assert!(include_str!("../fixtures/pytorch/make.py").contains(lines), "fixtures/pytorch/make.py runs other lines:\n{lines}");
    assert_eq!(lines.lines().count(), 5);
}
