//! The committed table of the benches, and what is told of a run that falls behind it.

#[path = "../benches/speed/table.rs"]
mod table;

use table::{Row, Table, time};

fn committed() -> Table {
    serde_json::from_str(include_str!("../benches/table.json")).expect("the committed table is one")
}

#[test]
fn a_planted_regression_by_two_is_told_and_less_is_not() {
    let table = committed();
    for row in &table.rows {
        let slower = |factor: f64| Row { ratio: row.ratio * factor, seconds: row.seconds / 100.0, ..row.clone() };
        assert_eq!(table.regression(&slower(2.3)).as_deref(), Some("slower than the committed table by 2.3×"), "{}", row.work);
        assert_eq!(table.regression(&slower(2.0)).as_deref(), Some("slower than the committed table by 2.0×"));
        assert_eq!(table.regression(&slower(1.9)), None);
    }
    let other = Row { work: "something new".to_owned(), ratio: 1e9, ..table.rows[0].clone() };
    assert_eq!(table.regression(&other), None);
}

#[test]
fn the_page_of_benches_shows_the_committed_table() {
    let page = include_str!("../benches/README.md");
    assert!(page.ends_with(&committed().markdown()), "cargo bench --bench speed -- --write");
}

#[test]
fn times_have_the_unit_that_suits() {
    for (seconds, text) in [(12.34, "12.3 s"), (0.25, "250 ms"), (1.5e-5, "15.0 µs"), (3.2e-9, "3.20 ns")] {
        assert_eq!(time(seconds), text);
    }
}
