//! The natural order of names: runs of digits compare as numbers, so that `net.2` comes before `net.10`.

use std::cmp::Ordering;

/// Compares two names, digits by their value. Names that differ only in leading zeros compare as text.
pub fn natural(left: &str, right: &str) -> Ordering {
    let (a, b) = (parts(left), parts(right));
    a.iter().zip(&b).map(|(a, b)| part(a, b)).find(|order| order.is_ne()).unwrap_or_else(|| a.len().cmp(&b.len())).then(left.cmp(right))
}

/// The name cut where digits begin or end.
fn parts(name: &str) -> Vec<&str> {
    name.as_bytes()
        .chunk_by(|a, b| a.is_ascii_digit() == b.is_ascii_digit())
        .scan(0, |start, run| {
            *start += run.len();
            Some(&name[*start - run.len()..*start])
        })
        .collect()
}

fn part(left: &str, right: &str) -> Ordering {
    let number = |text: &str| text.as_bytes()[0].is_ascii_digit().then(|| text.trim_start_matches('0').to_owned());
    match (number(left), number(right)) {
        (Some(a), Some(b)) => a.len().cmp(&b.len()).then(a.cmp(&b)),
        _ => left.cmp(right),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_names_count_as_numbers() {
        let mut names = ["net.10.weight", "net.2.weight", "net.2.bias", "fc11", "fc2", "net.0.weight", "fc", "é9", "é10", "007", "7"];
        names.sort_by(|a, b| natural(a, b));
        assert_eq!(names, ["007", "7", "fc", "fc2", "fc11", "net.0.weight", "net.2.bias", "net.2.weight", "net.10.weight", "é9", "é10"]);
    }

    #[test]
    fn a_number_longer_than_any_integer_type_is_compared() {
        assert_eq!(natural("w99999999999999999999999999999999999", "w100000000000000000000000000000000000"), Ordering::Less);
    }
}
