//! `figure`: draws figures as CSV and SVG. Finished ones are kept, so an interrupted run is taken up where it stopped.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::PossibleValuesParser;
use serde::Serialize;

use crate::claim::Device;
use crate::claim::figure::{Easel, Figure, Scale, Studio as _};
use crate::report::write::{Rendered, write};
use crate::report::{Provenance, csv, plot};

use super::arguments::{DEFAULT_SEED, Seed, device, require_device, require_writable};
use super::exit::{Exit, Failure};
use super::workplace::Workplace;
use super::{Session, interrupt, select};

#[derive(Debug, Args)]
pub(super) struct Draw {
    /// The figures' numbers in the paper, or `all`
    #[arg(required = true, value_name = "ID|all")]
    ids: Vec<String>,
    /// The size of the simulation: minutes, or the paper's sizes
    #[arg(long, default_value = "small", value_parser = PossibleValuesParser::new(["small", "paper"]))]
    scale: String,
    /// Where the files go
    #[arg(long, value_name = "DIR", default_value = "reports/figures")]
    out: PathBuf,
    /// The seed of every random stream, or `random`
    #[arg(long, value_name = "N|random", default_value_t = Seed::Fixed(DEFAULT_SEED))]
    seed: Seed,
    /// Where tensors live: cpu or cuda:N
    #[arg(long, value_name = "DEVICE", default_value = "cpu", value_parser = device)]
    device: Device,
    /// A data set instead of the one that the program carries: in IDX form (plain or gzip) to train on, or CIFAR-10's binary version to look at
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    version: &'static str,
    seed: u64,
    scale: String,
    figures: Vec<Drawn>,
}

#[derive(Serialize)]
struct Drawn {
    figure: &'static str,
    title: &'static str,
    cost: String,
    csv: PathBuf,
    svg: PathBuf,
    /// Whether the files were there already.
    kept: bool,
}

impl Draw {
    pub fn run(&self, session: &Session<'_>) -> Result<Exit, Failure> {
        let figures = select::figures(&session.catalogue, &self.ids)?;
        require_writable(&self.out)?;
        require_device(self.device)?;
        let seed = self.seed.draw();
        if !session.json {
            session.console.line(format_args!("seed {seed}, scale {}", self.scale))?;
            for figure in &figures {
                session.console.line(format_args!("figure {}  costs {}", figure.id, (figure.cost)(self.size())))?;
            }
            session.console.flush()?;
        }
        let mut drawn = Vec::new();
        for figure in figures {
            let done = self.draw(figure, seed)?;
            if !session.json {
                let what = if done.kept { "kept: seed, scale and version match" } else { "drawn" };
                session.console.line(format_args!("figure {}  {what}: {}", figure.id, done.svg.display()))?;
                session.console.flush()?;
            }
            drawn.push(done);
        }
        if session.json {
            let schema = "vanishing-curvature/figure/1";
            let document = Document { schema, version: super::VERSION, seed, scale: self.scale.clone(), figures: drawn };
            session.console.document(&document)?;
        }
        Ok(Exit::AsExpected)
    }

    fn size(&self) -> Scale {
        if self.scale == "paper" { Scale::Paper } else { Scale::Small }
    }

    fn draw(&self, figure: &'static Figure, seed: u64) -> Result<Drawn, Failure> {
        let device = match self.device {
            Device::Cpu => String::new(),
            Device::Cuda(number) => format!(" --device cuda:{number}"),
        };
        let data = self.data.as_ref().map_or_else(String::new, |directory| format!(" --data {}", directory.display()));
        let provenance = Provenance {
            figure: figure.id.to_owned(),
            title: figure.title.to_owned(),
            version: super::VERSION.to_owned(),
            seed,
            command: format!("cargo run -- figure {} --scale {} --seed {seed}{device}{data}", figure.id, self.scale),
        };
        let names = [format!("{}.csv", figure.id), format!("{}.svg", figure.id)];
        let kept = is_current(&self.out, &names, &provenance);
        if !kept {
            let studio = Workplace::open(&self.out, self.data.as_deref());
            studio.say(&format!("drawing figure {}", figure.id));
            let drawing = (figure.draw)(&Easel { seed, scale: self.size(), device: self.device, studio: &studio })
                .map_err(|why| Failure::new(format!("figure {} cannot be drawn: {why}", figure.id)))?;
            if studio.data_are_unused() {
                return Err(Failure::new(format!("figure {} uses no data set: leave out --data", figure.id)));
            }
            let rendered = [
                Rendered::new(&names[0], csv::render(&drawing, &provenance)),
                Rendered::new(&names[1], plot::render(&drawing, &provenance)),
            ];
            interrupt::uninterrupted(|| write(&self.out, &rendered))?;
        }
        let [csv, svg] = names.map(|name| self.out.join(name));
        Ok(Drawn { figure: figure.id, title: figure.title, cost: (figure.cost)(self.size()), csv, svg, kept })
    }
}

/// Whether both files are there and record this very making.
fn is_current(directory: &Path, names: &[String; 2], provenance: &Provenance) -> bool {
    let [Ok(table), Ok(picture)] = [&names[0], &names[1]].map(|name| fs::read_to_string(directory.join(name))) else {
        return false;
    };
    let header = |name: &str, value: &str| table.lines().take_while(|l| l.starts_with('#')).any(|l| l == format!("# {name}: {value}"));
    let recorded = |name: &str, value: &str| picture.contains(&format!("data-{name}=\"{value}\""));
    let Provenance { version, seed, command, .. } = provenance;
    let seed = seed.to_string();
    header("version", version)
        && header("seed", &seed)
        && header("command", command)
        && recorded("version", version)
        && recorded("seed", &seed)
        && picture.trim_end().ends_with("</svg>")
}

#[cfg(test)]
mod tests {
    use crate::cli::demonstration::call;
    use crate::cli::exit::Exit;

    #[test]
    fn a_figure_is_drawn_once_and_kept_until_seed_or_scale_change() {
        let home = tempfile::tempdir().unwrap();
        let out = home.path().join("figures");
        let out = out.to_str().unwrap();
        let draw = |more: &[&str]| call(&[&["figure", "21", "--out", out], more].concat());
        let (exit, text) = draw(&[]);
        assert_eq!(exit, Ok(Exit::AsExpected));
        assert!(text.find("costs nothing to speak of").unwrap() < text.find("drawn: ").unwrap(), "the cost comes first: {text}");
        assert!(draw(&[]).1.contains("kept: "));
        assert!(draw(&["--seed", "7"]).1.contains("drawn: "));
        assert!(draw(&["--seed", "7"]).1.contains("kept: "));
        assert!(draw(&["--seed", "7", "--scale", "paper"]).1.contains("drawn: "));
        std::fs::write(home.path().join("figures/21.svg"), "<svg").unwrap();
        assert!(draw(&["--seed", "7", "--scale", "paper"]).1.contains("drawn: "), "a torn file is drawn again");
    }

    #[test]
    fn a_data_set_for_a_figure_that_uses_none_is_refused_and_nothing_is_written() {
        let home = tempfile::tempdir().unwrap();
        let (exit, _) = call(&["figure", "21", "--data", "pictures", "--out", home.path().to_str().unwrap()]);
        assert_eq!(exit.unwrap_err().to_string(), "figure 21 uses no data set: leave out --data");
        assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
    }

    #[test]
    fn an_unknown_figure_is_refused_before_anything_is_drawn() {
        let home = tempfile::tempdir().unwrap();
        let (exit, text) = call(&["figure", "21", "99", "--out", home.path().to_str().unwrap()]);
        assert!(exit.unwrap_err().to_string().contains("there is no figure `99`"));
        assert_eq!((text.as_str(), std::fs::read_dir(home.path()).unwrap().count()), ("", 0));
    }
}
