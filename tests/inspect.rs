//! `inspect` from the outside: a practitioner's files, right and wrong.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use safetensors::tensor::{Dtype, TensorView, serialize};
use serde_json::Value;
use vanishing_curvature::formula::{certify, parse};
use vanishing_curvature::report::json::schema;

const FIXTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/checkpoint");

/// A tensor to write: name, type, shape, numbers.
type Written<'a> = (&'a str, Dtype, &'a [usize], Vec<f64>);

fn bytes(dtype: Dtype, numbers: &[f64]) -> Vec<u8> {
    let number = |&x: &f64| match dtype {
        Dtype::F64 => x.to_le_bytes().to_vec(),
        Dtype::F32 => (x as f32).to_le_bytes().to_vec(),
        Dtype::BF16 => (x as f32).to_le_bytes()[2..].to_vec(),
        // Numbers of at most 10 bits in the normal range of half precision.
        Dtype::F16 => {
            let exponent = if x == 0.0 { -15 } else { x.abs().log2().floor() as i32 };
            let fraction = if x == 0.0 { 0.0 } else { (x.abs() / 2f64.powi(exponent) - 1.0) * 1024.0 };
            let sign = u16::from(x < 0.0) << 15;
            (sign | ((exponent + 15) as u16) << 10 | fraction as u16).to_le_bytes().to_vec()
        }
        Dtype::I64 => (x as i64).to_le_bytes().to_vec(),
        other => panic!("{other}"),
    };
    numbers.iter().flat_map(number).collect()
}

fn save(path: &Path, tensors: &[Written<'_>]) {
    let held: Vec<Vec<u8>> = tensors.iter().map(|(_, dtype, _, numbers)| bytes(*dtype, numbers)).collect();
    let views =
        tensors.iter().zip(&held).map(|((name, dtype, shape, _), held)| (*name, TensorView::new(*dtype, shape.to_vec(), held).unwrap()));
    fs::write(path, serialize(views, None).unwrap()).unwrap();
}

fn single<'a>(name: &'a str, shape: &'a [usize], numbers: &[f64]) -> Written<'a> {
    (name, Dtype::F32, shape, numbers.to_vec())
}

fn run(home: &Path, arguments: &[&str]) -> Output {
    let mut command = assert_cmd::Command::new(assert_cmd::cargo::cargo_bin("vanishing-curvature"));
    command.arg("inspect").args(arguments).current_dir(home).output().unwrap()
}

fn document(home: &Path, arguments: &[&str]) -> Value {
    let output = run(home, &[arguments, &["--json"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let document = serde_json::from_slice(&output.stdout).unwrap();
    let validator = jsonschema::validator_for(&serde_json::from_str(schema::INSPECT).unwrap()).unwrap();
    let errors: Vec<String> = validator.iter_errors(&document).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:?}");
    document
}

/// The one sentence of a refusal.
fn refusal(home: &Path, arguments: &[&str]) -> String {
    let output = run(home, arguments);
    let sentence = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{sentence}");
    assert_eq!(sentence.lines().count(), 1, "{sentence}");
    sentence.trim_end().to_owned()
}

fn home() -> (tempfile::TempDir, PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().to_path_buf();
    (home, path)
}

fn fixture(arguments: &[&str]) -> Value {
    document(Path::new(FIXTURE), &[&["net.safetensors"], arguments].concat())
}

/// Compares every number of `expected` with the `num` of the same place.
fn assert_close(found: &Value, expected: &Value, relative: f64, place: &str) {
    match expected {
        Value::Number(number) => {
            let (found, expected) = (found["value"].as_f64().unwrap(), number.as_f64().unwrap());
            assert!((found - expected).abs() <= relative * expected.abs(), "{place}: {found} against {expected}");
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(i, item)| assert_close(&found[i], item, relative, &format!("{place}[{i}]")))
        }
        Value::Object(items) => {
            items.iter().for_each(|(name, item)| assert_close(&found[name], item, relative, &format!("{place}.{name}")))
        }
        _ => panic!("{place}"),
    }
}

#[test]
fn the_fixture_measures_as_by_another_route() {
    let expected: Value = serde_json::from_str(&fs::read_to_string(format!("{FIXTURE}/expected.json")).unwrap()).unwrap();
    let found = fixture(&["data.safetensors"]);
    assert_close(&found, &expected, 1e-9, "");
    assert_eq!((found["n"].as_u64(), found["plateau"].as_bool()), (Some(16), Some(false)));
    let spectrum: Vec<[f64; 2]> = serde_json::from_value(found["spectrum"].clone()).unwrap();
    let total: f64 = spectrum.iter().map(|[_, share]| share).sum();
    assert!((total - 1.0).abs() < 1e-9 && spectrum.is_sorted_by(|a, b| a[0] <= b[0]));
    let mean: f64 = spectrum.iter().map(|[value, share]| value * share).sum();
    let exact = expected["trace"].as_f64().unwrap() / 211.0;
    // One Gaussian direction estimates the mean eigenvalue with a spread of √(2 Σλ²)/211 ≈ 0.18; there are 8.
    assert!((mean - exact).abs() < 0.4, "{mean} against {exact}");
}

#[test]
fn what_pytorch_exports_by_the_readme_measures_as_pytorch_says() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/pytorch");
    let expected: Value = serde_json::from_str(&fs::read_to_string(home.join("expected.json")).unwrap()).unwrap();
    let found = document(&home, &["net.safetensors", "data.safetensors"]);
    assert_close(&found, &expected, 1e-9, "");
    assert_eq!(found["weight_names"], serde_json::json!(["0.weight", "2.weight"]));
}

#[test]
fn without_data_what_takes_data_is_null() {
    let found = fixture(&[]);
    for name in ["loss", "n", "gradient_norms", "weight_block_norms", "trace", "lambda_min", "lambda_max", "spectrum", "weights_only"] {
        assert_eq!(found[name], Value::Null, "{name}");
    }
    assert_eq!(found["weight_names"], serde_json::json!(["net.0.weight", "net.2.weight", "net.4.weight", "net.6.weight"]));
}

#[test]
fn the_stable_variance_is_that_of_the_theory() {
    // ½ exp(−Σ C(8, K) ψ(K/2) / 255), evaluated from its text.
    let terms: Vec<String> = (1..=8).map(|k| format!("binomial(8, {k})*digamma({k}/2)")).collect();
    let text = format!("exp(-({})/255)/2", terms.join(" + "));
    let expected = certify(&parse(&text).unwrap(), &Default::default(), 60).unwrap().to_scaled().to_f64();
    let found = fixture(&[]);
    let variance = found["stable_variance"].as_f64().unwrap();
    assert!((variance - expected).abs() < 1e-13 * expected, "{variance} against {expected}");
    let factors: Vec<f64> = (1..3).map(|k| (found["layers"][k]["variance"]["value"].as_f64().unwrap() / expected).sqrt()).collect();
    let factor = found["per_layer_factor"].as_f64().unwrap();
    assert!((factor - (factors[0] * factors[1]).sqrt()).abs() < 1e-12, "{factor}");
}

#[test]
fn a_gate_can_be_left_out() {
    let found = document(Path::new(FIXTURE), &["net.safetensors", "--gate", "linear"]);
    assert_eq!((found["dead_fraction"].as_f64(), found["ties"].as_u64()), (Some(0.0), Some(0)));
    let expected = certify(&parse("exp(-digamma(4))/2").unwrap(), &Default::default(), 60).unwrap().to_scaled().to_f64();
    assert!((found["stable_variance"].as_f64().unwrap() - expected).abs() < 1e-14);
}

/// The chain of thm-6 with 150 weights 1/1000, x = y = 1: off the diagonal (2v − 1) w^148, eigenvalues −149 and +1 times w^148 up to w^150.
#[test]
fn norms_far_below_the_range_of_doubles_are_reported_by_sign_and_logarithm() {
    let (_held, home) = home();
    let names: Vec<String> = (0..150).map(|k| format!("fc{k}.weight")).collect();
    let tensors: Vec<Written<'_>> = names.iter().map(|name| (name.as_str(), Dtype::F64, &[1usize, 1][..], vec![1e-3])).collect();
    save(&home.join("net.safetensors"), &tensors);
    save(&home.join("data.safetensors"), &[single("x", &[1, 1], &[1.0]), single("y", &[1, 1], &[1.0])]);
    let found = document(&home, &["net.safetensors", "data.safetensors", "--gate", "linear"]);
    let thousand = 1e-3f64.ln();
    let check = |num: &Value, sign: i64, log: f64| {
        assert_eq!((num["value"].is_null(), num["sign"].as_i64()), (true, Some(sign)), "{num}");
        assert!((num["log"].as_f64().unwrap() - log).abs() < 1e-11 * log.abs(), "{num} against {log}");
    };
    check(&found["weight_block_norms"][3][140], 1, 148.0 * thousand);
    check(&found["weight_block_norms"][9][9], 1, 298.0 * thousand);
    check(&found["gradient_norms"]["fc149.weight"], 1, 149.0 * thousand);
    check(&found["trace"], 1, 298.0 * thousand + 150f64.ln());
    check(&found["lambda_min"], -1, 148.0 * thousand + 149f64.ln());
    check(&found["lambda_max"], 1, 148.0 * thousand);
    let spectrum: Vec<[f64; 2]> = serde_json::from_value(found["spectrum"].clone()).unwrap();
    let lowest = found["spectrum_scale"]["log"].as_f64().unwrap() + (-spectrum[0][0]).ln();
    assert!((lowest - (148.0 * thousand + 149f64.ln())).abs() < 1e-9, "{lowest}");
    assert_eq!(found["plateau"], true);
}

#[test]
fn layers_stand_in_natural_order_whatever_the_width_of_numbers() {
    let (_held, home) = home();
    let weights = vec![0.5; 12 * 11];
    let named: Vec<(String, [usize; 2])> = (0..11).map(|k| (format!("net.{k}.weight"), [k + 2, k + 1])).collect();
    let tensors: Vec<Written<'_>> = named.iter().map(|(name, shape)| single(name, shape, &weights[..shape[0] * shape[1]])).collect();
    save(&home.join("net.safetensors"), &tensors);
    let found = document(&home, &["net.safetensors"]);
    let names: Vec<&str> = found["weight_names"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    assert_eq!(names, named.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>());
}

#[test]
fn all_floating_point_types_measure_the_same() {
    let (_held, home) = home();
    save(&home.join("data.safetensors"), &[single("x", &[2, 2], &[1.0, -0.5, 0.25, 2.0]), single("y", &[2, 1], &[1.0, -1.0])]);
    let (w1, b1, w2) = (vec![0.5, -1.25, 1.0, 0.75, -0.375, 2.0], vec![0.0, 0.25, -0.5], vec![1.5, -0.25, 0.625]);
    let mut documents = [Dtype::F64, Dtype::F32, Dtype::BF16, Dtype::F16].map(|dtype| {
        let shapes: [&[usize]; 3] = [&[3, 2], &[3], &[1, 3]];
        save(
            &home.join("net.safetensors"),
            &[("W1", dtype, shapes[0], w1.clone()), ("b1", dtype, shapes[1], b1.clone()), ("W2", dtype, shapes[2], w2.clone())],
        );
        document(&home, &["net.safetensors", "data.safetensors"])
    });
    assert_eq!(documents[3]["tensors"][0]["dtype"], "F16");
    assert_eq!(documents[0]["layers"][0]["bias"], "b1");
    for document in &mut documents {
        document["tensors"] = Value::Null;
    }
    assert!(documents.iter().all(|document| *document == documents[0]));
}

#[test]
fn dead_units_and_ties_are_counted() {
    let (_held, home) = home();
    // Unit 1 never opens, unit 2 is 0 for every input, unit 3 opens on the first sample and ties on the second.
    save(
        &home.join("net.safetensors"),
        &[single("0.weight", &[3, 2], &[-1.0, -1.0, 0.0, 0.0, 1.0, -2.0]), single("1.weight", &[1, 3], &[1.0, 1.0, 1.0])],
    );
    save(&home.join("data.safetensors"), &[single("x", &[2, 2], &[3.0, 1.0, 2.0, 1.0]), single("y", &[2, 1], &[0.0, 0.0])]);
    let found = document(&home, &["net.safetensors", "data.safetensors"]);
    assert_eq!(found["ties"], 3);
    assert!((found["dead_fraction"].as_f64().unwrap() - 2.0 / 3.0).abs() < 1e-15);
    // f = 1 and 0: the loss is (1 + 0)/4.
    assert_eq!(found["loss"]["value"], 0.25);
}

#[test]
fn cross_entropy_takes_probabilities_and_names_the_tensor_where_it_gets_none() {
    let (_held, home) = home();
    save(&home.join("net.safetensors"), &[single("weight", &[3, 2], &[0.0; 6])]);
    save(&home.join("data.safetensors"), &[single("x", &[1, 2], &[1.0, 2.0]), single("y", &[1, 3], &[0.0, 1.0, 0.0])]);
    let arguments = ["net.safetensors", "data.safetensors", "--loss", "cross-entropy"];
    let found = document(&home, &arguments);
    assert!((found["loss"]["value"].as_f64().unwrap() - 3f64.ln()).abs() < 1e-15);
    // Hessian: (diag p − ppᵀ) ⊗ xxᵀ, p = 1/3: trace (2/3)·5, highest eigenvalue (1/3)·5.
    assert!((found["trace"]["value"].as_f64().unwrap() - 10.0 / 3.0).abs() < 1e-14);
    assert!((found["lambda_max"]["value"].as_f64().unwrap() - 5.0 / 3.0).abs() < 1e-14);
    save(&home.join("data.safetensors"), &[single("x", &[1, 2], &[1.0, 2.0]), single("y", &[1, 3], &[0.0, 2.0, 0.0])]);
    insta::assert_snapshot!(refusal(&home, &arguments), @"error: tensor `y` does not fit the loss: the targets of sample 1 are no probabilities that sum to 1; give one-hot targets or probabilities");
}

#[test]
fn a_wrong_net_is_refused_in_one_sentence_that_names_the_tensor_and_the_way_out() {
    let (_held, home) = home();
    let net = home.join("net.safetensors");
    let refuse = |tensors: &[Written<'_>]| {
        save(&net, tensors);
        refusal(&home, &["net.safetensors"])
    };
    let (square, eye): (&[usize], _) = (&[2, 2], [1.0, 0.0, 0.0, 1.0]);
    insta::assert_snapshot!(refuse(&[single("a.weight", &[3, 2], &[1.0; 6]), single("b.weight", &[5, 4], &[1.0; 20])]), @"error: tensor `b.weight` [5, 4] takes inputs of length 4, but `a.weight` [3, 2] before it gives 3: rename the tensors so that the natural order of their names is the order of the layers");
    insta::assert_snapshot!(refuse(&[single("a.weight", &[3, 2], &[1.0; 6]), single("b.weight", &[3, 1], &[1.0; 3])]), @"error: tensor `b.weight` [3, 1] takes inputs of length 1, but `a.weight` [3, 2] before it gives 3: transpose it, as PyTorch writes weights as [outputs, inputs]");
    let transposed =
        refuse(&[single("a.weight", &[2, 3], &[1.0; 6]), single("b.weight", &[3, 1], &[1.0; 3]), single("c.weight", &[1, 5], &[1.0; 5])]);
    assert!(transposed.contains("transpose both"), "{transposed}");
    insta::assert_snapshot!(refuse(&[single("conv.weight", &[1, 1, 2, 1], &[1.0; 2])]), @"error: tensor `conv.weight` has 4 dimensions ([1, 1, 2, 1]), but inspect reads multi-layer perceptrons, whose weights have 2: export the linear layers alone");
    insta::assert_snapshot!(refuse(&[single("a.weight", square, &[1.0, f64::NAN, 1.0, 1.0])]), @"error: tensor `a.weight` in `net.safetensors` holds NaN at [0, 1]: export a checkpoint from before the training diverged");
    insta::assert_snapshot!(refuse(&[single("a.weight", square, &[1.0, 1.0, f64::NEG_INFINITY, 1.0])]), @"error: tensor `a.weight` in `net.safetensors` holds -inf at [1, 0]: export a checkpoint from before the training diverged");
    insta::assert_snapshot!(refuse(&[single("a.weight", square, &eye), ("bn.num_batches_tracked", Dtype::I64, &[1], vec![3.0])]), @"error: tensor `bn.num_batches_tracked` in `net.safetensors` is of type I64, but only F16, BF16, F32 and F64 are read: convert it with `.float()` or leave it out of the file");
    insta::assert_snapshot!(refuse(&[single("a.weight", square, &eye), single("a.bias", &[3], &[1.0; 3])]), @"error: tensor `a.bias` has 3 entries, but `a.weight` has 2 rows: a bias has one entry a row");
    insta::assert_snapshot!(refuse(&[single("a.weight", square, &eye), single("norm.weight", &[2], &[1.0; 2])]), @"error: tensor `norm.weight` [2] is no bias of a 2-D tensor of the same stem, and normalisation layers are not read: leave it out, or rename it after its weight");
    insta::assert_snapshot!(refuse(&[single("a.weight", square, &eye), single("a.bias", &[2], &[1.0; 2]), single("a.b", &[2], &[1.0; 2])]), @"error: tensors `a.b` and `a.bias` could both be the bias of `a.weight`: leave one out");
    insta::assert_snapshot!(refuse(&[single("a.bias", &[2], &[1.0; 2])]), @"error: `net.safetensors` holds no 2-D tensor, only `a.bias`: export the weights of the linear layers too");
    insta::assert_snapshot!(refuse(&[single("a.weight", &[0, 2], &[])]), @"error: tensor `a.weight` in `net.safetensors` is empty (shape [0, 2]): leave it out of the file");
    insta::assert_snapshot!(refuse(&[]), @r#"error: `net.safetensors` holds no tensor: export the model with `safetensors.torch.save_file(model.state_dict(), "net.safetensors")`"#);
}

#[test]
fn a_file_that_is_no_checkpoint_is_refused_in_one_sentence() {
    let (_held, home) = home();
    let refuse = |name: &str, bytes: &[u8]| {
        fs::write(home.join(name), bytes).unwrap();
        refusal(&home, &[name])
    };
    insta::assert_snapshot!(refuse("empty.safetensors", b""), @r#"error: `empty.safetensors` is empty: export the model with `safetensors.torch.save_file(model.state_dict(), "net.safetensors")`"#);
    insta::assert_snapshot!(refuse("net.pt", b"PK\x03\x04\x00\x00\x08\x08\x00\x00archive/data.pkl"), @r#"error: `net.pt` is a PyTorch pickle (`.pt`), which can run code when it is opened and is not read here: export the model with `safetensors.torch.save_file(model.state_dict(), "net.safetensors")`"#);
    assert!(refuse("old.pt", b"\x80\x02\x8a\x0al\xfc\x9cF\xf9 j\xa8P\x19.").contains("is a PyTorch pickle"));
    insta::assert_snapshot!(refuse("noise.safetensors", b"\x10\x00\x00\x00\x00\x00\x00\x00{not a header at all"), @r#"error: `noise.safetensors` is damaged or no safetensors file (invalid JSON in header: key must be a string at line 1 column 2): copy it again, or export the model with `safetensors.torch.save_file(model.state_dict(), "net.safetensors")`"#);
    let whole = fs::read(format!("{FIXTURE}/net.safetensors")).unwrap();
    insta::assert_snapshot!(refuse("cut.safetensors", &whole[..whole.len() - 30]), @"error: `cut.safetensors` ends before the data of tensor `net.6.weight` do: copy or export the file again");
    assert!(refusal(&home, &["missing.safetensors"]).starts_with("error: cannot read `missing.safetensors`: "));
}

#[test]
fn data_that_do_not_fit_are_refused_in_one_sentence() {
    let (_held, home) = home();
    fs::copy(format!("{FIXTURE}/net.safetensors"), home.join("net.safetensors")).unwrap();
    let refuse = |tensors: &[Written<'_>]| {
        save(&home.join("data.safetensors"), tensors);
        refusal(&home, &["net.safetensors", "data.safetensors"])
    };
    let (x, y) = (single("x", &[2, 4], &[1.0; 8]), single("y", &[2, 3], &[1.0; 6]));
    insta::assert_snapshot!(refuse(&[single("x", &[2, 5], &[1.0; 10]), y.clone()]), @"error: tensor `x` is [2, 5], but `net.0.weight` takes vectors of length 4: give it the shape [n, 4]");
    insta::assert_snapshot!(refuse(&[x.clone(), single("y", &[2, 2], &[1.0; 4])]), @"error: tensor `y` is [2, 2], but `net.6.weight` gives vectors of length 3: give it the shape [n, 3]");
    insta::assert_snapshot!(refuse(&[x.clone(), single("y", &[1, 3], &[1.0; 3])]), @"error: tensor `y` holds 1 samples, but `x` holds 2: give one target to each input");
    insta::assert_snapshot!(refuse(std::slice::from_ref(&x)), @"error: `data.safetensors` has no tensor `y` but `x`: save the data as `x` [n, inputs] and `y` [n, outputs]");
    insta::assert_snapshot!(refuse(&[single("x", &[4], &[1.0; 4]), y.clone()]), @"error: tensor `x` is [4], but `net.0.weight` takes vectors of length 4: give it the shape [n, 4]");
    insta::assert_snapshot!(refuse(&[x, ("y", Dtype::I64, &[2], vec![0.0, 2.0])]), @"error: tensor `y` in `data.safetensors` is of type I64, but only F16, BF16, F32 and F64 are read: save class labels as `torch.nn.functional.one_hot(y).float()`");
    // What is neither x nor y may be anything.
    save(&home.join("data.safetensors"), &[single("x", &[2, 4], &[1.0; 8]), y, ("labels", Dtype::I64, &[2], vec![0.0, 2.0])]);
    assert_eq!(document(&home, &["net.safetensors", "data.safetensors"])["n"], 2);
}

#[test]
fn data_too_large_for_the_blocks_are_refused_with_the_largest_number_that_fits() {
    let (_held, home) = home();
    save(&home.join("net.safetensors"), &[single("a.weight", &[600, 1], &[0.5; 600]), single("b.weight", &[1, 600], &[0.5; 600])]);
    save(&home.join("data.safetensors"), &[single("x", &[9000, 1], &[0.5; 9000]), single("y", &[9000, 1], &[0.5; 9000])]);
    insta::assert_snapshot!(refusal(&home, &["net.safetensors", "data.safetensors"]), @"error: tensor `x` holds 9000 samples, whose pairs would take hours in the Hessian blocks of this net: give at most 8319 of them");
}

#[test]
fn the_page_is_one_offline_file_with_heat_map_and_spectrum() {
    let (_held, home) = home();
    let names = ["<i>&.0.weight", "<i>&.1.weight"];
    save(&home.join("net.safetensors"), &[single(names[0], &[2, 1], &[1.0, -1.0]), single(names[1], &[1, 2], &[0.5, 0.25])]);
    save(&home.join("data.safetensors"), &[single("x", &[2, 1], &[1.0, -2.0]), single("y", &[2, 1], &[1.0, 1.0])]);
    let output = run(&home, &["net.safetensors", "data.safetensors", "--html", "page.html"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let page = fs::read_to_string(home.join("page.html")).unwrap();
    assert_eq!(page.matches("<svg").count(), 2);
    assert!(page.contains("Frobenius norms") && page.contains("share of the spectrum") && page.contains("&lt;i&gt;&amp;.0.weight"));
    assert!(!page.contains("<i>") && !page.contains("<script") && !page.contains("src="));
    assert!(!page.replace("http://www.w3.org/2000/svg", "").contains("://"));
    assert_eq!(fs::read_dir(&home).unwrap().count(), 3);
    let plain = run(&home, &["net.safetensors", "--html", "weights.html"]);
    assert_eq!(plain.status.code(), Some(0));
    assert!(fs::read_to_string(home.join("weights.html")).unwrap().contains("No data were given"));
}

#[test]
fn a_page_that_cannot_be_written_is_refused_before_the_work() {
    let sentence = refusal(Path::new(FIXTURE), &["missing.safetensors", "--html", "nowhere/page.html"]);
    insta::assert_snapshot!(sentence, @"error: cannot write to --html nowhere/page.html: its directory does not exist; name a file in a directory that you may write to");
    assert!(refusal(Path::new(FIXTURE), &["missing.safetensors", "--html", "."]).contains("--html"));
}

#[test]
fn the_text_says_where_the_net_stands() {
    let output = run(Path::new(FIXTURE), &["net.safetensors"]);
    insta::assert_snapshot!(String::from_utf8(output.stdout).unwrap());
}

#[test]
fn the_schema_misses_no_field() {
    let validator = jsonschema::validator_for(&serde_json::from_str(schema::INSPECT).unwrap()).unwrap();
    for whole in [fixture(&[]), fixture(&["data.safetensors"])] {
        for name in whole.as_object().unwrap().keys() {
            let mut less = whole.clone();
            less.as_object_mut().unwrap().shift_remove(name);
            assert!(!validator.is_valid(&less), "{name} may be missing");
        }
        let mut more = whole.clone();
        more["surplus"] = Value::Null;
        let mut mixed = whole.clone();
        mixed["n"] = if whole["n"].is_null() { Value::from(3) } else { Value::Null };
        assert!(!validator.is_valid(&more) && !validator.is_valid(&mixed));
    }
}
