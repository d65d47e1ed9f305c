//! Words with plain mathematics, as cards write them: `w_i`, `τ^L`, `e^{−m_L}`, `10⁻⁸⁸⁸`.

use crate::report::text::escape;

/// Prose as HTML: escaped, with indices and exponents below and above the line. Raised digits become superscripts too, which
/// stay legible at any size. An underscore is an index only after a single letter, so that `snake_case` stays as it is.
pub(super) fn prose(text: &str) -> String {
    let characters: Vec<char> = text.chars().collect();
    let mut html = String::new();
    let mut at = 0;
    while at < characters.len() {
        let before = &characters[..at];
        let (tag, script, end) = match characters[at] {
            '^' if before.last().is_some_and(|c| c.is_alphanumeric() || ")]|‖}'".contains(*c)) => {
                let (script, end) = script(&characters, at + 1);
                ("sup", script, end)
            }
            '_' if follows_single_letter(before) => {
                let (script, end) = script(&characters, at + 1);
                ("sub", script, end)
            }
            c if lowered(c).is_some() => {
                let run: String = characters[at..].iter().map_while(|&c| lowered(c)).collect();
                let end = at + run.chars().count();
                ("sup", run, end)
            }
            _ => ("", String::new(), at),
        };
        if script.is_empty() {
            html.push_str(&escape(&characters[at].to_string()));
            at += 1;
        } else {
            html.push_str(&format!("<{tag}>{}</{tag}>", prose(&script)));
            at = end;
        }
    }
    html
}

/// Whether the text so far ends in a letter that stands alone.
fn follows_single_letter(before: &[char]) -> bool {
    let mut back = before.iter().rev();
    back.next().is_some_and(|c| c.is_alphabetic()) && back.next().is_none_or(|c| !c.is_alphanumeric() && *c != '_')
}

/// What stands above or below, starting at `from`: a group in braces or parentheses, or a sign with letters and digits. Empty if there is
/// nothing of the kind. With it, where the text goes on.
fn script(characters: &[char], from: usize) -> (String, usize) {
    let rest = &characters[from..];
    if let Some(open @ ('{' | '(')) = rest.first() {
        let close = if *open == '{' { '}' } else { ')' };
        let mut depth = 0;
        for (i, c) in rest.iter().enumerate() {
            depth += i32::from(c == open) - i32::from(*c == close);
            if depth == 0 {
                return (rest[1..i].iter().collect(), from + i + 1);
            }
        }
        return (String::new(), from);
    }
    let sign = usize::from(rest.first().is_some_and(|c| matches!(c, '-' | '−')));
    let length = rest[sign..].iter().take_while(|c| c.is_alphanumeric() && lowered(**c).is_none()).count();
    if length == 0 {
        return (String::new(), from);
    }
    (rest[..sign + length].iter().collect::<String>().replace('-', "−"), from + sign + length)
}

/// The character on the line that a raised one stands for.
fn lowered(c: char) -> Option<char> {
    match c {
        '⁻' => Some('−'),
        '¹' => Some('1'),
        '²' => Some('2'),
        '³' => Some('3'),
        '⁰' | '⁴'..='⁹' => char::from_digit(u32::from(c) - u32::from('⁰'), 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indices_and_exponents_leave_the_line() {
        for (text, html) in [
            ("4.0·10⁻⁸⁸⁸ < 10²", "4.0·10<sup>−888</sup> &lt; 10<sup>2</sup>"),
            ("τ^L e^{−m_L}", "τ<sup>L</sup> e<sup>−m<sub>L</sub></sup>"),
            ("E|v|^k = (τ^k/(k+1))^L", "E|v|<sup>k</sup> = (τ<sup>k</sup>/(k+1))<sup>L</sup>"),
            ("error below 2^-100", "error below 2<sup>−100</sup>"),
            ("P_{l,k}", "P<sub>l,k</sub>"),
            ("p s^(L-k) |u|^2", "p s<sup>L-k</sup> |u|<sup>2</sup>"),
        ] {
            assert_eq!(prose(text), html);
        }
    }

    #[test]
    fn names_and_unfinished_groups_stay_as_they_are() {
        for text in ["gamma_median(depth)", "a ^ b", "x^", "x_", "x^{unclosed", "x^(unclosed", "^2", "_i"] {
            assert_eq!(prose(text), text);
        }
        assert_eq!(prose("x^{<b>}"), "x<sup>&lt;b&gt;</sup>");
    }
}
