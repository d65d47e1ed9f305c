//! The command line from outside: error texts, exit codes, and what is left on disk.

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;

/// Runs the program in an empty directory.
fn run(arguments: &[&str]) -> Output {
    run_in(tempfile::tempdir().unwrap().path(), arguments)
}

fn run_in(directory: &Path, arguments: &[&str]) -> Output {
    Command::cargo_bin("vanishing-curvature").unwrap().current_dir(directory).args(arguments).output().unwrap()
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("the program ends by itself")
}

/// The one sentence of a refusal; nothing may be on standard output.
fn refusal(arguments: &[&str]) -> String {
    let output = run(arguments);
    let sentence = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(code(&output), 2, "{arguments:?}: {sentence}");
    assert!(output.stdout.is_empty(), "{arguments:?} printed a result");
    assert_eq!(sentence.trim_end().lines().count(), 1, "{arguments:?}: {sentence}");
    sentence.trim_end().to_owned()
}

fn document(arguments: &[&str]) -> (i32, Value) {
    let output = run(arguments);
    let document = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{arguments:?}: {error}: {}", String::from_utf8_lossy(&output.stderr)));
    (code(&output), document)
}

#[test]
fn an_unknown_claim_names_the_nearest() {
    for arguments in [["show", "prop-33"], ["why", "prop-33"], ["audit", "prop-33"], ["mutants", "prop-33"]] {
        let sentence = refusal(&arguments);
        assert!(sentence.starts_with("error: there is no claim `prop-33` (nearest: prop-3"), "{sentence}");
    }
}

#[test]
fn bad_settings_are_refused_in_one_sentence_that_says_what_is_accepted() {
    let show = |set: &[&str]| {
        let mut arguments = vec!["show", "prop-3"];
        set.iter().for_each(|setting| arguments.extend(["--set", setting]));
        refusal(&arguments)
    };
    insta::assert_snapshot!(show(&["tau=0"]), @r#"error: tau = "0" is not accepted: tau is a real number above 0"#);
    insta::assert_snapshot!(show(&["tau=-1"]), @r#"error: tau = "-1" is not accepted: tau is a real number above 0"#);
    insta::assert_snapshot!(show(&["tau=NaN"]), @r#"error: tau = "NaN" is not accepted: tau is a real number above 0"#);
    insta::assert_snapshot!(show(&["tau=inf"]), @r#"error: tau = "inf" is not accepted: tau is a real number above 0"#);
    insta::assert_snapshot!(show(&["depth=0"]), @r#"error: depth = "0" is not accepted: depth is an integer from 1 to 1000000"#);
    insta::assert_snapshot!(show(&["depth=10^9"]), @r#"error: depth = "10^9" is not accepted: depth is an integer from 1 to 1000000"#);
    insta::assert_snapshot!(show(&["order=-1"]), @r#"error: order = "-1" is not accepted: order is a real number above -1"#);
    insta::assert_snapshot!(show(&["order=-2"]), @r#"error: order = "-2" is not accepted: order is a real number above -1"#);
    insta::assert_snapshot!(show(&["tau"]), @r#"error: --set "tau" is malformed: write name=value, as in --set tau=sqrt(3)"#);
    insta::assert_snapshot!(show(&["=2"]), @r#"error: --set "=2" is malformed: write name=value, as in --set tau=sqrt(3)"#);
    insta::assert_snapshot!(show(&["tau="]), @r#"error: --set "tau=" is malformed: write name=value, as in --set tau=sqrt(3)"#);
    insta::assert_snapshot!(show(&["tau=2", "tau=2"]), @"error: --set tau is given twice: set each parameter once");
    insta::assert_snapshot!(show(&["width=3"]), @"error: prop-3 has no parameter `width`: it takes depth, order, tau");
    insta::assert_snapshot!(show(&["tau=depth"]), @r#"error: tau = "depth" uses the name `depth`: a value is a formula without names, and tau is a real number above 0"#);
    insta::assert_snapshot!(show(&["tau=1/0"]), @r#"error: tau = "1/0" has no value: division by zero (tau is a real number above 0)"#);
}

#[test]
fn a_value_that_is_no_formula_is_refused_with_its_position() {
    let sentence = refusal(&["show", "prop-3", "--set", "tau=2*(3"]);
    assert!(sentence.contains("tau = \"2*(3\" is not a formula: at character "), "{sentence}");
    let deep = format!("tau={}", "(".repeat(3000));
    assert!(refusal(&["show", "prop-3", "--set", &deep]).contains("at character "));
}

#[test]
fn usage_errors_exit_2() {
    for arguments in [
        &["frobnicate"][..],
        &["audit", "--effort", "heroic"],
        &["audit", "--seed", "-1"],
        &["audit", "--seed", "x"],
        &["audit", "--device", "tpu"],
        &["show"],
        &["check", "prop-3.moment"],
        &["figure"],
        &["list", "extra"],
        &["--seed", "1", "list"],
    ] {
        let output = run(arguments);
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
    }
}

#[test]
fn help_and_version_are_results() {
    for arguments in [&["--help"][..], &["--version"], &["audit", "--help"]] {
        let output = run(arguments);
        assert_eq!((code(&output), output.stderr.len()), (0, 0), "{arguments:?}");
        assert!(!output.stdout.is_empty());
    }
}

#[test]
fn an_unwritable_out_is_refused_before_the_work_and_nothing_is_written() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("taken"), "mine").unwrap();
    for arguments in [&["--out", "taken"][..], &["audit", "prop-3", "--out", "taken/below"], &["figure", "all", "--out", "taken"]] {
        let output = run_in(home.path(), arguments);
        let sentence = String::from_utf8(output.stderr.clone()).unwrap();
        assert_eq!(code(&output), 2, "{sentence}");
        assert!(sentence.starts_with("error: cannot write to --out taken"), "{sentence}");
        assert_eq!(fs::read_to_string(home.path().join("taken")).unwrap(), "mine");
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
    }
}

#[test]
fn an_audit_of_some_claims_never_replaces_a_wider_report() {
    let home = tempfile::tempdir().unwrap();
    let report = r#"{"outcomes": [{"claim": "thm-5"}, {"claim": "prop-3"}]}"#;
    fs::write(home.path().join("claims.json"), report).unwrap();
    let output = run_in(home.path(), &["audit", "prop-3", "--effort", "quick", "--out", "."]);
    let sentence = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(code(&output), 2, "{sentence}");
    assert!(sentence.contains("also covers thm-5"), "{sentence}");
    assert_eq!(fs::read_to_string(home.path().join("claims.json")).unwrap(), report);
}

#[test]
fn an_audit_of_some_claims_prints_and_writes_nothing() {
    let home = tempfile::tempdir().unwrap();
    let output = run_in(home.path(), &["audit", "thm-4", "--effort", "quick"]);
    assert_eq!(code(&output), 0, "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8_lossy(&output.stdout).contains("thm-4."));
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
}

#[test]
fn a_check_without_a_report_is_bad_input() {
    let sentence = refusal(&["audit", "--check"]);
    assert!(sentence.starts_with("error: --check needs the report reports"), "{sentence}");
}

#[test]
fn a_report_written_and_checked_shows_no_drift_and_a_changed_one_does() {
    let home = tempfile::tempdir().unwrap();
    let audit = ["audit", "thm-4", "--effort", "quick", "--out", "out"];
    assert_eq!(code(&run_in(home.path(), &audit)), 0);
    let check = ["audit", "thm-4", "--check", "--out", "out"];
    let output = run_in(home.path(), &check);
    assert_eq!(code(&output), 0, "{}", String::from_utf8_lossy(&output.stdout));
    let path = home.path().join("out/claims.json");
    let report = fs::read_to_string(&path).unwrap();
    fs::write(&path, report.replacen(r#""verdict": "agrees""#, r#""verdict": "inconclusive""#, 1)).unwrap();
    let output = run_in(home.path(), &check);
    assert_eq!(code(&output), 1);
    assert!(String::from_utf8_lossy(&output.stdout).contains("the verdict was inconclusive, is agrees"));
}

#[test]
fn show_gives_exact_values_of_the_moments() {
    let (exit, shown) = document(&["show", "prop-3", "--set", "tau=1.37", "--set", "depth=23", "--set", "order=3", "--json"]);
    assert_eq!(exit, 0);
    assert_eq!(shown["parameters"]["tau"], "1.37");
    let moment = shown["quantities"].as_array().unwrap().iter().find(|quantity| quantity["id"] == "moment").unwrap();
    let (value, log) = (moment["value"].as_f64().unwrap(), moment["log"].as_f64().unwrap());
    // 23 ln(1.37³/4) = 69 ln 1.37 − 23 ln 4, evaluated apart.
    let expected = 69.0 * 1.37_f64.ln() - 23.0 * 4.0_f64.ln();
    assert!((log - expected).abs() < 1e-13 * expected.abs() + 1e-14, "{log} against {expected}");
    assert!((value.ln() - expected).abs() < 1e-13);
    assert!(moment["exact"].as_str().unwrap().contains('/'));
    assert_eq!(moment["state"], "finite");
}

#[test]
fn show_reaches_depth_5000_beyond_the_range_of_doubles() {
    let (exit, shown) = document(&["show", "prop-3", "--set", "tau=1/2", "--set", "depth=5000", "--json"]);
    assert_eq!(exit, 0);
    let moment = &shown["quantities"][0];
    assert_eq!((&moment["state"], &moment["value"]), (&Value::from("finite"), &Value::Null));
    let expected = -5000.0 * 12.0_f64.ln();
    let log = moment["log"].as_f64().unwrap();
    assert!((log - expected).abs() < 1e-14 * expected.abs(), "{log} against {expected}");
}

#[test]
fn an_irrational_argument_has_no_exact_value() {
    let (_, shown) = document(&["show", "thm-5", "--set", "tau=2.2", "--set", "depth=37", "--json"]);
    let median = shown["quantities"].as_array().unwrap().iter().find(|quantity| quantity["id"] == "median").unwrap();
    assert_eq!(median["exact"], Value::Null);
    // m_L lies between L − 1/3 and L − 1/3 + 1/(2L).
    let log = median["log"].as_f64().unwrap();
    let top = 37.0 * 2.2_f64.ln() - (37.0 - 1.0 / 3.0);
    assert!(log < top && log > top - 1.0 / 74.0, "{log} against {top}");
}

#[test]
fn documents_fit_their_schemas() {
    use vanishing_curvature::report::json::schema;
    for (arguments, schema) in [
        (&["show", "thm-4", "--set", "tau=1.8", "--set", "depth=9", "--set", "at=0.01", "--json"][..], schema::SHOW),
        (&["check", "prop-3.moment", "--formula", "(tau^order/(order+2))^depth", "--json"], schema::CHECK),
        (&["check", "prop-3.moment", "--formula", "tau^(order*depth)/(order+1)^depth", "--json"], schema::CHECK),
    ] {
        let validator = jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap();
        let (_, document) = document(arguments);
        let errors: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{arguments:?}: {errors:?}");
    }
}

#[test]
fn a_wrong_formula_is_refuted_by_an_exact_witness() {
    let (exit, checked) = document(&["check", "prop-3.moment", "--formula", "(tau^order/(order+2))^depth", "--json"]);
    assert_eq!((exit, &checked["verdict"]), (1, &Value::from("refuted")));
    insta::assert_json_snapshot!(checked["witness"], @r#"
    {
      "parameters": {
        "depth": "1",
        "order": "1",
        "tau": "1"
      },
      "claimed": "1/3",
      "found": "1/2"
    }
    "#);
}

#[test]
fn a_difference_far_below_a_double_is_refuted_by_enclosures() {
    let formula = "exp(ln(order+1)/order)+1/10^40";
    let (exit, checked) = document(&["check", "prop-3.stable-tau", "--formula", formula, "--json"]);
    assert_eq!((exit, &checked["rung"]), (1, &Value::from("certified")), "{checked}");
}

#[test]
fn a_list_is_no_value() {
    assert!(refusal(&["check", "prop-3.moment", "--formula", "[tau, depth]"]).starts_with("error: --formula has no value: "));
}

#[test]
fn a_requirement_is_bad_input_to_check_and_unset_in_show() {
    let sentence = refusal(&["check", "prop-3.stable-tau", "--formula", "order", "--set", "order=0"]);
    assert!(sentence.starts_with("error: prop-3.stable-tau is not defined here: "), "{sentence}");
    let (exit, shown) = document(&["show", "prop-3", "--set", "order=0", "--json"]);
    let stable = shown["quantities"].as_array().unwrap().iter().find(|quantity| quantity["id"] == "stable-tau").unwrap();
    assert_eq!((exit, &stable["state"], &stable["value"]), (0, &Value::from("unset"), &Value::Null));
    assert!(stable["reason"].as_str().unwrap().contains("order must not be 0"));
}

#[test]
fn a_rearranged_true_formula_is_never_refuted() {
    for (quantity, formula) in [
        ("prop-3.moment", "1/((order+1)/tau^order)^depth"),
        ("prop-3.moment", "tau^(order*depth)*(1+order)^(-depth)"),
        ("prop-3.variance", "tau^(2*depth)*(1/3^depth - 1/4^depth)"),
        ("thm-5.median", "exp(-gamma_median(depth))*tau^depth"),
        ("thm-5.median", "exp(depth*ln(tau)-gamma_median(depth))"),
        ("thm-5.stable-tau", "exp(gamma_median(depth))^(1/depth)"),
    ] {
        let (exit, checked) = document(&["check", quantity, "--formula", formula, "--json"]);
        assert!([0, 3].contains(&exit), "{quantity}, {formula}: {checked}");
        assert_eq!(checked["verdict"], if exit == 0 { "equal" } else { "not refuted" });
    }
}

#[test]
fn a_formula_in_foreign_names_or_for_an_unknown_quantity_is_refused() {
    let check = |quantity, formula| refusal(&["check", quantity, "--formula", formula]);
    insta::assert_snapshot!(check("prop-3.moment", "tau^width"), @"error: --formula uses the name `width`, but prop-3.moment is a formula in depth, order, tau");
    assert!(check("prop-3.momnet", "tau").starts_with("error: there is no quantity `prop-3.momnet` (nearest: prop-3.moment"));
    assert!(check("prop-3.moment", "tau^").starts_with("error: --formula is not a formula: at character "));
    assert!(check("prop-3.moment", "").starts_with("error: --formula is not a formula: at character "));
    assert!(check("prop-3.moment", "tau^order; rm -rf").starts_with("error: --formula is not a formula: at character "));
}

#[test]
fn check_at_fixed_values_judges_there_only() {
    let formula = "(tau^order/(order+1))*(tau^order/(order+1))";
    assert_eq!(code(&run(&["check", "prop-3.moment", "--formula", formula])), 1);
    assert_eq!(code(&run(&["check", "prop-3.moment", "--formula", formula, "--set", "depth=2"])), 0);
    assert_eq!(code(&run(&["check", "prop-3.moment", "--formula", formula, "--set", "depth=0"])), 2);
}

#[test]
fn list_why_and_mutants_speak_json() {
    let (exit, listed) = document(&["list", "--json"]);
    assert_eq!(exit, 0);
    assert!(listed["claims"].as_array().unwrap().iter().any(|claim| claim["claim"] == "prop-3"));
    let (exit, chain) = document(&["why", "thm-5", "--json"]);
    assert_eq!(exit, 0);
    assert!(!chain["parts"].as_array().unwrap().is_empty());
}

#[test]
fn upper_solutions_of_one_and_two_weights_never_blow_up() {
    let quantity = |depth: u32, id: &str| {
        let (code, document) = document(&["show", "prop-7", "--set", &format!("depth={depth}"), "--set", "t=1000000", "--json"]);
        assert_eq!(code, 0);
        let quantities = document["quantities"].as_array().unwrap();
        quantities.iter().find(|quantity| quantity["id"] == id).unwrap().clone()
    };
    for depth in [1, 2] {
        assert_eq!((&quantity(depth, "blow-up")["state"], &quantity(depth, "blow-up")["sign"]), (&"infinite".into(), &1.into()));
        assert_eq!(quantity(depth, "upper-solution")["state"], "finite");
    }
    assert_eq!(quantity(1, "upper-solution")["exact"], "2000001/2");
    assert_eq!(quantity(3, "blow-up")["exact"], "2");
}

#[test]
fn an_unknown_figure_lists_those_there_are() {
    let sentence = refusal(&["figure", "1000"]);
    assert!(sentence.starts_with("error: there is no figure `1000`: there are "), "{sentence}");
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_ends_quietly() {
    use std::process::{Command, Stdio};
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("vanishing-curvature"))
        .args(["list", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((code(&output), String::from_utf8(output.stderr).unwrap().as_str()), (0, ""));
}

#[cfg(unix)]
#[test]
fn an_interrupted_audit_leaves_nothing_half_written() {
    use std::process::{Command, Stdio};
    use std::time::Duration;
    let home = tempfile::tempdir().unwrap();
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("vanishing-curvature"))
        .args(["audit", "--effort", "thorough", "--out", "out"])
        .current_dir(home.path())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(400));
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(!home.path().join("out").exists());
}

#[test]
fn colours_stay_out_of_pipes() {
    let output = run(&["check", "prop-3.moment", "--formula", "tau"]);
    assert!(!output.stdout.contains(&0x1b));
}

/// Every file of a report but the timings.
fn report_files(directory: &Path) -> Vec<(String, String)> {
    ["claims.json", "AUDIT.md", "TRUSTED.md", "numbers.tex", "report.html"]
        .map(|name| (name.to_owned(), fs::read_to_string(directory.join(name)).unwrap()))
        .to_vec()
}

#[test]
fn merged_shards_are_the_bytes_of_an_undivided_audit() {
    let home = tempfile::tempdir().unwrap();
    let audit = |more: &[&str]| {
        let arguments = [&["audit", "prop-3", "thm-4", "saddle", "--effort", "quick", "--seed", "5"], more].concat();
        assert_eq!(code(&run_in(home.path(), &arguments)), 0, "{arguments:?}");
    };
    audit(&["--shard", "1/2", "--out", "one"]);
    audit(&["--shard", "2/2", "--out", "two"]);
    audit(&["--out", "whole"]);
    let merged = run_in(home.path(), &["merge", "two", "one", "--out", "merged"]);
    assert_eq!(code(&merged), 0, "{}", String::from_utf8_lossy(&merged.stderr));
    assert_eq!(report_files(&home.path().join("merged")), report_files(&home.path().join("whole")));
    for name in ["one", "two", "merged"] {
        let claims = fs::read_to_string(home.path().join(name).join("claims.json")).unwrap();
        assert_eq!(claims.contains("\"shard\""), name != "merged");
    }
    // A shard alone is no whole, and nothing is written.
    let missing = run_in(home.path(), &["merge", "one", "--out", "nothing"]);
    assert_eq!((code(&missing), home.path().join("nothing").exists()), (2, false));
    assert_eq!(String::from_utf8_lossy(&missing.stderr), "error: shard 2/2 is missing\n");
}

#[test]
fn shards_that_make_no_sense_are_refused() {
    let shard = |text: &str| String::from_utf8(run(&["audit", "--shard", text, "--out", "x"]).stderr).unwrap();
    for text in ["0/2", "3/2", "half"] {
        assert!(shard(text).contains("a shard is i/n: part i, from 1 to n, of n"), "{}", shard(text));
    }
    assert!(String::from_utf8(run(&["audit", "--shard", "1/2"]).stderr).unwrap().contains("--out"));
    let empty = refusal(&["audit", "prop-3", "--shard", "2/2", "--out", "x"]);
    assert_eq!(empty, "error: --shard 2/2 is empty: there are fewer claims than shards");
    assert!(refusal(&["merge", "nowhere", "--out", "x"]).starts_with("error: nowhere holds no shard: cannot read nowhere/claims.json"));
}

#[test]
fn a_net_that_cannot_be_is_refused_in_one_sentence() {
    let show = |claim: &str, set: &[&str]| {
        let mut arguments = vec!["show", claim];
        set.iter().for_each(|setting| arguments.extend(["--set", setting]));
        refusal(&arguments)
    };
    insta::assert_snapshot!(show("prop-2", &["width=3", "input=1,2"]), @r#"error: input = "1,2" does not have as many entries as width = 3: give one of the two, or make them equal"#);
    insta::assert_snapshot!(show("prop-2", &["width=3", "direction=1,2"]), @r#"error: direction = "1,2" does not have as many entries as the width, 3: direction is a list of as many real numbers as the width (`3,4` or `(1,...,1)`)"#);
    insta::assert_snapshot!(show("prop-2", &["law=uniform"]), @r#"error: law = "uniform" is not accepted: law is one of uniform:TAU, gaussian:SIGMA, rademacher:S, three-point:S,Q (0 < Q <= 1), moments:VARIANCE,KURTOSIS (kurtosis at least 1), lecun-uniform, xavier-uniform, xavier-gaussian, he-uniform, he-gaussian, with scales above 0"#);
    insta::assert_snapshot!(show("prop-8", &["law=moments:1,1/2"]), @r#"error: law = "moments:1,1/2" is not accepted: law is one of uniform:TAU, gaussian:SIGMA, rademacher:S, three-point:S,Q (0 < Q <= 1), moments:VARIANCE,KURTOSIS (kurtosis at least 1), lecun-uniform, xavier-uniform, xavier-gaussian, he-uniform, he-gaussian, with scales above 0"#);
    insta::assert_snapshot!(show("lemma-12", &["gate=tanh"]), @r#"error: gate = "tanh" is not accepted: gate is `linear` or `relu`"#);
    insta::assert_snapshot!(show("prop-19", &["law=cauchy:1"]), @r#"error: law = "cauchy:1" is not accepted: law is one of uniform:TAU, gaussian:SIGMA, rademacher:S, three-point:S,Q (0 < Q <= 1), moments:VARIANCE,KURTOSIS (kurtosis at least 1), lecun-uniform, xavier-uniform, xavier-gaussian, he-uniform, he-gaussian, with scales above 0"#);
    insta::assert_snapshot!(show("ext-survival", &["width=0"]), @r#"error: width = "0" is not accepted: width is an integer from 1 to 1000000"#);
}

#[test]
fn show_gives_the_fourth_moment_of_a_net_as_a_rational() {
    let set = ["width=5", "depth=7", "law=uniform:0.9", "gate=relu", "input=1,2,0,-1,3"];
    let mut arguments = vec!["show", "thm-17", "--json"];
    set.iter().for_each(|setting| arguments.extend(["--set", setting]));
    let (exit, shown) = document(&arguments);
    assert_eq!(exit, 0);
    let quantity = |id: &str| shown["quantities"].as_array().unwrap().iter().find(|quantity| quantity["id"] == id).unwrap().clone();
    // The recursion of Theorem 17 in rational arithmetic, evaluated apart.
    let expected = |numerator: &str| format!("{numerator}/640000000000000000000000000000");
    assert_eq!(quantity("norm2-pow4")["exact"], expected("84984035927955225627540130711209"));
    assert_eq!(quantity("norm4-pow4")["exact"], expected("31463685645333417133248687823989"));
}

#[test]
#[cfg(unix)]
fn without_a_number_of_threads_in_the_environment_the_answers_are_the_same() {
    let list = |command: &mut Command| command.args(["show", "thm-5", "--json"]).output().unwrap();
    let named = list(Command::cargo_bin("vanishing-curvature").unwrap().env("RAYON_NUM_THREADS", "2"));
    let bare = list(Command::cargo_bin("vanishing-curvature").unwrap().env_remove("RAYON_NUM_THREADS"));
    assert_eq!((code(&bare), &bare.stdout), (0, &named.stdout));
    let refused = Command::cargo_bin("vanishing-curvature").unwrap().env_remove("RAYON_NUM_THREADS").arg("lsit").output().unwrap();
    assert_eq!(code(&refused), 2, "the exit code is that of the program started again");
}
