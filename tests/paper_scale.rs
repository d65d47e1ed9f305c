//! The plans at the paper's sizes run: the first point of every figure of architectures, and of every figure of gradients and Hessians.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;

use vanishing_curvature::claim::Device;
use vanishing_curvature::claim::figure::{Easel, Scale, Studio};
use vanishing_curvature::curvature::architecture_figures::Study;
use vanishing_curvature::curvature::architecture_trials::Kind;
use vanishing_curvature::curvature::portrait::Norm;
use vanishing_curvature::formula::Scaled;
use vanishing_curvature::network::Gate;
use vanishing_curvature::network::architecture::Wiring;
use vanishing_curvature::theorems::figures::{
    FIGURES, blocks, figure_1, figure_2, figure_4, figure_6, figure_7, figure_12, figure_13, figure_15, figure_17, figure_18, figure_19,
};
use vanishing_curvature::training::deep_resnet;

/// Neither data nor kept parts; says nothing.
#[derive(Debug)]
struct Bare;

impl Studio for Bare {
    fn data(&self) -> Option<&Path> {
        None
    }
    fn kept(&self, _: &str) -> Option<String> {
        None
    }
    fn keep(&self, _: &str, _: &str) -> Result<(), String> {
        Ok(())
    }
    fn say(&self, _: &str) {}
}

fn easel() -> Easel<'static> {
    Easel { seed: 1, scale: Scale::Paper, device: Device::Cpu, studio: &Bare }
}

#[test]
fn the_first_point_of_every_figure_of_architectures_can_be_computed_at_the_papers_size() {
    let easel = easel();
    let studies = [
        ("figure-6", figure_6::SIZES.paper),
        ("figure-7", figure_7::SIZES.paper),
        ("figure-17", figure_17::SIZES.paper),
        ("figure-18", figure_18::SIZES.paper),
        ("figure-19", figure_19::SIZES.paper),
    ];
    for (figure, study) in studies {
        let found = study.first_point(&easel, figure).unwrap();
        assert!(found.iter().all(|value| value.is_finite() && !value.is_zero()), "{figure}: {found:?}");
    }
}

#[test]
fn the_first_update_of_the_deep_resnet_can_be_made_at_the_papers_size() {
    let records = deep_resnet::first_update(&easel()).unwrap();
    assert_eq!(records.len(), 2);
    let losses: Vec<f64> = records.iter().map(|record| record.loss.unwrap()).collect();
    assert!(losses[0] != losses[1] && records[0].gradient_norm.unwrap() > 0.0, "{records:?}");
    let cost = deep_resnet::cost(Scale::Paper);
    assert!(["24 runs of 5000 updates of 497 maps", "multiplications", "bytes held"].iter().all(|part| cost.contains(part)), "{cost}");
}

#[test]
fn an_interrupted_figure_of_architectures_goes_on_where_it_stopped_and_other_settings_start_anew() {
    const KINDS: &[(&str, Kind)] =
        &[("narrow", Kind::perceptron(4, Wiring::STRIPPED).seeing(2)), ("both", Kind::perceptron(4, Wiring::both(1)).seeing(2))];
    let study = Study { kinds: KINDS, depths: &[3, 5], nets: 13 };
    let shelf = Shelf::default();
    let panels = |study: &Study, seed| {
        let panels = study.panels(&Easel { seed, studio: &shelf, ..easel() }, "figure-17", "").unwrap();
        format!("{:?}", panels)
    };
    let whole = panels(&study, 1);
    assert_eq!(shelf.made(), 4, "one part to a kind and depth");
    assert_eq!(panels(&study, 1), whole);
    assert_eq!(shelf.made(), 4, "kept parts are not made again");
    shelf.lose_one();
    assert_eq!(panels(&study, 1), whole);
    assert_eq!(shelf.made(), 5, "what is missing is made again");
    assert_ne!(panels(&study, 2), whole);
    assert_eq!(shelf.made(), 9, "another seed is another figure");
    panels(&Study { nets: 14, ..study }, 1);
    assert_eq!(shelf.made(), 13, "more nets are another figure");
}

/// Keeps parts in memory and counts them.
#[derive(Debug, Default)]
struct Shelf(Mutex<(BTreeMap<String, String>, usize)>);

impl Shelf {
    fn made(&self) -> usize {
        self.0.lock().unwrap().1
    }

    fn lose_one(&self) {
        self.0.lock().unwrap().0.pop_first();
    }
}

impl Studio for Shelf {
    fn data(&self) -> Option<&Path> {
        None
    }
    fn kept(&self, key: &str) -> Option<String> {
        self.0.lock().unwrap().0.get(key).cloned()
    }
    fn keep(&self, key: &str, text: &str) -> Result<(), String> {
        let mut shelf = self.0.lock().unwrap();
        shelf.0.insert(key.to_owned(), text.to_owned());
        shelf.1 += 1;
        Ok(())
    }
    fn say(&self, _: &str) {}
}

/// Whether it could stand on a logarithmic axis.
fn drawable(value: Scaled) -> bool {
    value.is_finite() && !value.is_zero()
}

#[test]
fn the_first_point_of_every_figure_of_blocks_can_be_computed_at_the_papers_size() {
    let (depths, nets) = blocks::plan(Scale::Paper);
    for (id, kind) in [("1", figure_1::KIND), ("4", figure_4::KIND), ("15", figure_15::KIND)] {
        let context = easel().context("figure-1", "nets");
        let drawing = blocks::blocks(&context, kind, &[Some(32)], (depths[..1].to_vec(), nets)).unwrap();
        for panel in &drawing.panels {
            let [square, bound, measured] = [0, 1, 2].map(|index| panel.series[index].marks[0].y);
            assert!(measured < square && square < bound * Scaled::from(2.0) && drawable(measured), "figure {id}, {}", panel.title);
        }
    }
}

#[test]
fn the_first_point_of_every_figure_of_spectra_can_be_computed_at_the_papers_size() {
    let (width, depths, nets) = figure_12::plan(Scale::Paper);
    let extremes = figure_12::portraits(width, depths[0])[0].extremes(&easel().context("figure-12", "extremes"), nets).unwrap();
    assert_eq!(extremes.len() as u64, nets);
    assert!(extremes.iter().flatten().all(|end| drawable(*end) && end.mantissa() > 0.0), "both signs in every net");

    // A tenth of the nets: the tests' time.
    let (width, nets) = figure_13::plan(Scale::Paper);
    let (kind, depth) = (figure_13::kind(Gate::Linear), figure_13::DEPTHS[0]);
    let spectrum = kind.portrait(width, depth).spectrum(&easel().context("figure-13", "spectra"), nets / 10).unwrap();
    let mean: f64 = spectrum.iter().map(|(value, share)| value.to_f64().powi(2) * share).sum();
    let expected = kind.squared_hessian(width, depth).unwrap().to_f64() / (depth * width * width) as f64;
    assert!((0.5..2.0).contains(&(mean / expected)), "the mean squared eigenvalue of few nets is {mean}, of all {expected}");
}

#[test]
fn the_first_point_of_the_figure_of_chains_can_be_computed_at_the_papers_size() {
    let (depths, chains) = figure_2::plan(Scale::Paper);
    let found = figure_2::chain(depths[0]).norms(&easel().context("figure-2", "gradient"), chains, &Norm::ALL).unwrap();
    assert!(found.len() as u64 == chains && found.iter().flatten().all(|norm| drawable(*norm)));
}

#[test]
fn every_figure_of_gradients_and_hessians_tells_draws_operations_memory_and_time_first() {
    for id in ["1", "2", "4", "12", "13", "15"] {
        let figure = FIGURES.iter().find(|figure| figure.id == id).unwrap();
        for scale in [Scale::Small, Scale::Paper] {
            let cost = (figure.cost)(scale);
            for part in ["nets at each of", "floating-point operations", "MB held", "minute"] {
                assert!(cost.contains(part), "figure {id}: {cost}");
            }
        }
    }
}
