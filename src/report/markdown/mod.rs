//! `AUDIT.md`, what a reviewer prints, and `TRUSTED.md`, what the suite takes on trust.

mod audit;
mod claims;
mod trusted;

pub use audit::render as audit;
pub use claims::claims;
pub use trusted::render as trusted;

/// Text in a Markdown paragraph or table cell: on one line, with nothing that Markdown or HTML would take for markup.
fn cell(text: &str) -> String {
    let mut cell = String::with_capacity(text.len());
    for c in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        match c {
            '<' => cell.push_str("&lt;"),
            '|' | '*' | '_' | '`' | '\\' | '[' | ']' | '#' => cell.extend(['\\', c]),
            c => cell.push(c),
        }
    }
    cell
}

/// Text as code, on one line; a bar is escaped for tables.
fn code(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.contains('`') { cell(&text) } else { format!("`{}`", text.replace('|', "\\|")) }
}

/// A line of a table.
fn row<const N: usize>(cells: [&str; N]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

/// The head of a table.
fn head<const N: usize>(names: [&str; N]) -> String {
    format!("{}|{}\n", row(names), "---|".repeat(N))
}

#[cfg(test)]
mod tests;
