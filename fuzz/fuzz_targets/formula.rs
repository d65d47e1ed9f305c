//! Any text: refused with a reason, or a tree that survives printing, typesetting, mutation and evaluation.
#![no_main]

use std::collections::BTreeMap;

use libfuzzer_sys::{Corpus, fuzz_target};

use formula::{Environment, Node, Value, enclose, exact, latex, mutants, parse};

#[allow(dead_code, unused_imports)]
#[path = "../../src/formula/mod.rs"]
mod formula;

/// Longer texts are the parser's own business: it refuses what is boundless.
const LONGEST_EVALUATED: usize = 120;

fuzz_target!(|text: &str| -> Corpus {
    let tree = match parse(text) {
        Ok(tree) => tree,
        Err(error) => {
            let sentence = error.to_string();
            assert!(!sentence.is_empty() && !sentence.chars().any(char::is_control), "{sentence:?}");
            return Corpus::Keep;
        }
    };
    let printed = tree.to_string();
    assert_eq!(parse(&printed).as_ref(), Ok(&tree), "`{printed}` is another formula");
    let _ = latex(&tree);
    if text.len() > LONGEST_EVALUATED {
        return Corpus::Keep;
    }
    for mutant in mutants(&tree) {
        assert!(mutant.formula != tree, "{} changes nothing", mutant.change);
    }
    let names: Vec<String> = tree.free_names().into_iter().collect();
    let numbers = || names.iter().zip(2i64..);
    let rational = numbers().map(|(name, n)| (name.clone(), Value::Scalar(n.into()))).collect::<Environment<_>>();
    let closed: BTreeMap<String, Node> = numbers().map(|(name, n)| (name.clone(), Node::integer(n))).collect();
    if let (Ok(value), Ok(ball)) = (exact(&tree, &rational), enclose(&tree, &closed, 64)) {
        assert!(ball.lower() <= value && value <= ball.upper(), "`{printed}` is {value}, outside {}", ball.decimal());
    }
    Corpus::Keep
});
