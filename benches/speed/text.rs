//! Enumeration, formula judging and the report.

use std::hint::black_box;
use std::path::Path;

use vanishing_curvature::audit::{self, Dossier, Options};
use vanishing_curvature::claim::{Device, Effort};
use vanishing_curvature::exact::{self, FiniteLaw, Functional, Norm, Site};
use vanishing_curvature::formula::{Environment, Node, Value, parse};
use vanishing_curvature::report::Catalogue;
use vanishing_curvature::report::json::{AuditDocument, TimingsDocument};
use vanishing_curvature::theorems::{CATALOG, figures, lemmas};
use vanishing_curvature::{formula, report};

use crate::rates::shortest;
use crate::{Bench, Machine};

const REPORTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/reports");

pub fn rows(bench: &mut Bench, machine: &Machine) {
    enumeration(bench, machine);
    judging(bench);
    report(bench, machine);
}

fn enumeration(bench: &mut Bench, machine: &Machine) {
    let functional = Functional::norm(Norm::TwoFourth, 3);
    for (name, law) in [("two-point", FiniteLaw::rademacher()), ("three-point", FiniteLaw::three_point(1, 4))] {
        let net = exact::Net::uniform(&law, exact::Gate::Relu, 3, 2, &[1, 2, 3]).expect("a net");
        let seconds = shortest(5, || drop(black_box(net.expectation(&functional, Site::AfterGate))));
        // Every row of weights of every layer meets every state that reaches the layer.
        let states: usize = (0..net.depth()).map(|depth| net.activations(depth).len()).sum();
        let rows = 3 * law.outcomes().len().pow(3);
        let operations = (states * rows * 2 * 3) as f64;
        let floor = (operations / machine.products, "rows of weights times states, as products");
        bench.row(&format!("enumerate a {name} ReLU net of width 3, depth 2"), seconds, floor, None);
    }
}

fn judging(bench: &mut Bench) {
    let options = Options { seed: audit::SEED, effort: Effort::Quick, device: Device::Cpu };
    let theorem = CATALOG.iter().find(|theorem| theorem.slug == "prop-2").expect("in the catalogue");
    let claim = &theorem.claims[0];
    let dossier = Dossier::gather(theorem, claim, &options);
    let seconds = shortest(5, || drop(black_box(dossier.outcomes())));
    // The formula and each rival at every case, once each, in exact rationals.
    let asserted = audit::quantity(theorem, claim).formula;
    let formulas =
        std::iter::once(asserted).chain(claim.rivals.iter().map(|rival| rival.formula)).map(|text| parse(text).expect("a formula"));
    let formulas: Vec<_> = formulas.collect();
    let values = |name: &str| parse(if name == "width" { "3" } else { "2" }).expect("a number");
    let value = |name: &str| Value::Scalar(formula::exact(&values(name), &Environment::new()).expect("a number"));
    let environment: Environment<_> = formulas.iter().flat_map(Node::free_names).map(|name| (name.clone(), value(&name))).collect();
    let cases: usize = dossier.outcomes().iter().map(|row| row.judgement.cases).sum();
    let once = shortest(5, || formulas.iter().for_each(|formula| drop(black_box(formula::exact(formula, &environment)))));
    let floor = once / formulas.len() as f64 * cases as f64;
    bench.row("judge prop-2's first claim and its rivals", seconds, (floor, "one exact evaluation a case"), None);
}

fn report(bench: &mut Bench, machine: &Machine) {
    let catalogue = Catalogue { theorems: CATALOG, figures: figures::FIGURES, lemmas: lemmas::LEMMAS, omissions: lemmas::OMISSIONS };
    let read = |name: &str| std::fs::read_to_string(Path::new(REPORTS).join(name)).expect("the committed report");
    let document: AuditDocument = serde_json::from_str(&read("claims.json")).expect("a report");
    let timings: TimingsDocument = serde_json::from_str(&read("timings.json")).expect("timings");
    let render = || report::render_all(&catalogue, &document, &timings, &Path::new(REPORTS).join("figures")).expect("renders");
    let bytes: usize = render().iter().map(|file| file.text.len()).sum();
    let seconds = shortest(5, || drop(black_box(render())));
    bench.row("write the report of all claims", seconds, (bytes as f64 / machine.copies, "copying its bytes"), None);
}
