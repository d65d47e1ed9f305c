use super::*;
use crate::report::demonstration::{CATALOGUE, document};

#[test]
fn the_audit_of_the_demonstration() {
    insta::assert_snapshot!(audit(&document(), &CATALOGUE));
}

#[test]
fn the_trusted_base_of_the_demonstration() {
    insta::assert_snapshot!(trusted(&CATALOGUE));
}

#[test]
fn every_table_row_has_as_many_cells_as_its_head() {
    let text = audit(&document(), &CATALOGUE);
    let bars = |line: &str| line.replace("\\|", "").matches('|').count();
    let mut head = None;
    for line in text.lines() {
        if !line.starts_with('|') {
            head = None;
        } else {
            assert_eq!(bars(line), *head.get_or_insert_with(|| bars(line)), "{line}");
        }
    }
}

#[test]
fn a_contradiction_comes_first_and_a_clean_audit_has_no_such_part() {
    let mut document = document();
    assert!(!audit(&document, &CATALOGUE).contains("## Contradictions"));
    let row = document.outcomes.iter_mut().find(|row| row.rival.is_none() && row.verdict == "refuted").unwrap();
    row.expected = "agrees".into();
    row.as_expected = false;
    let text = audit(&document, &CATALOGUE);
    let (contradictions, rest) = text.split_once("## Verdicts").unwrap();
    assert!(contradictions.contains("## Contradictions") && contradictions.contains("1871675/4"));
    assert!(rest.contains("None shown by this audit."), "an unexpected refutation is no erratum");
}
