//! Aligned columns of text.

use super::console::{Console, Tone};

/// A table under construction.
pub(super) struct Table {
    rows: Vec<Vec<(String, Tone)>>,
}

impl Table {
    /// A table with that header.
    pub fn new(header: &[&str]) -> Self {
        Table { rows: vec![header.iter().map(|text| ((*text).to_owned(), Tone::Plain)).collect()] }
    }

    /// Adds a row of plain cells.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.painted(cells.into_iter().map(|text| (text, Tone::Plain)));
    }

    /// Adds a row of cells with colours.
    pub fn painted(&mut self, cells: impl IntoIterator<Item = (String, Tone)>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// The lines, columns aligned on the left, two spaces apart, nothing at the ends.
    pub fn lines(&self, console: &Console) -> Vec<String> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| self.rows.iter().filter_map(|row| row.get(column)).map(|(text, _)| text.chars().count()).max();
        let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
        let line = |row: &Vec<(String, Tone)>| {
            let mut line = String::new();
            for (column, (text, tone)) in row.iter().enumerate() {
                line.push_str(&console.paint(text, *tone));
                let last = row[column + 1..].iter().all(|(text, _)| text.is_empty());
                if last {
                    break;
                }
                line.extend(std::iter::repeat_n(' ', widths[column] - text.chars().count() + 2));
            }
            line
        };
        self.rows.iter().map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_align_by_characters_and_lines_end_clean() {
        let mut table = Table::new(&["id", "says"]);
        table.row(["median".to_owned(), "τ".to_owned()]);
        table.row(["ττ".to_owned(), String::new()]);
        assert_eq!(table.lines(&Console::to(std::io::sink())), ["id      says", "median  τ", "ττ"]);
    }
}
