//! The house rules: which layer may use which, that files and catalogue agree, and that a theorem file stays one theorem.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use vanishing_curvature::theorems::{CATALOG, figures, lemmas};

/// What each layer of the engine may use of the crate, and of the libraries that have one home layer.
const LAYERS: &[(&str, &[&str])] = &[
    ("formula", &[]),
    ("claim", &["formula"]),
    ("exact", &["formula", "claim"]),
    ("certified", &["formula", "claim"]),
    ("sampled", &["formula", "claim"]),
    ("network", &["formula", "claim", "sampled"]),
    ("curvature", &["formula", "claim", "sampled", "network"]),
    ("dynamics", &["formula", "claim", "sampled", "network", "curvature"]),
    ("training", &["formula", "claim", "sampled", "network", "curvature"]),
    ("audit", &["formula", "claim", "sampled"]),
    ("report", &["formula", "claim"]),
    ("inspect", &["formula", "sampled", "network", "curvature", "report"]),
    ("cli", &["formula", "claim", "network", "curvature", "audit", "report", "inspect"]),
    ("prelude.rs", &["formula", "claim", "exact", "certified", "sampled", "network", "curvature", "dynamics", "training"]),
];

/// Libraries and the layers that may name them.
const HOMES: &[(&str, &[&str])] = &[
    ("candle_core", &["network", "curvature", "training"]),
    ("candle_nn", &["training"]),
    ("flate2", &["training"]),
    ("ode_solvers", &["dynamics"]),
    ("safetensors", &["inspect"]),
    ("pulldown_latex", &["report", "formula"]),
    ("pulp", &["network"]),
    ("clap", &["cli"]),
    ("indicatif", &["cli"]),
    ("ctrlc", &["cli"]),
    ("statrs", &["sampled", "formula", "network"]),
    ("rand_chacha", &["sampled", "formula", "network", "curvature"]),
];

fn sources(below: &Path) -> Vec<PathBuf> {
    if below.is_file() {
        return vec![below.to_path_buf()];
    }
    let mut files: Vec<PathBuf> = vec![];
    for entry in fs::read_dir(below).unwrap_or_else(|error| panic!("{}: {error}", below.display())) {
        let path = entry.unwrap().path();
        if path.is_dir() || path.extension().is_some_and(|ending| ending == "rs") {
            files.extend(sources(&path));
        }
    }
    files.sort();
    files
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The identifiers that follow `prefix` in a text, comments left out.
fn named_after(text: &str, prefix: &str) -> BTreeSet<String> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut names = BTreeSet::new();
    for (position, _) in code.match_indices(prefix) {
        let rest = &code[position + prefix.len()..];
        let group = rest.strip_prefix('{').map(|list| list.split('}').next().unwrap_or(""));
        match group {
            Some(list) => names.extend(list.split(',').map(|item| item.trim().split("::").next().unwrap_or("").to_owned())),
            None => {
                names.insert(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
            }
        }
    }
    names.remove("");
    names
}

#[test]
fn every_layer_uses_only_the_layers_below_it() {
    let layers: BTreeSet<&str> = LAYERS.iter().map(|(layer, _)| layer.trim_end_matches(".rs")).collect();
    let mut wrong = vec![];
    for (layer, allowed) in LAYERS {
        let path = root().join("src").join(layer);
        if !path.exists() {
            continue;
        }
        for file in sources(&path) {
            let text = fs::read_to_string(&file).unwrap();
            let used = named_after(&text, "crate::").union(&named_after(&text, "suite::")).cloned().collect::<BTreeSet<_>>();
            for name in used.iter().filter(|name| layers.contains(name.as_str()) || *name == "theorems") {
                if name != layer && !allowed.contains(&name.as_str()) {
                    wrong.push(format!("{} uses {name}", file.strip_prefix(root()).unwrap().display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_source_directory_is_a_declared_layer() {
    let declared: BTreeSet<&str> = LAYERS.iter().map(|(layer, _)| layer.trim_end_matches(".rs")).collect();
    for entry in fs::read_dir(root().join("src")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let layer = name.trim_end_matches(".rs");
        assert!(declared.contains(layer) || ["lib", "main"].contains(&layer), "src/{name} is no declared layer");
    }
}

#[test]
fn every_library_is_used_in_its_home_layer() {
    let mut wrong = vec![];
    for file in sources(&root().join("src")).into_iter().chain(sources(&root().join("theorems"))) {
        let relative = file.strip_prefix(root()).unwrap().display().to_string();
        let text = fs::read_to_string(&file).unwrap();
        for (library, homes) in HOMES {
            let named = text.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(&format!("{library}::")));
            if named && !homes.iter().any(|home| relative.starts_with(&format!("src/{home}/"))) {
                wrong.push(format!("{relative} names {library}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn theorem_files_and_catalogue_agree() {
    let files: BTreeSet<String> = sources(&root().join("theorems"))
        .iter()
        .filter(|path| path.parent() == Some(&root().join("theorems")))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().replace('_', "-"))
        .filter(|stem| stem != "mod" && stem != "lemmas")
        .collect();
    let slugs: Vec<String> = CATALOG.iter().map(|theorem| theorem.slug.to_owned()).collect();
    let unique: BTreeSet<String> = slugs.iter().cloned().collect();
    assert_eq!(unique.len(), slugs.len(), "a slug stands twice");
    assert_eq!(files, unique);
}

#[test]
fn the_error_budget_has_a_share_for_every_theorem() {
    let shares = vanishing_curvature::sampled::plan::SHARES as usize;
    assert!(CATALOG.len() <= shares, "{} theorems, and the budget of an audit is cut into {shares} shares", CATALOG.len());
}

#[test]
fn figure_files_and_catalogue_agree() {
    let files: BTreeSet<String> = sources(&root().join("theorems/figures"))
        .iter()
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .filter(|stem| stem.starts_with("figure_"))
        .collect();
    let listed: BTreeSet<String> = figures::FIGURES.iter().map(|figure| format!("figure_{}", figure.id.replace('-', "_"))).collect();
    assert_eq!(files, listed);
    for theorem in CATALOG {
        for id in theorem.figures {
            assert!(figures::FIGURES.iter().any(|figure| figure.id == *id), "{} names figure {id}, which nobody draws", theorem.slug);
        }
    }
}

#[test]
fn a_theorem_file_is_one_short_theorem_behind_the_prelude() {
    for path in sources(&root().join("theorems")) {
        let text = fs::read_to_string(&path).unwrap();
        let name = path.strip_prefix(root()).unwrap().display().to_string();
        if name.ends_with("mod.rs") || name.ends_with("lemmas.rs") {
            continue;
        }
        let lines = text.lines().filter(|line| !line.trim().is_empty()).count();
        assert!(lines <= 150, "{name} has {lines} lines: the engine is missing something");
        // Beside the prelude a `use` may only shorten a path into an engine room that the prelude opened.
        for line in text.lines().map(str::trim).filter(|line| line.starts_with("use ")) {
            let rooms = ["suite::prelude", "certified", "curvature", "dynamics", "exact", "network", "sampled"];
            assert!(rooms.iter().any(|room| line.starts_with(&format!("use {room}::"))), "{name}: {line}");
        }
        for forbidden in ["println!", "print!", "assert!", "assert_eq!", "seed:", "super::", "crate::"] {
            assert!(!text.contains(forbidden), "{name} contains {forbidden}");
        }
    }
}

#[test]
fn every_card_names_what_exists() {
    let slugs: BTreeSet<&str> = CATALOG.iter().map(|theorem| theorem.slug).collect();
    for theorem in CATALOG {
        for other in theorem.follows_from {
            assert!(slugs.contains(other), "{} follows from {other}, which is not there", theorem.slug);
        }
        let parts: BTreeSet<&str> = theorem.claims.iter().map(|claim| claim.part).collect();
        assert_eq!(parts.len(), theorem.claims.len(), "{}: a part stands twice", theorem.slug);
        for claim in theorem.claims {
            let methods: BTreeSet<&str> = claim.evidence.iter().map(|evidence| evidence.method).collect();
            assert_eq!(methods.len(), claim.evidence.len(), "{}.{}: a method stands twice", theorem.slug, claim.part);
            assert!(theorem.quantities.iter().any(|quantity| quantity.id == claim.quantity), "{}.{}", theorem.slug, claim.part);
        }
    }
}

#[test]
fn every_argument_appeals_to_lemmas_of_the_trusted_base_and_a_proof_only_to_elementary_ones() {
    use vanishing_curvature::claim::{LemmaKind, Rung, Step};
    use vanishing_curvature::report::foundation::FOUNDATION;
    for theorem in CATALOG {
        for evidence in theorem.claims.iter().flat_map(|claim| claim.evidence) {
            for step in evidence.argument {
                let Step::Lemma { name, .. } = step else { continue };
                let lemma = lemmas::LEMMAS.iter().chain(FOUNDATION).find(|lemma| lemma.name == *name);
                let lemma = lemma.unwrap_or_else(|| panic!("{}: the lemma \"{name}\" is not in the trusted base", theorem.slug));
                let elementary = lemma.kind != LemmaKind::Analytic;
                assert!(elementary || evidence.rung != Rung::Proved, "{}: a proof appeals to the analytic lemma \"{name}\"", theorem.slug);
            }
        }
    }
}
