//! Trees to LaTeX, for readers.

use std::fmt::Write;

use super::decimal::Decimal;
use super::function::Function;
use super::tree::Node;

/// The formula in LaTeX, on one line, in the notation of the paper: `variance` is σ², `width` d, `depth` L, `order` k.
///
/// Only commands that pulldown-latex renders are used. A `let` reads "let name = value;" before its body; the last argument of a
/// series, a bound for its tail, is left out.
#[must_use]
pub fn latex(node: &Node) -> String {
    written(node).text
}

/// How tightly written LaTeX holds together, from loosest to tightest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Tightness {
    /// Extends as far to the right as it can: `let`, Σ.
    Open,
    Sum,
    Negation,
    Product,
    /// May be a factor, but takes no further exponent or index: fractions, powers, calls.
    Factor,
    /// Takes an exponent.
    Base,
    /// Takes an index, and then an exponent.
    Symbol,
}

struct Written {
    text: String,
    tightness: Tightness,
}

impl Written {
    fn new(tightness: Tightness, text: impl Into<String>) -> Written {
        Written { text: text.into(), tightness }
    }

    /// The text, in parentheses if it is looser than `loosest`.
    fn within(self, loosest: Tightness) -> String {
        if self.tightness < loosest { format!(r"\left({}\right)", self.text) } else { self.text }
    }
}

fn written(node: &Node) -> Written {
    use Tightness::{Base, Factor, Negation, Open, Product, Sum, Symbol};
    match node {
        Node::Number(number) => match Decimal::of(number) {
            Some(Decimal { digits, exponent: None }) => Written::new(Base, digits),
            Some(Decimal { digits, exponent: Some(exponent) }) => Written::new(Product, format!(r"{digits} \cdot 10^{{{exponent}}}")),
            None => Written::new(Factor, format!(r"\left({number}\right)")),
        },
        Node::Name(name) => symbol(name),
        Node::Negation(a) => Written::new(Negation, format!("-{}", written(a).within(Product))),
        Node::Sum(a, b) => Written::new(Sum, format!("{} + {}", written(a).within(Sum), written(b).within(Product))),
        Node::Difference(a, b) => Written::new(Sum, format!("{} - {}", written(a).within(Sum), written(b).within(Product))),
        Node::Product(a, b) => Written::new(Product, product(written(a), written(b))),
        Node::Quotient(a, b) => Written::new(Factor, format!(r"\frac{{{}}}{{{}}}", latex(a), latex(b))),
        Node::Power(a, b) => Written::new(Factor, format!("{}^{{{}}}", written(a).within(Base), latex(b))),
        Node::Call(function, arguments) => call(*function, arguments),
        Node::List(items) => Written::new(Symbol, list(items)),
        Node::Index(list, index) => Written::new(Base, format!("{}_{{{}}}", written(list).within(Symbol), latex(index))),
        Node::Let(name, value, body) => {
            let value = written(value).within(Sum);
            Written::new(Open, format!(r"\text{{let }} {} = {value};\quad {}", symbol(name).text, latex(body)))
        }
        Node::Series { index, from, term, .. } => {
            let (index, from, term) = (symbol(index).text, latex(from), written(term).within(Negation));
            Written::new(Open, format!(r"\sum_{{{index} = {from}}}^{{\infty}} {term}"))
        }
    }
}

/// Factors side by side, with a dot where two numbers would run together.
fn product(left: Written, right: Written) -> String {
    let left = left.within(Tightness::Product);
    let right = right.within(Tightness::Factor);
    let collides = right.starts_with(|c: char| c.is_ascii_digit()) || (ends_in_digit(&left) && right.starts_with(r"\frac"));
    format!("{left} {} {right}", if collides { r"\cdot" } else { r"\," })
}

fn ends_in_digit(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_digit())
}

fn call(function: Function, arguments: &[Node]) -> Written {
    use Tightness::{Base, Factor, Product, Symbol};
    let all = || arguments.iter().map(latex).collect::<Vec<_>>();
    let applied = |operator: &str| Written::new(Factor, format!(r"{operator}\left({}\right)", all().join(", ")));
    let braced = |command: &str| all().iter().fold(command.to_owned(), |text, argument| format!("{text}{{{argument}}}"));
    match function {
        Function::Exp => applied(r"\exp"),
        Function::Ln => applied(r"\ln"),
        Function::Sqrt => Written::new(Base, braced(r"\sqrt")),
        Function::Pi => Written::new(Symbol, r"\pi"),
        Function::Binomial => Written::new(Factor, braced(r"\binom")),
        Function::GammaMedian => Written::new(Base, braced("m_")),
        Function::ErlangCdf => applied("P"),
        Function::Digamma => applied(r"\psi"),
        Function::Trigamma => applied(r"\psi'"),
        Function::BandRadius => Written::new(Base, format!(r"\rho\left(T_{{{}}}\right)", all().join(", "))),
        Function::ChiSquareMoment => Written::new(Base, chi_square(&all())),
        Function::ChiSquareLogCumulant => Written::new(Base, log_cumulant(&all())),
        Function::PowerIntegral => {
            let used: Vec<_> = arguments.iter().map(Node::free_names).collect();
            let variable = ["w", "u", "z", "s"].into_iter().find(|v| used.iter().all(|names| !names.contains(*v))).unwrap_or("w");
            let bounds = all();
            let (from, to) = (bounds.first().map_or("", String::as_str), bounds.get(1).map_or("", String::as_str));
            let exponent = arguments.get(2).map_or_else(String::new, |e| written(e).within(Tightness::Sum));
            Written::new(Product, format!(r"\int_{{{from}}}^{{{to}}} {variable}^{{{exponent} - 1}} \, d{variable}"))
        }
    }
}

/// The mean of a power of a gated χ² variable.
fn chi_square(arguments: &[String]) -> String {
    let argument = |at: usize| arguments.get(at).map_or("", String::as_str);
    format!(r"\operatorname{{E}}\left[\left(\chi^2_{{{}, {}}}\right)^{{{}}}\right]", argument(0), argument(1), argument(2))
}

/// A cumulant of the logarithm of a gated χ² variable.
fn log_cumulant(arguments: &[String]) -> String {
    let argument = |at: usize| arguments.get(at).map_or("", String::as_str);
    format!(r"\kappa_{{{}}}\left[\ln\chi^2_{{{}, {}}}\right]", argument(2), argument(0), argument(1))
}

/// A matrix, if the entries are lists of one length; otherwise a column.
fn list(items: &[Node]) -> String {
    let rows: Option<Vec<&Vec<Node>>> = items.iter().map(|row| if let Node::List(row) = row { Some(row) } else { None }).collect();
    let rows = match rows {
        Some(rows) if rows.iter().all(|row| row.len() == rows[0].len()) => {
            rows.iter().map(|row| row.iter().map(latex).collect::<Vec<_>>().join(" & ")).collect::<Vec<_>>()
        }
        _ => items.iter().map(latex).collect(),
    };
    format!(r"\begin{{pmatrix}} {} \end{{pmatrix}}", rows.join(r" \\ "))
}

/// The names of the paper's notation.
const NOTATION: [(&str, &str); 10] = [
    ("variance", r"\sigma^2"),
    ("kurtosis", r"\kappa"),
    ("width", "d"),
    ("depth", "L"),
    ("order", "k"),
    ("x2", r"\lVert x\rVert_2^2"),
    ("x4", r"\lVert x\rVert_4^4"),
    ("y2", r"\lVert y\rVert_2^2"),
    ("w0", "w_0"),
    ("epsilon", r"\varepsilon"),
];

const GREEK: [&str; 21] = [
    "alpha", "beta", "gamma", "delta", "zeta", "eta", "theta", "kappa", "lambda", "mu", "nu", "xi", "rho", "sigma", "tau", "phi", "chi",
    "psi", "omega", "Delta", "Sigma",
];

fn symbol(name: &str) -> Written {
    use Tightness::{Base, Factor, Symbol};
    if let Some((_, symbol)) = NOTATION.iter().find(|(known, _)| *known == name) {
        let tightness = match symbol {
            _ if symbol.contains('^') => Factor,
            _ if symbol.contains('_') => Base,
            _ => Symbol,
        };
        return Written::new(tightness, *symbol);
    }
    if GREEK.contains(&name) {
        return Written::new(Symbol, format!(r"\{name}"));
    }
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = &name[stem.len()..];
    match stem.len() {
        1 if stem != "_" && digits.is_empty() => Written::new(Symbol, stem),
        1 if stem != "_" => Written::new(Base, format!("{stem}_{{{digits}}}")),
        _ => {
            let mut text = String::from(r"\mathit{");
            for c in name.chars() {
                let _ = if c == '_' { text.write_str(r"\_") } else { text.write_char(c) };
            }
            text.push('}');
            Written::new(Symbol, text)
        }
    }
}

#[cfg(test)]
mod tests {
    use pulldown_latex::{Parser, RenderConfig, Storage, push_mathml};
    use quickcheck::QuickCheck;

    use super::super::arbitrary::AnyTree;
    use super::super::parse;
    use super::*;

    /// The MathML of a formula's LaTeX.
    fn mathml(node: &Node) -> Result<String, String> {
        let (text, storage) = (latex(node), Storage::new());
        let events = Parser::new(&text, &storage).collect::<Result<Vec<_>, _>>().map_err(|e| format!("{text}: {e}"))?;
        let mut out = String::new();
        let events = events.into_iter().map(Ok::<_, std::convert::Infallible>);
        push_mathml(&mut out, events, RenderConfig::default()).map_err(|e| format!("{text}: {e}"))?;
        if out.contains("merror") { Err(out) } else { Ok(out) }
    }

    #[test]
    fn formulas_read_as_in_the_paper() {
        let texts = [
            "(tau^order/(order + 1))^depth",
            "tau^depth*exp(-gamma_median(depth))",
            "let c = kurtosis - 3; let Q = width*variance^2*[[p^2, p*(1 - p) + c*p], [3*p^2, 3]]; (Q^(depth - 1)*[x4, x2])[0]",
            "series(k, 0, power_integral(w0, b, (k - 1)*depth + 2), b^depth)",
            "2*series(k, 1, k + w, 0.5) + power_integral(w, 1, 0)^2",
            "erlang_cdf(depth, ln(tau)) - digamma(width/2) + trigamma(0.5)*pi()",
            "binomial(width, order)^2*sqrt(epsilon)^3",
            "x2^2*y2*w0^2*variance",
            "-a*(-b) - (-c)^2 + -(a*b)",
            "a - (b - c) - -d*e",
            "2*3*4^5*(1/2)",
            "2*(3/4)",
            "a[0] + a1[i][1] + w0[2]^2",
            "[[1, 2], [3]]",
            "other_layer*eta^1.5e-100",
            "1 + (let a = 1; a)",
            "(a/b)^2*exp(x)^2",
        ];
        let shown = texts.map(|text| format!("{text}\n    {}", latex(&parse(text).unwrap())));
        insta::assert_snapshot!(shown.join("\n"));
    }

    #[test]
    fn every_kind_of_node_and_every_name_renders_to_mathml() {
        let calls = Function::ALL.map(|f| format!("{}({})", f.name(), ["a", "x2", "1"][..f.arity()].join(", ")));
        let kinds = "0.5;name;-a;a + b;a - b;a*b;a/b;a^b;[a, b];[[a, b], [c, d]];a[i];series(k, 0, x^k, x);1e300".split(';');
        let names = NOTATION.map(|(name, _)| name).into_iter().chain(GREEK).chain(["_", "a12", "other_layer", "x_"]);
        let mut atoms: Vec<String> = calls.into_iter().chain(kinds.map(str::to_owned)).chain(names.map(str::to_owned)).collect();
        atoms.push("let a = 1; a".into());
        for atom in &atoms {
            for text in [atom.clone(), format!("({atom})^2"), format!("({atom})[0][1]^2"), format!("2*({atom})/3 - ({atom})")] {
                let mathml = mathml(&parse(&text).unwrap());
                assert!(mathml.as_ref().is_ok_and(|out| out.contains("<math")), "{text}: {mathml:?}");
            }
        }
    }

    #[test]
    fn random_trees_render_to_mathml() {
        fn renders(tree: AnyTree) -> Result<bool, String> {
            mathml(&tree.0).map(|_| true)
        }
        QuickCheck::new().tests(1_000).quickcheck(renders as fn(AnyTree) -> Result<bool, String>);
    }
}
