use dashu::rational::RBig;

use super::*;

fn number(numerator: i64, denominator: u64) -> Node {
    Node::Number(RBig::from_parts(numerator.into(), denominator.into()))
}

fn n(name: &str) -> Node {
    Node::name(name)
}

fn i(value: i64) -> Node {
    Node::integer(value)
}

fn at(list: Node, index: Node) -> Node {
    Node::Index(Box::new(list), Box::new(index))
}

#[test]
fn texts_have_the_trees_that_mathematicians_expect() {
    let (a, b, c) = (|| n("a"), || n("b"), || n("c"));
    let cases = [
        ("0.9", number(9, 10)),
        ("12", i(12)),
        ("1e-3", number(1, 1000)),
        ("2.5E+4", i(25000)),
        ("007.50", number(15, 2)),
        ("2e1", i(20)),
        (" other_layer ", n("other_layer")),
        ("a - b - c", a() - b() - c()),
        ("a - (b - c)", a() - (b() - c())),
        ("a / b / c", a() / b() / c()),
        ("a / b * c", a() / b() * c()),
        ("a + b * c", a() + b() * c()),
        ("(a + b) * c", (a() + b()) * c()),
        ("a^b^c", a().power(b().power(c()))),
        ("(a^b)^c", a().power(b()).power(c())),
        ("-a^2", -a().power(i(2))),
        ("(-a)^2", (-a()).power(i(2))),
        ("a^-b", a().power(-b())),
        ("a^-b^c*c", a().power(-b().power(c())) * c()),
        ("-a*b", -a() * b()),
        ("a*-b", a() * -b()),
        ("a--b", a() - -b()),
        ("--a", -(-a())),
        ("a[b][0]^2", at(at(a(), b()), i(0)).power(i(2))),
        ("-a[0]", -at(a(), i(0))),
        ("[a, [b, c]][1]", at(Node::List(vec![a(), Node::List(vec![b(), c()])]), i(1))),
        ("pi()", Node::Call(Function::Pi, vec![])),
        ("binomial(a + b, c)", Node::Call(Function::Binomial, vec![a() + b(), c()])),
        ("exp(-a)", Node::Call(Function::Exp, vec![-a()])),
        ("let a = 2; let b = a; a*b", (a() * b()).given("b", a()).given("a", i(2))),
        ("1 + (let a = 2; a)", i(1) + a().given("a", i(2))),
        ("exp(let a = 2; a)", Node::Call(Function::Exp, vec![a().given("a", i(2))])),
        ("let a = let b = 1; b; a", a().given("a", b().given("b", i(1)))),
        ("lets", n("lets")),
        (
            "series(k, 0, a^k, a)",
            Node::Series { index: "k".into(), from: Box::new(i(0)), term: Box::new(a().power(n("k"))), ratio: Box::new(a()) },
        ),
    ];
    for (text, tree) in cases {
        assert_eq!(parse(text).as_ref(), Ok(&tree), "{text}");
    }
}

#[test]
fn unicode_operators_are_those_of_ascii() {
    assert_eq!(parse("−a × b · c ⋅ d ÷ e − 1e−2"), parse("-a * b * c * d / e - 1e-2"));
}

#[test]
fn line_breaks_and_tabs_are_spaces() {
    assert_eq!(parse("let c = kurtosis - 3;\n\tc\u{a0}* 2"), parse("let c=kurtosis-3;c*2"));
}

#[test]
fn malformed_texts_are_refused_with_a_reason() {
    let texts = [
        "",
        "  ",
        "1 +",
        "* 2",
        "+ 2",
        "2 */ 3",
        "(1 + 2",
        "1 + 2)",
        "[1, 2",
        "[1, 2)",
        "(1, 2)",
        "[]",
        "[1,]",
        "a[]",
        "a[1",
        "a[1, 2]",
        "2x",
        "2 x",
        "a b",
        "(a)(b)",
        "depth(3)",
        "2(3)",
        "2e",
        "1.2.3",
        "1.",
        ".5",
        "1e401",
        "1e99999999999",
        "a = b",
        "a == b",
        "a <= b",
        "a < b",
        "a ≥ b",
        "a ** b",
        "a^",
        "exp",
        "pi",
        "pi(1)",
        "exp()",
        "exp(1, 2)",
        "binomial(1)",
        "gama_median(3)",
        "log(2)",
        "Exp(1)",
        "let",
        "let a",
        "let a 1; a",
        "let a = 1",
        "let a = 1;",
        "let exp = 1; exp",
        "let series = 1; 2",
        "let 2 = 1; 2",
        "1 + let a = 1; a",
        "a; b",
        "a, b",
        "series",
        "series(k)",
        "series(k, 0, k)",
        "series(k, 0, k, 1, 2)",
        "series(2, 0, 1, 1)",
        "series(exp, 0, 1, 1)",
        "series(k + 1, 0, 1, 1)",
        "τ^2",
        "größe",
        "x²",
        "√2",
        "2π",
        "{a}",
        "a | b",
        "a & b",
        "\"a\"",
        "a\u{0}b",
        "50%",
        "a_1.b",
        "f(a = b)",
    ];
    let refusals = texts.map(|text| match parse(text) {
        Ok(tree) => panic!("{text:?} was accepted as {tree:?}"),
        Err(error) => format!("{:<26} {error}", format!("{text:?}")),
    });
    insta::assert_snapshot!(refusals.join("\n"));
}

#[test]
fn every_function_name_is_reserved() {
    for name in Function::ALL.map(Function::name).into_iter().chain(["let", "series"]) {
        for text in [format!("let {name} = 1; 2"), format!("series({name}, 0, 1, 1)"), format!("1 + {name}")] {
            let error = parse(&text).expect_err(&text);
            assert!(error.message.contains(&format!("`{name}`")), "{text}: {error}");
        }
    }
}

#[test]
fn positions_count_characters_and_not_bytes() {
    assert_eq!(parse("1 − 2 × × 3").unwrap_err().position, 9);
}

/// Runs on the stack of a spawned thread, the smallest that the program has.
fn on_a_small_stack<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    std::thread::Builder::new().stack_size(2 << 20).spawn(work).unwrap().join().unwrap()
}

#[test]
fn boundless_texts_are_refused_on_a_small_stack() {
    let wrapped = |open: &str, count: usize, close: &str| format!("{}1{}", open.repeat(count), close.repeat(count));
    let texts = [
        "(".repeat(3000),
        "[".repeat(3000),
        "-".repeat(3000),
        "exp(".repeat(3000),
        "1^".repeat(9000),
        "1^-".repeat(6000),
        "let a = ".repeat(2000),
        "let a = 1; ".repeat(1500),
        "series(k, ".repeat(1900),
        "a[".repeat(3000),
        format!("1{}", "+1".repeat(9000)),
        format!("1{}", "*1".repeat(9000)),
        format!("a{}", "[0]".repeat(6000)),
        format!("1{}", "+1".repeat(100_000)),
        format!("1{}", "^1".repeat(100_000)),
        wrapped("(", 3000, ")"),
        wrapped("(1+", 3000, ")"),
        wrapped("[", 3000, "]"),
        "9".repeat(1_000_000),
    ];
    let errors = on_a_small_stack(move || texts.map(|text| parse(&text).expect_err("a boundless text").to_string()));
    insta::assert_snapshot!(errors.join("\n"));
}

#[test]
fn the_tallest_accepted_trees_of_every_shape_print_parse_and_drop_on_a_small_stack() {
    let grow: [fn(Node) -> Node; 14] = [
        |a| -a,
        |a| a + i(1),
        |a| i(1) - a,
        |a| a * i(2),
        |a| i(2) / a,
        |a| a.power(i(2)),
        |a| i(2).power(a),
        |a| Node::Call(Function::Sqrt, vec![a]),
        |a| Node::List(vec![i(1), a]),
        |a| at(a, i(0)),
        |a| at(n("b"), a),
        |a| a.given("b", i(1)),
        |a| n("b").given("b", a),
        |a| Node::Series { index: "k".into(), from: Box::new(i(0)), term: Box::new(a), ratio: Box::new(i(0)) },
    ];
    on_a_small_stack(move || {
        for first in grow {
            for second in grow {
                let mut tree = i(1);
                while tree.height() < TALLEST {
                    tree = if tree.height() % 2 == 1 { first(tree) } else { second(tree) };
                }
                let text = tree.to_string();
                assert!(text.len() <= LONGEST);
                assert_eq!(parse(&text).as_ref(), Ok(&tree), "{text}");
                assert!(parse(&first(tree.clone()).to_string()).is_err(), "one level more is refused");
                assert!(!format!("{tree:?}").is_empty());
            }
        }
    });
}
