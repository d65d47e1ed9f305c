//! What the engines take beside the least that their work could take on this machine: `cargo bench --bench speed`.
//!
//! Each row has its floor: numbers drawn at the generator's rate, operations at the measured rate of products, bytes at the measured rate
//! of copies. Ratios to the floor are compared with the committed `benches/table.json`; no time passes or fails. `-- --write` commits a
//! new table, and its view in `benches/README.md`.

mod curvature;
#[path = "../measure/mod.rs"]
mod measure;
mod random;
mod rates;
mod table;
mod text;
mod training;

use std::path::Path;

use table::{Row, Table, time};

const DIRECTORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches");
const MARK: &str = "<!-- written by the bench; everything below -->\n";

/// The rates of this machine.
pub struct Machine {
    /// Floating-point operations a second in products.
    pub products: f64,
    /// Bytes a second in copies.
    pub copies: f64,
}

/// Collects rows as they are measured.
pub struct Bench {
    committed: Option<Table>,
    rows: Vec<Row>,
}

impl Bench {
    /// Prints and keeps one row: `floor` in seconds, and in words.
    pub fn row(&mut self, work: &str, seconds: f64, (floor, says): (f64, &str), aim: Option<f64>) {
        let row = Row { work: work.to_owned(), floor: says.to_owned(), seconds, ratio: seconds / floor, aim };
        let aim = aim.map_or_else(String::new, |aim| format!(", aim {aim}×"));
        println!("{work}: {}, floor {} ({says}), {:.2}×{aim}", time(seconds), time(floor), row.ratio);
        if let Some(regression) = self.committed.as_ref().and_then(|table| table.regression(&row)) {
            println!("  {regression}");
        }
        self.rows.push(row);
    }
}

fn main() {
    rates::with_threads_named();
    let path = Path::new(DIRECTORY).join("table.json");
    let committed = std::fs::read_to_string(&path).ok().and_then(|text| serde_json::from_str(&text).ok());
    let mut bench = Bench { committed, rows: Vec::new() };
    let machine = Machine { products: rates::product_rate(), copies: rates::copy_rate() };
    println!("{}, {} threads", measure::processor(), measure::threads());
    println!("{:.0} GFLOP/s in products, {:.1} GB/s in copies", machine.products / 1e9, machine.copies / 1e9);
    random::rows(&mut bench);
    text::rows(&mut bench, &machine);
    curvature::rows(&mut bench, &machine);
    training::rows(&mut bench, &machine);
    let table = Table { processor: measure::processor(), threads: measure::threads(), rows: bench.rows };
    if std::env::args().any(|argument| argument == "--write") {
        let readme = Path::new(DIRECTORY).join("README.md");
        let text = std::fs::read_to_string(&readme).expect("benches/README.md is there");
        let (above, _) = text.split_once(MARK).expect("benches/README.md has its mark");
        std::fs::write(&readme, format!("{above}{MARK}\n{}", table.markdown())).expect("benches/README.md can be written");
        let document = serde_json::to_string_pretty(&table).expect("a table is JSON");
        std::fs::write(&path, document + "\n").expect("benches/table.json can be written");
    }
}
