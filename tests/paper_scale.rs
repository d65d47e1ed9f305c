//! The plans at the paper's sizes run: one net of the first kind and depth of every figure of architectures.

use std::path::Path;

use vanishing_curvature::claim::Device;
use vanishing_curvature::claim::figure::{Easel, Scale, Studio};
use vanishing_curvature::theorems::figures::{figure_6, figure_7, figure_17, figure_18, figure_19};

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

#[test]
fn the_first_point_of_every_figure_of_architectures_can_be_computed_at_the_papers_size() {
    let easel = Easel { seed: 1, scale: Scale::Paper, device: Device::Cpu, studio: &Bare };
    let studies = [
        ("figure-6", figure_6::PAPER),
        ("figure-7", figure_7::PAPER),
        ("figure-17", figure_17::PAPER),
        ("figure-18", figure_18::PAPER),
        ("figure-19", figure_19::PAPER),
    ];
    for (figure, study) in studies {
        let found = study.first_point(&easel, figure).unwrap();
        assert!(found.iter().all(|value| value.is_finite() && !value.is_zero()), "{figure}: {found:?}");
    }
}
